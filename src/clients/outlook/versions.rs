//! Which Outlook it is: installed and used versions, editions, end of support.

use crate::model::{EndOfSupport, Text};
use crate::source::{Problem, User};

/// What is known of the versions of Outlook on the computer.
pub(super) struct Versions {
    /// Main version numbers that the computer's registry says are installed; `None` = it can't be asked.
    pub(super) installed: Option<Vec<u32>>,
    /// Main version numbers that left settings of their own in the user's registry.
    left_settings: Vec<u32>,
}

impl Versions {
    pub(super) fn of(user: &User) -> Result<Self, Problem> {
        let office = user.top(r"HKCU\Software\Microsoft\Office")?;
        let mut left_settings = Vec::new();
        for version in office.iter().flat_map(|key| &key.subkeys).filter_map(|key| main_version(key.name())) {
            if user.top(&format!(r"HKCU\Software\Microsoft\Office\{version}.0\Outlook"))?.is_some() {
                left_settings.push(version);
            }
        }
        let mut installed = Vec::new();
        for parent in [
            r"HKLM\SOFTWARE\Microsoft\Office",
            r"HKLM\SOFTWARE\WOW6432Node\Microsoft\Office",
            r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\REGISTRY\MACHINE\Software\Microsoft\Office",
            r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\REGISTRY\MACHINE\Software\Wow6432Node\Microsoft\Office",
        ] {
            let office = user.top(parent)?;
            for version in
                office.iter().flat_map(|key| &key.subkeys).filter_map(|key| main_version(key.name()))
            {
                let root = user.top(&format!(r"{parent}\{version}.0\Outlook\InstallRoot"))?;
                if root.is_some_and(|root| root.text("Path").is_some()) {
                    installed.push(version);
                }
            }
        }
        // Part of the computer's registry, in an export, proves no absence; this key is in every whole one.
        let is_whole = user.top(r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion")?.is_some();
        let installed = (is_whole || !installed.is_empty()).then_some(installed);
        Ok(Self { installed, left_settings })
    }

    /// The version that the user works with among those that share a root; `None` = can't be told.
    pub(super) fn in_root(&self, generation: u32) -> Option<u32> {
        if generation > 14 {
            return Some(generation);
        }
        let newest = |list: &[u32]| list.iter().copied().filter(|version| *version <= 14).max();
        self.installed.as_deref().and_then(newest).or_else(|| newest(&self.left_settings))
    }

    pub(super) fn is_installed(&self, generation: u32) -> Option<bool> {
        let installed = self.installed.as_deref()?;
        Some(installed.iter().any(|version| (*version).max(14) == generation))
    }
}

/// `16.0` → 16
pub(super) fn main_version(name: &str) -> Option<u32> {
    name.strip_suffix(".0").and_then(|number| number.parse().ok())
}

pub(super) fn edition(version: Option<u32>) -> (String, &'static str) {
    match version {
        Some(16..) => ("Outlook 2016-365".to_owned(), "outlook-2016-365"),
        Some(15) => ("Outlook 2013".to_owned(), "outlook-2013"),
        Some(14) => ("Outlook 2010".to_owned(), "outlook-2010"),
        Some(12) => ("Outlook 2007".to_owned(), "outlook-2007"),
        Some(11) => ("Outlook 2003".to_owned(), "outlook-2003"),
        Some(10) => ("Outlook 2002".to_owned(), "outlook-2003"),
        _ => ("Outlook 2002-2010".to_owned(), "outlook-2002-2010"),
    }
}

/// learn.microsoft.com/lifecycle/products: end of extended support.
pub(super) fn end_of_support(version: Option<u32>) -> Option<EndOfSupport> {
    let (product, date) = match version? {
        10 => (Text::fixed("Outlook 2002", "Outlook 2002"), "2011-07-12"),
        11 => (Text::fixed("Outlook 2003", "Outlook 2003"), "2014-04-08"),
        12 => (Text::fixed("Outlook 2007", "Outlook 2007"), "2017-10-10"),
        14 => (Text::fixed("Outlook 2010", "Outlook 2010"), "2020-10-13"),
        15 => (Text::fixed("Outlook 2013", "Outlook 2013"), "2023-04-11"),
        16 => (
            Text::fixed(
                "Outlook 2016 と 2019 (お使いの版がどちらかの場合)",
                "Outlook 2016 and 2019 (if it is one of these)",
            ),
            "2025-10-14",
        ),
        _ => return None,
    };
    Some(EndOfSupport { product, date })
}
