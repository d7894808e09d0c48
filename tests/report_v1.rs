//! Report v1 has one room, `src/report/v1`: nothing else in the program reads a report, or names its schema or its keys.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and looks at files by itself"
)]

use serde_json::Value;
use smtp_auth_audit::report::v1::JSON_SCHEMA;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// CSV and the fleet's own outputs have columns and keys of their own, called like those of the report.
const OTHER_CONTRACTS: [&str; 5] =
    ["report/csv.rs", "fleet/json.rs", "fleet/csv.rs", "fleet/plans.rs", "cli/japanese.rs"];

/// Where JSON is read that is no report: settings of mail clients, the journal of changes.
const OTHER_JSON: [&str; 3] = ["clients/", "collect/", "fix/"];
/// What two processes of the program tell each other: accounts as they were read, no report.
const BETWEEN_PROCESSES: [&str; 3] = ["model/", "scan/", "source/"];

/// The files outside of the room, each with its place beneath `src`.
fn elsewhere(folder: &Path, found: &mut Vec<(String, String)>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let place = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        if place.starts_with("report/v1") {
            continue;
        }
        if path.is_dir() {
            elsewhere(&path, found);
        } else if let Ok(text) = fs::read_to_string(&path) {
            found.push((place, text));
        }
    }
}

fn files() -> Vec<(String, String)> {
    let mut found = Vec::new();
    elsewhere(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.len() > 100, "only {} files", found.len());
    found
}

/// The keys of all objects in a part of the schema.
fn keys(schema: &Value, found: &mut BTreeSet<String>) {
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        found.extend(properties.keys().cloned());
    }
    match schema {
        Value::Object(map) => map.values().for_each(|inner| keys(inner, found)),
        Value::Array(list) => list.iter().for_each(|inner| keys(inner, found)),
        _ => {}
    }
}

#[test]
fn no_other_file_names_the_schema_or_a_key() {
    let schema: Value = serde_json::from_str(JSON_SCHEMA).unwrap();
    let id = schema["$defs"]["report"]["properties"]["schema"]["const"].as_str().unwrap();
    let mut all = BTreeSet::new();
    let definitions = schema["$defs"].as_object().unwrap();
    definitions.iter().filter(|(name, _)| *name != "fleet").for_each(|(_, part)| keys(part, &mut all));
    // The others are everyday words, and this one is what Sylpheed calls its own setting.
    all.retain(|key| key.contains('_') && key != "pop_before_smtp");
    assert!(all.len() >= 10, "{all:?}");
    let mut wrong = Vec::new();
    for (place, text) in files() {
        if text.contains(id) {
            wrong.push(format!("{place}: {id}"));
        }
        if !OTHER_CONTRACTS.contains(&place.as_str()) {
            let is_named =
                |key: &&String| text.contains(&format!("\"{key}")) || text.contains(&format!("{key}\\\""));
            wrong.extend(all.iter().filter(is_named).map(|key| format!("{place}: {key}")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_other_file_reads_a_report() {
    let mut wrong = Vec::new();
    for (place, text) in files() {
        let code = text.split("#[cfg(test)]").next().unwrap();
        let reads = ["Deserialize", "serde_json::from", "serde_json::Deserializer"];
        let is_other = OTHER_JSON.iter().chain(&BETWEEN_PROCESSES).any(|folder| place.starts_with(folder));
        wrong.extend(
            reads
                .iter()
                .filter(|word| !is_other && code.contains(**word))
                .map(|word| format!("{place}: {word}")),
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
