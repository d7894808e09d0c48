//! The lines to write into msmtp's configuration: msmtp(1), which has no dialogs.

use super::words::SIGN_IN;
use crate::clients::steps::Says::{Filled, Fixed};
use crate::clients::steps::{Header, Step, host_in_brackets, login_instead, method, port_of, server, when};
use crate::model::{Aspect, Text};

/// msmtp only sends. src/msmtp.c, msmtp_sendmail: with `auth` it ends with an error, before the envelope, where the server
/// offers no authentication (EX_UNAVAILABLE) and where smtp_auth fails.
pub(super) const HEADER: Header = Header::NeverReceives(
    "どちらもない場合: 「auth on」の msmtp は、認証に失敗すると送信せずにエラーで終わります。エラーなく届いていれば、認証して送信できています。",
    "If it has neither: with \"auth on\", msmtp ends with an error and sends nothing unless it could authenticate, so what arrived was sent with authentication.",
);

pub(super) const STEPS: &[Step] = &[
    Step {
        when: when::always,
        changes: &[],
        says: Filled(|needs| {
            let (ja, en) = host_in_brackets(needs);
            Text::new(
                format!(
                    "設定ファイル (~/.msmtprc、~/.config/msmtp/config または /etc/msmtprc) をエディターで開き、対象の account の部分{ja}を探します。以下の行をその中に書き、同じ名前の行がすでにあれば書き換えます。"
                ),
                format!(
                    "Open the configuration (~/.msmtprc, ~/.config/msmtp/config or /etc/msmtprc) in an editor and find the account{en}. Write the following lines into it; where a line of that name is there already, change it."
                ),
            )
        }),
    },
    Step {
        when: when::server,
        changes: &[Aspect::Host],
        says: Filled(|needs| {
            server(&Text::fixed("「host」の行の名前", "the name in the line \"host\""), needs)
        }),
    },
    // There is no log-on first.
    Step {
        when: when::same_login,
        changes: &[Aspect::Auth, Aspect::LogOnFirst, Aspect::User],
        says: Fixed(
            "SMTP認証を有効にします: 「auth on」と「user ユーザー名」の2行を書きます。パスワードは「passwordeval」にパスワードを表示するコマンド (gpg、secret-tool など) を書くか、「password パスワード」と書きます (後者は他人が読めないよう chmod 600 にします)。",
            "Turn on SMTP authentication with the two lines \"auth on\" and \"user NAME\". For the password, write \"passwordeval\" with a command that prints it (gpg, secret-tool or the like), or \"password PASSWORD\" (then chmod 600 the file, so that nobody else can read it).",
        ),
    },
    login_instead(&SIGN_IN),
    method(&SIGN_IN),
    Step {
        when: when::port,
        changes: &[Aspect::Port],
        says: Filled(|needs| {
            let port = port_of(needs);
            Text::new(
                format!("ポートを変更します: 「port {port}」と書きます。"),
                format!("Change the port: write \"port {port}\"."),
            )
        }),
    },
    Step {
        when: when::tls,
        changes: &[Aspect::Security],
        says: Fixed(
            "最初から TLS で接続します: 「tls on」と「tls_starttls off」の2行を書きます。",
            "Use TLS from the start: write the two lines \"tls on\" and \"tls_starttls off\".",
        ),
    },
    Step {
        when: when::starttls,
        changes: &[Aspect::Security],
        says: Fixed(
            "STARTTLS にします: 「tls on」と「tls_starttls on」の2行を書きます。",
            "Use STARTTLS: write the two lines \"tls on\" and \"tls_starttls on\".",
        ),
    },
    Step {
        when: when::plain,
        changes: &[Aspect::Security],
        says: Fixed(
            "TLS を使わないようにします: 「tls off」と書きます。",
            "Turn TLS off: write \"tls off\".",
        ),
    },
    Step {
        when: when::advised,
        changes: &[Aspect::Security],
        says: Fixed(
            "プロバイダーの案内に暗号化 (STARTTLS) の指定があれば、「tls on」と「tls_starttls on」の2行を書きます。",
            "If the provider's notice asks for encryption (STARTTLS), write the two lines \"tls on\" and \"tls_starttls on\".",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "保存します。次の送信から有効になり、再起動は不要です。「msmtp --pretend --account=アカウント名 宛先」で、使われる設定を確認できます。",
            "Save. It holds from the next message on, without a restart; \"msmtp --pretend --account=NAME RECIPIENT\" shows the settings that are used.",
        ),
    },
];
