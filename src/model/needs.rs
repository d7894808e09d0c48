//! What has to be changed in an account's settings.

use super::{Account, Aspect, Auth, Credentials, LogOnFirst, Outgoing, Port, Protocol, Security};

/// The user name for the outgoing server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UserName {
    /// The whole address.
    Address,
    /// What stands before its `@`.
    LocalPart,
    /// As for receiving.
    SameAsIncoming,
}

/// What has to be changed in an account's settings: the steps say just this.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "each is a change of its own")]
pub struct Needs {
    /// The account's own outgoing server.
    pub host: Option<String>,
    /// Set this outgoing server.
    pub server: Option<String>,
    /// Turn on SMTP authentication.
    pub authenticate: bool,
    /// Authenticate by this method; `None`: as it is, or by a password where it has to be turned on.
    pub method: Option<Auth>,
    /// The password is one that the provider makes for a program.
    pub is_app_password: bool,
    /// Authenticate with this user name.
    pub user: Option<UserName>,
    /// Turn off the log-on to the incoming server before sending.
    pub log_on_first_off: bool,
    /// Set this port.
    pub port: Option<u16>,
    /// Set this encryption.
    pub security: Option<Security>,
    /// It encrypts from the start, and may go on doing so on this port: the way for a dialog without a choice of STARTTLS.
    pub tls_port: Option<u16>,
    /// It authenticates already, on this port, which is neither an accepted one nor the old 25: its provider may name it.
    pub own_port: Option<u16>,
    /// The encryption is off and stays so unless the provider's notice asks for it.
    pub security_as_advised: bool,
    /// The provider ends the service: there is nothing to change to.
    pub ends: bool,
    /// A provider's policy says what to change to: nothing is left to its notice.
    pub is_prescribed: bool,
    /// Turn the encryption on where it is off, of whatever kind; what is encrypted stays.
    pub encrypt: bool,
    /// Ports that need no change.
    pub as_good: Option<AsGood>,
    /// At the same time, for receiving; several where the account's protocol is not known, and each has its own.
    pub incoming: Vec<IncomingNeeds>,
}

/// What has to be changed of the way in which an account receives.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct IncomingNeeds {
    /// The protocol for which it holds; `None`: for any.
    pub protocol: Option<Protocol>,
    /// The account has another protocol.
    pub is_other_protocol: bool,
    /// Set this server.
    pub server: Option<String>,
    /// Set this port.
    pub port: Option<u16>,
    /// Set this encryption.
    pub security: Option<Security>,
    /// Authenticate by this method.
    pub method: Option<Auth>,
    /// The password is one that the provider makes for a program.
    pub is_app_password: bool,
    /// Authenticate with this user name.
    pub user: Option<UserName>,
    /// Turn the encryption on where it is off, of whatever kind; what is encrypted stays.
    pub encrypt: bool,
    /// Ports that need no change.
    pub as_good: Option<AsGood>,
}

/// Ports that are as good as the one to be set: who has one of them leaves it, and the encryption with it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AsGood {
    /// The ports; empty: any.
    pub ports: Vec<u16>,
    /// Only where the connection is encrypted.
    pub if_encrypted: bool,
}

impl IncomingNeeds {
    /// True if nothing has to be changed.
    pub fn is_empty(&self) -> bool {
        let IncomingNeeds { server, port, security, method, user, encrypt, is_other_protocol, .. } = self;
        let is_unchanged = server.is_none() && port.is_none() && security.is_none() && !encrypt;
        is_unchanged && method.is_none() && user.is_none() && !is_other_protocol
    }
}

/// What is to be set, with the words of the JSON contract for an outgoing server; `None`: not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToSet {
    /// What.
    pub setting: Aspect,
    /// What it is.
    pub now: Option<String>,
    /// What it has to be.
    pub then: Option<String>,
}

impl UserName {
    /// The word of the contract.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::LocalPart => "local-part",
            Self::SameAsIncoming => "same-as-incoming",
        }
    }
}

impl Needs {
    /// Every change there is, for steps without a scan.
    pub fn all() -> Self {
        Self {
            authenticate: true,
            log_on_first_off: true,
            port: Some(587),
            security_as_advised: true,
            ..Self::default()
        }
    }

    /// The same for a dialog that can't choose STARTTLS: TLS from the start stays, on the port that goes with it.
    #[must_use]
    pub fn keeping_tls(self) -> Self {
        match (self.tls_port, self.security) {
            (Some(port), Some(Security::StartTls)) => Self { port: Some(port), security: None, ..self },
            _ => self,
        }
    }

    /// Whether this has to be set, or to be looked at.
    pub fn has(&self, aspect: Aspect) -> bool {
        match aspect {
            Aspect::Auth => self.authenticate || self.method.is_some(),
            Aspect::LogOnFirst => self.log_on_first_off,
            Aspect::Port => self.port.is_some(),
            Aspect::Security => self.security.is_some() || self.security_as_advised,
            Aspect::Host => self.server.is_some() || self.ends,
            Aspect::User => self.user.is_some(),
            Aspect::Protocol => false,
        }
    }

