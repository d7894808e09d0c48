//! What a file is, by its content: names lie, and technicians rename.

use super::android_backup;
use super::hive::Hive;
use super::problem::Problem;
use super::regfile;
use super::system::{MAX_FILE, open_file, read_file, read_start};
use crate::formats::encodings::decode;
use crate::formats::ini::{self, Ini};
use std::path::Path;

/// The kinds of file that hold accounts by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A registry hive.
    Hive,
    /// A `.reg` export.
    RegistryExport,
    /// prefs.js of Thunderbird and its relatives.
    PrefsJs,
    /// Mailbox.ini of Becky!.
    MailboxIni,
    /// `.oeaccount` of Windows Mail and Windows Live Mail.
    OeAccount,
    /// A property list of Apple Mail.
    ApplePlist,
    /// Accounts3.sqlite or Accounts4.sqlite of macOS.
    AppleAccounts,
    /// A configuration profile of Apple's systems (`.mobileconfig`), signed or not.
    AppleProfile,
    /// The folder of an iPhone's or iPad's backup.
    IosBackup,
    /// EmailProvider.db of Android's Email and Gmail.
    EmailProvider,
    /// A backup that `adb backup` wrote (`.ab`).
    AndroidBackup,
    /// An export of K-9 Mail or Thunderbird for Android (`.k9s`).
    K9Settings,
    /// accountrc of Sylpheed or Claws Mail.
    AccountRc,
    /// account.xml of QMAIL3.
    QmailAccount,
    /// A `.source` of Evolution.
    EvolutionSource,
    /// mailtransports of KMail.
    MailTransports,
    /// geary.ini of Geary.
    GearyIni,
    /// The configuration of msmtp.
    Msmtprc,
}

/// The first bytes of a database (sqlite.org/fileformat2.html, 1.3).
const SQLITE: &[u8] = b"SQLite format 3\0";
/// How much of a file is looked at to recognise it, in bytes.
pub(super) const HEAD: u64 = 64 << 10;

/// What a file is; `None` if it is nothing that this program reads.
pub fn recognise(bytes: &[u8]) -> Option<FileKind> {
    let head = usize::try_from(HEAD).ok().and_then(|length| bytes.get(..length)).unwrap_or(bytes);
    if Hive::looks_like(head) {
        return Some(FileKind::Hive);
    }
    if head.starts_with(SQLITE) {
        return database_kind(bytes);
    }
    if head.starts_with(b"bplist") {
        return plist_kind(bytes);
    }
    if head.starts_with(android_backup::MAGIC) {
        return Some(FileKind::AndroidBackup);
    }
    if is_signed_data(head) {
        return Some(FileKind::AppleProfile);
    }
    if regfile::looks_like(head) {
        return Some(FileKind::RegistryExport);
    }
    // A PC that lost its power leaves NULs at the end, where Thunderbird stops reading.
    if head.split(|b| *b == b'\n').any(|line| line.trim_ascii_start().starts_with(b"user_pref")) {
        return Some(FileKind::PrefsJs);
    }
    let is_utf16 = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) || utf16(head);
    let text = if is_utf16 { head } else { without_tail(head) };
    if !is_utf16 && (text.is_empty() || text.contains(&0)) {
        return None;
    }
    recognise_text(&decode(text), bytes)
}

/// A text without the NULs at its end: what a PC that lost its power leaves of a file.
fn without_tail(head: &[u8]) -> &[u8] {
    let length = head.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    head.get(..length).unwrap_or(head)
}

fn recognise_text(text: &str, bytes: &[u8]) -> Option<FileKind> {
    if text.contains("<MessageAccount") {
        return Some(FileKind::OeAccount);
    }
    if text.contains("<plist") {
        return plist_kind(bytes);
    }
    if text.contains("<k9settings") {
        return Some(FileKind::K9Settings);
    }
    // A profile of QMAIL3 has sections; those with servers are accounts.
    if text.contains("<profile")
        && (text.contains("<section name=\"Send\"") || text.contains("<section name=\"Receive\""))
    {
        return Some(FileKind::QmailAccount);
    }
    // What openssl and mail programs call signed data in text form.
    if ["-----BEGIN PKCS7-----", "-----BEGIN CMS-----"].iter().any(|mark| text.trim_start().starts_with(mark))
    {
        return Some(FileKind::AppleProfile);
    }
    if text.lines().any(|line| line.trim_start().starts_with("user_pref")) {
        return Some(FileKind::PrefsJs);
    }
    ini_kind(&ini::parse(text)).or_else(|| is_msmtprc(text).then_some(FileKind::Msmtprc))
}

