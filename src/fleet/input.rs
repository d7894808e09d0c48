//! Reports on their way in: files, folders, gzip and stdin, cut into pieces that hold whole reports and read by several
//! threads.

use super::parse::{self, Damage, end_of_last, ends_report, newlines};
use super::plain::{is_packed, plain};
use super::state::Fleet;
use crate::model::{IssueKind, Text};
use crate::source::Problem;
use crate::source::system::{list_folder, open_file};
use memchr::memrchr;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// A piece is cut at the first end of a report behind this many bytes.
const PIECE: usize = 1 << 20;
/// No report is larger; what is, is damaged. In bytes.
const MAX_REPORT: usize = 64 << 20;
/// Threads beyond this gain nothing.
const MAX_THREADS: usize = 8;
/// Folders below this are not looked into.
const MAX_DEPTH: usize = 16;

/// Some reports, whole.
struct Piece {
    bytes: Vec<u8>,
    /// Line of the source on which the piece begins, from 0.
    line: usize,
}

/// Reads all reports; `-` is stdin.
pub(super) fn read(paths: &[PathBuf], stdin: &mut (dyn Read + Send)) -> (Fleet, Vec<Problem>) {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for path in paths.iter().filter(|path| path.as_os_str() != "-") {
        gather(path, 0, &mut files, &mut problems);
    }
    let mut fleet = Fleet::default();
    if paths.iter().any(|path| path.as_os_str() == "-") {
        let (part, told) = in_pieces(stdin, "-");
        fleet.absorb(part);
        problems.extend(told);
    }
    let (part, large, told) = small_files(&files);
    fleet.absorb(part);
    problems.extend(told);
    for path in &large {
        let place = path.display().to_string();
        match open_file(path) {
            Ok(mut file) => {
                let (part, told) = in_pieces(&mut file, &place);
                fleet.absorb(part);
                problems.extend(told);
            }
            Err(problem) => problems.push(problem),
        }
    }
    problems.sort_by(|a, b| a.place.cmp(&b.place));
    (fleet, problems)
}

/// The files of a folder that are named like reports; a file that is named itself is read whatever its name.
fn gather(path: &Path, depth: usize, files: &mut Vec<PathBuf>, problems: &mut Vec<Problem>) {
    if !path.is_dir() {
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
                if entry.is_folder && depth < MAX_DEPTH && !inner.is_symlink() {
                    gather(&inner, depth + 1, files, problems);
                } else if !entry.is_folder && is_report {
                    files.push(inner);
                }
            }
        }
        Err(problem) => problems.push(problem),
    }
}

fn threads() -> usize {
    thread::available_parallelism().map_or(1, usize::from).min(MAX_THREADS)
}

/// Reads the small files; the others are handed back.
fn small_files(files: &[PathBuf]) -> (Fleet, Vec<PathBuf>, Vec<Problem>) {
    let next = AtomicUsize::new(0);
    let large = Mutex::new(Vec::new());
    let (fleet, problems) = gathered(|| {
        let (mut fleet, mut problems) = (Fleet::default(), Vec::new());
        let mut bytes = Vec::new();
        while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            match read_small(path, &mut bytes) {
                Ok(true) => {
                    let place = || path.display().to_string();
                    if bytes.trim_ascii().is_empty() {
                        problems.push(empty(place()));
                    }
                    take(&mut fleet, &mut problems, &bytes, &place, 0);
                }
                Ok(false) => large.lock().unwrap_or_else(PoisonError::into_inner).push(path.clone()),
                Err(problem) => problems.push(problem),
            }
        }
        (fleet, problems)
    });
    let mut large = large.into_inner().unwrap_or_else(PoisonError::into_inner);
    large.sort();
    (fleet, large, problems)
}

/// A file that is small, also unpacked; false: it is not, or not all of it can be unpacked.
fn read_small(path: &Path, bytes: &mut Vec<u8>) -> Result<bool, Problem> {
    bytes.clear();
    let mut file = open_file(path)?;
    if file.metadata().is_ok_and(|metadata| metadata.len() > PIECE as u64) {
        return Ok(false);
    }
    file.read_to_end(bytes).map_err(|error| Problem::io(path.display().to_string(), &error))?;
    if is_packed(bytes) {
        let packed = std::mem::take(bytes);
        let unpacked =
            plain(packed.as_slice()).and_then(|plain| plain.take(PIECE as u64 + 1).read_to_end(bytes));
        return Ok(unpacked.is_ok_and(|length| length <= PIECE));
    }
    Ok(true)
}

