//! The JSON Schema that the program prints, held against what it writes: an independent validator reads every fixture's
//! report in every JSON form.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test fails by panicking, makes files by itself, and says what it skips"
)]

mod common;

use common::cases;
use serde_json::{Value, json};
use smtp_auth_audit::model::{Action, Verdict};
use smtp_auth_audit::report::v1::JSON_SCHEMA;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

fn run_in(folder: &Path, arguments: &[&str]) -> String {
    let mut command = assert_cmd::Command::cargo_bin("smtp-auth-audit").unwrap();
    let output = command.current_dir(folder).args(arguments).env("LC_ALL", "C.UTF-8").output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Documents on their way to the validator.
#[derive(Default)]
struct Documents {
    lines: String,
    count: usize,
}

impl Documents {
    fn add(&mut self, name: &str, part: &str, strict: bool, document: &Value) {
        let line = json!({"name": name, "part": part, "strict": strict, "document": document});
        self.lines += &(line.to_string() + "\n");
        self.count += 1;
    }

    fn report(&mut self, name: &str, text: &str) {
        self.add(name, "report", true, &serde_json::from_str(text).unwrap_or(Value::Null));
    }

    fn json_lines(&mut self, name: &str, text: &str) {
        for line in text.lines() {
            self.add(name, "line", true, &serde_json::from_str(line).unwrap_or(Value::Null));
        }
    }

    /// (name, message) of everything that is wrong; `None` if there is no validator.
    fn validate(&self) -> Option<Vec<(String, String)>> {
        let has_validator = |python: &&str| {
            let import = Command::new(python).args(["-c", "import jsonschema"]).output();
            import.is_ok_and(|output| output.status.success())
        };
        // Debian's package belongs to Debian's Python, which need not be the first.
        let python = ["python3", "/usr/bin/python3"].into_iter().find(has_validator);
        let required = std::env::var_os("SMTP_AUTH_AUDIT_REQUIRE_TOOLS").is_some_and(|value| value == "1");
        assert!(python.is_some() || !required, "python3 with its package jsonschema is required");
        let Some(python) = python else {
            eprintln!("skipped: no python3 with its package jsonschema");
            return None;
        };
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("schema.json");
        fs::write(&file, run_in(project(), &["schema"])).unwrap();
        let mut child = Command::new(python)
            .arg(project().join("tests/validate.py"))
            .arg(file)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(self.lines.as_bytes()).unwrap();
        drop(stdin);
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "the validator ended early");
        Some(serde_json::from_slice(&output.stdout).unwrap())
    }
}

#[test]
fn every_report_is_as_the_schema_says() {
    let mut documents = Documents::default();
    for case in cases() {
        let name = case.folder.display().to_string();
        let scan = |options: &[&str]| {
            let paths = case.paths.iter().chain(&case.arguments).map(String::as_str);
            let arguments: Vec<&str> =
                ["scan"].into_iter().chain(paths).chain(options.iter().copied()).collect();
            run_in(&case.folder, &arguments)
        };
        documents.report(&name, &scan(&["--format", "json"]));
        documents.json_lines(&name, &scan(&["--format", "jsonl"]));
        documents.report(&format!("{name}, masked"), &scan(&["--format", "json", "--redact"]));
    }
    assert!(documents.count > 700, "only {} documents", documents.count);
    further(&mut documents);
    if let Some(wrong) = documents.validate() {
        assert!(
            wrong.is_empty(),
            "{} of {}: {:#?}",
            wrong.len(),
            documents.count,
            &wrong[..wrong.len().min(20)]
        );
    }
}

/// Servers of this test that say what they like.
#[cfg(feature = "probe")]
fn probes(documents: &mut Documents) {
    use std::io::Read;
    let server = |says: &'static [&'static [u8]]| {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            let (mut guest, _) = listener.accept().unwrap();
            for words in says {
                guest.write_all(words).unwrap();
                let _ = guest.read(&mut [0; 1000]);
            }
        });
        format!("127.0.0.1:{port}")
    };
    let names = [
        server(&[b"220 mail\r\n", b"250-mail\r\n250-STARTTLS\r\n250 AUTH LOGIN\r\n", b"454 no\r\n"]),
        server(&[b"+OK\r\n", b"+OK\r\nUSER\r\nSASL PLAIN\r\n.\r\n"]),
        server(&[b"421 later\r\n"]),
        server(&[b"what\r\n"]),
        "127.0.0.1:1".to_owned(),
        "10.0.0.1".to_owned(),
    ];
    for name in &names {
        let probe = serde_json::from_str(&run_in(project(), &["probe", name, "--format", "json"])).unwrap();
        documents.add(&format!("probe {name}"), "probe", true, &probe);
    }
}

