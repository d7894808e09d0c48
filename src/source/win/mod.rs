//! Calls to Windows that no well-kept safe crate offers: the only `unsafe` of the program.

#![expect(unsafe_code, reason = "calls to the system, each with its conditions")]

pub(crate) mod processes;
pub(crate) mod registry;
pub(crate) mod shell;
pub(crate) mod write;

use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::mem::offset_of;
use std::os::windows::ffi::OsStrExt;
use std::os::windows::io::{AsRawHandle, FromRawHandle};
use std::path::Path;
use std::ptr::{null, null_mut};
use windows_sys::Wdk::Foundation::OBJECT_ATTRIBUTES;
use windows_sys::Wdk::Storage::FileSystem::{
    FILE_OPEN, FILE_OPEN_NO_RECALL, FILE_OPEN_REPARSE_POINT, FILE_SYNCHRONOUS_IO_NONALERT, NtCreateFile,
};
use windows_sys::Win32::Foundation::{
    CloseHandle, ERROR_NO_MORE_FILES, HANDLE, LocalFree, OBJ_CASE_INSENSITIVE, RtlNtStatusToDosError,
    UNICODE_STRING,
};
use windows_sys::Win32::Globalization::{CP_UTF8, WideCharToMultiByte};
use windows_sys::Win32::Security::Authorization::{
    ConvertSecurityDescriptorToStringSecurityDescriptorW, ConvertSidToStringSidW, GetNamedSecurityInfoW,
    SDDL_REVISION_1, SE_FILE_OBJECT,
};
use windows_sys::Win32::Security::{
    DACL_SECURITY_INFORMATION, GetTokenInformation, LookupAccountNameW, OWNER_SECURITY_INFORMATION, PSID,
    SECURITY_QUALITY_OF_SERVICE, SecurityIdentification, TOKEN_QUERY, TOKEN_USER, TokenUser,
};
use windows_sys::Win32::Storage::FileSystem::{
    BY_HANDLE_FILE_INFORMATION, FILE_ID_BOTH_DIR_INFO, FILE_SHARE_DELETE, FILE_SHARE_READ, FILE_SHARE_WRITE,
    FILE_TYPE_PIPE, FileIdBothDirectoryInfo, GetDriveTypeW, GetFileInformationByHandle,
    GetFileInformationByHandleEx, GetFileType, MAXIMUM_REPARSE_DATA_BUFFER_SIZE,
};
use windows_sys::Win32::System::Console::{
    ENABLE_VIRTUAL_TERMINAL_PROCESSING, GetConsoleMode, GetConsoleOutputCP, GetConsoleProcessList,
    GetConsoleWindow, GetStdHandle, STD_OUTPUT_HANDLE, SetConsoleMode,
};
use windows_sys::Win32::System::IO::{DeviceIoControl, IO_STATUS_BLOCK};
use windows_sys::Win32::System::Ioctl::FSCTL_GET_REPARSE_POINT;
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
pub(crate) fn sid_at_screen() -> Option<String> {
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

/// Who owns a file or folder and who may do what with it, in the Security Descriptor Definition Language.
pub(super) fn security_text(path: &Path) -> Option<String> {
    let path: Vec<u16> = path.as_os_str().encode_wide().chain([0]).collect();
    let what = OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION;
    let (mut descriptor, mut text) = (null_mut(), null_mut());
    // SAFETY: the path ends with NUL; both buffers are the calls' own, and are freed after the text was copied.
    unsafe {
        let error = GetNamedSecurityInfoW(
            path.as_ptr(),
            SE_FILE_OBJECT,
            what,
            null_mut(),
            null_mut(),
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
        let copy = (written != 0).then(|| copy_text(text));
        LocalFree(descriptor.cast());
        LocalFree(text.cast());
        copy
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
pub(crate) fn is_fixed_drive(letter: char) -> bool {
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

/// Opens what lies under a name in a folder, itself or (`follow`) what it leads to; with no name, the same again.
pub(super) fn open_below(folder: &File, name: &OsStr, access: u32, follow: bool) -> io::Result<File> {
    let mut name: Vec<u16> = name.encode_wide().collect();
    let length = u16::try_from(name.len() * 2).map_err(|_| io::ErrorKind::InvalidFilename)?;
    let name = UNICODE_STRING { Length: length, MaximumLength: length, Buffer: name.as_mut_ptr() };
    let quality = SECURITY_QUALITY_OF_SERVICE {
        Length: size_of::<SECURITY_QUALITY_OF_SERVICE>() as u32,
        ImpersonationLevel: SecurityIdentification,
        ..Default::default()
    };
    let attributes = OBJECT_ATTRIBUTES {
        Length: size_of::<OBJECT_ATTRIBUTES>() as u32,
        RootDirectory: folder.as_raw_handle(),
        ObjectName: &raw const name,
        Attributes: OBJ_CASE_INSENSITIVE,
        SecurityDescriptor: null(),
        SecurityQualityOfService: &raw const quality,
    };
    let itself = if follow { 0 } else { FILE_OPEN_REPARSE_POINT };
    let (mut handle, mut status): (HANDLE, _) = (null_mut(), IO_STATUS_BLOCK::default());
    // SAFETY: the handle of the folder is open, and what the attributes point to lives until the call returns; on success
    // `handle` is a new one, which only the file owns.
    unsafe {
        let answer = NtCreateFile(
            &raw mut handle,
            access,
            &raw const attributes,
            &raw mut status,
            null(),
            0,
            FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
            FILE_OPEN,
            FILE_OPEN_NO_RECALL | FILE_SYNCHRONOUS_IO_NONALERT | itself,
            null(),
            0,
        );
        if answer < 0 {
            return Err(io::Error::from_raw_os_error(RtlNtStatusToDosError(answer).cast_signed()));
        }
        Ok(File::from_raw_handle(handle))
    }
}

/// The entries of an open folder, some at a time.
pub(super) struct Entries<'f> {
    folder: &'f File,
    buffer: Vec<u64>,
}

impl<'f> Entries<'f> {
    pub(super) fn of(folder: &'f File) -> Self {
        Self { folder, buffer: vec![0; 8192] }
    }

    /// Name, attributes and reparse tag of some entries (learn.microsoft.com, FILE_ID_BOTH_DIR_INFO; the tag stands in
    /// EaSize: MS-FSCC 2.4.17); `None` at the end.
    pub(super) fn next_batch(&mut self) -> io::Result<Option<Vec<(Vec<u16>, u32, u32)>>> {
        let length = u32::try_from(size_of_val(self.buffer.as_slice())).unwrap_or(0);
        let handle = self.folder.as_raw_handle();
        // SAFETY: the handle is open and the buffer, aligned for the structure, has the length that is given with it.
        let filled = unsafe {
            GetFileInformationByHandleEx(
                handle,
                FileIdBothDirectoryInfo,
                self.buffer.as_mut_ptr().cast(),
                length,
            )
        };
        if filled == 0 {
            let error = io::Error::last_os_error();
            let is_end = error.raw_os_error() == Some(ERROR_NO_MORE_FILES.cast_signed());
            return if is_end { Ok(None) } else { Err(error) };
        }
        let bytes: Vec<u8> = self.buffer.iter().flat_map(|word| word.to_ne_bytes()).collect();
        let number = |at: usize| {
            let bytes = bytes.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
            bytes.map(u32::from_ne_bytes)
        };
        let mut entries = Vec::new();
        let mut at = 0;
        loop {
            let field = |offset: usize| number(at + offset);
            let entry = field(offset_of!(FILE_ID_BOTH_DIR_INFO, FileAttributes))
                .zip(field(offset_of!(FILE_ID_BOTH_DIR_INFO, EaSize)))
                .zip(field(offset_of!(FILE_ID_BOTH_DIR_INFO, FileNameLength)))
                .and_then(|((attributes, tag), length)| {
                    let start = at + offset_of!(FILE_ID_BOTH_DIR_INFO, FileName);
                    let name = bytes.get(start..start + length as usize)?.chunks_exact(2);
                    let name = name.filter_map(|unit| Some(u16::from_ne_bytes(unit.try_into().ok()?)));
                    Some((name.collect(), attributes, tag))
                });
            entries.extend(entry);
            match field(offset_of!(FILE_ID_BOTH_DIR_INFO, NextEntryOffset)) {
                None | Some(0) => return Ok(Some(entries)),
                Some(next) => at += next as usize,
            }
        }
    }
}

/// The number of the disk and that of the file on it.
pub(super) fn identity(file: &File) -> io::Result<(u64, u64)> {
    let mut found = BY_HANDLE_FILE_INFORMATION::default();
    // SAFETY: the handle is open, and `found` is written before it is used.
    if unsafe { GetFileInformationByHandle(file.as_raw_handle(), &raw mut found) } == 0 {
        return Err(io::Error::last_os_error());
    }
    let index = u64::from(found.nFileIndexHigh) << 32 | u64::from(found.nFileIndexLow);
    Ok((found.dwVolumeSerialNumber.into(), index))
}

/// What a reparse point that was opened as itself holds.
pub(super) fn reparse_data(link: &File) -> io::Result<Vec<u8>> {
    let mut data = vec![0_u8; MAXIMUM_REPARSE_DATA_BUFFER_SIZE as usize];
    let mut length = 0;
    // SAFETY: the handle is open, and the buffer has the length that is given with it.
    let answer = unsafe {
        DeviceIoControl(
            link.as_raw_handle(),
            FSCTL_GET_REPARSE_POINT,
            null(),
            0,
            data.as_mut_ptr().cast(),
            MAXIMUM_REPARSE_DATA_BUFFER_SIZE,
            &raw mut length,
            null_mut(),
        )
    };
    if answer == 0 {
        return Err(io::Error::last_os_error());
    }
    data.truncate(length as usize);
    Ok(data)
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
