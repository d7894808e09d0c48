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

/// True if nobody but this user and administrators may change what this security descriptor belongs to, or (unless `is_end`)
/// put something else in the place of what lies in it.
#[cfg(windows)]
pub(crate) fn is_safe_for(text: &str, sid: &str, is_end: bool) -> bool {
    sddl::is_safe_for(text, sid, is_end)
}

/// True if two files of one owner have the same rights, however they came by them.
#[cfg(windows)]
pub(crate) fn same_rights(one: &str, other: &str) -> bool {
    sddl::same_rights(one, other)
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

#[cfg(any(windows, test))]
mod sddl;

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
