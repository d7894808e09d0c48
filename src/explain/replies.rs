//! Replies of SMTP by their number alone, for texts that say no more.

use crate::clients::errors::next::{AUTHENTICATE, DEVICE, LOOK, SCAN, TELL, WAIT};
use crate::model::Sign::{Number, Reply, Status, Words};
use crate::model::{Refusal, Text};

const READ_ON: Text = Text::fixed(
    "数字の後の英文も含めて、もう一度 smtp-auth-audit explain-error に入れます。理由はそこに書かれています。",
    "Give explain-error the words behind the number, too: they say the reason.",
);
const RECIPIENT: Text = Text::fixed(
    "宛先のメールアドレスを確かめます。宛先によって送れたり送れなかったりするなら、送信の設定は合っています。",
    "Check the recipient's address. If other recipients get their mail, the settings are right.",
);

/// What is known of a number alone.
pub(super) const REPLIES: &[Refusal] = &[
    Refusal {
        name: Text::fixed("421: サーバーが接続を終えた", "421: the server ends the connection"),
        signs: &[&[Reply(421)]],
        with: &[Number(0x800C_CC67)],
        says: Text::fixed(
            "今はサービスできないので接続を終えます(混雑、接続の数や回数の制限、長い無応答など)。",
            "The server can't serve now and ends the connection (too busy, too many connections, too long a silence).",
        ),
        means: Text::fixed(
            "一時的なもので、認証やパスワードの答えではありません。",
            "It passes, and says nothing of authentication or the password.",
        ),
        steps: &[WAIT, TELL, LOOK],
        source: "RFC 5321, 3.8, 4.2.3",
    },
    Refusal {
        name: Text::fixed("450、451: 一時的な拒否", "450, 451: refused for now"),
        signs: &[&[Reply(450)], &[Reply(451)]],
        with: &[Reply(450), Reply(451), Number(0x800C_CC68), Number(0x800C_CC6A)],
        says: Text::fixed(
            "今は受け付けません。後で受け付けるかもしれません。",
            "The server doesn't take the message now; it may later.",
        ),
        means: Text::fixed(
            "宛先のサーバーの事情か、迷惑メール対策(グレイリスト)です。SMTP 認証をしていない送信だけを、こう断るサーバーもあります。",
            "The receiving server is busy or puts off unknown senders (greylisting). Some servers refuse so what comes without SMTP authentication.",
        ),
        steps: &[WAIT, SCAN, READ_ON],
        source: "RFC 5321, 4.2.3; RFC 6647, 2; afteroffice.com/support (451)",
    },
    Refusal {
        name: Text::fixed("501: サーバーが解釈できない値", "501: a value that the server doesn't understand"),
        signs: &[&[Reply(501)]],
        with: &[Status(5, 5, 2), Status(5, 5, 4), Number(0x800C_CC63)],
        says: Text::fixed(
            "コマンドに付いた値の書き方が正しくありません。",
            "A value behind a command is malformed.",
        ),
        means: Text::fixed(
            "多くは、差出人や宛先のアドレスの書き間違い(空白、全角文字)です。認証の途中なら、認証が中止されたという意味です。",
            "Mostly an address of sender or recipient with a blank or other odd characters; during authentication, that this was cancelled.",
        ),
        steps: &[
            Text::fixed(
                "差出人のメールアドレスと宛先に、空白や全角文字がないか確かめます。",
                "Look for blanks and odd characters in the sender's address and in the recipients.",
            ),
            LOOK,
            TELL,
        ],
        source: "RFC 5321, 4.2.3; RFC 4954, 4",
    },
    Refusal {
        name: Text::fixed("503: コマンドの順序の誤り", "503: commands in the wrong order"),
        signs: &[
            &[Reply(503)],
            &[Reply(503), Status(5, 5, 1)],
            &[Words("bad sequence of commands")],
            &[Words("need MAIL command")],
            &[Words("need MAIL before RCPT")],
            &[Words("need RCPT")],
            &[Words("send HELO/EHLO first")],
        ],
        with: &[Reply(503), Status(5, 5, 1), Number(0x800C_CC65)],
        says: Text::fixed(
            "前のコマンドが済んでいないのに、次のコマンドが来ました。",
            "A command came before the one in front of it was accepted.",
        ),
        means: Text::fixed(
            "多くは、その前に差出人(MAIL)か認証が断られています。本当の理由は、一つ前の応答にあります。SMTP 認証がオフのときにもよく出ます。",
            "Mostly the sender (MAIL) or the log-on was refused just before: the answer before this one has the reason. It is common where SMTP authentication is off.",
        ),
        steps: &[SCAN, AUTHENTICATE, READ_ON],
        source: "RFC 5321, 4.1.4, 4.2.3; Postfix smtpd.c, smtpd_sasl_proto.c (503 5.5.1)",
    },
    Refusal {
        name: Text::fixed("宛先が存在しない (user unknown)", "the recipient doesn't exist (user unknown)"),
        signs: &[
            &[Words("user unknown")],
            &[Words("unknown user")],
            &[Words("no mailbox here by that name")],
            &[Status(5, 1, 1)],
        ],
        with: &[
            Reply(550),
            Reply(553),
            Reply(554),
            Status(5, 1, 1),
            Number(0x800C_CC69),
            Number(0x800C_CC79),
        ],
        says: Text::fixed("宛先のメールアドレスがありません。", "There is no such address."),
        means: Text::fixed(
            "送信の認証、暗号化、ポートとは関係ありません。",
            "It has nothing to do with authentication, encryption or ports.",
        ),
        steps: &[RECIPIENT],
        source: "RFC 3463, 3.2 (5.1.1); help.arena.ne.jp 360038694154",
    },
    Refusal {
        name: Text::fixed("550 5.7.1: 規則による拒否", "550 5.7.1: refused by a rule"),
        signs: &[
            &[Status(5, 7, 1)],
            &[Reply(550), Status(5, 7, 1)],
            &[Reply(554), Status(5, 7, 1)],
            &[Reply(553), Status(5, 7, 1)],
        ],
        with: &[Reply(550), Reply(553), Reply(554), Number(0x800C_CC79), Number(0x800C_CC78)],
        says: Text::fixed(
            "サーバーの規則で、このメールを受け付けません。",
            "A rule of the server forbids this message.",
        ),
        means: Text::fixed(
            "送信の直後に表示されるなら、多くは認証なしの送信です。後から返ってくるメールなら、宛先側の迷惑メール対策です。",
            "Shown while sending, it is mostly about sending without authentication; in a message that comes back later, about the recipient's spam filter.",
        ),
        steps: &[SCAN, AUTHENTICATE, READ_ON, DEVICE],
        source: "RFC 3463, 3.8 (5.7.1); help.arena.ne.jp 360038694154",
    },
    Refusal {
        name: Text::fixed("550: 受け付けない", "550: not accepted"),
        signs: &[&[Reply(550)]],
        with: &[Number(0x800C_CC69), Number(0x800C_CC79), Number(0x800C_CC78)],
        says: Text::fixed(
            "宛先がないか、規則により、このメールを受け付けません。",
            "There is no such recipient, or a rule forbids the message.",
        ),
        means: Text::fixed(
            "数字だけでは決まりません。relay や authentication とあれば認証の問題、user unknown とあれば宛先の間違いです。",
            "The number alone doesn't tell: with \"relay\" or \"authentication\" it is about authentication, with \"user unknown\" about the recipient.",
        ),
        steps: &[READ_ON, RECIPIENT, SCAN],
        source: "RFC 5321, 4.2.3",
    },
    Refusal {
        name: Text::fixed("553: アドレスを受け付けない", "553: an address isn't accepted"),
        signs: &[&[Reply(553)]],
        with: &[Number(0x800C_CC6E), Number(0x800C_CC79), Number(0x800C_CC78)],
        says: Text::fixed(
            "差出人か宛先のアドレスを受け付けません。",
            "The server doesn't accept the sender's or a recipient's address.",
        ),
        means: Text::fixed(
            "アドレスの書き間違いのほか、SMTP 認証なしの送信を 553 で断るプロバイダーがあります。",
            "An address may be mistyped; but there are providers that refuse with 553 what comes without SMTP authentication.",
        ),
        steps: &[SCAN, AUTHENTICATE, RECIPIENT, READ_ON],
        source: "RFC 5321, 4.2.3; btyahoo.com/smtp/warning (553); oceanfree.net/services/help/tech.html",
    },
    Refusal {
        name: Text::fixed("554: 送信の失敗", "554: the transaction failed"),
        signs: &[&[Reply(554)]],
        with: &[Number(0x800C_CC6F), Number(0x800C_CC79)],
        says: Text::fixed("このメールを受け付けません。", "The server doesn't take the message."),
        means: Text::fixed(
            "認証なしの送信、迷惑メールの疑い、ブラックリストなど、理由はいろいろです。",
            "There are many reasons: no authentication, a message that looks like spam, an address on a block list.",
        ),
        steps: &[READ_ON, SCAN],
        source: "RFC 5321, 4.2.3; help.arena.ne.jp 360038694154",
    },
];
