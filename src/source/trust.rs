//! Who may change a file: what decides for all users is not taken from where anybody may write, and what is about all users
//! is not written there.

#![expect(clippy::disallowed_methods, reason = "this is the door")]

use super::here::{is_far, runs_as_system};
use crate::model::Text;
use std::io;
use std::path::{Path, PathBuf};

/// Where something lies, without links on the way.
pub(crate) fn real(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok()
}

/// True if somebody who is no administrator may change what lies there or put something else in its place: the thing
/// itself, a link to it, or a folder on the way. Also true where that can't be told.
pub(crate) fn others_may_change(path: &Path) -> bool {
    let Ok(real) = path.canonicalize() else { return true };
    let Ok(named) = std::path::absolute(path) else { return true };
    let is_safe = |way: &Path| way.ancestors().enumerate().all(|(at, part)| system::is_safe(part, at == 0));
    !(is_safe(&named) && is_safe(&real))
}

/// Why nothing that is about all users is written to a place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unsafe {
    /// This is a link: where it leads, nobody has asked for.
    #[error("a link: {0}")]
    Link(PathBuf),
    /// What is to be written is a link itself.
    #[error("a link: {0}")]
    Itself(PathBuf),
    /// Somebody who is no administrator may write here, or put something else in the place of what lies here.
    #[error("others may write there: {0}")]
    Others(PathBuf),
}

impl Unsafe {
    /// For people.
    pub(crate) fn text(&self) -> Text {
        match self {
            Self::Link(link) => Text::new(
                format!(
                    "root または SYSTEM では、リンクを通る場所には書きません: {}。リンク先のフォルダーを指定してください",
                    link.display()
                ),
                format!(
                    "as root or SYSTEM nothing is written through a link: {}; name the folder that it leads to",
                    link.display()
                ),
            ),
            Self::Itself(link) => Text::new(
                format!(
                    "リンクを通して書くことも、リンクを置き換えることもしません: {}。リンク先のファイルを指定してください",
                    link.display()
                ),
                format!(
                    "a link is neither written through nor replaced: {}; name the file that it leads to",
                    link.display()
                ),
            ),
            Self::Others(place) => Text::new(
                format!(
                    "root または SYSTEM では、管理者だけが書き込めるフォルダーにしか書きません。ほかの利用者も書き込めます: {}",
                    place.display()
                ),
                format!(
                    "as root or SYSTEM it is written only into folders that nobody but administrators can write; others can write {}",
                    place.display()
                ),
            ),
        }
    }
}

impl From<Unsafe> for io::Error {
    fn from(place: Unsafe) -> Self {
        Self::new(io::ErrorKind::PermissionDenied, place)
    }
}

/// The one rule of every door that writes into a folder: as root or SYSTEM, whose results are about all users, nowhere that
/// others have a say. Others write where they please: they can't get at more than their own.
pub(crate) fn refuse_unsafe(folder: &Path) -> io::Result<()> {
    match is_unsafe_to_write(folder).filter(|_| runs_as_system()) {
        Some(reason) => Err(reason.into()),
        None => Ok(()),
    }
}

/// A link at the place itself is refused to everybody. To follow it would write where nobody has asked for, and to rename
/// over it would end what somebody has set up.
pub(crate) fn refuse_link(path: &Path) -> io::Result<()> {
    if path.is_symlink() { Err(Unsafe::Itself(path.to_path_buf()).into()) } else { Ok(()) }
}

/// What speaks against writing into a folder: a link on the way, or that others may write there. Also in a new folder of
/// one's own below `/tmp` nothing is written: what is about all users has no business beside what is anybody's.
///
/// A share of the network has to let computers write that are nobody's administrators, and its access list names accounts
/// of a domain that can't be told from here to be administrators: it is asked about links alone (docs/trust.md).
fn is_unsafe_to_write(folder: &Path) -> Option<Unsafe> {
    let Ok(whole) = std::path::absolute(folder) else { return Some(Unsafe::Others(folder.to_path_buf())) };
    let mut parts: Vec<(usize, &Path)> = whole.ancestors().enumerate().collect();
    // What is nearest to the root is told first, and nothing is looked at behind a link.
    parts.reverse();
    parts.into_iter().find_map(|(at, part)| {
        if part.is_symlink() {
            return Some(Unsafe::Link(part.to_path_buf()));
        }
        let is_safe = system::is_safe(part, at == 0) || is_far(part);
        (!is_safe).then(|| Unsafe::Others(part.to_path_buf()))
    })
}

#[cfg(unix)]
mod system {
    use std::os::unix::fs::MetadataExt;
    use std::path::Path;

    /// Bits of man page inode(7): writable by the group, by all; entries are their owners' alone.
    const GROUP: u32 = 0o020;
    const ALL: u32 = 0o002;
    const STICKY: u32 = 0o1000;
    /// `wheel` or `root`, and on a Mac `admin`: administrators.
    const GROUPS: &[u32] = if cfg!(target_os = "macos") { &[0, 80] } else { &[0] };

