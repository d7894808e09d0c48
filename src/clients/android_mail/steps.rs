//! The steps for Android's mail apps.
//!
//! Labels: for Gmail on Android 6 the notice (chapter 4.1); for Email res/values/strings.xml and res/values-ja/strings.xml
//! of AOSP, packages/apps/Email, branch marshmallow-release, which Gmail's dialog comes from. Gmail's newer labels and
//! Samsung's are not published: there, the older ones stand with what to look for.

use super::{EMAIL, GMAIL, SAMSUNG};
use crate::clients::steps::{encryption, host_in_brackets};
use crate::model::{Needs, Text};

/// The steps for one edition.
pub(super) fn steps(edition: &str, needs: &Needs) -> Vec<Text> {
    let mut list = way(edition, needs);
    // Choosing the encryption sets the port anew (AccountSetupOutgoingFragment.updatePortFromSecurityType): it goes first.
    let plain = Text::fixed("STARTTLS", "STARTTLS");
    let tls = Text::fixed("SSL/TLS", "SSL/TLS");
    list.extend(encryption(&Text::fixed("セキュリティの種類", "Security type"), (&plain, &tls), needs));
    if let Some(port) = needs.port {
        list.push(Text::new(
            format!("[ポート] を「{port}」にします([セキュリティの種類] を選び直すとポートも変わるので、最後に確かめます)。"),
            format!("Set [Port] to {port} (choosing a [Security type] changes the port: check it last)."),
        ));
    }
    if needs.authenticate {
        list.push(sign_in(edition));
    }
    if needs.log_on_first_off {
        let (ja, en) = match edition {
            SAMSUNG => ("送信サーバーの認証", "the authentication of the outgoing server"),
            _ => ("[ログインが必要]", "[Require signin]"),
        };
        list.push(Text::new(
            format!("送信の前に受信サーバーへログインする設定はこのアプリにはありません。{ja} がオンなら、SMTP 認証により受信をせずに送信できます。"),
            format!("The app has no setting to log on to the incoming server before sending; once {en} is on, it authenticates and sends without receiving first."),
        ));
    }
    list.push(Text::fixed(
        "[完了] をタップします(版により [次へ])。設定が確かめられる間、待ちます。パスワードを聞かれたら、受信と同じパスワードを入力します。",
        "Tap [Done] ([Next] in some versions) and wait while the settings are checked. If a password is asked for, enter the one for receiving.",
    ));
    list
}

/// To the dialog.
fn way(edition: &str, needs: &Needs) -> Vec<Text> {
    let (ja, en) = host_in_brackets(needs);
    match edition {
        EMAIL => vec![
            Text::fixed(
                "[メール] を起動し、メニューから [設定] をタップします。",
                "Start [Email] and tap [Settings] in the menu.",
            ),
            Text::new(
                format!(
                    "対象のアカウントをタップし{ja}、下までスクロールして [サーバー設定] の [送信設定] をタップします。"
                ),
                format!(
                    "Tap the account{en}, scroll down and tap [Outgoing settings] under [Server settings]."
                ),
            ),
        ],
        SAMSUNG => vec![
            Text::fixed(
                "[メール] (Samsung メール) を起動し、左上のメニュー (三本線) から歯車 (設定) をタップします。",
                "Start [Email] (Samsung Email), open the menu at the top left (three lines) and tap the gear (settings).",
            ),
            Text::new(
                format!(
                    "対象のアカウントをタップし{ja}、下までスクロールして [サーバー設定] をタップし、送信サーバー (SMTP) の欄を開きます(古い機種では [その他設定] の [送信設定])。画面の表示は機種により少し異なります。"
                ),
                format!(
                    "Tap the account{en}, scroll down, tap [Server settings] and go to the outgoing server (SMTP; on older phones, [Outgoing settings] under [More settings]). The labels differ a little from phone to phone."
                ),
            ),
        ],
        GMAIL => vec![
            Text::fixed(
                "Gmail を起動し、左上のメニュー (三本線) をタップし、下までスクロールして [設定] をタップします。",
                "Start Gmail, tap the menu at the top left (three lines), scroll down and tap [Settings].",
            ),
            Text::new(
                format!(
                    "対象のアカウントをタップし{ja}、下までスクロールして [送信設定] (版により [送信サーバーの設定]) をタップします。"
                ),
                format!(
                    "Tap the account{en}, scroll down and tap [Outgoing settings] (in some versions [Outgoing server settings])."
                ),
            ),
        ],
        _ => vec![
            Text::fixed(
                "Gmail を起動し、[受信トレイ] 画面のメニュー (三本線) をタップします。",
                "Start Gmail and tap the menu (three lines) on the screen [Inbox].",
            ),
            Text::fixed(
                "メニューを下までスクロールし、[設定] をタップします。",
                "Scroll the menu down and tap [Settings].",
            ),
            Text::new(
                format!("対象のアカウントをタップし{ja}、下までスクロールして [送信設定] をタップします。"),
                format!("Tap the account{en}, scroll down and tap [Outgoing settings]."),
            ),
        ],
    }
}

fn sign_in(edition: &str) -> Text {
    if edition == SAMSUNG {
        return Text::fixed(
            "送信サーバーの認証 ([送信前に認証] や [ログインが必要] など) をオンにし、ユーザー名とパスワードに受信と同じものを入力します (SMTP 認証)。",
            "Turn on the authentication of the outgoing server ([Authentication before sending emails], [Require signin] or the like) and enter the user name and the password for receiving (SMTP authentication).",
        );
    }
    Text::fixed(
        "[ログインが必要] をオンにし、[ユーザー名] と [パスワード] に受信と同じものを入力します (SMTP 認証)。",
        "Turn on [Require signin] and enter the user name and the password for receiving in [Username] and [Password] (SMTP authentication).",
    )
}
