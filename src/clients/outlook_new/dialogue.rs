//! The new Outlook for Windows. Its screens change with its versions, so the questions name what to look for, as its steps
//! do.

use crate::clients::dialogue::question::{Answers, Dialogue, Question, Topic};
use crate::clients::dialogue::words::{
    ADDRESS, ANY_PORT, AUTHENTICATES, DOES_NOT, IMAP, NO_TLS, POP, SERVICE, STARTTLS, TLS, choice, same,
    server,
};
use crate::model::Text;

pub(in crate::clients) static DIALOGUE: Dialogue = Dialogue {
    client: "outlook-new",
    is_of_screens: true,
    edition: None,
    notes: &[],
    questions: &[
        ADDRESS,
        Question {
            topic: Topic::Incoming,
            screen: Some(Text::fixed(
                "新しい Outlook の右上の [設定] (歯車) をクリックし、[アカウント] → [メール アカウント] を開いて、対象のアカウントの [管理] をクリックします。",
                "In the new Outlook, click [Settings] (the gear at the top right), open [Accounts] > [Email accounts] and click [Manage] at the account.",
            )),
            text: Text::fixed("アカウントの種類はどれですか。", "What kind of account is it?"),
            label: Text::fixed("アカウントの種類", "kind of account"),
            kind: Answers::Choice(&[
                choice("pop3", same("POP"), POP),
                choice("imap", same("IMAP"), IMAP),
                choice(
                    "other",
                    Text::fixed(
                        "それ以外 (Microsoft 365、Exchange、Outlook.com、Gmail、Yahoo、iCloud)",
                        "Neither (Microsoft 365, Exchange, Outlook.com, Gmail, Yahoo, iCloud)",
                    ),
                    SERVICE,
                ),
            ]),
            help: Text::fixed(
                "アカウントの名前の近くに表示されます。プロバイダーや会社のメールサーバーのアカウントは POP か IMAP です。",
                "It is shown near the account's name. Accounts at a provider's or company's mail server are POP or IMAP.",
            ),
        },
        Question {
            topic: Topic::Auth,
            screen: Some(Text::fixed(
                "サーバーの設定 ([修復] や [詳細設定] など) を開き、送信 (SMTP) サーバーの欄を表示します。",
                "Open the settings of the server ([Repair], [Advanced settings] or the like), so that the fields of the outgoing (SMTP) server show.",
            )),
            text: Text::fixed(
                "SMTP のユーザー名とパスワードが入力されていますか (受信と同じものを使う設定も y。中身は教えないでください)。",
                "Are a user name and a password for SMTP filled in? (Also y if those for receiving are used. Do not tell what they hold.)",
            ),
            label: Text::fixed("SMTP のユーザー名・パスワード", "SMTP user name and password"),
            kind: Answers::YesNo { yes: AUTHENTICATES, no: DOES_NOT },
            help: Text::fixed(
                "「SMTP ユーザー名」「SMTP パスワード」などの欄です。受信 (POP、IMAP) の方のユーザー名ではありません。",
                "The fields are called \"SMTP username\" and \"SMTP password\" or the like. Those for receiving (POP, IMAP) are others.",
            ),
        },
        server(
            None,
            Text::fixed("SMTP 送信サーバー", "SMTP outgoing server"),
            Text::fixed(
                "SMTP 送信サーバーの名前は何ですか。省略できます。",
                "What is the name of the SMTP outgoing server? It may be left out.",
            ),
        ),
        Question {
            topic: Topic::Port,
            screen: None,
            text: Text::fixed("SMTP ポートの番号はいくつですか。", "What is the number of the SMTP port?"),
            label: Text::fixed("SMTP ポート", "SMTP port"),
            kind: ANY_PORT,
            help: Text::fixed(
                "SMTP 送信サーバーの名前の近くにあります。25、465、587 などの数字です。",
                "It is near the name of the SMTP outgoing server: 25, 465, 587 or another number.",
            ),
        },
        Question {
            topic: Topic::Encryption,
            screen: None,
            text: Text::fixed(
                "SMTP の暗号化 (セキュリティで保護された接続) はどれですか。",
                "Which encryption (secure connection type) does SMTP use?",
            ),
            label: Text::fixed("SMTP の暗号化", "SMTP secure connection type"),
            kind: Answers::Choice(&[NO_TLS, STARTTLS, TLS]),
            help: Text::fixed(
                "SMTP ポートの近くにあります。受信の方の暗号化ではありません。",
                "It is near the SMTP port. The one for receiving is another.",
            ),
        },
    ],
};
