//! What filters show, what they keep back, and what they say of it.

mod common;

use common::reports::{Answer, run_in};
use serde_json::Value;
use std::path::Path;

const CHANGE: &str = "fixtures/outlook/log-on-first/home";
const DAMAGED: &str = "fixtures/windows-live-mail/damaged-among-good/home";
const OK: &str = "fixtures/outlook/submission-with-auth/home";

fn run(arguments: &[&str]) -> Answer {
    run_in(Path::new(env!("CARGO_MANIFEST_DIR")), arguments)
}

#[test]
fn filters_keep_accounts_back_and_say_how_many() {
    let all = run(&["--format", "json", OK]).json();
    assert_eq!(all["summary"]["findings"], 2);
    let one = run(&["--format", "json", "--server", "*.example.jp", "--domain", "example.jp", OK]).json();
    assert_eq!((&one["summary"]["findings"], &one["summary"]["not_shown"]), (&2.into(), &0.into()));
    let none = run(&["--format", "json", "--server", "*.example.com", CHANGE]);
    assert_eq!(none.exit, 0, "what is not shown does not count");
    assert_eq!(none.json()["summary"]["not_shown"], 1);
    assert!(
        run(&["--domain", "example.com", CHANGE])
            .stdout
            .contains("accounts not shown because of the filters: 1")
    );
    // Whoever reads them, and however many homes there are.
    let becky = run(&["--format", "json", "--client", "becky", "fixtures/demo/office-pc"]).json();
    assert_eq!(["findings", "not_shown"].map(|key| becky["summary"][key].as_u64()), [Some(2), Some(7)]);
    // Of other clients, too, all are counted; what is wrong with their files is not told.
    let others = |client| run(&["--format", "json", "--client", client, DAMAGED]);
    let (mine, other) = (others("windows-live-mail"), others("outlook"));
    let of = |report: &Value| ["findings", "not_shown", "issues"].map(|key| report["summary"][key].as_u64());
    assert_eq!((of(&mine.json()), of(&other.json())), ([1, 0, 3].map(Some), [0, 1, 0].map(Some)));
    assert_eq!((mine.exit, other.exit, &other.json()["scan"]["complete"]), (1, 0, &true.into()));
    for (lang, says) in [("en", "None of the mail accounts matches"), ("ja", "条件に合うメールアカウントは")]
    {
        let answer = run(&["--lang", lang, "--client", "becky", CHANGE]);
        assert!(answer.exit == 0 && answer.stdout.contains(says), "{}", answer.stdout);
    }
    assert_eq!(
        run(&["--format", "json", "--client", "outlook", "--no-steps", CHANGE]).json()["findings"][0]["steps"]
            ["ja"],
        Value::Array(vec![])
    );
}
