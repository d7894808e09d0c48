//! Calls to Windows that no well-kept safe crate offers: the only `unsafe` of the program.

#![expect(unsafe_code, reason = "calls to the system, each with its conditions")]

use std::path::Path;
use std::ptr::{null, null_mut};
use windows_sys::Win32::Foundation::{CloseHandle, HANDLE, LocalFree};
use windows_sys::Win32::Globalization::{CP_UTF8, WideCharToMultiByte};
use windows_sys::Win32::Security::Authorization::ConvertSidToStringSidW;
use windows_sys::Win32::Security::{
    GetTokenInformation, LookupAccountNameW, PSID, TOKEN_QUERY, TOKEN_USER, TokenUser,
};
use windows_sys::Win32::Storage::FileSystem::{FILE_TYPE_PIPE, GetDriveTypeW, GetFileType};
use windows_sys::Win32::System::Console::{
    ENABLE_VIRTUAL_TERMINAL_PROCESSING, GetConsoleMode, GetConsoleOutputCP, GetConsoleProcessList,
    GetConsoleWindow, GetStdHandle, STD_OUTPUT_HANDLE, SetConsoleMode,
};
use windows_sys::Win32::System::JobObjects::{
    AssignProcessToJobObject, CreateJobObjectW, JOB_OBJECT_LIMIT_PROCESS_MEMORY,
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION, JobObjectExtendedLimitInformation, SetInformationJobObject,
};
use windows_sys::Win32::System::RemoteDesktop::{
    WTS_CURRENT_SESSION, WTS_INFO_CLASS, WTSDomainName, WTSFreeMemory, WTSQuerySessionInformationW,
    WTSUserName,
};
use windows_sys::Win32::System::Threading::{GetCurrentProcess, OpenProcessToken};
use windows_sys::Win32::System::WindowsProgramming::DRIVE_FIXED;
use windows_sys::Win32::UI::WindowsAndMessaging::IsWindowVisible;

/// Bytes that hold a SID and the little before it (`SECURITY_MAX_SID_SIZE` is 68), aligned for the structure.
type Buffer = [u64; 32];
const BUFFER_BYTES: u32 = size_of::<Buffer>() as u32;

/// The security identifier of the account that the program runs as.
pub(super) fn own_sid() -> Option<String> {
    let mut token: HANDLE = null_mut();
    // SAFETY: the pseudo handle needs no closing, `token` is written before it is used and closed below.
    if unsafe { OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &raw mut token) } == 0 {
        return None;
    }
    let mut buffer: Buffer = [0; 32];
    let mut length = 0;
    // SAFETY: the buffer has the given size and is aligned for TOKEN_USER, which the call writes with its SID behind it.
    let sid = unsafe {
        let read =
            GetTokenInformation(token, TokenUser, buffer.as_mut_ptr().cast(), BUFFER_BYTES, &raw mut length);
        CloseHandle(token);
        if read == 0 { None } else { text_of_sid((*buffer.as_ptr().cast::<TOKEN_USER>()).User.Sid) }
    };
    sid
}

/// The security identifier of the account that is logged on to the session of this program: the user at the screen,
/// also where the program was started as another account.
pub(super) fn sid_at_screen() -> Option<String> {
    let name = session_text(WTSUserName).filter(|name| !name.is_empty())?;
    let domain = session_text(WTSDomainName).unwrap_or_default();
    let account: Vec<u16> = format!("{domain}\\{name}\0").encode_utf16().collect();
    let (mut sid, mut sid_length): (Buffer, u32) = ([0; 32], BUFFER_BYTES);
    let (mut domain, mut domain_length) = ([0_u16; 256], 256);
    let mut kind = 0;
    // SAFETY: the name ends with NUL, both buffers have the sizes that are given with them.
    unsafe {
        let found = LookupAccountNameW(
            null(),
            account.as_ptr(),
            sid.as_mut_ptr().cast(),
            &raw mut sid_length,
            domain.as_mut_ptr(),
            &raw mut domain_length,
            &raw mut kind,
        );
        if found == 0 { None } else { text_of_sid(sid.as_mut_ptr().cast()) }
    }
}

fn session_text(class: WTS_INFO_CLASS) -> Option<String> {
    let (mut text, mut bytes) = (null_mut(), 0);
    // SAFETY: on success the call gives a NUL-terminated text of its own, which is copied and then freed.
    unsafe {
        if WTSQuerySessionInformationW(null_mut(), WTS_CURRENT_SESSION, class, &raw mut text, &raw mut bytes)
            == 0
            || text.is_null()
        {
            return None;
        }
        let copy = copy_text(text);
        WTSFreeMemory(text.cast());
        Some(copy)
    }
}

/// # Safety
/// `sid` points to a valid SID.
unsafe fn text_of_sid(sid: PSID) -> Option<String> {
    let mut text = null_mut();
    // SAFETY: the SID is valid; the text that the call gives ends with NUL and is freed after it was copied.
    unsafe {
        if ConvertSidToStringSidW(sid, &raw mut text) == 0 {
            return None;
        }
        let copy = copy_text(text);
        LocalFree(text.cast());
        Some(copy)
    }
}

