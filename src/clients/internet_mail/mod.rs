//! One account of Outlook Express, Windows Mail or Windows Live Mail: the same settings, in the registry with blanks in
//! their names (`SMTP Port`), in account files with underscores (`SMTP_Port`).
//!
//! Names, numbers and defaults: Microsoft's "Account Configuration" for Windows Mail (MicrosoftDocs/win32 at f0629c9,
//! desktop-src/oe/oe-account-entry.md and oe-smtpauthtype.md; learn.microsoft.com/previous-versions/windows/desktop/oe).
//! Only what differs from the default is stored.

pub(super) mod dialogue;
pub(super) mod settings;
pub(super) mod steps;

use super::keys;
use super::look::{Look, Unclear};
use super::parts::Parts;
use super::settings::{Setting, Settings, Stored};
use super::system::{VERSION, WINDOWS};
use crate::formats::facts::{Fact, Spelling, find};
use crate::model::{
    Account, Auth, Confidence, Credentials, EndOfSupport, Incoming, LogOnFirst, Note, Outgoing, Port,
    Protocol, Security, Text,
};
use crate::source::registry::{Key, Value, until_nul, utf16};
use crate::source::{Problem, User};
use settings::{
    ACCOUNT, ACCOUNT_NAME, ADDRESS, ANY_SMTP, DOC, HTTPMAIL_SERVER, IMAP, LDAP_SERVER, NNTP_SERVER, POP3,
    POP3_SKIP, SERVICES, SMTP_PORT, SMTP_SECURE, SMTP_SERVER, SMTP_SICILY, Side,
};

/// A program that keeps its accounts in this form.
pub(super) struct Program {
    /// Id in the table of clients.
    pub(super) client: &'static str,
    /// Id of its edition.
    pub(super) edition: &'static str,
    /// As the user knows it.
    pub(super) name: &'static str,
    /// The first and the last version of Windows that it came with; `None` = it was installed separately.
    pub(super) came_with: Option<[(u32, u32); 2]>,
    /// When Microsoft stopped caring for it.
    pub(super) end_of_support: EndOfSupport,
    /// How sure it is that TLS means STARTTLS on every port but 465.
    pub(super) starttls: Confidence,
}

impl Program {
    /// Whether the Windows that the data comes from has it, where Windows tells its version.
    pub(super) fn is_installed(&self, user: &User) -> Result<Option<bool>, Problem> {
        let Some([first, last]) = self.came_with else { return Ok(None) };
        let key = user.top(WINDOWS.id, &WINDOWS)?.map(|key| keys::settings_of(&key, WINDOWS.facts));
        // 5.1 is XP, 6.0 Vista, 6.1 Windows 7; Windows 10 and 11 still say 6.3 here.
        let version = key.as_ref().and_then(|key| key.peek_text(VERSION));
        let parts = version.and_then(|version| version.split_once('.'));
        let number = parts.and_then(|(major, minor)| Some((major.parse().ok()?, minor.parse().ok()?)));
        Ok(number.map(|number| (first..=last).contains(&number)))
    }

    /// The account that the settings describe; `None` if it is one for news or a directory. Where it lies and whether
    /// it is in use is for the caller to say.
    pub(super) fn account(&self, settings: &Settings, look: &mut Look) -> Option<Account> {
        let mut reader = Reader { settings, look };
        let (incoming, outgoing) = reader.read()?;
        let (address, name) = reader.aside(|reader| (reader.text(ADDRESS), reader.text(ACCOUNT_NAME)));
        let name = name.or_else(|| address.clone());
        let mut notes = vec![Note::EndOfSupport(self.end_of_support.clone())];
        if reader.look_skipped() && outgoing.is_without_auth() {
            notes.push(Note::Other("not-received-automatically", NOT_RECEIVED));
        }
        Some(Account {
            source: settings.place.to_string(),
            name: name.unwrap_or_default(),
            addresses: address.into_iter().collect(),
            has_incoming_password: incoming.as_ref().and_then(|incoming| has_password(settings, incoming)),
            incoming,
            confidence: self.confidence(&outgoing),
            notes,
            ..Account::new(self.client, self.name, self.edition, outgoing)
        })
    }

    fn confidence(&self, outgoing: &Outgoing) -> Confidence {
        match outgoing {
            Outgoing::Smtp(smtp) if smtp.security == Security::StartTls => self.starttls,
            _ => Confidence::Documented,
        }
    }
}

/// The settings of a registry key. Unlike later Outlooks these programs store texts and numbers in the types that they have.
pub(super) fn settings_of(key: &Key) -> Settings {
    let mut settings = Settings::new(keys::place(key), ACCOUNT, Spelling::AsIs);
    let entries = key.values.iter().map(|(name, value)| match (find(ACCOUNT, name), value) {
        (fact, Value::Binary(data)) => {
            // Later Outlooks' form: what these programs make of it is not known.
            Setting::kept(name, fact, Stored::Cut(&until_nul(&utf16(data)), "(unexpected type)"))
        }
        (fact, value) => keys::setting(name, value, fact),
    });
    settings.entries = entries.collect();
    settings
}

/// Whether the password for receiving is saved.
fn has_password(settings: &Settings, incoming: &Incoming) -> Option<bool> {
    let side = [&POP3, &IMAP].into_iter().find(|side| side.protocol == incoming.protocol)?;
    Some(settings.has(side.password))
}

