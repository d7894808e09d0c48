//! The window of a double click: it closes when the program ends, so after the answer it offers keys.

mod browser;
mod keys;
mod saved;
#[cfg(test)]
mod tests;

use super::output::{prompt, say};
use super::places::reason;
use crate::model::{Action, Lang, Report, Text};
use crate::report::clean::clean;
use crate::report::html;
use crate::source::here::{offset, today};
pub(super) use keys::CLOSE;
use keys::{Key, LINE, PROMPT, SHORT_LINE};
use saved::{Folders, Place, file_name, places, save};
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use time::{Date, UtcOffset};

/// What comes after the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// The scan once more.
    Again,
    /// The end.
    Close,
}

/// True if nothing but paths was given, each a word: a double click, or one or several things dropped on the program.
pub(super) fn holds_only_paths(arguments: &[OsString], paths: &[PathBuf]) -> bool {
    arguments.len() == paths.len() + 1 && has_no_options(arguments)
}

/// True if no word is an option; a thing that is dropped comes with its whole path.
pub(super) fn has_no_options(arguments: &[OsString]) -> bool {
    arguments.iter().skip(1).all(|word| !word.to_string_lossy().starts_with('-'))
}

/// Keeps what was said to be read.
pub(super) fn hold(words: &str) {
    prompt(words);
    let _ = io::stdin().read_line(&mut String::new());
}

/// What is said after a fault of the program itself, and in a window that would close (`closes`) kept to be read: what was
/// to be done is no longer known then, the language neither.
pub(super) fn fault(
    arguments: &[OsString],
    closes: bool,
    tell: &mut dyn FnMut(&str),
    wait: &mut dyn FnMut(&str),
) {
    tell(&format!("{}\n{}", FAULT.ja, FAULT.en));
    if closes && has_no_options(arguments) {
        wait(&format!("{} / {}", CLOSE.ja.trim_end(), CLOSE.en));
    }
}

const FAULT: Text = Text::fixed(
    "smtp-auth-audit: このプログラムの不具合のため終了しました。開発元に知らせてください。",
    "smtp-auth-audit: ended by a fault of this program: please report it.",
);

/// Offers the keys until one of them leads on.
pub(super) fn offer(report: Option<&Report>, lang: Lang) -> Next {
    let desktop = Desktop {
        places: places(system::folders()),
        temporary: system::temporary(),
        is_elevated: system::is_elevated(),
        open: system::open_page,
        day: today(),
        offset: offset(),
    };
    talk(report, &desktop, lang, &mut typed, &mut |text| say(text.get(lang)))
}

/// What the keys work with.
struct Desktop {
    places: Vec<Place>,
    temporary: PathBuf,
    /// With an administrator's rights, which a browser would get, too.
    is_elevated: bool,
    open: fn(&Path) -> io::Result<()>,
    day: Date,
    offset: UtcOffset,
}

/// A line of the console, without its letters where they make no sense; `None`: there will be no more.
fn typed() -> Option<String> {
    let mut line = String::new();
    match io::stdin().read_line(&mut line) {
        Ok(0) => None,
        Ok(_) => Some(line),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Some("?".to_owned()),
        Err(_) => None,
    }
}

fn talk(
    report: Option<&Report>,
    desktop: &Desktop,
    lang: Lang,
    typed: &mut dyn FnMut() -> Option<String>,
    tell: &mut dyn FnMut(&Text),
) -> Next {
    loop {
        tell(&Text::fixed("", ""));
        tell(&if report.is_some() { LINE } else { SHORT_LINE });
        prompt(PROMPT.get(lang));
        let Some(line) = typed() else { return Next::Close };
        match (keys::read(&line), report) {
            (Some(Key::Close), _) => return Next::Close,
            (Some(Key::Again), _) => return Next::Again,
            (Some(Key::Browser), Some(report)) => tell(&open(report, desktop, lang)),
            (Some(Key::Sheets), Some(report)) => tell(&print(report, desktop, lang)),
            (Some(Key::Save), Some(report)) => {
                let name = |number| file_name(report.computer.as_deref(), desktop.day, number);
                tell(&save(&html::render(report, lang, desktop.offset), &desktop.places, name));
            }
            // The line is shown once more.
            (None, _) | (_, None) => {}
        }
    }
}

