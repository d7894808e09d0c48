//! A hive with a log: the first byte tells where the one ends and the other begins.
#![no_main]

use libfuzzer_sys::fuzz_target;
use smtp_auth_audit::source::hive::Hive;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let at = rest.len() * usize::from(*first) / 256;
    let (hive, log) = rest.split_at(rest.len() - at);
    if let Ok(hive) = Hive::open(hive.to_vec(), &[log.to_vec()]) {
        let _ = hive.key("", "HKCU");
        let _ = hive.subkeys("Software\\Microsoft");
    }
});
