//! The steps for K-9 Mail and Thunderbird for Android.
//!
//! Labels: thunderbird/thunderbird-android, feature/account/server/settings/src/main/res/values and values-ja/strings.xml
//! (the dialog), legacy/ui/legacy/src/main/res/values-ja/strings.xml (the way to it). Older versions have a
//! box for the log-on beside the choice.

use crate::clients::steps::{encryption, host_in_brackets, port};
use crate::model::{Needs, Text};

/// The steps; there is one edition.
pub(super) fn steps(_edition: &str, needs: &Needs) -> Vec<Text> {
    let (ja, en) = host_in_brackets(needs);
    let mut list = vec![
        Text::fixed(
            "K-9 Mail (または Thunderbird) を起動し、メニューから [設定] を開きます。",
            "Start K-9 Mail (or Thunderbird) and open [Settings] in the menu.",
        ),
        Text::new(
            format!(
                "対象のアカウントをタップし{ja}、[メール送信] の [送信メールサーバー設定] をタップします。"
            ),
            format!("Tap the account{en}, then [Sending mail] and [Outgoing server]."),
        ),
    ];
    // Choosing the encryption sets the port anew: it goes first, as in the dialog.
    let start_tls = Text::fixed("StartTLS", "StartTLS");
    let tls = Text::fixed("SSL/TLS", "SSL/TLS");
    list.extend(encryption(&Text::fixed("セキュリティ", "Security"), (&start_tls, &tls), needs));
    list.extend(needs.port.map(|number| port(&Text::fixed("ポート番号", "Port"), number)));
    if needs.authenticate {
        list.push(Text::fixed(
            "[認証方式] を [通常のパスワード認証] にし、[ユーザー名] と [パスワード] に受信と同じものを入力します (古い版では、その前に認証が必要かどうかのチェックボックスにチェックを入れます)。",
            "Set [Authentication] to [Normal password] and enter the user name and the password for receiving in [Username] and [Password] (in older versions, first tick the box that says that a sign-in is required).",
        ));
    }
    if needs.log_on_first_off {
        list.push(Text::fixed(
            "送信の前に受信サーバーへログインする設定はこのアプリにはありません。[認証方式] が [なし] でなければ、受信をせずに送信できます。",
            "The app has no setting to log on to the incoming server before sending; once [Authentication] is not [None], it sends without receiving first.",
        ));
    }
    list.push(Text::fixed(
        "[次へ] をタップします。設定が確かめられて保存されます。",
        "Tap [Next]: the settings are checked and saved.",
    ));
    list
}
