//! One outgoing server: its values with the defaults and meanings of the version that used them.

use super::program::{Engine, Program};
use super::values::Values;
use crate::clients::look::{Look, Unclear};
use crate::clients::parts::Parts;
use crate::clients::settings::Settings;
use crate::model::{Auth, Credentials, DefaultValue, LogOnFirst, Outgoing, Partial, Port, Security, Text};

/// Names and numbers: comm-central mailnews/base/public/MailNewsTypes2.idl, mailnews/mailnews.js. What is sent: wire
/// tests with Thunderbird 140 and 153; up to 92 mailnews/compose/src/nsSmtpProtocol.cpp.
const TYPE: &str = "comm-central, OutgoingServerService.sys.mjs: a server without a type is one for SMTP";
const AUTH: &str = "comm-central, mailnews.js: mail.smtpserver.default.authMethod";
const SECURITY: &str = "comm-central, mailnews.js: mail.smtpserver.default.try_ssl";
const NEW_PORT: &str = "comm-central, SmtpClient.sys.mjs (version 93 and later)";
const OLD_PORT: &str = "comm-central, nsISmtpUrl.idl: DEFAULT_SMTP_PORT (up to version 92)";
const LEGACY: &str =
    "comm-central, mailnews.js of version 3.0: mail.smtpserver.default.auth_method, useSecAuth";

/// Reads the servers of a profile.
#[derive(Debug, Clone, Copy)]
pub(super) struct Servers<'a> {
    pub(super) values: &'a Values,
    pub(super) program: &'a Program,
}

/// An outgoing server, and whether what it does depends on a version.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) outgoing: Outgoing,
    pub(super) by_version: bool,
}

/// `mail.smtpserver.<key>.<setting>`
pub(super) fn name(key: &str, setting: &str) -> String {
    format!("mail.smtpserver.{key}.{setting}")
}

