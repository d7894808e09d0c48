//! Clients that are only detected: a row of data each, read by `presence`.

mod steps;
mod words;

use super::changing::Changing;
use super::steps::{ANY_RECEIVING, Header, Step};
use super::{Asks, Client, Edition, Reading};
use crate::model::{Confidence, Text};
pub(crate) use steps::ANY_CLIENT;

const DOCUMENTED: Text = Text::fixed(
    "設定があることだけを調べます。場所は開発元の文書またはソースによる",
    "tells only that there are settings of it; the places are from its maker's documents or source",
);
const INFERRED: Text = Text::fixed(
    "設定があることだけを調べます。場所は第三者の文書などによる推定です",
    "tells only that there are settings of it; the places are inferred from what others write",
);

/// The only edition of a client, whose id is its own.
const fn edition(
    id: &'static str,
    ja: &'static str,
    en: &'static str,
    steps: &'static [&'static [Step]],
) -> Edition {
    Edition {
        id,
        name: Text::fixed(ja, en),
        typed: &[],
        steps,
        keeps_tls: false,
        header: Header::Unknown,
        receiving: Some(&ANY_RECEIVING),
    }
}

/// A folder for each account below the working folder, whose usual place and registry key an importer names (Bird Import,
/// thebat.js); a program for others' spam filters reads the same key.
pub const THE_BAT: Client = Client {
    id: "the-bat",
    name: "The Bat!",
    name_ja: None,
    typed: &["bat"],
    certainty: Confidence::Inferred,
    variants: &[],
    fourfold: &[],
    editions: &[edition("the-bat", "The Bat!", "The Bat!", steps::THE_BAT)],
    places: &[
        r"%APPDATA%\The Bat!\*\Account.CFN",
        r"%APPDATA%\The Bat!\*\Account.CFG",
        r"HKCU\Software\RIT\The Bat!",
    ],
    sureness: INFERRED,
    files: &[],
    folders: &[],
    keys: &[],
    asks: Asks::Unknown,
    changing: Changing::Steps,
    reading: Reading::Presence(Confidence::Inferred),
};

/// forum.emclient.com names the folder on both systems and settings.dat in it; accounts.dat UNCONFIRMED.
pub const EM_CLIENT: Client = Client {
    id: "em-client",
    name: "eM Client",
    name_ja: None,
    typed: &[],
    certainty: Confidence::Inferred,
    variants: &[],
    fourfold: &[],
    editions: &[edition("em-client", "eM Client", "eM Client", steps::ANY)],
    places: &[
        r"%APPDATA%\eM Client\accounts.dat",
        r"%APPDATA%\eM Client\settings.dat",
        "~/Library/Application Support/eM Client/accounts.dat",
        "~/Library/Application Support/eM Client/settings.dat",
    ],
    sureness: INFERRED,
    files: &[],
    folders: &[],
    keys: &[],
    asks: Asks::Unknown,
    changing: Changing::Steps,
    reading: Reading::Presence(Confidence::Inferred),
};

/// Readers of other projects open this database.
pub const MAILBIRD: Client = Client {
    id: "mailbird",
    name: "Mailbird",
    name_ja: None,
    typed: &[],
    certainty: Confidence::Inferred,
    variants: &[],
    fourfold: &[],
    editions: &[edition("mailbird", "Mailbird", "Mailbird", steps::ANY)],
    places: &[r"%LOCALAPPDATA%\Mailbird\Store\Store.db"],
    sureness: INFERRED,
    files: &[],
    folders: &[],
    keys: &[],
    asks: Asks::Unknown,
    changing: Changing::Steps,
    reading: Reading::Presence(Confidence::Inferred),
};

/// A macro that compares versions names the key; the editor of the same maker has another one beside it.
pub const HIDEMARU: Client = Client {
    id: "hidemaru-mail",
    name: "Hidemaru Mail (秀丸メール)",
    name_ja: Some("秀丸メール"),
    typed: &["秀丸", "秀丸メール", "turukame", "鶴亀メール"],
    certainty: Confidence::Inferred,
    variants: &[],
    fourfold: &[],
    editions: &[edition(
        "hidemaru-mail",
        "秀丸メール (旧 鶴亀メール)",
        "Hidemaru Mail (formerly TuruKame Mail)",
        steps::HIDEMARU,
    )],
    places: &[r"HKCU\Software\Hidemaruo\TuruKame"],
    sureness: INFERRED,
    files: &[],
    folders: &[],
    keys: &[],
    asks: Asks::Unknown,
    changing: Changing::Steps,
    reading: Reading::Presence(Confidence::Inferred),
};

