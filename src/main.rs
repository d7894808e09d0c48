//! Start and exit code.

use smtp_auth_audit::cli;
use std::ffi::OsString;
use std::process::ExitCode;

fn main() -> ExitCode {
    // A panic is caught where it happens and becomes the issue "internal"; its own message would only frighten.
    std::panic::set_hook(Box::new(|_| {}));
    let arguments: Vec<OsString> = std::env::args_os().collect();
    ExitCode::from(cli::run(&arguments))
}
