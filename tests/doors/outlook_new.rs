//! The new Outlook.

use super::*;

#[test]
fn in_every_setting() {
    let home = tempfile::tempdir().unwrap();
    let account = |address: &str| {
        format!(
            r#"{{\"emailAddress\": \"{address}\", \"accountType\": \"{CANARY}\", \"ssWd\": \"{CANARY}\"}}"#
        )
    };
    let file = format!(
        r#"{{"Identities": {{"IdentityMap": {{"a@example.jp {CANARY}": "{CANARY}"}}, "{CANARY}": "{CANARY}"}},
            "GlobalSettingsAccout": {{"Email": "taro:{CANARY}@mail.example.jp", "Email2": "{CANARY}"}},
            "AccountLocalBackup": {{"Json": "[{}, {}]"}}, "refreshToken": "{CANARY}"}}"#,
        account(&format!("taro@example.jp; {CANARY}")),
        account("hanako@example.jp"),
    );
    write(home.path(), "home/AppData/Local/Microsoft/Olk/UserSettings.json", &file);
    nothing_leaks(home.path(), 4);
}
