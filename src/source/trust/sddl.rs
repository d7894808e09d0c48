//! Security descriptors as text (Security Descriptor Definition Language, MS-DTYP 2.5.1).

/// Administrators, SYSTEM, the local and the domain's administrators, and TrustedInstaller, who owns Windows itself.
const ADMINISTRATORS: [&str; 6] =
    ["BA", "SY", "LA", "DA", "EA", "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464"];
/// DELETE, WRITE_DAC, WRITE_OWNER, FILE_DELETE_CHILD, GENERIC_ALL of winnt.h: to put something else in its place.
const REPLACE: u32 = 0x0001_0000 | 0x0004_0000 | 0x0008_0000 | 0x40 | 0x1000_0000;
/// FILE_WRITE_DATA, FILE_APPEND_DATA, GENERIC_WRITE: to write into it.
const WRITE: u32 = 0x2 | 0x4 | 0x4000_0000;
/// Names of rights; of files and of directory services, as both are written.
const RIGHTS: [(&str, u32); 16] = [
    ("GA", 0x1000_0000),
    ("GW", 0x4000_0000),
    ("GR", 0),
    ("GX", 0),
    ("SD", 0x0001_0000),
    ("WD", 0x0004_0000),
    ("WO", 0x0008_0000),
    ("RC", 0),
    ("FA", 0x001F_01FF),
    ("FW", 0x0012_0116),
    ("FR", 0),
    ("FX", 0),
    ("CC", 0x1),
    ("DC", 0x2),
    ("LC", 0x4),
    ("DT", 0x40),
];

/// True if nobody but administrators may change what it belongs to.
pub(super) fn is_safe(text: &str, is_end: bool) -> bool {
    is_safe_except(text, &[], is_end)
}

/// The same where this user may as well, who is also "the owner" and "who makes it".
pub(super) fn is_safe_for(text: &str, sid: &str, is_end: bool) -> bool {
    is_safe_except(text, &[sid, "OW", "CO"], is_end)
}

/// True if the lists have the same entries, inherited or not.
pub(super) fn same_rights(one: &str, other: &str) -> bool {
    let entries = |text: &str| {
        let (_, list) = text.split_once("D:")?;
        let plain = |entry: &str| {
            let mut parts = entry.trim_end_matches(')').splitn(3, ';');
            let [kind, flags, rest] = [(); 3].map(|()| parts.next().unwrap_or_default());
            let flags = flags.as_bytes().chunks(2).filter(|flag| *flag != b"ID").collect::<Vec<_>>().concat();
            format!("{kind};{};{rest}", String::from_utf8_lossy(&flags))
        };
        let mut entries: Vec<String> = list.split('(').skip(1).map(plain).collect();
        entries.sort();
        entries.dedup();
        Some((list.starts_with("NO_ACCESS_CONTROL"), entries))
    };
    entries(one).is_some_and(|one| entries(other) == Some(one))
}

fn is_safe_except(text: &str, users: &[&str], is_end: bool) -> bool {
    // The owner ends where the letter of the next part stands before its colon.
    let owner = text.strip_prefix("O:").and_then(|rest| rest.get(..rest.find(':')?.checked_sub(1)?));
    let Some(owner) = owner else { return false };
    let Some((_, list)) = text.split_once("D:") else { return false };
    let is_trusted = |who: &str| ADMINISTRATORS.contains(&who) || users.contains(&who);
    if !is_trusted(owner) || list.starts_with("NO_ACCESS_CONTROL") {
        return false;
    }
    let list = list.split("S:").next().unwrap_or_default();
    let wanted = if is_end { REPLACE | WRITE } else { REPLACE };
    list.split('(').skip(1).all(|entry| is_harmless(entry, wanted, is_trusted))
}

fn is_harmless(entry: &str, wanted: u32, is_trusted: impl Fn(&str) -> bool) -> bool {
    let mut parts = entry.trim_end_matches(')').split(';');
    let [kind, flags, rights] = [(); 3].map(|()| parts.next().unwrap_or_default());
    let who = parts.nth(2).unwrap_or_default();
    let forbids = kind.contains('D');
    // For what is made below it, not for itself.
    let is_inherited_only = flags.as_bytes().chunks(2).any(|flag| flag == b"IO");
    forbids || is_inherited_only || is_trusted(who) || mask(rights).is_some_and(|mask| mask & wanted == 0)
}

