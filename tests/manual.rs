//! The manual page as groff and mandoc read it, and the completions as the shells do.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and makes files"
)]

use std::process::Command;

fn printed(arguments: &[&str]) -> String {
    let output = assert_cmd::Command::cargo_bin("smtp-auth-audit").unwrap().args(arguments).output().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// What another program says about a file with this text; `None` where that program is not there and need not be.
fn said(program: &str, arguments: &[&str], text: &str) -> Option<String> {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("text.1");
    std::fs::write(&file, text).unwrap();
    let output = Command::new(program).args(arguments).arg(&file).env("MANWIDTH", "80").output();
    let is_required = std::env::var_os("SMTP_AUTH_AUDIT_REQUIRE_SHELLS").is_some_and(|value| value == "1");
    assert!(output.is_ok() || !is_required, "{program} is not there");
    let output = output.ok()?;
    let all = [output.stdout, output.stderr].concat();
    Some(String::from_utf8_lossy(&all).into_owned())
}

#[test]
fn the_manual_page_has_every_command_in_both_languages() {
    for (lang, sections) in [
        ("ja", ["名前", "書式", "説明", "オプション", "コマンド", "終了コード"]),
        ("en", ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", "EXIT STATUS"]),
    ] {
        let page = printed(&["man", "--lang", lang]);
        let found: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix(".SH ")).collect();
        assert_eq!(found, sections.map(|section| format!("\"{section}\"")));
        for command in [
            "scan",
            "ask",
            "steps",
            "clients",
            "policies",
            "collect",
            "fleet",
            "explain-error",
            "completions",
            "man",
        ] {
            assert!(page.contains(&format!(".SS \"{command}\"\n")), "{lang}: {command}");
        }
        assert!(page.contains(r"\fB\-\-all\-users\fR"));
    }
    assert!(!printed(&["man", "--lang", "ja"]).contains("This computer"), "an English text");
}

#[test]
fn groff_and_mandoc_render_the_manual_page() {
    for lang in ["ja", "en"] {
        let page = printed(&["man", "--lang", lang]);
        if let Some(complaints) = said("groff", &["-man", "-ww", "-Kutf8", "-Tutf8", "-z"], &page) {
            assert_eq!(complaints, "", "groff, {lang}");
        }
        if let Some(lint) = said("mandoc", &["-Tlint", "-Wwarning"], &page) {
            // The page is made by the program, which has no date.
            let rest: Vec<&str> = lint.lines().filter(|line| !line.contains("missing date")).collect();
            assert!(rest.is_empty(), "mandoc, {lang}: {rest:?}");
        }
        if let Some(text) = said("mandoc", &["-Tutf8"], &page) {
            let text: Vec<&str> = text.lines().filter(|line| line.contains("fleet REPORT...")).collect();
            assert_eq!(text.len(), 1, "{text:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn bash_completes_commands_options_and_values() {
    for lang in ["ja", "en"] {
        let script = printed(&["completions", "bash", "--lang", lang]);
        let words = |line: &[&str]| {
            let ask = format!(
                "{script}\ncomplete -p smtp-auth-audit >/dev/null || exit 9\nCOMP_WORDS=({}); COMP_CWORD={}\n\
                 _smtp__auth__audit smtp-auth-audit '{}' '{}'; echo \"${{COMPREPLY[*]}}\"",
                line.join(" "),
                line.len() - 1,
                line.last().unwrap(),
                line.iter().rev().nth(1).unwrap(),
            );
            let output = Command::new("bash").args(["--norc", "-c", &ask]).output().unwrap();
            assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
            String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
        };
        assert_eq!(words(&["smtp-auth-audit", "fl"]), "fleet");
        assert_eq!(words(&["smtp-auth-audit", "scan", "--all"]), "--all-users");
        assert_eq!(words(&["smtp-auth-audit", "scan", "--format", "json"]), "json jsonl");
        assert_eq!(words(&["smtp-auth-audit", "steps", "bec"]), "becky");
        assert_eq!(words(&["smtp-auth-audit", "fleet", "--dep"]), "--departments");
        assert_eq!(words(&["smtp-auth-audit", "completions", "power"]), "powershell");
    }
}

#[test]
fn other_shells_accept_their_completions() {
    for lang in ["ja", "en"] {
        for (shell, check) in [("zsh", "-n"), ("fish", "-n"), ("bash", "-n")] {
            let script = printed(&["completions", shell, "--lang", lang]);
            if let Some(complaints) = said(shell, &[check], &script) {
                assert_eq!(complaints, "", "{shell}, {lang}");
            }
        }
        for (shell, sign) in [
            ("powershell", "Register-ArgumentCompleter -Native -CommandName 'smtp-auth-audit'"),
            ("elvish", "set edit:completion:arg-completer[smtp-auth-audit]"),
        ] {
            let script = printed(&["completions", shell, "--lang", lang]);
            assert!(script.contains(sign) && script.contains("--departments"), "{shell}");
        }
    }
    let broken = printed(&["completions", "fish", "--lang", "ja"]);
    assert!(broken.contains("ブラウザーで見る"), "Japanese texts stand on one line, without blanks in words");
}
