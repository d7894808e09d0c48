//! Folders of very many, very deep or very large things.

use super::{Home, large, odd, put};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::Path;

pub(crate) const HOMES: &[Home] = &[
    large("200,000 empty sources", |home| empty(home, ".config/evolution/sources", 200_000, ".source")),
    large("200,000 empty accounts of Windows Live Mail", |home| {
        empty(home, "AppData/Local/Microsoft/Windows Live Mail", 200_000, ".oeaccount");
    }),
    odd("200,000 empty files in a home", |home| empty(home, "", 200_000, ".txt")),
    large("200,000 empty files like settings", |home| empty(home, "Documents", 200_000, ".k9s")),
    odd("30,000 folders of mailboxes", |home| {
        for number in 0..30_000 {
            fs::create_dir_all(home.join(format!("Documents/Becky/{number}.mb"))).unwrap();
        }
        put(home, "Documents/Becky/1.mb/Mailbox.ini", "[Account]\nSMTPServer=m\n");
    }),
    large("30,000 folders of Windows Live Mail", |home| {
        for number in 0..30_000 {
            fs::create_dir_all(home.join(format!("AppData/Local/Microsoft/Windows Live Mail/{number}")))
                .unwrap();
        }
    }),
    large("20,000 folders of Thunderbird", |home| {
        for number in 0..20_000 {
            fs::create_dir_all(home.join(format!(".thunderbird/{number}"))).unwrap();
        }
        put(home, ".thunderbird/profiles.ini", "[General]\nVersion=2\n");
    }),
    odd("30,000 folders of Geary", |home| {
        for number in 0..30_000 {
            fs::create_dir_all(home.join(format!(".config/geary/account_{number}"))).unwrap();
        }
    }),
    large("5,000 lone files", |home| {
        for number in 0..5_000 {
            let file = format!("[Account]\nSMTPServer=m{number}\nMailServer=p\n");
            put(home, &format!("Documents/{number}/Mailbox.ini"), file);
        }
    }),
    large("3,000 lone folders", |home| {
        for number in 0..3_000 {
            let file = format!("[Account]\nSMTPServer=m{number}\nMailServer=p\n");
            put(home, &format!("Documents/{number}/1.mb/Mailbox.ini"), file);
        }
    }),
    odd("a path of 3,900 characters", |home| {
        let deep = vec!["d".repeat(200); 19].join("/");
        let list = format!("[Profile0]\nName=p\nIsRelative=1\nPath={deep}\n");
        put(home, ".thunderbird/profiles.ini", list);
        // Beyond the longest path by which a system call can make it.
        let mut at = home.join(".thunderbird");
        for part in deep.split('/') {
            at.push(part);
        }
        fs::create_dir_all(&at).unwrap();
        let names: Vec<String> = (0..900).map(|n| format!("a{n}")).collect();
        let mut prefs = format!("user_pref('mail.accountmanager.accounts', '{}');\n", names.join(","));
        for name in &names {
            let _ = writeln!(
                prefs,
                "user_pref('mail.account.{name}.server', '{name}');\nuser_pref('mail.server.{name}.type', 'pop3');"
            );
        }
        if at.as_os_str().len() < 4_000 {
            fs::write(at.join("prefs.js"), prefs).unwrap();
        }
    }),
    large("files that take no room", |home| {
        for (path, size) in [
            (".thunderbird/p/prefs.js", 1 << 33),
            (".msmtprc", 60 << 20),
            ("Documents/Becky/1.mb/Mailbox.ini", 60 << 20),
            (".sylpheed-2.0/accountrc", 60 << 20),
            (".config/mailtransports", 60 << 20),
            ("Library/Accounts/Accounts4.sqlite", 250 << 20),
            ("Library/Preferences/com.apple.mail.plist", 60 << 20),
            ("AppData/Local/Microsoft/Olk/UserSettings.json", 60 << 20),
        ] {
            put(home, path, "");
            File::options().write(true).open(home.join(path)).unwrap().set_len(size).unwrap();
        }
        put(home, ".thunderbird/profiles.ini", "[Profile0]\nName=p\nIsRelative=1\nPath=p\n");
    }),
];

fn empty(home: &Path, folder: &str, count: usize, ending: &str) {
    let folder = home.join(folder);
    fs::create_dir_all(&folder).unwrap();
    for number in 0..count {
        File::create(folder.join(format!("{number}{ending}"))).unwrap();
    }
}
