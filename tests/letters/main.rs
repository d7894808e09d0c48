//! Letters: one for each person with something to do, an index for mail merge, and nothing of anybody else.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and looks at files by itself"
)]

#[path = "../common/mod.rs"]
mod common;
mod owners;

use common::reports::{DAYS, READ, finding, folder_of, report, run_in};
use common::{cases, files_below, first_held, forms_of_canary};
use serde_json::json;
use smtp_auth_audit::letters::{COLUMNS, INDEX, SHARED};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const DEMO: &str = "fixtures/demo/office-pc";

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The letters by the names of their files.
fn letters(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let name = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    entries.map(|path| (name(&path), fs::read_to_string(&path).unwrap())).collect()
}

/// The rows of a table by the names of the columns.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.strip_prefix('\u{feff}').unwrap().as_bytes());
    let columns = reader.headers().unwrap().clone();
    let row = |row: csv::StringRecord| {
        columns.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn is_name_of_letter(name: &str) -> bool {
    let Some((words, id)) = name.strip_suffix(".html").and_then(|name| name.rsplit_once('-')) else {
        return false;
    };
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=60).contains(&words.len())
        && words.chars().all(is_plain)
        && id.len() == 16
        && id.chars().all(|c| c.is_ascii_hexdigit())
}

/// Scans with letters into a new folder.
fn scan(path: &str, options: &[&str]) -> (BTreeMap<String, String>, i32, String) {
    let folder = TempDir::new().unwrap();
    let dir = folder.path().join("letters");
    let arguments = [&["scan", path, "--letters", dir.to_str().unwrap()], options].concat();
    let answer = run_in(project(), &arguments);
    let found = if dir.exists() { letters(&dir) } else { BTreeMap::new() };
    (found, answer.exit, answer.stderr)
}

#[test]
fn each_person_with_something_to_do_gets_a_letter() {
    for (lang, title) in [("ja", "メールソフトの設定の変更のお願い"), ("en", "Please change the settings")]
    {
        let (mut found, exit, stderr) =
            scan(DEMO, &["--lang", lang, "--contact", "Helpdesk <1234>", "--format", "jsonl"]);
        assert_eq!(exit, 1, "{stderr}");
        assert!(stderr.contains("index.csv"));
        let index = rows(&found.remove(INDEX).unwrap());
        assert!(!found.contains_key(SHARED));
        assert_eq!(found.len(), 3);
        let users: Vec<&str> = index.iter().map(|row| row["user"].as_str()).collect();
        assert_eq!(users, ["hanako", "jiro", "taro"]);
        assert_eq!(index[0]["address"], "hanako@example.jp", "not that of the shop");
        let number = |column: &str| -> Vec<&str> { index.iter().map(|row| row[column].as_str()).collect() };
        assert_eq!(
            (number("accounts"), number("change"), number("check")),
            (vec!["3", "1", "2"], vec!["2", "1", "2"], vec!["1", "0", "0"])
        );
        for row in &index {
            assert!(is_name_of_letter(&row["letter"]), "{}", row["letter"]);
            let letter = &found[&row["letter"]];
            assert!(letter.contains(&format!("<html lang=\"{lang}\">")) && letter.contains(title));
            assert!(letter.contains("Helpdesk &#60;1234&#62;"));
            assert!(!letter.contains("<script") && letter.contains("default-src 'none'"));
            for other in index.iter().filter(|other| other["user"] != row["user"]) {
                assert!(!letter.contains(&other["address"]), "{} in {}", other["address"], row["letter"]);
            }
            // No policy speaks for these accounts.
            let (decides, marked) = match lang {
                "ja" => ("案内の値を設定してください", "未確認"),
                _ => ("the notice decides", "not confirmed"),
            };
            assert!(letter.contains(decides) && letter.contains(marked));
            assert!(!letter.contains("class=\"changes\""), "without a policy there are no values to be set");
        }
        let steps = if lang == "ja" { "[POP before SMTP を使用]" } else { "[Use POP before SMTP]" };
        assert!(found[&index[0]["letter"]].contains(steps));
    }
}

