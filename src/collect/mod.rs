//! A folder with just the values that a scan would read: detectors run, and what they asked for is written again,
//! filtered by lists of allowed settings. Scanned, the folder gives what its source gave.

pub mod folder;
mod registry;

use crate::clients::{self, CLIENTS, Found};
use crate::model::{IssueKind, Text};
use crate::source::rules::{Copy, FileRule};
use crate::source::users;
use crate::source::visit::{Everybody, Met};
use crate::source::{
    APART, Ask, Base, EXPORT_NAME, FORMER, ORIGIN, OWN, PLACE_OF_HOME, PLACE_OF_USER, Problem, Spot, User,
    name_of_drives,
};
use folder::Folder;
use registry::Export;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// Takes the place of a file that is there but could not be read: its reader will say so, and what depends on it stays
/// as unknown as it was.
const UNREADABLE: &[u8] = b"(not readable where it was collected)";

/// What was collected.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How many users.
    pub users: usize,
    /// True if a user or a PATH could not be read at all.
    pub incomplete: bool,
    /// What could not be read, or lies where nothing is collected from.
    pub problems: Vec<Problem>,
}

/// Collects this computer or what the paths hold. An error is one of writing.
pub fn collect(paths: &[PathBuf], all_users: bool, folder: &mut Folder) -> io::Result<Outcome> {
    let known = clients::known();
    let paths = users::distinct(paths);
    let found =
        if paths.is_empty() { Everybody::here(all_users, &known) } else { Everybody::paths(&paths, &known) };
    let mut collector = Collector {
        folder,
        names: BTreeSet::new(),
        homes: BTreeMap::new(),
        origins: BTreeMap::new(),
        taken: BTreeSet::new(),
        contents: BTreeMap::new(),
        outcome: Outcome::default(),
    };
    let mut written = Ok(());
    found.visit(|computer, met| {
        if written.is_ok() {
            written = collector.take(computer, met);
        }
    });
    collector.outcome.incomplete |= collector.outcome.users == 0;
    written.map(|()| collector.outcome)
}

struct Collector<'a> {
    folder: &'a mut Folder,
    /// The folders of users, in lower case.
    names: BTreeSet<String>,
    /// Where the values of a home went.
    homes: BTreeMap<PathBuf, PathBuf>,
    /// Where the files of a computer went that belong to nobody, for each PATH.
    origins: BTreeMap<(Option<String>, Option<PathBuf>), PathBuf>,
    /// The files that were written, by the users' folders.
    taken: BTreeSet<(PathBuf, PathBuf)>,
    /// Contents of preferences that were met, with their numbers.
    contents: BTreeMap<Vec<u8>, usize>,
    outcome: Outcome,
}

/// Where the files of one user go.
struct Target<'a> {
    user: &'a User,
    home: PathBuf,
    drives: PathBuf,
    given: PathBuf,
}

