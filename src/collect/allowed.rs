//! What may be collected, as data: the settings that detectors ask for. What is not listed is not written, whatever its
//! name.

use crate::formats::secrets::is_secret_name;

];
];

/// INI files, the beginnings of their sections, and the keys in them. `*` stands for any section.
const INI: [(&str, &str, &[&str]); 4] = [
const INI: [(&str, &str, &[&str]); 9] = [
];

];

/// Registry values by the end of their key's path, in lower case.
const REGISTRY: &[(&str, &[&str])] = &[
const REGISTRY: [(&str, &[&str]); 2] = [
    (r"\explorer\user shell folders", &["AppData", "Local AppData", "Personal"]),
];


/// Tables and columns of Android's EmailProvider.db; of a token only the number of its row.
pub(super) const ANDROID: [(&str, &[&str]); 3] = [
    (
        "Account",
        &["_id", "displayName", "emailAddress", "hostAuthKeyRecv", "hostAuthKeySend", "flags", "isDefault"],
    ),
    ("HostAuth", &["_id", "protocol", "address", "port", "flags", "login", "credentialKey"]),
    ("Credential", &["_id"]),
];

pub(super) fn ini(file: &str, section: &str, key: &str) -> bool {
    let begins = |start: &str| section.get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start));
    INI.iter()
        .any(|(name, start, keys)| *name == file && (*start == "*" || begins(start)) && contains(keys, key))
}

/// `path` is that of the key: `HKCU\…` or `HKLM\…`.
pub(super) fn registry(path: &str, name: &str) -> bool {
    let path = path.to_lowercase();
    REGISTRY.iter().any(|(end, names)| path.ends_with(end) && contains(names, name)) && !is_secret_name(name)
}

}

}

fn contains(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}
