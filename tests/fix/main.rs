//! `fix` and `undo`: nothing is written that isn't certain, and what is written is taken back to the byte.

#![cfg(all(feature = "fix", unix))]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::panic,
    reason = "a test fails by panicking, and makes files by itself"
)]

mod command;
#[path = "../common/mod.rs"]
mod common;
mod places;
mod plan;
mod properties;
mod taken_back;
mod windows;
mod written;

use smtp_auth_audit::fix::apply::{Hand, apply};
use smtp_auth_audit::fix::journal::Journal;
use smtp_auth_audit::fix::{Wish, plan};
use smtp_auth_audit::model::{Change, ChangeState, Report};
use smtp_auth_audit::policy::{Origin, Policies, file};
use smtp_auth_audit::scan::{Request, Rules, scan};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Stands beside the settings, and nowhere else.
const CANARY: &str = "KANARIA-9d41-secret";
const LIVE: Wish<'_> =
    Wish { is_live: true, change_server: false, unverified: false, unattended: None, not_yet: &[] };
/// What the provider of example.jp wants.
const POLICY: &str = r#"
schema = 1
id = "example-net"
name = "Example"
claims = [ { outgoing = "*.example.jp" } ]
sending = [
  { port = 587, security = "starttls", auth = "password" },
  { auth = ["pop-before-smtp", "none"], until = 2027-03-31 },
]
"#;

/// A home with a profile of Thunderbird: the lock lies beside its settings, so that tests don't meet.
struct Home {
    folder: TempDir,
    policy: String,
}

impl Home {
    /// With these statements beside those of every account.
    fn new(prefs: &str) -> Self {
        let home = Self { folder: TempDir::new().unwrap(), policy: POLICY.to_owned() };
        home.write(
            ".thunderbird/profiles.ini",
            "[Profile0]\nName=default\nIsRelative=1\nPath=p\nDefault=1\n",
        );
        home.write(
            ".thunderbird/p/compatibility.ini",
            "[Compatibility]\nLastVersion=140.0_20250101/20250101\n",
        );
        home.write(PREFS, &format!("// Mozilla User Preferences\r\n\r\n{COMMON}{prefs}"));
        home
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, name: &str, content: &str) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    fn prefs(&self) -> String {
        fs::read_to_string(self.path().join(PREFS)).unwrap()
    }

    fn request(&self) -> Request {
        let policy = file::read(&self.policy, Origin::Given, &[]).unwrap().policy;
        Request {
            paths: vec![self.path().to_owned()],
            all_users: false,
            clients: Vec::new(),
            servers: Vec::new(),
            domains: Vec::new(),
            computer: None,
            rules: Rules {
                policies: Policies { list: vec![policy], ..Policies::standard() },
                day: smtp_auth_audit::policy::day("2026-12-01").unwrap(),
                ..Rules::standard()
            },
            program: None,
            keeps_unshown: false,
        }
    }

    fn scan(&self) -> Report {
        scan(&self.request())
    }

    fn plan(&self, wish: Wish<'_>) -> Vec<Change> {
        plan(&self.scan(), wish)
    }

    fn journal(&self) -> Journal {
        Journal::open(self.path(), true).unwrap().unwrap()
    }

    /// Writes the first change.
    fn apply(&self) -> Change {
        let before = self.scan();
        self.apply_to(&before)
    }

    fn apply_to(&self, before: &Report) -> Change {
        let mut change = plan(before, LIVE).remove(0);
        assert_eq!(change.state, ChangeState::Planned, "{:?}", change.obstacles);
        let journal = self.journal();
        let again = || self.scan();
        apply(
            &mut change,
            before,
            &Hand { home: self.path(), journal: &journal, scan: &again, runs: |_| false },
        );
        change
    }
}

const PREFS: &str = ".thunderbird/p/prefs.js";
/// The account of taro@example.jp without its outgoing server.
const COMMON: &str = "user_pref(\"a.password\", \"KANARIA-9d41-secret\");\r\n\
    user_pref(\"mail.account.account1.identities\", \"id1\");\r\n\
    user_pref(\"mail.account.account1.server\", \"server1\");\r\n\
    user_pref(\"mail.accountmanager.accounts\", \"account1\");\r\n\
    user_pref(\"mail.identity.id1.smtpServer\", \"smtp1\");\r\n\
    user_pref(\"mail.identity.id1.useremail\", \"taro@example.jp\");\r\n\
    user_pref(\"mail.server.server1.hostname\", \"pop.example.jp\");\r\n\
    user_pref(\"mail.server.server1.type\", \"pop3\");\r\n\
    user_pref(\"mail.server.server1.userName\", \"taro\");\r\n\
    user_pref(\"mail.smtpservers\", \"smtp1\");\r\n";

/// An outgoing server without authentication on port 25.
const NO_AUTH: &str = "user_pref(\"mail.smtpserver.smtp1.authMethod\", 1);\r\n\
    user_pref(\"mail.smtpserver.smtp1.hostname\", \"mail.example.jp\");\r\n\
    user_pref(\"mail.smtpserver.smtp1.port\", 25);\r\n\
    user_pref(\"mail.smtpserver.smtp1.username\", \"taro\");\r\n";

fn codes(change: &Change) -> Vec<&'static str> {
    change.obstacles.iter().map(|obstacle| obstacle.code).collect()
}
