//! The words of Thunderbird and its relatives's dialogs for signing in and for receiving.
//!
//! Labels: thunderbird-l10n, ja/mail/chrome/messenger/am-server-top.dtd ("サーバー設定", "サーバー名", "ポート", "接続の保護",
//! "認証方式") and messenger.properties (authPasswordEncrypted, authOAuth2 and the rest); comm-central. Numbers of `authMethod`:
//! MailNewsTypes2.idl.

use crate::clients::steps::incoming::{Encryption, Receiving};
use crate::clients::steps::login::{NONE, SignIn};
use crate::model::{Auth, Text};

pub(super) static SIGN_IN: SignIn = SignIn {
    on: NONE,
    user: Text::fixed("[ユーザー名]", "[User Name]"),
    password: NONE,
    label: Text::fixed("認証方式", "Authentication method"),
    methods: &[
        (Auth::Password, Text::fixed("通常のパスワード認証", "Normal password")),
        (Auth::EncryptedPassword, Text::fixed("暗号化されたパスワード認証", "Encrypted password")),
        (Auth::Kerberos, Text::fixed("Kerberos / GSSAPI", "Kerberos / GSSAPI")),
        (Auth::Spa, Text::fixed("NTLM", "NTLM")),
        (Auth::Certificate, Text::fixed("TLS 証明書", "TLS Certificate")),
        (Auth::OAuth2, Text::fixed("OAuth2", "OAuth2")),
    ],
};

pub(super) static FIXED_SIGN_IN: SignIn = SignIn {
    on: NONE,
    user: Text::fixed("username", "username"),
    password: NONE,
    label: NONE,
    methods: &[
        (
            Auth::Password,
            Text::fixed(
                "authMethod (認証方式) を 3 にします。",
                "Set authMethod (authentication method) to 3.",
            ),
        ),
        (
            Auth::EncryptedPassword,
            Text::fixed(
                "authMethod (認証方式) を 4 にします。",
                "Set authMethod (authentication method) to 4.",
            ),
        ),
        (
            Auth::Kerberos,
            Text::fixed(
                "authMethod (認証方式) を 5 にします。",
                "Set authMethod (authentication method) to 5.",
            ),
        ),
        (
            Auth::Spa,
            Text::fixed(
                "authMethod (認証方式) を 6 にします。",
                "Set authMethod (authentication method) to 6.",
            ),
        ),
        (
            Auth::Certificate,
            Text::fixed(
                "authMethod (認証方式) を 7 にします。",
                "Set authMethod (authentication method) to 7.",
            ),
        ),
        (
            Auth::OAuth2,
            Text::fixed(
                "authMethod (認証方式) を 10 にします。",
                "Set authMethod (authentication method) to 10.",
            ),
        ),
    ],
};

pub(super) static RECEIVING: Receiving = Receiving {
    open: Text::fixed(
        "[アカウント設定] の左側で、対象のアカウント (メールアドレス) の下の [サーバー設定] を選びます。",
        "In [Account Settings], select [Server Settings] below the account (its address) on the left side.",
    ),
    server: Text::fixed("[サーバー名]", "[Server Name]"),
    port: Text::fixed("[ポート]", "[Port]"),
    encryption: Encryption::List(
        Text::fixed("[接続の保護]", "[Connection security]"),
        [Text::fixed("なし", "None"), Text::fixed("STARTTLS", "STARTTLS"), Text::fixed("SSL/TLS", "SSL/TLS")],
    ),
    sign_in: &SIGN_IN,
    done: Text::fixed(
        "アカウント設定を閉じます (古い版では [OK] をクリックします)。次に受信するとき、パスワードを聞かれたら入力します。",
        "Close the account settings (in old versions with [OK]). If a password is asked for the next time mail is fetched, enter it.",
    ),
};
