//! Sentences that the steps of several clients share.

use crate::model::{Needs, Security, Text};

/// True if there is anything to do in the dialog that holds authentication and log-on-first.
pub fn touches_login(needs: &Needs) -> bool {
    needs.authenticate || needs.log_on_first_off
}

/// True if there is anything to do in the dialog that holds port and encryption.
pub fn touches_connection(needs: &Needs) -> bool {
    needs.port.is_some() || needs.security.is_some()
}

/// What to do with the encryption, with the label and the choices of a dialog: `choices` are the words for STARTTLS
/// and for TLS from the start. `None`: nothing.
pub fn encryption(label: &Text, choices: (&Text, &Text), needs: &Needs) -> Option<Text> {
    let choice = match needs.security {
        Some(Security::Tls) => choices.1,
        Some(_) => choices.0,
        None if needs.security_as_advised && needs.port.is_some() => {
            return Some(Text::new(
                format!(
                    "[{}] は、プロバイダーの案内に暗号化の指定があれば [{}] にします(なければ今のまま)。",
                    label.ja, choices.0.ja
                ),
                format!(
                    "[{}]: choose [{}] if the provider's notice asks for encryption; otherwise leave it as it is.",
                    label.en, choices.0.en
                ),
            ));
        }
        None => return None,
    };
    Some(Text::new(
        format!("[{}] を [{}] に変更します。", label.ja, choice.ja),
        format!("Set [{}] to [{}].", label.en, choice.en),
    ))
}

/// Sets a port field.
pub fn port(label: &Text, port: u16) -> Text {
    Text::new(
        format!("[{}] の値を「{port}」に変更します。", label.ja),
        format!("Change [{}] to {port}.", label.en),
    )
}

/// `(送信サーバー: mail.example.jp)`, to find the right entry; empty without a host.
pub fn host_in_brackets(needs: &Needs) -> (String, String) {
    needs.host.as_ref().map_or_else(Default::default, |host| {
        (format!("(送信サーバー: {host})"), format!(" (outgoing server: {host})"))
    })
}

/// How to see that it works: without having received, whose permission lasts up to 30 minutes at providers that still
/// have POP-before-SMTP.
pub const TEST: Text = Text::fixed(
    "確認: メールソフトを終了し、30分ほど受信せずに待ちます(以前の受信による送信許可が消えるまで)。起動したら、受信する前に自分あてのメールを1通送信し、送れることを確かめます(自動で受信する設定は、事前に止めておきます。スマートフォンではデータの取得を手動にします)。",
    "Check: close the mail program and wait about 30 minutes without receiving, so that the permission from earlier receiving ends. Start it and, before it receives, send a message to yourself and see that it goes out (switch off automatic receiving beforehand; on a phone, set fetching to manual).",
);

/// The reason and the place of the check by hand, before the steps themselves.
pub const CHECK_FIRST: Text = Text::fixed(
    "この端末からは設定を判断できませんでした。次の画面を順に開き、値がこのとおりか確認して、違うものだけを変更します。",
    "The settings could not be judged from here. Open these dialogs in turn, compare the values, and change only those that differ.",
);

/// For kinds of account whose dialogs are unknown.
pub const UNKNOWN_KIND: Text = Text::fixed(
    "この種類のアカウント(アドインなどで追加されたもの)の設定画面は分かりません。アカウントを追加したソフトの説明書またはその提供元で、送信時に SMTP 認証(ポート 587)を使うかどうかを確認してください。",
    "The dialogs of this kind of account (added by an add-in or the like) are not known. See the manual of the program that added it, or ask its maker, whether it sends with SMTP-AUTH on port 587.",
);
