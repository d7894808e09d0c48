//! Whose things are: disks of computers, folders of homes, homes, and what was collected or copied of them.

use crate::forest::{Forest, Home, USERS, free};
use crate::pieces::{
    ACCOUNT_XML, ACCOUNTRC, ACCOUNTS_4, ACCOUNTS_PLIST, GEARY_INI, LONE, MAILBOX_INI, MSMTPRC, NTUSER,
    OEACCOUNT, PREFS_JS, SOURCES, SYSTEM, export, original, replaced,
};
use std::ffi::OsStr;
use std::os::unix::fs::symlink;
use std::path::Path;

/// Systems whose homes differ.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum System {
    Windows,
    Linux,
    Mac,
}

impl Forest {
    pub(crate) fn windows(&mut self, at: &Path) {
        let before = self.computer.take();
        let config = at.join("Windows/System32/config");
        self.write(&config.join("readme.txt"), b"", false);
        if self.random.once_in(2) {
            let name = format!("PC-{:04}", self.number());
            let hive = replaced(original(SYSTEM), "PC-0421", &name);
            self.write(&config.join("SYSTEM"), &hive, false);
            self.computer = Some(name);
        }
        let parent = *self.random.of(&["Users", "Users", "Documents and Settings"]);
        self.people(&at.join(parent), System::Windows);
        // What is installed, thrown away or for the moment is nobody's.
        for pruned in
            ["Windows/WinSxS/x", "Program Files/Mozilla Thunderbird", "$Recycle.Bin/S-1-5-21-1", "Temp"]
        {
            if self.random.once_in(3) {
                self.put_pruned(&at.join(pruned));
            }
        }
        if self.random.once_in(3) {
            self.put(&at.join(parent).join("Public/Documents/prefs.js"), PREFS_JS.1, false);
        }
        if self.random.once_in(3) {
            self.client_folder(at);
        }
        if self.random.once_in(3) {
            let file = *self.random.of(LONE);
            self.lone(&at.join("Data"), file);
        }
        if !self.is_former && self.random.once_in(4) {
            self.is_former = true;
            let old = at.join("Windows.old");
            self.write(&old.join("Windows/System32/config/readme.txt"), b"", false);
            self.people(&old.join("Users"), System::Windows);
            self.is_former = false;
        }
        self.computer = before;
    }

    /// A disk of Linux or macOS.
    pub(crate) fn unix(&mut self, at: &Path) {
        let before = self.computer.take();
        let is_mac = self.random.once_in(2);
        let (folders, people, system): (&[&str], _, _) = if is_mac {
            (&["System/Library", "Library/Preferences", "Applications"], "Users", System::Mac)
        } else {
            (&["etc", "usr/share", "var/lib", "proc", "run"], "home", System::Linux)
        };
        for folder in folders {
            self.write(&at.join(folder).join("readme.txt"), b"", false);
        }
        self.people(&at.join(people), system);
        if !is_mac && self.random.once_in(3) {
            self.home_of(&at.join("root"), System::Linux);
        }
        let pruned = if is_mac { "System/Library/x" } else { "usr/share/x" };
        if self.random.once_in(3) {
            self.put_pruned(&at.join(pruned));
        }
        if !is_mac && self.random.once_in(3) {
            let file = *self.random.of(LONE);
            self.lone(&at.join("srv/backup"), file);
        }
        self.computer = before;
    }

    /// A folder of homes of one system or of several.
    pub(crate) fn homes_in(&mut self, at: &Path) {
        let system = *self.random.of(&[System::Windows, System::Linux, System::Mac]);
        self.people(at, system);
    }

    fn people(&mut self, at: &Path, system: System) {
        for _ in 0..=self.random.below(3) {
            let name = *self.random.of(USERS);
            let home = at.join(name);
            if !self.homes.iter().any(|known| known.folder == home) {
                self.home_of(&home, system);
            }
        }
    }

    pub(crate) fn home(&mut self, at: &Path) {
        let system = *self.random.of(&[System::Windows, System::Linux, System::Mac]);
        self.home_of(at, system);
    }

    fn is_home(&mut self, at: &Path) {
        let (computer, is_former) = (self.computer.clone(), self.is_former);
        self.homes.push(Home { folder: at.to_owned(), computer, is_former });
    }

    fn home_of(&mut self, at: &Path, system: System) {
        self.is_home(at);
        let has_hive = system == System::Windows && self.random.once_in(3);
        match system {
            System::Windows => self.of_windows(at, has_hive),
            System::Linux => self.of_linux(at),
            System::Mac => self.of_mac(at),
        }
        for place in ["Desktop", "Documents", "Downloads", "Desktop/old", ""] {
            let at = if place.is_empty() { at.to_owned() } else { at.join(place) };
            match self.random.below(6) {
                0 => {
                    let file = *self.random.of(LONE);
                    // Of another name it is told by nothing but its content: not in a home.
                    let path = free(&at, OsStr::new(file.0));
                    self.put(&path, file.1, false);
                }
                1 if place != "Desktop/old" => self.client_folder_in(&at, true),
                2 => self.write(&at.join("memo.txt"), b"memo", false),
                _ => {}
            }
        }
        if self.random.once_in(4) {
            self.put(&at.join("Pictures/a/b/prefs.js"), PREFS_JS.1, false);
        }
        if system == System::Windows && !self.is_former && self.random.once_in(6) {
            let former = at.join("profile.V6");
            self.is_former = true;
            self.is_home(&former);
            self.of_windows(&former, false);
            self.is_former = false;
        }
    }

