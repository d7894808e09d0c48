//! Reports on their way in: files, folders, gzip and stdin, cut into pieces that hold whole reports and read by several
//! threads.

use super::parse::{self, Damage, find};
use super::state::Fleet;
use crate::model::{IssueKind, Text};
use crate::source::Problem;
use crate::source::system::{list_folder, open_file};
use flate2::read::MultiGzDecoder;
use memchr::{memchr_iter, memrchr};
use std::fs::File;
use std::io::{self, Read};
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
    place: String,
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
    for mut file in large {
        let (part, told) = in_pieces(&mut file.1, &file.0);
        fleet.absorb(part);
        problems.extend(told);
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

/// Reads the small files; the large ones are handed back.
fn small_files(files: &[PathBuf]) -> (Fleet, Vec<(String, File)>, Vec<Problem>) {
    let next = AtomicUsize::new(0);
    let large = Mutex::new(Vec::new());
    let (fleet, problems) = gathered(|| {
        let (mut fleet, mut problems) = (Fleet::default(), Vec::new());
        let mut bytes = Vec::new();
        while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            let place = || path.display().to_string();
            bytes.clear();
            match open_file(path) {
                Ok(file) if file.metadata().is_ok_and(|metadata| metadata.len() > PIECE as u64) => {
                    large.lock().unwrap_or_else(PoisonError::into_inner).push((place(), file));
                }
                Ok(file) => match read_small(file, &mut bytes) {
                    Ok(()) => take(&mut fleet, &mut problems, &bytes, &place, 0),
                    Err(error) => problems.push(Problem::io(place(), &error)),
                },
                Err(problem) => problems.push(problem),
            }
        }
        (fleet, problems)
    });
    (fleet, large.into_inner().unwrap_or_else(PoisonError::into_inner), problems)
}

/// A file that is small as it lies on the disk; packed, it may hold more.
fn read_small(mut file: File, bytes: &mut Vec<u8>) -> io::Result<()> {
    file.read_to_end(bytes)?;
    if bytes.starts_with(&[0x1F, 0x8B]) {
        let packed = std::mem::take(bytes);
        let mut decoder = MultiGzDecoder::new(packed.as_slice()).take(MAX_REPORT as u64 + 1);
        decoder.read_to_end(bytes)?;
        if bytes.len() > MAX_REPORT {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
    }
    Ok(())
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
    let (fleet, mut problems) = thread::scope(|scope| {
        let failure = &failure;
        scope.spawn(move || {
            if let Err(error) = unpack(source, |plain| cut(plain, place, &sender)) {
                *failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(Problem::io(place, &error));
            }
        });
        gathered(|| {
            let (mut fleet, mut problems) = (Fleet::default(), Vec::new());
            while let Some(piece) = next_piece(&receiver) {
                take(&mut fleet, &mut problems, &piece.bytes, &|| piece.place.clone(), piece.line);
            }
            (fleet, problems)
        })
    });
    problems.extend(failure.into_inner().unwrap_or_else(PoisonError::into_inner));
    (fleet, problems)
}

fn next_piece(receiver: &Mutex<Receiver<Piece>>) -> Option<Piece> {
    receiver.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

fn unpack(
    source: &mut (dyn Read + Send),
    then: impl FnOnce(&mut dyn Read) -> io::Result<()>,
) -> io::Result<()> {
    let mut magic = [0; 2];
    let mut length = 0;
    while let Some(rest) = magic.get_mut(length..).filter(|rest| !rest.is_empty()) {
        match source.read(rest)? {
            0 => break,
            read => length += read,
        }
    }
    let mut whole = magic.get(..length).unwrap_or_default().chain(source);
    if magic == [0x1F, 0x8B] { then(&mut MultiGzDecoder::new(whole)) } else { then(&mut whole) }
}

/// Cuts at ends of reports: behind an object that is not inside another and is no finding of JSON Lines, whose report
/// goes on.
fn cut(source: &mut dyn Read, place: &str, pieces: &SyncSender<Piece>) -> io::Result<()> {
    let mut bytes: Vec<u8> = Vec::with_capacity(2 * PIECE);
    let mut line = 0;
    loop {
        let before = bytes.len();
        let read = source.take(PIECE as u64).read_to_end(&mut bytes)?;
        let is_end = read == 0;
        let end = if is_end { Some(bytes.len()) } else { last_end(&bytes, before) };
        // What has no end for so long goes on as it is, and is found damaged.
        let end = end.or((bytes.len() > MAX_REPORT).then_some(bytes.len()));
        if let Some(end) = end.filter(|end| *end > 0) {
            let rest = bytes.split_off(end);
            let lines = memchr_iter(b'\n', &bytes).count();
            let piece = Piece { bytes: std::mem::replace(&mut bytes, rest), place: place.to_owned(), line };
            line += lines;
            if pieces.send(piece).is_err() {
                return Ok(());
            }
        }
        if is_end {
            return Ok(());
        }
    }
}

/// Behind the last report that ends in the bytes. The program writes a whole report with a brace of its own line at its
/// end, and JSON Lines with the summary as the last line of a report.
fn last_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut line_end = bytes.len();
    // Lines from the last to the first; one that is not ended yet may be cut in two.
    let mut is_whole = false;
    while let Some(start) = memrchr(b'\n', bytes.get(..line_end)?) {
        if is_whole {
            let line = bytes.get(start + 1..line_end)?;
            let text = line.strip_suffix(b"\r").unwrap_or(line);
            let starts = |needle: &[u8]| text.starts_with(needle);
            let is_report = starts(b"{")
                && text.ends_with(b"}")
                && find(text, 0, b"\"finding\"").is_none_or(|at| at > 40);
            if text == b"}" || is_report {
                return Some(line_end + 1);
            }
        }
        is_whole = true;
        line_end = start;
        if start < from.saturating_sub(1) {
            break;
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
    // PowerShell 5.1 writes UTF-16, Excel and others a byte order mark.
    let decoded;
    let bytes = if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        decoded = crate::formats::encodings::decode(bytes);
        decoded.as_bytes()
    } else {
        bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
    };
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
            "JSON Lines の最後の行 (summary) がないため、数えていません",
            "JSON Lines without their last line (summary), so not counted",
        ),
    };
    Problem::new(IssueKind::Malformed, place, text)
}
