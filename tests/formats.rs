//! The formats for systems: what a ticket system, Intune and Nagios get to see, and with which exit codes.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and makes files by itself"
)]

mod common;

use common::reports::{Answer, run_in};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const DEMO: &str = "fixtures/demo/office-pc";

fn run(arguments: &[&str]) -> Answer {
    run_in(Path::new(env!("CARGO_MANIFEST_DIR")), arguments)
}

/// An export with one POP account of Outlook that has these further values.
fn outlook(values: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    let section = r"HKEY_CURRENT_USER\Software\Microsoft\Office\16.0\Outlook\Profiles\P\9375CFF0413111d3B88A00104B2A6676";
    let text = format!(
        "Windows Registry Editor Version 5.00\n\n[{section}]\n\"{{ED475418-B0D6-11D2-8C3B-00104B2A6676}}\"=hex:02,00,00,00\n\n[{section}\\00000002]\n\"clsid\"=\"{{ED475411-B0D6-11D2-8C3B-00104B2A6676}}\"\n\"Email\"=\"taro@example.jp\"\n\"SMTP Server\"=\"mail.example.jp\"\n{values}\n"
    );
    fs::write(folder.path().join("a.reg"), text).unwrap();
    folder
}

const OFF_POLICY: &str = "\"SMTP Use Auth\"=dword:00000001\n\"Account Name\"=\"taro\"";
const FINE: &str =
    "\"SMTP Use Auth\"=dword:00000001\n\"SMTP Port\"=dword:0000024b\n\"Account Name\"=\"taro\"";
const WITHOUT: &str = "\"Account Name\"=\"taro\"";
const UNKNOWN: &str =
    "\"SMTP Use Auth\"=dword:00000001\n\"SMTP Auth Method\"=dword:00000007\n\"Account Name\"=\"taro\"";

#[test]
fn json_lines_hold_what_json_holds() {
    let mut json: Value = serde_json::from_str(&run(&["scan", DEMO, "--format", "json"]).stdout).unwrap();
    let lines = run(&["scan", DEMO, "--format", "jsonl"]);
    let mut lines: Vec<Value> =
        lines.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut last = lines.pop().unwrap();
    assert_eq!(last["type"], "summary");
    assert_eq!(last["issues"], json["issues"]);
    assert_eq!(last["summary"], json["summary"]);
    last["scan"]["started_at"] = Value::Null;
    json["scan"]["started_at"] = Value::Null;
    assert_eq!(last["scan"], json["scan"]);
    assert_eq!(lines.len(), json["findings"].as_array().unwrap().len());
    for (line, finding) in lines.iter_mut().zip(json["findings"].as_array().unwrap()) {
        let line = line.as_object_mut().unwrap();
        assert_eq!(line.remove("type").unwrap(), "finding");
        assert_eq!(line.remove("schema").unwrap(), "smtp-auth-audit/report/v1");
        assert_eq!(line["computer"], "PC-0421");
        assert!(line.remove("started_at").unwrap().is_string());
        assert_eq!(Value::Object(line.clone()), *finding);
    }
}

#[test]
fn csv_has_one_row_per_finding() {
    let answer = run(&["scan", DEMO, "--format", "csv"]);
    assert_eq!(answer.exit, 1);
    assert!(answer.stderr.contains("not in the CSV"), "what could not be read is said: {}", answer.stderr);
    let text = answer.stdout.strip_prefix('\u{FEFF}').unwrap();
    assert!(
        text.starts_with("\"computer\",\"started_at\",\"user\",\"user_sid\",\"id\",\"action\",\"verdict\"")
    );
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns = reader.headers().unwrap().clone();
    let json: Value = serde_json::from_str(&run(&["scan", DEMO, "--format", "json"]).stdout).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let findings = json["findings"].as_array().unwrap();
    assert_eq!(rows.len(), findings.len());
    for (row, finding) in rows.iter().zip(findings) {
        let cell = |name: &str| &row[columns.iter().position(|column| column == name).unwrap()];
        assert_eq!(cell("id"), finding["id"]);
        assert_eq!(cell("verdict"), finding["verdict"]);
        assert_eq!(cell("outgoing_host"), finding["outgoing"]["host"].as_str().unwrap_or_default());
        let port = finding["outgoing"]["port"].as_u64().map(|port| port.to_string()).unwrap_or_default();
        assert_eq!(cell("outgoing_port"), port);
        assert_eq!(cell("outgoing_auth"), finding["outgoing"]["auth"].as_str().unwrap_or_default());
        assert_eq!(cell("steps_ja").is_empty(), finding["steps"]["ja"].as_array().unwrap().is_empty());
    }
}

