//! How much of somebody's data is read: one table, each figure with its reason. What is beyond is told as `too-large`.
//!
//! All are counts and lengths, never time: the same data gives the same report on a slow computer. Together they keep a
//! home that was made to hold up the program within 10 s and 512 MB (tests/hostile); real ones stay far below.
//! docs/limits.md is made of this table (tests/docs.rs).

/// One limit.
#[derive(Debug, PartialEq, Eq)]
pub struct Limit {
    /// What is measured.
    pub of: &'static str,
    /// How much of it is read.
    pub most: u64,
    /// What is counted.
    pub unit: Unit,
    /// Why it is that much.
    pub reason: &'static str,
}

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Bytes, shown as MiB.
    Bytes,
    /// Things.
    Count,
}

impl Limit {
    /// The figure as a number of things in memory.
    #[expect(clippy::cast_possible_truncation, reason = "what is counted in memory is below 2^32")]
    pub const fn count(&self) -> usize {
        self.most as usize
    }

    /// The figure for people.
    pub fn shown(&self) -> String {
        match self.unit {
            Unit::Bytes => format!("{} MiB", self.most >> 20),
            Unit::Count => self.most.to_string(),
        }
    }
}

const fn mebibytes(of: &'static str, most: u64, reason: &'static str) -> Limit {
    Limit { of, most: most << 20, unit: Unit::Bytes, reason }
}

const fn count(of: &'static str, most: u64, reason: &'static str) -> Limit {
    Limit { of, most, unit: Unit::Count, reason }
}

/// Files of sections or lines, and of one account.
pub const INI: Limit =
    mebibytes("a file of sections or lines, or of one account", 1, "the largest of the fixtures has 8 KB");
/// Files with all settings of a program.
pub const SETTINGS: Limit = mebibytes(
    "a file with all settings of a program, a property list, JSON",
    16,
    "add-ons may keep megabytes in it",
);
/// An export of an app.
pub const APP_EXPORT: Limit =
    mebibytes("an app's export of its settings", 32, "the settings of all folders of an account stand in it");
/// A database, and each of its logs.
pub const DATABASE: Limit = mebibytes(
    "a database, and each of its logs",
    64,
    "those of accounts have some MB, with messages' headers more",
);
/// The list of files in a phone's backup.
pub const MANIFEST: Limit = mebibytes(
    "the list of files in a phone's backup",
    128,
    "it has a row of some 500 bytes for each of up to 250,000 files",
);
/// An export of the registry.
pub const EXPORT: Limit =
    mebibytes("an export of the registry", 256, "a whole HKEY_CURRENT_USER in UTF-16 has some 100 MB");
/// A registry hive.
pub const HIVE: Limit = mebibytes("a registry hive", 512, "SOFTWARE of an old PC has 100 to 300 MB");
/// What may be anything.
pub const ANY: Limit =
    mebibytes("a file that is not known yet, or that no row describes", 64, "as a database");

/// Bytes of a home.
pub const BYTES: Limit = mebibytes(
    "all files of a home, without databases, hives and exports",
    64,
    "a second's work; those of a home with every client of the fixtures have 1 MB",
);
/// Bytes of a home's databases, which are not read through.
pub const DATABASES: Limit =
    mebibytes("all databases of a home, without those lists", 128, "the largest that is read, with its log");
/// Bytes of the lists of files.
pub const MANIFESTS: Limit = mebibytes(
    "all lists of files in the phones' backups of a home",
    512,
    "several backups of large phones; of each only the rows asked for are read",
);
/// Bytes of backups as they unpack.
pub const BACKUPS: Limit = mebibytes(
    "what all Android backups of a home unpack to",
    4_096,
    "a phone's messages and pictures; zeros unpack in 2 s",
);
/// Entries that are listed.
pub const ENTRIES: Limit = count(
    "entries of a home's folders that are listed for its clients",
    300_000,
    "some stores of accounts have a file for each message; 100,000 are listed in 0.1 s",
);
/// Files that are opened.
pub const OPENS: Limit = count(
    "files of a home that are opened",
    4_000,
    "2,000 records in files of their own, or 500 profiles of several files, and others",
);
/// Accounts of all clients.
pub const ACCOUNTS: Limit = count(
    "accounts of a home, of all clients together",
    1_000,
    "an administrator's test machine has hundreds",
);
/// What accounts are made of.
pub const RECORDS: Limit = count(
    "records of one kind: identities, payloads, rows of a store, files of one record",
    2_000,
    "two for each account",
);
/// Profiles and the like.
pub const PROFILES: Limit = count(
    "profiles of a client, and folders beside one",
    500,
    "people have one to three; of each, several files or keys are looked up among all",
);
/// Settings in the evidence of one account.
pub const EVIDENCE: Limit =
    count("settings in the evidence of one account", 64, "the most that any fixture has is 22");
/// Identities whose settings stand in the evidence.
pub const SHOWN: Limit = count(
    "identities of one account whose settings stand in its evidence",
    12,
    "with the other settings they fit in",
);
/// Addresses of one account.
pub const ADDRESSES: Limit =
    count("addresses of one account", 64, "people have a handful, a help desk some dozens");
/// Text of a home in the report.
pub const TEXT: Limit = mebibytes(
    "names, values and places that a home's accounts bring into the report",
    4,
    "a thousand accounts of the usual length bring 2 MB",
);
/// Issues.
pub const ISSUES: Limit = count(
    "issues of a home; one more tells how many there are",
    100,
    "nobody reads more, and one is enough for `partly`",
);
/// Values decoded of one database.
pub const DECODED: Limit = count(
    "values decoded of all archives in one database",
    100_000,
    "a store of a thousand accounts stays below",
);
/// Combinations that are judged.
pub const UNDECIDED: Limit = count(
    "combinations of undecided values that are judged for one account",
    16,
    "four conditions of an administrator's script on one outgoing server",
);
/// Calls of a script that may not be made.
pub const CONDITIONAL: Limit = count(
    "calls under conditions in an administrator's script",
    2_000,
    "five settings for each of 400 people, told apart by their names",
);
/// Blocks within blocks of a script.
pub const NESTED: Limit = count(
    "blocks and brackets within each other in an administrator's script",
    60,
    "people lose the thread at six",
);

/// What a packed report of `fleet` may grow to in any case.
pub const UNPACKED: Limit = mebibytes(
    "what a gzip given to `fleet` may grow to, whatever its size",
    64,
    "no report of one computer is larger",
);
/// How much more, by its size.
pub const GROWTH: Limit = count(
    "how many times its size it may grow to beyond that",
    100,
    "reports of many computers grow to 20 to 40 times; zeros to 1,000 times",
);

/// All of them.
pub static TABLE: &[&Limit] = &[
    &INI,
    &SETTINGS,
    &APP_EXPORT,
    &DATABASE,
    &MANIFEST,
    &EXPORT,
    &HIVE,
    &ANY,
    &BYTES,
    &DATABASES,
    &MANIFESTS,
    &BACKUPS,
    &ENTRIES,
    &OPENS,
    &ACCOUNTS,
    &RECORDS,
    &PROFILES,
    &EVIDENCE,
    &SHOWN,
    &ADDRESSES,
    &TEXT,
    &ISSUES,
    &DECODED,
    &UNDECIDED,
    &CONDITIONAL,
    &NESTED,
    &UNPACKED,
    &GROWTH,
];
