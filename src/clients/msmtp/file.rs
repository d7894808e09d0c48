//! msmtp's configuration → accounts with what they inherit.
//!
//! Rules: marlam/msmtp at 933d35b, src/conf.c (`read_conffile`, `override_account`). An account begins as a copy of the
//! defaults up to its line, then takes over what the accounts behind its colon set themselves. msmtp refuses a file with a
//! wrong line; here that line is told of and the rest is read.

use super::lexer::{Says, lex, slice};
use super::settings::{Names, TLS_NOSTARTTLS, TLS_STARTTLS, command, is_read, is_refused};
use crate::clients::settings::{Setting, Stored};
use crate::formats::facts::Fact;
use crate::model::limits;

/// More accounts are not read: nobody has as many, and a damaged file may have any number.
pub const MOST_ACCOUNTS: usize = limits::ACCOUNTS.count();

/// A configuration file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Msmtprc {
    /// In the order of the file.
    pub accounts: Vec<MsmtpAccount>,
    /// Lines that msmtp refuses, from 1.
    pub refused: Vec<usize>,
    /// True if there are more accounts than are read.
    pub is_cut: bool,
}

/// One account with the defaults and the inherited commands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MsmtpAccount {
    /// Its name, as it may be shown; `default` if commands stand before the first account.
    pub name: String,
    /// Commands with their arguments, each once.
    pub commands: Vec<Setting>,
    /// True if a command computes some of it (`eval`), or what it is to inherit is not there.
    pub is_open: bool,
    /// The account that it only repeats under another name.
    pub alias_of: Option<String>,
    /// What it sets itself or takes over from other accounts, without the defaults.
    own: Vec<Setting>,
}

/// Reads a whole file.
pub fn parse(text: &str) -> Msmtprc {
    let mut file = Msmtprc::default();
    let mut names = Names::default();
    let mut defaults = MsmtpAccount::default();
    // Where the next command belongs: `None` are the defaults.
    let mut current: Option<usize> = None;
    let mut has_begun = false;
    for line in lex(text) {
        let setting = match &line.says {
            Says::Nothing => {
                file.refused.push(line.number);
                continue;
            }
            Says::Defaults => {
                (current, has_begun) = (None, true);
                continue;
            }
            Says::Account { .. } if file.accounts.len() == MOST_ACCOUNTS => {
                file.is_cut = true;
                break;
            }
            Says::Account { name, bases } => {
                let name = names.shown(slice(text, name));
                let bases: Vec<String> = bases.iter().map(|base| names.shown(slice(text, base))).collect();
                let is_known = file.accounts.iter().any(|known| known.name == name);
                if is_known || bases.iter().any(|base| file.account(base).is_none()) {
                    file.refused.push(line.number);
                }
                let account = begin(&file, &defaults, name, &bases);
                // The second of a name stays in the list only to take what belongs to it.
                file.accounts.push(MsmtpAccount { is_open: account.is_open || is_known, ..account });
                (current, has_begun) = (Some(file.accounts.len() - 1), true);
                continue;
            }
            Says::Eval => None,
            Says::Command { name, argument } => {
                let (fact, argument) = (command(slice(text, name)), slice(text, argument));
                if fact.is_none_or(|fact| is_refused(fact, argument)) {
                    file.refused.push(line.number);
                }
                fact.and_then(|fact| setting_of(fact, argument))
            }
        };
        // Whatever it says: to msmtp it stands in an account `default`, and another of that name is one too many.
        if !has_begun {
            file.accounts.push(begin(&file, &defaults, names.shown("default"), &[]));
            (current, has_begun) = (Some(0), true);
        }
        let account = current.map_or(Some(&mut defaults), |at| file.accounts.get_mut(at));
        let Some(account) = account else { continue };
        match setting {
            Some(setting) => {
                set(&mut account.commands, &setting);
                set(&mut account.own, &setting);
            }
            None => account.is_open |= line.says == Says::Eval,
        }
    }
    let all: Vec<String> = file.accounts.iter().map(|account| account.name.clone()).collect();
    let mut index = 0;
    file.accounts.retain(|account| {
        index += 1;
        all.iter().position(|name| *name == account.name) == Some(index - 1)
    });
    mark_aliases(&mut file.accounts);
    file
}

/// `None`: it sets nothing that is read here.
fn setting_of(fact: &'static Fact, argument: &str) -> Option<Setting> {
    let (fact, argument) = match fact {
        fact if fact.name == TLS_NOSTARTTLS.name => (&TLS_STARTTLS, "off"),
        fact if is_read(fact) => (fact, argument),
        _ => return None,
    };
    Some(Setting::kept(fact.name, Some(fact), Stored::Text(argument)))
}

fn begin(file: &Msmtprc, defaults: &MsmtpAccount, name: String, bases: &[String]) -> MsmtpAccount {
    let mut account = MsmtpAccount { name, own: Vec::new(), ..defaults.clone() };
    for base in bases {
        let Some(base) = file.account(base) else {
            account.is_open = true;
            continue;
        };
        account.is_open |= base.is_open;
        for setting in &base.own {
            set(&mut account.commands, setting);
            set(&mut account.own, setting);
        }
    }
    if let [only] = bases {
        account.alias_of = Some(only.clone());
    }
    account
}

fn set(commands: &mut Vec<Setting>, setting: &Setting) {
    commands.retain(|known| known.name != setting.name);
    commands.push(setting.clone());
}

