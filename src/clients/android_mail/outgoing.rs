//! The rules for an SMTP server of Android's mail apps: does it authenticate, on which port, with which encryption.
//!
//! AOSP, packages/apps/Email, branch marshmallow-release: emailcommon/…/HostAuth.java (flags, port), SmtpSender.java (when
//! it authenticates), MailTransport.java (encryption). The flags are the same from Android 2.0 to 8.

use super::settings::{
    ADDRESS, AUTHENTICATE, CREDENTIAL_KEY, HOST_AUTH_JAVA, LOGIN, OAUTH, SERVER_FLAGS, SERVER_PORT, SSL, TLS,
};
use crate::clients::look::{Look, Unclear};
use crate::clients::parts::Parts;
use crate::clients::settings::Settings;
use crate::model::{
    Auth, Confidence, Credentials, DefaultValue, LogOnFirst, Note, Outgoing, Port, Security, Text,
};
use std::collections::BTreeSet;

/// The switch of the dialog and the user name contradict each other; the sender looks at the user name only.
const INCONSISTENT: Note = Note::Other(
    "login-inconsistent",
    Text::fixed(
        "[ログインが必要] の設定とユーザー名の有無が一致しません。送信時に使われるユーザー名のほうで判断しました。画面でも確認してください。",
        "The switch [Require signin] and the user name contradict each other; judged by the user name, which is what counts when it sends. Look at the dialog, too.",
    ),
);
const NO_TOKEN: Note = Note::MaybeOAuth;

/// What an SMTP server is worth.
#[derive(Debug)]
pub(super) struct Judged {
    pub outgoing: Outgoing,
    /// Lower than that of the app, if it is.
    pub confidence: Option<Confidence>,
    pub notes: Vec<Note>,
}

impl Judged {
    pub(super) fn plain(outgoing: Outgoing) -> Self {
        Self { outgoing, confidence: None, notes: Vec::new() }
    }
}

/// Judges a row of `HostAuth` whose protocol is SMTP.
pub(super) fn read(
    server: &Settings,
    knows_oauth: bool,
    credentials: &BTreeSet<i64>,
    look: &mut Look,
) -> Judged {
    let host = look.needed_text(server, ADDRESS);
    let flags = look.number(server, SERVER_FLAGS, 0, HOST_AUTH_JAVA);
    let security = flags.clone().map(security_of);
    let port = read_port(server, security.as_ref().ok().copied().unwrap_or(Security::Plain), look);
    let mut note = None;
    let auth = flags.and_then(|flags| {
        let (auth, doubt) = authentication(server, flags, knows_oauth, credentials, look)?;
        note = doubt;
        Ok((auth, (auth == Auth::Password).then_some(Credentials::Own)))
    });
    let parts = Parts { host, port, security, auth, log_on_first: Ok(LogOnFirst::Off) };
    Judged {
        outgoing: parts.assemble(look),
        confidence: note.is_some().then_some(Confidence::Inferred),
        notes: note.into_iter().collect(),
    }
}

/// OAuth if there is a token, else a password if there is a user name, else nothing at all (SmtpSender.open).
fn authentication(
    server: &Settings,
    flags: i64,
    knows_oauth: bool,
    credentials: &BTreeSet<i64>,
    look: &mut Look,
) -> Result<(Auth, Option<Note>), Unclear> {
    let token = if knows_oauth { look.number(server, CREDENTIAL_KEY, -1, HOST_AUTH_JAVA)? } else { -1 };
    let login = look.needed_text(server, LOGIN)?;
    if credentials.contains(&token) {
        return Ok((Auth::OAuth2, None));
    }
    if flags & OAUTH != 0 {
        // The token is gone: the app will ask for it again.
        return Ok((Auth::OAuth2, Some(NO_TOKEN)));
    }
    let doubt = (login.is_some() != (flags & AUTHENTICATE != 0)).then_some(INCONSISTENT);
    Ok((if login.is_some() { Auth::Password } else { Auth::None }, doubt))
}