/// edcom.jp/edmax/html/afxc6l6a.htm: the data lie in the program's folder; afxc1epa.htm: AccountX for each account. Where
/// the program is installed UNCONFIRMED. Windows redirects what is written below Program Files.
pub const EDMAX: Client = Client {
    id: "edmax",
    name: "EdMax",
    name_ja: None,
    typed: &[],
    certainty: Confidence::Inferred,
    variants: &[],
    fourfold: &[],
    editions: &[edition("edmax", "EdMax", "EdMax", steps::EDMAX)],
    places: &[
        r"%LOCALAPPDATA%\VirtualStore\Program Files (x86)\EdMax\Account*",
        r"%LOCALAPPDATA%\VirtualStore\Program Files\EdMax\Account*",
        r"%PROGRAMFILES(X86)%\EdMax\Account*",
        r"%PROGRAMFILES%\EdMax\Account*",
        r"%SYSTEMDRIVE%\EdMax\Account*",
    ],
    sureness: INFERRED,
    files: &[],
    folders: &[],
    keys: &[],
    asks: Asks::Unknown,
    changing: Changing::Steps,
    reading: Reading::Presence(Confidence::Inferred),
};

/// ebstudio.info/manual/KWIC/0_5_4_3.html names the key, with the value MailboxPath.
pub const AL_MAIL: Client = Client {
    id: "al-mail",
    name: "AL-Mail",
    name_ja: None,
    typed: &["almail32"],
    certainty: Confidence::Inferred,
    variants: &[],
    fourfold: &[],
    editions: &[edition("al-mail", "AL-Mail", "AL-Mail", steps::ANY)],
    places: &[r"HKCU\Software\CREAR\AL-Mail*"],
    sureness: INFERRED,
    files: &[],
    folders: &[],
    keys: &[],
    asks: Asks::Unknown,
    changing: Changing::Steps,
    reading: Reading::Presence(Confidence::Inferred),
};

/// UNCONFIRMED: the maker's other programs keep their settings so.
pub const SHURIKEN: Client = Client {
    id: "shuriken",
    name: "Shuriken",
    name_ja: None,
    typed: &["シュリケン"],
    certainty: Confidence::Inferred,
    variants: &[],
    fourfold: &[],
    editions: &[edition("shuriken", "Shuriken", "Shuriken", steps::ANY)],
    places: &[r"HKCU\Software\Justsystem\Shuriken*", r"HKCU\Software\JustSystems\Shuriken*"],
    sureness: INFERRED,
    files: &[],
    folders: &[],
    keys: &[],
    asks: Asks::Unknown,
    changing: Changing::Steps,
    reading: Reading::Presence(Confidence::Inferred),
};

/// denshin8.jp/den8help: an .ini in the working folder; its name and the folder's are UNCONFIRMED.
pub const DENSHIN_8: Client = Client {
    id: "denshin-8",
    name: "Denshin 8 (電八)",
    name_ja: Some("電信八号 (電八)"),
    typed: &["電八", "denpachi"],
    certainty: Confidence::Inferred,
    variants: &[],
    fourfold: &[],
    editions: &[edition("denshin-8", "電八 (電信八号)", "Denshin 8 Go (Denpachi)", steps::ANY)],
    places: &[
        r"%LOCALAPPDATA%\VirtualStore\Program Files (x86)\Den8\*.ini",
        r"%PROGRAMFILES(X86)%\Den8\Den8.ini",
        r"%PROGRAMFILES%\Den8\Den8.ini",
        r"%SYSTEMDRIVE%\Den8\Den8.ini",
    ],
    sureness: INFERRED,
    files: &[],
    folders: &[],
    keys: &[],
    asks: Asks::Unknown,
    changing: Changing::Steps,
    reading: Reading::Presence(Confidence::Inferred),
};

/// SigmaHQ's rules against the theft of accounts list the key, and xenarmor.com explains what is below it.
pub const INCREDIMAIL: Client = Client {
    id: "incredimail",
    name: "IncrediMail",
    name_ja: None,
    typed: &[],
    certainty: Confidence::Inferred,
    variants: &[],
    fourfold: &[],
    editions: &[edition("incredimail", "IncrediMail", "IncrediMail", steps::ANY)],
    places: &[r"HKCU\Software\IncrediMail\Identities\*\Accounts_New\*"],
    sureness: INFERRED,
    files: &[],
    folders: &[],
    keys: &[],
    asks: Asks::Unknown,
    changing: Changing::Steps,
    reading: Reading::Presence(Confidence::Inferred),
};

