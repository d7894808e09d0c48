//! The steps for Outlook Express, Windows Mail and Windows Live Mail: different ways to the same dialog.
//!
//! Labels: a provider's notice for Outlook Express 6 and Windows Live Mail. It prints the menu entry of Outlook Express
//! as [アカウント設定(A)...]; the dialog says [アカウント(A)...] (paperzz.com/doc/5739055, a provider's manual of 2003
//! with pictures). The notice leaves out the box for encryption; its label is that of the Advanced tab
//! (memorva.jp/internet/pc/mail_pop3_smtp_imap_over_ssl_op25b.php). Outlook 98 and 2000 for Internet mail only have the same
//! dialogs (inferred from the settings, which are the same).

use super::words::SIGN_IN;
use crate::clients::steps::Says::{Filled, Fixed};
use crate::clients::steps::{Header, Step, host_in_brackets, login, method, port, server, when};
use crate::model::{Aspect, Needs, Security, Text};

/// bpcgi.nikkeibp.co.jp/form/security/MailHeader.html: the same in all three.
pub(in crate::clients) const HEADER: Header = Header::Shown(
    "メールの一覧でそのメールを右クリックし、[プロパティ] の [詳細] タブを開きます",
    "right-click it in the list and open [Properties], tab [Details]",
);

pub(in crate::clients) const OUTLOOK_EXPRESS: &[&[Step]] = &[
    &[
        Step {
            when: when::always,
            changes: &[],
            says: Fixed(
                "Outlook Express の [ツール(T)] メニューから [アカウント(A)...] を開き、[メール] タブを表示します。",
                "In Outlook Express, open [Tools] > [Accounts...], tab [Mail].",
            ),
        },
        SELECT,
    ],
    PROPERTIES,
    // joewein.net (2018) and moonpoint.com on Outlook Express and TLS.
    &[
        Step {
            when: box_for_encryption,
            changes: &[],
            says: Fixed(
                "Windows XP の Outlook Express で使える暗号化は TLS 1.0 までです。TLS 1.2 以降が必要なサーバーには接続できないので、その場合は新しいメールソフトに移行します。",
                "Outlook Express on Windows XP speaks TLS 1.0 at best and can't reach a server that requires TLS 1.2: in that case, move to a current mail program.",
            ),
        },
        CLOSE_BOTH,
    ],
];

pub(in crate::clients) const OUTLOOK_2000: &[&[Step]] = &[
    &[
        Step {
            when: when::always,
            changes: &[],
            says: Fixed(
                "Outlook の [ツール(T)] メニューから [アカウント(A)...] を開き、[メール] タブを表示します。",
                "In Outlook, open [Tools] > [Accounts...], tab [Mail].",
            ),
        },
        SELECT,
    ],
    PROPERTIES,
    &[CLOSE_BOTH],
];

pub(in crate::clients) const WINDOWS_MAIL: &[&[Step]] = &[
    &[
        Step {
            when: when::always,
            changes: &[],
            says: Fixed(
                "Windows メールの [ツール(T)] メニューから [アカウント(A)...] を開きます。",
                "In Windows Mail, open [Tools] > [Accounts...].",
            ),
        },
        SELECT,
    ],
    PROPERTIES,
    &[CLOSE_BOTH],
];

pub(in crate::clients) const WINDOWS_LIVE_MAIL: &[&[Step]] = &[
    &[
        Step {
            when: when::always,
            changes: &[],
            says: Filled(|needs| {
                let (ja, en) = host_in_brackets(needs);
                Text::new(
                    format!(
                        "Windows Live メールの左側の一覧で対象のアカウントを選び{ja}、[アカウント] タブの [プロパティ] をクリックします。"
                    ),
                    format!(
                        "In Windows Live Mail, select the account in the list on the left{en} and click [Properties] on the tab [Accounts]."
                    ),
                )
            }),
        },
        Step {
            when: when::always,
            changes: &[],
            says: Fixed(
                "[アカウント] タブがない版 (2009) では、[Alt] キーを押して [ツール(T)] メニューの [アカウント(A)...] を開き、アカウントを選んで [プロパティ(P)] をクリックします。",
                "If there is no tab [Accounts] (2009 edition): press [Alt], open [Tools] > [Accounts...], select the account and click [Properties].",
            ),
        },
    ],
    PROPERTIES,
    &[Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "[OK] をクリックします。パスワードを聞かれたら、受信と同じパスワードを入力します。",
            "Click [OK]. If a password is asked for, enter the one for receiving.",
        ),
    }],
];

