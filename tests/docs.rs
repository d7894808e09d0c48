//! The documents show what the program really prints. `UPDATE_DOCS=1 cargo test --test docs` writes them anew.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and looks at files by itself"
)]

use assert_cmd::Command;
use smtp_auth_audit::classify::OAuth2;
use smtp_auth_audit::clients::abilities::{ABILITIES, Ability};
use smtp_auth_audit::clients::inferred::INFERRED;
use smtp_auth_audit::clients::{CLIENTS, Reading};
use smtp_auth_audit::model::{Rule, limits};
use smtp_auth_audit::{fleet, report};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn compare(path: &str, wanted: &str) {
    let path = project(path);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, wanted).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == wanted,
        "{} is not what the program prints: UPDATE_DOCS=1 cargo test --test docs",
        path.display()
    );
}

/// What the program prints with these arguments, or the last paragraphs of it.
fn printed(what: &str) -> String {
    let (arguments, last) = what.split_once(" | last ").unwrap_or((what, ""));
    let output = Command::cargo_bin("smtp-auth-audit")
        .unwrap()
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments.split(' '))
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let parts: Vec<&str> = text.trim_end().split("\n\n").collect();
    let first = last.parse::<usize>().map_or(0, |last| parts.len() - last);
    parts[first..].join("\n\n")
}

/// Pages that show what the program prints, between `<!-- run: ARGUMENTS -->` and `<!-- end -->`.
const SHOWING: [&str; 4] = ["README.md", "README.ja.md", "docs/usage.md", "docs/usage.ja.md"];

#[test]
fn pages_show_the_real_output() {
    for page in SHOWING {
        let text = fs::read_to_string(project(page)).unwrap();
        let mut wanted = String::new();
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once("<!-- run: ") {
            let (what, after) = after.split_once(" -->\n").unwrap();
            let (_, after) = after.split_once("<!-- end -->").unwrap();
            let shown = printed(what);
            write!(wanted, "{before}<!-- run: {what} -->\n```text\n{shown}\n```\n<!-- end -->").unwrap();
            rest = after;
        }
        wanted.push_str(rest);
        compare(page, &wanted);
    }
}

/// The commands of the pages are ones that the program knows, with all their options.
#[test]
fn commands_are_understood() {
    let mut count = 0;
    for page in SHOWING {
        let text = fs::read_to_string(project(page)).unwrap();
        let in_lines = text.lines().filter_map(|line| line.strip_prefix("    smtp-auth-audit "));
        let in_text = text.split('`').filter_map(|span| span.strip_prefix("smtp-auth-audit "));
        for command in in_lines.chain(in_text) {
            // Behind the command of a list stands what it is for.
            let command = command.split("  ").next().unwrap().replace('\n', " ");
            // Placeholders in brackets and alternatives are no words to type.
            if command.contains(['[', '|', '.']) && command.contains(['[', '|']) {
                continue;
            }
            let words: Vec<String> = command
                .split('"')
                .enumerate()
                .flat_map(|(at, part)| match at % 2 {
                    0 => part.split_whitespace().map(str::to_owned).collect(),
                    _ => vec![part.to_owned()],
                })
                .map(|word| match &*word {
                    "SHELL" => "bash".to_owned(),
                    "CLIENT" => "outlook".to_owned(),
                    _ => word,
                })
                .collect();
            let output = Command::cargo_bin("smtp-auth-audit")
                .unwrap()
                .current_dir(env!("CARGO_MANIFEST_DIR"))
                .args(&words)
                .arg("--help")
                .output()
                .unwrap();
            assert_ne!(
                output.status.code(),
                Some(2),
                "{page}: {command}: {}",
                String::from_utf8_lossy(&output.stderr)
            );
            count += 1;
        }
    }
    assert!(count > 40, "only {count} commands");
}

/// Paths of files in links, from every page.
#[test]
fn links_lead_to_files_that_are_there() {
    let pages = fs::read_dir(project("docs")).unwrap().map(|entry| entry.unwrap().path());
    let own = [
        "README.md",
        "README.ja.md",
        "CONTRIBUTING.md",
        "ARCHITECTURE.md",
        "SECURITY.md",
        "deploy/README.md",
        "fuzz/README.md",
        "deploy/packages/README.md",
    ];
    let pages = pages.chain(own.iter().map(|page| project(page)));
    for page in pages.filter(|page| page.extension().is_some_and(|extension| extension == "md")) {
        let text = fs::read_to_string(&page).unwrap();
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for link in links.filter(|link| !link.contains(':') && !link.starts_with('#')) {
            let path = link.split('#').next().unwrap();
            assert!(page.parent().unwrap().join(path).exists(), "{}: {link}", page.display());
        }
    }
}

