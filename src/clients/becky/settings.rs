//! What Becky! stores: the settings of a mailbox, and where the registry says that the data are.
//!
//! Names, numbers and defaults: Thunderbird's importer (mozilla/releases-comm-central at ca37c057f5^,
//! mailnews/import/src/nsBeckySettings.cpp), removed in 2024. It does not read the setting for POP-before-SMTP, and no
//! real file is public.

use crate::formats::facts::{Fact, Group, alike, fact};
use crate::formats::ini::unquote;
use crate::formats::ini_lexer::{self, WINDOWS};
use crate::formats::kinds::{Kind, PORT, keep};
use crate::model::limits;
use crate::source::rules::{Content, Copy, FileRule, KeyRule, Looks, Sample};

/// Whose word the settings and defaults are.
pub(super) const SOURCE: &str = "Thunderbird's Becky! importer (nsBeckySettings.cpp)";
const INFERRED: &str = "inferred from the label [POP before SMTP を使用]";

/// Becky!'s numbers: 0 to 9 are in use.
const NUMBER: Kind = Kind::Number(0, 99);

pub(super) const NAME: Fact = fact("Name", Kind::Label, "the address", SOURCE);
pub(super) const MAIL_ADDRESS: Fact = fact("MailAddress", Kind::Address, "", SOURCE);
pub(super) const PROTOCOL: Fact = fact("Protocol", NUMBER, "0 (POP3)", SOURCE);
pub(super) const MAIL_SERVER: Fact = fact("MailServer", Kind::Host, "", SOURCE);
pub(super) const POP3_PORT: Fact = fact("POP3Port", PORT, "110", SOURCE);
pub(super) const IMAP4_PORT: Fact = fact("IMAP4Port", PORT, "143", SOURCE);
pub(super) const POP3_AUTH: Fact = fact("POP3Auth", NUMBER, "0 (plain)", SOURCE);
pub(super) const SSL_POP: Fact = fact("SSLPOP", NUMBER, "0", SOURCE);
pub(super) const SSL_IMAP: Fact = fact("SSLIMAP", NUMBER, "0", SOURCE);
pub(super) const SMTP_SERVER: Fact = fact("SMTPServer", Kind::Host, "", SOURCE);
pub(super) const SMTP_PORT: Fact = fact("SMTPPort", PORT, "25", SOURCE);
pub(super) const SSL_SMTP: Fact = fact("SSLSMTP", NUMBER, "0", SOURCE);
pub(super) const SMTP_AUTH: Fact = fact("SMTPAUTH", NUMBER, "0", SOURCE);
pub(super) const SMTP_AUTH_MODE: Fact = fact("SMTPAUTHMODE", NUMBER, "0", SOURCE);
/// Not needed, but its name is one of those that tell the file.
const USER_ID: Fact = fact("UserID", Kind::Dropped, "", SOURCE);
/// Its real name is not known.
pub(super) const BOX: Fact = alike("(POP before SMTP)", Kind::Switch, "0", INFERRED, is_pop_before_smtp);

/// The settings of an account.
const ACCOUNT: &[Fact] = &[
    NAME,
    MAIL_ADDRESS,
    PROTOCOL,
    MAIL_SERVER,
    POP3_PORT,
    IMAP4_PORT,
    POP3_AUTH,
    SSL_POP,
    SSL_IMAP,
    SMTP_SERVER,
    SMTP_PORT,
    SSL_SMTP,
    SMTP_AUTH,
    SMTP_AUTH_MODE,
    BOX,
    // Known and not needed: none of them can be the box for POP before SMTP.
    fact("YourName", Kind::Dropped, "", SOURCE),
    fact("PermBcc", Kind::Dropped, "", SOURCE),
    USER_ID,
    fact("PassWd", Kind::Secret, "", SOURCE),
    fact("LeaveServer", Kind::Dropped, "", SOURCE),
    fact("KeepDays", Kind::Dropped, "", SOURCE),
    fact("CheckInt", Kind::Dropped, "", SOURCE),
    fact("CheckEvery", Kind::Dropped, "", SOURCE),
];
const GROUPS: &[Group] = &[("*", ACCOUNT)];

/// The settings of one mailbox; every section with a server is an account.
pub(super) static MAILBOX_INI: FileRule = FileRule {
    id: "Mailbox.ini",
    names: &["Mailbox.ini"],
    looks: Looks::Content(looks),
    limit: &limits::INI,
    groups: GROUPS,
    copy: Copy::Text(copy),
};
/// The list of mailboxes, of which only the first is asked for.
pub(super) static FOLDER_LST: FileRule = FileRule {
    id: "Folder.lst",
    names: &["Folder.lst"],
    looks: Looks::Unlike,
    limit: &limits::INI,
    groups: &[],
    copy: Copy::Text(copy_list),
};

