//! The lexer of msmtp's configuration: text → lines of ranges, which hold no text themselves. Reading, keeping (`collect`)
//! and setting use the same ranges.
//!
//! Rules: marlam/msmtp at 933d35b, src/conf.c (`get_cmd`, `trim_string`, `read_conffile`). One command per line, `#` begins a
//! comment, one pair of double quotes around an argument comes off.

use std::ops::Range;

/// A line that is neither empty nor a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number, from 1.
    pub number: usize,
    /// What it says.
    pub says: Says,
}

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Says {
    /// `defaults`
    Defaults,
    /// `account NAME`, with what stands behind the colon.
    Account {
        /// The name.
        name: Range<usize>,
        /// The accounts that it takes over from.
        bases: Vec<Range<usize>>,
    },
    /// A command that is computed when msmtp starts.
    Eval,
    /// A command and its argument, without the quotes around it.
    Command {
        /// The command.
        name: Range<usize>,
        /// Its argument; empty if there is none.
        argument: Range<usize>,
    },
    /// An account without a name.
    Nothing,
}

const BLANKS: [char; 2] = [' ', '\t'];

/// The lines of a file in its order.
pub fn lex(text: &str) -> Vec<Line> {
    let mut at = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut lines = Vec::new();
    for (index, line) in text.get(at..).unwrap_or_default().split('\n').enumerate() {
        let range = trimmed(text, at..at + line.strip_suffix('\r').unwrap_or(line).len());
        at += line.len() + 1;
        if !slice(text, &range).is_empty() && !slice(text, &range).starts_with('#') {
            lines.push(Line { number: index + 1, says: read(text, range) });
        }
    }
    lines
}

/// The text of a range.
pub fn slice<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    text.get(range.clone()).unwrap_or_default()
}

fn read(text: &str, line: Range<usize>) -> Says {
    let length = slice(text, &line).find(BLANKS).unwrap_or(line.len());
    let name = line.start..line.start + length;
    let argument = plain(text, until_remark(text, trimmed(text, name.end..line.end)));
    match slice(text, &name) {
        "eval" => Says::Eval,
        "defaults" if argument.is_empty() => Says::Defaults,
        "account" => account(text, argument),
        _ => Says::Command { name, argument },
    }
}

fn account(text: &str, argument: Range<usize>) -> Says {
    let (name, bases) = match slice(text, &argument).find(':') {
        None => (argument, Vec::new()),
        Some(colon) => {
            let (mut at, mut bases) = (argument.start + colon + 1, Vec::new());
            for base in slice(text, &(at..argument.end)).split(',') {
                bases.push(plain(text, at..at + base.len()));
                at += base.len() + 1;
            }
            (plain(text, argument.start..argument.start + colon), bases)
        }
    };
    if name.is_empty() || slice(text, &name).contains(',') {
        return Says::Nothing;
    }
    Says::Account { name, bases }
}

