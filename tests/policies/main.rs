//! `policies` and `policies check`: the examples, mistakes that a support lead has to be able to mend, real files.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, says what it skips, and makes files"
)]

mod alternatives;
mod checking;
mod notice;
mod reports;

use assert_cmd::Command;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use textwrap::core::display_width;

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Exit code, stdout and stderr.
fn run(command: &mut Command) -> (i32, String, String) {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn policies<S: AsRef<OsStr>>(arguments: &[S]) -> (i32, String, String) {
    run(Command::cargo_bin("smtp-auth-audit").unwrap().arg("policies").args(arguments))
}

fn check(path: &Path, lang: &str) -> (i32, String) {
    let (exit, told, said) =
        policies(&["check".as_ref(), path.as_os_str(), "--lang".as_ref(), lang.as_ref()]);
    assert_eq!(said, "");
    (exit, told)
}

const EXAMPLES: [&str; 4] = [
    "policies/examples/first-notice.toml",
    "policies/examples/second-notice.toml",
    "policies/examples/move-of-host.toml",
    "policies/microsoft-365.toml",
];

#[test]
fn the_examples_have_no_mistake_and_nothing_to_warn_of() {
    for path in EXAMPLES {
        for (lang, expected) in [("ja", "誤りはありません"), ("en", "no mistake")] {
            let (exit, told) = check(&project(path), lang);
            assert!(exit == 0 && told.lines().count() == 1 && told.contains(expected), "{told}");
        }
    }
}

/// What a first attempt gets wrong: the file, what stands there, what stands there instead, and what the message says.
const MISTAKES: [(usize, &str, &str, &str, [&str; 2]); 12] = [
    (0, "port = 587", "port = \"587\"", "13:33: sending[1].port", ["引用符なし", "without quotation marks"]),
    (0, "auth = \"password\"", "auth = \"smtp-auth\"", "sending[1].auth", ["\"password\"", "\"password\""]),
    (0, "until = \"ended\"", "until = \"already\"", "sending[2].until", ["\"ended\"", "\"ended\""]),
    (0, "user = ", "username = ", "sending[1].username", ["user のこと", "did you mean user"]),
    (0, "claims  = ", "claim  = ", "claim:", ["claims のこと", "did you mean claims"]),
    (1, "until = 2017-03-21", "until = 2017/03/21", ":11:94: ", ["2027-03-31", "2027-03-31"]),
    (1, "until = 2017-03-21", "until = 2017-03", ":11:94: ", ["引用符", "quotation marks"]),
    (
        1,
        "domain = \"example.jp\"",
        "domain = \"@example.jp\"",
        "claims[2].domain",
        ["@ より後ろ", "behind the @"],
    ),
    (
        2,
        "security = \"tls\", auth",
        "security = \"ssl\", auth",
        "sending[1].security",
        ["\"tls\"", "\"tls\""],
    ),
    (
        2,
        "host = \"smtps.example.jp\"",
        "host = \"smtps.example.jp:465\"",
        "sending[1].host",
        ["port に", "into `port`"],
    ),
    (
        3,
        "clients = [\"outlook\"]",
        "clients = [\"Outlook\"]",
        "instead[1].clients[1]",
        ["clients で", "clients prints"],
    ),
    (
        3,
        "reversible",
        "revertible",
        "sending[2].revertible",
        ["reversible のこと", "did you mean reversible"],
    ),
];

#[test]
fn each_mistake_gets_a_message_that_it_can_be_mended_by() {
    let folder = tempfile::tempdir().unwrap();
    let mut useless = Vec::new();
    for (example, old, new, place, messages) in MISTAKES {
        let text = fs::read_to_string(project(EXAMPLES[example])).unwrap();
        assert!(text.contains(old), "{old}");
        let path = folder.path().join("isp.toml");
        fs::write(&path, text.replacen(old, new, 1)).unwrap();
        for (lang, message) in ["ja", "en"].into_iter().zip(messages) {
            let (exit, told) = check(&path, lang);
            let mut lines = told.lines().filter(|line| line.starts_with(&*path.to_string_lossy()));
            if exit != 2 || !lines.any(|line| line.contains(place) && line.contains(message)) {
                useless.push(format!("{new}: {told}"));
            }
        }
    }
    assert!(useless.is_empty(), "{}", useless.join("\n"));
}

/// The page is followed to the letter: what it shows is a policy, and its mistake is told as it says.
#[test]
fn the_page_about_policies_is_right() {
    let page = fs::read_to_string(project("docs/policies.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let examples: Vec<&str> =
        page.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert_eq!(examples.len(), 2);
    let run = |lang: &str| {
        run(Command::cargo_bin("smtp-auth-audit")
            .unwrap()
            .current_dir(folder.path())
            .args(["policies", "check", "isp.toml", "--lang", lang]))
    };
    for (lang, example) in ["en", "ja"].into_iter().zip(examples) {
        let path = folder.path().join("isp.toml");
        fs::write(&path, example).unwrap();
        assert_eq!(run(lang).0, 0);
        fs::write(&path, example.replace("port = 587", "port = \"587\"")).unwrap();
        let (exit, told, _) = run(lang);
        assert!(exit == 2 && page.contains(told.trim_end()), "{told}");
    }
}

#[test]
fn a_wrong_file_is_not_quoted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("isp.toml");
    let secret = "himitsu";
    for text in [
        format!("[Account]\npassword={secret}\nSMTPServer = {secret}.example.jp\n"),
        format!("user_pref(\"mail.smtpserver.smtp1.{secret}\", \"{secret}\");\n"),
        format!(
            "schema = 1\npassword = \"{secret}\"\nid = \"{secret} {secret}\"\n{secret}.x = 1\n\"{secret} x\" = 2\n"
        ),
        format!("{{\"password\": \"{secret}\"}}"),
        format!("taro@example.jp,{secret}\n"),
    ] {
        fs::write(&path, &text).unwrap();
        for words in [&["check"][..], &["--policy"]] {
            let mut words: Vec<&OsStr> = words.iter().map(OsStr::new).collect();
            words.push(path.as_os_str());
            let (exit, told, said) = policies(&words);
            let all = format!("{told}{said}");
            // A key of small letters is named: it is what was mistyped.
            let all = all.replace(&format!("{secret}: "), "");
            assert!(exit == 2 && !all.contains(secret) && all.contains("isp.toml:"), "{text}: {all}");
            assert_eq!(told.is_empty(), words[0] == "--policy", "no result where a policy is faulty");
        }
    }
}

#[test]
fn a_warning_does_not_count() {
    for (name, warnings) in [("config-v1.1.xml", 0), ("old.xml", 1)] {
        let (exit, told) = check(&project("tests/policies").join(name), "en");
        assert_eq!((exit, told.matches("warning: ").count()), (0, warnings), "{told}");
        assert!(told.contains("no mistake"));
    }
}

#[test]
fn the_list_fits_the_screen_in_both_languages() {
    let folder = project("tests/policies");
    let one = folder.join("config-v1.1.xml");
    for (lang, words) in [
        (
            "ja",
            [
                "由来: このプログラムに内蔵",
                "確認日: 2026-",
                "例のプロバイダー  (example-jp)",
                "Autoconfig ファイル 2 個",
            ],
        ),
        ("en", ["origin: part of this program", "checked: 2026-", "(example-jp)", "Autoconfig files (2)"]),
    ] {
        let (exit, told, said) = policies(&[
            "--policy".as_ref(),
            one.as_os_str(),
            "--policy".as_ref(),
            folder.as_os_str(),
            "--lang".as_ref(),
            OsStr::new(lang),
        ]);
        assert_eq!((exit, &*said), (0, ""));
        assert!(words.iter().all(|word| told.contains(word)), "{told}");
        let too_wide: Vec<&str> =
            told.lines().filter(|line| display_width(line) > 80 && !line.contains("://")).collect();
        assert!(too_wide.iter().all(|line| line.contains("/policies/")), "{too_wide:?}");
    }
    let (exit, told, _) = policies(&["--no-builtin-policies", "--lang", "en"]);
    assert!(exit == 0 && !told.contains("microsoft"), "{told}");
}

#[cfg(unix)]
#[test]
fn policies_beside_the_program_are_in_force() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let program = folder.path().join("smtp-auth-audit");
    let built = assert_cmd::cargo::cargo_bin("smtp-auth-audit");
    fs::hard_link(&built, &program).or_else(|_| fs::copy(&built, &program).map(|_| ())).unwrap();
    let beside = folder.path().join("policies");
    fs::create_dir(&beside).unwrap();
    fs::copy(project(EXAMPLES[0]), beside.join("isp.toml")).unwrap();
    let list = || run(Command::new(&program).args(["policies", "--lang", "en"]));
    let (exit, told, said) = list();
    assert!(exit == 0 && said.is_empty() && told.contains("origin: beside the program"), "{told}{said}");
    assert!(told.find("first-notice") < told.find("microsoft-365"));
    fs::write(beside.join("wrong.toml"), "schema = 2").unwrap();
    let (exit, told, said) = list();
    assert!(exit == 3 && told.contains("first-notice") && said.contains("wrong.toml"), "{told}{said}");
}

/// Real files of Thunderbird's database of providers, read where they lie.
#[test]
fn real_autoconfig_files_are_read() {
    let folder = project("../shared/real/thunderbird__autoconfig");
    if !folder.exists() {
        eprintln!("skipped: {} is not there", folder.display());
        return;
    }
    let files = fs::read_dir(&folder).unwrap().count();
    let (exit, told) = check(&folder, "en");
    assert_eq!((exit, told.matches(": no mistake").count()), (0, files), "{told}");
    let (exit, told) = check(&folder.join("kokuyou.ne.jp.xml"), "en");
    assert!(exit == 0 && told.contains(":18:7: outgoingServer.authentication: warning: "), "{told}");
}
