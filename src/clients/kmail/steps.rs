//! The steps for KMail and Kontact.
//!
//! Labels: KDE/kmailtransport, src/plugins/smtp/smtpsettings.ui, and KDE/kmail, src/configuredialog/
//! configureaccountpage.cpp; Japanese: po/ja of both. Where the translation is missing the program shows the English one,
//! which therefore stands beside it.

use crate::clients::steps::{encryption, host_in_brackets, port, touches_connection};
use crate::model::{Needs, Text};

/// The steps; there is one edition.
pub(super) fn steps(_edition: &str, needs: &Needs) -> Vec<Text> {
    let (ja, en) = host_in_brackets(needs);
    let mut list = vec![
        Text::fixed(
            "KMail の [設定] メニューから [KMail を設定...] (Configure KMail...) を開き、[アカウント] (Accounts) の [送信] タブを開きます。",
            "In KMail, open [Settings] > [Configure KMail...] > [Accounts] and there the tab [Sending].",
        ),
        Text::new(
            format!(
                "[送信アカウント] (Outgoing accounts) の一覧で対象を選び{ja}、[変更...] (Modify...) をクリックします。"
            ),
            format!("Select the account in [Outgoing accounts]{en} and click [Modify...]."),
        ),
    ];
    if needs.authenticate {
        list.push(Text::fixed(
            "[全般] タブで [サーバは認証が必要] (Server requires authentication) にチェックを入れ、[ログイン] と [パスワード] に受信と同じものを入力し、[SMTP パスワードを保存する] にチェックを入れます。",
            "On the tab [General], tick [Server requires authentication], enter the [Login] and [Password] for receiving, and tick [Store SMTP password].",
        ));
    }
    if touches_connection(needs) || needs.authenticate {
        list.push(Text::fixed("[詳細] (Advanced) タブを開きます。", "Open the tab [Advanced]."));
    }
    // Another encryption may put its own port into the field, so the port comes after it.
    let label = Text::fixed("暗号化", "Encryption");
    let choices = (&Text::fixed("STARTTLS", "STARTTLS"), &Text::fixed("SSL/TLS", "SSL/TLS"));
    list.extend(encryption(&label, choices, needs));
    if let Some(number) = needs.port {
        list.push(port(&Text::fixed("ポート", "Port"), number));
    }
    if needs.authenticate {
        list.push(Text::fixed(
            "[認証方式] (Authentication) が [PLAIN] であることを確認します(プロバイダーの案内に指定があればそれにします)。[前コマンド] (Precommand) に POP before SMTP 用のコマンドがあれば消します。",
            "See that [Authentication] is [PLAIN], or what the provider's notice says. If [Precommand] holds a command for POP before SMTP, remove it.",
        ));
    }
    list.push(Text::fixed(
        "[OK] をクリックし、設定画面も [OK] で閉じます(再起動は不要です。送信時にパスワードや KWallet のパスワードを聞かれたら入力します)。",
        "Click [OK], and [OK] in the window behind it (no restart is needed; if a password, or that of KWallet, is asked for when mail is sent, enter it).",
    ));
    list
}
