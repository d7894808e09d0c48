//! The steps for Mail on the iPhone and iPad: the way to the list of accounts differs by version, the rest does not.
//!
//! Labels: the notice's chapter 3.2 (its [メール/連絡先/カレンダー] is the name up to iOS 9; iOS 10 says "メール");
//! olympus.net, help center, "iOS 14 - Change Settings" ("Mail" > "Accounts", "SMTP", [Primary Server], "Done", the
//! check that follows); for iOS 18, where Settings has a list "Apps" at its end, published descriptions of iPadOS 18
//! ("アプリ" > "メール" > "メールアカウント").

use super::words::{PROFILE_RECEIVING, PROFILE_SIGN_IN, RECEIVING, SIGN_IN};
use crate::clients::Edition;
use crate::clients::steps::Says::{Filled, Fixed};
use crate::clients::steps::{
    Header, Step, host_in_brackets, login, login_instead, method, port, port_of, server, when,
};
use crate::model::{Aspect, Security, Text};

/// help.onamae.com/answer/20533: the mail apps of phones can't show it.
const HEADER: Header = Header::NotShown;

/// An account that a configuration profile added.
pub(super) const PROFILE: &str = "ios-profile";
/// Where nothing tells the version.
const NEWEST: &str = "ios-18";

/// The editions whose way to the accounts differs. There is one switch for both kinds of encryption.
pub(super) const EDITIONS: &[Edition] = &[
    Edition {
        id: "ios-10",
        name: Text::fixed("iPhone / iPad (iOS 10.x)", "iPhone / iPad (iOS 10.x)"),
        typed: &["iOS 8", "iOS 9", "iOS 10"],
        steps: &[TO_ACCOUNTS_10, ACCOUNT],
        keeps_tls: true,
        header: HEADER,
        receiving: Some(&RECEIVING),
    },
    Edition {
        id: "ios-11",
        name: Text::fixed("iPhone / iPad (iOS 11～13)", "iPhone / iPad (iOS 11 to 13)"),
        typed: &["iOS 11", "iOS 12", "iOS 13", "iPadOS 13"],
        steps: &[TO_ACCOUNTS_11, ACCOUNT],
        keeps_tls: true,
        header: HEADER,
        receiving: Some(&RECEIVING),
    },
    Edition {
        id: "ios-14",
        name: Text::fixed("iPhone / iPad (iOS 14～17)", "iPhone / iPad (iOS 14 to 17)"),
        typed: &["iOS 14", "iPadOS 14", "iOS 15", "iPadOS 15", "iOS 16", "iPadOS 16", "iOS 17", "iPadOS 17"],
        steps: &[TO_ACCOUNTS_14, ACCOUNT],
        keeps_tls: true,
        header: HEADER,
        receiving: Some(&RECEIVING),
    },
    Edition {
        id: NEWEST,
        name: Text::fixed("iPhone / iPad (iOS 18 以降)", "iPhone / iPad (iOS 18 and later)"),
        typed: &["iOS 18", "iPadOS 18", "iOS 26", "iPadOS 26"],
        steps: &[TO_ACCOUNTS_18, ACCOUNT],
        keeps_tls: true,
        header: HEADER,
        receiving: Some(&RECEIVING),
    },
    Edition {
        id: PROFILE,
        name: Text::fixed(
            "iPhone / iPad (構成プロファイルで追加されたアカウント)",
            "iPhone / iPad (account from a configuration profile)",
        ),
        typed: &[],
        steps: &[NEW_PROFILE],
        keeps_tls: false,
        header: HEADER,
        receiving: Some(&PROFILE_RECEIVING),
    },
];

/// The edition by the first number of the version.
pub(super) fn edition_of(major: Option<u32>) -> &'static str {
    match major {
        Some(0..=10) => "ios-10",
        Some(11..=13) => "ios-11",
        Some(14..=17) => "ios-14",
        _ => NEWEST,
    }
}

