//! What could not be read, for people: one reason is told once, with every place below it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use assert_cmd::Command;
use serde_json::Value;

fn scan(format: &str) -> String {
    let mut command = Command::cargo_bin("smtp-auth-audit").unwrap();
    let command = command.current_dir(env!("CARGO_MANIFEST_DIR")).env("LC_ALL", "C.UTF-8");
    let home = "fixtures/becky/damaged-among-good/home";
    let output = command.args(["scan", home, "--lang", "en", "--format", format]).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn one_reason_is_told_once() {
    let place = |number| {
        format!("fixtures/becky/damaged-among-good/home/taro/Documents/Becky/{number}.mb/Mailbox.ini")
    };
    let (one, two) = (place(1), place(2));
    let reason = "damaged, or not in the expected form: there is no section";
    for (format, list) in [
        ("table", format!("  - taro: {reason} [Account]\n      {one}\n      {two}\n")),
        ("markdown", format!("- taro: {reason} \\[Account\\]\n  - `{one}`\n  - `{two}`\n")),
        ("html", format!("<ul><li><code>{one}</code></li><li><code>{two}</code></li></ul></li>")),
    ] {
        let text = scan(format);
        assert!(text.contains(&list), "{format}: {text}");
        assert_eq!(text.matches(reason).count(), 1, "{format}");
    }
    let json: Value = serde_json::from_str(&scan("json")).unwrap();
    let issues = json["issues"].as_array().unwrap().iter();
    let of_reason = issues.filter(|issue| issue["message"]["en"].as_str().unwrap().starts_with(reason));
    assert_eq!(of_reason.count(), 2, "JSON has a row for each");
}
