//! The steps for Apple Mail, for both of its dialogs: up to 10.11 the list of SMTP servers, since 10.12 the tab of the
//! account.
//!
//! Labels: the notice's chapter 2.1 (Mail 10); support.apple.com HT204208 in Japanese and English (the box for
//! automatic settings in both dialogs, and how to get there); Apple's guide "Change Outgoing server settings in Mail on
//! Mac"; for 10.4 to 10.11 also the manuals of two providers (Xserver, teamwork.jacobs-university.de).

use super::words::{EITHER_RECEIVING, NEW_RECEIVING, OLD_RECEIVING, SIGN_IN};
use crate::clients::Edition;
use crate::clients::steps::Says::{Filled, Fixed, Heading};
use crate::clients::steps::{Header, SERVER, Step, host_in_brackets, login, method, port, port_of, when};
use crate::model::{Aspect, Needs, Security, Text};

/// engrmemo.jp/archives/pc-mail-header; support.apple.com, "Show long headers in Mail on Mac".
const HEADER: Header = Header::Shown(
    "[表示] メニューの [メッセージ] から [すべてのヘッダ] を選びます",
    "choose [View] > [Message] > [All Headers]",
);

/// Mail 2 to 9, Mac OS X 10.4 to 10.11.
pub(super) const OLD: &str = "apple-mail-old";
/// Mail 10 and later, macOS 10.12 and later.
pub(super) const NEW: &str = "apple-mail";
/// Accounts3.sqlite was kept by 10.11 and by 10.12.
pub(super) const EITHER: &str = "apple-mail-10.11-10.12";

/// The editions whose dialogs differ. They have one box for both kinds of encryption.
pub(super) const EDITIONS: &[Edition] = &[
    Edition {
        id: OLD,
        name: Text::fixed("メール (Mac OS X 10.4～OS X 10.11)", "Mail (Mac OS X 10.4 to OS X 10.11)"),
        typed: &[
            "OS X",
            "Mac OS X",
            "OS X 10.8",
            "OS X 10.9",
            "OS X 10.10",
            "Lion",
            "Mountain Lion",
            "Mavericks",
            "Yosemite",
            "Snow Leopard",
        ],
        steps: &[OLD_SERVER, LOGIN, OLD_DONE],
        keeps_tls: true,
        header: HEADER,
        receiving: Some(&OLD_RECEIVING),
    },
    Edition {
        id: NEW,
        name: Text::fixed("メール (macOS 10.12 以降)", "Mail (macOS 10.12 and later)"),
        typed: &[
            "macOS 10.13",
            "macOS 10.14",
            "macOS 10.15",
            "macOS 11",
            "macOS 12",
            "macOS 13",
            "macOS 14",
            "macOS 15",
            "macOS 26",
            "High Sierra",
            "Mojave",
            "Catalina",
            "Big Sur",
            "Monterey",
            "Ventura",
            "Sonoma",
            "Sequoia",
            "Tahoe",
        ],
        steps: &[NEW_SERVER, LOGIN, NEW_DONE],
        keeps_tls: true,
        header: HEADER,
        receiving: Some(&NEW_RECEIVING),
    },
    // The store does not say which dialog there is: both, each whole.
    Edition {
        id: EITHER,
        name: Text::fixed("メール (OS X 10.11 または macOS 10.12)", "Mail (OS X 10.11 or macOS 10.12)"),
        typed: &["OS X 10.11", "macOS 10.12", "El Capitan", "Sierra"],
        steps: &[WAY_A, NEW_SERVER, LOGIN, NEW_DONE, WAY_B, OLD_SERVER, LOGIN, OLD_DONE],
        keeps_tls: true,
        header: HEADER,
        receiving: Some(&EITHER_RECEIVING),
    },
];

