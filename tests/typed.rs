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

/// Neither a path nor a command: where it would belong is told.
#[test]
fn what_belongs_behind_a_command_is_told() {
    for (typed, wanted) in [
        ("outlook", "smtp-auth-audit steps outlook"),
        ("アウトルック", "smtp-auth-audit --client outlook"),
        ("iPhone", "smtp-auth-audit steps ios-mail"),
        ("複合機", "smtp-auth-audit ask device"),
        ("0x800CCC0F", "smtp-auth-audit explain-error"),
        ("535 5.7.8", "smtp-auth-audit explain-error"),
        ("taro@example.jp", "smtp-auth-audit --domain example.jp"),
        ("smtp.example.jp", "smtp-auth-audit --server smtp.example.jp"),
        ("/all-users", "--all-users"),
        ("手順", "steps"),
        ("エラー", "explain-error"),
        ("howto", "steps"),
    ] {
        for lang in ["ja", "en"] {
            let (exit, stdout, stderr) = run(&["--lang", lang, typed]);
            assert_eq!((exit, stdout.as_str()), (2, ""), "{typed}");
            assert!(stderr.contains(wanted), "{typed}: {stderr}");
        }
    }
}

#[test]
fn words_are_understood_however_they_are_written() {
    for arguments in [
        &["STEPS", "becky"][..],
        &["ｓｔｅｐｓ", "Ｂｅｃｋｙ！"],
        &["steps", "becky", "--format", "TABLE"],
        &["steps", "becky", "—format", "table"],
        &["steps", "all"],
        &["Clients"],
        &["completions", "PowerShell"],
        &["-v"],
        &["-Help"],
        &["steps", "help"],
        &["explain-error", "5.7.8"],
        &["explain-error", "5.7.1"],
    ] {
        let (exit, stdout, stderr) = run(arguments);
        assert!(exit == 0 && !stdout.is_empty() && stderr.is_empty(), "{arguments:?}: {stderr}");
    }
    let (_, stdout, _) = run(&["steps", "becky", "--lang", "JA"]);
    assert!(stdout.contains("送信"), "{stdout}");
}

/// What the parser says of wrong arguments, in Japanese to the last word.
#[test]
fn wrong_arguments_are_told_in_japanese() {
    for (arguments, wanted) in [
        (&["--format"][..], "使える値: table"),
        (&["--due", "abc"], "数字で書きます"),
        (&["--exit-zero", "--exit-zero"], "1回だけ"),
        (&["--quiet=1"], "値は付けられません"),
        (&["policies", "chek"], "check のことですか"),
        (&["schema", "extra"], "「extra」は余分です"),
        (&["collect"], "使い方: smtp-auth-audit collect"),
        (&["ask"], "使い方: smtp-auth-audit ask"),
        (&["--all-users", "tests"], "同時に指定できません"),
        (&["--formt", "x"], "--format のことですか"),
        (&["probe", "bad host"], "例: mail.example.jp"),
    ] {
        let (exit, _, stderr) = run(&[&["--lang", "ja"], arguments].concat());
        assert!(exit == 2 && stderr.contains(wanted), "{arguments:?}: {stderr}");
        for english in ["error", "Usage", "invalid", "unexpected", "OPTIONS", "COMMAND", "required", "found"]
        {
            assert!(!stderr.contains(english), "{arguments:?}: {stderr}");
        }
    }
}

#[test]
fn the_short_help_is_one_screen() {
    for lang in ["ja", "en"] {
        for arguments in [&["-h"][..], &["-?"], &["scan", "-h"]] {
            let (exit, stdout, _) = run(&[arguments, &["--lang", lang]].concat());
            assert_eq!(exit, 0);
            assert!(stdout.lines().count() <= 24, "and the prompt below it: {stdout}");
            assert!(stdout.matches("smtp-auth-audit").count() > 3, "{stdout}");
            for line in stdout.lines() {
                assert!(display_width(line) <= 80, "{line}");
            }
        }
    }
}

/// The help of every command, also below another, has no English left in it.
#[test]
fn japanese_help_is_japanese() {
    for command in [
        &["ask"][..],
        &["steps"],
        &["clients"],
        &["policies"],
        &["policies", "check"],
        &["collect"],
        &["fleet"],
        &["explain-error"],
        &["probe"],
        &["schema"],
        &["completions"],
        &["man"],
    ] {
        let (exit, stdout, _) = run(&[command, &["-h", "--lang", "ja"]].concat());
        assert_eq!(exit, 0, "{command:?}");
        for line in stdout.lines() {
            assert!(display_width(line) <= 80, "{line}");
            // Three words of small letters after each other are a sentence.
            let words = line.split(' ').collect::<Vec<_>>();
            let is_word = |word: &&str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
            assert!(!words.windows(3).any(|three| three.iter().all(is_word)), "{line}");
        }
    }
}