const POLICY: &str = r#"
schema = 1
id = "isp"
name = { ja = "例の会社", en = "Example company" }
claims = [ { domain = "example.jp" }, { outgoing = "mail.example.com" } ]
sending = [
  { host = "smtp.example.jp", port = 465, security = "tls", auth = "password" },
  { auth = ["pop-before-smtp", "none"], until = 2099-03-31 },
]
"#;

/// What a policy prescribes and when the rest ends is said; that it claims the domain of an address makes no server known.
#[test]
fn values_and_days_are_those_of_the_policy() {
    let folder = folder_of(&[("isp.toml", POLICY.as_bytes())]);
    let policy = folder.path().join("isp.toml");
    let (found, ..) = scan(DEMO, &["--policy", policy.to_str().unwrap(), "--lang", "en"]);
    let index = rows(&found[INDEX]);
    let of = |user: &str| index.iter().find(|row| row["user"] == user).unwrap();
    let taro = &found[&of("taro")["letter"]];
    assert_eq!(of("taro")["until"], "2099-03-31");
    assert!(taro.contains("until 31 March 2099, and not after that."), "{taro}");
    assert!(
        taro.contains("<td>port of the outgoing server</td><td>25</td><td><ins>465</ins></td>"),
        "{taro}"
    );
    assert!(taro.contains("those that the provider asks for"));
    assert!(taro.contains("mail.example.jp (not confirmed"));
    // This one is named by the policy itself.
    let policy = POLICY.replace("mail.example.com", "mail.example.jp");
    fs::write(folder.path().join("isp.toml"), policy).unwrap();
    let path = folder.path().join("isp.toml");
    let (found, ..) = scan(DEMO, &["--policy", path.to_str().unwrap(), "--lang", "en"]);
    let taro = found.iter().find(|(name, _)| name.contains("taro")).unwrap().1;
    assert!(taro.contains("<dd>mail.example.jp</dd>"), "{taro}");
}

/// A home with an account that sends without authentication.
fn thunderbird(folder: &Path, user: &str, address: &str, server: &str) {
    let profile = folder.join(user).join(".thunderbird/p");
    fs::create_dir_all(&profile).unwrap();
    let list = "[Profile0]\nIsRelative=1\nPath=p\n";
    fs::write(folder.join(user).join(".thunderbird/profiles.ini"), list).unwrap();
    let prefs = format!(
        "user_pref(\"mail.accountmanager.accounts\", \"account1\");\nuser_pref(\"mail.account.account1.identities\", \"id1\");\n\
         user_pref(\"mail.account.account1.server\", \"server1\");\nuser_pref(\"mail.identity.id1.useremail\", \"{address}\");\n\
         user_pref(\"mail.identity.id1.smtpServer\", \"smtp1\");\nuser_pref(\"mail.server.server1.type\", \"pop3\");\n\
         user_pref(\"mail.server.server1.hostname\", \"pop.example.jp\");\nuser_pref(\"mail.server.server1.userName\", \"taro\");\n\
         user_pref(\"mail.smtpservers\", \"smtp1\");\nuser_pref(\"mail.smtpserver.smtp1.hostname\", \"{server}\");\n\
         user_pref(\"mail.smtpserver.smtp1.authMethod\", 1);\n"
    );
    fs::write(profile.join("prefs.js"), prefs).unwrap();
}

/// Two homes with the same address: it is in nobody's row, and listed apart.
#[test]
fn an_address_of_two_people_is_listed_apart() {
    let folder = TempDir::new().unwrap();
    for (user, address) in
        [("boss", "boss@example.jp"), ("mallory", "Boss@Example.jp"), ("x", "=1+1@example.jp")]
    {
        thunderbird(folder.path(), user, address, &format!("{user}.example.net"));
    }
    let (found, exit, stderr) =
        scan(folder.path().to_str().unwrap(), &["--lang", "en", "--computer", "=PC;1/../x"]);
    assert_eq!(exit, 1, "{stderr}");
    let index = rows(&found[INDEX]);
    assert_eq!(index.len(), 3, "{index:?}");
    assert!(index.iter().all(|row| row["address"].is_empty()), "{index:?}");
    let shared = rows(&found[SHARED]);
    let whose: Vec<(&str, &str)> =
        shared.iter().map(|row| (row["address"].as_str(), row["user"].as_str())).collect();
    assert_eq!(whose, [("boss@example.jp", "boss"), ("Boss@Example.jp", "mallory")]);
    // No cell is a formula, and no name of a file holds what the computer is called.
    assert!(index.iter().all(|row| row["computer"] == "'=PC;1/../x" && is_name_of_letter(&row["letter"])));
    // The server of the one stands in no letter of the other.
    for row in &index {
        let holds = |user: &str| found[&row["letter"]].contains(&format!("{user}.example.net"));
        assert!(
            holds(&row["user"])
                && ["boss", "mallory"].into_iter().all(|user| holds(user) == (user == row["user"]))
        );
    }
}

