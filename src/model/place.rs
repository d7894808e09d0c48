//! Where something stands: a file or registry key, and where in it. It becomes a text only where it is shown.

use super::wire::{Own, own_word};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Place {
    /// The file, folder or registry key, as a person would type it.
    pub path: String,
    /// Where in it.
    pub locator: Locator,
}

/// Where in a file or database.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum Locator {
    /// All of it.
    #[default]
    Whole,
    /// A section or group of a text file.
    Section(String),
    /// An account block of a configuration file.
    Account(String),
    /// A row of a table, by its key.
    Row(#[serde(deserialize_with = "own_word")] Own, String),
    /// A table or list as a whole, or a file that is listed there.
    Named(String),
    /// An item of a list, counted from 0.
    Item(#[serde(deserialize_with = "own_word")] Own, usize),
    /// A value of a registry key.
    Value(#[serde(deserialize_with = "own_word")] Own),
    /// A record, or the part of it that is named behind its key.
    Record(String),
    /// A named part: an element, a column, a payload.
    Part(String),
}

impl Place {
    /// A section of this file.
    #[must_use]
    pub fn section(&self, name: &str) -> Self {
        self.at(Locator::Section(name.to_owned()))
    }

    /// Somewhere in this file.
    #[must_use]
    pub fn at(&self, locator: Locator) -> Self {
        Self { path: self.path.clone(), locator }
    }
}

impl From<String> for Place {
    fn from(path: String) -> Self {
        Self { path, locator: Locator::Whole }
    }
}

impl From<&str> for Place {
    fn from(path: &str) -> Self {
        path.to_owned().into()
    }
}

impl From<&String> for Place {
    fn from(path: &String) -> Self {
        path.clone().into()
    }
}

impl From<&Self> for Place {
    fn from(place: &Self) -> Self {
        place.clone()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.path)?;
        match &self.locator {
            Locator::Whole => Ok(()),
            Locator::Section(name) => write!(formatter, " [{name}]"),
            Locator::Account(name) => write!(formatter, " (account {name})"),
            Locator::Row(table, key) => write!(formatter, ": {table} {key}"),
            Locator::Item(list, index) => write!(formatter, ": {list}[{index}]"),
            Locator::Value(name) => write!(formatter, "\\{name}"),
            Locator::Named(name) | Locator::Record(name) => write!(formatter, ": {name}"),
            Locator::Part(name) => write!(formatter, " {name}"),
        }
    }
}
