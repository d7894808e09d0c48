//! One account of a Becky! mailbox.
//!
//! Names, numbers and defaults: Thunderbird's importer (mozilla/releases-comm-central at ca37c057f5^,
//! mailnews/import/src/nsBeckySettings.cpp), removed in 2024. It does not read the setting for POP-before-SMTP, and no
//! real file is public.

use super::CLIENT;
use super::settings::{
    BOX, IMAP4_PORT, MAIL_ADDRESS, MAIL_SERVER, NAME, POP3_AUTH, POP3_PORT, PROTOCOL, SMTP_AUTH,
    SMTP_AUTH_MODE, SMTP_PORT, SMTP_SERVER, SOURCE, SSL_IMAP, SSL_POP, SSL_SMTP, is_name, switch,
};
use crate::clients::look::{Look, Unclear};
use crate::clients::parts::Parts;
use crate::clients::settings::Settings;
use crate::model::{
    Account, Auth, Confidence, Credentials, Evidence, Incoming, LogOnFirst, Note, Outgoing, Port, Protocol,
    Security, Text,
};

/// At most so many unknown settings are named, and only if they look like names.
const MOST_UNKNOWN: usize = 40;

const KEY_UNKNOWN: Note = Note::Other(
    "pop-before-smtp-key-unknown",
    Text::fixed(
        "[POP before SMTP を使用] の設定は、このファイルでは見分けられませんでした。チェックの有無は画面で確認してください(どちらの場合も変更が必要です)。",
        "The setting [Use POP before SMTP] could not be recognised in this file: look at the box in the dialog (a change is needed either way).",
    ),
);

/// Any section with an outgoing server, and `[Account]` in any case if it is filled in.
pub(super) fn is_account(name: &str, settings: &Settings) -> bool {
    settings.has(SMTP_SERVER)
        || (name.eq_ignore_ascii_case("Account") && (settings.has(MAIL_SERVER) || settings.has(MAIL_ADDRESS)))
}

/// Reads one section of the file.
pub(super) fn read_account(settings: &Settings) -> (Account, Look) {
    let mut look = Look::default();
    let first = log_on_first(settings, &mut look);
    let outgoing = read_outgoing(settings, first.unwrap_or(LogOnFirst::Off), &mut look);
    let (incoming, address, name) = look.aside(|look| {
        (read_incoming(settings, look), look.text(settings, MAIL_ADDRESS), look.text(settings, NAME))
    });
    let name = name.or_else(|| address.clone());
    let without_auth = outgoing.is_without_auth();
    if without_auth && first.is_none() {
        look.evidence.extend(unknown_names(settings));
    }
    let account = Account {
        source: settings.place.path.clone(),
        name: name.unwrap_or_default(),
        addresses: address.into_iter().collect(),
        incoming: Some(incoming),
        // The maker documents none of the settings: all is known from another program's importer.
        confidence: Confidence::Inferred,
        // Behind a relay on the same computer the box would not tell how the mail really goes out.
        note_without_auth: first.is_none().then_some(KEY_UNKNOWN),
        ..Account::new(CLIENT.id, CLIENT.name, "becky", outgoing)
    };
    (account, look)
}

fn read_outgoing(settings: &Settings, log_on_first: LogOnFirst, look: &mut Look) -> Outgoing {
    let host = look.needed_text(settings, SMTP_SERVER);
    let auth = authentication(settings, look);
    let port = look.port(settings, SMTP_PORT, 25, SOURCE);
    let security = security(settings, look);
    Parts { host, port, security, auth, log_on_first: Ok(log_on_first) }.assemble(look)
}

/// The dialog has a user name and a password of its own for this; the names of their settings are not known.
fn authentication(settings: &Settings, look: &mut Look) -> Result<(Auth, Option<Credentials>), Unclear> {
    match look.number(settings, SMTP_AUTH, 0, SOURCE)? {
        0 => Ok((Auth::None, None)),
        // 1 is CRAM-MD5 alone; 2, 4 and 6 are plain text, all else is whatever the server offers
        1 => match look.number(settings, SMTP_AUTH_MODE, 0, SOURCE) {
            Ok(1) => Ok((Auth::EncryptedPassword, None)),
            _ => Ok((Auth::Password, None)),
        },
        _ => Err(Look::unknown(settings, SMTP_AUTH)),
    }
}

/// Newer versions may store STARTTLS here; with which number is not known.
fn security(settings: &Settings, look: &mut Look) -> Result<Security, Unclear> {
    match look.number(settings, SSL_SMTP, 0, SOURCE)? {
        0 => Ok(Security::Plain),
        1 => Ok(Security::Tls),
        _ => Err(Look::unknown(settings, SSL_SMTP)),
    }
}