/// # Safety
/// `text` points to UTF-16 that ends with NUL.
unsafe fn copy_text(text: *const u16) -> String {
    // SAFETY: every unit up to the NUL may be read.
    let units: Vec<u16> = unsafe { (0..).map(|at| *text.add(at)).take_while(|unit| *unit != 0).collect() };
    String::from_utf16_lossy(&units)
}

/// True if the drive of this letter is a disk of the computer: not removable, not on the network.
pub(super) fn is_fixed_drive(letter: char) -> bool {
    let root: Vec<u16> = format!("{letter}:\\\0").encode_utf16().collect();
    // SAFETY: the path ends with NUL.
    unsafe { GetDriveTypeW(root.as_ptr()) == DRIVE_FIXED }
}

/// True if the program is the only one in a visible console: it was started by double click, and the window will close.
pub(crate) fn owns_console() -> bool {
    let mut processes = [0_u32; 2];
    // SAFETY: the buffer has the given length; the window may be null, which is not visible.
    unsafe {
        let window = GetConsoleWindow();
        GetConsoleProcessList(processes.as_mut_ptr(), 2) == 1
            && !window.is_null()
            && IsWindowVisible(window) != 0
    }
}

/// Turns on escape sequences where the console knows them; true if they are on.
pub(crate) fn enable_escape_sequences() -> bool {
    let mut mode = 0;
    // SAFETY: the handle belongs to the process and needs no closing; `mode` is written before it is used.
    unsafe {
        let console = GetStdHandle(STD_OUTPUT_HANDLE);
        GetConsoleMode(console, &raw mut mode) != 0
            && SetConsoleMode(console, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING) != 0
    }
}

/// The code page of the console, if stdout is a pipe and there is a console: PowerShell 5.1 decodes by it.
fn code_page_of_pipe() -> Option<u32> {
    // SAFETY: the handle belongs to the process and needs no closing.
    let (is_pipe, page) =
        unsafe { (GetFileType(GetStdHandle(STD_OUTPUT_HANDLE)) == FILE_TYPE_PIPE, GetConsoleOutputCP()) };
    (is_pipe && page != 0 && page != CP_UTF8).then_some(page)
}

/// True if stdout is a pipe whose reader decodes by a code page other than UTF-8.
pub(crate) fn stdout_is_pipe_with_code_page() -> bool {
    code_page_of_pipe().is_some()
}

/// The text in the code page of such a pipe; `None` elsewhere.
pub(crate) fn encode_for_pipe(text: &str) -> Option<Vec<u8>> {
    let page = code_page_of_pipe()?;
    let wide: Vec<u16> = text.encode_utf16().collect();
    let units = i32::try_from(wide.len()).ok()?;
    let convert = |bytes: &mut [u8]| {
        let room = i32::try_from(bytes.len()).unwrap_or(0);
        let target = if bytes.is_empty() { null_mut() } else { bytes.as_mut_ptr() };
        // SAFETY: both buffers have the lengths that are given with them; room 0 asks for the length.
        unsafe { WideCharToMultiByte(page, 0, wide.as_ptr(), units, target, room, null(), null_mut()) }
    };
    let mut bytes = vec![0; usize::try_from(convert(&mut [])).ok()?];
    let written = usize::try_from(convert(&mut bytes)).ok()?;
    bytes.truncate(written);
    Some(bytes)
}

/// From now on this process ends where it takes more memory than this, in bytes: it is put into a job of its own
/// (learn.microsoft.com, "Job Objects"), whose handle stays open as long as the process lives.
pub(super) fn limit_memory(bytes: u64) {
    let mut limits = JOBOBJECT_EXTENDED_LIMIT_INFORMATION::default();
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_PROCESS_MEMORY;
    limits.ProcessMemoryLimit = usize::try_from(bytes).unwrap_or(usize::MAX);
    let size = size_of::<JOBOBJECT_EXTENDED_LIMIT_INFORMATION>() as u32;
    // SAFETY: the job has no name and default security; the structure has the size that is given with it and outlives the
    // call; the pseudo handle of the process needs no closing. Where Windows refuses, the program goes on without a limit.
    unsafe {
        let job = CreateJobObjectW(null(), null());
        if !job.is_null()
            && SetInformationJobObject(
                job,
                JobObjectExtendedLimitInformation,
                (&raw const limits).cast(),
                size,
            ) != 0
        {
            AssignProcessToJobObject(job, GetCurrentProcess());
        }
    }
}

/// True if opening the file would fetch it from a cloud service.
pub(super) fn is_placeholder(path: &Path) -> bool {
    use std::os::windows::fs::MetadataExt;
    // FILE_ATTRIBUTE_OFFLINE, FILE_ATTRIBUTE_RECALL_ON_OPEN, FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS (winnt.h)
    const FETCHED: u32 = 0x1000 | 0x4_0000 | 0x40_0000;
    #[expect(clippy::disallowed_methods, reason = "this is the door")]
    let found = path.symlink_metadata();
    found.is_ok_and(|metadata| metadata.file_attributes() & FETCHED != 0)
}