/// `account default : work` usually says no more than which account is the default.
fn mark_aliases(accounts: &mut [MsmtpAccount]) {
    let sorted = |account: &MsmtpAccount| {
        let mut commands = account.commands.clone();
        commands.sort_by(|one, other| one.name.cmp(&other.name));
        (commands, account.is_open)
    };
    let all: Vec<_> = accounts.iter().map(|account| (account.name.clone(), sorted(account))).collect();
    for account in accounts {
        let own = sorted(account);
        account.alias_of = account.alias_of.take().filter(|base| {
            all.iter().any(|(name, commands)| name == base && *name != account.name && *commands == own)
        });
    }
}

impl Msmtprc {
    /// The first account of this name.
    pub fn account(&self, name: &str) -> Option<&MsmtpAccount> {
        self.accounts.iter().find(|account| account.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn argument<'a>(file: &'a Msmtprc, account: &str, command: &str) -> Option<&'a str> {
        let commands = &file.account(account)?.commands;
        commands.iter().find(|known| known.name == command).map(|known| known.shown.as_str())
    }

    #[test]
    fn accounts_take_over_what_others_set_themselves() {
        let file = parse(
            "defaults\nauth on\nport 587\naccount a\nhost a.example.jp\nfrom a@example.jp\ndefaults\nport 25\n\
             account b : a\nfrom b@example.jp\naccount c:b , a\naccount default : c\n",
        );
        assert_eq!(argument(&file, "a", "port"), Some("587"));
        assert_eq!(argument(&file, "b", "port"), Some("25"), "a default is no setting of its own");
        assert_eq!(argument(&file, "b", "host"), Some("a.example.jp"));
        assert_eq!(argument(&file, "c", "from"), Some("a@example.jp"), "the last one wins");
        let aliases: Vec<_> = file.accounts.iter().map(|account| account.alias_of.as_deref()).collect();
        assert_eq!(aliases, [None, None, None, Some("c")]);
        assert!(file.refused.is_empty());
    }

    #[test]
    fn arguments_come_through_the_door() {
        let file =
            parse("host taro:himitsu@mail\nfrom \"a b\" c\nuser \"\nauth\ntls_nostarttls\nsocket /run/x");
        assert_eq!(argument(&file, "default", "host"), Some("mail"));
        assert_eq!(argument(&file, "default", "from"), Some("(text, 7 characters)"));
        assert_eq!(argument(&file, "default", "user"), Some("(text, 1 characters)"));
        assert_eq!(argument(&file, "default", "auth"), Some(""));
        assert_eq!(argument(&file, "default", "tls_starttls"), Some("off"));
        assert_eq!(argument(&file, "default", "socket"), Some("(text, 6 characters)"));
        assert_eq!(
            argument(&parse("host a\nuser taro # x"), "default", "user"),
            Some("(text, 6 characters)")
        );
    }

    #[test]
    fn wrong_lines_are_told_of_and_open_ends_marked() {
        let file = parse(
            "account a : nobody\nhost a\naccount b\neval echo host b\naccount b\nhost other\nHOST x\naccount d : b\n\
             logfile x\naccount\n",
        );
        assert_eq!(file.refused, [1, 5, 7, 10]);
        let open: Vec<_> =
            file.accounts.iter().map(|account| (account.name.as_str(), account.is_open)).collect();
        assert_eq!(open, [("a", true), ("b", true), ("d", true)]);
        assert_eq!(argument(&file, "b", "host"), None, "the first of a name counts");
    }

    #[test]
    fn every_command_before_the_first_block_begins_the_default_account() {
        for first in ["aliases /etc/aliases", "logfile x", "tls_trust_file x", "password x", "eval x", "x y"]
        {
            let file = parse(&format!("{first}\naccount a\nhost a\naccount default : a\n"));
            let names: Vec<&str> = file.accounts.iter().map(|account| account.name.as_str()).collect();
            assert_eq!(names, ["default", "a"], "{first}");
            assert_eq!(file.refused.last(), Some(&4), "{first}");
        }
        let after = parse("# x\ndefaults\nlogfile x\naccount a\naccount default : a");
        assert!(after.refused.is_empty());
    }

    #[test]
    fn arguments_that_msmtp_refuses() {
        let refused = |line: &str| !parse(line).refused.is_empty();
        for line in [
            "host",
            "port",
            "port 0",
            "port smtp",
            "protocol",
            "protocol x",
            "auth x",
            "tls yes",
            "tls_starttls 1",
        ] {
            assert!(refused(line), "{line}");
        }
        for line in
            ["host a b", "port 25", "auth", "auth off", "auth xoauth2", "tls", "from", "user", "password"]
        {
            assert!(!refused(line), "{line}");
        }
    }

    #[test]
    fn no_password_is_kept() {
        let text = "password TOPSECRET\npasswordeval echo TOPSECRET\neval echo password TOPSECRET\nTOPSECRET\naccount a # TOPSECRET\npassword \"TOPSECRET\"\nuser taro # TOPSECRET\nfrom \"a #TOPSECRET\"\nport #TOPSECRET\naccount pwTOPSECRET\nhost a";
        let file = parse(text);
        assert!(!format!("{file:?}{:?}", lex(text)).contains("TOPSECRET"));
        let names: Vec<&str> = file.accounts.iter().map(|account| account.name.as_str()).collect();
        assert_eq!(names, ["default", "a #", "(text 11 characters)"]);
    }
}
