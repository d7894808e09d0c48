//! Who is left and of whom nothing is known: what the lists say, and in which order.

mod common;

use common::reports::{DAYS, READ, finding, fleet_of, folder_of, lines, report, run};
use serde_json::{Value, json};
use std::path::Path;

fn in_form(reports: &[Value], arguments: &[&str]) -> String {
    let text: String = reports.iter().map(lines).collect();
    run(Path::new("."), &[&["fleet", "-"], arguments].concat(), text.as_bytes()).stdout
}

#[test]
fn the_lists_carry_addresses_and_deviations() {
    let mut one = finding(1, "taro", "smtp-auth-off-policy");
    one["addresses"] = json!(["taro@example.jp", "sales@example.jp"]);
    one["deviations"] = json!(["port", "tls"]);
    let reports = [report("PC-1", DAYS[0], &[READ], &[one, finding(2, "taro", "no-smtp-auth")])];
    let left = &fleet_of(&reports, &[]).json()["left"];
    assert_eq!(left[0]["addresses"], json!(["taro@example.jp", "sales@example.jp"]));
    assert_eq!(left[0]["deviations"], json!(["port", "tls"]));
    assert_eq!((&left[1]["addresses"], &left[1]["deviations"]), (&json!([]), &json!([])));
    let csv = in_form(&reports, &["--format", "csv"]);
    assert!(csv.contains("\"taro@example.jp\nsales@example.jp\",\"port tls\"\r\n"), "{csv}");
    // Judged anew they are those of the policy of now: it wants nothing of the server that the report had to change.
    let anew = fleet_of(&reports, &["--as-of", "2026-11-01", "--no-builtin-policies"]).json();
    assert_eq!(anew["left"][0]["deviations"], json!(["port"]));
}

/// The most urgent first, wherever they sit.
#[test]
fn the_table_goes_by_urgency_and_names_departments() {
    let of = |computer: &str, how| report(computer, DAYS[0], &[READ], &[finding(1, "taro", how)]);
    let reports = [of("PC-1", "unreadable"), of("PC-2", "no-smtp-auth"), of("PC-3", "unreadable")];
    let text: String = reports.iter().map(lines).collect();
    let folder = folder_of(&[
        ("a.jsonl", text.as_bytes()),
        ("d.csv", "PC-1,経理部\nPC-2,Sales\nPC-3,HR\n".as_bytes()),
    ]);
    let table = |lang| {
        let arguments = ["fleet", "a.jsonl", "--departments", "d.csv", "--lang", lang];
        run(folder.path(), &arguments, b"").stdout
    };
    for (lang, head) in [("en", "department"), ("ja", "部署")] {
        let table = table(lang);
        let rows: Vec<&str> = table.lines().filter(|line| line.contains("| PC-")).collect();
        let computers: Vec<bool> =
            ["PC-2", "PC-3", "PC-1"].iter().zip(&rows).map(|(pc, row)| row.contains(pc)).collect();
        assert_eq!(computers, [true; 3], "{table}");
        assert!(rows[2].contains("経理部") && rows[0].contains("Sales"), "{table}");
        let heading = table.lines().rfind(|line| line.contains(head) && line.starts_with('|')).unwrap();
        assert_eq!(heading.split('|').nth(2).unwrap().trim(), head, "{table}");
    }
    assert!(!in_form(&reports, &["--lang", "en"]).contains("department"));
}

/// A part is more than nothing.
#[test]
fn partly_read_is_not_not_read() {
    let both = [("taro", "partly"), ("hanako", "not-read"), ("jiro", "read")];
    let part = report("PC-1", DAYS[0], &both, &[]);
    let nothing = report("PC-2", DAYS[0], &[("taro", "not-read")], &[]);
    let mut lost = report("PC-3", DAYS[0], &[], &[]);
    lost["issues"] = json!([{"user": null, "client": null, "kind": "io", "place": "x", "message": {"ja": "x", "en": "x"}}]);
    let reports = [part, nothing, lost];
    let found = fleet_of(&reports, &[]).json();
    let told: Vec<(&Value, &Value, &Value)> = found["incomplete"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (&one["status"], &one["users_partly"], &one["users_not_read"]))
        .collect();
    let of = |status: &str, numbers: [u64; 2]| (Value::from(status), numbers.map(Value::from));
    let wanted = [of("partly", [1, 1]), of("not-read", [0, 1]), of("not-read", [0, 0])];
    let wanted: Vec<_> = wanted.iter().map(|(status, [partly, not])| (status, partly, not)).collect();
    assert_eq!(told, wanted);
    for (lang, words) in [
        (
            "en",
            [
                "PC-1: users not read 1, users partly read 1",
                "PC-2: users not read 1",
                "PC-3: things not read 1",
            ],
        ),
        (
            "ja",
            [
                "PC-1: 読み取れないユーザー 1、一部だけ読み取れたユーザー 1",
                "PC-2: 読み取れないユーザー 1",
                "PC-3: 読み取れないもの 1",
            ],
        ),
    ] {
        let table = in_form(&reports, &["--lang", lang]);
        assert!(words.iter().all(|word| table.contains(&format!("- {word}\n"))), "{table}");
    }
    let page = in_form(&reports, &["--format", "html", "--lang", "en"]);
    let tile = |number: usize, name: &str| {
        let tile = page.split("<li class=\"check\">").find(|tile| tile.contains(name)).unwrap();
        assert!(tile.starts_with(&format!("<b>{number}</b>")), "{name}: {tile}");
    };
    tile(1, "computers read in part");
    tile(2, "computers not read");
}
