//! The steps for Geary.
//!
//! Labels: GNOME/geary, src/client/accounts/accounts-editor-servers-pane.vala and accounts-editor-row.vala, ui/
//! accounts_editor_servers_pane.ui; Japanese: po/ja.po.

use super::words::SIGN_IN;
use crate::clients::steps::Says::{Filled, Fixed};
use crate::clients::steps::{
    Header, SERVER, Step, encryption, host_in_brackets, login_instead, method, port_of, when,
};
use crate::model::{Aspect, Text};

/// GNOME/geary, ui/conversation-email-menus.ui (email_menu) and po/ja.po: "ソースを表示(_V)".
pub(super) const HEADER: Header = Header::Shown(
    "そのメールの右上のメニューから [ソースを表示(V)] を選びます",
    "choose [View Source] from the menu at the top right of the message",
);

pub(super) const STEPS: &[Step] = &[
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "Geary のメニューから [アカウント] を開き、対象のアカウントをクリックします。",
            "In Geary's menu, open [Accounts] and click the account.",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Filled(|needs| {
            let (ja, en) = host_in_brackets(needs);
            Text::new(
                format!("[サーバー設定] を開き、[送信] の項目{ja}を次のように変更します。"),
                format!("Open [Server Settings]; what follows is set below [Sending]{en}."),
            )
        }),
    },
    SERVER,
    // There is no switch for the log-on first: Geary does not speak POP.
    Step {
        when: when::same_login,
        changes: &[Aspect::Auth, Aspect::LogOnFirst, Aspect::User],
        says: Fixed(
            "SMTP 認証を有効にするため、[ログイン] を [ログイン不要] から [受信と同じ情報を使う] に変更します(受信と異なる場合は [他の情報を使う] にし、[ログイン名] と [パスワード] を入力します)。",
            "To turn on authentication, change [Login] from [No login needed] to [Use same login as receiving] (if it is another one: [Use a different login], with [Login name] and [Password]).",
        ),
    },
    login_instead(&SIGN_IN),
    method(&SIGN_IN),
    // A port that is the default follows the login and the encryption, so it comes after them.
    Step {
        when: when::encryption,
        changes: &[Aspect::Security],
        says: Filled(|needs| {
            let choices = (&Text::fixed("StartTLS", "StartTLS"), &Text::fixed("TLS", "TLS"));
            encryption(&Text::fixed("接続のセキュリティ", "Connection security"), choices, needs)
        }),
    },
    Step {
        when: when::port,
        changes: &[Aspect::Port],
        says: Filled(|needs| {
            let port = port_of(needs);
            Text::new(
                format!(
                    "[SMTP サーバー] の名前の後ろを「:{port}」にします(何も付いていないときは既定のポートで、StartTLS では 587、TLS では 465 です)。"
                ),
                format!(
                    "Let [SMTP server] end with :{port} behind the name (a name alone has the default port: 587 with StartTLS, 465 with TLS)."
                ),
            )
        }),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Fixed("[適用] をクリックします(再起動は不要です)。", "Click [Apply] (no restart is needed)."),
    },
];