/// From here on the page of the clients is written by hand.
const BY_HAND: &str = "\n## Beside the table / 表のほか\n";

#[test]
fn the_table_of_clients_is_that_of_the_program() {
    let mut text = String::from(
        "# Clients / 対応しているメールソフト\n\nMade from the table in `src/clients` (`UPDATE_DOCS=1 cargo test --test docs`).\n",
    );
    for client in CLIENTS {
        let editions: Vec<&str> = client.editions.iter().map(|edition| &*edition.name.en).collect();
        write!(text, "\n## {} (`{}`)\n\n", client.name, client.id).unwrap();
        let (reads, change) = (client.reading.text(), client.change());
        writeln!(text, "- What is read: {}; change: {}", reads.en, change.en).unwrap();
        writeln!(text, "- 読み取るもの: {}、変更: {}", reads.ja, change.ja).unwrap();
        if !client.places.is_empty() {
            writeln!(text, "- Where it looks / 調べる場所:").unwrap();
        }
        for place in client.places {
            writeln!(text, "  - `{place}`").unwrap();
        }
        writeln!(text, "- How sure: {}", client.sureness.en).unwrap();
        writeln!(text, "- 確からしさ: {}", client.sureness.ja).unwrap();
        if matches!(client.reading, Reading::Settings(_)) {
            let asks = client.asks.text();
            writeln!(text, "- To type a password when SMTP-AUTH is turned on: {}", asks.en).unwrap();
            writeln!(text, "- SMTP 認証を有効にしたときのパスワードの入力: {}", asks.ja).unwrap();
        }
        writeln!(text, "- Steps for / 手順のある版: {}", editions.join(", ")).unwrap();
    }
    text += &inferred();
    text += &abilities();
    let found = fs::read_to_string(project("docs/clients.md")).unwrap_or_default();
    let (_, by_hand) = found.split_once(BY_HAND).unwrap_or_default();
    // What was checked of the places is written by hand, for each client.
    for client in CLIENTS {
        assert!(by_hand.contains(&format!("`{}`", client.id)), "no word on the places of {}", client.id);
    }
    compare("docs/clients.md", &format!("{text}{BY_HAND}{by_hand}"));
}

/// What nobody has seen in a real program yet.
fn inferred() -> String {
    let mut text = String::from(
        "\n# What is still inferred / まだ推定であること\n\n\
         Made from the table in `src/clients/inferred.rs`. How a volunteer can settle a fact: [on-real-machines.md](on-real-machines.md).\n\
         `src/clients/inferred.rs` の表から作ったものです。確かめ方は [on-real-machines.md](on-real-machines.md#日本語) にあります。\n\n\
         | client / メールソフト | inferred / 推定 | settled by / 確かめ方 |\n| --- | --- | --- |\n",
    );
    for row in INFERRED {
        assert!(row.clients.iter().all(|id| CLIENTS.iter().any(|client| client.id == *id)), "{row:?}");
        let clients: Vec<String> = row.clients.iter().map(|id| format!("`{id}`")).collect();
        let [fact, seen] = [&row.fact, &row.seen_by].map(|text| format!("{}<br>{}", text.en, text.ja));
        writeln!(text, "| {} | {fact} | {seen} |", clients.join(", ")).unwrap();
    }
    // Whatever says of itself that it is inferred has its row.
    for client in CLIENTS.iter().filter(|client| client.sureness.en.contains("inferred")) {
        assert!(
            INFERRED.iter().any(|row| row.clients.contains(&client.id)),
            "no row says what of {} is inferred",
            client.id
        );
    }
    text
}

/// What clients can't do, with whose word that is.
fn abilities() -> String {
    let mut text = String::from(
        "\n# What clients can't do / メールソフトができないこと\n\n\
         Made from the table in `src/clients/abilities.rs`. What no source tells is unknown, and nothing is held against it.\n\
         `src/clients/abilities.rs` の表から作ったものです。出典のないものは「不明」とし、できないものとしては扱いません。\n\n\
         | client / メールソフト | versions / 版 | what / 内容 | source / 出典 |\n| --- | --- | --- | --- |\n",
    );
    for row in ABILITIES {
        let clients: Vec<String> = row.clients.iter().map(|id| format!("`{id}`")).collect();
        let versions = match row.versions {
            (0, u32::MAX) => "all / すべて".to_owned(),
            (0 | 1, below) => format!("< {below}"),
            (from, below) => format!("{from} - {}", below - 1),
        };
        let what = match row.ability {
            Ability::Tls(highest) => format!("TLS: {} at most / まで", highest.text()),
            Ability::TlsOfSystem => "TLS: what Windows has / Windows による".to_owned(),
            Ability::OAuth2(OAuth2::Never) => "OAuth 2: never / 不可".to_owned(),
            Ability::OAuth2(OAuth2::Only(services)) => {
                format!("OAuth 2: {} only / のみ", services.join(", "))
            }
            Ability::OAuth2(OAuth2::Unknown | OAuth2::Offered) => unreachable!("a row that knows nothing"),
        };
        writeln!(text, "| {} | {versions} | {what} | {} |", clients.join(", "), row.source).unwrap();
    }
    text
}

