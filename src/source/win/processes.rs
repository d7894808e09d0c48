//! The processes of this computer, by name and owner.

use super::text_of_sid;
use std::ptr::null_mut;
use windows_sys::Win32::System::RemoteDesktop::{
    ProcessIdToSessionId, WTS_CURRENT_SERVER_HANDLE, WTS_PROCESS_INFOW, WTSEnumerateProcessesW, WTSFreeMemory,
};
use windows_sys::Win32::System::Threading::GetCurrentProcessId;

/// One process.
#[derive(Debug)]
pub(crate) struct Process {
    /// The name of its program: `OUTLOOK.EXE`.
    pub(crate) name: String,
    /// Whose it is, where Windows tells that.
    pub(crate) sid: Option<String>,
    /// Whether it belongs to the session of this program.
    pub(crate) is_here: bool,
}

/// All of them; `None`: Windows does not tell.
pub(crate) fn processes() -> Option<Vec<Process>> {
    let (mut list, mut count, mut own) = (null_mut::<WTS_PROCESS_INFOW>(), 0, 0);
    // SAFETY: on success the list is the call's own, of `count` entries whose names end with NUL and whose SIDs are valid or
    // null; it is copied and then freed.
    unsafe {
        if ProcessIdToSessionId(GetCurrentProcessId(), &raw mut own) == 0
            || WTSEnumerateProcessesW(WTS_CURRENT_SERVER_HANDLE, 0, 1, &raw mut list, &raw mut count) == 0
            || list.is_null()
        {
            return None;
        }
        let entries = std::slice::from_raw_parts(list, count as usize);
        let found = entries.iter().map(|entry| Process {
            name: if entry.pProcessName.is_null() {
                String::new()
            } else {
                super::copy_text(entry.pProcessName)
            },
            sid: if entry.pUserSid.is_null() { None } else { text_of_sid(entry.pUserSid) },
            is_here: entry.SessionId == own,
        });
        let found = found.collect();
        WTSFreeMemory(list.cast());
        Some(found)
    }
}
