//! Policies in a property list, with the allowed settings.

use super::allowed;
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

/// A value, or the parts of a policy.
fn value_of(name: &str, value: &Tree) -> Tree {
    match value {
        Tree::Text(text) => Tree::Text(keep_by_name(name, text).text),
        Tree::Bool(_) | Tree::Integer(_) | Tree::Real(_) => value.clone(),
        Tree::Dict(entries) => {
            let parts = entries.iter().filter(|(part, _)| matches!(part.as_str(), "Value" | "Status"));
            Tree::Dict(parts.map(|(part, value)| (part.clone(), value_of(name, value))).collect())
        }
        _ => Tree::None,
    }
}
