//! The text of an account file (`.oeaccount`): where its elements stand, what they hold, and the copy that `collect` writes.
//!
//! UTF-16LE with a byte order mark, root `<MessageAccount>`, one level of `<Name type="SZ|DWORD|BINARY">text</Name>`
//! (three fixtures of Thunderbird's import test, mailnews/import/test/unit/resources/WindowsLiveMail). The `type` is
//! not always true, not even in Microsoft's own table: the kind of the setting decides how its text is read.

use crate::clients::settings::{Raw, Setting, Settings, Stored};
use crate::formats::facts::{Fact, Spelling, find};
use crate::formats::kinds::{Kind, PRESENT, keep};
use crate::formats::secrets::is_secret_name;
pub use crate::formats::shapes::hex_number;
use crate::formats::xml::{XmlError, escaped, parse, text_of};
use crate::model::Place;
use roxmltree::Node;
use std::ops::Range;

const ROOT: &str = "MessageAccount";

/// Where an element stands in the text of its file. What it holds is not in here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Its name, for example `SMTP_Use_Sicily`.
    pub name: Range<usize>,
    /// What stands between its tags; `None` if that is more than plain text, if it has no end tag, or for a secret.
    pub text: Option<Range<usize>>,
}

/// The elements of a file, in its order, also those whose name was there before.
pub fn lex(text: &str) -> Result<Vec<Element>, XmlError> {
    let document = parse(text, ROOT)?;
    Ok(elements(document.root_element()).filter_map(|node| element(text, node)).collect())
}

fn element(text: &str, node: Node) -> Option<Element> {
    let whole = node.range();
    let tag = text.get(whole.start + 1..whole.end)?;
    let qualified = tag.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>'))?;
    let name = node.tag_name().name();
    let start = whole.start + 1 + qualified.checked_sub(name.len())?;
    let text = if is_secret_name(name) { None } else { range_of_text(text, node) };
    Some(Element { name: start..start + name.len(), text })
}

fn range_of_text(text: &str, node: Node) -> Option<Range<usize>> {
    let whole = node.range();
    let end = whole.start + text.get(whole.clone())?.rfind("</")?;
    let mut children = node.children();
    let range = children.next().map_or(end..end, |child| child.range());
    // Comments, sections of CDATA and elements begin so.
    let is_plain = children.next().is_none() && range.end == end && !text.get(range.clone())?.contains('<');
    is_plain.then_some(range)
}

/// The names of the elements and what they hold, without blanks around it; of a secret nothing but the name, of one that is
/// empty that it is.
pub fn read(text: &str) -> Result<Vec<(String, Option<String>)>, XmlError> {
    let document = parse(text, ROOT)?;
    let elements = elements(document.root_element()).map(|node| {
        let name = node.tag_name().name();
        let text = text_of(node);
        let stored = match (is_secret_name(name), text.trim()) {
            (false, _) => Some(text),
            // `0` is documented to be nothing, in binary elements too.
            (true, "" | "0") => Some(String::new()),
            (true, _) => None,
        };
        (name.to_owned(), stored)
    });
    Ok(elements.collect())
}

fn elements<'a, 'input>(root: Node<'a, 'input>) -> impl Iterator<Item = Node<'a, 'input>> {
    root.children().filter(Node::is_element)
}

/// A file's settings, through the door.
pub(super) fn settings(place: Place, text: &str, facts: &'static [Fact]) -> Result<Settings, XmlError> {
    let mut settings = Settings::new(place, facts, Spelling::Underscores);
    let elements = read(text)?;
    let entries = elements.iter().filter_map(|(name, text)| {
        let fact = find(facts, name);
        // A secret that is none.
        let is_nothing = text.is_some() && fact.is_some_and(|fact| fact.kind == Kind::Secret);
        (!is_nothing).then(|| setting(name, text.as_deref(), fact))
    });
    settings.entries = entries.collect();
    Ok(settings)
}

fn setting(name: &str, stored: Option<&str>, fact: Option<&Fact>) -> Setting {
    let Some(stored) = stored else { return Setting::kept(name, fact, Stored::Secret) };
    let number = fact.filter(|fact| matches!(fact.kind, Kind::Switch | Kind::Number(..)));
    let (raw, shown) = if let Some(fact) = number.filter(|_| !stored.is_empty()) {
        hex_number(stored).map_or_else(
            || (Raw::Strange, keep(fact.kind, stored).text),
            |number| {
                let kept = Setting::kept(name, Some(fact), Stored::Number(number.into()));
                // As the file spells it, unless it is none that the setting can have.
                let is_same = kept.raw == Raw::Number(number.into()) && kept.shown == number.to_string();
                (kept.raw, if is_same { stored.to_owned() } else { kept.shown })
            },
        )
    } else {
        let kept = Setting::kept(name, fact, Stored::Text(plain(stored)));
        let is_nothing = kept.raw == Raw::Text(String::new());
        (kept.raw, if is_nothing { stored.to_owned() } else { kept.shown })
    };
    Setting { raw, shown, ..Setting::kept(name, fact, Stored::Secret) }
}

/// The text of an SZ element: `0` and `FALSE` are documented to mean the empty string.
fn plain(text: &str) -> &str {
    let text = text.trim();
    if text == "0" || text.eq_ignore_ascii_case("FALSE") { "" } else { text }
}

/// The file with these settings only, each as its kind leaves it.
pub(super) fn copy(text: &str, facts: &'static [Fact]) -> Result<String, XmlError> {
    let mut lines: Vec<String> = Vec::new();
    for (name, stored) in read(text)? {
        let Some(fact) = find(facts, &name) else { continue };
        let line = match stored {
            // That there is one is told by a name of the program's own.
            _ if fact.like.is_some() => format!("<{}/>\r\n", Spelling::Underscores.name(fact)),
            None if fact.kind == Kind::Secret => format!("<{name}>{PRESENT}</{name}>\r\n"),
            None => continue,
            Some(_) if fact.kind == Kind::Secret => continue,
            Some(stored) => {
                let kept = setting(&name, Some(&stored), Some(fact));
                let text = match kept.raw {
                    Raw::Number(number) if hex_number(&kept.shown).is_none() => format!("{number:08x}"),
                    _ => escaped(&kept.shown),
                };
                format!("<{name}>{text}</{name}>\r\n")
            }
        };
        if fact.like.is_none() || !lines.contains(&line) {
            lines.push(line);
        }
    }
    Ok(format!("\u{FEFF}<{ROOT}>\r\n{}</{ROOT}>\r\n", lines.concat()))
}

#[cfg(test)]
#[path = "account_file_tests.rs"]
mod tests;
