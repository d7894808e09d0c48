//! The steps for Sylpheed.
//!
//! Labels: src/prefs_account_dialog.c and po/ja.po of Sylpheed 3.8.

use super::words::SIGN_IN;
use crate::clients::steps::Says::{Filled, Fixed};
use crate::clients::steps::{
    Header, SERVER, Step, encryption, host_in_brackets, login, method, port_of, when,
};
use crate::model::{Aspect, Text};

/// src/mainwindow.c (main_window_entries) and po/ja.po: "/表示(_V)/メッセージのソース(_A)", `<control>U`.
pub(super) const HEADER: Header = Header::Shown(
    "そのメールを選び、[Ctrl]+[U] を押します ([表示(V)] → [メッセージのソース(A)])",
    "select it and press [Ctrl]+[U] ([View] > [Message source])",
);

pub(super) const STEPS: &[Step] = &[
    Step {
        when: when::always,
        changes: &[],
        says: Filled(|needs| {
            let (ja, en) = host_in_brackets(needs);
            Text::new(
                format!(
                    "Sylpheed の [設定(C)] メニューから [アカウントの編集(E)...] を開き、対象のアカウント{ja}を選んで [編集(E)] をクリックします。"
                ),
                format!(
                    "In Sylpheed, open [Configuration] > [Edit accounts...], select the account{en} and click [Edit]."
                ),
            )
        }),
    },
    SERVER,
    Step {
        when: when::login, changes: &[], says: Fixed("[送信] タブを開きます。", "Open the tab [Send].")
    },
    Step {
        when: when::same_login,
        changes: &[Aspect::Auth, Aspect::User],
        says: Fixed(
            "[SMTP認証 (SMTP AUTH)] にチェックを入れます。[ユーザID] と [パスワード] は、空のままにすると受信時と同じものが使われます。",
            "Tick [SMTP Authentication (SMTP AUTH)]. If [User ID] and [Password] are left empty, those for receiving are used.",
        ),
    },
    login(&SIGN_IN),
    method(&SIGN_IN),
    Step {
        when: when::log_on_first,
        changes: &[Aspect::LogOnFirst],
        says: Fixed(
            "[送信前にPOP3認証を行う] のチェックを外します。",
            "Untick [Authenticate with POP3 before sending].",
        ),
    },
    Step {
        when: when::encryption,
        changes: &[],
        says: Fixed("[SSL] タブを開きます。", "Open the tab [SSL]."),
    },
    Step {
        when: when::encryption,
        changes: &[Aspect::Security],
        says: Filled(|needs| {
            let starttls = Text::fixed(
                "SSLセッションの開始にSTARTTLSコマンドを使用",
                "Use STARTTLS command to start SSL session",
            );
            let tls = Text::fixed("SMTPの接続にSSLを使用", "Use SSL for SMTP connection");
            encryption(&Text::fixed("送信 (SMTP)", "Send (SMTP)"), (&starttls, &tls), needs)
        }),
    },
    Step {
        when: when::port,
        changes: &[Aspect::Port],
        says: Filled(|needs| {
            let port = port_of(needs);
            Text::new(
                format!(
                    "[高度な設定] タブを開き、[SMTPポートを指定] にチェックを入れて「{port}」と入力します。"
                ),
                format!("Open the tab [Advanced], tick [Specify SMTP port] and enter {port}."),
            )
        }),
    },
    Step {
        when: when::always,
        changes: &[],
        says: Fixed(
            "[OK] をクリックします。パスワードを保存していない場合は、次に送信するときに聞かれるので入力します。",
            "Click [OK]. If no password is saved, the program asks for it the next time it sends: enter it.",
        ),
    },
];
