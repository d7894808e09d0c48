//! The steps for Thunderbird and its relatives.
//!
//! Japanese labels: language pack of Thunderbird 153; English ones: comm-central. The notice of a provider goes by
//! [ツール(T)], the only menu of its time, and leaves the authentication method out.

use super::words::{FIXED_SIGN_IN, RECEIVING, SIGN_IN};
use crate::clients::Edition;
use crate::clients::steps::Says::{Filled, Fixed};
use crate::clients::steps::login::user_name;
use crate::clients::steps::{
    Header, Step, encryption, host_in_brackets, login, method, port, port_of, server, when,
};
use crate::model::{Aspect, Needs, Text};

/// thunderbird/thunderbird-l10n, ja/mail/chrome/messenger/messenger.dtd: pageSourceCmd, "メッセージのソース", key `u`. The
/// button above the mail has other names in other versions (その他の操作), so it is left out.
const HEADER: Header = Header::Shown(
    "そのメールを選び、[Ctrl]+[U] (Mac では [command]+[U]) を押します ([表示] メニューの [メッセージのソース])",
    "select it and press [Ctrl]+[U] (on a Mac [Command]+[U]; [View] > [Message Source])",
);

/// The editions whose steps differ.
pub(super) const EDITIONS: &[Edition] = &[
    Edition {
        id: "thunderbird",
        name: Text::fixed("Thunderbird", "Thunderbird"),
        typed: &["Betterbird"],
        steps: &[TO_THUNDERBIRD_SERVER, SERVER],
        keeps_tls: false,
        header: HEADER,
        receiving: Some(&RECEIVING),
    },
    Edition {
        id: "seamonkey",
        name: Text::fixed("SeaMonkey", "SeaMonkey"),
        typed: &[],
        steps: &[TO_SEAMONKEY_SERVER, SERVER],
        keeps_tls: false,
        header: HEADER,
        receiving: Some(&RECEIVING),
    },
    Edition {
        id: "thunderbird-user-js",
        name: Text::fixed("Thunderbird (起動のたびに設定)", "Thunderbird (set at every start)"),
        typed: &[],
        steps: &[THUNDERBIRD_START, TO_THUNDERBIRD_SERVER, SERVER],
        keeps_tls: false,
        header: HEADER,
        receiving: Some(&RECEIVING),
    },
    Edition {
        id: "seamonkey-user-js",
        name: Text::fixed("SeaMonkey (起動のたびに設定)", "SeaMonkey (set at every start)"),
        typed: &[],
        steps: &[SEAMONKEY_START, TO_SEAMONKEY_SERVER, SERVER],
        keeps_tls: false,
        header: HEADER,
        receiving: Some(&RECEIVING),
    },
    Edition {
        id: "thunderbird-policy",
        name: Text::fixed("Thunderbird (組織のポリシーで固定)", "Thunderbird (fixed by the organisation)"),
        typed: &[],
        steps: &[POLICY],
        keeps_tls: false,
        header: HEADER,
        receiving: Some(&RECEIVING),
    },
];

const THUNDERBIRD_START: &[Step] =
    &[Step { when: when::always, changes: &[], says: Filled(|_| set_at_start("Thunderbird")) }];
const SEAMONKEY_START: &[Step] =
    &[Step { when: when::always, changes: &[], says: Filled(|_| set_at_start("SeaMonkey")) }];

fn set_at_start(program: &str) -> Text {
    Text::new(
        format!(
            "{program} を終了し、注記にあるファイル (プロファイルフォルダーの user.js、または管理者の設定ファイルやポリシー) から、mail.smtpserver. で始まる authMethod、port、try_ssl、username の行を削除します。残っていると、起動のたびに元の値に戻ります。"
        ),
        format!(
            "Close {program} and delete from the place that the note names (user.js in the profile folder, or the administrator's file or policy) the lines with mail.smtpserver. and authMethod, port, try_ssl or username: they would bring the old values back at every start."
        ),
    )
}

