//! Policy × account × day, in one table to read: what POLICIES says in words, by hand.

use super::*;
use crate::model::Note;
use crate::model::{LogOnFirst, Port, Security, day};
use crate::policy::Tls;
use crate::policy::{Origin, file};

/// The policies of the contract's examples, and each sort of end that providers announce: of POP-before-SMTP and of sending by
/// address, of the account's password (for OAuth 2, or for app passwords), of clear text, of old TLS, of challenge-response
/// methods, of host names and ports, of the service.
const POLICIES: [(&str, &str); 20] = [
    (
        "stopped",
        r#"claims = [ { outgoing = "*.example.jp" }, { domain = "example.jp" } ]
           sending = [ { host = "{incoming}", port = 587, auth = "password", user = "same-as-incoming" },
                       { auth = ["pop-before-smtp", "none"], until = "ended" } ]"#,
    ),
    (
        "dated",
        r#"claims = [ { outgoing = "*.example.jp" } ]
           sending = [ { port = 587, auth = "password" }, { auth = ["pop-before-smtp", "none"], until = 2017-03-21 } ]"#,
    ),
    (
        "oauth",
        r#"claims = [ { outgoing = "*.example.jp" } ]
           sending = [ { host = "smtp.example.jp", port = 587, security = "starttls", auth = "oauth2" },
                       { port = [587, 25], auth = "password", until = "2026-12", inexact = true } ]"#,
    ),
    (
        "moved",
        r#"claims = [ { outgoing = ["smtp.example.jp", "smtps.example.jp"], incoming = ["pop.example.jp", "pops.example.jp"] } ]
           sending = [ { host = "smtps.example.jp", port = 465, security = "tls", auth = "password" },
                       { host = "smtp.example.jp", port = [25, 587], until = 2027-03-31 } ]
           receiving = [ { protocol = "pop3", host = "pops.example.jp", port = 995, security = "tls" },
                         { protocol = "pop3", host = "pop.example.jp", port = 110, until = 2027-03-31 } ]
           from = 2027-01-15"#,
    ),
    (
        "relay",
        r#"claims = [ { outgoing = ["*.example.jp", "localhost"] } ]
           sending = [ { auth = "none" } ]"#,
    ),
    (
        "relay-or-auth",
        r#"claims = [ { outgoing = "*.example.jp" } ]
           sending = [ { port = 587, security = "starttls", auth = "password" }, { port = 25, auth = "none" } ]"#,
    ),
    (
        "closing",
        r#"claims = [ { outgoing = "*.example.jp" } ]
           sending = [ { until = 2027-03-31 } ]"#,
    ),
    (
        "plain",
        r#"claims = [ { outgoing = "*.example.jp" } ]
           sending = [ { port = 587, security = "plain", auth = "password" } ]"#,
    ),
    (
        "exactly",
        r#"claims = [ { outgoing = "*.example.jp" } ]
           sending = [ { port = 587, security = "plain", auth = "password", exactly = true } ]"#,
    ),
    (
        "clear-ends",
        r#"claims = [ { outgoing = "*.example.jp" } ]
           sending = [ { security = ["tls", "starttls"] }, { security = "plain", until = "2027" } ]"#,
    ),
    (
        "tls12",
        r#"claims = [ { outgoing = "*.example.jp" } ]
           sending = [ { port = [465, 587], auth = "password", tls_min = "1.2", tls_min_from = 2027-04-01 } ]"#,
    ),
    (
        "app",
        r#"claims = [ { outgoing = "*.example.jp" } ]
           sending = [ { port = 465, auth = ["oauth2", "app-password"] } ]"#,
    ),
    (
        "app-only",
        r#"claims = [ { outgoing = "*.example.jp" } ]
           sending = [ { port = [465, 587], auth = ["oauth2", "app-password"] } ]"#,
    ),
    (
        "alternatives",
        r#"claims = [ { outgoing = "*.example.jp" } ]
           sending = [ { port = [587, 465], security = ["starttls", "tls"], auth = ["oauth2", "password"] } ]"#,
    ),
    (
        "set-loopback",
        r#"claims = [ { domain = "example.jp" } ]
           sending = [ { host = "localhost", port = 10025, auth = "none" }, { host = "smtp.example.jp", port = 587, auth = "password" } ]"#,
    ),
    (
        "domain",
        r#"claims = [ { domain = "example.jp" } ]
           sending = [ { host = "{incoming}", port = 587, auth = "password" } ]"#,
    ),
    (
        "gap",
        r#"claims = [ { outgoing = "*.example.jp" } ]
           sending = [ { port = 587, auth = "password" }, { port = 25, until = 2026-12-31 }, { port = 2525, until = "ended" } ]
           from = 2027-02-01"#,
    ),
    (
        "waiting-oauth",
        r#"claims = [ { outgoing = "*.example.jp" } ]
           sending = [ { port = 587, auth = "oauth2" }, { auth = "password", until = 2027-03-31 } ]
           from = 2027-01-01"#,
    ),
    (
        "old-and-new",
        r#"claims = [ { outgoing = "*.example.jp" } ]
           sending = [ { port = 465, security = "tls", auth = "password" }, { port = 587, until = 2027-03-31 },
                       { port = 2587, security = "plain", until = 2027-03-31 } ]"#,
    ),
    (
        "mechanism",
        r#"claims = [ { outgoing = "*.example.jp" } ]
           sending = [ { port = [465, 587], auth = "password" }, { auth = "encrypted-password", until = "ended" } ]"#,
    ),
];

