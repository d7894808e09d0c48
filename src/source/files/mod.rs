//! Files of one user: known folders, drive letters, look-up without regard to case, limits, no way out of the home.

mod beneath;
mod folders;
mod parts;
mod path;

use super::handle::{Identity, Kind, OpenFile};
use super::names::{to_os, to_text};
use super::problem::Problem;
use super::system::{Entry, is_link, not_regular, read_known, read_start, real, target};
use crate::model::Text;
use beneath::{Spot, Target, leads_to};
use folders::{Folder, Folders};
use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The files that belong to one user.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// The home folder.
    pub home: Option<PathBuf>,
    /// Where it really lies.
    pub(super) real_home: Option<PathBuf>,
    /// The home's own name, however its path was typed.
    pub home_name: Option<String>,
    /// The disk that the home lies on: what the user knows as `C:\` or `/`.
    pub root: Option<PathBuf>,
    /// The folder that `%GIVEN%` means: what PATH names, if it is no home.
    pub given: Option<PathBuf>,
    /// A lone file that PATH names: where it really lies, and how it was typed.
    pub named: Option<(PathBuf, PathBuf)>,
    /// The home's path on the PC itself (`C:\Users\taro`), where the registry tells it.
    pub profile_path: Option<String>,
    /// Known folders that the registry names: (name of the `User Shell Folders` value, path).
    pub shell_folders: Vec<(String, String)>,
    /// Users who scan themselves: links are followed as the system does.
    pub own: bool,
    /// The data lies on the computer that the program runs on: drive letters mean its drives.
    pub live: bool,
    /// A client's own folder, and the place that it stands for.
    pub stand_in: Option<(&'static str, PathBuf)>,
    /// How many links that lead nowhere were followed on the way.
    pub(super) hops: u8,
    /// What the homes of one PATH share.
    pub shared: Option<Arc<Shared>>,
    /// Beside a collected home: what was collected from elsewhere on its disks, `root` and other drives by letter.
    pub drives: Option<PathBuf>,
    /// What was looked into.
    pub(super) folders: Arc<Folders>,
}

/// A home, and its folders as far as they were listed.
type LastHome = Option<(PathBuf, Arc<Folders>)>;

/// What is known of all that one command scans.
#[derive(Debug, Default)]
pub struct Shared {
    /// The files that were opened.
    opened: Mutex<Opened>,
    /// The real paths of the homes.
    homes: Arc<Mutex<BTreeSet<PathBuf>>>,
    /// The home that is looked at, and which folder it was when it was met.
    met: Mutex<Option<(PathBuf, Identity)>>,
    /// The folders of the last home in which single files were looked at: each would list them anew.
    last: Arc<Mutex<LastHome>>,
}

/// Files that were opened.
#[derive(Debug, Default)]
struct Opened {
    /// Their real paths.
    files: BTreeSet<PathBuf>,
    /// The same by the places as which they were shown.
    places: HashMap<String, PathBuf>,
}

impl Shared {
    /// Remembers a home: no other user's settings lead into it.
    pub(super) fn add_home(&self, home: &Path) {
        if let Ok(real) = real(home) {
            self.add_real_home(real);
        }
    }

    /// The same by the real path.
    pub(super) fn add_real_home(&self, real: PathBuf) {
        if let Ok(mut homes) = self.homes.lock() {
            homes.insert(real);
        }
    }

    /// True if the file lies in a home that is not around this one, nor inside it.
    fn is_anothers(&self, file: &Path, own: &Path) -> bool {
        let is_home = |homes: &BTreeSet<PathBuf>| {
            file.ancestors()
                .any(|folder| homes.contains(folder) && !own.starts_with(folder) && !folder.starts_with(own))
        };
        !file.starts_with(own) && self.homes.lock().is_ok_and(|homes| is_home(&homes))
    }

    /// The homes, as texts for another process.
    pub fn homes(&self) -> Vec<String> {
        let texts = |homes: &BTreeSet<PathBuf>| homes.iter().map(|home| to_text(home.as_os_str())).collect();
        self.homes.lock().map(|homes| texts(&homes)).unwrap_or_default()
    }

    /// With homes that another process has found.
    pub fn of_homes(homes: &[String]) -> Self {
        let homes = homes.iter().map(|home| PathBuf::from(to_os(home))).collect();
        Self { homes: Arc::new(Mutex::new(homes)), ..Self::default() }
    }

    /// The same homes, and no file opened yet.
    #[must_use]
    pub fn afresh(&self) -> Self {
        Self { homes: Arc::clone(&self.homes), last: Arc::clone(&self.last), ..Self::default() }
    }

    /// From now on only the folder that was met is taken for the one at this path.
    pub(super) fn meet(&self, path: &Path, identity: Identity) {
        if let Ok(mut met) = self.met.lock() {
            *met = Some((path.to_path_buf(), identity));
        }
    }

