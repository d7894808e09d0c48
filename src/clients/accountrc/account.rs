//! One account of an accountrc, with all defaults resolved.
//!
//! What the programs do with each setting: sylpheed src/send_message.c (send_message_smtp) and libsylph/smtp.c,
//! claws-mail src/send_message.c (send_message_smtp_full) and src/common/smtp.c; seen on the wire, docs/wire.md.

use super::settings::{
    ACCOUNT_NAME, ADDRESS, IMAP_AUTH_METHOD, IMAP_PORT, PASSWORD, POP_BEFORE_SMTP, POP_PORT, RECEIVE_SERVER,
    SET_IMAPPORT, SET_POPPORT, SET_SMTPPORT, SMTP_AUTH_METHOD, SMTP_PORT, SMTP_SERVER, SMTP_USER_ID,
    SSL_IMAP, SSL_POP, SSL_SMTP, USE_SMTP_AUTH, USER_ID,
};
use super::{Defaults, Kind, Program};
use crate::clients::look::{Look, Unclear};
use crate::clients::parts::Parts;
use crate::clients::settings::Settings;
use crate::formats::facts::Fact;
use crate::formats::ini::unquote;
use crate::model::{
    Account, Auth, Credentials, Incoming, LogOnFirst, Note, Outgoing, Port, Protocol, Security, Text,
};

const NO_USER: Note = Note::Other(
    "authentication-without-user",
    Text::fixed(
        "[SMTP認証 (SMTP AUTH)] は選ばれていますが、ユーザーIDがないため、認証せずに送信されます。",
        "SMTP authentication is ticked, but there is no user ID: mail is sent without it.",
    ),
);

const STARTTLS_IF_NEEDED: Note = Note::Other(
    "starttls-if-needed",
    Text::fixed(
        "暗号化なしでは認証できないサーバーに対しては、自動で STARTTLS を使います。",
        "It turns to STARTTLS by itself where the server allows authentication only then.",
    ),
);

/// Reads one account; `None` if it is one for news, or one that neither receives nor sends.
pub(super) fn read_account(
    program: &Program,
    settings: &Settings,
    common: &Settings,
) -> Option<(Account, Look)> {
    let mut look = Look::default();
    let kind = (program.kind)(settings, common, &mut look);
    if kind == Ok(Kind::News) || (kind == Ok(Kind::Local) && settings.peek_text(SMTP_SERVER).is_none()) {
        return None;
    }
    let defaults = (program.defaults)(settings, common, &mut look);
    let mut notes = Vec::new();
    let outgoing = match (program.command)(settings, common, &mut look) {
        Some(command) => Outgoing::Program(unquote(&command).to_owned()),
        None => read_outgoing(program, settings, &kind, defaults, &mut look, &mut notes),
    };
    let (incoming, name, address) = look.aside(|look| {
        let incoming = read_incoming(program, settings, &kind, defaults, look);
        (incoming, look.text(settings, ACCOUNT_NAME), look.text(settings, ADDRESS))
    });
    let has_password = look.aside(|look| has_password(program, settings, look));
    // With a name of its own it does not take the password for receiving (src/send_message.c of both).
    let is_own = settings.peek_text(SMTP_USER_ID).is_some();
    let account = Account {
        has_incoming_password: has_password.filter(|_| !is_own),
        name: name.or_else(|| address.clone()).unwrap_or_default(),
        addresses: address.into_iter().collect(),
        incoming,
        notes,
        ..Account::new(program.client, program.name, program.client, outgoing)
    };
    Some((account, look))
}

/// Where the program keeps it elsewhere, only its presence here tells.
fn has_password(program: &Program, settings: &Settings, look: &mut Look) -> Option<bool> {
    let is_here = settings.has(PASSWORD);
    if is_here || program.keeps_passwords {
        look.record(settings, PASSWORD, None);
    }
    (is_here || program.keeps_passwords).then_some(is_here)
}

fn read_outgoing(
    program: &Program,
    settings: &Settings,
    kind: &Result<Kind, Unclear>,
    defaults: Defaults,
    look: &mut Look,
    notes: &mut Vec<Note>,
) -> Outgoing {
    let host = look.needed_text(settings, SMTP_SERVER);
    let auth = authentication(program, settings, defaults, look, notes);
    let log_on_first = log_on_first(settings, kind, defaults, look);
    let security = security(settings, SSL_SMTP, defaults, look);
    let port = port(settings, &security, defaults, look, notes);
    if program.turns_to_starttls
        && security == Ok(Security::Plain)
        && auth.as_ref().is_ok_and(|(auth, _)| *auth != Auth::None)
    {
        notes.push(STARTTLS_IF_NEEDED);
    }
    Parts { host, port, security, auth, log_on_first }.assemble(look)
}