/// Policy, account, day → verdict, deviations, last day, days left, what to set, notes.
///
/// An account: port, encryption, authentication (`first`: logs on first), then what else: `imap`, `old` (no TLS 1.2),
/// `maybe` (a password or OAuth 2), the outgoing host.
const TABLE: &str = "
stopped       | 25 plain none              | 2026-11-30 | no-smtp-auth         |             | ended      |      | host mail.example.jp pop.example.jp; auth none password; user ? same-as-incoming; port 25 587 | stops-working
stopped       | 25 plain first             | 2026-11-30 | pop-before-smtp      |             | ended      |      | host mail.example.jp pop.example.jp; auth none password; user ? same-as-incoming; log_on_first true false; port 25 587 | stops-working
stopped       | 25 plain password          | 2026-11-30 | smtp-auth-off-policy | port server |            |      | host mail.example.jp pop.example.jp; port 25 587 | auth-without-tls
stopped       | 587 tls password pop       | 2026-11-30 | smtp-auth-off-policy | tls         |            |      | security tls starttls |
stopped       | 587 plain password pop     | 2026-11-30 | smtp-auth            |             |            |      | | auth-without-tls
stopped       | 587 starttls oauth2 pop    | 2026-11-30 | smtp-auth-off-policy | auth        |            |      | auth oauth2 password; user ? same-as-incoming |
dated         | 25 plain first             | 2017-03-20 | pop-before-smtp      |             | 2017-03-21 | 1    | auth none password; log_on_first true false; port 25 587 | stops-working
dated         | 25 plain first             | 2017-03-21 | pop-before-smtp      |             | 2017-03-21 | 0    | auth none password; log_on_first true false; port 25 587 | stops-working
dated         | 25 plain first             | 2017-03-22 | pop-before-smtp      |             | 2017-03-21 | -1   | auth none password; log_on_first true false; port 25 587 | stops-working
dated         | 25 plain none imap         | 2017-03-20 | no-smtp-auth         |             | 2017-03-21 | 1    | auth none password; port 25 587 | imap-incoming stops-working
dated         | 465 tls password           | 2017-03-20 | smtp-auth-off-policy | port        |            |      | port 465 587; security tls starttls |
dated         | automatic auto password    | 2017-03-20 | smtp-auth            |             |            |      | | port-automatic
oauth         | 587 starttls password      | 2026-11-30 | smtp-auth-off-policy | server auth | 2026-12    |      | host mail.example.jp smtp.example.jp; auth password oauth2 | stops-working
oauth         | 587 starttls password smtp | 2026-11-30 | smtp-auth-off-policy | auth        | 2026-12    |      | auth password oauth2 | stops-working
oauth         | 587 starttls password smtp | 2027-01-01 | smtp-auth-off-policy | auth        | 2026-12    |      | auth password oauth2 | stops-working
oauth         | 587 starttls oauth2 smtp   | 2026-11-30 | smtp-auth            |             |            |      | |
oauth         | 587 starttls password smtp maybe | 2026-11-30 | unreadable     |             | 2026-12    |      | auth password oauth2 | undecided
oauth         | 465 tls password smtp      | 2026-11-30 | smtp-auth-off-policy | port tls auth |          |      | auth password oauth2; port 465 587; security tls starttls |
oauth         | 25 plain none smtp         | 2026-11-30 | no-smtp-auth         |             |            |      | auth none oauth2; port 25 587; security plain starttls |
moved         | 587 plain password smtp pops995 | 2026-11-30 | smtp-auth-off-policy | port tls server | 2027-03-31 | 121 | host smtp.example.jp smtps.example.jp; port 587 465; security plain tls | auth-without-tls stops-working not-yet
moved         | 587 plain password smtp pops995 | 2027-01-15 | smtp-auth-off-policy | port tls server | 2027-03-31 | 75 | host smtp.example.jp smtps.example.jp; port 587 465; security plain tls | auth-without-tls stops-working
moved         | 2525 plain password smtp pops995 | 2026-11-30 | smtp-auth-off-policy | port tls server | |           | host smtp.example.jp smtps.example.jp; port 2525 465; security plain tls | auth-without-tls
moved         | 465 tls password smtps pops995 | 2026-11-30 | smtp-auth        |             |            |      | |
relay         | 25 plain none              | 2026-11-30 | no-smtp-auth         |             |            |      | | accepted-by-policy
relay         | 25 plain first             | 2026-11-30 | pop-before-smtp      |             |            |      | |
relay         | 587 starttls password      | 2026-11-30 | smtp-auth-off-policy | auth        |            |      | |
relay         | 25 plain none localhost    | 2026-11-30 | no-smtp-auth         |             |            |      | | accepted-by-policy
relay-or-auth | 25 plain none              | 2026-11-30 | no-smtp-auth         |             |            |      | auth none password; port 25 587; security plain starttls | accepted-by-policy
relay-or-auth | 587 starttls none          | 2026-11-30 | no-smtp-auth         |             |            |      | auth none password |
closing       | 587 starttls password      | 2026-11-30 | smtp-auth-off-policy | server      | 2027-03-31 | 121  | host mail.example.jp - | stops-working
closing       | 25 plain none              | 2026-11-30 | no-smtp-auth         |             | 2027-03-31 | 121  | host mail.example.jp - | stops-working
plain         | 587 starttls password      | 2026-11-30 | smtp-auth            |             |            |      | |
plain         | 587 auto password          | 2026-11-30 | smtp-auth            |             |            |      | |
plain         | 25 plain none              | 2026-11-30 | no-smtp-auth         |             |            |      | auth none password; port 25 587 |
exactly       | 587 starttls password      | 2026-11-30 | smtp-auth-off-policy | tls         |            |      | |
exactly       | 587 plain password         | 2026-11-30 | smtp-auth            |             |            |      | | auth-without-tls
clear-ends    | 587 plain password         | 2026-11-30 | smtp-auth-off-policy | tls         | 2027       |      | security plain starttls | auth-without-tls stops-working
clear-ends    | 465 plain password         | 2026-11-30 | smtp-auth-off-policy | tls         | 2027       |      | security plain tls | auth-without-tls stops-working
clear-ends    | 587 auto password          | 2026-11-30 | smtp-auth            |             |            |      | |
clear-ends    | 2525 starttls spa          | 2026-11-30 | smtp-auth            |             |            |      | | spa
tls12         | 587 starttls password      | 2026-11-30 | smtp-auth            |             |            |      | |
tls12         | 587 starttls password old  | 2026-11-30 | smtp-auth-off-policy | tls         | 2027-03-31 | 121  | | stops-working client-cannot
tls12         | 587 plain password old     | 2026-11-30 | smtp-auth            |             |            |      | | auth-without-tls
app           | 465 tls password           | 2026-11-30 | smtp-auth            |             |            |      | | app-password
app           | 25 plain none              | 2026-11-30 | no-smtp-auth         |             |            |      | auth none password; port 25 465; security plain tls | app-password
app           | 465 tls oauth2             | 2026-11-30 | smtp-auth            |             |            |      | |
app-only      | 25 plain password          | 2026-11-30 | smtp-auth-off-policy | port        |            |      | port 25 465; security plain tls | auth-without-tls app-password
app-only      | 25 plain oauth2            | 2026-11-30 | smtp-auth-off-policy | port        |            |      | port 25 465; security plain tls | auth-without-tls
alternatives  | 465 starttls password      | 2026-11-30 | smtp-auth            |             |            |      | |
alternatives  | 587 tls password           | 2026-11-30 | smtp-auth            |             |            |      | |
alternatives  | 25 tls password            | 2026-11-30 | smtp-auth-off-policy | port        |            |      | port 25 587; security tls starttls |
set-loopback  | 10025 plain none localhost | 2026-11-30 | no-smtp-auth         |             |            |      | host localhost smtp.example.jp; auth none password; port 10025 587 | accepted-by-policy
domain        | 587 plain password localhost | 2026-11-30 | unreadable         |             |            |      | | local-proxy
gap           | 25 starttls password       | 2026-11-30 | smtp-auth-off-policy | port        | 2026-12-31 | 31   | port 25 587 | stops-working not-yet
gap           | 25 starttls password       | 2027-01-01 | smtp-auth-off-policy | port        | 2026-12-31 | -1   | port 25 587 | stops-working
gap           | 2525 starttls password     | 2026-11-30 | smtp-auth-off-policy | port        | ended      |      | port 2525 587 | stops-working
waiting-oauth | 587 starttls password maybe | 2026-11-30 | unreadable          |             | 2027-03-31 | 121  | auth password oauth2 | undecided not-yet
waiting-oauth | 587 starttls password maybe | 2027-01-01 | unreadable          |             | 2027-03-31 | 89   | auth password oauth2 | undecided
waiting-oauth | 465 tls password maybe     | 2026-11-30 | smtp-auth-off-policy | port auth | 2027-03-31 | 121 | auth password oauth2; port 465 587; security tls starttls | stops-working
old-and-new   | 587 starttls password      | 2026-11-30 | smtp-auth-off-policy | port tls    | 2027-03-31 | 121  | port 587 465; security starttls tls | stops-working
mechanism     | 587 starttls encrypted-password | 2026-11-30 | smtp-auth-off-policy | auth   | ended      |      | auth encrypted-password password | stops-working
mechanism     | 465 tls password           | 2026-11-30 | smtp-auth            |             |            |      | |
";

