//! Folders that a walk leaves out, each with its reason.

use super::folder::is_one_of;
use super::system::Entry;
use crate::model::Text;

/// Folders of these names are left out.
struct Pruning {
    names: &'static [&'static str],
    where_: Where,
    reason: Text,
}

/// Where a folder of such a name is what it is called.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    Anywhere,
    /// At the top of a computer's disk.
    TopOfDisk,
}

static PRUNINGS: [Pruning; 7] = [
    Pruning {
        names: &["Windows", "WINNT", "Program Files", "Program Files (x86)", "System", "Applications"],
        where_: Where::TopOfDisk,
        reason: Text::fixed("OS とプログラム", "the system and its programs"),
    },
    Pruning {
        names: &["proc", "sys", "dev", "run", "usr", "nix", "snap"],
        where_: Where::TopOfDisk,
        reason: Text::fixed("OS とプログラム", "the system and its programs"),
    },
    Pruning {
        names: &["Temp", "tmp"],
        where_: Where::TopOfDisk,
        reason: Text::fixed("一時ファイル", "temporary files"),
    },
    Pruning {
        names: &["$Recycle.Bin", "RECYCLER", "RECYCLED", ".Trash", ".Trashes"],
        where_: Where::Anywhere,
        reason: Text::fixed("ごみ箱", "what was thrown away"),
    },
    Pruning {
        names: &["System Volume Information", "lost+found"],
        where_: Where::Anywhere,
        reason: Text::fixed("ファイルシステムの管理用", "the file system's own"),
    },
    Pruning {
        names: &[".cache", "Cache", "Caches", "cache2", "Code Cache", "GPUCache"],
        where_: Where::Anywhere,
        reason: Text::fixed("キャッシュ", "a cache"),
    },
    Pruning {
        names: &["node_modules", ".git", ".svn", ".hg"],
        where_: Where::Anywhere,
        reason: Text::fixed("プログラム開発用", "a programmer's"),
    },
];

/// Messages, of which there may be a file each.
static MESSAGES: Text = Text::fixed("メールの本文", "messages");

/// Why a folder of this name is left out, if it is.
pub(super) fn by_name(name: &str, is_at_top_of_disk: bool) -> Option<&'static Text> {
    let found = PRUNINGS.iter().find(|pruning| {
        (pruning.where_ == Where::Anywhere || is_at_top_of_disk) && is_one_of(name, pruning.names)
    });
    let is_messages = name.to_lowercase().ends_with(".mbd");
    found.map(|pruning| &pruning.reason).or(is_messages.then_some(&MESSAGES))
}

/// Why a folder with these entries is left out, if it is. `above`: the names of the folders above it, from PATH on.
pub(super) fn by_content(entries: &[Entry], name: &str, above: &[String]) -> Option<&'static Text> {
    let has = |name: &str| entries.iter().any(|entry| entry.is_folder && entry.name == name);
    // A Maildir of qmail's kind, and Apple Mail's V2 to V10.
    let is_maildir = ["cur", "new", "tmp"].into_iter().all(has);
    let is_version = |name: &String| {
        name.strip_prefix('V')
            .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
    };
    let is_of_mail = name == "Messages" && above.iter().any(is_version);
    (is_maildir || is_of_mail).then_some(&MESSAGES)
}

/// All that is left out, for people: names, and why.
pub fn list() -> Vec<(String, &'static Text)> {
    let rows = PRUNINGS.iter().map(|pruning| (pruning.names.join(", "), &pruning.reason));
    rows.chain([("Maildir, *.mbd, V*/…/Messages".to_owned(), &MESSAGES)]).collect()
}
