//! Whose letters and addresses are, and whose word the values in them.

use super::common::reports::{DAYS, READ, finding, folder_of, report, run_in};
use super::{INDEX, SHARED, letters, rows, scan, thunderbird};
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// Claims a domain, and says nothing of servers.
const PORTS: &str = r#"
schema = 1
id = "isp"
name = { ja = "例の会社", en = "Example company" }
claims = [ { domain = "example.jp" } ]
sending = [ { port = 587, security = "starttls", auth = "password" } ]
"#;

fn addresses(found: &BTreeMap<String, String>) -> Vec<[String; 2]> {
    rows(&found[INDEX]).iter().map(|row| [row["user"].clone(), row["address"].clone()]).collect()
}

fn shared(found: &BTreeMap<String, String>) -> Vec<String> {
    found
        .get(SHARED)
        .map(|text| rows(text).iter().map(|row| row["user"].clone()).collect())
        .unwrap_or_default()
}

/// What is written otherwise is the same address all the same.
#[test]
fn an_address_is_the_same_in_any_spelling() {
    let folder = TempDir::new().unwrap();
    for (user, address) in [("boss", "boss@日本語.jp"), ("mallory", "BOSS@xn--wgv71a119e.jp")] {
        thunderbird(folder.path(), user, address, "mail.example.net");
    }
    let (found, ..) = scan(folder.path().to_str().unwrap(), &[]);
    assert_eq!(addresses(&found), [["boss", ""], ["mallory", ""]]);
    assert_eq!(shared(&found), ["boss", "mallory"]);
}

/// An account that is not shown is somebody's, too: of a server that was not asked for, of no provider, or an exception.
#[test]
fn what_is_not_shown_has_an_owner() {
    let folder = TempDir::new().unwrap();
    thunderbird(folder.path(), "boss", "boss@example.net", "mail.example.net");
    thunderbird(folder.path(), "mallory", "boss@example.net", "mail.example.jp");
    thunderbird(folder.path(), "taro", "taro@example.net", "mail.example.jp");
    let policy = PORTS.replace("{ domain = \"example.jp\" }", "{ outgoing = \"mail.example.jp\" }");
    let files = folder_of(&[
        ("isp.toml", policy.as_bytes()),
        ("x.csv", b"server,until,reason\nmail.example.net,2099-12-31,test\n"),
    ]);
    let path = |name: &str| files.path().join(name).to_str().unwrap().to_owned();
    for options in [
        &["--server", "mail.example.jp"][..],
        &["--policy", &path("isp.toml"), "--others", "skip"],
        &["--exceptions", &path("x.csv")],
    ] {
        let (found, exit, stderr) = scan(folder.path().to_str().unwrap(), options);
        assert_eq!(exit, 1, "{options:?}: {stderr}");
        assert_eq!(addresses(&found), [["mallory", ""], ["taro", "taro@example.net"]], "{options:?}");
        assert_eq!(shared(&found), ["mallory"], "{options:?}");
    }
}

/// In `fleet` too, where an account is called otherwise than by its address.
#[test]
fn a_fleet_knows_addresses_and_owners() {
    let with = |number, user: &str, sid: Option<&str>, address: &str| {
        let mut finding = finding(number, user, "no-smtp-auth");
        (finding["account"], finding["addresses"]) = (json!("my mail"), json!([address]));
        finding["user_sid"] = json!(sid);
        finding
    };
    let mut fine = with(4, "boss", None, "boss@example.jp");
    (fine["verdict"], fine["action"]) = (json!("smtp-auth"), json!("none"));
    let (one, two) = (Some("S-1-5-21-1-1"), Some("S-1-5-21-1-2"));
    let reports = [
        report("PC-1", DAYS[0], &[READ], &[with(1, "taro", None, "taro@example.jp")]),
        report("PC-2", DAYS[0], &[("jiro", "read")], &[with(2, "jiro", None, "Boss@EXAMPLE.jp")]),
        report("PC-3", DAYS[0], &[("boss", "read")], &[fine]),
        // Two users of one name.
        report("PC-4", DAYS[0], &[], &[with(5, "u", one, "u@example.jp"), with(6, "u", two, "u@example.jp")]),
        report(
            "PC-5",
            DAYS[0],
            &[("x0123456789abcdef", "read")],
            &[with(7, "x0123456789abcdef", None, "x0123456789abcdef@example.jp")],
        ),
    ];
    let lines: Vec<String> = reports.iter().map(ToString::to_string).collect();
    let folder = folder_of(&[("all.json", (lines.join("\n") + "\n").as_bytes())]);
    for (lang, said) in [("en", "about 1 account of masked reports"), ("ja", "伏せ字の報告にある 1 件")]
    {
        let arguments = ["fleet", "all.json", "--letters", lang, "--lang", lang];
        let answer = run_in(folder.path(), &arguments);
        assert!(answer.stderr.contains(said), "{}", answer.stderr);
        let found = letters(&folder.path().join(lang));
        let mut all = addresses(&found);
        all.sort();
        assert_eq!(all, [["jiro", ""], ["taro", "taro@example.jp"], ["u", ""], ["u", ""]]);
        assert_eq!(shared(&found), ["jiro", "u", "u"]);
        assert!(found.values().all(|text| !text.contains("x0123456789abcdef")));
    }
}

