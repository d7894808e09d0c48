//! What Sylpheed and Claws Mail store, and the blocks of their files with the values that the programs make of it.
//!
//! Names: sylpheed libsylph/prefs_account.c and src/prefs_common_dialog.c, claws-mail src/prefs_account.c and
//! src/prefs_common.c. Blocks: prefs_read_config (sylpheed libsylph/prefs.c, claws-mail src/prefs_gtk.c): a block begins
//! with a line `[label]`, of two blocks of one label the first counts, of two lines of one key the last; the value is all
//! that follows the first `=`, blanks included; nothing is escaped, and names have a case.

use crate::clients::settings::{Raw, Setting, Settings, Stored};
use crate::formats::facts::{Fact, Group, Spelling, fact, find, of_group, shown_group};
use crate::formats::ini_lexer::{self, BLOCKS, LONGEST};
use crate::formats::kinds::{Kind, PORT};
use crate::model::Place;
use crate::model::limits;
use crate::source::rules::{Content, Copy, FileRule, Looks, Sample};
use std::collections::{HashMap, HashSet};

const BOTH: &str = "source of Sylpheed and Claws Mail (prefs_account.c)";
const OF_SYLPHEED: &str = "Sylpheed's source (libsylph/prefs_account.c)";
const OF_CLAWS_MAIL: &str = "Claws Mail's source (src/prefs_account.c)";

/// The programs' numbers: 0 to 32 are in use, -1 is none.
const NUMBER: Kind = Kind::Number(-1, 99);

pub(super) const ACCOUNT_NAME: Fact = fact("account_name", Kind::Label, "the address", BOTH);
pub(super) const IS_DEFAULT: Fact = fact("is_default", Kind::Switch, "0", BOTH);
pub(super) const ADDRESS: Fact = fact("address", Kind::Address, "", BOTH);
pub(in crate::clients) const PROTOCOL: Fact = fact("protocol", NUMBER, "0 (POP3)", BOTH);
pub(in crate::clients) const CONFIG_VERSION: Fact =
    fact("config_version", NUMBER, "that of clawsrc", OF_CLAWS_MAIL);
pub(super) const RECEIVE_SERVER: Fact = fact("receive_server", Kind::Host, "", BOTH);
pub(super) const USER_ID: Fact = fact("user_id", Kind::User, "", BOTH);
/// Since 4.0 (2020) of Claws Mail `pop_auth_method` says it (src/prefs_migration.c); Sylpheed still goes by it.
pub(in crate::clients) const USE_APOP_AUTH: Fact = fact("use_apop_auth", Kind::Switch, "0", BOTH);
pub(in crate::clients) const USE_POP_AUTH: Fact = fact("use_pop_auth", Kind::Switch, "0", OF_CLAWS_MAIL);
pub(in crate::clients) const POP_AUTH_METHOD: Fact = fact("pop_auth_method", NUMBER, "0", BOTH);
pub(super) const IMAP_AUTH_METHOD: Fact =
    fact("imap_auth_method", Kind::Number(-1, 9999), "0 (automatic)", BOTH);
/// In clear text in Sylpheed's file; Claws Mail keeps it in passwordstorerc since 3.14 (src/passwordstore.c).
pub(super) const PASSWORD: Fact = fact("password", Kind::Secret, "not saved", BOTH);
pub(super) const SSL_POP: Fact = fact("ssl_pop", NUMBER, "0, or 1 by version", BOTH);
pub(super) const SSL_IMAP: Fact = fact("ssl_imap", NUMBER, "0, or 1 by version", BOTH);
pub(super) const SET_POPPORT: Fact = fact("set_popport", Kind::Switch, "0", BOTH);
pub(super) const POP_PORT: Fact = fact("pop_port", PORT, "110", BOTH);
pub(super) const SET_IMAPPORT: Fact = fact("set_imapport", Kind::Switch, "0", BOTH);
pub(super) const IMAP_PORT: Fact = fact("imap_port", PORT, "143", BOTH);
pub(super) const SMTP_SERVER: Fact = fact("smtp_server", Kind::Host, "", BOTH);
pub(super) const USE_SMTP_AUTH: Fact = fact("use_smtp_auth", Kind::Switch, "0, or 1 by version", BOTH);
pub(super) const SMTP_AUTH_METHOD: Fact = fact("smtp_auth_method", NUMBER, "0 (automatic)", BOTH);
pub(super) const SMTP_USER_ID: Fact = fact("smtp_user_id", Kind::User, "as for receiving", BOTH);
pub(super) const POP_BEFORE_SMTP: Fact = fact("pop_before_smtp", Kind::Switch, "0", BOTH);
pub(super) const SSL_SMTP: Fact = fact("ssl_smtp", NUMBER, "0, or 1 by version", BOTH);
pub(super) const SET_SMTPPORT: Fact = fact("set_smtpport", Kind::Switch, "0", BOTH);
pub(super) const SMTP_PORT: Fact = fact("smtp_port", PORT, "25", BOTH);
pub(in crate::clients) const USE_MAIL_COMMAND: Fact =
    fact("use_mail_command", Kind::Switch, "0", OF_CLAWS_MAIL);
