//! Becky! Internet Mail Ver.2.
//!
//! A provider's notice: `[ツール(T)]` > `[メールボックスの設定(M)...]` > `[詳細]`, the box `[POP before SMTP を使用]`. The other labels and
//! the English ones are those of the steps, with the same sources; how the tab `[基本設定]` calls the incoming protocol is not known.

use crate::clients::dialogue::question::{Answers, Dialogue, Meaning, Question, Topic};
use crate::clients::dialogue::words::{
    ADDRESS, ANY_PORT, AUTHENTICATES, IMAP, IS_TLS, PLAIN, POP, SERVICE, STARTS_TLS, choice, same, server,
};
use crate::model::{Auth, LogOnFirst, Text};

pub(in crate::clients) static DIALOGUE: Dialogue = Dialogue {
    client: "becky",
    is_of_screens: true,
    edition: None,
    notes: &[],
    questions: &[
        ADDRESS,
        Question {
            topic: Topic::Incoming,
            screen: Some(Text::fixed(
                "Becky! で対象のメールボックスを選び、[ツール(T)] メニューから [メールボックスの設定(M)...] を開きます。",
                "In Becky!, select the mailbox and open [Tools] > [Mailbox Setup...] (ツール > メールボックスの設定).",
            )),
            text: Text::fixed(
                "[基本設定] タブで、受信の方式はどれですか。",
                "On the tab [Basic] (基本設定): how does it receive?",
            ),
            label: Text::fixed("受信の方式", "incoming protocol"),
            kind: Answers::Choice(&[
                choice("pop3", same("POP3"), POP),
                choice("imap", same("IMAP4"), IMAP),
                choice(
                    "other",
                    Text::fixed("送信サーバーの欄がない", "There is no field for an outgoing server"),
                    SERVICE,
                ),
            ]),
            help: Text::fixed(
                "受信サーバーの名前が pop で始まるか、[詳細] タブの番号が 110 か 995 なら POP3、imap で始まるか、143 か 993 なら IMAP4 です。",
                "It is POP3 if the incoming server's name begins with pop or its number on the tab [Advanced] (詳細) is 110 or 995; IMAP4 if it begins with imap or the number is 143 or 993.",
            ),
        },
        Question {
            topic: Topic::LogOnFirst,
            screen: Some(Text::fixed("[詳細] タブを選択します。", "Choose the tab [Advanced] (詳細).")),
            text: Text::fixed(
                "[POP before SMTP を使用] にチェックが入っていますか。",
                "Is [Use POP before SMTP] (POP before SMTP を使用) ticked?",
            ),
            label: Text::fixed("POP before SMTP を使用", "Use POP before SMTP (POP before SMTP を使用)"),
            kind: Answers::YesNo {
                yes: &[Meaning::LogOnFirst(LogOnFirst::On)],
                no: &[Meaning::LogOnFirst(LogOnFirst::Off)],
            },
            help: Text::fixed(
                "[詳細] タブにあるチェックボックスです。",
                "It is a box on the tab [Advanced] (詳細).",
            ),
        },
        Question {
            topic: Topic::Auth,
            screen: None,
            text: Text::fixed(
                "[SMTP認証] にチェックが入っていますか。",
                "Is [SMTP Authentication] (SMTP認証) ticked?",
            ),
            label: Text::fixed("SMTP認証", "SMTP Authentication (SMTP認証)"),
            kind: Answers::YesNo { yes: AUTHENTICATES, no: &[Meaning::Auth(Auth::None)] },
            help: Text::fixed("同じ [詳細] タブにあります。", "It is on the same tab [Advanced] (詳細)."),
        },
        server(
            None,
            Text::fixed("送信サーバー", "outgoing server"),
            Text::fixed(
                "[基本設定] タブの送信サーバー (SMTP) の名前は何ですか。省略できます。",
                "What is the name of the outgoing (SMTP) server on the tab [Basic] (基本設定)? It may be left out.",
            ),
        ),
        Question {
            topic: Topic::Port,
            screen: None,
            text: Text::fixed(
                "[詳細] タブの [サーバーのポート番号] の [SMTP:] の値はいくつですか。",
                "Which number is in [SMTP:] under [Server port numbers] (サーバーのポート番号) on the tab [Advanced] (詳細)?",
            ),
            label: Text::fixed(
                "サーバーのポート番号 SMTP",
                "Server port numbers (サーバーのポート番号) SMTP",
            ),
            kind: ANY_PORT,
            help: Text::fixed(
                "25、465、587 などの数字です。[POP3:] などの番号は受信用です。",
                "It is 25, 465, 587 or another number. Those for POP3 and the like are for receiving.",
            ),
        },
        Question {
            topic: Topic::Encryption,
            screen: None,
            text: Text::fixed(
                "[基本設定] タブの送信サーバーの [SMTPS] はどうなっていますか。",
                "What about [SMTPS] at the outgoing server on the tab [Basic] (基本設定)?",
            ),
            label: Text::fixed("SMTPS", "SMTPS"),
            kind: Answers::Choice(&[
                choice("none", Text::fixed("チェックなし", "not ticked"), PLAIN),
                choice("tls", Text::fixed("チェックあり", "ticked"), IS_TLS),
                choice(
                    "starttls",
                    Text::fixed("STARTTLS を選択 (選べる版)", "STARTTLS (in versions that offer it)"),
                    STARTS_TLS,
                ),
            ]),
            help: Text::fixed(
                "送信サーバーの名前の近くにあります。受信サーバーの方ではありません。",
                "It is near the name of the outgoing server. The one for receiving is another.",
            ),
        },
    ],
};
