//! The steps for a configuration profile: whoever issues it changes its keys, and the devices get it anew.

use super::words::SIGN_IN;
use crate::clients::steps::Says::{Filled, Fixed};
use crate::clients::steps::{Header, Step, host_in_brackets, login, method, port_of, server, when};
use crate::model::{Aspect, Text};

/// The mail app that gets the account is one of several.
pub(super) const HEADER: Header = Header::Unknown;

/// Names of keys, as editors of profiles and MDM services write them into the file: apple/device-management,
/// mdm/profiles/com.apple.mail.managed.yaml. A profile of the same identifier replaces the installed one (TopLevel.yaml), and
/// a payload of the same identifier and UUID its former self (CommonPayloadKeys.yaml).
pub(super) const STEPS: &[Step] = &[
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "プロファイルで設定されたアカウントは、端末では変更できません。プロファイルの配布元 (MDM の管理者、会社のシステム担当、プロバイダー) が以下の変更をします。",
            "An account that a profile set up can't be changed on the device: whoever issues the profile (the MDM administrator, the IT department, the provider) makes these changes.",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Filled(|needs| {
            let (ja, en) = host_in_brackets(needs);
            Text::new(
                format!(
                    "MDM の管理画面、Apple Configurator、またはテキストエディターでプロファイル (署名してあれば署名前のもの) を開き、メールのペイロード com.apple.mail.managed を探します{ja}。"
                ),
                format!(
                    "Open the profile (as it was before signing) in the MDM service, in Apple Configurator or in a text editor, and find the mail payload com.apple.mail.managed{en}."
                ),
            )
        }),
    },
    Step {
        when: when::server,
        changes: &[Aspect::Host],
        says: Filled(|needs| {
            server(&Text::fixed("OutgoingMailServerHostName", "OutgoingMailServerHostName"), needs)
        }),
    },
    Step {
        when: when::same_login,
        changes: &[Aspect::Auth],
        says: Fixed(
            "送信サーバーの認証 OutgoingMailServerAuthentication を EmailAuthPassword (パスワード) にします。",
            "Set the authentication of the outgoing server, OutgoingMailServerAuthentication, to EmailAuthPassword (password).",
        ),
    },
    Step {
        when: when::same_login,
        changes: &[Aspect::User],
        says: Fixed(
            "OutgoingMailServerUsername に受信と同じユーザー名を入れ、OutgoingPasswordSameAsIncomingPassword を true にします。パスワードは書かず、インストールのときに端末で入力してもらいます。",
            "Enter the user name for receiving in OutgoingMailServerUsername, and set OutgoingPasswordSameAsIncomingPassword to true. Write no password: the device asks for it when the profile is installed.",
        ),
    },
    login(&SIGN_IN),
    method(&SIGN_IN),
    Step {
        when: when::port,
        changes: &[Aspect::Port],
        says: Filled(|needs| {
            let port = port_of(needs);
            Text::new(
                format!("送信サーバーのポート OutgoingMailServerPortNumber を {port} にします。"),
                format!("Set the port of the outgoing server, OutgoingMailServerPortNumber, to {port}."),
            )
        }),
    },
    // One key for both kinds of encryption.
    Step {
        when: when::plain,
        changes: &[Aspect::Security],
        says: Fixed(
            "送信サーバーの OutgoingMailServerUseSSL を false にします (SSL/TLS を使わない)。",
            "Set OutgoingMailServerUseSSL to false (no SSL/TLS for the outgoing server).",
        ),
    },
    Step {
        when: when::tls,
        changes: &[Aspect::Security],
        says: Fixed(
            "送信サーバーの OutgoingMailServerUseSSL を true にします (ポート 465 では接続の最初から TLS になります)。",
            "Set OutgoingMailServerUseSSL to true (on port 465, TLS from the start).",
        ),
    },
    Step {
        when: when::starttls_or_auto,
        changes: &[Aspect::Security],
        says: Fixed(
            "送信サーバーの OutgoingMailServerUseSSL を true にします (465 以外のポートでは STARTTLS になります)。",
            "Set OutgoingMailServerUseSSL to true (on other ports than 465, STARTTLS).",
        ),
    },
    Step {
        when: when::advised,
        changes: &[Aspect::Security],
        says: Fixed(
            "OutgoingMailServerUseSSL は、プロバイダーの案内に暗号化の指定があれば true にします (なければ今のまま)。",
            "OutgoingMailServerUseSSL: set it to true if the provider's notice asks for encryption; otherwise leave it as it is.",
        ),
    },
    Step {
        when: when::log_on_first,
        changes: &[Aspect::LogOnFirst],
        says: Fixed(
            "送信の前に受信サーバーへログオンする設定はプロファイルにはありません。SMTP 認証をすれば、受信をせずに送信できます。",
            "A profile has no setting to log on to the incoming server before sending; with SMTP authentication, sending works without receiving first.",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "PayloadIdentifier と PayloadUUID は変えずに保存し、署名していたものは署名し直して、MDM、メール、Web ページなどで配り直します。",
            "Save it with PayloadIdentifier and PayloadUUID unchanged, sign it again if it was signed, and distribute it anew by MDM, by mail or on a web page.",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "iPhone、iPad で: 新しいプロファイルを開き、[設定] → [プロファイルがダウンロードされました] ([一般] → [VPNとデバイス管理] にもあります) → [インストール] をタップします。パスワードを聞かれたら、受信と同じパスワードを入力します。MDM で配った場合は自動でインストールされ、あとでメールがパスワードを聞くことがあります。",
            "On the iPhone or iPad: open the new profile and tap [Settings] > [Profile Downloaded] (also in [General] > [VPN & Device Management]) > [Install]. If a password is asked for, enter the one for receiving. Where MDM distributes it, it installs itself, and Mail may ask for the password later.",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "Mac で: 新しいプロファイルを開き、[システム設定] → [一般] → [デバイス管理] (macOS 13 と 14 は [プライバシーとセキュリティ] → [プロファイル]、12 までは [システム環境設定] → [プロファイル]) でインストールします。",
            "On the Mac: open the new profile and install it in [System Settings] > [General] > [Device Management] ([Privacy & Security] > [Profiles] in macOS 13 and 14, [System Preferences] > [Profiles] up to 12).",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "同じアカウントが 2 つになったときは、古いほうのプロファイルを同じ画面で削除します。POP では、端末にしかないメールも消えるので、先に必要なメールを残してください。",
            "If the account is there twice now, remove the older profile in the same place. With POP, mail that is only on the device goes with it: keep what is needed first.",
        ),
    },
];