const TO_ACCOUNTS_10: &[Step] = &[Step {
    when: when::always,
    changes: &[],
    says: Fixed(
        "[設定] をタップし、[メール](表示が [メール/連絡先/カレンダー] の場合はそれ)の [アカウント] を開きます。",
        "Tap [Settings] > [Mail] ([Mail, Contacts, Calendars] where it is called so) > [Accounts].",
    ),
}];
const TO_ACCOUNTS_11: &[Step] = &[Step {
    when: when::always,
    changes: &[],
    says: Fixed(
        "[設定] をタップし、[パスワードとアカウント] (iOS 11 では [アカウントとパスワード]) をタップします。",
        "Tap [Settings] > [Passwords & Accounts] ([Accounts & Passwords] in iOS 11).",
    ),
}];
const TO_ACCOUNTS_14: &[Step] = &[Step {
    when: when::always,
    changes: &[],
    says: Fixed(
        "[設定] をタップし、[メール] の [アカウント] をタップします。",
        "Tap [Settings] > [Mail] > [Accounts].",
    ),
}];
const TO_ACCOUNTS_18: &[Step] = &[Step {
    when: when::always,
    changes: &[],
    says: Fixed(
        "[設定] の一番下の [アプリ] をタップし、[メール] の [メールアカウント] をタップします(iOS 14～17 では [設定] の [メール] の [アカウント]、iOS 11～13 では [設定] の [パスワードとアカウント]、iOS 10 以前では [設定] の [メール] または [メール/連絡先/カレンダー])。",
        "Tap [Settings] > [Apps] (at the end) > [Mail] > [Mail Accounts] (iOS 14 to 17: [Settings] > [Mail] > [Accounts]; iOS 11 to 13: [Settings] > [Passwords & Accounts]; up to iOS 10: [Settings] > [Mail] or [Mail, Contacts, Calendars]).",
    ),
}];

const ACCOUNT: &[Step] = &[
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "対象のアカウントをタップします(IMAP のアカウントでは、次の画面で [アカウント] のメールアドレスをもう一度タップします)。",
            "Tap the account (for an IMAP account, then tap its address under [Account] once more).",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Filled(|needs| {
            let (ja, en) = host_in_brackets(needs);
            Text::new(
                format!(
                    "[送信メールサーバ] の [SMTP] をタップし、[プライマリサーバ] または [ほかのSMTPサーバ] の対象のサーバをタップします{ja}。"
                ),
                format!(
                    "Under [Outgoing Mail Server], tap [SMTP], then the server under [Primary Server] or [Other SMTP Servers]{en}."
                ),
            )
        }),
    },
    Step {
        when: when::server,
        changes: &[Aspect::Host],
        says: Filled(|needs| server(&Text::fixed("[ホスト名]", "[Host Name]"), needs)),
    },
    Step {
        when: when::same_login,
        changes: &[Aspect::Auth, Aspect::User],
        says: Fixed(
            "[ユーザ名] と [パスワード] に、受信と同じユーザ名とパスワードを入力します(「オプション」と表示されていても必要です)。[認証] は [パスワード] にします。",
            "Enter the user name and password for receiving in [User Name] and [Password] (needed although they say \"Optional\"), and set [Authentication] to [Password].",
        ),
    },
    login(&SIGN_IN),
    method(&SIGN_IN),
    // One switch for both kinds: TLS from the start on port 465 and where `SSLIsDirect` says so, STARTTLS on others
    // (SMTPAccount of iOS). Nothing shows `SSLIsDirect`: the check of the server finds it. That it is found anew once the
    // switch was off is inferred.
    Step {
        when: when::plain,
        changes: &[Aspect::Security],
        says: Fixed("[SSLを使用] をオフにします。", "Switch [Use SSL] off."),
    },
    Step {
        when: when::tls,
        changes: &[Aspect::Security],
        says: Fixed(
            "[SSLを使用] をオンにします(ポート 465 では接続の最初から TLS になります)。",
            "Switch [Use SSL] on (on port 465 it is TLS from the start).",
        ),
    },
    Step {
        when: when::starttls_or_auto,
        changes: &[Aspect::Security],
        says: Fixed(
            "[SSLを使用] をオンにします(ポート 465 以外では STARTTLS になります)。",
            "Switch [Use SSL] on (on any port but 465 it is STARTTLS).",
        ),
    },
    Step {
        when: when::kept_tls,
        changes: &[],
        says: Fixed(
            "[SSLを使用] はオンのままにします(今は接続の最初から TLS で、ポートのほうをそれに合わせます)。プロバイダーが接続の最初からの TLS に対応していない場合だけ、[SSLを使用] をオフにして [完了] をタップし、同じ画面で [SSLを使用] をもう一度オン、ポートを 587 にします(サーバの確認がやり直され、STARTTLS になると考えられます。未確認)。",
            "Leave [Use SSL] on (it is TLS from the start now, and the port is made to fit). Only if the provider does not offer TLS from the start: switch [Use SSL] off, tap [Done], and on the same screen switch it on again with port 587 (the server is then checked anew, presumably with STARTTLS; not confirmed).",
        ),
    },
    Step {
        when: when::advised,
        changes: &[Aspect::Security],
        says: Fixed(
            "[SSLを使用] は、プロバイダーの案内に暗号化の指定があればオンにします(なければ今のまま)。",
            "[Use SSL]: switch it on if the provider's notice asks for encryption; otherwise leave it.",
        ),
    },
    // Behind the switch for SSL, which may change the port.
    Step {
        when: when::port,
        changes: &[Aspect::Port],
        says: Filled(|needs| port(&Text::fixed("サーバポート", "Server Port"), needs)),
    },
    Step {
        when: when::log_on_first,
        changes: &[Aspect::LogOnFirst],
        says: Fixed(
            "送信の前に受信サーバへログオンする設定は iPhone / iPad にはありません。ユーザ名とパスワードを入力すれば、受信をせずに送信できます。",
            "There is no setting to log on to the incoming server before sending; with a user name and password it sends without receiving first.",
        ),
    },
    Step {
        when: |needs| when::login(needs) || when::connection(needs),
        changes: &[],
        says: Fixed(
            "右上の [完了] (新しい版ではチェックマーク) をタップし、サーバの確認が終わって前の画面に戻るまで待ちます。",
            "Tap [Done] (a tick in the newest versions) at the top right and wait until the server was checked and the screen before comes back.",
        ),
    },
];

