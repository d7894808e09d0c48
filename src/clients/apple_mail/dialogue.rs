//! Mail of macOS.
//!
//! A provider's notice for Mail 10: `[環境設定...]`, the account, `[サーバ設定]`: user name and password of the outgoing server are
//! empty, and `[認証:]` is "なし". The other labels are those of the steps, with the same sources.

use crate::clients::dialogue::question::{Answers, Dialogue, Question, Topic};
use crate::clients::dialogue::words::{
    ADDRESS, AUTHENTICATES, DOES_NOT, IMAP, PLAIN, POP, PORT_OR_EMPTY, SERVICE, TRIES_TLS, choice, same,
    server,
};
use crate::model::Text;

pub(in crate::clients) static DIALOGUE: Dialogue = Dialogue {
    client: "apple-mail",
    is_of_screens: true,
    edition: None,
    notes: &[],
    questions: &[
        ADDRESS,
        Question {
            topic: Topic::Incoming,
            screen: Some(Text::fixed(
                "メールの [メール] メニューから [環境設定...] (macOS 13 以降は [設定...]) を選び、[アカウント] をクリックします。左の一覧で対象のアカウントを選びます。",
                "In Mail, choose [Mail] > [Preferences...] ([Settings...] since macOS 13) and click [Accounts]. Select the account in the list on the left.",
            )),
            text: Text::fixed("アカウントの種類はどれですか。", "What kind of account is it?"),
            label: Text::fixed("アカウントの種類", "kind of account"),
            kind: Answers::Choice(&[
                choice("pop3", same("POP"), POP),
                choice("imap", same("IMAP"), IMAP),
                choice(
                    "other",
                    Text::fixed(
                        "サービス側で管理 (iCloud、Google、Exchange など)",
                        "The service decides (iCloud, Google, Exchange or the like)",
                    ),
                    SERVICE,
                ),
            ]),
            help: Text::fixed(
                "一覧の、アカウントの名前の下に表示されます。",
                "It is shown below the account's name in the list.",
            ),
        },
        server(
            Some(Text::fixed(
                "[サーバ設定] タブをクリックし、[送信メールサーバ(SMTP)] の欄を見ます ([サーバ設定] タブがない OS X 10.11 までは、[アカウント情報] タブの [送信用メールサーバ (SMTP)] から [SMTP サーバリストを編集...] を選んで、対象のサーバを選びます)。",
                "Click the tab [Server Settings] and look at [Outgoing Mail Server (SMTP)] (up to OS X 10.11, which has no such tab: on the tab [Account Information], choose [Edit SMTP Server List...] from [Outgoing Mail Server (SMTP)] and select the server).",
            )),
            Text::fixed("送信メールサーバ", "Outgoing Mail Server"),
            Text::fixed(
                "送信メールサーバの名前 (ホスト名) は何ですか。省略できます。",
                "What is the (host) name of the outgoing mail server? It may be left out.",
            ),
        ),
        Question {
            topic: Topic::Auth,
            screen: None,
            text: Text::fixed(
                "送信メールサーバの [ユーザ名:] と [パスワード:] が入力され、[認証:] が [なし] 以外になっていますか (中身は教えないでください)。",
                "Are [User Name:] and [Password:] of the outgoing server filled in, and is [Authentication:] something other than [None]? (Do not tell what they hold.)",
            ),
            label: Text::fixed(
                "送信メールサーバのユーザ名・パスワード・認証",
                "User Name, Password and Authentication of the outgoing server",
            ),
            kind: Answers::YesNo { yes: AUTHENTICATES, no: DOES_NOT },
            help: Text::fixed(
                "[送信メールサーバ(SMTP)] の欄にあります (OS X 10.11 までは [詳細] タブ)。[接続設定を自動的に管理] にチェックがあって [認証:] が表示されないときは、[ユーザ名:] と [パスワード:] だけで答えます。受信メールサーバの方ではありません。",
                "They are below [Outgoing Mail Server (SMTP)] (up to OS X 10.11 on the tab [Advanced]). If [Automatically manage connection settings] is ticked and there is no [Authentication:], go by [User Name:] and [Password:] alone. Those of the incoming server are others.",
            ),
        },
        Question {
            topic: Topic::Encryption,
            screen: None,
            text: Text::fixed(
                "送信メールサーバの [TLS/SSL を使用] にチェックが入っていますか。",
                "Is [Use TLS/SSL] of the outgoing server ticked?",
            ),
            label: Text::fixed("TLS/SSL を使用", "Use TLS/SSL"),
            kind: Answers::YesNo { yes: TRIES_TLS, no: PLAIN },
            help: Text::fixed(
                "[ポート:] の近くにあります (OS X 10.11 までは [SSL (Secure Sockets Layer) を使用])。[接続設定を自動的に管理] にチェックがあって表示されないときは y です。",
                "It is near [Port:] (up to OS X 10.11: [Use Secure Sockets Layer (SSL)]). If [Automatically manage connection settings] is ticked and it is not shown, answer y.",
            ),
        },
        Question {
            topic: Topic::Port,
            screen: None,
            text: Text::fixed(
                "送信メールサーバの [ポート:] の値はいくつですか。[接続設定を自動的に管理] にチェックがあって表示されなければ、0 と答えてください。",
                "Which number is in [Port:] of the outgoing server? Answer 0 if it is not shown because [Automatically manage connection settings] is ticked.",
            ),
            label: Text::fixed("ポート", "Port"),
            kind: PORT_OR_EMPTY,
            help: Text::fixed(
                "25、465、587 などの数字です ([カスタムポートを使用] がある版で、それが選ばれていなければ 0)。",
                "It is 25, 465, 587 or another number (where there is [Use custom port] and it is not selected, 0).",
            ),
        },
    ],
};
