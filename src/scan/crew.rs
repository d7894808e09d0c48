//! Workers: processes of the same program that open and read. One that ends or stays silent costs what it was reading, and
//! nothing else.

use super::read::{At, Part, Said};
use super::take::Readings;
use super::worker::{Common, How, Tells, WORKER};
use crate::clients::LeftOut;
use crate::model::{IssueKind, Text};
use crate::source::Problem;
use crate::source::here;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use tempfile::NamedTempFile;

/// How long a worker may say nothing: each client of each user is said when it is begun, and takes milliseconds.
const SILENCE: Duration = Duration::from_secs(8);
/// How long one errand may take altogether once a worker was silent over it: with what follows it stays within ten seconds.
const PATIENCE: Duration = Duration::from_millis(9_500);
/// What is left for each further client then.
const LAST_WORD: Duration = Duration::from_millis(500);
/// How many workers may end over one errand: each client of a home may be the one that its owner has aimed at.
const MOST_DEATHS: usize = 4;
/// The longest line that is listened to, in bytes: the accounts of one client of one user.
const LONGEST_LINE: u64 = 32 << 20;
/// How long is waited at a time.
const TICK: Duration = Duration::from_millis(250);
/// The marks of one errand that are looked at, in bytes: of a thousand users.
const MOST_MARKS: u64 = 1 << 20;
/// How many errands each worker is ahead of the slowest.
const AHEAD: usize = 4;
/// More workers than this would wait for the disk.
const MOST_WORKERS: usize = 16;

/// What came of an errand: what was read with the files that were opened; else why it could not be opened.
pub(super) type Outcome = Result<(Readings, Vec<String>), Problem>;

/// An errand that was given.
struct Job {
    number: usize,
    errand: String,
    place: String,
    opened: Tells,
}

/// The workers.
pub(super) struct Crew {
    jobs: Option<Sender<Job>>,
    outcomes: Receiver<(usize, Outcome)>,
    early: BTreeMap<usize, Outcome>,
    given: usize,
    seats: Vec<JoinHandle<()>>,
}

/// All that was given is done, or nobody waits for it.
impl Drop for Crew {
    fn drop(&mut self) {
        self.jobs = None;
        for seat in self.seats.drain(..) {
            let _ = seat.join();
        }
    }
}

impl Crew {
    /// As many workers as the computer has processors, for so many errands. `None`: no process can be started.
    pub(super) fn start(program: &Path, common: &Common, errands: usize) -> Option<Self> {
        let workers = thread::available_parallelism().map_or(1, usize::from).min(MOST_WORKERS).min(errands);
        let common = serde_json::to_string(common).ok()?;
        let first = Worker::start(program, &common).ok()?;
        let (jobs, waiting) = channel::<Job>();
        let (done, outcomes) = channel();
        let waiting = Arc::new(Mutex::new(waiting));
        let mut first = Some(first);
        let seats = (0..workers).map(|_| {
            let (waiting, done) = (Arc::clone(&waiting), done.clone());
            let mut seat =
                Seat { program: program.to_path_buf(), common: common.clone(), worker: first.take() };
            thread::spawn(move || -> () {
                loop {
                    // Only the waiting for the next job holds the lock.
                    let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok(job) = next else { break };
                    if done.send((job.number, seat.run(&job))).is_err() {
                        break;
                    }
                }
            })
        });
        let seats = seats.collect();
        Some(Self { jobs: Some(jobs), outcomes, early: BTreeMap::new(), given: 0, seats })
    }

    /// How many errands may be under way.
    pub(super) fn room(&self) -> usize {
        self.seats.len() * AHEAD
    }

    /// Gives an errand, as a worker is told it; the number by which its outcome is asked for.
    pub(super) fn give(&mut self, errand: String, place: String, opened: Tells) -> usize {
        let number = self.given;
        self.given += 1;
        if let Some(jobs) = &self.jobs {
            let _ = jobs.send(Job { number, errand, place, opened });
        }
        number
    }

    /// Waits for an outcome; now and then `meanwhile` is called.
    pub(super) fn wait(&mut self, number: usize, meanwhile: &mut dyn FnMut()) -> Outcome {
        loop {
            if let Some(outcome) = self.early.remove(&number) {
                return outcome;
            }
            match self.outcomes.recv_timeout(Duration::from_millis(200)) {
                Ok((done, outcome)) => {
                    self.early.insert(done, outcome);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Err(Problem::internal("")),
            }
            meanwhile();
        }
    }
}

/// The place of one worker, whoever takes it.
struct Seat {
    program: PathBuf,
    common: String,
    worker: Option<Worker>,
}

/// Why a worker has not said all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Died,
    Silent,
}

impl Seat {
    fn run(&mut self, job: &Job) -> Outcome {
        let begun = Instant::now();
        let (mut readings, mut deaths, mut from) = (Readings::default(), 0, At::default());
        loop {
            let worker =
                match self.worker.take().map_or_else(|| Worker::start(&self.program, &self.common), Ok) {
                    Ok(worker) => worker,
                    Err(error) => return Err(Problem::io(job.place.as_str(), &error)),
                };
            let patience = if deaths == 0 {
                SILENCE
            } else {
                PATIENCE.saturating_sub(begun.elapsed()).clamp(LAST_WORD, SILENCE)
            };
            let how = How { from, opened: job.opened };
            let mut at = None;
            let end = match worker.read(&job.errand, &how, patience, &mut readings, &mut at) {
                Ok((worker, opened)) => {
                    self.worker = Some(worker);
                    return Ok((readings, opened));
                }
                Err(end) => end,
            };
            let problem = ended(end, &job.place);
            let Some(at) = at else { return Err(problem) };
            readings.of.truncate(at.0 + 1);
            let Some(reading) = readings.of.get_mut(at.0) else { return Err(problem) };
            deaths += 1;
            let mut problems = vec![problem];
            // What lies in the home comes last; which of it was read already nobody knows any more.
            let is_over = at.0 > 0 || deaths >= MOST_DEATHS || begun.elapsed() > PATIENCE;
            if is_over {
                problems.push(rest(&job.place));
            }
            reading.parts.push(Part { at, accounts: Vec::new(), left_out: LeftOut::default(), problems });
            readings.is_broken = true;
            if is_over {
                return Ok((readings, Vec::new()));
            }
            from = (at.0, at.1, at.2 + 1);
        }
    }
}

