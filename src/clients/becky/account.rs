//! One account of a Becky! mailbox.
//!
//! Names, numbers and defaults: Thunderbird's importer (mozilla/releases-comm-central at ca37c057f5^,
//! mailnews/import/src/nsBeckySettings.cpp), removed in 2024. It does not read the setting for POP-before-SMTP, and no
//! real file is public.

use super::CLIENT;
use crate::classify::is_loopback;
use crate::clients::look::{Look, Unclear};
use crate::clients::parts::Parts;
use crate::clients::settings::{Setting, Settings};
use crate::formats::ini::{Entry, Section, unquote};
use crate::model::{
    Account, Auth, Confidence, Credentials, Evidence, InUse, Incoming, LogOnFirst, Note, Outgoing, Port,
    Protocol, Security, Text,
};

const SOURCE: &str = "Thunderbird's Becky! importer (nsBeckySettings.cpp)";

/// Settings whose meaning is known, needed here or not.
const KNOWN: [&str; 22] = [
    "Name",
    "YourName",
    "MailAddress",
    "PermBcc",
    "Protocol",
    "MailServer",
    "UserID",
    "PassWd",
    "POP3Port",
    "IMAP4Port",
    "SSLPOP",
    "SSLIMAP",
    "POP3Auth",
    "LeaveServer",
    "KeepDays",
    "CheckInt",
    "CheckEvery",
    "SMTPServer",
    "SMTPPort",
    "SSLSMTP",
    "SMTPAUTH",
    "SMTPAUTHMODE",
];
/// At most so many unknown settings are named, and only if they look like names.
const MOST_UNKNOWN: usize = 100;
const LONGEST_NAME: usize = 32;

const KEY_UNKNOWN: Note = Note::Other(
    "pop-before-smtp-key-unknown",
    Text::fixed(
        "[POP before SMTP を使用] の設定は、このファイルでは見分けられませんでした。チェックの有無は画面で確認してください(どちらの場合も変更が必要です)。",
        "The setting [Use POP before SMTP] could not be recognised in this file: look at the box in the dialog (a change is needed either way).",
    ),
);

/// Any section with an outgoing server, and `[Account]` in any case if it is filled in.
pub(super) fn is_account(section: &Section) -> bool {
    let has = |name| section.entry(name).is_some();
    has("SMTPServer")
        || (section.name.eq_ignore_ascii_case("Account") && (has("MailServer") || has("MailAddress")))
}

/// Reads one section of the file.
pub(super) fn read_account(file: &str, section: &Section) -> (Account, Look) {
    let settings = settings_of(file, section);
    let mut look = Look::default();
    let first = log_on_first(&settings, &mut look);
    let outgoing = read_outgoing(&settings, first.unwrap_or(LogOnFirst::Off), &mut look);
    let (incoming, address, name) = look.aside(|look| {
        (read_incoming(&settings, look), look.text(&settings, "MailAddress"), look.text(&settings, "Name"))
    });
    let name = name.or_else(|| address.clone());
    let without_auth = matches!(&outgoing, Outgoing::Smtp(smtp) if smtp.auth == Auth::None);
    let mut notes = Vec::new();
    if without_auth && first.is_none() {
        // Behind a relay on the same computer the box would not tell how the mail really goes out.
        let relayed = matches!(&outgoing, Outgoing::Smtp(smtp) if is_loopback(&smtp.host));
        notes.extend((!relayed).then_some(KEY_UNKNOWN));
        look.evidence.extend(unknown_names(&settings));
    }
    let account = Account {
        client: CLIENT.id,
        client_name: CLIENT.name.to_owned(),
        edition: "becky",
        client_version: None,
        client_installed: None,
        in_use: InUse::Unknown,
        profile: None,
        source: file.to_owned(),
        store: String::new(),
        key: String::new(),
        outgoing_key: "smtp".to_owned(),
        name: name.unwrap_or_default(),
        addresses: address.into_iter().collect(),
        default_account: None,
        incoming: Some(incoming),
        // The maker documents none of the settings: all is known from another program's importer.
        confidence: Confidence::Inferred,
        outgoing,
        notes,
        evidence: Vec::new(),
    };
    (account, look)
}

fn read_outgoing(settings: &Settings, log_on_first: LogOnFirst, look: &mut Look) -> Outgoing {
    let host = look.needed_text(settings, "SMTPServer");
    let auth = authentication(settings, look);
    let port = look.port(settings, "SMTPPort", 25, SOURCE);
    let security = security(settings, look);
    Parts { host, port, security, auth, log_on_first: Ok(log_on_first) }.assemble()
}

/// The dialog has a user name and a password of its own for this; the names of their settings are not known.
fn authentication(settings: &Settings, look: &mut Look) -> Result<(Auth, Option<Credentials>), Unclear> {
    match look.number(settings, "SMTPAUTH", 0, SOURCE)? {
        0 => Ok((Auth::None, None)),
        // 1 is CRAM-MD5 alone; 2, 4 and 6 are plain text, all else is whatever the server offers
        1 => match look.number(settings, "SMTPAUTHMODE", 0, SOURCE) {
            Ok(1) => Ok((Auth::EncryptedPassword, None)),
            _ => Ok((Auth::Password, None)),
        },
        _ => Err(look.unknown(settings, "SMTPAUTH")),
    }
}

