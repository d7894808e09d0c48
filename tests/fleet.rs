//! Many reports as one: which of them count, in whatever form they come, what is damaged, what changed, and the page.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and makes files by itself"
)]

use assert_cmd::Command;
use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::path::Path;
use tempfile::TempDir;

const SCHEMA: &str = "smtp-auth-audit/report/v1";
const DAYS: [&str; 4] =
    ["2026-10-01T09:00:00Z", "2026-10-02T09:00:00Z", "2026-10-03T09:00:00Z", "2026-10-04T09:00:00Z"];

struct Answer {
    exit: i32,
    stdout: String,
    stderr: String,
}

impl Answer {
    fn json(&self) -> Value {
        assert!(self.stdout.starts_with('{'), "{} {}", self.stdout, self.stderr);
        serde_json::from_str(&self.stdout).unwrap()
    }
}

fn run(folder: &Path, arguments: &[&str], stdin: &[u8]) -> Answer {
    let mut command = Command::cargo_bin("smtp-auth-audit").unwrap();
    let command = command.current_dir(folder).args(arguments).env("LC_ALL", "C.UTF-8").write_stdin(stdin);
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Answer {
        exit: output.status.code().unwrap_or(-1),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

fn fleet(folder: &Path, arguments: &[&str]) -> Answer {
    run(folder, &[&["fleet", "--format", "json"], arguments].concat(), b"")
}

/// A finding of Becky! on `mail.example.jp`; `how` is a verdict, from which the rest follows.
fn finding(id: u64, user: &str, how: &str) -> Value {
    let action = match how {
        "pop-before-smtp" | "no-smtp-auth" | "smtp-auth-off-policy" => "change",
        "unreadable" => "check-by-hand",
        _ => "none",
    };
    let auth = if how.starts_with("smtp-auth") { "password" } else { "none" };
    let port = if how == "smtp-auth" { 587 } else { 25 };
    json!({
        "id": format!("{id:016x}"), "user": user, "user_sid": null, "client": "becky", "client_name": "Becky!",
        "edition": "becky", "account": format!("account {id}"), "verdict": how, "action": action,
        "confidence": "documented",
        "outgoing": {"host": "mail.example.jp", "port": port, "port_is_default": true, "security": "plain",
                     "auth": auth, "credentials": null, "pop_before_smtp": how == "pop-before-smtp"},
        "evidence": [{"place": "a", "setting": "type", "value": "finding"}],
    })
}

fn report(computer: &str, time: &str, users: &[(&str, &str)], findings: &[Value]) -> Value {
    let users: Vec<Value> = users
        .iter()
        .map(|(name, status)| json!({"name": name, "sid": null, "status": status, "reason": null}))
        .collect();
    json!({
        "schema": SCHEMA, "tool": {"name": "smtp-auth-audit", "version": "0.1.0"}, "computer": computer,
        "scan": {"started_at": time, "host": computer, "sources": ["this computer"], "users": users},
        "summary": {"findings": findings.len(), "not_shown": 0, "issues": 0},
        "findings": findings, "issues": [],
    })
}

/// The same report as JSON Lines; serde_json writes keys in the order of the alphabet, as other tools may.
fn lines(report: &Value) -> String {
    let mut rest = report.clone();
    let findings = rest.as_object_mut().unwrap().remove("findings").unwrap();
    rest["type"] = "summary".into();
    let mut lines = String::new();
    for mut finding in findings.as_array().unwrap().iter().cloned() {
        finding["type"] = "finding".into();
        finding["schema"] = SCHEMA.into();
        finding["computer"] = report["computer"].clone();
        finding["started_at"] = report["scan"]["started_at"].clone();
        lines.push_str(&(finding.to_string() + "\n"));
    }
    lines + &format!("{rest}\n")
}

/// And as the program writes them: the type first.
fn own_lines(report: &Value) -> String {
    let typed = |line: &str, kind: &str| {
        let line = line
            .replace(&format!(",\"type\":\"{kind}\"}}"), "}")
            .replace(&format!(",\"type\":\"{kind}\","), ",");
        format!("{{\"type\":\"{kind}\",{}\n", &line[1..])
    };
    let text = lines(report);
    let all: Vec<&str> = text.lines().collect();
    let (last, findings) = all.split_last().unwrap();
    findings.iter().map(|line| typed(line, "finding")).chain([typed(last, "summary")]).collect()
}

fn folder_of(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn wide(text: &str) -> Vec<u8> {
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

fn actions(fleet: &Value) -> (u64, u64, u64) {
    let of = |name: &str| fleet["summary"]["actions"][name].as_u64().unwrap();
    (of("change"), of("check-by-hand"), of("none"))
}

fn ids(fleet: &Value) -> Vec<u64> {
    let left = fleet["left"].as_array().unwrap().iter();
    left.map(|left| u64::from_str_radix(left["id"].as_str().unwrap(), 16).unwrap()).collect()
}

const READ: (&str, &str) = ("taro", "read");

#[test]
fn the_newest_report_of_each_user_counts() {
    let old = report(
        "PC-1",
        DAYS[0],
        &[READ, ("hanako", "read")],
        &[
            finding(1, "taro", "pop-before-smtp"),
            finding(2, "taro", "pop-before-smtp"),
            finding(3, "hanako", "no-smtp-auth"),
        ],
    );
    // hanako was not logged on: her state stays that of the day before, whatever stands here.
    let new = report("PC-1", DAYS[1], &[READ, ("hanako", "not-read")], &[finding(1, "taro", "smtp-auth")]);
    let other = report("PC-2", DAYS[1], &[READ], &[finding(1, "taro", "unreadable")]);
    let folder = folder_of(&[
        ("b.json", old.to_string().as_bytes()),
        ("a.json", new.to_string().as_bytes()),
        ("c.json", other.to_string().as_bytes()),
    ]);
    let answer = fleet(folder.path(), &["."]);
    assert_eq!(answer.exit, 1);
    let fleet = answer.json();
    assert_eq!(fleet["reports"], json!({"read": 3, "damaged": 0}));
    assert_eq!((&fleet["computers"], &fleet["users"]), (&2.into(), &3.into()));
    assert_eq!(actions(&fleet), (1, 1, 1));
    assert_eq!(ids(&fleet), [3, 1]);
    assert_eq!(fleet["incomplete"], json!([{"computer": "PC-1", "users": 1, "issues": 0, "not_shown": 0}]));
    // By hand: day 1: taro 2 and hanako 1 to change; day 2: taro 0, hanako still 1, the other taro 1 to check.
    assert_eq!(
        fleet["history"],
        json!([{"date": "2026-10-01", "change": 3, "check-by-hand": 0, "users": 2},
               {"date": "2026-10-02", "change": 1, "check-by-hand": 1, "users": 3}])
    );
}

#[test]
fn what_was_read_in_part_counts_only_where_nothing_else_is_known() {
    let whole = report(
        "PC-1",
        DAYS[0],
        &[READ],
        &[finding(1, "taro", "no-smtp-auth"), finding(2, "taro", "smtp-auth")],
    );
    let part = report("PC-1", DAYS[1], &[("taro", "partly")], &[finding(2, "taro", "smtp-auth")]);
    let alone = report("PC-2", DAYS[1], &[("jiro", "partly")], &[finding(9, "jiro", "no-smtp-auth")]);
    let folder = folder_of(&[
        ("1.json", whole.to_string().as_bytes()),
        ("2.json", part.to_string().as_bytes()),
        ("3.json", alone.to_string().as_bytes()),
    ]);
    let fleet = fleet(folder.path(), &["."]).json();
    assert_eq!(ids(&fleet), [1, 9]);
    let last = fleet["history"].as_array().unwrap().last().unwrap();
    assert_eq!(*last, json!({"date": "2026-10-01", "change": 1, "check-by-hand": 0, "users": 1}));
}

/// A home folder by itself does not tell the SID of its owner.
#[test]
fn a_user_with_and_without_a_sid_is_the_same() {
    let mut live = report("PC-1", DAYS[0], &[READ], &[finding(1, "taro", "pop-before-smtp")]);
    live["scan"]["users"][0]["sid"] = "S-1-5-21-1".into();
    live["findings"][0]["user_sid"] = "S-1-5-21-1".into();
    let folder_scan = report("PC-1", DAYS[1], &[READ], &[finding(1, "taro", "smtp-auth")]);
    let files = [("1.json", live.to_string()), ("2.json", folder_scan.to_string())];
    let folder = folder_of(&files.each_ref().map(|(name, text)| (*name, text.as_bytes())));
    let fleet = fleet(folder.path(), &["."]).json();
    assert_eq!((&fleet["users"], actions(&fleet)), (&1.into(), (0, 0, 1)));
}

#[test]
fn an_answer_takes_the_place_of_what_could_not_be_read() {
    let unreadable = |time| {
        report("PC-1", time, &[READ], &[finding(1, "taro", "unreadable"), finding(2, "taro", "smtp-auth")])
    };
    let answered = |time| {
        let mut report = report("PC-1", time, &[READ], &[finding(1, "taro", "no-smtp-auth")]);
        report["findings"][0]["confidence"] = "answered".into();
        report
    };
    let readable =
        report("PC-1", DAYS[3], &[READ], &[finding(1, "taro", "smtp-auth"), finding(2, "taro", "smtp-auth")]);
    for (name, reports, expected, history) in [
        (
            "answered after the scan",
            vec![unreadable(DAYS[0]), answered(DAYS[1])],
            (1, 0, 1),
            vec![(0, 1), (1, 0)],
        ),
        ("answered before the scan", vec![unreadable(DAYS[2]), answered(DAYS[1])], (1, 0, 1), vec![(1, 0)]),
        ("a later scan could read it", vec![answered(DAYS[1]), readable], (0, 0, 2), vec![(0, 0)]),
    ] {
        let text: String = reports.iter().map(lines).collect();
        let fleet = run(Path::new("."), &["fleet", "-", "--format", "json"], text.as_bytes()).json();
        assert_eq!(actions(&fleet), expected, "{name}");
        let days = fleet["history"].as_array().unwrap().iter();
        let days: Vec<(u64, u64)> = days
            .map(|day| (day["change"].as_u64().unwrap(), day["check-by-hand"].as_u64().unwrap()))
            .collect();
        assert_eq!(days, history, "{name}");
    }
}

/// One report, in every form in which it may come.
#[test]
fn forms_of_reports() {
    let one = report(
        "PC-1",
        DAYS[0],
        &[READ],
        &[finding(1, "taro", "pop-before-smtp"), finding(2, "taro", "smtp-auth")],
    );
    let two = report("PC-2", DAYS[0], &[READ], &[finding(3, "taro", "unreadable")]);
    let pretty = |report: &Value| serde_json::to_string_pretty(report).unwrap();
    let jq: String =
        lines(&one).lines().map(|line| pretty(&serde_json::from_str(line).unwrap()) + "\n").collect();
    let both = format!("{one}\n{two}\n");
    for (name, bytes) in [
        ("one after the other", both.clone().into_bytes()),
        ("without line ends", format!("{one}{two}").into_bytes()),
        ("indented", format!("{}\n{}", pretty(&one), pretty(&two)).into_bytes()),
        ("with CR LF", format!("{}\n{}\n", pretty(&one), pretty(&two)).replace('\n', "\r\n").into_bytes()),
        ("lines of another tool", format!("{}{}", lines(&one), lines(&two)).into_bytes()),
        ("lines of the program", format!("{}{}", own_lines(&one), own_lines(&two)).into_bytes()),
        ("lines, indented by another tool", format!("{jq}{two}").into_bytes()),
        ("UTF-16", wide(&both)),
        ("marks between", format!("\u{feff}{one}\r\n\u{feff}{two}").into_bytes()),
        ("gzip", gzip(both.as_bytes())),
        ("two gzips in one", [gzip(one.to_string().as_bytes()), gzip(lines(&two).as_bytes())].concat()),
        ("UTF-16 in gzip", gzip(&wide(&both))),
    ] {
        let folder = folder_of(&[("deep/er/a.jsonl.gz", &bytes), ("deep/read.me", b"no report")]);
        let from_folder = fleet(folder.path(), &["deep"]);
        let from_stdin = run(folder.path(), &["fleet", "-", "--format", "json"], &bytes);
        for answer in [from_folder, from_stdin] {
            let fleet = answer.json();
            assert_eq!(fleet["issues"], json!([]), "{name}");
            assert_eq!((answer.exit, fleet["reports"]["read"].as_u64()), (1, Some(2)), "{name}");
            assert_eq!(actions(&fleet), (1, 1, 1), "{name}");
        }
    }
}

/// What is damaged is named, and counts for nothing; what stands beside it does.
#[test]
fn damaged_reports() {
    let good = report("PC-1", DAYS[0], &[READ], &[finding(1, "taro", "smtp-auth")]);
    let bad = report(
        "PC-2",
        DAYS[0],
        &[READ],
        &[finding(2, "taro", "smtp-auth"), finding(3, "taro", "smtp-auth"), finding(4, "taro", "smtp-auth")],
    );
    let own = own_lines(&bad);
    let all: Vec<&str> = own.lines().collect();
    let without = |at: usize| {
        let kept = all.iter().enumerate().filter(|(place, _)| *place != at);
        kept.fold(String::new(), |text, (_, line)| text + line + "\n")
    };
    let broken = own.replacen("\"client_name\":\"Becky!\"", "\"client_name\":\"Bec", 1);
    let other = bad.to_string().replace(SCHEMA, "smtp-auth-audit/report/v2");
    let text = bad.to_string();
    for (name, damaged) in [
        ("no JSON", "garbage".to_owned()),
        ("nothing", String::new()),
        ("cut", text[..text.len() / 2].to_owned()),
        ("an object of another kind", "{\"a\": 1}".to_owned()),
        ("other schema", other),
        ("no summary", without(3)),
        ("a line is missing", without(1)),
        ("the first line is missing", without(0)),
        ("a line is broken", broken),
        ("no time", text.replace(DAYS[0], "yesterday")),
        ("zeros", "\0".repeat(4096)),
    ] {
        let folder =
            folder_of(&[("bad.jsonl", damaged.as_bytes()), ("good.json", good.to_string().as_bytes())]);
        let answer = fleet(folder.path(), &["bad.jsonl", "good.json"]);
        let found = answer.json();
        assert_eq!(found["issues"].as_array().unwrap().len(), 1, "{name}: {}", found["issues"]);
        assert_eq!(found["issues"][0]["place"], "bad.jsonl", "{name}");
        assert_eq!((answer.exit, actions(&found), &found["computers"]), (3, (0, 0, 1), &1.into()), "{name}");
        // In one file with good ones around it.
        let around = format!("{}{damaged}\n{}", own_lines(&good), own_lines(&good).replace("PC-1", "PC-3"));
        let found = run(folder.path(), &["fleet", "-", "--format", "json"], around.as_bytes()).json();
        let issues = usize::from(name != "nothing");
        assert_eq!(found["issues"].as_array().unwrap().len(), issues, "{name}: {}", found["issues"]);
        assert_eq!((actions(&found), &found["computers"]), ((0, 0, 2), &2.into()), "{name}");
    }
    let answer = run(Path::new("."), &["fleet", "-", "--format", "json"], b"\n\n");
    assert_eq!((answer.exit, answer.json()["issues"].as_array().unwrap().len()), (3, 1), "empty stdin");
}

/// The line that the message names is the one that is damaged.
#[test]
fn damage_is_named_with_its_line() {
    let good = report("PC-1", DAYS[0], &[READ], &[finding(1, "taro", "smtp-auth")]);
    let text = format!("{good}\n{good}\n{{\"schema\": 1}}\n{good}\nx\n");
    let found = run(Path::new("."), &["fleet", "-", "--format", "json"], text.as_bytes()).json();
    let messages: Vec<&str> = found["issues"]
        .as_array()
        .unwrap()
        .iter()
        .map(|issue| issue["message"]["en"].as_str().unwrap())
        .collect();
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert!(messages[0].starts_with("line 3, ") && messages[1].starts_with("line 5, "), "{messages:?}");
}

/// More than one piece: cut at the ends of reports, whatever the form; every piece is about 1 MB.
#[test]
fn large_inputs_equal_single_files() {
    let reports: Vec<Value> = (0..700)
        .map(|number| {
            let hows = ["pop-before-smtp", "smtp-auth", "unreadable", "no-smtp-auth"];
            let findings: Vec<Value> = (0..number % 9)
                .map(|at| {
                    let mut finding =
                        finding(number * 10 + at, "taro", hows[usize::try_from(at + number).unwrap() % 4]);
                    finding["steps"] =
                        json!({"ja": ["手順 } \n { ".repeat(20)], "en": ["\"type\":\"finding\"".repeat(9)]});
                    finding
                })
                .collect();
            report(&format!("PC-{number}"), DAYS[usize::try_from(number % 4).unwrap()], &[READ], &findings)
        })
        .collect();
    let singles = TempDir::new().unwrap();
    for (number, report) in reports.iter().enumerate() {
        fs::write(singles.path().join(format!("{number}.json")), report.to_string()).unwrap();
    }
    let expected = fleet(singles.path(), &["."]).json();
    assert_eq!(expected["reports"], json!({"read": 700, "damaged": 0}));
    let all = |form: &dyn Fn(&Value) -> String| reports.iter().map(form).collect::<String>();
    let pretty = |report: &Value| serde_json::to_string_pretty(report).unwrap() + "\n";
    let of_jq = |report: &Value| -> String {
        lines(report).lines().map(|line| pretty(&serde_json::from_str(line).unwrap())).collect()
    };
    for (name, text) in [
        ("lines", all(&own_lines)),
        ("lines of another tool", all(&lines)),
        ("indented", all(&pretty)),
        ("indented, CR LF", all(&pretty).replace('\n', "\r\n")),
        ("indented lines", all(&of_jq)),
        ("one line", all(&|report| report.to_string())),
        ("blank lines at the end", all(&own_lines) + &"\n".repeat(3 << 20)),
    ] {
        assert!(text.len() > 2 << 20, "{name}: {} bytes", text.len());
        let mut forms = vec![("plain", text.clone().into_bytes())];
        if name == "lines of another tool" {
            forms.extend([("UTF-16", wide(&text)), ("gzip", gzip(text.as_bytes()))]);
        }
        for (form, bytes) in forms {
            let folder = folder_of(&[("all.jsonl", &bytes)]);
            let found = fleet(folder.path(), &["all.jsonl"]).json();
            assert_eq!(found["issues"], json!([]), "{name} {form}");
            assert!(found == expected, "{name} {form}: {} {}", found["summary"], expected["summary"]);
        }
    }
    // Damage in the middle costs only the report that it hits; what a broken download holds before its end counts.
    let text = all(&own_lines);
    let hit = text.replacen("\"computer\":\"PC-355\"", "\"computer\":PC-355", 1);
    let packed = gzip(text.as_bytes());
    for (bytes, least) in [(hit.into_bytes(), 699), (packed[..packed.len() - 2000].to_vec(), 400)] {
        let folder = folder_of(&[("all.jsonl", &bytes)]);
        let answer = fleet(folder.path(), &["all.jsonl"]);
        let found = answer.json();
        assert_eq!(found["issues"].as_array().unwrap().len(), 1, "{}", found["issues"]);
        let read = found["reports"]["read"].as_u64().unwrap();
        assert!((least..700).contains(&read), "{read}");
    }
}

#[test]
fn a_baseline_tells_what_changed() {
    let users = [READ, ("hanako", "read")];
    let old = report(
        "PC-1",
        DAYS[0],
        &users,
        &[
            finding(1, "taro", "pop-before-smtp"),
            finding(2, "taro", "pop-before-smtp"),
            finding(3, "taro", "no-smtp-auth"),
            finding(4, "taro", "no-smtp-auth"),
            finding(5, "hanako", "no-smtp-auth"),
            finding(6, "taro", "smtp-auth"),
        ],
    );
    // 1 as before, 2 done, 3 gone, 4 otherwise, 5 not seen, 7 new.
    let new = report(
        "PC-1",
        DAYS[1],
        &[READ],
        &[
            finding(1, "taro", "pop-before-smtp"),
            finding(2, "taro", "smtp-auth"),
            finding(4, "taro", "smtp-auth-off-policy"),
            finding(7, "taro", "unreadable"),
        ],
    );
    let done = report("PC-1", DAYS[1], &[READ], &[finding(1, "taro", "pop-before-smtp")]);
    let folder = folder_of(&[
        ("old/a.json", old.to_string().as_bytes()),
        ("new.json", new.to_string().as_bytes()),
        ("done.json", done.to_string().as_bytes()),
        ("bad.json", b"{"),
    ]);
    let answer = fleet(folder.path(), &["new.json", "--baseline", "old"]);
    let found = answer.json();
    let changes: Vec<&str> =
        found["left"].as_array().unwrap().iter().map(|left| left["change"].as_str().unwrap()).collect();
    assert_eq!((ids(&found), changes), (vec![1, 4, 7], vec!["unchanged", "changed", "new"]));
    let resolved: Vec<(&str, Option<&str>)> = found["resolved"]
        .as_array()
        .unwrap()
        .iter()
        .map(|done| (done["id"].as_str().unwrap(), done["now"].as_str()))
        .collect();
    assert_eq!(resolved, [("0000000000000002", Some("smtp-auth")), ("0000000000000003", None)]);
    assert_eq!(found["not_seen"], 1);
    let exit = |arguments: &[&str]| fleet(folder.path(), arguments).exit;
    assert_eq!(answer.exit, 1);
    assert_eq!(
        exit(&["new.json", "--baseline", "old", "--fail-on", "new"]),
        3,
        "the new one is to be checked"
    );
    assert_eq!(exit(&["done.json", "--baseline", "old", "--fail-on", "new"]), 0, "what is left is not new");
    assert_eq!(exit(&["done.json", "--baseline", "old", "--fail-on", "new", "bad.json"]), 0);
    assert_eq!(exit(&["done.json", "--baseline", "old", "--fail-on", "new,issue", "bad.json"]), 3);
    assert_eq!(exit(&["new.json", "--fail-on", "smtp-auth-off-policy"]), 1);
    assert_eq!(exit(&["new.json", "--fail-on", "no-smtp-auth"]), 0);
    assert_eq!(exit(&["new.json", "--exit-zero"]), 0);
    assert_eq!(
        exit(&["new.json", "--baseline", "bad.json"]),
        2,
        "half a baseline would call old findings new"
    );
    assert_eq!(exit(&["new.json", "--baseline", "nowhere"]), 2);
    assert_eq!(exit(&["nowhere"]), 2);
    assert_eq!(exit(&["bad.json"]), 3);
}

#[test]
fn departments_and_the_csv() {
    let hostile = report("=PC-1", DAYS[0], &[("+taro", "read")], &[finding(1, "+taro", "pop-before-smtp")]);
    let plain = report("PC-2", DAYS[0], &[READ], &[finding(2, "taro", "unreadable")]);
    let folder = folder_of(&[
        ("a.json", hostile.to_string().as_bytes()),
        ("b.json", plain.to_string().as_bytes()),
        ("d.csv", &wide("コンピューター,部署\r\n pc-2 , 営業部\r\n\"PC-9\",\"総務, 経理\"\r\n")),
        ("bad.csv", b"a,\"b\"x\nPC-1,\xff\xfe"),
    ]);
    let arguments = ["a.json", "b.json", "--departments", "d.csv"];
    let found = fleet(folder.path(), &arguments).json();
    let names: Vec<&Value> =
        found["departments"].as_array().unwrap().iter().map(|group| &group["name"]).collect();
    assert_eq!(names, [&Value::Null, &Value::from("営業部")]);
    let csv = run(folder.path(), &[&["fleet", "--format", "csv"], &arguments[..]].concat(), b"");
    let mut reader = csv::Reader::from_reader(csv.stdout.strip_prefix('\u{FEFF}').unwrap().as_bytes());
    let rows: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    assert_eq!(rows[0][..3], ["", "'=PC-1", "'+taro"]);
    assert_eq!(rows[1][..6], ["営業部", "PC-2", "taro", "0000000000000002", "check-by-hand", "unreadable"]);
}

/// Names as they may stand in settings: nothing of them becomes a part of the page.
#[test]
fn the_page_shows_settings_as_text() {
    const EVIL: &str = "</script><img src=x onerror=alert(1)>\"' \u{202e}\u{7}日本";
    let mut evil = report(
        EVIL,
        DAYS[0],
        &[(EVIL, "read")],
        &[finding(1, EVIL, "pop-before-smtp"), finding(2, EVIL, "unreadable")],
    );
    for finding in evil["findings"].as_array_mut().unwrap() {
        for key in ["client", "client_name", "edition", "account"] {
            finding[key] = EVIL.into();
        }
        finding["outgoing"]["host"] = EVIL.into();
    }
    let departments = format!("\"{}\",\"{}\"\n", EVIL.replace('"', "\"\""), EVIL.replace('"', "\"\""));
    let folder = folder_of(&[
        ("evil.json", evil.to_string().as_bytes()),
        ("<img src=x>.json", b"{"),
        ("d.csv", departments.as_bytes()),
    ]);
    let arguments = ["fleet", ".", "--format", "html", "--departments", "d.csv", "--baseline", "evil.json"];
    let page = run(folder.path(), &arguments, b"");
    assert_eq!(page.exit, 1);
    assert!(
        !page.stdout.contains("<img") && !page.stdout.contains('\u{202e}') && !page.stdout.contains('\u{7}')
    );
    assert_eq!(page.stdout.matches("</script>").count(), 1, "the page's own");
    assert!(page.stdout.contains("&#60;img src=x onerror=alert(1)&#62;"), "it is shown");
    assert!(
        !page.stdout.contains("http://") && !page.stdout.contains("https://"),
        "nothing is from elsewhere"
    );
}

/// Each row leads to the steps of its client and its needs; the same steps stand there once.
#[test]
fn the_page_holds_each_sheet_once() {
    let sheet_of = |page: &str, account: &str| {
        let row = page.lines().find(|line| line.contains(&format!("<td>{account}</td>"))).unwrap();
        let link = row.split("href=\"#").nth(1).unwrap().split('"').next().unwrap();
        let section = page.split(&format!("id=\"{link}\"")).nth(1).unwrap();
        section.split("</section>").next().unwrap().to_owned()
    };
    let mut findings: Vec<Value> = [
        "pop-before-smtp",
        "no-smtp-auth",
        "smtp-auth-off-policy",
        "unreadable",
        "pop-before-smtp",
        "no-smtp-auth",
        "no-smtp-auth",
    ]
    .iter()
    .zip(1..)
    .map(|(how, id)| finding(id, "taro", how))
    .collect();
    findings[4]["outgoing"]["host"] = "mail.example.com".into();
    findings[5]["client"] = "of-tomorrow".into();
    findings[6]["outgoing"]["host"] = "127.0.0.1".into();
    let text = report("PC-1", DAYS[0], &[READ], &findings).to_string();
    let page =
        run(Path::new("."), &["fleet", "-", "--format", "html", "--lang", "ja"], text.as_bytes()).stdout;
    assert_eq!(page.matches("class=\"card how\"").count(), 6);
    let has = |account: &str, words: &[&str]| {
        let sheet = sheet_of(&page, account);
        words.iter().all(|word| sheet.contains(word))
    };
    assert!(has(
        "account 1",
        &["Becky!", "SMTP-AUTH on", "POP-before-SMTP off", "port 587", "for 2 accounts"]
    ));
    assert_eq!(sheet_of(&page, "account 1"), sheet_of(&page, "account 5"), "whatever the server");
    assert!(has("account 2", &["SMTP-AUTH on", "port 587"]) && !has("account 2", &["POP-before-SMTP off"]));
    assert!(has("account 3", &["port 587"]) && !has("account 3", &["SMTP-AUTH on"]));
    assert!(has("account 4", &["Becky!", "look at the settings first"]));
    assert!(has("account 6", &["そのほかのメールソフト", "other mail programs", "SMTP-AUTH on"]));
    assert!(has("account 7", &["a program that relays the mail"]));
}

#[test]
fn the_page_names_what_has_no_room() {
    let findings: Vec<Value> = (0..5_003)
        .map(|id| finding(id, "taro", if id % 2 == 0 { "unreadable" } else { "no-smtp-auth" }))
        .collect();
    let text = report("PC-1", DAYS[0], &[READ], &findings).to_string();
    let page = run(Path::new("."), &["fleet", "-", "--format", "html"], text.as_bytes()).stdout;
    assert_eq!(page.matches("<tr data-f=").count(), 5_000);
    assert!(
        page.contains("There are 3 more") && page.contains("ほかに 3 件") && page.contains("--format csv")
    );
    assert_eq!(
        page.matches("<span class=\"badge change\">").count(),
        2_501,
        "what is to change has room first"
    );
}
