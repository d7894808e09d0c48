//! The readers of texts, property lists and archives over the same bytes, and the scan of a file with them, which gives it to
//! the client whose it is: nothing may panic, hang or grow without bounds.
#![no_main]

use libfuzzer_sys::fuzz_target;
use smtp_auth_audit::formats::{ber, encodings, ini, ini_lexer, plist, signed_data};
use smtp_auth_audit::scan::{Request, Rules, scan};
use smtp_auth_audit::source::{android_backup, regfile};
use std::fs;

fuzz_target!(|bytes: &[u8]| {
    let text = encodings::decode(bytes);
    let _ = ini::parse(&text);
    for dialect in [ini_lexer::WINDOWS, ini_lexer::KEY_FILE, ini_lexer::KCONFIG, ini_lexer::BLOCKS] {
        let _ = ini_lexer::lex(&text, &dialect);
    }
    let _ = plist::unarchive(bytes);
    let _ = signed_data::signer(bytes);
    let _ = ber::split(&mut &*bytes).and_then(ber::octets);
    let _ = regfile::parse(bytes);
    let _ = android_backup::read(bytes, "EmailProvider.db");
    let file = std::env::temp_dir().join(format!("lone-{}", std::process::id()));
    if fs::write(&file, bytes).is_ok() {
        let _ = scan(&request(file));
    }
});

fn request(file: std::path::PathBuf) -> Request {
    Request { rules: Rules::standard(), ..Request::of_paths(vec![file]) }
}
