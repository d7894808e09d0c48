//! Geary.

use super::*;

const METADATA: [&str; 2] = ["version", "goa_id"];
const SERVER: [&str; 5] = ["host", "port", "transport_security", "credentials", "login"];
const OLD: [&str; 10] = [
    "primary_email",
    "alternate_emails",
    "service_provider",
    "imap_host",
    "imap_ssl",
    "smtp_host",
    "smtp_port",
    "smtp_starttls",
    "smtp_noauth",
    "smtp_use_imap_credentials",
];

/// A group with a value in every setting, first by itself and then behind one as it should be.
fn group(name: &str, names: &[&str], value: &str) -> String {
    let lines: String = names
        .iter()
        .map(|name| format!("{name}={value}\n{name}[{CANARY}]={value}\n{name}={CANARY} PW\n{name}={value}\n"))
        .collect();
    format!("[{name}]\n{lines}ssWd={CANARY}\npassword={CANARY}\nsmtp_password={CANARY}\n")
}

#[test]
fn in_any_setting_of_an_account() {
    for value in wrong_values() {
        let home = tempfile::tempdir().unwrap();
        let file = |id: &str, text: &str| {
            let text = format!("host={CANARY}\n{text}# {CANARY}\n[PW {CANARY}]\nhost={CANARY}\n{CANARY}\n");
            write(home.path(), &format!("home/.config/geary/{id}/geary.ini"), &text);
        };
        let account =
            format!("[Account]\nlabel=PW {CANARY}\nsender_mailboxes={value};\nservice_provider=other\n");
        let servers = group("Incoming", &SERVER, &value) + &group("Outgoing", &SERVER, &value);
        file("account_01", &format!("[Metadata]\nversion=1\nstatus={value}\n{account}{servers}"));
        file("account_02", &(group("Metadata", &METADATA, &value) + &account + &servers));
        file(
            "account_03",
            &format!("nickname=x\n{}nickname=PW {CANARY}\n", group("AccountInformation", &OLD, &value)),
        );
        nothing_leaks(home.path(), 3);
    }
}
