//! The words of Claws Mail's dialogs for signing in and for receiving.
//!
//! src/prefs_account.c and po/ja.po: "Server for receiving", "POP3 port", "IMAP4 port", "Authentication method", [Use secure
//! authentication (APOP)]; the choices for encryption are those of each protocol.

use crate::clients::steps::incoming::{Encryption, Receiving};
use crate::clients::steps::login::{NONE, SignIn};
use crate::model::{Auth, Text};

pub(super) static SIGN_IN: SignIn = SignIn {
    on: Text::fixed(
        "[SMTPサーバで認証(SMTP AUTH)を行う] にチェックを入れます。",
        "Tick [SMTP Authentication (SMTP AUTH)].",
    ),
    user: Text::fixed("[ユーザID]", "[User ID]"),
    password: Text::fixed("[パスワード]", "[Password]"),
    label: Text::fixed("認証方法", "Authentication method"),
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
                "[受信] の [セキュアな認証(APOP)を使用] にチェックを入れます。",
                "Tick [Use secure authentication (APOP)] on the page [Receive].",
            ),
        ),
        (
            Auth::Password,
            Text::fixed(
                "[受信] の [セキュアな認証(APOP)を使用] のチェックを外し、[認証方法] (IMAP) は自動または平文にします。",
                "On the page [Receive], untick [Use secure authentication (APOP)], and leave the [Authentication method] of IMAP automatic or plain.",
            ),
        ),
        (
            Auth::EncryptedPassword,
            Text::fixed(
                "[受信] の [認証方法] (IMAP) を [CRAM-MD5] にします。",
                "On the page [Receive], set the [Authentication method] of IMAP to [CRAM-MD5].",
            ),
        ),
        (
            Auth::OAuth2,
            Text::fixed(
                "[受信] の認証方法を [OAuth2] にします。",
                "On the page [Receive], set the authentication to [OAuth2].",
            ),
        ),
    ],
};

pub(super) static RECEIVING: Receiving = Receiving {
    open: Text::fixed(
        "同じアカウントの編集画面で、左の一覧の [基本] を開きます (暗号化は [SSL/TLS]、ポートは [詳細])。",
        "In the same dialog, open [Basic] in the list on the left (encryption: [TLS], port: [Advanced]).",
    ),
    server: Text::fixed("[受信用サーバ]", "[Server for receiving]"),
    port: Text::fixed(
        "[詳細] の [POP3ポート] (IMAP では [IMAP4ポート])",
        "[POP3 port] (with IMAP [IMAP4 port]) on the page [Advanced]",
    ),
    encryption: Encryption::List(
        Text::fixed(
            "[SSL/TLS](版により [TLS])の [POP3] または [IMAP4]",
            "[POP3] or [IMAP4] on the page [TLS] (older versions: [SSL/TLS])",
        ),
        [
            Text::fixed("SSLを使用しない", "Don't use TLS"),
            Text::fixed(
                "SSLセッション開始時にSTARTTLSコマンドを使用する",
                "Use STARTTLS command to start encrypted session",
            ),
            Text::fixed("SSL/TLSを使用する", "Use TLS"),
        ],
    ),
    sign_in: &INCOMING,
    done: Text::fixed(
        "[OK] をクリックします。パスワードを聞かれたら入力します。",
        "Click [OK]. If a password is asked for, enter it.",
    ),
};
