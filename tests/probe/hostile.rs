//! Servers that stall, drop, flood and lie.

use crate::server::{Guest, Server, serve, serve_at};
use crate::{OFFERED, SHORT, ask, ask_one, ask_with, auth, may_be_said, run_with, smtp_at, typed};
use smtp_auth_audit::model::{Answer, Service, TlsFailure, Unasked, Wanted};
use smtp_auth_audit::policy::Policies;
use smtp_auth_audit::probe::limits::Patience;
use smtp_auth_audit::probe::probe;
use smtp_auth_audit::probe::trust::Roots;
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::Ordering;
use std::thread::sleep;
use std::time::{Duration, Instant};

fn stalls(guest: Guest<TcpStream>) {
    sleep(Duration::from_secs(100));
    drop(guest);
}

#[test]
fn each_answer_has_its_name() {
    let silent = serve(stalls);
    assert_eq!(smtp_at(silent.port).answer, Answer::Silent);
    assert_eq!(silent.heard.lines(), Vec::<String>::new(), "said something before the greeting");
    let drops = serve(drop);
    assert_eq!(smtp_at(drops.port).answer, Answer::Broken);
    let busy = serve(|mut guest| {
        guest.say("421 too many connections\n");
        guest.hear();
    });
    assert_eq!(smtp_at(busy.port).answer, Answer::Declined(Some(421)));
    let rubbish = serve(|mut guest| {
        guest.say_bytes(b"\xff\xfe\x82\xa0\x00\x01\r\n");
        guest.hear();
    });
    assert_eq!(smtp_at(rubbish.port).answer, Answer::Broken);
    // Nothing listens there any more.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    assert_eq!(smtp_at(port).answer, Answer::Refused);
}

#[test]
fn a_late_greeting_is_waited_for() {
    let late = serve(|mut guest| {
        sleep(Duration::from_secs(2));
        guest.say("220-mail\n");
        sleep(Duration::from_millis(300));
        guest.say("220 at last\n");
        guest.smtp("250-mail\n250 AUTH PLAIN\n");
    });
    let found = smtp_at(late.port);
    assert_eq!((found.answer, auth(&found).as_deref()), (OFFERED, Some("PLAIN")));
}

#[test]
fn floods_have_an_end() {
    let begun = Instant::now();
    let lines = serve(|mut guest| while guest.say_bytes(b"220-x\r\n") {});
    assert_eq!(smtp_at(lines.port).answer, Answer::Broken);
    let line = serve(|mut guest| {
        guest.say_bytes(&vec![b'2'; 1 << 20]);
        guest.hear();
    });
    assert_eq!(smtp_at(line.port).answer, Answer::Broken);
    let capabilities = serve(|mut guest| {
        guest.say("220 mail\n");
        guest.hear();
        while guest.say_bytes(&[b"250-".to_vec(), vec![b'x'; 3000], b"\r\n".to_vec()].concat()) {}
    });
    assert_eq!(smtp_at(capabilities.port).answer, Answer::Broken);
    assert!(begun.elapsed() < Duration::from_secs(6), "{:?}", begun.elapsed());
}

#[test]
fn drips_have_an_end() {
    let begun = Instant::now();
    let drips = serve(|mut guest| {
        while guest.say_bytes(b"2") {
            sleep(Duration::from_millis(100));
        }
    });
    assert_eq!(smtp_at(drips.port).answer, Answer::Silent);
    // Within TLS each drop is a read of its own.
    let within = serve(|mut guest| {
        guest.say_bytes(&[22, 3, 3, 0x40, 0]);
        while guest.say_bytes(&[2]) {
            sleep(Duration::from_millis(100));
        }
    });
    let found = ask_one(&format!("smtps://127.0.0.1:{}", within.port));
    assert_eq!((found.answer, found.tls_failure()), (Answer::Silent, Some(TlsFailure::Silent)));
    assert!(begun.elapsed() < SHORT.port * 2, "{:?}", begun.elapsed());
}

#[test]
fn words_of_servers_are_cleaned() {
    let server = serve(|mut guest| {
        guest.say_bytes(b"220 \x1b]0;owned\x07\x1b[31m\xe2\x80\xaemail \xff\r\n");
        guest.smtp("250-mail\n250-AUTH \u{1b}[2J LOGIN\n250 SIZE\n");
    });
    let probe = ask(&[format!("smtp://127.0.0.1:{}", server.port)]).remove(0);
    let greeting = probe.ports[0].greeting.clone().unwrap();
    assert!(greeting.starts_with("220 \\u{1b}]0;owned"), "{greeting}");
    for text in [greeting.as_str(), &probe.text.ja, &probe.text.en] {
        assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{text}");
    }
    assert_eq!(auth(&probe.ports[0]).as_deref(), Some("LOGIN"));
}

#[test]
fn what_is_taken_out_on_the_way_is_told() {
    let offers = |capabilities: &'static str| {
        let server = serve(move |mut guest| {
            guest.say("220 mail\n");
            guest.smtp(capabilities);
        });
        ask(&[format!("smtp://127.0.0.1:{}", server.port)]).remove(0)
    };
    let stripped = offers("250-mail\n250-AUTH LOGIN\n250 SIZE\n");
    assert!(stripped.text.en.contains("STARTTLS is missing"), "{}", stripped.text.en);
    assert_eq!(stripped.wanted, Wanted::No);
    let crossed = offers("250-mail\n250-XXXXXXXA\n250 SIZE\n");
    assert!(crossed.text.en.contains("crosses out"), "{}", crossed.text.en);
    let closes = offers("250-mail\n250 STARTTLS\n");
    assert_eq!(closes.ports[0].tls_failure(), Some(TlsFailure::Closed));
    let stalls = serve(|mut guest| {
        guest.say("220 mail\n");
        guest.smtp("250-mail\n250 STARTTLS\n");
        sleep(Duration::from_secs(60));
    });
    assert_eq!(smtp_at(stalls.port).tls_failure(), Some(TlsFailure::Silent));
}

