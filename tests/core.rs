//! An aborted run leaves no copy of its memory.

#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "a test fails by panicking, and looks at files by itself")]

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// While it waits for an answer: the limit is nothing, and the process is not dumpable.
#[test]
fn no_core_is_left() {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("smtp-auth-audit"))
        .args(["fleet", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let limits = format!("/proc/{}/limits", child.id());
    let core = || {
        let text = fs::read_to_string(&limits).unwrap_or_default();
        let line =
            text.lines().find(|line| line.starts_with("Max core file size")).unwrap_or_default().to_owned();
        line.split_whitespace().skip(4).take(2).map(str::to_owned).collect::<Vec<_>>()
    };
    let started = Instant::now();
    while core() != ["0", "0"] && started.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_millis(5));
    }
    let found = core();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(found, ["0", "0"]);
}
