//! Android: the Gmail app, and the older app "Email" with the same screens.
//!
//! A provider's notice for Android 6: Gmail, settings, account, "送信設定", "ログインが必要". The words are those of AOSP's
//! Email app (res/values and values-ja/strings.xml, account_setup_outgoing_*).

use crate::clients::dialogue::question::{Answers, Dialogue, Question, Topic};
use crate::clients::dialogue::words::{
    ADDRESS, ANY_PORT, AUTHENTICATES, DOES_NOT, IMAP, IS_TLS, NO_TLS, POP, SERVICE, STARTS_TLS, choice, same,
    server,
};
use crate::model::Text;

pub(in crate::clients) static DIALOGUE: Dialogue = Dialogue {
    client: "android-mail",
    is_of_screens: true,
    edition: Some("gmail-android"),
    notes: &[],
    questions: &[
        ADDRESS,
        Question {
            topic: Topic::Incoming,
            screen: Some(Text::fixed(
                "Gmail (または使っているメールアプリ) を起動し、左上のメニュー (三本線) をタップして下までスクロールし、[設定] をタップして、対象のアカウントを選びます。",
                "Start Gmail (or the mail app in use), tap the menu (three lines) at the top left, scroll down, tap [Settings] and choose the account.",
            )),
            text: Text::fixed(
                "下の方に [受信設定] と [送信設定] がありますか。あれば [受信設定] を開き、受信サーバーの種類を答えてください。",
                "Are there [Incoming settings] and [Outgoing settings] further down? If so, open [Incoming settings]: what kind of server is it?",
            ),
            label: Text::fixed("受信設定", "Incoming settings"),
            kind: Answers::Choice(&[
                choice("pop3", same("POP"), POP),
                choice("imap", same("IMAP"), IMAP),
                choice(
                    "other",
                    Text::fixed(
                        "[受信設定] がない (Google、Exchange など)",
                        "There is no [Incoming settings] (Google, Exchange or the like)",
                    ),
                    SERVICE,
                ),
            ]),
            help: Text::fixed(
                "サーバー名が pop で始まるか、ポートが 110 か 995 なら POP、imap で始まるか、143 か 993 なら IMAP です。",
                "It is POP if the server's name begins with pop or the port is 110 or 995; IMAP if it begins with imap or the port is 143 or 993.",
            ),
        },
        Question {
            topic: Topic::Auth,
            screen: Some(Text::fixed(
                "アカウントの設定に戻り、下までスクロールして [送信設定] をタップします。",
                "Go back to the settings of the account, scroll down and tap [Outgoing settings].",
            )),
            text: Text::fixed("[ログインが必要] はオンですか。", "Is [Require signin] on?"),
            label: Text::fixed("ログインが必要", "Require signin"),
            kind: Answers::YesNo { yes: AUTHENTICATES, no: DOES_NOT },
            help: Text::fixed(
                "[送信設定] の画面にあるチェックボックスまたはスイッチです (Samsung メールでは [送信前に認証] など)。オフのときは、ユーザー名とパスワードの欄が表示されません。",
                "It is a box or a switch on the screen [Outgoing settings] (in Samsung Email [Authentication before sending emails] or the like). While it is off, no user name and password are shown.",
            ),
        },
        server(
            None,
            Text::fixed("SMTP サーバー", "SMTP server"),
            Text::fixed(
                "[SMTP サーバー] の名前は何ですか。省略できます。",
                "What is the name of the [SMTP server]? It may be left out.",
            ),
        ),
        Question {
            topic: Topic::Port,
            screen: None,
            text: Text::fixed("[ポート] の番号はいくつですか。", "Which number is in [Port]?"),
            label: Text::fixed("ポート", "Port"),
            kind: ANY_PORT,
            help: Text::fixed(
                "同じ画面の、[SMTP サーバー] の下にあります。25、465、587 などの数字です。",
                "It is on the same screen, below [SMTP server]: 25, 465, 587 or another number.",
            ),
        },
        Question {
            topic: Topic::Encryption,
            screen: None,
            text: Text::fixed("[セキュリティの種類] はどれですか。", "What is the [Security type]?"),
            label: Text::fixed("セキュリティの種類", "Security type"),
            kind: Answers::Choice(&[
                NO_TLS,
                choice(
                    "tls",
                    Text::fixed(
                        "SSL/TLS (すべての証明書を承認、も含む)",
                        "SSL/TLS (also with \"Accept all certificates\")",
                    ),
                    IS_TLS,
                ),
                choice(
                    "starttls",
                    Text::fixed(
                        "STARTTLS (すべての証明書を承認、も含む)",
                        "STARTTLS (also with \"Accept all certificates\")",
                    ),
                    STARTS_TLS,
                ),
            ]),
            help: Text::fixed(
                "同じ画面の、[ポート] の近くにあります。",
                "It is on the same screen, near [Port].",
            ),
        },
    ],
};
