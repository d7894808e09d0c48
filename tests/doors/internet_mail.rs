//! Outlook Express, Windows Mail and Windows Live Mail.

use super::*;

const SETTINGS: [&str; 12] = [
    "SMTP Email Address",
    "SMTP Server",
    "SMTP Port",
    "SMTP Secure Connection",
    "SMTP Use Sicily",
    "POP3 Server",
    "POP3 Port",
    "POP3 Secure Connection",
    "POP3 Use Sicily",
    "POP3 User Name",
    "POP3 Skip Account",
    "HTTPMail Server",
];

#[test]
fn in_every_setting_of_outlook_express() {
    for value in wrong_values() {
        let home = tempfile::tempdir().unwrap();
        let identity = format!(r"HKEY_CURRENT_USER\Identities\PW {CANARY}");
        let manager = format!(r"{identity}\Software\Microsoft\Internet Account Manager");
        let keys = format!(
            "[HKEY_CURRENT_USER\\Identities]\r\n\"Default User ID\"=\"PW {CANARY}\"\r\n\
             [{identity}]\r\n\"Username\"=\"PW {CANARY}\"\r\n\
             [{manager}]\r\n\"Default Mail Account\"=\"PW {CANARY}\"\r\n\
             [{manager}\\Accounts\\PW {CANARY}]\r\n\"Account Name\"=\"PW {CANARY}\"\r\n\
             \"ssWd\"=\"{CANARY}\"\r\n\"POP3 Password2\"=\"{CANARY}\"\r\n\"POP3 {CANARY}\"=\"{CANARY}\"\r\n\
             ; {CANARY}\r\n{}\
             [HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion]\r\n\"CurrentVersion\"=\"{CANARY}\"\r\n",
            values(&SETTINGS, &value)
        );
        registry(home.path(), &keys);
        nothing_leaks(home.path(), 1);
    }
}

#[test]
fn in_every_setting_of_an_account_file() {
    for value in wrong_values() {
        let home = tempfile::tempdir().unwrap();
        let elements: String = SETTINGS
            .iter()
            .map(|name| name.replace(' ', "_"))
            .map(|name| format!("<{name}>{value}</{name}><{name}>! {CANARY}</{name}>"))
            .collect();
        let file = format!(
            "<MessageAccount x=\"{CANARY}\"><!-- {CANARY} --><Account_Name>PW {CANARY}</Account_Name>{elements}\
             <ssWd>{CANARY}</ssWd><POP3_Password2>{CANARY}</POP3_Password2><POP3_{CANARY}/><Deep><SMTP_Port>{CANARY}\
             </SMTP_Port></Deep>{CANARY}</MessageAccount>"
        );
        write(home.path(), "home/AppData/Local/Microsoft/Windows Live Mail/a/account{1}.oeaccount", &file);
        let program = r"HKEY_CURRENT_USER\Software\Microsoft\Windows Live Mail";
        registry(
            home.path(),
            &format!(
                "[{program}]\r\n\"Default Mail Account\"=\"PW {CANARY}\"\r\n\
                 \"Store Root\"=\"\\\\\\\\taro:{CANARY}@server\\\\share\"\r\n"
            ),
        );
        nothing_leaks(home.path(), 1);
    }
}