const TO_THUNDERBIRD_SERVER: &[Step] = &[
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "画面の右上にある三本線のメニューボタンから [アカウント設定] を開きます。メニューバーを表示している場合は [ツール(T)] → [アカウント設定(S)...] (Linux では [編集(E)] のことがあります) でも開けます。",
            "Open [Account Settings] from the menu button (three lines, at the top right); or, with a menu bar, [Tools] > [Account Settings...] ([Edit] in some versions for Linux).",
        ),
    },
    // Without "SMTP" since version 141 (comm-central 35cf5b365e, accountManager.ftl: outgoing-server-section-name).
    Step {
        when: when::always,
        changes: &[],
        says: Filled(|needs| {
            select(
                "[送信サーバー] (古い版では [送信 (SMTP) サーバー])",
                "[Outgoing Server] ([Outgoing Server (SMTP)] in older versions)",
                needs,
            )
        }),
    },
];

/// SeaMonkey's help, mailnews_getting_started.xhtml; the Japanese menu is not confirmed.
const TO_SEAMONKEY_SERVER: &[Step] = &[
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "SeaMonkey のメールの画面で [編集(E)] メニューを開き、メールとニュースグループのアカウント設定 (Mail & Newsgroups Account Settings) を開きます。",
            "In SeaMonkey's mail window, open [Edit] > [Mail & Newsgroups Account Settings...].",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Filled(|needs| select("[送信 (SMTP) サーバー]", "[Outgoing Server (SMTP)]", needs)),
    },
];

fn select(list_ja: &str, list_en: &str, needs: &Needs) -> Text {
    let (ja, en) = host_in_brackets(needs);
    Text::new(
        format!(
            "画面の左側の一番下にある {list_ja} を選び、一覧から対象のサーバーを選んで{ja}、[編集...] をクリックします。"
        ),
        format!(
            "Select {list_en} at the bottom of the left side, select the server{en} and click [Edit...]."
        ),
    )
}

const SERVER: &[Step] = &[
    Step {
        when: when::server,
        changes: &[Aspect::Host],
        says: Filled(|needs| server(&Text::fixed("[サーバー名]", "[Server Name]"), needs)),
    },
    Step {
        when: when::port,
        changes: &[Aspect::Port],
        says: Filled(|needs| port(&Text::fixed("ポート番号", "Port"), needs)),
    },
    Step {
        when: when::encryption,
        changes: &[Aspect::Security],
        says: Filled(|needs| {
            let choices = (&Text::fixed("STARTTLS", "STARTTLS"), &Text::fixed("SSL/TLS", "SSL/TLS"));
            encryption(&Text::fixed("接続の保護", "Connection security"), choices, needs)
        }),
    },
    Step {
        when: |needs| when::password(needs) && !stays_plain(needs),
        changes: &[Aspect::Auth],
        says: Fixed(
            "[認証方式] を [通常のパスワード認証] に変更します。",
            "Set [Authentication method] to [Normal password].",
        ),
    },
    // Without encryption the dialog calls the same choice by another name.
    Step {
        when: |needs| when::password(needs) && stays_plain(needs),
        changes: &[Aspect::Auth],
        says: Fixed(
            "[認証方式] を [通常のパスワード認証] に変更します ([接続の保護] が [なし] のときは [平文のパスワード認証 (安全でない)] と表示されます)。",
            "Set [Authentication method] to [Normal password] (it reads [Password, transmitted insecurely] while [Connection security] is [None]).",
        ),
    },
    Step {
        when: |needs| when::same_login(needs) && needs.is_prescribed,
        changes: &[Aspect::User],
        says: Fixed(
            "[ユーザー名] に、受信サーバーと同じユーザー名を入力します。",
            "Enter the user name for receiving in [User Name].",
        ),
    },
    Step { when: |needs| when::own_login(needs) && needs.method.is_some(), ..login(&SIGN_IN) },
    // With a password alone, the method stands above already.
    Step {
        when: |needs| when::own_login(needs) && needs.method.is_none(),
        changes: &[Aspect::User],
        says: Filled(|needs| {
            let user = user_name(needs.user);
            Text::new(
                format!("[ユーザー名] に{}を入力します。", user.ja),
                format!("Enter {} in [User Name].", user.en),
            )
        }),
    },
    method(&SIGN_IN),
    Step {
        when: |needs| when::same_login(needs) && !needs.is_prescribed,
        changes: &[Aspect::User],
        says: Fixed(
            "[ユーザー名] に、プロバイダーの案内にあるユーザー名 (多くは受信サーバーと同じもの) を入力します。",
            "Enter the user name of the provider's notice in [User Name] (mostly the same as for receiving).",
        ),
    },
    NO_SWITCH,
    // The notice ends with it: with several servers, the account may use another one (MsgAccountManager: smtpServer).
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "[OK] をクリックして前の画面に戻り、左側で対象のアカウント (メールアドレス) を選びます。[送信 (SMTP) サーバー(U)] (新しい版では [送信サーバー]) に、今変更したサーバーを選びます。",
            "Click [OK] to go back, and select the account (its address) on the left side: in [Outgoing Server (SMTP)] ([Outgoing Server] in newer versions), choose the server that was just changed.",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "アカウント設定を閉じます (古い版では [OK] をクリックします)。",
            "Close the account settings (in old versions with [OK]).",
        ),
    },
    PASSWORD,
];

