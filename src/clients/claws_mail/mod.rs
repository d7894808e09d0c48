//! Claws Mail: one accountrc in its folder; what its numbers mean depends on the version that wrote it.

mod steps;
mod words;

use super::accountrc::settings::{
    ACCOUNTRC, CLAWSRC, CONFIG_VERSION, MAIL_COMMAND, POP_AUTH_METHOD, PROTOCOL, USE_APOP_AUTH,
    USE_MAIL_COMMAND, USE_POP_AUTH,
};
use super::accountrc::{self, Defaults, Kind, Origin, Place, Program};
use super::changing::{Changing, Form, Lock, Numbers, On, Written};
use super::look::{Look, Unclear};
use super::settings::Settings;
use super::{Asks, Client, Edition, Found, Reading};
use crate::model::{Auth, Confidence, Text};
use crate::source::rules::OwnFolder;
use crate::source::{Problem, User};

/// Claws Mail's row in the table of clients.
pub const CLIENT: Client = Client {
    id: "claws-mail",
    name: "Claws Mail",
    name_ja: None,
    typed: &["claws"],
    certainty: Confidence::Verified,
    variants: &["Sylpheed or Claws Mail"],
    fourfold: &[],
    editions: &[Edition {
        id: "claws-mail",
        name: Text::fixed("Claws Mail", "Claws Mail"),
        typed: &[],
        steps: &[steps::STEPS],
        keeps_tls: false,
        header: steps::HEADER,
        receiving: Some(&words::RECEIVING),
    }],
    places: &[
        "~/.claws-mail/accountrc",
        r"%APPDATA%\Claws-mail\accountrc",
        "~/.sylpheed-claws/accountrc",
        "~/.sylpheed-gtk2/accountrc",
        "~/.sylpheed/accountrc",
    ],
    sureness: Text::fixed(
        "Claws Mail のソースと、実際の Claws Mail(Debian)の通信を確かめた結果による",
        "from Claws Mail's source, and checked against what the real Claws Mail (Debian) does on the wire",
    ),
    files: &[&ACCOUNTRC, &CLAWSRC],
    folders: &[OwnFolder { signs: &[&["accountrc"], &["clawsrc"]], place: "~/.claws-mail" }],
    keys: &[],
    // Without a user of its own, that for receiving (src/send_message.c, send_message_smtp_full).
    asks: Asks::AsIncoming,
    changing: Changing::Written(&Written {
        edits: accountrc::changing::edits,
        form: Form::Text(accountrc::changing::FORMAT),
        numbers: Numbers::Decimal,
        processes: &["claws-mail"],
        // src/main.c, claws_get_socket_name; the second one up to 3.17
        lock: Lock::Sockets(&["{runtime}/claws-mail/{md5}", "{temporary}/claws-mail-{user}"]),
        tried_on: &[On::Linux],
    }),
    reading: Reading::Settings(|user: &User, found: &mut Found| -> Result<(), Problem> {
        accountrc::read(&PROGRAM, user, found);
        Ok(())
    }),
};

const SOURCE: &str = "Claws Mail's source (src/prefs_account.c), up to 4.3.0";
const SOURCE_SINCE_4_3_1: &str = "Claws Mail's source (src/prefs_account.c), since 4.3.1";
/// The number of the settings' version in 4.3.1, whose defaults are other ones (commits 4dc29628f and 3822d6849).
const SECURE_DEFAULTS: i64 = 5;

/// Folders: src/common/defs.h and src/main.c (migrate_old_config); on Windows the home is `%APPDATA%`. Another one can be
/// named at the start (`--alternate-config-dir`).
const PROGRAM: Program = Program {
    client: "claws-mail",
    name: "Claws Mail",
    origins: &[Origin::Claws],
    common: &CLAWSRC,
    places: &[
        Place { folder: "~/.claws-mail", store: ".claws-mail", is_verified: true, is_former: false },
        Place { folder: r"%APPDATA%\Claws-mail", store: "claws-mail", is_verified: false, is_former: false },
        Place { folder: "~/.sylpheed-claws", store: ".sylpheed-claws", is_verified: false, is_former: true },
        Place { folder: "~/.sylpheed-gtk2", store: ".sylpheed-gtk2", is_verified: false, is_former: true },
        Place { folder: "~/.sylpheed", store: ".sylpheed", is_verified: false, is_former: true },
    ],
    // src/common/smtp.h
    methods: &[
        (0, Auth::Password),
        (1, Auth::Password),
        (2, Auth::EncryptedPassword),
        (4, Auth::EncryptedPassword),
        (16, Auth::Password),
        (32, Auth::OAuth2),
    ],
    // src/imap.h; 0 takes what the server offers (src/imap.c).
    imap_methods: &[
        (0, Auth::Password),
        (1, Auth::Password),
        (2, Auth::EncryptedPassword),
        (4, Auth::None),
        (8, Auth::Kerberos),
        (16, Auth::EncryptedPassword),
        (32, Auth::EncryptedPassword),
        (64, Auth::Password),
        (128, Auth::Password),
        (256, Auth::OAuth2),
        (512, Auth::EncryptedPassword),
        (1024, Auth::EncryptedPassword),
        (2048, Auth::EncryptedPassword),
        (4096, Auth::EncryptedPassword),
    ],
    pop_auth,
    defaults,
    kind,
    command,
    // passwordstorerc, since 3.14.
    keeps_passwords: false,
    takes_empty_user: true,
    turns_to_starttls: true,
};