/// Plans for everything that the demo holds.
#[cfg(feature = "fix")]
fn plans(documents: &mut Documents) {
    let run = |format| run_in(project(), &["fix", "fixtures/demo/office-pc", "--format", format]);
    documents.add("fix", "fix", true, &serde_json::from_str(&run("json")).unwrap());
    for line in run("jsonl").lines() {
        documents.add("fix, a line", "fixLine", true, &serde_json::from_str(line).unwrap());
    }
}

/// What has its own form: answers, a comparison, a fleet, what servers answer.
fn further(documents: &mut Documents) {
    #[cfg(feature = "probe")]
    probes(documents);
    #[cfg(feature = "fix")]
    plans(documents);
    let folder = TempDir::new().unwrap();
    for (number, answers) in [
        "incoming = pop3\nlog-on-first = y\nauth = n\n",
        "incoming = pop3\nlog-on-first = n\nauth = y\nport = 25\nencryption = none",
        "incoming = other",
        "address = taro@example.jp\nincoming = ?\nlog-on-first = ?\nauth = ?",
    ]
    .into_iter()
    .enumerate()
    {
        fs::write(folder.path().join("answers.txt"), answers).unwrap();
        let name = format!("answers {number}");
        let ask = ["ask", "becky", "--answers", "answers.txt", "--format"];
        documents.report(&name, &run_in(folder.path(), &[&ask[..], &["json"]].concat()));
        documents.json_lines(&name, &run_in(folder.path(), &[&ask[..], &["jsonl"]].concat()));
    }
    let demo = run_in(project(), &["scan", "fixtures/demo/office-pc", "--format", "json"]);
    let mut old: Value = serde_json::from_str(&demo).unwrap();
    let now = folder.path().join("now.json");
    fs::write(&now, &demo).unwrap();
    let mut gone = old["findings"][0].clone();
    gone["id"] = "0123456789abcdef".into();
    let user = old["scan"]["users"].as_array().unwrap().iter().find(|u| u["status"] == "read").unwrap();
    (gone["user"], gone["user_sid"]) = (user["name"].clone(), user["sid"].clone());
    gone["action"] = "change".into();
    old["findings"].as_array_mut().unwrap().push(gone.clone());
    gone["id"] = "0123456789abcdee".into();
    gone["verdict"] = "a word of later".into();
    old["findings"].as_array_mut().unwrap().push(gone);
    let baseline = folder.path().join("old.json");
    fs::write(&baseline, old.to_string()).unwrap();
    let compare = ["scan", "fixtures/demo/office-pc", "--baseline", baseline.to_str().unwrap(), "--format"];
    let compared = run_in(project(), &[&compare[..], &["json"]].concat());
    let resolved = serde_json::from_str::<Value>(&compared).unwrap()["resolved"].clone();
    assert_eq!(resolved.as_array().unwrap().len(), 2);
    documents.report("compared", &compared);
    documents.json_lines("compared", &run_in(project(), &[&compare[..], &["jsonl"]].concat()));
    fs::write(folder.path().join("damaged.json"), "{").unwrap();
    fs::write(folder.path().join("departments.csv"), "PC-0421,Sales\n").unwrap();
    let damaged = folder.path().join("damaged.json");
    let paths = [&now, &damaged].map(|path| path.to_str().unwrap());
    let fleet = [&["fleet"][..], &paths, &["--format", "json"]].concat();
    let departments = folder.path().join("departments.csv");
    for options in [
        &[][..],
        &["--baseline", baseline.to_str().unwrap(), "--departments", departments.to_str().unwrap()],
        &["--policy", "policies/examples", "--as-of", "2026-11-01", "--due", "30"],
    ] {
        let fleet = serde_json::from_str(&run_in(project(), &[&fleet[..], options].concat())).unwrap();
        documents.add("fleet", "fleet", true, &fleet);
    }
}