/// Without a name of its own the account's is used; in Sylpheed's eyes no name at all means no authentication.
fn authentication(
    program: &Program,
    settings: &Settings,
    defaults: Defaults,
    look: &mut Look,
    notes: &mut Vec<Note>,
) -> Result<(Auth, Option<Credentials>), Unclear> {
    if look.number(settings, USE_SMTP_AUTH, defaults.use_smtp_auth, defaults.source)? == 0 {
        // What would be used if it were turned on.
        look.aside(|look| {
            for fact in [SMTP_USER_ID, USER_ID, SMTP_AUTH_METHOD] {
                look.record(settings, fact, None);
            }
        });
        return Ok((Auth::None, None));
    }
    let credentials = if look.text(settings, SMTP_USER_ID).is_some() {
        Credentials::Own
    } else {
        look.record(settings, USER_ID, None);
        let is_empty = settings.has(USER_ID) && settings.peek_text(USER_ID).is_none();
        if is_empty && !program.takes_empty_user {
            notes.push(NO_USER);
            return Ok((Auth::None, None));
        }
        Credentials::SameAsIncoming
    };
    let method = look.number(settings, SMTP_AUTH_METHOD, 0, defaults.source)?;
    let known = program.methods.iter().find(|(number, _)| *number == method);
    known.map(|(_, auth)| (*auth, Some(credentials))).ok_or_else(|| Look::unknown(settings, SMTP_AUTH_METHOD))
}

/// The box counts for POP accounts only.
fn log_on_first(
    settings: &Settings,
    kind: &Result<Kind, Unclear>,
    defaults: Defaults,
    look: &mut Look,
) -> Result<LogOnFirst, Unclear> {
    if !look.switch(settings, POP_BEFORE_SMTP, defaults.source)? {
        return Ok(LogOnFirst::Off);
    }
    match kind {
        Ok(Kind::Pop3) => Ok(LogOnFirst::On),
        Ok(_) => Ok(LogOnFirst::WithoutEffect),
        Err(unclear) => Err(unclear.clone()),
    }
}

fn security(
    settings: &Settings,
    name: Fact,
    defaults: Defaults,
    look: &mut Look,
) -> Result<Security, Unclear> {
    match look.number(settings, name, defaults.ssl, defaults.source)? {
        0 => Ok(Security::Plain),
        1 => Ok(Security::Tls),
        2 => Ok(Security::StartTls),
        _ => Err(Look::unknown(settings, name)),
    }
}

/// The number counts only if its box is ticked.
fn port(
    settings: &Settings,
    security: &Result<Security, Unclear>,
    defaults: Defaults,
    look: &mut Look,
    notes: &mut Vec<Note>,
) -> Result<Port, Unclear> {
    if look.switch(settings, SET_SMTPPORT, defaults.source)? {
        return look.port(settings, SMTP_PORT, 25, defaults.source);
    }
    let used = match security {
        Ok(Security::Tls) => 465,
        Ok(_) => 25,
        Err(unclear) => return Err(unclear.clone()),
    };
    look.aside(|look| look.record(settings, SMTP_PORT, None));
    if settings.peek_number(SMTP_PORT).is_some_and(|stored| stored != 25 && stored != i64::from(used)) {
        notes.push(Note::Other(
            "port-without-effect",
            Text::new(
                format!("SMTP ポートの番号は入力されていますが、チェックがないため使われず、{used} で送信されます。"),
                format!("A number is entered for the SMTP port, but its box is not ticked: {used} is used."),
            ),
        ));
    }
    Ok(Port::Default(used))
}

fn read_incoming(
    program: &Program,
    settings: &Settings,
    kind: &Result<Kind, Unclear>,
    defaults: Defaults,
    look: &mut Look,
) -> Option<Incoming> {
    let (protocol, ssl, set, number) = match kind {
        Ok(Kind::Pop3 | Kind::FormerPop) => (Protocol::Pop3, SSL_POP, SET_POPPORT, POP_PORT),
        Ok(Kind::Imap) => (Protocol::Imap, SSL_IMAP, SET_IMAPPORT, IMAP_PORT),
        Ok(Kind::News | Kind::Local) => return None,
        Err(_) => {
            let host = look.text(settings, RECEIVE_SERVER);
            return Some(Incoming {
                protocol: Protocol::Other,
                host,
                port: None,
                security: None,
                auth: None,
            });
        }
    };
    let host = look.text(settings, RECEIVE_SERVER);
    let security = security(settings, ssl, defaults, look).ok();
    let usual = |security| protocol.usual_port(security);
    let plain = usual(Security::Plain).unwrap_or_default();
    let port = match look.switch(settings, set, defaults.source) {
        Ok(true) => look.port(settings, number, plain, defaults.source).ok().and_then(Port::number),
        Ok(false) => usual(security.unwrap_or(Security::Plain)),
        Err(_) => None,
    };
    let auth = if protocol == Protocol::Pop3 {
        (program.pop_auth)(settings, look)
    } else {
        let method = look.number(settings, IMAP_AUTH_METHOD, 0, defaults.source).ok();
        let known = program.imap_methods.iter().find(|(number, _)| Some(*number) == method);
        known.map(|(_, auth)| *auth)
    };
    Some(Incoming { protocol, host, port, security, auth })
}
