//! Tree → XML property list.

use super::Tree;
use std::fmt::Write;

/// Bytes that stand for bytes that were not kept: their number is all that is told of them.
const MOST_BYTES: usize = 4096;

/// A whole file.
pub fn to_xml(tree: &Tree) -> String {
    let mut file = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\">\n");
    value(tree, &mut file);
    file + "</plist>\n"
}

/// A tree is never deeper than what was read.
fn value(tree: &Tree, file: &mut String) {
    let _ = match tree {
        Tree::Text(text) => writeln!(file, "<string>{}</string>", escaped(text)),
        Tree::Bool(flag) => writeln!(file, "<{flag}/>"),
        Tree::Integer(number) => writeln!(file, "<integer>{number}</integer>"),
        Tree::Real(number) => writeln!(file, "<real>{number}</real>"),
        Tree::Data(length) => {
            // base64 of as many zeros
            let length = (*length).min(MOST_BYTES);
            let end = ["", "AA==", "AAA="].get(length % 3).copied().unwrap_or_default();
            writeln!(file, "<data>{}{end}</data>", "AAAA".repeat(length / 3))
        }
        Tree::Date(date) if !date.is_empty() => writeln!(file, "<date>{}</date>", escaped(date)),
        // Whatever it is, no setting has it.
        Tree::Date(_) | Tree::Uid(_) | Tree::Other => writeln!(file, "<date>2000-01-01T00:00:00Z</date>"),
        Tree::List(items) => {
            file.push_str("<array>\n");
            for item in items {
                value(item, file);
            }
            writeln!(file, "</array>")
        }
        Tree::Dict(entries) => {
            file.push_str("<dict>\n");
            for (name, item) in entries.iter().filter(|(_, item)| !matches!(item, Tree::None | Tree::Secret))
            {
                let _ = writeln!(file, "<key>{}</key>", escaped(name));
                value(item, file);
            }
            writeln!(file, "</dict>")
        }
        Tree::None | Tree::Secret => Ok(()),
    };
}

/// A text inside an element; what XML can't hold becomes U+FFFD.
fn escaped(text: &str) -> String {
    let fits = |c: char| if c.is_control() && !matches!(c, '\t' | '\n' | '\r') { '\u{FFFD}' } else { c };
    let text: String = text.chars().map(fits).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::plist::parse;

    #[test]
    fn what_is_written_reads_the_same() {
        let text = |text: &str| Tree::Text(text.to_owned());
        let entry = |name: &str, value| (name.to_owned(), value);
        let inner =
            Tree::Dict(vec![entry("a & <b>", text("\u{3042} <&> \"x\"")), entry("n", Tree::Integer(-5))]);
        let all = vec![inner, Tree::Bool(true), Tree::Real(0.5), Tree::Data(5), text(""), Tree::List(vec![])];
        let tree = Tree::Dict(vec![entry("list", Tree::List(all))]);
        assert_eq!(parse(to_xml(&tree).as_bytes()), Ok(tree));
        let odd = Tree::Dict(vec![
            entry("other", Tree::Other),
            entry("password", Tree::Secret),
            entry("nothing", Tree::None),
            entry("date", Tree::Date("2024-05-01T09:00:00Z".to_owned())),
        ]);
        let date = |date: &str| Tree::Date(date.to_owned());
        let expected =
            vec![entry("other", date("2000-01-01T00:00:00Z")), entry("date", date("2024-05-01T09:00:00Z"))];
        assert_eq!(parse(to_xml(&odd).as_bytes()), Ok(Tree::Dict(expected)));
        assert_eq!(parse(to_xml(&text("a\u{7}b")).as_bytes()), Ok(text("a\u{FFFD}b")));
    }
}
