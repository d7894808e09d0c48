//! Steps for clients that are only detected: what to look for in any client's dialogs, and the labels that are known.

use super::words;
use crate::clients::Edition;
use crate::clients::steps::Says::{Filled, Fixed, Named};
use crate::clients::steps::{
    ANY_RECEIVING, ANY_SIGN_IN, Header, SERVER, Step, host_in_brackets, login, method, port_of, when,
};
use crate::model::{Aspect, Needs, Text};

/// A client of which nothing is known.
pub(crate) static ANY_CLIENT: Edition = Edition {
    id: "",
    name: Text::fixed("メールソフト", "the mail program"),
    typed: &[],
    steps: ANY,
    keeps_tls: false,
    header: Header::Unknown,
    receiving: Some(&ANY_RECEIVING),
};

pub(super) const ANY: &[&[Step]] = &[
    &[
        Step {
            when: when::always,
            changes: &[],
            says: Named(|name, needs| start(name, "アカウントの設定", "the settings of the account", needs)),
        },
        Step {
            when: when::same_login,
            changes: &[Aspect::Auth, Aspect::User],
            says: Fixed(
                "送信サーバー (SMTP) の認証 (SMTP 認証、SMTP-AUTH)を有効にします。ユーザー名とパスワードは、通常は受信サーバーと同じです。",
                "Turn on authentication for the outgoing (SMTP) server (SMTP-AUTH). User name and password are usually those of the incoming server.",
            ),
        },
        login(&ANY_SIGN_IN),
        method(&ANY_SIGN_IN),
        ANY_LOG_ON_FIRST,
    ],
    CONNECTION,
];

/// informationworker.ru/the_bat.en/smtpauthentication.htm.
pub(super) const THE_BAT: &[&[Step]] = &[
    &[
        Step {
            when: when::always,
            changes: &[],
            says: Named(|name, needs| {
                start(
                    name,
                    "メニューの [Account] → [Properties] → [Transport] ",
                    "[Account] > [Properties] > [Transport] in the menu",
                    needs,
                )
            }),
        },
        Step {
            when: when::same_login,
            changes: &[Aspect::Auth, Aspect::User],
            says: Fixed(
                "SMTP 認証 [Perform SMTP Authentication] を有効にします。ユーザー名とパスワードは、通常は受信サーバーと同じです。",
                "Turn on [Perform SMTP Authentication]. User name and password are usually those of the incoming server.",
            ),
        },
        login(&words::THE_BAT),
        method(&words::THE_BAT),
        Step {
            when: when::log_on_first,
            changes: &[Aspect::LogOnFirst],
            says: Fixed(
                "[Use POP before SMTP authentication] を無効にします。",
                "Turn off [Use POP before SMTP authentication].",
            ),
        },
    ],
    CONNECTION,
];

/// help.maruo.co.jp/turukame/html 00370, 01750, 01760.
pub(super) const HIDEMARU: &[&[Step]] = &[
    &[
        Step {
            when: when::always,
            changes: &[],
            says: Named(|name, needs| {
                start(
                    name,
                    "[アカウント毎の設定] の [メールサーバー](ポート番号と暗号化は [詳細])",
                    "the page of the mail server in the settings of each account (port and encryption: its details)",
                    needs,
                )
            }),
        },
        Step {
            when: when::same_login,
            changes: &[Aspect::Auth, Aspect::User],
            says: Fixed(
                "SMTP 認証 [SMTP-AUTH] を有効にします。ユーザー名とパスワードは、通常は受信サーバーと同じです。",
                "Turn on SMTP authentication, [SMTP-AUTH]. User name and password are usually those of the incoming server.",
            ),
        },
        login(&words::HIDEMARU),
        method(&words::HIDEMARU),
        Step {
            when: when::log_on_first,
            changes: &[Aspect::LogOnFirst],
            says: Fixed("[POP before SMTP] を無効にします。", "Turn off [POP before SMTP]."),
        },
    ],
    CONNECTION,
];

/// edcom.jp/edmax/html/afxc1jas.htm.
pub(super) const EDMAX: &[&[Step]] = &[
    &[
        Step {
            when: when::always,
            changes: &[],
            says: Named(|name, needs| start(name, "[アカウント設定] ", "the settings of the account", needs)),
        },
        Step {
            when: when::same_login,
            changes: &[Aspect::Auth, Aspect::User],
            says: Fixed(
                "[SMTPサーバーは認証が必要] を有効にします。ユーザー名とパスワードは、通常は受信サーバーと同じです。",
                "Turn on the box that the SMTP server needs authentication. User name and password are usually those of the incoming server.",
            ),
        },
        login(&words::EDMAX),
        method(&words::EDMAX),
        ANY_LOG_ON_FIRST,
    ],
    CONNECTION,
];

/// To the dialog, whose name stands in the middle of the sentence.
fn start(name: &Text, dialog_ja: &str, dialog_en: &str, needs: &Needs) -> Text {
    let (ja, en) = host_in_brackets(needs);
    Text::new(
        format!("{} を起動し、{dialog_ja}を開いて、送信 (SMTP) サーバーの項目を探します{ja}。", name.ja),
        format!(
            "Start {}, open {dialog_en} and find what belongs to the outgoing (SMTP) server{en}.",
            name.en
        ),
    )
}

const ANY_LOG_ON_FIRST: Step = Step {
    when: when::log_on_first,
    changes: &[Aspect::LogOnFirst],
    says: Fixed(
        "送信前に受信サーバーへログインする設定 (POP before SMTP) があれば、それを無効にします。",
        "Turn off logging on to the incoming server before sending (POP before SMTP), if there is such a setting.",
    ),
};

const CONNECTION: &[Step] = &[
    SERVER,
    Step {
        when: when::port,
        changes: &[Aspect::Port],
        says: Filled(|needs| {
            let port = port_of(needs);
            Text::new(
                format!("送信サーバーのポート番号を「{port}」にします。"),
                format!("Set the port of the outgoing server to {port}."),
            )
        }),
    },
    Step {
        when: when::tls,
        changes: &[Aspect::Security],
        says: Fixed(
            "送信サーバーの暗号化を SSL/TLS にします。",
            "Set the encryption of the outgoing server to SSL/TLS.",
        ),
    },
    Step {
        when: when::starttls_or_auto,
        changes: &[Aspect::Security],
        says: Fixed(
            "送信サーバーの暗号化を STARTTLS にします。",
            "Set the encryption of the outgoing server to STARTTLS.",
        ),
    },
    Step {
        when: when::plain,
        changes: &[Aspect::Security],
        says: Fixed(
            "送信サーバーの暗号化は「なし」でかまいません (今、暗号化していて送信できるなら、そのままにします)。",
            "The encryption of the outgoing server may be none (leave it if it is encrypted now and sends).",
        ),
    },
    Step {
        when: |needs| needs.security.is_none() && needs.security_as_advised,
        changes: &[Aspect::Security],
        says: Fixed(
            "送信サーバーの暗号化 (STARTTLS または SSL/TLS) は、プロバイダーの案内に指定があればそれに合わせます(なければ今のまま)。",
            "Set the encryption of the outgoing server (STARTTLS or SSL/TLS) as the provider's notice says; if it says nothing, leave it as it is.",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "保存します。パスワードを聞かれたら入力します。項目が見つからない場合は、ソフトの説明書またはプロバイダーの案内を確認します。",
            "Save. If a password is asked for, enter it. If a setting can't be found, see the program's manual or the provider's notice.",
        ),
    },
];
