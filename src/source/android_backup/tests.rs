//! Android backups: headers of all versions, cut-off and hostile ones.

use super::*;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use proptest::prelude::*;
use std::io::Write;

const NAME: &str = "EmailProvider.db";

fn tar_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (path, content) in files {
        let mut header = tar::Header::new_ustar();
        header.set_size(content.len() as u64);
        tar.append_data(&mut header, path, *content).unwrap();
    }
    tar.into_inner().unwrap()
}

fn backup(header: &str, tar: &[u8], is_compressed: bool) -> Vec<u8> {
    let mut bytes = header.as_bytes().to_vec();
    if is_compressed {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(tar).unwrap();
        bytes.extend(encoder.finish().unwrap());
    } else {
        bytes.extend(tar);
    }
    bytes
}

#[test]
fn files_of_the_name_are_found_wherever_they_lie() {
    let tar = tar_of(&[
        ("apps/com.android.email/_manifest", b"1"),
        ("apps/com.android.email/db/emailprovider.DB", b"x"),
        ("apps/com.android.email/db/EmailProviderBody.db", b"x"),
        ("apps/a/d_db/EmailProvider.db", b""),
        ("apps/a/d_db/EmailProvider.db-wal", b"x"),
    ]);
    for version in 1..=5 {
        let plain = backup(&format!("ANDROID BACKUP\n{version}\n0\nnone\n"), &tar, false);
        let packed = backup(&format!("ANDROID BACKUP\n{version}\n1\nnone\n"), &tar, true);
        for bytes in [plain, packed] {
            let found = read(&*bytes, NAME).unwrap();
            let paths: Vec<&str> = found.databases.iter().map(|packed| packed.path.as_str()).collect();
            assert_eq!(paths, ["apps/a/d_db/EmailProvider.db", "apps/com.android.email/db/emailprovider.DB"]);
            assert_eq!((found.files, found.cut), (5, None));
        }
    }
}

#[test]
fn other_headers_are_told_apart() {
    for (header, error) in [
        ("ANDROID BACKUP\n5\n1\nAES-256\n", BackupError::Encrypted),
        ("ANDROID BACKUP\n6\n0\nnone\n", BackupError::Version),
        ("ANDROID BACKUP\n0\n0\nnone\n", BackupError::Version),
        ("ANDROID BACKUP\nx\n0\nnone\n", BackupError::NotBackup),
        ("ANDROID BACKUP\n5\n2\nnone\n", BackupError::NotBackup),
        ("ANDROID BACKUP\n5\n0\nnone", BackupError::NotBackup),
        ("ANDROID BACKUP\r\n5\n0\nnone\n", BackupError::NotBackup),
        ("", BackupError::NotBackup),
    ] {
        assert_eq!(read(header.as_bytes(), NAME).err(), Some(error), "{header:?}");
    }
}

#[test]
fn a_cut_off_backup_gives_what_came_before() {
    let tar = tar_of(&[("a/EmailProvider.db", &[7; 3000]), ("b/EmailProvider.db", &[7; 3000])]);
    let whole = backup("ANDROID BACKUP\n5\n0\nnone\n", &tar, false);
    let cut = read(whole.get(..whole.len() - 2048).unwrap(), NAME).unwrap();
    assert_eq!((cut.databases.len(), cut.cut), (2, Some(BackupError::Damaged)));
    let packed = backup("ANDROID BACKUP\n5\n1\nnone\n", &tar, true);
    let cut = read(packed.get(..packed.len() - 20).unwrap(), NAME).unwrap();
    assert_eq!(cut.cut, Some(BackupError::Damaged));
}

#[test]
fn a_small_file_that_expands_without_end_is_not_followed() {
    let mut bomb = Bounded { inner: io::repeat(0), left: 10 };
    let error = io::copy(&mut bomb, &mut io::sink()).unwrap_err();
    assert_eq!(explain(&error), BackupError::TooLarge);
    let mut header = tar::Header::new_ustar();
    header.set_path("a/EmailProvider.db").unwrap();
    header.set_size(1 << 40);
    header.set_cksum();
    let found = read(&*backup("ANDROID BACKUP\n5\n0\nnone\n", header.as_bytes(), false), NAME).unwrap();
    assert_eq!((found.databases.len(), found.cut), (0, Some(BackupError::TooLarge)));
}

#[test]
fn a_line_of_the_header_has_a_kibibyte() {
    for (length, error) in [(1023, BackupError::Encrypted), (1024, BackupError::NotBackup)] {
        let header = format!("ANDROID BACKUP\n5\n0\n{}\n", "A".repeat(length));
        assert_eq!(read(header.as_bytes(), NAME).err(), Some(error), "{length} and the end of the line");
    }
}

/// A hundred and twenty-eight mebibytes, in databases of up to sixty-four.
#[test]
fn databases_are_kept_up_to_a_size() {
    let header = |size: u64| {
        let mut header = tar::Header::new_ustar();
        header.set_path("a/EmailProvider.db").unwrap();
        header.set_size(size);
        header.set_cksum();
        header.as_bytes().to_vec()
    };
    let read = |sizes: &[u64]| {
        let start: Box<dyn Read> = Box::new(&b"ANDROID BACKUP\n5\n0\nnone\n"[..]);
        let files = sizes.iter().fold(start, |before, size| {
            let content = io::repeat(0).take(size.next_multiple_of(512));
            Box::new(before.chain(io::Cursor::new(header(*size))).chain(content))
        });
        let found = super::read(files.chain(&[0; 1024][..]), NAME).unwrap();
        (found.files, found.cut)
    };
    let most = 64 << 20;
    assert_eq!(read(&[most, most]), (2, None));
    assert_eq!(read(&[most + 1]), (1, Some(BackupError::TooLarge)));
    assert_eq!(read(&[most, most, 1]), (3, Some(BackupError::TooLarge)));
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..2000), packed: bool) {
        let header = format!("ANDROID BACKUP\n5\n{}\nnone\n", u8::from(packed));
        let _ = read(&*bytes, NAME);
        let _ = read(&*backup(&header, &bytes, packed), NAME);
    }
}