const NOT_RECEIVED: Text = Text::fixed(
    "このアカウントは「すべて送受信」の対象から外れています。SMTP 認証がないため、先に手動で受信しないと送信できない可能性があります。",
    "This account is left out of [Send and Receive All]; without SMTP-AUTH it can probably send only after receiving by hand.",
);

/// The settings, and the record of the looks at them.
struct Reader<'a> {
    settings: &'a Settings,
    look: &'a mut Look,
}

impl Reader<'_> {
    /// See [`Look::aside`].
    fn aside<T>(&mut self, read: impl FnOnce(&mut Reader<'_>) -> T) -> T {
        let settings = self.settings;
        self.look.aside(|look| read(&mut Reader { settings, look }))
    }

    fn text(&mut self, fact: Fact) -> Option<String> {
        self.look.text(self.settings, fact)
    }

    fn switch(&mut self, fact: Fact) -> Result<bool, Unclear> {
        self.look.switch(self.settings, fact, DOC)
    }

    fn port(&mut self, fact: Fact, default: u16) -> Result<Port, Unclear> {
        self.look.port(self.settings, fact, default, DOC)
    }

    /// True if there is a text, without a record of the look.
    fn has_text(&self, fact: Fact) -> bool {
        self.settings.peek_text(fact).is_some()
    }

    fn has_any(&self, fact: &Fact) -> bool {
        self.settings.alike(fact).next().is_some()
    }

    fn look_skipped(&mut self) -> bool {
        self.settings.has(POP3_SKIP) && self.switch(POP3_SKIP).unwrap_or_default()
    }

    /// Both sides of the account. The kind shows by the servers; news and directories lie among the mail accounts.
    fn read(&mut self) -> Option<(Option<Incoming>, Outgoing)> {
        for side in [&POP3, &IMAP] {
            if self.has_text(side.server) {
                return Some(self.read_side(side));
            }
        }
        if self.has_text(NNTP_SERVER) || self.has_text(LDAP_SERVER) {
            return None;
        }
        if self.has_text(SMTP_SERVER) {
            // sends, but receives nothing
            let outgoing = self.outgoing(None);
            return Some((None, outgoing));
        }
        let has_service = SERVICES.iter().any(|service| self.has_any(service));
        for side in [&POP3, &IMAP] {
            if !has_service && self.has_any(&side.any) {
                return Some(self.read_side(side));
            }
        }
        (has_service || self.has_any(&ANY_SMTP)).then(|| {
            self.text(HTTPMAIL_SERVER);
            self.text(SMTP_SERVER);
            let incoming =
                Incoming { protocol: Protocol::Other, host: None, port: None, security: None, auth: None };
            (Some(incoming), Outgoing::Managed(None))
        })
    }

    fn read_side(&mut self, side: &Side) -> (Option<Incoming>, Outgoing) {
        let outgoing = self.outgoing(Some(side));
        (Some(self.aside(|reader| reader.incoming(side))), outgoing)
    }

    fn incoming(&mut self, side: &Side) -> Incoming {
        let default = side.protocol.usual_port(Security::Plain).unwrap_or_default();
        let host = self.text(side.server);
        let port = self.port(side.port, default).ok().and_then(Port::number);
        let secure = self.switch(side.secure).ok();
        let security = secure.map(|secure| if secure { Security::Tls } else { Security::Plain });
        self.look.record(self.settings, side.password, None);
        let auth = self.switch(side.sicily).ok().map(|spa| if spa { Auth::Spa } else { Auth::Password });
        Incoming { protocol: side.protocol, host, port, security, auth }
    }

    fn outgoing(&mut self, side: Option<&Side>) -> Outgoing {
        let host = self.look.needed_text(self.settings, SMTP_SERVER);
        let auth = self.authentication(side);
        let port = self.port(SMTP_PORT, 25);
        let security = self.security(&port);
        // None of these programs can log on to the incoming server first.
        Parts { host, port, security, auth, log_on_first: Ok(LogOnFirst::Off) }.assemble(self.look)
    }

    /// SMTPAUTHTYPE: SMTP_AUTH_NONE, _SICILY (SPA), _USE_POP3ORIMAP_SETTINGS, _USE_SMTP_SETTINGS.
    fn authentication(&mut self, side: Option<&Side>) -> Result<(Auth, Option<Credentials>), Unclear> {
        match self.look.number(self.settings, SMTP_SICILY, 0, DOC)? {
            0 => Ok((Auth::None, None)),
            1 => Ok((Auth::Spa, Some(Credentials::Own))),
            2 => {
                let spa = side.is_some_and(|side| self.switch(side.sicily).unwrap_or_default());
                Ok((if spa { Auth::Spa } else { Auth::Password }, Some(Credentials::SameAsIncoming)))
            }
            3 => Ok((Auth::Password, Some(Credentials::Own))),
            _ => Err(Look::unknown(self.settings, SMTP_SICILY)),
        }
    }

    /// With KB933612 STARTTLS on every port but 465 (comment in Thunderbird's importer, releases-comm-central before
    /// 708079cd, mailnews/import/oexpress/nsOESettings.cpp).
    fn security(&mut self, port: &Result<Port, Unclear>) -> Result<Security, Unclear> {
        if !self.switch(SMTP_SECURE)? {
            return Ok(Security::Plain);
        }
        match port {
            Ok(port) if port.number() == Some(465) => Ok(Security::Tls),
            Ok(_) => Ok(Security::StartTls),
            Err(unclear) => Err(unclear.clone()),
        }
    }
}

#[cfg(test)]
mod tests;
pub(super) mod words;
