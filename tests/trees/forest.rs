//! Trees of things that technicians hold, made at random: disks, homes, clients' folders, single files, and what is none of
//! these, nested and mixed.

use crate::pieces::{
    ACCOUNTRC, ACCOUNTS_PLIST, HIVES, LONE, Lone, MAILBOX_INI, OEACCOUNT, PREFS_JS, PROFILES_INI, SOURCES,
    export, numbered,
};
use crate::random::Random;
use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder that is somebody's.
#[derive(Debug, Clone)]
pub(crate) struct Home {
    pub(crate) folder: PathBuf,
    pub(crate) computer: Option<String>,
    /// It lies in another home, or in the former system of a disk.
    pub(crate) is_former: bool,
}

/// The folders that are known to be what they are, because they were made so.
pub(crate) struct Forest {
    /// The PATHs lie in `paths`, what is outside of them in `outside`.
    pub(crate) folder: TempDir,
    pub(crate) paths: Vec<PathBuf>,
    pub(crate) homes: Vec<Home>,
    /// What only looks like a home: a client's folder lies in it.
    pub(crate) holders: BTreeSet<PathBuf>,
    /// Files that lie where their client looks for them, in a home.
    pub(crate) own: BTreeSet<PathBuf>,
    /// Phones' backups.
    pub(crate) backups: BTreeSet<PathBuf>,
    /// Links in homes, where a client looks, to what is not there.
    pub(crate) broken: Vec<PathBuf>,
    /// Folders that nobody may look into.
    pub(crate) denied: Vec<PathBuf>,
    /// Numbers of files out of all paths.
    pub(crate) outside: Vec<usize>,
    /// Those of files in folders that are not walked.
    pub(crate) pruned: Vec<usize>,
    pub(crate) random: Random,
    /// How many files with accounts there are.
    count: usize,
    /// Whose name the homes of the disk that is being made get.
    pub(crate) computer: Option<String>,
    pub(crate) is_former: bool,
}

pub(crate) const USERS: &[&str] =
    &["taro", "hanako", "jiro", "花子", "Yamada Taro", "ken.CORP", "s0123", "yuki", "山田 太郎", "ｔａｒｏ"];
/// The last two: decomposed as macOS stores names, and Shift_JIS from an unpacked zip.
const PLAIN: &[&[u8]] = &[
    b"Data",
    b"phone",
    b"Desktop",
    "写真".as_bytes(),
    b"old usb",
    b"2019-05",
    "バックアップ".as_bytes(),
    b"Transfer",
    b"becky-hanako",
    "ハ\u{309a}ソコン".as_bytes(),
    b"\x83\x81\x81[\x83\x8b",
];
/// Names that tell nothing.
const RENAMED: &[&str] = &["settings.txt", "メール設定", "copy of mail.bak", "1.bin"];
const DISKS: &[&str] = &["C", "disk-1", "ディスク", "image.E01.mnt", "sdb1"];

pub(crate) fn forest(seed: u64) -> Forest {
    let folder = tempfile::Builder::new().prefix("trees").tempdir().unwrap();
    let mut forest = Forest {
        paths: Vec::new(),
        homes: Vec::new(),
        holders: BTreeSet::new(),
        own: BTreeSet::new(),
        backups: BTreeSet::new(),
        broken: Vec::new(),
        denied: Vec::new(),
        outside: Vec::new(),
        pruned: Vec::new(),
        random: Random::new(seed),
        count: 0,
        computer: None,
        is_former: false,
        folder,
    };
    let top = fs::canonicalize(forest.folder.path()).unwrap();
    let paths = [1, 1, 1, 2, 3][forest.random.below(5)];
    for at in 0..paths {
        let path = top.join(format!("paths/{}", ["E", "held", "第三"][at]));
        fs::create_dir_all(&path).unwrap();
        let given = forest.path(&path);
        forest.paths.push(given);
    }
    forest
}

