//! Sylpheed: one accountrc in its folder.

use super::accountrc::{self, Defaults, Kind, Origin, Place, Program};
use super::look::{Look, Unclear};
use super::settings::Settings;
use super::steps::{encryption, host_in_brackets, touches_login};
use super::{Client, Edition, Found, Reading};
use crate::model::{Auth, Needs, Text};
use crate::source::{Problem, User};

/// Sylpheed's row in the table of clients.
pub const CLIENT: Client = Client {
    id: "sylpheed",
    name: "Sylpheed",
    editions: &[Edition { id: "sylpheed", name: Text::fixed("Sylpheed", "Sylpheed") }],
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
    files: &[],
    keys: &[],
    reading: Reading::Settings(|user: &User, found: &mut Found| -> Result<(), Problem> {
        accountrc::read(&PROGRAM, user, found);
        Ok(())
    }),
    steps,
};

const SOURCE: &str = "Sylpheed's source (libsylph/prefs_account.c)";

/// Folders: libsylph/utils.c (get_rc_dir), libsylph/defs.h. Another one can be named at the start (`--configdir`).
const PROGRAM: Program = Program {
    client: "sylpheed",
    name: "Sylpheed",
    origins: &[Origin::Sylpheed, Origin::Unknown],
    common: "sylpheedrc",
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
    defaults: |_| Defaults { use_smtp_auth: 0, ssl: 0, source: SOURCE },
    kind,
    command,
    takes_empty_user: false,
    turns_to_starttls: false,
};

/// libsylph/prefs_account.h; APOP is turned into POP3 when the file is read.
fn kind(account: &Settings, _common: &Settings, look: &mut Look) -> Result<Kind, Unclear> {
    match look.number(account, "protocol", 0, SOURCE)? {
        0 | 1 => Ok(Kind::Pop3),
        2 => Ok(Kind::FormerPop),
        3 => Ok(Kind::Imap),
        4 => Ok(Kind::News),
        5 => Ok(Kind::Local),
        _ => Err(look.unknown(account, "protocol")),
    }
}

/// A switch for all accounts in sylpheedrc; without a command it has no effect (src/send_message.c).
fn command(_account: &Settings, common: &Settings, look: &mut Look) -> Option<String> {
    const USUAL: &str = "/usr/sbin/sendmail";
    if !look.switch(common, "use_ext_sendmail", SOURCE).unwrap_or_default() {
        return None;
    }
    let command = look.text(common, "ext_sendmail_cmd");
    command.or_else(|| (!common.has("ext_sendmail_cmd")).then(|| USUAL.to_owned()))
}

/// Labels: src/prefs_account_dialog.c and po/ja.po of Sylpheed 3.8.
fn steps(_edition: &str, needs: &Needs) -> Vec<Text> {
    let (ja, en) = host_in_brackets(needs);
    let mut list = vec![Text::new(
        format!(
            "Sylpheed の [設定(C)] メニューから [アカウントの編集(E)...] を開き、対象のアカウント{ja}を選んで [編集(E)] をクリックします。"
        ),
        format!(
            "In Sylpheed, open [Configuration] > [Edit accounts...], select the account{en} and click [Edit]."
        ),
    )];
    if touches_login(needs) {
        list.push(Text::fixed("[送信] タブを開きます。", "Open the tab [Send]."));
    }
    if needs.authenticate {
        list.push(Text::fixed(
            "[SMTP認証 (SMTP AUTH)] にチェックを入れます。[ユーザID] と [パスワード] は、空のままにすると受信時と同じものが使われます。",
            "Tick [SMTP Authentication (SMTP AUTH)]. If [User ID] and [Password] are left empty, those for receiving are used.",
        ));
    }
    if needs.log_on_first_off {
        list.push(Text::fixed(
            "[送信前にPOP3認証を行う] のチェックを外します。",
            "Untick [Authenticate with POP3 before sending].",
        ));
    }
    let frame = Text::fixed("送信 (SMTP)", "Send (SMTP)");
    let starttls = Text::fixed(
        "SSLセッションの開始にSTARTTLSコマンドを使用",
        "Use STARTTLS command to start SSL session",
    );
    let tls = Text::fixed("SMTPの接続にSSLを使用", "Use SSL for SMTP connection");
    if let Some(step) = encryption(&frame, (&starttls, &tls), needs) {
        list.push(Text::fixed("[SSL] タブを開きます。", "Open the tab [SSL]."));
        list.push(step);
    }
    if let Some(port) = needs.port {
        list.push(Text::new(
            format!("[高度な設定] タブを開き、[SMTPポートを指定] にチェックを入れて「{port}」と入力します。"),
            format!("Open the tab [Advanced], tick [Specify SMTP port] and enter {port}."),
        ));
    }
    list.push(Text::fixed(
        "[OK] をクリックします。パスワードを保存していない場合は、次に送信するときに聞かれるので入力します。",
        "Click [OK]. If no password is saved, the program asks for it the next time it sends: enter it.",
    ));
    list
}
