//! Who may change a file: what decides for all users is not taken from where anybody may write.

#![expect(clippy::disallowed_methods, reason = "this is the door")]

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
}