impl Servers<'_> {
    /// Reads the server of this key. `incoming_user` is the user name of the account.
    pub(super) fn read(&self, key: &str, incoming_user: Option<&str>, look: &mut Look) -> Reading {
        let (kind_name, kind) = (name(key, "type"), self.values.as_text(&name(key, "type")));
        look.record(&kind, &kind_name, Some(DefaultValue { value: "smtp".to_owned(), source: TYPE }));
        let outgoing = match kind.peek_text(&kind_name).unwrap_or("smtp") {
            "smtp" => return self.read_smtp(key, incoming_user, look),
            "ews" | "graph" => {
                // The rest of such a server stands in a branch of its own (comm-central
                // rust/protocol_shared/src/outgoing.rs); `auth_method` there is not the old setting of SMTP servers.
                let url = format!("mail.outgoingserver.{key}.ews_url");
                let mut settings = self.values.as_text(&url);
                let host = settings.peek_text(&url).and_then(host_of).map(str::to_owned);
                // The rest of an address can hold a password or a token.
                for entry in &mut settings.entries {
                    entry.shown = host.clone().unwrap_or_else(|| "(present)".to_owned());
                }
                look.record(&settings, &url, None);
                Outgoing::Managed(host)
            }
            kind => Outgoing::Unclear(
                Partial::default(),
                Text::new(
                    format!("送信サーバーの種類が分かりません: {kind}"),
                    format!("unknown kind of outgoing server: {kind}"),
                ),
            ),
        };
        Reading { outgoing, by_version: false }
    }

    fn read_smtp(&self, key: &str, incoming_user: Option<&str>, look: &mut Look) -> Reading {
        let mut by_version = false;
        let host = look.text(&self.values.as_text(&name(key, "hostname")), &name(key, "hostname"));
        let auth = self.read_auth(key, look, &mut by_version);
        let security = self.read_security(key, look, &mut by_version);
        let is_tls = matches!(security, Ok(Security::Tls));
        let port = self.read_port(key, is_tls, look, &mut by_version);
        let user = look.text(&self.values.as_text(&name(key, "username")), &name(key, "username"));
        let authenticates = !matches!(auth, Ok(Auth::None));
        // A name alone authenticates nobody. Its password is always stored apart from that of the incoming server.
        let credentials = user.filter(|_| authenticates).map(|user| {
            if Some(user.as_str()) == incoming_user { Credentials::SameAsIncoming } else { Credentials::Own }
        });
        let parts = Parts {
            host: Ok(host),
            port,
            security,
            auth: auth.map(|auth| (auth, credentials)),
            log_on_first: Ok(LogOnFirst::Off),
        };
        Reading { outgoing: parts.assemble(), by_version }
    }

    /// The setting of the server, else of the branch that holds for all servers (SmtpServer.sys.mjs,
    /// `_getIntPrefWithDefault`; nsSmtpServer.cpp did the same).
    fn deciding(&self, key: &str, setting: &str, look: &mut Look) -> (String, Settings) {
        let own = name(key, setting);
        let shared = name("default", setting);
        let settings = self.number(&own, look);
        if !settings.has(&own) && self.values.has(&shared) {
            look.record(&settings, &own, None);
            let settings = self.number(&shared, look);
            return (shared, settings);
        }
        (own, settings)
    }

    /// The setting as a number. What a policy says in vain is told all the same.
    fn number(&self, name: &str, look: &mut Look) -> Settings {
        if let Some(lost) = self.values.lost_number(name) {
            look.record(&lost, name, None);
        }
        self.values.as_number(name)
    }

    fn read_auth(&self, key: &str, look: &mut Look, by_version: &mut bool) -> Result<Auth, Unclear> {
        if self.is_legacy(key) {
            *by_version = true;
            return self.read_legacy_auth(key, look);
        }
        let left_over = name(key, "auth_method");
        if self.values.has(&left_over) {
            look.record(&self.values.as_number(&left_over), &left_over, None);
        }
        let (name, settings) = self.deciding(key, "authMethod", look);
        let number = look.number(&settings, &name, 3, AUTH)?;
        if matches!(number, 0 | 2 | 7 | 9) {
            *by_version = true;
        }
        Ok(match (number, self.program.engine()) {
            // The new engine knows no "any method": it sends without AUTH.
            (1, _) | (0 | 2 | 7 | 9, Engine::New) => Auth::None,
            (0 | 2 | 7 | 9, Engine::Old) | (3, _) => Auth::Password,
            (0 | 2 | 7 | 9, Engine::Unknown) => {
                let unknown = look.unknown(&settings, &name);
                let shown = format!("{} (LastVersion = ?)", unknown.shown);
                return Err(Unclear { shown, ..unknown });
            }
            (4 | 8, _) => Auth::EncryptedPassword,
            (5, _) => Auth::Kerberos,
            (6, _) => Auth::Spa,
            (10, _) => Auth::OAuth2,
            _ => return Err(look.unknown(&settings, &name)),
        })
    }

    /// Up to 3.0 `auth_method` and `useSecAuth` counted. 3.1 to 121 turned them into `authMethod` at the first start; 122
    /// and later ignore them (comm-central 76b8e57e90, ec8c4cfad0; tried with 140 and 153). Without a version, settings
    /// that only later programs write tell.
    fn is_legacy(&self, key: &str) -> bool {
        let has = |setting| self.values.has(&name(key, setting));
        let is_later = if self.program.is_dated() {
            self.program.is_from(122)
        } else {
            self.values.has("mail.ui-rdf.version") || has("type")
        };
        !has("authMethod") && (has("auth_method") || has("useSecAuth")) && !is_later
    }

    fn read_legacy_auth(&self, key: &str, look: &mut Look) -> Result<Auth, Unclear> {
        let newer = name(key, "authMethod");
        look.record(&self.values.as_number(&newer), &newer, None);
        let (method, settings) = self.deciding(key, "auth_method", look);
        let logs_in = look.number(&settings, &method, 1, LEGACY)? != 0;
        let secure = name(key, "useSecAuth");
        let only_secure = look.switch(&self.values.as_switch(&secure), &secure, LEGACY)?;
        Ok(match (logs_in, only_secure) {
            (false, _) => Auth::None,
            (true, true) => Auth::EncryptedPassword,
            (true, false) => Auth::Password,
        })
    }

    fn read_security(&self, key: &str, look: &mut Look, by_version: &mut bool) -> Result<Security, Unclear> {
        let (name, settings) = self.deciding(key, "try_ssl", look);
        let number = look.number(&settings, &name, 0, SECURITY)?;
        *by_version |= number == 1;
        security(number, self.program).ok_or_else(|| look.unknown(&settings, &name))
    }

    /// Absent and 0 mean the default, which was 25 up to version 92 whatever the dialog showed. Without a version it is
    /// that of today's programs: who opens such a profile now sends to 587. Settings of 3.0 and older that nothing
    /// migrated tell of an old program.
    fn read_port(
        &self,
        key: &str,
        is_tls: bool,
        look: &mut Look,
        by_version: &mut bool,
    ) -> Result<Port, Unclear> {
        let is_old = self.program.engine() == Engine::Old
            || (self.program.engine() == Engine::Unknown && self.is_legacy(key));
        let (default, source) = match (is_tls, is_old) {
            (true, _) => (465, NEW_PORT),
            (false, true) => (25, OLD_PORT),
            (false, false) => (587, NEW_PORT),
        };
        let name = name(key, "port");
        let settings = self.number(&name, look);
        let is_absent = !settings.has(&name) || settings.peek_number(&name) == Some(0);
        *by_version |= is_absent && !is_tls;
        if settings.peek_number(&name) == Some(0) {
            look.record(&settings, &name, Some(DefaultValue { value: default.to_string(), source }));
            return Ok(Port::Default(default));
        }
        look.port(&settings, &name, default, source)
    }
}

/// `try_ssl`, and `socketType` of incoming servers. 1 is STARTTLS if it is offered; from 94 on it was taken for 2, and
/// from 132 on changed to 2 at the first start, so that one that comes back counts as none (comm-central f498c25c50,
/// MailMigrator).
pub(super) fn security(number: i64, program: &Program) -> Option<Security> {
    match number {
        0 => Some(Security::Plain),
        1 if program.is_from(132) => Some(Security::Plain),
        1 if program.is_from(94) => Some(Security::StartTls),
        1 => Some(Security::Auto),
        2 => Some(Security::StartTls),
        3 => Some(Security::Tls),
        _ => None,
    }
}

/// `https://mail.example.jp/EWS/Exchange.asmx` → `mail.example.jp`; nothing where it is not clear what is the host.
fn host_of(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len()));
    // A slash in a password would cut it in two.
    let host = authority.rsplit('@').next().filter(|_| !path.contains('@'))?;
    let (_, port) = host.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')).unwrap_or((host, ""));
    (!host.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())).then_some(host)
}

#[cfg(test)]
#[path = "server_tests.rs"]
mod tests;
