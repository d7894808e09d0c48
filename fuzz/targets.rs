//! What is done with bytes that nobody can trust, one function per kind of reader: nothing may panic, hang or grow without
//! bounds, and what is said of ranges and edits has to hold. The fuzzer calls them, and so does `tests/corpus.rs`.

use smtp_auth_audit::clients::CLIENTS;
use smtp_auth_audit::clients::changing::{Changing, Form, Written};
use smtp_auth_audit::clients::thunderbird::prefs_js;
use smtp_auth_audit::fleet::{self, table};
use smtp_auth_audit::formats::edit::{Edit, Format, edited};
use smtp_auth_audit::formats::{ber, encodings, ini, ini_lexer, plist, signed_data};
use smtp_auth_audit::model::{Lang, Service};
use smtp_auth_audit::policy::{Origin, autoconfig, exceptions, file};
use smtp_auth_audit::probe::{dialogue, talk::Talk};
use smtp_auth_audit::report::v1;
use smtp_auth_audit::scan::{Request, Rules, scan};
use smtp_auth_audit::source::{android_backup, database, hive::Hive, regfile};
use std::fs;
use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr};

/// A target: it takes whatever bytes there are.
pub(crate) type Target = fn(&[u8]);

/// All of them, by the names of their programs and of their folders in `corpus`.
pub(crate) const ALL: [(&str, Target); 8] = [
    ("readers", readers),
    ("hive", hive),
    ("database", database),
    ("prefs", prefs),
    ("set", set),
    ("policies", policies),
    ("reports", reports),
    ("dialogue", dialogue),
];

/// The readers of texts, property lists and archives over the same bytes, and the scan of a file with them, which gives it to
/// the client whose it is.
pub(crate) fn readers(bytes: &[u8]) {
    let text = encodings::decode(bytes);
    let _ = ini::parse(&text);
    for dialect in [ini_lexer::WINDOWS, ini_lexer::KEY_FILE, ini_lexer::KCONFIG, ini_lexer::BLOCKS] {
        let sections = ini_lexer::lex(&text, &dialect);
        let mut at = 0;
        for entry in sections.iter().flat_map(|section| &section.entries) {
            let ranges = [&entry.name, &entry.value];
            for range in ranges {
                assert!(at <= range.start && range.start <= range.end && text.get(range.clone()).is_some());
                at = range.end;
            }
        }
    }
    let _ = plist::unarchive(bytes);
    let _ = signed_data::signer(bytes);
    let _ = ber::split(&mut &*bytes).and_then(ber::octets);
    let _ = regfile::parse(bytes);
    let _ = android_backup::read(bytes, "EmailProvider.db");
    with_file(bytes, "lone", |file| {
        let _ = scan(&Request { rules: Rules::standard(), ..Request::of_paths(vec![file]) });
    });
}

/// A hive with a log: the first byte tells where the one ends and the other begins. Each key and value is read.
pub(crate) fn hive(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let (hive, log) = rest.split_at(rest.len() - rest.len() * usize::from(*first) / 256);
    if let Ok(hive) = Hive::open(hive.to_vec(), &[log.to_vec()]) {
        let _ = hive.key("", "HKCU");
        let _ = hive.subkeys("Software\\Microsoft");
    }
}

/// Makes the base block of a hive good again, so that what is wrong stands deeper.
pub(crate) fn mend_hive(bytes: &mut [u8]) {
    let Some((_, hive)) = bytes.split_first_mut() else { return };
    let Some(base) = hive.get_mut(..512) else { return };
    base[..4].copy_from_slice(b"regf");
    base.copy_within(4..8, 8);
    // Version 1.5, a primary file, loaded from memory, with the root where it always is.
    for (at, number) in [(20, 1_u32), (24, 5), (28, 0), (32, 1), (36, 32)] {
        base[at..at + 4].copy_from_slice(&number.to_le_bytes());
    }
    let words = base[..508].chunks_exact(4);
    let sum = words.fold(0, |sum, word| sum ^ u32::from_le_bytes(word.try_into().unwrap_or_default()));
    // Windows never stores these two (Suhanov, "Windows registry file format specification").
    let sum = if sum == 0 {
        1
    } else if sum == u32::MAX {
        u32::MAX - 1
    } else {
        sum
    };
    base[508..].copy_from_slice(&sum.to_le_bytes());
}