fn stays_plain(needs: &Needs) -> bool {
    needs.security.is_none() && needs.security_as_advised
}

/// The notice says it, too: there is nothing to turn off.
const NO_SWITCH: Step = Step {
    when: when::log_on_first,
    changes: &[Aspect::LogOnFirst],
    says: Fixed(
        "POP before SMTP の設定項目はありません。認証方式を設定すれば、受信をしてから送信する必要はなくなります。",
        "There is no POP-before-SMTP setting: with the authentication method set, nothing has to be received first.",
    ),
};

/// The SMTP password is an entry of its own in the password store (comm-central SmtpServer.sys.mjs).
const PASSWORD: Step = Step {
    when: when::any_login,
    changes: &[],
    says: Fixed(
        "次に送信するとき、送信サーバーのパスワードを一度聞かれます。プロバイダーのパスワード (多くは受信と同じもの) を入力します。",
        "The next time something is sent, the password for the outgoing server is asked for once: enter the provider's (mostly the one for receiving).",
    ),
};

/// The dialog shows locked values in grey. Names and numbers: comm-central MailNewsTypes2.idl.
const POLICY: &[Step] = &[
    Step {
        when: when::always,
        changes: &[],
        says: Filled(|needs| {
            let host = needs.host.as_ref().map(|host| format!(" {host} ")).unwrap_or_default();
            let host_en = host.trim_end();
            Text::new(
                format!(
                    "送信サーバー{host}の値は組織が固定しているため、画面では変更できません。管理者が、注記にある場所 (policies.json、グループポリシー、AutoConfig のファイルなど) で、このサーバーの mail.smtpserver. で始まる次の値を変更します。"
                ),
                format!(
                    "The organisation fixes the values of the outgoing server{host_en}, so that the dialog can't change them. The administrator changes these values of the server, which begin with mail.smtpserver., in the place that the note names (policies.json, group policy, AutoConfig)."
                ),
            )
        }),
    },
    Step {
        when: |needs| needs.server.is_some(),
        changes: &[Aspect::Host],
        says: Filled(|needs| {
            server(&Text::fixed("hostname (サーバー名)", "hostname (the server's name)"), needs)
        }),
    },
    Step {
        when: when::port,
        changes: &[Aspect::Port],
        says: Filled(|needs| {
            let number = port_of(needs);
            Text::new(format!("port (ポート番号) を {number} にします。"), format!("Set port to {number}."))
        }),
    },
    Step {
        when: when::encryption,
        changes: &[Aspect::Security],
        says: Filled(|needs| {
            let label = Text::fixed("try_ssl (接続の保護)", "try_ssl (connection security)");
            let starttls = Text::fixed("2 (STARTTLS)", "2 (STARTTLS)");
            encryption(&label, (&starttls, &Text::fixed("3 (SSL/TLS)", "3 (SSL/TLS)")), needs)
        }),
    },
    login(&FIXED_SIGN_IN),
    method(&FIXED_SIGN_IN),
    Step {
        when: when::same_login,
        changes: &[Aspect::Auth, Aspect::User],
        says: Fixed(
            "authMethod (認証方式) を 3 (通常のパスワード認証) にし、username にユーザー名を設定します。",
            "Set authMethod (authentication method) to 3 (normal password), and username to the user name.",
        ),
    },
    NO_SWITCH,
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "メールソフトを終了して起動し直すと、新しい値が有効になります。",
            "Close the mail program and start it again: then the new values hold.",
        ),
    },
    PASSWORD,
];