/// Opens the page in the browser, and says so.
fn open(report: &Report, desktop: &Desktop, lang: Lang) -> Text {
    if desktop.is_elevated {
        return NO_BROWSER;
    }
    browser::remove_old(&desktop.temporary, SystemTime::now());
    let page = html::render(report, lang, desktop.offset);
    let opened =
        browser::write(&page, &desktop.temporary).and_then(|path| (desktop.open)(&path).map(|()| path));
    match opened {
        Ok(path) => {
            let path = clean(&path.display().to_string());
            Text::new(
                format!(
                    "ブラウザーで開きました: {path}\nこれは一時的なファイルです。残すには S で保存します。"
                ),
                format!(
                    "Opened in the browser: {path}\nThat file is temporary. To keep the page, save it with S."
                ),
            )
        }
        Err(error) => {
            let reason = reason(&error);
            Text::new(
                format!(
                    "ブラウザーで開けませんでした ({})。S で保存し、そのファイルを開いてください。",
                    reason.ja
                ),
                format!(
                    "It could not be opened in the browser ({}). Save it with S and open that file.",
                    reason.en
                ),
            )
        }
    }
}

/// The page prints as a sheet for each account; it is the browser that asks for the printer.
fn print(report: &Report, desktop: &Desktop, lang: Lang) -> Text {
    if !report.findings.iter().any(|finding| finding.action != Action::None && !finding.steps.is_empty()) {
        return NO_SHEETS;
    }
    let opened = open(report, desktop, lang);
    if desktop.is_elevated {
        return opened;
    }
    Text::new(format!("{}\n{}", opened.ja, HOW_TO_PRINT.ja), format!("{}\n{}", opened.en, HOW_TO_PRINT.en))
}

const NO_BROWSER: Text = Text::fixed(
    "管理者として実行しているウィンドウからは、ブラウザーを開きません(ブラウザーにも管理者の権限が渡るためです)。S で保存し、そのファイルを開いてください。",
    "A window with an administrator's rights opens no browser, which would get them, too. Save the page with S and open that file.",
);
const NO_SHEETS: Text =
    Text::fixed("手順書の必要なアカウントはありません。", "No account needs steps, so there are no sheets.");
const HOW_TO_PRINT: Text = Text::fixed(
    "ブラウザーで Ctrl+P を押すと、対応の必要なアカウントごとに手順書が1枚ずつ印刷されます。",
    "Press Ctrl+P in the browser: it prints one sheet of steps for each account that needs something.",
);

#[cfg(windows)]
mod system {
    use super::Folders;
    use crate::source::win::shell::{desktop, documents, local_app_data};
    pub(super) use crate::source::win::shell::{is_elevated, open_page};

    pub(super) fn folders() -> Folders {
        let (local, temporary) = (local_app_data(), Some(temporary()));
        Folders { documents: documents(), desktop: desktop(), local, temporary }
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "where the user who runs the program keeps what is temporary"
    )]
    pub(super) fn temporary() -> std::path::PathBuf {
        std::env::temp_dir()
    }
}

/// Elsewhere a terminal stays when the program ends.
#[cfg(not(windows))]
mod system {
    use super::Folders;
    use std::io;
    use std::path::{Path, PathBuf};

    pub(super) fn folders() -> Folders {
        Folders::default()
    }

    pub(super) fn temporary() -> PathBuf {
        PathBuf::new()
    }

    pub(super) fn is_elevated() -> bool {
        true
    }

    pub(super) fn open_page(_: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
