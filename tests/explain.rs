//! `explain-error` as a helpdesk meets it: what it prints, how it ends, and that it keeps the text to itself.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use assert_cmd::Command;
use smtp_auth_audit::explain::{MOST_TEXT, known};
use smtp_auth_audit::model::Sign;
use textwrap::core::display_width;

const RELAY: &str = "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)";

fn run(arguments: &[&str], stdin: &[u8]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("smtp-auth-audit").unwrap();
    let output = command.args(arguments).write_stdin(stdin).env("LC_ALL", "C.UTF-8").output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_known_text_is_0_an_unknown_one_3_and_none_2() {
    for lang in ["ja", "en"] {
        let explain = |text: &str| run(&["explain-error", "--lang", lang, text], b"");
        let (exit, stdout, stderr) = explain(RELAY);
        assert_eq!((exit, stderr.as_str()), (0, ""));
        assert!(stdout.contains("relaying denied") && stdout.contains("smtp-auth-audit steps"), "{stdout}");
        let (exit, stdout, stderr) = explain("it does not work");
        assert_eq!((exit, stderr.as_str()), (3, ""));
        assert!(stdout.contains("5.7.8"), "says what to look for: {stdout}");
        for nothing in ["", "  \u{3000}"] {
            let (exit, stdout, stderr) = explain(nothing);
            assert_eq!((exit, stdout.as_str()), (2, ""));
            assert!(!stderr.is_empty());
        }
        assert_eq!(run(&["explain-error", "--lang", lang], b"").0, 2);
    }
}

#[test]
fn the_text_may_be_many_words_begin_with_a_hyphen_or_come_from_stdin() {
    let receiving = "the log-on for receiving fails";
    let words = ["explain-error", "--lang", "en", "-ERR", "[AUTH]", "Authentication", "failed."];
    assert!(run(&words, b"").1.contains(receiving));
    assert!(run(&["explain-error", "--lang", "en", "-ERR [AUTH] no"], b"").1.contains(receiving));
    let text = "受信者の 1 人がサーバーによって拒否されたため";
    let (shift_jis, _, _) = encoding_rs::SHIFT_JIS.encode(text);
    let utf_16: Vec<u8> =
        [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for bytes in [text.as_bytes(), &shift_jis, &utf_16] {
        let (exit, stdout, _) = run(&["explain-error", "--lang", "en", "-"], bytes);
        assert!(exit == 0 && stdout.contains("0x800CCC79"), "{stdout}");
    }
}

#[test]
fn the_text_is_not_repeated() {
    const CANARY: &str = "canary-7f3a";
    for text in [
        format!("{RELAY} {CANARY}"),
        format!("{CANARY} \u{1b}[31m"),
        format!("--{CANARY}"),
        format!("0x800CCC79 <{CANARY}@example.jp>"),
    ] {
        for lang in ["ja", "en"] {
            for (argument, stdin) in [(text.as_str(), ""), ("-", text.as_str())] {
                let (exit, stdout, stderr) =
                    run(&["explain-error", "--lang", lang, argument], stdin.as_bytes());
                assert!(exit == 0 || exit == 3, "{text}: {exit}");
                assert!(!stdout.contains(CANARY) && !stderr.contains(CANARY), "{text}");
                assert!(!stdout.contains('\u{1b}'));
            }
        }
    }
}

#[test]
fn a_long_text_is_read_up_to_the_limit() {
    let filler = |length: usize| "あ".repeat(length / 3);
    // Wherever the limit cuts a letter in two.
    for blanks in ["", " ", "  "] {
        let early = format!("{blanks}受信者の 1 人がサーバーによって拒否された {}", filler(MOST_TEXT));
        let (exit, stdout, stderr) = run(&["explain-error", "--lang", "en", "-"], early.as_bytes());
        assert_eq!(exit, 0, "{stdout}");
        assert!(stderr.contains("64 KiB"));
    }
    let late = format!("{} 550", filler(MOST_TEXT * 2));
    assert_eq!(run(&["explain-error", "-"], late.as_bytes()).0, 3);
    let within = format!("{} 550", filler(MOST_TEXT / 2));
    let (exit, _, stderr) = run(&["explain-error", "-"], within.as_bytes());
    assert_eq!((exit, stderr.as_str()), (0, ""));
}

#[test]
fn every_answer_fits_the_screen() {
    for refusal in known() {
        let signs = refusal.signs.first().unwrap().iter().map(|sign| match sign {
            Sign::Reply(code) => code.to_string(),
            Sign::Status(class, subject, detail) => format!("{class}.{subject}.{detail}"),
            Sign::Number(number) => format!("{number:#010X}"),
            Sign::Words(words) | Sign::Vague(words) => (*words).to_owned(),
        });
        let text = signs.collect::<Vec<_>>().join(" ");
        for (lang, name) in [("ja", &refusal.name.ja), ("en", &refusal.name.en)] {
            let (exit, stdout, _) = run(&["explain-error", "--lang", lang, &text], b"");
            assert_eq!(exit, 0, "{text}");
            let begin = name.split(' ').next().unwrap();
            assert!(stdout.contains(begin), "{text}: {stdout}");
            for line in stdout.lines() {
                assert!(display_width(line) <= 80, "{text}: {line}");
            }
        }
    }
}

/// A source is a reference, and reads the same in both languages.
#[test]
fn a_source_is_no_sentence() {
    for refusal in known() {
        for word in [" and ", " to ", " the ", " which ", " as ", "updated", "quotes", "without", "both"] {
            assert!(!refusal.source.contains(word), "{}", refusal.source);
        }
    }
}

/// What stands on the screen may say nothing of the reason: that a number is needed is told, and where it is shown.
#[test]
fn for_a_vague_text_the_number_is_asked_for() {
    for text in [
        "パスワードが違います",
        "送信できません",
        "ログオンできません",
        "サーバーに接続できません",
        "メールが送れない",
        "wrong password",
        "can't send mail",
    ] {
        for (lang, wanted) in [("ja", "番号がある場所"), ("en", "Where the number is shown")] {
            let (exit, stdout, _) = run(&["explain-error", "--lang", lang, text], b"");
            assert!(exit == 0 && stdout.contains("535") && stdout.contains(wanted), "{text}: {stdout}");
        }
        // With the number its own answer is the only one.
        let (_, stdout, _) = run(&["explain-error", "--lang", "en", &format!("{text} 535 5.7.8")], b"");
        assert!(
            stdout.contains("535: user name or password is wrong") && !stdout.contains("[2]"),
            "{stdout}"
        );
    }
}
