//! A key of the user's own registry, opened to write numbers into it: never made, and never behind a link.

use std::io;
use std::ptr::{null, null_mut};
use windows_sys::Win32::Foundation::{ERROR_FILE_NOT_FOUND, ERROR_MORE_DATA, ERROR_SUCCESS, WIN32_ERROR};
use windows_sys::Win32::System::Registry::{
    HKEY, HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE, KEY_QUERY_VALUE, KEY_SET_VALUE, KEY_WOW64_64KEY, REG_DWORD,
    REG_OPTION_OPEN_LINK, REG_VALUE_TYPE, RegCloseKey, RegDeleteValueW, RegFlushKey, RegOpenKeyExW,
    RegQueryValueExW, RegSetValueExW,
};

/// Every link has it, and nothing else (winnt.h, REG_LINK).
const LINK: &str = "SymbolicLinkValue";

/// Where a key's path begins.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Root {
    /// `HKEY_CURRENT_USER`
    User,
    /// `HKEY_LOCAL_MACHINE`
    Machine,
}

/// An open key.
#[derive(Debug)]
pub(crate) struct Open {
    key: HKEY,
}

impl Open {
    /// A key below a root, to read values of it and (`write`) to write them; `None`: it is not there. Each key on the way is
    /// opened as itself, so that a link is met: it is an error of the kind `InvalidInput`.
    pub(crate) fn below(root: Root, path: &str, write: bool) -> io::Result<Option<Self>> {
        let mut key = match root {
            Root::User => Self { key: HKEY_CURRENT_USER },
            Root::Machine => Self { key: HKEY_LOCAL_MACHINE },
        };
        let mut parts = path.split('\\').peekable();
        while let Some(part) = parts.next() {
            let is_last = parts.peek().is_none();
            let access = KEY_QUERY_VALUE | KEY_WOW64_64KEY | if write && is_last { KEY_SET_VALUE } else { 0 };
            key = match key.subkey(part, access)? {
                Some(found) => found,
                None => return Ok(None),
            };
            if key.value(LINK)?.is_some() {
                return Err(io::ErrorKind::InvalidInput.into());
            }
        }
        Ok(Some(key))
    }

    fn subkey(&self, name: &str, access: u32) -> io::Result<Option<Self>> {
        let name = wide(name);
        let mut key = null_mut();
        // SAFETY: the name ends with NUL, this key is open, and on success the new one is only this value's.
        let answer =
            unsafe { RegOpenKeyExW(self.key, name.as_ptr(), REG_OPTION_OPEN_LINK, access, &raw mut key) };
        match answer {
            ERROR_SUCCESS => Ok(Some(Self { key })),
            ERROR_FILE_NOT_FOUND => Ok(None),
            error => Err(failed(error)),
        }
    }

    /// The type of a value and its first bytes, no more than 8; `None`: it is not there.
    pub(crate) fn value(&self, name: &str) -> io::Result<Option<(REG_VALUE_TYPE, Vec<u8>)>> {
        let name = wide(name);
        let (mut kind, mut data, mut length) = (0, [0_u8; 8], 8_u32);
        // SAFETY: the name ends with NUL, the key is open, and the buffer has the length that is given with it.
        let answer = unsafe {
            RegQueryValueExW(
                self.key,
                name.as_ptr(),
                null(),
                &raw mut kind,
                data.as_mut_ptr(),
                &raw mut length,
            )
        };
        match answer {
            ERROR_SUCCESS => Ok(Some((kind, data.get(..length as usize).unwrap_or_default().to_vec()))),
            // Of what is longer nothing is needed.
            ERROR_MORE_DATA => Ok(Some((kind, data.to_vec()))),
            ERROR_FILE_NOT_FOUND => Ok(None),
            error => Err(failed(error)),
        }
    }

    /// The number of a value; `None`: it is not there. An error of the kind `InvalidData`: it is no REG_DWORD.
    pub(crate) fn number(&self, name: &str) -> io::Result<Option<u32>> {
        match self.value(name)? {
            None => Ok(None),
            Some((REG_DWORD, data)) => {
                let bytes: [u8; 4] = data.try_into().map_err(|_| io::ErrorKind::InvalidData)?;
                Ok(Some(u32::from_le_bytes(bytes)))
            }
            Some(_) => Err(io::ErrorKind::InvalidData.into()),
        }
    }

    /// Writes a REG_DWORD, or (`None`) removes the value.
    pub(crate) fn set(&self, name: &str, number: Option<u32>) -> io::Result<()> {
        let name = wide(name);
        // SAFETY: the name ends with NUL, the key is open, and the data has the length that is given with it.
        let answer = unsafe {
            match number.map(u32::to_le_bytes) {
                Some(data) => RegSetValueExW(self.key, name.as_ptr(), 0, REG_DWORD, data.as_ptr(), 4),
                None => RegDeleteValueW(self.key, name.as_ptr()),
            }
        };
        if answer == ERROR_SUCCESS { Ok(()) } else { Err(failed(answer)) }
    }

    /// What was written is on the disk.
    pub(crate) fn flush(&self) -> io::Result<()> {
        // SAFETY: the key is open.
        let answer = unsafe { RegFlushKey(self.key) };
        if answer == ERROR_SUCCESS { Ok(()) } else { Err(failed(answer)) }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if self.key != HKEY_CURRENT_USER && self.key != HKEY_LOCAL_MACHINE {
            // SAFETY: the key is open and nobody else's.
            unsafe { RegCloseKey(self.key) };
        }
    }
}

fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}

fn failed(error: WIN32_ERROR) -> io::Error {
    io::Error::from_raw_os_error(error.cast_signed())
}
