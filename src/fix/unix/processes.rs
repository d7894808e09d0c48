//! Whether a program runs, by the names of the user's processes.

/// True if one of these runs as the user who runs this program; also where that can't be told.
#[cfg(target_os = "linux")]
#[expect(clippy::disallowed_methods, reason = "processes, not anybody's data")]
pub fn runs(names: &[&str]) -> bool {
    use std::os::unix::fs::MetadataExt;
    let own = rustix::process::geteuid().as_raw();
    let Ok(list) = std::fs::read_dir("/proc") else { return true };
    list.flatten().any(|entry| {
        let is_process = entry.file_name().to_string_lossy().bytes().all(|byte| byte.is_ascii_digit());
        let is_own = || entry.metadata().is_ok_and(|found| found.uid() == own);
        if !is_process || !is_own() {
            return false;
        }
        // The kernel cuts names at 15 bytes (man page proc_pid_comm(5)).
        let name = std::fs::read_to_string(entry.path().join("comm")).unwrap_or_default();
        names.iter().any(|wanted| wanted.get(..wanted.len().min(15)) == Some(name.trim_end()))
    })
}

/// There the lock alone tells.
#[cfg(not(target_os = "linux"))]
pub fn runs(_: &[&str]) -> bool {
    false
}
