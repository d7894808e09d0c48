//! The words of the new Outlook's dialogs for signing in and for receiving.
//!
//! As the steps: its dialogs change with its versions, so these are words of what to look for.

use crate::clients::steps::incoming::{Encryption, Receiving};
use crate::clients::steps::login::{NONE, SignIn};
use crate::model::Text;

pub(super) static SIGN_IN: SignIn = SignIn {
    on: NONE,
    user: Text::fixed("送信 (SMTP) サーバーのユーザー名", "the user name of the outgoing (SMTP) server"),
    password: Text::fixed("パスワード", "the password"),
    label: NONE,
    methods: &[],
};

pub(super) static RECEIVING: Receiving = Receiving {
    open: Text::fixed(
        "上と同じ画面で、受信 (IMAP または POP) サーバーの項目を探します。",
        "In the same settings, find what belongs to the incoming (IMAP or POP) server.",
    ),
    server: Text::fixed("受信サーバー", "the incoming server"),
    port: Text::fixed("受信サーバーのポート", "the port of the incoming server"),
    encryption: Encryption::List(
        Text::fixed("受信サーバーの暗号化", "the encryption of the incoming server"),
        [Text::fixed("なし", "None"), Text::fixed("STARTTLS", "STARTTLS"), Text::fixed("SSL/TLS", "SSL/TLS")],
    ),
    sign_in: &SIGN_IN,
    done: Text::fixed(
        "保存します。項目が見つからない場合は、アカウントを削除して追加し直し、[詳細設定] でサーバーを指定します。",
        "Save. If there is no such field, remove the account and add it again, giving the servers under the advanced settings.",
    ),
};
