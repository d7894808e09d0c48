//! Clients whose settings are not understood: that they are there is said all the same.

use super::look::Look;
use super::{Client, Found};
use crate::formats::kinds;
use crate::model::{Account, Confidence, Evidence, IssueKind, Outgoing, Partial, Text};
use crate::source::registry::same_name;
use crate::source::rules::KeyRule;
use crate::source::{Problem, User};

/// A key that is a sign: nothing in it is read.
static SIGN: KeyRule = KeyRule { id: "(a sign)", facts: &[], is_entry: |_| false, copy: None };

/// How many accounts are told apart in one place.
const MOST: usize = 50;

/// Something that exists, and the names that its pattern's asterisks led to.
struct Sign {
    path: String,
    names: Vec<String>,
}

/// Looks for the client's places, in their order; the first that exists is enough. In a place, `*` stands for any part of
/// a name, each of which is an account; a text in brackets behind a file is one that the file has to hold.
pub(super) fn read(client: &Client, sureness: Confidence, user: &User, found: &mut Found) {
    for place in client.places {
        let (path, text) =
            place.strip_suffix(')').and_then(|place| place.rsplit_once(" (")).unwrap_or((place, ""));
        let mut is_cut = false;
        let signs = match signs(user, path, text, &mut is_cut) {
            Ok(signs) => signs,
            // Guesses: where they lie on another disk, or behind a link to one, nobody said that they are.
            Err(problem) if problem.kind == IssueKind::Outside => continue,
            Err(problem) => {
                found.problems.push(problem);
                continue;
            }
        };
        if is_cut {
            let message = Text::new(
                format!("{MOST} 個までしか調べていません。残りは調べていません。"),
                format!("looked at the first {MOST}; the rest was not looked at"),
            );
            found.problems.push(Problem::new(IssueKind::TooLarge, path, message));
        }
        if signs.is_empty() {
            continue;
        }
        for sign in signs {
            let source = if is_key(&sign.path) { sign.path.clone() } else { user.place(&sign.path) };
            let account = account(client, sureness, path, &sign, &source);
            let mut look = Look::default();
            look.evidence.push(evidence(source, text));
            found.account(account, look);
        }
        break;
    }
}

fn signs(user: &User, path: &str, text: &str, is_cut: &mut bool) -> Result<Vec<Sign>, Problem> {
    let mut signs = Vec::new();
    for sign in expand(user, path, is_cut)? {
        let is_there = if is_key(&sign.path) {
            user.top(&sign.path, &SIGN)?.is_some()
        } else {
            user.holds(&sign.path, text)?
        };
        if is_there {
            signs.push(sign);
        }
    }
    Ok(signs)
}

/// The paths that a pattern may mean, as many as are looked at.
fn expand(user: &User, path: &str, is_cut: &mut bool) -> Result<Vec<Sign>, Problem> {
    let Some(at) = path.find('*') else {
        return Ok(vec![Sign { path: path.to_owned(), names: Vec::new() }]);
    };
    let is_slash = |c| c == '\\' || c == '/';
    let (before, behind) = path.split_at(at);
    let start = before.rfind(is_slash).map_or(0, |slash| slash + 1);
    let (folder, beginning) = before.split_at(start);
    let behind = behind.trim_start_matches('*');
    let (ending, rest) = behind.split_at(behind.find(is_slash).unwrap_or(behind.len()));
    let mut found = Vec::new();
    let names = names(user, folder)?.into_iter().filter(|name| fits(name, beginning, ending));
    for (number, name) in names.enumerate() {
        if number == MOST {
            *is_cut = true;
            break;
        }
        for mut sign in expand(user, &format!("{folder}{name}{rest}"), is_cut)? {
            sign.names.insert(0, name.clone());
            found.push(sign);
        }
    }
    *is_cut |= found.len() > MOST;
    found.truncate(MOST);
    Ok(found)
}

fn names(user: &User, folder: &str) -> Result<Vec<String>, Problem> {
    if is_key(folder) {
        let key = user.top(folder.trim_end_matches('\\'), &SIGN)?;
        return Ok(key
            .iter()
            .flat_map(|key| &key.subkeys)
            .map(|key| key.name().to_owned())
            .filter(|name| !name.contains('*'))
            .collect());
    }
    let entries = user.list(folder)?.unwrap_or_default();
    Ok(entries.into_iter().map(|entry| entry.name).filter(|name| !name.contains('*')).collect())
}

fn fits(name: &str, beginning: &str, ending: &str) -> bool {
    let start = name.get(..beginning.len());
    let end = name.len().checked_sub(ending.len()).and_then(|at| name.get(at..));
    name.len() >= beginning.len() + ending.len()
        && start.is_some_and(|start| same_name(start, beginning))
        && end.is_some_and(|end| same_name(end, ending))
}

fn is_key(path: &str) -> bool {
    path.starts_with("HKCU\\")
}

fn account(client: &Client, sureness: Confidence, pattern: &str, sign: &Sign, source: &str) -> Account {
    let names: Vec<String> = sign.names.iter().map(|name| kinds::name(name)).collect();
    let reason = Text::new(
        format!("{} の設定があることだけが分かります。内容の読み取りには対応していません", client.name),
        format!("only that there are settings of {} can be told; they are not read", client.name),
    );
    let edition = client.editions.first().map_or(client.id, |edition| edition.id);
    Account {
        source: source.to_owned(),
        store: pattern.to_owned(),
        key: sign.names.join("\\").to_lowercase(),
        name: if names.is_empty() { client.name.to_owned() } else { names.join(" / ") },
        confidence: sureness,
        fixed: Vec::new(),
        ..Account::new(client.id, client.name, edition, Outgoing::Unclear(Partial::default(), reason))
    }
}

fn evidence(place: String, text: &str) -> Evidence {
    let (setting, value) = if text.is_empty() { ("exists", "yes") } else { (text, "(present)") };
    Evidence {
        place: place.into(),
        setting: setting.to_owned(),
        value: Some(value.to_owned()),
        default: None,
        decides: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_patterns_without_regard_to_case() {
        for (name, beginning, ending, expected) in [
            ("Account1", "account", "", true),
            ("account", "account", "", true),
            ("taro", "", "", true),
            ("{0A1B}", "{", "}", true),
            ("{", "{", "}", false),
            ("ab", "ab", "b", false),
            ("あ", "a", "", false),
        ] {
            assert_eq!(fits(name, beginning, ending), expected, "{name} {beginning}*{ending}");
        }
    }
}
