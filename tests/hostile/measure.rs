//! A run of the program with its time and the most memory that it took.

use std::fmt;
use std::fs;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Who takes longer is ended: far beyond what is promised.
const PATIENCE: Duration = Duration::from_secs(100);

/// What a run came to.
pub(crate) struct Figures {
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
    pub(crate) time: Duration,
    /// Of the program and those that it started together, in bytes.
    pub(crate) memory: u64,
    /// `None` if it was ended.
    pub(crate) exit: Option<i32>,
}

impl fmt::Display for Figures {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (time, memory, report) =
            (self.time.as_secs_f64(), self.memory / 1_000_000, self.stdout.len() / 1_000);
        write!(formatter, "{time:6.2} s {memory:4} MB, report {report:5} KB")
    }
}

/// Runs the program in a folder. Its memory is looked at every few milliseconds.
pub(crate) fn measure(folder: &Path, arguments: &[&str], stdin: Option<&Path>) -> Figures {
    let input = stdin.map_or_else(Stdio::null, |path| File::open(path).unwrap().into());
    let started = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_smtp-auth-audit"))
        .current_dir(folder)
        .args(arguments)
        .envs([("LC_ALL", "C.UTF-8"), ("HOME", "/nonexistent")])
        .stdin(input)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (out, err) = (read(child.stdout.take().unwrap()), read(child.stderr.take().unwrap()));
    let mut memory = 0;
    let status = loop {
        memory = memory.max(used(child.id()));
        if let Some(status) = child.try_wait().unwrap() {
            break Some(status);
        }
        if started.elapsed() > PATIENCE {
            child.kill().unwrap();
            child.wait().unwrap();
            break None;
        }
        thread::sleep(Duration::from_millis(2));
    };
    let time = started.elapsed();
    Figures {
        stdout: out.join().unwrap(),
        stderr: err.join().unwrap(),
        time,
        memory,
        exit: status.and_then(|status| status.code()),
    }
}

/// All that comes, by a thread of its own: a full pipe would make the program wait.
fn read(mut from: impl Read + Send + 'static) -> JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).unwrap();
        bytes
    })
}

/// The most that a process and its children took so far.
fn used(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let most = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    let children = fs::read_to_string(format!("/proc/{process}/task/{process}/children")).unwrap_or_default();
    most.unwrap_or_default() * 1024
        + children.split_whitespace().filter_map(|id| id.parse().ok()).map(used).sum::<u64>()
}
