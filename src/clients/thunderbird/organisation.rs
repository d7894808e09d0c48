//! What the program's folder orders: defaults and AutoConfig. The organisation's policies: policies.rs.

use super::files::{DEFAULTS, FAILOVER, MOZILLA_CFG};
use super::join;
use super::mozilla_cfg::{self, Script};
use super::pref::Pref;
use super::prefs_js;
use super::profiles::Profile;
use super::program::Program;
use super::settings::{CONFIG_FILE, GLOBAL_CONFIG, OF_MAIL, RAISED_BY};
use super::values::{Kind, Order, Values};
use crate::formats::facts::Fact;
use crate::model::{IssueKind, Note, Text};
use crate::source::rules::{Content, FileRule};
use crate::source::{Problem, User};
use std::rc::Rc;

/// Where the program is installed when the profile does not say. On Linux distributions choose.
const USUAL_FOLDERS: [&str; 6] = [
    r"%PROGRAMFILES%\Mozilla Thunderbird",
    r"%PROGRAMFILES(X86)%\Mozilla Thunderbird",
    "/Applications/Thunderbird.app/Contents/Resources",
    "/usr/lib/thunderbird",
    "/usr/lib64/thunderbird",
    "/opt/thunderbird",
];
/// Linux: defaults outside of the program's folder (mozilla-central nsXREDirProvider, `SysConfD`; Debian's package).
const SYSTEM_DEFAULTS: [&str; 2] = ["/etc/thunderbird/pref", "/etc/thunderbird/defaults/pref"];
/// Linux: where an AutoConfig file is looked for that is not in the program's folder (nsReadConfig.cpp; tried with
/// Thunderbird 153).
const SYSTEM_AUTOCONFIG: &str = "/etc/thunderbird";
/// More files of defaults than this are not read.
const MAX_DEFAULTS: usize = 50;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Organisation {
    /// In the order in which they take effect.
    pub(super) orders: Vec<Order>,
    /// The choices that they hang on, by the numbers of their options.
    pub(super) choices: Vec<usize>,
    /// A script has too many conditions to tell anything by.
    pub(super) is_too_open: bool,
    /// AutoConfig files with values or conditions that can't be worked out, or that fetch more from a server.
    pub(super) scripts: Vec<String>,
    /// Whether the program is on the computer, where its disk is at hand.
    pub(super) installed: Option<bool>,
}

impl Organisation {
    /// What can't be told.
    pub(super) fn notes(&self) -> Vec<Note> {
        let note = |place: &String| {
            Note::Other(
                "autoconfig-script",
                Text::new(
                    format!(
                        "管理者の設定ファイル ({place}) に、計算や条件によって、または設定サーバーから取得して値を決める箇所があり、その結果は読み取れません。実際の値は画面で確認してください。"
                    ),
                    format!(
                        "The administrator's file ({place}) computes some values, sets them under conditions or fetches them from a server, which can't be worked out: compare with the dialog."
                    ),
                ),
            )
        };
        self.scripts.iter().map(note).collect()
    }
}

/// What holds for a profile of a program.
pub(super) fn read(
    user: &User,
    profile: &Profile,
    program: &Program,
    values: &Values,
    problems: &mut Vec<Problem>,
) -> Organisation {
    let mut reader = Reader { user, problems, found: Organisation::default() };
    let folder = reader.find_folder(program);
    if let Some(folder) = &folder {
        reader.read_folder(folder, program);
        reader.read_autoconfig(folder, profile, program, values);
    }
    if program.is_thunderbird() {
        reader.read_policies(folder.as_deref());
    }
    reader.found
}

pub(super) struct Reader<'a> {
    pub(super) user: &'a User,
    pub(super) problems: &'a mut Vec<Problem>,
    pub(super) found: Organisation,
}

