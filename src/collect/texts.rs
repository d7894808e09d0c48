//! Text files with the allowed settings, in the form of the originals: preferences, INI, XML, JSON.

use super::allowed;
use crate::clients::thunderbird;
use crate::formats::autoconfig::{self, CallKind};
use crate::formats::encodings::decode;
use crate::formats::ini::{self, Entry};
use crate::formats::k9;
use crate::formats::kinds_by_name::keep_by_name;
use crate::formats::msmtprc::{self, Line};
use crate::formats::prefs_js::{self, Pref};
use crate::formats::profile_xml::parse_profile;
use crate::formats::secrets::is_secret_name;
use crate::formats::xml::{XmlValue, parse_message_account};
use serde_json::{Map, Value, json};
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

fn has_prefix(name: &str, prefix: &str) -> bool {
    name.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix))
}

/// An account of Windows Mail or Windows Live Mail; `None` if it can't be read as one.
pub(super) fn message_account(bytes: &[u8]) -> Option<String> {
    let elements = parse_message_account(bytes).ok()?;
    let mut file = String::from("\u{FEFF}<MessageAccount>\r\n");
    for element in &elements {
        let XmlValue::Text(text) = &element.value else { continue };
        if allowed::internet_mail(&element.name.replace('_', " ")) && !is_secret_name(&element.name) {
            let text = escaped(&keep_by_name(&element.name, text).text);
            let _ = write!(file, "<{0}>{text}</{0}>\r\n", element.name);
        }
    }
    for kind in allowed::KINDS {
        let begins = |name: &str| has_prefix(&name.replace('_', " "), kind);
        if elements.iter().any(|element| begins(&element.name)) {
            let _ = write!(file, "<{}_other_settings/>\r\n", kind.trim_end());
        }
    }
    file.push_str("</MessageAccount>\r\n");
    Some(file)
}

/// An account of QMAIL3; `None` if it can't be read as one.
pub(super) fn profile_xml(bytes: &[u8]) -> Option<String> {
    // What the file is recognised by when it is named by itself.
    let mut file = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<profile>\r\n<section name=\"Send\"/>\r\n",
    );
    for key in parse_profile(bytes).ok()? {
        let (XmlValue::Text(text), Some((section, name))) = (&key.value, key.name.split_once('/')) else {
            continue;
        };
        if allowed::qmail3(&key.name) {
            let text = escaped(&keep_by_name(name, text).text);
            let _ =
                write!(file, "<section name=\"{section}\"><key name=\"{name}\">{text}</key></section>\r\n");
        }
    }
    file.push_str("</profile>\r\n");
    Some(file)
}

/// The configuration of msmtp, line by line.
pub(super) fn msmtprc(bytes: &[u8]) -> String {
    let mut file = String::from("# collected by smtp-auth-audit\n");
    for line in msmtprc::lines(&decode(bytes)) {
        let _ = match line {
            Line::Defaults => writeln!(file, "defaults"),
            Line::Account(name, bases) if bases.is_empty() => writeln!(file, "account \"{name}\""),
            Line::Account(name, bases) => writeln!(file, "account {name} : {}", bases.join(",")),
            Line::Command(name, argument) => {
                writeln!(file, "{name} \"{}\"", keep_by_name(name, &argument).text)
            }
            Line::Eval => writeln!(file, "eval collected"),
            Line::Refused => writeln!(file, "(refused where it was collected)"),
            Line::Other => Ok(()),
        };
    }
    file
}

/// An export of K-9 Mail. One that can't be read becomes another that can't be read.
pub(super) fn k9_settings(bytes: &[u8]) -> String {
    let Ok(export) = k9::parse(bytes) else {
        return "<k9settings>(not readable where it was collected)\n".to_owned();
    };
    let mut file = format!(
        "<k9settings version=\"{}\" format=\"{}\">\n<accounts>\n",
        in_attribute(&export.version),
        in_attribute(&export.format)
    );
    for account in &export.accounts {
        let _ = writeln!(file, "<account uuid=\"{}\">", in_attribute(&account.uuid));
        if let Some(name) = &account.name {
            let _ = writeln!(file, "<name>{}</name>", escaped(name));
        }
        for (tag, server) in [("incoming-server", &account.incoming), ("outgoing-server", &account.outgoing)]
        {
            let Some(server) = server else { continue };
            let kind = server.kind.as_ref().map(|kind| format!(" type=\"{}\"", in_attribute(kind)));
            let _ = writeln!(file, "<{tag}{}>", kind.unwrap_or_default());
            for (name, value) in server.values.iter().filter(|(name, _)| allowed::k9(name)) {
                if let XmlValue::Text(text) = value {
                    let _ = writeln!(file, "<{name}>{}</{name}>", escaped(&keep_by_name(name, text).text));
                }
            }
            let _ = writeln!(file, "</{tag}>");
        }
        file.push_str("<identities>\n");
        for address in &account.addresses {
            let _ = writeln!(file, "<identity><email>{}</email></identity>", escaped(address));
        }
        file.push_str("</identities>\n</account>\n");
    }
    file.push_str("</accounts>\n</k9settings>\n");
    file
}

fn in_attribute(text: &str) -> String {
    escaped(text).replace('"', "&quot;")
}

/// A text inside an XML element; what XML can't hold becomes U+FFFD.
pub(super) fn escaped(text: &str) -> String {
    let fits = |c: char| if c.is_control() && !matches!(c, '\t' | '\n' | '\r') { '\u{FFFD}' } else { c };
    let text: String = text.chars().map(fits).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
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

/// UserSettings.json of the new Outlook: addresses and kinds of accounts. `None` if it is no JSON.
pub(super) fn user_settings(bytes: &[u8]) -> Option<String> {
    let settings: Value = serde_json::from_str(&decode(bytes)).ok()?;
    let mut file = Map::new();
    if let Some(map) = settings.pointer("/Identities/IdentityMap").and_then(Value::as_object) {
        let addresses = map.keys().filter(|key| key.contains('@'));
        let addresses: Map<String, Value> = addresses.map(|key| (key.clone(), json!({}))).collect();
        file.insert("Identities".to_owned(), json!({ "IdentityMap": addresses }));
    }
    if let Some(address) = settings.pointer("/GlobalSettingsAccout/Email").and_then(Value::as_str) {
        file.insert("GlobalSettingsAccout".to_owned(), json!({ "Email": address }));
    }
    let backup = settings.pointer("/AccountLocalBackup/Json").and_then(Value::as_str);
    if let Some(backup) = backup.and_then(|text| serde_json::from_str::<Value>(text).ok()) {
        let mut accounts = Vec::new();
        find_accounts(&backup, &mut accounts);
        let text = Value::Array(accounts).to_string();
        file.insert("AccountLocalBackup".to_owned(), json!({ "Json": text }));
    }
    Some(Value::Object(file).to_string())
}

/// Every object with an address, wherever it lies; serde_json has bounded the depth.
fn find_accounts(value: &Value, found: &mut Vec<Value>) {
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    if let Some(address) = text("emailAddress") {
        found
            .push(json!({ "emailAddress": address, "accountType": text("accountType").unwrap_or_default() }));
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| find_accounts(item, found)),
        Value::Object(map) => map.values().for_each(|item| find_accounts(item, found)),
        _ => {}
    }
}
