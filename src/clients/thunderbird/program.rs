//! Which program used a profile, and in which version: some values mean something else from version to version.

use super::values::Values;
use crate::clients::look::Look;
use crate::clients::settings::{Setting, Settings};
use crate::formats::encodings::decode;
use crate::formats::ini;
use crate::source::rules::UNLISTED;
use crate::source::{Problem, User};

/// Programs that are known by name.
const NAMES: [&str; 7] =
    ["Thunderbird", "SeaMonkey", "Postbox", "Betterbird", "Epyrus", "Interlink", "Icedove"];
/// Programs whose code base never got the engine of version 93; a conclusion from their code base.
const ONLY_OLD: [&str; 4] = ["SeaMonkey", "Postbox", "Epyrus", "Interlink"];

/// The file in a profile that says which program used it last.
pub(super) const COMPATIBILITY: &str = "compatibility.ini";

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

/// The program that used a profile last.
#[derive(Debug)]
pub(super) struct Program {
    /// Its name.
    pub(super) name: String,
    /// Its version as it writes it.
    pub(super) version: Option<String>,
    /// The folder that it ran from.
    pub(super) folder: Option<String>,
    /// Main and second number of the version.
    number: Option<(u32, u32)>,
    /// `mail.ui-rdf.version` shows a program that has the new engine.
    has_new_ui: bool,
    /// Where the version was looked up, and under which name.
    seen: (Settings, &'static str),
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
        const PREF: &str = "extensions.lastAppVersion";
        let path = super::join(folder, COMPATIBILITY);
        let content = user.read(&path, &UNLISTED).unwrap_or_else(|problem| {
            problems.push(problem);
            None
        });
        let file = ini::parse(&decode(&content.unwrap_or_default()));
        let entry = |key| file.section("Compatibility").and_then(|section| section.text(key));
        let mut version = entry("LastVersion").and_then(|text| text.split('_').next()).map(str::to_owned);
        let entries =
            entry("LastVersion").map(|text| Setting::text("LastVersion", text)).into_iter().collect();
        let mut seen = (
            Settings {
                place: super::join(&user.place(folder), COMPATIBILITY).into(),
                entries,
                ..Settings::default()
            },
            "LastVersion",
        );
        if version.is_none() && values.text(PREF).is_some() {
            version = values.text(PREF).map(str::to_owned);
            seen = (values.as_text(PREF), PREF);
        }
        let ran_from = entry("LastPlatformDir").or_else(|| entry("LastAppDir")).map(str::to_owned);
        Self {
            name: ran_from.as_deref().and_then(known_name).unwrap_or(root).to_owned(),
            number: version.as_deref().and_then(number),
            version,
            folder: ran_from,
            // 35 came with version 109 (comm-central, MailMigrator)
            has_new_ui: values
                .as_number("mail.ui-rdf.version")
                .peek_number("mail.ui-rdf.version")
                .is_some_and(|ui| ui >= 35),
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
        self.number.is_some()
    }

    /// True for the program whose source the rules were read from, and builds of it.
    pub(super) fn is_thunderbird(&self) -> bool {
        ["Thunderbird", "Betterbird", "Icedove"].contains(&self.name.as_str())
    }
}

/// The version in the bytes of compatibility.ini.
pub(super) fn last_version(bytes: &[u8]) -> Option<String> {
    let file = ini::parse(&decode(bytes));
    file.section("Compatibility")?.text("LastVersion").map(str::to_owned)
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
    first.unwrap_or_default() + characters.as_str()
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
