//! The accounts of one profile: account → identities → outgoing servers.
//!
//! comm-central mailnews/base/src/nsMsgAccountManager.cpp, nsMsgAccount.cpp, nsMsgIdentity.cpp;
//! mailnews/compose/src/OutgoingServerService.sys.mjs, before nsSmtpService.cpp.

use super::organisation::Organisation;
use super::profiles::Profile;
use super::program::{Engine, Program};
use super::server::{Servers, name, security};
use super::values::{Origin, Values};
use super::{CLIENT, Found};
use crate::clients::settings::Look;
use crate::model::{
    Account, Confidence, Default, Incoming, Note, Outgoing, Partial, Protocol, Security, Text,
};

const SERVER: &str = "comm-central, mailnews.js and nsMsgIncomingServer.cpp";
/// The settings of a server that the steps change.
const CHANGED: [&str; 4] = ["authMethod", "try_ssl", "port", "username"];

/// One profile with everything that was read of it.
pub(super) struct Opened<'a> {
    pub(super) profile: &'a Profile,
    pub(super) program: &'a Program,
    pub(super) values: &'a Values,
    pub(super) organisation: &'a Organisation,
    /// prefs.js as it is shown.
    pub(super) source: String,
}

/// An account that receives mail, with the servers that its identities send by.
struct MailAccount<'a> {
    key: &'a str,
    server: &'a str,
    kind: &'a str,
    /// Outgoing server → identities, in the order of the identities.
    routes: Vec<(Option<&'a str>, Vec<&'a str>)>,
}

impl<'a> Opened<'a> {
    /// Hands over the findings of the profile.
    pub(super) fn read(&self, found: &mut Found) {
        let accounts: Vec<MailAccount> = self
            .values
            .list("mail.accountmanager.accounts")
            .into_iter()
            .filter_map(|key| self.mail_account(key))
            .collect();
        let default = self
            .values
            .text("mail.accountmanager.defaultaccount")
            .filter(|key| accounts.iter().any(|account| account.key == *key))
            .or_else(|| accounts.first().map(|account| account.key));
        for account in &accounts {
            for (outgoing, identities) in &account.routes {
                let is_default = self.profile.is_default.map(|yes| yes && default == Some(account.key));
                let (account, look) = self.finding(account, *outgoing, identities, is_default);
                found.account(account, look);
            }
        }
    }

