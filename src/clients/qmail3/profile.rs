//! A settings file of QMAIL3 (account.xml and the like): its keys as ranges of the text.
//!
//! `<profile><section name="Send"><key name="Host">…</key></section></profile>` in UTF-8 (snakamura/q3,
//! q3/qs/src/util/profile.cpp, `XMLProfileContentHandler`). Names have a case; of two keys of one name the first counts.
//! Elements of other names end the program's own reading; here they are passed over.

use crate::formats::secrets::is_secret_name;
use crate::formats::xml::{self, XmlError};
use roxmltree::{Document, Node, NodeId};
use std::fmt;
use std::ops::Range;

/// A parsed file.
pub struct Profile<'t> {
    document: Document<'t>,
    /// In the order of the file, duplicates included.
    pub keys: Vec<Key>,
}

/// One key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The name of its section, as written.
    pub section: Range<usize>,
    /// Its name, as written.
    pub name: Range<usize>,
    /// What it holds, as written; `None` for an element that is one tag.
    pub value: Option<Range<usize>>,
    id: NodeId,
}

/// Reads a whole file.
pub fn lex(text: &str) -> Result<Profile<'_>, XmlError> {
    let document = xml::parse(text, "profile")?;
    let mut keys = Vec::new();
    for section in children(document.root_element(), "section") {
        let Some(name_of_section) = section.attribute_node("name") else { continue };
        for key in children(section, "key") {
            let Some(name) = key.attribute_node("name") else { continue };
            keys.push(Key {
                section: name_of_section.range_value(),
                name: name.range_value(),
                value: xml::content(text, key),
                id: key.id(),
            });
        }
    }
    Ok(Profile { document, keys })
}

fn children<'a, 'input>(
    node: Node<'a, 'input>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

impl Profile<'_> {
    /// Section and name of a key.
    pub fn name(&self, key: &Key) -> (&str, &str) {
        let node = self.document.get_node(key.id);
        let name = |node: Option<Node<'_, '_>>| {
            let node = self.document.get_node(node?.id())?;
            node.attribute("name")
        };
        (name(node.and_then(|key| key.parent())).unwrap_or_default(), name(node).unwrap_or_default())
    }

    /// What a key holds, without blanks around it; `None` for a secret.
    pub fn value(&self, key: &Key) -> Option<String> {
        let node = self.document.get_node(key.id).filter(|_| !is_secret_name(self.name(key).1))?;
        Some(xml::text_of(node))
    }
}

/// Never what is in it.
impl fmt::Debug for Profile<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.keys.fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Seen = Vec<(String, String, Option<String>)>;

    fn seen(text: &str) -> Seen {
        let Ok(profile) = lex(text) else { return Vec::new() };
        let of = |key: &Key| {
            let (section, name) = profile.name(key);
            (section.to_owned(), name.to_owned(), profile.value(key))
        };
        profile.keys.iter().map(of).collect()
    }

    #[test]
    fn keys_bear_their_sections_names_and_secrets_are_not_kept() {
        let file = "\u{FEFF}<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<profile>\n <section name=\"Send\">\n  \
                    <key name=\"Host\"> a&amp;b </key>\n  <odd/><key>x</key>\n <key name=\"None\"/></section>\n \
                    <section><key name=\"y\">z</key></section>\n \
                    <section name=\"Http\"><key name=\"ProxyPassword\">TOPSECRET</key></section>\n</profile>";
        let text = crate::formats::encodings::decode(file.as_bytes());
        let named = |section: &str, name: &str, value: Option<&str>| {
            (section.to_owned(), name.to_owned(), value.map(str::to_owned))
        };
        assert_eq!(
            seen(&text),
            [
                named("Send", "Host", Some("a&b")),
                named("Send", "None", Some("")),
                named("Http", "ProxyPassword", None)
            ]
        );
        let profile = lex(&text).expect("profile");
        let written: Vec<_> = profile.keys.iter().map(|key| key.value.clone().map(|at| &text[at])).collect();
        assert_eq!(written, [Some(" a&amp;b "), None, Some("TOPSECRET")]);
        assert!(!format!("{profile:?}").contains("TOPSECRET"));
    }

    #[test]
    fn other_files_are_refused() {
        assert_eq!(lex("<folders/>").map(|_| ()), Err(XmlError::Root("profile")));
        assert!(matches!(lex("<profile><section"), Err(XmlError::Syntax { .. })));
    }

    fn file(parts: &str) -> String {
        format!("<profile><section name='S'>{parts}</section></profile>")
    }

    proptest! {
        #[test]
        fn ranges_ascend_within_bounds(
            parts in "(<key name='[a-c]{0,2}'>([a-c ]|&lt;|<!-- </ -->|<!\\[CDATA\\[</\\]\\]>|<odd></odd>){0,4}</key>|<key name=\"a\" />|<odd/>|あ){0,8}",
        ) {
            let text = file(&parts);
            let profile = lex(&text).expect("well-formed");
            let mut last = 0;
            for key in &profile.keys {
                for range in [Some(&key.name), key.value.as_ref()].into_iter().flatten() {
                    prop_assert!(range.start >= last && range.start <= range.end && range.end <= text.len());
                    last = range.end;
                }
                prop_assert!(text.get(key.section.clone()) == Some("S"));
            }
        }

        /// Changing one value changes just those bytes, and lexing again gives the same keys with that value.
        #[test]
        fn changing_a_value_changes_nothing_else(
            parts in "(<key name='[a-c]{0,2}'>([a-c ]|&lt;|<!-- </ -->|<!\\[CDATA\\[</\\]\\]>|<odd></odd>){0,4}</key>|<key name=\"a\" />|<odd/>){0,8}",
            which in 0_usize..8,
            value in "[a-z0-9.]{1,6}",
        ) {
            let text = file(&parts);
            let keys = lex(&text).expect("well-formed").keys;
            let Some(range) = keys.get(which).and_then(|key| key.value.clone()) else { return Ok(()) };
            let changed = format!("{}{value}{}", &text[..range.start], &text[range.end..]);
            let mut wanted = seen(&text);
            wanted[which].2 = Some(value);
            prop_assert_eq!(seen(&changed), wanted);
        }
    }
}