#[test]
fn nothing_that_is_there_is_written_over() {
    let folder = TempDir::new().unwrap();
    let dir = folder.path().join("letters");
    fs::create_dir(&dir).unwrap();
    fs::write(dir.join("index.csv"), "mine").unwrap();
    for lang in ["ja", "en"] {
        let arguments = ["scan", DEMO, "--letters", dir.to_str().unwrap(), "--lang", lang];
        let answer = run_in(project(), &arguments);
        assert_eq!((answer.exit, answer.stdout.as_str()), (2, ""));
        assert!(answer.stderr.contains(if lang == "ja" { "空のフォルダー" } else { "empty folder" }));
    }
    assert_eq!(letters(&dir), BTreeMap::from([("index.csv".to_owned(), "mine".to_owned())]));
    for option in [&["--redact"][..], &["--no-steps"]] {
        let (found, exit, stderr) = scan(DEMO, option);
        assert_eq!((found.len(), exit), (0, 2), "{stderr}");
    }
    // Where nobody has to do anything the folder goes again.
    let (found, exit, stderr) = scan("fixtures/outlook/submission-with-auth/home", &["--lang", "en"]);
    assert_eq!((found.len(), exit), (0, 0));
    assert!(stderr.contains("no letter was written"), "{stderr}");
}

#[test]
fn no_letter_holds_a_password() {
    let forms = forms_of_canary();
    let mut number = 0;
    for case in cases().iter().step_by(3) {
        let folder = TempDir::new().unwrap();
        let dir = folder.path().join("letters");
        let mut arguments = vec!["scan", "--quiet", "--letters", dir.to_str().unwrap()];
        arguments.extend(case.paths.iter().chain(&case.arguments).map(String::as_str));
        run_in(&case.folder, &arguments);
        let mut files = BTreeMap::new();
        if dir.exists() {
            files_below(&dir, &mut files);
        }
        number += files.len();
        for (path, bytes) in files {
            assert!(first_held(&bytes, &forms).is_none(), "{} of {}", path.display(), case.folder.display());
        }
    }
    assert!(number > 100, "only {number} files");
}

