//! Steps for what is no mail client: to its settings, by where they are, and what to set there, whatever it is called.
//!
//! FileMaker: help.claris.com, script step "メールを送信" (Send Mail), [SMTP サーバー] and its options.

use crate::clients::steps::Says::{Filled, Fixed};
use crate::clients::steps::{
    ANY_SIGN_IN, Header, SERVER, Step, host_in_brackets, login, method, port_of, when,
};
use crate::model::{Aspect, Needs, Text};

/// Whoever receives behind the same address makes an attempt without authentication succeed: that it was sent proves nothing.
pub(super) const HEADER: Header = Header::NeverReceives(
    "どちらもない場合: 送れたことだけでは確認になりません(同じ事業所のパソコンなどが受信したあとは、認証しなくても送れてしまいます)。夜間など、その事業所でどのパソコンもスマートフォンも30分以上受信していないときに自分あてに1通送信し、送れることを確かめます。",
    "If it has neither: that it was sent proves nothing (after a PC in the same office has received, it goes out without authentication, too). Send while no PC and no phone there has received for 30 minutes, at night for example, and see that it arrives.",
);

pub(super) const PANEL: &[&[Step]] = &[
    &[open(|needs| {
        find(
            "機器の操作パネルで管理者用の設定 (システム設定、ネットワーク設定など) を開き",
            "At the device's panel, open the administrator's settings (system, network or the like)",
            needs,
        )
    })],
    SETTINGS,
];
pub(super) const WEB: &[&[Step]] = &[
    &[open(|needs| {
        find(
            "ブラウザーで機器の管理ページ (多くは http:// に続けて機器の IP アドレス) を開いて管理者としてログインし",
            "Open the device's page in a browser (mostly http:// and its IP address) and log on as its administrator",
            needs,
        )
    })],
    SETTINGS,
];
pub(super) const PROGRAM: &[&[Step]] = &[
    &[open(|needs| {
        find(
            "ソフトの設定 (「環境設定」「メール設定」など。FileMaker ではスクリプトの [メールを送信] の [SMTP サーバー] の指定) を開き",
            "Open the program's settings for mail (in FileMaker the script step [Send Mail] and its options for [SMTP Server])",
            needs,
        )
    })],
    SETTINGS,
];
pub(super) const FILE: &[&[Step]] = &[
    &[open(|needs| {
        find(
            "メールの設定が書かれているファイル、スクリプトまたはデータベースの控えを取ってから開き",
            "Make a copy of the file, script or database that holds the settings for mail, open it",
            needs,
        )
    })],
    SETTINGS,
];
pub(super) const ANYWHERE: &[&[Step]] = &[
    &[open(|needs| {
        find(
            "機器やソフトのメールの設定 (操作パネル、ブラウザーの管理ページ、設定画面、設定ファイルなど) を開き",
            "Open the settings for mail of the device or program (its panel, its page in a browser, its window or a file)",
            needs,
        )
    })],
    SETTINGS,
];

const fn open(text: fn(&Needs) -> Text) -> Step {
    Step { when: when::always, changes: &[], says: Filled(text) }
}

fn find(open_ja: &str, open_en: &str, needs: &Needs) -> Text {
    let (ja, en) = host_in_brackets(needs);
    Text::new(
        format!("{open_ja}、送信 (SMTP) サーバーの項目を探します{ja}。"),
        format!("{open_en} and find what belongs to the outgoing (SMTP) server{en}."),
    )
}

const SETTINGS: &[Step] = &[
    SERVER,
    Step {
        when: when::same_login,
        changes: &[Aspect::Auth, Aspect::User],
        says: Fixed(
            "認証を SMTP 認証 (SMTP-AUTH) にし、送信に使うメールアカウントのユーザー名とパスワードを入力します。",
            "Set authentication to SMTP-AUTH, and enter user name and password of the mail account that it sends by.",
        ),
    },
    login(&ANY_SIGN_IN),
    method(&ANY_SIGN_IN),
    Step {
        when: when::log_on_first,
        changes: &[Aspect::LogOnFirst],
        says: Fixed(
            "送信前に受信 (POP) サーバーへログインする設定 (POP before SMTP) があれば、それを無効にします。",
            "Turn off logging on to the incoming (POP) server before sending (POP before SMTP), if there is such a setting.",
        ),
    },
    Step {
        when: when::port,
        changes: &[Aspect::Port],
        says: Filled(|needs| {
            let port = port_of(needs);
            Text::new(
                format!("送信 (SMTP) サーバーのポート番号を「{port}」にします。"),
                format!("Set the port of the outgoing (SMTP) server to {port}."),
            )
        }),
    },
    Step {
        when: when::tls,
        changes: &[Aspect::Security],
        says: Fixed(
            "送信サーバーとの通信の暗号化を、最初から SSL/TLS にします (SMTP over SSL、SMTPS などの名前です)。",
            "Set the encryption towards the outgoing server to SSL/TLS from the start (called SMTP over SSL, SMTPS or the like).",
        ),
    },
    Step {
        when: when::starttls_or_auto,
        changes: &[Aspect::Security],
        says: Fixed(
            "送信サーバーとの通信の暗号化を STARTTLS にします。",
            "Set the encryption towards the outgoing server to STARTTLS.",
        ),
    },
    Step {
        when: when::plain,
        changes: &[Aspect::Security],
        says: Fixed(
            "送信サーバーとの通信の暗号化を「なし」にします。",
            "Set the encryption (TLS) towards the outgoing server to none.",
        ),
    },
    Step {
        when: when::advised,
        changes: &[Aspect::Security],
        says: Fixed(
            "送信サーバーとの通信の暗号化 (STARTTLS または SSL/TLS) は、プロバイダーの案内に指定があればそれに合わせます(なければ今のまま)。",
            "Set the encryption towards the outgoing server (STARTTLS or SSL/TLS) as the provider's notice says; if it says nothing, leave it as it is.",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "保存します。項目が見つからない場合は、説明書を見るか、販売店や保守会社、ソフトの開発元にサブミッションポートでの SMTP 認証に対応しているか(更新で対応するか)を確認します。",
            "Save. If a setting can't be found, see the manual, or ask the dealer or the maker whether it can send with SMTP-AUTH on the submission port, perhaps after an update.",
        ),
    },
];
