//! A setting's name stands in one place: where it is listed with its kind. A slip of the pen elsewhere would be a wrong
//! verdict, and a list beside the list is how a password was once stored.

use super::words::texts;
use super::{source_folder, sources};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The part of a file that is not a test.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap()
}

/// The names that a file lists: what stands first in `fact(…)` or `alike(…)`.
fn listed(text: &str) -> Vec<String> {
    let calls = ["fact(", "alike("].map(|call| text.split(call).skip(1).collect::<Vec<_>>()).concat();
    let name = |rest: &str| {
        let rest = rest.trim_start();
        let is_text = rest.starts_with('"') || rest.starts_with("r\"") || rest.starts_with("r#\"");
        if is_text { texts(rest).first().map(|(text, _)| text.clone()) } else { None }
    };
    calls.into_iter().filter_map(name).collect()
}

/// The folder or file of a client, or of what several share.
fn room(path: &Path) -> String {
    let below = path.strip_prefix(source_folder().join("clients")).unwrap();
    let first = below.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// Where a name stands more than once in its client's room.
fn doubled(files: &[(String, String)]) -> Vec<String> {
    // Two groups of one file may have a setting of the same name each: then it is listed twice, side by side.
    let mut places: BTreeMap<(&str, String), usize> = BTreeMap::new();
    let mut allowed: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for (room, text) in files {
        let mut here: BTreeMap<String, usize> = BTreeMap::new();
        for name in listed(text) {
            *here.entry(name).or_default() += 1;
        }
        for (name, count) in here {
            places.entry((room.as_str(), name.clone())).or_default();
            let most = allowed.entry((room.as_str(), name)).or_default();
            *most = count.max(*most);
        }
    }
    for (room, text) in files {
        for (text, _) in texts(without_tests(text)) {
            if let Some(count) = places.get_mut(&(room.as_str(), text)) {
                *count += 1;
            }
        }
    }
    let doubled = places.into_iter().filter(|(place, count)| *count > allowed[place]);
    doubled.map(|((room, name), count)| format!("{room}: \"{name}\" stands {count} times")).collect()
}

#[test]
fn each_settings_name_stands_in_one_place() {
    let mut files = Vec::new();
    sources(&source_folder().join("clients"), &mut files);
    let files: Vec<(String, String)> = files
        .iter()
        // Steps and dialogues speak of the labels on the screen, which may be the same words.
        .filter(|path| {
            !["tests.rs", "steps.rs", "words.rs", "dialogue.rs"]
                .iter()
                .any(|end| path.to_string_lossy().ends_with(end))
        })
        .map(|path| (room(path), fs::read_to_string(path).unwrap()))
        .collect();
    let names: usize = files.iter().map(|(_, text)| listed(without_tests(text)).len()).sum();
    assert!(names > 200, "only {names} settings are listed");
    let wrong = doubled(&files);
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_name_that_stands_twice_is_seen() {
    let file = |text: &str| ("room".to_owned(), text.to_owned());
    let list = r#"const A: Fact = fact("Port", PORT, "25", S); // "Port" in a comment"#;
    assert!(doubled(&[file(list)]).is_empty());
    assert_eq!(doubled(&[file(list), file("look(\"Port\")")]), ["room: \"Port\" stands 2 times"]);
    assert_eq!(doubled(&[file(list), file(list)]), ["room: \"Port\" stands 2 times"]);
    assert!(doubled(&[file(list), file("#[cfg(test)] look(\"Port\")")]).is_empty());
    assert!(doubled(&[file(list), ("other".to_owned(), "look(\"Port\")".to_owned())]).is_empty());
}
