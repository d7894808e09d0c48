//! The server that an account receives from.

use super::program::Program;
use super::server::security;
use super::settings::{
    INCOMING, SERVER_AUTH, SERVER_HOST, SERVER_IS_SECURE, SERVER_PORT, SERVER_REAL_HOST, SERVER_SECURE_AUTH,
    SERVER_SECURITY,
};
use super::values::{SHARED, Values};
use crate::clients::look::Look;
use crate::formats::facts::Fact;
use crate::model::{Auth, DefaultValue, Incoming, Protocol, Security};

/// Reads the incoming servers of a profile.
#[derive(Debug, Clone, Copy)]
pub(super) struct IncomingServers<'a> {
    pub(super) values: &'a Values,
    pub(super) program: &'a Program,
}

impl IncomingServers<'_> {
    /// Reads the server of this key and kind.
    pub(super) fn read(&self, server: &str, kind: &str, look: &mut Look) -> Incoming {
        let protocol = match kind {
            "pop3" => Protocol::Pop3,
            "imap" => Protocol::Imap,
            _ => Protocol::Other,
        };
        let host = self.name(server, &SERVER_HOST, &SERVER_REAL_HOST, look);
        // Others say nothing by its absence: EWS, for one, always uses TLS.
        let has_security = protocol != Protocol::Other || self.values.has(&SERVER_SECURITY, server);
        let security = if has_security { self.read_security(server, look) } else { None };
        let default = protocol.usual_port(security.unwrap_or(Security::Plain));
        let settings = self.values.settings(&SERVER_PORT, server);
        let shown = default.map(|port: u16| DefaultValue { value: port.to_string(), source: INCOMING });
        look.record(&settings, SERVER_PORT, shown);
        // -1 is the default, too
        let port = settings.peek_number(SERVER_PORT).and_then(|n| u16::try_from(n).ok()).filter(|n| *n != 0);
        let auth = if protocol == Protocol::Other { None } else { self.read_auth(server, look) };
        Incoming { protocol, host, port: port.or(default), security, auth }
    }

    /// The numbers are those of outgoing servers (MailNewsTypes2.idl), but 2 is the protocol's own log-on, and 7 and 9 do what
    /// differs by version. POP3 takes 4 for CRAM-MD5 or APOP, as the server offers (nsPop3Protocol.cpp, Pop3Client.sys.mjs).
    fn read_auth(&self, server: &str, look: &mut Look) -> Option<Auth> {
        let has = |fact, key| self.values.has(fact, key);
        let (fact, old) = (&SERVER_AUTH, &SERVER_SECURE_AUTH);
        if !has(fact, server) && has(old, server) && !self.program.is_from(122) {
            look.record(&self.values.settings(fact, server), fact, None);
            let only_secure = look.switch(&self.values.settings(old, server), old, INCOMING).ok()?;
            return Some(if only_secure { Auth::EncryptedPassword } else { Auth::Password });
        }
        let mut settings = self.values.settings(fact, server);
        if !has(fact, server) && has(fact, SHARED) {
            look.record(&settings, fact, None);
            settings = self.values.settings(fact, SHARED);
        }
        match look.number(&settings, fact, 3, INCOMING).ok()? {
            1 => Some(Auth::None),
            2 | 3 => Some(Auth::Password),
            4 | 8 => Some(Auth::EncryptedPassword),
            5 => Some(Auth::Kerberos),
            6 => Some(Auth::Spa),
            10 => Some(Auth::OAuth2),
            _ => None,
        }
    }

    fn read_security(&self, server: &str, look: &mut Look) -> Option<Security> {
        let (kind, is_secure) = (&SERVER_SECURITY, &SERVER_IS_SECURE);
        if !self.values.has(kind, server) && self.values.has(is_secure, server) {
            let secure = look.switch(&self.values.settings(is_secure, server), is_secure, INCOMING).ok()?;
            return Some(if secure { Security::Tls } else { Security::Plain });
        }
        let number = look.number(&self.values.settings(kind, server), kind, 0, INCOMING).ok()?;
        security(number, self.program)
    }

    /// Up to 101 a second name went before the first, which was kept as the name of the folder (comm-central ec8c4cfad0^,
    /// MailnewsMigrator).
    pub(super) fn name(&self, server: &str, plain: &Fact, real: &Fact, look: &mut Look) -> Option<String> {
        let first = look.text(&self.values.settings(plain, server), plain);
        if self.program.is_from(102) || !self.values.has(real, server) {
            return first;
        }
        look.text(&self.values.settings(real, server), real).or(first)
    }
}
