//! Start and exit code.

use smtp_auth_audit::cli;
use smtp_auth_audit::scan::{WORKER, work};
use smtp_auth_audit::source::here::leave_no_core;
use std::ffi::OsString;
use std::process::ExitCode;

fn main() -> ExitCode {
    leave_no_core();
    // A panic in a detector becomes the issue "internal" there; its own message would only frighten.
    std::panic::set_hook(Box::new(|_| {}));
    let arguments: Vec<OsString> = std::env::args_os().collect();
    if matches!(arguments.as_slice(), [_, word] if word == WORKER) {
        return if work() { ExitCode::SUCCESS } else { ExitCode::from(cli::USAGE) };
    }
    let exit = std::panic::catch_unwind(|| cli::run(&arguments));
    ExitCode::from(exit.unwrap_or_else(|_| cli::internal_fault(&arguments)))
}
