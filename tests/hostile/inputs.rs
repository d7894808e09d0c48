//! Inputs of `fleet` that hold more than they seem to.

use super::measure::measure;
use super::{MEMORY, TIME};
use flate2::{Compression, write::GzEncoder};
use std::fs;
use std::io::Write as _;
use tempfile::TempDir;

/// A file of 4 MB that stands for four gigabytes of this text.
fn bomb(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let block = text.repeat((1 << 20) / text.len());
    for _ in 0..4_096 {
        encoder.write_all(&block).unwrap();
    }
    encoder.finish().unwrap()
}

#[test]
#[ignore = "takes minutes: .ci/full hostile"]
fn gzips_that_grow() {
    for (name, text) in [
        ("blank lines", &b"\n"[..]),
        ("zeros", b"\0"),
        ("empty objects", b"{}\n"),
        ("levels", b"["),
        ("text", b"{\"a\":1,"),
    ] {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("a.json.gz"), bomb(text)).unwrap();
        let figures = measure(folder.path(), &["fleet", ".", "--format", "json"], None);
        println!("{name:<38} {figures}");
        let report: serde_json::Value = serde_json::from_slice(&figures.stdout).unwrap_or_default();
        let issues = report["issues"].as_array().map_or(0, Vec::len);
        assert!(
            issues > 0 && issues < 1_000,
            "{name}: {issues} issues, {}",
            String::from_utf8_lossy(&figures.stderr)
        );
        assert!(figures.memory < MEMORY && (cfg!(debug_assertions) || figures.time < TIME), "{name}");
    }
}