    fn of_windows(&mut self, at: &Path, has_hive: bool) {
        self.write(&at.join("AppData/Roaming/Microsoft/readme.txt"), b"", false);
        self.write(&at.join("AppData/Local/Temp/prefs.js"), b"// nothing", false);
        if has_hive {
            self.put(&at.join("NTUSER.DAT"), NTUSER.1, true);
        }
        if self.random.once_in(6) {
            let number = self.number();
            self.write(&at.join("outlook.reg"), &export("HKEY_CURRENT_USER", true, number), true);
        }
        if self.random.once_in(2) {
            self.thunderbird(&at.join("AppData/Roaming/Thunderbird"), true);
        }
        if self.random.once_in(4) {
            let store = at.join("AppData/Local/Microsoft/Windows Live Mail/Example (taro)");
            self.put(&store.join(OEACCOUNT.0), OEACCOUNT.1, true);
        }
        if self.random.once_in(4) {
            self.put(&at.join("Documents/Becky/0a1b2c3d.mb/Mailbox.ini"), MAILBOX_INI.1, true);
        }
        if self.random.once_in(4) {
            self.put(&at.join("AppData/Roaming/QMAIL3/accounts/taro/account.xml"), ACCOUNT_XML.1, true);
        }
    }

    fn of_linux(&mut self, at: &Path) {
        self.write(&at.join(".bashrc"), b"# .bashrc\n", false);
        match self.random.below(8) {
            0..4 => self.thunderbird(&at.join(".thunderbird"), true),
            4 => {
                let link = at.join(".thunderbird");
                symlink("/data/mail/thunderbird", &link).unwrap();
                self.broken.push(link);
            }
            _ => {}
        }
        for (place, (_, fixture)) in [
            (".msmtprc", MSMTPRC),
            (".claws-mail/accountrc", ACCOUNTRC),
            (".config/geary/account_01/geary.ini", GEARY_INI),
        ] {
            if self.random.once_in(3) {
                self.put(&at.join(place), fixture, true);
            }
        }
        if self.random.once_in(4) && !at.join(".msmtprc").exists() {
            // As mutt-wizard makes it on Debian.
            self.put(&at.join(".config/msmtp/config"), MSMTPRC.1, true);
            symlink(".config/msmtp/config", at.join(".msmtprc")).unwrap();
        }
        if self.random.once_in(3) {
            self.put_all(&at.join(".config/evolution/sources"), SOURCES, true);
        }
    }

    fn of_mac(&mut self, at: &Path) {
        self.write(&at.join("Library/Preferences/readme.txt"), b"", false);
        match self.random.below(4) {
            0 => self.put(&at.join("Library/Mail/V2/MailData/Accounts.plist"), ACCOUNTS_PLIST.1, true),
            1 => self.put(&at.join("Library/Accounts/Accounts4.sqlite"), ACCOUNTS_4.1, true),
            2 => self.thunderbird(&at.join("Library/Thunderbird"), true),
            _ => {}
        }
        if self.random.once_in(3) {
            let backup = at.join("Library/Application Support/MobileSync/Backup/00008101-001A2B3C4D5E6F70");
            self.own.insert(backup.clone());
            self.backup(&backup);
        }
    }

    /// What `collect` writes: a folder for each user.
    pub(crate) fn collected(&mut self, at: &Path) {
        let folder = free(at, OsStr::new("collected"));
        for name in ["taro", "hanako"] {
            if self.random.once_in(3) {
                continue;
            }
            let home = folder.join(name);
            self.is_home(&home);
            let number = self.number();
            let sid = format!(r"HKEY_USERS\S-1-5-21-1004336348-1177238915-682003330-{}", 1000 + number);
            self.write(&home.join("registry.reg"), &export(&sid, true, number), true);
            if self.random.once_in(2) {
                self.thunderbird(&home.join("AppData/Roaming/Thunderbird"), true);
            }
        }
    }

    /// As docs/old-pcs.md tells people to copy.
    pub(crate) fn old_pc(&mut self, at: &Path) {
        let computer = free(at, OsStr::new("PC-7"));
        for _ in 0..=self.random.below(2) {
            let home = free(&computer, OsStr::new(self.random.of(USERS)));
            self.is_home(&home);
            let number = self.number();
            self.write(&home.join("outlook.reg"), &export("HKEY_CURRENT_USER", true, number), true);
            if self.random.once_in(2) {
                let number = self.number();
                self.write(&home.join("express.reg"), &export("HKEY_CURRENT_USER", false, number), true);
            }
            if self.random.once_in(2) {
                self.thunderbird(&home.join("AppData/Roaming/Thunderbird"), true);
            }
            if self.random.once_in(3) {
                self.put(&home.join("Documents/Becky/0a1b2c3d.mb/Mailbox.ini"), MAILBOX_INI.1, true);
            }
        }
    }
}
