//! profiles.ini and the folders beside it → profiles.

use super::join;
use super::places::{Root, folds_case, last_part, normal};
use crate::formats::encodings::decode;
use crate::formats::ini::{self, Ini, Section};
use crate::model::{InUse, IssueKind, Text};
use crate::source::rules::UNLISTED;
use crate::source::{Problem, User};
use std::collections::HashSet;

/// More profiles are not looked at: nobody has as many.
const MAX_PROFILES: usize = 500;

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
    let mut read = |name: &str| match user.read(&join(&root.path, name), &UNLISTED) {
        Ok(content) => content.map(|bytes| (ini::parse(&decode(&bytes)), bytes.is_empty())),
        Err(problem) => {
            problems.push(problem);
            None
        }
    };
    let list = read("profiles.ini");
    let installs = read("installs.ini").map(|(installs, _)| installs);
    if let Some((list, is_empty)) = &list
        && !is_empty
        && list.sections().next().is_none()
    {
        let place = user.place(&join(&root.path, "profiles.ini"));
        problems.push(Problem::malformed(place, &Text::fixed("セクションがありません", "it has no section")));
    }
    let list = list.map(|(list, _)| list).unwrap_or_default();
    let mut found = listed(root, &list);
    let folds = folds_case(&root.path);
    mark_default(&mut found, &list, installs.as_ref(), folds);
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
                name: Some(entry.name),
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
fn listed(root: &Root, list: &Ini) -> Vec<Profile> {
    let mut found = Vec::new();
    let mut known = HashSet::new();
    let folds = folds_case(&root.path);
    for section in list.sections().filter(|section| has_prefix(&section.name, "Profile")) {
        let Some(path) = section.text("Path").filter(|path| !path.is_empty()) else { continue };
        if !known.insert(normal(path, folds)) {
            continue;
        }
        let is_relative = match section.text("IsRelative") {
            Some(flag) => flag != "0",
            None => !path.starts_with('/') && path.get(1..2) != Some(":"),
        };
        let folder = if is_relative { join(&root.path, path) } else { path.to_owned() };
        let name = section.text("Name").filter(|name| !name.is_empty()).unwrap_or(last_part(path));
        found.push(Profile {
            store: normal(&folder, if is_relative { folds } else { folds_case(path) }),
            folder,
            name: Some(name.to_owned()),
            in_use: InUse::Yes,
            is_default: None,
            listed_as: path.to_owned(),
        });
    }
    found
}

fn has_prefix(name: &str, prefix: &str) -> bool {
    name.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix))
}

/// Since version 67 an installation names its profile, in profiles.ini and, as a copy, in installs.ini; before, and in
/// a snap, `Default=1` does (nsToolkitProfileService.cpp). A profile that is alone is the default.
fn mark_default(found: &mut [Profile], list: &Ini, installs: Option<&Ini>, folds: bool) {
    let normal = |path: &str| normal(path, folds);
    let defaults = |sections: Vec<&Section>| -> Vec<String> {
        sections.into_iter().filter_map(|section| section.text("Default")).map(normal).collect()
    };
    let mut chosen =
        defaults(list.sections().filter(|section| has_prefix(&section.name, "Install")).collect());
    if chosen.is_empty() {
        chosen = defaults(installs.into_iter().flat_map(Ini::sections).collect());
    }
    if chosen.is_empty() {
        let is_marked = |section: &&Section| section.text("Default") == Some("1");
        let marked = list.sections().filter(|section| has_prefix(&section.name, "Profile")).filter(is_marked);
        chosen = marked.filter_map(|section| section.text("Path")).map(normal).collect();
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
    use std::fmt::Write as _;

    fn root(path: &str) -> Root {
        Root { path: path.to_owned(), name: String::new(), is_guess: false, is_left_over: false }
    }

    #[test]
    fn only_windows_knows_no_difference_of_case() {
        let list = ini::parse(
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
            mark_default(&mut found, &list, None, folds_case(path));
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
        let list = ini::parse(&file);
        let started = std::time::Instant::now();
        let mut found = listed(&root("~/.thunderbird"), &list);
        mark_default(&mut found, &list, None, false);
        assert_eq!(found.len(), 30_000);
        assert!(found.iter().all(|profile| profile.is_default == Some(true)));
        assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
    }
}
