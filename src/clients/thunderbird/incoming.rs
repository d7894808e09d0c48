//! The server that an account receives from.

use super::program::Program;
use super::server::security;
use super::values::Values;
use crate::clients::look::Look;
use crate::model::{DefaultValue, Incoming, Protocol, Security};

const SERVER: &str = "comm-central, mailnews.js and nsMsgIncomingServer.cpp";

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
        let setting = |setting: &str| format!("mail.server.{server}.{setting}");
        let host = self.name(server, "hostname", "realhostname", look);
        // Others say nothing by its absence: EWS, for one, always uses TLS.
        let has_security = protocol != Protocol::Other || self.values.has(&setting("socketType"));
        let security = if has_security {
            self.read_security(&setting("socketType"), &setting("isSecure"), look)
        } else {
            None
        };
        let default = match (protocol, security == Some(Security::Tls)) {
            (Protocol::Pop3, false) => Some(110),
            (Protocol::Pop3, true) => Some(995),
            (Protocol::Imap, false) => Some(143),
            (Protocol::Imap, true) => Some(993),
            (Protocol::Other, _) => None,
        };
        let name = setting("port");
        let settings = self.values.as_number(&name);
        let shown = default.map(|port: u16| DefaultValue { value: port.to_string(), source: SERVER });
        look.record(&settings, &name, shown);
        // -1 is the default, too
        let port = settings.peek_number(&name).and_then(|n| u16::try_from(n).ok()).filter(|n| *n != 0);
        Incoming { protocol, host, port: port.or(default), security }
    }

    fn read_security(&self, kind: &str, is_secure: &str, look: &mut Look) -> Option<Security> {
        if !self.values.has(kind) && self.values.has(is_secure) {
            let secure = look.switch(&self.values.as_switch(is_secure), is_secure, SERVER).ok()?;
            return Some(if secure { Security::Tls } else { Security::Plain });
        }
        let number = look.number(&self.values.as_number(kind), kind, 0, SERVER).ok()?;
        security(number, self.program)
    }

    /// Up to 101 a second name went before the first, which was kept as the name of the folder (comm-central ec8c4cfad0^,
    /// MailnewsMigrator).
    pub(super) fn name(&self, server: &str, plain: &str, real: &str, look: &mut Look) -> Option<String> {
        let setting = |setting: &str| format!("mail.server.{server}.{setting}");
        let (plain, real) = (setting(plain), setting(real));
        let plain = look.text(&self.values.as_text(&plain), &plain);
        if self.program.is_from(102) || !self.values.has(&real) {
            return plain;
        }
        look.text(&self.values.as_text(&real), &real).or(plain)
    }
}
