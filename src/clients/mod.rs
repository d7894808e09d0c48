//! The table of clients: a row of data each, with a plain function that reads.

pub mod abilities;
pub mod accountrc;
pub mod apple_accounts;
pub mod android_mail;
pub mod apple_mail;
pub mod apple_profile;
mod asks;
pub mod changing;
pub mod becky;
pub mod detected;
pub mod device;
pub mod dialogue;
pub mod claws_mail;
pub mod evolution;
pub mod geary;
pub mod inferred;
mod internet_mail;
pub mod ios_backup;
pub mod ios_mail;
mod key_file;
pub mod keys;
pub mod kmail;
pub mod log_on;
mod look;
pub mod msmtp;
mod names;
pub mod k9_mail;
mod others;
pub mod outlook;
pub mod outlook_new;
pub mod outlook_express;
mod distinct;
pub mod errors;
mod parts;
mod presence;
pub mod qmail3;
mod sections;
pub mod settings;
pub mod steps;
pub mod sylpheed;
pub mod system;
pub mod thunderbird;
mod which_outlook;
pub mod windows_10_mail;
pub mod windows_mail;

use crate::classify::{Can, OAuth2};
use crate::formats::facts::Fact;
use crate::formats::shapes::is_pattern;
use crate::model::{Account, Aspect, Auth, Confidence, Evidence, Lang, Needs, Place, Text, limits};
use crate::source::rules::OwnFolder;
use crate::source::{FileRule, KeyRule, Problem, User};
pub use asks::Asks;
use changing::Changing;
pub use dialogue::{DIALOGUES, dialogue_of};
use look::Look;
pub use names::{Called, called, near};
pub use others::{files, known};
use serde::{Deserialize, Serialize};
use steps::incoming::Receiving;
use steps::{Header, Step};

/// What the detectors found.
#[derive(Debug, Default)]
pub struct Found {
    /// Accounts with their outgoing servers.
    pub accounts: Vec<Account>,
    /// What could not be looked at.
    pub problems: Vec<Problem>,
    /// What is more than anybody has, in numbers.
    pub left_out: LeftOut,
}

/// How much the detectors left out.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct LeftOut {
    /// Accounts.
    pub accounts: u64,
    /// Addresses of one account.
    pub addresses: u64,
}

impl Found {
    /// Takes an account with the record of the looks that led to it. What is more than anybody has is left out and told.
    pub fn account(&mut self, account: Account, look: Look) {
        if self.accounts.len() >= limits::ACCOUNTS.count() {
            self.left_out.accounts += 1;
            return;
        }
        // A server that several accounts use is read for each of them.
        for problem in look.problems {
            if !self.problems.contains(&problem) {
                self.problems.push(problem);
            }
        }
        let mut account = Account { evidence: look.evidence, ..account };
        shorten(&mut account.evidence, look.left_out);
        account.addresses.retain(|address| !is_pattern(address));
        let over = account.addresses.len().saturating_sub(limits::ADDRESSES.count());
        account.addresses.truncate(limits::ADDRESSES.count());
        self.left_out.addresses += over as u64;
        self.accounts.push(account);
    }

    /// True if no more accounts are taken.
    pub fn is_full(&self) -> bool {
        self.accounts.len() >= limits::ACCOUNTS.count()
    }

    /// Takes what was found apart.
    pub fn absorb(&mut self, other: Self) {
        self.accounts.extend(other.accounts);
        for problem in other.problems {
            if !self.problems.contains(&problem) {
                self.problems.push(problem);
            }
        }
        self.left_out.accounts += other.left_out.accounts;
        self.left_out.addresses += other.left_out.addresses;
    }

    /// Takes what a part of a detector gives; a problem does not end the rest.
    pub fn isolate(&mut self, part: Result<(), Problem>) {
        self.problems.extend(part.err());
    }
}

/// Cuts the evidence at its limit; the last line says how many more settings were looked at.
fn shorten(evidence: &mut Vec<Evidence>, left_out: u64) {
    let most = limits::EVIDENCE.count();
    if evidence.len() <= most && left_out == 0 {
        return;
    }
    let over = left_out + evidence.len().saturating_sub(most - 1) as u64;
    evidence.truncate(most - 1);
    let place = evidence.last().map_or_else(|| Place::from(""), |fact| fact.place.clone());
    let (setting, value) = ("(more)".to_owned(), Some(over.to_string()));
    evidence.push(Evidence { place, setting, value, default: None, decides: false });
}

