//! How an account file (`.oeaccount`) is changed: the numbers of its sending, each in the one line of its element.
//!
//! Names and numbers: Microsoft's "Account Configuration" for Windows Mail (oe-account-entry, oe-smtpauthtype). Numbers are
//! written with eight digits, as the program does.

use super::account_file::lex;
use crate::clients::changing::{
    Form, Lock, Numbers, Seen, Written, by_hand, in_order, method, security, then,
};
use crate::clients::internet_mail::settings::{SMTP_PORT, SMTP_SECURE, SMTP_SERVER, SMTP_SICILY};
use crate::formats::edit::{Coding, Format, Spot, Unfit, line_around};
use crate::formats::facts::Spelling;
use crate::formats::xml::escaped;
use crate::model::{Account, Aspect, Auth, Edit, Security, Text, ToSet};
use std::ops::Range;

/// How Windows Mail's are written: not tried with the real program yet.
pub(super) const WINDOWS_MAIL: Written = Written { processes: &["winmail"], ..WINDOWS_LIVE_MAIL };
/// The same of Windows Live Mail. Whether its process for contacts holds account files is not known, so it counts.
pub(super) const WINDOWS_LIVE_MAIL: Written = Written {
    edits,
    form: Form::Text(Format { coding: Coding::Unicode, find, line }),
    numbers: Numbers::Hexadecimal,
    processes: &["wlmail", "wlcomm"],
    lock: Lock::Nothing,
    tried_on: &[],
};

/// In this order: at no moment a password would go out with less encryption than is wanted.
const ORDER: [Aspect; 4] = [Aspect::Security, Aspect::Host, Aspect::Port, Aspect::Auth];

/// What each thing to be set is in the file.
fn edits(account: &Account, to_set: &[ToSet]) -> Result<Vec<Edit>, Text> {
    let mut seen = Seen::new(account, Spelling::Underscores);
    for set in in_order(to_set, &ORDER)? {
        match set.setting {
            // One box: with it, the port tells which kind of TLS.
            Aspect::Security => match security(set)? {
                Security::Tls | Security::StartTls => seen.set(&SMTP_SECURE, "00000001")?,
                Security::Plain | Security::Auto => seen.set(&SMTP_SECURE, "00000000")?,
            },
            Aspect::Host => seen.set(&SMTP_SERVER, then(set)?)?,
            Aspect::Port => {
                let port: u16 = then(set)?.parse().map_err(|_| by_hand(Aspect::Port))?;
                seen.set(&SMTP_PORT, &format!("{port:08x}"))?;
            }
            _ => {
                let receives_by = account.incoming.as_ref().and_then(|incoming| incoming.auth);
                if method(set)? != Auth::Password || receives_by != Some(Auth::Password) {
                    return Err(by_hand(Aspect::Auth));
                }
                // SMTP_AUTH_USE_POP3ORIMAP_SETTINGS
                seen.set(&SMTP_SICILY, "00000002")?;
            }
        }
    }
    Ok(seen.done())
}

/// As the program itself writes it. Servers are the only texts.
fn line(name: &str, value: &str) -> String {
    let kind = if name == Spelling::Underscores.name(&SMTP_SERVER) { "SZ" } else { "DWORD" };
    format!("    <{name} type=\"{kind}\">{}</{name}>", escaped(value))
}

/// Where an element stands; one that is not there belongs before the end of the account.
fn find(bytes: &[u8], _: &str, name: &str) -> Result<Spot, Unfit> {
    let text = std::str::from_utf8(bytes).map_err(|_| Unfit::Unusual)?;
    let elements = lex(text).map_err(|_| Unfit::Damaged)?;
    let slice = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
    let mut found = elements.iter().filter(|element| slice(&element.name).eq_ignore_ascii_case(name));
    match (found.next(), found.next()) {
        (Some(_), Some(_)) => Err(Unfit::Twice),
        (Some(element), None) if slice(&element.name) == name => {
            let value = element.text.clone().ok_or(Unfit::Unusual)?;
            let line = own_line(text, name, &value);
            Ok(Spot::At { value, line })
        }
        (Some(_), None) => Err(Unfit::Unusual),
        (None, _) => {
            // Nothing but blanks and comments may follow: the last one is the account's own.
            let end = text.rfind("</MessageAccount>").ok_or(Unfit::Unusual)?;
            let line = line_around(bytes, &(end..end));
            let is_alone = text.get(line.start..end).is_some_and(|before| before.trim().is_empty());
            let is_last = text.get(end..).is_some_and(|rest| rest.trim_end() == "</MessageAccount>");
            if is_alone && is_last { Ok(Spot::Missing(line.start)) } else { Err(Unfit::Unusual) }
        }
    }
}