/// The program's version is not stored; that of the settings tells which one has run here: it stands in clawsrc, and with each
/// account, which may lie alone or have been put beside an older clawsrc.
fn defaults(account: &Settings, common: &Settings, look: &mut Look) -> Defaults {
    let is_secure =
        |from: &&Settings| from.peek_number(CONFIG_VERSION).is_some_and(|version| version >= SECURE_DEFAULTS);
    if let Some(told) = [account, common].iter().find(|from| is_secure(from)) {
        look.record(told, CONFIG_VERSION, None);
        Defaults { use_smtp_auth: 1, ssl: 1, source: SOURCE_SINCE_4_3_1 }
    } else {
        Defaults { use_smtp_auth: 0, ssl: 0, source: SOURCE }
    }
}

/// src/prefs_account.h and src/prefs_migration.c: since version 1 of the settings (3.14) the numbers are others.
fn kind(account: &Settings, common: &Settings, look: &mut Look) -> Result<Kind, Unclear> {
    let protocol = look.number(account, PROTOCOL, 0, SOURCE)?;
    // POP3 at all times
    if protocol == 0 {
        return Ok(Kind::Pop3);
    }
    match (version(account, common, look)? >= 1, protocol) {
        (false, 1) => Ok(Kind::Pop3),
        (false, 2) => Ok(Kind::FormerPop),
        (true, 1) | (false, 3) => Ok(Kind::Imap),
        (true, 2) | (false, 4) => Ok(Kind::News),
        (true, 3 | 4) | (false, 5 | 6) => Ok(Kind::Local),
        _ => Err(Look::unknown(account, PROTOCOL)),
    }
}

/// src/pop.c and src/pop.h: 1 is APOP, 2 OAuth 2, if the switch is on. Before that there was `use_apop_auth`, which
/// src/prefs_migration.c turns into it, and once a protocol of its own.
fn pop_auth(account: &Settings, look: &mut Look) -> Option<Auth> {
    if !account.has(USE_POP_AUTH) {
        let is_apop = look.switch(account, USE_APOP_AUTH, SOURCE).ok()?;
        let was_apop = account.peek_number(PROTOCOL) == Some(1);
        return Some(if was_apop || is_apop { Auth::Apop } else { Auth::Password });
    }
    if !look.switch(account, USE_POP_AUTH, SOURCE).ok()? {
        return Some(Auth::Password);
    }
    match look.number(account, POP_AUTH_METHOD, 0, SOURCE).ok()? {
        0 => Some(Auth::Password),
        1 => Some(Auth::Apop),
        2 => Some(Auth::OAuth2),
        _ => None,
    }
}

/// The version of an account's settings; -1 and none stand for that in clawsrc. Only versions that know the number write
/// -1 (for accounts that are new): where there is no clawsrc, it means the new numbers.
fn version(account: &Settings, common: &Settings, look: &mut Look) -> Result<i64, Unclear> {
    match look.number(account, CONFIG_VERSION, -1, SOURCE)? {
        -1 if common.has(CONFIG_VERSION) => look.number(common, CONFIG_VERSION, 0, SOURCE),
        -1 if account.has(CONFIG_VERSION) => Ok(1),
        -1 => look.number(common, CONFIG_VERSION, 0, SOURCE),
        version => Ok(version),
    }
}

/// Without a command the switch has no effect (src/send_message.c).
fn command(account: &Settings, _common: &Settings, look: &mut Look) -> Option<String> {
    const USUAL: &str = "/usr/sbin/sendmail";
    if !look.switch(account, USE_MAIL_COMMAND, SOURCE).unwrap_or_default() {
        return None;
    }
    let command = look.text(account, MAIL_COMMAND);
    command.or_else(|| (!account.has(MAIL_COMMAND)).then(|| USUAL.to_owned()))
}
