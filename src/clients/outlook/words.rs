//! The words of Outlook's dialogs for signing in and for receiving.
//!
//! Log-on and SPA: the radio buttons of MS-OXPROPS' methods (support.microsoft.com, POP and IMAP e-mail settings; the first
//! notice for the simplified dialog). Incoming ports and boxes: the Advanced tab of the same pages; accelerators left out.

use crate::clients::steps::incoming::{Encryption, Receiving};
use crate::clients::steps::login::{NONE, SignIn};
use crate::model::{Auth, Text};

pub(super) static SIGN_IN: SignIn = SignIn {
    on: NONE,
    user: Text::fixed(
        "[次のアカウントとパスワードでログオンする] を選択し、[ユーザー名]",
        "[User Name] (select [Log on using] first)",
    ),
    password: Text::fixed("[パスワード]", "[Password]"),
    label: NONE,
    methods: &[
        (
            Auth::Spa,
            Text::fixed(
                "[セキュリティで保護されたパスワード認証 (SPA)] の項目にチェックを入れます。",
                "Tick the box for Secure Password Authentication (SPA).",
            ),
        ),
        (
            Auth::Password,
            Text::fixed(
                "[セキュリティで保護されたパスワード認証 (SPA)] の項目のチェックを外します。",
                "Untick the box for Secure Password Authentication (SPA).",
            ),
        ),
    ],
};

pub(super) static SIMPLIFIED_SIGN_IN: SignIn = SignIn {
    on: Text::fixed(
        "[送信 (SMTP) サーバーには認証が必要です] にチェックを入れます。",
        "Tick [My outgoing (SMTP) server requires authentication].",
    ),
    user: Text::fixed(
        "[ユーザー名とパスワードを使用してログイン] を選択し、[ユーザー名]",
        "[User name] (select [Log on using] first)",
    ),
    password: Text::fixed("[パスワード]", "[Password]"),
    label: NONE,
    methods: &[
        (
            Auth::Spa,
            Text::fixed(
                "[セキュリティで保護されたパスワード認証 (SPA)] の項目にチェックを入れます。",
                "Tick the box for Secure Password Authentication (SPA).",
            ),
        ),
        (
            Auth::Password,
            Text::fixed(
                "[セキュリティで保護されたパスワード認証 (SPA)] の項目のチェックを外します。",
                "Untick the box for Secure Password Authentication (SPA).",
            ),
        ),
    ],
};

static INCOMING: SignIn = SignIn {
    on: NONE,
    user: Text::fixed("[ユーザー名]", "[User Name]"),
    password: NONE,
    label: NONE,
    methods: &[
        (
            Auth::Spa,
            Text::fixed(
                "受信の [セキュリティで保護されたパスワード認証 (SPA)] の項目にチェックを入れます。",
                "Tick the box at the incoming server for Secure Password Authentication (SPA).",
            ),
        ),
        (
            Auth::Password,
            Text::fixed(
                "受信の [セキュリティで保護されたパスワード認証 (SPA)] の項目のチェックを外します。",
                "Untick the box at the incoming server for Secure Password Authentication (SPA).",
            ),
        ),
    ],
};

pub(super) static CLASSIC_RECEIVING: Receiving = Receiving {
    open: Text::fixed(
        "上と同じ手順で [アカウントの変更] 画面を開きます (ポートと暗号化は [詳細設定(M)...] の [詳細設定] タブ)。",
        "Open [Change Account] in the same way (port and encryption: [More Settings...], tab [Advanced]).",
    ),
    server: Text::fixed("[受信メール サーバー]", "[Incoming mail server]"),
    port: Text::fixed(
        "[受信サーバー (POP3)] (IMAP では [受信サーバー (IMAP)])",
        "[Incoming server (POP3)] (with IMAP [Incoming server (IMAP)])",
    ),
    encryption: Encryption::Box(Text::fixed(
        "受信サーバーの下の [このサーバーでは暗号化された接続 (SSL) が必要] (IMAP や新しい版では [使用する暗号化接続の種類])",
        "[This server requires an encrypted connection (SSL)] below the incoming server (with IMAP or in newer versions, the type of encrypted connection)",
    )),
    sign_in: &INCOMING,
    done: Text::fixed(
        "[OK]、[次へ(N)]、[完了] の順にクリックします。パスワードを聞かれたら入力します。",
        "Click [OK], [Next] and [Finish]. If a password is asked for, enter it.",
    ),
};

pub(super) static SIMPLIFIED_RECEIVING: Receiving = Receiving {
    open: Text::fixed(
        "上と同じ画面の [受信メール] をクリックして開きます。",
        "In the same dialog, open [Incoming mail].",
    ),
    server: Text::fixed("[サーバー]", "[Server]"),
    port: Text::fixed("[ポート]", "[Port]"),
    encryption: Encryption::List(
        Text::fixed(
            "[暗号化方法] (または [このサーバーでは暗号化された接続 (SSL/TLS) が必要])",
            "[Encryption method] (or the box [This server requires an encrypted connection (SSL/TLS)])",
        ),
        [Text::fixed("なし", "None"), Text::fixed("STARTTLS", "STARTTLS"), Text::fixed("SSL/TLS", "SSL/TLS")],
    ),
    sign_in: &INCOMING,
    done: Text::fixed(
        "[次へ] をクリックします。パスワードを聞かれたら入力します。",
        "Click [Next]. If a password is asked for, enter it.",
    ),
};
