//! A computer's own registry, in the two parts in which Windows keeps it.

use super::store::Store;
use std::borrow::Cow;

/// The registry of a computer.
#[derive(Debug)]
pub struct Machine {
    /// `HKLM\SOFTWARE`.
    software: Store,
    /// `HKLM\SYSTEM`, and how the control set in use is called there.
    system: Option<(Store, String)>,
}

/// How everybody calls the control set in use. In a hive there is no key of this name: `Select` says which one it is.
const CURRENT: &str = "CurrentControlSet";

impl Machine {
    /// Both parts; the second one is of use for little.
    pub(super) fn of(software: Store, system: Option<Store>) -> Self {
        let named = |system: Store| {
            let set = if let Store::Hive(_) = &system { control_set(&system) } else { None };
            let name = set.unwrap_or_else(|| CURRENT.to_owned());
            (system, name)
        };
        Self { software, system: system.map(named) }
    }

    /// The part of the programs.
    #[cfg(windows)]
    pub(super) fn software(&self) -> &Store {
        &self.software
    }

    /// Where a key is looked up, and under which name: `SOFTWARE\…` or `SYSTEM\…`.
    pub(super) fn store_of<'a>(&'a self, path: &'a str) -> Option<(&'a Store, Cow<'a, str>)> {
        let (hive, rest) = path.split_once('\\')?;
        if hive.eq_ignore_ascii_case("SOFTWARE") {
            return Some((&self.software, rest.into()));
        }
        let (store, current) = self.system.as_ref().filter(|_| hive.eq_ignore_ascii_case("SYSTEM"))?;
        let own = rest.strip_prefix(CURRENT).filter(|_| current != CURRENT);
        Some((store, own.map_or(rest.into(), |below| format!("{current}{below}").into())))
    }
}

/// The control set that `Select` calls current: `ControlSet001`.
pub(super) fn control_set(system: &Store) -> Option<String> {
    let select = system.key("Select", "Select", &mut Vec::new()).ok().flatten()?;
    Some(format!("ControlSet{:03}", select.number("Current").unwrap_or(1)))
}
