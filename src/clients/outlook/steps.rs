//! The steps for Outlook, for each edition of its dialogs.
//!
//! Labels: the notices of two providers; for the Advanced tab, where one notice prints Outlook Express's label, the
//! dialog itself («送信サーバー (SMTP)», it.sorayori.com/gmailsetting; the other notice's chapter on Outlook 2010).
//! English labels: support.microsoft.com, POP and IMAP e-mail settings for Outlook.

use super::words::{CLASSIC_RECEIVING, SIGN_IN, SIMPLIFIED_RECEIVING, SIMPLIFIED_SIGN_IN};
use crate::clients::Edition;
use crate::clients::internet_mail::steps::OUTLOOK_2000;
use crate::clients::internet_mail::words::RECEIVING as OLD_RECEIVING;
use crate::clients::steps::Says::{Filled, Fixed, Heading};
use crate::clients::steps::{
    Header, Step, encryption, host_in_brackets, login_instead, method, port, server, when,
};
use crate::model::{Aspect, Text};

/// The editions whose dialogs differ.
pub(super) const EDITIONS: &[Edition] = &[
    Edition {
        id: "outlook-2000",
        name: Text::fixed("Outlook 98 / 2000", "Outlook 98 / 2000"),
        typed: &["Outlook 98", "Outlook 2000"],
        steps: OUTLOOK_2000,
        keeps_tls: false,
        header: OLD_HEADER,
        receiving: Some(&OLD_RECEIVING),
    },
    Edition {
        id: "outlook-2003",
        name: Text::fixed("Outlook 2002 / 2003", "Outlook 2002 / 2003"),
        typed: &["Outlook 2002", "Outlook 2003", "Outlook XP"],
        steps: &[OPEN_2003, CLASSIC, BOX_2003, FINISH],
        keeps_tls: false,
        header: OLD_HEADER,
        receiving: Some(&CLASSIC_RECEIVING),
    },
    Edition {
        id: "outlook-2007",
        name: Text::fixed("Outlook 2007", "Outlook 2007"),
        typed: &[],
        steps: &[OPEN_2007, CLASSIC, LIST, FINISH],
        keeps_tls: false,
        header: HEADER_2007,
        receiving: Some(&CLASSIC_RECEIVING),
    },
    Edition {
        id: "outlook-2010",
        name: Text::fixed("Outlook 2010", "Outlook 2010"),
        typed: &[],
        steps: &[OPEN, CLASSIC, LIST, FINISH],
        keeps_tls: false,
        header: HEADER,
        receiving: Some(&CLASSIC_RECEIVING),
    },
    Edition {
        id: "outlook-2002-2010",
        name: Text::fixed("Outlook 2002～2010 (版が不明)", "Outlook 2002-2010 (edition unknown)"),
        typed: &[],
        steps: &[OPEN_2002_2010, CLASSIC, BOX_2003, LIST, FINISH],
        keeps_tls: false,
        header: ANY_HEADER,
        receiving: Some(&CLASSIC_RECEIVING),
    },
    Edition {
        id: "outlook-2013",
        name: Text::fixed("Outlook 2013", "Outlook 2013"),
        typed: &[],
        steps: &[OPEN, CLASSIC, LIST, FINISH],
        keeps_tls: false,
        header: HEADER,
        receiving: Some(&CLASSIC_RECEIVING),
    },
    Edition {
        id: "outlook-2016",
        name: Text::fixed("Outlook 2016", "Outlook 2016"),
        typed: &[],
        steps: &[OPEN, CLASSIC, LIST, FINISH],
        keeps_tls: false,
        header: HEADER,
        receiving: Some(&CLASSIC_RECEIVING),
    },
    Edition {
        id: "outlook-simplified",
        name: Text::fixed("Outlook 2019～365 (新しい簡易画面)", "Outlook 2019-365 (simplified dialog)"),
        typed: &[
            "Outlook 2019",
            "Outlook 2021",
            "Outlook 2024",
            "Outlook 365",
            "Microsoft 365",
            "Office 365",
            "Outlook LTSC",
        ],
        steps: &[SIMPLIFIED],
        keeps_tls: false,
        header: HEADER,
        receiving: Some(&SIMPLIFIED_RECEIVING),
    },
    // 16.0 does not say which dialog there is: both, each whole.
    Edition {
        id: "outlook-2016-365",
        name: Text::fixed("Outlook 2016～365 (版が不明)", "Outlook 2016-365 (edition unknown)"),
        typed: &[],
        steps: &[WAY_A, OPEN, CLASSIC, LIST, FINISH, WAY_B, SIMPLIFIED],
        keeps_tls: false,
        header: HEADER,
        receiving: Some(&CLASSIC_RECEIVING),
    },
];

