//! The `.source` files of one folder, each with its groups.
//!
//! Format: wiki.gnome.org/Apps/Evolution/ESourceFileFormat; evolution-data-server, src/libedataserver/e-source.c.

use super::settings::{DATA_SOURCE, GOA, GROUPS, OF_MAIL, PARENT, SOURCE_FILE};
use crate::clients::key_file::groups_of;
use crate::clients::settings::Settings;
use crate::formats::facts::{Fact, Spelling, of_group};
use crate::formats::{key_file, kinds};
use crate::model::limits;
use crate::model::{Place, Text};
use crate::source::{Problem, User};
use std::collections::{BTreeMap, BTreeSet};

/// More files are not read: nobody has as many accounts, calendars and address books.
const MAX_SOURCES: usize = limits::RECORDS.count();
/// An account, its collection, and that of GNOME: what is above those decides nothing.
const MAX_LINE: usize = 16;
const ENDING: &str = SOURCE_FILE.id;

/// One file.
#[derive(Debug)]
pub(super) struct Source {
    /// Its name without the ending: what other files call it.
    pub(super) uid: String,
    /// The file as it is shown.
    pub(super) file: String,
    /// Lines that no key file holds: the program passes over such a file, and what is absent may be lost.
    pub(super) is_damaged: bool,
    groups: BTreeMap<String, Settings>,
}

/// The files of one folder that have to do with mail.
#[derive(Debug, Default)]
pub(super) struct Sources {
    known: BTreeMap<String, Source>,
    /// Files that are there but can't be read.
    unreadable: BTreeSet<String>,
    /// The files were named one by one: what they name may have stayed where they were taken from.
    pub(super) is_partial: bool,
}

/// What another file's name leads to.
pub(super) enum Named<'a> {
    /// A file that was read.
    Known(&'a Source),
    /// A file that is there but can't be read, or may be elsewhere.
    Unreadable,
    /// Nothing.
    Nothing,
}

impl Sources {
    /// The files of a folder; `None` if there is none.
    pub(super) fn of_folder(
        user: &User,
        folder: &str,
        problems: &mut Vec<Problem>,
    ) -> Result<Option<Self>, Problem> {
        let Some(entries) = user.list(folder)? else { return Ok(None) };
        let names = entries.into_iter().filter(|entry| entry.is_file).map(|entry| entry.name);
        let mut names: Vec<String> = names.filter(|name| name.ends_with(ENDING)).collect();
        if names.len() > MAX_SOURCES {
            names.truncate(MAX_SOURCES);
            problems.push(Problem::cut_short(user.place(folder), MAX_SOURCES, 1));
        }
        let mut sources = Self::default();
        for name in names {
            sources.read(user, folder, &name, problems);
        }
        Ok(Some(sources))
    }

    /// The files of the folder that holds files that PATH names, whatever those are called.
    pub(super) fn beside(
        user: &User,
        folder: &str,
        named: &BTreeSet<&str>,
        problems: &mut Vec<Problem>,
    ) -> Result<Self, Problem> {
        let mut sources = Self::of_folder(user, folder, problems)?.unwrap_or_default();
        for name in named.iter().filter(|name| !name.ends_with(ENDING)) {
            if matches!(sources.named(name), Named::Nothing) {
                sources.read(user, folder, name, problems);
            }
        }
        sources.is_partial = true;
        Ok(sources)
    }

    /// All files in the order of their names.
    pub(super) fn all(&self) -> impl Iterator<Item = &Source> {
        self.known.values()
    }

