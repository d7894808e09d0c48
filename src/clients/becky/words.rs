//! The words of Becky!'s dialogs for signing in and for receiving.
//!
//! The methods are boxes beside "SMTP認証" (the bits of `SMTPAUTHMODE`), and the kinds of `POP3Auth` a list: the notice that the
//! steps follow shows neither, and "POP3S" only stands to reason beside its "SMTPS". English words as in the steps.

use crate::clients::steps::incoming::{Encryption, Receiving};
use crate::clients::steps::login::{NONE, SignIn};
use crate::model::{Auth, Text};

pub(super) static SIGN_IN: SignIn = SignIn {
    on: Text::fixed(
        "[詳細] タブの [SMTP認証] にチェックを入れます。",
        "Tick [SMTP Authentication] (SMTP認証) on the tab [Advanced] (詳細).",
    ),
    user: Text::fixed("[SMTP認証] のユーザー ID", "the user ID of [SMTP Authentication] (SMTP認証)"),
    password: Text::fixed("パスワード", "the password beside it"),
    label: NONE,
    methods: &[
        (
            Auth::EncryptedPassword,
            Text::fixed(
                "[詳細] タブの [SMTP認証] の種類は [CRAM-MD5] だけにチェックを入れます。",
                "On the tab [Advanced] (詳細), tick only [CRAM-MD5] of the kinds of [SMTP Authentication] (SMTP認証).",
            ),
        ),
        (
            Auth::Password,
            Text::fixed(
                "[詳細] タブの [SMTP認証] の種類は [LOGIN] と [PLAIN] にチェックを入れます。",
                "On the tab [Advanced] (詳細), tick [LOGIN] and [PLAIN] of the kinds of [SMTP Authentication] (SMTP認証).",
            ),
        ),
    ],
};

static INCOMING: SignIn = SignIn {
    on: NONE,
    user: Text::fixed("ユーザー ID", "the user ID"),
    password: NONE,
    label: NONE,
    methods: &[
        (
            Auth::Apop,
            Text::fixed(
                "[基本設定] タブの受信の認証方式を [APOP] にします。",
                "On the tab [Basic] (基本設定), set the authentication for receiving to [APOP].",
            ),
        ),
        (
            Auth::EncryptedPassword,
            Text::fixed(
                "[基本設定] タブの受信の認証方式を [CRAM-MD5] にします。",
                "On the tab [Basic] (基本設定), set the authentication for receiving to [CRAM-MD5].",
            ),
        ),
        (
            Auth::Password,
            Text::fixed(
                "[基本設定] タブの受信の認証方式を [標準] にします。",
                "On the tab [Basic] (基本設定), set the authentication for receiving to the standard one (標準).",
            ),
        ),
    ],
};

pub(super) static RECEIVING: Receiving = Receiving {
    open: Text::fixed(
        "[メールボックスの設定] の [基本設定] タブを開きます。",
        "In [Mailbox Setup] (メールボックスの設定), open the tab [Basic] (基本設定).",
    ),
    server: Text::fixed(
        "受信サーバー (POP3 または IMAP4) の名前",
        "the name of the incoming server (POP3 or IMAP4)",
    ),
    port: Text::fixed(
        "[詳細] タブの [サーバーのポート番号] の [POP3:] (IMAP では [IMAP4:])",
        "[POP3:] (with IMAP [IMAP4:]) under [Server port numbers] (サーバーのポート番号) on the tab [Advanced] (詳細)",
    ),
    encryption: Encryption::TlsBox(Text::fixed(
        "[基本設定] タブの受信サーバーの [POP3S] (IMAP では [IMAP4S])",
        "[POP3S] (with IMAP [IMAP4S]) at the incoming server on the tab [Basic] (基本設定)",
    )),
    sign_in: &INCOMING,
    done: Text::fixed(
        "[OK] をクリックします。パスワードを聞かれたら入力します。",
        "Click [OK]. If a password is asked for, enter it.",
    ),
};
