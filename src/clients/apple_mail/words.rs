//! The words of Apple Mail's dialogs for signing in and for receiving.
//!
//! Apple's guides "Change Server Settings" and "Change Outgoing server settings in Mail on Mac"; methods: the names of the
//! schemes (`CRAM-MD5` is "MD5 Challenge-Response"); the older dialog as in the steps.

use crate::clients::steps::incoming::{Encryption, Receiving};
use crate::clients::steps::login::{NONE, SignIn};
use crate::model::{Auth, Text};

pub(super) static SIGN_IN: SignIn = SignIn {
    on: NONE,
    user: Text::fixed("[ユーザ名:]", "[User Name:]"),
    password: Text::fixed("[パスワード:]", "[Password:]"),
    label: Text::fixed("認証:", "Authentication:"),
    methods: &[
        (Auth::Password, Text::fixed("パスワード", "Password")),
        (Auth::EncryptedPassword, Text::fixed("MD5 チャレンジ応答", "MD5 Challenge-Response")),
        (Auth::Spa, Text::fixed("NTLM", "NTLM")),
        (Auth::Kerberos, Text::fixed("Kerberos 5 (GSSAPI)", "Kerberos 5 (GSSAPI)")),
        (Auth::Certificate, Text::fixed("外部 (TLSクライアント証明書)", "External (TLS Client Certificate)")),
    ],
};

pub(super) static NEW_RECEIVING: Receiving = Receiving {
    open: Text::fixed(
        "同じ [サーバ設定] タブの [受信メールサーバ] で、[接続設定を自動的に管理] にチェックがあれば外します。",
        "On the same tab [Server Settings], under [Incoming Mail Server], untick [Automatically manage connection settings].",
    ),
    server: Text::fixed("[ホスト名:]", "[Host Name:]"),
    port: Text::fixed("[ポート:]", "[Port:]"),
    encryption: Encryption::Box(Text::fixed("[TLS/SSL を使用]", "[Use TLS/SSL]")),
    sign_in: &SIGN_IN,
    done: Text::fixed(
        "[保存] をクリックします。パスワードを聞かれたら入力します。",
        "Click [Save]. If a password is asked for, enter it.",
    ),
};

pub(super) static OLD_RECEIVING: Receiving = Receiving {
    open: Text::fixed(
        "[アカウント] の画面で対象のアカウントを選びます (サーバは [アカウント情報] タブ、ポートと暗号化と認証は [詳細] タブ)。",
        "Select the account in [Accounts] (server: tab [Account Information]; port, encryption and authentication: tab [Advanced]).",
    ),
    server: Text::fixed("[受信用メールサーバ:]", "[Incoming Mail Server:]"),
    port: Text::fixed("[詳細] タブの [ポート:]", "[Port:] on the tab [Advanced]"),
    encryption: Encryption::Box(Text::fixed("[詳細] タブの [SSL を使用]", "[Use SSL] on the tab [Advanced]")),
    sign_in: &SIGN_IN,
    done: Text::fixed(
        "画面を閉じ、変更を保存するか聞かれたら [保存] をクリックします。",
        "Close the window; if asked whether to save the changes, click [Save].",
    ),
};

pub(super) static EITHER_RECEIVING: Receiving = Receiving {
    open: Text::fixed(
        "[アカウント] の画面で対象のアカウントを選び、受信サーバの項目を開きます ([サーバ設定] タブの [受信メールサーバ]、または [アカウント情報] タブと [詳細] タブ)。",
        "Select the account in [Accounts] and open what belongs to the incoming server (under [Incoming Mail Server] on the tab [Server Settings], or on the tabs [Account Information] and [Advanced]).",
    ),
    server: Text::fixed("受信メールサーバの名前", "the name of the incoming server"),
    port: Text::fixed("[ポート:]", "[Port:]"),
    encryption: Encryption::Box(Text::fixed("[TLS/SSL を使用] ([SSL を使用])", "[Use TLS/SSL] ([Use SSL])")),
    sign_in: &SIGN_IN,
    done: Text::fixed(
        "[保存] をクリックするか、画面を閉じて変更を保存します。",
        "Click [Save], or close the window and save the changes.",
    ),
};
