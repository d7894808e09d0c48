//! The steps for Windows 10's Mail: the notice's procedure.
//!
//! Labels, where it leaves them out: xserver.ne.jp/manual/man_mail_setting_windows10.php (Japanese);
//! nextcloud/documentation groupware/sync_windows10, monicahq/monica and ovh/docs, configuration-mail-windows (English, also
//! that a port stands behind the server's name).

use super::words::SIGN_IN;
use crate::clients::steps::Says::{Filled, Fixed};
use crate::clients::steps::{
    Header, SERVER, Step, host_in_brackets, host_of, login_instead, method, port_of, when,
};
use crate::model::{Aspect, Text};

/// help.onamae.com/answer/20533: Windows 10's Mail can't show it.
pub(super) const HEADER: Header = Header::NotShown;

pub(super) const STEPS: &[Step] = &[
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "まず移行を検討します。このアプリのサポートは 2024年12月31日に終了し、以後は送受信できないと Microsoft が案内しています。ほかのメールソフト(新しい Outlook、Thunderbird など)にこのアカウントを設定し、以下と同じ値にすれば、このアプリの変更は不要です。",
            "First consider moving: support for this app ended on December 31, 2024, and Microsoft says that it can't send or receive since then. Set the account up in another mail program (new Outlook, Thunderbird or the like) with the values below; then nothing needs to change here.",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "まだこのアプリを使っている場合は、Windows 10 メールを起動し、左下の歯車 (設定) → [アカウントの管理](古い版では [アカウント])をクリックします。",
            "If the app is still used: start Mail, click the gear (Settings) at the bottom left and then [Manage accounts] ([Accounts] in old versions).",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Filled(|needs| {
            let (ja, en) = host_in_brackets(needs);
            Text::new(
                format!(
                    "対象のアカウントをクリックし{ja}、[メールボックスの同期設定を変更] → 一番下の [メールボックスの詳細設定] をクリックします。"
                ),
                format!(
                    "Click the account{en}, then [Change mailbox sync settings] and, at the bottom, [Advanced mailbox settings]."
                ),
            )
        }),
    },
    SERVER,
    Step {
        when: when::port,
        changes: &[Aspect::Port],
        says: Filled(|needs| {
            let (host, port) = (host_of(needs), port_of(needs));
            Text::new(
                format!(
                    "[送信 (SMTP) メール サーバー] のサーバー名の後ろに「:{port}」を付けます(「{}:{port}」のように入力)。",
                    host.ja
                ),
                format!(
                    "In [Outgoing (SMTP) email server], write :{port} behind the server's name, as in {}:{port}.",
                    host.en
                ),
            )
        }),
    },
    // There is no log-on first.
    Step {
        when: when::same_login,
        changes: &[Aspect::Auth, Aspect::LogOnFirst, Aspect::User],
        says: Fixed(
            "[送信サーバーは認証が必要] のチェックが外れていれば、受信後しばらくの間だけ送信できる状態 (POP before SMTP) です。[送信サーバーは認証が必要] と [メールの送信に同じユーザー名とパスワードを使う] にチェックを入れます。",
            "If [Outgoing server requires authentication] is not ticked, it can send only for a while after receiving (POP-before-SMTP). Tick it and [Use the same user name and password for sending email].",
        ),
    },
    login_instead(&SIGN_IN),
    method(&SIGN_IN),
    // One box, which says nothing of STARTTLS or TLS from the start.
    Step {
        when: |needs| when::security(needs) && !when::plain(needs),
        changes: &[Aspect::Security],
        says: Fixed(
            "[送信メールに SSL を使う] にチェックを入れます。",
            "Tick [Require SSL for outgoing email].",
        ),
    },
    Step {
        when: when::plain,
        changes: &[Aspect::Security],
        says: Fixed(
            "[送信メールに SSL を使う] は、チェックがなくてもかまいません (今付いていて送信できるなら、そのままにします)。",
            "[Require SSL for outgoing email] need not be ticked (leave it if it is ticked now and sends).",
        ),
    },
    Step {
        when: |needs| needs.security.is_none() && needs.security_as_advised,
        changes: &[Aspect::Security],
        says: Fixed(
            "[送信メールに SSL を使う] は、プロバイダーの案内に暗号化の指定があればチェックを入れます(なければ今のまま)。",
            "[Require SSL for outgoing email]: tick it if the provider's notice asks for encryption; otherwise leave it as it is.",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "[完了] → [保存] の順にクリックします。パスワードを聞かれたら入力します。",
            "Click [Done] and then [Save]. If a password is asked for, enter it.",
        ),
    },
];
