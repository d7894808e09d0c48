//! TLS: it comes about whatever the certificate is like, and what is wrong with that is told.

use crate::server::{Keys, serve};
use crate::{OFFERED, SHORT, ask, ask_one, ask_with, auth, may_be_said, run_with, smtp_at};
use smtp_auth_audit::model::{Answer, Fault, Service, TlsFailure, Wanted};
use smtp_auth_audit::probe::trust::Roots;
use std::io::Read;

#[test]
fn auth_only_after_starttls() {
    let keys = Keys::new(&["localhost"]);
    let roots = Roots::of(std::slice::from_ref(&keys.certificate));
    let server = serve(move |mut guest| {
        guest.say("220 mail\n");
        guest.smtp("250-mail\n250 STARTTLS\n");
        guest.secure(&keys).smtp("250-mail\n250 AUTH PLAIN LOGIN\n");
    });
    let name = [format!("smtp://localhost:{}", server.port)];
    let probe = ask_with(&name, &[], &run_with(SHORT, roots)).remove(0);
    let found = &probe.ports[0];
    assert_eq!((found.answer, auth(found).as_deref()), (OFFERED, Some("")));
    assert_eq!(found.secured.as_ref().unwrap().auth, ["PLAIN", "LOGIN"]);
    let tls = found.tls.as_ref().unwrap();
    assert_eq!((tls.version, tls.failure), (Some("1.3"), None));
    let certificate = tls.certificate.as_ref().unwrap();
    assert_eq!((certificate.names.join(" ").as_str(), certificate.faults.len()), ("localhost", 0));
    assert_eq!(probe.wanted, Wanted::Yes);
    assert!(probe.text.en.contains("offers AUTH only after STARTTLS (PLAIN, LOGIN)"), "{}", probe.text.en);
    assert!(probe.text.ja.contains("STARTTLS の後でだけ"), "{}", probe.text.ja);
    let lines = server.heard.lines();
    assert!(lines.iter().all(|line| may_be_said(line)), "{lines:?}");
}

#[test]
fn a_bad_certificate_is_a_result() {
    let keys = Keys::new(&["www.example.jp"]);
    let roots = Roots::of(std::slice::from_ref(&keys.certificate));
    let server = serve(move |guest| {
        let mut guest = guest.secure(&keys);
        guest.say("220 mail\n");
        guest.smtp("250-mail\n250 AUTH PLAIN\n");
    });
    let name = [format!("smtps://localhost:{}", server.port)];
    let probe = ask_with(&name, &[], &run_with(SHORT, roots)).remove(0);
    assert_eq!(probe.ports[0].certificate().unwrap().faults, [Fault::OtherName]);
    assert_eq!(probe.ports[0].secured.as_ref().unwrap().auth, ["PLAIN"]);
    assert_eq!(probe.wanted, Wanted::No);
    assert!(probe.text.en.contains("is for another name (www.example.jp)"), "{}", probe.text.en);
    let probe = ask(&name).remove(0);
    assert_eq!(probe.ports[0].certificate().unwrap().faults, [Fault::OtherName, Fault::SelfSigned]);
}

#[test]
fn an_old_server_is_told_and_no_error() {
    // The alert `protocol_version`, and a ServerHello of TLS 1.0.
    let alert = vec![21, 3, 1, 0, 2, 2, 70];
    let mut hello = vec![22, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1];
    hello.extend([7; 32]);
    hello.extend([0, 0, 47, 0]);
    for answer in [alert, hello] {
        let server = serve(move |mut guest| {
            guest.say("220 mail\n");
            guest.smtp("250-mail\n250-AUTH LOGIN\n250 STARTTLS\n");
            let _ = guest.tcp().read(&mut [0; 4096]);
            guest.say_bytes(&answer);
            guest.hear();
        });
        let found = smtp_at(server.port);
        assert_eq!(found.tls_failure(), Some(TlsFailure::TooOld), "{found:?}");
        assert_eq!(auth(&found).as_deref(), Some("LOGIN"));
    }
}

#[test]
fn no_tls_where_it_should_be() {
    let plain = serve(|mut guest| {
        guest.say("220 mail\n");
        guest.hear();
    });
    let found = ask_one(&format!("smtps://127.0.0.1:{}", plain.port));
    assert_eq!((found.answer, found.tls_failure()), (OFFERED, Some(TlsFailure::NoTls)));
    let keys = Keys::new(&["localhost"]);
    let waits = serve(move |guest| drop(guest.secure(&keys).hear()));
    assert_eq!(smtp_at(waits.port).answer, Answer::Silent, "nothing is said before the greeting");
    let down = serve(|mut guest| {
        guest.say("220 mail\n");
        guest.hear();
        guest.say("250-mail\n250 STARTTLS\n");
        guest.hear();
        guest.say("454 not now\n");
        guest.hear();
    });
    assert_eq!(smtp_at(down.port).tls_failure(), Some(TlsFailure::TurnedDown));
}

/// CVE-2011-0411: what stands behind the answer to STARTTLS in the clear is not the server's word.
#[test]
fn what_is_put_before_tls_does_not_count() {
    let keys = Keys::new(&["localhost"]);
    let server = serve(move |mut guest| {
        guest.say("220 mail\n");
        guest.hear();
        guest.say("250-mail\n250 STARTTLS\n");
        guest.hear();
        guest.say("220 go\n250-mail\n250 AUTH EVIL\n");
        guest.secure(&keys).smtp("250-mail\n250 AUTH PLAIN\n");
    });
    let found = smtp_at(server.port);
    let offered = found.secured.map(|offer| offer.auth.join(" ")).unwrap_or_default();
    assert_eq!(offered, "PLAIN");
}

#[test]
fn receiving_within_tls() {
    let keys = Keys::new(&["localhost"]);
    let pop = serve(move |mut guest| {
        guest.say("+OK ready\n");
        guest.hear();
        guest.say("+OK\nSTLS\n.\n");
        guest.hear();
        guest.say("+OK\n");
        let mut guest = guest.secure(&keys);
        guest.hear();
        guest.say("+OK\nUSER\nSASL PLAIN\n.\n");
        guest.hear();
    });
    let found = ask_one(&format!("pop3://localhost:{}", pop.port));
    assert_eq!(found.service, Service::Pop3);
    let (clear, within) = (found.clear.unwrap(), found.secured.unwrap());
    assert_eq!((clear.login, clear.starttls), (false, true));
    assert_eq!((within.login, within.auth.join(" ")), (true, "PLAIN".to_owned()));
    let lines = pop.heard.lines();
    assert!(lines.len() >= 3 && lines.iter().all(|line| may_be_said(line)), "{lines:?}");
    let keys = Keys::new(&["localhost"]);
    let imap = serve(move |guest| {
        let mut guest = guest.secure(&keys);
        guest.say("* OK ready\n");
        guest.hear();
        guest.say("* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2\na1 OK\n");
        guest.hear();
    });
    let found = ask_one(&format!("imaps://localhost:{}", imap.port));
    assert_eq!(found.secured.unwrap().auth, ["PLAIN", "XOAUTH2"]);
}
