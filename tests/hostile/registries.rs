//! Registries, as an export at the top of a home: a hive's keys come to the same readers.

use super::{Home, large, many, odd, put};
use std::path::Path;

pub(crate) const HOMES: &[Home] = &[
    large("40,000 profiles of Outlook", |home| {
        export(home, &many(40_000, |n| profile(&n.to_string(), 1)));
    }),
    large("40,000 profiles of Outlook 2016", |home| {
        let root = r"[HKEY_CURRENT_USER\Software\Microsoft\Office\16.0\Outlook\Profiles";
        export(home, &many(40_000, |n| format!("{root}\\p{n}]\n")));
    }),
    large("accounts of one profile of Outlook", |home| export(home, &profile("p", 20_000))),
    large("accounts of Outlook Express", |home| {
        let root = r"[HKEY_CURRENT_USER\Software\Microsoft\Internet Account Manager\Accounts";
        let account = |n: usize| {
            format!("{root}\\{n:08}]\n\"POP3 Server\"=\"p{n}\"\n\"SMTP Server\"=\"mail.example.jp\"\n\n")
        };
        export(home, &many(10_000, account));
    }),
    large("identities of Outlook Express", |home| {
        let identity = |n: usize| {
            format!(
                "[HKEY_CURRENT_USER\\Identities\\{{{n}}}]\n\"Username\"=\"u\"\n[HKEY_CURRENT_USER\\Identities\\{{{n}}}\\Software\\Microsoft\\Internet Account Manager\\Accounts\\1]\n\"POP3 Server\"=\"p{n}\"\n\"SMTP Server\"=\"m\"\n"
            )
        };
        export(home, &many(20_000, identity));
    }),
    large("partners of Windows 10 Mail", |home| {
        let root = r"[HKEY_CURRENT_USER\Software\Microsoft\ActiveSync\Partners";
        let partner = |n: usize| {
            format!("{root}\\{{60D03F1B-38BA-4FC2-8CA3-{n:012}}}]\n\"Email\"=\"t{n}@example.jp\"\n")
        };
        export(home, &many(20_000, partner));
    }),
    odd("values of one key", |home| {
        let values = many(300_000, |n| format!("\"a{n}\"=\"x\"\n"));
        export(home, &format!("[HKEY_CURRENT_USER\\Software\\RimArts\\B2\\Settings]\n{values}"));
    }),
    odd("values of an account of Outlook", |home| {
        let values = many(200_000, |n| format!("\"a{n}\"=\"x\"\n"));
        export(home, &(profile("p", 1) + &values));
    }),
    odd("keys below each other", |home| {
        let deep = "\\a".repeat(100_000);
        export(
            home,
            &format!(
                "[HKEY_CURRENT_USER\\Software\\Microsoft\\Internet Account Manager\\Accounts{deep}]\n\"x\"=\"y\"\n"
            ),
        );
    }),
    odd("one key again and again", |home| {
        let key = "[HKEY_CURRENT_USER\\Software\\Microsoft\\Internet Account Manager\\Accounts\\1]\n\"SMTP Server\"=\"m\"\n";
        export(home, &key.repeat(200_000));
    }),
    large("two exports of 30,000 keys", |home| {
        let root = r"[HKEY_CURRENT_USER\Software\Microsoft\Internet Account Manager\Accounts";
        let keys = |start: usize| {
            many(30_000, |n| {
                format!("{root}\\{0}]\n\"SMTP Server\"=\"m\"\n\"POP3 Server\"=\"p{0}\"\n", n + start)
            })
        };
        for (name, start) in [("a.reg", 0), ("b.reg", 15_000)] {
            put(home, name, format!("REGEDIT4\n\n{}", keys(start)));
        }
    }),
];

fn export(home: &Path, text: &str) {
    put(home, "user.reg", format!("Windows Registry Editor Version 5.00\n\n{text}"));
}

/// A profile with so many accounts of POP3.
fn profile(name: &str, accounts: usize) -> String {
    let root = r"[HKEY_CURRENT_USER\Software\Microsoft\Windows NT\CurrentVersion\Windows Messaging Subsystem\Profiles";
    let account = |n: usize| {
        format!(
            "{root}\\{name}\\9375CFF0413111d3B88A00104B2A6676\\{n:08x}]\n\"clsid\"=\"{{ED475411-B0D6-11D2-8C3B-00104B2A6676}}\"\n\
             \"POP3 Server\"=\"pop.example.jp\"\n\"SMTP Server\"=\"mail.example.jp\"\n"
        )
    };
    many(accounts, account)
}