/// westhost.com/knowledgebase, "How to retrieve e-mail headers in Outlook 2003".
const OLD_HEADER: Header = Header::Shown(
    "そのメールをダブルクリックして開き、[表示] メニューの [オプション] で [インターネット ヘッダー] を見ます",
    "open it with a double click and see [Internet headers] in [View] > [Options]",
);
/// brighthub.com/office/collaboration/articles/21434.aspx.
const HEADER_2007: Header = Header::Shown(
    "そのメールをダブルクリックして開き、[メッセージ] タブの [オプション] の右下の矢印をクリックして [インターネット ヘッダー] を見ます",
    "open it with a double click, click the arrow at the bottom right of [Options] on the tab [Message] and see [Internet headers]",
);
/// support.microsoft.com, "View internet message headers in Outlook"; help.onamae.com/answer/20533.
const HEADER: Header = Header::Shown(
    "そのメールをダブルクリックして開き、[ファイル] → [プロパティ] で [インターネット ヘッダー] を見ます",
    "open it with a double click and see [Internet headers] in [File] > [Properties]",
);
const ANY_HEADER: Header = Header::Shown(
    "そのメールをダブルクリックして開き、[ファイル] → [プロパティ] (2007 では [オプション] の右下の矢印、2003 までは [表示] → [オプション]) で [インターネット ヘッダー] を見ます",
    "open it with a double click and see [Internet headers] in [File] > [Properties] (2007: the arrow at the bottom right of [Options]; up to 2003: [View] > [Options])",
);

/// The edition of accounts that an add-in brought: their dialogs are not known, so it is not in the list.
pub(super) const UNKNOWN_KIND: &str = "outlook-unknown-kind";

const WAY_A: &[Step] = &[Step {
    when: when::always,
    changes: &[],
    says: Heading(
        "【A】[アカウント設定] で [変更(A)...] を押すと [アカウントの変更] 画面が出る版 (Outlook 2016 など):",
        "[A] If [Change...] in [Account Settings] opens the dialog [Change Account] (Outlook 2016 and the like):",
    ),
}];
const WAY_B: &[Step] = &[Step {
    when: when::always,
    changes: &[],
    says: Heading(
        "【B】[変更(A)...] を押しても [アカウントの変更] 画面が出ない、新しい簡易画面の版 (Outlook 2019、2021、365 など):",
        "[B] If it does not: the newer simplified dialog (Outlook 2019, 2021, 365 and the like):",
    ),
}];

