//! Policies in a property list, with the allowed settings.

use super::allowed;
use crate::formats::kinds::{Kind, keep};
use crate::formats::kinds_by_name::keep_by_name;
use crate::formats::plist::{Tree, parse, to_xml};

/// `None` if it is no property list.
pub(super) fn policies(bytes: &[u8]) -> Option<String> {
    let tree = parse(bytes).ok()?;
    let mut kept = Vec::new();
    if let Some(on @ (Tree::Bool(_) | Tree::Integer(_))) = tree.get("EnterprisePoliciesEnabled") {
        kept.push(("EnterprisePoliciesEnabled".to_owned(), on.clone()));
    }
    if let Some(Tree::Dict(preferences)) = tree.get("Preferences") {
        let allowed = preferences.iter().filter(|(name, _)| allowed::pref(name));
        let values = allowed.map(|(name, value)| (name.clone(), value_of(name, value)));
        kept.push(("Preferences".to_owned(), Tree::Dict(values.collect())));
    }
    Some(to_xml(&Tree::Dict(kept)))
}

/// How firmly a policy sets a preference (mozilla/policy-templates, Preferences).
const STATUS: Kind = Kind::Choice(&["default", "locked", "user", "clear"]);

/// A value, or the parts of a policy.
fn value_of(name: &str, value: &Tree) -> Tree {
    match value {
        Tree::Text(text) => Tree::Text(keep_by_name(name, text).text),
        Tree::Bool(_) | Tree::Integer(_) | Tree::Real(_) => value.clone(),
        Tree::Dict(entries) => {
            let part = |(part, value): &(String, Tree)| match (part.as_str(), value) {
                ("Status", Tree::Text(status)) => Some((part.clone(), Tree::Text(keep(STATUS, status).text))),
                ("Value", value) => Some((part.clone(), value_of(name, value))),
                _ => None,
            };
            Tree::Dict(entries.iter().filter_map(part).collect())
        }
        _ => Tree::None,
    }
}
