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

/// How to see that it works: without receiving first, which is what POP-before-SMTP needed.
pub const TEST: Text = Text::fixed(
    "メールソフトを終了して起動し直し、受信をせずに自分あてのメールを1通送信して、送れることを確認します。",
    "Close the mail program and start it again; then, without receiving first, send a message to yourself and see that it goes out.",
);

/// The reason and the place of the check by hand, before the steps themselves.
pub const CHECK_FIRST: Text = Text::fixed(
    "この端末からは設定を判断できませんでした。次の画面を順に開き、値がこのとおりか確認して、違うものだけを変更します。",
    "The settings could not be judged from here. Open these dialogs in turn, compare the values, and change only those that differ.",
);
