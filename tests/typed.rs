//! What people type for mail clients: names with a version, names of several words, names that fit several or none.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use assert_cmd::Command;
use smtp_auth_audit::clients::CLIENTS;
use textwrap::core::display_width;

/// Exit code, stdout, stderr.
fn run(arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("smtp-auth-audit").unwrap();
    let output = command.args(arguments).env("LC_ALL", "C.UTF-8").output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The lines that begin the steps of an edition.
fn headings(stdout: &str) -> Vec<&str> {
    stdout.lines().filter(|line| !line.starts_with(' ') && line.ends_with(')')).collect()
}

#[test]
fn the_steps_are_those_of_the_version_that_is_named() {
    for lang in ["ja", "en"] {
        for (typed, heading) in [
            (&["Outlook 2016"][..], "Outlook 2016  (outlook)"),
            (&["Outlook", "2016"], "Outlook 2016  (outlook)"),
            (&["アウトルック", "２０１０"], "Outlook 2010  (outlook)"),
            (&["microsoft", "outlook", "2003"], "Outlook 2002 / 2003  (outlook)"),
        ] {
            let (exit, stdout, stderr) = run(&[&["steps", "--lang", lang], typed].concat());
            assert_eq!((exit, headings(&stdout)), (0, vec![heading]), "{typed:?}");
            assert!(stderr.contains("smtp-auth-audit steps outlook"), "the others are told: {stderr}");
        }
        for typed in ["outlook", "Windows Live Mail 2012", "oe6", "becky"] {
            let (_, stdout, stderr) = run(&["steps", "--lang", lang, typed]);
            assert!(!headings(&stdout).is_empty() && stderr.is_empty(), "nothing is left out: {stderr}");
        }
    }
    let (_, stdout, _) = run(&["steps", "--lang", "en", "Outlook", "2007", "outlook", "2013", "becky"]);
    assert_eq!(headings(&stdout).len(), 3, "{stdout}");
}

#[test]
fn who_may_be_meant_is_told_in_few_lines() {
    for (lang, head) in [("ja", "次のどれかですか"), ("en", "Did you mean one of these?")] {
        for command in ["steps", "ask", "clients"] {
            for typed in ["メール", "mail", "ｍａｉｌ", "アウトルク"] {
                let (exit, stdout, stderr) = run(&[command, "--lang", lang, typed]);
                assert_eq!((exit, stdout.as_str()), (2, ""), "{typed}");
                assert!(stderr.contains(head) && stderr.contains("smtp-auth-audit clients"), "{stderr}");
                let told = CLIENTS.iter().filter(|client| stderr.contains(&format!("\n  {} ", client.id)));
                assert!((2..=5).contains(&told.count()), "{typed}: {stderr}");
            }
        }
        let (_, _, stderr) = run(&["--lang", lang, "--client", "xyzzy"]);
        assert!(stderr.contains("smtp-auth-audit clients") && stderr.lines().count() < 4, "{stderr}");
    }
}

#[test]
fn no_message_is_wider_than_the_screen() {
    for lang in ["ja", "en"] {
        for arguments in [
            &["steps", "メール"][..],
            &["steps", "Windows のメールのことだと思うのですが、名前が分からないもの"],
            &["--client", "xyzzy"],
            &["--format", "xml"],
            &["--fail-on", "everything"],
            &["ask", "--answers", "x", "device", "--no-such-option"],
            &["steps", "Outlook 2016"],
        ] {
            let (_, _, stderr) = run(&[&["--lang", lang], arguments].concat());
            assert!(!stderr.is_empty(), "{arguments:?}");
            for line in stderr.lines() {
                assert!(display_width(line) <= 80, "{arguments:?}: {line}");
            }
        }
    }
}

#[test]
fn the_list_of_clients_is_one_line_each_in_80_columns() {
    for lang in ["ja", "en"] {
        let (exit, stdout, _) = run(&["clients", "--lang", lang]);
        assert_eq!(exit, 0);
        for line in stdout.lines() {
            assert!(display_width(line) <= 80, "{line}");
        }
        for client in CLIENTS {
            let lines = stdout.lines().filter(|line| line.split_whitespace().any(|word| word == client.id));
            assert_eq!(lines.count(), 1, "{}", client.id);
        }
        let is_japanese = stdout.contains("Windows Live メール") && stdout.contains("メール (iPhone、iPad)");
        assert_eq!(is_japanese, lang == "ja", "{stdout}");
        let has_kana = stdout.chars().any(|c| ('\u{3040}'..'\u{a000}').contains(&c));
        assert_eq!(has_kana, lang == "ja", "{stdout}");
    }
}
