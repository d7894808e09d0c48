//! How prefs.js is changed: the settings of an outgoing server, and their statements.

use super::prefs_js::{lex, name};
use super::settings::{
    SMTP_AUTH, SMTP_HOST, SMTP_OLD_AUTH, SMTP_PORT, SMTP_SECURE_AUTH, SMTP_SECURITY, SMTP_USER,
};
use crate::clients::changing::{Seen, by_hand, method, security, then};
use crate::formats::edit::{Coding, Format, Spot, Unfit, line_around};
use crate::formats::facts::{Fact, Spelling};
use crate::formats::kinds::is_stand_in;
use crate::model::{Account, Aspect, Auth, Edit, Security, Text, ToSet};
use std::ops::Range;

/// The statements of prefs.js; a string's quotes are no part of its value.
pub(super) const FORMAT: Format = Format { coding: Coding::Bytes, find, line };

/// What each thing to be set is in prefs.js (the numbers: comm-central mailnews/base/public/MailNewsTypes2.idl).
pub(super) fn edits(account: &Account, to_set: &[ToSet]) -> Result<Vec<Edit>, Text> {
    let key = account.evidence.iter().find_map(|seen| SMTP_HOST.key(&seen.setting));
    let key = key.ok_or_else(|| by_hand(Aspect::Host))?;
    let is_old =
        |fact: &Fact| account.evidence.iter().any(|seen| seen.value.is_some() && fact.is(&seen.setting));
    if is_old(&SMTP_OLD_AUTH) || is_old(&SMTP_SECURE_AUTH) {
        return Err(Text::fixed(
            "古いバージョンの設定 (auth_method) が残っていて、どちらが効くかが版によります",
            "settings of an old version (auth_method) are left: which ones count depends on the version",
        ));
    }
    let mut seen = Seen::new(account, Spelling::Keyed(key.to_owned()));
    let user = seen.value(&SMTP_USER).filter(|user| !user.is_empty() && !is_stand_in(user));
    for set in to_set {
        match set.setting {
            Aspect::Host => seen.set(&SMTP_HOST, then(set)?)?,
            Aspect::Port => seen.set(&SMTP_PORT, then(set)?)?,
            Aspect::Security => {
                let number = match security(set)? {
                    Security::Tls => "3",
                    Security::StartTls => "2",
                    Security::Plain | Security::Auto => "0",
                };
                seen.set(&SMTP_SECURITY, number)?;
            }
            Aspect::Auth if user.is_none() => return Err(by_hand(Aspect::User)),
            Aspect::Auth => {
                let number = match method(set)? {
                    Auth::Password => "3",
                    Auth::EncryptedPassword => "4",
                    Auth::Kerberos => "5",
                    Auth::Spa => "6",
                    _ => return Err(by_hand(Aspect::Auth)),
                };
                seen.set(&SMTP_AUTH, number)?;
            }
            Aspect::User if is_user(account, user, then(set)?) => {}
            Aspect::User | Aspect::LogOnFirst | Aspect::Protocol => return Err(by_hand(set.setting)),
        }
    }
    Ok(seen.done())
}

/// True if the name that is stored is the one that the provider wants.
fn is_user(account: &Account, user: Option<&str>, wanted: &str) -> bool {
    let mut addresses = account.addresses.iter();
    let is_so = |address: &String| match wanted {
        "address" => user == Some(address),
        "local-part" => user == address.split('@').next(),
        _ => false,
    };
    account.addresses.len() == 1 && addresses.all(is_so)
}

fn line(name: &str, value: &str) -> String {
    // Of what is written only servers are texts, and in those nothing has to be escaped.
    let is_bare = value.parse::<i32>().is_ok() || matches!(value, "true" | "false");
    if is_bare {
        format!("user_pref(\"{name}\", {value});")
    } else {
        format!("user_pref(\"{name}\", \"{value}\");")
    }
}

