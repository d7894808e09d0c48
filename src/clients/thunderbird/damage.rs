//! Whether a preferences file lost something that matters here.
//!
//! Thunderbird drops a statement that it can't read and goes on, so the values that are left are those that it uses. A
//! generated file may hold such statements on purpose (home-manager writes `null` for settings of the calendar): that
//! is no damage. It is, where a setting of mail is lost, where the file ends in the middle of a statement, and where
//! it holds NUL bytes, which a crash of Windows leaves.

use super::pref::known;
use super::prefs_js::{Prefs, USER_PREF, lex, name};
use super::settings::OF_MAIL;
use crate::formats::kinds;
use crate::model::Text;
use std::collections::HashSet;

/// What is wrong with the file, if anything.
pub(super) fn damage(bytes: &[u8], prefs: &Prefs) -> Option<Text> {
    if let Some(at) = memchr::memchr(0, bytes) {
        let line = line_at(bytes, at);
        return Some(Text::new(
            format!("{line} 行目に NUL 文字があり、そこから後は読まれません"),
            format!("line {line} holds a NUL character, and nothing after it is read"),
        ));
    }
    if prefs.dropped == 0 {
        return None;
    }
    let text = String::from_utf8_lossy(bytes);
    let end = text.trim_end();
    let is_cut = !end.ends_with(';') && !end.ends_with("*/") && !last_line(end).starts_with(['/', '#']);
    if is_cut {
        let line = end.lines().count();
        return Some(Text::new(
            format!("{line} 行目の途中で終わっています"),
            format!("it ends in the middle of line {line}"),
        ));
    }
    let entries = lex(bytes).filter_map(Result::ok).filter(|entry| entry.is_user);
    let read: HashSet<_> = entries.map(|entry| name(bytes, &entry)).collect();
    let lost = text.lines().zip(1..).find_map(|(line, number)| {
        let name = mail_setting(line)?;
        let is_lost = if name.is_empty() {
            lex(line.as_bytes()).any(|entry| entry.is_err())
        } else {
            !read.contains(name)
        };
        is_lost.then_some((number, name))
    });
    let (line, name) = lost?;
    let shown = known(name).map_or_else(|| kinds::name(name), |(_, shown)| shown);
    let (ja, en) = if shown == name && !name.is_empty() { (name, name) } else { ("設定", "the setting") };
    Some(Text::new(
        format!("{line} 行目の {ja} は文法の誤りのため無効で、メールソフトもこの行を無視します"),
        format!("{en} in line {line} is lost by an error of grammar; the mail program ignores it, too"),
    ))
}

/// The name in a line that begins with `user_pref("mail.x",`; empty if it begins with a setting of mail whose name
/// does not end as it should: what follows may then be a value, and a value may be a password.
fn mail_setting(line: &str) -> Option<&str> {
    let rest = line
        .trim_start()
        .strip_prefix(std::str::from_utf8(USER_PREF).ok()?)?
        .trim_start()
        .strip_prefix('(')?
        .trim_start();
    let quote = rest.chars().next().filter(|c| *c == '"' || *c == '\'')?;
    let rest = rest.get(1..).filter(|rest| rest.starts_with(OF_MAIL))?;
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let (name, rest) = rest.split_at_checked(rest.find(|c| !is_part(c)).unwrap_or(rest.len()))?;
    let ends_well = rest.strip_prefix(quote).is_some_and(|rest| rest.trim_start().starts_with(','));
    Some(if ends_well { name } else { "" })
}

fn last_line(text: &str) -> &str {
    text.lines().next_back().unwrap_or_default().trim_start()
}

fn line_at(bytes: &[u8], at: usize) -> usize {
    bytes.iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::super::prefs_js::parse;
    use super::*;

    #[test]
    fn only_what_matters_is_damage() {
        let mail = "user_pref(\"mail.smtpserver.smtp1.port\", 587);\n";
        for (file, line) in [
            (format!("{mail}user_pref(\"x\", null);\nuser_pref(\"y\", {{\"a\":[1]}});\n"), None),
            (format!("// header\n{mail}"), None),
            (String::new(), None),
            (format!("user_pref(\"mail.x\", 1)\n{mail}{mail}"), Some("mail.x in line 1")),
            (format!("user_pref(\"x\", 1)\n{mail}"), Some("port in line 2")),
            (format!("{mail}user_pref('mail.y', \"bad \\t escape\");\n"), Some("mail.y in line 2")),
            (format!("{mail}user_pref(\"calendar.x"), Some("middle of line 2")),
            (format!("{mail}user_pref(\"mail.smtpserver.smtp1.use"), Some("middle of line 2")),
            (format!("{mail}\0\0\0"), Some("line 2 holds a NUL")),
            (format!("{mail}user_pref(\"x\", null);\n# comment"), None),
        ] {
            let found = damage(file.as_bytes(), &parse(file.as_bytes())).map(|text| text.en);
            match line {
                None => assert_eq!(found, None, "{file}"),
                Some(line) => assert!(found.as_ref().is_some_and(|f| f.contains(line)), "{file}: {found:?}"),
            }
        }
    }
    #[test]
    fn only_a_whole_name_is_told() {
        let mail = "user_pref(\"mail.smtpserver.smtp1.port\", 587);\n";
        for line in [
            r#"user_pref("mail.smtpserver.smtp1.password','CANARYD');"#,
            r#"user_pref("mail.smtpserver.smtp1.password, CANARYD);"#,
            r#"user_pref('mail.smtpserver.smtp1.password", "CANARYD");"#,
            r#"user_pref("mail.smtpserver.smtp1.password" "CANARYD");"#,
            r#"user_pref("mail.smtpserver.smtp1.password"CANARYD);"#,
            r#"user_pref("mail.smtpserver.smtp1.password=CANARYD", 1, 2);"#,
            r#"user_pref("mail.smtpserver.smtp1.pass\tCANARYD", 1);"#,
            "user_pref( 'mail.smtpserver.smtp1.password\u{3000}CANARYD",
            r#"user_pref("mail.smtpserver.smtp1.password CANARYD"); user_pref("mail.x", 1);"#,
        ] {
            let file = format!("{mail}{line}\nuser_pref(\"z\", 1);\n");
            let text = damage(file.as_bytes(), &parse(file.as_bytes())).unwrap();
            assert!(
                text.en.contains("line 2") || text.en.contains("middle of line 3"),
                "{line}: {}",
                text.en
            );
            assert!(!format!("{text:?}").contains("CANARY"), "{line}: {}", text.en);
        }
        let secret = [mail, r#"user_pref("mail.smtpserver.smtp1.password", "CANARYD\t");"#].concat();
        let text = damage(secret.as_bytes(), &parse(secret.as_bytes())).unwrap();
        assert!(text.en.starts_with("the setting in line 2"), "{}", text.en);
        assert!(!format!("{text:?}").contains("CANARY"));
    }

    #[test]
    fn an_odd_name_that_is_read_is_not_lost() {
        let file = "user_pref(\"mail.tag \u{65e5}\", 1);\nuser_pref(\"x\", null);\n";
        assert_eq!(damage(file.as_bytes(), &parse(file.as_bytes())), None);
    }
}