impl Collector<'_> {
    fn take(&mut self, computer: Option<&str>, met: Met) -> io::Result<()> {
        match met {
            Met::Problem(problem) => self.outcome.problems.push(problem),
            Met::Said(_) => {}
            Met::User(user) => {
                self.outcome.problems.extend(user.take_mentioned());
                if user.unread {
                    self.outcome.incomplete = true;
                } else {
                    self.outcome.users += 1;
                    self.take_user(&user, computer)?;
                }
            }
        }
        Ok(())
    }

    fn take_user(&mut self, user: &User, computer: Option<&str>) -> io::Result<()> {
        user.record_questions();
        for client in CLIENTS {
            let mut found = Found::default();
            let read = catch_unwind(AssertUnwindSafe(|| client.read(user, &mut found)));
            self.outcome.problems.extend(found.problems);
            match read {
                Ok(result) => self.outcome.problems.extend(result.err()),
                Err(_) => self.outcome.incomplete = true,
            }
        }
        // What its clients run on is asked for in the scan.
        let _ = clients::system::of(user);
        self.outcome.problems.extend(user.take_mentioned());
        user.budget().settle(&mut self.outcome.problems);
        let asked = user.take_questions();
        let target = self.target(user, computer)?;
        let export = export(user, &asked, computer);
        if user.is_at_home() {
            if let Some(place) = user.place_of_home() {
                self.folder.write(&target.drives.join(PLACE_OF_HOME), place.as_bytes())?;
            }
            self.take_folders(&target, &asked, &export)?;
            let bytes = export.into_bytes(user.sid.as_deref());
            self.folder.write(&target.home.join(EXPORT_NAME), &bytes)?;
        } else if user.has_registry() {
            let bytes = export.into_bytes(user.sid.as_deref());
            let place = if user.is_apart && !user.root.is_empty() {
                target.given.join(format!("{}.reg", user.root))
            } else {
                target.given.join(EXPORT_NAME)
            };
            self.put(&place, &bytes)?;
        }
        for ask in &asked {
            match ask {
                Ask::File(path, rule) => self.take_file(&target, path, rule)?,
                Ask::Holds(path, text) => self.take_sign(&target, path, text)?,
                Ask::Database(path, log, rule) => self.take_database(&target, path, log, rule)?,
                Ask::AndroidBackup(path, name, rule) => self.take_backup(&target, path, name, rule)?,
                _ => {}
            }
        }
        // Looking again at what was asked may have met the same trouble again.
        user.take_mentioned();
        Ok(())
    }

    fn target<'u>(&mut self, user: &'u User, computer: Option<&str>) -> io::Result<Target<'u>> {
        let mut target = Target { user, home: PathBuf::new(), drives: PathBuf::new(), given: PathBuf::new() };
        if user.is_at_home() {
            let name = self.new_name(user.folder_name().unwrap_or("home"));
            target.drives = PathBuf::from(name_of_drives(&name));
            target.home = PathBuf::from(name);
            let own_name = user.folder_name().unwrap_or_default();
            if user.is_apart || user.is_former || target.home != Path::new(own_name) {
                let words = [(user.is_apart, APART), (user.is_former, FORMER)];
                let words = words.iter().filter(|(is, _)| *is).map(|(_, word)| *word);
                let words = words.collect::<Vec<_>>().join("\n");
                let identity =
                    format!("{}\n{}\n{words}", user.name.as_deref().unwrap_or(own_name), user.root);
                self.folder.write(&target.drives.join(PLACE_OF_USER), identity.as_bytes())?;
            }
            if let Some(home) = user.home() {
                self.homes.insert(home.to_path_buf(), target.home.clone());
            }
        } else if let Some(home) = user.base().and_then(|base| self.homes.get(base)) {
            target.given.clone_from(home);
        } else {
            target.given = self.origin(computer, user)?;
        }
        Ok(target)
    }

    /// The folder for what belongs to nobody. Alone it is the whole; beside homes their places are told from it.
    fn origin(&mut self, computer: Option<&str>, user: &User) -> io::Result<PathBuf> {
        let key = (computer.map(str::to_owned), user.base().map(Path::to_path_buf));
        if let Some(folder) = self.origins.get(&key) {
            return Ok(folder.clone());
        }
        let folder = PathBuf::from(self.new_name("files"));
        // PATH itself may be a client's own folder; one that only looks so is none.
        let is_own = user.is_copied() && user.root.is_empty();
        let text = format!("{}\n{}\n", computer.unwrap_or_default(), if is_own { OWN } else { "" });
        self.folder.write(&folder.join(ORIGIN), text.as_bytes())?;
        self.origins.insert(key, folder.clone());
        Ok(folder)
    }

    /// Two users of one name, of two paths, get a folder each.
    fn new_name(&mut self, wanted: &str) -> String {
        let wanted = wanted.replace(['/', '\\', ':'], "_");
        let name = (1..).map(|n| if n == 1 { wanted.clone() } else { format!("{wanted} ({n})") });
        let mut free = name.filter(|name| !self.names.contains(&name.to_lowercase()));
        let name = free.next().unwrap_or(wanted);
        self.names.insert(name.to_lowercase());
        name
    }

    /// Empty folders count where the registry names them, where they are the usual ones, and on the disks, where they
    /// were asked for by name. Elsewhere a folder that nothing is collected from is nobody's business.
    fn take_folders(&mut self, target: &Target, asked: &[Ask], export: &Export) -> io::Result<()> {
        for ask in asked {
            let (Ask::Folder(path) | Ask::Entries(path, _)) = ask else { continue };
            let Some(spot) = target.user.spot(path) else { continue };
            let is_known = matches!(spot.base, Base::Drive(_)) || is_place(path) || export.names(path);
            let entries = target.user.list(path).ok().flatten();
            if is_known && entries.is_some() {
                self.folder.make(&target.place(&spot))?;
            }
            let Ask::Entries(_, FileRule { copy: Copy::Folder(copy), .. }) = ask else { continue };
            let folders = entries.iter().flatten().filter(|entry| entry.is_folder);
            for name in folders.filter_map(|entry| copy(&entry.name)) {
                self.folder.make(&target.place(&spot).join(name))?;
            }
        }
        Ok(())
    }

    fn take_file(&mut self, target: &Target, path: &str, rule: &'static FileRule) -> io::Result<()> {
        let content = target.user.read(path, rule);
        let Some(place) = self.new_place(target, path, is_elsewhere(content.as_ref())) else { return Ok(()) };
        let Ok(content) = content else { return self.put(&place, UNREADABLE) };
        let bytes = content.unwrap_or_default();
        let number = self.contents.len() + 1;
        let number = *self.contents.entry(Sha256::digest(&*bytes).to_vec()).or_insert(number);
        let filtered = match rule.copy {
            _ if bytes.is_empty() => Some(String::new()),
            Copy::Text(copy) => copy(&bytes, number),
            _ => None,
        };
        self.put(&place, filtered.as_deref().map_or(UNREADABLE, str::as_bytes))
    }

    fn take_database(
        &mut self,
        target: &Target,
        path: &str,
        log: &str,
        rule: &'static FileRule,
    ) -> io::Result<()> {
        let database = target.user.database_with_log(path, log, rule);
        let Some(place) = self.new_place(target, path, is_elsewhere(database.as_ref())) else {
            return Ok(());
        };
        let image = database.ok().flatten().and_then(|database| match rule.copy {
            Copy::Database(copy) | Copy::Recognised(copy, _) => copy(&database).ok(),
            _ => None,
        });
        self.put(&place, image.as_deref().unwrap_or(unreadable(rule)))
    }

    fn take_backup(
        &mut self,
        target: &Target,
        path: &str,
        name: &str,
        rule: &'static FileRule,
    ) -> io::Result<()> {
        let backup = target.user.android_backup(path, name, rule);
        let Some(place) = self.new_place(target, path, is_elsewhere(backup.as_ref())) else { return Ok(()) };
        let content = backup.ok().flatten().and_then(|backup| match rule.copy {
            Copy::Backup(copy, _) => copy(&backup).ok(),
            _ => None,
        });
        self.put(&place, content.as_deref().unwrap_or(unreadable(rule)))
    }

    /// Of what only tells that a program is used, nothing but that is taken.
    fn take_sign(&mut self, target: &Target, path: &str, text: &str) -> io::Result<()> {
        let holds = target.user.holds(path, text);
        let is_absent = matches!(holds, Ok(false)) || matches!(&holds, Err(problem) if is_outside(problem));
        let Some(place) = self.new_place(target, path, is_absent) else { return Ok(()) };
        match holds {
            Ok(_) if target.user.list(path).is_ok_and(|entries| entries.is_some()) => {
                self.folder.make(&place)
            }
            Ok(_) => self.put(&place, text.as_bytes()),
            Err(_) => self.put(&place, UNREADABLE),
        }
    }

    /// A name that can't be written here, such as a second one that differs by its case, does not end the rest.
    fn put(&mut self, place: &Path, content: &[u8]) -> io::Result<()> {
        use io::ErrorKind::{AlreadyExists, InvalidFilename, InvalidInput};
        match self.folder.write(place, content) {
            Err(error) if matches!(error.kind(), AlreadyExists | InvalidFilename | InvalidInput) => {
                self.outcome.problems.push(Problem::io(place.display().to_string(), &error));
                Ok(())
            }
            written => written,
        }
    }

    /// Where a file goes, if it is there and was not written yet.
    fn new_place(&mut self, target: &Target, path: &str, is_absent: bool) -> Option<PathBuf> {
        if is_absent {
            return None;
        }
        let Some(spot) = target.user.spot(path) else {
            self.outcome.problems.push(Problem::outside(
                path,
                &Text::fixed(
                    "このコンピューターのディスク上にないため、集めません。",
                    "it is not on a disk of this computer, so not collected",
                ),
            ));
            return None;
        };
        // One file under two names is one file of the copy.
        let is_another_name =
            user_file(target.user, path).is_some_and(|file| !self.taken.insert((target.home.clone(), file)));
        let place = target.place(&spot);
        (!is_another_name && !self.folder.has(&place)).then_some(place)
    }
}