/// Where a statement stands; one that is not there belongs before the first one of the same server.
fn find(bytes: &[u8], _: &str, wanted: &str) -> Result<Spot, Unfit> {
    if bytes.contains(&0) {
        return Err(Unfit::Damaged);
    }
    let group = wanted.rfind('.').and_then(|at| wanted.get(..=at)).ok_or(Unfit::NoSection)?;
    let (mut found, mut sibling) = (None, None);
    for entry in lex(bytes) {
        let entry = entry.map_err(|_| Unfit::Damaged)?;
        let name = name(bytes, &entry);
        if name == wanted {
            // A default in a user's file, or a second value: the program would make one of them.
            if found.is_some() || !entry.is_user {
                return Err(Unfit::Twice);
            }
            found = Some(entry);
        } else if sibling.is_none() && entry.is_user && name.starts_with(group) {
            sibling = Some(entry);
        }
    }
    match (found, sibling) {
        (Some(entry), _) => {
            let line = own_line(bytes, &(entry.name.start..entry.value.end));
            let quoted = bytes.get(entry.value.clone()).unwrap_or_default();
            let is_text = matches!(quoted, [b'"', .., b'"'] | [b'\'', .., b'\'']);
            let value = if is_text { entry.value.start + 1..entry.value.end - 1 } else { entry.value };
            Ok(Spot::At { value, line })
        }
        (None, Some(entry)) => {
            let line = own_line(bytes, &(entry.name.start..entry.value.end));
            line.map(|line| Spot::Missing(line.start)).ok_or(Unfit::Unusual)
        }
        (None, None) => Err(Unfit::NoSection),
    }
}

/// The line of a statement, if it holds nothing else, as the program itself writes it.
fn own_line(bytes: &[u8], statement: &Range<usize>) -> Option<Range<usize>> {
    let line = line_around(bytes, statement);
    let before = bytes.get(line.start..statement.start)?;
    let behind = bytes.get(statement.end..line.end)?;
    let is_alone = before == b"user_pref(\"" && behind.trim_ascii_end() == b");";
    is_alone.then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::edit::{Edit, edited};

    const FILE: &str = "// Mozilla\n\nuser_pref(\"a.b\", \"KANARIA\");\nuser_pref(\"mail.smtpserver.smtp1.authMethod\", 1);\n\
                        user_pref(\"mail.smtpserver.smtp1.hostname\", \"mail.example.jp\");\n\
                        user_pref(\"mail.smtpserver.smtp10.port\", 25);\n";

    fn change(file: &str, name: &str, old: Option<&str>, new: Option<&str>) -> Result<String, Unfit> {
        let name = format!("mail.smtpserver.smtp1.{name}");
        let edit = Edit { section: "", name: &name, old, new };
        edited(file.as_bytes(), &FORMAT, &[edit]).map(|file| String::from_utf8(file).expect("text"))
    }

    #[test]
    fn a_value_changes_and_nothing_else() {
        let changed = change(FILE, "authMethod", Some("1"), Some("3")).expect("changed");
        assert_eq!(changed, FILE.replace("authMethod\", 1", "authMethod\", 3"));
        let changed = change(FILE, "hostname", Some("mail.example.jp"), Some("smtp.example.jp"));
        assert_eq!(changed, Ok(FILE.replace("mail.example.jp", "smtp.example.jp")));
        for file in [FILE.to_owned(), FILE.replace('\n', "\r\n")] {
            let added = change(&file, "port", None, Some("587")).expect("added");
            let line = "user_pref(\"mail.smtpserver.smtp1.port\", 587);";
            assert!(added.contains(line) && added.contains("smtp10.port\", 25);"), "{added}");
            assert_eq!(added.matches('\r').count() > 0, file.contains('\r'));
            assert_eq!(change(&added, "port", Some("587"), None).as_deref(), Ok(file.as_str()));
        }
    }

    #[test]
    fn what_is_not_certain_is_not_changed() {
        let twice = FILE.to_owned() + "user_pref(\"mail.smtpserver.smtp1.authMethod\", 3);\n";
        let default = FILE.to_owned() + "pref(\"mail.smtpserver.smtp1.authMethod\", 3);\n";
        let broken = FILE.to_owned() + "user_pref(\"x\" 1);\n";
        let plus = FILE.replace(", 1)", ", +1)");
        let nul = FILE.to_owned() + "\0";
        for (file, expected) in [
            (twice, Unfit::Twice),
            (default, Unfit::Twice),
            (broken, Unfit::Damaged),
            (plus, Unfit::NotAsRead),
            (nul, Unfit::Damaged),
            ("user_pref(\"a\", 1);\n".to_owned(), Unfit::NoSection),
        ] {
            assert_eq!(change(&file, "authMethod", Some("1"), Some("3")), Err(expected), "{file}");
        }
        // Not a line of its own: nothing is put before it.
        let joined =
            FILE.replace(");\nuser_pref(\"mail.smtpserver.smtp1.a", "); user_pref(\"mail.smtpserver.smtp1.a");
        assert_eq!(change(&joined, "port", None, Some("587")), Err(Unfit::Unusual));
        assert!(change(&joined, "authMethod", Some("1"), Some("3")).is_ok());
    }
}