#[test]
fn nobody_is_logged_on_and_nothing_is_sent() {
    let eager = |greeting: &'static str, answer: &'static str| {
        serve(move |mut guest| {
            guest.say(greeting);
            while !guest.hear().is_empty() {
                guest.say(answer);
            }
        })
    };
    let servers = [
        eager("220 mail\n", "250-mail\n250-AUTH PLAIN LOGIN CRAM-MD5 XOAUTH2\n250-AUTH=LOGIN\n250 SIZE\n"),
        eager("+OK <1896.697170952@example.jp>\n", "+OK\nUSER\nSASL PLAIN LOGIN\n.\n"),
        eager(
            "* PREAUTH [CAPABILITY IMAP4rev1 AUTH=PLAIN] welcome\n",
            "* CAPABILITY IMAP4rev1 AUTH=PLAIN\na1 OK\na2 OK\na3 OK\na4 OK\n",
        ),
        eager("220 mail\n", "334 VXNlcm5hbWU6\n"),
    ];
    let names: Vec<String> = servers.iter().map(|server| format!("127.0.0.1:{}", server.port)).collect();
    // The greeting tells what is spoken.
    let probes: Vec<_> = names.iter().flat_map(|name| ask(std::slice::from_ref(name))).collect();
    let services: Vec<Service> = probes.iter().map(|probe| probe.ports[0].service).collect();
    assert_eq!(services, [Service::Smtp, Service::Pop3, Service::Imap, Service::Smtp]);
    assert!(probes[1].ports[0].clear.as_ref().unwrap().apop);
    sleep(Duration::from_millis(300));
    for Server { heard, .. } in &servers {
        let lines = heard.lines();
        assert!(lines.len() >= 2, "{lines:?}");
        assert!(lines.iter().all(|line| may_be_said(line)), "{lines:?}");
    }
}

#[test]
fn a_server_has_one_guest_at_a_time_and_not_many() {
    let pause = Duration::from_millis(300);
    let server = serve(move |mut guest| {
        sleep(pause);
        guest.say("220 mail\n");
        guest.smtp("250 mail\n");
    });
    // Two names that lead to one address: each has its own thread.
    let names =
        ["localhost", "127.0.0.1", "[::ffff:127.0.0.1]"].map(|name| format!("{name}:{}", server.port));
    assert_eq!(ask(&names).len(), 2, "one address in two forms");
    let begun = server.heard.begun.lock().unwrap().clone();
    assert_eq!(begun.len(), 2);
    assert!(begun[1] - begun[0] >= pause, "two at a time");
    // Four by one name.
    let others: Vec<Server> = (0..6).map(|_| serve_at("127.0.0.3", drop)).collect();
    let names: Vec<String> = others.iter().map(|one| format!("smtp://127.0.0.3:{}", one.port)).collect();
    let probe = ask(&names).remove(0);
    let limit = probe.ports.iter().filter(|port| port.answer == Answer::NotAsked(Unasked::Limit)).count();
    let asked: usize = others.iter().map(|one| one.heard.connections.load(Ordering::SeqCst)).sum();
    assert_eq!((probe.ports.len(), limit, asked), (6, 2, 4));
}

#[test]
fn twenty_servers_end_in_time_though_one_never_answers() {
    let good = |number: usize| {
        serve_at(&format!("127.0.1.{number}"), |mut guest| {
            guest.say("220 mail\n");
            guest.smtp("250-mail\n250 AUTH PLAIN\n");
        })
    };
    let servers: Vec<Server> = (1..20).map(good).collect();
    let silent = serve_at("127.0.1.20", stalls);
    let mut names = vec![format!("smtp://127.0.1.20:{}", silent.port)];
    names.extend((1..20).zip(&servers).map(|(number, one)| format!("smtp://127.0.1.{number}:{}", one.port)));
    let long = Duration::from_secs(50);
    let patience = Patience { run: Duration::from_secs(3), greeting: long, port: long, ..SHORT };
    let begun = Instant::now();
    let probes = ask_with(&names, &[], &run_with(patience, Roots::default()));
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    assert_eq!(probes[0].ports[0].answer, Answer::NotAsked(Unasked::Stopped));
    assert_eq!(probes[0].wanted, Wanted::Unreachable);
    assert!(probes[1..].iter().all(|probe| probe.ports[0].answer == OFFERED));
}

#[test]
fn somebody_may_end_it_at_any_moment() {
    let silent = serve_at("127.0.0.4", stalls);
    let good = serve(|mut guest| {
        guest.say("220 mail\n");
        guest.smtp("250 mail\n");
    });
    let names = [format!("smtp://127.0.0.1:{}", good.port), format!("smtp://127.0.0.4:{}", silent.port)];
    let begun = Instant::now();
    let run = run_with(Patience::USUAL, Roots::default());
    let probes = probe(&typed(&names), &[], &Policies::standard(), &run, |done, all| {
        assert_eq!(all, 2);
        done < 1
    });
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    assert_eq!(probes[0].ports[0].answer, OFFERED);
    assert_eq!(probes[1].ports[0].answer, Answer::NotAsked(Unasked::Stopped));
}
