//! Policies against answers.

use super::*;
use crate::model::{Offer, Wanted};
use crate::policy::file;

fn policies(sending: &str) -> Policies {
    let text = format!(
        "schema = 1\nid = \"example\"\nname = \"Example\"\nclaims = [{{ outgoing = \"*.example.jp\" }}]\nsending = [{sending}]\n"
    );
    let policy = file::read(&text, policy::Origin::Given, &[]).unwrap().policy;
    Policies { list: vec![policy], ..Policies::standard() }
}

fn probe(ports: Vec<ProbedPort>) -> Probe {
    Probe {
        host: "mail.example.jp".to_owned(),
        asked_at: String::new(),
        address: None,
        from: None,
        unasked: None,
        ports,
        provider: None,
        meets_policy: None,
        wanted: Wanted::Unreachable,
        text: Text::fixed("", ""),
        accounts: Vec::new(),
    }
}

#[test]
fn a_contradiction_is_told() {
    let offer = |auth: &str| Some(Offer { auth: vec![auth.to_owned()], starttls: true, ..Offer::default() });
    let port = |port, tls_first| ProbedPort::new(port, Service::Smtp, tls_first, Answer::Offered);
    let starttls = || ProbedPort { clear: offer("CRAM-MD5"), secured: offer("PLAIN"), ..port(587, false) };
    let stripped = || ProbedPort { clear: offer("PLAIN"), ..port(587, false) };
    let within = || ProbedPort { secured: offer("PLAIN"), ..port(465, true) };
    let blocked = |number| ProbedPort::new(number, Service::Smtp, number == 465, Answer::Blocked);
    let by_starttls = "{ port = 587, security = \"starttls\", auth = \"password\" }";
    let by_tls = "{ port = 465, security = \"tls\", auth = \"password\" }";
    let either = format!("{by_tls}, {by_starttls}");
    let old = "{ port = 587, auth = \"oauth2\" }, { auth = \"none\", until = \"ended\" }";
    for (sending, ports, expected) in [
        (by_starttls, vec![starttls()], Some(true)),
        (by_starttls, vec![stripped()], Some(false)),
        (by_starttls, vec![within(), stripped()], Some(false)),
        (by_starttls, vec![within(), blocked(587)], None),
        (by_tls, vec![within()], Some(true)),
        (by_tls, vec![starttls(), blocked(465)], None),
        (&*either, vec![starttls(), blocked(465)], Some(true)),
        (&*either, vec![stripped(), blocked(465)], None),
        (old, vec![starttls()], Some(false)),
    ] {
        let policies = policies(sending);
        let found = against(&policies, &probe(ports), &[]);
        assert_eq!(found.len(), 1, "{sending}");
        assert_eq!(found[0].is_met, expected, "{sending}: {}", found[0].text.en);
        let words = match expected {
            Some(true) => "The server offers what the policy of Example says",
            Some(false) => "does not offer what the policy of Example says",
            None => "can't be told from here",
        };
        assert!(found[0].text.en.contains(words), "{}", found[0].text.en);
    }
    // Of another server, or of none that lasts, it says nothing.
    let elsewhere = policies("{ host = \"other.example.jp\", port = 587, auth = \"password\" }");
    assert_eq!(against(&elsewhere, &probe(vec![starttls()]), &[]).len(), 0);
}
