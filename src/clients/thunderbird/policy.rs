//! The policy `Preferences` in its three forms (JSON, registry key, property list): to the settings that a row knows, and
//! back to what `collect` writes.

use super::mozilla_cfg::{Call, CallKind};
use super::pref::{Pref, Raw, known};
use super::settings::{ENABLED, PREFERENCES, STATUS, VALUE};
use crate::formats::encodings::decode;
use crate::formats::plist::{self, Tree};
use crate::source::Content;
use crate::source::registry::{Key, Value as RegistryValue};
use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// The part of policies.json that holds the policies.
const POLICIES: &str = "policies";
/// What happens to a setting; any other word is the first.
const STATUSES: [(&str, CallKind); 4] = [
    ("default", CallKind::Default),
    ("locked", CallKind::Lock),
    ("user", CallKind::User),
    ("clear", CallKind::Clear),
];

/// `{"name": {"Value": …, "Status": "locked"}}`; before version 78 `{"name": value}`, which locks (comm-central
/// mail/components/enterprisepolicies/Policies.sys.mjs, `Preferences`). Policies do the same as calls of a script.
pub(super) fn calls(preferences: &Value) -> Option<Vec<Call>> {
    let Value::Object(preferences) = preferences else { return None };
    let call = |(name, setting): (&String, &Value)| {
        let (fact, name) = known(name)?;
        let (kind, value) = match setting {
            Value::Object(setting) => {
                let status = setting.get(STATUS.name).and_then(Value::as_str).unwrap_or_default();
                let kind = STATUSES.iter().find(|(word, _)| *word == status);
                (kind.map_or(CallKind::Default, |(_, kind)| *kind), setting.get(VALUE.name))
            }
            value => (CallKind::Lock, Some(value)),
        };
        let value = value.filter(|_| kind != CallKind::Clear).and_then(raw);
        let value = value.map(|value| Pref::kept(fact, &name, &value));
        (value.is_some() || kind == CallKind::Clear).then_some(Call { kind, name, value, when: Vec::new() })
    };
    Some(preferences.iter().filter_map(call).collect())
}

fn raw(value: &Value) -> Option<Raw<'_>> {
    match value {
        Value::Bool(flag) => Some(Raw::Bool(*flag)),
        Value::Number(number) => number.as_i64().and_then(|n| i32::try_from(n).ok()).map(Raw::Number),
        Value::String(text) => Some(Raw::Text(Cow::Borrowed(text))),
        _ => None,
    }
}

/// The policy in policies.json.
pub(super) fn of_json(file: &Value) -> Option<&Value> {
    file.get(POLICIES)?.get(PREFERENCES.name)
}

/// The policy in the registry, as Thunderbird's policy reader sees it (mozilla-central WindowsGPOParser): a text of JSON,
/// or the settings as values and keys.
pub(super) fn of_key(key: &Key) -> Option<Value> {
    from_key(key).get_mut(PREFERENCES.name).map(Value::take)
}

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

