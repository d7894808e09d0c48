//! The people whom `/etc/passwd` names. Read as text: asking the system would mount homes and ask directory services.

use std::path::PathBuf;

/// Somebody with a home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) uid: u32,
    pub(super) home: PathBuf,
}

/// Numbers of people: services have those below, in every distribution since 500 (SYS_UID_MAX and UID_MIN, man page
/// login.defs(5)), and nobody is `nobody`.
const FIRST: u32 = 500;
const NOBODY: [u32; 2] = [65_534, 65_535];

/// Folders of the system: a home in them is a service's.
const OF_SYSTEM: [&str; 17] = [
    "/bin",
    "/boot",
    "/dev",
    "/etc",
    "/lib",
    "/lib64",
    "/nonexistent",
    "/proc",
    "/run",
    "/sbin",
    "/sys",
    "/usr",
    "/var/cache",
    "/var/empty",
    "/var/lib",
    "/var/run",
    "/var/spool",
];

/// The people of its text (man page passwd(5)); what is no line of it is left out.
pub(super) fn people(text: &str) -> Vec<Entry> {
    let entry = |line: &str| {
        let mut fields = line.split(':');
        let uid: u32 = fields.nth(2)?.parse().ok()?;
        let home = PathBuf::from(fields.nth(2)?);
        let is_system = home.parent().is_none() || OF_SYSTEM.iter().any(|folder| home.starts_with(folder));
        let is_person = uid >= FIRST && !NOBODY.contains(&uid) && home.is_absolute() && !is_system;
        is_person.then_some(Entry { uid, home })
    };
    text.lines().filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_have_homes_of_their_own() {
        let text = "root:x:0:0:root:/root:/bin/bash\n\
                    www-data:x:33:33::/var/www:/usr/sbin/nologin\n\
                    service:x:998:998::/var/lib/service:/bin/false\n\
                    taro:x:1000:1000:Taro,,,:/srv/homes/taro:/bin/bash\n\
                    old:x:500:500::/export/home/old:/bin/sh\n\
                    top:x:1001:1001::/:/bin/sh\n\
                    none:x:1002:1002::/nonexistent:/bin/sh\n\
                    relative:x:1003:1003::home/x:/bin/sh\n\
                    nobody:x:65534:65534::/srv/nobody:/bin/sh\n\
                    fedora:x:1004:1004::/var/home/fedora:/bin/sh\n\
                    # comment\n\
                    short:x:1005\n\
                    huge:x:99999999999:1::/srv/huge:/bin/sh\n";
        let found: Vec<(u32, String)> =
            people(text).into_iter().map(|entry| (entry.uid, entry.home.display().to_string())).collect();
        let expected = [(1000, "/srv/homes/taro"), (500, "/export/home/old"), (1004, "/var/home/fedora")];
        assert_eq!(found, expected.map(|(uid, home)| (uid, home.to_owned())));
    }
}
