//! The steps for QMAIL3.
//!
//! Labels: the program's own resources, snakamura/q3, q3/qm/src.0411/ui/qmwin.rc and menus.xml, q3/qmsmtp/src.0411/
//! qmsmtpwin.rc; English: q3/qm/src and q3/qmsmtp/src. Choosing another encryption puts the port back to that one's
//! default (`AccountDetailPage::onSecure` in q3/qm/src/ui/accountdialog.cpp), so the port comes after it.

use super::words::SIGN_IN;
use crate::clients::steps::Says::{Filled, Fixed};
use crate::clients::steps::{Header, SERVER, Step, encryption, host_in_brackets, login, method, port, when};
use crate::model::{Aspect, Text};

/// Not confirmed.
pub(super) const HEADER: Header = Header::Unknown;

pub(super) const SMTP: &[&[Step]] = &[OPEN, PROPERTY];
pub(super) const XTND: &[&[Step]] = &[OPEN, NEW_ACCOUNT, PROPERTY];

const OPEN: &[Step] = &[Step {
    when: when::always,
    changes: &[],
    says: Fixed(
        "QMAIL3 の [ツール] メニューから [アカウント...] を開きます。",
        "In QMAIL3, open [Tools] > [Account...].",
    ),
}];

/// The protocol of an account can't be changed afterwards (docs/CreatePop3Account.rd).
const NEW_ACCOUNT: &[Step] = &[Step {
    when: when::always,
    changes: &[],
    says: Fixed(
        "POP3 (XTND XMIT) で送信するアカウントは、後から SMTP に変更できません。[アカウント追加] をクリックし、[クラス] に [mail]、[受信プロトコル] に今と同じもの、[送信プロトコル] に [SMTP] を選んで新しいアカウントを作り、続きはそのアカウントのプロパティで行います。",
        "An account that sends by POP3 (XTND XMIT) can't be changed to SMTP. Click [Add Account] and make a new one: [mail] for [Class], the same [Incoming Protocol] as now, [SMTP] for [Outgoing Protocol]; go on in the new account's properties.",
    ),
}];

const PROPERTY: &[Step] = &[
    Step {
        when: when::always,
        changes: &[],
        says: Filled(|needs| {
            let (ja, en) = host_in_brackets(needs);
            Text::new(
                format!(
                    "対象のアカウント (またはサブアカウント) を選び{ja}、[プロパティ] をクリックします。"
                ),
                format!("Select the account (or subaccount){en} and click [Property]."),
            )
        }),
    },
    SERVER,
    Step {
        when: when::same_login,
        changes: &[Aspect::Auth, Aspect::User],
        says: Fixed(
            "[ユーザ] タブの [送信] で [認証] にチェックを入れ、[ユーザ名] と [パスワード] に受信と同じものを入力します (パスワードを空のままにすると、送信時に聞かれます)。",
            "On the tab [User], tick [Authenticate] under [Outgoing mail] and enter the [Username] and [Password] for receiving (without a password here, it is asked for when mail is sent).",
        ),
    },
    login(&SIGN_IN),
    method(&SIGN_IN),
    Step {
        when: when::connection,
        changes: &[],
        says: Fixed("[詳細] タブを開きます。", "Open the tab [Detail]."),
    },
    Step {
        when: when::encryption,
        changes: &[Aspect::Security],
        says: Filled(|needs| {
            let label = Text::fixed("送信] の [安全", "Secure] under [Outgoing mail");
            let choices = (&Text::fixed("STARTTLS", "STARTTLS"), &Text::fixed("SSL", "SSL"));
            encryption(&label, choices, needs)
        }),
    },
    Step {
        when: when::port,
        changes: &[Aspect::Port],
        says: Filled(|needs| port(&Text::fixed("送信] の [ポート", "Port] under [Outgoing mail"), needs)),
    },
    Step {
        when: |needs| when::security(needs) && !when::port(needs),
        changes: &[Aspect::Port],
        says: Fixed(
            "[安全] を変えると [送信] の [ポート] が既定値に戻るので、元の番号を入力し直します。",
            "Changing [Secure] puts [Port] under [Outgoing mail] back to its default: enter the former number again.",
        ),
    },
    // With the box ticked, [Authenticate] has no effect (docs/AccountSmtp.rd).
    Step {
        when: when::log_on_first,
        changes: &[Aspect::LogOnFirst],
        says: Fixed(
            "[SMTP] タブを開き、[POP before SMTPを使う] のチェックを外します (付いている間は SMTP認証をしません)。",
            "Open the tab [SMTP] and untick [Use POP before SMTP] (while it is ticked, QMAIL3 does not authenticate).",
        ),
    },
    Step {
        when: when::auth_alone,
        changes: &[Aspect::LogOnFirst],
        says: Fixed(
            "[SMTP] タブを開き、[POP before SMTPを使う] にチェックが付いていれば外します (付いている間は SMTP認証をしません)。",
            "Open the tab [SMTP] and untick [Use POP before SMTP] if it is ticked (while it is, QMAIL3 does not authenticate).",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "[OK] をクリックし、[アカウント] の画面で [閉じる] をクリックします。",
            "Click [OK], and [Close] in the window [Account].",
        ),
    },
];
