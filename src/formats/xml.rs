//! XML by roxmltree, within limits: the root element that is wanted, and the texts in it.

use std::ops::Range;

/// More nodes than this are no account: a real one has about fifty elements.
const MOST_NODES: u32 = 10_000;

/// Attributes in one file, of this and every other format that roxmltree reads: it compares all attributes of an element
/// with each other, so that some hundred thousand would take minutes. Accounts have one per element, property lists one.
const MAX_ATTRIBUTES: usize = 4096;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_have_a_place_and_no_content() {
        let error = parse("<a>\n  <Secret>x</Other>\n", "a").expect_err("error");
        assert_eq!(error, XmlError::Syntax { line: 2, column: 12 });
        assert_eq!(error.to_string(), "not well-formed XML at line 2, column 12");
        assert_eq!(parse("<profile/>", "a").expect_err("error"), XmlError::Root("a"));
        assert!(parse("", "a").is_err());
        let bomb = "<!DOCTYPE x [<!ENTITY a \"b\">]><a>&a;</a>";
        assert!(matches!(parse(bomb, "a"), Err(XmlError::Syntax { .. })));
    }

    #[test]
    fn huge_and_deep_files_are_refused() {
        let wide = format!("<a>{}</a>", "<a/>".repeat(20_000));
        assert_eq!(parse(&wide, "a").expect_err("error"), XmlError::TooMany);
        assert!(parse(&"<a>".repeat(1_000_000), "a").is_err());
        assert!(parse("<a/>", "a").is_ok());
        let attributes = (0..300_000).fold(String::new(), |all, number| all + &format!(" a{number} = '1'"));
        let file = format!("<a><a{attributes}/></a>");
        assert_eq!(parse(&file, "a").expect_err("error"), XmlError::TooMany);
        let deep = format!("<a>{}{}</a>", "<a>".repeat(9_000), "</a>".repeat(9_000));
        assert_eq!(parse(&deep, "a").map(|found| found.root_element().children().count()), Ok(1));
    }

    #[test]
    fn texts_are_written_so_that_they_are_read_again() {
        let text = escaped("a<b>&c\u{1}");
        assert_eq!(text, "a&lt;b&gt;&amp;c\u{FFFD}");
        let file = format!("<a>{text}</a>");
        assert_eq!(text_of(parse(&file, "a").expect("a").root_element()), "a<b>&c\u{FFFD}");
    }
}
