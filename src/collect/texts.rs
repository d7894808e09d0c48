//! Text files with the allowed settings, in the form of the originals: preferences, INI, XML, JSON.

use super::allowed;
use crate::clients::thunderbird;
use crate::formats::autoconfig::{self, CallKind};
use crate::formats::encodings::decode;
use crate::formats::ini::{self, Entry};
use crate::formats::kinds_by_name::keep_by_name;
use crate::formats::prefs_js::{self, Pref};
use crate::formats::secrets::is_secret_name;
use crate::formats::xml::{XmlValue, escaped};
use serde_json::{Value, json};
use std::fmt::Write;

/// A value of an INI file that is longer than what readers keep, of which nothing is copied.
const TOO_LONG: usize = 64 * 1024 + 1;

/// prefs.js and its kin: `user_pref` for a profile's values, `pref` for a program's defaults. Profiles that differ in
/// what stays behind are told apart by `number`: two files of the same bytes would pass for copies of each other.
pub(super) fn prefs(bytes: &[u8], function: &str, number: usize) -> String {
    let mut file = format!("// collected by smtp-auth-audit, no. {number}\n");
    let prefs = prefs_js::parse(bytes);
    for (function, values) in [("pref", prefs.defaults), ("user_pref", prefs.values)] {
        for (name, value) in values {
            file.extend(statement(function, &name, Some(&value)));
            if name == "general.config.filename" {
                // The file that it names is written plain.
                let _ = writeln!(file, "{function}(\"general.config.obscure_value\", 0);");
            }
        }
    }
    if function == "user_pref" && thunderbird::is_damaged(bytes) {
        // A statement without its end: what was lost is told of again.
        file.push_str("user_pref(damaged where it was collected\n");
    }
    file
}

/// An administrator's AutoConfig file. That it computes values is kept, not how.
pub(super) fn autoconfig(bytes: &[u8], is_download: bool) -> String {
    let script = if is_download { autoconfig::parse_download(bytes) } else { parse_script(bytes) };
    let mut file = String::from("// collected by smtp-auth-audit\n");
    for call in script.calls {
        let function = match call.kind {
            CallKind::Default => "defaultPref",
            CallKind::User => "pref",
            CallKind::Lock => "lockPref",
            CallKind::Unlock => "unlockPref",
            CallKind::Clear => "clearPref",
        };
        let Some(statement) = statement(function, &call.name, call.value.as_ref()) else { continue };
        // That it stands under a condition is kept, not the condition.
        let statement =
            if call.is_certain { statement } else { format!("if (collected) {{ {statement} }}\n") };
        file.push_str(&statement);
    }
    if script.unread > 0 {
        file.push_str("lockPref(computed);\n");
    }
    file
}

/// How far the bytes of the script are raised stands elsewhere; only one number makes calls of them.
fn parse_script(bytes: &[u8]) -> autoconfig::AutoConfig {
    let scripts = (0..256).map(|raised_by| autoconfig::parse(&autoconfig::plain(bytes, raised_by)));
    scripts.into_iter().find(|script| !script.calls.is_empty()).unwrap_or_else(|| autoconfig::parse(bytes))
}

/// One statement with its line end; `None` if its setting is not to be collected.
fn statement(function: &str, name: &str, value: Option<&Pref>) -> Option<String> {
    if !allowed::pref(name) {
        return None;
    }
    let name_shown = quoted(name);
    let shown = match value {
        None => return Some(format!("{function}({name_shown});\n")),
        Some(Pref::Number(number)) => number.to_string(),
        Some(Pref::Bool(flag)) => flag.to_string(),
        Some(Pref::Text(text)) if name.ends_with("_url") => quoted(host(text)),
        Some(Pref::Text(text)) => quoted(&keep_by_name(name, text).text),
        Some(Pref::Secret) => return None,
    };
    Some(format!("{function}({name_shown}, {shown});\n"))
}

fn quoted(text: &str) -> String {
    let text = text.replace('\\', r"\\").replace('"', "\\\"").replace('\n', "\\n").replace('\r', "\\r");
    format!("\"{text}\"")
}

/// Of an address only the host is asked for; a password may stand before it.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    authority.rsplit('@').next().unwrap_or_default()
}

/// An INI file of this name, in lower case. `None` if it has no section: its reader will say so.
pub(super) fn ini(bytes: &[u8], name: &str) -> Option<String> {
    let parsed = ini::parse(&decode(bytes));
    parsed.sections().any(|section| !section.name.is_empty()).then_some(())?;
    let mut file = String::from("\u{FEFF}");
    for section in parsed.sections() {
        let mut lines = String::new();
        for (key, entry) in &section.entries {
            if !allowed::ini(name, &section.name, key) || is_secret_name(key) {
                continue;
            }
            match entry {
                Entry::Text(text) => lines.extend([key, "=", &keep_by_name(key, text).text, "\r\n"]),
                Entry::TooLong { .. } => lines.extend([key, "=", &"x".repeat(TOO_LONG), "\r\n"]),
                Entry::Secret => {}
            }
        }
        if !lines.is_empty() || name == "compatibility.ini" {
            let _ = write!(file, "[{}]\r\n{lines}", section.name);
        }
    }
    Some(file)
}

    let mut file = String::from("# collected by smtp-auth-audit\n");
        }
        }
    }
    file
}

}

/// Thunderbird's policies.json; `None` if it is no JSON.
pub(super) fn policies(bytes: &[u8]) -> Option<String> {
    let file: Value = serde_json::from_str(&decode(bytes)).ok()?;
    let preferences = file.get("policies").and_then(|policies| policies.get("Preferences"));
    let policies = preferences.map(|preferences| json!({ "Preferences": only_preferences(preferences) }));
    Some(json!({ "policies": policies.unwrap_or_else(|| json!({})) }).to_string())
}

/// The policy `Preferences` as a text of JSON, with its allowed settings.
pub(super) fn filter_preferences(text: &str) -> String {
    serde_json::from_str(text).map_or(String::new(), |value: Value| only_preferences(&value).to_string())
}

fn only_preferences(preferences: &Value) -> Value {
    let Value::Object(map) = preferences else { return Value::Null };
    let is_plain = |value: &Value| value.is_string() || value.is_number() || value.is_boolean();
    let kept = map.iter().filter(|(name, _)| allowed::pref(name)).filter_map(|(name, setting)| {
        let kept = match setting {
            Value::Object(parts) => {
                let parts = parts
                    .iter()
                    .filter(|(part, value)| matches!(part.as_str(), "Value" | "Status") && is_plain(value));
                Value::Object(
                    parts
                        .map(|(part, value)| {
                            (part.clone(), if part == "Value" { plain(name, value) } else { value.clone() })
                        })
                        .collect(),
                )
            }
            value if is_plain(value) => plain(name, value),
            _ => return None,
        };
        Some((name.clone(), kept))
    });
    Value::Object(kept.collect())
}

fn plain(name: &str, value: &Value) -> Value {
    value.as_str().map_or_else(|| value.clone(), |text| keep_by_name(name, text).text.into())
}