/// To msmtp a `#` behind a command is part of its argument. People take it for a comment, and may note a password there: the
/// argument ends with the sign itself, so that it stays as wrong as it is.
fn until_remark(text: &str, argument: Range<usize>) -> Range<usize> {
    let content = slice(text, &argument);
    let is_remark =
        |at: &usize| content.get(..*at).is_some_and(|before| before.is_empty() || before.ends_with(BLANKS));
    match content.match_indices('#').map(|(at, _)| at).find(is_remark) {
        Some(at) => argument.start..argument.start + at + 1,
        None => argument,
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let content = slice(text, &range);
    let start = range.start + (content.len() - content.trim_start_matches(BLANKS).len());
    start..start + content.trim_matches(BLANKS).len()
}

/// Without blanks around it, and then without one pair of double quotes.
fn plain(text: &str, range: Range<usize>) -> Range<usize> {
    let range = trimmed(text, range);
    let inside = slice(text, &range).strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inside.map_or(range.clone(), |inside| range.start + 1..range.start + 1 + inside.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn seen(text: &str) -> Vec<String> {
        let lines = lex(text).into_iter().map(|line| {
            let said = match &line.says {
                Says::Account { name, bases } => {
                    let bases: Vec<&str> = bases.iter().map(|base| slice(text, base)).collect();
                    format!("account {} <{}>", slice(text, name), bases.join("|"))
                }
                Says::Command { name, argument } => {
                    format!("{} <{}>", slice(text, name), slice(text, argument))
                }
                other => format!("{other:?}"),
            };
            format!("{} {said}", line.number)
        });
        lines.collect()
    }

    #[test]
    fn quotes_blanks_and_comments() {
        let text = "\u{FEFF} \t# host no\r\n\thost\t \"mail.example.jp\" \r\nfrom \"a b\" c\nuser \"\nauth\n\neval x y\n\
                    defaults\ndefaults x";
        assert_eq!(
            seen(text),
            [
                "2 host <mail.example.jp>",
                "3 from <\"a b\" c>",
                "4 user <\">",
                "5 auth <>",
                "7 Eval",
                "8 Defaults",
                "9 defaults <x>"
            ]
        );
        assert_eq!(
            seen(
                "account a\naccount \" b \" : \"c\" , d\naccount\naccount x,y\naccount \"e:f\"\naccount : g"
            ),
            [
                "1 account a <>",
                "2 account  b  <c|d>",
                "3 Nothing",
                "4 Nothing",
                "5 account e <f>",
                "6 Nothing"
            ]
        );
    }

    #[test]
    fn what_follows_a_comment_sign_is_in_no_range() {
        assert_eq!(
            seen("user taro # himitsu\nuser #himitsu\nfrom \"a #himitsu\"\nuser taro#1\naccount a # himitsu"),
            ["1 user <taro #>", "2 user <#>", "3 from <\"a #>", "4 user <taro#1>", "5 account a # <>"]
        );
    }

    /// All ranges in the order of the text.
    fn ranges(text: &str) -> Vec<Range<usize>> {
        let of = |line: Line| match line.says {
            Says::Account { name, bases } => [name].into_iter().chain(bases).collect(),
            Says::Command { name, argument } => vec![name, argument],
            _ => Vec::new(),
        };
        lex(text).into_iter().flat_map(of).collect()
    }

    proptest! {
        #[test]
        fn ranges_ascend_within_bounds(text in "(account |host |[:,#\"' \t\r\na]|.){0,60}") {
            let mut last = 0;
            for range in ranges(&text) {
                prop_assert!(range.start >= last && range.start <= range.end && range.end <= text.len());
                prop_assert!(text.get(range.clone()).is_some());
                last = range.end;
            }
        }

        /// Changing one argument changes just those bytes, and lexing again gives the same lines with that argument.
        #[test]
        fn changing_an_argument_changes_nothing_else(
            text in "((host|port|user|account)[ \t]{1,2}[a-c:,#\"]{0,6} ?(# x)?|#a|\r?\n){0,16}",
            which in 0_usize..8,
            value in "[a-z0-9.]{1,6}",
        ) {
            let arguments = lex(&text).into_iter().enumerate().filter_map(|(index, line)| match line.says {
                // One that is not there has no place of its own.
                Says::Command { argument, .. } if !argument.is_empty() => Some((index, argument)),
                _ => None,
            });
            let Some((index, range)) = arguments.into_iter().nth(which) else { return Ok(()) };
            let changed = format!("{}{value}{}", &text[..range.start], &text[range.end..]);
            let (old, new) = (seen(&text), seen(&changed));
            prop_assert_eq!(old.len(), new.len());
            for (other, (old, new)) in old.iter().zip(&new).enumerate() {
                if other == index {
                    let wanted = format!("<{value}");
                    prop_assert!(new.contains(&wanted), "{} {}", old, new);
                } else {
                    prop_assert_eq!(old, new);
                }
            }
        }
    }
}