fn policies(id: &str) -> Policies {
    let (_, body) = POLICIES.iter().find(|(known, _)| *known == id).unwrap();
    let text = format!("schema = 1\nid = \"{id}\"\nname = \"Example\"\n{body}\n");
    let policy = file::read(&text, Origin::Given, &[]).unwrap().policy;
    Policies { list: vec![policy], ..Policies::standard() }
}

/// What the words of a row stand for.
fn account(words: &str) -> (Smtp, Incoming, bool, Can) {
    let has = |wanted: &str| words.split(' ').any(|word| word == wanted);
    let mut parts = words.split(' ');
    let port = match parts.next().unwrap() {
        "automatic" => Port::Automatic,
        number => Port::Stored(number.parse().unwrap()),
    };
    let security = parts.next().unwrap();
    let security = Security::ALL.into_iter().find(|known| known.code() == security).unwrap();
    let (auth, log_on_first) = match parts.next().unwrap() {
        "first" => (Auth::None, LogOnFirst::On),
        "none" => (Auth::None, LogOnFirst::Off),
        "password" => (Auth::Password, LogOnFirst::Off),
        "oauth2" => (Auth::OAuth2, LogOnFirst::Off),
        "spa" => (Auth::Spa, LogOnFirst::Off),
        "encrypted-password" => (Auth::EncryptedPassword, LogOnFirst::Off),
        other => unreachable!("{other}"),
    };
    let hosts = ["pop", "smtp", "smtps", "localhost"];
    let host = hosts.into_iter().find(|name| has(name)).unwrap_or("mail");
    let host = if host == "localhost" { host.to_owned() } else { format!("{host}.example.jp") };
    let incoming = Incoming {
        protocol: if has("imap") { Protocol::Imap } else { Protocol::Pop3 },
        host: Some(if has("pops995") { "pops.example.jp" } else { "pop.example.jp" }.to_owned()),
        port: Some(995),
        security: Some(Security::Tls),
        auth: None,
    };
    let can = Can { tls: has("old").then_some(Tls::V1_0), ..Can::default() };
    (Smtp { host, port, security, auth, credentials: None, log_on_first }, incoming, has("maybe"), can)
}

