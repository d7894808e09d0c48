//! Outlook 98 and 2000 as installed for Internet mail only: accounts in a flat list of the registry, with Outlook Express's
//! settings and dialogs.
//!
//! Keys: Thunderbird's importer (releases-comm-central, mailnews/import/outlook/nsOutlookSettings.cpp); accounts of 2000:
//! digiwar.com/archives/2005/11.

use super::settings::{OMI, OMI_2000, OMI_ACCOUNTS};
use super::versions::Versions;
use crate::clients::internet_mail::settings::DEFAULT_ACCOUNT;
use crate::clients::internet_mail::{Program, settings_of};
use crate::clients::keys;
use crate::clients::look::Look;
use crate::formats::kinds;
use crate::model::{Account, Confidence, EndOfSupport, InUse, Text};
use crate::source::registry::{Key, same_name};
use crate::source::{Problem, User};

/// One of the two, and where it keeps its accounts.
struct Generation {
    number: u32,
    manager: &'static str,
    /// Part of the finding's id.
    store: &'static str,
    program: Program,
}

static GENERATIONS: [Generation; 2] = [
    Generation {
        number: 8,
        manager: r"HKCU\Software\Microsoft\Office\8.0\Outlook\OMI Account Manager",
        store: "omi-8.0",
        program: program("Outlook 98"),
    },
    Generation { number: 9, manager: OMI_2000, store: "omi", program: program("Outlook 2000") },
];

const fn program(name: &'static str) -> Program {
    Program {
        client: "outlook",
        name,
        edition: "outlook-2000",
        came_with: None,
        // learn.microsoft.com/lifecycle/products/office-2000; 98 is older.
        end_of_support: EndOfSupport {
            product: Text::fixed("Outlook 98 と 2000", "Outlook 98 and 2000"),
            date: "2009-07-14",
        },
        starttls: Confidence::Inferred,
    }
}

/// The accounts of both, each with the number of its generation.
pub(super) fn read(
    user: &User,
    versions: &Versions,
    problems: &mut Vec<Problem>,
) -> Vec<(u32, Account, Look)> {
    let mut found = Vec::new();
    for generation in &GENERATIONS {
        match generation.read(user, versions) {
            Ok(accounts) => found.extend(accounts),
            Err(problem) => problems.push(problem),
        }
    }
    found
}

impl Generation {
    fn read(&self, user: &User, versions: &Versions) -> Result<Vec<(u32, Account, Look)>, Problem> {
        let Some(accounts) = user.key(&format!(r"{}\Accounts", self.manager), &OMI_ACCOUNTS)? else {
            return Ok(Vec::new());
        };
        let manager = user.top(self.manager, &OMI)?.map(|key| keys::settings_of(&key, OMI.facts));
        let default = manager.as_ref().and_then(|key| key.peek_text(DEFAULT_ACCOUNT));
        let installed = versions.is_installed(self.number);
        let found = accounts.subkeys.iter().filter_map(|key| self.account(key, default, installed));
        Ok(found.collect())
    }

    /// `None`: a directory, or one for news.
    fn account(
        &self,
        key: &Key,
        default: Option<&str>,
        installed: Option<bool>,
    ) -> Option<(u32, Account, Look)> {
        let mut look = Look::default();
        let account = self.program.account(&settings_of(key), &mut look)?;
        let shown = kinds::name(key.name());
        let account = Account {
            client_version: Some(format!("{}.0", self.number)),
            client_installed: installed,
            in_use: InUse::Yes,
            store: self.store.to_owned(),
            key: kinds::part(key.name()).to_lowercase(),
            default_account: default.map(|default| same_name(default, &shown)),
            name: if account.name.is_empty() { shown } else { account.name },
            ..account
        };
        Some((self.number, account, look))
    }
}