impl Forest {
    pub(crate) fn number(&mut self) -> usize {
        self.count += 1;
        self.count
    }

    /// What one PATH is: mostly a folder with anything in it.
    fn path(&mut self, at: &Path) -> PathBuf {
        match self.random.below(12) {
            0 => self.windows(at),
            1 => self.unix(at),
            2 => self.homes_in(at),
            3 => {
                let file = *self.random.of(LONE);
                return self.lone(at, file);
            }
            4 => {
                let home = at.join(self.random.of(USERS));
                self.home(&home);
                return home;
            }
            _ => self.plain(at, 0),
        }
        at.to_owned()
    }

    /// A folder that means nothing by itself.
    fn plain(&mut self, at: &Path, depth: usize) {
        for _ in 0..=self.random.below(4) {
            match self.random.below(if depth < 4 { 20 } else { 10 }) {
                0..4 => {
                    let file = *self.random.of(LONE);
                    self.lone(at, file);
                }
                4 => self.registry_file(at),
                5 => self.client_folder(at),
                6..8 => self.unrelated(at),
                8 => self.link(at),
                9 => {
                    let folder = free(at, OsStr::new("sources"));
                    self.put_all(&folder, SOURCES, false);
                }
                10 => {
                    let disk = free(at, OsStr::new(self.random.of(DISKS)));
                    if self.random.once_in(3) { self.unix(&disk) } else { self.windows(&disk) }
                }
                11 => {
                    let name = *self.random.of(&["homes", "share", "利用者", "Users"]);
                    self.homes_in(&free(at, OsStr::new(name)));
                }
                12..14 => {
                    let name = *self.random.of(USERS);
                    self.home(&free(at, OsStr::new(name)));
                }
                14 => self.collected(at),
                15 => self.old_pc(at),
                16 => self.backup(&free(at, OsStr::new("00008101-001A2B3C4D5E6F70"))),
                _ => {
                    let name = OsString::from_vec(self.random.of(PLAIN).to_vec());
                    let mut folder = free(at, &name);
                    for level in 0..if self.random.once_in(8) { 18 } else { 0 } {
                        folder.push(level.to_string());
                    }
                    fs::create_dir_all(&folder).unwrap();
                    self.plain(&folder, depth + 1);
                }
            }
        }
    }

