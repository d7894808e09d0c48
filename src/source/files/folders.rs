//! The folders that were looked into for one user: each is opened by its parent's handle and listed once, and what a
//! listing lacks costs no call to the system.

use crate::source::handle::{
    Handle, Identity, Kind, OpenFile, is_found_unlisted, kind_of, open_file, open_folder, open_top, target,
};
use crate::source::names::{to_os, to_text};
use crate::source::problem::Problem;
use crate::source::system::{MAX_ENTRIES, real, too_many_entries};
use std::collections::{HashMap, VecDeque};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// How many folders of one user are open at a time: some systems give a program 256 handles, and several users may be
/// looked at together.
const MAX_OPEN: usize = 32;
/// How many entries of one user's folders are kept, about 60 MB, twice what a home's clients may list: more are listed again
/// when they are asked for.
const MAX_KEPT: usize = 600_000;

/// The folders of one user.
#[derive(Debug, Default)]
pub(in crate::source) struct Folders {
    known: Mutex<HashMap<PathBuf, Arc<Folder>>>,
    /// Those with an open handle, the one that was opened last at the end.
    open: Mutex<VecDeque<Arc<Folder>>>,
    /// How many entries the listings have that are kept.
    kept: AtomicUsize,
}

/// A folder that was looked into.
#[derive(Debug)]
pub(super) struct Folder {
    /// The folder that it was opened in; none for one that was opened by its path.
    pub(super) parent: Option<Arc<Folder>>,
    /// Where it lies: the path that its top was opened by, and the names from there.
    pub(super) path: PathBuf,
    /// It was opened behind a link, as the system of its own user does.
    follow: bool,
    real: OnceLock<PathBuf>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    handle: Option<Arc<Handle>>,
    /// What it was when its handle was closed.
    identity: Option<Identity>,
    listing: Option<Arc<Listing>>,
}

/// What lies in a folder.
#[derive(Debug)]
pub(super) struct Listing {
    /// Name and kind, sorted by name.
    pub(super) entries: Vec<(String, Kind)>,
    /// Why there are none.
    pub(super) problem: Option<Problem>,
    /// The entries by their names in lower case.
    lower: OnceLock<HashMap<String, usize>>,
}

impl Listing {
    fn of(handle: &mut Handle, path: &Path) -> Self {
        let (mut entries, problem) = match handle.list() {
            Ok(Some(entries)) => (entries, None),
            Ok(None) => (Vec::new(), Some(too_many_entries(path, MAX_ENTRIES))),
            Err(error) => (Vec::new(), Some(Problem::io(path.display().to_string(), &error))),
        };
        let mut entries: Vec<(String, Kind)> =
            entries.drain(..).map(|(name, kind)| (to_text(&name), kind)).collect();
        entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        Self { entries, problem, lower: OnceLock::new() }
    }

    fn find(&self, name: &str, any_case: bool) -> Option<(String, Kind)> {
        let exact = self.entries.binary_search_by(|(known, _)| known.as_str().cmp(name)).ok();
        let at = exact.or_else(|| any_case.then(|| self.find_in_any_case(name)).flatten());
        at.and_then(|at| self.entries.get(at)).cloned()
    }

    fn find_in_any_case(&self, name: &str) -> Option<usize> {
        let lower = self.lower.get_or_init(|| {
            let names = self.entries.iter().enumerate().rev();
            names.map(|(at, (name, _))| (name.to_lowercase(), at)).collect()
        });
        lower.get(&name.to_lowercase()).copied()
    }
}

impl Folder {
    /// Its path without links, `.` and `..`.
    pub(super) fn real(&self) -> &Path {
        self.real.get_or_init(|| match (&self.parent, self.path.file_name()) {
            (Some(parent), Some(name)) => parent.real().join(name),
            _ => real(&self.path).unwrap_or_else(|_| self.path.clone()),
        })
    }
}

impl Folders {
    /// A folder by its path, behind links. `real`: where it really lies, if that is known. `met`: which folder it was when it
    /// was met: only that one is taken.
    pub(super) fn top(
        &self,
        path: &Path,
        real: Option<&Path>,
        met: Option<Identity>,
    ) -> io::Result<Arc<Folder>> {
        if let Some(known) = lock(&self.known).get(path) {
            return Ok(Arc::clone(known));
        }
        let handle = open_top(or_here(path))?;
        if met.is_some_and(|met| handle.identity().ok() != Some(met)) {
            return Err(io::Error::other("another folder has taken its place"));
        }
        let folder = self.add(None, path.to_path_buf(), true, handle);
        if let Some(path) = real {
            let _ = folder.real.set(path.to_path_buf());
        }
        Ok(folder)
    }

