//! The words of K-9 Mail and Thunderbird for Android's dialogs for signing in and for receiving.
//!
//! thunderbird-android-l10n, feature/account/server/settings/src/main/res/values-ja/strings.xml: 受信サーバー設定, サーバー, セキュリティ,
//! ポート番号, 認証方式 and its choices; the way as that to the outgoing server.

use crate::clients::steps::incoming::{Encryption, Receiving};
use crate::clients::steps::login::{NONE, SignIn};
use crate::model::{Auth, Text};

pub(super) static SIGN_IN: SignIn = SignIn {
    on: NONE,
    user: Text::fixed("[ユーザー名]", "[Username]"),
    password: Text::fixed("[パスワード]", "[Password]"),
    label: Text::fixed("認証方式", "Authentication"),
    methods: &[
        (Auth::Password, Text::fixed("通常のパスワード認証", "Normal password")),
        (Auth::EncryptedPassword, Text::fixed("暗号化されたパスワード認証", "Encrypted password")),
        (Auth::Certificate, Text::fixed("クライアント証明書認証", "Client certificate")),
        (Auth::OAuth2, Text::fixed("OAuth 2.0", "OAuth 2.0")),
    ],
};

pub(super) static RECEIVING: Receiving = Receiving {
    open: Text::fixed(
        "対象のアカウントの設定で、[メール受信] の [受信メールサーバー設定] をタップします。",
        "In the settings of the account, tap [Fetching mail] and [Incoming server].",
    ),
    server: Text::fixed("[サーバー]", "[Server]"),
    port: Text::fixed("[ポート番号]", "[Port]"),
    encryption: Encryption::List(
        Text::fixed("[セキュリティ]", "[Security]"),
        [Text::fixed("なし", "None"), Text::fixed("StartTLS", "StartTLS"), Text::fixed("SSL/TLS", "SSL/TLS")],
    ),
    sign_in: &SIGN_IN,
    done: Text::fixed(
        "[次へ] をタップします。設定が確かめられて保存されます。",
        "Tap [Next]: the settings are checked and saved.",
    ),
};
