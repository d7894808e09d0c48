//! Why something could not be looked at, in both languages, with the place.

use super::database::DatabaseError;
use super::hive::HiveError;
use super::regfile::Damage;
use crate::formats::xml::XmlError;
use crate::model::limits::Limit;
use crate::model::{IssueKind, Place, Text};
use serde::{Deserialize, Serialize};
use std::io;

/// Something is there, but it could not be read. "Not there" is never a problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Why.
    pub kind: IssueKind,
    /// Registry key or file, and where in it.
    pub place: Box<Place>,
    /// The sentence for people.
    pub message: Text,
}

impl Problem {
    /// A problem of any kind.
    pub fn new(kind: IssueKind, place: impl Into<Place>, message: Text) -> Self {
        Self { kind, place: Box::new(place.into()), message }
    }

    /// The content is not in the form that its format asks for; `detail` says what is wrong with it.
    pub fn malformed(place: impl Into<Place>, detail: &Text) -> Self {
        let message = Text::new(
            format!("内容が壊れているか、想定した形式ではありません: {}", detail.ja),
            format!("damaged, or not in the expected form: {}", detail.en),
        );
        Self::new(IssueKind::Malformed, place, message)
    }

    /// A registry without a user's part. Not an empty answer: whoever scans a file expects it to be somebody's settings.
    pub fn no_settings(place: impl Into<Place>) -> Self {
        Self::malformed(place, &Text::fixed("ユーザーの設定が入っていません", "holds no user's settings"))
    }

    /// A fault of this program.
    pub fn internal(place: impl Into<Place>) -> Self {
        Self::new(
            IssueKind::Internal,
            place,
            Text::fixed(
                "このプログラムの不具合のため、調べられませんでした。開発元に知らせてください。",
                "could not be examined because of a fault of this program: please report it",
            ),
        )
    }