const WAY_A: &[Step] = &[Step {
    when: when::always,
    changes: &[],
    says: Heading(
        "【A】[アカウント] の画面に [サーバ設定] タブがある版 (macOS 10.12 以降):",
        "[A] If the window [Accounts] has a tab [Server Settings] (macOS 10.12 and later):",
    ),
}];
const WAY_B: &[Step] = &[Step {
    when: when::always,
    changes: &[],
    says: Heading(
        "【B】[サーバ設定] タブがなく、[アカウント情報] タブに [送信用メールサーバ (SMTP)] がある版 (OS X 10.11 まで):",
        "[B] If it has none and [Outgoing Mail Server (SMTP)] is on the tab [Account Information] (up to OS X 10.11):",
    ),
}];

const NEW_SERVER: &[Step] = &[
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "メールの [メール] メニューから [環境設定...] (macOS 13 以降は [設定...]) を選び、[アカウント] をクリックします。",
            "In Mail, choose [Mail] > [Preferences...] ([Settings...] since macOS 13) and click [Accounts].",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Filled(|needs| {
            let (ja, en) = host_in_brackets(needs);
            Text::new(
                format!("左の一覧で対象のアカウントを選び{ja}、[サーバ設定] タブをクリックします。"),
                format!(
                    "Select the account in the list on the left{en} and click the tab [Server Settings]."
                ),
            )
        }),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "[送信メールサーバ(SMTP)] の [接続設定を自動的に管理] にチェックがあれば外します。ポートと認証の欄が表示されます。",
            "Under [Outgoing Mail Server (SMTP)], untick [Automatically manage connection settings]; the fields for port and authentication appear.",
        ),
    },
    Step {
        when: when::port,
        changes: &[Aspect::Port],
        says: Filled(|needs| port(&Text::fixed("ポート:", "Port:"), needs)),
    },
    Step {
        when: when::encryption,
        changes: &[Aspect::Security],
        says: Filled(|needs| encryption(&NEW_BOX, needs)),
    },
    Step { when: when::kept_tls, changes: &[], says: Filled(|_| kept(&NEW_BOX)) },
];

const NEW_DONE: &[Step] = &[Step {
    when: when::always,
    changes: &[],
    says: Fixed(
        "[保存] をクリックします。パスワードを聞かれたら、受信と同じパスワードを入力します。",
        "Click [Save]. If a password is asked for, enter the one for receiving.",
    ),
}];

const OLD_SERVER: &[Step] = &[
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "メールの [メール] メニューから [環境設定...] を選び、[アカウント] をクリックします。",
            "In Mail, choose [Mail] > [Preferences...] and click [Accounts].",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "対象のアカウントを選び、[アカウント情報] タブの [送信用メールサーバ (SMTP)] から [SMTP サーバリストを編集...] を選びます (10.4 では [サーバ設定...] をクリックします)。",
            "Select the account; on the tab [Account Information], choose [Edit SMTP Server List...] from [Outgoing Mail Server (SMTP)] (in 10.4, click [Server Settings...]).",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Filled(|needs| {
            let (ja, en) = host_in_brackets(needs);
            Text::new(
                format!("一覧で対象のサーバを選び{ja}、[詳細] タブをクリックします。"),
                format!("Select the server in the list{en} and click the tab [Advanced]."),
            )
        }),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "[アカウント設定を自動的に検出して管理] (10.10 以降) にチェックがあれば外します。",
            "Untick [Automatically detect and maintain account settings] (10.10 and later).",
        ),
    },
    Step {
        when: when::port,
        changes: &[Aspect::Port],
        says: Filled(|needs| {
            let number = port_of(needs);
            Text::new(
                format!(
                    "[カスタムポートを使用] を選んで「{number}」を入力します (10.10 以降は [ポート] の値を変更します)。"
                ),
                format!("Select [Use custom port] and enter {number} (since 10.10, change [Port])."),
            )
        }),
    },
    Step {
        when: when::encryption,
        changes: &[Aspect::Security],
        says: Filled(|needs| encryption(&OLD_BOX, needs)),
    },
    Step { when: when::kept_tls, changes: &[], says: Filled(|_| kept(&OLD_BOX)) },
];

