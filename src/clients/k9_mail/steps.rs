//! The steps for K-9 Mail and Thunderbird for Android.
//!
//! Labels: thunderbird/thunderbird-android, feature/account/server/settings/src/main/res/values and values-ja/strings.xml
//! (the dialog), legacy/ui/legacy/src/main/res/values-ja/strings.xml (the way to it). Older versions have a
//! box for the log-on beside the choice.

use super::words::SIGN_IN;
use crate::clients::steps::Says::{Filled, Fixed};
use crate::clients::steps::{Header, SERVER, Step, encryption, host_in_brackets, login, method, port, when};
use crate::model::{Aspect, Text};

/// thunderbird/thunderbird-android, legacy/ui/legacy/src/main/res: show_headers_action, in menu/message_list_option_menu.xml
/// (never in the bar itself) and values-ja/strings.xml.
pub(super) const HEADER: Header = Header::Shown(
    "メールを開き、右上のメニューから [ヘッダーを表示] を選びます",
    "open it and choose [Show headers] from the menu at the top right",
);

pub(super) const STEPS: &[Step] = &[
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "K-9 Mail (または Thunderbird) を起動し、メニューから [設定] を開きます。",
            "Start K-9 Mail (or Thunderbird) and open [Settings] in the menu.",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Filled(|needs| {
            let (ja, en) = host_in_brackets(needs);
            Text::new(
                format!(
                    "対象のアカウントをタップし{ja}、[メール送信] の [送信メールサーバー設定] をタップします。"
                ),
                format!("Tap the account{en}, then [Sending mail] and [Outgoing server]."),
            )
        }),
    },
    SERVER,
    // Choosing the encryption sets the port anew: it goes first, as in the dialog.
    Step {
        when: when::encryption,
        changes: &[Aspect::Security],
        says: Filled(|needs| {
            let choices = (&Text::fixed("StartTLS", "StartTLS"), &Text::fixed("SSL/TLS", "SSL/TLS"));
            encryption(&Text::fixed("セキュリティ", "Security"), choices, needs)
        }),
    },
    Step {
        when: when::port,
        changes: &[Aspect::Port],
        says: Filled(|needs| port(&Text::fixed("ポート番号", "Port"), needs)),
    },
    Step {
        when: when::same_login,
        changes: &[Aspect::Auth, Aspect::User],
        says: Fixed(
            "[認証方式] を [通常のパスワード認証] にし、[ユーザー名] と [パスワード] に受信と同じものを入力します (古い版では、その前に認証が必要かどうかのチェックボックスにチェックを入れます)。",
            "Set [Authentication] to [Normal password] and enter the user name and the password for receiving in [Username] and [Password] (in older versions, first tick the box that says that a sign-in is required).",
        ),
    },
    login(&SIGN_IN),
    method(&SIGN_IN),
    Step {
        when: when::log_on_first,
        changes: &[Aspect::LogOnFirst],
        says: Fixed(
            "送信の前に受信サーバーへログインする設定はこのアプリにはありません。[認証方式] が [なし] でなければ、受信をせずに送信できます。",
            "The app has no setting to log on to the incoming server before sending; once [Authentication] is not [None], it sends without receiving first.",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "[次へ] をタップします。設定が確かめられて保存されます。",
            "Tap [Next]: the settings are checked and saved.",
        ),
    },
];
