//! msmtp's configuration.

use crate::common::CANARY;
use crate::{nothing_leaks, write};

const GOOD: [(&str, &str); 8] = [
    ("host", "mail.example.jp"),
    ("port", "587"),
    ("protocol", "smtp"),
    ("from", "taro@example.jp"),
    ("auth", "on"),
    ("user", "taro"),
    ("tls", "on"),
    ("tls_starttls", "on"),
];

fn account(name: &str, changed: &[(&str, String)]) -> String {
    let mut file = format!("account {name}\n");
    for (command, argument) in GOOD {
        let argument = changed.iter().find(|(name, _)| *name == command).map_or(argument, |(_, value)| value);
        file.extend([command, " ", argument, "\n"]);
    }
    file
}

#[test]
fn in_an_argument() {
    let home = tempfile::tempdir().unwrap();
    let wrong = |argument: &str| {
        [
            format!("smtp://taro:{CANARY}@{argument}"),
            format!("taro:{CANARY}@{argument}"),
            format!("{argument} {CANARY}"),
            format!("{argument} # {CANARY}"),
            format!("\"{argument} #{CANARY}\""),
            format!("\"PW {CANARY}\""),
            format!("#{CANARY}"),
        ]
    };
    let mut file = String::new();
    let mut count = 0;
    for (command, argument) in GOOD {
        for value in wrong(argument) {
            count += 1;
            file += &account(&format!("a{count}"), &[(command, value)]);
        }
    }
    write(home.path(), "home/.msmtprc", &file);
    nothing_leaks(home.path(), count);
}

#[test]
fn in_names_comments_and_other_lines() {
    let home = tempfile::tempdir().unwrap();
    let mut file = format!("# {CANARY}\n\u{20}\t# {CANARY}\n");
    for name in [format!("PW {CANARY}"), format!("pw{CANARY}"), format!("a # {CANARY}"), "b".to_owned()] {
        file += &account(&name, &[]);
        file += &format!(
            "host mail.example.jp\nhost {CANARY} x\nssWd {CANARY}\nhos{CANARY} x\nlogfile {CANARY}\n\
             socket\npasswordeval echo {CANARY}\npassword {CANARY}\nproxy_host {CANARY}\n"
        );
    }
    // Those that take over from a name which may not be shown are told of by their own.
    file += &format!("account heir : pw{CANARY}\nport 25\naccount other : PW {CANARY}\nport 25\n");
    file += &format!("account : {CANARY}\naccount a,{CANARY}\n");
    write(home.path(), "home/.msmtprc", &file);
    nothing_leaks(home.path(), 6);
}

#[test]
fn in_what_a_command_computes_and_in_a_socket() {
    let home = tempfile::tempdir().unwrap();
    let file = format!("account a\neval echo {CANARY}\naccount b\nsocket /run/PW {CANARY}\n");
    write(home.path(), "home/.config/msmtp/config", &file);
    nothing_leaks(home.path(), 2);
}
