//! The words of KMail's dialogs for signing in and for receiving.
//!
//! KDE/kmailtransport, smtpsettings.ui; for receiving kdepim-runtime's dialogs of the POP3 and the IMAP resource, whose Japanese
//! is not confirmed: general words.

use crate::clients::steps::incoming::{Encryption, Receiving};
use crate::clients::steps::login::SignIn;
use crate::model::{Auth, Text};

pub(super) static SIGN_IN: SignIn = SignIn {
    on: Text::fixed(
        "[全般] タブで [サーバは認証が必要] (Server requires authentication) にチェックを入れます。",
        "On the tab [General], tick [Server requires authentication].",
    ),
    user: Text::fixed("[ログイン]", "[Login]"),
    password: Text::fixed("[パスワード]", "[Password]"),
    label: Text::fixed("認証方式 (Authentication)", "Authentication"),
    methods: &[
        (Auth::Password, Text::fixed("PLAIN", "PLAIN")),
        (Auth::EncryptedPassword, Text::fixed("CRAM-MD5", "CRAM-MD5")),
        (Auth::Kerberos, Text::fixed("GSSAPI", "GSSAPI")),
        (Auth::Spa, Text::fixed("NTLM", "NTLM")),
        (Auth::OAuth2, Text::fixed("XOAUTH2", "XOAUTH2")),
    ],
};

pub(super) static RECEIVING: Receiving = Receiving {
    open: Text::fixed(
        "[アカウント] (Accounts) の [受信] タブで対象のアカウントを選び、[変更...] (Modify...) をクリックします。",
        "In [Accounts], tab [Receiving], select the account and click [Modify...].",
    ),
    server: Text::fixed("受信サーバーの名前", "the name of the incoming server"),
    port: Text::fixed(
        "詳細の画面にある受信のポート番号",
        "the port of the incoming server, among the advanced settings",
    ),
    encryption: Encryption::List(
        Text::fixed("受信の暗号化", "the encryption of the incoming server"),
        [Text::fixed("なし", "None"), Text::fixed("STARTTLS", "STARTTLS"), Text::fixed("SSL/TLS", "SSL/TLS")],
    ),
    sign_in: &SIGN_IN,
    done: Text::fixed(
        "[OK] をクリックします。パスワードを聞かれたら入力します。",
        "Click [OK]. If a password is asked for, enter it.",
    ),
};
