//! Whatever a file looks like: an edit changes its setting and nothing else, and taken back it leaves the file as it was.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use smtp_auth_audit::clients::CLIENTS;
use smtp_auth_audit::clients::changing::{Changing, Form, Written};
use smtp_auth_audit::formats::edit::{Edit, Format, Unfit, edited};

fn format(client: &str) -> Format {
    let row = CLIENTS.iter().find(|row| row.id == client).unwrap();
    match row.changing {
        Changing::Written(Written { form: Form::Text(format), .. }) => *format,
        Changing::Written(_) | Changing::Steps => panic!("{client} has no file that is written"),
    }
}

fn line_end() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just("\n"), Just("\r\n"), Just("\r")]
}

/// Lines as a program writes them, and some that nobody writes.
fn prefs_line() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        Just("mail.smtpserver.smtp1.port".to_owned()),
        Just("mail.smtpserver.smtp1.authMethod".to_owned()),
        Just("mail.smtpserver.smtp10.port".to_owned()),
        "[a-z.]{1,12}",
    ];
    let value = prop_oneof![
        Just("25".to_owned()),
        "-?[0-9]{1,5}",
        Just("true".to_owned()),
        "\"[ -!#-\\[\\]-~あ]{0,9}\""
    ];
    let statement = (name, value).prop_map(|(name, value)| format!("user_pref(\"{name}\", {value});"));
    prop_oneof![
        8 => statement,
        1 => Just("// user_pref(\"mail.smtpserver.smtp1.port\", 1);".to_owned()),
        1 => Just("/* x".to_owned()),
        1 => Just("*/".to_owned()),
        1 => "[ -~あ]{0,20}",
        1 => Just(String::new()),
    ]
}

fn rc_line() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just("smtp_port=25".to_owned()),
        2 => Just("[Account: 1]".to_owned()),
        1 => Just("[Account: 10]".to_owned()),
        3 => "[a-z_]{1,9}=[ -~あ]{0,12}",
        1 => "[ -~あ]{0,20}",
        1 => Just(String::new()),
    ]
}

fn file(line: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let lines = prop::collection::vec((line, line_end()), 0..12);
    (lines, any::<bool>()).prop_map(|(lines, has_end)| {
        let text: String = lines.iter().flat_map(|(line, end)| [line.as_str(), end]).collect();
        if has_end { text } else { text.trim_end_matches(['\r', '\n']).to_owned() }
    })
}

/// What an edit may do to a file: it is refused, or the way back leads to the same bytes, and what was there is there still.
fn holds(text: &str, format: &Format, section: &str, name: &str) -> Result<bool, TestCaseError> {
    let mut has_changed = false;
    for (old, new) in [(Some("25"), Some("587")), (None, Some("587")), (Some("25"), None)] {
        let edit = Edit { section, name, old, new };
        let Ok(after) = edited(text.as_bytes(), format, &[edit]) else { continue };
        has_changed = true;
        let back = Edit { old: new, new: old, ..edit };
        if new.is_some() {
            let before = edited(&after, format, &[back]);
            prop_assert_eq!(before.as_deref(), Ok(text.as_bytes()), "{:?}", String::from_utf8_lossy(&after));
            // It stands there now, once.
            prop_assert_eq!(edited(&after, format, &[edit]), Err(Unfit::NotAsRead));
        }
        // All other bytes are there, in their order.
        let longer = after.len().max(text.len());
        let same_start = after.iter().zip(text.as_bytes()).take_while(|(one, other)| one == other).count();
        let same_end =
            after.iter().rev().zip(text.bytes().rev()).take_while(|(one, other)| **one == *other).count();
        prop_assert!(same_start + same_end + 80 >= longer, "{:?}", String::from_utf8_lossy(&after));
    }
    Ok(has_changed)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn in_prefs_js(text in file(prefs_line())) {
        holds(&text, &format("thunderbird"), "", "mail.smtpserver.smtp1.port")?;
    }

    #[test]
    fn in_accountrc(text in file(rc_line())) {
        holds(&text, &format("sylpheed"), "Account: 1", "smtp_port")?;
    }
}

/// The strategies reach files that are changed; else nothing would be tried.
#[test]
fn files_are_changed_at_all() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut prefs, mut rc) = (0, 0);
    for _ in 0..500 {
        let text = file(prefs_line()).new_tree(&mut runner).unwrap().current();
        prefs += u32::from(holds(&text, &format("thunderbird"), "", "mail.smtpserver.smtp1.port").unwrap());
        let text = file(rc_line()).new_tree(&mut runner).unwrap().current();
        rc += u32::from(holds(&text, &format("sylpheed"), "Account: 1", "smtp_port").unwrap());
    }
    assert!(prefs > 30 && rc > 30, "{prefs} {rc}");
}
