//! Bytes of a Windows Mail or Windows Live Mail account (`.oeaccount`) → elements.
//!
//! UTF-16LE with a byte order mark, root `<MessageAccount>`, one level of `<Name type="SZ|DWORD|BINARY">text</Name>`
//! (three fixtures of Thunderbird's import test, mailnews/import/test/unit/resources/WindowsLiveMail). The `type` is
//! not always true, so the text stays raw and the name decides how to read it: [`hex_number`], [`text`].

use crate::formats::encodings::decode;
use crate::formats::secrets::is_secret_name;
use std::ops::Range;

/// More nodes than this are no account: a real one has about fifty elements.
const MOST_NODES: u32 = 10_000;

/// Attributes in one file, of this and every other format that roxmltree reads: it compares all attributes of an element
/// with each other, so that some hundred thousand would take minutes. Accounts have one per element, property lists one.
const MAX_ATTRIBUTES: usize = 4096;

/// One setting of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// The name as written, for example `SMTP_Use_Sicily`.
    pub name: String,
    /// The `type` attribute as written; empty if there is none.
    pub kind: String,
    /// What the element holds.
    pub value: XmlValue,
}

/// The content of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum XmlValue {
    /// The text without blanks around it.
    Text(String),
    /// A secret, of which only the presence is kept.
    Secret,
}

/// Why a file is no account. Nothing of the content is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum XmlError {
    /// Not well-formed, or a document type, which accounts never have.
    #[error("not well-formed XML at line {line}, column {column}")]
    Syntax {
        /// Line, from 1.
        line: u32,
        /// Column in characters, from 1.
        column: u32,
    },
    /// Well-formed, but something else; the name is the one that was expected.
    #[error("the root element is not {0}")]
    Root(&'static str),
    /// Far more elements or attributes than any account has.
    #[error("too many elements or attributes")]
    TooMany,
}

/// Reads a whole file. Elements are in the order of the file, duplicates included.
pub fn parse_message_account(bytes: &[u8]) -> Result<Vec<Element>, XmlError> {
    let text = decode(bytes);
    let document = parse(&text, "MessageAccount")?;
    Ok(document.root_element().children().filter(roxmltree::Node::is_element).map(read_element).collect())
}

