//! The words of Sylpheed's dialogs for signing in and for receiving.
//!
//! src/prefs_account_dialog.c and po/ja.po: "Server for receiving", "Specify POP3 port", "Specify IMAP4 port",
//! "Authentication method", "Use APOP authentication", "Use SSL for POP3 connection".

use crate::clients::steps::incoming::{Encryption, Receiving};
use crate::clients::steps::login::{NONE, SignIn};
use crate::model::{Auth, Text};

pub(super) static SIGN_IN: SignIn = SignIn {
    on: Text::fixed(
        "[SMTP認証 (SMTP AUTH)] にチェックを入れます。",
        "Tick [SMTP Authentication (SMTP AUTH)].",
    ),
    user: Text::fixed("[ユーザID]", "[User ID]"),
    password: Text::fixed("[パスワード]", "[Password]"),
    label: Text::fixed("認証方式", "Authentication method"),
    methods: &[
        (Auth::Password, Text::fixed("PLAIN", "PLAIN")),
        (Auth::EncryptedPassword, Text::fixed("CRAM-MD5", "CRAM-MD5")),
        (Auth::OAuth2, Text::fixed("OAuth2", "OAuth2")),
    ],
};

static INCOMING: SignIn = SignIn {
    on: NONE,
    user: Text::fixed("[ユーザID]", "[User ID]"),
    password: NONE,
    label: NONE,
    methods: &[
        (
            Auth::Apop,
            Text::fixed(
                "[受信] タブの [APOP認証を使用する] にチェックを入れます。",
                "Tick [Use APOP authentication] on the tab [Receive].",
            ),
        ),
        (
            Auth::Password,
            Text::fixed(
                "[受信] タブの [APOP認証を使用する] のチェックを外し、[認証方式] (IMAP4) は自動にします。",
                "On the tab [Receive], untick [Use APOP authentication], and leave the [Authentication method] of IMAP4 automatic.",
            ),
        ),
        (
            Auth::EncryptedPassword,
            Text::fixed(
                "[受信] タブの [認証方式] (IMAP4) を [CRAM-MD5] にします。",
                "On the tab [Receive], set the [Authentication method] of IMAP4 to [CRAM-MD5].",
            ),
        ),
    ],
};

pub(super) static RECEIVING: Receiving = Receiving {
    open: Text::fixed(
        "同じアカウントの編集画面で [基本] タブを開きます (暗号化は [SSL]、ポートは [高度な設定])。",
        "In the same dialog, open the tab [Basic] (encryption: [SSL], port: [Advanced]).",
    ),
    server: Text::fixed("[受信用サーバ]", "[Server for receiving]"),
    port: Text::fixed(
        "[高度な設定] タブの [POP3ポートを指定] (IMAP では [IMAP4ポートを指定])",
        "[Specify POP3 port] (with IMAP [Specify IMAP4 port]) on the tab [Advanced]",
    ),
    encryption: Encryption::List(
        Text::fixed("[SSL] タブの [POP3] または [IMAP4]", "[POP3] or [IMAP4] on the tab [SSL]"),
        [
            Text::fixed("SSLを使用しない", "Don't use SSL"),
            Text::fixed(
                "SSLセッションの開始にSTARTTLSコマンドを使用",
                "Use STARTTLS command to start SSL session",
            ),
            Text::fixed("接続にSSLを使用", "Use SSL for the connection"),
        ],
    ),
    sign_in: &INCOMING,
    done: Text::fixed(
        "[OK] をクリックします。パスワードを聞かれたら入力します。",
        "Click [OK]. If a password is asked for, enter it.",
    ),
};
