//! Registry hives: the reading compared with that of libhivex, key by key and value by value; replay; every shape.
#![expect(clippy::print_stderr, reason = "a test that skips says so")]
#![expect(clippy::disallowed_methods, reason = "tests read their files themselves")]
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "that is how a test fails")]

#[path = "common/hivex.rs"]
mod hivex;

use hivex::{Exported, export, flatten};
use std::path::{Path, PathBuf};
use std::process::Command;

use smtp_auth_audit::source::hive::{Hive, HiveError, State};
use smtp_auth_audit::source::registry::{Key, Value};

/// Real files that are not part of the project.
const REAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/real");
const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");

#[test]
fn every_hive_reads_as_libhivex_reads_it() {
    let help = Command::new("perl").args(["-S", "hivexregedit", "--help"]).output();
    if help.is_ok_and(|out| out.stdout.starts_with(b"Usage")) {
        for file in files(FIXTURES).into_iter().chain(files(REAL)) {
            compare(&file);
        }
    } else {
        skip("hivexregedit is not installed");
    }
    if !Path::new(REAL).exists() {
        skip(&format!("{REAL} is absent"));
    }
}

#[test]
fn logs_are_replayed() {
    let Some(file) = real("mkorman90__regipy/transactions_NTUSER.DAT") else { return };
    let first = real("mkorman90__regipy/transactions_ntuser.dat.log1").unwrap();
    let second = real("mkorman90__regipy/transactions_ntuser.dat.log2").unwrap();

    // As it is: the numbers of hivex. Replayed: those of regipy 6.5.0 with the first log. (With both logs regipy
    // applies the second too, whose only entry is older than the hive, and loses keys.)
    let dirty = Hive::open(file.clone(), &[]).unwrap();
    assert_eq!((dirty.state(), sizes(&dirty)), (State::Dirty, (2590, 4119)));
    for logs in
        [vec![first.clone()], vec![first.clone(), second.clone()], vec![second.clone(), first.clone()]]
    {
        let hive = Hive::open(file.clone(), &logs).unwrap();
        assert_eq!((hive.state(), sizes(&hive)), (State::Replayed, (3105, 4695)));
    }
    let replayed = Hive::open(file.clone(), &[first.clone(), second.clone()]).unwrap();
    for (path, before, after) in [
        (r"Software\Microsoft\Payment\PaymentApps", false, true),
        (r"software\MICROSOFT\Windows\CurrentVersion\AppBroadcast\plugins", false, true),
        (
            r"Software\Microsoft\Windows\CurrentVersion\Explorer\CD Burning\Drives\Volume{2b8dca72-672e-11e7-bce1-806e6f6e6963}\Current Media",
            true,
            false,
        ),
        (r"Software\Microsoft\Windows", true, true),
    ] {
        assert_eq!(dirty.values(path, "").unwrap().is_some(), before, "{path}");
        assert_eq!(replayed.values(path, "").unwrap().is_some(), after, "{path}");
    }

    // The older log alone holds nothing new.
    assert_eq!(Hive::open(file.clone(), std::slice::from_ref(&second)).unwrap().state(), State::Dirty);
    // A wrong checksum: the base block comes from the log with the latest entries.
    let mut broken = file.clone();
    broken[36] ^= 0xFF;
    assert!(Hive::open(broken.clone(), &[]).is_err());
    let recovered = Hive::open(broken, &[second, first.clone()]).unwrap();
    assert_eq!((recovered.state(), sizes(&recovered)), (State::Replayed, (3105, 4695)));
    // A damaged entry ends the replay before it: the third begins at 0x55000 and is the first with these keys.
    let mut cut = first.clone();
    cut[0x56000] ^= 1;
    let partly = Hive::open(file.clone(), &[cut]).unwrap();
    assert_eq!(partly.state(), State::Replayed);
    assert!(sizes(&partly) < sizes(&replayed));
    // The log of another time is no log for a clean hive, and no hive itself.
    let mut clean = file.clone();
    clean[4..8].copy_from_slice(&file[8..12]);
    let sum = checksum(&clean);
    clean[508..512].copy_from_slice(&sum.to_le_bytes());
    assert_eq!(Hive::open(clean, std::slice::from_ref(&first)).unwrap().state(), State::Clean);
    assert_eq!(Hive::open(first, &[]).unwrap_err(), HiveError::NotAHive);
}