#[test]
fn no_setting_begins_a_formula() {
    let folder = outlook("\"Account Name\"=\"=cmd|' /C calc'!A0\"");
    let answer = run_in(folder.path(), &["a.reg", "--format", "csv"]);
    assert!(answer.stdout.contains("\"'=cmd|' /C calc'!A0\""), "{}", answer.stdout);
    assert!(!answer.stdout.contains("\"=cmd"), "{}", answer.stdout);
}

/// Only what the program itself divides into lines has line ends; that of a setting is written out, in the fleet's list too.
#[test]
fn no_setting_begins_a_line_of_a_cell() {
    let folder = outlook("\"Account Name\"=hex(1):61,00,0d,00,0a,00,3d,00,62,00,00,00");
    let report = run_in(folder.path(), &["a.reg", "--format", "json"]).stdout;
    fs::write(folder.path().join("report.json"), report).unwrap();
    for first in [&["a.reg"][..], &["fleet", "report.json"]] {
        let answer = run_in(folder.path(), &[first, &["--format", "csv"]].concat());
        assert!(answer.stdout.contains(r#","a\u{d}\u{a}=b","#), "{}", answer.stdout);
        let mut reader = csv::Reader::from_reader(answer.stdout.as_bytes());
        let columns = reader.headers().unwrap().clone();
        let row = reader.records().next().unwrap().unwrap();
        let of_lines: Vec<&str> =
            columns.iter().zip(&row).filter(|(_, cell)| cell.contains('\n')).map(|(name, _)| name).collect();
        let wanted: &[&str] = if first.len() == 1 { &["steps_ja", "steps_en"] } else { &[] };
        assert_eq!(of_lines, wanted);
    }
}

#[test]
fn markdown_keeps_settings_as_text() {
    let folder = outlook("\"Account Name\"=\"<script>x</script> | *b* #1 @adm www.x.example [l](http://x)\"");
    let answer = run_in(folder.path(), &["a.reg", "--format", "markdown", "--lang", "ja"]);
    assert_eq!(answer.exit, 1);
    assert!(answer.stdout.starts_with("## 送信時の認証方法の調査"), "{}", answer.stdout);
    assert!(!answer.stdout.contains("<script>"), "{}", answer.stdout);
    assert!(
        answer.stdout.contains(r"\| \*b\* `#1` `@adm` `www.x.example` `[l](http://x`) |"),
        "{}",
        answer.stdout
    );
}

#[test]
fn intune_hears_only_of_changes() {
    for (values, exit, strict, line) in [
        (WITHOUT, 1, 1, "change=1 check=0 ok=0 none=0 issues=0 v="),
        (OFF_POLICY, 1, 1, "change=1 check=0 ok=0 none=0 issues=0 v="),
        (UNKNOWN, 0, 1, "change=0 check=1 ok=0 none=0 issues=0 v="),
        (FINE, 0, 0, "change=0 check=0 ok=1 none=0 issues=0 v="),
    ] {
        let folder = outlook(values);
        let answer = run_in(folder.path(), &["a.reg", "--format", "intune"]);
        assert_eq!((answer.exit, answer.stderr.as_str()), (exit, ""), "{values}");
        assert!(answer.stdout.starts_with(line) && answer.stdout.is_ascii(), "{}", answer.stdout);
        assert_eq!(answer.stdout.lines().count(), 1);
        let answer = run_in(folder.path(), &["a.reg", "--format=intune", "--strict"]);
        assert_eq!((answer.exit, answer.stderr.as_str()), (strict, ""), "{values}");
    }
    let answer = run(&["scan", "no-such-folder", "--format", "intune"]);
    assert_eq!((answer.exit, answer.stderr.as_str()), (2, ""));
    assert!(answer.stdout.starts_with("failed: "), "{}", answer.stdout);
}

#[test]
fn nagios_hears_of_the_worst() {
    for (values, exit, begin) in [
        (WITHOUT, 2, "SMTP-AUTH CRITICAL: 1 without SMTP-AUTH, 0 off policy"),
        (OFF_POLICY, 1, "SMTP-AUTH WARNING: 0 without SMTP-AUTH, 1 off policy"),
        (UNKNOWN, 3, "SMTP-AUTH UNKNOWN: "),
        (FINE, 0, "SMTP-AUTH OK: "),
    ] {
        let folder = outlook(values);
        let answer = run_in(folder.path(), &["a.reg", "--format", "nagios"]);
        assert_eq!(answer.exit, exit, "{values}");
        assert!(answer.stdout.starts_with(begin), "{}", answer.stdout);
        assert_eq!(answer.stdout.lines().next().unwrap().matches(" | ").count(), 1);
    }
    let answer = run(&["scan", DEMO, "--format", "nagios"]);
    assert_eq!(answer.exit, 2, "without authentication is worse than unreadable");
    assert!(answer.stdout.contains(" | no_auth=4 off_policy=1 check=1 ok=1 none=2 issues=1\n"));
    assert_eq!(answer.stdout.matches('|').count(), 1, "{}", answer.stdout);
    assert_eq!(run(&["scan", "no-such-folder", "--format", "nagios"]).exit, 3);
}

#[test]
fn what_is_not_named_does_not_count() {
    let folder = outlook(OFF_POLICY);
    let exit = |arguments: &[&str]| {
        let arguments: Vec<&str> = ["a.reg"].iter().chain(arguments).copied().collect();
        run_in(folder.path(), &arguments).exit
    };
    assert_eq!(exit(&["--format", "nagios", "--fail-on", "no-smtp-auth"]), 0);
    assert_eq!(exit(&["--format", "intune", "--fail-on", "no-smtp-auth"]), 0);
    assert_eq!(exit(&["--format", "nagios", "--exit-zero"]), 0);
}

/// Without a comparison nothing is new, and no alarm would ever go off.
#[test]
fn what_is_new_needs_a_baseline() {
    let folder = outlook(WITHOUT);
    let report = run_in(folder.path(), &["a.reg", "--format", "json"]).stdout;
    fs::write(folder.path().join("old.json"), report).unwrap();
    for (lang, told) in [("en", "--fail-on new needs --baseline"), ("ja", "--baseline で指定してください")]
    {
        for paths in [&["a.reg"][..], &["scan", "a.reg"], &["fleet", "old.json"]] {
            let arguments = [paths, &["--lang", lang, "--fail-on", "issue,new"]].concat();
            let answer = run_in(folder.path(), &arguments);
            assert_eq!((answer.exit, answer.stdout.as_str()), (2, ""), "{paths:?}");
            assert!(answer.stderr.contains(told), "{}", answer.stderr);
            let arguments = [arguments, vec!["--baseline", "old.json"]].concat();
            assert_eq!(run_in(folder.path(), &arguments).exit, 0, "{paths:?}");
        }
    }
    for (format, exit, begin) in [("intune", 2, "failed: "), ("nagios", 3, "SMTP-AUTH UNKNOWN: ")] {
        let answer = run_in(folder.path(), &["a.reg", "--fail-on", "new", "--format", format]);
        assert_eq!(answer.exit, exit, "{format}");
        assert!(answer.stdout.starts_with(begin), "{}", answer.stdout);
    }
}

/// An account that is not used any more has nothing to change, whatever its verdict: no format says both.
#[test]
fn what_is_not_in_use_is_not_to_change() {
    let folder = outlook(WITHOUT);
    let report = run_in(folder.path(), &["a.reg", "--format", "json"]).stdout;
    fs::write(folder.path().join("old.json"), report).unwrap();
    // No longer in Outlook's own list of accounts.
    let text = fs::read_to_string(folder.path().join("a.reg")).unwrap();
    fs::write(folder.path().join("a.reg"), text.replace("=hex:02,", "=hex:03,")).unwrap();
    for (lang, verdict) in
        [("en", "no SMTP-AUTH: not in use any more"), ("ja", "SMTP認証なし（もう使われていません）")]
    {
        for format in ["table", "markdown", "html"] {
            let answer = run_in(
                folder.path(),
                &["a.reg", "--format", format, "--baseline", "old.json", "--lang", lang],
            );
            assert_eq!(answer.exit, 0, "{format}");
            // At a terminal an account that needs nothing is only counted.
            let times = if format == "table" { 1 } else { 2 };
            assert_eq!(answer.stdout.matches(verdict).count(), times, "{format}: {}", answer.stdout);
            assert!(!answer.stdout.contains("SMTP-AUTH: to change"), "{format}: {}", answer.stdout);
            assert!(!answer.stdout.contains("（要変更）"), "{format}: {}", answer.stdout);
        }
        let csv = &["a.reg", "--format", "csv", "--baseline", "old.json", "--lang", lang];
        let told = match lang {
            "ja" => "CSV に含まれないもの: 以前の報告から対応済みのアカウント 1 (",
            _ => "not in the CSV: accounts done since the baseline 1 (",
        };
        assert!(run_in(folder.path(), csv).stderr.starts_with(told), "{lang}");
        let now = run_in(folder.path(), &["a.reg", "--format", "json"]).stdout;
        fs::write(folder.path().join("now.json"), now).unwrap();
        let fleet = ["fleet", "now.json", "--baseline", "old.json", "--lang", lang];
        let csv = run_in(folder.path(), &[&fleet[..], &["--format", "csv"]].concat());
        assert!(csv.stderr.starts_with(told), "{}", csv.stderr);
        let done = run_in(folder.path(), &fleet);
        let done: String = done.stdout.split_whitespace().collect();
        let verdict: String = verdict.split_whitespace().collect();
        assert!(done.contains(&format!(":{verdict}")), "{done}");
    }
}

/// "None at all" and "none of those asked for" are different answers, and what is kept back is a number in every format
/// that has room for it.
#[test]
fn what_the_filters_keep_back_is_told() {
    let folder = outlook(WITHOUT);
    for (lang, none, number) in [
        ("en", "None of the mail accounts matches the filters.", "accounts not shown because of the filters"),
        ("ja", "条件に合うメールアカウントはありません。", "条件に合わない"),
    ] {
        for format in ["table", "markdown", "html", "nagios", "csv"] {
            let answer = run_in(
                folder.path(),
                &["a.reg", "--format", format, "--domain", "example.net", "--lang", lang],
            );
            assert_eq!(answer.exit, 0, "{format}");
            let told = if format == "csv" { &answer.stderr } else { &answer.stdout };
            assert!(told.contains(number), "{format}: {told}");
            assert!(!answer.stderr.contains("json"), "no format has them: {}", answer.stderr);
            let is_page = ["table", "markdown", "html"].contains(&format);
            assert_eq!(answer.stdout.contains(none), is_page, "{format}: {}", answer.stdout);
            assert!(!answer.stdout.contains("No mail account was found"), "{format}: {}", answer.stdout);
            assert!(!answer.stdout.contains("アカウントは見つかりません"), "{format}: {}", answer.stdout);
        }
    }
    let answer = run_in(folder.path(), &["a.reg", "--format", "nagios", "--domain", "example.net"]);
    assert!(answer.stdout.contains("not read (accounts not shown because of the filters: 1) | no_auth=0"));
}

/// The sheet to be printed names the settings as they follow each other in the client's dialogs.
#[test]
fn a_sheet_has_the_order_of_the_dialogs() {
    let (port, login, first) = ("port of the outgoing server", "(SMTP-AUTH)", "(POP-before-SMTP)");
    for (client, order) in [
        ("thunderbird", &[port, login][..]),
        ("becky", &[first, login, port]),
        ("outlook", &[login, first, port]),
    ] {
        let page = run(&["scan", DEMO, "--client", client, "--format", "html"]).stdout;
        let (_, table) = page.split_once("<table class=\"changes\">").unwrap();
        let (table, _) = table.split_once("</table>").unwrap();
        let places: Vec<usize> = order.iter().map(|name| table.find(name).unwrap()).collect();
        assert!(places.is_sorted(), "{client}: {table}");
        assert_eq!(table.matches("<del>").count(), order.len(), "{client}");
    }
}

/// Neither system reads stderr: its one line says what went wrong.
#[test]
fn a_check_that_did_not_run_says_why() {
    let folder = outlook(WITHOUT);
    fs::write(folder.path().join("damaged.json"), "{").unwrap();
    fs::write(folder.path().join("short.key"), "x").unwrap();
    for (arguments, en, ja) in [
        (&["a.reg", "--such"][..], "wrong usage", "使い方の誤り"),
        (&["nowhere"], "a path does not exist", "指定されたパスがありません"),
        (
            &["a.reg", "--baseline", "damaged.json"],
            "the report of --baseline can't be read",
            "--baseline の報告を読み取れません",
        ),
        (
            &["a.reg", "--redact-key", "short.key"],
            "the key of --redact-key can't be used",
            "伏せ字のキーを使えません",
        ),
        (&["a.reg", "--output", "nowhere/x"], "the result can't be written", "結果を書けません"),
        (
            &["ask", "becky", "--answers", "short.key"],
            "the file of --report or --answers can't be used",
            "--report または --answers のファイルを使えません",
        ),
    ] {
        let answer = run_in(folder.path(), &[arguments, &["--format", "intune", "--lang", "ja"]].concat());
        let line = format!("failed: {en} v={}\n", env!("CARGO_PKG_VERSION"));
        assert_eq!((answer.exit, answer.stdout, answer.stderr), (2, line, String::new()));
        for (lang, line) in [
            ("en", format!("SMTP-AUTH UNKNOWN: the check did not run: {en}\n")),
            ("ja", format!("SMTP-AUTH UNKNOWN: 調査を実行できませんでした: {ja}\n")),
        ] {
            let answer =
                run_in(folder.path(), &[arguments, &["--format", "nagios", "--lang", lang]].concat());
            assert_eq!((answer.exit, answer.stdout), (3, line));
        }
    }
}
