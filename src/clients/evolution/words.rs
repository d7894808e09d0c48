//! The words of Evolution and of GNOME Online Accounts's dialogs for signing in and for receiving.
//!
//! Evolution's page "メールの受信" has the same fields as "メールの送信", whose labels the steps have (evolution.mo,
//! evolution-data-server.mo); types: the mechanisms of evolution-data-server (camel-sasl).

use crate::clients::steps::incoming::{Encryption, Receiving};
use crate::clients::steps::login::{NONE, SignIn};
use crate::model::{Auth, Text};

pub(super) static SIGN_IN: SignIn = SignIn {
    on: NONE,
    user: Text::fixed("[ユーザー名(N)]", "[Username]"),
    password: NONE,
    label: Text::fixed("種類", "Type"),
    methods: &[
        (Auth::Password, Text::fixed("PLAIN", "PLAIN")),
        (Auth::EncryptedPassword, Text::fixed("CRAM-MD5", "CRAM-MD5")),
        (Auth::Kerberos, Text::fixed("GSSAPI", "GSSAPI")),
        (Auth::Spa, Text::fixed("NTLM", "NTLM")),
        (Auth::OAuth2, Text::fixed("OAuth2", "OAuth2")),
    ],
};

pub(super) static ONLINE_SIGN_IN: SignIn = SignIn {
    on: NONE,
    user: Text::fixed("SMTP のユーザー名", "the user name for SMTP"),
    password: Text::fixed("パスワード", "the password"),
    label: NONE,
    methods: &[],
};

pub(super) static RECEIVING: Receiving = Receiving {
    open: Text::fixed(
        "[アカウントエディター] で [メールの受信] を選びます。",
        "In the [Account Editor], choose [Receiving Email].",
    ),
    server: Text::fixed("[サーバー(S)]", "[Server]"),
    port: Text::fixed("[ポート番号(P)]", "[Port]"),
    encryption: Encryption::List(
        Text::fixed("[暗号化方法(M)]", "[Encryption method]"),
        [
            Text::fixed("暗号化なし", "No encryption"),
            Text::fixed("接続後に STARTTLS", "STARTTLS after connecting"),
            Text::fixed("専用のポートで TLS", "TLS on a dedicated port"),
        ],
    ),
    sign_in: &SIGN_IN,
    done: Text::fixed(
        "[OK] をクリックします。パスワードを聞かれたら入力します。",
        "Click [OK]. If a password is asked for, enter it.",
    ),
};

pub(super) static ONLINE_RECEIVING: Receiving = Receiving {
    open: Text::fixed(
        "アカウントを追加し直すとき、IMAP の画面で次の値を入力します。",
        "When the account is added again, these values go into the page for IMAP.",
    ),
    server: Text::fixed("[サーバー]", "[Server]"),
    port: Text::fixed(
        "サーバー名の後ろのポート番号 (「名前:番号」の形)",
        "the port behind the server's name (as name:number)",
    ),
    encryption: Encryption::List(
        Text::fixed("[暗号化]", "[Encryption]"),
        [
            Text::fixed("なし", "None"),
            Text::fixed("接続後に STARTTLS", "STARTTLS after connecting"),
            Text::fixed("専用のポートで SSL", "SSL on a dedicated port"),
        ],
    ),
    sign_in: &ONLINE_SIGN_IN,
    done: Text::fixed("画面の案内に従って追加を終えます。", "Finish adding the account."),
};
