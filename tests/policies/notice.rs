//! `steps --policy`: the provider's notice, with a page for every client; and what a scan says of receiving.

use crate::{project, run};
use assert_cmd::Command;
use smtp_auth_audit::clients::{CLIENTS, Called};
use smtp_auth_audit::model::{Text, day};
use smtp_auth_audit::notice::of_policy;
use smtp_auth_audit::policy::{Origin, Policy, file};
use smtp_auth_audit::report::notice::Page;
use std::fs;
use textwrap::core::display_width;

fn policy(path: &str) -> Policy {
    let ids: Vec<&str> = CLIENTS.iter().map(|client| client.id).collect();
    let text = fs::read_to_string(project(path)).unwrap();
    file::read(&text, Origin::Given, &ids).unwrap().policy
}

fn pages(path: &str) -> Vec<Page> {
    let clients: Vec<_> = CLIENTS.iter().map(Called::all).collect();
    of_policy(&policy(path), &clients, day("2026-12-01").unwrap()).pages
}

/// The steps of a page, in both languages.
fn said(page: &Page) -> Text {
    let join = |get: fn(&Text) -> &str| page.steps.iter().map(get).collect::<Vec<_>>().join("\n");
    Text::new(join(|text| &text.ja), join(|text| &text.en))
}

/// Programs and devices that only send.
const SENDS_ONLY: [&str; 2] = ["msmtp", "device"];

#[test]
fn every_page_says_server_port_and_encryption_of_the_policy() {
    let editions = CLIENTS.iter().map(|client| client.editions.len()).sum::<usize>();
    for (path, wanted, receives) in [
        (
            "policies/examples/first-notice.toml",
            [("受信サーバーと同じ名前", "name of the incoming server"), ("587", "587")],
            None,
        ),
        ("policies/examples/second-notice.toml", [("587", "587"), ("587", "587")], None),
        (
            "policies/examples/move-of-host.toml",
            [("smtps.example.jp", "smtps.example.jp"), ("465", "465")],
            Some(["pops.example.jp", "995"]),
        ),
    ] {
        let pages = pages(path);
        assert_eq!(pages.len(), editions, "{path}");
        for page in pages {
            let text = said(&page);
            for (ja, en) in wanted {
                assert!(text.ja.contains(ja) && text.en.contains(en), "{path} {}: {}", page.name.en, text.en);
            }
            let Some(incoming) = receives else { continue };
            let names_encryption =
                |text: &str| ["TLS", "SSL", "SMTPS", "try_ssl"].iter().any(|word| text.contains(word));
            assert!(
                names_encryption(&text.ja) && names_encryption(&text.en),
                "{}: {}",
                page.name.en,
                text.en
            );
            let is_there = incoming.iter().all(|word| text.ja.contains(word) && text.en.contains(word));
            assert_eq!(is_there, !SENDS_ONLY.contains(&page.client), "{}: {}", page.name.en, text.en);
            assert_eq!(is_there, text.en.contains("At the same time, for receiving:"), "{}", page.name.en);
        }
    }
}

#[test]
fn no_page_leaves_anything_to_another_notice() {
    for path in [
        "policies/examples/first-notice.toml",
        "policies/examples/second-notice.toml",
        "policies/examples/move-of-host.toml",
        "policies/microsoft-365.toml",
    ] {
        for page in pages(path) {
            let text = said(&page);
            for (ja, en) in [
                ("案内に指定があれば", "as the provider's notice says"),
                ("案内に暗号化の指定", "notice asks for encryption"),
                ("案内にある送信サーバーの名前", "notice gives for sending"),
                ("案内にあるユーザー名", "user name of the provider's notice"),
                ("案内に合わせます", "or what the provider's notice says"),
            ] {
                assert!(
                    !text.ja.contains(ja) && !text.en.contains(en),
                    "{path} {}: {}",
                    page.name.en,
                    text.en
                );
            }
        }
    }
}

