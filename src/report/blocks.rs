//! One block per account: whose it is, what changes, the steps; with `--explain` all that was seen of it.

use super::brief;
use super::checks::{self, Check};
use super::clean::clean;
use super::facts::{self, Fact};
use crate::model::{Action, CHECK_AFTERWARDS, Finding, Lang, Text, Verdict};
use anstyle::{AnsiColor, Style};
use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter};

/// Width of what is no report, and of a report where there is no terminal, in columns.
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
    /// Columns.
    pub width: usize,
}

impl Look {
    /// A text in a colour, where there are any.
    pub fn painted(&self, text: &str, color: Option<AnsiColor>) -> String {
        let Some(color) = color.filter(|_| self.color) else { return text.to_owned() };
        let style = Style::new().bold().fg_color(Some(color.into()));
        format!("{style}{text}{style:#}")
    }

    /// Lines of the width, with a hanging indent.
    pub fn wrap(&self, head: &str, text: &str) -> Vec<String> {
        wrap_at(self.width, head, text)
    }
}

/// The colour of what there is to do; `None`: the account is no concern of this program.
pub fn color_of(finding: &Finding) -> Option<AnsiColor> {
    match finding.action {
        Action::Change => Some(AnsiColor::Red),
        Action::CheckByHand => Some(AnsiColor::Yellow),
        Action::None => (finding.verdict == Verdict::SmtpAuth).then_some(AnsiColor::Green),
    }
}

/// The block of one account, with its computer where there are several. What is shared of its steps stands elsewhere; so
/// does the check afterwards.
pub fn render(number: usize, finding: &Finding, several: bool, shared: &[Text], look: Look) -> String {
    let heading = format!("[{number}] {}", facts::heading(finding, look.lang));
    let heading = look.painted(&heading, color_of(finding));
    let mut lines = vec![heading];
    if look.explain {
        let mut list = facts::facts(finding, several, look.lang);
        let before = list.len();
        list.extend(facts::explanation(finding, look.lang));
        let names = names(&list);
        lines.extend(list.iter().take(before).flat_map(|fact| field(fact, names, look)));
        let changed = brief::changed(finding, look.lang);
        lines.extend(
            changed.iter().flat_map(|(name, value)| look.wrap("  ", &clean(&format!("{name}: {value}")))),
        );
        lines.extend(evidence(finding, names, look));
        lines.extend(list.iter().skip(before).flat_map(|fact| field(fact, names, look)));
    } else {
        lines.extend(look.wrap("  ", &clean(&brief::who(finding, several, look.lang))));
        // Their names differ too much in length to be aligned.
        let list = brief::brief(finding, look.lang);
        lines.extend(
            list.iter().flat_map(|(name, value)| look.wrap("  ", &clean(&format!("{name}: {value}")))),
        );
    }
    let steps = checks::own(&finding.steps, shared);
    if !steps.is_empty() {
        lines.push(format!("  {}:", Text::fixed("手順", "steps").get(look.lang)));
        lines.extend(numbered_at(look.width, steps, look.lang));
    }
    lines.join("\n") + "\n"
}

/// The checks afterwards, those of all accounts as one: what differs says for which.
pub fn checks(accounts: &[(usize, &[Text])], look: Look) -> Option<String> {
    let checks = checks::checks(accounts);
    let mut lines = vec![CHECK_AFTERWARDS.get(look.lang).to_owned()];
    let mut last = 0;
    for Check { number, whose, step } in &checks {
        let head = if *number == last { " ".repeat(5) } else { format!(" {number:>2}. ") };
        last = *number;
        let whose: Vec<String> = whose.iter().map(|number| format!("[{number}]")).collect();
        let whose = if whose.is_empty() { String::new() } else { whose.concat() + " " };
        lines.extend(look.wrap(&head, &clean(&format!("{whose}{}", step.get(look.lang)))));
    }
    (!checks.is_empty()).then(|| lines.join("\n") + "\n")
}

/// Steps with numbers, wrapped with a hanging indent.
pub fn numbered(steps: &[Text], lang: Lang) -> Vec<String> {
    numbered_at(WIDTH, steps, lang)
}

fn numbered_at(width: usize, steps: &[Text], lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    for (number, step) in with_numbers(steps) {
        let head = number.map_or_else(|| "    ".to_owned(), |number| format!("    {number:>2}. "));
        lines.extend(wrap_at(width, &head, &clean(step.get(lang))));
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

/// Wraps at the width of what is no report, never beginning a line with closing punctuation (UAX #14).
pub fn wrap(head: &str, text: &str) -> Vec<String> {
    wrap_at(WIDTH, head, text)
}

fn wrap_at(width: usize, head: &str, text: &str) -> Vec<String> {
    let indent = " ".repeat(display_width(head));
    let options = Options::new(width)
        .initial_indent(head)
        .subsequent_indent(&indent)
        .word_separator(WordSeparator::UnicodeBreakProperties)
        .word_splitter(WordSplitter::NoHyphenation);
    textwrap::wrap(text, options).into_iter().map(std::borrow::Cow::into_owned).collect()
}

/// The longest name, in columns.
fn names(facts: &[Fact]) -> usize {
    facts.iter().map(|(name, _)| display_width(name)).max().unwrap_or_default()
}

fn field((name, value): &Fact, names: usize, look: Look) -> Vec<String> {
    look.wrap(&head(name, names), &clean(value))
}

fn head(name: &str, names: usize) -> String {
    let padding = " ".repeat(names.saturating_sub(display_width(name)));
    format!("  {name}{padding}: ")
}

/// Each place once, its settings below it.
fn evidence(finding: &Finding, names: usize, look: Look) -> Vec<String> {
    let mut head = head(Text::fixed("根拠", "evidence").get(look.lang), names);
    let indent = " ".repeat(display_width(&head));
    let mut list = Vec::new();
    for (place, lines) in facts::evidence(finding, look.lang, true) {
        // A place is copied and pasted: never broken.
        list.push(format!("{head}{}", clean(&place)));
        head.clone_from(&indent);
        list.extend(lines.iter().flat_map(|line| look.wrap(&format!("{indent}  "), &clean(line))));
    }
    list
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
