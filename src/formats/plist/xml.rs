//! XML property lists → tree. Read with roxmltree, because the XML reader of `plist` 1.10 drops CDATA sections and
//! unknown entities without a word and takes a `string` for a `key`.

use roxmltree::{Document, Node, ParsingOptions};

use super::{Budget, MAX_DEPTH, MAX_ITEMS, PlistError, Tree, entry};
use crate::formats::xml::has_too_many_attributes;

/// How XML that may be a property list begins; other text that starts with `<` is no business of this module.
const STARTS: [&str; 12] = [
    "<?xml", "<!", "<plist", "<dict", "<array", "<string", "<integer", "<true", "<false", "<real", "<date",
    "<data",
];

/// Reads an XML property list in UTF-8, or in UTF-16 with a byte order mark. Bytes that are no text become U+FFFD.
pub(super) fn read(bytes: &[u8], budget: &mut Budget) -> Result<Tree, PlistError> {
    let (text, _, _) = encoding_rs::UTF_8.decode(bytes);
    let text = text.trim_start();
    if !STARTS.iter().any(|start| text.starts_with(start)) {
        return Err(PlistError::NotPlist);
    }
    // Apple's files name a DTD, so it has to be allowed; none defines an entity, which is the part that can be abused.
    if text.contains("<!ENTITY") {
        return Err(PlistError::Malformed);
    }
    if has_too_many_attributes(text) {
        return Err(PlistError::TooLarge);
    }
    // Every element of a pretty-printed file is followed by white space, a node of its own, and holds a text.
    let nodes = u32::try_from(MAX_ITEMS.saturating_mul(4)).unwrap_or(u32::MAX);
    let options = ParsingOptions { allow_dtd: true, nodes_limit: nodes, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => PlistError::TooLarge,
        _ => PlistError::Malformed,
    })?;
    let root = document.root_element();
    if root.tag_name().name() != "plist" {
        let wanted = STARTS.iter().any(|start| start.strip_prefix('<') == Some(root.tag_name().name()));
        return if wanted { value(root, 0, budget) } else { Err(PlistError::NotPlist) };
    }
    let mut inside = root.children().filter(Node::is_element);
    let (Some(only), None) = (inside.next(), inside.next()) else { return Err(PlistError::Malformed) };
    value(only, 0, budget)
}

fn value(node: Node, depth: usize, budget: &mut Budget) -> Result<Tree, PlistError> {
    if depth >= MAX_DEPTH {
        return Err(PlistError::TooDeep);
    }
    let mut elements = node.children().filter(Node::is_element);
    match node.tag_name().name() {
        "dict" => {
            budget.spend(0)?;
            let mut entries = Vec::new();
            while let Some(key) = elements.next() {
                // A value in the place of a key would turn the next value, perhaps a secret, into a name.
                if key.tag_name().name() != "key" {
                    return Err(PlistError::Malformed);
                }
                let (Some(name), Some(inside)) = (content(key), elements.next()) else {
                    return Err(PlistError::Malformed);
                };
                budget.spend(name.len())?;
                entries.push(entry(name, value(inside, depth.saturating_add(1), budget)?));
            }
            Ok(Tree::Dict(entries))
        }
        "array" => {
            budget.spend(0)?;
            elements
                .map(|item| value(item, depth.saturating_add(1), budget))
                .collect::<Result<_, _>>()
                .map(Tree::List)
        }
        name => {
            let text = content(node).ok_or(PlistError::Malformed)?;
            budget.spend(text.len())?;
            scalar(name, text).ok_or(PlistError::Malformed)
        }
    }
}

/// The text of an element, put together from text and CDATA; none if it holds another element.
fn content(node: Node) -> Option<String> {
    let texts = node.children().filter(|child| child.is_text() || child.is_element());
    texts.map(|child| if child.is_text() { child.text() } else { None }).collect()
}

fn scalar(name: &str, text: String) -> Option<Tree> {
    match name {
        "string" => Some(Tree::Text(text)),
        "integer" => integer(text.trim()),
        "real" => text.trim().parse().ok().map(Tree::Real),
        "true" => Some(Tree::Bool(true)),
        "false" => Some(Tree::Bool(false)),
        "date" => Some(Tree::Date(text)),
        "data" => {
            // Base64: four characters stand for three bytes, and `=` for none.
            let digits = text.chars().filter(|c| !c.is_whitespace() && *c != '=').count();
            Some(Tree::Data(digits.saturating_mul(3) / 4))
        }
        _ => None,
    }
}

/// Decimal, or hexadecimal with `0x` as CoreFoundation's reader allows.
fn integer(text: &str) -> Option<Tree> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let number = match digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
        Some(hex) => i128::from_str_radix(&format!("{sign}{hex}"), 16),
        None => format!("{sign}{digits}").parse::<i128>(),
    };
    let number = number.ok()?;
    #[expect(clippy::cast_precision_loss, reason = "no setting has a number that large")]
    Some(i64::try_from(number).map_or(Tree::Real(number as f64), Tree::Integer))
}