    /// A failure of the file system.
    pub fn io(place: impl Into<Place>, error: &io::Error) -> Self {
        let place = place.into();
        match error.kind() {
            io::ErrorKind::PermissionDenied => Self::new(
                IssueKind::Denied,
                place,
                Text::fixed(
                    "読み取る権限がありません。管理者として実行してください(macOS では、ターミナルにフルディスクアクセスを許可してください)。",
                    "no permission to read it: run as administrator (on macOS, give the terminal Full Disk Access)",
                ),
            ),
            // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of winerror.h
            _ if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)) => Self::new(
                IssueKind::Locked,
                place,
                Text::fixed(
                    "別のプログラムが使用中のため読み取れません。",
                    "another program holds it, so it can't be read",
                ),
            ),
            _ => Self::new(
                IssueKind::Io,
                place,
                Text::new(format!("読み取れませんでした({error})。"), format!("could not be read ({error})")),
            ),
        }
    }

    /// Larger than the program reads; both in bytes.
    pub fn too_large(place: impl Into<Place>, size: u64, limit: u64) -> Self {
        let (size, limit) = (size.div_ceil(1 << 20), limit >> 20);
        Self::new(
            IssueKind::TooLarge,
            place,
            Text::new(
                format!("大きすぎるため読み取りません({size} MiB、上限 {limit} MiB)。"),
                format!("too large to be read ({size} MiB; the limit is {limit} MiB)"),
            ),
        )
    }

    /// More of something than is looked at.
    pub fn too_many(place: impl Into<Place>, limit: &Limit, left_out: usize) -> Self {
        let most = limit.shown();
        Self::new(
            IssueKind::TooLarge,
            place,
            Text::new(
                format!(
                    "多すぎるため、最初の {most} 件だけを調べました。残りの {left_out} 件は調べていません。"
                ),
                format!("too many: the first {most} were looked at; {left_out} more were left out"),
            ),
        )
    }

    /// A search that ended at one of its limits: entries, or levels of folders.
    pub fn cut_short(place: impl Into<Place>, entries: usize, levels: usize) -> Self {
        Self::new(
            IssueKind::TooLarge,
            place,
            Text::new(
                format!(
                    "{entries} 個、{levels} 階層までしか調べていません。残りのフォルダーは、それだけを指定して調べてください。"
                ),
                format!(
                    "looked through {entries} entries and {levels} levels at most; scan the rest by itself"
                ),
            ),
        )
    }

    /// Not a file, folder or drive that may be followed; `why` completes the sentence.
    pub fn outside(place: impl Into<Place>, why: &Text) -> Self {
        Self::new(
            IssueKind::Outside,
            place,
            Text::new(
                format!("調べる範囲の外にあるため、読み取りません: {}", why.ja),
                format!("outside of what is scanned, so not followed: {}", why.en),
            ),
        )
    }

    /// A registry hive that can't be read.
    pub fn hive(place: impl Into<Place>, error: &HiveError) -> Self {
        match error {
            HiveError::NotAHive => {
                Self::malformed(place, &Text::fixed("レジストリハイブではありません", "not a registry hive"))
            }
            HiveError::TooLarge { size, limit } => Self::too_large(place, *size as u64, *limit as u64),
            HiveError::TooMuch { limit } => {
                let limit = limit >> 20;
                let ja = format!(
                    "レジストリハイブのうち {limit} MiB を超える部分が必要になるため、読み取りをやめました。"
                );
                let en = format!("more than {limit} MiB of the registry hive would have to be read");
                Self::new(IssueKind::TooLarge, place, Text::new(ja, en))
            }
            HiveError::Changed | HiveError::Away => Self::new(
                IssueKind::Locked,
                place,
                Text::fixed(
                    "読み取り中に変更されました。利用者がサインアウトしてから、もう一度調べてください。",
                    "changed while it was read: scan again when its user has signed out",
                ),
            ),
            HiveError::Io { code } => Self::io(place, &io::Error::from_raw_os_error(*code)),
            _ => Self::malformed(
                place,
                &Text::new(format!("レジストリハイブ ({})", error.ja()), format!("registry hive ({error})")),
            ),
        }
    }

    /// Damaged lines of a `.reg` export; the rest was read.
    pub fn export(place: impl Into<Place>, damage: &[Damage]) -> Self {
        let count = damage.len();
        let (line, ja, en) = damage
            .first()
            .map_or((0, "", String::new()), |first| (first.line, first.what.ja(), first.what.to_string()));
        Self::malformed(
            place,
            &Text::new(
                format!(".reg ファイルの {line} 行目 ({ja}) など {count} か所。残りは読み取りました"),
                format!("line {line} of the .reg file ({en}), {count} in all; the rest was read"),
            ),
        )
    }

    /// An XML file that can't be read, or is another one.
    pub fn xml(place: impl Into<Place>, error: XmlError) -> Self {
        let ja = match error {
            XmlError::Syntax { line, column } => format!("XML の {line} 行 {column} 桁目"),
            XmlError::Root(name) => format!("{name} 要素がありません"),
            XmlError::TooMany => "要素または属性が多すぎます".to_owned(),
        };
        Self::malformed(place, &Text::new(ja, error.to_string()))
    }

    /// A database that can't be read.
    pub fn database(place: impl Into<Place>, error: DatabaseError) -> Self {
        let place = place.into();
        let text = |ja: &'static str| Text::new(format!("{ja}。"), error.to_string());
        match error {
            DatabaseError::Empty => Self::new(
                IssueKind::Denied,
                place,
                Text::fixed(
                    "データベースが空です。macOS では、ターミナルにフルディスクアクセスがないと空に見えることがあります。",
                    "the database is empty; on macOS it may look so without Full Disk Access for the terminal",
                ),
            ),
            DatabaseError::Encrypted => Self::new(
                IssueKind::Encrypted,
                place,
                text("データベースが暗号化されているか、不明な形式です"),
            ),
            DatabaseError::TooLarge => {
                Self::new(IssueKind::TooLarge, place, text("データベースが大きすぎます"))
            }
            DatabaseError::NotDatabase => Self::malformed(place, &text("SQLite データベースではありません")),
            DatabaseError::Malformed => Self::malformed(place, &text("データベースが壊れています")),
        }
    }
}
