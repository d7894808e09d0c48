//! The incoming side by policies, in one table to read.

use super::*;
use crate::model::Note;
use crate::model::{LogOnFirst, Port, Security, ToSet, day};
use crate::policy::{Origin, file};

/// Two providers: one ends clear text and moves its servers, one ends APOP and wants IMAP or POP3 with TLS.
const POLICIES: [(&str, &str); 6] = [
    (
        "moved",
        r#"claims = [ { incoming = ["pop.example.jp", "pops.example.jp"] } ]
           receiving = [ { protocol = "pop3", host = "pops.example.jp", port = 995, security = "tls" },
                         { protocol = "pop3", host = "pop.example.jp", port = 110, until = 2027-03-31 } ]"#,
    ),
    (
        "waiting",
        r#"claims = [ { incoming = "*.example.jp" } ]
           receiving = [ { protocol = "pop3", port = 995 }, { protocol = "pop3", port = 110, until = 2027-03-31 } ]
           from = 2027-01-15"#,
    ),
    (
        "apop",
        r#"claims = [ { incoming = "*.example.jp" } ]
           receiving = [ { protocol = "imap", port = 993, auth = "password" }, { protocol = "pop3", port = 995, auth = "password" },
                         { protocol = "pop3", auth = "apop", until = "ended" } ]"#,
    ),
    (
        "app",
        r#"claims = [ { incoming = "*.example.jp" } ]
           receiving = [ { port = 995, auth = ["oauth2", "app-password"], user = "address" } ]"#,
    ),
    (
        "domain",
        r#"claims = [ { domain = "example.jp" } ]
           receiving = [ { protocol = "pop3", host = "pop.example.jp", port = 995 } ]"#,
    ),
    (
        "imap",
        r#"claims = [ { incoming = "*.example.jp" } ]
           receiving = [ { protocol = "imap", port = [993, 143], security = ["tls", "starttls"] } ]"#,
    ),
];

/// Policy, incoming side (protocol, host, port, encryption, authentication; `?`: not known), day → deviations, last day, what to
/// set, what is to be done, notes.
const TABLE: &str = "
moved   | pop3 pops 995 tls ?           | 2026-11-30 |                 |            |                                                             |         |
moved   | pop3 pop 110 plain ?          | 2026-11-30 | port tls server | 2027-03-31 | host pop.example.jp pops.example.jp; port 110 995; security plain tls | change | receiving-stops
moved   | pop3 pop 995 tls ?            | 2026-11-30 | server          |            | host pop.example.jp pops.example.jp                         | change  |
moved   | imap pops 993 tls ?           | 2026-11-30 | port protocol   |            | protocol imap pop3; port 993 995                            | change  |
moved   | pop3 pops ? tls ?             | 2026-11-30 |                 |            | port ? 995                                                  |         |
waiting | pop3 pop 110 plain ?          | 2026-11-30 | port            | 2027-03-31 | port 110 995; security plain tls                            |         | receiving-stops not-yet
waiting | pop3 pop 110 plain ?          | 2027-01-15 | port            | 2027-03-31 | port 110 995; security plain tls                            | change  | receiving-stops
waiting | pop3 pop 1110 plain ?         | 2026-11-30 | port            |            | port 1110 995; security plain tls                           | change  |
apop    | pop3 pop 110 plain apop       | 2026-11-30 | port auth       | ended      | port 110 995; security plain tls; auth apop password        | change  | receiving-stops
apop    | pop3 pop 995 tls ?            | 2026-11-30 |                 |            | auth ? password                                             | unknown |
apop    | pop3 pop 995 tls oauth2       | 2026-11-30 | auth            |            | auth oauth2 password                                        | change  |
app     | pop3 pop 995 tls password     | 2026-11-30 |                 |            |                                                             |         | app-password
app     | pop3 pop 995 tls oauth2       | 2026-11-30 |                 |            |                                                             |         |
app     | pop3 pop 995 tls apop         | 2026-11-30 | auth            |            | auth apop password; user ? address                            | change  |
domain  | pop3 localhost 110 plain ?    | 2026-11-30 |                 |            |                                                             | unknown | local-proxy
waiting | pop3 pop 110 plain ?          | 2027-01-14 | port            | 2027-03-31 | port 110 995; security plain tls                            |         | receiving-stops not-yet
imap    | imap pop 143 starttls ?       | 2026-11-30 |                 |            |                                                             |         |
imap    | imap pop 143 plain ?          | 2026-11-30 | tls             |            | security plain starttls                                     | change  |
imap    | pop3 pop 995 tls ?            | 2026-11-30 | port protocol   |            | protocol pop3 imap; port 995 993                            | change  |
none    | pop3 pop 995 tls ?            | 2026-11-30 |                 |            |                                                             |         |
none    | pop3 pop 110 plain ?          | 2026-11-30 |                 |            |                                                             |         | incoming-in-clear
none    | pop3 pop 110 plain apop       | 2026-11-30 |                 |            |                                                             |         | apop
none    | other ? ? ? ?                 | 2026-11-30 |                 |            |                                                             |         |
";

