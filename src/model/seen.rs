//! What was read of an outgoing server, for the report.

use super::{Outgoing, Partial, Possible};

impl Outgoing {
    /// What was read of the server, for the report; `None` if there is nothing.
    pub fn seen(&self) -> Option<Partial> {
        match self {
            Self::Managed(Some(host)) => Some(Partial { host: Some(host.clone()), ..Partial::default() }),
            Self::Managed(None) | Self::Program(_) => None,
            Self::None(partial) | Self::NoAuth(partial) | Self::Unclear(partial, _) => known(partial.clone()),
            Self::Smtp(smtp) => Some(Partial {
                host: Some(smtp.host.clone()).filter(|host| !host.is_empty()),
                port: Some(smtp.port),
                security: Some(smtp.security),
                auth: Some(smtp.auth),
                credentials: smtp.credentials,
                log_on_first: Some(smtp.log_on_first),
                malformed: Vec::new(),
            }),
            Self::OneOf(list) => known(common(list)),
        }
    }

    /// The servers that it may be.
    pub fn hosts(&self) -> Vec<String> {
        match self {
            Self::OneOf(list) => list.iter().flat_map(|possible| possible.outgoing.hosts()).collect(),
            one => one.seen().and_then(|seen| seen.host).into_iter().collect(),
        }
    }
}

fn known(partial: Partial) -> Option<Partial> {
    (partial != Partial::default()).then_some(partial)
}

/// What is the same in every case.
fn common(list: &[Possible]) -> Partial {
    let mut all = list.iter().map(|possible| possible.outgoing.seen().unwrap_or_default());
    let Some(first) = all.next() else { return Partial::default() };
    all.fold(first, |same, other| Partial {
        host: same.host.filter(|host| other.host.as_ref() == Some(host)),
        port: same.port.filter(|port| other.port == Some(*port)),
        security: same.security.filter(|security| other.security == Some(*security)),
        auth: same.auth.filter(|auth| other.auth == Some(*auth)),
        credentials: same.credentials.filter(|credentials| other.credentials == Some(*credentials)),
        log_on_first: same.log_on_first.filter(|switch| other.log_on_first == Some(*switch)),
        malformed: same.malformed.into_iter().filter(|aspect| other.malformed.contains(aspect)).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Auth, LogOnFirst, Port, Security, Smtp, Text};

    #[test]
    fn of_what_is_undecided_only_the_common_is_seen() {
        let smtp = |host: &str, port, auth| Possible {
            when: Text::fixed("", ""),
            outgoing: Outgoing::Smtp(Smtp {
                host: host.to_owned(),
                port,
                security: Security::StartTls,
                auth,
                credentials: None,
                log_on_first: LogOnFirst::Off,
            }),
        };
        let seen = |list: &[Possible]| Outgoing::OneOf(list.to_vec()).seen();
        let [a, b] = ["a.example.jp", "b.example.jp"];
        let (on, off) = (Auth::Password, Auth::None);
        let first = smtp(a, Port::Default(25), on);
        assert_eq!(seen(std::slice::from_ref(&first)), first.outgoing.seen());
        assert_eq!(seen(&[]), None);
        let both = seen(&[first.clone(), smtp(a, Port::Default(587), off)]).unwrap();
        assert_eq!((both.host.as_deref(), both.port, both.auth), (Some(a), None, None));
        assert_eq!((both.security, both.log_on_first), (Some(Security::StartTls), Some(LogOnFirst::Off)));
        let both = seen(&[first.clone(), smtp(b, Port::Default(25), on)]).unwrap();
        assert_eq!((both.host, both.port, both.auth), (None, Some(Port::Default(25)), Some(on)));
        // A port that is stored is not one by default.
        let both = seen(&[first.clone(), smtp(a, Port::Stored(25), on)]).unwrap();
        assert_eq!(both.port, None);
        let gone = Possible { when: Text::fixed("", ""), outgoing: Outgoing::None(Partial::default()) };
        assert_eq!(seen(&[first, gone]), None);
    }

    #[test]
    fn what_is_undecided_goes_to_another_process() {
        let possible = |ja: &'static str, outgoing| Possible { when: Text::fixed(ja, "when"), outgoing };
        let none = Outgoing::NoAuth(Partial { host: Some("a.example.jp".to_owned()), ..Partial::default() });
        let unclear = Outgoing::Unclear(Partial::default(), Text::new("値", "value"));
        let undecided = Outgoing::OneOf(vec![
            possible("なし", none),
            possible("不明", Outgoing::OneOf(vec![possible("中", unclear)])),
        ]);
        let line = serde_json::to_string(&undecided).unwrap();
        assert_eq!(serde_json::from_str::<Outgoing>(&line).unwrap(), undecided);
        assert_eq!(undecided.hosts(), ["a.example.jp"]);
    }
}
