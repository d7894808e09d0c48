//! Many reports as one: in whatever form they come, what is damaged, and the page.

#![expect(clippy::disallowed_methods, reason = "it makes files by itself")]

mod common;

use common::reports::{
    DAYS, READ, SCHEMA, actions, finding, fleet, folder_of, gzip, lines, own_lines, report, run, wide,
};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

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
    assert_eq!(expected["reports"], json!({"read": 700, "damaged": 0, "nameless": 0}));
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
        // It may break at its signs.
        let is_its = |line: &&str| line.replace("<wbr>", "").contains(&format!(">{account}</td>"));
        let row = page.lines().find(is_its).unwrap();
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

/// An account that is not used any more is not called one to change; in JSON its verdict stays.
#[test]
fn verdicts_and_what_is_to_be_done() {
    let mut idle = finding(1, "taro", "no-smtp-auth");
    idle["action"] = "none".into();
    let text = report("PC-1", DAYS[0], &[READ], &[idle, finding(2, "taro", "no-smtp-auth")]).to_string();
    let run = |format, lang| {
        run(Path::new("."), &["fleet", "-", "--format", format, "--lang", lang], text.as_bytes())
    };
    let table = run("table", "en").stdout;
    assert!(table.contains("      1  no SMTP-AUTH: to change\n"), "{table}");
    assert!(table.contains("      1  no SMTP-AUTH: not in use any more\n"), "{table}");
    let page = run("html", "ja").stdout;
    assert!(page.contains("SMTP認証なし（もう使われていません）"));
    assert_eq!(run("json", "en").json()["summary"]["verdicts"]["no-smtp-auth"], 2);
}
