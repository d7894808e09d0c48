//! The steps for KMail and Kontact.
//!
//! Labels: KDE/kmailtransport, src/plugins/smtp/smtpsettings.ui, and KDE/kmail, src/configuredialog/
//! configureaccountpage.cpp; Japanese: po/ja of both. Where the translation is missing the program shows the English one,
//! which therefore stands beside it.

use super::words::SIGN_IN;
use crate::clients::steps::Says::{Filled, Fixed};
use crate::clients::steps::{
    Header, SERVER, Step, encryption, host_in_brackets, login_instead, method, port, when,
};
use crate::model::{Aspect, Text};

/// KDE/messagelib, messageviewer/src/viewer/viewer_p.cpp (view_source, `Qt::Key_V`) and po/ja/libmessageviewer.po:
/// "ソースを表示(&V)".
pub(super) const HEADER: Header = Header::Shown(
    "そのメールを選び、[V] キーを押します ([表示] メニューの [ソースを表示(V)])",
    "select it and press [V] ([View] > [View Source])",
);

pub(super) const STEPS: &[Step] = &[
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "KMail の [設定] メニューから [KMail を設定...] (Configure KMail...) を開き、[アカウント] (Accounts) の [送信] タブを開きます。",
            "In KMail, open [Settings] > [Configure KMail...] > [Accounts] and there the tab [Sending].",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Filled(|needs| {
            let (ja, en) = host_in_brackets(needs);
            Text::new(
                format!(
                    "[送信アカウント] (Outgoing accounts) の一覧で対象を選び{ja}、[変更...] (Modify...) をクリックします。"
                ),
                format!("Select the account in [Outgoing accounts]{en} and click [Modify...]."),
            )
        }),
    },
    SERVER,
    // There is no switch for the log-on first, but for a command of one's own, below.
    Step {
        when: when::same_login,
        changes: &[Aspect::Auth, Aspect::LogOnFirst, Aspect::User],
        says: Fixed(
            "[全般] タブで [サーバは認証が必要] (Server requires authentication) にチェックを入れ、[ログイン] と [パスワード] に受信と同じものを入力し、[SMTP パスワードを保存する] にチェックを入れます。",
            "On the tab [General], tick [Server requires authentication], enter the [Login] and [Password] for receiving, and tick [Store SMTP password].",
        ),
    },
    login_instead(&SIGN_IN),
    Step {
        when: |needs| when::connection(needs) || when::auth(needs) || when::method(needs),
        changes: &[],
        says: Fixed("[詳細] (Advanced) タブを開きます。", "Open the tab [Advanced]."),
    },
    // Another encryption may put its own port into the field, so the port comes after it.
    Step {
        when: when::encryption,
        changes: &[Aspect::Security],
        says: Filled(|needs| {
            let choices = (&Text::fixed("STARTTLS", "STARTTLS"), &Text::fixed("SSL/TLS", "SSL/TLS"));
            encryption(&Text::fixed("暗号化", "Encryption"), choices, needs)
        }),
    },
    Step {
        when: when::port,
        changes: &[Aspect::Port],
        says: Filled(|needs| port(&Text::fixed("ポート", "Port"), needs)),
    },
    method(&SIGN_IN),
    Step {
        when: |needs| when::password(needs) && needs.is_prescribed,
        changes: &[Aspect::Auth, Aspect::LogOnFirst],
        says: Fixed(
            "[認証方式] (Authentication) が [PLAIN] であることを確認します。[前コマンド] (Precommand) に POP before SMTP 用のコマンドがあれば消します。",
            "See that [Authentication] is [PLAIN]. If [Precommand] holds a command for POP before SMTP, remove it.",
        ),
    },
    Step {
        when: |needs| when::password(needs) && !needs.is_prescribed,
        changes: &[Aspect::Auth, Aspect::LogOnFirst],
        says: Fixed(
            "[認証方式] (Authentication) が [PLAIN] であることを確認します(プロバイダーの案内に指定があればそれにします)。[前コマンド] (Precommand) に POP before SMTP 用のコマンドがあれば消します。",
            "See that [Authentication] is [PLAIN], or what the provider's notice says. If [Precommand] holds a command for POP before SMTP, remove it.",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "[OK] をクリックし、設定画面も [OK] で閉じます(再起動は不要です。送信時にパスワードや KWallet のパスワードを聞かれたら入力します)。",
            "Click [OK], and [OK] in the window behind it (no restart is needed; if a password, or that of KWallet, is asked for when mail is sent, enter it).",
        ),
    },
];
