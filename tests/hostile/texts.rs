//! Thunderbird's preferences, JSON and XML.

use super::{Home, large, many, odd, put};
use std::fmt::Write as _;
use std::path::Path;

pub(crate) const HOMES: &[Home] = &[
    large("accounts of Thunderbird", |home| thunderbird(home, &accounts(100_000, "taro@example.jp"))),
    large("identities of Thunderbird", |home| {
        let list = names("i", 100_000);
        let identity = |n: usize| format!("user_pref('mail.identity.i{n}.useremail', 't{n}@example.jp');\n");
        let account = format!("{}user_pref('mail.account.a0.identities', '{list}');\n", accounts(1, ""));
        thunderbird(home, &(account + &many(100_000, identity)));
    }),
    large("servers of Thunderbird", |home| {
        let (servers, identities) = (names("x", 50_000), names("i", 50_000));
        let one = |n: usize| {
            format!(
                "user_pref('mail.smtpserver.x{n}.hostname', 'm{n}');\nuser_pref('mail.identity.i{n}.smtpServer', 'x{n}');\n"
            )
        };
        let lists = format!(
            "user_pref('mail.smtpservers', '{servers}');\nuser_pref('mail.account.a0.identities', '{identities}');\n"
        );
        thunderbird(home, &(accounts(1, "") + &lists + &many(50_000, one)));
    }),
    odd("preferences of Thunderbird", |home| {
        thunderbird(home, &(accounts(1, "") + &many(250_000, |n| format!("user_pref('a.b{n}', '{n}');\n"))));
    }),
    odd("one list of Thunderbird's accounts", |home| {
        let list = "a0,".repeat(2_000_000);
        thunderbird(
            home,
            &(accounts(1, "") + &format!("user_pref('mail.accountmanager.accounts', '{list}');\n")),
        );
    }),
    large("preferences of 20 MiB", |home| thunderbird(home, &"// nothing\n".repeat(2_000_000))),
    large("profiles of Thunderbird with accounts", |home| {
        let list = |n: usize| format!("[Profile{n}]\nName=p{n}\nIsRelative=1\nPath=p{n}\n");
        put(home, ".thunderbird/profiles.ini", many(450, list));
        for number in 0..450 {
            put(
                home,
                &format!(".thunderbird/p{number}/prefs.js"),
                accounts(20, "taro@example.jp") + &format!("// {number}\n"),
            );
        }
    }),
    odd("damaged preferences", |home| {
        thunderbird(home, &many(100_000, |n| format!("user_pref(\"a{n}\", \n")));
    }),
    large("k9s of accounts", |home| k9(home, 200_000, 1)),
    large("k9s of identities", |home| k9(home, 1, 200_000)),
    odd("k9s of attributes", |home| {
        let many = many(500_000, |n| format!(" a{n}=\"\""));
        put(
            home,
            "Documents/a.k9s",
            format!("<k9settings version=\"111\" format=\"1\"{many}><accounts/></k9settings>"),
        );
    }),
    odd("k9s of levels", |home| {
        let (open, close) = ("<a>".repeat(200_000), "</a>".repeat(200_000));
        put(
            home,
            "Documents/a.k9s",
            format!("<k9settings version=\"111\" format=\"1\">{open}{close}</k9settings>"),
        );
    }),
    odd("k9s of entities", |home| {
        let entity = |n: usize| format!("<!ENTITY e{} \"{}\">\n", n + 1, format!("&e{n};").repeat(100));
        let file =
            format!("<!DOCTYPE x [<!ENTITY e0 \"x\">\n{}]><k9settings>&e9;</k9settings>", many(9, entity));
        put(home, "Documents/a.k9s", file);
    }),
    large("accounts of Windows Live Mail", |home| {
        let file = "<MessageAccount><POP3_Server type=\"SZ\">p</POP3_Server><SMTP_Server type=\"SZ\">m</SMTP_Server></MessageAccount>";
        for number in 0..5_000 {
            let name = format!("account{{0F9E8D7C-6B5A-4948-8372-6150{number:08}}}.oeaccount");
            put(home, &format!("AppData/Local/Microsoft/Windows Live Mail/{number}/{name}"), file);
        }
    }),
    odd("attributes of Windows Live Mail", |home| {
        let many = many(200_000, |n| format!("<a x=\"{n}\"/>"));
        let name = "account{0F9E8D7C-6B5A-4948-8372-615049382716}.oeaccount";
        put(
            home,
            &format!("AppData/Local/Microsoft/Windows Live Mail/x/{name}"),
            format!("<MessageAccount>{many}</MessageAccount>"),
        );
    }),
    large("accounts of the new Outlook", |home| {
        let list = (0..100_000).map(|n| format!("\"t{n}@example.jp\":\"{n}\"")).collect::<Vec<_>>().join(",");
        put(
            home,
            "AppData/Local/Microsoft/Olk/UserSettings.json",
            format!("{{\"Identities\":{{\"IdentityMap\":{{{list}}}}}}}"),
        );
    }),
    odd("levels of JSON", |home| {
        put(
            home,
            "AppData/Local/Microsoft/Olk/UserSettings.json",
            format!("{{\"Identities\":{}", "[".repeat(1_000_000)),
        );
    }),
    odd("an AutoConfig of levels", |home| {
        thunderbird(home, &(accounts(1, "") + "user_pref('general.config.filename', 'a.cfg');\n"));
        put(home, ".thunderbird/p/distribution/policies.json", "[".repeat(500_000));
        put(home, ".thunderbird/p/user.js", "/*".repeat(500_000));
    }),
];

fn names(what: &str, count: usize) -> String {
    (0..count).map(|number| format!("{what}{number}")).collect::<Vec<_>>().join(",")
}

/// Accounts, each with a server and an identity of its own.
fn accounts(count: usize, address: &str) -> String {
    let mut file = format!(
        "user_pref('mail.smtpservers', 'one');\nuser_pref('mail.smtpserver.one.hostname', 'mail.example.jp');\n\
         user_pref('mail.accountmanager.accounts', '{}');\n",
        names("a", count)
    );
    for number in 0..count {
        let _ = write!(
            file,
            "user_pref('mail.account.a{number}.server', 's{number}');\nuser_pref('mail.server.s{number}.type', 'pop3');\n\
             user_pref('mail.account.a{number}.identities', 'i{number}');\nuser_pref('mail.identity.i{number}.useremail', '{address}');\n"
        );
    }
    file
}

fn thunderbird(home: &Path, prefs: &str) {
    put(home, ".thunderbird/profiles.ini", "[Profile0]\nName=p\nIsRelative=1\nPath=p\nDefault=1\n");
    put(home, ".thunderbird/p/prefs.js", prefs);
}

fn k9(home: &Path, accounts: usize, identities: usize) {
    let own = |n: usize| format!("<identity><email>t{n}@example.jp</email></identity>");
    let identities = many(identities, own);
    let account = |n: usize| {
        format!(
            "<account uuid=\"u{n}\"><name>a</name><outgoing-server type=\"SMTP\"><host>m</host></outgoing-server>\
             <identities>{identities}</identities></account>"
        )
    };
    let accounts = many(accounts, account);
    put(
        home,
        "Documents/a.k9s",
        format!("<k9settings version=\"111\" format=\"1\"><accounts>{accounts}</accounts></k9settings>"),
    );
}