/// The policy in a property list, which says itself whether it counts.
pub(super) fn of_plist(tree: &Tree) -> Option<Value> {
    tree.get(ENABLED.name).and_then(Tree::apple_bool).filter(|enabled| *enabled)?;
    tree.get(PREFERENCES.name).map(from_tree)
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

/// A collected policies.json; `None` if it is no JSON.
pub(super) fn copy_json(content: &Content, _: usize) -> Option<String> {
    let file: Value = serde_json::from_str(&decode(content)).ok()?;
    let policies = of_json(&file).map_or(json!({}), |policy| json!({ PREFERENCES.name: written(policy) }));
    Some(json!({ POLICIES: policies }).to_string())
}

/// A collected property list; `None` if it is none.
pub(super) fn copy_plist(content: &Content, _: usize) -> Option<String> {
    let tree = plist::parse(content).ok()?;
    let mut file = ::plist::Dictionary::new();
    if let Some(policy) = of_plist(&tree) {
        file.insert(ENABLED.name.to_owned(), true.into());
        file.insert(PREFERENCES.name.to_owned(), to_plist(&written(&policy)));
    }
    let mut bytes = Vec::new();
    ::plist::Value::from(file).to_writer_xml(&mut bytes).ok()?;
    String::from_utf8(bytes).ok()
}

fn to_plist(value: &Value) -> ::plist::Value {
    match value {
        Value::Bool(flag) => (*flag).into(),
        Value::Number(number) => number.as_i64().unwrap_or_default().into(),
        Value::String(text) => text.as_str().into(),
        Value::Object(map) => {
            let entries = map.iter().map(|(name, value)| (name.clone(), to_plist(value)));
            entries.collect::<::plist::Dictionary>().into()
        }
        // No dictionary: the policy is there and says nothing.
        _ => "".into(),
    }
}

/// A collected key. What is no policy stays behind; a text that is no JSON becomes another that is none.
pub(super) fn copy_key(key: &Key) -> Key {
    let mut copy = Key { path: key.path.clone(), ..Key::default() };
    match of_key(key) {
        Some(Value::String(text)) => {
            let written =
                serde_json::from_str(&text).map_or(String::new(), |policy| written(&policy).to_string());
            copy.values.push((PREFERENCES.name.to_owned(), RegistryValue::Text(written)));
        }
        Some(policy @ Value::Object(_)) => {
            copy.subkeys.push(to_key(&key.path, PREFERENCES.name, &written(&policy)));
        }
        _ => {}
    }
    copy
}

fn to_key(parent: &str, name: &str, value: &Value) -> Key {
    let mut key = Key { path: format!(r"{parent}\{name}"), ..Key::default() };
    for (name, value) in value.as_object().into_iter().flatten() {
        match value {
            Value::String(text) => key.values.push((name.clone(), RegistryValue::Text(text.clone()))),
            Value::Number(number) => {
                key.values.extend(number.as_u64().map(|n| (name.clone(), RegistryValue::Number(n))));
            }
            value => key.subkeys.push(to_key(&key.path, name, value)),
        }
    }
    key
}

/// The settings that a row knows, newly written.
fn written(policy: &Value) -> Value {
    let Some(calls) = calls(policy) else { return Value::Null };
    let setting = |call: Call| {
        let status = STATUSES.iter().find(|(_, kind)| *kind == call.kind).map_or("", |(word, _)| word);
        let mut setting = Map::new();
        setting.insert(STATUS.name.to_owned(), status.into());
        let value = match call.value {
            Some(Pref::Text(text)) => Some(Value::from(text)),
            Some(Pref::Number(number)) => Some(Value::from(number)),
            Some(Pref::Bool(flag)) => Some(Value::from(flag)),
            Some(Pref::Secret) | None => None,
        };
        setting.extend(value.map(|value| (VALUE.name.to_owned(), value)));
        (call.name, Value::Object(setting))
    };
    Value::Object(calls.into_iter().map(setting).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_of_a_preference_is_understood() {
        let name = |key: &str| format!("mail.server.{key}.name");
        let policy = json!({
            name("a"): {"Value": 1, "Status": "locked"}, name("b"): {"Value": true, "Status": "user"},
            name("c"): {"Status": "clear"}, name("d"): {"Value": "x"}, name("e"): 5, name("f"): {"Status": "locked"},
            name("g"): {"Value": 1.5, "Status": "locked"}, name("token"): {"Value": "TOPSECRET", "Status": "locked"},
            "mail.x": {"Value": "TOPSECRET", "Status": "locked"},
        });
        let expected = [
            (CallKind::Lock, name("a"), Some(Pref::Number(1))),
            (CallKind::User, name("b"), Some(Pref::Bool(true))),
            (CallKind::Clear, name("c"), None),
            (CallKind::Default, name("d"), Some(Pref::Text("x".into()))),
            (CallKind::Lock, name("e"), Some(Pref::Number(5))),
            (CallKind::Lock, name("token"), Some(Pref::Secret)),
        ];
        let found = calls(&policy).unwrap();
        let found: Vec<_> = found.into_iter().map(|call| (call.kind, call.name, call.value)).collect();
        assert_eq!(found, expected);
        // What is collected says the same.
        let again: Vec<_> =
            calls(&written(&policy)).unwrap().into_iter().map(|call| (call.kind, call.value)).collect();
        let without_secret = &expected[..expected.len() - 1];
        assert_eq!(
            again,
            without_secret.iter().map(|(kind, _, value)| (*kind, value.clone())).collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_policy_that_is_none_stays_none() {
        assert_eq!(calls(&json!("x")), None);
        assert_eq!(calls(&written(&json!(["x"]))), None);
    }
}