impl Target<'_> {
    fn place(&self, spot: &Spot) -> PathBuf {
        match &spot.base {
            Base::Home => self.home.join(&spot.rest),
            Base::Given => self.given.join(&spot.rest),
            Base::Drive(name) => self.drives.join(name).join(&spot.rest),
        }
    }
}

/// Where a file really lies.
fn user_file(user: &User, path: &str) -> Option<PathBuf> {
    user.real_place(&user.place(path))
}

/// True for what is not there, or not in what was given.
fn is_elsewhere<T>(read: Result<&Option<T>, &Problem>) -> bool {
    read.map_or_else(is_outside, Option::is_none)
}

fn is_outside(problem: &Problem) -> bool {
    problem.kind == IssueKind::Outside
}

/// What takes the place of a file that could not be read.
fn unreadable(rule: &FileRule) -> &'static [u8] {
    match rule.copy {
        Copy::Recognised(_, bytes) | Copy::Backup(_, bytes) => bytes,
        _ => UNREADABLE,
    }
}

/// The user's registry and the few values of the computer's that were asked for.
fn export(user: &User, asked: &[Ask], computer: Option<&str>) -> Export {
    let mut export = Export::default();
    let paths: Vec<String> = asked.iter().filter_map(path_of_key).map(str::to_lowercase).collect();
    for ask in asked {
        match ask {
            Ask::Key(path, rule) => {
                user.key(path, rule).ok().flatten().iter().for_each(|key| export.tree(key, rule));
            }
            Ask::Top(path, rule) => {
                let Ok(Some(key)) = user.top(path, rule) else { continue };
                export.top(&key, rule);
                // Of the keys below it, the names of those that were looked into.
                for sub in &key.subkeys {
                    let name = sub.path.to_lowercase();
                    let inside = format!("{name}\\");
                    if paths.iter().any(|path| *path == name || path.starts_with(&inside)) {
                        export.asked(&sub.path);
                    }
                }
            }
            _ => {}
        }
    }
    if user.knows_machine() {
        export.name(r"HKLM\SOFTWARE");
    }
    if let Some(name) = computer {
        export.computer(name);
    }
    export
}

/// True for a folder that a row names as a place, alone or with anything below it (`\*`): that it is there may tell that it is
/// the one in use.
fn is_place(path: &str) -> bool {
    let path = path.replace("%DOCUMENTS%", r"%USERPROFILE%\Documents");
    let mut places = CLIENTS.iter().flat_map(|client| client.places);
    places.any(|place| place.split(r"\*").next() == Some(&path))
}

fn path_of_key(ask: &Ask) -> Option<&str> {
    match ask {
        Ask::Key(path, _) | Ask::Top(path, _) => Some(path),
        _ => None,
    }
}
