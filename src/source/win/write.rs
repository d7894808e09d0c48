//! Files that are written in the place of others: who owns them, who may do what with them, and the rename.

use super::{copy_text, own_sid};
use std::ffi::c_void;
use std::fs::File;
use std::io;
use std::os::windows::ffi::OsStrExt;
use std::os::windows::io::AsRawHandle;
use std::path::Path;
use std::ptr::{null, null_mut};
use windows_sys::Win32::Foundation::{
    ERROR_HANDLE_EOF, ERROR_INVALID_PARAMETER, INVALID_HANDLE_VALUE, LocalFree,
};
use windows_sys::Win32::Security::Authorization::{
    ConvertSecurityDescriptorToStringSecurityDescriptorW, GetSecurityInfo, SDDL_REVISION_1, SE_FILE_OBJECT,
    SetSecurityInfo,
};
use windows_sys::Win32::Security::{
    ACL, DACL_SECURITY_INFORMATION, GetSecurityDescriptorControl, OWNER_SECURITY_INFORMATION,
    PROTECTED_DACL_SECURITY_INFORMATION, SE_DACL_PROTECTED, UNPROTECTED_DACL_SECURITY_INFORMATION,
};
use windows_sys::Win32::Storage::FileSystem::{
    BY_HANDLE_FILE_INFORMATION, FindClose, FindFirstStreamW, FindNextStreamW, FindStreamInfoStandard,
    GetFileInformationByHandle, MOVEFILE_REPLACE_EXISTING, MOVEFILE_WRITE_THROUGH, MoveFileExW,
    SetFileAttributesW, WIN32_FIND_STREAM_DATA,
};

/// What tells one state of a file from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct State {
    /// The number of the disk and that of the file on it.
    pub(crate) identity: (u32, u64),
    /// FILE_ATTRIBUTE_*.
    pub(crate) attributes: u32,
    /// In bytes.
    pub(crate) size: u64,
    /// When it was written last, in 100 nanoseconds.
    pub(crate) written: u64,
    /// How many names it has.
    pub(crate) names: u32,
}

/// The state of an open file or folder.
pub(crate) fn state(file: &File) -> io::Result<State> {
    let mut found = BY_HANDLE_FILE_INFORMATION::default();
    // SAFETY: the handle is open, and `found` is written before it is used.
    if unsafe { GetFileInformationByHandle(file.as_raw_handle(), &raw mut found) } == 0 {
        return Err(io::Error::last_os_error());
    }
    let long = |high: u32, low: u32| u64::from(high) << 32 | u64::from(low);
    Ok(State {
        identity: (found.dwVolumeSerialNumber, long(found.nFileIndexHigh, found.nFileIndexLow)),
        attributes: found.dwFileAttributes,
        size: long(found.nFileSizeHigh, found.nFileSizeLow),
        written: long(found.ftLastWriteTime.dwHighDateTime, found.ftLastWriteTime.dwLowDateTime),
        names: found.nNumberOfLinks,
    })
}

/// The account that the program runs as.
pub(crate) fn own() -> Option<String> {
    own_sid()
}

/// Who owns an open file or folder and who may do what with it, in the Security Descriptor Definition Language. It has to
/// be opened with READ_CONTROL.
pub(crate) fn security_of(file: &File) -> Option<String> {
    let what = OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION;
    let (mut descriptor, mut text) = (null_mut(), null_mut());
    // SAFETY: the handle is open; both buffers are the calls' own, and are freed after the text was copied.
    unsafe {
        let (handle, none) = (file.as_raw_handle(), null_mut());
        let error = GetSecurityInfo(
            handle,
            SE_FILE_OBJECT,
            what,
            none,
            none,
            null_mut(),
            null_mut(),
            &raw mut descriptor,
        );
        if error != 0 {
            return None;
        }
        let written = ConvertSecurityDescriptorToStringSecurityDescriptorW(
            descriptor,
            SDDL_REVISION_1,
            what,
            &raw mut text,
            null_mut(),
        );
        let copy = (written != 0 && !text.is_null()).then(|| copy_text(text));
        LocalFree(descriptor.cast());
        LocalFree(text.cast());
        copy
    }
}

/// Gives a file the list of another one: who may do what with it, and whether it inherits. Opened with WRITE_DAC the one,
/// with READ_CONTROL the other.
pub(crate) fn give_list(file: &File, from: &File) -> io::Result<()> {
    let (mut descriptor, mut list) = (null_mut(), null_mut::<ACL>());
    let (mut control, mut revision) = (0_u16, 0_u32);
    // SAFETY: both handles are open; the list lies in the descriptor, which is the call's own and freed after its use.
    unsafe {
        let none = null_mut();
        let error = GetSecurityInfo(
            from.as_raw_handle(),
            SE_FILE_OBJECT,
            DACL_SECURITY_INFORMATION,
            none,
            none,
            &raw mut list,
            null_mut(),
            &raw mut descriptor,
        );
        if error != 0 {
            return Err(io::Error::from_raw_os_error(error.cast_signed()));
        }
        let has_control = GetSecurityDescriptorControl(descriptor, &raw mut control, &raw mut revision) != 0;
        let inherits = if has_control && control & SE_DACL_PROTECTED != 0 {
            PROTECTED_DACL_SECURITY_INFORMATION
        } else {
            UNPROTECTED_DACL_SECURITY_INFORMATION
        };
        let what = DACL_SECURITY_INFORMATION | inherits;
        let error =
            SetSecurityInfo(file.as_raw_handle(), SE_FILE_OBJECT, what, null_mut(), null_mut(), list, null());
        LocalFree(descriptor.cast());
        if error == 0 { Ok(()) } else { Err(io::Error::from_raw_os_error(error.cast_signed())) }
    }
}

/// True if a file has data beside its own (NTFS: named streams); also where that can't be told.
pub(crate) fn has_streams(path: &Path) -> bool {
    let path = wide(path);
    let mut found = WIN32_FIND_STREAM_DATA::default();
    // SAFETY: the path ends with NUL, `found` has the form that the level names, and the handle is closed.
    unsafe {
        let list =
            FindFirstStreamW(path.as_ptr(), FindStreamInfoStandard, (&raw mut found).cast::<c_void>(), 0);
        if list == INVALID_HANDLE_VALUE {
            // None at all, or a file system without them.
            let error = io::Error::last_os_error().raw_os_error().map(i32::cast_unsigned);
            return !matches!(error, Some(ERROR_HANDLE_EOF | ERROR_INVALID_PARAMETER));
        }
        let has_second = FindNextStreamW(list, (&raw mut found).cast::<c_void>()) != 0;
        FindClose(list);
        has_second
    }
}

/// Sets the attributes of a file.
pub(crate) fn set_attributes(path: &Path, attributes: u32) -> io::Result<()> {
    let path = wide(path);
    // SAFETY: the path ends with NUL.
    if unsafe { SetFileAttributesW(path.as_ptr(), attributes) } == 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}

/// Puts a file in the place of another in the same folder, in one step, and on the disk when this is over. (ReplaceFileW has
/// a moment at which there is neither: ERROR_UNABLE_TO_MOVE_REPLACEMENT.)
pub(crate) fn move_over(new: &Path, old: &Path) -> io::Result<()> {
    let (new, old) = (wide(new), wide(old));
    // SAFETY: both paths end with NUL.
    let moved = unsafe {
        MoveFileExW(new.as_ptr(), old.as_ptr(), MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH)
    };
    if moved == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

fn wide(path: &Path) -> Vec<u16> {
    path.as_os_str().encode_wide().chain([0]).collect()
}
