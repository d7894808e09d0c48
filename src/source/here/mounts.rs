//! Which folders of this Linux lie on the network or are mounted when somebody looks: told by text, without touching them.

use std::path::{Path, PathBuf};

/// File systems behind which another computer or a program answers, or that are mounted by looking (man pages mount(8),
/// autofs(5)). `fuse` is any of the user's own: sshfs, a cloud drive.
const FAR: [&str; 16] = [
    "9p",
    "afs",
    "autofs",
    "ceph",
    "cifs",
    "coda",
    "davfs",
    "fuse",
    "glusterfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "ocfs2",
    "smb3",
    "smbfs",
];

/// What is mounted.
#[derive(Debug, Default)]
pub(super) struct Mounts {
    /// Places with their types, as they came about: the last of several at one place counts.
    places: Vec<(PathBuf, String)>,
}

impl Mounts {
    /// From the text of /proc/self/mountinfo (man page proc_pid_mountinfo(5)): the fifth word is the place, with octal numbers
    /// for blanks; the type is the first word behind ` - `.
    pub(super) fn of(text: &str) -> Self {
        let place = |line: &str| {
            let (mount, system) = line.split_once(" - ")?;
            let place = unescaped(mount.split(' ').nth(4)?);
            Some((PathBuf::from(place), system.split(' ').next()?.to_owned()))
        };
        Self { places: text.lines().filter_map(place).collect() }
    }

    /// True if looking at this folder would ask another computer or a program, or mount something.
    pub(super) fn is_far(&self, folder: &Path) -> bool {
        let around = self.places.iter().filter(|(place, _)| folder.starts_with(place));
        // The deepest; of several at one place the last.
        let own = around.max_by_key(|(place, _)| place.components().count());
        own.is_some_and(|(_, kind)| {
            let kind = kind.split('.').next().unwrap_or_default();
            FAR.contains(&kind)
        })
    }
}

/// `\040` and the like are the characters of these octal numbers.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let number = behind.get(..3).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = number.and_then(|digits| u8::from_str_radix(digits, 8).ok()).filter(|_| *first == b'\\');
        bytes.push(byte.unwrap_or(*first));
        rest = byte.map_or(Some(behind), |_| behind.get(3..)).unwrap_or_default();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_far_is_told_by_the_deepest_mount() {
        let mounts = Mounts::of(
            "21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n\
             30 21 0:30 / /home rw - autofs systemd-1 rw,fd=45\n\
             31 30 0:31 / /home/local rw - ext4 /dev/sdb1 rw\n\
             32 21 0:32 / /srv/the\\040homes rw - nfs4 server:/homes rw\n\
             33 21 0:33 / /mnt/own rw - fuse.sshfs taro@host: rw\n\
             34 21 0:34 / /net rw - ext4 /dev/sdc1 rw\n\
             35 21 0:35 / /net rw - cifs //server/share rw\n\
             broken line\n",
        );
        for (folder, expected) in [
            ("/root", false),
            ("/home/taro", true),
            ("/home", true),
            ("/home/local/taro", false),
            ("/srv/the homes/taro", true),
            ("/srv/the", false),
            ("/mnt/own/a", true),
            ("/net/taro", true),
            ("/network", false),
        ] {
            assert_eq!(mounts.is_far(Path::new(folder)), expected, "{folder}");
        }
        assert!(!Mounts::default().is_far(Path::new("/")));
    }
}