/// comm-central nsEudoraWin32.cpp (before 2012) reads the key, whose command line names the mail folder; Eudora's own
/// notes name the user's application data where neither is set.
pub const EUDORA: Client = Client {
    id: "eudora",
    name: "Eudora",
    name_ja: None,
    typed: &["ユードラ"],
    certainty: Confidence::Documented,
    variants: &[],
    fourfold: &[],
    editions: &[edition("eudora", "Eudora", "Eudora", steps::ANY)],
    places: &[
        r"%APPDATA%\Qualcomm\Eudora\eudora.ini (POPAccount)",
        r"HKCU\Software\Qualcomm\Eudora\CommandLine",
    ],
    sureness: DOCUMENTED,
    files: &[],
    folders: &[],
    keys: &[],
    asks: Asks::Unknown,
    changing: Changing::Steps,
    reading: Reading::Presence(Confidence::Documented),
};

/// opera.com/docs/operafiles for Windows. The browser leaves the file as well, and feeds stand in it too: only a mail
/// account has an outgoing server (KDE/kdepim operasettings.cpp). The places of Opera Mail 1.0 and of macOS UNCONFIRMED.
pub const OPERA: Client = Client {
    id: "opera-mail",
    name: "Opera Mail",
    name_ja: None,
    typed: &[],
    certainty: Confidence::Inferred,
    variants: &[],
    fourfold: &[],
    editions: &[edition("opera-mail", "Opera Mail", "Opera Mail", steps::ANY)],
    places: &[
        r"%LOCALAPPDATA%\Opera Mail\*\mail\accounts.ini (Outgoing Servername)",
        r"%LOCALAPPDATA%\Opera\*\mail\accounts.ini (Outgoing Servername)",
        r"%APPDATA%\Opera\*\mail\accounts.ini (Outgoing Servername)",
        "~/.opera/mail/accounts.ini (Outgoing Servername)",
        "~/Library/Opera/mail/accounts.ini (Outgoing Servername)",
    ],
    sureness: INFERRED,
    files: &[],
    folders: &[],
    keys: &[],
    asks: Asks::Unknown,
    changing: Changing::Steps,
    reading: Reading::Presence(Confidence::Inferred),
};

/// Foundry376/Mailspring app/src/browser/main.js; that of Flatpak and of Snap from scripts of users. Without an account
/// there is no address in the file.
pub const MAILSPRING: Client = Client {
    id: "mailspring",
    name: "Mailspring",
    name_ja: None,
    typed: &[],
    certainty: Confidence::Documented,
    variants: &[],
    fourfold: &[],
    editions: &[edition("mailspring", "Mailspring", "Mailspring", steps::ANY)],
    places: &[
        r"%APPDATA%\Mailspring\config.json (emailAddress)",
        "~/Library/Application Support/Mailspring/config.json (emailAddress)",
        "~/.config/Mailspring/config.json (emailAddress)",
        "~/snap/mailspring/common/config.json (emailAddress)",
        "~/.var/app/com.getmailspring.Mailspring/config/Mailspring/config.json (emailAddress)",
    ],
    sureness: DOCUMENTED,
    files: &[],
    folders: &[],
    keys: &[],
    asks: Asks::Unknown,
    changing: Changing::Steps,
    reading: Reading::Presence(Confidence::Documented),
};

/// KDE/akonadi-import-wizard balsasettings.cpp; the newer place UNCONFIRMED.
pub const BALSA: Client = Client {
    id: "balsa",
    name: "Balsa",
    name_ja: None,
    typed: &[],
    certainty: Confidence::Inferred,
    variants: &[],
    fourfold: &[],
    editions: &[edition("balsa", "Balsa", "Balsa", steps::ANY)],
    places: &["~/.balsa/config (smtp-server-)", "~/.config/balsa/config (smtp-server-)"],
    sureness: INFERRED,
    files: &[],
    folders: &[],
    keys: &[],
    asks: Asks::Unknown,
    changing: Changing::Steps,
    reading: Reading::Presence(Confidence::Inferred),
};

/// KDE/akonadi-import-wizard trojitasettings.cpp; on Windows Qt keeps such settings in the registry.
pub const TROJITA: Client = Client {
    id: "trojita",
    name: "Trojita",
    name_ja: None,
    typed: &[],
    certainty: Confidence::Inferred,
    variants: &[],
    fourfold: &[],
    editions: &[edition("trojita", "Trojita", "Trojita", steps::ANY)],
    places: &["~/.config/flaska.net/trojita.conf (msa.)", r"HKCU\Software\flaska.net\trojita"],
    sureness: INFERRED,
    files: &[],
    folders: &[],
    keys: &[],
    asks: Asks::Unknown,
    changing: Changing::Steps,
    reading: Reading::Presence(Confidence::Inferred),
};
