//! What is no TOML, told by what to do about it. The parser's own words name no content, but they are English alone and
//! meant for programmers.

use crate::model::Text;
use crate::policy::mistake::{Mistake, Note, placed};
use std::collections::BTreeSet;

/// What the parser says, in part, and what it means to somebody who writes such a file for the first time.
static MEANINGS: [(&str, Text); 10] = [
    (
        "must be quoted",
        Text::fixed(
            "文字列は引用符(\")で囲んでください。日付は 2027-03-31 の形で書き、年月や年だけなら引用符で囲みます(\"2026-12\")",
            "put a text in quotation marks (\"); a day is written 2027-03-31, a month or a year in quotation marks (\"2026-12\")",
        ),
    ),
    (
        "invalid date",
        Text::fixed(
            "日付は、実際にある日を 2027-03-31 の形で書きます。年月や年だけなら引用符で囲みます(\"2026-12\"、\"2027\")",
            "a day is written 2027-03-31, and has to be one that there is; a month or a year stands in quotation marks (\"2026-12\", \"2027\")",
        ),
    ),
    (
        "duplicate key",
        Text::fixed(
            "この項目は2回書かれています。1つにしてください",
            "this key stands twice: keep one of them",
        ),
    ),
    (
        "missing comma",
        Text::fixed("項目と項目の間にコンマ(,)がありません", "a comma (,) is missing between two entries"),
    ),
    ("extra comma", Text::fixed("コンマ(,)が1つ多くあります", "there is a comma (,) too much")),
    (
        "unclosed inline table",
        Text::fixed("ここで始まる { を閉じる } がありません", "a { is not closed by a }"),
    ),
    ("unclosed array", Text::fixed("[ を閉じる ] がありません", "a [ is not closed by a ]")),
    (
        "string",
        Text::fixed(
            "文字列の引用符(\")が正しくないか、使えない文字があります。引用符は半角にし、文字列は1行に書いて、\\ は \\\\ と書いてください",
            "a text is not written as it should be: straight quotation marks (\") around it, on one line, and \\\\ for a \\",
        ),
    ),
    ("escape", Text::fixed("文字列の中の \\ は \\\\ と書いてください", "inside a text, write \\\\ for a \\")),
    ("recurs", Text::fixed("括弧が深すぎます", "brackets within brackets, too deep")),
];

const OTHER: Text = Text::fixed(
    "TOML として読み取れません。この行か前の行の引用符(\")、括弧、コンマ、= を確かめてください。引用符や括弧は半角で書きます",
    "not TOML: look at the quotation marks, brackets, commas and = of this line or the one before",
);

/// The mistakes that keep a text from being TOML: the first of each line, as one leads to others.
pub(super) fn mistakes(text: &str, errors: &[toml::de::Error]) -> Vec<Mistake> {
    let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let mut lines = BTreeSet::new();
    let mut found = Vec::new();
    // In the parser's own order: what it met first on a line is what is wrong with it.
    for error in errors {
        let at = error.span().map_or(text.len(), |span| span.start);
        if lines.insert(ends.partition_point(|end| *end < at)) {
            found.push(Note { at, field: String::new(), message: meaning(error.message()) });
        }
    }
    placed(text, found)
}

fn meaning(message: &str) -> Text {
    let found = MEANINGS.iter().find(|(part, _)| message.contains(part));
    found.map_or(OTHER, |(_, text)| text.clone())
}