/// Its keys: Apple, device-management, `com.apple.mail.managed`.
const NEW_PROFILE: &[Step] = &[
    Step {
        when: when::always,
        changes: &[],
        says: Filled(|needs| {
            let (ja, en) = host_in_brackets(needs);
            Text::new(
                format!(
                    "この端末ではサーバの設定を変更できません。プロファイルを配布した会社またはプロバイダーに、次のように直したプロファイルを依頼します{ja}。"
                ),
                format!(
                    "The servers can't be changed on the device: ask whoever gave out the profile for one with these settings{en}."
                ),
            )
        }),
    },
    // There is no log-on first.
    Step {
        when: when::server,
        changes: &[Aspect::Host],
        says: Filled(|needs| {
            server(&Text::fixed("OutgoingMailServerHostName", "OutgoingMailServerHostName"), needs)
        }),
    },
    Step {
        when: when::same_login,
        changes: &[Aspect::Auth, Aspect::LogOnFirst, Aspect::User],
        says: Fixed(
            "送信サーバの認証 (OutgoingMailServerAuthentication) を EmailAuthPassword にし、ユーザ名 (OutgoingMailServerUsername) を入れます。",
            "Authentication of the outgoing server (OutgoingMailServerAuthentication): EmailAuthPassword, with a user name (OutgoingMailServerUsername).",
        ),
    },
    login_instead(&PROFILE_SIGN_IN),
    method(&PROFILE_SIGN_IN),
    Step {
        when: when::port,
        changes: &[Aspect::Port],
        says: Filled(|needs| {
            let number = port_of(needs);
            Text::new(
                format!("ポート (OutgoingMailServerPortNumber) を {number} にします。"),
                format!("Port (OutgoingMailServerPortNumber): {number}."),
            )
        }),
    },
    Step {
        when: when::security,
        changes: &[Aspect::Security],
        says: Filled(|needs| {
            let value = if needs.security == Some(Security::Plain) { "false" } else { "true" };
            Text::new(
                format!("SSL/TLS (OutgoingMailServerUseSSL) を {value} にします。"),
                format!("SSL/TLS (OutgoingMailServerUseSSL): {value}."),
            )
        }),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "新しいプロファイルを端末に入れます。手に入らない場合は、[設定]、[一般]、[VPNとデバイス管理] (古い版では [プロファイル]) で古いプロファイルを削除し、アカウントを手動で追加します。プロファイルを削除すると、そのアカウントのメールは端末から消えます。",
            "Install the new profile. If there is none, remove the old one in [Settings] > [General] > [VPN & Device Management] ([Profile] in older versions) and add the account by hand; removing it takes the account's mail off the device.",
        ),
    },
];
