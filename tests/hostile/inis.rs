//! Files of sections: Becky!, Sylpheed, KMail, Geary, Evolution, msmtp, Thunderbird's lists.

use super::{Home, large, many, odd, put};
use std::path::Path;

pub(crate) const HOMES: &[Home] = &[
    odd("empty sections of Becky!", |home| mailbox(home, &many(60_000, |n| format!("[a{n}]\n")))),
    large("300,000 empty sections of Becky!", |home| mailbox(home, &many(300_000, |n| format!("[a{n}]\n")))),
    large("accounts of Becky!", |home| {
        mailbox(home, &many(20_000, |n| format!("[a{n}]\nSMTPServer=mail.example.jp\n")));
    }),
    odd("accounts of Becky! of one name", |home| {
        mailbox(home, &"[Account]\nSMTPServer=mail.example.jp\n".repeat(20_000));
    }),
    odd("settings of one account of Becky!", |home| {
        mailbox(home, &format!("[Account]\nSMTPServer=m\n{}", many(60_000, |n| format!("a{n}=1\n"))));
    }),
    odd("boxes of one account of Becky!", |home| {
        mailbox(
            home,
            &format!("[Account]\nSMTPServer=m\n{}", many(30_000, |n| format!("PopBeforeSmtp{n}=1\n"))),
        );
    }),
    large("mailboxes of Becky!", |home| {
        for number in 0..5_000 {
            put(home, &format!("Documents/Becky/{number}.mb/Mailbox.ini"), "[Account]\nSMTPServer=m\n");
        }
    }),
    large("accounts of Sylpheed", |home| {
        let block = |n: usize| format!("[Account: {n}]\nprotocol=0\nsmtp_server=mail.example.jp\n");
        put(home, ".sylpheed-2.0/accountrc", many(100_000, block));
        put(home, ".claws-mail/accountrc", many(100_000, block));
    }),
    odd("sections of accountrc", |home| {
        put(home, ".sylpheed-2.0/accountrc", many(1_000_000, |n| format!("[{n}]\n")));
    }),
    large("100,000 servers and identities of KMail", |home| kmail(home, 100_000)),
    large("servers and identities of KMail", |home| kmail(home, 10_000)),
    large("incoming accounts of KMail", |home| {
        for number in 0..5_000 {
            put(
                home,
                &format!(".config/akonadi_pop3_resource_{number}rc"),
                "[General]\nhost=pop.example.jp\n",
            );
        }
        kmail(home, 1);
    }),
    large("inheriting accounts of msmtp", |home| {
        let account = |n: usize| format!("account a{}:a{n}\n", n + 1);
        put(
            home,
            ".msmtprc",
            format!("account a0\nhost mail.example.jp\nfrom taro@example.jp\n{}", many(40_000, account)),
        );
    }),
    large("100,000 inheriting accounts of msmtp", |home| {
        let account = |n: usize| format!("account a{}:a{n}\n", n + 1);
        put(home, ".msmtprc", format!("account a0\nhost mail.example.jp\n{}", many(100_000, account)));
    }),
    large("accounts of msmtp that inherit from many", |home| {
        let account = |n: usize| format!("account a{n}\nhost mail{n}.example.jp\n");
        let all = (0..2_000).map(|n| format!("a{n}")).collect::<Vec<_>>().join(",");
        let heirs = many(100, |n| format!("account b{n}:{all}\n"));
        put(home, ".msmtprc", many(2_000, account) + &heirs);
    }),
    odd("names of msmtp that may not be shown", |home| {
        put(
            home,
            ".msmtprc",
            many(10_000, |n| format!("account \"my pw {n}\"\n")) + "host mail.example.jp\n",
        );
    }),
    odd("lines that msmtp refuses", |home| {
        put(home, ".msmtprc", format!("account a\nhost m\n{}", "x\n".repeat(500_000)));
    }),
    large("accounts of Geary", |home| {
        for number in 0..5_000 {
            let file = "[Metadata]\nversion=1\nstatus=enabled\n[Account]\nservice_provider=other\n[Outgoing]\nhost=m\n";
            put(home, &format!(".config/geary/account_{number:04}/geary.ini"), file);
        }
    }),
    odd("keys of Geary", |home| {
        let keys = many(50_000, |n| format!("k{n}=1\n"));
        put(
            home,
            ".config/geary/account_01/geary.ini",
            format!("[Metadata]\nversion=1\n[Outgoing]\nhost=m\n{keys}"),
        );
    }),
    odd("sources that are each other's parents", |home| parents(home, 1_000)),
    odd("identities of one source", |home| {
        source(home, "account", "Enabled=true", "[Mail Account]\nBackendName=pop\nIdentityUid=i0\n");
        for number in 0..1_900 {
            let rest = "[Mail Identity]\nAddress=taro@example.jp\n[Mail Submission]\nTransportUid=t\n";
            source(home, &format!("i{number}"), "Parent=account", rest);
        }
        source(home, "t", "Enabled=true", "[Mail Transport]\nBackendName=smtp\n[Authentication]\nHost=m\n");
    }),
    large("large sources", |home| {
        let groups = many(100_000, |n| format!("[{n}]\n"));
        for number in 0..100 {
            source(home, &number.to_string(), "", &format!("[Mail Account]\nBackendName=pop\n{groups}"));
        }
    }),
    large("profiles of Thunderbird", |home| {
        let list = |n: usize| format!("[Profile{n}]\nName=p{n}\nIsRelative=1\nPath=p{n}\n");
        put(home, ".thunderbird/profiles.ini", many(20_000, list));
        put(home, ".thunderbird/installs.ini", many(20_000, |n| format!("[{n:016X}]\nDefault=p{n}\n")));
    }),
];

fn mailbox(home: &Path, text: &str) {
    put(home, "Documents/Becky/1.mb/Mailbox.ini", text);
}

fn kmail(home: &Path, count: usize) {
    let server = |n: usize| format!("[Transport {n}]\nid={n}\nname=s{n}\nhost=mail{n}.example.jp\n");
    // Named by their names, in the other order.
    let identity = |n: usize| {
        format!("[Identity #{n}]\nuoid={n}\nEmail Address=t{n}@example.jp\nTransport=s{}\n", count - 1 - n)
    };
    put(home, ".config/mailtransports", format!("[General]\ndefault-transport=0\n{}", many(count, server)));
    put(home, ".config/emailidentities", many(count, identity));
}

fn source(home: &Path, uid: &str, data: &str, rest: &str) {
    put(
        home,
        &format!(".config/evolution/sources/{uid}.source"),
        format!("[Data Source]\nDisplayName={uid}\n{data}\n{rest}"),
    );
}

fn parents(home: &Path, count: usize) {
    for number in 0..count {
        let rest = format!(
            "[Mail Account]\nBackendName=pop\nIdentityUid={number}\n[Mail Identity]\nAddress=t@example.jp\n"
        );
        source(home, &number.to_string(), &format!("Parent={}", (number + 1) % count), &rest);
    }
}