/// A version of a client whose dialogs have words of their own.
#[derive(Debug)]
pub struct Edition {
    /// Stands in `Account::edition`.
    pub id: &'static str,
    /// For people.
    pub name: Text,
    /// What people type for it, beside its name: its versions.
    pub typed: &'static [&'static str],
    /// The steps to change an account, in the order and with the labels of the dialogs: tables, one after the other.
    pub steps: &'static [&'static [Step]],
    /// Its dialog has no choice of STARTTLS: TLS from the start stays, and the port is made to fit.
    pub keeps_tls: bool,
    /// Where it shows the header of a mail.
    pub header: Header,
    /// The words of its dialogs for receiving; `None`: it only sends, or nothing is known of it.
    pub receiving: Option<&'static Receiving>,
}

impl Edition {
    /// What its steps change of what has to be changed.
    pub fn needs(&self, needs: Needs) -> Needs {
        if self.keeps_tls { needs.keeping_tls() } else { needs }
    }

    /// True if its dialog is known to offer this method.
    fn offers(&self, method: Auth) -> bool {
        let offered = |step: &Step| match step.says {
            steps::Says::Method(sign_in) => sign_in.methods.iter().any(|(known, _)| *known == method),
            _ => false,
        };
        self.steps.iter().copied().flatten().any(offered)
    }

    /// The steps that are needed.
    pub fn texts(&self, needs: &Needs) -> Vec<Text> {
        let needs = self.needs(needs.clone());
        steps::needed(self.steps, &needs).into_iter().map(|row| row.text(self, &needs)).collect()
    }

    /// What the steps change, in their order.
    pub fn order(&self, needs: &Needs) -> Vec<Aspect> {
        let needs = self.needs(needs.clone());
        let mut order = Vec::new();
        for aspect in steps::needed(self.steps, &needs).into_iter().flat_map(|row| row.changes) {
            if needs.has(*aspect) && !order.contains(aspect) {
                order.push(*aspect);
            }
        }
        order
    }
}

/// How the accounts of a client are found.
#[derive(Debug, Clone, Copy)]
pub enum Reading {
    /// By a detector that understands its settings.
    Settings(fn(&User, &mut Found) -> Result<(), Problem>),
    /// By a detector that finds which accounts there are; how they send can't be read.
    Accounts(fn(&User, &mut Found) -> Result<(), Problem>),
    /// Its settings are not understood: that one of its places exists tells that it is there. How sure the places are.
    Presence(Confidence),
    /// Nothing of it lies on a computer that is scanned: it is asked for only.
    Asked,
}

impl Reading {
    /// What is read, for people.
    pub const fn text(self) -> Text {
        match self {
            Self::Settings(_) => Text::fixed("設定", "settings"),
            Self::Accounts(_) => Text::fixed("アカウントの有無", "accounts only"),
            Self::Presence(_) => Text::fixed("ソフトの有無", "presence only"),
            Self::Asked => Text::fixed("なし(質問のみ)", "by questions only"),
        }
    }
}

/// A mail client.
#[derive(Debug)]
pub struct Client {
    /// Id of the JSON contract.
    pub id: &'static str,
    /// For people.
    pub name: &'static str,
    /// What Japanese people call it, where that is another name.
    pub name_ja: Option<&'static str>,
    /// What people type for it, beside its id, its name and those of its editions.
    pub typed: &'static [&'static str],
    /// How sure the usual reading of it is; `sureness` says what of it is less so.
    pub certainty: Confidence,
    /// Names of its relatives and versions, by which its accounts may be called instead.
    pub variants: &'static [&'static str],
    /// Its versions of four small numbers, which else would be IPv4 addresses: how they begin, and the last of them.
    pub fourfold: &'static [(&'static str, u8)],
    /// The editions, each with its steps; never empty.
    pub editions: &'static [Edition],
    /// Where its settings lie, as people write such places.
    pub places: &'static [&'static str],
    /// The files that hold its settings.
    pub files: &'static [&'static FileRule],
    /// Folders of its own that are recognised wherever they lie.
    pub folders: &'static [OwnFolder],
    /// The registry keys that do.
    pub keys: &'static [&'static KeyRule],
    /// How sure the reading is, and why.
    pub sureness: Text,
    /// Which password it takes once it authenticates.
    pub asks: Asks,
    /// How its settings are changed.
    pub changing: Changing,
    /// How its accounts are found.
    pub reading: Reading,
}

