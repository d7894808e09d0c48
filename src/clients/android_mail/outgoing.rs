//! The rules for an SMTP server of Android's mail apps: does it authenticate, on which port, with which encryption.
//!
//! AOSP, packages/apps/Email, branch marshmallow-release: emailcommon/…/HostAuth.java (flags, port), SmtpSender.java (when
//! it authenticates), MailTransport.java (encryption). The flags are the same from Android 2.0 to 8.

use crate::clients::look::{Look, Unclear};
use crate::clients::parts::Parts;
use crate::clients::settings::Settings;
use crate::model::{
    Auth, Confidence, Credentials, DefaultValue, LogOnFirst, Note, Outgoing, Port, Security, Text,
};
use std::collections::BTreeSet;

const HOST_AUTH: &str = "AOSP, packages/apps/Email: HostAuth.java";

const SSL: i64 = 0x01;
const TLS: i64 = 0x02;
const AUTHENTICATE: i64 = 0x04;
const OAUTH: i64 = 0x10;
/// The flags with their names; `TRUST_ALL` accepts any certificate.
const FLAGS: [(i64, &str); 5] =
    [(SSL, "SSL"), (TLS, "TLS"), (AUTHENTICATE, "AUTHENTICATE"), (0x08, "TRUST_ALL"), (OAUTH, "OAUTH")];

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
    let host = look.needed_text(server, "address");
    let flags = look.number(server, "flags", 0, HOST_AUTH);
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
        outgoing: parts.assemble(),
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
    let token = if knows_oauth { look.number(server, "credentialKey", -1, HOST_AUTH)? } else { -1 };
    let login = look.needed_text(server, "login")?;
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
    match server.peek_number("port") {
        Some(-1 | 0) => {
            look.record(server, "port", Some(DefaultValue { value: default.to_string(), source: HOST_AUTH }));
            Ok(Port::Default(default))
        }
        _ => look.port(server, "port", default, HOST_AUTH),
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

/// The number with the names of its flags, for the evidence.
pub(super) fn show_flags(flags: i64) -> String {
    let names: Vec<&str> =
        FLAGS.iter().filter(|(flag, _)| flags & flag != 0).map(|(_, name)| *name).collect();
    if names.is_empty() { flags.to_string() } else { format!("{flags} ({})", names.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clients::settings::Setting;

    fn judge(flags: i64, login: &str, credential: i64) -> (Outgoing, usize) {
        let mut entries = vec![Setting::text("address", "smtp.example.jp"), Setting::number("flags", flags)];
        entries.push(Setting::number("credentialKey", credential));
        if !login.is_empty() {
            entries.push(Setting::text("login", login));
        }
        let server = Settings { place: "here".into(), entries, ..Settings::default() };
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

    #[test]
    fn flags_are_shown_with_their_names() {
        for (flags, shown) in
            [(0, "0"), (5, "5 (SSL, AUTHENTICATE)"), (0x1A, "26 (TLS, TRUST_ALL, OAUTH)"), (64, "64")]
        {
            assert_eq!(show_flags(flags), shown);
        }
    }
}
