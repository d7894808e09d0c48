//! The words of clients that are only detected's dialogs for signing in and for receiving.
//!
//! Sources as in the steps: informationworker.ru (The Bat!), help.maruo.co.jp (Hidemaru), edcom.jp (EdMax, whose page has the box
//! "CRAM-MD5で認証"). For receiving there are general words.

use crate::clients::steps::login::{NONE, SignIn};
use crate::model::{Auth, Text};

pub(super) static THE_BAT: SignIn = SignIn {
    on: Text::fixed(
        "SMTP 認証 [Perform SMTP Authentication] を有効にします。",
        "Turn on [Perform SMTP Authentication].",
    ),
    user: Text::fixed("ユーザー名", "the user name"),
    password: Text::fixed("パスワード", "the password"),
    label: NONE,
    methods: &[],
};

pub(super) static HIDEMARU: SignIn = SignIn {
    on: Text::fixed("SMTP 認証 [SMTP-AUTH] を有効にします。", "Turn on SMTP authentication, [SMTP-AUTH]."),
    user: Text::fixed("ユーザー名", "the user name"),
    password: Text::fixed("パスワード", "the password"),
    label: NONE,
    methods: &[],
};

pub(super) static EDMAX: SignIn = SignIn {
    on: Text::fixed(
        "[SMTPサーバーは認証が必要] を有効にします。",
        "Turn on the box that the SMTP server needs authentication.",
    ),
    user: Text::fixed("SMTP 用のユーザー ID", "the user ID for SMTP"),
    password: Text::fixed("パスワード", "the password"),
    label: NONE,
    methods: &[
        (
            Auth::EncryptedPassword,
            Text::fixed(
                "[CRAM-MD5で認証] をオンにします。",
                "Turn on the box for authentication by CRAM-MD5.",
            ),
        ),
        (
            Auth::Password,
            Text::fixed(
                "[CRAM-MD5で認証] をオフにします。",
                "Turn off the box for authentication by CRAM-MD5.",
            ),
        ),
    ],
};