    pub(crate) fn write(&mut self, path: &Path, bytes: &[u8], is_own: bool) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        if is_own {
            self.own.insert(path.to_owned());
        }
    }

    pub(crate) fn put(&mut self, path: &Path, fixture: &str, is_own: bool) {
        let number = self.number();
        self.write(path, &numbered(fixture, number), is_own);
    }

    /// A file where nobody looks.
    pub(crate) fn put_pruned(&mut self, folder: &Path) {
        self.put(&folder.join(PREFS_JS.0), PREFS_JS.1, false);
        self.pruned.push(self.count);
    }

    /// Files with one number.
    pub(crate) fn put_all(&mut self, folder: &Path, files: &[Lone], is_own: bool) {
        let number = self.number();
        for (name, fixture) in files {
            self.write(&folder.join(name), &numbered(fixture, number), is_own);
        }
    }

    /// A file by its usual name, or by one that only its content tells.
    pub(crate) fn lone(&mut self, at: &Path, (name, fixture): Lone) -> PathBuf {
        let mut name = OsString::from(name);
        if self.random.once_in(8) {
            name = OsString::from(*self.random.of(RENAMED));
        } else if name == "settings.k9s" && self.random.once_in(2) {
            name = OsString::from_vec(b"\x90\xdd\x92\xe8.k9s".to_vec());
        } else if name == "mail.mobileconfig" && self.random.once_in(2) {
            name = OsString::from("ハ\u{309a}ソコン.mobileconfig");
        }
        let path = free(at, &name);
        self.put(&path, fixture, false);
        path
    }

    fn registry_file(&mut self, at: &Path) {
        let number = self.number();
        if self.random.once_in(2) {
            let (name, fixture) = *self.random.of(HIVES);
            self.put(&free(at, OsStr::new(name)), fixture, false);
        } else {
            let name = *self.random.of(&["outlook-hanako.reg", "EXPORT.REG", "書き出し.reg"]);
            let root = *self.random.of(&["HKEY_CURRENT_USER", r"HKEY_USERS\S-1-5-21-1-2-3-1001"]);
            let content = export(root, self.random.once_in(2), number);
            self.write(&free(at, OsStr::new(name)), &content, false);
        }
    }

    /// A client's own folder without the home around it.
    pub(crate) fn client_folder(&mut self, at: &Path) {
        self.client_folder_in(at, false);
    }

    pub(crate) fn client_folder_in(&mut self, at: &Path, is_own: bool) {
        let new = |name: &str| free(at, OsStr::new(name));
        // In a home the last two might be the home's own.
        match self.random.below(if is_own { 5 } else { 7 }) {
            0 => self.put(&new("Becky").join("!!!!0a1b2c3d.mb/Mailbox.ini"), MAILBOX_INI.1, is_own),
            1 => self.put(&new("5e6f7a8b.mb").join("Mailbox.ini"), MAILBOX_INI.1, is_own),
            2 => self.thunderbird(&new("Thunderbird"), is_own),
            3 => {
                let profile = new("k3j2h1g0.default-release");
                self.put(&profile.join("prefs.js"), PREFS_JS.1, is_own);
                self.write(
                    &profile.join("compatibility.ini"),
                    b"[Compatibility]\nLastVersion=115.6.0_1/2\n",
                    false,
                );
            }
            4 => {
                let account = new("Windows Live Mail").join("Example (taro)").join(OEACCOUNT.0);
                self.put(&account, OEACCOUNT.1, is_own);
            }
            5 => self.put(&new("Mail").join("V2/MailData/Accounts.plist"), ACCOUNTS_PLIST.1, is_own),
            _ => {
                let holder = new("kept");
                self.holders.insert(holder.clone());
                match self.random.below(3) {
                    0 => self.put(&holder.join(".claws-mail/accountrc"), ACCOUNTRC.1, is_own),
                    1 => self.put(
                        &holder.join("Library/Mail/V2/MailData/Accounts.plist"),
                        ACCOUNTS_PLIST.1,
                        is_own,
                    ),
                    _ => self.thunderbird(&holder.join(".thunderbird"), is_own),
                }
            }
        }
    }

    pub(crate) fn thunderbird(&mut self, root: &Path, is_own: bool) {
        self.write(&root.join("profiles.ini"), PROFILES_INI, false);
        self.put(&root.join("Profiles/x.default/prefs.js"), PREFS_JS.1, is_own);
    }

    pub(crate) fn backup(&mut self, at: &Path) {
        let number = self.number();
        let from = "ios-mail/services/home/hanako/Library/Application Support/MobileSync/Backup/00008101-001A2B3C4D5E6F70";
        for file in [
            "Info.plist",
            "Status.plist",
            "Manifest.plist",
            "Manifest.db",
            "94/943624fd13e27b800cc6d9ce1100c22356ee365c",
        ] {
            self.write(&at.join(file), &numbered(&format!("{from}/{file}"), number), false);
        }
        self.backups.insert(at.to_owned());
    }
}

/// A path for something of this name where nothing is yet.
pub(crate) fn free(at: &Path, name: &OsStr) -> PathBuf {
    let path = at.join(name);
    let numbered = |number: usize| {
        let mut other = OsString::from(format!("{number} "));
        other.push(name);
        at.join(other)
    };
    let others = (2..1000).map(numbered);
    std::iter::once(path).chain(others).find(|path| fs::symlink_metadata(path).is_err()).unwrap()
}
