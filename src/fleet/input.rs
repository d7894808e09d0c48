//! Reports on their way in: files, folders and stdin, handed out to several threads.

use super::pieces::{PIECE, Pieces};
use super::state::Fleet;
use super::taking::Taking;
use crate::model::{IssueKind, Text};
use crate::report::v1::row::{self, Damage};
use crate::source::Problem;
use crate::source::system::{is_folder, is_link, length, list_folder, open_file};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::vec::IntoIter;

/// Threads beyond this gain nothing.
const MAX_THREADS: usize = 8;
/// Folders below this are not looked into.
const MAX_DEPTH: usize = 16;

/// What could not be read, and on which line of its source that was noticed.
type Told = Vec<(usize, Problem)>;

/// Reads all reports; `-` is stdin.
pub(super) fn read(
    paths: &[PathBuf],
    stdin: &mut (dyn Read + Send),
    taking: Taking<'_>,
) -> (Fleet, Vec<Problem>) {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for path in paths.iter().filter(|path| path.as_os_str() != "-") {
        let before = files.len() + problems.len();
        gather(path, 0, &mut files, &mut problems);
        if files.len() + problems.len() == before {
            problems.push(no_report_in(path));
        }
    }
    let mut sources = Sources { files: files.into_iter(), open: None, told: Told::new() };
    if paths.iter().any(|path| path.as_os_str() == "-") {
        sources.open(Pieces::new(stdin, "-".to_owned()));
    }
    let sources = Mutex::new(sources);
    let all = Mutex::new((Fleet::default(), Told::new()));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from).min(MAX_THREADS) {
            scope.spawn(|| {
                let (fleet, told) = work(&sources, taking);
                let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
                all.0.absorb(fleet);
                all.1.extend(told);
            });
        }
    });
    let (fleet, mut told) = all.into_inner().unwrap_or_else(PoisonError::into_inner);
    told.append(&mut sources.into_inner().unwrap_or_else(PoisonError::into_inner).told);
    // In the order of the sources, whichever thread came first.
    told.sort_by(|(line, a), (other, b)| (&a.place, line).cmp(&(&b.place, other)));
    problems.extend(told.into_iter().map(|(_, problem)| problem));
    problems.sort_by(|a, b| a.place.cmp(&b.place));
    (fleet, problems)
}

fn no_report_in(folder: &Path) -> Problem {
    Problem::new(
        IssueKind::Malformed,
        folder.display().to_string(),
        Text::fixed(
            "このフォルダーに報告(.json、.jsonl、.json.gz、.jsonl.gz)がありません。フォルダーを確認してください。",
            "no report (.json, .jsonl, .json.gz, .jsonl.gz) in this folder: check that it is the right one",
        ),
    )
}

fn too_deep(folder: &Path) -> Problem {
    Problem::new(
        IssueKind::TooLarge,
        folder.display().to_string(),
        Text::new(
            format!("{MAX_DEPTH} 階層より深いため、調べていません。"),
            format!("more than {MAX_DEPTH} levels deep, so it was not looked at"),
        ),
    )
}

/// The files of a folder that are named like reports; a file that is named itself is read whatever its name.
pub(super) fn gather(path: &Path, depth: usize, files: &mut Vec<PathBuf>, problems: &mut Vec<Problem>) {
    if !is_folder(path) {
        files.push(path.to_path_buf());
        return;
    }
    match list_folder(path) {
        Ok(entries) => {
            for entry in entries {
                let name = entry.name.to_lowercase();
                let inner = path.join(&entry.name);
                let is_report =
                    [".json", ".jsonl", ".json.gz", ".jsonl.gz"].iter().any(|end| name.ends_with(end));
                if entry.is_folder && !is_link(&inner) {
                    if depth < MAX_DEPTH {
                        gather(&inner, depth + 1, files, problems);
                    } else {
                        problems.push(too_deep(&inner));
                    }
                } else if !entry.is_folder && is_report {
                    files.push(inner);
                }
            }
        }
        Err(problem) => problems.push(problem),
    }
}

/// What is still to be read.
struct Sources<'a> {
    files: IntoIter<PathBuf>,
    /// One that several threads read.
    open: Option<Pieces<'a>>,
    told: Told,
}

/// What one thread does next.
enum Work {
    /// Read what is in the buffer; it is of this place and begins on this line.
    Piece(String, usize),
    /// Read this file alone.
    File(PathBuf),
}

impl<'a> Sources<'a> {
    fn open(&mut self, pieces: Result<Pieces<'a>, Problem>) {
        match pieces {
            Ok(pieces) => self.open = Some(pieces),
            Err(problem) => self.told.push((0, problem)),
        }
    }

    fn next(&mut self, buffer: &mut Vec<u8>) -> Option<Work> {
        loop {
            if let Some(open) = &mut self.open {
                match open.next(buffer) {
                    Ok(Some(line)) => return Some(Work::Piece(open.place.clone(), line)),
                    Ok(None) => {}
                    Err(problem) => self.told.push((usize::MAX, problem)),
                }
                self.open = None;
            }
            let path = self.files.next()?;
            if length(&path).is_some_and(|length| length <= PIECE as u64) {
                return Some(Work::File(path));
            }
            self.open(pieces_of(&path));
        }
    }
}

fn pieces_of(path: &Path) -> Result<Pieces<'static>, Problem> {
    Pieces::new(open_file(path)?, path.display().to_string())
}

/// What one thread comes to.
fn work(sources: &Mutex<Sources<'_>>, taking: Taking<'_>) -> (Fleet, Told) {
    let (mut fleet, mut told, mut buffer) = (Fleet::default(), Told::new(), Vec::new());
    loop {
        let next = sources.lock().unwrap_or_else(PoisonError::into_inner).next(&mut buffer);
        match next {
            Some(Work::Piece(place, line)) => {
                take(&mut fleet, taking, &mut told, (&buffer, &place, line));
            }
            Some(Work::File(path)) => {
                let read = pieces_of(&path).and_then(|mut pieces| {
                    while let Some(line) = pieces.next(&mut buffer)? {
                        take(&mut fleet, taking, &mut told, (&buffer, &pieces.place, line));
                    }
                    Ok(())
                });
                told.extend(read.err().map(|problem| (usize::MAX, problem)));
            }
            None => return (fleet, told),
        }
    }
}

/// Takes the reports in these bytes, which are of this place and begin on this line.
fn take(
    fleet: &mut Fleet,
    taking: Taking<'_>,
    told: &mut Told,
    (bytes, place, first_line): (&[u8], &str, usize),
) {
    let tell = |damage: Damage| {
        let text = damage.text(first_line);
        let problem = match damage {
            Damage::NoTime(_) => Problem::malformed(place, &text),
            _ => Problem::new(IssueKind::Malformed, place, text),
        };
        told.push((first_line, problem));
    };
    row::parse(bytes, |report| fleet.take(&report, &taking), tell);
}
