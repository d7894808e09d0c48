//! What ends when, and what comes first, in every output: what has passed is told as past, and what has ended is the most
//! urgent.

#![expect(clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::reports::{DAYS, READ, finding, fleet, folder_of, report, run_in};
use serde_json::{Value, json};
use tempfile::TempDir;

/// One server per end.
const ISP: &str = r#"
schema = 1
id = "isp"
name = "Example"
claims = [ { outgoing = "*.example.jp" } ]
sending = [
  { host = "new.example.jp", port = 465, security = "tls", auth = "password" },
  { host = "gone.example.jp", until = "ended" },
  { host = "past.example.jp", until = "2022" },
  { host = "soon.example.jp", until = 2027-03-31 },
]
"#;
/// Accounts of msmtp, in an order that is none of urgency.
const MSMTP: &str = "
account z
host soon.example.jp
account y
host gone.example.jp
account x
host past.example.jp
account w
host other.example.jp
";

fn home() -> TempDir {
    folder_of(&[("home/taro/.msmtprc", MSMTP.as_bytes()), ("p.toml", ISP.as_bytes())])
}

fn scan(folder: &TempDir, format: &str, lang: &str) -> String {
    let policy = ["--policy", "p.toml", "--no-builtin-policies", "--as-of", "2026-11-01"];
    let arguments = ["scan", "home/taro", "--format", format, "--lang", lang];
    run_in(folder.path(), &[&arguments[..], &policy].concat()).stdout
}

/// Where each of these begins; all must be there.
fn places(text: &str, parts: &[&str]) -> Vec<usize> {
    parts.iter().map(|part| text.find(part).unwrap_or_else(|| panic!("{part}: {text}"))).collect()
}

const LINES: [(&str, [&str; 3]); 2] = [
    (
        "en",
        [
            "ended already: 1 account stopped sending",
            "2022: 1 account stopped sending",
            "31 March 2027: 1 account stops sending",
        ],
    ),
    (
        "ja",
        [
            "終了済み: 送信できなくなったアカウント 1",
            "2022年: 送信できなくなったアカウント 1",
            "2027年3月31日: 送信できなくなるアカウント 1",
        ],
    ),
];

/// The same in the sentence that ends what a terminal shows.
const ANSWERS: [[&str; 3]; 2] = [
    [
        "1 account uses a way of sending that has ended",
        "1 account stopped sending in 2022",
        "1 account stops sending on 31 March 2027",
    ],
    [
        "提供が終わった方法で送信しているアカウント 1",
        "2022年で送信できなくなったアカウント 1",
        "2027年3月31日で送信できなくなるアカウント 1",
    ],
];

#[test]
fn a_scan_tells_what_has_passed_as_past_and_puts_what_has_ended_first() {
    let folder = home();
    for ((lang, lines), answers) in LINES.into_iter().zip(ANSWERS) {
        for (format, lines) in [("table", answers), ("markdown", lines), ("html", lines)] {
            let text = scan(&folder, format, lang);
            let text = text.replace('\n', if lang == "en" { " " } else { "" });
            assert!(places(&text, &lines).is_sorted(), "{format}: {text}");
            // What fits nothing fails today, as what has ended does.
            let servers = ["other.example.jp", "gone.example.jp", "past.example.jp", "soon.example.jp"];
            assert!(places(&text, &servers).is_sorted(), "{format}: {text}");
        }
    }
}

/// Only the password stops, and it may be OAuth 2.
#[test]
fn what_may_stop_is_no_certain_stop() {
    let project = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let home = "fixtures/outlook/provider-microsoft-365/home";
    for (day, answer, line) in [
        (
            "2026-12-31",
            "to check (may stop about December 2026)",
            "December 2026: 1 account may stop sending",
        ),
        (
            "2027-01-01",
            "to check (possibly to stop about December 2026, which has passed)",
            "December 2026: 1 account was possibly to stop sending",
        ),
    ] {
        let arguments = ["scan", home, "--format", "markdown", "--lang", "en", "--as-of", day];
        let text = run_in(project, &arguments).stdout;
        places(&text.replace('\\', ""), &[answer, line]);
    }
}

/// A stored finding that stops; `None`: ended.
fn stopping(id: u64, provider: &str, until: Option<&str>) -> Value {
    let mut one = finding(id, "taro", "no-smtp-auth");
    one["provider"] = provider.into();
    one["stops_working_on"] = until.into();
    if until.is_none() {
        one["notes"] = json!([{"code": "stops-working"}]);
    }
    one
}

/// Reports that are not judged anew: the day of today counts.
#[test]
fn a_fleet_tells_what_has_passed_as_past_and_puts_what_has_ended_first() {
    let findings = [
        stopping(1, "isp", Some("2999")),
        stopping(2, "isp", Some("2022")),
        stopping(3, "isp", None),
        stopping(4, "google", Some("2022")),
        stopping(5, "microsoft-365", Some("2022")),
    ];
    let mut stored = report("PC-1", DAYS[0], &[READ], &findings);
    stored["scan"]["policy_details"] = json!([
        {"id": "isp", "checked": "2021-05-01"},
        {"id": "google", "checked": "2022-12-31"},
        {"id": "microsoft-365", "checked": "2023-01-01"},
    ]);
    let folder = folder_of(&[("a.json", stored.to_string().as_bytes())]);
    for (lang, lines) in [
        (
            "en",
            [
                "ended already: 1 account stopped sending",
                "2022: 2 accounts stopped sending, 1 account was to stop sending",
                "2999: 1 account stops sending",
            ],
        ),
        (
            "ja",
            [
                "終了済み: 送信できなくなったアカウント 1",
                "2022年: 送信できなくなったアカウント 2、送信できなくなる予定だったアカウント 1",
                "2999年: 送信できなくなるアカウント 1",
            ],
        ),
    ] {
        for format in ["table", "html"] {
            let text = run_in(folder.path(), &["fleet", "a.json", "--format", format, "--lang", lang]).stdout;
            assert!(places(&text, &lines).is_sorted(), "{format}: {text}");
        }
    }
    let all = fleet(folder.path(), &["a.json"]).json();
    assert_eq!(common::reports::ids(&all)[0], 3, "{all}");
    assert_eq!(
        all["summary"]["stops"][1],
        json!({"on": "2022", "sending": 3, "receiving": 0, "undecided": 0})
    );
}

/// Judged anew the day of judging counts.
#[test]
fn the_day_of_judging_decides() {
    let mut one = finding(1, "taro", "no-smtp-auth");
    one["outgoing"]["host"] = "soon.example.jp".into();
    let stored = report("PC-1", DAYS[0], &[READ], &[one]).to_string();
    let folder = folder_of(&[("a.json", stored.as_bytes()), ("p.toml", ISP.as_bytes())]);
    for (day, line) in [
        ("2027-03-31", "31 March 2027: 1 account stops sending"),
        ("2027-04-01", "31 March 2027: 1 account stopped sending"),
    ] {
        let arguments = ["fleet", "a.json", "--policy", "p.toml", "--as-of", day, "--lang", "en"];
        let text = run_in(folder.path(), &arguments).stdout;
        assert!(text.contains(line), "{day}: {text}");
    }
}
