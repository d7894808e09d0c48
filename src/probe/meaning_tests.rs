//! Settings against answers: what it means, whether that is as wanted, and the sentence.

use super::*;
use crate::clients::log_on;
use crate::model::{Certificate, Incoming, Partial, Port, Protocol, Service, Text, TlsAnswer};
use crate::probe::accounts::sentence;

const HOST: &str = "mail.example.jp";

fn probe(ports: Vec<ProbedPort>) -> Probe {
    Probe {
        host: HOST.to_owned(),
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

#[expect(clippy::unnecessary_wraps, reason = "as the field wants it")]
fn offer(auth: &str, starttls: bool) -> Option<Offer> {
    let auth = auth.split_whitespace().map(str::to_owned).collect();
    Some(Offer { auth, starttls, ..Offer::default() })
}

/// Port 587: what it offers in the clear, and within TLS where that comes about.
fn on_587(clear: &str, within: Option<&str>, faults: &[Fault]) -> ProbedPort {
    let certificate = Some(Certificate { faults: faults.to_vec(), ..Certificate::default() });
    ProbedPort {
        clear: offer(clear, within.is_some()),
        tls: within.map(|_| TlsAnswer { version: Some("1.3"), failure: None, certificate }),
        secured: within.and_then(|auth| offer(auth, false)),
        ..ProbedPort::new(587, Service::Smtp, false, Answer::Offered)
    }
}

fn subject(client: &str, port: u16, security: Security, auth: Auth) -> Subject {
    Subject {
        computer: None,
        id: String::new(),
        client_name: client.to_owned(),
        log_on: log_on::of(&client.to_lowercase().replace(' ', "-")),
        account: String::new(),
        addresses: Vec::new(),
        outgoing: Some(Partial {
            host: Some(HOST.to_owned()),
            port: Some(Port::Stored(port)),
            security: Some(security),
            auth: Some(auth),
            ..Partial::default()
        }),
        incoming: None,
    }
}

fn of(subject: &Subject, ports: Vec<ProbedPort>) -> (Wanted, Text) {
    let meaning = of_subject(subject, &probe(ports)).remove(0);
    (meaning.wanted(), sentence(&meaning, &subject.client_name, subject.log_on))
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of answers")]
fn each_answer_means_something_for_the_client() {
    let (plain, starttls, tls) = (Security::Plain, Security::StartTls, Security::Tls);
    let password = Auth::Password;
    let failed = |failure| ProbedPort {
        tls: Some(TlsAnswer { failure: Some(failure), ..TlsAnswer::default() }),
        ..on_587("LOGIN", Some(""), &[])
    };
    let came = |answer| ProbedPort::new(587, Service::Smtp, false, answer);
    let open_465 = ProbedPort::new(465, Service::Smtp, true, Answer::Offered);
    for (client, security, auth, ports, wanted, words) in [
        (
            "Becky",
            starttls,
            password,
            vec![on_587("", Some("PLAIN LOGIN"), &[])],
            Wanted::Yes,
            "is set to (PLAIN, LOGIN)",
        ),
        // Silently without: that is what these do.
        (
            "Thunderbird",
            starttls,
            password,
            vec![on_587("", Some(""), &[])],
            Wanted::No,
            "goes out without authentication",
        ),
        (
            "Sylpheed",
            plain,
            password,
            vec![on_587("", Some("PLAIN"), &[])],
            Wanted::No,
            "only after STARTTLS, and Sylpheed is set to no encryption: mail goes out",
        ),
        (
            "Claws Mail",
            plain,
            password,
            vec![on_587("", None, &[])],
            Wanted::No,
            "Claws Mail does not say so",
        ),
        (
            "Outlook",
            plain,
            password,
            vec![on_587("", None, &[])],
            Wanted::No,
            "AUTH is set in Outlook, but port 587 doesn't offer it.",
        ),
        (
            "Outlook",
            starttls,
            password,
            vec![on_587("", Some("CRAM-MD5"), &[])],
            Wanted::No,
            "CRAM-MD5 only: Outlook can't",
        ),
        (
            "Becky",
            starttls,
            password,
            vec![on_587("", Some("CRAM-MD5"), &[])],
            Wanted::Yes,
            "is set to (CRAM-MD5)",
        ),
        ("Becky", starttls, Auth::OAuth2, vec![on_587("", Some("PLAIN"), &[])], Wanted::No, "PLAIN only"),
        ("Becky", starttls, password, vec![on_587("", Some("XOAUTH2"), &[])], Wanted::No, "XOAUTH2 only"),
        (
            "Becky",
            starttls,
            password,
            vec![on_587("PLAIN", None, &[])],
            Wanted::No,
            "does not offer it: the server lacks it",
        ),
        (
            "Becky",
            starttls,
            password,
            vec![on_587("", Some("PLAIN"), &[Fault::Expired])],
            Wanted::No,
            "has expired: Becky warns",
        ),
        (
            "Becky",
            plain,
            password,
            vec![on_587("PLAIN", Some("PLAIN"), &[Fault::Expired])],
            Wanted::Yes,
            "is set to",
        ),
        (
            "Becky",
            starttls,
            password,
            vec![on_587("", Some("PLAIN"), &[Fault::NoRoots])],
            Wanted::Unreachable,
            "can't be judged",
        ),
        ("Becky", starttls, password, vec![failed(TlsFailure::TooOld)], Wanted::No, "too old (1.0/1.1 only"),
        (
            "Becky",
            starttls,
            password,
            vec![failed(TlsFailure::Silent)],
            Wanted::Unreachable,
            "nothing came in time",
        ),
        (
            "Becky",
            starttls,
            password,
            vec![came(Answer::Blocked), open_465],
            Wanted::Unreachable,
            "587 is blocked from this network, 465 is open",
        ),
        (
            "Becky",
            starttls,
            password,
            vec![came(Answer::Blocked)],
            Wanted::Unreachable,
            "from another network it may",
        ),
        ("Becky", starttls, password, vec![came(Answer::Refused)], Wanted::No, "refuses"),
        (
            "Becky",
            starttls,
            password,
            vec![came(Answer::Silent)],
            Wanted::Unreachable,
            "nothing came in time",
        ),
        (
            "Becky",
            starttls,
            password,
            vec![came(Answer::Declined(Some(421)))],
            Wanted::Unreachable,
            "for now",
        ),
        ("Becky", starttls, password, vec![came(Answer::Broken)], Wanted::No, "does not go on"),
        ("Becky", tls, password, vec![on_587("", Some("PLAIN"), &[])], Wanted::Unreachable, "was not asked"),
        (
            "Becky",
            plain,
            Auth::None,
            vec![on_587("", Some("PLAIN"), &[])],
            Wanted::Yes,
            "offers AUTH with encryption on port 587",
        ),
        ("Becky", plain, Auth::None, vec![on_587("PLAIN", None, &[])], Wanted::No, "without encryption"),
        ("Becky", plain, Auth::None, vec![on_587("", None, &[])], Wanted::No, "offers no AUTH"),
    ] {
        let (found, text) = of(&subject(client, 587, security, auth), ports);
        assert!(text.en.contains(words), "{words}: {}", text.en);
        assert_eq!(found, wanted, "{}", text.en);
        assert!(text.ja.ends_with('。') && text.en.ends_with('.'), "{} {}", text.ja, text.en);
    }
}

#[test]
fn receiving_means_something_too() {
    let incoming = Incoming {
        protocol: Protocol::Pop3,
        host: Some(HOST.to_owned()),
        port: Some(110),
        security: Some(Security::Plain),
        auth: None,
    };
    let subject = Subject {
        outgoing: None,
        incoming: Some(incoming),
        ..subject("Becky", 25, Security::Plain, Auth::None)
    };
    let on_110 = |login| ProbedPort {
        clear: Some(Offer { login, starttls: true, ..Offer::default() }),
        secured: Some(Offer { login: true, ..Offer::default() }),
        ..ProbedPort::new(110, Service::Pop3, false, Answer::Offered)
    };
    assert_eq!(of(&subject, vec![on_110(true)]).0, Wanted::Yes);
    assert_eq!(of(&subject, vec![on_110(false)]).0, Wanted::No);
}
