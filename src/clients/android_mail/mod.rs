//! The mail apps that come with Android: AOSP Email, the Gmail app's POP and IMAP accounts, Samsung Email. One database,
//! as a file, in a folder copied from a phone, or in an Android backup.

pub(super) mod dialogue;
mod account;
mod copy;
mod files;
mod outgoing;
mod settings;
mod steps;
mod words;

use super::changing::Changing;
use super::{Asks, Client, Edition, Found, Reading};
use crate::model::{Confidence, IssueKind, Text};
use crate::source::database::Database;
use crate::source::{Problem, User};
use files::{BACKUP, DATABASE};

/// The row of Android's mail apps in the table of clients.
pub const CLIENT: Client = Client {
    id: "android-mail",
    name: "Android Mail",
    name_ja: Some("Android のメール"),
    typed: &["android", "アンドロイド", "Xperia", "AQUOS"],
    certainty: Confidence::Documented,
    variants: &["Gmail (Android)", "Samsung Email"],
    fourfold: &[],
    editions: &[
        Edition {
            id: GMAIL_6,
            name: Text::fixed("Gmail (Android 6.x)", "Gmail (Android 6.x)"),
            typed: &["Android 5", "Android 6", "Gmail Android 6"],
            steps: steps::GMAIL_6,
            keeps_tls: false,
            header: steps::HEADER,
            receiving: Some(&words::RECEIVING),
        },
        Edition {
            id: GMAIL,
            name: Text::fixed("Gmail (Android、現行版)", "Gmail (Android, current versions)"),
            typed: &["Gmail app", "Gmail アプリ"],
            steps: steps::GMAIL,
            keeps_tls: false,
            header: steps::HEADER,
            receiving: Some(&words::RECEIVING),
        },
        Edition {
            id: EMAIL,
            name: Text::fixed("メール (Android 標準)", "Email (Android)"),
            typed: &["Android Email"],
            steps: steps::EMAIL,
            keeps_tls: false,
            header: steps::HEADER,
            receiving: Some(&words::RECEIVING),
        },
        Edition {
            id: SAMSUNG,
            name: Text::fixed("Samsung メール (Galaxy)", "Samsung Email (Galaxy)"),
            typed: &["Samsung", "Galaxy", "ギャラクシー", "Galaxy メール"],
            steps: steps::SAMSUNG,
            keeps_tls: false,
            header: steps::HEADER,
            receiving: Some(&words::RECEIVING),
        },
    ],
    places: &[
        "/data/data/com.android.email/databases/EmailProvider.db",
        "/data/data/com.google.android.gm/databases/EmailProvider.db",
        "/data/data/com.samsung.android.email.provider/databases/EmailProvider.db",
        "*.ab (adb backup)",
    ],
    sureness: Text::fixed(
        "標準の「メール」は Android のソースによる。Gmail アプリと Samsung メールは同じ形式とみなします(推定)。端末から取り出したファイルだけを読みます",
        "Email from the source of Android; the Gmail app and Samsung Email are taken to be alike. Reads files that were copied from the phone",
    ),
    files: &[&DATABASE, &BACKUP],
    folders: &[],
    keys: &[],
    // The dialog has a user name and password of its own (AccountSetupOutgoingFragment.java).
    asks: Asks::Own,
    changing: Changing::Steps,
    reading: Reading::Settings(read),
};

/// Gmail as it came with Android 6, in the words of the notice.
const GMAIL_6: &str = "gmail-android-6";
/// Gmail of today.
const GMAIL: &str = "gmail-android";
/// AOSP Email.
const EMAIL: &str = "android-email";
/// Samsung's app.
const SAMSUNG: &str = "samsung-email";

/// An app, by the name of its package.
#[derive(Debug, Clone, Copy)]
struct App {
    name: &'static str,
    edition: &'static str,
    confidence: Confidence,
}

/// Packages by how their names begin. Gmail: ALEAPP, scripts/artifacts/gmailIMAPEmails.py, knows the same tables; that the
/// flags mean the same, and all of Samsung's newer package, is a conclusion.
const APPS: [(&str, App); 3] = [
    (
        "com.google.android.gm",
        App { name: "Gmail (Android)", edition: GMAIL, confidence: Confidence::Inferred },
    ),
    (
        "com.android.email",
        App { name: "Email (Android)", edition: EMAIL, confidence: Confidence::Documented },
    ),
    ("com.samsung.", App { name: "Samsung Email", edition: SAMSUNG, confidence: Confidence::Inferred }),
];
/// A database whose folder does not tell the app: all of them are AOSP's Email in origin.
const ANY_APP: App = App { name: "Android Mail", edition: EMAIL, confidence: Confidence::Inferred };

/// A database, as people see it and as it stands in a finding's id.
#[derive(Debug)]
struct Place {
    shown: String,
    store: String,
    app: App,
    profile: Option<String>,
}

#[expect(clippy::unnecessary_wraps, reason = "the type that the table of clients asks for")]
fn read(user: &User, found: &mut Found) -> Result<(), Problem> {
    for given in &user.given {
        let part = if *given.rule == DATABASE {
            read_file(user, &given.path, found)
        } else if *given.rule == BACKUP {
            read_backup(user, &given.path, found)
        } else {
            continue;
        };
        found.isolate(part);
    }
    Ok(())
}