pub(in crate::clients) const MAIL_COMMAND: Fact =
    fact("mail_command", Kind::Command, "/usr/sbin/sendmail", OF_CLAWS_MAIL);
pub(in crate::clients) const USE_EXT_SENDMAIL: Fact =
    fact("use_ext_sendmail", Kind::Switch, "0", "Sylpheed's source (libsylph/prefs_common.c)");
pub(in crate::clients) const EXT_SENDMAIL_CMD: Fact =
    Fact { name: "ext_sendmail_cmd", kind: Kind::Command, default: "/usr/sbin/sendmail", ..USE_EXT_SENDMAIL };
const PRIVACY_SYSTEM: Fact = fact("default_privacy_system", Kind::Dropped, "", OF_CLAWS_MAIL);
const USE_SOCKS: Fact = fact("use_socks", Kind::Dropped, "", OF_SYLPHEED);
const ENCRYPT_TO_SELF: Fact = fact("encrypt_to_self", Kind::Dropped, "", OF_SYLPHEED);
const ENCRYPT_REPLY: Fact = fact("encrypt_reply", Kind::Dropped, "", OF_SYLPHEED);
const ASCII_ARMORED: Fact = fact("ascii_armored", Kind::Dropped, "", OF_SYLPHEED);

/// Settings that only one of the programs writes (sylpheed libsylph/prefs_account.c, claws-mail src/prefs_account.c):
/// Claws Mail's since 2001, 2016 and 2005, Sylpheed's since 2010, 2014 and 2005.
pub(super) const TELLS_CLAWS: [Fact; 3] = [USE_MAIL_COMMAND, CONFIG_VERSION, PRIVACY_SYSTEM];
pub(super) const TELLS_SYLPHEED: [Fact; 4] = [USE_SOCKS, ENCRYPT_TO_SELF, ENCRYPT_REPLY, ASCII_ARMORED];

/// All settings that are looked at, in the files of either program.
const ACCOUNT: &[Fact] = &[
    ACCOUNT_NAME,
    IS_DEFAULT,
    ADDRESS,
    PROTOCOL,
    CONFIG_VERSION,
    RECEIVE_SERVER,
    USER_ID,
    PASSWORD,
    USE_APOP_AUTH,
    USE_POP_AUTH,
    POP_AUTH_METHOD,
    IMAP_AUTH_METHOD,
    SSL_POP,
    SSL_IMAP,
    SET_POPPORT,
    POP_PORT,
    SET_IMAPPORT,
    IMAP_PORT,
    SMTP_SERVER,
    USE_SMTP_AUTH,
    SMTP_AUTH_METHOD,
    SMTP_USER_ID,
    POP_BEFORE_SMTP,
    SSL_SMTP,
    SET_SMTPPORT,
    SMTP_PORT,
    USE_MAIL_COMMAND,
    MAIL_COMMAND,
    PRIVACY_SYSTEM,
    USE_SOCKS,
    ENCRYPT_TO_SELF,
    ENCRYPT_REPLY,
    ASCII_ARMORED,
];
/// What tells whose file it is counts in any block.
const TELLING: &[Fact] = &[
    USE_MAIL_COMMAND,
    CONFIG_VERSION,
    PRIVACY_SYSTEM,
    USE_SOCKS,
    ENCRYPT_TO_SELF,
    ENCRYPT_REPLY,
    ASCII_ARMORED,
];

/// How the label of an account begins.
const OF_ACCOUNT: &str = "Account: ";
/// The block of the settings of all accounts.
pub(super) const COMMON: &str = "Common";