    /// A folder in another one. `follow`: also behind a link.
    pub(super) fn child(&self, folder: &Arc<Folder>, name: &str, follow: bool) -> io::Result<Arc<Folder>> {
        let path = folder.path.join(to_os(name));
        if let Some(known) = lock(&self.known).get(&path) {
            return Ok(Arc::clone(known));
        }
        let handle = open_folder(&*self.handle(folder)?, &to_os(name), follow)?;
        Ok(self.add(Some(Arc::clone(folder)), path, follow, handle))
    }

    fn add(&self, parent: Option<Arc<Folder>>, path: PathBuf, follow: bool, handle: Handle) -> Arc<Folder> {
        let (real, state) = (OnceLock::new(), Mutex::default());
        let folder = Arc::new(Folder { parent, path: path.clone(), follow, real, state });
        self.list(&folder, handle);
        lock(&self.known).insert(path, Arc::clone(&folder));
        folder
    }

    /// Lists a folder through its new handle and keeps both.
    fn list(&self, folder: &Arc<Folder>, mut handle: Handle) -> Arc<Listing> {
        let listing = Arc::new(Listing::of(&mut handle, &folder.path));
        let kept = self.kept.fetch_add(listing.entries.len(), Ordering::Relaxed);
        if kept + listing.entries.len() > MAX_KEPT {
            lock(&self.known).values().for_each(|folder| lock(&folder.state).listing = None);
            self.kept.store(listing.entries.len(), Ordering::Relaxed);
        }
        lock(&folder.state).listing = Some(Arc::clone(&listing));
        self.keep(folder, handle);
        listing
    }

    /// Keeps a handle open, and closes the oldest of too many.
    fn keep(&self, folder: &Arc<Folder>, handle: Handle) -> Arc<Handle> {
        let handle = Arc::new(handle);
        let is_new = lock(&folder.state).handle.replace(Arc::clone(&handle)).is_none();
        let mut open = lock(&self.open);
        if is_new {
            open.push_back(Arc::clone(folder));
        }
        if open.len() > MAX_OPEN
            && let Some(oldest) = open.pop_front()
        {
            let mut state = lock(&oldest.state);
            if let Some(handle) = state.handle.take() {
                state.identity = handle.identity().ok();
            }
        }
        handle
    }

    /// The folder's handle, opened again if it was closed: only if it is still the same folder.
    fn handle(&self, folder: &Arc<Folder>) -> io::Result<Arc<Handle>> {
        if let Some(handle) = &lock(&folder.state).handle {
            return Ok(Arc::clone(handle));
        }
        Ok(self.keep(folder, self.open_again(folder)?))
    }

    fn open_again(&self, folder: &Arc<Folder>) -> io::Result<Handle> {
        let handle = match (&folder.parent, folder.path.file_name()) {
            (Some(parent), Some(name)) => open_folder(&*self.handle(parent)?, name, folder.follow)?,
            _ => open_top(or_here(&folder.path))?,
        };
        let state = lock(&folder.state);
        let before =
            state.handle.as_ref().map_or(Ok(state.identity), |handle| handle.identity().map(Some))?;
        if before.is_some() && before == handle.identity().ok() {
            return Ok(handle);
        }
        Err(io::Error::other("another folder has taken its place"))
    }

    /// What lies in the folder; `shown` is how its path is told.
    pub(super) fn listing(&self, folder: &Arc<Folder>, shown: &Path) -> Result<Arc<Listing>, Problem> {
        if let Some(listing) = &lock(&folder.state).listing {
            return Ok(Arc::clone(listing));
        }
        let handle =
            self.open_again(folder).map_err(|error| Problem::io(shown.display().to_string(), &error))?;
        Ok(self.list(folder, handle))
    }

    /// A name in the folder as it is stored, with what it is. Where nothing can be listed, the name itself is asked for.
    pub(super) fn find(
        &self,
        folder: &Arc<Folder>,
        shown: &Path,
        name: &str,
        any_case: bool,
    ) -> Result<Option<(String, Kind)>, Problem> {
        let listing = self.listing(folder, shown)?;
        if let Some(found) = listing.find(name, any_case || cfg!(windows)) {
            return Ok(Some(found));
        }
        if listing.problem.is_none() && !is_found_unlisted(name) {
            return Ok(None);
        }
        match (self.kind_of(folder, name, false), &listing.problem) {
            (Ok(kind), _) => Ok(Some((name.to_owned(), kind))),
            (Err(error), Some(problem)) if any_case && is_absent(&error) => Err(problem.clone()),
            (Err(error), _) if is_absent(&error) => Ok(None),
            (Err(error), _) => Err(Problem::io(shown.display().to_string(), &error)),
        }
    }

