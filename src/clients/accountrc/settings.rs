//! A block of accountrc, sylpheedrc or clawsrc → settings with the values that the programs make of them.

use super::is_telling;
use crate::clients::settings::{Setting, Settings};
use crate::formats::accountrc::Block;

/// Whether a setting is a text, a switch or a number.
#[derive(Clone, Copy)]
enum Type {
    Text,
    Switch,
    Number,
}

/// All settings that are looked at, in the files of either program.
const NEEDED: [(&str, Type); 25] = [
    ("account_name", Type::Text),
    ("is_default", Type::Switch),
    ("address", Type::Text),
    ("protocol", Type::Number),
    ("config_version", Type::Number),
    ("receive_server", Type::Text),
    ("user_id", Type::Text),
    ("ssl_pop", Type::Number),
    ("ssl_imap", Type::Number),
    ("set_popport", Type::Switch),
    ("pop_port", Type::Number),
    ("set_imapport", Type::Switch),
    ("imap_port", Type::Number),
    ("smtp_server", Type::Text),
    ("use_smtp_auth", Type::Switch),
    ("smtp_auth_method", Type::Number),
    ("smtp_user_id", Type::Text),
    ("pop_before_smtp", Type::Switch),
    ("ssl_smtp", Type::Number),
    ("set_smtpport", Type::Switch),
    ("smtp_port", Type::Number),
    ("use_mail_command", Type::Switch),
    ("mail_command", Type::Text),
    ("use_ext_sendmail", Type::Switch),
    ("ext_sendmail_cmd", Type::Text),
];

/// What a collected file keeps of a setting; `None`: nothing, not even its name.
pub(crate) fn collected<'a>(name: &str, value: &'a str) -> Option<&'a str> {
    match NEEDED.iter().find(|(known, _)| *known == name) {
        Some(_) => Some(value),
        None => is_telling(name).then_some(""),
    }
}

/// The settings of a block, of those that are looked at. Names count as they are spelled, as in Sylpheed.
pub(super) fn settings_of(file: &str, block: &Block) -> Settings {
    let entries = block.entries.iter().filter_map(|(name, value)| {
        let (_, kind) = NEEDED.iter().find(|(known, _)| known == name)?;
        let Some(value) = value else { return Some(Setting::strange(name, "(too long)")) };
        let shown = value.clone();
        Some(match kind {
            Type::Text => Setting::text(name, value),
            Type::Switch => Setting { shown, ..Setting::number(name, is_on(value).into()) },
            Type::Number => match number(value) {
                Some(number) => Setting { shown, ..Setting::number(name, number) },
                None => Setting::strange(name, value),
            },
        })
    });
    Settings {
        place: format!("{file} [{}]", block.label).into(),
        entries: entries.collect(),
        ..Settings::default()
    }
}

/// Off is only what begins with `0`, and nothing (P_BOOL in sylpheed libsylph/prefs.c and claws-mail src/prefs_gtk.c).
fn is_on(value: &str) -> bool {
    !value.is_empty() && !value.starts_with('0')
}

/// The programs use atoi, to which any text is a number. They write numbers only: what is none is damage.
fn number(value: &str) -> Option<i64> {
    if value.is_empty() { Some(0) } else { value.trim().parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn off_begins_with_0_or_is_empty() {
        for (value, on) in [
            ("1", true),
            ("0", false),
            ("", false),
            ("TRUE", true),
            ("FALSE", true),
            ("no", true),
            ("01", false),
            (" 0", true),
            ("2", true),
        ] {
            assert_eq!(is_on(value), on, "{value:?}");
        }
    }

    #[test]
    fn what_is_no_number_is_damage() {
        for (value, expected) in [
            ("587", Some(587)),
            ("-1", Some(-1)),
            ("", Some(0)),
            (" 25 ", Some(25)),
            ("25x", None),
            ("x", None),
        ] {
            assert_eq!(number(value), expected, "{value:?}");
        }
    }
}
