//! Sylpheed: one accountrc in its folder.

mod steps;
mod words;

use super::accountrc::settings::{
    ACCOUNTRC, EXT_SENDMAIL_CMD, POP_AUTH_METHOD, PROTOCOL, SYLPHEEDRC, USE_APOP_AUTH, USE_EXT_SENDMAIL,
};
use super::accountrc::{self, Defaults, Kind, Origin, Place, Program};
use super::changing::{Changing, Form, Lock, Numbers, On, Written};
use super::look::{Look, Unclear};
use super::settings::Settings;
use super::{Asks, Client, Edition, Found, Reading};
use crate::model::{Auth, Confidence, Text};
use crate::source::rules::OwnFolder;
use crate::source::{Problem, User};

/// Sylpheed's row in the table of clients.
pub const CLIENT: Client = Client {
    id: "sylpheed",
    name: "Sylpheed",
    name_ja: None,
    typed: &["シルフィード"],
    certainty: Confidence::Verified,
    variants: &["Sylpheed or Claws Mail"],
    fourfold: &[],
    editions: &[Edition {
        id: "sylpheed",
        name: Text::fixed("Sylpheed", "Sylpheed"),
        typed: &[],
        steps: &[steps::STEPS],
        keeps_tls: false,
        header: steps::HEADER,
        receiving: Some(&words::RECEIVING),
    }],
    places: &[
        "~/.sylpheed-2.0/accountrc",
        r"%APPDATA%\Sylpheed\accountrc",
        "~/Library/Application Support/Sylpheed/accountrc",
        "~/.sylpheed/accountrc",
    ],
    sureness: Text::fixed(
        "Sylpheed のソースと、実際の Sylpheed(Debian)の通信を確かめた結果による",
        "from Sylpheed's source, and checked against what the real Sylpheed (Debian) does on the wire",
    ),
    files: &[&ACCOUNTRC, &SYLPHEEDRC],
    folders: &[OwnFolder { signs: &[&["accountrc"], &["sylpheedrc"]], place: "~/.sylpheed-2.0" }],
    keys: &[],
    // Without a user of its own, that for receiving (src/send_message.c, send_message_smtp).
    asks: Asks::AsIncoming,
    changing: Changing::Written(&Written {
        edits: accountrc::changing::edits,
        form: Form::Text(accountrc::changing::FORMAT),
        numbers: Numbers::Decimal,
        processes: &["sylpheed"],
        // src/main.c, get_socket_name
        lock: Lock::Sockets(&["{temporary}/sylpheed-{user}"]),
        tried_on: &[On::Linux],
    }),
    reading: Reading::Settings(|user: &User, found: &mut Found| -> Result<(), Problem> {
        accountrc::read(&PROGRAM, user, found);
        Ok(())
    }),
};

const SOURCE: &str = "Sylpheed's source (libsylph/prefs_account.c)";

/// Folders: libsylph/utils.c (get_rc_dir), libsylph/defs.h. Another one can be named at the start (`--configdir`).
const PROGRAM: Program = Program {
    client: "sylpheed",
    name: "Sylpheed",
    origins: &[Origin::Sylpheed, Origin::Unknown],
    common: &SYLPHEEDRC,
    places: &[
        Place { folder: "~/.sylpheed-2.0", store: ".sylpheed-2.0", is_verified: true, is_former: false },
        Place { folder: r"%APPDATA%\Sylpheed", store: "sylpheed", is_verified: false, is_former: false },
        Place {
            folder: "~/Library/Application Support/Sylpheed",
            store: "library/sylpheed",
            is_verified: false,
            is_former: false,
        },
        // Version 1; the present one copies it (src/main.c, migrate_old_config).
        Place { folder: "~/.sylpheed", store: ".sylpheed", is_verified: false, is_former: true },
    ],
    // libsylph/smtp.h
    methods: &[
        (0, Auth::Password),
        (1, Auth::Password),
        (2, Auth::EncryptedPassword),
        (4, Auth::EncryptedPassword),
        (8, Auth::Password),
        (16, Auth::OAuth2),
    ],
    // libsylph/imap.h
    imap_methods: &[
        (0, Auth::Password),
        (1, Auth::Password),
        (2, Auth::EncryptedPassword),
        (4, Auth::Password),
        (8, Auth::OAuth2),
    ],
    pop_auth,
    defaults: |_, _, _| Defaults { use_smtp_auth: 0, ssl: 0, source: SOURCE },
    kind,
    command,
    keeps_passwords: true,
    takes_empty_user: false,
    turns_to_starttls: false,
};

/// libsylph/prefs_account.h; APOP is turned into POP3 when the file is read.
fn kind(account: &Settings, _common: &Settings, look: &mut Look) -> Result<Kind, Unclear> {
    match look.number(account, PROTOCOL, 0, SOURCE)? {
        0 | 1 => Ok(Kind::Pop3),
        2 => Ok(Kind::FormerPop),
        3 => Ok(Kind::Imap),
        4 => Ok(Kind::News),
        5 => Ok(Kind::Local),
        _ => Err(Look::unknown(account, PROTOCOL)),
    }
}

/// libsylph/pop.c: OAuth 2 (8, libsylph/pop.h) goes first, then APOP; all else is USER and PASS. APOP was a protocol of its own
/// (libsylph/prefs_account.c).
fn pop_auth(account: &Settings, look: &mut Look) -> Option<Auth> {
    const OAUTH2: i64 = 8;
    let is_apop = look.switch(account, USE_APOP_AUTH, SOURCE);
    if look.number(account, POP_AUTH_METHOD, 0, SOURCE).ok()? == OAUTH2 {
        return Some(Auth::OAuth2);
    }
    let was_apop = account.peek_number(PROTOCOL) == Some(1);
    Some(if was_apop || is_apop.ok()? { Auth::Apop } else { Auth::Password })
}

/// A switch for all accounts in sylpheedrc; without a command it has no effect (src/send_message.c).
fn command(_account: &Settings, common: &Settings, look: &mut Look) -> Option<String> {
    const USUAL: &str = "/usr/sbin/sendmail";
    if !look.switch(common, USE_EXT_SENDMAIL, SOURCE).unwrap_or_default() {
        return None;
    }
    let command = look.text(common, EXT_SENDMAIL_CMD);
    command.or_else(|| (!common.has(EXT_SENDMAIL_CMD)).then(|| USUAL.to_owned()))
}
