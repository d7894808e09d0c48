//! The steps for QMAIL3.
//!
//! Labels: the program's own resources, snakamura/q3, q3/qm/src.0411/ui/qmwin.rc and menus.xml, q3/qmsmtp/src.0411/
//! qmsmtpwin.rc; English: q3/qm/src and q3/qmsmtp/src. Choosing another encryption puts the port back to that one's
//! default (`AccountDetailPage::onSecure` in q3/qm/src/ui/accountdialog.cpp), so the port comes after it.

use super::XTND;
use crate::clients::steps::{encryption, host_in_brackets, port, touches_connection};
use crate::model::{Needs, Text};

/// The protocol of an account can't be changed afterwards (docs/CreatePop3Account.rd).
const NEW_ACCOUNT: Text = Text::fixed(
    "POP3 (XTND XMIT) で送信するアカウントは、後から SMTP に変更できません。[アカウント追加] をクリックし、[クラス] に [mail]、[受信プロトコル] に今と同じもの、[送信プロトコル] に [SMTP] を選んで新しいアカウントを作り、続きはそのアカウントのプロパティで行います。",
    "An account that sends by POP3 (XTND XMIT) can't be changed to SMTP. Click [Add Account] and make a new one: [mail] for [Class], the same [Incoming Protocol] as now, [SMTP] for [Outgoing Protocol]; go on in the new account's properties.",
);

/// The steps of either edition.
pub(super) fn steps(edition: &str, needs: &Needs) -> Vec<Text> {
    let (ja, en) = host_in_brackets(needs);
    let mut list = vec![Text::fixed(
        "QMAIL3 の [ツール] メニューから [アカウント...] を開きます。",
        "In QMAIL3, open [Tools] > [Account...].",
    )];
    if edition == XTND {
        list.push(NEW_ACCOUNT);
    }
    list.push(Text::new(
        format!("対象のアカウント (またはサブアカウント) を選び{ja}、[プロパティ] をクリックします。"),
        format!("Select the account (or subaccount){en} and click [Property]."),
    ));
    if needs.authenticate {
        list.push(Text::fixed(
            "[ユーザ] タブの [送信] で [認証] にチェックを入れ、[ユーザ名] と [パスワード] に受信と同じものを入力します (パスワードを空のままにすると、送信時に聞かれます)。",
            "On the tab [User], tick [Authenticate] under [Outgoing mail] and enter the [Username] and [Password] for receiving (without a password here, it is asked for when mail is sent).",
        ));
    }
    if touches_connection(needs) {
        list.push(Text::fixed("[詳細] タブを開きます。", "Open the tab [Detail]."));
    }
    let label = Text::fixed("送信] の [安全", "Secure] under [Outgoing mail");
    let choices = (&Text::fixed("STARTTLS", "STARTTLS"), &Text::fixed("SSL", "SSL"));
    list.extend(encryption(&label, choices, needs));
    if let Some(number) = needs.port {
        list.push(port(&Text::fixed("送信] の [ポート", "Port] under [Outgoing mail"), number));
    } else if needs.security.is_some() {
        list.push(Text::fixed(
            "[安全] を変えると [送信] の [ポート] が既定値に戻るので、元の番号を入力し直します。",
            "Changing [Secure] puts [Port] under [Outgoing mail] back to its default: enter the former number again.",
        ));
    }
    // With the box ticked, [Authenticate] has no effect (docs/AccountSmtp.rd).
    if needs.log_on_first_off {
        list.push(Text::fixed(
            "[SMTP] タブを開き、[POP before SMTPを使う] のチェックを外します (付いている間は SMTP認証をしません)。",
            "Open the tab [SMTP] and untick [Use POP before SMTP] (while it is ticked, QMAIL3 does not authenticate).",
        ));
    } else if needs.authenticate {
        list.push(Text::fixed(
            "[SMTP] タブを開き、[POP before SMTPを使う] にチェックが付いていれば外します (付いている間は SMTP認証をしません)。",
            "Open the tab [SMTP] and untick [Use POP before SMTP] if it is ticked (while it is, QMAIL3 does not authenticate).",
        ));
    }
    list.push(Text::fixed(
        "[OK] をクリックし、[アカウント] の画面で [閉じる] をクリックします。",
        "Click [OK], and [Close] in the window [Account].",
    ));
    list
}
