//! Every reader of texts, property lists and archives over the same bytes: none may panic, hang or grow without bounds.
#![no_main]

use libfuzzer_sys::fuzz_target;
use smtp_auth_audit::clients::apple_profile;
use smtp_auth_audit::clients::windows_mail::account_file;
use smtp_auth_audit::clients::{k9_mail, msmtp, qmail3};
use smtp_auth_audit::clients::thunderbird::{mozilla_cfg, prefs_js};
use smtp_auth_audit::formats::{
    ber, encodings, ini, ini_lexer, plist, signed_data,
};
use smtp_auth_audit::source::{android_backup, recognise, regfile};

fuzz_target!(|bytes: &[u8]| {
    let _ = recognise::recognise(bytes);
    let _ = ini::parse(&encodings::decode(bytes));
    for dialect in [ini_lexer::WINDOWS, ini_lexer::KCONFIG, ini_lexer::BLOCKS] {
        let _ = ini_lexer::lex(&encodings::decode(bytes), &dialect);
    }
    let _ = msmtp::file::parse(&encodings::decode(bytes));
    let _ = prefs_js::parse(bytes);
    let _ = mozilla_cfg::parse(bytes);
    let _ = plist::unarchive(bytes);
    let _ = apple_profile::file::parse(bytes);
    let _ = signed_data::signer(bytes);
    let _ = ber::split(&mut &*bytes).and_then(ber::octets);
    let _ = qmail3::profile::lex(&encodings::decode(bytes));
    let _ = account_file::read(&encodings::decode(bytes));
    let _ = account_file::lex(&encodings::decode(bytes));
    let _ = regfile::parse(bytes);
    let _ = k9_mail::export::lex(&encodings::decode(bytes));
    let _ = android_backup::read(bytes, "EmailProvider.db");
});
