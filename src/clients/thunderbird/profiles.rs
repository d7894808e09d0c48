//! profiles.ini and the folders beside it → profiles.

use super::files::{INSTALLS_INI, PROFILES_INI};
use super::join;
use super::places::{Root, folds_case, last_part, normal};
use super::settings::{DEFAULT, INSTALL, IS_RELATIVE, NAME, PATH, PROFILE};
use crate::clients::sections::sections;
use crate::clients::settings::Settings;
use crate::formats::kinds;
use crate::model::limits;
use crate::model::{InUse, IssueKind, Place, Text};
use crate::source::rules::FileRule;
use crate::source::{Problem, User};
use std::collections::HashSet;

/// More profiles are not looked at: nobody has as many.
const MAX_PROFILES: usize = limits::PROFILES.count();

/// The sections of a list of profiles, by their names.
type Sections = Vec<(String, Settings)>;

/// One profile.
#[derive(Debug)]
pub(super) struct Profile {
    /// Its folder, as a person types it.
    pub(super) folder: String,
    /// Its name in profiles.ini, else that of its folder; none for a lone prefs.js.
    pub(super) name: Option<String>,
    /// Yes if profiles.ini lists it.
    pub(super) in_use: InUse,
    /// Whether the program opens it by itself, where that can be told.
    pub(super) is_default: Option<bool>,
    /// Its part of a finding's id.
    pub(super) store: String,
    /// Its path as profiles.ini writes it; empty if it is not listed.
    pub(super) listed_as: String,
}

/// The profiles that profiles.ini lists, then the folders that it does not.
///
/// The program itself stops at the first number that is missing (mozilla-central nsToolkitProfileService.cpp, `Init`);
/// for an audit every section counts, and a folder with a prefs.js counts without one.
pub(super) fn profiles(user: &User, root: &Root, problems: &mut Vec<Problem>) -> Vec<Profile> {
    let mut read = |rule: &'static FileRule| {
        let path = join(&root.path, rule.id);
        match user.read(&path, rule) {
            Ok(content) => content.map(|content| {
                (sections(&content, &Place::from(user.place(&path)), |value| value), content.is_empty())
            }),
            Err(problem) => {
                problems.push(problem);
                None
            }
        }
    };
    let list = read(&PROFILES_INI);
    let installs = read(&INSTALLS_INI).map(|(installs, _)| installs).unwrap_or_default();
    if let Some((list, is_empty)) = &list
        && !is_empty
        && list.is_empty()
    {
        let place = user.place(&join(&root.path, PROFILES_INI.id));
        problems.push(Problem::malformed(place, &Text::fixed("セクションがありません", "it has no section")));
    }
    let list = list.map(|(list, _)| list).unwrap_or_default();
    let mut found = listed(root, &list);
    let folds = folds_case(&root.path);
    mark_default(&mut found, &list, &installs, folds);
    let mut known: HashSet<String> = found.iter().map(|profile| place(user, profile)).collect();
    for parent in [root.path.clone(), join(&root.path, "Profiles")] {
        let entries = user.list(&parent).unwrap_or_else(|problem| {
            problems.push(problem);
            None
        });
        for entry in entries.unwrap_or_default().into_iter().filter(|entry| entry.is_folder) {
            let folder = join(&parent, &entry.name);
            let profile = Profile {
                store: normal(&folder, folds),
                name: Some(kinds::name(&entry.name)),
                folder,
                in_use: InUse::Unknown,
                is_default: None,
                listed_as: String::new(),
            };
            if known.insert(place(user, &profile)) {
                found.push(profile);
            }
        }
    }
    if found.len() > MAX_PROFILES {
        found.truncate(MAX_PROFILES);
        let message = Text::new(
            format!("プロファイルが {MAX_PROFILES} 個を超えています。残りは調べていません。"),
            format!("more than {MAX_PROFILES} profiles: the rest was not looked at"),
        );
        problems.push(Problem::new(IssueKind::TooLarge, user.place(&root.path), message));
    }
    if root.is_left_over {
        for profile in &mut found {
            profile.in_use = InUse::No;
            profile.is_default = Some(false);
        }
    }
    found
}

fn place(user: &User, profile: &Profile) -> String {
    normal(&user.place(&profile.folder), folds_case(&profile.folder))
}

