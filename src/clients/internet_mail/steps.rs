//! The steps for Outlook Express, Windows Mail and Windows Live Mail: different ways to the same dialog.
//!
//! Labels: a provider's notice for Outlook Express 6 and Windows Live Mail. It prints the menu entry of Outlook Express
//! as [アカウント設定(A)...]; the dialog says [アカウント(A)...] (paperzz.com/doc/5739055, a provider's manual of 2003
//! with pictures). The notice leaves out the box for encryption; its label is that of the Advanced tab
//! (memorva.jp/internet/pc/mail_pop3_smtp_imap_over_ssl_op25b.php).

use crate::clients::steps::{host_in_brackets, port, touches_connection};
use crate::model::{Needs, Security, Text};

/// The steps for one of the three programs, by its edition.
pub(in crate::clients) fn steps(edition: &str, needs: &Needs) -> Vec<Text> {
    let (ja, en) = host_in_brackets(needs);
    let mut list = match edition {
        "windows-live-mail" => vec![
            Text::new(
                format!(
                    "Windows Live メールの左側の一覧で対象のアカウントを選び{ja}、[アカウント] タブの [プロパティ] をクリックします。"
                ),
                format!(
                    "In Windows Live Mail, select the account in the list on the left{en} and click [Properties] on the tab [Accounts]."
                ),
            ),
            Text::fixed(
                "[アカウント] タブがない版 (2009) では、[Alt] キーを押して [ツール(T)] メニューの [アカウント(A)...] を開き、アカウントを選んで [プロパティ(P)] をクリックします。",
                "If there is no tab [Accounts] (2009 edition): press [Alt], open [Tools] > [Accounts...], select the account and click [Properties].",
            ),
        ],
        "windows-mail" => vec![
            Text::fixed(
                "Windows メールの [ツール(T)] メニューから [アカウント(A)...] を開きます。",
                "In Windows Mail, open [Tools] > [Accounts...].",
            ),
            select(&ja, &en),
        ],
        _ => vec![
            Text::fixed(
                "Outlook Express の [ツール(T)] メニューから [アカウント(A)...] を開き、[メール] タブを表示します。",
                "In Outlook Express, open [Tools] > [Accounts...], tab [Mail].",
            ),
            select(&ja, &en),
        ],
    };
    list.extend(properties(needs));
    if edition == "outlook-express" && box_for_encryption(needs).is_some() {
        list.push(TLS_1_0);
    }
    list.push(if edition == "windows-live-mail" {
        Text::fixed(
            "[OK] をクリックします。パスワードを聞かれたら、受信と同じパスワードを入力します。",
            "Click [OK]. If a password is asked for, enter the one for receiving.",
        )
    } else {
        Text::fixed(
            "[OK] をクリックし、[閉じる] で一覧を閉じます。パスワードを聞かれたら、受信と同じパスワードを入力します。",
            "Click [OK] and close the list with [Close]. If a password is asked for, enter the one for receiving.",
        )
    });
    list
}

fn select(ja: &str, en: &str) -> Text {
    Text::new(
        format!("対象のアカウントを選び{ja}、[プロパティ(P)] をクリックします。"),
        format!("Select the account{en} and click [Properties]."),
    )
}

/// The dialog with the account's properties, the same in all three.
fn properties(needs: &Needs) -> Vec<Text> {
    let mut list = Vec::new();
    if needs.authenticate {
        list.push(Text::fixed(
            "[サーバー] タブを開き、[送信メール サーバー] の [このサーバーは認証が必要(V)] にチェックを入れて [設定(E)...] をクリックします。",
            "Open the tab [Servers], tick [My server requires authentication] under [Outgoing Mail Server] and click [Settings...].",
        ));
        list.push(Text::fixed(
            "[受信メール サーバーと同じ設定を使用する(U)] を選択し、[OK] をクリックします。",
            "Select [Use same settings as my incoming mail server] and click [OK].",
        ));
    }
    if needs.log_on_first_off {
        list.push(Text::fixed(
            "送信前に受信サーバーへログオンする設定 (POP before SMTP) は、このメールソフトにはありません。操作は不要です。",
            "This program has no option to log on to the incoming server before sending (POP-before-SMTP): nothing to turn off.",
        ));
    }
    if touches_connection(needs) {
        list.push(Text::fixed("[詳細設定] タブを開きます。", "Open the tab [Advanced]."));
    }
    if let Some(number) = needs.port {
        let label = Text::fixed("送信メール (SMTP)(O):", "Outgoing mail (SMTP):");
        list.push(port(&label, number));
    }
    list.extend(box_for_encryption(needs));
    list
}

/// A box, where other programs have a list.
fn box_for_encryption(needs: &Needs) -> Option<Text> {
    match needs.security {
        Some(Security::StartTls | Security::Tls) => Some(Text::fixed(
            "[送信メール (SMTP)(O):] の下の [このサーバーはセキュリティで保護された接続 (SSL) が必要(Q)] にチェックを入れます。",
            "Tick [This server requires a secure connection (SSL)] below [Outgoing mail (SMTP):].",
        )),
        Some(Security::Plain) => Some(Text::fixed(
            "[送信メール (SMTP)(O):] の下の [このサーバーはセキュリティで保護された接続 (SSL) が必要(Q)] のチェックを外します。",
            "Untick [This server requires a secure connection (SSL)] below [Outgoing mail (SMTP):].",
        )),
        None if needs.security_as_advised && needs.port.is_some() => Some(Text::fixed(
            "[送信メール (SMTP)(O):] の下の [このサーバーはセキュリティで保護された接続 (SSL) が必要(Q)] は、プロバイダーの案内に暗号化の指定があればチェックを入れます(なければ今のまま)。",
            "Tick [This server requires a secure connection (SSL)] below [Outgoing mail (SMTP):] if the provider's notice asks for encryption; otherwise leave it as it is.",
        )),
        Some(Security::Auto) | None => None,
    }
}

/// joewein.net (2018) and moonpoint.com on Outlook Express and TLS.
const TLS_1_0: Text = Text::fixed(
    "Windows XP の Outlook Express で使える暗号化は TLS 1.0 までです。TLS 1.2 以降が必要なサーバーには接続できないので、その場合は新しいメールソフトに移行します。",
    "Outlook Express on Windows XP speaks TLS 1.0 at best and can't reach a server that requires TLS 1.2: in that case, move to a current mail program.",
);
