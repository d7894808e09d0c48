//! Classic Outlook, whose tab "送信サーバー" holds authentication and log-on-first as choices of one question. The labels are
//! those of a provider's notice for Outlook 2007 to 2016.

use crate::clients::dialogue::question::{Answers, Dialogue, Meaning, Question, Topic};
use crate::clients::dialogue::words::{
    ADDRESS, ANY_PORT, AUTHENTICATES, DOES_NOT, IMAP, NO_TLS, POP, SERVICE, STARTTLS, TLS, TRIES_TLS, choice,
    server,
};
use crate::model::{Auth, LogOnFirst, Text};

/// What the registry does not show.
const BY_OAUTH2: &[Meaning] = &[Meaning::Auth(Auth::OAuth2)];
const LOGS_ON_FIRST: &[Meaning] = &[Meaning::Auth(Auth::None), Meaning::LogOnFirst(LogOnFirst::On)];

pub(in crate::clients) static DIALOGUE: Dialogue = Dialogue {
    client: "outlook",
    is_of_screens: true,
    edition: Some("outlook-2016-365"),
    notes: &[],
    questions: &[
        ADDRESS,
        Question {
            topic: Topic::Incoming,
            screen: Some(Text::fixed(
                "Outlook の [ファイル] タブの [情報] から [アカウント設定] → [アカウント設定] を開きます (2007 以前は [ツール] メニューの [アカウント設定])。",
                "In Outlook, open [File] > [Info] > [Account Settings] > [Account Settings] (up to 2007: [Tools] > [Account Settings]).",
            )),
            text: Text::fixed(
                "対象のアカウントの [種類] はどれですか。",
                "What is the [Type] of the account?",
            ),
            label: Text::fixed("種類", "Type"),
            kind: Answers::Choice(&[
                choice("pop3", Text::fixed("POP/SMTP", "POP/SMTP"), POP),
                choice("imap", Text::fixed("IMAP/SMTP", "IMAP/SMTP"), IMAP),
                choice(
                    "other",
                    Text::fixed(
                        "その他 (Microsoft Exchange など)",
                        "Another (Microsoft Exchange or the like)",
                    ),
                    SERVICE,
                ),
            ]),
            help: Text::fixed(
                "[電子メール] タブの一覧の、アカウントの名前の右にあります。",
                "It is to the right of the account's name in the list on the tab [Email].",
            ),
        },
        Question {
            topic: Topic::Auth,
            screen: Some(Text::fixed(
                "アカウントを選んで [変更(A)...] → [詳細設定(M)...] をクリックし、[送信サーバー] タブを選択します。",
                "Select the account, click [Change...] and [More Settings...] and choose the tab [Outgoing Server].",
            )),
            text: Text::fixed(
                "[送信サーバー] タブはどうなっていますか。",
                "What does the tab [Outgoing Server] say?",
            ),
            label: Text::fixed("送信サーバー", "Outgoing Server"),
            kind: Answers::Choice(&[
                choice(
                    "none",
                    Text::fixed(
                        "[送信サーバー (SMTP) は認証が必要] のチェックなし",
                        "[My outgoing server (SMTP) requires authentication] is not ticked",
                    ),
                    DOES_NOT,
                ),
                choice(
                    "same",
                    Text::fixed(
                        "[受信メール サーバーと同じ設定を使用する]",
                        "[Use same settings as my incoming mail server]",
                    ),
                    AUTHENTICATES,
                ),
                choice(
                    "own",
                    Text::fixed(
                        "[次のアカウントとパスワードでログオンする]",
                        "[Log on using] a user name and password",
                    ),
                    AUTHENTICATES,
                ),
                choice(
                    "log-on-first",
                    Text::fixed(
                        "[メールを送信する前に受信メール サーバーにログオンする]",
                        "[Log on to incoming mail server before sending mail]",
                    ),
                    LOGS_ON_FIRST,
                ),
                choice(
                    "oauth2",
                    Text::fixed(
                        "認証はするが、Outlook にパスワードを入力する欄はなく、Google や Microsoft などのサインインの画面が開く",
                        "It authenticates, but Outlook has no field for the password: a window of the provider (Google, Microsoft) opens to sign in",
                    ),
                    BY_OAUTH2,
                ),
            ]),
            help: Text::fixed(
                "[詳細設定(M)...] がない新しい版では、[変更(A)...] で開く画面の [送信メール] に同じ項目があります。",
                "Newer versions without [More Settings...] have the same under [Outgoing mail] on the screen that [Change...] opens.",
            ),
        },
        server(
            None,
            Text::fixed("送信メール サーバー (SMTP)", "Outgoing mail server (SMTP)"),
            Text::fixed(
                "[送信メール サーバー (SMTP)] の名前は何ですか。省略できます。",
                "What is the name of the [Outgoing mail server (SMTP)]? It may be left out.",
            ),
        ),
        Question {
            topic: Topic::Port,
            screen: Some(Text::fixed("[詳細設定] タブを選択します。", "Choose the tab [Advanced].")),
            text: Text::fixed(
                "[送信メール (SMTP)(O):] の番号はいくつですか。",
                "Which number is in [Outgoing server (SMTP)]?",
            ),
            label: Text::fixed("送信メール (SMTP)", "Outgoing server (SMTP)"),
            kind: ANY_PORT,
            help: Text::fixed(
                "[詳細設定] タブの [サーバーのポート番号] にあります。25、465、587 などの数字です。",
                "It is under [Server Port Numbers] on the tab [Advanced]: 25, 465, 587 or another number.",
            ),
        },
        Question {
            topic: Topic::Encryption,
            screen: None,
            text: Text::fixed(
                "その下の [使用する暗号化接続の種類] はどれですか。",
                "What is the [type of encrypted connection] below it?",
            ),
            label: Text::fixed("使用する暗号化接続の種類", "Use the following type of encrypted connection"),
            kind: Answers::Choice(&[
                NO_TLS,
                STARTTLS,
                TLS,
                choice("auto", Text::fixed("自動", "Auto"), TRIES_TLS),
            ]),
            help: Text::fixed(
                "送信メール (SMTP) のポートのすぐ下です。受信の方ではありません。",
                "It is right below the port for the outgoing server. The one for receiving is another.",
            ),
        },
    ],
};