/// A policy's values are the provider's only for the provider's servers, and for a relay there is something else to look at.
#[test]
fn whose_word_the_values_are() {
    let folder = TempDir::new().unwrap();
    thunderbird(folder.path(), "boss", "boss@example.jp", "mail.example.net");
    thunderbird(folder.path(), "jiro", "jiro@example.jp", "localhost");
    thunderbird(folder.path(), "taro", "taro@example.org", "mail.example.net");
    let named = PORTS.replace("sending = [ { ", "sending = [ { host = \"smtp.example.jp\", ");
    let files = folder_of(&[("isp.toml", PORTS.as_bytes()), ("named.toml", named.as_bytes())]);
    let wanted = |lang: &str, boss: &'static str| {
        let (usual, relay) = match lang {
            "ja" => ("手順にある値は一般的なものです", "このパソコンの中の別のプログラム"),
            _ => ("are the usual ones", "another program on this computer"),
        };
        [("boss", boss), ("jiro", relay), ("taro", usual)]
    };
    let sentences = [
        "手順にある値は一般的なものです",
        "are the usual ones",
        "提供元が案内しているものです",
        "those that the provider asks for",
        "確認できていません",
        "confirmed that the server is this",
        "このパソコンの中の別のプログラム",
        "another program on this computer",
    ];
    for (lang, policy, boss) in [
        ("en", "isp.toml", "confirmed that the server is this"),
        ("ja", "isp.toml", "確認できていません"),
        ("en", "named.toml", "those that the provider asks for"),
        ("ja", "named.toml", "提供元が案内しているものです"),
    ] {
        let policy = files.path().join(policy);
        let path = folder.path().to_str().unwrap();
        let (found, ..) = scan(path, &["--policy", policy.to_str().unwrap(), "--lang", lang]);
        for (user, sentence) in wanted(lang, boss) {
            let letter = found.iter().find(|(name, _)| name.contains(user)).unwrap().1;
            let said: Vec<&str> = sentences.into_iter().filter(|text| letter.contains(text)).collect();
            assert_eq!(said, [sentence], "{user}, {}", policy.display());
        }
    }
    // The same from reports, where mail goes to a program and no server tells it.
    let mut handed = finding(1, "taro", "unreadable");
    handed["notes"] = json!([{"code": "external-program", "ja": "", "en": ""}]);
    handed["outgoing"] = json!(null);
    let text = report("PC-1", DAYS[0], &[READ], &[handed]).to_string();
    fs::write(files.path().join("all.json"), text).unwrap();
    let answer = run_in(files.path(), &["fleet", "all.json", "--letters", "out", "--lang", "en"]);
    assert_eq!(answer.exit, 3, "{}", answer.stderr);
    let found = letters(&files.path().join("out"));
    let letter =
        found.iter().find(|(name, _)| Path::new(name).extension().is_some_and(|e| e == "html")).unwrap().1;
    assert!(letter.contains("another program on this computer"), "{letter}");
    assert!(letter.contains("Open the settings of the program that relays the mail"), "{letter}");
}