    /// What a name leads to.
    pub(super) fn named(&self, uid: &str) -> Named<'_> {
        match self.known.get(uid) {
            Some(source) => Named::Known(source),
            None if self.unreadable.contains(uid) || self.is_partial => Named::Unreadable,
            // A link that looked like a password did not come through the door.
            None if kinds::is_stand_in(uid) => Named::Unreadable,
            None => Named::Nothing,
        }
    }

    /// The file itself and those above it, as `Parent` names them; as far as any go that the programs write; each
    /// once, also where they name each other in turn.
    pub(super) fn with_parents<'a>(&'a self, source: &'a Source) -> Vec<&'a Source> {
        let mut line = vec![source];
        let mut last = source;
        while let Some(next) = last.peek(DATA_SOURCE, PARENT).and_then(|parent| self.known.get(parent)) {
            if line.len() == MAX_LINE || line.iter().any(|known| known.uid == next.uid) {
                break;
            }
            last = next;
            line.push(last);
        }
        line
    }

    fn read(&mut self, user: &User, folder: &str, name: &str, problems: &mut Vec<Problem>) {
        let path = format!("{folder}/{name}");
        let uid = uid_of(name).to_owned();
        let source = match user.read(&path, &SOURCE_FILE) {
            Ok(Some(content)) => Source::parse(uid.clone(), user.place(&path), &content.text()),
            Ok(None) => return,
            Err(problem) => Err(problem),
        };
        match source {
            Ok(source) => {
                if source.is_damaged && source.is_of_mail() {
                    let text = Text::fixed(
                        "キーファイルにない形の行があります",
                        "it has lines that no key file has",
                    );
                    problems.push(Problem::malformed(&source.file, &text));
                }
                self.known.insert(uid, source);
            }
            Err(problem) => {
                self.unreadable.insert(uid);
                problems.push(problem);
            }
        }
    }
}

impl Source {
    fn parse(uid: String, file: String, text: &str) -> Result<Self, Problem> {
        let groups = groups_of(text, GROUPS, |name| name == GOA, &Place::from(&file));
        if !groups.contains_key(DATA_SOURCE) {
            let text = Text::fixed("[Data Source] グループがありません", "there is no group [Data Source]");
            return Err(Problem::malformed(file, &text));
        }
        Ok(Self { uid, file, is_damaged: !text.lines().all(key_file::is_line), groups })
    }

    /// A group; empty if there is none.
    pub(super) fn group(&self, name: &str) -> Settings {
        let place = || Place::from(&self.file).section(name);
        let empty = || Settings::new(place(), of_group(GROUPS, name), Spelling::AsIs);
        self.groups.get(name).cloned().unwrap_or_else(empty)
    }

    /// A text of a group without a record of the look; empty counts as absent.
    pub(super) fn peek(&self, group: &str, name: Fact) -> Option<&str> {
        self.groups.get(group)?.peek_text(name)
    }

    /// True if there is such a group.
    pub(super) fn has(&self, group: &str) -> bool {
        self.groups.contains_key(group)
    }

    /// Address books, calendars and the like are nobody's business.
    fn is_of_mail(&self) -> bool {
        OF_MAIL.iter().any(|group| self.has(group))
    }
}

/// The name by which other files know a file.
pub(super) fn uid_of(name: &str) -> &str {
    name.strip_suffix(ENDING).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::super::settings::{DISPLAY_NAME, ENABLED, HOST, PORT_NUMBER};
    use super::*;

    fn source(text: &str) -> Result<Source, Problem> {
        Source::parse("a".to_owned(), "a.source".to_owned(), text)
    }

    #[test]
    fn groups_are_read_as_the_program_does() {
        let source = source(
            "\n# comment\n[Data Source]\nDisplayName=\\sA\\\\B\\n\n[Authentication]\nPort=25\nPort=26\n\
             [Data Source]\nEnabled=false\n[Authentication]\nHost=h\nRememberPassword=true\n",
        )
        .expect("source");
        assert_eq!(source.group("Data Source").get(DISPLAY_NAME).expect("name").shown, "A\\B");
        assert_eq!(source.group("Data Source").peek_text(ENABLED), Some("false"));
        assert_eq!(source.group("Authentication").peek_number(PORT_NUMBER), Some(26));
        assert_eq!(source.group("Authentication").peek_text(HOST), Some("h"));
        assert!(!source.is_damaged && !source.is_of_mail() && source.group("Security").entries.is_empty());
    }

    #[test]
    fn damage_is_seen() {
        assert!(source("").is_err() && source("[Mail Account]\nBackendName=pop\n").is_err());
        for line in ["noise", "=x", "[Mail Acc", "; no comment"] {
            assert!(source(&format!("[Data Source]\n{line}\n")).expect("source").is_damaged, "{line}");
        }
    }
}
