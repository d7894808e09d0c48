//! One account or sub-account of QMAIL3.
//!
//! Names and defaults: snakamura/q3, docs/AccountXml.rd and `defaultAccountProfiles` in q3/qm/src/main/defaultprofile.h;
//! what they do: q3/qmsmtp/src/smtpsendsession.cpp and smtp.cpp. Values that equal the default are not written.

use super::settings::{
    APOP, AUTH_METHODS, CLASS, IMAP_METHODS, POP_BEFORE_SMTP, POP_CUSTOM, POP_HOST, POP_PROTOCOL,
    RECEIVE_HOST, RECEIVE_PORT, RECEIVE_SECURE, RECEIVE_TYPE, SEND_HOST, SEND_PORT, SEND_SECURE, SEND_TYPE,
    SEND_USER_NAME, SENDER_ADDRESS, SOURCE,
};
use super::{CLIENT, XTND};
use crate::clients::look::{Look, Unclear};
use crate::clients::parts::Parts;
use crate::clients::settings::Settings;
use crate::formats::facts::Fact;
use crate::model::{
    Account, Auth, Credentials, Incoming, LogOnFirst, Note, Outgoing, Port, Protocol, Security, Text,
};

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
    !matches!(main.peek_text(CLASS), Some("news" | "rss"))
}

/// True if there is anything to receive from or to send through.
pub(super) fn has_servers(own: &Settings) -> bool {
    [RECEIVE_HOST, SEND_HOST].iter().any(|fact| own.peek_text(fact).is_some())
}

/// Reads an account. The kinds of its servers stand in the main file also for the sub-accounts (`Account::getType`),
/// whose files begin as copies of it.
pub(super) fn read_account(main: &Settings, own: &Settings) -> (Account, Look) {
    let mut look = Look::default();
    let kinds = |fact: Fact| if main.has(fact) { main } else { own };
    let sends_by = kinds(SEND_TYPE);
    let by_pop = sends_by.peek_text(SEND_TYPE) == Some("pop3");
    let (outgoing, notes) = read_outgoing(sends_by, own, &mut look);
    let outgoing = match outgoing {
        Outgoing::Unclear(partial, _) if by_pop => Outgoing::Unclear(partial, BY_POP),
        outgoing => outgoing,
    };
    let (incoming, address) =
        look.aside(|look| (read_incoming(kinds(RECEIVE_TYPE), own, look), look.text(own, SENDER_ADDRESS)));
    let account = Account {
        source: own.place.to_string(),
        name: address.clone().unwrap_or_default(),
        addresses: address.into_iter().collect(),
        incoming: Some(incoming),
        notes,
        ..Account::new(CLIENT.id, CLIENT.name, if by_pop { XTND } else { "qmail3" }, outgoing)
    };
    (account, look)
}

fn read_outgoing(sends_by: &Settings, own: &Settings, look: &mut Look) -> (Outgoing, Vec<Note>) {
    let mut notes = Vec::new();
    let kind = look.text(sends_by, SEND_TYPE);
    let host = look.needed_text(own, SEND_HOST);
    let port = port(own, &SEND_PORT, look);
    let security = security(own, &SEND_SECURE, look);
    let (auth, log_on_first) = if kind.as_deref() == Some("smtp") {
        let first = look.switch(own, POP_BEFORE_SMTP, SOURCE);
        let user = look.needed_text(own, SEND_USER_NAME);
        match first {
            Ok(true) => {
                let facts = [POP_CUSTOM, POP_PROTOCOL, POP_HOST];
                facts.iter().filter(|fact| own.has(fact)).for_each(|fact| look.record(own, fact, None));
                // With servers of its own for the log-on, this is their user.
                let is_custom = own.peek_number(POP_CUSTOM).is_some_and(|on| on != 0);
                notes.extend((user != Ok(None) && !is_custom).then_some(AUTHENTICATION_SKIPPED));
                (Ok((Auth::None, None)), Ok(LogOnFirst::On))
            }
            first => {
                (user.map(|user| authentication(user.is_some(), own, look)), first.map(|_| LogOnFirst::Off))
            }
        }
    } else {
        (Err(Look::unknown(sends_by, SEND_TYPE)), Ok(LogOnFirst::Off))
    };
    (Parts { host, port, security, auth, log_on_first }.assemble(look), notes)
}

/// Without a list, or without a known name in it, anything goes that the server offers (`Smtp::getAuthMethods`).
fn authentication(has_user: bool, own: &Settings, look: &mut Look) -> (Auth, Option<Credentials>) {
    if !has_user {
        return (Auth::None, None);
    }
    let methods = look.text(own, AUTH_METHODS).unwrap_or_default();
    let has = |method: &str| methods.split(' ').any(|known| known == method);
    let only_cram = has("CRAM-MD5") && !has("PLAIN") && !has("LOGIN");
    (if only_cram { Auth::EncryptedPassword } else { Auth::Password }, Some(Credentials::Own))
}

/// The dialogs write a number; without one the program really connects to port 0.
fn port(own: &Settings, fact: &Fact, look: &mut Look) -> Result<Port, Unclear> {
    match look.number(own, fact, 0, SOURCE)? {
        0 => Ok(Port::Default(0)),
        _ => look.port(own, fact, 0, SOURCE),
    }
}

fn security(own: &Settings, fact: &Fact, look: &mut Look) -> Result<Security, Unclear> {
    match look.number(own, fact, 0, SOURCE)? {
        0 => Ok(Security::Plain),
        1 => Ok(Security::Tls),
        2 => Ok(Security::StartTls),
        _ => Err(Look::unknown(own, fact)),
    }
}

fn read_incoming(receives_by: &Settings, own: &Settings, look: &mut Look) -> Incoming {
    let protocol = match look.text(receives_by, RECEIVE_TYPE).as_deref() {
        Some("pop3") => Protocol::Pop3,
        Some("imap4") => Protocol::Imap,
        _ => Protocol::Other,
    };
    Incoming {
        protocol,
        host: look.text(own, RECEIVE_HOST),
        port: port(own, &RECEIVE_PORT, look).ok().and_then(Port::number).filter(|port| *port != 0),
        security: security(own, &RECEIVE_SECURE, look).ok(),
        auth: incoming_auth(protocol, own, look),
    }
}

/// q3/qmpop3/src/pop3receivesession.cpp: any number but 0 is APOP. q3/qmimap4/src/imap4.cpp (`getAuthMethods`): without a list,
/// or without a known name in it, anything goes.
fn incoming_auth(protocol: Protocol, own: &Settings, look: &mut Look) -> Option<Auth> {
    match protocol {
        Protocol::Pop3 => {
            let is_apop = look.switch(own, APOP, SOURCE).ok()?;
            Some(if is_apop { Auth::Apop } else { Auth::Password })
        }
        Protocol::Imap => {
            let methods = look.text(own, IMAP_METHODS).unwrap_or_default();
            let has = |method: &str| methods.split(' ').any(|known| known == method);
            let only_cram = has("CRAM-MD5") && !has("LOGIN");
            Some(if only_cram { Auth::EncryptedPassword } else { Auth::Password })
        }
        Protocol::Other => None,
    }
}
