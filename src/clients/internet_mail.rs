//! One account of Outlook Express, Windows Mail or Windows Live Mail: the same settings, in the registry with blanks in
//! their names (`SMTP Port`), in account files with underscores (`SMTP_Port`).
//!
//! Names, numbers and defaults: Microsoft's "Account Configuration" for Windows Mail (MicrosoftDocs/win32 at f0629c9,
//! desktop-src/oe/oe-account-entry.md and oe-smtpauthtype.md; learn.microsoft.com/previous-versions/windows/desktop/oe).
//! Only what differs from the default is stored.

pub(super) mod steps;

use super::look::{Look, Unclear};
use super::parts::Parts;
use super::settings::Settings;
use crate::model::{
    Account, Auth, Confidence, Credentials, EndOfSupport, InUse, Incoming, LogOnFirst, Note, Outgoing, Port,
    Protocol, Security, Text,
};
use crate::source::rules::UNLISTED_KEY;
use crate::source::{Problem, User};

const DOC: &str = "Microsoft, Windows Mail account configuration (oe-account-entry)";

/// Accounts of Microsoft's own service carry no server that could be judged. `HTTPMail` is documented for Outlook
/// Express; the others are guesses, as no such file is public.
const SERVICES: [&str; 4] = ["HTTPMail", "DeltaSync", "Hotmail", "DAV"];

/// A program that keeps its accounts in this form.
pub(super) struct Program {
    /// Id in the table of clients, and of its only edition.
    pub(super) client: &'static str,
    /// As the user knows it.
    pub(super) name: &'static str,
    /// What stands between the words of a setting's name.
    pub(super) blank: &'static str,
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
        let key = user.top(r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion", &UNLISTED_KEY)?;
        // 5.1 is XP, 6.0 Vista, 6.1 Windows 7; Windows 10 and 11 still say 6.3 here.
        let version = key.as_ref().and_then(|key| key.text("CurrentVersion"));
        let parts = version.and_then(|version| version.split_once('.'));
        let number = parts.and_then(|(major, minor)| Some((major.parse().ok()?, minor.parse().ok()?)));
        Ok(number.map(|number| (first..=last).contains(&number)))
    }

    /// The account that the settings describe; `None` if it is one for news or a directory. Where it lies and whether
    /// it is in use is for the caller to say.
    pub(super) fn account(&self, settings: &Settings, look: &mut Look) -> Option<Account> {
        let mut reader = Reader { blank: self.blank, settings, look };
        let (incoming, outgoing) = reader.read()?;
        let (address, name) =
            reader.aside(|reader| (reader.text("SMTP Email Address"), reader.text("Account Name")));
        let name = name.or_else(|| address.clone());
        let mut notes = vec![Note::EndOfSupport(self.end_of_support.clone())];
        if reader.look_skipped() && matches!(&outgoing, Outgoing::Smtp(smtp) if smtp.auth == Auth::None) {
            notes.push(Note::Other("not-received-automatically", NOT_RECEIVED));
        }
        Some(Account {
            client: self.client,
            client_name: self.name.to_owned(),
            edition: self.client,
            client_version: None,
            client_installed: None,
            in_use: InUse::Unknown,
            profile: None,
            source: settings.place.to_string(),
            store: String::new(),
            key: String::new(),
            outgoing_key: "smtp".to_owned(),
            name: name.unwrap_or_default(),
            addresses: address.into_iter().collect(),
            default_account: None,
            incoming,
            confidence: self.confidence(&outgoing),
            outgoing,
            notes,
            evidence: Vec::new(),
        })
    }

    fn confidence(&self, outgoing: &Outgoing) -> Confidence {
        match outgoing {
            Outgoing::Smtp(smtp) if smtp.security == Security::StartTls => self.starttls,
            _ => Confidence::Documented,
        }
    }
}

const NOT_RECEIVED: Text = Text::fixed(
    "このアカウントは「すべて送受信」の対象から外れています。SMTP 認証がないため、先に手動で受信しないと送信できない可能性があります。",
    "This account is left out of [Send and Receive All]; without SMTP-AUTH it can probably send only after receiving by hand.",
);

/// Settings, asked for by the registry's names.
struct Reader<'a> {
    blank: &'static str,
    settings: &'a Settings,
    look: &'a mut Look,
}

