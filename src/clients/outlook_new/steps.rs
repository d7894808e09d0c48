//! The steps for the new Outlook for Windows.
//!
//! Microsoft's support pages for it; its settings for POP and IMAP accounts change with its versions, so the steps name what
//! to look for.

use super::words::SIGN_IN;
use crate::clients::steps::Says::{Filled, Fixed};
use crate::clients::steps::{
    Header, SERVER, Step, encryption, host_in_brackets, login_instead, method, port_of, when,
};
use crate::model::{Aspect, Text};

/// anykey.bz/win/surface-outlook-mail-header; support.microsoft.com, "View internet message headers in Outlook".
pub(super) const HEADER: Header = Header::Shown(
    "メールの [...] から [表示] → [メッセージのソースを表示] を選びます",
    "choose [...] > [View] > [View message source] at the message",
);

pub(super) const STEPS: &[Step] = &[
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "新しい Outlook の右上の歯車 (設定) をクリックし、[アカウント] → [メール アカウント] を開きます。",
            "In the new Outlook, click the gear (Settings) at the top right and open [Accounts] > [Email accounts].",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Filled(|needs| {
            let (ja, en) = host_in_brackets(needs);
            Text::new(
                format!(
                    "対象のアカウントの [管理] をクリックし{ja}、サーバーの設定 ([修復] や [詳細設定] など) を開きます。"
                ),
                format!(
                    "Click [Manage] at the account{en} and open the settings of the server ([Repair], [Advanced settings] or the like)."
                ),
            )
        }),
    },
    SERVER,
    Step {
        when: when::plain_login,
        changes: &[Aspect::Auth, Aspect::LogOnFirst, Aspect::User],
        says: Fixed(
            "送信 (SMTP) サーバーで、SMTP 認証に使うユーザー名とパスワードが設定されていることを確認し、なければ入力します。",
            "At the outgoing (SMTP) server, see that a user name and a password for SMTP authentication are set; enter them if not.",
        ),
    },
    login_instead(&SIGN_IN),
    method(&SIGN_IN),
    Step {
        when: when::port,
        changes: &[Aspect::Port],
        says: Filled(|needs| {
            let port = port_of(needs);
            Text::new(
                format!("SMTP ポートが「{port}」であることを確認し、違えば変更します。"),
                format!("See that the SMTP port is {port}, and change it if not."),
            )
        }),
    },
    Step {
        when: |needs| needs.security.is_some() && needs.is_prescribed,
        changes: &[Aspect::Security],
        says: Filled(|needs| {
            let choices = (&Text::fixed("STARTTLS", "STARTTLS"), &Text::fixed("SSL/TLS", "SSL/TLS"));
            encryption(&Text::fixed("SMTP の暗号化", "SMTP encryption"), choices, needs)
        }),
    },
    Step {
        when: |needs| !needs.is_prescribed && (needs.security.is_some() || needs.security_as_advised),
        changes: &[Aspect::Security],
        says: Fixed(
            "SMTP の暗号化(STARTTLS または SSL/TLS)をプロバイダーの案内に合わせます。",
            "Set the SMTP encryption (STARTTLS or SSL/TLS) as the provider's notice says.",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "保存します。パスワードを聞かれたら入力します。項目が見つからない場合は、アカウントを削除して追加し直し、[詳細設定] でサーバーを指定します。",
            "Save. If a password is asked for, enter it. If there is no such field, remove the account and add it again, giving the servers under the advanced settings.",
        ),
    },
];
