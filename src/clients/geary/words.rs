//! The words of Geary's dialogs for signing in and for receiving.
//!
//! GNOME/geary, src/client/accounts/accounts-editor-servers-pane.vala ("Receiving", "IMAP server", "Connection security") and
//! po/ja.po, as in the steps.

use crate::clients::steps::incoming::{Encryption, Receiving};
use crate::clients::steps::login::{NONE, SignIn};
use crate::model::Text;

pub(super) static SIGN_IN: SignIn = SignIn {
    on: Text::fixed("[ログイン] を [他の情報を使う] にします。", "Set [Login] to [Use a different login]."),
    user: Text::fixed("[ログイン名]", "[Login name]"),
    password: Text::fixed("[パスワード]", "[Password]"),
    label: NONE,
    methods: &[],
};

pub(super) static RECEIVING: Receiving = Receiving {
    open: Text::fixed(
        "同じ [サーバー設定] の [受信] の項目を変更します。",
        "In the same [Server Settings], change what is below [Receiving].",
    ),
    server: Text::fixed("[IMAP サーバー]", "[IMAP server]"),
    port: Text::fixed(
        "[IMAP サーバー] の名前の後ろのポート番号 (「名前:番号」の形)",
        "the port behind the name in [IMAP server] (as name:number)",
    ),
    encryption: Encryption::List(
        Text::fixed("[接続のセキュリティ]", "[Connection security]"),
        [Text::fixed("なし", "None"), Text::fixed("StartTLS", "StartTLS"), Text::fixed("TLS", "TLS")],
    ),
    sign_in: &SIGN_IN,
    done: Text::fixed("[適用] をクリックします。", "Click [Apply]."),
};
