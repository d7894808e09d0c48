//! Whether a preferences file lost something that matters here.
//!
//! Thunderbird drops a statement that it can't read and goes on, so the values that are left are those that it uses. A
//! generated file may hold such statements on purpose (home-manager writes `null` for settings of the calendar): that
//! is no damage. It is, where a setting of mail is lost, where the file ends in the middle of a statement, and where
//! it holds NUL bytes, which a crash of Windows leaves.

use crate::formats::prefs_js::Prefs;
use crate::model::Text;

/// What is wrong with the file, if anything.
pub(super) fn damage(bytes: &[u8], prefs: &Prefs) -> Option<Text> {
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
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
    let lost = text.lines().zip(1..).find_map(|(line, number)| {
        let name = mail_setting(line)?;
        (!prefs.values.contains_key(name)).then_some((number, name))
    });
    let (line, name) = lost?;
    Some(Text::new(
        format!("{line} 行目の {name} は文法の誤りのため無効で、メールソフトもこの行を無視します"),
        format!("{name} in line {line} is lost by an error of grammar; the mail program ignores it, too"),
    ))
}

/// `mail.x` of a line that begins with `user_pref("mail.x"`.
fn mail_setting(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix("user_pref")?.trim_start().strip_prefix('(')?.trim_start();
    let quote = rest.chars().next().filter(|c| *c == '"' || *c == '\'')?;
    let name = rest.get(1..)?.split(quote).next()?;
    name.starts_with("mail.").then_some(name)
}

fn last_line(text: &str) -> &str {
    text.lines().next_back().unwrap_or_default().trim_start()
}

fn line_at(bytes: &[u8], at: usize) -> usize {
    bytes.iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::prefs_js::parse;

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
}