#[test]
fn what_is_no_hive_is_said_to_be_none() {
    let Some(file) = real("EricZimmerman__Registry/NotAHive") else { return };
    assert_eq!(Hive::open(file, &[]).unwrap_err(), HiveError::NotAHive);
}

#[test]
fn every_shape_of_list_name_and_data_is_read() {
    let hive = open("hive/shapes.hive");
    let names = hive.subkeys(r"Lists\RI").unwrap().unwrap();
    assert_eq!((names.found.len(), names.damage.len()), (1100, 0));
    for n in [0, 399, 400, 799, 800, 1099] {
        let key = hive.values(&format!(r"lists\ri\{n:04}"), "X").unwrap().unwrap().found;
        assert_eq!(key.number("N"), Some(n));
    }
    for list in ["li", "lf", "lh"] {
        assert_eq!(
            hive.subkeys(&format!(r"\Lists\{list}\")).unwrap().unwrap().found,
            ["One", "Three", "Two"]
        );
    }

    let names = hive.key("names", "HKCU").unwrap().unwrap().found;
    assert_eq!(names.subkey("BÜRO").unwrap().text("schlüssel"), Some("Wert"));
    assert_eq!(names.subkey("送信サーバー").unwrap().number("ポート番号"), Some(587));
    assert_eq!(names.subkey("送信サーバー").unwrap().text(""), Some("既定"));
    assert_eq!(names.subkey("straße 🌏").unwrap().path, r"HKCU\Straße 🌏");
    // By path, without regard to case beyond ASCII.
    assert!(hive.values("NAMES\\büRO", "").unwrap().is_some());
    assert!(hive.values("names\\送信サーバー", "").unwrap().is_some());
    assert!(hive.values("names\\送信サーバ", "").unwrap().is_none());

    let values = hive.values("Values", "HKCU").unwrap().unwrap();
    assert_eq!(values.damage, []);
    let values = values.found;
    assert_eq!(values.text("sz without NUL"), Some("587"));
    assert_eq!(values.text("sz with more"), Some("shown"));
    assert_eq!(values.text("sz inline"), Some("a"));
    assert_eq!(values.text("expand"), Some(r"%APPDATA%\Mail"));
    assert_eq!(values.number("dword"), Some(0x8000_0001));
    assert_eq!(values.number("big endian"), Some(465));
    assert_eq!(values.number("qword"), Some(1 << 40));
    assert_eq!(values.value("binary of 3"), Some(&Value::Binary(vec![1, 2, 3])));
    assert_eq!(
        values.value("texts"),
        Some(&Value::Texts(["one", "二", "three"].map(str::to_owned).to_vec()))
    );
    assert_eq!(values.value("dword of 2"), Some(&Value::Other { kind: 4, length: 2 }));
    assert_eq!(values.value("unknown"), Some(&Value::Other { kind: 0x12345, length: 6 }));
    for (name, length) in
        [("longest in one piece", 16344), ("shortest in two", 16345), ("three pieces", 40000)]
    {
        let pattern: Vec<u8> = (0u32..).flat_map(u32::to_le_bytes).take(length).collect();
        assert!(values.value(name) == Some(&Value::Binary(pattern)), "{name}");
    }
    assert_eq!(values.text("long text").map(|text| text.chars().count()), Some(9000));
    // A link is a key like any other: nothing follows it.
    assert!(hive.values(r"Link\Büro", "").unwrap().is_none());
}

#[test]
fn what_hivexregedit_merged_is_read() {
    let hive = open("hive/merged.hive");
    let key = hive.values(r"software\会社\メール設定", r"HKCU\設定").unwrap().unwrap().found;
    assert_eq!(key.name(), "設定");
    assert_eq!(key.text(""), Some("既定の値"));
    assert_eq!(key.text("送信サーバー"), Some("mail.example.jp"));
    assert_eq!(key.number("ポート"), Some(587));
    assert_eq!(key.text("パス"), Some("C:\\Users\\太郎\\\"mail\""));
    assert_eq!(key.text("展開"), Some(r"%APPDATA%\Mail"));
    assert_eq!(key.value("一覧"), Some(&Value::Texts(vec!["1".to_owned(), "2".to_owned()])));
    assert_eq!(key.number("長い数"), Some(1 << 63 | 1));
    let key = hive.key("Software", "S").unwrap().unwrap().found;
    assert_eq!(key.subkey("bürö").unwrap().text("É"), Some("à"));
    let other = key.subkey("会社").unwrap().subkey("ﾒｰﾙ①髙🌏").unwrap();
    assert_eq!(other.text("長い文"), Some("あ".repeat(9000).as_str()));
    let minimal = open("hive/minimal.hive").key("", "HKCU").unwrap().unwrap();
    assert_eq!(minimal.found, Key { path: "HKCU".to_owned(), ..Key::default() });
    assert_eq!(minimal.damage, []);
}

#[test]
fn secrets_leave_no_trace() {
    for (file, path) in [("hive/shapes.hive", "Values"), ("hive/merged.hive", r"Software\会社\メール設定")]
    {
        let hive = open(file);
        assert!(format!("{hive:?}").len() < 50, "a hive does not print its bytes");
        let reading = hive.values(path, "HKCU").unwrap().unwrap();
        assert_eq!(reading.found.value("POP3 Password"), Some(&Value::Secret));
        assert!(!format!("{reading:?}").contains("canary"));
    }
}

/// Both readers on one file. What they may disagree on is listed here, with the reason: nothing so far.
fn compare(file: &Path) {
    let shown = file.display();
    let hivex = match export(file) {
        Exported::Keys(keys) => Ok(keys),
        Exported::Refused(why) => Err(why),
        Exported::Odd(line) => panic!("{shown}: {line}"),
    };
    let hive = match Hive::open(std::fs::read(file).unwrap(), &[]) {
        Ok(hive) => hive,
        Err(error) => {
            assert!(hivex.is_err(), "libhivex reads {shown}: {error}");
            return;
        }
    };
    let hivex = hivex.unwrap_or_else(|why| panic!("libhivex does not read {shown}: {why}"));
    let reading = hive.key("", "HKCU").unwrap().unwrap();
    assert_eq!(reading.damage, [], "{shown}");
    let mut ours = Vec::new();
    flatten(reading.found, &mut ours);
    ours.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(ours.len(), hivex.len(), "{shown}");
    for (ours, theirs) in ours.iter().zip(&hivex) {
        assert_eq!(ours, theirs, "{shown}");
    }
}

/// The numbers of keys and values of a sound hive.
fn sizes(hive: &Hive) -> (usize, usize) {
    let mut all = Vec::new();
    flatten(hive.key("", "").unwrap().unwrap().found, &mut all);
    (all.len(), all.iter().map(|(_, values)| values.len()).sum())
}

/// The XOR that the base block ends with.
fn checksum(bytes: &[u8]) -> u32 {
    bytes[..508].chunks_exact(4).fold(0, |sum, n| sum ^ u32::from_le_bytes(n.try_into().unwrap()))
}

/// Every file below a folder that begins like a hive.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else if std::fs::read(entry.path()).is_ok_and(|bytes| Hive::looks_like(&bytes)) {
                found.push(entry.path());
            }
        }
    }
    found
}

fn open(fixture: &str) -> Hive {
    Hive::open(std::fs::read(Path::new(FIXTURES).join(fixture)).unwrap(), &[]).unwrap()
}

fn real(file: &str) -> Option<Vec<u8>> {
    let bytes = std::fs::read(Path::new(REAL).join(file)).ok();
    if bytes.is_none() {
        skip(&format!("{REAL}/{file} is absent"));
    }
    bytes
}

/// Says that a test could not be made; where it must be, that is a failure.
fn skip(why: &str) {
    assert!(std::env::var_os("SMTP_AUTH_AUDIT_REQUIRE_HIVEX").is_none_or(|set| set != "1"), "{why}");
    eprintln!("skipped: {why}");
}
