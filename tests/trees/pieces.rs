//! Settings files to be found again: the contents of fixtures, with a number of their own in each host and address.

use crate::fixture;
use memchr::memmem::Finder;
use std::collections::HashMap;
use std::fs;
use std::sync::{Mutex, PoisonError};

/// A file that holds accounts by itself: its usual name, and the fixture that it is made of.
pub(crate) type Lone = (&'static str, &'static str);

pub(crate) const PREFS_JS: Lone = ("prefs.js", "thunderbird/lone-prefs-js/lone/prefs.js");
pub(crate) const MAILBOX_INI: Lone =
    ("Mailbox.ini", "becky/pop-before-smtp/home/taro/Documents/Becky/!!!!0a1b2c3d.mb/Mailbox.ini");
pub(crate) const OEACCOUNT: Lone = (
    "account{6C1D2F10-3B5E-4A77-9C0E-51D0A3B7E801}.oeaccount",
    "windows-live-mail/lone-file/account{6C1D2F10-3B5E-4A77-9C0E-51D0A3B7E801}.oeaccount",
);
pub(crate) const ACCOUNTRC: Lone = ("accountrc", "claws-mail/lone-folder/backup/.claws-mail/accountrc");
pub(crate) const MSMTPRC: Lone =
    (".msmtprc", "field/45-msmtp-two-names-one-file/in/copied/taro/.config/msmtp/config");
pub(crate) const ACCOUNT_XML: Lone = ("account.xml", "qmail3/one-file/taken/account.xml");
pub(crate) const GEARY_INI: Lone = ("geary.ini", "geary/lone-file/taken/geary.ini");
pub(crate) const ACCOUNTS_PLIST: Lone =
    ("Accounts.plist", "apple-mail/disk/disk/Users/taro/Library/Mail/V2/MailData/Accounts.plist");
pub(crate) const ACCOUNTS_4: Lone =
    ("Accounts4.sqlite", "apple-mail/disabled/home/hanako/Library/Accounts/Accounts4.sqlite");
/// Outlook's account; of those of the demonstration the one without another path in it.
pub(crate) const NTUSER: Lone = ("NTUSER.DAT", "demo/office-pc/Users/taro/NTUSER.DAT");

/// Files that lie anywhere.
pub(crate) const LONE: &[Lone] = &[
    PREFS_JS,
    ("PREFS.JS", PREFS_JS.1),
    MAILBOX_INI,
    OEACCOUNT,
    ACCOUNTRC,
    MSMTPRC,
    ("msmtprc", MSMTPRC.1),
    ACCOUNT_XML,
    GEARY_INI,
    ACCOUNTS_PLIST,
    ACCOUNTS_4,
    ("mailtransports", "kmail/lone-file/taken/mailtransports"),
    ("settings.k9s", "field/50-transfer-folder/in/Transfer/phone/settings.k9s"),
    ("mail.mobileconfig", "apple-profile/xml/mail.mobileconfig"),
    ("phone.ab", "android-mail/backup/phone.ab"),
    (
        "EmailProvider.db",
        "android-mail/lone-file/phone/data/data/com.android.email/databases/EmailProvider.db",
    ),
];

/// Files of a registry: not looked for inside of homes.
pub(crate) const HIVES: &[Lone] = &[NTUSER, ("taro.hive", NTUSER.1), ("copied.dat", NTUSER.1)];

/// Files that say only that they can't be read.
pub(crate) const DAMAGED: &[Lone] = &[
    ("mail.mobileconfig", "apple-profile/encrypted/mail.mobileconfig"),
    ("phone.ab", "android-mail/backup-encrypted/phone.ab"),
    ("Accounts4.sqlite", "apple-mail/cut-off-database/home/hanako/Library/Accounts/Accounts4.sqlite"),
    // Without a byte in it, as a PC leaves it that lost its power.
    ("prefs.js", "sylpheed/damaged-among-good/home/zzz/.sylpheed-2.0/accountrc"),
];

/// Evolution's account, in three files that name each other.
pub(crate) const SOURCES: &[Lone] = &[
    ("1-account.source", "evolution/lone-file/taken/1-account.source"),
    ("1-identity.source", "evolution/lone-file/taken/1-identity.source"),
    ("1-transport.source", "evolution/lone-file/taken/1-transport.source"),
];

/// The name of a computer.
pub(crate) const SYSTEM: &str = "demo/office-pc/Windows/System32/config/SYSTEM";

/// What stands in the hosts and addresses of the file of this number. As long as the `example` of the fixtures: nothing
/// moves in hives and databases.
pub(crate) fn mark(number: usize) -> String {
    format!("x{number:06}")
}

/// True for what `mark` makes.
pub(crate) fn is_mark(text: &str) -> bool {
    text.len() == 7 && text.starts_with('x') && text[1..].bytes().all(|byte| byte.is_ascii_digit())
}

/// The fixture with this number in it.
pub(crate) fn numbered(fixture: &str, number: usize) -> Vec<u8> {
    replaced(original(fixture), "example", &mark(number))
}

/// Texts of the same length, one for the other.
pub(crate) fn replaced(mut bytes: Vec<u8>, from: &str, to: &str) -> Vec<u8> {
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    for (from, to) in [(from.as_bytes().to_vec(), to.as_bytes().to_vec()), (wide(from), wide(to))] {
        let places: Vec<usize> = Finder::new(&from).find_iter(&bytes).collect();
        for at in places {
            bytes[at..at + from.len()].copy_from_slice(&to);
        }
    }
    bytes
}

/// A fixture's bytes, read once.
pub(crate) fn original(path: &str) -> Vec<u8> {
    static READ: Mutex<Option<HashMap<String, Vec<u8>>>> = Mutex::new(None);
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    let known = read.get_or_insert_default();
    let bytes = || fs::read(fixture(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    known.entry(path.to_owned()).or_insert_with(bytes).clone()
}

/// An export of one user's keys with an account of Outlook, or of Outlook Express.
pub(crate) fn export(root: &str, is_outlook: bool, number: usize) -> Vec<u8> {
    let mark = mark(number);
    let key = if is_outlook {
        r"Software\Microsoft\Office\16.0\Outlook\Profiles\Outlook\9375CFF0413111d3B88A00104B2A6676\00000002"
    } else {
        r"Software\Microsoft\Internet Account Manager\Accounts\00000001"
    };
    let address = if is_outlook { "Email" } else { "SMTP Email Address" };
    let text = format!(
        "Windows Registry Editor Version 5.00\r\n\r\n[{root}\\{key}]\r\n\
         \"clsid\"=\"{{ED475411-B0D6-11D2-8C3B-00104B2A6676}}\"\r\n\
         \"Account Name\"=\"taro@{mark}.jp\"\r\n\"{address}\"=\"taro@{mark}.jp\"\r\n\
         \"POP3 Server\"=\"pop.{mark}.jp\"\r\n\"SMTP Server\"=\"smtp.{mark}.jp\"\r\n"
    );
    [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

/// What Thunderbird needs to find a profile.
pub(crate) const PROFILES_INI: &[u8] =
    b"[General]\nStartWithLastProfile=1\n\n[Profile0]\nName=default\nIsRelative=1\nPath=Profiles/x.default\nDefault=1\n";
