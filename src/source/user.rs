//! The only door to the outside: a `User` answers with bytes, folders, keys and databases, wherever they come from.

use super::android_backup::{self, AndroidBackup};
use super::asked::Ask;
use super::budget::{Budget, What};
use super::database::{self, Database};
use super::files::Files;
use super::machine::Machine;
use super::problem::Problem;
use super::registry::Key;
use super::rules::{Content, FileRule, KeyRule};
use super::store::Store;
use super::system::{self, Entry};
use crate::formats::encodings::decode;
use crate::model::limits::{self, Limit};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// A file that PATH names (or holds), for the detector of its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// What it is, by its content.
    #[serde(with = "super::rules::file_by_id")]
    pub rule: &'static FileRule,
    /// Its path for `User::read`: `%GIVEN%\…`.
    pub path: String,
}

/// One user's data: a live PC, another user's home, a mounted disk, a collected folder and a lone file differ only in
/// how the `User` is built. Paths are written as a person types them: `%APPDATA%\…`, `~/Library/…`, `C:\…`.
#[expect(clippy::struct_excessive_bools, reason = "each says something else of the data")]
#[derive(Debug, Default)]
pub struct User {
    /// The name; `None` for a lone file.
    pub name: Option<String>,
    /// The security identifier on Windows, where it is known.
    pub sid: Option<String>,
    /// Files that PATH names, instead of a home.
    pub given: Vec<Given>,
    /// The PATH that it was found in; empty for this computer.
    pub path: PathBuf,
    /// Its place below that PATH, with `/`; empty for PATH itself.
    pub root: String,
    /// That place was kept when it was collected.
    pub is_placed: bool,
    /// Findings are told apart from others of the same person by that place.
    pub is_apart: bool,
    /// Of a former system: none of its accounts is in use.
    pub is_former: bool,
    /// True if the user is known but nothing of the data could be reached.
    pub unread: bool,
    pub(super) files: Files,
    pub(super) registry: Option<Store>,
    pub(super) machine: Option<Rc<Machine>>,
    pub(super) side: RefCell<Vec<Problem>>,
    pub(super) asked: RefCell<Option<Vec<Ask>>>,
    pub(super) budget: Rc<Budget>,
}

impl User {
    /// The content of a file. `Ok(None)`: not there. `Problem`: there, but it can't be read.
    pub fn read(&self, path: &str, rule: &'static FileRule) -> Result<Option<Content>, Problem> {
        self.note(|| Ask::File(path.to_owned(), rule));
        Ok(self.bytes(path, rule.limit, What::Bytes)?.map(|bytes| Content::new(bytes, rule)))
    }

    /// The entries of a folder, sorted by name. `Ok(None)`: not there.
    pub fn list(&self, path: &str) -> Result<Option<Vec<Entry>>, Problem> {
        self.note(|| Ask::Folder(path.to_owned()));
        self.listed(path)
    }

    /// The same for a folder in which the names of folders tell something by themselves.
    pub fn entries(&self, path: &str, rule: &'static FileRule) -> Result<Option<Vec<Entry>>, Problem> {
        self.note(|| Ask::Entries(path.to_owned(), rule));
        self.listed(path)
    }

    /// True if a file is there and holds this text; without a text, if a file or folder is there. For places that only
    /// tell that a program is used.
    pub fn holds(&self, path: &str, text: &str) -> Result<bool, Problem> {
        self.note(|| Ask::Holds(path.to_owned(), text.to_owned()));
        if text.is_empty() {
            return self.files.exists(path);
        }
        let bytes = self.bytes(path, &limits::ANY, What::Bytes)?;
        Ok(bytes.is_some_and(|bytes| decode(&bytes).contains(text)))
    }

    /// A registry key with everything below it, by `HKCU\…`, `HKLM\SOFTWARE\…` or `HKLM\SYSTEM\…`. `Ok(None)`: not there.
    pub fn key(&self, path: &str, rule: &'static KeyRule) -> Result<Option<Key>, Problem> {
        self.note(|| Ask::Key(path.to_owned(), rule));
        match self.store_of(path) {
            Some((store, rest)) => store.key(&rest, path, &mut self.side.borrow_mut()),
            None => Ok(None),
        }
    }

