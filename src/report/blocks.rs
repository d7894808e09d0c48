//! One block per account below the table: what it does, why the program says so, what to change.

use super::clean::clean;
use super::facts;
use crate::model::{Action, Finding, Lang, Text};
use anstyle::{AnsiColor, Style};
use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter};

/// Width of all human-readable output, in columns.
pub const WIDTH: usize = 80;

/// How the blocks are shown.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Language.
    pub lang: Lang,
    /// Colours, for a terminal.
    pub color: bool,
    /// Line drawing, where it is one column wide.
    pub line_drawing: bool,
    /// Every value read, the defaults with their sources, and the rule.
    pub explain: bool,
}

/// The block of one account, with its computer where there are several.
pub fn render(number: usize, finding: &Finding, several: bool, look: Look) -> String {
    let facts = facts::facts(finding, several, look.lang);
    let widest = facts.iter().map(|(name, _)| display_width(name)).max();
    let names = widest.unwrap_or_default().max(NAMES);
    let mut block = Block { names, lines: vec![heading(number, finding, look)] };
    for (name, value) in facts {
        block.field(&name, &value);
    }
    if look.explain || finding.action != Action::None {
        evidence(&mut block, finding, look);
    }
    if look.explain {
        for (name, value) in facts::explanation(finding, look.lang) {
            block.field(&name, &value);
        }
    }
    if !finding.steps.is_empty() {
        block.lines.push(format!("  {}:", Text::fixed("手順", "steps").get(look.lang)));
        block.lines.extend(numbered(&finding.steps, look.lang));
    }
    block.lines.join("\n") + "\n"
}

/// Steps with numbers, wrapped with a hanging indent.
pub fn numbered(steps: &[Text], lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    for (number, step) in with_numbers(steps) {
        let head = number.map_or_else(|| "    ".to_owned(), |number| format!("    {number:>2}. "));
        lines.extend(wrap(&head, &clean(step.get(lang))));
    }
    lines
}

/// Each step with its number; a heading has none, and what follows it begins with 1.
pub fn with_numbers(steps: &[Text]) -> impl Iterator<Item = (Option<usize>, &Text)> {
    steps.iter().scan(0, |last, step| {
        *last = if step.is_heading() { 0 } else { *last + 1 };
        Some(((*last > 0).then_some(*last), step))
    })
}

/// Wraps at the width of the output, never beginning a line with closing punctuation (UAX #14).
pub fn wrap(head: &str, text: &str) -> Vec<String> {
    let indent = " ".repeat(display_width(head));
    let options = Options::new(WIDTH)
        .initial_indent(head)
        .subsequent_indent(&indent)
        .word_separator(WordSeparator::UnicodeBreakProperties)
        .word_splitter(WordSplitter::NoHyphenation);
    textwrap::wrap(text, options).into_iter().map(std::borrow::Cow::into_owned).collect()
}

/// Columns of the names in front of the values; `コンピューター` takes two more.
const NAMES: usize = 12;

struct Block {
    names: usize,
    lines: Vec<String>,
}

impl Block {
    fn field(&mut self, name: &str, value: &str) {
        self.lines.extend(wrap(&self.head(name), &clean(value)));
    }

    fn head(&self, name: &str) -> String {
        let padding = " ".repeat(self.names.saturating_sub(display_width(name)));
        format!("  {name}{padding}: ")
    }
}

fn heading(number: usize, finding: &Finding, look: Look) -> String {
    let line = format!("[{number}] {}", facts::heading(finding, look.lang));
    if !look.color {
        return line;
    }
    let color = match finding.action {
        Action::Change => AnsiColor::Red,
        Action::CheckByHand => AnsiColor::Yellow,
        Action::None => AnsiColor::Green,
    };
    let style = Style::new().bold().fg_color(Some(color.into()));
    format!("{style}{line}{style:#}")
}

/// Each place once, its settings below it.
fn evidence(block: &mut Block, finding: &Finding, look: Look) {
    let name = Text::fixed("根拠", "evidence").get(look.lang).to_owned();
    let mut head = block.head(&name);
    let indent = " ".repeat(display_width(&head));
    for (place, lines) in facts::evidence(finding, look.lang, look.explain) {
        // A place is copied and pasted: never broken.
        block.lines.push(format!("{head}{}", clean(&place)));
        head.clone_from(&indent);
        for line in lines {
            block.lines.extend(wrap(&format!("{indent}  "), &clean(&line)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_have_no_number_and_lists_begin_anew() {
        let steps = ["a", "b", "way:", "c", "way:", "d"].map(|text| Text::new(text, text));
        let lines = numbered(&steps, Lang::En);
        assert_eq!(lines, ["     1. a", "     2. b", "    way:", "     1. c", "    way:", "     1. d"]);
    }
}
