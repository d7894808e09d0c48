//! A report on its way out: rendered in the form asked for, written, and answered with an exit code.

use super::arguments::{AskArgs, Format, ScanArgs};
use super::console::Screen;
use super::output::{Sink, say};
use super::stop::Stop;
use super::{CHANGE, CHECK, Counts, OK, console, counts_finding, counts_issues, hints, places};
use crate::model::{Action, Finding, Lang, Report, Text};
use crate::report::blocks::Look;
use crate::report::clean::{ascii_json, clean};
use crate::report::monitoring::{self, State};
use crate::report::{csv, facts, html, markdown, table, v1};
use crate::source::here::offset;
use std::path::PathBuf;
use time::UtcOffset;

/// In what form a report goes out, and where.
#[derive(Debug, Clone)]
pub(super) struct Form {
    pub(super) format: Format,
    pub(super) lang: Lang,
    offset: UtcOffset,
    explain: bool,
    output: Option<PathBuf>,
    fail_on: Vec<Counts>,
    exit_zero: bool,
    strict: bool,
    /// The command that writes the same report as JSON, for the commands that follow it; `None`: none are shown.
    again: Option<String>,
}

impl Form {
    pub(super) fn of(args: &ScanArgs, lang: Lang) -> Self {
        Self {
            format: args.format,
            lang,
            offset: offset(),
            explain: args.explain,
            output: args.output.clone(),
            fail_on: args.fail_on.clone(),
            exit_zero: args.exit_zero,
            strict: args.strict,
            // It names paths; and a masked report is for others, who can't look at the screens.
            again: (!args.quiet && !args.redaction.is_wanted()).then(|| hints::scan_again(args)),
        }
    }

    /// The same where commands are of no use.
    pub(super) fn without_commands(self) -> Self {
        Self { again: None, ..self }
    }

    pub(super) fn of_answers(args: &AskArgs, lang: Lang) -> Self {
        Self {
            format: args.format,
            lang,
            offset: offset(),
            explain: args.explain,
            output: args.output.clone(),
            fail_on: Vec::new(),
            exit_zero: false,
            strict: false,
            again: None,
        }
    }

    /// Opens the place for the result before the work begins; the error is said.
    pub(super) fn open(&self) -> Result<Sink, Stop> {
        Sink::new(self.output.clone()).map_err(|error| {
            places::not_written(self.output.as_deref(), &error, self.lang);
            Stop::Output
        })
    }

    /// True if each finding is a line of its own that can be written before the next is known.
    pub(super) fn is_lines(&self) -> bool {
        self.format == Format::Jsonl
    }

    /// Writes the line of one finding now.
    pub(super) fn line(&self, finding: &Finding, started_at: &str, sink: &mut Sink) -> std::io::Result<()> {
        sink.write_part(&self.json(v1::render_line(finding, started_at)))
    }

    /// JSON for where it goes.
    fn json(&self, json: String) -> String {
        if self.needs_ascii() { ascii_json(&json) } else { json }
    }

    fn needs_ascii(&self) -> bool {
        self.output.is_none() && console::needs_ascii()
    }

    /// Renders, writes and says what has to be said. Returns the exit code.
    pub(super) fn publish(&self, report: &Report, sink: Sink) -> u8 {
        let render = || self.render(report, &sink);
        let written = match self.format {
            // Of many users it is long, and most of it is written already.
            Format::Jsonl if !self.needs_ascii() => sink.write_utf8_by(|out| v1::write_lines(report, out)),
            // JSON is ASCII where its reader decodes by a code page.
            Format::Csv | Format::Html | Format::Json | Format::Jsonl => {
                let text = render();
                sink.write_utf8(&text)
            }
            _ => {
                let text = render();
                sink.write(&text)
            }
        };
        if let Err(error) = written {
            return self.failed(&error);
        }
        for remark in &report.scan.remarks {
            say(&clean(remark.get(self.lang)));
        }
        if self.format == Format::Csv {
            let issues = Text::fixed("読み取れなかったもの", "what could not be read");
            not_in_csv(&[(issues, report.issues.len()), (DONE, report.resolved.len())], self.lang);
            // No format has these: another would not help.
            if let Some(number) = facts::not_shown(report) {
                let rest =
                    Text::fixed(" (条件を付けずに実行すると含まれます)", " (they come without the filters)");
                say(&format!("{}{}", number.get(self.lang), rest.get(self.lang)));
            }
        }
        if let Some(path) = &self.output {
            say(&places::written(path, self.lang));
            if matches!(self.format, Format::Json | Format::Jsonl)
                && let Some(commands) = self.commands(report)
            {
                say(&commands);
            }
        }
        if self.exit_zero { OK } else { self.exit_code(report) }
    }