const SELECT: Step = Step {
    when: when::always,
    changes: &[],
    says: Filled(|needs| {
        let (ja, en) = host_in_brackets(needs);
        Text::new(
            format!("対象のアカウントを選び{ja}、[プロパティ(P)] をクリックします。"),
            format!("Select the account{en} and click [Properties]."),
        )
    }),
};

const CLOSE_BOTH: Step = Step {
    when: when::always,
    changes: &[],
    says: Fixed(
        "[OK] をクリックし、[閉じる] で一覧を閉じます。パスワードを聞かれたら、受信と同じパスワードを入力します。",
        "Click [OK] and close the list with [Close]. If a password is asked for, enter the one for receiving.",
    ),
};

/// The dialog with the account's properties, the same in all three.
const PROPERTIES: &[Step] = &[
    Step {
        when: when::server,
        changes: &[Aspect::Host],
        says: Filled(|needs| {
            server(
                &Text::fixed(
                    "[サーバー] タブの [送信メール (SMTP)(U)]",
                    "[Outgoing mail (SMTP)] on the tab [Servers]",
                ),
                needs,
            )
        }),
    },
    Step {
        when: when::auth,
        changes: &[Aspect::Auth],
        says: Fixed(
            "[サーバー] タブを開き、[送信メール サーバー] の [このサーバーは認証が必要(V)] にチェックを入れて [設定(E)...] をクリックします。",
            "Open the tab [Servers], tick [My server requires authentication] under [Outgoing Mail Server] and click [Settings...].",
        ),
    },
    Step {
        when: when::same_login,
        changes: &[Aspect::User],
        says: Fixed(
            "[受信メール サーバーと同じ設定を使用する(U)] を選択し、[OK] をクリックします。",
            "Select [Use same settings as my incoming mail server] and click [OK].",
        ),
    },
    login(&SIGN_IN),
    method(&SIGN_IN),
    Step {
        when: when::log_on_first,
        changes: &[Aspect::LogOnFirst],
        says: Fixed(
            "送信前に受信サーバーへログオンする設定 (POP before SMTP) は、このメールソフトにはありません。操作は不要です。",
            "This program has no option to log on to the incoming server before sending (POP-before-SMTP): nothing to turn off.",
        ),
    },
    Step {
        when: when::connection,
        changes: &[],
        says: Fixed("[詳細設定] タブを開きます。", "Open the tab [Advanced]."),
    },
    Step {
        when: when::port,
        changes: &[Aspect::Port],
        says: Filled(|needs| port(&Text::fixed("送信メール (SMTP)(O):", "Outgoing mail (SMTP):"), needs)),
    },
    // A box, where other programs have a list.
    Step {
        when: |needs| when::starttls(needs) || when::tls(needs),
        changes: &[Aspect::Security],
        says: Fixed(
            "[送信メール (SMTP)(O):] の下の [このサーバーはセキュリティで保護された接続 (SSL) が必要(Q)] にチェックを入れます。",
            "Tick [This server requires a secure connection (SSL)] below [Outgoing mail (SMTP):].",
        ),
    },
    Step {
        when: when::plain,
        changes: &[Aspect::Security],
        says: Fixed(
            "[送信メール (SMTP)(O):] の下の [このサーバーはセキュリティで保護された接続 (SSL) が必要(Q)] のチェックを外します。",
            "Untick [This server requires a secure connection (SSL)] below [Outgoing mail (SMTP):].",
        ),
    },
    Step {
        when: when::advised,
        changes: &[Aspect::Security],
        says: Fixed(
            "[送信メール (SMTP)(O):] の下の [このサーバーはセキュリティで保護された接続 (SSL) が必要(Q)] は、プロバイダーの案内に暗号化の指定があればチェックを入れます(なければ今のまま)。",
            "Tick [This server requires a secure connection (SSL)] below [Outgoing mail (SMTP):] if the provider's notice asks for encryption; otherwise leave it as it is.",
        ),
    },
];

/// There is something to say of the box.
fn box_for_encryption(needs: &Needs) -> bool {
    when::encryption(needs) && needs.security != Some(Security::Auto)
}
