//! Windows Live Mail accounts that nobody on this project wrote.

use smtp_auth_audit::clients::windows_mail::account_file::{hex_number, lex, read};
use smtp_auth_audit::formats::encodings::decode;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The elements of one account in the collection of real files, which lies beside the project.
#[expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test reads its own data and says what it skips"
)]
fn read_real(name: &str) -> Option<BTreeMap<String, Option<String>>> {
    let folder = "../shared/real/mozilla__releases-comm-central/WindowsLiveMail";
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), folder, name].iter().collect();
    let Ok(bytes) = std::fs::read(&path) else {
        eprintln!("skipped: {} is absent", path.display());
        return None;
    };
    let text = decode(&bytes);
    let elements = read(&text).unwrap_or_default();
    assert!(!elements.is_empty(), "{name}");
    assert_eq!(lex(&text).unwrap_or_default().len(), elements.len());
    let count = elements.len();
    let map: BTreeMap<_, _> = elements.into_iter().collect();
    assert_eq!(map.len(), count, "no name twice");
    Some(map)
}

#[test]
fn pop3_account() {
    let Some(account) = read_real("pop3.test.test/account{D244}.oeaccount") else { return };
    assert_eq!(account.get("POP3_Server"), Some(&Some("pop3.test.test".to_owned())));
    assert_eq!(account.get("SMTP_Server"), Some(&Some("smtp.pop.test".to_owned())));
    assert_eq!((account.get("SMTP_Port"), account.get("SMTP_Use_Sicily")), (None, None));
}

#[test]
fn imap_account() {
    let Some(account) = read_real("donhallimap/donhallimap{testimap}.oeaccount") else { return };
    let number = |name: &str| account.get(name)?.as_deref().and_then(hex_number);
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
