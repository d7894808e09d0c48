//! What the program's folder and the organisation's policies order: defaults, AutoConfig, policies.json, the registry.

use super::join;
use super::program::Program;
use super::values::{Kind, Order};
use crate::formats::encodings::decode;
use crate::formats::prefs_js::{self, Pref};
use crate::formats::{autoconfig, plist};
use crate::model::{IssueKind, Text};
use crate::source::registry::{Key, Value as RegistryValue};
use crate::source::{Problem, User};
use plist::Tree;
use serde_json::{Map, Value};
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
/// Linux: goes before the file in the program's folder (mozilla-central EnterprisePoliciesParent, JSONPoliciesProvider).
const SYSTEM_POLICIES: &str = "/etc/thunderbird/policies/policies.json";
/// Windows: the computer's policy replaces the user's, both replace policies.json (EnterprisePoliciesParent; the key:
/// thunderbird/policy-templates).
const REGISTRY: [&str; 2] =
    [r"HKLM\SOFTWARE\Policies\Mozilla\Thunderbird", r"HKCU\SOFTWARE\Policies\Mozilla\Thunderbird"];
/// macOS: policies count if `EnterprisePoliciesEnabled` is set (thunderbird/policy-templates).
const PROPERTY_LISTS: [&str; 2] = [
    "/Library/Managed Preferences/org.mozilla.thunderbird.plist",
    "/Library/Preferences/org.mozilla.thunderbird.plist",
];
/// More files of defaults than this are not read.
const MAX_DEFAULTS: usize = 50;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Organisation {
    /// In the order in which they take effect.
    pub(super) orders: Vec<Order>,
    /// AutoConfig files that compute values, so that they can't be read.
    pub(super) scripts: Vec<String>,
    /// Whether the program is on the computer, where its disk is at hand.
    pub(super) installed: Option<bool>,
}

/// What holds for the profiles of a program.
pub(super) fn read(user: &User, program: &Program, problems: &mut Vec<Problem>) -> Organisation {
    let mut reader = Reader { user, problems, found: Organisation::default() };
    let folder = reader.find_folder(program);
    if let Some(folder) = &folder {
        reader.read_folder(folder, program);
    }
    if program.is_thunderbird() {
        reader.read_policies(folder.as_deref());
    }
    reader.found
}

struct Reader<'a> {
    user: &'a User,
    problems: &'a mut Vec<Problem>,
    found: Organisation,
}

impl Reader<'_> {
    /// A disk that is not at hand is no problem: whatever is forced there can't be known, as with any lone profile.
    fn at_hand<T>(&mut self, answer: Result<Option<T>, Problem>) -> Option<T> {
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
        let mut config = self.read_defaults(&join(folder, "defaults/pref"));
        if program.is_thunderbird() {
            for place in SYSTEM_DEFAULTS {
                config = self.read_defaults(place).or(config);
            }
        }
        let Some(name) = config else { return };
        let path = join(folder, &name);
        let Some(bytes) = self.read(&path) else { return };
        let place: Rc<str> = self.user.place(&path).into();
        let script = autoconfig::parse(&bytes);
        if script.unread > 0 {
            self.found.scripts.push(place.to_string());
        }
        self.found.orders.extend(script.calls.into_iter().map(|call| Order {
            kind: match call.kind {
                autoconfig::CallKind::Default => Kind::Default,
                autoconfig::CallKind::User => Kind::User,
                autoconfig::CallKind::Lock => Kind::Lock,
            },
            name: call.name,
            value: Some(call.value),
            place: Rc::clone(&place),
        }));
    }

    /// The defaults in a folder, and the name of the AutoConfig file if they give one. The last file in alphabetical
    /// order is read first, so that the first wins (mozilla-central Preferences.cpp, `pref_LoadPrefsInDir`).
    fn read_defaults(&mut self, folder: &str) -> Option<String> {
        let list = self.user.list(folder);
        let entries = self.at_hand(list)?;
        let mut config = None;
        let is_script = |name: &str| name.rsplit_once('.').is_some_and(|(_, end)| end == "js");
        for entry in entries.iter().rev().filter(|e| !e.is_folder && is_script(&e.name)).take(MAX_DEFAULTS) {
            let path = join(folder, &entry.name);
            let Some(bytes) = self.read(&path) else { continue };
            let place: Rc<str> = self.user.place(&path).into();
            let prefs = prefs_js::parse(&bytes);
            let named = match prefs.defaults.get("general.config.filename") {
                Some(Pref::Text(name)) => Some(name.clone()),
                _ => None,
            };
            config = named.or(config);
            self.found.orders.extend(prefs.defaults.into_iter().map(|(name, value)| Order {
                kind: Kind::Default,
                name,
                value: Some(value),
                place: Rc::clone(&place),
            }));
        }
        config
    }

    fn read(&mut self, path: &str) -> Option<Vec<u8>> {
        let content = self.user.read(path);
        self.at_hand(content)
    }

    /// The first source that sets the policy `Preferences` decides alone.
    fn read_policies(&mut self, folder: Option<&str>) {
        let policy = REGISTRY
            .iter()
            .find_map(|path| self.ask_registry(path))
            .or_else(|| PROPERTY_LISTS.iter().find_map(|path| self.ask_plist(path)))
            .or_else(|| self.ask_json(SYSTEM_POLICIES))
            .or_else(|| self.ask_json(&join(folder?, "distribution/policies.json")));
        if let Some((place, preferences)) = policy {
            self.found.orders.extend(orders(&preferences, &place.into()));
        }
    }

    fn ask_registry(&mut self, path: &str) -> Option<(String, Map<String, Value>)> {
        let key = self.user.key(path);
        let Value::Object(mut policies) = from_key(&self.at_hand(key)?) else { return None };
        let preferences = match policies.remove("Preferences")? {
            Value::String(text) => self.parse_json(&text, path)?,
            other => other,
        };
        Some((format!("{path}\\Preferences"), object(preferences)?))
    }

    fn ask_plist(&mut self, path: &str) -> Option<(String, Map<String, Value>)> {
        let bytes = self.read(path)?;
        let tree = plist::parse(&bytes).ok()?;
        tree.get("EnterprisePoliciesEnabled").and_then(Tree::apple_bool).filter(|enabled| *enabled)?;
        Some((self.user.place(path), object(from_tree(tree.get("Preferences")?))?))
    }

    fn ask_json(&mut self, path: &str) -> Option<(String, Map<String, Value>)> {
        let bytes = self.read(path)?;
        let place = self.user.place(path);
        let file = self.parse_json(&decode(&bytes), &place)?;
        Some((place, object(file.get("policies")?.get("Preferences")?.clone())?))
    }

    fn parse_json(&mut self, text: &str, place: &str) -> Option<Value> {
        let parsed = serde_json::from_str(text).ok();
        if parsed.is_none() {
            let detail = Text::fixed("JSON として読めないポリシーです", "a policy that is no valid JSON");
            self.problems.push(Problem::malformed(place, &detail));
        }
        parsed
    }
}

