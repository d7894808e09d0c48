//! Several computers in one report: each finding, user and issue says whose it is, in every format.

#![expect(clippy::disallowed_methods, reason = "it makes files by itself")]

mod common;

use common::disks::{all_names, json_of, list, scan, two_disks};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

#[test]
fn each_part_has_the_computer_whose_it_is() {
    let folder = two_disks();
    fs::create_dir(folder.path().join("homes")).unwrap();
    fs::rename(folder.path().join("two/Users/jiro"), folder.path().join("homes/jiro")).unwrap();
    for (paths, names) in [
        ("one", "PC-0421 users PC-0421 findings PC-0421 issues PC-0421"),
        ("one two", "- users PC-0421,PC-0422 findings PC-0421,PC-0422 issues PC-0421,PC-0422"),
        // Where nothing could be read, nothing tells whose it is: that is no other computer.
        ("one empty", "PC-0421 users PC-0421 findings PC-0421 issues -,PC-0421"),
        ("empty", "- users  findings  issues -"),
        // Where somebody's settings are, it may be one.
        ("one homes", "- users -,PC-0421 findings -,PC-0421 issues PC-0421"),
        ("homes", "- users - findings - issues "),
        // What is named holds for what does not tell, and only for that.
        ("homes --computer X", "X users X findings X issues "),
        ("empty --computer X", "X users  findings  issues X"),
        ("one --computer X", "PC-0421 users PC-0421 findings PC-0421 issues PC-0421"),
        ("one two --computer X", "- users PC-0421,PC-0422 findings PC-0421,PC-0422 issues PC-0421,PC-0422"),
        ("one homes --computer X", "- users PC-0421,X findings PC-0421,X issues PC-0421"),
        ("one empty --computer X", "- users PC-0421 findings PC-0421 issues PC-0421,X"),
        // The same name in another case is the same computer, as the data spells it.
        ("homes one --computer pc-0421", "PC-0421 users PC-0421 findings PC-0421 issues PC-0421"),
        ("one empty --computer pc-0421", "PC-0421 users PC-0421 findings PC-0421 issues PC-0421"),
    ] {
        let report = json_of(&folder, &paths.split(' ').collect::<Vec<_>>());
        assert_eq!(all_names(&report), names, "{paths}");
    }
}

#[test]
fn findings_stand_by_computer_first_whatever_the_order_of_the_paths() {
    let folder = two_disks();
    let [report, turned] = ["one", "two"].map(|first| {
        let second = if first == "one" { "two" } else { "one" };
        json_of(&folder, &[first, second])["findings"].clone()
    });
    assert_eq!(report, turned);
    let findings = report.as_array().unwrap();
    assert_eq!(findings.len(), 18);
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let keys: Vec<_> = findings
        .iter()
        .map(|finding| ["computer", "user", "client", "profile"].map(|key| text(finding, key)))
        .collect();
    assert!(keys.is_sorted(), "{keys:#?}");
    let ids = |key: &[&str]| -> BTreeSet<Vec<String>> {
        findings.iter().map(|finding| key.iter().map(|key| text(finding, key)).collect()).collect()
    };
    assert_eq!((ids(&["id"]).len(), ids(&["computer", "id"]).len()), (9, 18));
}

#[test]
fn lines_and_rows_have_their_own_computer() {
    let folder = two_disks();
    let paths = ["one", "two", "empty"];
    let report = json_of(&folder, &paths);
    let answer = scan(&folder, &[&paths[..], &["--format", "jsonl"]].concat());
    let lines: Vec<Value> = answer.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (last, findings) = lines.split_last().unwrap();
    for (line, finding) in findings.iter().zip(list(&report, "/findings")) {
        assert_eq!((&line["computer"], &line["id"]), (&finding["computer"], &finding["id"]));
    }
    assert_eq!((findings.len(), &last["computer"]), (18, &Value::Null));
    assert_eq!((&last["scan"]["users"], &last["issues"]), (&report["scan"]["users"], &report["issues"]));
    // No key stands twice in a line.
    let twice = |line: &&str| line.matches("\"computer\":").count() != 1;
    assert_eq!(answer.stdout.lines().take(18).find(twice), None);
    let csv = scan(&folder, &[&paths[..], &["--format", "csv"]].concat()).stdout;
    let rows = csv.lines().filter(|line| line.starts_with("\"PC-042"));
    let names: Vec<&str> = rows.map(|line| &line[1..8]).collect();
    let expected: Vec<&str> =
        list(&report, "/findings").iter().map(|finding| finding["computer"].as_str().unwrap()).collect();
    assert_eq!(names, expected);
}

