//! Figures of speed and memory, printed for reading: medians, and ratios within one run, because machines differ.
//!
//!     cargo bench
//!
//! It makes its large hive with `tests/make-hives.sh` (libhivex); without that tool it says so and goes on.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    reason = "a program for developers that prints its figures"
)]

use smtp_auth_audit::source::hive::Hive;
use std::fmt::Write;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const SECTION: &str =
    r"Software\Microsoft\Office\16.0\Outlook\Profiles\Outlook\9375CFF0413111d3B88A00104B2A6676";

fn median(runs: usize, mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[runs / 2]
}

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A hive of about 6 MB with the settings of many programs beside Outlook's.
fn large_hive(folder: &Path) -> Option<PathBuf> {
    let mut text = fs::read_to_string(project("tests/demo/taro.reg")).unwrap();
    let filler = "x".repeat(120);
    for program in 0..60 {
        for key in 0..100 {
            write!(text, "\n[HKEY_CURRENT_USER\\Software\\Maker {program}\\Program\\Key {key}]\n").unwrap();
            for value in 0..3 {
                writeln!(text, "\"Value {value}\"=\"{filler}\"").unwrap();
            }
        }
    }
    let (source, hive) = (folder.join("large.reg"), folder.join("NTUSER.DAT"));
    fs::write(&source, text).unwrap();
    let made =
        Command::new(project("tests/make-hives.sh")).args([&source, &hive]).stderr(Stdio::null()).status();
    made.is_ok_and(|status| status.success()).then_some(hive)
}

fn hive_figures(path: &Path) {
    let bytes = fs::read(path).unwrap();
    println!("hive of {:.1} MB", bytes.len() as f64 / 1e6);
    let read = median(31, || {
        black_box(fs::read(path).unwrap());
    });
    let hive = Hive::open(bytes.clone(), &[]).unwrap();
    let find = median(1001, || {
        black_box(hive.key(SECTION, "HKCU").unwrap().unwrap());
    });
    let miss = median(1001, || {
        black_box(hive.key(r"Software\Maker 59\Nothing", "HKCU").unwrap());
    });
    let whole = median(5, || {
        black_box(hive.key("", "HKCU").unwrap().unwrap());
    });
    println!("  reading the file                 {read:>10.1?}");
    println!(
        "  look-up of Outlook's accounts    {find:>10.1?}  (reading / look-up = {:.0})",
        ratio(read, find)
    );
    println!(
        "  look-up of a key that is missing {miss:>10.1?}  (reading / look-up = {:.0})",
        ratio(read, miss)
    );
    println!(
        "  the whole hive as data           {whole:>10.1?}  (whole / look-up = {:.0})",
        ratio(whole, find)
    );
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64()
}

/// Whole runs of the program, against a run that only prints its version.
fn program_figures(name: &str, path: &Path) {
    let program = env!("CARGO_BIN_EXE_smtp-auth-audit");
    let run = |arguments: &[&std::ffi::OsStr]| {
        median(31, || {
            Command::new(program).args(arguments).stdout(Stdio::null()).status().unwrap();
        })
    };
    let start = run(&["--version".as_ref()]);
    let scan = run(&["scan".as_ref(), path.as_os_str()]);
    println!("{name}");
    println!("  start and end                    {start:>10.1?}");
    println!("  start, scan and end              {scan:>10.1?}  (scan / start = {:.1})", ratio(scan, start));
    match peak_memory(program, path) {
        Some(kilobytes) => {
            println!("  peak memory                      {:>8.1} MB", kilobytes as f64 / 1024.0);
        }
        None => println!("  peak memory: GNU time is not there"),
    }
}

fn peak_memory(program: &str, path: &Path) -> Option<u64> {
    let output = Command::new("/usr/bin/time").args(["-f", "%M", program, "scan"]).arg(path).output().ok()?;
    String::from_utf8_lossy(&output.stderr).trim().lines().last()?.parse().ok()
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    match large_hive(folder.path()) {
        Some(hive) => {
            hive_figures(&hive);
            program_figures("home with that hive", folder.path());
        }
        None => println!("no large hive: hivexregedit is not there"),
    }
    program_figures("one home of the demo PC", &project("fixtures/demo/office-pc/Users/jiro"));
    program_figures("the demo PC, three users", &project("fixtures/demo/office-pc"));
}