pub(super) const DATA_DIR: Fact = fact(
    "DataDir",
    Kind::Path,
    "a usual folder",
    "KWIC Finder (ebstudio.info, maildef.ini), interpreter of Nadesiko",
);
/// Read by two programs that look for the data.
pub(super) static REGISTRY: KeyRule =
    KeyRule { id: r"HKCU\Software\RimArts\B2\Settings", facts: &[DATA_DIR], is_entry: |_| false, copy: None };

/// Other programs have an `SMTPServer`, too; Becky!'s other names beside it are its own.
fn looks(sample: &Sample) -> bool {
    ini_lexer::lex(sample.text, &WINDOWS).iter().any(|section| {
        let has = |fact: &Fact| {
            section
                .entries
                .iter()
                .any(|entry| fact.is(sample.text.get(entry.name.clone()).unwrap_or_default()))
        };
        (has(&SMTP_SERVER) || has(&MAIL_SERVER)) && (has(&MAIL_ADDRESS) || has(&MAIL_SERVER) || has(&USER_ID))
    })
}

fn copy(content: &Content, _: usize) -> Option<String> {
    let is_account = |name: &str| name.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("Account"));
    let text = content.text();
    let has_section = ini_lexer::lex(&text, &WINDOWS).iter().any(|section| !section.name.is_empty());
    // Without one the reader says so.
    has_section.then(|| {
        let file =
            ini_lexer::copy(&text, &WINDOWS, content.rule.groups, is_account, |fact, value| {
                match fact.kind {
                    Kind::Dropped | Kind::Secret => None,
                    _ if fact.like.is_some() => {
                        switch(unquote(value)).map(|_| keep(fact.kind, unquote(value)).text)
                    }
                    _ => ini_lexer::plain(fact, unquote(value)),
                }
            });
        format!("\u{FEFF}{file}")
    })
}

/// The first line of `Folder.lst` is the default mailbox (Thunderbird's importer, nsBeckyUtils GetDefaultFolderName).
pub(super) fn first_line(content: &Content) -> Option<String> {
    let text = content.text();
    let first = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    Some(keep(Kind::Path, first.trim_end_matches('\\')).text)
}

#[expect(clippy::unnecessary_wraps, reason = "the form of all copies, some of which can fail")]
fn copy_list(content: &Content, _: usize) -> Option<String> {
    Some(format!("\u{FEFF}{}\r\n", first_line(content).unwrap_or_default()))
}

/// What is neither a number nor a word for on or off is another setting with a similar name.
pub(super) fn switch(value: &str) -> Option<bool> {
    match value.trim().to_lowercase().as_str() {
        "" | "false" | "no" | "off" => Some(false),
        "true" | "yes" | "on" => Some(true),
        number => number.parse().ok().map(|number: i64| number != 0),
    }
}

/// Names longer than this are none that a program made.
const LONGEST_NAME: usize = 32;

/// True for what a program would call a setting. Only such names are shown: in any other, something else may stand that
/// somebody put into the wrong place.
pub(super) fn is_name(name: &str) -> bool {
    name.len() <= LONGEST_NAME && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

/// True for `PopBeforeSmtp`, `UsePOPb4SMTP`, `PopBSmtp`, `PBS` and the like: the setting's real name is not known.
/// A password that belongs to it must not be taken for it.
fn is_pop_before_smtp(name: &str) -> bool {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let has = |text: &str, parts: &[&str]| parts.iter().any(|part| text.contains(part));
    let after_pop = plain.split_once("pop").map_or("", |(_, rest)| rest);
    let alike =
        has(&plain, &["pbs", "popsmtp", "pop4smtp"]) || has(after_pop, &["beforesmtp", "b4smtp", "bsmtp"]);
    is_name(name) && alike && !has(&plain, &["pass", "pw"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_box_is_recognised_by_what_its_setting_looks_like() {
        for name in [
            "PopBeforeSmtp",
            "POPBEFORESMTP",
            "UsePOPBeforeSMTP",
            "pop_before_smtp",
            "POP3BeforeSMTP",
            "PopB4Smtp",
            "POPbSMTP",
            "POP4SMTP",
            "PopSmtp",
            "PbS",
            "UsePBS",
        ] {
            assert!(is_pop_before_smtp(name), "{name}");
        }
        for name in [
            "SMTPServer",
            "POP3Port",
            "SMTPAUTH",
            "POP3Auth",
            "SSLPOP",
            "BeforeSMTP",
            "SMTPPOP",
            "PBSPass",
            "PopBeforeSmtpPw",
            "Kanaria 9d41!geheimPopBeforeSmtp",
            "TheNameOfNoSettingOfAnyProgramPopBeforeSmtp",
            "",
        ] {
            assert!(!is_pop_before_smtp(name), "{name}");
        }
    }

    #[test]
    fn only_switches_are_taken_for_the_box() {
        for (value, expected) in
            [("1", Some(true)), ("2", Some(true)), ("0", Some(false)), ("", Some(false)), ("Yes", Some(true))]
        {
            assert_eq!(switch(value), expected, "{value}");
        }
        assert_eq!((switch("pop.example.jp"), switch("off")), (None, Some(false)));
    }
}
