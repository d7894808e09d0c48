//! The accounts of one profile → findings.

use super::graph::{self, MailAccount};
use super::incoming::IncomingServers;
use super::organisation::Organisation;
use super::profiles::Profile;
use super::program::{Engine, Program};
use super::server::{Servers, name};
use super::values::{Origin, Values};
use super::{CLIENT, Found};
use crate::clients::settings::Look;
use crate::model::{Account, Confidence, Note, Outgoing, Partial, Text};

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

impl Opened<'_> {
    /// Hands over the findings of the profile.
    pub(super) fn read(&self, found: &mut Found) {
        let (accounts, is_cut) = graph::mail_accounts(self.values, self.program);
        if is_cut {
            found.problems.push(graph::cut(&self.source));
        }
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
        let servers = IncomingServers { values: self.values, program: self.program };
        let incoming = look.aside(|look| servers.read(account.server, account.kind, look));
        let user = servers.name(account.server, "userName", "realuserName");
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
    /// What an administrator's script does is a guess.
    fn confidence(&self, by_version: bool) -> Confidence {
        match self.program.engine() {
            _ if !self.organisation.scripts.is_empty() => Confidence::Inferred,
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
            look.record(&self.values.as_beginning(&name), &name, None);
        }
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
                    format!("管理者の設定ファイル ({place}) に、計算や条件によって、または設定サーバーから取得して値を決める箇所があり、その結果は読み取れません。実際の値は画面で確認してください。"),
                    format!("The administrator's file ({place}) computes some values, sets them under conditions or fetches them from a server, which can't be worked out: compare with the dialog."),
                ),
            )
        }));
        (edition, notes)
    }
}