    /// An account whose server has no type is none: the program deletes it at its start. News, feeds, chat and the
    /// local folders receive no mail.
    fn mail_account(&self, key: &'a str) -> Option<MailAccount<'a>> {
        let server = self.values.text(&format!("mail.account.{key}.server"))?;
        let kind = self.values.text(&format!("mail.server.{server}.type"))?;
        if ["none", "rss", "im", "nntp"].contains(&kind) {
            return None;
        }
        let identities = self.values.list(&format!("mail.account.{key}.identities"));
        Some(MailAccount { key, server, kind, routes: self.routes(&identities) })
    }

    /// Identities without an address and without a server on a list with others are left over from something.
    fn routes(&self, identities: &[&'a str]) -> Vec<(Option<&'a str>, Vec<&'a str>)> {
        let has_address = |identity: &&str| self.values.has(&format!("mail.identity.{identity}.useremail"));
        let real: Vec<&str> = if identities.iter().any(&has_address) {
            identities.iter().copied().filter(has_address).collect()
        } else {
            identities.to_vec()
        };
        let mut routes: Vec<(Option<&str>, Vec<&str>)> = Vec::new();
        for identity in real {
            let outgoing = self.server_of(identity);
            match routes.iter_mut().find(|(known, _)| *known == outgoing) {
                Some((_, identities)) => identities.push(identity),
                None => routes.push((outgoing, vec![identity])),
            }
        }
        // An account that can send at all has a server; only one that can't is a finding without.
        if routes.iter().any(|(outgoing, _)| outgoing.is_some()) {
            routes.retain(|(outgoing, _)| outgoing.is_some());
        }
        if routes.is_empty() {
            routes.push((None, Vec::new()));
        }
        routes
    }

    /// The identity's own server, else the default one, else the first of the list.
    fn server_of(&self, identity: &str) -> Option<&'a str> {
        let own = format!("mail.identity.{identity}.smtpServer");
        let named = self.values.text(&own).or_else(|| self.values.text("mail.identity.default.smtpServer"));
        let servers = self.values.list("mail.smtpservers");
        let Some(wanted) = named.or_else(|| self.values.text("mail.smtp.defaultserver")) else {
            return servers.first().copied();
        };
        // The list alone counts: deleted servers leave their settings behind. The old engine loaded a server that an
        // identity named, listed or not (nsSmtpService.cpp, `GetServerByKey`).
        let is_loaded =
            || self.program.engine() == Engine::Old && self.values.text(&name(wanted, "hostname")).is_some();
        (servers.contains(&wanted) || is_loaded()).then_some(wanted)
    }

    fn finding(
        &self,
        account: &MailAccount,
        outgoing: Option<&str>,
        identities: &[&str],
        is_default: Option<bool>,
    ) -> (Account, Look) {
        let mut look = Look::default();
        self.program.record(&mut look);
        self.record_chain(account, identities, &mut look);
        let incoming = look.aside(|look| self.read_incoming(account, look));
        let user = self.incoming_name(account.server, "userName", "realuserName");
        let servers = Servers { values: self.values, program: self.program };
        let (outgoing_key, reading) = match outgoing {
            Some(key) => (key, Some(servers.read(key, user.as_deref(), &mut look))),
            None => ("", None),
        };
        let by_version = reading.as_ref().is_some_and(|reading| reading.by_version);
        let outgoing = match (reading, account.kind) {
            (Some(reading), _) => reading.outgoing,
            (None, "ews" | "graph") => Outgoing::Managed(incoming.host.clone()),
            (None, _) => Outgoing::None(Partial::default()),
        };
        let (edition, notes) = self.forced(outgoing_key);
        let addresses = self.addresses(identities);
        let name = self.values.text(&format!("mail.server.{}.name", account.server)).map(str::to_owned);
        let account = Account {
            client: CLIENT.id,
            client_name: self.program.name.clone(),
            edition,
            client_version: self.program.version.clone(),
            client_installed: self.organisation.installed,
            in_use: self.profile.in_use,
            profile: self.profile.name.clone(),
            source: self.source.clone(),
            store: self.profile.store.clone(),
            key: account.key.to_owned(),
            outgoing_key: outgoing_key.to_owned(),
            name: name
                .or_else(|| addresses.first().cloned())
                .or(user)
                .unwrap_or_else(|| account.key.to_owned()),
            addresses,
            default_account: is_default,
            incoming: Some(incoming),
            outgoing,
            confidence: self.confidence(by_version),
            notes,
            evidence: Vec::new(),
        };
        (account, look)
    }

    /// The new engine was seen at work. What an older one does is known from its source, for programs built from it.
    fn confidence(&self, by_version: bool) -> Confidence {
        match self.program.engine() {
            Engine::New => Confidence::Verified,
            _ if !by_version => Confidence::Documented,
            Engine::Old if self.program.is_thunderbird() => Confidence::Documented,
            _ => Confidence::Inferred,
        }
    }

    fn addresses(&self, identities: &[&str]) -> Vec<String> {
        let mut addresses: Vec<String> = Vec::new();
        for identity in identities {
            if let Some(address) = self.values.text(&format!("mail.identity.{identity}.useremail"))
                && !addresses.iter().any(|known| known.eq_ignore_ascii_case(address))
            {
                addresses.push(address.to_owned());
            }
        }
        addresses
    }

    /// What led from the account to its server.
    fn record_chain(&self, account: &MailAccount, identities: &[&str], look: &mut Look) {
        let mut names = vec![
            format!("mail.server.{}.type", account.server),
            format!("mail.account.{}.identities", account.key),
        ];
        names.extend(identities.iter().map(|identity| format!("mail.identity.{identity}.smtpServer")));
        let falls_back = |name: &String| name.ends_with(".smtpServer") && self.values.text(name).is_none();
        if names.iter().any(falls_back) {
            let shared = "mail.identity.default.smtpServer";
            names.extend(self.values.has(shared).then(|| shared.to_owned()));
            names.push("mail.smtp.defaultserver".to_owned());
        }
        names.push("mail.smtpservers".to_owned());
        for name in names {
            look.record(&self.values.as_text(&name), &name, None);
        }
    }

    fn read_incoming(&self, account: &MailAccount, look: &mut Look) -> Incoming {
        let protocol = match account.kind {
            "pop3" => Protocol::Pop3,
            "imap" => Protocol::Imap,
            _ => Protocol::Other,
        };
        let setting = |setting: &str| format!("mail.server.{}.{setting}", account.server);
        let host = self.incoming_name(account.server, "hostname", "realhostname");
        look.record(&self.values.as_text(&setting("hostname")), &setting("hostname"), None);
        if self.program.is_below(102) || !self.program.is_dated() {
            let real = setting("realhostname");
            if self.values.has(&real) {
                look.record(&self.values.as_text(&real), &real, None);
            }
        }
        // Others say nothing by its absence: EWS, for one, always uses TLS.
        let has_security = protocol != Protocol::Other || self.values.has(&setting("socketType"));
        let security = if has_security {
            self.incoming_security(&setting("socketType"), &setting("isSecure"), look)
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
        let shown = default.map(|port: u16| Default { value: port.to_string(), source: SERVER });
        look.record(&settings, &name, shown);
        // -1 is the default, too
        let port = settings.peek_number(&name).and_then(|n| u16::try_from(n).ok()).filter(|n| *n != 0);
        Incoming { protocol, host, port: port.or(default), security }
    }

    fn incoming_security(&self, kind: &str, is_secure: &str, look: &mut Look) -> Option<Security> {
        if !self.values.has(kind) && self.values.has(is_secure) {
            let secure = look.switch(&self.values.as_switch(is_secure), is_secure, SERVER).ok()?;
            return Some(if secure { Security::Tls } else { Security::Plain });
        }
        let number = look.number(&self.values.as_number(kind), kind, 0, SERVER).ok()?;
        security(number, self.program)
    }

    /// Up to 101 a second name went before the first, which was kept as the name of the folder (comm-central ec8c4cfad0^,
    /// MailnewsMigrator).
    fn incoming_name(&self, server: &str, plain: &str, real: &str) -> Option<String> {
        let text = |setting: &str| self.values.text(&format!("mail.server.{server}.{setting}"));
        let real = if self.program.is_from(102) { None } else { text(real) };
        real.or_else(|| text(plain)).map(str::to_owned)
    }

    /// Where the dialog alone can't change the server for good: which steps then hold, and why.
    fn forced(&self, key: &str) -> (&'static str, Vec<Note>) {
        let mut notes = Vec::new();
        let mut edition = if self.program.name == "SeaMonkey" { "seamonkey" } else { "thunderbird" };
        let place_of = |origin: Origin| {
            let names = CHANGED.iter().flat_map(|setting| [name(key, setting), name("default", setting)]);
            names.filter_map(|name| self.values.origin(&name)).find(|found| found.0 == origin).map(|f| f.1)
        };
        if let Some(place) = place_of(Origin::UserJs) {
            edition = "thunderbird-user-js";
            notes.push(Note::Other(
                "user-js",
                Text::new(
                    format!("user.js ({place}) が起動のたびに値を設定し直します。画面での変更は次の起動で元に戻ります。"),
                    format!("user.js ({place}) sets the value at every start: a change in the dialog does not last."),
                ),
            ));
        }
        if let Some(place) = place_of(Origin::Organisation) {
            edition = "thunderbird-policy";
            notes.push(Note::LockedByPolicy(place.to_owned()));
        }
        notes.extend(self.organisation.scripts.iter().map(|place| {
            Note::Other(
                "autoconfig-script",
                Text::new(
                    format!("管理者の設定ファイル ({place}) に、計算して値を決める箇所があり、その値は読み取れません。実際の値は画面で確認してください。"),
                    format!("The administrator's file ({place}) computes some values, which can't be read: compare with the dialog."),
                ),
            )
        }));
        (edition, notes)
    }
}