fn has_lasting_place(folder: &str) -> bool {
    let folder = folder.to_lowercase();
    (folder.get(1..2) == Some(":") && !folder.contains("\\windowsapps\\"))
        || folder.starts_with("/applications/")
}

fn object(value: Value) -> Option<Map<String, Value>> {
    if let Value::Object(map) = value { Some(map) } else { None }
}

/// `{"name": {"Value": …, "Status": "locked"}}`; before version 78 `{"name": value}`, which locks (comm-central
/// mail/components/enterprisepolicies/Policies.sys.mjs, `Preferences`).
fn orders(preferences: &Map<String, Value>, place: &Rc<str>) -> Vec<Order> {
    let order = |(name, setting): (&String, &Value)| {
        let (kind, value) = match setting {
            Value::Object(setting) => {
                let kind = match setting.get("Status").and_then(Value::as_str) {
                    Some("locked") => Kind::Lock,
                    Some("user") => Kind::User,
                    Some("clear") => Kind::Clear,
                    _ => Kind::Default,
                };
                (kind, setting.get("Value"))
            }
            value => (Kind::Lock, Some(value)),
        };
        let value = value.filter(|_| kind != Kind::Clear).and_then(pref);
        (value.is_some() || kind == Kind::Clear).then(|| Order {
            kind,
            value: value.map(|value| value.unless_secret(name)),
            name: name.clone(),
            place: Rc::clone(place),
        })
    };
    preferences.iter().filter_map(order).collect()
}

fn pref(value: &Value) -> Option<Pref> {
    match value {
        Value::Bool(flag) => Some(Pref::Bool(*flag)),
        Value::Number(number) => number.as_i64().and_then(|n| i32::try_from(n).ok()).map(Pref::Number),
        Value::String(text) => Some(Pref::Text(text.clone())),
        _ => None,
    }
}

/// A registry key as Thunderbird's policy reader sees it (mozilla-central WindowsGPOParser).
fn from_key(key: &Key) -> Value {
    let mut map = Map::new();
    for (name, value) in &key.values {
        let value = match value {
            RegistryValue::Text(text) => Value::from(text.as_str()),
            RegistryValue::Texts(lines) => Value::from(lines.join("\n")),
            RegistryValue::Number(number) => Value::from(*number),
            _ => continue,
        };
        map.insert(name.clone(), value);
    }
    map.extend(key.subkeys.iter().map(|sub| (sub.name().to_owned(), from_key(sub))));
    Value::Object(map)
}

fn from_tree(tree: &Tree) -> Value {
    match tree {
        Tree::Text(text) => Value::from(text.as_str()),
        Tree::Bool(flag) => Value::from(*flag),
        Tree::Integer(number) => Value::from(*number),
        Tree::Dict(entries) => {
            Value::Object(entries.iter().map(|(name, value)| (name.clone(), from_tree(value))).collect())
        }
        _ => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_of_a_preference_is_understood() {
        let policy: Value = serde_json::from_str(
            r#"{"a": {"Value": 1, "Status": "locked"}, "b": {"Value": true, "Status": "user"}, "c": {"Status": "clear"},
                "d": {"Value": "x"}, "e": 5, "f": {"Status": "locked"}, "g": {"Value": 1.5, "Status": "locked"},
                "mail.x.password": {"Value": "TOPSECRET", "Status": "locked"}}"#,
        )
        .unwrap();
        let found = orders(&object(policy).unwrap(), &"p".into());
        let found: Vec<_> = found.into_iter().map(|o| (o.kind, o.name, o.value)).collect();
        assert_eq!(
            found,
            [
                (Kind::Lock, "a".to_owned(), Some(Pref::Number(1))),
                (Kind::User, "b".to_owned(), Some(Pref::Bool(true))),
                (Kind::Clear, "c".to_owned(), None),
                (Kind::Default, "d".to_owned(), Some(Pref::Text("x".into()))),
                (Kind::Lock, "e".to_owned(), Some(Pref::Number(5))),
                (Kind::Lock, "mail.x.password".to_owned(), Some(Pref::Secret)),
            ]
        );
    }

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
