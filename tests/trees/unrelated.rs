//! What lies beside the things that are looked for: photos, links, message folders, and folders that are not walked.

use crate::forest::{Forest, free};
use crate::pieces::{DAMAGED, LONE};
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

impl Forest {
    pub(crate) fn unrelated(&mut self, at: &Path) {
        let new = |name: &str| free(at, OsStr::new(name));
        match self.random.below(11) {
            0 => {
                let album = new("写真");
                for number in 0..5 {
                    self.write(
                        &album.join(format!("IMG_{number:04}.JPG")),
                        &[0xFF, 0xD8, 0xFF, 0xE0, 0, 16],
                        false,
                    );
                }
            }
            1 => self.write(&new("memo.txt"), "山田様\r\n".as_bytes(), false),
            2 => self.write(&new("index.dat"), b"Client UrlCache MMF Ver 5.2\0", false),
            3 => {
                let maildir = new("Maildir");
                for folder in ["cur", "new", "tmp"] {
                    fs::create_dir_all(maildir.join(folder)).unwrap();
                }
                self.put_pruned(&maildir.join("cur"));
            }
            4 => self.put_pruned(&new("node_modules").join("x")),
            5 => self.put_pruned(&new(".git")),
            6 => self.put_pruned(&new("V10").join("A0/INBOX.mbox/B1/Data/Messages")),
            7 => self.write(
                &new("7zip.reg"),
                b"REGEDIT4\r\n\r\n[HKEY_CURRENT_USER\\Software\\7-Zip]\r\n\"Lang\"=\"ja\"\r\n",
                false,
            ),
            8 => {
                let (name, fixture) = *self.random.of(DAMAGED);
                self.put(&new(name), fixture, false);
            }
            9 => self.denied(&new("locked")),
            _ => fs::create_dir_all(new("empty")).unwrap(),
        }
    }

    /// Nothing is denied to root.
    fn denied(&mut self, at: &Path) {
        let file = *self.random.of(LONE);
        self.put(&at.join(file.0), file.1, false);
        if !rustix::process::geteuid().is_root() {
            fs::set_permissions(at, fs::Permissions::from_mode(0o000)).unwrap();
            self.denied.push(at.to_owned());
        }
    }

    /// Lets what is denied be deleted.
    pub(crate) fn allow(&self) {
        for folder in &self.denied {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).unwrap();
        }
    }

    /// To a file or folder beside, to a folder above, to nowhere, out of PATH.
    pub(crate) fn link(&mut self, at: &Path) {
        fs::create_dir_all(at).unwrap();
        let (name, target) = match self.random.below(5) {
            0 => ("loop", "..".into()),
            1 => ("nowhere", "/data/mail/thunderbird".into()),
            2 => {
                let number = self.number();
                self.outside.push(number);
                let file = *self.random.of(LONE);
                let target = self.folder.path().join(format!("outside/{number}")).join(file.0);
                self.write(&target, &crate::pieces::numbered(file.1, number), false);
                (file.0, target)
            }
            _ => {
                let mut beside: Vec<_> = fs::read_dir(at).unwrap().map(|entry| entry.unwrap()).collect();
                beside.sort_by_key(fs::DirEntry::file_name);
                if beside.is_empty() {
                    return;
                }
                let target = self.random.of(&beside).file_name();
                let path = free(at, &target);
                symlink(&target, path).unwrap();
                return;
            }
        };
        symlink(target, free(at, OsStr::new(name))).unwrap();
    }
}