/// A database with its write-ahead log.
pub(crate) fn database(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let (main, wal) = rest.split_at(rest.len() - rest.len() * usize::from(*first) / 256);
    let _ = database::rolled_back(main.to_vec(), wal);
    if let Ok(database) = database::open(main.to_vec(), Some(wal.to_vec())) {
        for table in database.tables() {
            let columns = database.columns(table).unwrap_or_default().unwrap_or_default();
            let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
            let _ = database.rows(table, &columns);
        }
    }
}

/// Pieces of preferences files: each byte of a program names one, so that most programs are files that are nearly right.
#[rustfmt::skip]
const PIECES: [&[u8]; 48] = [
    b"user_pref(", b"pref(", b"sticky_pref(", b"\"mail.smtpserver.smtp1.port\"", b"\"mail.smtpserver.smtp1.authMethod\"",
    b"\"mail.smtpserver.smtp1.hostname\"", b"\"mail.smtpservers\"", b"\"mail.smtp.defaultserver\"", b"\"mail.account.account1.server\"",
    b"\"mail.account.account1.identities\"", b"\"mail.accountmanager.accounts\"", b"\"mail.server.server1.type\"",
    b"\"mail.identity.id1.smtpServer\"", b"\"account1\"", b"\"server1\"", b"\"id1\"", b"\"smtp1\"", b"\"smtp1,smtp2\"", b"\"pop3\"",
    b"\"mail.example.jp\"", b", ", b",", b"25", b"587", b"-1", b"+1", b"2147483647", b"4294967296", b"true", b"false", b");\n", b")", b";",
    b"\r\n", b"\n", b"// x\n", b"# x\n", b"/* x */", b"/*", b"\"", b"'", b"\\", b"\\x41", b"\\u3042", b"\\uD83D\\uDCE7", b"\xE3\x81\x82",
    b"locked", b"\xEF\xBB\xBF",
];

/// The file that a program makes. Numbers above those of the pieces are bytes of their own.
pub(crate) fn prefs_file(program: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    for byte in program {
        match PIECES.get(usize::from(*byte)) {
            Some(piece) => file.extend_from_slice(piece),
            None => file.push(*byte),
        }
    }
    file
}

/// prefs.js: its statements lie one behind the other, each can be read, and what can be set is set and nothing else.
pub(crate) fn prefs(program: &[u8]) {
    let file = prefs_file(program);
    let _ = prefs_js::parse(&file);
    let mut at = 0;
    let entries: Vec<_> = prefs_js::lex(&file).filter_map(Result::ok).collect();
    for entry in &entries {
        assert!(
            at <= entry.name.start && entry.name.end < entry.value.start && entry.value.end <= file.len()
        );
        at = entry.value.end;
    }
    let format = format("thunderbird");
    for entry in entries.iter().take(20) {
        let Ok(name) = std::str::from_utf8(&file[entry.name.clone()]) else { continue };
        let Ok(value) = std::str::from_utf8(&file[entry.value.clone()]) else { continue };
        hold(&file, &format, "", name, Some(value.trim_matches(['"', '\''])));
        hold(&file, &format, "", &format!("{name}x"), None);
    }
}

/// Files of the clients that `fix` writes: the first byte chooses one, and what stands before the first NULs are section, name
/// and old value.
pub(crate) fn set(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let written = CLIENTS.iter().filter_map(|row| match row.changing {
        Changing::Written(written) => match written.form {
            Form::Text(format) => Some(format),
            Form::Registry => None,
        },
        Changing::Steps => None,
    });
    let written: Vec<Format> = written.collect();
    let format = written[usize::from(*first) % written.len()];
    let mut parts = rest.splitn(4, |byte| *byte == 0);
    let (Some(section), Some(name), Some(old), Some(file)) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return;
    };
    let [Ok(section), Ok(name), Ok(old)] = [section, name, old].map(std::str::from_utf8) else { return };
    hold(file, &format, section, name, Some(old));
    hold(file, &format, section, name, None);
}

fn format(client: &str) -> Format {
    let row = CLIENTS.iter().find(|row| row.id == client).expect("a client");
    match row.changing {
        Changing::Written(Written { form: Form::Text(format), .. }) => *format,
        _ => panic!("{client} has no file that is written"),
    }
}

