//! The words of a configuration profile's dialogs for signing in and for receiving.
//!
//! Keys: apple/device-management, mdm/profiles/com.apple.mail.managed.yaml.

use crate::clients::steps::incoming::{Encryption, Receiving};
use crate::clients::steps::login::{NONE, SignIn};
use crate::model::{Auth, Text};

pub(super) static SIGN_IN: SignIn = SignIn {
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

static INCOMING: SignIn = SignIn {
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
        "同じペイロード com.apple.mail.managed で、受信サーバも次のようにします。",
        "In the same payload com.apple.mail.managed, the incoming server is set like this.",
    ),
    server: Text::fixed("IncomingMailServerHostName", "IncomingMailServerHostName"),
    port: Text::fixed("IncomingMailServerPortNumber", "IncomingMailServerPortNumber"),
    encryption: Encryption::Switch(Text::fixed(
        "IncomingMailServerUseSSL (オンは true、オフは false)",
        "IncomingMailServerUseSSL (on: true, off: false)",
    )),
    sign_in: &INCOMING,
    done: Text::fixed("保存し、プロファイルを配り直します。", "Save, and distribute the profile anew."),
};
