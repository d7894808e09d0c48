//! The words of Outlook Express, Windows Mail and Windows Live Mail's dialogs for signing in and for receiving.
//!
//! As the steps (a provider's notice; memorva.jp for the box on the Advanced tab, which is there for either server). Log-on
//! and SPA: the dialog behind "設定(E)...", whose choices are the values of `SMTP Use Sicily`.

use crate::clients::steps::incoming::{Encryption, Receiving};
use crate::clients::steps::login::{NONE, SignIn};
use crate::model::{Auth, Text};

pub(super) static SIGN_IN: SignIn = SignIn {
    on: NONE,
    user: Text::fixed(
        "[サーバー] タブの [設定(E)...] で [次のアカウントとパスワードでログオンする] を選択し、[アカウント名]",
        "[Account name] (tab [Servers], [Settings...], [Log on using])",
    ),
    password: Text::fixed("[パスワード]", "[Password]"),
    label: NONE,
    methods: &[
        (
            Auth::Spa,
            Text::fixed(
                "同じ画面の [セキュリティで保護されたパスワード認証でログオンする] にチェックを入れます。",
                "In the same dialog, tick [Log on using Secure Password Authentication].",
            ),
        ),
        (
            Auth::Password,
            Text::fixed(
                "同じ画面の [セキュリティで保護されたパスワード認証でログオンする] のチェックを外します。",
                "In the same dialog, untick [Log on using Secure Password Authentication].",
            ),
        ),
    ],
};

static INCOMING: SignIn = SignIn {
    on: NONE,
    user: Text::fixed("[アカウント名]", "[Account name]"),
    password: NONE,
    label: NONE,
    methods: &[
        (
            Auth::Spa,
            Text::fixed(
                "[サーバー] タブの [セキュリティで保護されたパスワード認証でログオンする] にチェックを入れます。",
                "On the tab [Servers], tick [Log on using Secure Password Authentication].",
            ),
        ),
        (
            Auth::Password,
            Text::fixed(
                "[サーバー] タブの [セキュリティで保護されたパスワード認証でログオンする] のチェックを外します。",
                "On the tab [Servers], untick [Log on using Secure Password Authentication].",
            ),
        ),
    ],
};

pub(in crate::clients) static RECEIVING: Receiving = Receiving {
    open: Text::fixed(
        "アカウントの [プロパティ] の [サーバー] タブを開きます (ポートと暗号化は [詳細設定] タブ)。",
        "Open the tab [Servers] of the account's [Properties] (port and encryption: tab [Advanced]).",
    ),
    server: Text::fixed(
        "[受信メール (POP3)] (IMAP では [受信メール (IMAP)])",
        "[Incoming mail (POP3)] (with IMAP [Incoming mail (IMAP)])",
    ),
    port: Text::fixed(
        "[詳細設定] タブの [受信メール (POP3)] (IMAP では [受信メール (IMAP)])",
        "[Incoming mail (POP3)] (with IMAP [Incoming mail (IMAP)]) on the tab [Advanced]",
    ),
    encryption: Encryption::Box(Text::fixed(
        "[詳細設定] タブの受信メールのすぐ下の [このサーバーはセキュリティで保護された接続 (SSL) が必要]",
        "[This server requires a secure connection (SSL)] right below the incoming mail on the tab [Advanced]",
    )),
    sign_in: &INCOMING,
    done: Text::fixed(
        "[OK] をクリックします。パスワードを聞かれたら入力します。",
        "Click [OK]. If a password is asked for, enter it.",
    ),
};
