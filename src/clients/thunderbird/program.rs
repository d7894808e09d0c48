//! Which program used a profile, and in which version: some values mean something else from version to version.

use super::files::COMPATIBILITY_INI;
use super::settings::{COMPATIBILITY, LAST_APP, LAST_APP_VERSION, LAST_PLATFORM, LAST_VERSION, UI_VERSION};
use super::values::Values;
use crate::clients::look::Look;
use crate::clients::sections::sections;
use crate::clients::settings::Settings;
use crate::formats::facts::{Fact, Spelling, of_group};
use crate::formats::kinds;
use crate::model::Place;
use crate::source::{Content, Problem, User};

/// Programs that are known by name.
pub(super) const NAMES: [&str; 7] =
    ["Thunderbird", "SeaMonkey", "Postbox", "Betterbird", "Epyrus", "Interlink", "Icedove"];
/// Programs whose code base never got the engine of version 93; a conclusion from their code base.
const ONLY_OLD: [&str; 4] = ["SeaMonkey", "Postbox", "Epyrus", "Interlink"];

/// `mail.ui-rdf.version` from version 109 on (comm-central, MailMigrator).
const NEW_UI: i64 = 35;

/// Which code sends mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Engine {
    /// C++, up to version 92 (ESR 91), and all of SeaMonkey, Postbox and the UXP programs.
    Old,
    /// JavaScript, from version 93 (ESR 102) on.
    New,
    /// Can't be told.
    Unknown,
}

/// The first and the last main version of which a program may be.
pub(super) type Versions = (u32, u32);

/// Any version.
pub(super) const ALL_VERSIONS: Versions = (0, u32::MAX);
/// What behaves alike, the newest first: server.rs and graph.rs say where each border comes from.
const ALIKE: [Versions; 5] = [(132, u32::MAX), (94, 131), (93, 93), (87, 92), (0, 86)];

/// The program that used a profile last.
#[derive(Debug, Clone)]
pub(super) struct Program {
    /// Its name.
    pub(super) name: String,
    /// Its version as it writes it.
    pub(super) version: Option<String>,
    /// The folder that it ran from.
    pub(super) folder: Option<String>,
    /// Main and second number of the version.
    number: Option<(u32, u32)>,
    /// The number is one of several that it may be.
    is_assumed: bool,
    /// `mail.ui-rdf.version` shows a program that has the new engine.
    has_new_ui: bool,
    /// Where the version was looked up, and under which name.
    seen: (Settings, Fact),
}

impl Program {
    /// By compatibility.ini in the profile, else by what the add-on manager keeps in prefs.js (mozilla-central
    /// toolkit/mozapps/extensions, `PREF_EM_LAST_APP_VERSION`), else by the name of the root.
    pub(super) fn of(
        user: &User,
        folder: &str,
        root: &str,
        values: &Values,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let path = super::join(folder, COMPATIBILITY_INI.id);
        let content = user.read(&path, &COMPATIBILITY_INI).unwrap_or_else(|problem| {
            problems.push(problem);
            None
        });
        let settings =
            last_use(content.as_ref(), super::join(&user.place(folder), COMPATIBILITY_INI.id).into());
        let entry = |fact: &Fact| settings.peek_text(fact);
        let ran_from = entry(&LAST_PLATFORM).or_else(|| entry(&LAST_APP)).map(str::to_owned);
        let mut version = entry(&LAST_VERSION).and_then(|text| text.split('_').next()).map(str::to_owned);
        let mut seen = (settings, LAST_VERSION);
        if version.is_none()
            && let Some(text) = values.text(&LAST_APP_VERSION, "")
        {
            version = Some(text.to_owned());
            seen = (values.settings(&LAST_APP_VERSION, ""), LAST_APP_VERSION);
        }
        Self {
            name: ran_from.as_deref().and_then(known_name).unwrap_or(root).to_owned(),
            number: version.as_deref().and_then(number),
            is_assumed: false,
            version,
            folder: ran_from,
            has_new_ui: values
                .settings(&UI_VERSION, "")
                .peek_number(UI_VERSION)
                .is_some_and(|version| version >= NEW_UI),
            seen,
        }
    }

    /// Puts the look-up of the version into the evidence.
    pub(super) fn record(&self, look: &mut Look) {
        look.record(&self.seen.0, self.seen.1, None);
    }

