//! One outgoing server: its values with the defaults and meanings of the version that used them.

use super::program::{Engine, Program};
use super::settings::{
    EWS_URL, OF_AUTH, OF_LEGACY, OF_NEW_PORT, OF_OLD_PORT, OF_SECURITY, OF_TYPE, SMTP_AUTH, SMTP_HOST,
    SMTP_OLD_AUTH, SMTP_PORT, SMTP_SECURE_AUTH, SMTP_SECURITY, SMTP_TYPE, SMTP_USER, UI_VERSION,
};
use super::values::{SHARED, Values};
use crate::clients::look::{Look, Unclear};
use crate::clients::parts::Parts;
use crate::clients::settings::Settings;
use crate::formats::facts::Fact;
use crate::formats::kinds::is_stand_in;
use crate::model::{Auth, Credentials, DefaultValue, LogOnFirst, Outgoing, Partial, Port, Security, Text};

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
    pub(super) by_version: ByVersion,
}

/// What another version of the program would do differently.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ByVersion {
    /// The other of the two engines.
    pub(super) engine: bool,
    /// One with another meaning of the encryption.
    pub(super) security: bool,
}

impl ByVersion {
    pub(super) fn any(self) -> bool {
        self.engine || self.security
    }
}

impl Servers<'_> {
    /// Reads the server of this key. `incoming_user` is the user name of the account.
    pub(super) fn read(&self, key: &str, incoming_user: Option<&str>, look: &mut Look) -> Reading {
        let kind = self.values.settings(&SMTP_TYPE, key);
        look.record(&kind, SMTP_TYPE, Some(DefaultValue { value: "smtp".to_owned(), source: OF_TYPE }));
        let outgoing = match kind.peek_text(SMTP_TYPE).unwrap_or("smtp") {
            "smtp" => return self.read_smtp(key, incoming_user, look),
            "ews" | "graph" => {
                // The rest of such a server stands in a branch of its own; `auth_method` there is not the old setting of
                // SMTP servers.
                let host = look.text(&self.values.settings(&EWS_URL, key), EWS_URL);
                Outgoing::Managed(host.filter(|host| !is_stand_in(host)))
            }
            kind => Outgoing::Unclear(
                Partial::default(),
                Text::new(
                    format!("送信サーバーの種類が分かりません: {kind}"),
                    format!("unknown kind of outgoing server: {kind}"),
                ),
            ),
        };
        Reading { outgoing, by_version: ByVersion::default() }
    }

    fn read_smtp(&self, key: &str, incoming_user: Option<&str>, look: &mut Look) -> Reading {
        let mut by_version = ByVersion::default();
        let host = look.text(&self.values.settings(&SMTP_HOST, key), SMTP_HOST);
        let auth = self.read_auth(key, look, &mut by_version);
        let security = self.read_security(key, look, &mut by_version);
        let is_tls = matches!(security, Ok(Security::Tls));
        let port = self.read_port(key, is_tls, look, &mut by_version);
        let user = look.text(&self.values.settings(&SMTP_USER, key), SMTP_USER);
        let authenticates = !matches!(auth, Ok(Auth::None));
        // A name alone authenticates nobody. Its password is always stored apart from that of the incoming server.
        // Of two names that do not fit only the lengths are known.
        let credentials = user.filter(|user| authenticates && !is_stand_in(user)).map(|user| {
            if Some(user.as_str()) == incoming_user { Credentials::SameAsIncoming } else { Credentials::Own }
        });
        let parts = Parts {
            host: Ok(host),
            port,
            security,
            auth: auth.map(|auth| (auth, credentials)),
            log_on_first: Ok(LogOnFirst::Off),
        };
        Reading { outgoing: parts.assemble(look), by_version }
    }

    /// The setting of the server, else of the branch that holds for all servers (SmtpServer.sys.mjs,
    /// `_getIntPrefWithDefault`; nsSmtpServer.cpp did the same).
    fn deciding(&self, key: &str, fact: &Fact, look: &mut Look) -> Settings {
        let settings = self.number(key, fact, look);
        if !settings.has(fact) && self.values.has(fact, SHARED) {
            look.record(&settings, fact, None);
            return self.number(SHARED, fact, look);
        }
        settings
    }

    /// The setting as a number. What a policy says in vain is told all the same.
    fn number(&self, key: &str, fact: &Fact, look: &mut Look) -> Settings {
        if self.values.is_lost(fact, key) {
            look.record(&self.values.stored_settings(fact, key), fact, None);
        }
        self.values.settings(fact, key)
    }

    fn read_auth(&self, key: &str, look: &mut Look, by_version: &mut ByVersion) -> Result<Auth, Unclear> {
        if self.is_legacy(key) {
            by_version.engine = true;
            return self.read_legacy_auth(key, look);
        }
        if self.values.has(&SMTP_OLD_AUTH, key) {
            look.record(&self.values.settings(&SMTP_OLD_AUTH, key), SMTP_OLD_AUTH, None);
        }
        let settings = self.deciding(key, &SMTP_AUTH, look);
        let number = look.number(&settings, SMTP_AUTH, 3, OF_AUTH)?;
        if matches!(number, 0 | 2 | 7 | 9) {
            by_version.engine = true;
        }
        Ok(match (number, self.program.engine()) {
            // The new engine knows no "any method": it sends without AUTH.
            (1, _) | (0 | 2 | 7 | 9, Engine::New) => Auth::None,
            (0 | 2 | 7 | 9, Engine::Old) | (3, _) => Auth::Password,
            (0 | 2 | 7 | 9, Engine::Unknown) => {
                let unknown = Look::unknown(&settings, SMTP_AUTH);
                let shown = format!("{} (LastVersion = ?)", unknown.shown);
                return Err(Unclear { shown, ..unknown });
            }
            (4 | 8, _) => Auth::EncryptedPassword,
            (5, _) => Auth::Kerberos,
            (6, _) => Auth::Spa,
            (10, _) => Auth::OAuth2,
            _ => return Err(Look::unknown(&settings, SMTP_AUTH)),
        })
    }

    /// Up to 3.0 `auth_method` and `useSecAuth` counted. 3.1 to 121 turned them into `authMethod` at the first start; 122
    /// and later ignore them (comm-central 76b8e57e90, ec8c4cfad0; tried with 140 and 153). Without a version, settings
    /// that only later programs write tell.
    fn is_legacy(&self, key: &str) -> bool {
        let has = |fact| self.values.has(fact, key);
        let is_later = if self.program.is_dated() {
            self.program.is_from(122)
        } else {
            self.values.has(&UI_VERSION, "") || has(&SMTP_TYPE)
        };
        !has(&SMTP_AUTH) && (has(&SMTP_OLD_AUTH) || has(&SMTP_SECURE_AUTH)) && !is_later
    }

    fn read_legacy_auth(&self, key: &str, look: &mut Look) -> Result<Auth, Unclear> {
        look.record(&self.values.settings(&SMTP_AUTH, key), SMTP_AUTH, None);
        let settings = self.deciding(key, &SMTP_OLD_AUTH, look);
        let logs_in = look.number(&settings, SMTP_OLD_AUTH, 1, OF_LEGACY)? != 0;
        let secure = self.values.settings(&SMTP_SECURE_AUTH, key);
        let only_secure = look.switch(&secure, SMTP_SECURE_AUTH, OF_LEGACY)?;
        Ok(match (logs_in, only_secure) {
            (false, _) => Auth::None,
            (true, true) => Auth::EncryptedPassword,
            (true, false) => Auth::Password,
        })
    }

    fn read_security(
        &self,
        key: &str,
        look: &mut Look,
        by_version: &mut ByVersion,
    ) -> Result<Security, Unclear> {
        let settings = self.deciding(key, &SMTP_SECURITY, look);
        let number = look.number(&settings, SMTP_SECURITY, 0, OF_SECURITY)?;
        by_version.security |= number == 1;
        security(number, self.program).ok_or_else(|| Look::unknown(&settings, SMTP_SECURITY))
    }

    /// Absent and 0 mean the default, which was 25 up to version 92 whatever the dialog showed. Without a version it is
    /// that of today's programs: who opens such a profile now sends to 587. Settings of 3.0 and older that nothing
    /// migrated tell of an old program.
    fn read_port(
        &self,
        key: &str,
        is_tls: bool,
        look: &mut Look,
        by_version: &mut ByVersion,
    ) -> Result<Port, Unclear> {
        let is_old =
            self.program.engine() == Engine::Old || (!self.program.is_dated() && self.is_legacy(key));
        let (default, source) = match (is_tls, is_old) {
            (true, _) => (465, OF_NEW_PORT),
            (false, true) => (25, OF_OLD_PORT),
            (false, false) => (587, OF_NEW_PORT),
        };
        let settings = self.number(key, &SMTP_PORT, look);
        let is_zero = settings.peek_number(SMTP_PORT) == Some(0);
        by_version.engine |= (is_zero || !settings.has(SMTP_PORT)) && !is_tls;
        if is_zero {
            look.record(&settings, SMTP_PORT, Some(DefaultValue { value: default.to_string(), source }));
            return Ok(Port::Default(default));
        }
        look.port(&settings, SMTP_PORT, default, source)
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

#[cfg(test)]
#[path = "server_tests.rs"]
mod tests;
