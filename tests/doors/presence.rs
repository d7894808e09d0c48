//! Clients of which only that they are there is told.

use crate::common::CANARY;
use crate::{nothing_leaks, write};

#[test]
fn in_the_files_and_keys_that_are_signs() {
    let home = tempfile::tempdir().unwrap();
    let values = format!(
        "\"{CANARY}\"=\"{CANARY}\"\r\n\"Password\"=\"{CANARY}\"\r\n\"MailboxPath\"=\"{CANARY}\"\r\n@=\"{CANARY}\"\r\n"
    );
    let keys: String = [
        r"RIT\The Bat!",
        r"Hidemaruo\TuruKame",
        r"CREAR\AL-Mail32",
        r"IncrediMail\Identities\{1}\Accounts_New\{2}",
        r"Qualcomm\Eudora\CommandLine",
    ]
    .map(|key| {
        format!("[HKEY_CURRENT_USER\\Software\\{key}]\r\n{values}\r\n[HKEY_CURRENT_USER\\Software\\{key}\\{CANARY}]\r\n{values}\r\n")
    })
    .concat();
    write(home.path(), "home/ntuser.reg", &format!("Windows Registry Editor Version 5.00\r\n\r\n{keys}"));
    for (path, content) in [
        (
            "AppData/Roaming/Mailspring/config.json",
            format!("{{\"emailAddress\": \"{CANARY}\", \"{CANARY}\": 1}}"),
        ),
        (
            "AppData/Roaming/Opera/Opera/mail/accounts.ini",
            format!("[Account1]\nOutgoing Servername={CANARY}\n; {CANARY}\n"),
        ),
        ("AppData/Roaming/eM Client/settings.dat", CANARY.to_owned()),
        ("AppData/Local/Mailbird/Store/Store.db", CANARY.to_owned()),
    ] {
        write(home.path(), &format!("home/{path}"), &content);
    }
    nothing_leaks(home.path(), 9);
}
