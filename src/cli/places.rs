//! What is said of files and folders that were written, or can't be.

use super::USAGE;
use super::localize::usage;
use super::output::say;
use crate::model::{Lang, Text};
use crate::report::clean::clean;
use crate::source::trust::Unsafe;
use std::io;
use std::path::Path;

/// The result could not be written.
pub(super) fn not_written(path: Option<&Path>, error: &io::Error, lang: Lang) -> u8 {
    let place = path.map_or_else(|| "stdout".to_owned(), |path| clean(&path.display().to_string()));
    let reason = reason(error);
    let message = Text::new(
        format!("エラー: 結果を書けませんでした: {place} ({})", reason.ja),
        format!("error: the result could not be written: {place} ({})", reason.en),
    );
    say(message.get(lang));
    USAGE
}

/// What the program itself has against a place, in both languages; of others what the system says.
pub(super) fn reason(error: &io::Error) -> Text {
    let own = error.get_ref().and_then(|inner| inner.downcast_ref::<Unsafe>());
    let text = own.map_or_else(|| Text::new(error.to_string(), error.to_string()), Unsafe::text);
    Text::new(clean(&text.ja), clean(&text.en))
}

/// stdin could not be read.
pub(super) fn not_read(error: &io::Error, lang: Lang) -> u8 {
    let message = Text::new(
        format!("エラー: 標準入力を読めませんでした ({error})"),
        format!("error: stdin could not be read ({error})"),
    );
    say(message.get(lang));
    USAGE
}

/// The folder to be filled is there and not empty, or can't be made.
pub(super) fn not_a_new_folder(path: &Path, error: &io::Error, lang: Lang) -> u8 {
    let place = clean(&path.display().to_string());
    let message = match error.kind() {
        io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::NotADirectory => Text::new(
            format!("新しいフォルダーまたは空のフォルダーを指定してください: {place}"),
            format!("not a new or empty folder: {place}"),
        ),
        _ => {
            let reason = reason(error);
            Text::new(
                format!("フォルダーを作成できません: {place} ({})", reason.ja),
                format!("the folder can't be made: {place} ({})", reason.en),
            )
        }
    };
    usage(message.get(lang), lang)
}

/// What was collected.
pub(super) fn collected(path: &Path, users: usize, files: usize, lang: Lang) -> String {
    let place = clean(&path.display().to_string());
    if files == 0 {
        return Text::fixed("集める値がありません。", "there is nothing to collect").get(lang).to_owned();
    }
    let (users_en, files_en) =
        (if users == 1 { "user" } else { "users" }, if files == 1 { "file" } else { "files" });
    Text::new(
        format!("{place} に {users} 人分の値を {files} 個のファイルとして書きました。パスワードは含まれません。別の PC では smtp-auth-audit {place} で調べられます。"),
        format!("The values of {users} {users_en} are in {files} {files_en} in {place}, without any password. Elsewhere, smtp-auth-audit {place} scans them."),
    )
    .get(lang)
    .to_owned()
}

/// The result was written.
pub(super) fn written(path: &Path, lang: Lang) -> String {
    let place = clean(&path.display().to_string());
    Text::new(format!("結果を書きました: {place}"), format!("The result was written to {place}"))
        .get(lang)
        .to_owned()
}