/// A validator that lets everything through would prove nothing; one that closes what is open would break its users.
#[test]
fn what_is_wrong_is_refused_and_what_is_new_is_not() {
    let text = run_in(project(), &["scan", "fixtures/demo/office-pc", "--format", "json"]);
    let report: Value = serde_json::from_str(&text).unwrap();
    let mut documents = Documents::default();
    let mut add = |name: &str, change: &dyn Fn(&mut Value)| {
        let mut report = report.clone();
        change(&mut report);
        documents.add(name, "report", false, &report);
        if name.starts_with("good: a new") {
            documents.add(&name.replace("good", "bad, strictly"), "report", true, &report);
        }
    };
    add("good: a new word", &|report| report["findings"][0]["verdict"] = "of later".into());
    add("good: a new key", &|report| report["findings"][0]["later"] = json!({"x": 1}));
    add("good: another count", &|report| report["summary"]["verdicts"]["of-later"] = 1.into());
    add("good: a new key of the report", &|report| report["later"] = json!([]));
    add("good: no computer", &|report| report["computer"] = Value::Null);
    for key in report["findings"][0].as_object().unwrap().keys() {
        add(&format!("bad: without {key}"), &|report| {
            report["findings"][0].as_object_mut().unwrap().remove(key);
        });
    }
    for key in report.as_object().unwrap().keys() {
        add(&format!("bad: without {key} of the report"), &|report| {
            report.as_object_mut().unwrap().remove(key);
        });
    }
    add("bad: another schema", &|report| report["schema"] = "smtp-auth-audit/report/v2".into());
    add("bad: an id that is none", &|report| report["findings"][0]["id"] = "1".into());
    add("bad: a port that is none", &|report| report["findings"][0]["outgoing"]["port"] = 65536.into());
    add("bad: a port as text", &|report| report["findings"][0]["outgoing"]["port"] = "25".into());
    add("bad: one language", &|report| {
        report["issues"][0]["message"].as_object_mut().unwrap().remove("ja");
    });
    let mut line = report["findings"][0].clone();
    for (key, value) in
        [("type", "finding"), ("schema", "smtp-auth-audit/report/v1"), ("computer", "PC-1"), ("later", "")]
    {
        line[key] = value.into();
    }
    documents.add("bad: a line without its time", "line", false, &line);
    line["started_at"] = report["scan"]["started_at"].clone();
    documents.add("good: a line with a new key", "line", false, &line);
    documents.add("bad, strictly: a line with a new key", "line", true, &line);
    let Some(wrong) = documents.validate() else { return };
    for line in documents.lines.lines() {
        let name = serde_json::from_str::<Value>(line).unwrap()["name"].as_str().unwrap().to_owned();
        let is_refused = wrong.iter().any(|(wrong, _)| *wrong == name);
        assert_eq!(is_refused, name.starts_with("bad"), "{name}");
    }
}

/// The words that the schema lists are the program's.
#[test]
fn the_words_are_those_of_the_model() {
    let schema: Value = serde_json::from_str(JSON_SCHEMA).unwrap();
    let verdicts = Verdict::ALL.map(Verdict::code);
    let actions = Action::ALL.map(Action::code);
    assert_eq!(schema["$defs"]["verdict"]["examples"], json!(verdicts));
    assert_eq!(schema["$defs"]["verdicts"]["required"], json!(verdicts));
    assert_eq!(schema["$defs"]["action"]["examples"], json!(actions));
    assert_eq!(schema["$defs"]["actions"]["required"], json!(actions));
    for definition in schema["$defs"].as_object().unwrap().values() {
        every_key_is_required(definition);
    }
    assert!(JSON_SCHEMA.is_ascii(), "right in every code page");
    assert_eq!(run_in(project(), &["schema"]), JSON_SCHEMA);
}

fn every_key_is_required(schema: &Value) {
    if let Some(properties) = schema.get("properties").and_then(Value::as_object)
        && schema.get("if").is_none()
        && let Some(required) = schema.get("required").and_then(Value::as_array)
    {
        for key in properties.keys() {
            assert!(required.contains(&key.as_str().into()), "{key} is not required");
        }
        assert_eq!(required.len(), properties.len());
    }
    match schema {
        Value::Object(map) => map.values().for_each(every_key_is_required),
        Value::Array(list) => list.iter().for_each(every_key_is_required),
        _ => {}
    }
}