/// A process that reads.
struct Worker {
    child: Child,
    lines_to: ChildStdin,
    lines_from: Receiver<Said>,
    /// Where it marks whom it asks: a file, because nobody has to wake up for what is needed only if it ends.
    marks: NamedTempFile,
}

impl Worker {
    fn start(program: &Path, common: &str) -> std::io::Result<Self> {
        let marks = NamedTempFile::new()?;
        let mut command = Command::new(program);
        command.arg(WORKER).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(marks.reopen()?);
        here::without_window(&mut command);
        let mut child = command.spawn()?;
        let (Some(mut lines_to), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(std::io::ErrorKind::BrokenPipe.into());
        };
        let (said, lines_from) = channel();
        // A process that the system holds may keep its end of the pipe open for ever: only this thread waits for it.
        thread::spawn(move || listen(stdout, &said));
        let _ = writeln!(lines_to, "{common}");
        Ok(Self { child, lines_to, lines_from, marks })
    }

    /// Has an errand read. What is said goes into `readings`, who was asked last into `at`.
    fn read(
        mut self,
        errand: &str,
        how: &How,
        patience: Duration,
        readings: &mut Readings,
        at: &mut Option<At>,
    ) -> Result<(Self, Vec<String>), End> {
        let before = self.marked();
        let line = serde_json::to_string(how).unwrap_or_default();
        // One that has died is noticed by what it does not say.
        let _ = write!(self.lines_to, "{errand}\n{line}\n").and_then(|()| self.lines_to.flush());
        let (mut known, mut silent) = (before, Duration::ZERO);
        let end = loop {
            let asked = Instant::now();
            let heard = self.lines_from.recv_timeout(patience.saturating_sub(silent).min(TICK));
            match heard {
                Ok(Said::Done(opened)) => return Ok((self, opened)),
                // The home is opened again where a worker has ended over it.
                Ok(Said::Opened(_)) if how.from != At::default() => {}
                Ok(said) => readings.hear(said),
                Err(RecvTimeoutError::Disconnected) => break End::Died,
                // It goes on, and finds nothing.
                Err(RecvTimeoutError::Timeout) if self.marked() > known => {
                    (known, silent) = (self.marked(), Duration::ZERO);
                }
                Err(RecvTimeoutError::Timeout) => {
                    // A longer wait was nobody's silence: both were stopped.
                    silent += asked.elapsed().min(TICK * 2);
                    if silent >= patience {
                        break End::Silent;
                    }
                }
            }
        };
        *at = self.last_mark(before);
        Err(end)
    }

    /// How much is marked, in bytes.
    fn marked(&self) -> u64 {
        self.marks.as_file().metadata().map_or(0, |metadata| metadata.len())
    }

    /// The last mark behind this place. What the system itself writes where a process ends is none.
    fn last_mark(&mut self, from: u64) -> Option<At> {
        let file = self.marks.as_file_mut();
        file.seek(SeekFrom::Start(from)).ok()?;
        let mut text = Vec::new();
        file.take(MOST_MARKS).read_to_end(&mut text).ok()?;
        String::from_utf8_lossy(&text).lines().rev().find_map(|line| {
            let mut numbers = line.split(' ').map(str::parse);
            Some((numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?))
        })
    }
}

/// A worker that is not needed any more, or does not answer. One that the system holds is not waited for.
impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        for _ in 0..100 {
            if !matches!(self.child.try_wait(), Ok(None)) {
                break;
            }
            thread::sleep(Duration::from_millis(1));
        }
    }
}

/// Hands on what is said until nothing more is, or something that is none of ours.
fn listen(stdout: ChildStdout, said: &Sender<Said>) {
    let mut stdout = BufReader::new(stdout);
    let mut line = Vec::new();
    loop {
        line.clear();
        match stdout.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line) {
            Ok(1..) if line.pop() == Some(b'\n') => {}
            _ => return,
        }
        let Ok(word) = serde_json::from_slice(&line) else { return };
        if said.send(word).is_err() {
            return;
        }
    }
}

fn ended(end: End, place: &str) -> Problem {
    match end {
        End::Died => Problem::new(
            IssueKind::Internal,
            place,
            Text::fixed(
                "読み取り中にこのプログラムの一部が異常終了しました(メモリー不足など)。",
                "a part of this program ended while it read this (for want of memory, for example)",
            ),
        ),
        End::Silent => Problem::new(
            IssueKind::TooLarge,
            place,
            Text::fixed(
                "読み取りに時間がかかりすぎるため、打ち切りました。",
                "reading it took too long and was stopped",
            ),
        ),
    }
}

fn rest(place: &str) -> Problem {
    Problem::new(
        IssueKind::TooLarge,
        place,
        Text::fixed(
            "何度も打ち切ったため、このユーザーの残りのメールソフトは調べていません。",
            "after several such ends the other mail clients of this user were not looked at",
        ),
    )
}
