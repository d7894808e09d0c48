//! The words of Mail on the iPhone and iPad's dialogs for signing in and for receiving.
//!
//! As the steps; "詳細" ("Advanced") with "SSLを使用", "認証", "サーバポート" is at the end of the account's screen (providers'
//! manuals of iOS 8 to 17). Keys of the profile: apple/device-management, com.apple.mail.managed.yaml.

use crate::clients::steps::incoming::{Encryption, Receiving};
use crate::clients::steps::login::{NONE, SignIn};
use crate::model::{Auth, Text};

pub(super) static SIGN_IN: SignIn = SignIn {
    on: NONE,
    user: Text::fixed("[ユーザ名]", "[User Name]"),
    password: Text::fixed("[パスワード]", "[Password]"),
    label: Text::fixed("認証", "Authentication"),
    methods: &[
        (Auth::Password, Text::fixed("パスワード", "Password")),
        (Auth::EncryptedPassword, Text::fixed("MD5 チャレンジ応答", "MD5 Challenge-Response")),
        (Auth::Spa, Text::fixed("NTLM", "NTLM")),
    ],
};

pub(super) static PROFILE_SIGN_IN: SignIn = SignIn {
    on: NONE,
    user: Text::fixed("OutgoingMailServerUsername", "OutgoingMailServerUsername"),
    password: NONE,
    label: NONE,
    methods: &[
        (
            Auth::Password,
            Text::fixed(
                "OutgoingMailServerAuthentication を EmailAuthPassword にします。",
                "Set OutgoingMailServerAuthentication to EmailAuthPassword.",
            ),
        ),
        (
            Auth::EncryptedPassword,
            Text::fixed(
                "OutgoingMailServerAuthentication を EmailAuthCRAMMD5 にします。",
                "Set OutgoingMailServerAuthentication to EmailAuthCRAMMD5.",
            ),
        ),
        (
            Auth::Spa,
            Text::fixed(
                "OutgoingMailServerAuthentication を EmailAuthNTLM にします。",
                "Set OutgoingMailServerAuthentication to EmailAuthNTLM.",
            ),
        ),
    ],
};

static PROFILE_INCOMING: SignIn = SignIn {
    on: NONE,
    user: Text::fixed("IncomingMailServerUsername", "IncomingMailServerUsername"),
    password: NONE,
    label: NONE,
    methods: &[
        (
            Auth::Password,
            Text::fixed(
                "IncomingMailServerAuthentication を EmailAuthPassword にします。",
                "Set IncomingMailServerAuthentication to EmailAuthPassword.",
            ),
        ),
        (
            Auth::EncryptedPassword,
            Text::fixed(
                "IncomingMailServerAuthentication を EmailAuthCRAMMD5 にします。",
                "Set IncomingMailServerAuthentication to EmailAuthCRAMMD5.",
            ),
        ),
        (
            Auth::Spa,
            Text::fixed(
                "IncomingMailServerAuthentication を EmailAuthNTLM にします。",
                "Set IncomingMailServerAuthentication to EmailAuthNTLM.",
            ),
        ),
    ],
};

pub(super) static RECEIVING: Receiving = Receiving {
    open: Text::fixed(
        "上と同じアカウントの画面を開きます (サーバは [受信メールサーバ]、そのほかは一番下の [詳細])。",
        "Open the same screen of the account (server: [Incoming Mail Server]; the rest: [Advanced] at the end).",
    ),
    server: Text::fixed("[ホスト名]", "[Host Name]"),
    port: Text::fixed("[詳細] の [サーバポート]", "[Server Port] in [Advanced]"),
    encryption: Encryption::Switch(Text::fixed("[詳細] の [SSLを使用]", "[Use SSL] in [Advanced]")),
    sign_in: &SIGN_IN,
    done: Text::fixed(
        "[完了] をタップします(表示されないときは前の画面に戻ります)。",
        "Tap [Done] (go back where there is none).",
    ),
};

pub(super) static PROFILE_RECEIVING: Receiving = Receiving {
    open: Text::fixed(
        "プロファイルでは、受信サーバも次のようにします。",
        "In the profile, the incoming server is set like this.",
    ),
    server: Text::fixed("IncomingMailServerHostName", "IncomingMailServerHostName"),
    port: Text::fixed("IncomingMailServerPortNumber", "IncomingMailServerPortNumber"),
    encryption: Encryption::Switch(Text::fixed(
        "IncomingMailServerUseSSL (オンは true、オフは false)",
        "IncomingMailServerUseSSL (on: true, off: false)",
    )),
    sign_in: &PROFILE_INCOMING,
    done: Text::fixed("プロファイルを配り直します。", "Distribute the profile anew."),
};
