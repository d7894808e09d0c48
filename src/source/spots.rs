//! What a user was asked for, and where its files belong in a folder of collected values.

use super::asked::{Ask, Base, PLACE_OF_HOME, PLACE_OF_USER, Spot, name_of_drives};
use super::files::Files;
use super::known_folders::{SHELL_FOLDERS, SHELL_FOLDERS_KEY};
use super::system::{is_link, look, read_file};
use super::user::User;
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

/// The longest such place that is read, in bytes.
const LONGEST_PLACE: u64 = 4096;

impl User {
    /// Begins to record what is asked. What was asked while the user was built is in it.
    pub fn record_questions(&self) {
        let built = [Ask::Top(format!("HKCU\\{SHELL_FOLDERS}"), &SHELL_FOLDERS_KEY)];
        *self.asked.borrow_mut() = Some(built.into());
    }

    /// What was asked since then, each once and in its order; recording ends.
    pub fn take_questions(&self) -> Vec<Ask> {
        let mut seen = BTreeSet::new();
        let asked = self.asked.take().unwrap_or_default();
        asked.into_iter().filter(|ask| seen.insert(ask.clone())).collect()
    }

    pub(super) fn note(&self, ask: impl FnOnce() -> Ask) {
        if let Some(asked) = self.asked.borrow_mut().as_mut() {
            asked.push(ask());
        }
    }

    /// Where a path belongs. `None`: it is not there, or not on a disk of the user's computer.
    pub fn spot(&self, path: &str) -> Option<Spot> {
        let (place, base) = self.files.locate(path)?;
        let from = |folder: Option<&PathBuf>| Some(place.strip_prefix(folder?).ok()?.to_path_buf());
        let (base, rest) = if let Some(rest) = from(self.files.home.as_ref()) {
            (Base::Home, rest)
        } else if let Some(rest) = from(self.files.given.as_ref()) {
            (Base::Given, rest)
        } else if let Some(rest) = from(self.files.root.as_ref()) {
            (Base::Drive("root".to_owned()), rest)
        } else {
            let letter = base.to_string_lossy().chars().next()?.to_ascii_uppercase();
            let is_drive = letter.is_ascii_uppercase() && base.to_string_lossy().get(1..2) == Some(":");
            let is_system = letter == self.files.system_drive();
            let name = if is_system { "root".to_owned() } else { letter.to_string() };
            (Base::Drive(name), is_drive.then(|| from(Some(&base)))??)
        };
        rest.components().all(|part| matches!(part, Component::Normal(_))).then_some(Spot { base, rest })
    }

    /// The home's place on its own computer (`C:\Users\taro`), if a disk of that computer is at hand.
    pub fn place_of_home(&self) -> Option<String> {
        let Files { home, root, live, profile_path, .. } = &self.files;
        if !live && root.is_none() {
            return None;
        }
        if let Some(path) = profile_path {
            return Some(path.clone());
        }
        let home = home.as_ref()?;
        let relative = root.as_ref().and_then(|root| home.strip_prefix(root).ok())?;
        let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        Some(format!("C:\\{}", parts.join("\\")))
    }

    /// True for a user with a home, or on a computer that is running.
    pub fn is_at_home(&self) -> bool {
        self.files.home.is_some() || self.files.live
    }

    /// The home.
    pub fn home(&self) -> Option<&Path> {
        self.files.home.as_deref()
    }

    /// True for a client's own folder outside of its place: whether it is in use is not known.
    pub fn is_copied(&self) -> bool {
        self.files.stand_in.is_some()
    }

    /// The folder that places outside of homes are told from.
    pub fn base(&self) -> Option<&Path> {
        self.files.given.as_deref()
    }

    /// True if there is a registry to ask.
    pub fn has_registry(&self) -> bool {
        self.registry.is_some()
    }

    /// The name for the user's own folder: scanned there, the user is known by the same id.
    pub fn folder_name(&self) -> Option<&str> {
        let name = self.files.home_name.as_ref().or(self.sid.as_ref()).or(self.name.as_ref());
        name.map(String::as_str)
    }
}

/// Finds what was collected from the home's disks.
pub(super) fn find_drives(home: &Path, files: &mut Files) {
    let Some(name) = home.file_name() else { return };
    let drives = home.with_file_name(name_of_drives(&name.to_string_lossy()));
    let is_folder = |path: &Path| !is_link(path) && matches!(look(path), Ok(Some(found)) if found.is_dir());
    let root = drives.join("root");
    let place = read_file(&drives.join(PLACE_OF_HOME), LONGEST_PLACE).ok();
    if !is_folder(&drives) || (place.is_none() && !is_folder(&root)) {
        return;
    }
    files.profile_path = place.map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned());
    files.root = Some(root);
    files.drives = Some(drives);
}

/// Whose a collected home is, where its folder has another name than its user.
pub(super) struct Identity {
    /// The user's name.
    pub(super) name: String,
    /// The home's place below the PATH that was collected.
    pub(super) root: String,
    /// Another home of the same user was met before.
    pub(super) is_apart: bool,
    /// It is of a former system.
    pub(super) is_former: bool,
}

/// Says so in [`PLACE_OF_USER`].
pub const APART: &str = "apart";
/// The same.
pub const FORMER: &str = "former";

/// What stands beside a collected home.
pub(super) fn identity(home: &Path) -> Option<Identity> {
    let drives = home.with_file_name(name_of_drives(&home.file_name()?.to_string_lossy()));
    let bytes = read_file(&drives.join(PLACE_OF_USER), LONGEST_PLACE).ok().filter(|_| !is_link(&drives))?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let mut lines = text.lines().map(|line| line.trim().to_owned());
    let (name, root) = (lines.next()?, lines.next()?);
    let words: Vec<String> = lines.collect();
    let has = |word: &str| words.iter().any(|known| known == word);
    Some(Identity { name, root, is_apart: has(APART), is_former: has(FORMER) })
}
