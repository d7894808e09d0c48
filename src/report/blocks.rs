//! One block per account below the table: what it does, why the program says so, what to change.

use super::clean::clean;
use super::words;
use crate::model::{Action, Evidence, Finding, Lang, Text, Verdict};
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

/// The block of one account.
pub fn render(number: usize, finding: &Finding, look: Look) -> String {
    let account = &finding.account;
    let text = |text: &Text| text.get(look.lang).to_owned();
    let word = |ja: &'static str, en: &'static str| Text::fixed(ja, en).get(look.lang).to_owned();
    let mut block = Block { lines: vec![heading(number, finding, look)] };
    let mut client = account.client_name.clone();
    if let Some(profile) = &account.profile {
        client = format!("{client} ({}: {profile})", word("プロファイル", "profile"));
    }
    if let Some(user) = &finding.user {
        block.field(&word("ユーザー", "user"), user);
    }
    block.field(&word("メールソフト", "mail client"), &client);
    block.field(&word("アカウント", "account"), &account.name);
    let others: Vec<&str> =
        account.addresses.iter().map(String::as_str).filter(|address| *address != account.name).collect();
    if !others.is_empty() {
        block.field(&word("アドレス", "addresses"), &others.join(", "));
    }
    if let Some(incoming) = &account.incoming {
        block.field(&word("受信", "incoming"), &words::incoming(incoming, look.lang));
    }
    if let Some(seen) = account.outgoing.seen() {
        block.field(&word("送信", "outgoing"), &words::outgoing(&seen, look.lang));
    }
    if let crate::model::Outgoing::Unclear(_, why) = &account.outgoing {
        block.field(&word("理由", "reason"), &text(why));
    }
    for note in &finding.notes {
        block.field(&word("注意", "note"), &text(&note.text()));
    }
    if look.explain || finding.action != Action::None {
        evidence(&mut block, finding, look);
    }
    if look.explain {
        block.field(&word("判定の規則", "rule"), &text(&words::rule(finding.rule)));
        block.field(&word("使用状況", "use"), &text(&words::in_use(account.in_use)));
        block.field(&word("確からしさ", "confidence"), &text(&words::confidence(account.confidence)));
        block.field("id", &finding.id);
    }
    if !finding.steps.is_empty() {
        block.lines.push(format!("  {}:", word("手順", "steps")));
        block.lines.extend(numbered(&finding.steps, look.lang));
    }
    block.lines.join("\n") + "\n"
}

/// Steps with numbers, wrapped with a hanging indent.
pub fn numbered(steps: &[Text], lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        let head = format!("    {:>2}. ", number + 1);
        lines.extend(wrap(&head, &clean(step.get(lang))));
    }
    lines
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

struct Block {
    lines: Vec<String>,
}

impl Block {
    fn field(&mut self, name: &str, value: &str) {
        self.lines.extend(wrap(&field_head(name), &clean(value)));
    }
}

fn field_head(name: &str) -> String {
    const NAMES: usize = 12;
    let padding = " ".repeat(NAMES.saturating_sub(display_width(name)));
    format!("  {name}{padding}: ")
}

fn heading(number: usize, finding: &Finding, look: Look) -> String {
    let verdict = finding.verdict.text();
    // Both, because an account that is not used any more needs no change whatever its verdict.
    let action = words::action(finding.action, finding.verdict == Verdict::SmtpAuth);
    let line = format!("[{number}] {}: {}", action.get(look.lang), verdict.get(look.lang));
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

/// Each place once, its settings below it. Without `--explain` only what the verdict rests on.
fn evidence(block: &mut Block, finding: &Finding, look: Look) {
    let name = Text::fixed("根拠", "evidence").get(look.lang).to_owned();
    let mut head = field_head(&name);
    let indent = " ".repeat(display_width(&head));
    let mut place = "";
    let shown = finding.account.evidence.iter().filter(|evidence| look.explain || evidence.decides);
    for evidence in shown {
        if place != evidence.place {
            place = &evidence.place;
            // A place is copied and pasted: never broken.
            block.lines.push(format!("{head}{}", clean(place)));
            head.clone_from(&indent);
        }
        let line = format!("{} = {}", evidence.setting, value(evidence, look));
        block.lines.extend(wrap(&format!("{indent}  "), &clean(&line)));
    }
}

fn value(evidence: &Evidence, look: Look) -> String {
    match (&evidence.value, &evidence.default) {
        (Some(value), _) => value.clone(),
        (None, None) => Text::fixed("(なし)", "(absent)").get(look.lang).to_owned(),
        (None, Some(default)) if look.explain => match look.lang {
            Lang::Ja => format!("(なし。既定値 {}、出典: {})", default.value, default.source),
            Lang::En => format!("(absent: default {}, source: {})", default.value, default.source),
        },
        (None, Some(default)) => match look.lang {
            Lang::Ja => format!("(なし。既定値 {})", default.value),
            Lang::En => format!("(absent: default {})", default.value),
        },
    }
}
