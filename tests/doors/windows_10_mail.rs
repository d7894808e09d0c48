//! Windows 10 Mail.

use super::*;

#[test]
fn in_every_value() {
    for value in wrong_values() {
        let home = tempfile::tempdir().unwrap();
        let partners = r"HKEY_CURRENT_USER\Software\Microsoft\ActiveSync\Partners";
        let keys = format!(
            "[{partners}]\r\n\"{CANARY}\"=\"{CANARY}\"\r\n[{partners}\\{CANARY}]\r\n\"Email\"=\"{CANARY}\"\r\n\
             [{partners}\\{{60D03F1B-38BA-4FC2-8CA3-89408FC4ED48}}]\r\n\"PW {CANARY}\"=\"{CANARY}\"\r\n\
             \"ssWd\"=\"{CANARY}\"\r\n\"Blob\"=\"{CANARY}\"\r\n{}\
             [{partners}\\{{60D03F1B-38BA-4FC2-8CA3-89408FC4ED48}}\\PW {CANARY}]\r\n\"Email\"=\"{CANARY}\"\r\n",
            values(&["Email", "Server"], &value)
        );
        registry(home.path(), &keys);
        nothing_leaks(home.path(), 1);
    }
}
