//! SQLite's own shell, as another program that writes and reads the same files.
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// True if the shell is there. If not, the test ends with a word about it, or fails where all tools are required.
pub(crate) fn tools() -> bool {
    let there = Command::new("sqlite3").arg("-version").output().is_ok_and(|output| output.status.success());
    let required = std::env::var_os("SMTP_AUTH_AUDIT_REQUIRE_TOOLS").is_some_and(|value| value == "1");
    assert!(there || !required, "sqlite3 is required");
    if !there {
        eprintln!("skipped: no sqlite3");
    }
    there
}

/// Runs statements on the database `db` of this folder and returns what the shell prints.
pub(crate) fn query(folder: &Path, sql: &str) -> String {
    let output = Command::new("sqlite3")
        .current_dir(folder)
        .args(["-batch", "-init", "/dev/null", "-cmd", ".dbconfig defensive off", "db", sql])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // The first line echoes the setting.
    String::from_utf8(output.stdout).unwrap().lines().skip(1).flat_map(|line| [line, "\n"]).collect()
}

/// A shell that keeps its connection open.
pub(crate) struct Session {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Session {
    pub(crate) fn start(folder: &Path) -> Self {
        let mut child = Command::new("sqlite3")
            .current_dir(folder)
            .args(["-batch", "-bail", "-init", "/dev/null", "db"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Self { child, input, output }
    }

    /// Runs statements and waits for their end.
    pub(crate) fn say(&mut self, sql: &str) {
        writeln!(self.input, "{sql}\n.print finished").unwrap();
        let mut line = String::new();
        while line.trim() != "finished" {
            line.clear();
            assert_ne!(self.output.read_line(&mut line).unwrap(), 0, "the shell ended");
        }
    }

    /// Ends the shell as a power cut would: no checkpoint, no clean-up.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}
