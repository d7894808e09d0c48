//! The words of Android's mail apps's dialogs for signing in and for receiving.
//!
//! AOSP, packages/apps/Email, res/values(-ja)/strings.xml, marshmallow-release: the fields of the incoming server are called as those
//! of the outgoing one. It has no choice of methods; newer Gmail shows one where the provider has OAuth 2.

use crate::clients::steps::incoming::{Encryption, Receiving};
use crate::clients::steps::login::{NONE, SignIn};
use crate::model::Text;

pub(super) static SIGN_IN: SignIn = SignIn {
    on: Text::fixed("[ログインが必要] をオンにします。", "Turn on [Require signin]."),
    user: Text::fixed("[ユーザー名]", "[Username]"),
    password: Text::fixed("[パスワード]", "[Password]"),
    label: NONE,
    methods: &[],
};

pub(super) static SAMSUNG_SIGN_IN: SignIn = SignIn {
    on: Text::fixed(
        "送信サーバーの認証 ([送信前に認証] や [ログインが必要] など) をオンにします。",
        "Turn on the authentication of the outgoing server ([Authentication before sending emails], [Require signin] or the like).",
    ),
    user: Text::fixed("ユーザー名", "the user name"),
    password: Text::fixed("パスワード", "the password"),
    label: NONE,
    methods: &[],
};

pub(super) static RECEIVING: Receiving = Receiving {
    open: Text::fixed(
        "対象のアカウントの設定で、[受信設定] (版により [受信サーバーの設定]) をタップします。",
        "In the settings of the account, tap [Incoming settings] (in some versions [Incoming server settings]).",
    ),
    server: Text::fixed("[サーバー]", "[Server]"),
    port: Text::fixed("[ポート]", "[Port]"),
    encryption: Encryption::List(
        Text::fixed("[セキュリティの種類]", "[Security type]"),
        [Text::fixed("なし", "None"), Text::fixed("STARTTLS", "STARTTLS"), Text::fixed("SSL/TLS", "SSL/TLS")],
    ),
    sign_in: &SIGN_IN,
    done: Text::fixed(
        "[完了] をタップします(版により [次へ])。設定が確かめられる間、待ちます。",
        "Tap [Done] ([Next] in some versions) and wait while the settings are checked.",
    ),
};