impl Reader<'_> {
    /// A disk that is not at hand is no problem: whatever is forced there can't be known, as with any lone profile.
    pub(super) fn at_hand<T>(&mut self, answer: Result<Option<T>, Problem>) -> Option<T> {
        answer.unwrap_or_else(|problem| {
            if problem.kind != IssueKind::Outside {
                self.problems.push(problem);
            }
            None
        })
    }

    fn is_folder(&mut self, path: &str) -> bool {
        let list = self.user.list(path);
        self.at_hand(list).is_some()
    }

    /// The folder that the profile names, else the first usual one.
    fn find_folder(&mut self, program: &Program) -> Option<String> {
        let named = program.folder.clone();
        if let Some(named) = named.as_ref().filter(|named| self.is_folder(named)) {
            self.found.installed = Some(true);
            return Some(named.clone());
        }
        let usual = if program.is_thunderbird() { &USUAL_FOLDERS[..] } else { &[] };
        let folder = usual.iter().find(|folder| self.is_folder(folder)).map(|folder| (*folder).to_owned());
        self.found.installed = match (&folder, named) {
            (Some(_), _) => Some(true),
            // Elsewhere the folder's name changes with each version (snap, Nix, Microsoft Store).
            (None, Some(named)) if has_lasting_place(&named) && self.is_folder("%SYSTEMDRIVE%\\") => {
                matches!(self.user.list(&named), Ok(None)).then_some(false)
            }
            _ => None,
        };
        folder
    }

    fn read_folder(&mut self, folder: &str, program: &Program) {
        self.read_defaults(&join(folder, "defaults/pref"));
        if program.is_thunderbird() {
            for place in SYSTEM_DEFAULTS {
                self.read_defaults(place);
            }
        }
    }

    /// The defaults in a folder. The last file in alphabetical order is read first, so that the first wins
    /// (mozilla-central Preferences.cpp, `pref_LoadPrefsInDir`).
    fn read_defaults(&mut self, folder: &str) {
        let list = self.user.list(folder);
        let Some(entries) = self.at_hand(list) else { return };
        let is_script = |name: &str| name.rsplit_once('.').is_some_and(|(_, end)| end == "js");
        for entry in entries.iter().rev().filter(|e| e.is_file && is_script(&e.name)).take(MAX_DEFAULTS) {
            let path = join(folder, &entry.name);
            let Some(bytes) = self.read(&path, &DEFAULTS) else { continue };
            let place: Rc<str> = self.user.place(&path).into();
            let prefs = prefs_js::parse(&bytes);
            self.found.orders.extend(prefs.defaults.into_iter().map(|(name, value)| Order {
                kind: Kind::Default,
                name,
                value: Some(value),
                place: Rc::clone(&place),
                by_policy: false,
                when: Vec::new(),
            }));
        }
    }

    /// The AutoConfig file that the defaults name (mozilla-central extensions/pref/autoconfig/src/nsReadConfig.cpp).
    fn read_autoconfig(&mut self, folder: &str, profile: &Profile, program: &Program, values: &Values) {
        let Some(Pref::Text(name)) = self.ordered(&CONFIG_FILE).cloned() else { return };
        let raised_by = match self.ordered(&RAISED_BY) {
            Some(Pref::Number(number)) => *number,
            // greprefs.js gives 13, Thunderbird's own all-thunderbird.js 0, SeaMonkey's defaults nothing.
            _ if program.name == "SeaMonkey" => 13,
            _ => 0,
        };
        let mut path = join(folder, &name);
        let mut content = self.read(&path, &MOZILLA_CFG);
        if content.is_none() && program.is_thunderbird() {
            path = join(SYSTEM_AUTOCONFIG, &name);
            content = self.read(&path, &MOZILLA_CFG);
        }
        let Some(bytes) = content else { return };
        self.take_script(&path, mozilla_cfg::parse(&mozilla_cfg::plain(&bytes, raised_by)));
        let url = match self.ordered(&GLOBAL_CONFIG) {
            Some(Pref::Text(url)) => Some(url.as_str()),
            _ => values.text(&GLOBAL_CONFIG, ""),
        };
        if url.is_none_or(|url| url.trim().is_empty()) {
            return;
        }
        // What was fetched last.
        let kept = join(&profile.folder, FAILOVER.id);
        match self.read(&kept, &FAILOVER) {
            Some(bytes) => self.take_script(&kept, mozilla_cfg::parse_download(&bytes)),
            None => self.found.scripts.push(self.user.place(&path)),
        }
    }

    /// The value that the last order so far gives to a setting.
    fn ordered(&self, fact: &Fact) -> Option<&Pref> {
        self.found.orders.iter().rfind(|order| order.name == fact.name)?.value.as_ref()
    }

    fn take_script(&mut self, path: &str, script: Script) {
        let place: Rc<str> = self.user.place(path).into();
        if script.unread > 0
            || script.is_too_open
            || script.calls.iter().any(|call| !call.when.is_empty() && call.name.starts_with(OF_MAIL))
        {
            self.found.scripts.push(place.to_string());
        }
        self.found.is_too_open |= script.is_too_open;
        let known = self.found.choices.len();
        self.found.choices.extend(script.choices);
        for mut call in script.calls {
            call.when.iter_mut().for_each(|when| when.choice += known);
            self.found.orders.push(Order::of(call, &place, false));
        }
    }

    pub(super) fn read(&mut self, path: &str, rule: &'static FileRule) -> Option<Content> {
        let content = self.user.read(path, rule);
        self.at_hand(content)
    }
}

fn has_lasting_place(folder: &str) -> bool {
    let folder = folder.to_lowercase();
    (folder.get(1..2) == Some(":") && !folder.contains("\\windowsapps\\"))
        || folder.starts_with("/applications/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_some_folders_tell_by_their_absence() {
        for (folder, lasting) in [
            ("C:\\Program Files\\Mozilla Thunderbird", true),
            ("/Applications/Thunderbird.app/Contents/Resources", true),
            (
                "C:\\Program Files\\WindowsApps\\MozillaThunderbird.MZLA_140.0.0.0_x64__h5892qc0xkpca\\VFS",
                false,
            ),
            ("/snap/thunderbird/712/usr/lib/thunderbird", false),
            ("/nix/store/abc-thunderbird/lib/thunderbird", false),
        ] {
            assert_eq!(has_lasting_place(folder), lasting, "{folder}");
        }
    }
}
