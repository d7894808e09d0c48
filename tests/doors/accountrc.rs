//! Sylpheed and Claws Mail.

use super::*;

/// Settings of an account.
const NAMES: [&str; 21] = [
    "is_default",
    "address",
    "config_version",
    "receive_server",
    "user_id",
    "ssl_pop",
    "set_popport",
    "pop_port",
    "smtp_server",
    "use_smtp_auth",
    "smtp_auth_method",
    "smtp_user_id",
    "pop_before_smtp",
    "ssl_smtp",
    "set_smtpport",
    "smtp_port",
    "use_socks",
    "encrypt_to_self",
    "default_privacy_system",
    "signature_path",
    "mail_command",
];

/// What tells whose file it is.
const OF_EITHER: [(&str, &str, &str, &str); 2] = [
    (".sylpheed-2.0", "sylpheedrc", "use_ext_sendmail", "ext_sendmail_cmd"),
    (".claws-mail", "clawsrc", "config_version", "mail_command"),
];

fn account(home: &Path, folder: &str, label: &str, lines: &str) {
    // A name can't be told from a password; one that says that it is a password can.
    let file = format!(
        "stray={CANARY}\n# {CANARY}\n[{label}]\naccount_name=PW {CANARY}\nprotocol=0\nreceive_server=mail.example.jp\nsmtp_server=mail.example.jp\n\
         {lines}ssWd={CANARY}\nsmtp_password={CANARY}\n[PW {CANARY}]\nsmtp_port={CANARY}\n"
    );
    write(home, &format!("home/{folder}/accountrc"), &file);
}

#[test]
fn in_any_setting_of_an_account() {
    for (folder, ..) in OF_EITHER {
        for value in wrong_values() {
            let lines: String = NAMES.iter().map(|name| format!("{name}={value}\n")).collect();
            let home = tempfile::tempdir().unwrap();
            account(home.path(), folder, "Account: 1", &lines);
            nothing_leaks(home.path(), 1);
        }
        // Each by itself, with the others as they should be, and twice.
        let home = tempfile::tempdir().unwrap();
        let value = format!("587 {CANARY}");
        let lines: String = NAMES.iter().map(|name| format!("{name}={value}\n{name}=25\n")).collect();
        account(home.path(), folder, &format!("Account: my PW {CANARY}"), &lines);
        nothing_leaks(home.path(), 1);
    }
}

#[test]
fn in_a_command_and_a_file_for_all_accounts() {
    for (folder, common, switch, command) in OF_EITHER {
        for value in [
            format!("/usr/bin/msmtp -p {CANARY}"),
            format!("PASSWORD={CANARY} msmtp"),
            CANARY.repeat(2) + "@x",
        ] {
            let home = tempfile::tempdir().unwrap();
            let lines = format!("use_mail_command=1\n{switch}=1\n{command}={value}\n");
            account(home.path(), folder, "Account: 1", &lines);
            let file = format!("[{CANARY} PW]\n[Common]\n{lines}other={CANARY}\n{switch}=2 {CANARY}\n");
            write(home.path(), &format!("home/{folder}/{common}"), &file);
            nothing_leaks(home.path(), 1);
        }
    }
}
