//! Bytes of a settings file of QMAIL3 (account.xml and the like) → keys with their sections.
//!
//! `<profile><section name="Send"><key name="Host">…</key></section></profile>` in UTF-8 (snakamura/q3,
//! q3/qs/src/util/profile.cpp, `XMLProfileContentHandler`). Names have a case; of two keys of one name the first counts.
//! Elements of other names end the program's own reading; here they are passed over.

use crate::formats::encodings::decode;
use crate::formats::secrets::is_secret_name;
use crate::formats::xml::{XmlError, XmlValue, parse, text_of};

/// One key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileKey {
    /// As the documentation writes it: `Send/Host`.
    pub name: String,
    /// What it holds.
    pub value: XmlValue,
}

/// Reads a whole file. Keys are in the order of the file, duplicates included.
pub fn parse_profile(bytes: &[u8]) -> Result<Vec<ProfileKey>, XmlError> {
    let text = decode(bytes);
    let document = parse(&text, "profile")?;
    let mut keys = Vec::new();
    for section in children(document.root_element(), "section") {
        let Some(name_of_section) = section.attribute("name") else { continue };
        for key in children(section, "key") {
            let Some(name) = key.attribute("name") else { continue };
            let value = if is_secret_name(name) { XmlValue::Secret } else { XmlValue::Text(text_of(key)) };
            keys.push(ProfileKey { name: format!("{name_of_section}/{name}"), value });
        }
    }
    Ok(keys)
}

fn children<'a, 'input>(
    node: roxmltree::Node<'a, 'input>,
    name: &'static str,
) -> impl Iterator<Item = roxmltree::Node<'a, 'input>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_bear_their_sections_names_and_secrets_are_not_kept() {
        let file = "\u{FEFF}<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<profile>\n <section name=\"Send\">\n  \
                    <key name=\"Host\">a&amp;b</key>\n  <odd/><key>x</key>\n </section>\n <section><key name=\"y\">z</key>\
                    </section>\n <section name=\"Http\"><key name=\"ProxyPassword\">TOPSECRET</key></section>\n</profile>";
        let keys = parse_profile(file.as_bytes()).expect("profile");
        assert!(!format!("{keys:?}").contains("TOPSECRET"));
        let names: Vec<_> = keys.into_iter().map(|key| (key.name, key.value)).collect();
        assert_eq!(
            names,
            [
                ("Send/Host".to_owned(), XmlValue::Text("a&b".to_owned())),
                ("Http/ProxyPassword".to_owned(), XmlValue::Secret)
            ]
        );
    }

    #[test]
    fn other_files_are_refused() {
        assert_eq!(parse_profile(b"<folders/>"), Err(XmlError::Root("profile")));
        assert!(matches!(parse_profile(b"<profile><section"), Err(XmlError::Syntax { .. })));
    }
}