/// The accounts of either program.
pub(in crate::clients) static ACCOUNTRC: FileRule = FileRule {
    id: "accountrc",
    names: &["accountrc"],
    looks: Looks::Content(looks),
    limit: &limits::SETTINGS,
    groups: &[("Account: *", ACCOUNT), ("*", TELLING)],
    copy: Copy::Text(copy),
};
/// Sylpheed's settings of all accounts.
pub(in crate::clients) static SYLPHEEDRC: FileRule = FileRule {
    id: "sylpheedrc",
    names: &["sylpheedrc"],
    looks: Looks::Unlike,
    limit: &limits::SETTINGS,
    groups: &[(COMMON, &[USE_EXT_SENDMAIL, EXT_SENDMAIL_CMD])],
    copy: Copy::Text(copy),
};
/// Claws Mail's settings of all accounts.
pub(in crate::clients) static CLAWSRC: FileRule = FileRule {
    id: "clawsrc",
    names: &["clawsrc"],
    looks: Looks::Unlike,
    limit: &limits::SETTINGS,
    groups: &[(COMMON, &[CONFIG_VERSION])],
    copy: Copy::Text(copy),
};

fn looks(sample: &Sample) -> bool {
    let sections = ini_lexer::lex(sample.text, &BLOCKS);
    sections.iter().any(|section| sample.text.get(section.name.clone()).is_some_and(is_account))
}

fn is_account(label: &str) -> bool {
    label.starts_with(OF_ACCOUNT)
}

/// `None` without a block: the reader will say so.
fn copy(content: &Content, _: usize) -> Option<String> {
    let text = content.text();
    let is_kept = |label: &str| is_account(label) || label == COMMON;
    (ini_lexer::lex(&text, &BLOCKS).len() > 1).then(|| {
        let file = ini_lexer::copy(&text, &BLOCKS, content.rule.groups, is_kept, write);
        // The damage is told of again.
        if text.contains('\0') { file + "\0" } else { file }
    })
}

/// Whatever the kind leaves of a switch, it stays as on or as off as it is.
fn write(fact: &Fact, value: &str) -> Option<String> {
    let kept = ini_lexer::plain(fact, value)?;
    Some(match (is_on(value), is_on(&kept)) {
        _ if fact.kind != Kind::Switch => kept,
        (true, false) => format!(" {kept}"),
        (false, true) => format!("0{kept}"),
        _ => kept,
    })
}

/// Blocks of other names, which tell at most whose file it is; a damaged one may have any number.
const MOST_OTHERS: usize = 10_000;

/// One `[label]` with its settings.
#[derive(Debug)]
pub(super) struct Block {
    /// What stands between the brackets, as it may be shown.
    pub(super) label: String,
    /// True for one with an account.
    pub(super) is_account: bool,
    /// Those of the settings of its file that are there.
    pub(super) settings: Settings,
}

/// The blocks of a file.
pub(super) fn blocks(content: &Content, file: &Place) -> Vec<Block> {
    blocks_of(&content.text(), content.rule.groups, file)
}

fn blocks_of(text: &str, groups: &'static [Group], file: &Place) -> Vec<Block> {
    let slice = |range: &std::ops::Range<usize>| text.get(range.clone()).unwrap_or_default();
    let mut labels = HashSet::new();
    let mut blocks = Vec::new();
    // What stands before any label belongs to none.
    for section in ini_lexer::lex(text, &BLOCKS).iter().skip(1) {
        let label = slice(&section.name);
        let is_account = is_account(label);
        if !labels.insert(label) || (!is_account && label != COMMON && blocks.len() >= MOST_OTHERS) {
            continue;
        }
        let shown = shown_group(groups, label);
        let facts = of_group(groups, label);
        let mut settings = Settings::new(file.section(&shown), facts, Spelling::AsIs);
        let mut places = HashMap::new();
        for entry in &section.entries {
            let name = slice(&entry.name);
            let Some(fact) = find(facts, name).filter(|fact| fact.name == name) else { continue };
            // Sylpheed writes an empty one where it has none.
            if fact.kind == Kind::Secret && entry.value.is_empty() {
                continue;
            }
            let setting = setting(fact, slice(&entry.value));
            let at = *places.entry(name).or_insert(settings.entries.len());
            match settings.entries.get_mut(at) {
                Some(known) => *known = setting,
                None => settings.entries.push(setting),
            }
        }
        blocks.push(Block { label: shown, is_account, settings });
    }
    blocks
}

