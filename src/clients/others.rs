//! What all clients say of files and folders, and of files that have to do with a client and are not read: what to scan instead.

use super::CLIENTS;
use crate::model::Text;
use crate::source::FileRule;
use crate::source::rules::{Known, Other};

const ROLL_OUT: Text = Text::fixed(
    "設定そのものではなく、Outlook の設定を配布するためのファイル (PRF) です。実際の設定は、そのユーザーの NTUSER.DAT を調べてください。",
    "not the settings but a file that hands them out to Outlook (PRF): scan the user's NTUSER.DAT for what is set",
);
const DECLARATION: Text = Text::fixed(
    "設定そのものではなく、機器の管理に使う宣言 (Apple) です。実際の設定は、その Mac を調べるか、iPhone・iPad の画面で確認してください (ask ios-mail)。",
    "not the settings but a declaration of Apple's device management: scan the Mac, or check on the phone's screens (ask ios-mail)",
);
const IN_THE_PHONE: Text = Text::fixed(
    "スマートフォンの中にある K-9 Mail のデータベースで、このプログラムは読み取りません。アプリの「設定のエクスポート」で作ったファイル (.k9s) を調べてください。",
    "the database that K-9 Mail keeps in the phone, which is not read: scan the file that its \"Export settings\" makes (.k9s)",
);

/// Outlook's PRF begins with its defaults and has a list of services (outlook-tips.net/howto/prf_listing.htm); a declaration names
/// its type (appledevicepolicy.tools, account.mail); what K-9 Mail keeps is one table of SQLite (a forensic copy of
/// /data/data/com.fsck.k9, bebinary4n6.blogspot.com 2024/05). fixtures/field 20, 37 and 41.
pub(super) const OTHERS: &[Other] = &[
    Other { marks: &[b"[General]", b"ProfileName=", b"[Service List]"], says: ROLL_OUT },
    Other { marks: &[b"\"com.apple.configuration.account.mail\""], says: DECLARATION },
    Other { marks: &[b"SQLite format 3\0", b"CREATE TABLE preferences_storage"], says: IN_THE_PHONE },
];

/// The files of all clients.
pub fn files() -> Vec<&'static FileRule> {
    CLIENTS.iter().flat_map(|client| client.files).copied().collect()
}

/// What all clients say of files and folders.
pub fn known() -> Known {
    let places = || CLIENTS.iter().flat_map(|client| client.places);
    let tops = places().filter_map(|place| place.strip_prefix("~/")?.split('/').next());
    let files_of_profiles = places()
        .filter_map(|place| place.strip_prefix(r"%USERPROFILE%\").filter(|rest| !rest.contains('\\')));
    Known {
        files: files(),
        folders: CLIENTS.iter().flat_map(|client| client.folders).collect(),
        marks: tops.filter(|top| top.starts_with('.')).chain(files_of_profiles).collect(),
        stores: places().flat_map(|place| stores_of(place)).collect(),
        others: OTHERS,
    }
}

/// The folders of a place that are a client's: not those that hold all programs' settings.
fn stores_of(place: &str) -> Vec<String> {
    const SHARED: [&str; 29] = [
        "microsoft",
        "documents",
        "library",
        "preferences",
        "application support",
        "config",
        ".config",
        ".local",
        ".var",
        "app",
        "share",
        "local",
        "appdata",
        "roaming",
        "users",
        "containers",
        "data",
        "packages",
        "accounts",
        "etc",
        "program files",
        "kde",
        "usr",
        "opt",
        "homebrew",
        "cellar",
        "msys64",
        "ucrt64",
        "mingw64",
    ];
    if place.starts_with("HK") {
        return Vec::new();
    }
    let parts: Vec<&str> = place.split(['\\', '/']).skip(1).collect();
    let folders = parts.split_last().map_or(&[][..], |(_, folders)| folders);
    let names = folders.iter().map(|name| name.to_lowercase());
    names.filter(|name| !name.contains(['*', '%', '<']) && !SHARED.contains(&name.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_marks_stand_in_it() {
        let says = |text: &str| {
            OTHERS.iter().find(|other| other.is(text.as_bytes())).map(|other| other.says.clone())
        };
        assert_eq!(says("[General]\nProfileName=a\n[Service List]\nService1=b\n"), Some(ROLL_OUT));
        assert_eq!(says(r#"{"Type":"com.apple.configuration.account.mail"}"#), Some(DECLARATION));
        let table = "SQLite format 3\0 CREATE TABLE preferences_storage (primkey TEXT)";
        assert_eq!(says(table), Some(IN_THE_PHONE));
        for text in ["", "[General]\nProfileName=a\n", "SQLite format 3\0 CREATE TABLE preferences"] {
            assert_eq!(says(text), None, "{text}");
        }
    }
}