    /// The edition whose steps hold for an account: another one where what has to be set is fixed. Whatever is fixed counts
    /// where nothing has to be set, as then another policy, or nobody, asks for a change.
    pub fn edition(&self, account: &Account) -> &'static str {
        let has = |aspect: Aspect| match aspect {
            // That the provider's notice may ask for it is no change yet.
            Aspect::Security => self.security.is_some(),
            aspect => self.has(aspect),
        };
        let asks = [Aspect::Auth, Aspect::Security, Aspect::Port].into_iter().any(has);
        let fixed = account.fixed.iter().filter(|fixed| !asks || has(fixed.aspect));
        fixed.min_by_key(|fixed| fixed.how).map_or(account.edition, |fixed| fixed.edition)
    }

    /// What it is now and what it has to be, in this order; nothing where the present settings are not understood.
    pub fn to_set(&self, outgoing: &Outgoing, order: &[Aspect]) -> Vec<ToSet> {
        if matches!(outgoing, Outgoing::Managed(_) | Outgoing::Program(_)) {
            return Vec::new();
        }
        let now = outgoing.seen().unwrap_or_default();
        let mut list = Vec::new();
        let mut add = |setting, now: Option<String>, then: &str| {
            if now.as_deref() != Some(then) {
                list.push(ToSet { setting, now, then: Some(then.to_owned()) });
            }
        };
        if let Some(server) = &self.server {
            add(Aspect::Host, now.host.clone(), server);
        }
        if self.has(Aspect::Auth) {
            let present = if outgoing.is_without_auth() { Some(Auth::None) } else { now.auth };
            let method = self.method.unwrap_or(Auth::Password);
            add(Aspect::Auth, present.map(|auth| auth.code().to_owned()), method.code());
        }
        if let Some(user) = self.user {
            let is_same = now.credentials == Some(Credentials::SameAsIncoming);
            add(Aspect::User, is_same.then(|| UserName::SameAsIncoming.code().to_owned()), user.code());
        }
        if self.log_on_first_off && now.log_on_first == Some(LogOnFirst::On) {
            add(Aspect::LogOnFirst, Some("true".to_owned()), "false");
        }
        if let Some(port) = self.port {
            let present = now.port.and_then(Port::number);
            add(Aspect::Port, present.map(|port| port.to_string()), &port.to_string());
        }
        if let Some(security) = self.security {
            add(Aspect::Security, now.security.map(|now| now.code().to_owned()), security.code());
        }
        if self.ends {
            list.push(ToSet { setting: Aspect::Host, now: now.host, then: None });
        }
        list.sort_by_key(|set| order.iter().position(|aspect| *aspect == set.setting).unwrap_or(usize::MAX));
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Partial, Smtp, Text};

    #[test]
    fn what_is_to_be_set_stands_beside_what_is_set() {
        let needs = Needs {
            authenticate: true,
            log_on_first_off: true,
            port: Some(587),
            security: Some(Security::StartTls),
            ..Needs::default()
        };
        let order = [Aspect::Port, Aspect::LogOnFirst, Aspect::Auth];
        let list = |outgoing: &Outgoing, order: &[Aspect]| -> Vec<String> {
            let list = needs.to_set(outgoing, order);
            let shown = |set: &ToSet| {
                let word = |word: &Option<String>| word.clone().unwrap_or_else(|| "?".to_owned());
                format!("{} {} {}", set.setting.code(), word(&set.now), word(&set.then))
            };
            list.iter().map(shown).collect()
        };
        let smtp = |port, security, log_on_first| {
            let host = "mail.example.jp".to_owned();
            Outgoing::Smtp(Smtp { host, port, security, auth: Auth::None, credentials: None, log_on_first })
        };
        let all = ["port 25 587", "log_on_first true false", "auth none password", "security plain starttls"];
        assert_eq!(list(&smtp(Port::Stored(25), Security::Plain, LogOnFirst::On), &order), all);
        let [port, log_on_first, auth, security] = all;
        let turned = smtp(Port::Default(25), Security::Plain, LogOnFirst::On);
        assert_eq!(list(&turned, &[]), [auth, log_on_first, port, security]);
        // What is as wanted is not to be set; a switch without effect is none.
        let as_wanted = smtp(Port::Default(587), Security::StartTls, LogOnFirst::WithoutEffect);
        assert_eq!(list(&as_wanted, &order), [auth]);
        let automatic = smtp(Port::Automatic, Security::StartTls, LogOnFirst::Off);
        assert_eq!(list(&automatic, &order), ["port ? 587", auth]);
        // Without authentication for certain; the rest was not asked for.
        let answered = Outgoing::NoAuth(Partial::default());
        assert_eq!(list(&answered, &order), ["port ? 587", auth, "security ? starttls"]);
        let known = Partial { port: Some(Port::Stored(25)), ..Partial::default() };
        // What was not understood has a target where a policy names one.
        let unclear = Outgoing::Unclear(known.clone(), Text::fixed("", ""));
        assert_eq!(list(&unclear, &order)[0], "port 25 587");
        for other in [Outgoing::Managed(None), Outgoing::Program(String::new())] {
            assert!(list(&other, &order).is_empty(), "{other:?}");
        }
    }
}