impl Client {
    /// What it can do, in this version and on this system, as far as that is known.
    pub fn can(&self, account: &Account) -> Can {
        let can = abilities::of(account);
        let is_offered = can.oauth2 == OAuth2::Unknown && self.edition(account.edition).offers(Auth::OAuth2);
        if is_offered { Can { oauth2: OAuth2::Offered, ..can } } else { can }
    }

    /// All settings that it stores.
    pub fn facts(&self) -> impl Iterator<Item = &'static Fact> {
        let in_files = self.files.iter().flat_map(|file| file.groups).flat_map(|(_, facts)| *facts);
        in_files.chain(self.keys.iter().flat_map(|key| key.facts))
    }

    /// The setting of this name; one that is spelled out goes before one that is recognised by its look.
    pub fn fact(&self, name: &str) -> Option<&'static Fact> {
        let by_name = self.facts().find(|fact| fact.like.is_none() && fact.is(name));
        by_name.or_else(|| self.facts().find(|fact| fact.is(name)))
    }

    /// Finds its accounts. What ends the detector is the error; the rest is in `found`.
    pub fn read(&self, user: &User, found: &mut Found) -> Result<(), Problem> {
        match self.reading {
            Reading::Settings(read) | Reading::Accounts(read) => read(user, found),
            Reading::Presence(sureness) => {
                presence::read(self, sureness, user, found);
                Ok(())
            }
            Reading::Asked => Ok(()),
        }
    }

    /// Its name on a screen of this language.
    pub fn name_in(&self, lang: Lang) -> &'static str {
        match (lang, self.name_ja) {
            (Lang::Ja, Some(name)) => name,
            // What stands behind in Japanese is for Japanese readers.
            _ if !self.name.is_ascii() => self.name.split(" (").next().unwrap_or(self.name),
            _ => self.name,
        }
    }

    /// The edition of this id; one whose dialogs are unknown if the list has none.
    pub fn edition(&self, id: &str) -> &'static Edition {
        let others = || [&steps::RELAY].into_iter().find(|edition| edition.id == id);
        let own = self.editions.iter().find(|edition| edition.id == id);
        own.or_else(others).unwrap_or(&steps::UNKNOWN_KIND)
    }

    /// How an account is changed, for people.
    pub const fn change(&self) -> Text {
        self.changing.text()
    }
}

/// All clients, in the order in which the report lists them.
#[rustfmt::skip] // one row a line
pub static CLIENTS: &[Client] = &[
    outlook::CLIENT,
    outlook_new::CLIENT,
    outlook_express::CLIENT,
    windows_mail::WINDOWS_MAIL,
    windows_mail::WINDOWS_LIVE_MAIL,
    windows_10_mail::CLIENT,
    becky::CLIENT,
    qmail3::CLIENT,
    thunderbird::CLIENT,
    apple_mail::CLIENT,
    ios_mail::CLIENT,
    apple_profile::CLIENT,
    android_mail::CLIENT,
    k9_mail::CLIENT,
    sylpheed::CLIENT,
    claws_mail::CLIENT,
    evolution::CLIENT,
    kmail::CLIENT,
    geary::CLIENT,
    msmtp::CLIENT,
    detected::THE_BAT,
    detected::EM_CLIENT,
    detected::MAILBIRD,
    detected::HIDEMARU,
    detected::EDMAX,
    detected::AL_MAIL,
    detected::SHURIKEN,
    detected::DENSHIN_8,
    detected::INCREDIMAIL,
    detected::EUDORA,
    detected::OPERA,
    detected::MAILSPRING,
    detected::BALSA,
    detected::TROJITA,
    device::CLIENT,
];