/// -1 is `PORT_UNKNOWN`, and NULL reads as 0. The dialog itself writes the default's number.
fn read_port(server: &Settings, security: Security, look: &mut Look) -> Result<Port, Unclear> {
    let default = if security == Security::Tls { 465 } else { 587 };
    match server.peek_number(SERVER_PORT) {
        Some(-1 | 0) => {
            look.record(
                server,
                SERVER_PORT,
                Some(DefaultValue { value: default.to_string(), source: HOST_AUTH_JAVA }),
            );
            Ok(Port::Default(default))
        }
        _ => look.port(server, SERVER_PORT, default, HOST_AUTH_JAVA),
    }
}

/// TLS from the start wins over STARTTLS (MailTransport.open).
pub(super) fn security_of(flags: i64) -> Security {
    if flags & SSL != 0 {
        Security::Tls
    } else if flags & TLS != 0 {
        Security::StartTls
    } else {
        Security::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::super::settings::HOST_AUTH;
    use super::*;
    use crate::clients::settings::Stored;
    use crate::formats::facts::{Fact, Spelling};

    fn judge(flags: i64, login: &str, credential: i64) -> (Outgoing, usize) {
        let mut stored: Vec<(&Fact, Stored)> = vec![
            (&ADDRESS, Stored::Text("smtp.example.jp")),
            (&SERVER_FLAGS, Stored::Number(flags)),
            (&CREDENTIAL_KEY, Stored::Number(credential)),
        ];
        if !login.is_empty() {
            stored.push((&LOGIN, Stored::Text(login)));
        }
        let stored = stored.into_iter().map(|(fact, value)| (fact.name, value));
        let server = Settings::of("here", HOST_AUTH.columns, Spelling::AsIs, stored);
        let judged = read(&server, true, &BTreeSet::from([7]), &mut Look::default());
        (judged.outgoing, judged.notes.len())
    }

    #[test]
    fn all_flags() {
        for (flags, login, credential, auth, security, port, doubts) in [
            (0, "", -1, Auth::None, Security::Plain, 587, 0),
            (1, "", -1, Auth::None, Security::Tls, 465, 0),
            (2, "", -1, Auth::None, Security::StartTls, 587, 0),
            (3, "", -1, Auth::None, Security::Tls, 465, 0),
            (4, "u", -1, Auth::Password, Security::Plain, 587, 0),
            (5, "u", -1, Auth::Password, Security::Tls, 465, 0),
            (6, "u", -1, Auth::Password, Security::StartTls, 587, 0),
            (9, "", -1, Auth::None, Security::Tls, 465, 0),
            (10, "", -1, Auth::None, Security::StartTls, 587, 0),
            (13, "u", -1, Auth::Password, Security::Tls, 465, 0),
            (14, "u", -1, Auth::Password, Security::StartTls, 587, 0),
            (4, "", -1, Auth::None, Security::Plain, 587, 1),
            (4, " ", -1, Auth::None, Security::Plain, 587, 1),
            (0, "u", -1, Auth::Password, Security::Plain, 587, 1),
            (0x15, "u", 7, Auth::OAuth2, Security::Tls, 465, 0),
            (0x05, "u", 7, Auth::OAuth2, Security::Tls, 465, 0),
            (0x15, "u", 8, Auth::OAuth2, Security::Tls, 465, 1),
            (0x05, "u", 8, Auth::Password, Security::Tls, 465, 0),
        ] {
            let (outgoing, notes) = judge(flags, login, credential);
            let Outgoing::Smtp(smtp) = outgoing else { unreachable!("{flags} {outgoing:?}") };
            assert_eq!(
                (smtp.auth, smtp.security, smtp.port, notes),
                (auth, security, Port::Default(port), doubts),
                "{flags} {login} {credential}"
            );
        }
    }
}
