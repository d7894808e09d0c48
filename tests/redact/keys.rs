//! Keys, filters, comparisons and answers.

use super::*;

const DEMO: &str = "fixtures/demo/office-pc";

#[test]
fn masks_are_the_same_with_the_same_key_only() {
    let (_folder, one, other) = keys();
    let report = |options: &[&str]| {
        let mut report = json(&run_in(project(), &[&["scan", DEMO, "--format", "json"], options].concat()));
        report["scan"]["started_at"] = Value::Null;
        report
    };
    let masks = |report: &Value| -> BTreeSet<String> {
        let texts = all_texts(report);
        texts.into_iter().map(|(_, text)| text.to_owned()).filter(|text| is_mask(text)).collect()
    };
    assert_eq!(report(&["--redact-key", &one]), report(&["--redact", "--redact-key", &one]));
    let each =
        [&["--redact"][..], &["--redact"], &["--redact-key", &one], &["--redact-key", &other]].map(report);
    for (at, left) in each.iter().enumerate() {
        assert!(masks(left).len() > 20);
        for right in &each[at + 1..] {
            assert!(masks(left).is_disjoint(&masks(right)));
            assert_ne!(left["findings"][0]["id"], right["findings"][0]["id"]);
        }
    }
}

#[test]
fn filters_and_comparisons_work_as_without() {
    let (folder, one, other) = keys();
    let scan =
        |options: &[&str]| json(&run_in(project(), &[&["scan", DEMO, "--format", "json"], options].concat()));
    for filter in [&["--server", "127.*"][..], &["--domain", "example.jp"], &["--client", "becky"]] {
        let (clear, masked) = (scan(filter), scan(&[filter, &["--redact"]].concat()));
        assert_eq!(clear["summary"], masked["summary"]);
    }
    let old = folder.path().join("old.json");
    let old = old.to_str().unwrap();
    run_in(project(), &["scan", DEMO, "--format", "json", "--redact-key", &one, "--output", old]);
    let changes = |key: &str| -> BTreeSet<String> {
        let report = scan(&["--redact-key", key, "--baseline", old]);
        let findings = report["findings"].as_array().unwrap().clone();
        findings.iter().map(|finding| finding["change"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(changes(&one), ["unchanged".to_owned()].into());
    assert_eq!(changes(&other), ["new".to_owned()].into());
    let mut earlier: Value = serde_json::from_str(&fs::read_to_string(old).unwrap()).unwrap();
    let user = earlier["scan"]["users"].as_array().unwrap().iter().find(|u| u["status"] == "read").unwrap();
    let mut gone = earlier["findings"][0].clone();
    (gone["id"], gone["action"]) = ("0123456789abcdef".into(), "change".into());
    (gone["user"], gone["user_sid"]) = (user["name"].clone(), user["sid"].clone());
    gone["client_name"] = "Taro's own client".into();
    earlier["findings"].as_array_mut().unwrap().push(gone.clone());
    fs::write(old, earlier.to_string()).unwrap();
    let resolved = scan(&["--redact-key", &one, "--baseline", old])["resolved"].clone();
    assert_eq!(resolved.as_array().unwrap().len(), 1, "{resolved}");
    assert_eq!((&resolved[0]["id"], &resolved[0]["account"]), (&gone["id"], &gone["account"]));
    assert!(is_mask(resolved[0]["client_name"].as_str().unwrap()));
    let fleet = json(&run_in(project(), &["fleet", old, old, "--format", "json"]));
    assert_eq!((&fleet["computers"], &fleet["summary"]["findings"]), (&1.into(), &10.into()));
}

#[test]
fn answers_are_masked_and_fit_the_masked_report() {
    let (folder, key, _) = keys();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write(
        "answers.txt",
        "address = taro@example.jp\nincoming = pop3\nlog-on-first = y\nauth = n\nserver = mail.example.jp",
    );
    for format in FORMATS {
        for lang in ["ja", "en"] {
            let ask = [
                "ask",
                "becky",
                "--answers",
                "answers.txt",
                "--computer",
                "PC-0421",
                "--explain",
                "--redact",
            ];
            let answer = run_in(folder.path(), &[&ask[..], &["--format", format, "--lang", lang]].concat());
            assert_eq!(answer.exit, if format == "nagios" { 2 } else { 1 }, "{}", answer.stderr);
            let text = plain(&(answer.stdout + &answer.stderr));
            for secret in ["taro", "mail.example", "pc-0421"] {
                assert!(!text.contains(secret), "{format} tells {secret}: {text}");
            }
        }
    }
    let home = "fixtures/outlook-new/accounts/home";
    let file = folder.path().join("report.json");
    for format in ["table", "json"] {
        let file = file.to_str().unwrap();
        let answer = run_in(
            project(),
            &["scan", home, "--redact", "--format", format, "--output", file, "--lang", "en"],
        );
        assert_eq!(
            answer.stderr,
            format!("The result was written to {file}\n"),
            "no command that names paths"
        );
        assert!(!fs::read_to_string(file).unwrap().contains("smtp-auth-audit ask"));
    }
    let report =
        |options: &[&str]| json(&run_in(project(), &[&["scan", home, "--format", "json"], options].concat()));
    let (clear, masked) = (report(&[]), report(&["--redact-key", &key]));
    write("clear.json", &clear.to_string());
    write("masked.json", &masked.to_string());
    write("answers.txt", "incoming = pop3\nlog-on-first = y\nauth = n\n");
    for (file, report) in [("clear.json", &clear), ("masked.json", &masked)] {
        let finding = &report["findings"][0];
        let (client, id) = (finding["client"].as_str().unwrap(), finding["id"].as_str().unwrap());
        let ask = [
            "ask",
            client,
            "--finding",
            id,
            "--report",
            file,
            "--answers",
            "answers.txt",
            "--format",
            "json",
        ];
        let answer = run_in(folder.path(), &[&ask[..], &["--redact-key", &key]].concat());
        // Names of questions, and nothing of the account.
        assert_eq!(answer.stderr, "answers that were not used, as the others decide: log-on-first\n");
        let answered = json(&answer);
        for key in ["id", "user", "account", "source", "addresses"] {
            assert_eq!(answered["findings"][0][key], masked["findings"][0][key], "{file}: {key}");
        }
        assert_eq!(answered["computer"], masked["computer"]);
        assert!(is_mask(answered["scan"]["host"].as_str().unwrap()));
    }
}

#[test]
fn what_can_not_be_masked_is_refused() {
    let (folder, key, _) = keys();
    let short = folder.path().join("short.key");
    fs::write(&short, "fifteen bytes !").unwrap();
    let short = short.to_str().unwrap();
    let old = "fixtures/demo/office-pc/case.toml";
    for (options, ja, en) in [
        (&["--redact-key", short][..], "16 バイト以上", "at least 16 bytes"),
        (&["--redact-key", "no/such.key"], "no/such.key", "no/such.key"),
        (&["--redact", "--baseline", old], "--redact-key が必要", "needs --redact-key"),
        (&["--redact-key", &key, "--redact-key", &key], "", "cannot be used multiple times"),
    ] {
        for (lang, wanted) in [("ja", ja), ("en", en)] {
            let answer = run_in(project(), &[&["scan", DEMO, "--lang", lang], options].concat());
            assert_eq!((answer.exit, answer.stdout.as_str()), (2, ""), "{options:?}");
            assert!(answer.stderr.contains(wanted), "{options:?} {lang}: {}", answer.stderr);
        }
    }
    let ask = ["ask", "becky", "--answers", "x", "--redact-key", short];
    assert_eq!(run_in(project(), &ask).exit, 2);
}
