//! A disk as large as real ones are: what the scan says of it, and how long it takes.

use crate::oracle::{account, is_pruned};
use crate::pieces::{NTUSER, PREFS_JS, PROFILES_INI, SYSTEM, mark, numbered, original};
use crate::report_of;
use std::fs;
use std::path::Path;
use std::time::Instant;

/// Files below the folders of a Windows that was in use for some years, with their shares: most are the system's own.
const SHAPE: &[(&str, usize, &str)] = &[
    ("Windows/WinSxS/amd64_microsoft-windows-{}_31bf3856ad364e35_10.0.19041.1_none", 110_000, "{}.dll"),
    ("Windows/System32/DriverStore/FileRepository/{}.inf_amd64", 30_000, "{}.sys"),
    ("Windows/servicing/Packages", 10_000, "Package_{}.mum"),
    ("Program Files/Vendor {}/bin", 40_000, "{}.dll"),
    ("Program Files (x86)/Vendor {}/share", 20_000, "{}.dat"),
    ("ProgramData/Package Cache/{}", 5_000, "{}.msi"),
    ("Users/taro/AppData/Local/Google/Chrome/User Data/Default/Cache/Cache_Data", 40_000, "f_{}"),
    ("Users/taro/AppData/Local/Packages/App{}/LocalState", 15_000, "{}.json"),
    ("Users/taro/Documents/写真/{}", 20_000, "IMG_{}.JPG"),
    ("Users/hanako/AppData/Local/Temp", 5_000, "{}.tmp"),
    ("Users/hanako/Documents", 4_000, "見積書 {}.xlsx"),
    ("Data/archive/{}", 6_000, "{}.pdf"),
];

/// How many files of a kind lie in a folder of which there are several.
const IN_FOLDER: usize = 40;

/// The files and folders that are not pruned.
fn looked_at(folder: &Path, depth: usize) -> usize {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let below = |path: &Path| if path.is_dir() { looked_at(path, depth + 1) } else { 0 };
    entries.filter(|path| !is_pruned(path, depth)).map(|path| 1 + below(&path)).sum()
}

fn disk(root: &Path) -> usize {
    let mut files = 0;
    for (folder, count, name) in SHAPE {
        for number in 0..*count {
            let group = format!("{:05}", number / IN_FOLDER);
            let folder = root.join(folder.replace("{}", &group));
            if number % IN_FOLDER == 0 {
                fs::create_dir_all(&folder).unwrap();
            }
            fs::write(folder.join(name.replace("{}", &format!("{number:06}"))), b"").unwrap();
        }
        files += count;
    }
    for (path, bytes) in [
        ("Windows/System32/config/SYSTEM", original(SYSTEM)),
        ("Users/taro/NTUSER.DAT", numbered(NTUSER.1, 1)),
        ("Users/hanako/AppData/Roaming/Thunderbird/profiles.ini", PROFILES_INI.to_vec()),
        ("Users/hanako/AppData/Roaming/Thunderbird/Profiles/x.default/prefs.js", numbered(PREFS_JS.1, 2)),
        ("Data/old usb/prefs.js", numbered(PREFS_JS.1, 3)),
    ] {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        files += 1;
    }
    files
}

#[test]
#[ignore = "makes 300,000 files: .ci/full trees"]
fn a_disk_of_300_000_files() {
    let folder = tempfile::tempdir().unwrap();
    let files = disk(folder.path());
    assert!(files >= 300_000, "{files}");
    println!("{files} files; {} files and folders outside of the prunings", looked_at(folder.path(), 0));
    // The second time nothing waits for the disk.
    for round in ["first", "second"] {
        let start = Instant::now();
        let report = report_of(&[folder.path().to_owned()]);
        println!(
            "{round} scan: {:.2} s, {} accounts, {} issues",
            start.elapsed().as_secs_f64(),
            report.findings.len(),
            report.issues.len()
        );
        for issue in &report.issues {
            println!("  {:?} {}: {}", issue.kind, issue.place, issue.message.en);
        }
        assert_eq!(report.computer.as_deref(), Some("PC-0421"));
        // That of taro, of hanako, and the one that is nobody's.
        for number in 1..=3 {
            let mark = mark(number);
            let is_there = report.findings.iter().any(|finding| account(finding).marks.contains(&mark));
            assert!(is_there, "{mark}");
        }
    }
}
