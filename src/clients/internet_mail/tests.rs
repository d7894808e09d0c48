//! Every value of the authentication and encryption settings, read once.

use super::settings::ACCOUNT;
use super::*;
use crate::clients::settings::Stored;
use crate::formats::facts::Spelling;

const PROGRAM: Program = Program {
    client: "test",
    edition: "test",
    name: "Test",
    came_with: None,
    end_of_support: EndOfSupport { product: Text::fixed("Test", "Test"), date: "2000-01-01" },
    starttls: Confidence::Inferred,
};

fn account(numbers: &[(&str, i64)]) -> Account {
    let mut entries = vec![
        ("POP3_Server", Stored::Text("pop.example.jp")),
        ("SMTP_Server", Stored::Text("smtp.example.jp")),
    ];
    entries.extend(numbers.iter().map(|(name, number)| (*name, Stored::Number(*number))));
    let settings = Settings::of("test", ACCOUNT, Spelling::Underscores, entries);
    PROGRAM.account(&settings, &mut Look::default()).expect("an account")
}

#[test]
fn every_kind_of_authentication() {
    let own = Some(Credentials::Own);
    let same = Some(Credentials::SameAsIncoming);
    for (sicily, incoming_spa, expected) in [
        (None, 0, Some((Auth::None, None))),
        (Some(0), 1, Some((Auth::None, None))),
        (Some(1), 0, Some((Auth::Spa, own))),
        (Some(2), 0, Some((Auth::Password, same))),
        (Some(2), 1, Some((Auth::Spa, same))),
        (Some(3), 1, Some((Auth::Password, own))),
        (Some(4), 0, None),
        (Some(-1), 0, None),
    ] {
        let mut numbers = vec![("POP3_Use_Sicily", incoming_spa)];
        numbers.extend(sicily.map(|number| ("SMTP_Use_Sicily", number)));
        let found = match account(&numbers).outgoing {
            Outgoing::Smtp(smtp) => Some((smtp.auth, smtp.credentials)),
            _ => None,
        };
        assert_eq!(found, expected, "{sicily:?} {incoming_spa}");
    }
}

#[test]
fn the_box_means_tls_from_the_start_only_on_465() {
    for (port, secure, expected, confidence) in [
        (None, 0, Security::Plain, Confidence::Documented),
        (None, 1, Security::StartTls, Confidence::Inferred),
        (Some(465), 1, Security::Tls, Confidence::Documented),
        (Some(465), 0, Security::Plain, Confidence::Documented),
        (Some(587), 1, Security::StartTls, Confidence::Inferred),
    ] {
        let mut numbers = vec![("SMTP_Secure_Connection", secure)];
        numbers.extend(port.map(|port| ("SMTP_Port", port)));
        let account = account(&numbers);
        let Outgoing::Smtp(smtp) = account.outgoing else { panic!("{port:?}") };
        assert_eq!((smtp.security, account.confidence), (expected, confidence), "{port:?} {secure}");
        assert_eq!(smtp.port, port.map_or(Port::Default(25), |p| Port::Stored(p.try_into().expect("port"))));
    }
}

#[test]
fn the_kind_of_account_shows_by_its_settings() {
    let kind = |names: &[&str]| {
        let entries = names.iter().map(|name| (*name, Stored::Text("x")));
        let settings = Settings::of("test", ACCOUNT, Spelling::Underscores, entries);
        let account = PROGRAM.account(&settings, &mut Look::default())?;
        let outgoing = match account.outgoing {
            Outgoing::Managed(_) => "managed",
            Outgoing::None(_) => "none",
            _ => "smtp",
        };
        Some((account.incoming.map(|incoming| incoming.protocol), outgoing))
    };
    let (pop, imap, other) = (Some(Protocol::Pop3), Some(Protocol::Imap), Some(Protocol::Other));
    assert_eq!(kind(&["POP3_Server", "SMTP_Server"]), Some((pop, "smtp")));
    assert_eq!(kind(&["IMAP_Server"]), Some((imap, "none")));
    assert_eq!(kind(&["SMTP_Server"]), Some((None, "smtp")));
    assert_eq!(kind(&["NNTP_Server", "SMTP_Server"]), None);
    assert_eq!(kind(&["NNTP_Server", "SMTP_Email_Address"]), None);
    assert_eq!(kind(&["LDAP_Server"]), None);
    assert_eq!(kind(&["HTTPMail_Server", "POP3_User_Name"]), Some((other, "managed")));
    assert_eq!(kind(&["SMTP_Email_Address"]), Some((other, "managed")));
    assert_eq!(kind(&["IMAP_User_Name"]), Some((imap, "none")));
    assert_eq!(kind(&["Account_Name"]), None);
    assert_eq!(kind(&[]), None);
}