const OPEN_2003: &[Step] = &[Step {
    when: when::always,
    changes: &[],
    says: Fixed(
        "Outlook の [ツール(T)] メニューから [電子メール アカウント(A)...] を開き、[既存の電子メール アカウントの表示と変更(V)] を選んで [次へ(N)] をクリックします。",
        "In Outlook, open [Tools] > [E-mail Accounts...], select [View or change existing e-mail accounts] and click [Next].",
    ),
}];
const OPEN_2007: &[Step] = &[Step {
    when: when::always,
    changes: &[],
    says: Fixed(
        "Outlook の [ツール(T)] メニューから [アカウント設定(A)...] を開き、[電子メール] タブを表示します。",
        "In Outlook, open [Tools] > [Account Settings...], tab [E-mail].",
    ),
}];
const OPEN_2002_2010: &[Step] = &[Step {
    when: when::always,
    changes: &[],
    says: Fixed(
        "Outlook を終了し、Windows のコントロール パネルから [メール] を開いて [電子メール アカウント(E)...] をクリックします。[既存の電子メール アカウントの表示と変更(V)] が出る版 (2002、2003) では、それを選んで [次へ] をクリックします。",
        "Close Outlook, open [Mail] in the Control Panel of Windows and click [E-mail Accounts...]. If [View or change existing e-mail accounts] appears (2002, 2003), select it and click [Next].",
    ),
}];
const OPEN: &[Step] = &[Step {
    when: when::always,
    changes: &[],
    says: Fixed(
        "Outlook の [ファイル] タブの [情報] から [アカウント設定] → [アカウント設定(A)...] を開き、[電子メール] タブを表示します。",
        "In Outlook, open [File] > [Info] > [Account Settings] > [Account Settings...], tab [E-mail].",
    ),
}];

const CLASSIC: &[Step] = &[
    Step {
        when: when::always,
        changes: &[],
        says: Filled(|needs| {
            let (ja, en) = host_in_brackets(needs);
            Text::new(
                format!("対象のアカウントを選び{ja}、[変更(A)...] をクリックします。"),
                format!("Select the account{en} and click [Change...]."),
            )
        }),
    },
    Step {
        when: when::server,
        changes: &[Aspect::Host],
        says: Filled(|needs| {
            server(&Text::fixed("[送信メール サーバー (SMTP)(O)]", "[Outgoing mail server (SMTP)]"), needs)
        }),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "[アカウントの変更] 画面で [詳細設定(M)...] をクリックします。[インターネット電子メール設定] 画面が開きます。",
            "In [Change Account], click [More Settings...]. The dialog [Internet E-mail Settings] opens.",
        ),
    },
    Step {
        when: when::login,
        changes: &[Aspect::Auth],
        says: Fixed(
            "[送信サーバー] タブを開き、[送信サーバー (SMTP) は認証が必要(O)] にチェックを入れます。",
            "Open the tab [Outgoing Server] and tick [My outgoing server (SMTP) requires authentication].",
        ),
    },
    Step {
        when: when::same_login_instead,
        changes: &[Aspect::LogOnFirst, Aspect::User],
        says: Fixed(
            "[メールを送信する前に受信メール サーバーにログオンする(I)] ではなく、[受信メール サーバーと同じ設定を使用する(U)] を選択します。",
            "Select [Use same settings as my incoming mail server] instead of [Log on to incoming mail server before sending mail].",
        ),
    },
    Step {
        when: when::same_login_alone,
        changes: &[Aspect::User],
        says: Fixed(
            "[受信メール サーバーと同じ設定を使用する(U)] を選択します。",
            "Select [Use same settings as my incoming mail server].",
        ),
    },
    login_instead(&SIGN_IN),
    method(&SIGN_IN),
    Step {
        when: when::connection,
        changes: &[],
        says: Fixed("[詳細設定] タブを開きます。", "Open the tab [Advanced]."),
    },
    Step {
        when: when::port,
        changes: &[Aspect::Port],
        says: Filled(|needs| port(&Text::fixed("送信サーバー (SMTP)(O):", "Outgoing server (SMTP):"), needs)),
    },
];

/// 2002 and 2003 have a box instead of a list.
const BOX_2003: &[Step] = &[
    Step {
        when: |needs| when::security(needs) && needs.is_prescribed,
        changes: &[Aspect::Security],
        says: Filled(|needs| {
            let (ja, en) = if when::plain(needs) {
                ("のチェックを外します", "Untick")
            } else {
                ("にチェックを入れます", "Tick")
            };
            Text::new(
                format!(
                    "(2002、2003) [送信サーバー (SMTP)] の下の [このサーバーは暗号化された接続 (SSL) が必要] {ja}。"
                ),
                format!(
                    "(2002, 2003) {en} the box [This server requires an encrypted connection (SSL)] below the outgoing server."
                ),
            )
        }),
    },
    Step {
        when: |needs| when::security(needs) && !needs.is_prescribed,
        changes: &[Aspect::Security],
        says: Fixed(
            "(2002、2003) [送信サーバー (SMTP)] の下の [このサーバーは暗号化された接続 (SSL) が必要] を、プロバイダーの案内に合わせます。",
            "(2002, 2003) Set the box [This server requires an encrypted connection (SSL)] below the outgoing server as the provider's notice says.",
        ),
    },
];

