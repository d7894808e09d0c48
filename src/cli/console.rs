//! What the screen can show: colours, line drawing, the code page of a Windows pipe, a window that closes by itself.

use crate::model::Lang;
use crate::report::blocks::WIDTH;
use anstream::{AutoStream, ColorChoice};
use std::io::{self, IsTerminal};
use std::ops::RangeInclusive;
use terminal_size::{Width, terminal_size_of};

/// What stdout is able to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Screen {
    /// Colours may be used: a terminal that has them, and no `NO_COLOR`.
    pub(super) color: bool,
    /// Line drawing is one column wide.
    pub(super) line_drawing: bool,
    /// Columns: of the terminal, within what can be read; what is no terminal has 80.
    pub(super) width: usize,
}

/// Narrower than this no word fits any more, and wider the eye loses the line.
const WIDTHS: RangeInclusive<usize> = 60..=200;

impl Screen {
    /// Neither colours nor line drawing: for files.
    pub(super) const PLAIN: Self = Self { color: false, line_drawing: false, width: WIDTH };

    /// What the present stdout is able to show.
    pub(super) fn of_stdout(lang: Lang) -> Self {
        let escapes = system::enable_escape_sequences();
        Self {
            color: escapes && AutoStream::choice(&io::stdout()) != ColorChoice::Never,
            line_drawing: io::stdout().is_terminal() && escapes && system::draws_narrow_lines(lang),
            width: width_of_stdout().map_or(WIDTH, |width| width.clamp(*WIDTHS.start(), *WIDTHS.end())),
        }
    }
}

/// The columns of the terminal that stdout is; `None`: it is none, or doesn't tell.
fn width_of_stdout() -> Option<usize> {
    let (Width(columns), _) = terminal_size_of(io::stdout())?;
    Some(usize::from(columns)).filter(|columns| *columns > 0)
}

/// The bytes for a pipe whose reader decodes by the console's code page, as PowerShell 5.1 does; `None`: UTF-8 is right.
pub(super) fn encode_for_pipe(text: &str) -> Option<Vec<u8>> {
    system::encode_for_pipe(text)
}

/// True if what is written to stdout has to do without characters beyond ASCII: a pipe whose reader decodes by a code
/// page of its own.
pub(super) fn needs_ascii() -> bool {
    system::stdout_is_pipe_with_code_page()
}

/// True if the program was started by double click: it alone owns a visible console, which closes when it ends.
pub(super) fn closes_at_the_end() -> bool {
    system::owns_console() && io::stdin().is_terminal() && io::stdout().is_terminal()
}

#[cfg(windows)]
mod system {
    use super::Lang;
    pub(super) use crate::source::win::{
        enable_escape_sequences, encode_for_pipe, owns_console, stdout_is_pipe_with_code_page,
    };

    /// Windows Terminal draws lines one column wide; the old console does so only with fonts that are not Japanese, in
    /// whatever language is asked for.
    pub(super) fn draws_narrow_lines(_lang: Lang) -> bool {
        #[expect(clippy::disallowed_methods, reason = "tells the terminal, not whose data it is")]
        let is_windows_terminal = std::env::var_os("WT_SESSION").is_some();
        is_windows_terminal
    }
}

#[cfg(not(windows))]
mod system {
    use super::Lang;

    /// Terminals of Unix know escape sequences; anstream knows those that don't.
    pub(super) fn enable_escape_sequences() -> bool {
        true
    }

    pub(super) fn draws_narrow_lines(lang: Lang) -> bool {
        #[expect(clippy::disallowed_methods, reason = "tells the terminal, not whose data it is")]
        let value = |name| std::env::var(name).unwrap_or_default().to_uppercase();
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].map(value).into_iter().find(|value| !value.is_empty());
        are_lines_narrow(lang, &locale.unwrap_or_default(), &value("TERM"))
    }

    /// In a Chinese, Japanese or Korean locale many terminals give line drawing two columns, whatever the language of the
    /// text.
    pub(super) fn are_lines_narrow(lang: Lang, locale: &str, terminal: &str) -> bool {
        let is_utf8 = locale.contains("UTF-8") || locale.contains("UTF8");
        let is_wide = ["JA", "ZH", "KO"].iter().any(|language| locale.starts_with(language));
        is_utf8 && !is_wide && lang == Lang::En && !["DUMB", "LINUX", ""].contains(&terminal)
    }

    pub(super) fn encode_for_pipe(_text: &str) -> Option<Vec<u8>> {
        None
    }

    pub(super) fn stdout_is_pipe_with_code_page() -> bool {
        false
    }

    pub(super) fn owns_console() -> bool {
        false
    }
}

#[cfg(all(test, not(windows)))]
mod tests {
    use super::Lang;
    use super::system::are_lines_narrow;

    #[test]
    fn lines_are_drawn_only_where_they_are_one_column_wide() {
        for (lang, locale, terminal, expected) in [
            (Lang::En, "EN_US.UTF-8", "XTERM-256COLOR", true),
            (Lang::En, "C.UTF-8", "XTERM-256COLOR", true),
            (Lang::En, "JA_JP.UTF-8", "XTERM-256COLOR", false),
            (Lang::En, "ZH_CN.UTF-8", "XTERM-256COLOR", false),
            (Lang::Ja, "JA_JP.UTF-8", "XTERM-256COLOR", false),
            (Lang::Ja, "EN_US.UTF-8", "XTERM-256COLOR", false),
            (Lang::En, "EN_US.UTF-8", "LINUX", false),
            (Lang::En, "C", "XTERM", false),
        ] {
            assert_eq!(are_lines_narrow(lang, locale, terminal), expected, "{lang:?} {locale} {terminal}");
        }
    }
}