fn read_file(user: &User, path: &str, found: &mut Found) -> Result<(), Problem> {
    let Some(database) = user.database(path, &DATABASE)? else { return Ok(()) };
    // The folders above what PATH names tell the app, too.
    let relative = relative(path);
    let whole = format!("{}/{relative}", user.given_folder().replace('\\', "/"));
    read_accounts(&database, &Place::new(user.place(path), relative.to_lowercase(), &whole), found)
}

fn read_backup(user: &User, path: &str, found: &mut Found) -> Result<(), Problem> {
    let Some(backup) = user.android_backup(path, DATABASE.id, &BACKUP)? else { return Ok(()) };
    let shown = user.place(path);
    found.problems.extend(backup.cut.map(|error| error.problem(&shown)));
    if backup.databases.is_empty() && backup.cut.is_none() {
        found.problems.push(nothing_inside(&shown, backup.files));
    }
    for packed in backup.databases {
        let inside = format!("{shown}: {}", packed.path);
        let store = format!("{}/{}", relative(path), packed.path).to_lowercase();
        let place = Place::new(inside, store, &packed.path);
        let part = match packed.database {
            Ok(database) => read_accounts(&database, &place, found),
            Err(error) => Err(Problem::database(&place.shown, error)),
        };
        found.isolate(part);
    }
    Ok(())
}

/// The path below what PATH names.
fn relative(path: &str) -> String {
    path.trim_start_matches("%GIVEN%").trim_start_matches(['\\', '/']).replace('\\', "/")
}

/// Not "no accounts": since Android 5 the mail apps keep out of backups (AOSP, packages/apps/Email, "Disable backup"), and
/// a phone on which nobody confirmed the backup sends an archive without a single file.
fn nothing_inside(shown: &str, files: u64) -> Problem {
    let message = if files == 0 {
        Text::fixed(
            "Android のバックアップが空です。端末がバックアップを拒否したか、端末の画面で許可されていません。端末の画面で設定を確認してください。",
            "the Android backup is empty: the phone refused it, or nobody confirmed it on the screen; look at the settings on the phone",
        )
    } else {
        Text::fixed(
            "Android のバックアップにメールアプリのデータがありません。Android 5 以降のメールアプリはバックアップの対象外です。端末の画面で設定を確認してください。",
            "the Android backup holds no data of a mail app: since Android 5 these keep out of backups; look at the settings on the phone",
        )
    };
    Problem::new(IssueKind::Denied, shown, message)
}

fn read_accounts(database: &Database, place: &Place, found: &mut Found) -> Result<(), Problem> {
    account::read(database, place, found).map_err(|error| Problem::database(&place.shown, error))
}

impl Place {
    /// A table of the database.
    fn of_table(&self, table: settings::Table) -> String {
        format!("{}: {}", self.shown, table.name)
    }

    /// `path` holds the name of the package: `…/data/data/<package>/…`, `…/data/user/<n>/<package>/…`, `apps/<package>/…`.
    fn new(shown: String, store: String, path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').collect();
        let of_package = |part: &str| {
            let part = part.to_ascii_lowercase();
            APPS.iter().find(|(start, _)| part.starts_with(start)).map(|(_, app)| *app)
        };
        let at = parts.iter().rposition(|part| of_package(part).is_some());
        let app = at.and_then(|at| of_package(parts.get(at)?)).unwrap_or(ANY_APP);
        // The first user is 0, and most phones have no other.
        let profile = at.and_then(|at| {
            let number = parts.get(at.checked_sub(1)?)?;
            let above = parts.get(at.checked_sub(2)?)?;
            let is_other = above.starts_with("user") && number.parse::<u32>().is_ok_and(|number| number != 0);
            is_other.then(|| format!("user {number}"))
        });
        Self { shown, store, app, profile }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_tells_the_app_and_the_user() {
        for (path, name, profile) in [
            ("/data/data/com.android.email/databases/EmailProvider.db", "Email (Android)", None),
            ("x/data/user/0/com.google.android.gm/databases/a.db", "Gmail (Android)", None),
            ("x/data/user/10/com.google.android.gm/databases/a.db", "Gmail (Android)", Some("user 10")),
            ("data/user_de/11/com.android.email/databases/a.db", "Email (Android)", Some("user 11")),
            ("com.samsung.android.email.provider/databases/a.db", "Samsung Email", None),
            ("com.android.email.backup/com.samsung.android.email.provider/a.db", "Samsung Email", None),
            ("apps/com.android.email/db/EmailProvider.db", "Email (Android)", None),
            ("10/com.android.email/a.db", "Email (Android)", None),
            ("desk/EmailProvider.db", "Android Mail", None),
            ("", "Android Mail", None),
        ] {
            let place = Place::new(String::new(), String::new(), path);
            assert_eq!((place.app.name, place.profile.as_deref()), (name, profile), "{path}");
        }
    }
}