fn read_incoming(settings: &Settings, look: &mut Look) -> Incoming {
    let is_imap = look.text(settings, PROTOCOL).is_some_and(|protocol| protocol == "1");
    let (protocol, port, ssl) =
        if is_imap { (Protocol::Imap, IMAP4_PORT, SSL_IMAP) } else { (Protocol::Pop3, POP3_PORT, SSL_POP) };
    let default = protocol.usual_port(Security::Plain).unwrap_or_default();
    Incoming {
        protocol,
        host: look.text(settings, MAIL_SERVER),
        port: look.port(settings, port, default, SOURCE).ok().and_then(Port::number),
        security: match look.number(settings, ssl, 0, SOURCE) {
            Ok(0) => Some(Security::Plain),
            Ok(1) => Some(Security::Tls),
            _ => None,
        },
        // For IMAP no such setting is known.
        auth: if is_imap { None } else { pop3_auth(settings, look) },
    }
}

/// 0 plain, 1 APOP, 2 CRAM-MD5, 3 NTLM (a comment in the importer).
fn pop3_auth(settings: &Settings, look: &mut Look) -> Option<Auth> {
    match look.number(settings, POP3_AUTH, 0, SOURCE) {
        Ok(0) => Some(Auth::Password),
        Ok(1) => Some(Auth::Apop),
        Ok(2) => Some(Auth::EncryptedPassword),
        Ok(3) => Some(Auth::Spa),
        _ => None,
    }
}

/// The box [POP before SMTP を使用]; `None` if no setting looks like it.
fn log_on_first(settings: &Settings, look: &mut Look) -> Option<LogOnFirst> {
    let mut answer = None;
    for setting in settings.alike(&BOX) {
        let Some(is_on) = switch(&setting.shown) else { continue };
        look.record(settings, &setting.name, None);
        if is_on || answer.is_none() {
            answer = Some(if is_on { LogOnFirst::On } else { LogOnFirst::Off });
        }
    }
    answer
}

/// The names of the settings that this program does not know: one of them may be the box. Never their values.
fn unknown_names(settings: &Settings) -> impl Iterator<Item = Evidence> {
    let is_known = |name: &str| settings.facts.iter().any(|fact| fact.like.is_none() && fact.is(name));
    let names = settings.entries.iter().map(|setting| &setting.name);
    names.filter(move |name| is_name(name) && !is_known(name)).take(MOST_UNKNOWN).map(|name| Evidence {
        place: settings.place.clone(),
        setting: name.clone(),
        value: Some("(unknown setting, not shown)".to_owned()),
        default: None,
        decides: false,
    })
}

#[cfg(test)]
mod tests {
    use super::super::settings::MAILBOX_INI;
    use super::*;
    use crate::clients::settings::Stored;
    use crate::formats::facts::Spelling;

    #[test]
    fn unknown_settings_are_named_without_their_values() {
        let text = "[Account]\nSMTPServer=a\nMystery=hidden\nsmtpauth=0\nodd name=hidden\nPassWd=hidden\n";
        let entries = text.lines().filter_map(|line| line.split_once('='));
        let entries = entries.map(|(name, value)| (name, Stored::Text(value)));
        let settings = Settings::of("Mailbox.ini", MAILBOX_INI.groups[0].1, Spelling::AsIs, entries);
        let (account, look) = read_account(&settings);
        let names: Vec<_> = look.evidence.iter().map(|e| e.setting.as_str()).collect();
        assert!(names.contains(&"Mystery") && !names.contains(&"odd name") && !names.contains(&"PassWd"));
        assert!(!format!("{look:?}{account:?}").contains("hidden"));
    }

    #[test]
    fn the_box_is_shown_by_a_name_that_is_one() {
        let read = |name| {
            let entries = [("SMTPServer", Stored::Text("a")), (name, Stored::Text("1"))];
            let rows = MAILBOX_INI.groups[0].1;
            let (account, look) = read_account(&Settings::of("Mailbox.ini", rows, Spelling::AsIs, entries));
            (account.outgoing.seen().unwrap().log_on_first, format!("{:?}", look.evidence))
        };
        let (first, evidence) = read("POP_before_SMTP");
        assert_eq!((first, evidence.contains("POP_before_SMTP")), (Some(LogOnFirst::On), true));
        let (first, evidence) = read("a hidden word!POPBeforeSMTP");
        assert_eq!((first, evidence.contains("hidden")), (Some(LogOnFirst::Off), false));
    }
}