#[test]
fn what_a_policy_says_of_an_account_on_a_day() {
    let mut wrong = Vec::new();
    for row in TABLE.lines().filter(|row| !row.is_empty()) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [id, words, on, ..] = cells[..] else { unreachable!() };
        let (smtp, incoming, may_be_oauth, can) = account(words);
        let outgoing = Outgoing::Smtp(smtp);
        let addresses = ["taro@example.jp".to_owned()];
        let subject = Subject {
            outgoing: &outgoing,
            incoming: Some(&incoming),
            addresses: &addresses,
            may_be_oauth,
            can,
        };
        let judged = classify(&subject, &policies(id), day(on).unwrap());
        let deviations: Vec<&str> = judged.deviations.iter().map(|deviation| deviation.code()).collect();
        let stop = judged.stops.as_ref();
        let last =
            stop.map(|stop| stop.until.word().unwrap_or_else(|| "ended".to_owned())).unwrap_or_default();
        let left =
            stop.and_then(crate::model::Stop::days_left).map(|days| days.to_string()).unwrap_or_default();
        let word = |word: &Option<String>, none: &str| word.clone().unwrap_or_else(|| none.to_owned());
        let set: Vec<String> = judged
            .needs
            .to_set(&outgoing, &[])
            .iter()
            .map(|set| format!("{} {} {}", set.setting.code(), word(&set.now, "?"), word(&set.then, "-")))
            .collect();
        let notes: Vec<&str> = judged.notes.iter().map(Note::code).collect();
        let found = [
            id,
            words,
            on,
            judged.verdict.code(),
            &deviations.join(" "),
            &last,
            &left,
            &set.join("; "),
            &notes.join(" "),
        ];
        if found.as_slice() != cells {
            wrong.push(format!("{}\n{}", cells.join(" | "), found.join(" | ")));
        }
    }
    assert!(wrong.is_empty(), "expected, found:\n{}", wrong.join("\n"));
}

