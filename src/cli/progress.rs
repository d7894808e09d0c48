//! How far a long scan is: one line on the terminal, from the first second on, and nothing anywhere else.

use crate::model::{Lang, Text};
use crate::report::clean::clean;
use std::io::{IsTerminal, Write, stderr};
use std::path::Path;
use std::time::{Duration, Instant};
use textwrap::core::display_width;

/// A scan that is over before needs no line.
const PATIENCE: Duration = Duration::from_secs(1);
/// The columns of a name: with it the line fits in 80.
const LONGEST_NAME: usize = 16;
/// How often the line changes.
const PAUSE: Duration = Duration::from_millis(200);

/// The line.
pub(super) struct Progress {
    begun: Instant,
    shown: Option<Instant>,
    is_wanted: bool,
    lang: Lang,
}

impl Progress {
    /// Nothing is shown unless stderr is a terminal.
    pub(super) fn new(is_quiet: bool, lang: Lang) -> Self {
        let is_wanted = !is_quiet && stderr().is_terminal();
        Self { begun: Instant::now(), shown: None, is_wanted, lang }
    }

    /// Shows how many of all users are done, and who is looked at.
    pub(super) fn show(&mut self, done: usize, all: usize, current: &Path) {
        let now = Instant::now();
        let is_soon = self.shown.is_some_and(|shown| now - shown < PAUSE);
        if !self.is_wanted || all < 2 || now - self.begun < PATIENCE || is_soon {
            return;
        }
        self.shown = Some(now);
        put(&format!("\r{}\x1b[K", line(done, all, &name_of(current), now - self.begun).get(self.lang)));
    }

    /// Shows how many of all servers are done.
    #[cfg(feature = "probe")]
    pub(super) fn asked(&mut self, done: usize, all: usize) {
        let now = Instant::now();
        let is_soon = self.shown.is_some_and(|shown| now - shown < PAUSE);
        if !self.is_wanted || now - self.begun < PATIENCE || is_soon {
            return;
        }
        self.shown = Some(now);
        let text = Text::new(
            format!("サーバーに問い合わせています: {all} 台中 {done} 台完了 (Ctrl+C で終了)"),
            format!("asking servers: {done} of {all} done (Ctrl+C ends it)"),
        );
        put(&format!("\r{}\x1b[K", text.get(self.lang)));
    }

    /// Takes the line away.
    pub(super) fn clear(&mut self) {
        if self.shown.take().is_some() {
            put("\r\x1b[K");
        }
    }
}

/// Through the stream that knows what the terminal knows.
fn put(text: &str) {
    let mut stream = anstream::stderr().lock();
    let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
}

/// The name of a folder in brackets, if it has one, as short as a line needs it.
fn name_of(folder: &Path) -> String {
    let name = folder.file_name().map(|name| clean(&name.to_string_lossy())).unwrap_or_default();
    let mut width = 0;
    let fits = |c: &char| {
        width += display_width(c.encode_utf8(&mut [0; 4]));
        width <= LONGEST_NAME
    };
    let short: String = name.chars().take_while(fits).collect();
    if short.is_empty() { short } else { format!(" ({short})") }
}

/// The user who is read at the time is the one after those that are done; the time left is told by the time that those took.
fn line(done: usize, all: usize, name: &str, taken: Duration) -> Text {
    let current = (done + 1).min(all);
    let left = u32::try_from(done).ok().filter(|done| *done > 0).map(|done| {
        let each = taken / done;
        each.saturating_mul(u32::try_from(all.saturating_sub(current - 1)).unwrap_or(u32::MAX))
            .as_secs()
            .max(1)
    });
    let (ja, en) = left.map_or_else(Default::default, |seconds| {
        (format!("、残り約 {seconds} 秒"), format!(", about {seconds} s left"))
    });
    Text::new(
        format!("調べています: {all} 人中 {current} 人目{name}{ja}"),
        format!("scanning: user {current} of {all}{name}{en}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_is_told_by_the_time_taken() {
        for (done, all, seconds, ja, en) in [
            (0, 10, 3, "調べています: 10 人中 1 人目", "scanning: user 1 of 10"),
            (
                5,
                10,
                10,
                "調べています: 10 人中 6 人目、残り約 10 秒",
                "scanning: user 6 of 10, about 10 s left",
            ),
            (
                10,
                10,
                10,
                "調べています: 10 人中 10 人目、残り約 1 秒",
                "scanning: user 10 of 10, about 1 s left",
            ),
        ] {
            let text = line(done, all, "", Duration::from_secs(seconds));
            assert_eq!((&*text.ja, &*text.en), (ja, en));
        }
    }
}
