//! The registry of the Windows that the program runs on, read-only, as plain data: only the sub-trees that are asked for.

use super::problem::Problem;
use super::registry::{Key, Value, hollow};
use crate::model::{IssueKind, Text};
use windows_registry::Key as Handle;

/// Keys nested deeper than this are not read; Windows itself allows 512.
const MAX_DEPTH: usize = 64;
/// Keys that one look-up gives at most.
const MAX_KEYS: usize = 100_000;

/// HRESULTs of ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND (winerror.h): the key is not there.
const NOT_THERE: [u32; 2] = [0x8007_0002, 0x8007_0003];
/// HRESULT of ERROR_ACCESS_DENIED.
const DENIED: u32 = 0x8007_0005;

/// A part of the live registry: a user's root, `HKLM\SOFTWARE` or `HKLM\SYSTEM`.
#[derive(Debug)]
pub struct Live {
    root: Handle,
}

impl Live {
    /// `HKEY_CURRENT_USER`.
    pub fn current_user() -> Result<Self, Problem> {
        open(windows_registry::CURRENT_USER, "Software", "HKCU").map(|_| ())?;
        windows_registry::CURRENT_USER
            .options()
            .read()
            .open("")
            .map(|root| Self { root })
            .map_err(|error| problem("HKCU", &error))
    }

    /// The loaded hive of a user, by SID; `None` if it is not loaded.
    pub fn user(sid: &str) -> Result<Option<Self>, Problem> {
        Ok(open(windows_registry::USERS, sid, &format!("HKU\\{sid}"))?.map(|root| Self { root }))
    }

    /// `HKLM\SOFTWARE` in the 64-bit view, also from a 32-bit program.
    pub fn machine() -> Result<Option<Self>, Problem> {
        Ok(open(windows_registry::LOCAL_MACHINE, "SOFTWARE", r"HKLM\SOFTWARE")?.map(|root| Self { root }))
    }

    /// `HKLM\SYSTEM`.
    pub fn system() -> Result<Option<Self>, Problem> {
        Ok(open(windows_registry::LOCAL_MACHINE, "SYSTEM", r"HKLM\SYSTEM")?.map(|root| Self { root }))
    }

    /// The key at `path` with everything below it.
    pub fn key(&self, path: &str, shown: &str, side: &mut Vec<Problem>) -> Result<Option<Key>, Problem> {
        let mut left = MAX_KEYS;
        match open(&self.root, path, shown)? {
            Some(handle) => Ok(Some(read(&handle, shown, MAX_DEPTH, &mut left, side))),
            None => Ok(None),
        }
    }

    /// The key at `path` with its values and the names of the keys below it.
    pub fn top(&self, path: &str, shown: &str) -> Result<Option<Key>, Problem> {
        let Some(handle) = open(&self.root, path, shown)? else { return Ok(None) };
        let mut key = values(&handle, shown)?;
        let names = handle.keys().map_err(|error| problem(shown, &error))?;
        key.subkeys = names.map(|name| hollow(shown, &name)).collect();
        Ok(Some(key))
    }
}

/// The computer's name, at the place where a disk has it, too. The host name is another: as typed, and it may be longer than
/// the 15 characters of this one (GetComputerNameExW: ComputerNamePhysicalDnsHostname, ComputerNamePhysicalNetBIOS).
pub(super) fn computer_name() -> Option<String> {
    let path = r"SYSTEM\CurrentControlSet\Control\ComputerName\ComputerName";
    let handle = open(windows_registry::LOCAL_MACHINE, path, path).ok()??;
    values(&handle, path).ok()?.text("ComputerName").map(str::to_owned)
}

fn open(parent: &Handle, path: &str, shown: &str) -> Result<Option<Handle>, Problem> {
    match parent.options().read().wow64_64().open(path) {
        Ok(handle) => Ok(Some(handle)),
        Err(error) if NOT_THERE.contains(&code(&error)) => Ok(None),
        Err(error) => Err(problem(shown, &error)),
    }
}

/// A key that can't be read does not take its siblings with it.
fn read(handle: &Handle, shown: &str, depth: usize, left: &mut usize, side: &mut Vec<Problem>) -> Key {
    let mut key = values(handle, shown).unwrap_or_else(|problem| {
        side.push(problem);
        Key { path: shown.to_owned(), ..Key::default() }
    });
    let names: Vec<String> = match handle.keys() {
        Ok(names) => names.collect(),
        Err(error) => {
            side.push(problem(shown, &error));
            return key;
        }
    };
    for name in names {
        if depth == 0 || *left == 0 {
            side.push(Problem::new(
                IssueKind::TooLarge,
                shown,
                Text::fixed(
                    "キーが多すぎるため、残りは読み取りません。",
                    "too many keys, so the rest is not read",
                ),
            ));
            break;
        }
        *left -= 1;
        let below = format!("{shown}\\{name}");
        match open(handle, &name, &below) {
            Ok(Some(sub)) => key.subkeys.push(read(&sub, &below, depth - 1, left, side)),
            Ok(None) => {}
            Err(problem) => side.push(problem),
        }
    }
    key
}

fn values(handle: &Handle, shown: &str) -> Result<Key, Problem> {
    let values = handle.values().map_err(|error| problem(shown, &error))?;
    let values = values.map(|(name, value)| {
        let plain = Value::from_bytes(shown, &name, value.ty().into(), &value);
        (name, plain)
    });
    Ok(Key { path: shown.to_owned(), values: values.collect(), subkeys: Vec::new() })
}

fn code(error: &windows_result::Error) -> u32 {
    u32::from_ne_bytes(error.code().0.to_ne_bytes())
}

fn problem(shown: &str, error: &windows_result::Error) -> Problem {
    if code(error) == DENIED {
        return Problem::io(shown, &std::io::ErrorKind::PermissionDenied.into());
    }
    Problem::new(
        IssueKind::Io,
        shown,
        Text::new(
            format!("レジストリを読み取れませんでした({:#010x})。", code(error)),
            format!("the registry could not be read ({:#010x})", code(error)),
        ),
    )
}
