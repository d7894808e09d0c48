//! Every text and property list reader over the same bytes: none may panic, hang or grow without bounds.
#![no_main]

use libfuzzer_sys::fuzz_target;
use smtp_auth_audit::formats::{autoconfig, encodings, ini, msmtprc, plist, prefs_js, profile_xml, xml};
use smtp_auth_audit::source::{recognise, regfile};

fuzz_target!(|bytes: &[u8]| {
    let _ = recognise::recognise(bytes);
    let _ = ini::parse(&encodings::decode(bytes));
    let _ = msmtprc::parse(&encodings::decode(bytes));
    let _ = prefs_js::parse(bytes);
    let _ = autoconfig::parse(bytes);
    let _ = plist::unarchive(bytes);
    let _ = xml::parse_message_account(bytes);
    let _ = profile_xml::parse_profile(bytes);
    let _ = regfile::parse(bytes);
});