    /// `is_end`: what is used itself; else a folder on the way, whose other entries don't matter.
    pub(super) fn is_safe(path: &Path, is_end: bool) -> bool {
        let Ok(found) = path.symlink_metadata() else { return false };
        let (mode, is_link) = (found.mode(), found.is_symlink());
        let by_group = mode & GROUP != 0 && !GROUPS.contains(&found.gid());
        let is_shared = (by_group || mode & ALL != 0) && (is_end || mode & STICKY == 0);
        found.uid() == 0 && (is_link || !is_shared)
    }
}

#[cfg(windows)]
mod system {
    use super::sddl;
    use crate::source::win;
    use std::path::Path;

    pub(super) fn is_safe(path: &Path, is_end: bool) -> bool {
        win::security_text(path).is_some_and(|text| sddl::is_safe(&text, is_end))
    }
}

/// Security descriptors as text (Security Descriptor Definition Language, MS-DTYP 2.5.1).
#[cfg(any(windows, test))]
mod sddl {
    /// Administrators, SYSTEM, the local and the domain's administrators, and TrustedInstaller, who owns Windows itself.
    const ADMINISTRATORS: [&str; 6] =
        ["BA", "SY", "LA", "DA", "EA", "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464"];
    /// DELETE, WRITE_DAC, WRITE_OWNER, FILE_DELETE_CHILD, GENERIC_ALL of winnt.h: to put something else in its place.
    const REPLACE: u32 = 0x0001_0000 | 0x0004_0000 | 0x0008_0000 | 0x40 | 0x1000_0000;
    /// FILE_WRITE_DATA, FILE_APPEND_DATA, GENERIC_WRITE: to write into it.
    const WRITE: u32 = 0x2 | 0x4 | 0x4000_0000;
    /// Names of rights; of files and of directory services, as both are written.
    const RIGHTS: [(&str, u32); 16] = [
        ("GA", 0x1000_0000),
        ("GW", 0x4000_0000),
        ("GR", 0),
        ("GX", 0),
        ("SD", 0x0001_0000),
        ("WD", 0x0004_0000),
        ("WO", 0x0008_0000),
        ("RC", 0),
        ("FA", 0x001F_01FF),
        ("FW", 0x0012_0116),
        ("FR", 0),
        ("FX", 0),
        ("CC", 0x1),
        ("DC", 0x2),
        ("LC", 0x4),
        ("DT", 0x40),
    ];

    /// True if nobody but administrators may change what it belongs to.
    pub(super) fn is_safe(text: &str, is_end: bool) -> bool {
        // The owner ends where the letter of the next part stands before its colon.
        let owner = text.strip_prefix("O:").and_then(|rest| rest.get(..rest.find(':')?.checked_sub(1)?));
        let Some(owner) = owner else { return false };
        let Some((_, list)) = text.split_once("D:") else { return false };
        if !ADMINISTRATORS.contains(&owner) || list.starts_with("NO_ACCESS_CONTROL") {
            return false;
        }
        let list = list.split("S:").next().unwrap_or_default();
        let wanted = if is_end { REPLACE | WRITE } else { REPLACE };
        list.split('(').skip(1).all(|entry| is_harmless(entry, wanted))
    }

    fn is_harmless(entry: &str, wanted: u32) -> bool {
        let mut parts = entry.trim_end_matches(')').split(';');
        let [kind, flags, rights] = [(); 3].map(|()| parts.next().unwrap_or_default());
        let who = parts.nth(2).unwrap_or_default();
        let forbids = kind.contains('D');
        // For what is made below it, not for itself.
        let is_inherited_only = flags.as_bytes().chunks(2).any(|flag| flag == b"IO");
        forbids
            || is_inherited_only
            || ADMINISTRATORS.contains(&who)
            || mask(rights).is_some_and(|mask| mask & wanted == 0)
    }