    pub(super) fn engine(&self) -> Engine {
        match self.number {
            Some((93.., _)) => Engine::New,
            Some(_) => Engine::Old,
            None if self.has_new_ui => Engine::New,
            None if ONLY_OLD.contains(&self.name.as_str()) => Engine::Old,
            None => Engine::Unknown,
        }
    }

    /// True if the version is known and at least this.
    pub(super) fn is_from(&self, major: u32) -> bool {
        self.number.is_some_and(|number| number >= (major, 0))
    }

    /// True if the version is known.
    pub(super) fn is_dated(&self) -> bool {
        self.number.is_some() && !self.is_assumed
    }

    /// What it may be: itself, or one of each kind of versions that it may have.
    pub(super) fn possible(&self) -> Vec<(Versions, Self)> {
        let may_be = |(_, last): &Versions| match self.engine() {
            _ if self.number.is_some() => false,
            // 109 and later
            Engine::New => *last >= 109,
            Engine::Old => false,
            Engine::Unknown => true,
        };
        let list: Vec<(Versions, Self)> = ALIKE
            .iter()
            .filter(|versions| may_be(versions))
            .map(|versions| {
                let number = Some((if versions.1 == u32::MAX { versions.0 } else { versions.1 }, 0));
                (*versions, Self { number, is_assumed: true, ..self.clone() })
            })
            .collect();
        if list.is_empty() { vec![(ALL_VERSIONS, self.clone())] } else { list }
    }

    /// True for the program whose source the rules were read from, and builds of it.
    pub(super) fn is_thunderbird(&self) -> bool {
        ["Thunderbird", "Betterbird", "Icedove"].contains(&self.name.as_str())
    }
}

/// What compatibility.ini says.
fn last_use(content: Option<&Content>, place: Place) -> Settings {
    let sections = content.map(|content| sections(content, &place, |value| value)).unwrap_or_default();
    let found = sections.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(COMPATIBILITY));
    let facts = of_group(COMPATIBILITY_INI.groups, COMPATIBILITY);
    let settings =
        found.map_or_else(|| Settings::new(&place, facts, Spelling::AsIs), |(_, settings)| settings);
    Settings { place, ..settings }
}

/// The version in compatibility.ini as the program wrote it.
pub(super) fn last_version(content: Option<&Content>) -> Option<String> {
    last_use(content, Place::default()).peek_text(LAST_VERSION).map(str::to_owned)
}

/// The name of the program that a folder's path speaks of: the last one in it.
fn known_name(folder: &str) -> Option<&'static str> {
    let folder = folder.to_lowercase();
    NAMES
        .into_iter()
        .filter_map(|name| folder.rfind(&name.to_lowercase()).map(|at| (at, name)))
        .max()
        .map(|(_, name)| name)
}

/// The name for people of a program that keeps its profiles in this folder.
pub(super) fn name_of_root(folder: &str) -> String {
    if let Some(name) = known_name(folder) {
        return name.to_owned();
    }
    let mut characters = folder.trim_start_matches('.').chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string());
    kinds::name(&(first.unwrap_or_default() + characters.as_str()))
}

/// `153.7.0` → (153, 7); `93.0b1` → (93, 0)
fn number(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.trim().split('.').map(|part| {
        let digits = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
        part.get(..digits).and_then(|digits| digits.parse().ok())
    });
    Some((parts.next()??, parts.next().flatten().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_the_programs_write_them() {
        for (text, expected) in [
            ("153.7.0", Some((153, 7))),
            ("2.0.0.24", Some((2, 0))),
            ("3.1.20", Some((3, 1))),
            ("93.0b1", Some((93, 0))),
            ("91", Some((91, 0))),
            ("", None),
            ("x", None),
            ("99999999999.1", None),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
    }

    #[test]
    fn programs_are_known_by_their_folders() {
        for (folder, name) in [
            ("C:\\Program Files\\Mozilla Thunderbird", "Thunderbird"),
            ("C:\\Program Files\\Betterbird", "Betterbird"),
            ("/opt/thunderbird/betterbird", "Betterbird"),
            (".mozilla-thunderbird", "Thunderbird"),
            ("PostboxApp", "Postbox"),
            (".icedove", "Icedove"),
            ("seamonkey", "SeaMonkey"),
            (".hiyoko mail", "Hiyoko mail"),
        ] {
            assert_eq!(name_of_root(folder), name, "{folder}");
        }
    }
}
