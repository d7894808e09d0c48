//! Outlook Express, Windows Mail and Windows Live Mail: different ways to the same dialog.
//!
//! A provider's notice: the account's properties, `[このサーバーは認証が必要(V)]` is off. The labels are those of the steps, with
//! the same sources; how the tab `[サーバー]` calls the kind of the incoming server is not in them.

use crate::clients::dialogue::question::{Answers, Choice, Dialogue, Question, Topic};
use crate::clients::dialogue::words::{
    ADDRESS, ANY_PORT, AUTHENTICATES, DOES_NOT, IMAP, PLAIN, POP, SERVICE, TRIES_TLS, choice, same, server,
};
use crate::clients::{outlook_express, windows_mail};
use crate::model::{Note, Text};

pub(in crate::clients) static OUTLOOK_EXPRESS: Dialogue = Dialogue {
    client: "outlook-express",
    is_of_screens: true,
    edition: None,
    notes: &[Note::EndOfSupport(outlook_express::ENDED)],
    questions: &[
        ADDRESS,
        incoming(Text::fixed(
            "Outlook Express の [ツール(T)] メニューから [アカウント(A)...] を開き、[メール] タブで対象のアカウントを選んで [プロパティ(P)] をクリックします。[サーバー] タブを選択します。",
            "In Outlook Express, open [Tools] > [Accounts...], tab [Mail], select the account and click [Properties]. Choose the tab [Servers].",
        )),
        AUTH,
        SERVER,
        PORT,
        ENCRYPTION,
    ],
};

pub(in crate::clients) static WINDOWS_MAIL: Dialogue = Dialogue {
    client: "windows-mail",
    is_of_screens: true,
    edition: None,
    notes: &[Note::EndOfSupport(windows_mail::VISTA_ENDED)],
    questions: &[
        ADDRESS,
        incoming(Text::fixed(
            "Windows メールの [ツール(T)] メニューから [アカウント(A)...] を開き、対象のアカウントを選んで [プロパティ(P)] をクリックします。[サーバー] タブを選択します。",
            "In Windows Mail, open [Tools] > [Accounts...], select the account and click [Properties]. Choose the tab [Servers].",
        )),
        AUTH,
        SERVER,
        PORT,
        ENCRYPTION,
    ],
};

pub(in crate::clients) static WINDOWS_LIVE_MAIL: Dialogue = Dialogue {
    client: "windows-live-mail",
    is_of_screens: true,
    edition: None,
    notes: &[Note::EndOfSupport(windows_mail::LIVE_ENDED)],
    questions: &[
        ADDRESS,
        incoming(Text::fixed(
            "Windows Live メールの左側の一覧で対象のアカウントを選び、[アカウント] タブの [プロパティ] をクリックします ([アカウント] タブがない 2009 では、[Alt] キーを押して [ツール(T)] メニューの [アカウント(A)...] を開き、アカウントを選んで [プロパティ(P)] をクリックします)。[サーバー] タブを選択します。",
            "In Windows Live Mail, select the account in the list on the left and click [Properties] on the tab [Accounts] (2009, which has no such tab: press [Alt], open [Tools] > [Accounts...], select the account and click [Properties]). Choose the tab [Servers].",
        )),
        AUTH,
        SERVER,
        PORT,
        ENCRYPTION,
    ],
};

const INCOMING: &[Choice] = &[
    choice("pop3", same("POP3"), POP),
    choice("imap", same("IMAP"), IMAP),
    choice(
        "other",
        Text::fixed(
            "HTTP (Hotmail など)、または [送信メール サーバー] の欄がない",
            "HTTP (Hotmail or the like), or there is no [Outgoing Mail Server]",
        ),
        SERVICE,
    ),
];

const fn incoming(screen: Text) -> Question {
    Question {
        topic: Topic::Incoming,
        screen: Some(screen),
        text: Text::fixed(
            "受信メール サーバーの種類はどれですか。",
            "What kind of server is the incoming mail server?",
        ),
        label: Text::fixed("受信メール サーバー", "incoming mail server"),
        kind: Answers::Choice(INCOMING),
        help: Text::fixed(
            "[サーバー] タブの上の方にあります。サーバー名が pop で始まるか、[詳細設定] タブの受信メールのポートが 110 か 995 なら POP3、imap で始まるか、143 か 993 なら IMAP です。",
            "It is near the top of the tab [Servers]. It is POP3 if the server's name begins with pop or the port for incoming mail on the tab [Advanced] is 110 or 995; IMAP if it begins with imap or the port is 143 or 993.",
        ),
    }
}

const AUTH: Question = Question {
    topic: Topic::Auth,
    screen: None,
    text: Text::fixed(
        "[送信メール サーバー] の [このサーバーは認証が必要(V)] にチェックが入っていますか。",
        "Is [My server requires authentication] under [Outgoing Mail Server] ticked?",
    ),
    label: Text::fixed("このサーバーは認証が必要", "My server requires authentication"),
    kind: Answers::YesNo { yes: AUTHENTICATES, no: DOES_NOT },
    help: Text::fixed(
        "[サーバー] タブの下の方にあります。右に [設定(E)...] ボタンがあります。",
        "It is near the bottom of the tab [Servers], with the button [Settings...] to its right.",
    ),
};

const SERVER: Question = server(
    None,
    Text::fixed("送信メール (SMTP)", "Outgoing mail (SMTP)"),
    Text::fixed(
        "[サーバー] タブの、送信メール (SMTP) サーバーの名前は何ですか。省略できます。",
        "What is the name of the outgoing mail (SMTP) server on the tab [Servers]? It may be left out.",
    ),
);

const PORT: Question = Question {
    topic: Topic::Port,
    screen: Some(Text::fixed("[詳細設定] タブを選択します。", "Choose the tab [Advanced].")),
    text: Text::fixed(
        "[送信メール (SMTP)(O):] の値はいくつですか。",
        "Which number is in [Outgoing mail (SMTP):]?",
    ),
    label: Text::fixed("送信メール (SMTP) (ポート)", "Outgoing mail (SMTP) (port)"),
    kind: ANY_PORT,
    help: Text::fixed(
        "[詳細設定] タブの上の方にあります。25、465、587 などの数字です。",
        "It is near the top of the tab [Advanced]: 25, 465, 587 or another number.",
    ),
};

/// A box: TLS from the start on port 465, STARTTLS on others, as the reader has it.
const ENCRYPTION: Question = Question {
    topic: Topic::Encryption,
    screen: None,
    text: Text::fixed(
        "[送信メール (SMTP)(O):] の下の [このサーバーはセキュリティで保護された接続 (SSL) が必要(Q)] にチェックが入っていますか。",
        "Is [This server requires a secure connection (SSL)] below [Outgoing mail (SMTP):] ticked?",
    ),
    label: Text::fixed(
        "このサーバーはセキュリティで保護された接続 (SSL) が必要",
        "This server requires a secure connection (SSL)",
    ),
    kind: Answers::YesNo { yes: TRIES_TLS, no: PLAIN },
    help: Text::fixed(
        "同じ項目が 2 つあります。[送信メール (SMTP)(O):] のすぐ下の方です。",
        "There are two boxes of this name: it is the one right below [Outgoing mail (SMTP):].",
    ),
};
