//! The steps for Claws Mail.
//!
//! Labels: src/prefs_account.c, src/account.c and po/ja.po of Claws Mail 4. Where the translation is behind, the program
//! shows the English label.

use super::words::SIGN_IN;
use crate::clients::steps::Says::{Filled, Fixed};
use crate::clients::steps::{
    Header, SERVER, Step, encryption, host_in_brackets, login, method, port_of, when,
};
use crate::model::{Aspect, Text};

/// src/mainwindow.c (View/MessageSource) and po/ja.po: "表示(_V)", "メッセージのソース(_A)", `<control>U`.
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
                    "Claws Mail の [設定(C)] メニューから [アカウントを編集(E)...] を開き、対象のアカウント{ja}を選んで [編集(E)] をクリックします。"
                ),
                format!(
                    "In Claws Mail, open [Configuration] > [Edit accounts...], select the account{en} and click [Edit]."
                ),
            )
        }),
    },
    SERVER,
    Step {
        when: when::login,
        changes: &[],
        says: Fixed("左の一覧で [送信] を開きます。", "Open [Send] in the list on the left."),
    },
    Step {
        when: when::same_login,
        changes: &[Aspect::Auth, Aspect::User],
        says: Fixed(
            "[SMTPサーバで認証(SMTP AUTH)を行う] にチェックを入れます。[ユーザID] と [パスワード] は、空のままにすると受信のときのものが使われます。",
            "Tick [SMTP Authentication (SMTP AUTH)]. If [User ID] and [Password] are left empty, those for receiving are used.",
        ),
    },
    login(&SIGN_IN),
    method(&SIGN_IN),
    Step {
        when: when::log_on_first,
        changes: &[Aspect::LogOnFirst],
        says: Fixed(
            "[送信する前にPOPで認証する] のチェックを外します。",
            "Untick [Authenticate with POP before sending].",
        ),
    },
    Step {
        when: when::encryption,
        changes: &[],
        says: Fixed(
            "左の一覧で [SSL/TLS](版により [TLS])を開きます。",
            "Open [TLS] (older versions: [SSL/TLS]) in the list on the left.",
        ),
    },
    Step {
        when: when::encryption,
        changes: &[Aspect::Security],
        says: Filled(|needs| {
            let starttls = Text::fixed(
                "STARTTLSコマンドを使用して暗号化されたセッションを開始する",
                "Use STARTTLS command to start encrypted session",
            );
            let tls = Text::fixed("SSL/TLSを使用する", "Use TLS");
            encryption(&Text::fixed("送信(SMTP)", "Send (SMTP)"), (&starttls, &tls), needs)
        }),
    },
    Step {
        when: when::port,
        changes: &[Aspect::Port],
        says: Filled(|needs| {
            let port = port_of(needs);
            Text::new(
                format!("左の一覧で [詳細] を開き、[SMTPポート] にチェックを入れて「{port}」と入力します。"),
                format!("Open [Advanced] in the list on the left, tick [SMTP port] and enter {port}."),
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