#[test]
fn people_see_the_computer_where_there_are_several() {
    let folder = two_disks();
    fs::write(folder.path().join("two/Users/jiro/NTUSER.DAT"), "x").unwrap();
    fs::remove_dir_all(folder.path().join("one/Users/jiro")).unwrap();
    for (lang, word, column) in [
        ("ja", "コンピューター", "  コンピューター: PC-0422\n"),
        ("en", "computer", "  computer   : PC-0422\n"),
    ] {
        let show = |paths: &[&str], format: &str| {
            scan(&folder, &[paths, &["--lang", lang, "--format", format]].concat()).stdout
        };
        let (one, both) = (show(&["one"], "table"), show(&["one", "two", "empty"], "table"));
        assert!(!one.contains("PC-0421"), "{one}");
        for (number, name) in [(1, "PC-0421"), (3, "PC-0422")] {
            let row = both.lines().find(|line| line.starts_with(&format!("{number:>2} "))).unwrap();
            assert!(row.contains(&format!(" {name}, ")), "{row}");
        }
        let explained = show(&["one", "two", "empty", "--explain"], "table");
        assert!(explained.contains(column), "{explained}");
        // The names of all fields are padded alike.
        let colons: BTreeSet<usize> = explained
            .lines()
            .skip_while(|line| !line.starts_with("[1]"))
            .skip(1)
            .take(3)
            .map(|line| textwrap::core::display_width(line.split(": ").next().unwrap()))
            .collect();
        assert_eq!(colons.len(), 1, "{explained}");
        // Evidence and commands are for copying; all else keeps within the width.
        let list =
            both.lines().filter(|line| !line.contains(['/', '\\']) && !line.contains("smtp-auth-audit"));
        assert!(list.map(textwrap::core::display_width).max().unwrap() <= 80, "{both}");
        assert!(both.contains("  - PC-0422, jiro: two/Users/jiro/NTUSER.DAT\n"), "{both}");
        assert!(both.contains("  - PC-0421, hanako: one/Users/"), "{both}");
        assert!(both.contains("  - empty\n"), "{both}");

        let (one, both) = (show(&["one"], "markdown"), show(&["one", "two", "empty"], "markdown"));
        assert!(!one.contains(&format!("| {word} |")) && both.contains(&format!("| {word} |")), "{both}");
        assert!(both.contains("| `PC-0422` | taro |"), "{both}");
        assert!(both.contains(&format!("\n- {word}: `PC-0422`\n")), "{both}");
        assert!(both.contains("- `PC-0422`, jiro: `two/Users/jiro/NTUSER.DAT`"), "{both}");

        let nagios = show(&["one", "two", "empty"], "nagios");
        assert!(nagios.contains(": PC-0422, taro, Outlook 2016-365, "), "{nagios}");
        assert!(nagios.contains("\nPC-0422, two/Users/jiro/NTUSER.DAT: "), "{nagios}");
        assert!(!show(&["one"], "nagios").contains("PC-0421"));
    }
    let html = |paths: &[&str]| scan(&folder, &[paths, &["--format", "html"]].concat()).stdout;
    let (one, both) = (html(&["one"]), html(&["one", "two"]));
    let head =
        "<th scope=\"col\"><span lang=\"ja\">コンピューター</span><span lang=\"en\">computer</span></th>";
    assert!(!one.contains(head) && both.contains(head));
    assert!(both.contains("<td>PC-0422</td><td>taro</td>"));
    assert!(both.contains("PC-0422, jiro: "));
    // On paper each sheet has its own, once.
    let sheets = |page: &str| -> Vec<usize> {
        let sheets = page.split("<section class=\"sheet").skip(1);
        let known = sheets.map(|sheet| sheet.split("</section>").next().unwrap());
        known.map(|sheet| sheet.matches("<dd>PC-042").count()).collect()
    };
    assert!(sheets(&one).len() > 3 && sheets(&one).iter().all(|number| *number == 1), "{:?}", sheets(&one));
    assert!(
        sheets(&both).len() > 8 && sheets(&both).iter().all(|number| *number == 1),
        "{:?}",
        sheets(&both)
    );
    let first = |page: &str| page.split("<h1>").nth(1).unwrap().split("</h1>").next().unwrap().to_owned();
    assert!(first(&one).ends_with(": PC-0421") && !first(&both).contains("PC-"), "{}", first(&both));
}

#[test]
fn users_without_accounts_are_told_with_their_computers() {
    let folder = two_disks();
    for disk in ["one", "two"] {
        fs::remove_dir_all(folder.path().join(disk).join("Users")).unwrap();
        for user in ["hanako", "jiro", "taro"] {
            fs::create_dir_all(folder.path().join(disk).join("Users").join(user).join("AppData")).unwrap();
        }
    }
    let table = scan(&folder, &["one", "two", "--lang", "en"]).stdout;
    assert!(table.contains("taro (PC-0421)") && table.contains("taro (PC-0422)"), "{table}");
    assert!(!scan(&folder, &["one", "--lang", "en"]).stdout.contains("PC-0421"));
}
