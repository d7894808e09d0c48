//! Windows 10 Mail.
//!
//! A provider's notice names the screens and the box. The program has no field for the port: a number may stand behind the
//! server's name, else it tries the usual ports (seen on the wire by pc.shigizemi.com/2016/10/27).

use super::ENDED;
use crate::clients::dialogue::question::{Answers, Dialogue, Question, Topic};
use crate::clients::dialogue::words::{
    ADDRESS, AUTHENTICATES, DOES_NOT, IMAP, PLAIN, POP, PORT_OR_EMPTY, SERVICE, TRIES_TLS, choice, same,
    server,
};
use crate::model::{Note, Text};

pub(in crate::clients) static DIALOGUE: Dialogue = Dialogue {
    client: "windows-10-mail",
    is_of_screens: true,
    edition: None,
    notes: &[Note::Other("end-of-support", ENDED)],
    questions: &[
        ADDRESS,
        Question {
            topic: Topic::Incoming,
            screen: Some(Text::fixed(
                "Windows 10 メールを起動し、左下の [設定] (歯車) → [アカウント] (または [アカウントの管理]) → 対象のアカウント → [メールボックスの同期設定を変更] → [メールボックスの詳細設定] の順にクリックします。",
                "Start Windows 10 Mail and click [Settings] (the gear at the bottom left) > [Manage accounts], the account, [Change mailbox sync settings] and [Advanced mailbox settings].",
            )),
            text: Text::fixed(
                "[受信メール サーバー] は POP、IMAP のどちらですか。",
                "Is the [Incoming email server] POP or IMAP?",
            ),
            label: Text::fixed("受信メール サーバー", "Incoming email server"),
            kind: Answers::Choice(&[
                choice("pop3", same("POP"), POP),
                choice("imap", same("IMAP"), IMAP),
                choice(
                    "other",
                    Text::fixed(
                        "[メールボックスの詳細設定] がない (Outlook.com、Gmail など)",
                        "There is no [Advanced mailbox settings] (Outlook.com, Gmail or the like)",
                    ),
                    SERVICE,
                ),
            ]),
            help: Text::fixed(
                "サーバー名が pop で始まるか、ポートが 110 か 995 なら POP、imap で始まるか、143 か 993 なら IMAP です。プロバイダーの書類でも分かります。",
                "It is POP if the server's name begins with pop or the port is 110 or 995; IMAP if it begins with imap or the port is 143 or 993. The provider's papers tell it too.",
            ),
        },
        server(
            None,
            Text::fixed("送信(SMTP)メール サーバー", "Outgoing (SMTP) email server"),
            Text::fixed(
                "[送信(SMTP)メール サーバー] の名前は何ですか (「:」と番号が続いていれば、その前まで)。省略できます。",
                "What is the name in [Outgoing (SMTP) email server], without a colon and number behind it? It may be left out.",
            ),
        ),
        Question {
            topic: Topic::Auth,
            screen: None,
            text: Text::fixed(
                "[送信サーバーは認証が必要] にチェックが入っていますか。",
                "Is [Outgoing server requires authentication] ticked?",
            ),
            label: Text::fixed("送信サーバーは認証が必要", "Outgoing server requires authentication"),
            kind: Answers::YesNo { yes: AUTHENTICATES, no: DOES_NOT },
            help: Text::fixed(
                "[メールボックスの詳細設定] をクリックすると現れる欄の、[送信(SMTP)メール サーバー] の下にあります。",
                "It is below [Outgoing (SMTP) email server], among the fields that [Advanced mailbox settings] shows.",
            ),
        },
        Question {
            topic: Topic::Port,
            screen: None,
            text: Text::fixed(
                "[送信(SMTP)メール サーバー] の名前の後ろに「:587」のような番号がありますか。その番号を、なければ 0 を答えてください。",
                "Is there a number such as :587 behind the name in [Outgoing (SMTP) email server]? Answer that number, or 0 if there is none.",
            ),
            label: Text::fixed("送信(SMTP)メール サーバー (番号)", "Outgoing (SMTP) email server (number)"),
            kind: PORT_OR_EMPTY,
            help: Text::fixed(
                "mail.example.jp:587 なら 587、mail.example.jp だけなら 0 です。",
                "For mail.example.jp:587 it is 587, for mail.example.jp alone it is 0.",
            ),
        },
        Question {
            topic: Topic::Encryption,
            screen: None,
            text: Text::fixed(
                "[送信メールに SSL を使う] (または [送信メールには SSL が必要]) にチェックが入っていますか。",
                "Is [Require SSL for outgoing email] ticked?",
            ),
            label: Text::fixed("送信メールに SSL を使う", "Require SSL for outgoing email"),
            kind: Answers::YesNo { yes: TRIES_TLS, no: PLAIN },
            help: Text::fixed(
                "同じ画面の、いちばん下の方にあります。",
                "It is near the bottom of the same screen.",
            ),
        },
    ],
};
