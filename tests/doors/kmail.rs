//! KMail.

use super::*;

const TRANSPORT: [&str; 10] =
    ["name", "type", "host", "port", "user", "auth", "authtype", "encryption", "precommand", "options"];
const IDENTITY: [&str; 4] = ["Email Address", "Email Aliases", "Identity", "Organization"];
const POP3: [&str; 5] = ["host", "port", "useSSL", "useTLS", "login"];
const IMAP: [&str; 3] = ["ImapServer", "ImapPort", "Safety"];

/// All files of one account, with a value in every setting.
fn home(value: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    // A name can't be told from a password; one that says that it is a password can.
    let line = |name: &str| match name {
        "name" => format!("name=PW {CANARY}\nname[{CANARY}]={CANARY}\n"),
        _ => format!("{name}=PW {CANARY}\n{name}[$e]={value}\n{name}[{CANARY}]={value}\n"),
    };
    let group = |name: &str, names: &[&str]| {
        let lines: String = names.iter().map(|name| line(name)).collect();
        format!("[{name}]\n{lines}ssWd={CANARY}\npassword={CANARY}\nx[$d {CANARY}]=\n# {CANARY}\n")
    };
    let rest = format!("[PW {CANARY}]\nhost={CANARY}\n[{CANARY}\nport={CANARY}\n");
    let file = |name: &str, text: String| {
        write(home.path(), &format!("home/.config/{name}"), &format!("host={CANARY}\n{text}{rest}"));
    };
    file(
        "mailtransports",
        format!("[General]\ndefault-transport=1 {CANARY}\n{}id=1\n", group("Transport 1", &TRANSPORT)),
    );
    file(
        "emailidentities",
        format!("{}Email Address=taro@example.jp\nuoid={value}\n", group("Identity #0", &IDENTITY)),
    );
    file("akonadi_pop3_resource_0rc", group("General", &POP3));
    file(
        "akonadi_imap_resource_0rc",
        format!("{}[cache]\nUseDefaultIdentity={value}\nAccountIdentity={value}\n", group("network", &IMAP)),
    );
    home
}

#[test]
fn in_any_setting_of_an_account() {
    for value in wrong_values() {
        nothing_leaks(home(&value).path(), 2);
    }
}

#[test]
fn in_a_command_and_the_name_of_a_group() {
    for value in [format!("/usr/bin/popcheck -p {CANARY}"), format!("PASSWORD={CANARY} popcheck")] {
        nothing_leaks(home(&value).path(), 2);
    }
    let home = tempfile::tempdir().unwrap();
    let text = format!("[Transport PW {CANARY}]\nhost=mail.example.jp\n");
    write(home.path(), "home/.config/mailtransports", &text);
    nothing_leaks(home.path(), 1);
}
