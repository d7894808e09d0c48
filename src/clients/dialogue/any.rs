//! Any other client: what its dialogs may call the settings.

use super::question::{Answers, Dialogue, Meaning, Question, Topic};
use super::words::{
    ADDRESS, ANY_PORT, AUTHENTICATES_SOMEHOW, IMAP, NO_TLS, POP, SERVICE, STARTTLS, TLS, TRIES_TLS, choice,
    same, server,
};
use crate::model::{Auth, LogOnFirst, Text};

/// Fits any client.
pub static DIALOGUE: Dialogue = Dialogue {
    client: "",
    is_of_screens: false,
    edition: None,
    notes: &[],
    questions: &[ADDRESS, INCOMING, log_on_first(&[ON_FIRST]), AUTH, SERVER, PORT, ENCRYPTION],
};

pub(in crate::clients) const ON_FIRST: Meaning = Meaning::LogOnFirst(LogOnFirst::On);

pub(in crate::clients) const INCOMING: Question = Question {
    topic: Topic::Incoming,
    screen: Some(Text::fixed(
        "メールソフトで、対象のアカウントの設定 (メニューの「ツール」や「設定」にある「アカウント」など) を開きます。",
        "In the mail program, open the settings of the account (\"Accounts\" or the like in the menu for tools or settings).",
    )),
    text: Text::fixed("受信の方式はどれですか。", "How does it receive?"),
    label: Text::fixed("受信の方式", "incoming protocol"),
    kind: Answers::Choice(&[
        choice("pop3", Text::fixed("POP (POP3)", "POP (POP3)"), POP),
        choice("imap", same("IMAP"), IMAP),
        choice(
            "other",
            Text::fixed(
                "サービス側で管理 (Exchange、Gmail、iCloud など、送信サーバーの欄がない)",
                "The service decides (Exchange, Gmail, iCloud or the like, without any field for an outgoing server)",
            ),
            SERVICE,
        ),
    ]),
    help: Text::fixed(
        "受信サーバーの名前が pop で始まるか、ポートが 110 か 995 なら POP、imap で始まるか、143 か 993 なら IMAP です。",
        "It is POP if the incoming server's name begins with pop or the port is 110 or 995; IMAP if it begins with imap or the port is 143 or 993.",
    ),
};

pub(in crate::clients) const fn log_on_first(yes: &'static [Meaning]) -> Question {
    Question {
        topic: Topic::LogOnFirst,
        screen: Some(Text::fixed(
            "送信 (SMTP) サーバーの設定を開きます。ウイルス対策ソフトなどが送信を中継している場合は、そのソフトの設定を開きます。",
            "Open the settings of the outgoing (SMTP) server. If another program relays the mail, such as an anti-virus, open that program's settings.",
        )),
        text: Text::fixed(
            "「POP before SMTP」や「送信前に受信サーバーにログオンする」という項目が有効になっていますか。",
            "Is an option such as \"POP before SMTP\" or \"log on to the incoming server before sending\" turned on?",
        ),
        label: Text::fixed("POP before SMTP", "POP before SMTP"),
        kind: Answers::YesNo { yes, no: &[Meaning::LogOnFirst(LogOnFirst::Off)] },
        help: Text::fixed(
            "送信や認証の設定、または「詳細」などの画面にあります。どこにもなければ n です。",
            "It is among the settings for sending or authentication, or on an \"advanced\" page. If there is none anywhere, answer n.",
        ),
    }
}

pub(in crate::clients) const AUTH: Question = Question {
    topic: Topic::Auth,
    screen: None,
    text: Text::fixed(
        "送信サーバーで認証しますか (「SMTP認証」「送信サーバーは認証が必要」などが有効、または送信用のユーザー名が設定されている)。",
        "Does it authenticate to the outgoing server (\"SMTP authentication\", \"my server requires authentication\" or the like is on, or a user name for sending is set)?",
    ),
    label: Text::fixed("SMTP認証", "SMTP authentication"),
    kind: Answers::YesNo { yes: AUTHENTICATES_SOMEHOW, no: &[Meaning::Auth(Auth::None)] },
    help: Text::fixed(
        "送信サーバーの設定にあるチェックボックス、または「認証方式」の欄です。「なし」や空欄なら n です。",
        "It is a box among the settings of the outgoing server, or a field for the method of authentication. If that says \"none\" or is empty, answer n.",
    ),
};

pub(in crate::clients) const SERVER: Question = server(
    None,
    Text::fixed("送信サーバー", "outgoing server"),
    Text::fixed(
        "送信 (SMTP) サーバーの名前は何ですか。省略できます。",
        "What is the name of the outgoing (SMTP) server? It may be left out.",
    ),
);

pub(in crate::clients) const PORT: Question = Question {
    topic: Topic::Port,
    screen: None,
    text: Text::fixed("送信サーバーのポートはいくつですか。", "What is the port of the outgoing server?"),
    label: Text::fixed("送信サーバーのポート", "port of the outgoing server"),
    kind: ANY_PORT,
    help: Text::fixed(
        "送信サーバーの名前の近く、または「詳細」などの画面にあります。25、465、587 などの数字です。",
        "It is near the server's name or on an \"advanced\" page: 25, 465, 587 or another number.",
    ),
};

pub(in crate::clients) const ENCRYPTION: Question = Question {
    topic: Topic::Encryption,
    screen: None,
    text: Text::fixed(
        "送信サーバーへの接続の暗号化はどれですか。",
        "Which encryption does the connection to the outgoing server use?",
    ),
    label: Text::fixed("送信の暗号化", "encryption of the outgoing server"),
    kind: Answers::Choice(&[
        NO_TLS,
        STARTTLS,
        TLS,
        choice("auto", Text::fixed("自動", "automatic"), TRIES_TLS),
    ]),
    help: Text::fixed(
        "「接続の保護」「SSL/TLS」「暗号化」などの項目です。何もなければ 1 です。",
        "It is called \"connection security\", \"SSL/TLS\", \"encryption\" or the like. If there is nothing of the kind, answer 1.",
    ),
};
