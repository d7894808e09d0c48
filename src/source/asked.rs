//! What a user can be asked for, and the places of its files that don't depend on the computer that the data are on.

use super::rules::{FileRule, KeyRule};
use std::path::PathBuf;

/// The registry of a collected home.
pub const EXPORT_NAME: &str = "registry.reg";
/// Beside a collected home that is not the first of its user: the user's name, and the home's place below PATH.
pub const PLACE_OF_USER: &str = "user.txt";
/// Beside collected files: their places are told from this folder; in it the name of the computer that they are from, and
/// [`OWN`] if the folder is a client's own.
pub const ORIGIN: &str = "collected.txt";
/// Says so.
pub const OWN: &str = "a mail client's own folder";
/// The home's place on its own computer, beside a collected home.
pub const PLACE_OF_HOME: &str = "home.txt";
/// One question to a `User`, with the path as it was asked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ask {
    /// The content of a file.
    File(String, &'static FileRule),
    /// A database and its log.
    Database(String, String, &'static FileRule),
    /// The databases in an Android backup, and their name.
    AndroidBackup(String, String, &'static FileRule),
    /// The entries of a folder.
    Folder(String),
    /// The entries of a folder in which the names of folders tell something.
    Entries(String, &'static FileRule),
    /// Whether a file holds a text, or, without a text, whether a file or folder is there.
    Holds(String, String),
    /// A registry key with everything below it.
    Key(String, &'static KeyRule),
    /// A registry key with its values.
    Top(String, &'static KeyRule),
}

impl Ask {
    /// The path of a file, database or backup.
    pub fn file(&self) -> Option<&str> {
        match self {
            Self::File(path, _) | Self::Database(path, ..) | Self::AndroidBackup(path, ..) => Some(path),
            _ => None,
        }
    }
}

/// What a file's place is told from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// The home.
    Home,
    /// What PATH names.
    Given,
    /// A disk: `root` for the one that the home lies on, else the letter of the drive.
    Drive(String),
}

/// A place that does not depend on the computer that the data are on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// What it is told from.
    pub base: Base,
    /// The way from there, with names spelled as stored.
    pub rest: PathBuf,
}

/// The folder beside a collected home that holds what was collected from elsewhere.
pub fn name_of_drives(home: &str) -> String {
    format!("{home}.drives")
}
