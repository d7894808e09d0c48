//! The accounts of one profile → findings.

use super::forced::Forced;
use super::graph::{self, MailAccount};
use super::incoming::IncomingServers;
use super::organisation::Organisation;
use super::profiles::Profile;
use super::program::{Engine, Program};
use super::server::Servers;
use super::settings::{
    ACCOUNT_IDENTITIES, DEFAULT_ACCOUNT, DEFAULT_SERVER, IDENTITY_ADDRESS, IDENTITY_SERVER, SERVER_NAME,
    SERVER_REAL_USER, SERVER_TYPE, SERVER_USER, SMTP_SERVERS,
};
use super::values::{SHARED, Values};
use super::{CLIENT, Found};
use crate::clients::distinct::distinct;
use crate::clients::look::Look;
use crate::model::limits;
use crate::model::{Account, Confidence, Outgoing, Partial};

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
            .text(&DEFAULT_ACCOUNT, "")
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
        let (incoming, user) = look.aside(|look| {
            let incoming = servers.read(account.server, account.kind, look);
            (incoming, servers.name(account.server, &SERVER_USER, &SERVER_REAL_USER, look))
        });
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
        let forced = Forced { values: self.values, program: self.program, key: outgoing_key };
        let mut notes = forced.notes();
        notes.extend(self.organisation.notes());
        let addresses = look.aside(|look| {
            if is_default.is_some() {
                look.record(&self.values.settings(&DEFAULT_ACCOUNT, ""), DEFAULT_ACCOUNT, None);
            }
            self.addresses(identities, look)
        });
        let name = self.values.text(&SERVER_NAME, account.server).map(str::to_owned);
        let account = Account {
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
            confidence: self.confidence(by_version),
            notes,
            fixed: forced.fixed(),
            ..Account::new(CLIENT.id, &self.program.name, forced.edition(), outgoing)
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

    fn addresses(&self, identities: &[&str], look: &mut Look) -> Vec<String> {
        let all = identities.iter().enumerate().filter_map(|(number, identity)| {
            let settings = self.values.settings(&IDENTITY_ADDRESS, identity);
            if number < limits::SHOWN.count() {
                look.record(&settings, IDENTITY_ADDRESS, None);
            }
            settings.peek_text(IDENTITY_ADDRESS).map(str::to_owned)
        });
        distinct(all)
    }

    /// What led from the account to its server.
    fn record_chain(&self, account: &MailAccount, identities: &[&str], look: &mut Look) {
        let mut names = vec![(SERVER_TYPE, account.server), (ACCOUNT_IDENTITIES, account.key)];
        let shown = identities.iter().take(limits::SHOWN.count());
        names.extend(shown.map(|identity| (IDENTITY_SERVER, *identity)));
        if identities.iter().any(|identity| self.values.text(&IDENTITY_SERVER, identity).is_none()) {
            names.extend(self.values.has(&IDENTITY_SERVER, SHARED).then_some((IDENTITY_SERVER, SHARED)));
            names.push((DEFAULT_SERVER, ""));
        }
        names.push((SMTP_SERVERS, ""));
        for (fact, key) in names {
            look.record(&self.values.settings(&fact, key), fact, None);
        }
    }
}