fn mask(rights: &str) -> Option<u32> {
    if let Some(digits) = rights.strip_prefix("0x") {
        return u32::from_str_radix(digits, 16).ok();
    }
    let mut mask = 0;
    for at in (0..rights.len()).step_by(2) {
        let name = rights.get(at..at + 2)?;
        // Rights that are not listed neither write nor replace.
        mask |= RIGHTS.iter().find(|(known, _)| *known == name).map_or(0, |(_, bits)| *bits);
    }
    Some(mask)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_users_own_is_safe_for_that_user() {
        let sid = "S-1-5-21-1-2-3-1001";
        let all = "(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;S-1-5-21-1-2-3-1001)";
        for (text, expected) in [
            (format!("O:SYD:P{all}"), true),
            (format!("O:{sid}D:AI(A;ID;FA;;;SY)(A;ID;FA;;;{sid})(A;;FR;;;WD)"), true),
            (format!("O:{sid}D:{all}(A;;FW;;;BU)"), false),
            (format!("O:S-1-5-21-1-2-3-1002D:{all}"), false),
        ] {
            assert_eq!(is_safe_for(&text, sid, true), expected, "{text}");
        }
    }

    #[test]
    fn inherited_rights_are_the_same_rights() {
        let old = "O:BAD:AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)";
        for (new, expected) in [
            ("O:BAD:(A;;FA;;;BA)(A;;FA;;;SY)", true),
            ("O:BAD:(A;;FA;;;BA)(A;ID;FA;;;SY)(A;;FA;;;SY)", true),
            ("O:BAD:(A;;FA;;;BA)", false),
            ("O:BAD:(A;;FR;;;BA)(A;;FA;;;SY)", false),
            ("O:BAD:(D;;FA;;;BA)(A;;FA;;;SY)", false),
            ("O:BAD:NO_ACCESS_CONTROL", false),
            ("O:BA", false),
        ] {
            assert_eq!(same_rights(old, new), expected, "{new}");
        }
    }

    #[test]
    fn others_who_may_write_are_met() {
        // Program Files, a folder in it, C:\ and a user's own folder, as Windows 10 has them.
        let program_files = "O:S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464G:SYD:PAI(A;CIIO;GA;;;CO)(A;OICIIO;GA;;;SY)(A;;0x1301bf;;;SY)(A;OICIIO;GA;;;BA)(A;;0x1301bf;;;BA)(A;OICIIO;GXGR;;;BU)(A;;0x1200a9;;;BU)";
        let root = "O:S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464G:SYD:PAI(A;;LC;;;AU)(A;OICIIO;SDGXGWGR;;;AU)(A;;FA;;;SY)(A;OICIIO;GA;;;BA)(A;;FA;;;BA)(A;;0x1200a9;;;BU)";
        let own = "O:BAG:SYD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;S-1-5-21-1-2-3-1001)";
        for (text, of_end, on_way) in [
            (program_files, true, true),
            (root, false, true),
            (own, false, false),
            ("O:BAG:BAD:(A;;FA;;;BA)(A;;FR;;;WD)", true, true),
            ("O:BAG:BAD:(A;;FA;;;BA)(A;;FW;;;WD)", false, true),
            ("O:BAG:BAD:(A;;FA;;;BA)(A;;0x1301bf;;;AU)", false, false),
            ("O:BAG:BAD:(D;;FA;;;WD)(A;;FA;;;BA)", true, true),
            ("O:S-1-5-21-1-2-3-1001G:BAD:(A;;FA;;;BA)", false, false),
            ("O:BAG:BAD:NO_ACCESS_CONTROL", false, false),
            ("O:BAG:BA", false, false),
            ("", false, false),
        ] {
            assert_eq!([is_safe(text, true), is_safe(text, false)], [of_end, on_way], "{text}");
        }
    }
}
