//! The words of Windows 10's Mail's dialogs for signing in and for receiving.
//!
//! As the steps: "受信メール サーバー" is on the same page, with its own box for SSL, and a port stands behind the server's name.

use crate::clients::steps::incoming::{Encryption, Receiving};
use crate::clients::steps::login::{NONE, SignIn};
use crate::model::Text;

pub(super) static SIGN_IN: SignIn = SignIn {
    on: Text::fixed(
        "[送信サーバーは認証が必要] にチェックを入れ、[メールの送信に同じユーザー名とパスワードを使う] のチェックを外します。",
        "Tick [Outgoing server requires authentication] and untick [Use the same user name and password for sending email].",
    ),
    user: Text::fixed("送信サーバーのユーザー名", "the user name of the outgoing server"),
    password: Text::fixed("パスワード", "the password"),
    label: NONE,
    methods: &[],
};

pub(super) static RECEIVING: Receiving = Receiving {
    open: Text::fixed(
        "同じ [メールボックスの詳細設定] の画面で変更します。",
        "These are on the same page [Advanced mailbox settings].",
    ),
    server: Text::fixed("[受信メール サーバー]", "[Incoming email server]"),
    port: Text::fixed(
        "[受信メール サーバー] の名前の後ろのポート番号 (「名前:番号」の形)",
        "the port behind the name in [Incoming email server] (as name:number)",
    ),
    encryption: Encryption::Box(Text::fixed("[受信メールに SSL を使う]", "[Require SSL for incoming email]")),
    sign_in: &SIGN_IN,
    done: Text::fixed("[完了] → [保存] の順にクリックします。", "Click [Done] and then [Save]."),
};
