//! The words of QMAIL3's dialogs for signing in and for receiving.
//!
//! snakamura/q3, q3/qm/src.0411/ui/qmwin.rc: IDD_ACCOUNTGENERAL (一般: サーバ情報, 受信), IDD_ACCOUNTDETAIL (詳細: 受信, ポート, 安全).
//! English as in the steps.

use crate::clients::steps::incoming::{Encryption, Receiving};
use crate::clients::steps::login::{NONE, SignIn};
use crate::model::Text;

pub(super) static SIGN_IN: SignIn = SignIn {
    on: Text::fixed(
        "[ユーザ] タブの [送信] で [認証] にチェックを入れます。",
        "On the tab [User], tick [Authenticate] under [Outgoing mail].",
    ),
    user: Text::fixed("[送信] の [ユーザ名]", "[Username] under [Outgoing mail]"),
    password: Text::fixed("[パスワード]", "[Password]"),
    label: NONE,
    methods: &[],
};

pub(super) static RECEIVING: Receiving = Receiving {
    open: Text::fixed(
        "対象のアカウントのプロパティを開きます (サーバは [一般] タブ、ポートと暗号化は [詳細] タブ)。",
        "Open the properties of the account (server: tab [General], port and encryption: tab [Detail]).",
    ),
    server: Text::fixed("[一般] タブの [サーバ情報] の [受信]", "the incoming server on the tab [General]"),
    port: Text::fixed("[詳細] タブの [受信] の [ポート]", "[Port] under [Incoming mail] on the tab [Detail]"),
    encryption: Encryption::List(
        Text::fixed("[詳細] タブの [受信] の [安全]", "[Secure] under [Incoming mail] on the tab [Detail]"),
        [Text::fixed("なし", "None"), Text::fixed("STARTTLS", "STARTTLS"), Text::fixed("SSL", "SSL")],
    ),
    sign_in: &SIGN_IN,
    done: Text::fixed(
        "[OK] をクリックし、[アカウント] の画面で [閉じる] をクリックします。",
        "Click [OK], and [Close] in the window [Account].",
    ),
};