/// The line of an element, if it holds nothing else.
fn own_line(text: &str, name: &str, value: &Range<usize>) -> Option<Range<usize>> {
    let line = line_around(text.as_bytes(), value);
    let before = text.get(line.start..value.start)?.trim_start();
    let behind = text.get(value.end..line.end)?.trim_end();
    let is_tag = before.strip_prefix('<').and_then(|tag| tag.strip_prefix(name));
    let is_alone = is_tag.is_some_and(|rest| rest.ends_with('>') && rest.matches(['<', '>']).count() == 1);
    (is_alone && behind == format!("</{name}>")).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::edit::{Edit, edited};

    const FILE: &str = "<?xml version=\"1.0\" encoding=\"utf-16\" ?>\r\n<MessageAccount>\r\n    \
        <Account_Name type=\"SZ\">会社 &amp; 自宅</Account_Name>\r\n    <SMTP_Port type=\"DWORD\">00000019</SMTP_Port>\r\n    \
        <POP3_Password2 type=\"BINARY\">4B414E41524941</POP3_Password2>\r\n</MessageAccount>\r\n";

    fn change(file: &str, name: &str, old: Option<&str>, new: Option<&str>) -> Result<String, Unfit> {
        let Form::Text(format) = WINDOWS_LIVE_MAIL.form else { return Err(Unfit::Unusual) };
        let utf16 = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        let edit = Edit { section: "", name, old, new };
        let changed = edited(&utf16(&format!("\u{FEFF}{file}")), &format, &[edit])?;
        let (text, form) = crate::formats::encodings::exactly(&changed).expect("text");
        assert_eq!(form.bytes(&text), utf16(&format!("\u{FEFF}{text}")), "the mark and the encoding stay");
        Ok(text)
    }

    #[test]
    fn a_number_changes_and_nothing_else() {
        let changed = change(FILE, "SMTP_Port", Some("00000019"), Some("0000024b")).expect("changed");
        assert_eq!(changed, FILE.replace(">00000019<", ">0000024b<"));
        for file in [FILE.to_owned(), FILE.replace("\r\n", "\n")] {
            let added = change(&file, "SMTP_Use_Sicily", None, Some("00000002")).expect("added");
            let line = "    <SMTP_Use_Sicily type=\"DWORD\">00000002</SMTP_Use_Sicily>";
            let end = if file.contains('\r') { "\r\n" } else { "\n" };
            assert_eq!(
                added,
                file.replace("</MessageAccount>", &format!("{line}{end}</MessageAccount>")),
                "before the end, as the program writes it"
            );
            assert_eq!(change(&added, "SMTP_Use_Sicily", Some("00000002"), None), Ok(file));
        }
    }

    #[test]
    fn what_is_not_certain_is_not_changed() {
        let second = "<smtp_port type=\"DWORD\">1</smtp_port>\r\n</MessageAccount>";
        for (file, expected) in [
            (FILE.replace("</MessageAccount>", second), Unfit::Twice),
            (FILE.replace("SMTP_Port", "smtp_port"), Unfit::Unusual),
            (FILE.replace("00000019", "<![CDATA[00000019]]>"), Unfit::Unusual),
            (FILE.replace("00000019", " 00000019"), Unfit::NotAsRead),
            (FILE.replace("00000019", "19"), Unfit::NotAsRead),
            (FILE.replace("</SMTP_Port>", ""), Unfit::Damaged),
            (FILE.replace("MessageAccount", "Other"), Unfit::Damaged),
        ] {
            let changed = change(&file, "SMTP_Port", Some("00000019"), Some("0000024b"));
            assert_eq!(changed, Err(expected), "{file}");
        }
        let joined = FILE.replace("\r\n</MessageAccount>", "</MessageAccount>");
        let behind = FILE.replace("</MessageAccount>", "</MessageAccount><!-- </MessageAccount> -->");
        for file in [joined, behind] {
            assert_eq!(change(&file, "SMTP_Use_Sicily", None, Some("00000002")), Err(Unfit::Unusual));
        }
    }
}
