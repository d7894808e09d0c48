//! Clients of Windows: what would be written, planned on any system.

use crate::{Home, LIVE, codes};
use smtp_auth_audit::fix::{Wish, plan};
use smtp_auth_audit::scan::{Request, scan};
use std::path::Path;

/// The settings with what stands there and what is to, and what stands against it.
fn planned(fixture: &str) -> (Vec<String>, Vec<&'static str>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(fixture);
    let report = scan(&Request { paths: vec![path], ..Home::new("").request() });
    let changes = plan(&report, Wish { is_live: false, ..LIVE });
    let [change] = changes.as_slice() else { panic!("{} changes", changes.len()) };
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    let line = |edit: &smtp_auth_audit::model::Edit| {
        format!("{} {} {}", edit.setting, value(&edit.old), value(&edit.new))
    };
    (change.edits.iter().map(line).collect(), codes(change))
}

/// Encryption first, the log-on last; ENCRYPT_CONN_TLS is 2, SMTP_AUTH_SAME_AS_POP 0.
#[test]
fn outlook_gets_numbers_in_its_key() {
    let (edits, codes) = planned("outlook/log-on-first");
    assert_eq!(
        edits,
        ["SMTP Use SSL - 1", "SMTP Secure Connection - 2", "SMTP Port - 587", "SMTP Auth Method 2 0",]
    );
    assert_eq!(codes, ["not-tried", "not-live"]);
}

/// SMTP_AUTH_USE_POP3ORIMAP_SETTINGS is 2, and numbers are hexadecimal.
#[test]
fn windows_live_mail_gets_elements_in_its_file() {
    let (edits, codes) = planned("windows-live-mail/pop-no-auth");
    assert_eq!(
        edits,
        ["SMTP_Secure_Connection - 00000001", "SMTP_Port - 0000024b", "SMTP_Use_Sicily - 00000002",]
    );
    assert_eq!(codes, ["not-tried", "not-live"]);
}