/// An edit is refused, or the setting has the new value then, no other byte has changed, and the way back leads to the same file.
fn hold(file: &[u8], format: &Format, section: &str, name: &str, old: Option<&str>) {
    let edit = Edit { section, name, old, new: Some("587") };
    let Ok(after) = edited(file, format, &[edit]) else { return };
    let back = Edit { old: edit.new, new: old, ..edit };
    let again = edited(&after, format, &[back]);
    assert_eq!(again.as_deref(), Ok(file), "{:?}", String::from_utf8_lossy(&after));
    let longest = name.len() + old.map_or(0, str::len) + 40;
    let same =
        |pairs: &mut dyn Iterator<Item = (&u8, &u8)>| pairs.take_while(|(one, other)| one == other).count();
    let start = same(&mut file.iter().zip(&after));
    let end = same(&mut file.iter().rev().zip(after.iter().rev()));
    assert!(start + end + longest >= file.len().max(after.len()));
}

/// Policies, exceptions and Autoconfig files.
pub(crate) fn policies(bytes: &[u8]) {
    let clients: Vec<&str> = CLIENTS.iter().map(|row| row.id).collect();
    if let Ok(text) = file::text(bytes) {
        let _ = file::read(text, Origin::Given, &clients);
        let _ = exceptions::read(text, &clients);
    }
    let _ = autoconfig::read(&encodings::decode(bytes), Origin::Given);
}

/// Reports of other computers: `fleet` counts them and shows its table, a policy judges them anew, plans are read.
pub(crate) fn reports(bytes: &[u8]) {
    let _ = v1::earlier::read(&String::from_utf8_lossy(bytes));
    let _ = v1::read_fixes(bytes);
    with_file(bytes, "report", |report| {
        let day = time::Date::MIN;
        for rules in [None, Some(Rules::standard())] {
            let reports = vec![report.clone()];
            let request = fleet::Request {
                reports,
                baseline: None,
                departments: None,
                servers: Vec::new(),
                domains: Vec::new(),
                max_age: None,
                rules,
                day,
            };
            let look = table::Look { lang: Lang::Ja, line_drawing: false, width: 80 };
            let shown = fleet::fleet(&request, &mut io::empty(), |overview| table::render(overview, look));
            // What reports hold never reaches a terminal as it is.
            let is_sign = |shown: &str| shown.contains('\u{1b}') || shown.contains('\u{202e}');
            assert!(!shown.is_ok_and(|(table, _)| is_sign(&table)));
        }
        let _ = fleet::baseline(&report);
    });
}

/// A server that says these bytes, whatever it is told.
struct Server<'a> {
    says: &'a [u8],
    heard: Vec<u8>,
}

impl Read for Server<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.says.read(buffer)
    }
}

impl Write for Server<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.heard.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The conversation of the probe: whatever the server says, it hears nothing but what asks.
pub(crate) fn dialogue(bytes: &[u8]) {
    let Some((first, says)) = bytes.split_first() else { return };
    let service =
        [None, Some(Service::Smtp), Some(Service::Pop3), Some(Service::Imap)][usize::from(*first) % 4];
    let own = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7));
    let mut talk = Talk::new(Server { says, heard: Vec::new() });
    if let Ok(greeting) = dialogue::greeting(&mut talk, service) {
        assert!(greeting.words.len() < 10_000 && !greeting.words.contains(char::is_control));
        for is_secured in [false, true] {
            let Ok(offer) = dialogue::offer(&mut talk, &greeting, own, is_secured) else { break };
            assert!(offer.auth.len() <= 16 && offer.auth.iter().all(|word| word.len() <= 20));
            if !matches!(dialogue::start_tls(&mut talk, greeting.service), Ok(true)) {
                break;
            }
        }
        dialogue::leave(&mut talk, greeting.service);
    }
    let heard = String::from_utf8(talk.into_stream().heard).expect("our own words");
    let known = ["EHLO [192.0.2.7]", "STARTTLS", "QUIT", "CAPA", "STLS"];
    for line in heard.lines() {
        let words =
            line.split_once(' ').filter(|(tag, _)| tag.starts_with('a')).map_or(line, |(_, words)| words);
        assert!(known.contains(&line) || ["CAPABILITY", "STARTTLS", "LOGOUT"].contains(&words), "{line}");
    }
}

/// A file with these bytes, of this process and gone afterwards.
fn with_file(bytes: &[u8], name: &str, then: impl FnOnce(std::path::PathBuf)) {
    let path =
        std::env::temp_dir().join(format!("{name}-{}-{:?}", std::process::id(), std::thread::current().id()));
    if fs::write(&path, bytes).is_ok() {
        then(path.clone());
        let _ = fs::remove_file(&path);
    }
}