impl Reader<'_> {
    fn name(&self, name: &str) -> String {
        name.replace(' ', self.blank)
    }

    /// See [`Look::aside`].
    fn aside<T>(&mut self, read: impl FnOnce(&mut Reader<'_>) -> T) -> T {
        let (blank, settings) = (self.blank, self.settings);
        self.look.aside(|look| read(&mut Reader { blank, settings, look }))
    }

    fn text(&mut self, name: &str) -> Option<String> {
        self.look.text(self.settings, &self.name(name))
    }

    fn number(&mut self, name: &str) -> Result<i64, Unclear> {
        self.look.number(self.settings, &self.name(name), 0, DOC)
    }

    fn switch(&mut self, name: &str) -> Result<bool, Unclear> {
        Ok(self.number(name)? != 0)
    }

    fn port(&mut self, name: &str, default: u16) -> Result<Port, Unclear> {
        self.look.port(self.settings, &self.name(name), default, DOC)
    }

    /// True if there is a text, without a record of the look.
    fn has_text(&self, name: &str) -> bool {
        self.settings.peek_text(&self.name(name)).is_some()
    }

    /// True if the name of a setting begins so.
    fn has_any(&self, beginning: &str) -> bool {
        self.settings.entries.iter().any(|entry| {
            entry.name.get(..beginning.len()).is_some_and(|head| head.eq_ignore_ascii_case(beginning))
        })
    }

    fn look_skipped(&mut self) -> bool {
        self.has_any(&self.name("POP3 Skip Account")) && self.switch("POP3 Skip Account").unwrap_or_default()
    }

    /// Both sides of the account. The kind shows by the servers; news and directories lie among the mail accounts.
    fn read(&mut self) -> Option<(Option<Incoming>, Outgoing)> {
        for (kind, protocol) in [("POP3", Protocol::Pop3), ("IMAP", Protocol::Imap)] {
            if self.has_text(&format!("{kind} Server")) {
                return Some(self.read_kind(kind, protocol));
            }
        }
        if self.has_text("NNTP Server") || self.has_text("LDAP Server") {
            return None;
        }
        if self.has_text("SMTP Server") {
            // sends, but receives nothing
            let outgoing = self.outgoing(None);
            return Some((None, outgoing));
        }
        let has_service = SERVICES.iter().any(|service| self.has_any(service));
        for (kind, protocol) in [("POP3", Protocol::Pop3), ("IMAP", Protocol::Imap)] {
            if !has_service && self.has_any(&self.name(&format!("{kind} "))) {
                return Some(self.read_kind(kind, protocol));
            }
        }
        (has_service || self.has_any(&self.name("SMTP "))).then(|| {
            self.text("HTTPMail Server");
            self.text("SMTP Server");
            let incoming = Incoming { protocol: Protocol::Other, host: None, port: None, security: None };
            (Some(incoming), Outgoing::Managed(None))
        })
    }

    fn read_kind(&mut self, kind: &'static str, protocol: Protocol) -> (Option<Incoming>, Outgoing) {
        let outgoing = self.outgoing(Some(kind));
        (Some(self.aside(|reader| reader.incoming(kind, protocol))), outgoing)
    }

    fn incoming(&mut self, kind: &str, protocol: Protocol) -> Incoming {
        let default = if protocol == Protocol::Pop3 { 110 } else { 143 };
        let host = self.text(&format!("{kind} Server"));
        let port = self.port(&format!("{kind} Port"), default).ok().and_then(Port::number);
        let secure = self.switch(&format!("{kind} Secure Connection")).ok();
        let security = secure.map(|secure| if secure { Security::Tls } else { Security::Plain });
        Incoming { protocol, host, port, security }
    }

    fn outgoing(&mut self, kind: Option<&str>) -> Outgoing {
        let host = self.look.needed_text(self.settings, &self.name("SMTP Server"));
        let auth = self.authentication(kind);
        let port = self.port("SMTP Port", 25);
        let security = self.security(&port);
        // None of these programs can log on to the incoming server first.
        Parts { host, port, security, auth, log_on_first: Ok(LogOnFirst::Off) }.assemble()
    }

    /// SMTPAUTHTYPE: SMTP_AUTH_NONE, _SICILY (SPA), _USE_POP3ORIMAP_SETTINGS, _USE_SMTP_SETTINGS.
    fn authentication(&mut self, kind: Option<&str>) -> Result<(Auth, Option<Credentials>), Unclear> {
        match self.number("SMTP Use Sicily")? {
            0 => Ok((Auth::None, None)),
            1 => Ok((Auth::Spa, Some(Credentials::Own))),
            2 => {
                let spa =
                    kind.is_some_and(|kind| self.switch(&format!("{kind} Use Sicily")).unwrap_or_default());
                Ok((if spa { Auth::Spa } else { Auth::Password }, Some(Credentials::SameAsIncoming)))
            }
            3 => Ok((Auth::Password, Some(Credentials::Own))),
            _ => Err(self.look.unknown(self.settings, &self.name("SMTP Use Sicily"))),
        }
    }

    /// With KB933612 STARTTLS on every port but 465 (comment in Thunderbird's importer, releases-comm-central before
    /// 708079cd, mailnews/import/oexpress/nsOESettings.cpp).
    fn security(&mut self, port: &Result<Port, Unclear>) -> Result<Security, Unclear> {
        if !self.switch("SMTP Secure Connection")? {
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
#[path = "internet_mail/tests.rs"]
mod tests;
