//! `--redact people`: who it is goes, which servers stay; and `fleet` works with it.

use super::traces::{own_words, secrets};
use super::*;

/// The servers of a report, and the domains of its addresses.
fn servers(report: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (path, text) in all_texts(report) {
        match path.as_str() {
            "/findings/*/incoming/host" | "/findings/*/outgoing/host" => drop(found.insert(plain(text))),
            "/findings/*/addresses/*" => {
                found.extend(text.rsplit_once('@').map(|(_, domain)| plain(domain)));
            }
            _ => {}
        }
    }
    found
}

#[test]
fn people_are_masked_and_servers_are_not() {
    let (_folder, key, _) = keys();
    let own = own_words();
    let (mut searched, mut kept, mut wrong) = (0, BTreeSet::new(), Vec::new());
    for case in cases().iter().step_by(3) {
        let name = case.folder.display().to_string();
        let options = ["--redact", "people", "--redact-key", key.as_str(), "--explain", "--format"];
        let masked = |format: &str| scan(case, &[&options[..], &[format]].concat());
        let (clear, json_masked) = (json(&scan(case, &["--format", "json"])), json(&masked("json")));
        let of = |report: &Value, key: &str, field: &str| -> Vec<Value> {
            let findings = report["findings"].as_array().cloned().unwrap_or_default();
            findings.iter().map(|finding| finding[key][field].clone()).collect()
        };
        for side in ["incoming", "outgoing"] {
            for field in ["host", "port", "security", "auth", "provider"] {
                assert_eq!(of(&clear, side, field), of(&json_masked, side, field), "{name}");
            }
        }
        let mut stayed = BTreeSet::new();
        let (clear_texts, masked_texts) = (all_texts(&clear), all_texts(&json_masked));
        for ((path, clear), (other, masked)) in clear_texts.iter().zip(&masked_texts) {
            assert_eq!(path, other, "{name}: what is there stays there");
            match path.as_str() {
                "/findings/*/addresses/*" => {
                    let domain = |text: &str| text.rsplit_once('@').map(|(_, domain)| domain.to_owned());
                    assert!(clear != masked, "{name}: {clear} stays");
                    assert!(is_mask(masked) || domain(clear) == domain(masked), "{name}: {masked}");
                }
                "/computer"
                | "/scan/host"
                | "/scan/users/*/name"
                | "/scan/users/*/sid"
                | "/findings/*/user"
                | "/findings/*/computer"
                | "/findings/*/user_sid"
                | "/findings/*/source"
                | "/findings/*/profile"
                | "/findings/*/evidence/*/place" => {
                    assert!(is_mask(masked) || clear.is_empty(), "{name}: {path} is {masked}");
                }
                "/findings/*/evidence/*/value" if clear == masked => {
                    stayed.insert(plain(clear));
                    stayed.extend(clear.split([' ', ',', '(', ')']).map(plain));
                    let has_name = NAMES.iter().any(|person| plain(clear).contains(person));
                    assert!(!has_name, "{name}: {clear} stays");
                }
                "/findings/*/id" => assert_ne!(clear, masked, "{name}"),
                _ => {}
            }
        }
        let servers = servers(&clear);
        // Also what looks like a server in a file, whether a report has it or not.
        let is_server = |text: &str| {
            servers.iter().any(|server| server.contains(text))
                || (text.contains("example.") && !text.contains('@'))
        };
        let people: BTreeSet<String> = secrets(case, &clear)
            .into_iter()
            .filter(|text| !is_server(text) && !own.contains(text.as_str()))
            .filter(|text| !stayed.contains(text))
            // The last digits of a mask before a domain look like these.
            .filter(|text| {
                let local = text.split('@').next().unwrap_or_default();
                local.len() > 3 || !local.bytes().all(|byte| byte.is_ascii_hexdigit())
            })
            .collect();
        searched += people.len();
        for format in ["json", "html"] {
            let answer = masked(format);
            let text = plain(&(answer.stdout + &answer.stderr));
            kept.extend(servers.iter().filter(|server| text.contains(*server)).cloned());
            let told = people.iter().filter(|secret| text.contains(secret.as_str()));
            wrong.extend(told.map(|secret| format!("{name}: {format} tells {secret}")));
        }
    }
    assert!(wrong.is_empty(), "{} in all: {:#?}", wrong.len(), &wrong[..wrong.len().min(30)]);
    assert!(searched > 1500, "only {searched} texts");
    assert!(kept.contains("mail.example.jp") && kept.len() > 30, "only {} servers", kept.len());
}

/// Planning by servers, and who is done since last week, with reports in which nobody is named.
#[test]
fn a_fleet_of_such_reports_counts_as_without() {
    let (folder, key, _) = keys();
    let write = |name: &str, options: &[&str]| {
        let output = folder.path().join(name);
        let scan =
            ["scan", "fixtures/demo/office-pc", "--format", "json", "--output", output.to_str().unwrap()];
        assert_eq!(run_in(project(), &[&scan[..], options].concat()).exit, 1);
        output.to_str().unwrap().to_owned()
    };
    let clear = write("clear.json", &[]);
    let masked = write("masked.json", &["--redact", "people", "--redact-key", &key]);
    let later = write("later.json", &["--redact=people", "--redact-key", &key]);
    let fleet =
        |reports: &[&str]| json(&run_in(project(), &[&["fleet", "--format", "json"], reports].concat()));
    let (without, with) = (fleet(&[&clear]), fleet(&[&masked, &later]));
    for part in ["summary", "servers", "clients", "computers"] {
        assert!(!without[part].is_null(), "{part}");
        assert_eq!(without[part], with[part], "{part}");
    }
    let compared = fleet(&[&later, "--baseline", &masked]);
    let left = compared["left"].as_array().unwrap();
    assert!(!left.is_empty() && left.iter().all(|left| left["change"] == "unchanged"), "{compared}");
    let text = fs::read_to_string(&masked).unwrap();
    assert!(NAMES.iter().all(|name| !plain(&text).contains(name)));
    assert!(text.contains("@example.jp") && text.contains("\"mail.example.jp\""));
    // The same masks as when all is masked: a part of the reports can be opened up.
    let all = fs::read_to_string(write("all.json", &["--redact-key", &key])).unwrap();
    let user = |text: &str| serde_json::from_str::<Value>(text).unwrap()["findings"][0]["user"].clone();
    assert_eq!(user(&text), user(&all));
}

/// A PATH behind `--redact` is one as before, and only this one word is not.
#[test]
fn a_path_behind_the_option_is_a_path() {
    let demo = "fixtures/demo/office-pc";
    let report = |words: &[&str]| json(&run_in(project(), &[&["scan", "--format", "json"], words].concat()));
    let all = report(&["--redact", demo]);
    assert_eq!(all["summary"]["findings"], 9);
    assert!(is_mask(all["findings"][0]["outgoing"]["host"].as_str().unwrap()));
    let people = report(&["--redact", "people", demo]);
    assert_eq!(people["findings"][0]["outgoing"]["host"], "mail.example.jp");
    for wrong in ["--redact=persons", "--redact="] {
        assert_eq!(run_in(project(), &["scan", wrong, demo]).exit, 2);
    }
}