fn policies(id: &str) -> Policies {
    let Some((_, body)) = POLICIES.iter().find(|(known, _)| *known == id) else {
        return Policies::standard();
    };
    let text = format!("schema = 1\nid = \"{id}\"\nname = \"Example\"\n{body}\n");
    let policy = file::read(&text, Origin::Given, &[]).unwrap().policy;
    Policies { list: vec![policy], ..Policies::standard() }
}

fn incoming(words: &str) -> Incoming {
    let parts: Vec<&str> = words.split(' ').collect();
    let [protocol, host, port, security, auth] = parts[..] else { unreachable!() };
    let auths = [Auth::Password, Auth::Apop, Auth::OAuth2];
    Incoming {
        protocol: match protocol {
            "pop3" => Protocol::Pop3,
            "imap" => Protocol::Imap,
            _ => Protocol::Other,
        },
        host: match host {
            "?" => None,
            "localhost" => Some(host.to_owned()),
            host => Some(format!("{host}.example.jp")),
        },
        port: port.parse().ok(),
        security: Security::ALL.into_iter().find(|known| known.code() == security),
        auth: auths.into_iter().find(|known| known.code() == auth),
    }
}

#[test]
fn what_a_policy_says_of_the_incoming_side() {
    let outgoing = Outgoing::Smtp(Smtp {
        host: "smtp.example.com".to_owned(),
        port: Port::Stored(587),
        security: Security::StartTls,
        auth: Auth::Password,
        credentials: None,
        log_on_first: LogOnFirst::Off,
    });
    let addresses = ["taro@example.jp".to_owned()];
    let mut wrong = Vec::new();
    for row in TABLE.lines().filter(|row| !row.is_empty()) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [id, words, on, ..] = cells[..] else { unreachable!() };
        let incoming = incoming(words);
        let subject = Subject {
            outgoing: &outgoing,
            incoming: Some(&incoming),
            addresses: &addresses,
            may_be_oauth: false,
            can: Can::default(),
        };
        let judged = classify(&subject, &policies(id), day(on).unwrap());
        assert_eq!(
            (judged.verdict.code(), judged.provider),
            ("smtp-auth", None),
            "the verdict is on sending"
        );
        let found = &judged.receiving;
        let deviations: Vec<&str> = found.deviations.iter().map(|deviation| deviation.code()).collect();
        let last = found.stops.as_ref().map(|stop| stop.until.word().unwrap_or_else(|| "ended".to_owned()));
        let word = |word: &Option<String>| word.clone().unwrap_or_else(|| "?".to_owned());
        let shown = |set: &ToSet| format!("{} {} {}", set.setting.code(), word(&set.now), word(&set.then));
        let set: Vec<String> = found.to_set.iter().map(shown).collect();
        let action = match (found.is_to_change, found.is_unknown) {
            (true, _) => "change",
            (_, true) => "unknown",
            _ => "",
        };
        let notes: Vec<&str> = judged.notes.iter().map(Note::code).collect();
        let found = [
            id,
            words,
            on,
            &deviations.join(" "),
            &last.unwrap_or_default(),
            &set.join("; "),
            action,
            &notes.join(" "),
        ];
        if found.as_slice() != cells {
            wrong.push(format!("{}\n{}", cells.join(" | "), found.join(" | ")));
        }
    }
    assert!(wrong.is_empty(), "expected, found:\n{}", wrong.join("\n"));
}
