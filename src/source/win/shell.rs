//! The desktop: whose rights the program has, where its user keeps things, and the program that opens a page.

use super::{BUFFER_BYTES, Buffer, own_sid};
use std::ffi::OsString;
use std::io;
use std::os::windows::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};
use std::ptr::{null, null_mut};
use windows_sys::Win32::Foundation::{CloseHandle, HANDLE, LocalFree};
use windows_sys::Win32::Security::Authorization::{
    ConvertStringSecurityDescriptorToSecurityDescriptorW, SDDL_REVISION_1,
};
use windows_sys::Win32::Security::{
    GetTokenInformation, SECURITY_ATTRIBUTES, TOKEN_ELEVATION, TOKEN_QUERY, TokenElevation,
};
use windows_sys::Win32::Storage::FileSystem::CreateDirectoryW;
use windows_sys::Win32::System::Com::{
    COINIT_APARTMENTTHREADED, COINIT_DISABLE_OLE1DDE, CoInitializeEx, CoTaskMemFree,
};
use windows_sys::Win32::System::LibraryLoader::{LOAD_LIBRARY_SEARCH_SYSTEM32, SetDefaultDllDirectories};
use windows_sys::Win32::System::Threading::{GetCurrentProcess, OpenProcessToken};
use windows_sys::Win32::UI::Shell::{
    FOLDERID_Desktop, FOLDERID_Documents, FOLDERID_LocalAppData, FOLDERID_Profile, KF_FLAG_DEFAULT,
    SHGetKnownFolderPath, ShellExecuteW,
};
use windows_sys::Win32::UI::WindowsAndMessaging::SW_SHOWNORMAL;
use windows_sys::core::GUID;

/// True if the program has an administrator's rights; also where that can't be told.
pub(crate) fn is_elevated() -> bool {
    let mut token: HANDLE = null_mut();
    // SAFETY: the pseudo handle needs no closing, `token` is written before it is used and closed below.
    if unsafe { OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &raw mut token) } == 0 {
        return true;
    }
    let mut buffer: Buffer = [0; 32];
    let mut length = 0;
    // SAFETY: the buffer has the given size and is aligned for TOKEN_ELEVATION, which the call writes.
    unsafe {
        let buffer = buffer.as_mut_ptr();
        let read = GetTokenInformation(token, TokenElevation, buffer.cast(), BUFFER_BYTES, &raw mut length);
        CloseHandle(token);
        read == 0 || (*buffer.cast::<TOKEN_ELEVATION>()).TokenIsElevated != 0
    }
}

/// Where the user keeps documents, wherever they were moved to.
pub(crate) fn documents() -> Option<PathBuf> {
    known_folder(&FOLDERID_Documents)
}

/// What lies there is seen.
pub(crate) fn desktop() -> Option<PathBuf> {
    known_folder(&FOLDERID_Desktop)
}

/// What programs keep for the user on this computer.
pub(crate) fn local_app_data() -> Option<PathBuf> {
    known_folder(&FOLDERID_LocalAppData)
}

/// The user's home.
pub(crate) fn profile() -> Option<PathBuf> {
    known_folder(&FOLDERID_Profile)
}

fn known_folder(id: &GUID) -> Option<PathBuf> {
    let mut path = null_mut();
    // SAFETY: on success the path ends with NUL; it is the call's own and is freed, also on failure, after it was copied.
    unsafe {
        let answer = SHGetKnownFolderPath(id, KF_FLAG_DEFAULT as u32, null_mut(), &raw mut path);
        let found = (answer >= 0 && !path.is_null()).then(|| {
            let units = (0..).map(|at| *path.add(at)).take_while(|unit| *unit != 0);
            PathBuf::from(OsString::from_wide(&units.collect::<Vec<u16>>()))
        });
        CoTaskMemFree(path.cast());
        found
    }
}

/// Makes a folder that nobody but the user and the system may read, whoever may read the folder around it.
pub(crate) fn make_private_folder(path: &Path) -> io::Result<()> {
    let sid = own_sid().ok_or(io::ErrorKind::PermissionDenied)?;
    // Protected from what would be inherited; full access for the two, also to what will lie in it.
    let rights: Vec<u16> = format!("D:P(A;OICI;FA;;;{sid})(A;OICI;FA;;;SY)\0").encode_utf16().collect();
    let path = wide(path);
    let mut descriptor = null_mut();
    // SAFETY: both texts end with NUL; the descriptor is the call's own and is freed when the folder is made.
    unsafe {
        let (text, size) = (rights.as_ptr(), null_mut());
        if ConvertStringSecurityDescriptorToSecurityDescriptorW(
            text,
            SDDL_REVISION_1,
            &raw mut descriptor,
            size,
        ) == 0
        {
            return Err(io::Error::last_os_error());
        }
        let attributes = SECURITY_ATTRIBUTES {
            nLength: size_of::<SECURITY_ATTRIBUTES>() as u32,
            lpSecurityDescriptor: descriptor,
            bInheritHandle: 0,
        };
        let made = CreateDirectoryW(path.as_ptr(), &raw const attributes);
        let error = io::Error::last_os_error();
        LocalFree(descriptor);
        if made == 0 { Err(error) } else { Ok(()) }
    }
}

/// Opens a page with the program that the user has for it.
pub(crate) fn open_page(page: &Path) -> io::Result<()> {
    let verb: Vec<u16> = "open\0".encode_utf16().collect();
    let page = wide(page);
    // SAFETY: both texts end with NUL. COM is asked for because extensions of the shell need it (learn.microsoft.com,
    // ShellExecuteW), and stays until the program ends. The shell loads libraries by their names: not from the folder of
    // the program, where others may have put some.
    unsafe {
        if SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_SYSTEM32) == 0 {
            return Err(io::Error::last_os_error());
        }
        let apartment = COINIT_APARTMENTTHREADED | COINIT_DISABLE_OLE1DDE;
        CoInitializeEx(null(), apartment.cast_unsigned());
        let answer =
            ShellExecuteW(null_mut(), verb.as_ptr(), page.as_ptr(), null(), null(), SW_SHOWNORMAL) as isize;
        // "Greater than 32 if it succeeds"; what is not is an error's number, of which the last error tells more.
        if answer > 32 { Ok(()) } else { Err(io::Error::last_os_error()) }
    }
}

fn wide(path: &Path) -> Vec<u16> {
    path.as_os_str().encode_wide().chain([0]).collect()
}