    /// Says that the result could not be written, and returns the exit code.
    pub(super) fn failed(&self, error: &std::io::Error) -> u8 {
        places::not_written(self.output.as_deref(), error, self.lang);
        Stop::Output.tell(Some(self.format), self.lang)
    }

    pub(super) fn render(&self, report: &Report, sink: &Sink) -> String {
        let screen = sink.screen(self.lang);
        match self.format {
            Format::Table => {
                let Screen { color, line_drawing, width } = screen;
                let look = Look { lang: self.lang, color, line_drawing, explain: self.explain, width };
                let commands = self.commands(report).map(|commands| format!("\n{commands}\n"));
                table::render(report, look) + &commands.unwrap_or_default()
            }
            Format::Json => self.json(v1::render(report)),
            Format::Jsonl => self.json(v1::render_lines(report)),
            Format::Csv => csv::render(report),
            Format::Markdown => markdown::render(report, self.lang, self.explain),
            Format::Html => html::render(report, self.lang, self.offset),
            Format::Intune => monitoring::intune(report),
            Format::Nagios => monitoring::nagios(report, self.state(report), self.lang),
        }
    }

    /// What to run for the accounts that could not be read.
    fn commands(&self, report: &Report) -> Option<String> {
        let again = self.again.as_deref()?;
        let written = self.output.as_deref().filter(|_| self.format != Format::Table);
        hints::ask_commands(report, written, again, self.lang)
    }

    fn counts_finding(&self, finding: &Finding) -> bool {
        !finding.is_not_due && counts_finding(&self.fail_on, Some(finding.verdict), finding.compared)
    }

    fn state(&self, report: &Report) -> State {
        State::of(report, |finding| self.counts_finding(finding), counts_issues(&self.fail_on))
    }

    fn exit_code(&self, report: &Report) -> u8 {
        if self.format == Format::Nagios {
            return self.state(report).code();
        }
        // Without an earlier report, as where findings were handed on, none is compared.
        let counts = |verdict| counts_finding(&self.fail_on, Some(verdict), None);
        let any = |action| {
            report.findings.iter().any(|f| f.action == action && self.counts_finding(f))
                || report.handed_on.number_counting(action, counts) > 0
        };
        let is_unsure =
            any(Action::CheckByHand) || (!report.issues.is_empty() && counts_issues(&self.fail_on));
        match self.format {
            _ if any(Action::Change) => CHANGE,
            Format::Intune if is_unsure && self.strict => CHANGE,
            Format::Intune => OK,
            _ if is_unsure => CHECK,
            _ => OK,
        }
    }
}

/// Accounts of the baseline that need nothing any more.
pub(super) const DONE: Text =
    Text::fixed("以前の報告から対応済みのアカウント", "accounts done since the baseline");

/// Says how much there is for which a table of accounts has no row.
pub(super) fn not_in_csv(kinds: &[(Text, usize)], lang: Lang) {
    let kinds = kinds.iter().filter(|(_, number)| *number > 0);
    let kinds: Vec<String> = kinds.map(|(kind, number)| format!("{} {number}", kind.get(lang))).collect();
    if kinds.is_empty() {
        return;
    }
    let message = Text::new(
        format!("CSV に含まれないもの: {} (--format table または json にはあります)", kinds.join("、")),
        format!("not in the CSV: {} (see --format table or json)", kinds.join(", ")),
    );
    say(message.get(lang));
}
