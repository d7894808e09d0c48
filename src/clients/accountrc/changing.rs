//! How an accountrc is changed: its settings for sending, and its lines.

use super::settings::{
    POP_BEFORE_SMTP, SET_SMTPPORT, SMTP_AUTH_METHOD, SMTP_PORT, SMTP_SERVER, SMTP_USER_ID, SSL_SMTP,
    USE_SMTP_AUTH,
};
use crate::clients::changing::{Seen, by_hand, method, security, then};
use crate::formats::edit::{Coding, Format, Spot, Unfit, line_around};
use crate::formats::facts::Spelling;
use crate::formats::ini_lexer::{self, BLOCKS};
use crate::model::{Account, Aspect, Auth, Edit, Security, Text, ToSet};

/// The lines of an accountrc.
pub(in crate::clients) const FORMAT: Format =
    Format { coding: Coding::Bytes, find, line: |name, value| format!("{name}={value}") };

/// What each thing to be set is in an accountrc (the numbers: sylpheed libsylph/prefs_account.h and smtp.h, claws-mail
/// src/common/ssl.h and smtp.h).
pub(in crate::clients) fn edits(account: &Account, to_set: &[ToSet]) -> Result<Vec<Edit>, Text> {
    let mut seen = Seen::new(account, Spelling::AsIs);
    for set in to_set {
        match set.setting {
            Aspect::Host => seen.set(&SMTP_SERVER, then(set)?)?,
            Aspect::Port => {
                seen.set(&SET_SMTPPORT, "1")?;
                seen.set(&SMTP_PORT, then(set)?)?;
            }
            Aspect::Security => {
                let number = match security(set)? {
                    Security::Tls => "1",
                    Security::StartTls => "2",
                    Security::Plain | Security::Auto => "0",
                };
                seen.set(&SSL_SMTP, number)?;
            }
            Aspect::Auth => {
                seen.set(&USE_SMTP_AUTH, "1")?;
                match method(set)? {
                    // 0 takes what the server offers; LOGIN, 1 and 8 or 16 for PLAIN, are as good.
                    Auth::Password if matches!(seen.value(&SMTP_AUTH_METHOD), None | Some("0" | "1")) => {}
                    Auth::Password => seen.set(&SMTP_AUTH_METHOD, "0")?,
                    Auth::EncryptedPassword => seen.set(&SMTP_AUTH_METHOD, "2")?,
                    _ => return Err(by_hand(Aspect::Auth)),
                }
            }
            Aspect::LogOnFirst => seen.set(&POP_BEFORE_SMTP, "0")?,
            // Without a name of its own, that for receiving is used.
            Aspect::User if then(set)? == "same-as-incoming" && is_own_user_empty(&seen) => {}
            Aspect::User | Aspect::Protocol => return Err(by_hand(set.setting)),
        }
    }
    Ok(seen.done())
}

fn is_own_user_empty(seen: &Seen<'_>) -> bool {
    seen.value(&SMTP_USER_ID).is_none_or(str::is_empty)
}

/// Where a line stands. Of two blocks of one name, or two lines in one, it would depend on the program which counts.
fn find(bytes: &[u8], section: &str, name: &str) -> Result<Spot, Unfit> {
    let text = std::str::from_utf8(bytes).map_err(|_| Unfit::Unusual)?;
    if text.contains('\0') {
        return Err(Unfit::Damaged);
    }
    let slice = |range: &std::ops::Range<usize>| text.get(range.clone()).unwrap_or_default();
    let sections = ini_lexer::lex(text, &BLOCKS);
    let mut fitting = sections.iter().skip(1).filter(|found| slice(&found.name) == section);
    let found = fitting.next().ok_or(Unfit::NoSection)?;
    let mut entries = found.entries.iter().filter(|entry| slice(&entry.name) == name);
    match (entries.next(), entries.next(), fitting.next()) {
        (_, _, Some(_)) | (_, Some(_), _) => Err(Unfit::Twice),
        (Some(entry), None, None) => {
            let line = line_around(bytes, &(entry.name.start..entry.value.end));
            Ok(Spot::At { value: entry.value.clone(), line: Some(line) })
        }
        (None, None, None) => {
            let last = found.entries.last().ok_or(Unfit::Unusual)?;
            Ok(Spot::Missing(line_around(bytes, &(last.name.start..last.value.end)).start))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::edit::{Edit, edited};

    fn change(file: &str, name: &str, old: Option<&str>, new: Option<&str>) -> Result<String, Unfit> {
        let edit = Edit { section: "Account: 1", name, old, new };
        edited(file.as_bytes(), &FORMAT, &[edit]).map(|file| String::from_utf8(file).expect("text"))
    }

    #[test]
    fn a_line_changes_in_its_own_block_alone() {
        let file = "[Account: 2]\nsmtp_port=25\n[Account: 1]\npassword=KANARIA\nsmtp_port=25\r\nx\n";
        let changed = change(file, "smtp_port", Some("25"), Some("587"));
        assert_eq!(
            changed.as_deref(),
            Ok("[Account: 2]\nsmtp_port=25\n[Account: 1]\npassword=KANARIA\nsmtp_port=587\r\nx\n")
        );
        let added = change(file, "ssl_smtp", None, Some("2")).expect("added");
        assert_eq!(added.replace("ssl_smtp=2\r\n", ""), file);
        assert_eq!(change(&added, "ssl_smtp", Some("2"), None).as_deref(), Ok(file));
    }

    #[test]
    fn what_is_not_certain_is_not_changed() {
        let name = change("[Account: 1]\na=1\n", "b=1\nc", None, Some("2"));
        assert_eq!(name, Err(Unfit::Unusual), "a name with a line's end in it (found by fuzzing)");
        for (file, expected) in [
            ("[Account: 1]\nsmtp_port=25\n[Account: 1]\na=1\n", Unfit::Twice),
            ("[Account: 1]\nsmtp_port=25\nsmtp_port=25\n", Unfit::Twice),
            ("[Account: 3]\nsmtp_port=25\n", Unfit::NoSection),
            ("[Account: 1]\nsmtp_port= 25\n", Unfit::NotAsRead),
            ("[Account: 1]\nSMTP_PORT=25\n", Unfit::NotAsRead),
            ("[Account: 1]\nsmtp_port=25\n\0", Unfit::Damaged),
        ] {
            assert_eq!(change(file, "smtp_port", Some("25"), Some("587")), Err(expected), "{file:?}");
        }
        assert_eq!(
            edited(b"[Account: 1]\nsmtp_port=25\nname=\xE9\n", &FORMAT, &[]).map(|file| file.len()),
            Ok(33)
        );
    }
}