fn ini_kind(ini: &Ini) -> Option<FileKind> {
    let has_section = |start: &str| ini.sections().any(|section| section.name.starts_with(start));
    if has_section("Account: ") {
        return Some(FileKind::AccountRc);
    }
    if has_section("Transport ") {
        return Some(FileKind::MailTransports);
    }
    if has_section("Data Source") {
        return Some(FileKind::EvolutionSource);
    }
    // Other programs have an `[Account]`, too.
    let has = |section: &str, name: &str| ini.section(section).is_some_and(|s| s.entry(name).is_some());
    if has("Account", "sender_mailboxes") || has("AccountInformation", "service_provider") {
        return Some(FileKind::GearyIni);
    }
    // Other programs have an `SMTPServer`, too; Becky!'s other names beside it are its own.
    let is_becky = ini.sections().any(|section| {
        let has = |name: &str| section.entry(name).is_some();
        (has("SMTPServer") || has("MailServer")) && (has("MailAddress") || has("MailServer") || has("UserID"))
    });
    is_becky.then_some(FileKind::MailboxIni)
}

/// Blocks of `account NAME` or `defaults` with a `host` (man page msmtp(1)); without any block it is the account `default`,
/// if nothing but commands stands there: other files have a `host` as well.
fn is_msmtprc(text: &str) -> bool {
    let begins = |word: &str| {
        text.lines().any(|line| {
            line.split_whitespace().next().is_some_and(|first| first.trim_end_matches(':') == word)
        })
    };
    let has_block = begins("account") || begins("defaults");
    let has_commands = || ["from", "auth", "tls"].iter().any(|word| begins(word));
    begins("host") && (has_block || (has_commands() && text.lines().all(is_msmtp_line)))
}

/// An empty line, a comment, or a command of msmtp's (src/conf.c) with its argument.
fn is_msmtp_line(line: &str) -> bool {
    const COMMANDS: &str = " host port protocol socket from auth user tls tls_starttls tls_nostarttls password passwordeval \
        timeout connect_timeout domain from_full_name allow_from_override ntlmdomain tls_key_file tls_cert_file \
        tls_trust_file tls_crl_file tls_fingerprint tls_certcheck tls_min_dh_prime_bits tls_priorities \
        tls_host_override dsn_return dsn_notify logfile logfile_time_format syslog aliases proxy_host proxy_port \
        set_from_header set_date_header set_msgid_header set_to_header remove_bcc_headers source_ip \
        undisclosed_recipients add_missing_from_header add_missing_date_header auto_from maildomain keepbcc \
        tls_nocertcheck tls_force_sslv3 eval ";
    let line = line.trim_start_matches('\u{FEFF}').trim_matches([' ', '\t', '\r']);
    let command = line.split([' ', '\t']).next().unwrap_or_default();
    line.is_empty() || line.starts_with('#') || COMMANDS.contains(&format!(" {command} "))
}

/// The content of a file that may be anything. Of an Android backup, which is read as a stream and may be larger than what
/// is read at once, only the beginning.
pub(super) fn read_unknown(path: &Path, limit: u64) -> Result<Vec<u8>, Problem> {
    let head = read_start(open_file(path)?, path.display().to_string(), HEAD)?;
    if head.starts_with(android_backup::MAGIC) { Ok(head) } else { read_file(path, limit) }
}

/// What a file on this computer is. All of a new database may still stand in its write-ahead log.
pub(super) fn recognise_at(path: &Path, bytes: &[u8]) -> Option<FileKind> {
    recognise(bytes).or_else(|| {
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        let wal = bytes.starts_with(SQLITE).then(|| read_file(Path::new(&log), MAX_FILE).ok())??;
        database_kind(&wal)
    })
}

/// The names of the tables stand in the schema, which may lie behind the first pages.
fn database_kind(bytes: &[u8]) -> Option<FileKind> {
    if contains(bytes, b"ZACCOUNT") {
        Some(FileKind::AppleAccounts)
    } else if contains(bytes, b"HostAuth") {
        Some(FileKind::EmailProvider)
    } else {
        None
    }
}

fn plist_kind(bytes: &[u8]) -> Option<FileKind> {
    if contains(bytes, b"MailAccounts") || contains(bytes, b"DeliveryAccounts") {
        return Some(FileKind::ApplePlist);
    }
    // Every payload of a configuration profile carries both.
    let is_profile = contains(bytes, b"PayloadType") && contains(bytes, b"PayloadIdentifier");
    is_profile.then_some(FileKind::AppleProfile)
}

/// Signed data of CMS (RFC 5652, 5.1): a SEQUENCE that begins with this object identifier, in DER or BER.
fn is_signed_data(head: &[u8]) -> bool {
    const SIGNED_DATA: &[u8] = &[0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];
    let start = head.get(..24).unwrap_or(head);
    start.first() == Some(&0x30) && contains(start, SIGNED_DATA)
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// UTF-16LE without a byte order mark begins with an ASCII character and a NUL.
fn utf16(head: &[u8]) -> bool {
    matches!(head, [first, 0, ..] if first.is_ascii_graphic())
}

/// `.reg`, in lower case.
pub fn is_export_name(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "reg")
}

/// NTUSER.DAT and files named `.hive` or `.dat`, in lower case.
pub fn is_hive_name(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "dat" || extension == "hive")
}
