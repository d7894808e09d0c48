//! One account or sub-account of QMAIL3.
//!
//! Names and defaults: snakamura/q3, docs/AccountXml.rd and `defaultAccountProfiles` in q3/qm/src/main/defaultprofile.h;
//! what they do: q3/qmsmtp/src/smtpsendsession.cpp and smtp.cpp. Values that equal the default are not written.

use super::{CLIENT, XTND};
use crate::clients::look::{Look, Unclear};
use crate::clients::parts::Parts;
use crate::clients::settings::Settings;
use crate::model::{
    Account, Auth, Confidence, Credentials, InUse, Incoming, LogOnFirst, Note, Outgoing, Port, Protocol,
    Security, Text,
};

const SOURCE: &str = "QMAIL3 source (defaultprofile.h)";

/// `CallbackImpl::getUserInfo` gives no user to the SMTP session while the box is ticked.
const AUTHENTICATION_SKIPPED: Note = Note::Other(
    "authentication-skipped",
    Text::fixed(
        "[送信] の [認証] にユーザ名がありますが、[POP before SMTPを使う] がオンの間、QMAIL3 は SMTP認証をしません。",
        "A user name is set under [Authenticate], but QMAIL3 does not authenticate while [Use POP before SMTP] is ticked.",
    ),
);

const BY_POP: Text = Text::fixed(
    "SMTP ではなく POP3 (XTND XMIT) で送信するアカウントです",
    "the account sends by POP3 (XTND XMIT), not by SMTP",
);

/// False for accounts of newsgroups and feeds.
pub(super) fn is_mail(main: &Settings) -> bool {
    !matches!(main.peek_text("Global/Class"), Some("news" | "rss"))
}

/// True if there is anything to receive from or to send through.
pub(super) fn has_servers(own: &Settings) -> bool {
    ["Receive/Host", "Send/Host"].iter().any(|name| own.peek_text(name).is_some())
}

/// Reads an account. The kinds of its servers stand in the main file also for the sub-accounts (`Account::getType`),
/// whose files begin as copies of it.
pub(super) fn read_account(main: &Settings, own: &Settings) -> (Account, Look) {
    let mut look = Look::default();
    let kinds = |name: &str| if main.has(name) { main } else { own };
    let sends_by = kinds("Send/Type");
    let by_pop = sends_by.peek_text("Send/Type") == Some("pop3");
    let (outgoing, notes) = read_outgoing(sends_by, own, &mut look);
    let outgoing = match outgoing {
        Outgoing::Unclear(partial, _) if by_pop => Outgoing::Unclear(partial, BY_POP),
        outgoing => outgoing,
    };
    let (incoming, address) = look.aside(|look| {
        (read_incoming(kinds("Receive/Type"), own, look), look.text(own, "Global/SenderAddress"))
    });
    let account = Account {
        client: CLIENT.id,
        client_name: CLIENT.name.to_owned(),
        edition: if by_pop { XTND } else { "qmail3" },
        client_version: None,
        client_installed: None,
        in_use: InUse::Unknown,
        profile: None,
        source: own.place.to_string(),
        store: String::new(),
        key: String::new(),
        outgoing_key: "smtp".to_owned(),
        name: address.clone().unwrap_or_default(),
        addresses: address.into_iter().collect(),
        default_account: None,
        incoming: Some(incoming),
        outgoing,
        confidence: Confidence::Documented,
        notes,
        evidence: Vec::new(),
    };
    (account, look)
}

fn read_outgoing(sends_by: &Settings, own: &Settings, look: &mut Look) -> (Outgoing, Vec<Note>) {
    let mut notes = Vec::new();
    let kind = look.text(sends_by, "Send/Type");
    let host = look.needed_text(own, "Send/Host");
    let port = port(own, "Send/Port", look);
    let security = security(own, "Send/Secure", look);
    let (auth, log_on_first) = if kind.as_deref() == Some("smtp") {
        let first = look.switch(own, "Smtp/PopBeforeSmtp", SOURCE);
        let user = look.needed_text(own, "Send/UserName");
        match first {
            Ok(true) => {
                let names = ["Custom", "Protocol", "Host"].map(|name| format!("Smtp/PopBeforeSmtp{name}"));
                names.iter().filter(|name| own.has(name)).for_each(|name| look.record(own, name, None));
                // With servers of its own for the log-on, this is their user.
                let is_custom = own.peek_number("Smtp/PopBeforeSmtpCustom").is_some_and(|on| on != 0);
                notes.extend((user != Ok(None) && !is_custom).then_some(AUTHENTICATION_SKIPPED));
                (Ok((Auth::None, None)), Ok(LogOnFirst::On))
            }
            first => {
                (user.map(|user| authentication(user.is_some(), own, look)), first.map(|_| LogOnFirst::Off))
            }
        }
    } else {
        (Err(look.unknown(sends_by, "Send/Type")), Ok(LogOnFirst::Off))
    };
    (Parts { host, port, security, auth, log_on_first }.assemble(), notes)
}

/// Without a list, or without a known name in it, anything goes that the server offers (`Smtp::getAuthMethods`).
fn authentication(has_user: bool, own: &Settings, look: &mut Look) -> (Auth, Option<Credentials>) {
    if !has_user {
        return (Auth::None, None);
    }
    let methods = look.text(own, "Smtp/AuthMethods").unwrap_or_default();
    let has = |method: &str| methods.split(' ').any(|known| known == method);
    let only_cram = has("CRAM-MD5") && !has("PLAIN") && !has("LOGIN");
    (if only_cram { Auth::EncryptedPassword } else { Auth::Password }, Some(Credentials::Own))
}

/// The dialogs write a number; without one the program really connects to port 0.
fn port(own: &Settings, name: &str, look: &mut Look) -> Result<Port, Unclear> {
    match look.number(own, name, 0, SOURCE)? {
        0 => Ok(Port::Default(0)),
        number => u16::try_from(number)
            .map(Port::Stored)
            .map_err(|_| Unclear { malformed: true, ..look.unknown(own, name) }),
    }
}

fn security(own: &Settings, name: &str, look: &mut Look) -> Result<Security, Unclear> {
    match look.number(own, name, 0, SOURCE)? {
        0 => Ok(Security::Plain),
        1 => Ok(Security::Tls),
        2 => Ok(Security::StartTls),
        _ => Err(look.unknown(own, name)),
    }
}

fn read_incoming(receives_by: &Settings, own: &Settings, look: &mut Look) -> Incoming {
    Incoming {
        protocol: match look.text(receives_by, "Receive/Type").as_deref() {
            Some("pop3") => Protocol::Pop3,
            Some("imap4") => Protocol::Imap,
            _ => Protocol::Other,
        },
        host: look.text(own, "Receive/Host"),
        port: port(own, "Receive/Port", look).ok().and_then(Port::number).filter(|port| *port != 0),
        security: security(own, "Receive/Secure", look).ok(),
    }
}