    /// Which folder was met at this path, if it is the one that is looked at.
    fn met_as(&self, path: &Path) -> Option<Identity> {
        let met = self.met.lock().ok()?;
        met.as_ref().filter(|(known, _)| known == path).map(|(_, identity)| *identity)
    }

    /// The folders below this one, listed once for all files that lie there.
    fn folders_of(&self, base: &Path) -> Arc<Folders> {
        let Ok(mut last) = self.last.lock() else { return Arc::default() };
        match &*last {
            Some((known, folders)) if known == base => Arc::clone(folders),
            _ => {
                let folders = Arc::default();
                *last = Some((base.to_path_buf(), Arc::clone(&folders)));
                folders
            }
        }
    }

    /// The files that were opened, as texts for another process: all of them, or those that lie in nobody's home.
    pub fn opened(&self, also_in_homes: bool) -> Vec<String> {
        let homes = self.homes.lock().unwrap_or_else(PoisonError::into_inner);
        let is_told = |file: &&PathBuf| also_in_homes || !file.ancestors().any(|above| homes.contains(above));
        let texts = |opened: &Opened| {
            opened.files.iter().filter(is_told).map(|file| to_text(file.as_os_str())).collect()
        };
        self.opened.lock().map(|opened| texts(&opened)).unwrap_or_default()
    }

    /// Remembers files that another process has opened.
    pub fn note_opened(&self, files: &[String]) {
        if let Ok(mut opened) = self.opened.lock() {
            opened.files.extend(files.iter().map(|file| PathBuf::from(to_os(file))));
        }
    }
}

/// Where a path leads.
#[derive(Debug)]
struct Resolved {
    /// As it is shown: with the links that it goes through.
    path: PathBuf,
    /// The folder that it is told from.
    base: PathBuf,
    /// The same, which no link leaves.
    floor: Arc<Folder>,
    /// What lies there, behind links.
    spot: Spot,
}

impl Resolved {
    fn of(base: &Path, floor: Arc<Folder>) -> Self {
        let (path, base) = (base.to_path_buf(), base.to_path_buf());
        Self { path, base, spot: Spot::of(Arc::clone(&floor)), floor }
    }
}

impl Files {
    /// The files of a home, wherever it lies.
    pub fn of_home(home: &Path) -> Self {
        let real = real(home).unwrap_or_else(|_| home.to_path_buf());
        let name = real.file_name().map(|name| name.to_string_lossy().into_owned());
        Self { home: Some(home.to_path_buf()), home_name: name, real_home: Some(real), ..Self::default() }
    }

    /// Files of nobody's home.
    pub(super) fn shared(shared: &Arc<Shared>) -> Self {
        Self { shared: Some(Arc::clone(shared)), ..Self::default() }
    }

    /// Files that lie somewhere below a folder.
    pub(super) fn below_base(base: PathBuf, shared: &Arc<Shared>) -> Self {
        Self { folders: shared.folders_of(&base), given: Some(base), ..Self::shared(shared) }
    }

    /// Where a file really lies that was opened and shown as this place.
    pub(super) fn real_place(&self, place: &str) -> Option<PathBuf> {
        self.shared.as_ref()?.opened.lock().ok()?.places.get(place).cloned()
    }

    /// True if a file in this folder was opened before.
    pub(super) fn was_looked_into(&self, folder: &Path) -> bool {
        let Some((shared, folder)) = self.shared.as_ref().zip(real(folder).ok()) else { return false };
        let next = |opened: &Opened| opened.files.range(folder.clone()..).next().cloned();
        let next = shared.opened.lock().ok().and_then(|opened| next(&opened));
        next.is_some_and(|file| file.starts_with(&folder))
    }

    /// True if this file was opened before, whoever asked and by whatever path.
    pub(super) fn was_opened(&self, path: &str) -> bool {
        let shared = self.shared.as_ref().zip(self.resolve(path).ok().flatten());
        shared.is_some_and(|(shared, resolved)| {
            shared.opened.lock().is_ok_and(|opened| opened.files.contains(&resolved.spot.real()))
        })
    }

