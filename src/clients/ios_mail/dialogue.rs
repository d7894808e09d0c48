//! iPhone and iPad.
//!
//! A provider's notice for iOS 10: settings, account, SMTP, and the fields for user name and password are empty. What is
//! around it: Apple's iPhone guide ("設定" > "アプリ" > "メール" > "メールアカウント" since iOS 18).

use crate::clients::dialogue::question::{Answers, Dialogue, Question, Topic};
use crate::clients::dialogue::words::{
    ADDRESS, AUTHENTICATES, DOES_NOT, IMAP, PLAIN, POP, PORT_OR_EMPTY, SERVICE, TRIES_TLS, choice, server,
};
use crate::model::Text;

pub(in crate::clients) static DIALOGUE: Dialogue = Dialogue {
    client: "ios-mail",
    is_of_screens: true,
    edition: Some("ios-18"),
    notes: &[],
    questions: &[
        ADDRESS,
        Question {
            topic: Topic::Incoming,
            screen: Some(Text::fixed(
                "[設定] をタップし、[アプリ] → [メール] → [メールアカウント] を開きます (iOS 14～17 は [メール] → [アカウント]、iOS 11～13 は [パスワードとアカウント]、iOS 10 以前は [メール/連絡先/カレンダー] または [メール])。対象のアカウントをタップし、次の画面に [アカウント] とメールアドレスの行があれば、それもタップします。",
                "Tap [Settings], then [Apps] > [Mail] > [Mail Accounts] (iOS 14 to 17: [Mail] > [Accounts]; iOS 11 to 13: [Passwords & Accounts]; up to iOS 10: [Mail, Contacts, Calendars] or [Mail]). Tap the account and, if there is a row [Account] with the mail address, that row too.",
            )),
            text: Text::fixed("画面の見出しはどれですか。", "Which heading does the screen have?"),
            label: Text::fixed("アカウント情報", "Account Information"),
            kind: Answers::Choice(&[
                choice("pop3", Text::fixed("POP アカウント情報", "POP Account Information"), POP),
                choice("imap", Text::fixed("IMAP アカウント情報", "IMAP Account Information"), IMAP),
                choice(
                    "other",
                    Text::fixed(
                        "どちらもない (iCloud、Gmail、Exchange など)",
                        "Neither (iCloud, Gmail, Exchange or the like)",
                    ),
                    SERVICE,
                ),
            ]),
            help: Text::fixed(
                "[受信メールサーバ] と [送信メールサーバ] の欄がある画面の、名前やメールアドレスの上の小さな見出しです。その 2 つの欄がどこにもなければ、サービス側で管理されているアカウントなので 3 です。",
                "It is the small heading above the name and the address, on the screen with [Incoming Mail Server] and [Outgoing Mail Server]. If there are no such fields anywhere, the service manages the account: answer 3.",
            ),
        },
        server(
            Some(Text::fixed(
                "[送信メールサーバ] の [SMTP] をタップし、[オン] になっているサーバ (ふつうは [プライマリサーバ]) をタップします。",
                "Tap [SMTP] under [Outgoing Mail Server], then the server that is [On] (normally the one under [Primary Server]).",
            )),
            Text::fixed("ホスト名", "Host Name"),
            Text::fixed(
                "[ホスト名] は何ですか。省略できます。",
                "What is the [Host Name]? It may be left out.",
            ),
        ),
        Question {
            topic: Topic::Auth,
            screen: None,
            text: Text::fixed(
                "[ユーザ名] と [パスワード] の欄は両方とも入力されていますか (中身は教えないでください)。",
                "Are both fields, [User Name] and [Password], filled in? (Do not tell what they hold.)",
            ),
            label: Text::fixed(
                "送信メールサーバのユーザ名・パスワード",
                "User Name and Password of the outgoing server",
            ),
            kind: Answers::YesNo { yes: AUTHENTICATES, no: DOES_NOT },
            help: Text::fixed(
                "[ホスト名] のすぐ下です。空欄には薄い文字で「オプション」と表示されます。パスワードは黒丸が並んでいれば入力済みです。受信側ではなく、[SMTP] をタップして開いた画面を見ます。",
                "They are right below [Host Name]. An empty field shows a faint \"Optional\"; a password that is there shows as dots. Look at the screen behind [SMTP], not at the incoming server.",
            ),
        },
        Question {
            topic: Topic::Encryption,
            screen: None,
            text: Text::fixed("[SSLを使用] はオン (緑) ですか。", "Is [Use SSL] on (green)?"),
            label: Text::fixed("SSLを使用", "Use SSL"),
            kind: Answers::YesNo { yes: TRIES_TLS, no: PLAIN },
            help: Text::fixed(
                "同じ画面の、[パスワード] の下にあります。",
                "It is on the same screen, below [Password].",
            ),
        },
        Question {
            topic: Topic::Port,
            screen: None,
            text: Text::fixed(
                "[サーバポート] の番号はいくつですか。空欄なら 0 と答えてください。",
                "Which number is in [Server Port]? Answer 0 if the field is empty.",
            ),
            label: Text::fixed("サーバポート", "Server Port"),
            kind: PORT_OR_EMPTY,
            help: Text::fixed(
                "同じ画面のいちばん下です。25、465、587 などの数字です。",
                "It is at the bottom of the same screen: 25, 465, 587 or another number.",
            ),
        },
    ],
};