const OLD_DONE: &[Step] = &[Step {
    when: when::always,
    changes: &[],
    says: Fixed(
        "[OK] をクリックし、環境設定の画面を閉じます。変更を保存するか聞かれたら [保存] をクリックします。パスワードを聞かれたら、受信と同じパスワードを入力します。",
        "Click [OK] and close the preferences; if asked whether to save the changes, click [Save]. If a password is asked for, enter the one for receiving.",
    ),
}];

/// User name and password belong to it: without a user name Mail does not authenticate.
const LOGIN: &[Step] = &[
    SERVER,
    Step {
        when: when::same_login,
        changes: &[Aspect::Auth, Aspect::User],
        says: Fixed(
            "[認証:] で [パスワード] を選び、[ユーザ名:] と [パスワード:] に受信と同じユーザ名とパスワードを入力します。",
            "Set [Authentication:] to [Password], and enter the user name and password for receiving in [User Name:] and [Password:].",
        ),
    },
    login(&SIGN_IN),
    method(&SIGN_IN),
    // Since 10.10 Mail sends no password in the clear unless it is told to.
    Step {
        when: |needs| needs.authenticate && needs.security_as_advised,
        changes: &[],
        says: Fixed(
            "暗号化を使わない場合は、安全でない認証を許可するチェックボックス (英語表示: Allow insecure authentication) があればチェックを入れます。",
            "Without encryption, tick [Allow insecure authentication] where there is such a box.",
        ),
    },
    Step {
        when: when::log_on_first,
        changes: &[Aspect::LogOnFirst],
        says: Fixed(
            "送信の前に受信サーバーへログオンする設定はメールにはありません。[認証:] が [なし] でなければ、受信をせずに送信できます。",
            "Mail has no setting to log on to the incoming server before sending; once [Authentication:] is not [None], it sends without receiving first.",
        ),
    },
];

const NEW_BOX: Text = Text::fixed("TLS/SSL を使用", "Use TLS/SSL");
const OLD_BOX: Text = Text::fixed("SSL (Secure Sockets Layer) を使用", "Use Secure Sockets Layer (SSL)");

/// One box for both kinds of encryption: TLS from the start on port 465, STARTTLS on others
/// (wiki.fysik.dtu.dk; SMTPAccount of iOS), unless `SSLIsDirect` says otherwise, which nothing shows: Mail finds it when
/// it tries the server.
fn encryption(label: &Text, needs: &Needs) -> Text {
    let (kind_ja, kind_en) = match needs.security {
        Some(Security::Plain) => {
            return Text::new(
                format!("[{}] のチェックを外します。", label.ja),
                format!("Untick [{}].", label.en),
            );
        }
        Some(Security::Tls) => {
            ("ポート 465 では接続の最初から TLS になります", "on port 465 it is TLS from the start")
        }
        Some(_) => ("ポート 587 では STARTTLS になります", "on port 587 it is STARTTLS"),
        None => {
            return Text::new(
                format!(
                    "[{}] は、プロバイダーの案内に暗号化の指定があればチェックを入れます(なければ今のまま)。",
                    label.ja
                ),
                format!(
                    "[{}]: tick it if the provider's notice asks for encryption; otherwise leave it.",
                    label.en
                ),
            );
        }
    };
    Text::new(
        format!("[{}] にチェックを入れます({kind_ja})。", label.ja),
        format!("Tick [{}] ({kind_en}).", label.en),
    )
}

/// That Mail tries the server anew once the box was unticked is inferred.
fn kept(label: &Text) -> Text {
    Text::new(
        format!(
            "[{}] のチェックは付けたままにします(今は接続の最初から TLS で、ポートのほうをそれに合わせます)。プロバイダーが接続の最初からの TLS に対応していない場合だけ、チェックを外して保存し、もう一度チェックを付けてポートを 587 にします(サーバの確認がやり直され、STARTTLS になると考えられます。未確認)。",
            label.ja
        ),
        format!(
            "Leave [{}] ticked (it is TLS from the start now, and the port is made to fit). Only if the provider does not offer TLS from the start: untick it, save, and tick it again with port 587 (the server is then tried anew, presumably with STARTTLS; not confirmed).",
            label.en
        ),
    )
}
