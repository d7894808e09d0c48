//! What `collect` writes of the files of Thunderbird and its relatives: the settings that a row knows, newly written.

use super::damage::damage;
use super::mozilla_cfg::{self, FUNCTIONS, Script, When};
use super::pref::Pref;
use super::prefs_js::{self, Prefs};
use super::settings::{COMPATIBILITY, CONFIG_FILE, RAISED_BY};
use crate::formats::ini_lexer::{self, WINDOWS};
use crate::model::limits;
use crate::source::Content;

/// A profile's file.
#[expect(clippy::unnecessary_wraps, reason = "the form of every rule's copy")]
pub(super) fn profile(content: &Content, number: usize) -> Option<String> {
    let prefs = prefs_js::parse(content);
    let mut file = preferences(&prefs, number);
    if damage(content, &prefs).is_some() {
        // A statement without its end: what was lost is told of again.
        file.push_str("user_pref(damaged where it was collected\n");
    }
    Some(file)
}

/// A file of defaults.
#[expect(clippy::unnecessary_wraps, reason = "the form of every rule's copy")]
pub(super) fn defaults(content: &Content, number: usize) -> Option<String> {
    Some(preferences(&prefs_js::parse(content), number))
}

/// Files that differ in what stays behind are told apart by `number`: two of the same bytes would pass for copies of each
/// other.
fn preferences(prefs: &Prefs, number: usize) -> String {
    let mut file = format!("// collected by smtp-auth-audit, no. {number}\n");
    for (function, values) in [("pref", &prefs.defaults), ("user_pref", &prefs.values)] {
        for (name, value) in values {
            file.extend(statement(function, name, Some(value)));
            if name == CONFIG_FILE.name {
                // The file that it names is written plain.
                file.extend([function, "(\"", RAISED_BY.name, "\", 0);\n"]);
            }
        }
    }
    file
}

/// The file of an installation. How far its bytes are raised stands elsewhere; only one number makes calls of them.
#[expect(clippy::unnecessary_wraps, reason = "the form of every rule's copy")]
pub(super) fn script(content: &Content, _: usize) -> Option<String> {
    let mut scripts = (0..256).map(|raised_by| mozilla_cfg::parse(&mozilla_cfg::plain(content, raised_by)));
    let script = scripts.find(|script| !script.calls.is_empty() || script.others > 0);
    Some(calls(&script.unwrap_or_else(|| mozilla_cfg::parse(content))))
}

/// What was fetched.
#[expect(clippy::unnecessary_wraps, reason = "the form of every rule's copy")]
pub(super) fn download(content: &Content, _: usize) -> Option<String> {
    Some(calls(&mozilla_cfg::parse_download(content)))
}

/// That a script computes values is kept, not how.
fn calls(script: &Script) -> String {
    let mut file = String::from("// collected by smtp-auth-audit\n");
    let mut around: Vec<When> = Vec::new();
    for call in &script.calls {
        let function =
            FUNCTIONS.iter().find(|(_, kind)| *kind == call.kind).map_or("", |(function, _)| function);
        let Some(statement) = statement(function, &call.name, call.value.as_ref()) else { continue };
        branch(&mut file, &around, &call.when, script);
        around.clone_from(&call.when);
        file.push_str(&statement);
    }
    branch(&mut file, &around, &[], script);
    if script.is_too_open {
        file.push_str(&"{".repeat(limits::NESTED.count() + 1));
        file.push('\n');
    }
    if script.unread > 0 {
        file.push_str("lockPref(computed);\n");
    }
    file
}

/// From the branches around one call to those around the next: that it stands under conditions is kept, not which.
fn branch(file: &mut String, before: &[When], next: &[When], script: &Script) {
    let same = before.iter().zip(next).take_while(|(before, next)| before == next).count();
    let mut left = before.get(same..).unwrap_or_default().iter().rev().peekable();
    let mut opened = next.get(same..).unwrap_or_default();
    while let Some(when) = left.next() {
        file.push('}');
        let first = opened.first().filter(|first| left.peek().is_none() && first.choice == when.choice);
        if let Some(first) = first {
            file.push_str(if is_last_of_all(*first, script) {
                " else {\n"
            } else {
                " else if (collected) {\n"
            });
            opened = opened.get(1..).unwrap_or_default();
        } else {
            file.push('\n');
        }
    }
    file.extend(opened.iter().map(|_| "if (collected) {\n"));
}

/// True if one of the branches is always done, and this is the last.
fn is_last_of_all(when: When, script: &Script) -> bool {
    let options = script.choices.get(when.choice).copied().unwrap_or_default();
    let has_call = |option: usize| {
        script.calls.iter().any(|call| call.when.contains(&When { choice: when.choice, option }))
    };
    when.option + 1 == options && (0..options).all(has_call)
}

/// profiles.ini, installs.ini or compatibility.ini.
pub(super) fn sections(content: &Content, _: usize) -> Option<String> {
    let text = content.text();
    let has_section = ini_lexer::lex(&text, &WINDOWS).iter().any(|section| !section.name.is_empty());
    // Without one the reader says so; with others only, it has nothing to say.
    let always =
        |name: &str| name.eq_ignore_ascii_case(COMPATIBILITY) || name.eq_ignore_ascii_case("General");
    has_section.then(|| {
        let file = ini_lexer::copy(&text, &WINDOWS, content.rule.groups, always, ini_lexer::plain);
        format!("\u{FEFF}{file}")
    })
}

/// One statement of a collected file, with its line end; `None` if nothing of it is to be collected. Administrators' files
/// are written plain, so that how far their bytes were raised is not.
fn statement(function: &str, name: &str, value: Option<&Pref>) -> Option<String> {
    let name = Some(name).filter(|name| *name != RAISED_BY.name).map(quoted)?;
    let shown = match value {
        None => return Some(format!("{function}({name});\n")),
        Some(Pref::Number(number)) => number.to_string(),
        Some(Pref::Bool(flag)) => flag.to_string(),
        Some(Pref::Text(text)) => quoted(text),
        Some(Pref::Secret) => return None,
    };
    Some(format!("{function}({name}, {shown});\n"))
}

fn quoted(text: &str) -> String {
    let text = text.replace('\\', r"\\").replace('"', "\\\"").replace('\n', "\\n").replace('\r', "\\r");
    format!("\"{text}\"")
}