/// The same work in every thread, and what all come to together.
fn gathered(work: impl Fn() -> (Fleet, Vec<Problem>) + Sync) -> (Fleet, Vec<Problem>) {
    let all = Mutex::new((Fleet::default(), Vec::new()));
    thread::scope(|scope| {
        for _ in 0..threads() {
            scope.spawn(|| {
                let (part, told) = work();
                let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
                all.0.absorb(part);
                all.1.extend(told);
            });
        }
    });
    all.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// A source of any length: one thread cuts it, the others read.
fn in_pieces(source: &mut (dyn Read + Send), place: &str) -> (Fleet, Vec<Problem>) {
    let (sender, receiver) = sync_channel(threads() * 2);
    let receiver = Mutex::new(receiver);
    let failure = Mutex::new(None);
    let told = Mutex::new(Vec::new());
    let (fleet, _) = thread::scope(|scope| {
        let failure = &failure;
        scope.spawn(move || {
            let cut = plain(source)
                .map_err(|error| Problem::io(place, &error))
                .and_then(|mut plain| cut(&mut *plain, place, &sender));
            *failure.lock().unwrap_or_else(PoisonError::into_inner) = cut.err();
        });
        gathered(|| {
            let mut fleet = Fleet::default();
            while let Some(piece) = next_piece(&receiver) {
                let mut problems = Vec::new();
                take(&mut fleet, &mut problems, &piece.bytes, &|| place.to_owned(), piece.line);
                told.lock().unwrap_or_else(PoisonError::into_inner).push((piece.line, problems));
            }
            (fleet, Vec::new())
        })
    });
    // In the order of the source, whichever thread came first.
    let mut told = told.into_inner().unwrap_or_else(PoisonError::into_inner);
    told.sort_by_key(|(line, _)| *line);
    let mut problems: Vec<Problem> = told.into_iter().flat_map(|(_, problems)| problems).collect();
    problems.extend(failure.into_inner().unwrap_or_else(PoisonError::into_inner));
    (fleet, problems)
}

fn next_piece(receiver: &Mutex<Receiver<Piece>>) -> Option<Piece> {
    receiver.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// Cuts at ends of reports. What came before a failure is read.
fn cut(source: &mut dyn Read, place: &str, pieces: &SyncSender<Piece>) -> Result<(), Problem> {
    let mut bytes: Vec<u8> = Vec::with_capacity(2 * PIECE);
    let (mut line, mut is_empty) = (0, true);
    loop {
        let before = bytes.len();
        // As much again as there is: however far the end, it is not looked for too often.
        let read = source.take(before.max(PIECE) as u64).read_to_end(&mut bytes);
        let is_end = matches!(read, Ok(0));
        let end = if is_end { Some(bytes.len()) } else { last_end(&bytes, before) };
        // What has no end for so long goes on as it is, and is found damaged.
        let end = end.or((bytes.len() > MAX_REPORT).then_some(bytes.len()));
        if let Some(end) = end {
            let rest = bytes.split_off(end);
            let piece = Piece { bytes: std::mem::replace(&mut bytes, rest), line };
            line += newlines(&piece.bytes);
            if !piece.bytes.trim_ascii().is_empty() {
                is_empty = false;
                if pieces.send(piece).is_err() {
                    return Ok(());
                }
            }
        }
        read.map_err(|error| Problem::io(place, &error))?;
        if is_end {
            return if is_empty { Err(empty(place.to_owned())) } else { Ok(()) };
        }
    }
}

/// Behind the last report that ends in the bytes; before `from` it was looked for already. Lines from the last to the
/// first: a report on a line of its own, or the brace at the end of an indented one. Where there is neither for long,
/// the reports may follow each other on one line.
fn last_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut line_end = memrchr(b'\n', bytes).unwrap_or_default();
    while line_end > 0 && line_end >= from.saturating_sub(1) {
        let start = line_start(bytes, line_end);
        let line = bytes.get(start..line_end)?.trim_ascii_end();
        let is_end = if line == b"}" {
            object_start(bytes, start)
                .is_some_and(|start| bytes.get(start..line_end).is_some_and(ends_report))
        } else {
            line.ends_with(b"}") && ends_report(line)
        };
        if is_end {
            return Some(line_end + 1);
        }
        line_end = start.saturating_sub(1);
    }
    if bytes.len() > 4 * PIECE { end_of_last(bytes) } else { None }
}

/// Where the line begins that ends here.
fn line_start(bytes: &[u8], line_end: usize) -> usize {
    let before = bytes.get(..line_end).unwrap_or_default();
    memrchr(b'\n', before).map_or(0, |newline| newline + 1)
}

/// Where the indented object begins whose last line begins here: its brace stands at the beginning of a line.
fn object_start(bytes: &[u8], last_line: usize) -> Option<usize> {
    let mut start = last_line;
    while start > 0 {
        start = line_start(bytes, start - 1);
        let line = bytes.get(start..)?;
        if line.starts_with(b"{") || start == 0 {
            return Some(start);
        }
    }
    None
}

fn take(
    fleet: &mut Fleet,
    problems: &mut Vec<Problem>,
    bytes: &[u8],
    place: &dyn Fn() -> String,
    first_line: usize,
) {
    let mut without_time = Vec::new();
    parse::parse(
        bytes,
        |report| without_time.extend(fleet.take(&report).err()),
        |damage| problems.push(problem(damage, place(), first_line)),
    );
    for time in without_time {
        problems.push(Problem::malformed(
            place(),
            &Text::new(
                format!("started_at が日時ではありません: {time}"),
                format!("started_at is no time: {time}"),
            ),
        ));
    }
}

fn problem(damage: Damage, place: String, first_line: usize) -> Problem {
    let text = match damage {
        Damage::Malformed(line, column) => {
            let line = first_line + line;
            Text::new(
                format!("{line} 行 {column} 桁目: 報告として読み取れないため、数えていません"),
                format!("line {line}, column {column}: not a report, so not counted"),
            )
        }
        Damage::OtherSchema => Text::fixed(
            "別の形式の版の報告のため、数えていません",
            "a report of another schema version, so not counted",
        ),
        Damage::CutOff => Text::fixed(
            "JSON Lines の行が足りないため、数えていません",
            "JSON Lines of which some are missing, so not counted",
        ),
    };
    Problem::new(IssueKind::Malformed, place, text)
}

/// A file that holds nothing is no report of a computer without accounts.
fn empty(place: String) -> Problem {
    Problem::new(
        IssueKind::Malformed,
        place,
        Text::fixed("空です。報告がありません", "empty: there is no report"),
    )
}
