//! The steps for Becky! Internet Mail Ver.2.
//!
//! Labels: a provider's notice, which leaves out the box for SMTP authentication (support.biglobe.ne.jp/settei/mailer/
//! smtp.html has it, with a user id and a password of its own). Those of the English program are not confirmed, so the
//! Japanese ones stand beside them.

use super::words::SIGN_IN;
use crate::clients::steps::Says::{Filled, Fixed};
use crate::clients::steps::{Header, SERVER, Step, host_in_brackets, login, method, port_of, when};
use crate::model::{Aspect, Text};

/// Not in the notice, and not confirmed elsewhere.
pub(super) const HEADER: Header = Header::Unknown;

pub(super) const STEPS: &[Step] = &[
    Step {
        when: when::always,
        changes: &[],
        says: Filled(|needs| {
            let (ja, en) = host_in_brackets(needs);
            Text::new(
                format!(
                    "Becky! で対象のメールボックスを選び{ja}、[ツール(T)] メニューから [メールボックスの設定(M)...] を開きます。"
                ),
                format!(
                    "In Becky!, select the mailbox{en} and open [Tools] > [Mailbox Setup...] (ツール > メールボックスの設定)."
                ),
            )
        }),
    },
    SERVER,
    Step {
        when: |needs| when::login(needs) || when::port(needs),
        changes: &[],
        says: Fixed("[詳細] タブを開きます。", "Open the tab [Advanced] (詳細)."),
    },
    Step {
        when: when::log_on_first,
        changes: &[Aspect::LogOnFirst],
        says: Fixed(
            "[POP before SMTP を使用] のチェックを外します。",
            "Untick [Use POP before SMTP] (POP before SMTP を使用).",
        ),
    },
    Step {
        when: when::auth_alone,
        changes: &[Aspect::LogOnFirst],
        says: Fixed(
            "[POP before SMTP を使用] にチェックが付いていれば外します。",
            "Untick [Use POP before SMTP] (POP before SMTP を使用) if it is ticked.",
        ),
    },
    Step {
        when: when::same_login,
        changes: &[Aspect::Auth, Aspect::User],
        says: Fixed(
            "[SMTP認証] にチェックを入れ、ユーザー ID とパスワードに受信と同じものを入力します。",
            "Tick [SMTP Authentication] (SMTP認証) and enter the user ID and the password for receiving.",
        ),
    },
    login(&SIGN_IN),
    method(&SIGN_IN),
    Step {
        when: when::port,
        changes: &[Aspect::Port],
        says: Filled(|needs| {
            let port = port_of(needs);
            Text::new(
                format!("[サーバーのポート番号] の [SMTP:] の値を「{port}」に変更します。"),
                format!("Change [SMTP:] under [Server port numbers] (サーバーのポート番号) to {port}."),
            )
        }),
    },
    // The box is TLS from the start; whether and where a version offers STARTTLS is not known. Without the box the password
    // may go out in the clear, so who has it keeps it.
    Step {
        when: when::tls,
        changes: &[Aspect::Security],
        says: Fixed(
            "[基本設定] タブを開き、送信サーバーの [SMTPS] にチェックを入れます。",
            "Open the tab [Basic] (基本設定) and tick [SMTPS] at the outgoing server.",
        ),
    },
    Step {
        when: when::starttls,
        changes: &[Aspect::Security],
        says: Fixed(
            "[基本設定] タブを開き、送信サーバーの [SMTPS] を外します(STARTTLS を選べる版では STARTTLS にします)。",
            "Open the tab [Basic] (基本設定) and untick [SMTPS] at the outgoing server (choose STARTTLS if this version offers it).",
        ),
    },
    Step {
        when: when::kept_tls,
        changes: &[],
        says: Fixed(
            "[基本設定] タブの送信サーバーの [SMTPS] のチェックは、そのままにします。プロバイダーがこの方式(SMTPS)に対応していない場合だけ、[SMTPS] を外して(STARTTLS を選べる版では STARTTLS にして)、ポートをプロバイダーの案内のとおり(通常 587)にします。",
            "Leave [SMTPS] ticked at the outgoing server on the tab [Basic] (基本設定). Only if the provider does not offer SMTPS: untick it (choose STARTTLS if this version offers it) and set the port that the provider's notice names (usually 587).",
        ),
    },
    Step {
        when: when::plain,
        changes: &[Aspect::Security],
        says: Fixed(
            "[基本設定] タブを開き、送信サーバーの [SMTPS] のチェックを外します。",
            "Open the tab [Basic] (基本設定) and untick [SMTPS] at the outgoing server.",
        ),
    },
    Step {
        when: when::advised,
        changes: &[Aspect::Security],
        says: Fixed(
            "プロバイダーの案内に暗号化の指定がある場合だけ、[基本設定] タブの送信サーバーの欄を案内のとおりにします(SSL/TLS でポート 465 なら [SMTPS] にチェック)。",
            "Only if the provider's notice asks for encryption: set it on the tab [Basic] (基本設定) at the outgoing server (for SSL/TLS on port 465, tick [SMTPS]).",
        ),
    },
    Step { when: when::always, changes: &[], says: Fixed("[OK] をクリックします。", "Click [OK].") },
];