/// Reads a text whose root element has this name.
pub fn parse<'t>(text: &'t str, root: &'static str) -> Result<roxmltree::Document<'t>, XmlError> {
    if has_too_many_attributes(text) {
        return Err(XmlError::TooMany);
    }
    let options = roxmltree::ParsingOptions { nodes_limit: MOST_NODES, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(text, options).map_err(|error| {
        let roxmltree::TextPos { row: line, col: column } = error.pos();
        match error {
            roxmltree::Error::NodesLimitReached => XmlError::TooMany,
            _ => XmlError::Syntax { line, column },
        }
    })?;
    if document.root_element().tag_name().name() == root { Ok(document) } else { Err(XmlError::Root(root)) }
}

/// The text of an element without blanks around it.
pub fn text_of(node: roxmltree::Node) -> String {
    let parts: String =
        node.children().filter(roxmltree::Node::is_text).filter_map(|part| part.text()).collect();
    parts.trim().to_owned()
}

/// Where the content of an element stands, between its tags; `None` for an element that is one tag.
pub fn content(text: &str, node: roxmltree::Node) -> Option<Range<usize>> {
    let range = node.range();
    let end = range.start + text.get(range.clone())?.rfind("</")?;
    let start = match node.first_child() {
        Some(child) => child.range().start,
        None if text.get(range)?.ends_with("/>") => return None,
        None => end,
    };
    Some(start..end)
}

/// A text inside an XML element; what XML can't hold becomes U+FFFD.
pub fn escaped(text: &str) -> String {
    let fits = |c: char| if c.is_control() && !matches!(c, '\t' | '\n' | '\r') { '\u{FFFD}' } else { c };
    let text: String = text.chars().map(fits).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// True if roxmltree must not see this text. Whatever looks like an attribute counts, also in a comment.
pub(super) fn has_too_many_attributes(text: &str) -> bool {
    let values = text.split('=').skip(1).filter(|rest| rest.trim_start().starts_with(['"', '\'']));
    values.count() > MAX_ATTRIBUTES
}

/// The number of a DWORD element: hexadecimal without a prefix, 1 to 8 digits; the documented template also has the
/// words TRUE and FALSE (learn.microsoft.com, "Account Configuration", Windows Mail).
pub fn hex_number(text: &str) -> Option<u32> {
    let text = text.trim();
    if text.eq_ignore_ascii_case("TRUE") {
        Some(1)
    } else if text.eq_ignore_ascii_case("FALSE") {
        Some(0)
    } else {
        let digits = (1..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        digits.then(|| u32::from_str_radix(text, 16).ok()).flatten()
    }
}

/// The text of an SZ element: `0` and `FALSE` are documented to mean the empty string.
pub fn text(text: &str) -> &str {
    let text = text.trim();
    if text == "0" || text.eq_ignore_ascii_case("FALSE") { "" } else { text }
}

fn read_element(node: roxmltree::Node) -> Element {
    let name = node.tag_name().name().to_owned();
    let value = if is_secret_name(&name) { XmlValue::Secret } else { XmlValue::Text(text_of(node)) };
    Element { name, kind: node.attribute("type").unwrap_or_default().to_owned(), value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ACCOUNT: &str = concat!(
        "<?xml version=\"1.0\" encoding=\"utf-16\" ?>\r\n<MessageAccount>\r\n",
        "    <Account_Name type=\"SZ\">会社 &amp; 自宅</Account_Name>\r\n",
        "    <SMTP_Port type=\"DWORD\">0000024b</SMTP_Port>\r\n",
        "    <POP3_Password2 type=\"BINARY\">544F50534543524554</POP3_Password2>\r\n",
        "    <IMAP_Svr-side_Special_Folders type=\"DWORD\">1</IMAP_Svr-side_Special_Folders>\r\n",
        "    <SMTP_Server>a<!-- split --><![CDATA[.example.jp]]><Deep>x</Deep></SMTP_Server>\r\n",
        "</MessageAccount>\r\n"
    );

    fn element(name: &str, kind: &str, value: &str) -> Element {
        Element { name: name.into(), kind: kind.into(), value: XmlValue::Text(value.into()) }
    }

    #[test]
    fn an_account_is_read_in_every_encoding() {
        let wanted = [
            element("Account_Name", "SZ", "会社 & 自宅"),
            element("SMTP_Port", "DWORD", "0000024b"),
            Element { name: "POP3_Password2".into(), kind: "BINARY".into(), value: XmlValue::Secret },
            element("IMAP_Svr-side_Special_Folders", "DWORD", "1"),
            element("SMTP_Server", "", "a.example.jp"),
        ];
        let bom = format!("\u{FEFF}{ACCOUNT}");
        let mut files = vec![ACCOUNT.as_bytes().to_vec(), bom.as_bytes().to_vec()];
        for text in [ACCOUNT, &bom] {
            files.push(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
            files.push(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
        }
        for file in files {
            assert_eq!(parse_message_account(&file).expect("account"), wanted);
        }
    }

    #[test]
    fn secrets_are_not_in_the_result() {
        let found = format!("{:?}", parse_message_account(ACCOUNT.as_bytes()));
        assert!(!found.contains("544F"));
    }

    #[test]
    fn errors_have_a_place_and_no_content() {
        let error = parse_message_account(b"<MessageAccount>\n  <Secret>x</Other>\n").expect_err("error");
        assert_eq!(error, XmlError::Syntax { line: 2, column: 12 });
        assert_eq!(error.to_string(), "not well-formed XML at line 2, column 12");
        assert_eq!(parse_message_account(b"<profile/>"), Err(XmlError::Root("MessageAccount")));
        assert!(parse_message_account(b"").is_err());
        let bomb = b"<!DOCTYPE x [<!ENTITY a \"b\">]><MessageAccount>&a;</MessageAccount>";
        assert!(matches!(parse_message_account(bomb), Err(XmlError::Syntax { .. })));
    }

    #[test]
    fn huge_and_deep_files_are_refused() {
        let wide = format!("<MessageAccount>{}</MessageAccount>", "<a/>".repeat(20_000));
        assert_eq!(parse_message_account(wide.as_bytes()), Err(XmlError::TooMany));
        assert!(parse_message_account("<a>".repeat(1_000_000).as_bytes()).is_err());
        assert_eq!(parse_message_account(b"<MessageAccount/>"), Ok(vec![]));
        let attributes = (0..300_000).fold(String::new(), |all, number| all + &format!(" a{number} = '1'"));
        let file = format!("<MessageAccount><a{attributes}/></MessageAccount>");
        assert_eq!(parse_message_account(file.as_bytes()), Err(XmlError::TooMany));
        let deep =
            format!("<MessageAccount>{}{}</MessageAccount>", "<a>".repeat(9_000), "</a>".repeat(9_000));
        assert_eq!(parse_message_account(deep.as_bytes()).map(|found| found.len()), Ok(1));
    }

    #[test]
    fn numbers_are_hexadecimal() {
        for (text, number) in [
            ("1", Some(1)),
            ("19", Some(25)),
            ("24b", Some(587)),
            ("3E1", Some(993)),
            ("00000003", Some(3)),
            ("FFFFFFFF", Some(u32::MAX)),
            (" 19 ", Some(25)),
            ("True", Some(1)),
            ("FALSE", Some(0)),
            ("", None),
            ("+1", None),
            ("0x19", None),
            ("000000019", None),
            ("smtp", None),
        ] {
            assert_eq!(hex_number(text), number, "{text}");
        }
    }

    #[test]
    fn nought_and_false_are_no_text() {
        assert_eq!((text("0"), text("FALSE"), text(""), text("false")), ("", "", "", ""));
        assert_eq!((text("00"), text(" mail.example.jp ")), ("00", "mail.example.jp"));
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(
            bytes in prop::collection::vec(any::<u8>(), 0..100),
            junk in "(<MessageAccount>|</|<a |type=|\"|&|;|#|>|<!\\[CDATA\\[|\\PC){0,30}",
        ) {
            let _ = parse_message_account(&bytes);
            let _ = parse_message_account(junk.as_bytes());
            let _ = (hex_number(&junk), text(&junk));
        }
    }
}