    /// The whole content of a file; `None` if it is not there.
    pub fn read(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, Problem> {
        let Some((OpenFile { file, length, .. }, place)) = self.find(path)? else { return Ok(None) };
        read_known(file, place, length, limit).map(Some)
    }

    /// The first bytes of a file; `None` if it is not there.
    pub fn read_start(&self, path: &str, length: u64) -> Result<Option<Vec<u8>>, Problem> {
        let Some((file, place)) = self.open(path)? else { return Ok(None) };
        read_start(file, place, length).map(Some)
    }

    /// The entries of a folder, sorted by name; `None` if it is not there or is no folder.
    pub fn list(&self, path: &str) -> Result<Option<Vec<Entry>>, Problem> {
        let Some(Resolved { path, floor, spot, .. }) = self.resolve(path)? else { return Ok(None) };
        let Some(folder) = self.folders.enter(&spot, &path, self.own)? else { return Ok(None) };
        let listing = self.folders.listing(&folder, &path)?;
        if let Some(problem) = &listing.problem {
            return Err(problem.clone());
        }
        let entries = listing.entries.iter().map(|(name, kind)| {
            let (is_folder, is_file) = match kind {
                Kind::Folder => (true, false),
                Kind::Link => self.ends(&floor, &folder, name),
                Kind::File | Kind::Cloud | Kind::Other => (false, true),
            };
            Entry { name: name.clone(), is_folder, is_file, is_link: *kind == Kind::Link }
        });
        Ok(Some(entries.collect()))
    }

    /// Whether a link leads to a folder, and whether to a file. What is not looked at may be both, so that whoever looks for
    /// one of them tells the link.
    fn ends(&self, floor: &Arc<Folder>, folder: &Arc<Folder>, name: &str) -> (bool, bool) {
        match self.target(floor, folder, name) {
            Ok(Target::Inside(spot)) => (spot.is_folder(), !spot.is_folder()),
            Ok(Target::Outside(_)) | Err(_) if !self.own => (true, true),
            _ => (false, true),
        }
    }

    /// True if a file or folder is there.
    pub fn exists(&self, path: &str) -> Result<bool, Problem> {
        Ok(self.resolve(path)?.is_some())
    }

    /// A path as it is shown to people: the real one where it exists, else as it was asked for. Nobody knows `%GIVEN%`.
    pub fn show(&self, path: &str) -> String {
        match (self.resolve(path), path.strip_prefix(r"%GIVEN%\"), &self.given) {
            (Ok(Some(resolved)), ..) => self.place(&resolved.path),
            (_, Some(below), Some(given)) => {
                given.join(below.split('\\').collect::<PathBuf>()).display().to_string()
            }
            _ => path.to_owned(),
        }
    }

    /// Where a path leads, and the folder that it is told from.
    pub(super) fn locate(&self, path: &str) -> Option<(PathBuf, PathBuf)> {
        let resolved = self.resolve(path).ok()??;
        Some((resolved.path, resolved.base))
    }

    fn place(&self, path: &Path) -> String {
        match &self.named {
            Some((real, typed)) if real == path => typed.display().to_string(),
            _ => path.display().to_string(),
        }
    }

    /// A file, open for reading, and how its path is shown; `None` if it is not there.
    pub(super) fn open(&self, path: &str) -> Result<Option<(File, String)>, Problem> {
        Ok(self.find(path)?.map(|(opened, place)| (opened.file, place)))
    }

    fn find(&self, path: &str) -> Result<Option<(OpenFile, String)>, Problem> {
        let Some(resolved) = self.resolve(path)? else { return Ok(None) };
        let place = self.place(&resolved.path);
        let Spot { folder, entry: Some((name, kind)) } = &resolved.spot else { return Ok(None) };
        match kind {
            Kind::Folder => return Ok(None),
            Kind::File => {}
            Kind::Cloud => return Err(in_the_cloud(place)),
            Kind::Link | Kind::Other => {
                return Err(Problem::outside(
                    place,
                    &Text::fixed("通常のファイルではありません。", "it is not a regular file"),
                ));
            }
        }
        if let Some(shared) = &self.shared {
            self.keep_out(&resolved.spot.real(), shared, &place)?;
        }
        match self.folders.open_file(folder, name, self.own) {
            Ok(opened) if opened.kind == Kind::File => Ok(Some((opened, place))),
            Ok(opened) if opened.kind == Kind::Cloud => Err(in_the_cloud(place)),
            // Since the folder was listed, something else has taken the file's place.
            Ok(_) => Err(not_regular(place)),
            Err(error) => self.folders.failed(folder, name, Path::new(&place), &error).map(|()| None),
        }
    }

    /// What one user's settings name in another's home is the other's.
    fn keep_out(&self, file: &Path, shared: &Shared, place: &str) -> Result<(), Problem> {
        if let Some(home) = &self.real_home
            && shared.is_anothers(file, home)
        {
            return Err(Problem::outside(
                place,
                &Text::fixed("別のユーザーのフォルダーの中にあります。", "it lies in another user's home"),
            ));
        }
        if let Ok(mut opened) = shared.opened.lock() {
            opened.files.insert(file.to_path_buf());
            opened.places.insert(place.to_owned(), file.to_path_buf());
        }
        Ok(())
    }
}

fn in_the_cloud(place: String) -> Problem {
    Problem::outside(
        place,
        &Text::fixed(
            "クラウドにだけあるファイルなので、ダウンロードしません。",
            "the file is in the cloud only and is not downloaded",
        ),
    )
}

/// A link in this path leads to where nothing is followed.
pub(super) fn leads_out(path: &Path) -> Problem {
    let link = path.ancestors().find(|part| is_link(part)).unwrap_or(path);
    leads_to(link, &target(link).or_else(|| real(link).ok()).unwrap_or_default())
}
