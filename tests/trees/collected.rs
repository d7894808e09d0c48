//! What was collected of a tree gives what the tree gives: the same users, computers, ids and findings.

use crate::forest::Forest;
use crate::{FEW, report_of, seeds};
use smtp_auth_audit::collect::{collect, folder::Folder};
use smtp_auth_audit::model::{Report, UserStatus};
use std::collections::BTreeSet;

/// Computer, user, id, client, account, verdict.
type Said = BTreeSet<[String; 6]>;

fn said(report: &Report) -> Said {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let said = report.findings.iter().map(|finding| {
        let account = &finding.account;
        [
            text(&finding.computer),
            text(&finding.user),
            finding.id.clone(),
            account.client.to_owned(),
            account.name.clone(),
            format!("{:?}", finding.verdict),
        ]
    });
    said.collect()
}

fn users(report: &Report) -> BTreeSet<(Option<String>, Option<String>)> {
    let read = report.scan.users.iter().filter(|user| user.status != UserStatus::NotRead);
    read.map(|user| (user.computer.clone(), user.name.clone())).collect()
}

/// What the copy says otherwise than the tree.
fn differs(forest: &Forest) -> Vec<String> {
    let before = report_of(&forest.paths);
    let folder = tempfile::tempdir().unwrap();
    let top = folder.path().join("collected");
    let outcome = collect(&forest.paths, false, &mut Folder::create(&top).unwrap()).unwrap();
    if outcome.users == 0 {
        return Vec::new();
    }
    let after = report_of(&[top]);
    let (before_said, after_said) = (said(&before), said(&after));
    let mut found: Vec<String> =
        before_said.difference(&after_said).map(|line| format!("lost {line:?}")).collect();
    found.extend(after_said.difference(&before_said).map(|line| format!("new {line:?}")));
    found.extend(users(&after).difference(&users(&before)).map(|user| format!("user {user:?}")));
    found
}

#[test]
fn what_was_collected_of_some_trees_gives_the_same() {
    let mut failed = Vec::new();
    for seed in seeds(FEW) {
        // Of several PATHs each has places of its own.
        let mut forest = crate::forest::forest(seed);
        forest.paths.truncate(1);
        let found = differs(&forest);
        if let Some(first) = found.first() {
            failed.push(format!(
                "seed {seed}: {} differences: {first}\n    {}",
                found.len(),
                found.join("\n    ")
            ));
        }
        forest.allow();
    }
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
}