    /// A registry key with its values, and of the keys below it only the names: for keys such as Outlook's profiles,
    /// whose content is large and not ours.
    pub fn top(&self, path: &str, rule: &'static KeyRule) -> Result<Option<Key>, Problem> {
        self.note(|| Ask::Top(path.to_owned(), rule));
        match self.store_of(path) {
            Some((store, rest)) => store.top(&rest, path, &mut self.side.borrow_mut()),
            None => Ok(None),
        }
    }

    /// A database in memory: the file with the committed frames of its `-wal`, or without what its `-journal` takes back.
    /// `Ok(None)`: not there.
    pub fn database(&self, path: &str, rule: &'static FileRule) -> Result<Option<Database>, Problem> {
        self.database_with_log(path, &format!("{path}-wal"), rule)
    }

    /// A database whose log lies under another name, as in a phone's backup.
    pub fn database_with_log(
        &self,
        path: &str,
        log: &str,
        rule: &'static FileRule,
    ) -> Result<Option<Database>, Problem> {
        self.note(|| Ask::Database(path.to_owned(), log.to_owned(), rule));
        let what = if *rule.limit == limits::MANIFEST { What::Manifests } else { What::Databases };
        let Some(main) = self.bytes(path, rule.limit, what)? else { return Ok(None) };
        let wal = self.bytes(log, &limits::DATABASE, What::Databases)?;
        let journal = self.bytes(&format!("{path}-journal"), &limits::DATABASE, What::Databases)?;
        database::open(database::rolled_back(main, &journal.unwrap_or_default()), wal)
            .map(Some)
            .map_err(|error| Problem::database(self.place(path), error))
    }

    /// The databases of this name in an Android backup. `Ok(None)`: the backup is not there.
    pub fn android_backup(
        &self,
        path: &str,
        name: &str,
        rule: &'static FileRule,
    ) -> Result<Option<AndroidBackup>, Problem> {
        self.note(|| Ask::AndroidBackup(path.to_owned(), name.to_owned(), rule));
        if let Some(spent) = [What::Opens, What::Backups].into_iter().find(|what| self.budget.is_spent(*what))
        {
            return Err(self.budget.refuse(spent, || self.place(path)));
        }
        let Some((file, place)) = self.files.open(path)? else { return Ok(None) };
        self.pay(What::Opens, 1, path)?;
        let left = self.budget.left(What::Backups);
        let backup = android_backup::read_within(file, name, left).map_err(|error| error.problem(&place))?;
        // One that fills it is cut, and told by itself.
        let _ = self.budget.take(What::Backups, backup.unpacked + 1);
        Ok(Some(backup))
    }

    /// What this user's data may still take.
    pub fn budget(&self) -> &Budget {
        &self.budget
    }

    /// From now on it takes from what others share.
    pub(super) fn share(&mut self, budget: Rc<Budget>) {
        self.budget = budget;
    }

    /// The content of a file, as long as there is room for more.
    fn bytes(&self, path: &str, limit: &Limit, what: What) -> Result<Option<Vec<u8>>, Problem> {
        if let Some(spent) = [What::Opens, what].into_iter().find(|what| self.budget.is_spent(*what)) {
            return Err(self.budget.refuse(spent, || self.place(path)));
        }
        let Some(bytes) = self.files.read(path, limit.most)? else { return Ok(None) };
        self.pay(What::Opens, 1, path)?;
        self.pay(what, bytes.len() as u64, path)?;
        Ok(Some(bytes))
    }

    /// The entries of a folder, likewise.
    fn listed(&self, path: &str) -> Result<Option<Vec<Entry>>, Problem> {
        if self.budget.is_spent(What::Entries) {
            return Err(self.budget.refuse(What::Entries, || self.place(path)));
        }
        let Some(entries) = self.files.list(path)? else { return Ok(None) };
        self.pay(What::Entries, entries.len() as u64, path)?;
        Ok(Some(entries))
    }

