//! A program that relays the mail of a client, such as an anti-virus: what it does with it, by its own settings.

use super::any::{ENCRYPTION, INCOMING, PORT};
use super::question::{Answers, Dialogue, Meaning, Question, Topic};
use super::words::{ADDRESS, AUTHENTICATES_SOMEHOW, server};
use crate::model::{Auth, LogOnFirst, Text};

/// Fits any such program. What the client itself is set to stays: without its way through the relay it may send past it.
pub static DIALOGUE: Dialogue = Dialogue {
    client: "",
    is_of_screens: false,
    edition: None,
    notes: &[],
    questions: &[ADDRESS, INCOMING, LOG_ON_FIRST, AUTH, SERVER, PORT, ENCRYPTION],
};

const LOG_ON_FIRST: Question = Question {
    topic: Topic::LogOnFirst,
    screen: Some(Text::fixed(
        "このメールソフトの送信は、別のプログラム (ウイルス対策ソフトなど) が中継しています。メールソフトの送信サーバーの設定は変更せずに、中継するプログラムの設定を開きます。",
        "Another program (an anti-virus or the like) relays the mail of this mail program. Leave the outgoing server in the mail program as it is, and open the settings of the program that relays it.",
    )),
    text: Text::fixed(
        "中継するプログラムかメールソフトで、「POP before SMTP」や「送信前に受信サーバーにログオンする」という項目が有効になっていますか。",
        "In the program that relays it or in the mail program, is an option such as \"POP before SMTP\" or \"log on to the incoming server before sending\" turned on?",
    ),
    label: Text::fixed("POP before SMTP (中継)", "POP before SMTP (relay)"),
    kind: Answers::YesNo {
        yes: &[Meaning::LogOnFirst(LogOnFirst::On)],
        no: &[Meaning::LogOnFirst(LogOnFirst::Off)],
    },
    help: Text::fixed(
        "どちらの設定にもなければ n です。",
        "If there is none in the settings of either, answer n.",
    ),
};

const AUTH: Question = Question {
    topic: Topic::Auth,
    screen: None,
    text: Text::fixed(
        "中継するプログラムかメールソフトで、SMTP 認証 (「送信サーバーは認証が必要」など) が有効になっていますか。",
        "Is SMTP authentication (\"my server requires authentication\" or the like) turned on in the program that relays it or in the mail program?",
    ),
    label: Text::fixed("SMTP認証 (中継)", "SMTP authentication (relay)"),
    kind: Answers::YesNo { yes: AUTHENTICATES_SOMEHOW, no: &[Meaning::Auth(Auth::None)] },
    help: Text::fixed(
        "中継するプログラムに認証の設定がなければ、メールソフトの設定のとおりに中継されます。メールソフトの送信サーバーの設定を見て答えます。",
        "A program without any setting for authentication passes on what the mail program does: look at the settings of the outgoing server there.",
    ),
};

const SERVER: Question = server(
    Some(Text::fixed(
        "中継するプログラムの、送信先のサーバーの設定を見ます。",
        "Look at the server to which the program relays.",
    )),
    Text::fixed("中継先の送信サーバー", "server behind the relay"),
    Text::fixed(
        "中継先の送信 (SMTP) サーバーの名前は何ですか。省略できます。",
        "What is the name of the outgoing (SMTP) server that it relays to? It may be left out.",
    ),
);
