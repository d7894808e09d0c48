//! The server that an account receives from.

use super::program::Program;
use super::server::security;
use super::settings::{
    INCOMING, SERVER_HOST, SERVER_IS_SECURE, SERVER_PORT, SERVER_REAL_HOST, SERVER_SECURITY,
};
use super::values::Values;
use crate::clients::look::Look;
use crate::formats::facts::Fact;
use crate::model::{DefaultValue, Incoming, Protocol, Security};

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
        Incoming { protocol, host, port: port.or(default), security, auth: None }
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