    /// What lies under a name now. `follow`: behind links.
    pub(super) fn kind_of(&self, folder: &Arc<Folder>, name: &str, follow: bool) -> io::Result<Kind> {
        kind_of(&*self.handle(folder)?, &to_os(name), follow)
    }

    /// What a link says where it leads; `None` if it is no link any more.
    pub(super) fn target(&self, folder: &Arc<Folder>, name: &str) -> io::Result<Option<PathBuf>> {
        target(&*self.handle(folder)?, &to_os(name))
    }

    /// A file and what it is. `follow`: also behind a link.
    pub(super) fn open_file(&self, folder: &Arc<Folder>, name: &str, follow: bool) -> io::Result<OpenFile> {
        open_file(&*self.handle(folder)?, &to_os(name), follow)
    }
}

/// True for nothing: also below a file, and of a name that can't be.
pub(super) fn is_absent(error: &io::Error) -> bool {
    use ErrorKind::{InvalidFilename, InvalidInput, NotADirectory, NotFound};
    matches!(error.kind(), NotFound | NotADirectory | InvalidInput | InvalidFilename)
}

fn or_here(path: &Path) -> &Path {
    if path.as_os_str().is_empty() { Path::new(".") } else { path }
}

/// What a panic left locked is only what was found so far.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "a test makes its own folders")]
    use super::*;
    use std::fs;

    fn open_now(folders: &Folders) -> usize {
        let has_handle = |folder: &&Arc<Folder>| lock(&folder.state).handle.is_some();
        lock(&folders.known).values().filter(has_handle).count()
    }

    #[test]
    fn so_many_folders_are_open_and_no_more() {
        let top = tempfile::tempdir().unwrap();
        let folders = Folders::default();
        let root = folders.top(top.path(), None, None).unwrap();
        // With the top.
        for number in 1..=MAX_OPEN {
            let name = number.to_string();
            fs::create_dir(top.path().join(&name)).unwrap();
            fs::write(top.path().join(&name).join("x"), &name).unwrap();
            folders.child(&root, &name, false).unwrap();
            assert_eq!(open_now(&folders), MAX_OPEN.min(number + 1), "{number}");
        }
        assert!(lock(&root.state).handle.is_none(), "the one that was opened first");
        // A closed one is opened again, through the top, which is closed too.
        let first = folders.child(&root, "1", false).unwrap();
        let spare = folders.child(&root, "2", false).unwrap();
        fs::create_dir(top.path().join("last")).unwrap();
        folders.child(&root, "last", false).unwrap();
        assert!(lock(&first.state).handle.is_none());
        assert_eq!(folders.open_file(&first, "x", false).unwrap().length, 1);
        assert_eq!(open_now(&folders), MAX_OPEN);
        // If it is still the same.
        assert!(lock(&spare.state).handle.is_none());
        fs::rename(top.path().join("2"), top.path().join("old")).unwrap();
        fs::create_dir(top.path().join("2")).unwrap();
        fs::write(top.path().join("2/x"), "another").unwrap();
        assert!(folders.open_file(&spare, "x", false).is_err());
    }

    #[test]
    fn names_are_found_in_any_case_if_that_is_asked() {
        let top = tempfile::tempdir().unwrap();
        for name in ["Profiles", "profiles", "Ａ"] {
            fs::write(top.path().join(name), "").unwrap();
        }
        let folders = Folders::default();
        let root = folders.top(top.path(), None, None).unwrap();
        let find = |name: &str, any_case: bool| {
            folders.find(&root, top.path(), name, any_case).unwrap().map(|(name, _)| name)
        };
        assert_eq!(find("profiles", true).as_deref(), Some("profiles"), "the same case first");
        assert_eq!(find("PROFILES", true).as_deref(), Some("Profiles"), "else the first by name");
        assert_eq!(find("ａ", true).as_deref(), Some("Ａ"));
        assert_eq!(find("PROFILES", false), None);
        assert_eq!(find("x", true), None);
    }

    #[test]
    fn entries_are_kept_up_to_the_limit() {
        let top = tempfile::tempdir().unwrap();
        fs::create_dir(top.path().join("a")).unwrap();
        let folders = Folders::default();
        let root = folders.top(top.path(), None, None).unwrap();
        fs::write(top.path().join("a/x"), "").unwrap();
        for (kept, is_kept) in [(MAX_KEPT - 1, true), (MAX_KEPT, false)] {
            folders.kept.store(kept, Ordering::Relaxed);
            lock(&folders.known).retain(|_, folder| folder.parent.is_none());
            folders.child(&root, "a", false).unwrap();
            assert_eq!(lock(&root.state).listing.is_some(), is_kept, "{kept}");
        }
        // It is listed again when it is asked for.
        assert!(folders.find(&root, top.path(), "a", false).unwrap().is_some());
    }
}
