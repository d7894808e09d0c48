//! The organisation's policies: registry, macOS preferences, policies.json → orders.

use super::files::{MACHINE_POLICIES, POLICIES_JSON, POLICIES_PLIST, USER_POLICIES};
use super::join;
use super::mozilla_cfg::Call;
use super::organisation::Reader;
use super::policy::{calls, of_json, of_key, of_plist};
use super::settings::PREFERENCES;
use super::values::Order;
use crate::formats::encodings::decode;
use crate::formats::plist;
use crate::model::{IssueKind, Text};
use crate::source::Problem;
use crate::source::rules::KeyRule;
use serde_json::Value;
use std::rc::Rc;

/// Linux: goes before the file in the program's folder (mozilla-central EnterprisePoliciesParent, JSONPoliciesProvider).
const SYSTEM_POLICIES: &str = "/etc/thunderbird/policies/";
/// macOS: policies count if they are enabled (thunderbird/policy-templates).
const PROPERTY_LISTS: [&str; 2] = ["/Library/Managed Preferences/", "/Library/Preferences/"];

/// What a source of policies says, and where.
type Policy = (String, Vec<Call>);

impl Reader<'_> {
    /// The first source that sets the policy `Preferences` decides alone.
    pub(super) fn read_policies(&mut self, folder: Option<&str>) {
        let policy = [&MACHINE_POLICIES, &USER_POLICIES]
            .into_iter()
            .find_map(|rule| self.ask_registry(rule))
            .or_else(|| PROPERTY_LISTS.iter().find_map(|folder| self.ask_plist(folder)))
            .or_else(|| self.ask_files(folder));
        if let Some((place, calls)) = policy {
            let place: Rc<str> = place.into();
            self.found.orders.extend(calls.into_iter().map(|call| Order::of(call, &place, true)));
        }
    }

    fn ask_registry(&mut self, rule: &'static KeyRule) -> Option<Policy> {
        let key = self.user.key(rule.id, rule);
        let policy = match of_key(&self.at_hand(key)?)? {
            Value::String(text) => self.parse_json(&text, rule.id)?,
            other => other,
        };
        Some((format!(r"{}\{}", rule.id, PREFERENCES.name), calls(&policy)?))
    }

    fn ask_plist(&mut self, folder: &str) -> Option<Policy> {
        let path = format!("{folder}{}", POLICIES_PLIST.id);
        let content = self.read(&path, &POLICIES_PLIST)?;
        let policy = of_plist(&plist::parse(&content).ok()?)?;
        Some((self.user.place(&path), calls(&policy)?))
    }

    /// The file below /etc decides by being there, whatever is in it (`_getLocalConfigurationFile`).
    fn ask_files(&mut self, folder: Option<&str>) -> Option<Policy> {
        let path = format!("{SYSTEM_POLICIES}{}", POLICIES_JSON.id);
        let system = self.user.read(&path, &POLICIES_JSON);
        let is_there = match &system {
            Ok(content) => content.is_some(),
            Err(problem) => problem.kind != IssueKind::Outside,
        };
        let (path, bytes) = if is_there {
            (path, self.at_hand(system)?)
        } else {
            let path = join(folder?, &format!("distribution/{}", POLICIES_JSON.id));
            let bytes = self.read(&path, &POLICIES_JSON)?;
            (path, bytes)
        };
        let place = self.user.place(&path);
        let file = self.parse_json(&decode(&bytes), &place)?;
        Some((place, calls(of_json(&file)?)?))
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
