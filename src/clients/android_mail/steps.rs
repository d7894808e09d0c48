//! The steps for Android's mail apps.
//!
//! Labels: for Gmail on Android 6 the notice (chapter 4.1); for Email res/values/strings.xml and res/values-ja/strings.xml
//! of AOSP, packages/apps/Email, branch marshmallow-release, which Gmail's dialog comes from. Gmail's newer labels and
//! Samsung's are not published: there, the older ones stand with what to look for.

use super::words;
use crate::clients::steps::Says::{Filled, Fixed};
use crate::clients::steps::{
    Header, SERVER, Step, encryption, host_in_brackets, login, method, port_of, when,
};
use crate::model::{Aspect, Text};

/// help.onamae.com/answer/20533: the mail apps of phones can't show it.
pub(super) const HEADER: Header = Header::NotShown;

pub(super) const GMAIL_6: &[&[Step]] = &[TO_GMAIL_6, CONNECTION, LOGIN, DONE];
pub(super) const GMAIL: &[&[Step]] = &[TO_GMAIL, CONNECTION, LOGIN, DONE];
pub(super) const EMAIL: &[&[Step]] = &[TO_EMAIL, CONNECTION, LOGIN, DONE];
pub(super) const SAMSUNG: &[&[Step]] = &[TO_SAMSUNG, CONNECTION, SAMSUNG_LOGIN, DONE];

const TO_GMAIL_6: &[Step] = &[
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "Gmail を起動し、[受信トレイ] 画面のメニュー (三本線) をタップします。",
            "Start Gmail and tap the menu (three lines) on the screen [Inbox].",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "メニューを下までスクロールし、[設定] をタップします。",
            "Scroll the menu down and tap [Settings].",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Filled(|needs| {
            let (ja, en) = host_in_brackets(needs);
            Text::new(
                format!("対象のアカウントをタップし{ja}、下までスクロールして [送信設定] をタップします。"),
                format!("Tap the account{en}, scroll down and tap [Outgoing settings]."),
            )
        }),
    },
];

const TO_GMAIL: &[Step] = &[
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "Gmail を起動し、左上のメニュー (三本線) をタップし、下までスクロールして [設定] をタップします。",
            "Start Gmail, tap the menu at the top left (three lines), scroll down and tap [Settings].",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Filled(|needs| {
            let (ja, en) = host_in_brackets(needs);
            Text::new(
                format!(
                    "対象のアカウントをタップし{ja}、下までスクロールして [送信設定] (版により [送信サーバーの設定]) をタップします。"
                ),
                format!(
                    "Tap the account{en}, scroll down and tap [Outgoing settings] (in some versions [Outgoing server settings])."
                ),
            )
        }),
    },
];

const TO_EMAIL: &[Step] = &[
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "[メール] を起動し、メニューから [設定] をタップします。",
            "Start [Email] and tap [Settings] in the menu.",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Filled(|needs| {
            let (ja, en) = host_in_brackets(needs);
            Text::new(
                format!(
                    "対象のアカウントをタップし{ja}、下までスクロールして [サーバー設定] の [送信設定] をタップします。"
                ),
                format!(
                    "Tap the account{en}, scroll down and tap [Outgoing settings] under [Server settings]."
                ),
            )
        }),
    },
];

const TO_SAMSUNG: &[Step] = &[
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "[メール] (Samsung メール) を起動し、左上のメニュー (三本線) から歯車 (設定) をタップします。",
            "Start [Email] (Samsung Email), open the menu at the top left (three lines) and tap the gear (settings).",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Filled(|needs| {
            let (ja, en) = host_in_brackets(needs);
            Text::new(
                format!(
                    "対象のアカウントをタップし{ja}、下までスクロールして [サーバー設定] をタップし、送信サーバー (SMTP) の欄を開きます(古い機種では [その他設定] の [送信設定])。画面の表示は機種により少し異なります。"
                ),
                format!(
                    "Tap the account{en}, scroll down, tap [Server settings] and go to the outgoing server (SMTP; on older phones, [Outgoing settings] under [More settings]). The labels differ a little from phone to phone."
                ),
            )
        }),
    },
];

/// Choosing the encryption sets the port anew (AccountSetupOutgoingFragment.updatePortFromSecurityType): it goes first.
const CONNECTION: &[Step] = &[
    SERVER,
    Step {
        when: when::encryption,
        changes: &[Aspect::Security],
        says: Filled(|needs| {
            let label = Text::fixed("セキュリティの種類", "Security type");
            let choices = (&Text::fixed("STARTTLS", "STARTTLS"), &Text::fixed("SSL/TLS", "SSL/TLS"));
            encryption(&label, choices, needs)
        }),
    },
    Step {
        when: when::port,
        changes: &[Aspect::Port],
        says: Filled(|needs| {
            let port = port_of(needs);
            Text::new(
                format!(
                    "[ポート] を「{port}」にします([セキュリティの種類] を選び直すとポートも変わるので、最後に確かめます)。"
                ),
                format!("Set [Port] to {port} (choosing a [Security type] changes the port: check it last)."),
            )
        }),
    },
];

const LOGIN: &[Step] = &[
    Step {
        when: when::same_login,
        changes: &[Aspect::Auth, Aspect::User],
        says: Fixed(
            "[ログインが必要] をオンにし、[ユーザー名] と [パスワード] に受信と同じものを入力します (SMTP 認証)。",
            "Turn on [Require signin] and enter the user name and the password for receiving in [Username] and [Password] (SMTP authentication).",
        ),
    },
    login(&words::SIGN_IN),
    method(&words::SIGN_IN),
    Step {
        when: when::log_on_first,
        changes: &[Aspect::LogOnFirst],
        says: Fixed(
            "送信の前に受信サーバーへログインする設定はこのアプリにはありません。[ログインが必要] がオンなら、SMTP 認証により受信をせずに送信できます。",
            "The app has no setting to log on to the incoming server before sending; once [Require signin] is on, it authenticates and sends without receiving first.",
        ),
    },
];

const SAMSUNG_LOGIN: &[Step] = &[
    Step {
        when: when::same_login,
        changes: &[Aspect::Auth, Aspect::User],
        says: Fixed(
            "送信サーバーの認証 ([送信前に認証] や [ログインが必要] など) をオンにし、ユーザー名とパスワードに受信と同じものを入力します (SMTP 認証)。",
            "Turn on the authentication of the outgoing server ([Authentication before sending emails], [Require signin] or the like) and enter the user name and the password for receiving (SMTP authentication).",
        ),
    },
    login(&words::SAMSUNG_SIGN_IN),
    method(&words::SAMSUNG_SIGN_IN),
    Step {
        when: when::log_on_first,
        changes: &[Aspect::LogOnFirst],
        says: Fixed(
            "送信の前に受信サーバーへログインする設定はこのアプリにはありません。送信サーバーの認証 がオンなら、SMTP 認証により受信をせずに送信できます。",
            "The app has no setting to log on to the incoming server before sending; once the authentication of the outgoing server is on, it authenticates and sends without receiving first.",
        ),
    },
];

const DONE: &[Step] = &[Step {
    when: when::always,
    changes: &[],
    says: Fixed(
        "[完了] をタップします(版により [次へ])。設定が確かめられる間、待ちます。パスワードを聞かれたら、受信と同じパスワードを入力します。",
        "Tap [Done] ([Next] in some versions) and wait while the settings are checked. If a password is asked for, enter the one for receiving.",
    ),
}];