fn steps(arguments: &[&str]) -> (i32, String, String) {
    run(Command::cargo_bin("smtp-auth-audit").unwrap().current_dir(project(".")).arg("steps").args(arguments))
}

#[test]
fn the_notice_goes_out_in_three_forms_and_two_languages() {
    let policy = "policies/examples/first-notice.toml";
    for (lang, name, ends) in
        [("ja", "例の会社", "POP before SMTP"), ("en", "Example company", "POP-before-SMTP")]
    {
        let of = |format: &str| {
            let (exit, told, said) = steps(&["--policy", policy, "--lang", lang, "--format", format]);
            assert_eq!((exit, said.as_str()), (0, ""));
            assert!(told.contains(name) && told.contains(ends), "{told}");
            assert!(told.contains("https://www.example.jp/notice"), "{told}");
            told
        };
        let table = of("table");
        for line in table.lines().filter(|line| !line.contains("https://")) {
            assert!(display_width(line) <= 80, "{line}");
        }
        of("markdown");
        let html = of("html");
        assert!(html.contains("lang=\"ja\"") && html.contains("lang=\"en\"") && !html.contains("<script"));
        // The provider's own page is the only one that it leads to, and nothing is fetched.
        let links = html.matches("href=\"http").count();
        assert_eq!((links, html.matches("href=\"https://www.example.jp/notice\"").count()), (1, 1));
        assert!(!html.contains("src=") && !html.contains("url("));
        let sheets = html.matches("<section class=\"sheet ").count();
        assert_eq!(sheets, CLIENTS.iter().map(|client| client.editions.len()).sum::<usize>());
    }
}

#[test]
fn several_clients_may_be_named_and_a_mistake_ends_it() {
    let policy = "policies/examples/move-of-host.toml";
    let (exit, told, _) = steps(&["becky", "outlook", "--policy", policy, "--lang", "en"]);
    assert_eq!(exit, 0);
    assert!(told.contains("(becky)") && told.contains("(outlook)") && !told.contains("(thunderbird)"));
    let (exit, told, said) = steps(&["--policy", "Cargo.toml"]);
    assert_eq!((exit, told.as_str()), (2, ""));
    assert!(said.contains("Cargo.toml:"), "{said}");
}

#[test]
fn clients_say_what_each_can_do_of_a_policy() {
    let command = &mut Command::cargo_bin("smtp-auth-audit").unwrap();
    let policy = "policies/examples/move-of-host.toml";
    let (exit, told, _) =
        run(command.current_dir(project(".")).args(["clients", "--policy", policy, "--lang", "en"]));
    assert_eq!(exit, 0);
    let lines = told.matches("  Example provider: sending: smtps.example.jp, port 465, SSL/TLS").count();
    assert_eq!(lines, CLIENTS.len(), "{told}");
}

/// Where only receiving has to change, its block stands alone, and the check is to receive.
#[test]
fn receiving_alone_has_steps_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.toml");
    let text = r#"
schema = 1
id = "receiving"
name = "Example"
claims = [ { incoming = "pop.example.jp" } ]
receiving = [ { protocol = "pop3", host = "pops.example.jp", port = 995, security = "tls" } ]
"#;
    fs::write(&path, text).unwrap();
    let home = "fixtures/notices/second-notice/home/hanako";
    let command = &mut Command::cargo_bin("smtp-auth-audit").unwrap();
    let arguments =
        ["scan", home, "--no-builtin-policies", "--format", "markdown", "--lang", "en", "--policy"];
    // Sending by 465 meets the default.
    let (exit, told, said) = run(command.current_dir(project(".")).args(arguments).arg(&path));
    assert_eq!((exit, said.as_str()), (1, ""), "{told}");
    for words in ["Server Settings", "pops.example.jp", "Receive once"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    // There is nothing beside which it would have to be done.
    assert!(!told.contains("At the same time"), "{told}");
    assert!(!told.contains("ESMTPA") && !told.contains("to 995"), "{told}");
}
