//! The organisation's policies: registry, macOS preferences, policies.json → orders.

use super::join;
use super::organisation::Reader;
use super::values::{Kind, Order};
use crate::formats::encodings::decode;
use crate::formats::plist::{self, Tree};
use crate::formats::prefs_js::Pref;
use crate::model::{IssueKind, Text};
use crate::source::Problem;
use crate::source::registry::{Key, Value as RegistryValue};
use crate::source::rules::{UNLISTED, UNLISTED_KEY};
use serde_json::{Map, Value};
use std::rc::Rc;

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

impl Reader<'_> {
    /// The first source that sets the policy `Preferences` decides alone.
    pub(super) fn read_policies(&mut self, folder: Option<&str>) {
        let policy = REGISTRY
            .iter()
            .find_map(|path| self.ask_registry(path))
            .or_else(|| PROPERTY_LISTS.iter().find_map(|path| self.ask_plist(path)))
            .or_else(|| self.ask_files(folder));
        if let Some((place, preferences)) = policy {
            self.found.orders.extend(orders(&preferences, &place.into()));
        }
    }

    fn ask_registry(&mut self, path: &str) -> Option<(String, Map<String, Value>)> {
        let key = self.user.key(path, &UNLISTED_KEY);
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

    /// The file below /etc decides by being there, whatever is in it (`_getLocalConfigurationFile`).
    fn ask_files(&mut self, folder: Option<&str>) -> Option<(String, Map<String, Value>)> {
        let system = self.user.read(SYSTEM_POLICIES, &UNLISTED);
        let is_there = match &system {
            Ok(content) => content.is_some(),
            Err(problem) => problem.kind != IssueKind::Outside,
        };
        let (path, bytes) = if is_there {
            (SYSTEM_POLICIES.to_owned(), self.at_hand(system)?)
        } else {
            let path = join(folder?, "distribution/policies.json");
            let bytes = self.read(&path)?;
            (path, bytes)
        };
        let place = self.user.place(&path);
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
            by_policy: true,
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
}
