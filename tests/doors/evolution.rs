//! Evolution.

use super::*;

/// Which group a file has, and links between files, are as they should be: a name of a file can't be told from a password.
const SETTINGS: [(&str, &str, &[&str]); 9] = [
    ("account", "Data Source", &["Enabled", "Other"]),
    ("account", "Authentication", &["Host", "Port", "User", "Method", "CredentialName"]),
    ("account", "Security", &["Method"]),
    ("identity", "Mail Identity", &["Address", "Aliases", "Name"]),
    ("identity", "Data Source", &["Enabled"]),
    ("transport", "Authentication", &["Host", "Port", "User", "Method", "ProxyUid"]),
    ("transport", "Security", &["Method"]),
    ("transport", "Collection", &["BackendName", "MailEnabled"]),
    ("transport", "Sendmail Backend", &["UseCustomBinary", "CustomBinary"]),
];

/// Three files that name each other, with these lines of theirs.
fn sources(home: &Path, backend: &str, lines: impl Fn(&str, &str, &str) -> String) {
    for (file, group, links) in [
        ("account", "Mail Account", "BackendName=pop\nIdentityUid=identity\n".to_owned()),
        ("identity", "Mail Submission", "TransportUid=transport\n".to_owned()),
        ("transport", "Mail Transport", format!("BackendName={backend}\n")),
    ] {
        let mut text = format!(
            "# {CANARY}\n[Data Source]\nDisplayName=PW {CANARY}\n[{group}]\n{links}[PW {CANARY}]\nHost={CANARY}\n"
        );
        for (_, group, names) in SETTINGS.iter().filter(|(of, ..)| *of == file) {
            text.extend(["[", group, "]\n"]);
            text.extend(names.iter().map(|name| lines(file, group, name)));
            text.extend(["ssWd=", CANARY, "\nPassword=", CANARY, "\n"]);
        }
        // Two files are damaged: the program passes over such a file.
        if file != "identity" {
            text.extend([CANARY, "\n"]);
        }
        write(home, &format!("home/.config/evolution/sources/{file}.source"), &text);
    }
}

#[test]
fn in_any_setting_of_an_account() {
    for value in wrong_values() {
        let home = tempfile::tempdir().unwrap();
        sources(home.path(), "smtp", |_, _, name| format!("{name}={value}\n"));
        nothing_leaks(home.path(), 1);
        let home = tempfile::tempdir().unwrap();
        sources(home.path(), "smtp", |_, _, name| format!("{name}={value}\n{name}=25\n"));
        nothing_leaks(home.path(), 1);
    }
}

#[test]
fn in_a_command_and_a_kind_of_server() {
    for value in [format!("/usr/bin/msmtp -p {CANARY}"), format!("PASSWORD={CANARY} /usr/bin/msmtp")] {
        let home = tempfile::tempdir().unwrap();
        sources(home.path(), "sendmail", |_, _, name| match name {
            "UseCustomBinary" => "UseCustomBinary=true\n".to_owned(),
            _ => format!("{name}={value}\n"),
        });
        nothing_leaks(home.path(), 1);
    }
    let home = tempfile::tempdir().unwrap();
    sources(home.path(), CANARY, |_, _, _| String::new());
    nothing_leaks(home.path(), 1);
}
