//! The parts of an outgoing server, put together: what was understood, and why the rest was not.

use super::look::{Look, Unclear};
use crate::model::{Aspect, Auth, Credentials, LogOnFirst, Outgoing, Partial, Port, Security, Smtp, Text};
use crate::source::Problem;

/// The parts of an outgoing server, each understood or not.
#[derive(Debug)]
pub(crate) struct Parts {
    /// Host name; `None` = no outgoing server.
    pub host: Result<Option<String>, Unclear>,
    /// Its port.
    pub port: Result<Port, Unclear>,
    /// TLS or not.
    pub security: Result<Security, Unclear>,
    /// Authentication, and with whose name.
    pub auth: Result<(Auth, Option<Credentials>), Unclear>,
    /// POP-before-SMTP by switch.
    pub log_on_first: Result<LogOnFirst, Unclear>,
}

impl Parts {
    /// The whole, if every part was understood. That it certainly does not authenticate is hidden by no other part; what of
    /// these means nothing is told.
    pub(crate) fn assemble(self, look: &mut Look) -> Outgoing {
        match (self.host, self.port, self.security, self.auth, self.log_on_first) {
            (Ok(Some(host)), Ok(port), Ok(security), Ok((auth, credentials)), Ok(log_on_first)) => {
                Outgoing::Smtp(Smtp { host, port, security, auth, credentials, log_on_first })
            }
            // Without a server nothing else is needed; what is stored, not defaults, is told.
            (Ok(None), port, security, auth, _) => Outgoing::None(Partial {
                port: port.ok().filter(|port| matches!(port, Port::Stored(_))),
                security: security.ok().filter(|security| *security != Security::Plain),
                auth: auth.as_ref().ok().map(|(auth, _)| *auth).filter(|auth| *auth != Auth::None),
                ..Partial::default()
            }),
            (host, port, security, auth, log_on_first) => {
                let mut unclear = Vec::new();
                let parts =
                    [(port.as_ref().err(), Aspect::Port), (security.as_ref().err(), Aspect::Security)];
                let is_value = |unclear: &Unclear| unclear.malformed || unclear.untold.is_some();
                let malformed = parts.into_iter().filter(|(why, _)| why.is_some_and(is_value));
                let malformed = malformed.map(|(_, aspect)| aspect).collect();
                let has_host = matches!(host, Ok(Some(_)));
                let partial = Partial {
                    host: host.unwrap_or_else(|damaged| {
                        let beginning = damaged.beginning.clone();
                        unclear.push(damaged);
                        beginning
                    }),
                    port: port.map_err(|u| unclear.push(u)).ok(),
                    security: security.map_err(|u| unclear.push(u)).ok(),
                    auth: auth.as_ref().map(|(auth, _)| *auth).ok(),
                    credentials: auth
                        .map_err(|u| unclear.push(u))
                        .ok()
                        .and_then(|(_, credentials)| credentials),
                    log_on_first: log_on_first.map_err(|u| unclear.push(u)).ok(),
                    malformed,
                };
                let is_certain = has_host && partial.log_on_first.is_some();
                if is_certain && partial.auth == Some(Auth::None) {
                    tell(&unclear, look);
                    return Outgoing::NoAuth(partial);
                }
                Outgoing::Unclear(partial, reason(&unclear))
            }
        }
    }
}

/// Tells of values that nobody has told of, for an account whose verdict does not say that they are there.
fn tell(unclear: &[Unclear], look: &mut Look) {
    for unclear in unclear {
        let Some(place) = &unclear.untold else { continue };
        let problem = Problem::malformed(place, &reason(std::slice::from_ref(unclear)));
        if !look.problems.contains(&problem) {
            look.problems.push(problem);
        }
    }
}

/// Why settings could not be judged, in both languages.
pub(crate) fn reason(unclear: &[Unclear]) -> Text {
    let mut shown: Vec<&str> = unclear.iter().map(|unclear| unclear.shown.as_str()).collect();
    shown.dedup();
    let list = shown.join(", ");
    if unclear.iter().any(|unclear| unclear.malformed) {
        Text::new(format!("値が壊れています: {list}"), format!("malformed value: {list}"))
    } else {
        Text::new(format!("意味の分からない値です: {list}"), format!("value of unknown meaning: {list}"))
    }
}