const LIST: &[Step] = &[Step {
    when: when::encryption,
    changes: &[Aspect::Security],
    says: Filled(|needs| {
        let label =
            Text::fixed("使用する暗号化接続の種類(C)", "Use the following type of encrypted connection");
        encryption(&label, (&Text::fixed("TLS", "TLS"), &Text::fixed("SSL", "SSL")), needs)
    }),
}];

const FINISH: &[Step] = &[Step {
    when: when::always,
    changes: &[],
    says: Fixed(
        "[OK] をクリックし、[次へ(N)]、[完了] の順にクリックします。パスワードを聞かれたら、受信と同じパスワードを入力します。",
        "Click [OK], then [Next] and [Finish]. If a password is asked for, enter the one for receiving.",
    ),
}];

/// Notice of a provider for Outlook 2019 and later. It prints the button as [修正(R)]; the dialog says [修復(R)].
const SIMPLIFIED: &[Step] = &[
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "Outlook の [ファイル] → [情報] → [アカウント設定] → [アカウント設定(A)...] の順にクリックします。",
            "In Outlook, click [File] > [Info] > [Account Settings] > [Account Settings...].",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Filled(|needs| {
            let (ja, en) = host_in_brackets(needs);
            Text::new(
                format!("対象のアカウントを選び{ja}、[修復(R)...] をクリックします。"),
                format!("Select the account{en} and click [Repair...]."),
            )
        }),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "[詳細オプション] → [自分で自分のアカウントを手動で修復] にチェックを入れ、[修復] をクリックします。",
            "Open [Advanced options], tick [Let me repair my account manually] and click [Repair].",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Fixed("[送信メール] をクリックして開きます。", "Open [Outgoing mail]."),
    },
    Step {
        when: when::server,
        changes: &[Aspect::Host],
        says: Filled(|needs| server(&Text::fixed("[サーバー]", "[Server]"), needs)),
    },
    Step {
        when: when::port,
        changes: &[Aspect::Port],
        says: Filled(|needs| port(&Text::fixed("ポート", "Port"), needs)),
    },
    Step {
        when: when::encryption,
        changes: &[Aspect::Security],
        says: Filled(|needs| {
            let choices = (&Text::fixed("STARTTLS", "STARTTLS"), &Text::fixed("SSL/TLS", "SSL/TLS"));
            encryption(&Text::fixed("暗号化方法", "Encryption method"), choices, needs)
        }),
    },
    Step {
        when: when::plain_login,
        changes: &[Aspect::Auth, Aspect::User],
        says: Fixed(
            "[送信 (SMTP) サーバーには認証が必要です] にチェックを入れ、[受信メール サーバーと同じ設定を使用する] を選択します。",
            "Tick [My outgoing (SMTP) server requires authentication] and select [Use same settings as my incoming mail server].",
        ),
    },
    login_instead(&SIMPLIFIED_SIGN_IN),
    method(&SIMPLIFIED_SIGN_IN),
    Step {
        when: when::log_on_first,
        changes: &[Aspect::LogOnFirst],
        says: Fixed(
            "[メールを送信する前に受信メール サーバーにログインする] は選択しません。",
            "Do not select [Log on to incoming mail server before sending mail].",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "[次へ] をクリックします。パスワードを聞かれたら、受信と同じパスワードを入力します。",
            "Click [Next]. If a password is asked for, enter the one for receiving.",
        ),
    },
];