/// Newer versions may store STARTTLS here; with which number is not known.
fn security(settings: &Settings, look: &mut Look) -> Result<Security, Unclear> {
    match look.number(settings, "SSLSMTP", 0, SOURCE)? {
        0 => Ok(Security::Plain),
        1 => Ok(Security::Tls),
        _ => Err(look.unknown(settings, "SSLSMTP")),
    }
}

fn read_incoming(settings: &Settings, look: &mut Look) -> Incoming {
    let is_imap = look.text(settings, "Protocol").is_some_and(|protocol| protocol == "1");
    let (protocol, port, default, ssl) = if is_imap {
        (Protocol::Imap, "IMAP4Port", 143, "SSLIMAP")
    } else {
        (Protocol::Pop3, "POP3Port", 110, "SSLPOP")
    };
    Incoming {
        protocol,
        host: look.text(settings, "MailServer"),
        port: look.port(settings, port, default, SOURCE).ok().and_then(Port::number),
        security: match look.number(settings, ssl, 0, SOURCE) {
            Ok(0) => Some(Security::Plain),
            Ok(1) => Some(Security::Tls),
            _ => None,
        },
    }
}

/// The box [POP before SMTP を使用]; `None` if no setting looks like it.
fn log_on_first(settings: &Settings, look: &mut Look) -> Option<LogOnFirst> {
    let mut answer = None;
    for setting in settings.entries.iter().filter(|setting| is_pop_before_smtp(&setting.name)) {
        let Some(is_on) = switch(&setting.shown) else { continue };
        look.record(settings, &setting.name, None);
        if is_on || answer.is_none() {
            answer = Some(if is_on { LogOnFirst::On } else { LogOnFirst::Off });
        }
    }
    answer
}

/// What is neither a number nor a word for on or off is another setting with a similar name.
pub(crate) fn switch(value: &str) -> Option<bool> {
    match value.trim().to_lowercase().as_str() {
        "" | "false" | "no" | "off" => Some(false),
        "true" | "yes" | "on" => Some(true),
        number => number.parse().ok().map(|number: i64| number != 0),
    }
}

/// True for `PopBeforeSmtp`, `UsePOPb4SMTP`, `PopBSmtp`, `PBS` and the like: the setting's real name is not known.
/// A password that belongs to it must not be taken for it.
pub(crate) fn is_pop_before_smtp(name: &str) -> bool {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let has = |text: &str, parts: &[&str]| parts.iter().any(|part| text.contains(part));
    let after_pop = plain.split_once("pop").map_or("", |(_, rest)| rest);
    let alike =
        has(&plain, &["pbs", "popsmtp", "pop4smtp"]) || has(after_pop, &["beforesmtp", "b4smtp", "bsmtp"]);
    alike && !has(&plain, &["pass", "pw"])
}

/// The names of the settings that this program does not know: one of them may be the box. Never their values.
fn unknown_names(settings: &Settings) -> impl Iterator<Item = Evidence> {
    let is_name = |name: &str| {
        name.len() <= LONGEST_NAME && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    };
    let is_known = |name: &str| KNOWN.iter().any(|known| known.eq_ignore_ascii_case(name));
    let names = settings.entries.iter().map(|setting| &setting.name);
    names.filter(move |name| is_name(name) && !is_known(name)).take(MOST_UNKNOWN).map(|name| Evidence {
        place: settings.place.clone(),
        setting: name.clone(),
        value: Some("(unknown setting, not shown)".to_owned()),
        default: None,
        decides: false,
    })
}

fn settings_of(file: &str, section: &Section) -> Settings {
    let entries = section.entries.iter().map(|(name, entry)| match entry {
        Entry::Text(text) => Setting::text(name, unquote(text)),
        Entry::Secret => Setting::secret(name),
        Entry::TooLong { length } => Setting::strange(name, format!("({length} bytes)")),
    });
    Settings {
        place: format!("{file} [{}]", section.name).into(),
        entries: entries.collect(),
        ..Settings::default()
    }
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

    #[test]
    fn unknown_settings_are_named_without_their_values() {
        let text = "[Account]\nSMTPServer=a\nMystery=hidden\nsmtpauth=0\nodd name=hidden\nPassWd=hidden\n";
        let ini = crate::formats::ini::parse(text);
        let section = ini.section("Account").expect("section");
        let (account, look) = read_account("Mailbox.ini", section);
        let names: Vec<_> = look.evidence.iter().map(|e| e.setting.as_str()).collect();
        assert!(names.contains(&"Mystery") && !names.contains(&"odd name") && !names.contains(&"PassWd"));
        assert!(!format!("{look:?}{account:?}").contains("hidden"));
    }
}