/// Each `[Profile…]` with its path as stored; the same path twice is one profile.
fn listed(root: &Root, list: &Sections) -> Vec<Profile> {
    let mut found = Vec::new();
    let mut known = HashSet::new();
    let folds = folds_case(&root.path);
    for section in of_kind(list, PROFILE) {
        let Some(path) = section.peek_text(PATH) else { continue };
        if !known.insert(normal(path, folds)) {
            continue;
        }
        let is_relative = match section.get(IS_RELATIVE) {
            Some(flag) => flag.shown != "0",
            None => !path.starts_with('/') && path.get(1..2) != Some(":"),
        };
        let folder = if is_relative { join(&root.path, path) } else { path.to_owned() };
        let name = section.peek_text(NAME).map_or_else(|| kinds::name(last_part(path)), str::to_owned);
        found.push(Profile {
            store: normal(&folder, if is_relative { folds } else { folds_case(path) }),
            folder,
            name: Some(name),
            in_use: InUse::Yes,
            is_default: None,
            listed_as: path.to_owned(),
        });
    }
    found
}

/// The sections whose names begin so.
fn of_kind<'a>(list: &'a Sections, kind: &str) -> impl Iterator<Item = &'a Settings> {
    let is_of_kind =
        move |name: &str| name.get(..kind.len()).is_some_and(|head| head.eq_ignore_ascii_case(kind));
    list.iter().filter(move |(name, _)| is_of_kind(name)).map(|(_, settings)| settings)
}

/// Since version 67 an installation names its profile, in profiles.ini and, as a copy, in installs.ini; before, and in
/// a snap, `Default=1` does (nsToolkitProfileService.cpp). A profile that is alone is the default.
fn mark_default(found: &mut [Profile], list: &Sections, installs: &Sections, folds: bool) {
    let normal = |path: &str| normal(path, folds);
    let default = |section: &Settings| section.peek_text(DEFAULT).map(normal);
    let mut chosen: Vec<String> = of_kind(list, INSTALL).filter_map(default).collect();
    if chosen.is_empty() {
        chosen = installs.iter().filter_map(|(_, section)| default(section)).collect();
    }
    if chosen.is_empty() {
        let marked = of_kind(list, PROFILE).filter(|section| section.peek_text(DEFAULT) == Some("1"));
        chosen = marked.filter_map(|section| section.peek_text(PATH)).map(normal).collect();
    }
    if let ([only], true) = (&mut *found, chosen.is_empty()) {
        only.is_default = Some(true);
        return;
    }
    if chosen.is_empty() {
        return;
    }
    let chosen: HashSet<String> = chosen.into_iter().collect();
    for profile in found {
        profile.is_default = Some(chosen.contains(&normal(&profile.listed_as)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Content;
    use std::fmt::Write as _;

    fn sections(text: &str) -> Sections {
        let content = Content::new(text.as_bytes().to_vec(), &PROFILES_INI);
        super::sections(&content, &Place::default(), |value| value)
    }

    fn root(path: &str) -> Root {
        Root { path: path.to_owned(), name: String::new(), is_guess: false, is_left_over: false }
    }

    #[test]
    fn only_windows_knows_no_difference_of_case() {
        let list = sections(
            "[Profile0]\nIsRelative=1\nPath=P/Work\n[Profile1]\nIsRelative=1\nPath=p/work\n[Profile2]\nIsRelative=0\nPath=C:\\Mail\n[Install1]\nDefault=P/Work\n",
        );
        for (path, expected) in [
            (
                "~/.thunderbird",
                vec![("~/.thunderbird/P/Work", true), ("~/.thunderbird/p/work", false), ("c:/mail", false)],
            ),
            ("%APPDATA%\\Thunderbird", vec![("%appdata%/thunderbird/p/work", true), ("c:/mail", false)]),
        ] {
            let mut found = listed(&root(path), &list);
            mark_default(&mut found, &list, &Vec::new(), folds_case(path));
            let found: Vec<_> =
                found.iter().map(|p| (p.store.as_str(), p.is_default == Some(true))).collect();
            assert_eq!(found, expected, "{path}");
        }
    }

    #[test]
    fn thousands_of_sections_take_no_time() {
        let mut file = String::new();
        for n in 0..30_000 {
            writeln!(file, "[Profile{n}]\nIsRelative=1\nPath=p{n}\n[Install{n}]\nDefault=p{n}").unwrap();
        }
        let list = sections(&file);
        let started = std::time::Instant::now();
        let mut found = listed(&root("~/.thunderbird"), &list);
        mark_default(&mut found, &list, &Vec::new(), false);
        assert_eq!(found.len(), 30_000);
        assert!(found.iter().all(|profile| profile.is_default == Some(true)));
        assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
    }
}
