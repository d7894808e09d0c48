//! Windows Live Mail accounts that nobody on this project wrote.

use smtp_auth_audit::formats::xml::{XmlValue, hex_number, parse_message_account};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The elements of one account in the collection of real files, which lies beside the project.
#[expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test reads its own data and says what it skips"
)]
fn read_real(name: &str) -> Option<BTreeMap<String, XmlValue>> {
    let folder = "../shared/real/mozilla__releases-comm-central/WindowsLiveMail";
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), folder, name].iter().collect();
    let Ok(bytes) = std::fs::read(&path) else {
        eprintln!("skipped: {} is absent", path.display());
        return None;
    };
    let elements = parse_message_account(&bytes).unwrap_or_default();
    assert!(!elements.is_empty(), "{name}");
    assert!(elements.iter().all(|element| matches!(element.kind.as_str(), "SZ" | "DWORD" | "BINARY")));
    let count = elements.len();
    let map: BTreeMap<_, _> = elements.into_iter().map(|element| (element.name, element.value)).collect();
    assert_eq!(map.len(), count, "no name twice");
    Some(map)
}

fn text(value: &str) -> XmlValue {
    XmlValue::Text(value.to_owned())
}

#[test]
fn pop3_account() {
    let Some(account) = read_real("pop3.test.test/account{D244}.oeaccount") else { return };
    assert_eq!(account.get("POP3_Server"), Some(&text("pop3.test.test")));
    assert_eq!(account.get("SMTP_Server"), Some(&text("smtp.pop.test")));
    assert_eq!((account.get("SMTP_Port"), account.get("SMTP_Use_Sicily")), (None, None));
}

#[test]
fn imap_account() {
    let Some(account) = read_real("donhallimap/donhallimap{testimap}.oeaccount") else { return };
    let number = |name: &str| match account.get(name) {
        Some(XmlValue::Text(text)) => hex_number(text),
        _ => None,
    };
    assert_eq!((number("SMTP_Port"), number("SMTP_Use_Sicily")), (Some(25), Some(1)));
    assert_eq!(number("SMTP_Secure_Connection"), Some(1));
}

#[test]
fn news_accounts() {
    for name in [
        "news.mozilla.org/account{B3B3}.oeaccount",
        "donhallnntp/donhallnntp{testnntp}.oeaccount",
        "MicrosoftCommunities/account{2E23}.oeaccount",
    ] {
        let Some(account) = read_real(name) else { return };
        assert!(account.contains_key("NNTP_Server") && !account.contains_key("SMTP_Server"), "{name}");
    }
}
