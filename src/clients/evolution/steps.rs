//! The steps for Evolution, and for accounts of GNOME Online Accounts that it uses.
//!
//! Labels: Evolution 3.46, page [Sending Email] of the Account Editor, as seen with POP before SMTP as the type; its
//! Japanese translation (evolution.mo, evolution-data-server.mo). GNOME Online Accounts: gnome-online-accounts, goaimapsmtpprovider.c.

use super::words::{ONLINE_SIGN_IN, SIGN_IN};
use crate::clients::steps::Says::{Filled, Fixed};
use crate::clients::steps::{
    Header, SERVER, Step, encryption, host_in_brackets, host_of, login, login_instead, method, port, port_of,
    when,
};
use crate::model::{Aspect, Text};

/// GNOME/evolution, src/mail/e-mail-reader.c (mail-show-source, `<Control>u`) and po/ja.po: "メッセージのソース(_M)".
pub(super) const HEADER: Header = Header::Shown(
    "そのメールを選び、[Ctrl]+[U] を押します ([表示] メニューの [メッセージのソース(M)])",
    "select it and press [Ctrl]+[U] ([View] > [Message Source])",
);

pub(super) const EDITOR: &[Step] = &[
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "Evolution の [編集(E)] メニューから [設定(P)] を開き、[メールのアカウント] を選びます。",
            "In Evolution, open [Edit] > [Preferences] and choose [Mail Accounts].",
        ),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Filled(|needs| {
            let (ja, en) = host_in_brackets(needs);
            Text::new(
                format!(
                    "対象のアカウントを選んで [編集(E)] をクリックし、[アカウントエディター] で [メールの送信] を選びます{ja}。"
                ),
                format!(
                    "Select the account, click [Edit], and choose [Sending Email] in the [Account Editor]{en}."
                ),
            )
        }),
    },
    SERVER,
    Step {
        when: when::auth,
        changes: &[Aspect::Auth],
        says: Fixed(
            "[設定] の [サーバー認証を行う(V)] にチェックが付いていることを確認し、なければ付けます。",
            "Under [Configuration], see that [Server requires authentication] is ticked, and tick it if not.",
        ),
    },
    Step {
        when: when::encryption,
        changes: &[Aspect::Security],
        says: Filled(|needs| {
            let starttls = Text::fixed("接続後に STARTTLS", "STARTTLS after connecting");
            let tls = Text::fixed("専用のポートで TLS", "TLS on a dedicated port");
            encryption(&Text::fixed("暗号化方法(M)", "Encryption method"), (&starttls, &tls), needs)
        }),
    },
    // Another method of encryption may put its own number there: so after it, though it stands above it.
    Step {
        when: when::port,
        changes: &[Aspect::Port],
        says: Filled(|needs| port(&Text::fixed("ポート番号(P)", "Port"), needs)),
    },
    Step {
        when: |needs| when::log_on_first(needs) && !when::method(needs),
        changes: &[Aspect::LogOnFirst],
        says: Fixed(
            "[認証] の [種類] が [POP before SMTP] になっていたら、[PLAIN] に変更します。",
            "If [Type] under [Authentication] is [POP before SMTP], change it to [PLAIN].",
        ),
    },
    Step {
        when: when::same_login,
        changes: &[Aspect::Auth, Aspect::User],
        says: Fixed(
            "[認証] の [サポートしているかチェック] をクリックし、[種類] から、取り消し線の付いていない [PLAIN] または [ログイン] を選びます。[ユーザー名(N)] に受信と同じユーザー名を入力します。",
            "Under [Authentication], click [Check for Supported Types], choose [PLAIN] or [Login], whichever is not struck through, as [Type], and enter the user name for receiving in [Username].",
        ),
    },
    login(&SIGN_IN),
    method(&SIGN_IN),
    Step { when: when::always, changes: &[], says: Fixed("[OK] をクリックします。", "Click [OK].") },
    Step {
        when: when::login,
        changes: &[],
        says: Fixed(
            "次に送信するときにパスワードを聞かれるので、受信と同じものを入力します。",
            "The next time that you send, a password is asked for: enter the one for receiving.",
        ),
    },
];

/// The dialog asks for the outgoing server when an account is added, and for nothing but passwords later.
pub(super) const ONLINE_ACCOUNTS: &[Step] = &[
    Step {
        when: when::always,
        changes: &[],
        says: Filled(|needs| {
            let (ja, en) = host_in_brackets(needs);
            Text::new(
                format!(
                    "GNOME の [設定] から [オンラインアカウント] を開き、対象のアカウントを選びます{ja}。受信の設定を書き留めてから削除し、[IMAP と SMTP] として追加し直します (サーバーにあるメールは消えません)。"
                ),
                format!(
                    "Open [Online Accounts] in the [Settings] of GNOME and select the account{en}. Write down what is set for receiving, remove the account, and add it again as [IMAP and SMTP] (the messages on the server stay)."
                ),
            )
        }),
    },
    // There is no log-on first.
    SERVER,
    Step {
        when: when::same_login,
        changes: &[Aspect::Auth, Aspect::LogOnFirst, Aspect::User],
        says: Fixed(
            "SMTP の画面で、SMTP 認証のためのユーザー名とパスワードに、受信と同じものを入力します。",
            "On the page for SMTP, enter the user name and the password for receiving: they are for SMTP authentication.",
        ),
    },
    login_instead(&ONLINE_SIGN_IN),
    method(&ONLINE_SIGN_IN),
    Step {
        when: when::encryption,
        changes: &[Aspect::Security],
        says: Filled(|needs| {
            let starttls = Text::fixed("接続後に STARTTLS", "STARTTLS after connecting");
            let tls = Text::fixed("専用のポートで SSL", "SSL on a dedicated port");
            encryption(&Text::fixed("暗号化", "Encryption"), (&starttls, &tls), needs)
        }),
    },
    Step {
        when: when::port,
        changes: &[Aspect::Port],
        says: Filled(|needs| {
            let (host, port) = (host_of(needs), port_of(needs));
            Text::new(
                format!("[サーバー] に、ポート番号を付けて「{}:{port}」と入力します。", host.ja),
                format!("In [Server], enter the name with the port: {}:{port}.", host.en),
            )
        }),
    },
];
