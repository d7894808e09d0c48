//! Saving the page: what the file is called, where it may lie, and what is said of it.

use crate::cli::places::reason;
use crate::model::{Text, iso};
use crate::report::clean::clean;
use crate::source::trust::refuse_unsafe;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use time::Date;

/// A folder that the page may be saved in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) folder: PathBuf,
    /// Windows may keep programs that it does not know from writing there ("Controlled folder access").
    pub(super) may_be_guarded: bool,
}

/// The folders of the user, as Windows tells them.
#[derive(Debug, Clone, Default)]
pub(super) struct Folders {
    pub(super) documents: Option<PathBuf>,
    pub(super) desktop: Option<PathBuf>,
    pub(super) local: Option<PathBuf>,
    pub(super) temporary: Option<PathBuf>,
}

/// Where the page is saved: the first of these that can be written. What people find comes first.
pub(super) fn places(folders: Folders) -> Vec<Place> {
    let Folders { documents, desktop, local, temporary } = folders;
    let guarded = [documents, desktop].into_iter().map(|folder| (folder, true));
    let others = [local, temporary].into_iter().map(|folder| (folder, false));
    let all = guarded.chain(others);
    all.filter_map(|(folder, may_be_guarded)| Some(Place { folder: folder?, may_be_guarded })).collect()
}

/// The longest name of a computer (a label of DNS, RFC 1035).
const LONGEST_NAME: usize = 63;
/// So many files of one day lie in a folder.
const MOST_NUMBERS: u32 = 99;

/// `smtp-auth-audit-PC-0421-2026-11-21.html`, from the second on with `-2`: letters, digits and hyphens, whatever the
/// computer is called.
pub(super) fn file_name(computer: Option<&str>, day: Date, number: u32) -> String {
    let fits = |character: &char| character.is_ascii_alphanumeric() || *character == '-';
    let computer: String = computer.unwrap_or_default().chars().filter(fits).take(LONGEST_NAME).collect();
    let computer = computer.trim_matches('-');
    let number = if number > 1 { format!("-{number}") } else { String::new() };
    let between = if computer.is_empty() { "" } else { "-" };
    format!("smtp-auth-audit{between}{computer}-{}{number}.html", iso(day))
}

/// Saves the page in the first place that can be written, and says where it is.
pub(super) fn save(page: &str, places: &[Place], name: impl Fn(u32) -> String) -> Text {
    let mut lines: Vec<Text> = Vec::new();
    for place in places {
        match write(page, &place.folder, &name) {
            Ok(path) => {
                let path = clean(&path.display().to_string());
                lines.push(Text::new(format!("保存しました: {path}"), format!("Saved: {path}")));
                return joined(&lines);
            }
            Err(error) => lines.push(refused(place, &error)),
        }
    }
    lines.push(Text::fixed(
        "保存できる場所がありません。コマンド プロンプトで、書き込める場所を指定して実行してください: smtp-auth-audit --format html --output 結果.html",
        "There is no place to save it in. Run in a command prompt, with a place that can be written: smtp-auth-audit --format html --output report.html",
    ));
    joined(&lines)
}

/// Writes a file that is whole when it takes its name, and never in the place of another one.
fn write(page: &str, folder: &Path, name: impl Fn(u32) -> String) -> io::Result<PathBuf> {
    refuse_unsafe(folder)?;
    let mut whole = tempfile::Builder::new().prefix(".smtp-auth-audit-").tempfile_in(folder)?;
    whole.write_all(page.as_bytes())?;
    whole.as_file().sync_all()?;
    for number in 1..=MOST_NUMBERS {
        let path = folder.join(name(number));
        match whole.persist_noclobber(&path) {
            Ok(_) => return Ok(path),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => whole = error.file,
            Err(error) => return Err(error.error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Why it does not lie there. A guarded folder answers as if it were not there, or as if it were somebody else's.
fn refused(place: &Place, error: &io::Error) -> Text {
    let (folder, reason) = (clean(&place.folder.display().to_string()), reason(error));
    let is_guarded = place.may_be_guarded
        && matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::NotFound);
    let (ja, en) = if is_guarded {
        (
            "。Windows の「コントロールされたフォルダー アクセス」で保護されている可能性があります",
            "; Windows may protect it (\"Controlled folder access\")",
        )
    } else {
        ("", "")
    };
    Text::new(
        format!("書き込めませんでした: {folder} ({}){ja}", reason.ja),
        format!("Can't be written: {folder} ({}){en}", reason.en),
    )
}

fn joined(lines: &[Text]) -> Text {
    let join = |of: fn(&Text) -> &str| lines.iter().map(of).collect::<Vec<_>>().join("\n");
    Text::new(join(|line| &line.ja), join(|line| &line.en))
}