fn setting(fact: &'static Fact, value: &str) -> Setting {
    if value.len() > LONGEST {
        return Setting::kept(fact.name, Some(fact), Stored::Odd("(too long)"));
    }
    let setting = Setting::kept(fact.name, Some(fact), Stored::Text(value));
    match (fact.kind, &setting.raw) {
        (Kind::Switch, _) => Setting { raw: Raw::Number(is_on(value).into()), ..setting },
        // To atoi, nothing is 0. It takes any text for a number; the programs write numbers only, so what is none is damage.
        (Kind::Number(..), Raw::Text(text)) if text.is_empty() => Setting { raw: Raw::Number(0), ..setting },
        _ => setting,
    }
}

/// Off is only what begins with `0`, and nothing (P_BOOL in sylpheed libsylph/prefs.c and claws-mail src/prefs_gtk.c).
fn is_on(value: &str) -> bool {
    !value.is_empty() && !value.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<Block> {
        blocks_of(text, ACCOUNTRC.groups, &Place::from("accountrc"))
    }

    fn shown<'a>(blocks: &'a [Block], label: &str, name: Fact) -> Option<&'a str> {
        let block = blocks.iter().find(|block| block.label == label)?;
        block.settings.get(name).map(|setting| setting.shown.as_str())
    }

    #[test]
    fn of_two_blocks_the_first_counts_and_of_two_lines_the_last() {
        let blocks = blocks(
            "smtp_port=1\n[Account: 1]\nsmtp_server= mail\n#smtp_port=1\nsmtp_port=25\r\nsmtp_port=587\nno value\n\
             SMTP_PORT=9\naddress=\nunknown=x\n[Account: 10]\naccount_name=ten=10\n[Account: 1]\nsmtp_port=3\n\
             user_id=taro\n",
        );
        assert_eq!(blocks.len(), 2);
        assert_eq!(shown(&blocks, "Account: 1", SMTP_SERVER), Some("mail"));
        assert_eq!(shown(&blocks, "Account: 1", SMTP_PORT), Some("587"));
        assert_eq!(shown(&blocks, "Account: 1", ADDRESS), Some(""));
        assert_eq!(shown(&blocks, "Account: 1", USER_ID), None);
        assert_eq!(shown(&blocks, "Account: 10", ACCOUNT_NAME), Some("ten=10"));
        assert_eq!(blocks[0].settings.entries.len(), 3);
    }

    #[test]
    fn a_damaged_file_does_not_take_for_ever() {
        let labels = (0..100_000).map(|number| format!("[Account: {number}]\n")).collect::<Vec<_>>().concat();
        let lines = "smtp_port=25\n".repeat(100_000);
        assert_eq!(blocks(&format!("{labels}[Account: x]\n{lines}")).len(), 100_001);
    }

    #[test]
    fn off_begins_with_0_or_is_empty() {
        for (value, on) in [
            ("1", true),
            ("0", false),
            ("", false),
            ("TRUE", true),
            ("FALSE", true),
            ("no", true),
            ("01", false),
            ("0x1", false),
            (" 0", true),
            (" ", true),
            ("2", true),
            ("himitsu", true),
        ] {
            assert_eq!(is_on(value), on, "{value:?}");
            let blocks = blocks(&format!("[Account: 1]\nuse_smtp_auth={value}\n"));
            let settings = &blocks[0].settings;
            assert_eq!(settings.peek_number(USE_SMTP_AUTH), Some(on.into()), "{value:?}");
            let copied = write(&USE_SMTP_AUTH, value).expect("a switch");
            assert_eq!((is_on(&copied), copied.contains("himitsu")), (on, false), "{value:?}");
        }
    }

    #[test]
    fn what_is_no_number_is_damage() {
        for (value, expected) in [
            ("587", Raw::Text("587".to_owned())),
            ("", Raw::Number(0)),
            (" 25 ", Raw::Text("25".to_owned())),
            ("25x", Raw::Strange),
            ("x", Raw::Strange),
            ("65536", Raw::Strange),
        ] {
            assert_eq!(setting(&SMTP_PORT, value).raw, expected, "{value:?}");
        }
        assert_eq!(setting(&SMTP_PORT, &"1".repeat(LONGEST + 1)).shown, "(too long)");
    }
}
