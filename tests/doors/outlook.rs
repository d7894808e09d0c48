//! Outlook.

use super::*;

const SETTINGS: [&str; 11] = [
    "SMTP Server",
    "POP3 Server",
    "Email",
    "SMTP Port",
    "POP3 Port",
    "SMTP Use Auth",
    "SMTP Auth Method",
    "SMTP Secure Connection",
    "SMTP Use SSL",
    "POP3 Use SSL",
    "POP3 Use SPA",
];

/// One account: a profile whose name and key tell a password, and what is not asked for.
fn profile(clsid: &str, wrong: &str) -> String {
    let outlook = r"HKEY_CURRENT_USER\Software\Microsoft\Office\16.0\Outlook";
    let section = format!(r"{outlook}\Profiles\PW {CANARY}\9375CFF0413111d3B88A00104B2A6676");
    format!(
        "[{outlook}]\r\n\"DefaultProfile\"=\"PW {CANARY}\"\r\n[{section}]\r\n\"x\"=\"{CANARY}\"\r\n\
         [{section}\\{CANARY}]\r\n\"Email\"=\"{CANARY}\"\r\n[{section}\\00000001]\r\n\"clsid\"=\"{clsid}\"\r\n\
         \"Account Name\"=\"PW {CANARY}\"\r\n\"SMTP Server\"=\"mail.example.jp\"\r\n\"{CANARY}\"=\"{CANARY}\"\r\n\
         \"ssWd\"=\"{CANARY}\"\r\n\"POP3 Password\"=\"{CANARY}\"\r\n\"Signature\"=\"{CANARY}\"\r\n; {CANARY}\r\n{wrong}"
    )
}

#[test]
fn in_every_setting() {
    for value in wrong_values() {
        let home = tempfile::tempdir().unwrap();
        registry(home.path(), &profile("{ED475411-B0D6-11D2-8C3B-00104B2A6676}", &values(&SETTINGS, &value)));
        nothing_leaks(home.path(), 1);
    }
}

#[test]
fn in_the_kind_of_an_account_and_in_a_text_of_bytes() {
    let mapi = "{ED475414-B0D6-11D2-8C3B-00104B2A6676}";
    let section = r"HKEY_CURRENT_USER\Software\Microsoft\Office\16.0\Outlook\Profiles\P\9375CFF0413111d3B88A00104B2A6676";
    let wide = |text: &str| -> String {
        let bytes = text.encode_utf16().flat_map(u16::to_le_bytes);
        bytes.map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(",")
    };
    let home = tempfile::tempdir().unwrap();
    let keys = format!(
        "[{section}]\r\n\"{{ED475418-B0D6-11D2-8C3B-00104B2A6676}}\"=hex:02,00,00,00\r\n\
         [{section}\\00000002]\r\n\"clsid\"=\"{mapi}\"\r\n\"Service Name\"=\"{CANARY}\"\r\n\
         \"Email\"=hex:{}\r\n{}",
        wide(&format!("a@example.jp {CANARY}\0{CANARY}")),
        profile(CANARY, &format!("\"SMTP Server\"=hex:{}\r\n", wide(&format!("mail.example.jp\0{CANARY}"))))
    );
    registry(home.path(), &keys);
    nothing_leaks(home.path(), 2);
}

#[test]
fn in_what_is_installed() {
    let home = tempfile::tempdir().unwrap();
    let office = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Office";
    let keys = format!(
        "[{office}\\16.0\\Outlook\\InstallRoot]\r\n\"Path\"=\"\\\\\\\\taro:{CANARY}@server\\\\share\"\r\n\
         [{office}\\ClickToRun\\Configuration]\r\n\"ProductReleaseIds\"=\"O365ProPlusRetail,! {CANARY}\"\r\n\
         \"VersionToReport\"=\"{CANARY}\"\r\n\
         [HKEY_CURRENT_USER\\Software\\Microsoft\\Office\\16.0\\Outlook\\Preferences]\r\n\"UseNewOutlook\"=\"{CANARY}\"\r\n{}",
        profile("{ED475411-B0D6-11D2-8C3B-00104B2A6676}", "")
    );
    registry(home.path(), &keys);
    nothing_leaks(home.path(), 1);
}