/// Of a fleet: what is stored as steps is nobody's word, and accounts that need nothing get no letter.
#[test]
fn letters_of_a_fleet() {
    let mut one = finding(1, "taro", "pop-before-smtp");
    one["account"] = "taro@example.jp".into();
    one["steps"] = json!({"ja": ["evil.example"], "en": ["evil.example"]});
    let mut same = finding(2, "hanako", "smtp-auth");
    same["account"] = "shared@example.jp".into();
    let mut other = finding(3, "jiro", "no-smtp-auth");
    other["account"] = "Shared@example.jp".into();
    let users = [READ, ("hanako", "read"), ("jiro", "read")];
    let reports = [
        report("PC_1", DAYS[0], &users, &[one.clone(), same, other]),
        report("PC-2", DAYS[0], &[READ], &[finding(4, "taro", "unreadable")]),
    ];
    let lines: Vec<String> = reports.iter().map(ToString::to_string).collect();
    let text = lines.join("\n") + "\n";
    let folder = folder_of(&[
        ("all.json", text.as_bytes()),
        ("d.csv", b"PC_1,Sales\n"),
        ("isp.toml", POLICY.as_bytes()),
    ]);
    let fleet = |dir: &str, options: &[&str]| {
        let arguments = [&["fleet", "all.json", "--letters", dir, "--lang", "en"], options].concat();
        let answer = run_in(folder.path(), &arguments);
        assert_eq!(answer.exit, 1, "{}", answer.stderr);
        let letters_are = if dir == "anew" { "4 letters are in" } else { "3 letters are in" };
        assert!(answer.stderr.contains(letters_are), "{}", answer.stderr);
        letters(&folder.path().join(dir))
    };
    let found = fleet("letters", &["--departments", "d.csv"]);
    let index = rows(&found[INDEX]);
    let row = |row: &BTreeMap<String, String>| {
        ["computer", "user", "department", "address", "change", "check"].map(|column| row[column].clone())
    };
    let mut all: Vec<[String; 6]> = index.iter().map(row).collect();
    all.sort();
    assert_eq!(
        all,
        [
            ["PC-2", "taro", "", "", "0", "1"],
            ["PC_1", "jiro", "Sales", "", "1", "0"],
            ["PC_1", "taro", "Sales", "taro@example.jp", "1", "0"],
        ]
    );
    assert!(index.iter().all(|row| is_name_of_letter(&row["letter"])));
    // An account that is fine claims its address, too.
    assert_eq!(rows(&found[SHARED]).len(), 1);
    let taro = &found["pc-1-taro-0000000000000001.html"];
    assert!(taro.contains("[Use POP before SMTP]") && !taro.contains("evil.example"));
    assert!(taro.contains("not confirmed") && taro.contains("the notice decides"));
    // Judged anew by a policy: its values, its days. What was fine deviates from it.
    fs::write(folder.path().join("isp.toml"), POLICY.replace("mail.example.com", "mail.example.jp")).unwrap();
    let found = fleet("anew", &["--policy", "isp.toml"]);
    let taro = &found["pc-1-taro-0000000000000001.html"];
    assert!(taro.contains("<dd>mail.example.jp</dd>") && taro.contains("until 31 March 2099"), "{taro}");
    assert!(
        taro.contains("<td>port of the outgoing server</td><td>25</td><td><ins>465</ins></td>"),
        "{taro}"
    );
}

/// What is the same for all accounts of a page is said once on it: before the steps, and the check behind them.
#[test]
fn what_holds_for_all_accounts_is_said_once() {
    for (lang, before, check) in [
        ("ja", "同じアドレスを使うスマートフォン", "ESMTPA または ESMTPSA"),
        ("en", "Before you begin, list", "ESMTPA or ESMTPSA"),
    ] {
        let number = |text: &str, words: &str| text.matches(words).count();
        let (found, ..) = scan(DEMO, &["--lang", lang]);
        for (name, text) in found.iter().filter(|(name, _)| name.contains("hanako") || name.contains("taro"))
        {
            assert_eq!((number(text, before), number(text, check)), (1, 1), "{name}: {text}");
        }
        let html = run_in(project(), &["scan", DEMO, "--lang", lang, "--format", "html"]).stdout;
        let (screen, print) = html.split_once("<section class=\"sheet").unwrap();
        assert_eq!((number(screen, before), number(screen, check)), (1, 1));
        assert!(screen.contains("<a href=\"#a1\">[1]</a>"), "what differs says for which");
        assert!(number(print, before) > 3, "a sheet is somebody's alone");
    }
}

#[test]
fn the_columns_are_documented() {
    let text = fs::read_to_string(project().join("docs/letters.md")).unwrap();
    let named: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`').map(|(name, _)| name))
        .collect();
    let wanted: Vec<&str> =
        COLUMNS.iter().chain(&smtp_auth_audit::letters::SHARED_COLUMNS).copied().collect();
    assert_eq!(named, wanted);
}

#[test]
fn a_day_of_what_may_be_is_no_certain_one() {
    let (found, _, told) = scan("fixtures/outlook/provider-microsoft-365/home", &["--lang", "en"]);
    let letter = |words: &str| found.values().filter(|text| text.contains(words)).count();
    let (day, may) = ("can send mail until", "But that depends on a setting that could not be read");
    assert_eq!((letter(day), letter(may)), (1, 1), "{told}");
}