#[test]
fn the_rules_are_those_of_the_program() {
    let mut text = String::from(
        "# Rules / 規則\n\nMade from the words of the program (`UPDATE_DOCS=1 cargo test --test docs`). The first that fits decides; \
         `--explain` names it.\n最初に当てはまった規則で判定します。どの規則かは `--explain` で表示されます。\n\n",
    );
    for rule in Rule::ALL {
        let rule = report::words::rule(rule);
        writeln!(text, "- {}\n  {}", rule.en, rule.ja).unwrap();
    }
    text += "\nWhat the policy is, and how settings are compared with it: [policies.md](policies.md).\n\
             ポリシーとは何か、設定をどう比べるかは [policies.md](policies.md#日本語) にあります。\n";
    compare("docs/rules.md", &text);
}

#[test]
fn the_table_of_limits_is_that_of_the_program() {
    let mut text = String::from(
        "# Limits / 上限\n\nMade from the table in `src/model/limits.rs` (`UPDATE_DOCS=1 cargo test --test docs`).\n\n\
         What is beyond is left out, and told: an issue `too-large` says how much, the user is `partly` read, and `complete` is\n\
         false. No figure depends on time: the same data gives the same report on every computer. What lies in a home, other\n\
         homes too, shares what the home has; a home that PATH names shares nothing with the homes in it.\n\n\
         上限を超えたものは省き、そのことを `too-large` として示します(利用者の状態は `partly`、`complete` は false)。時間による上限では\n\
         ないので、同じデータからは、どのコンピューターでも同じ結果になります。\n\n\
         | what / 対象 | at most / 上限 | why / 理由 |\n| --- | --- | --- |\n",
    );
    for limit in limits::TABLE {
        writeln!(text, "| {} | {} | {} |", limit.of, limit.shown(), limit.reason).unwrap();
    }
    compare("docs/limits.md", &text);
}

#[test]
fn every_column_of_the_csv_is_documented() {
    let text = fs::read_to_string(project("docs/csv.md")).unwrap();
    let mut sections = text.split("\n## ").skip(1);
    for columns in [&report::csv::COLUMNS[..], &fleet::csv::COLUMNS] {
        let rows = sections.next().unwrap().lines().filter_map(|line| line.strip_prefix("| `"));
        let names: Vec<&str> = rows
            .map(|row| {
                let (name, rest) = row.split_once('`').unwrap();
                let cells: Vec<&str> = rest.split('|').map(str::trim).collect();
                assert!(matches!(cells[..], ["", en, ja, ""] if !en.is_empty() && !ja.is_empty()), "{row}");
                name
            })
            .collect();
        assert_eq!(names, columns);
    }
    assert_eq!(sections.next(), None);
}

/// What a walk leaves out, and why.
#[test]
fn every_folder_that_is_left_out_is_documented() {
    let text = fs::read_to_string(project("docs/paths.md")).unwrap();
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
    for (names, why) in smtp_auth_audit::source::prunings::list() {
        let is_row = |row: &&str| row.starts_with(&format!("| {names} |")) && row.contains(why.en.as_ref());
        assert!(rows.iter().any(is_row), "docs/paths.md lacks {names}: {}", why.en);
    }
}

/// What the two pages for engineers name is there.
#[test]
fn the_map_names_files_that_are_there() {
    for page in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(project(page)).unwrap();
        let pieces = text.split(|c: char| c.is_whitespace() || "`(),;:".contains(c));
        let is_path = |piece: &&str| {
            ["src/", "tests/", "docs/", "fixtures/"].iter().any(|start| piece.starts_with(start))
        };
        let named: Vec<&str> = pieces.filter(is_path).map(|piece| piece.trim_end_matches('.')).collect();
        assert!(named.len() > 4, "{page}: {named:?}");
        for path in named.iter().filter(|path| !path.contains('<')) {
            assert!(project(path).try_exists().unwrap(), "{page} names {path}");
        }
    }
}