    fn mask(rights: &str) -> Option<u32> {
        if let Some(digits) = rights.strip_prefix("0x") {
            return u32::from_str_radix(digits, 16).ok();
        }
        let mut mask = 0;
        for at in (0..rights.len()).step_by(2) {
            let name = rights.get(at..at + 2)?;
            // Rights that are not listed neither write nor replace.
            mask |= RIGHTS.iter().find(|(known, _)| *known == name).map_or(0, |(_, bits)| *bits);
        }
        Some(mask)
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn others_who_may_write_are_met() {
            // Program Files, a folder in it, C:\ and a user's own folder, as Windows 10 has them.
            let program_files = "O:S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464G:SYD:PAI(A;CIIO;GA;;;CO)(A;OICIIO;GA;;;SY)(A;;0x1301bf;;;SY)(A;OICIIO;GA;;;BA)(A;;0x1301bf;;;BA)(A;OICIIO;GXGR;;;BU)(A;;0x1200a9;;;BU)";
            let root = "O:S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464G:SYD:PAI(A;;LC;;;AU)(A;OICIIO;SDGXGWGR;;;AU)(A;;FA;;;SY)(A;OICIIO;GA;;;BA)(A;;FA;;;BA)(A;;0x1200a9;;;BU)";
            let own = "O:BAG:SYD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;S-1-5-21-1-2-3-1001)";
            for (text, of_end, on_way) in [
                (program_files, true, true),
                (root, false, true),
                (own, false, false),
                ("O:BAG:BAD:(A;;FA;;;BA)(A;;FR;;;WD)", true, true),
                ("O:BAG:BAD:(A;;FA;;;BA)(A;;FW;;;WD)", false, true),
                ("O:BAG:BAD:(A;;FA;;;BA)(A;;0x1301bf;;;AU)", false, false),
                ("O:BAG:BAD:(D;;FA;;;WD)(A;;FA;;;BA)", true, true),
                ("O:S-1-5-21-1-2-3-1001G:BAD:(A;;FA;;;BA)", false, false),
                ("O:BAG:BAD:NO_ACCESS_CONTROL", false, false),
                ("O:BAG:BA", false, false),
                ("", false, false),
            ] {
                assert_eq!([is_safe(text, true), is_safe(text, false)], [of_end, on_way], "{text}");
            }
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::fs::{Permissions, create_dir, set_permissions, write};
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn what_others_may_write_is_met_on_the_whole_way() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        let file = inner.join("file");
        create_dir(&inner).unwrap();
        write(&file, "").unwrap();
        let mode = |path: &Path, mode| set_permissions(path, Permissions::from_mode(mode)).unwrap();
        let is_root =
            std::fs::metadata(&file).is_ok_and(|found| std::os::unix::fs::MetadataExt::uid(&found) == 0);
        mode(&file, 0o644);
        mode(&inner, 0o755);
        // Where somebody else runs this, all is that person's own.
        assert_eq!(others_may_change(&file), !is_root);
        for (path, bits) in [(&file, 0o646), (&inner, 0o757)] {
            mode(path, bits);
            assert!(others_may_change(&file), "{bits:o}");
            mode(path, if path == &file { 0o644 } else { 0o755 });
        }
        mode(&inner, 0o1777);
        assert_eq!(others_may_change(&file), !is_root);
        assert!(others_may_change(&inner));
        let link = folder.path().join("link");
        symlink(&file, &link).unwrap();
        mode(&file, 0o666);
        assert!(others_may_change(&link));
        assert!(others_may_change(&folder.path().join("nothing")));
    }
    #[test]
    fn nothing_is_written_through_links_nor_where_others_may() {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path();
        let (inner, link) = (top.join("inner"), top.join("link"));
        create_dir(&inner).unwrap();
        create_dir(inner.join("deep")).unwrap();
        symlink(&inner, &link).unwrap();
        let mode = |mode| set_permissions(&inner, Permissions::from_mode(mode)).unwrap();
        let is_root =
            std::fs::metadata(&inner).is_ok_and(|found| std::os::unix::fs::MetadataExt::uid(&found) == 0);
        let said = |path: &Path| is_unsafe_to_write(path);
        let others = |path: &Path| Some(Unsafe::Others(path.to_path_buf()));
        mode(0o755);
        if !is_root {
            // All is this person's own.
            assert!(said(&inner).is_some());
            return;
        }
        assert_eq!(said(&inner), None);
        // Also where the link is root's own.
        for below in [link.clone(), link.join("deep")] {
            assert_eq!(said(&below), Some(Unsafe::Link(link.clone())));
        }
        for bits in [0o777, 0o757] {
            mode(bits);
            for path in [inner.clone(), inner.join("deep"), inner.join("nothing")] {
                assert_eq!(said(&path), others(&inner), "{bits:o}");
            }
        }
        // Nobody replaces what is somebody else's there, so what lies deeper and is root's own is safe.
        mode(0o1777);
        assert_eq!(said(&inner), others(&inner));
        assert_eq!(said(&inner.join("deep")), None);
        std::os::unix::fs::chown(inner.join("deep"), Some(1000), None).unwrap();
        assert_eq!(said(&inner.join("deep")), others(&inner.join("deep")));
        assert_eq!(said(&inner.join("nothing")), others(&inner.join("nothing")));
    }

    #[test]
    fn a_link_at_the_place_itself_is_refused_to_everybody() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        write(&file, "").unwrap();
        assert!(refuse_link(&file).is_ok() && refuse_link(&folder.path().join("nothing")).is_ok());
        for target in [&file, &folder.path().join("nothing"), Path::new("/dev/null")] {
            symlink(target, &link).unwrap();
            let error = refuse_link(&link).unwrap_err();
            let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<Unsafe>());
            assert_eq!(inner, Some(&Unsafe::Itself(link.clone())));
            std::fs::remove_file(&link).unwrap();
        }
    }
}