/// What ends is what the setting that ends names, not what only the new one does.
#[test]
fn what_ends_is_named_by_the_setting_that_ends() {
    let cases = [
        ("old-and-new", "587 starttls password", "port 587 ends 31 March 2027"),
        ("old-and-new", "2587 plain oauth2", "clear text ends 31 March 2027"),
        ("oauth", "25 plain password", "password ends about December 2026"),
        ("moved", "587 plain password smtp pops995", "this server ends 31 March 2027"),
        ("closing", "587 starttls password", "this server ends 31 March 2027"),
        ("clear-ends", "587 plain password", "clear text ends at the end of 2027"),
        ("tls12", "587 starttls password old", "this encryption ends 31 March 2027"),
    ];
    for (id, words, expected) in cases {
        let found = judged(id, words, "2026-11-30");
        assert_eq!(
            found.stops.map(|stop| stop.text().en.into_owned()).as_deref(),
            Some(expected),
            "{id} {words}"
        );
    }
}

/// Both outcomes are named, with the day and where it stands; an outcome that fits nothing counts today.
#[test]
fn of_what_can_not_be_told_both_outcomes_are_named() {
    let found = judged("waiting-oauth", "587 starttls password maybe", "2027-01-01");
    let text = found.notes[0].text();
    assert!(text.ja.contains("パスワード認証なら「SMTP認証あり（パスワード認証は2027年3月31日で終了）」、OAuth 2 認証なら「SMTP認証あり（変更不要）」"), "{}", text.ja);
    assert!(
        text.en.contains(
            "with a password: \"SMTP-AUTH: password ends 31 March 2027\"; with OAuth 2: \"SMTP-AUTH: ok\""
        ),
        "{}",
        text.en
    );
    assert!(!found.fits_nothing);
    let found = judged("waiting-oauth", "465 tls password maybe", "2026-11-30");
    assert!(found.fits_nothing && found.waits_for.is_none());
}

fn judged(id: &str, words: &str, on: &str) -> Judgement {
    let (smtp, incoming, may_be_oauth, can) = account(words);
    let outgoing = Outgoing::Smtp(smtp);
    let addresses = ["taro@example.jp".to_owned()];
    let subject =
        Subject { outgoing: &outgoing, incoming: Some(&incoming), addresses: &addresses, may_be_oauth, can };
    classify(&subject, &policies(id), day(on).unwrap())
}