    fn pay(&self, what: What, amount: u64, path: &str) -> Result<(), Problem> {
        if self.budget.take(what, amount) {
            Ok(())
        } else {
            Err(self.budget.refuse(what, || self.place(path)))
        }
    }

    /// The files of this kind that PATH names, or holds.
    pub fn given_of(&self, rule: &'static FileRule) -> impl Iterator<Item = &Given> {
        self.given.iter().filter(move |given| *given.rule == *rule)
    }

    /// A path as it is shown to people.
    pub fn place(&self, path: &str) -> String {
        self.files.show(path)
    }

    /// Where a file really lies that was shown as this place; `None` for what is no file.
    pub fn real_place(&self, place: &str) -> Option<PathBuf> {
        self.files.real_place(place).or_else(|| system::real(Path::new(place)).ok())
    }

    /// A place below PATH, however PATH was typed.
    pub fn below_path(&self, place: &str) -> String {
        let tops = [&self.files.given, &self.files.home]
            .map(|top| top.as_ref().map(|top| top.display().to_string()));
        let below = tops.iter().flatten().find_map(|top| place.strip_prefix(top.as_str()));
        let below = below.unwrap_or(place).trim_start_matches(['/', '\\']).replace('\\', "/");
        format!("{}/{below}", self.root).to_lowercase()
    }

    /// The real path of the folder that `%GIVEN%` means: its names may say what lies in it.
    pub fn given_folder(&self) -> String {
        let folder = self.files.given.as_deref().and_then(|folder| system::real(folder).ok());
        folder.map(|folder| folder.display().to_string()).unwrap_or_default()
    }

    /// True if the computer's own registry (`HKLM\SOFTWARE`) can be asked.
    pub fn knows_machine(&self) -> bool {
        self.machine.is_some()
    }

    /// The user's part of a finding's id, in lower case: the last part of the home's path, without a home the SID or the
    /// name; empty for a lone file.
    pub fn id_part(&self) -> String {
        if self.is_apart { self.id_part_apart() } else { self.plain_id_part() }
    }

    /// The same for another home of the same user: with its place, if it has one.
    pub fn id_part_apart(&self) -> String {
        let part = self.plain_id_part();
        if self.root.is_empty() { part } else { format!("{}\0{part}", self.root.to_lowercase()) }
    }

    /// The same without the place that tells another home of the same user apart.
    pub fn plain_id_part(&self) -> String {
        let part = self.files.home_name.as_ref().or(self.sid.as_ref()).or(self.name.as_ref());
        part.map(|part| part.to_lowercase()).unwrap_or_default()
    }

    /// True if the user's registry file was not closed properly and its logs are missing.
    pub fn has_dirty_registry(&self) -> bool {
        self.registry.as_ref().is_some_and(Store::is_dirty)
    }

    /// Records something that could not be looked at without ending the detector.
    pub fn mention(&self, problem: Problem) {
        self.side.borrow_mut().push(problem);
    }

    /// True if nothing is known of whose the data are.
    pub fn is_nobody(&self) -> bool {
        self.name.is_none() && self.sid.is_none()
    }

    pub(super) fn has_mentioned(&self) -> bool {
        !self.side.borrow().is_empty()
    }

    pub(super) fn mention_all(&self, problems: Vec<Problem>) {
        self.side.borrow_mut().extend(problems);
    }

    /// The problems met beside the answers since the last call.
    pub fn take_mentioned(&self) -> Vec<Problem> {
        self.side.take()
    }

    pub(super) fn store_of<'a>(&'a self, path: &'a str) -> Option<(&'a Store, Cow<'a, str>)> {
        let (root, rest) = path.split_once('\\')?;
        match root {
            "HKCU" => Some((self.registry.as_ref()?, rest.into())),
            "HKLM" => self.machine.as_deref()?.store_of(rest),
            _ => None,
        }
    }
}
