//! Servers that want to know who sends: the errors at the end of POP-before-SMTP.

use crate::clients::errors::next::{
    AUTHENTICATE, DEVICE, ENCRYPT, LEAVE_25, LOOK, RECEIVE_FIRST, SCAN, TELL, WAIT,
};
use crate::model::Sign::{Number, Reply, Status, Words};
use crate::model::{Refusal, Sign, Text};

/// The codes that servers put before such words, and the numbers that programs of Windows give to them: a rejected sender
/// or recipient.
const CODES: &[Sign] = &[
    Reply(451),
    Reply(454),
    Reply(502),
    Reply(503),
    Reply(530),
    Reply(550),
    Reply(551),
    Reply(553),
    Reply(554),
    Status(4, 7, 1),
    Status(5, 5, 1),
    Status(5, 7, 0),
    Status(5, 7, 1),
    Number(0x800C_CC78),
    Number(0x800C_CC79),
    Number(0x800C_CC7C),
    // What some servers add to a reason of their own.
    Words("authentication required"),
    Words("turn on SMTP authentication"),
];

/// Not authenticated.
pub(super) const RELAY: &[Refusal] = &[
    Refusal {
        name: Text::fixed(
            "受信してから送信するよう求めています (POP before SMTP)",
            "receive before you send (POP-before-SMTP)",
        ),
        signs: &[
            &[Words("you must get POP/APOP authorization")],
            &[Words("first check your mail with a valid POP")],
            &[Words("please authenticate before send")],
            &[Words("login to the IMAP/POP3 server before sending")],
            &[Words("relaying denied"), Words("authenticate with POP first")],
            &[Words("POP before SMTP")],
            &[Words("POP-before-SMTP")],
            &[Words("Relay operation rejected")],
        ],
        with: CODES,
        says: Text::fixed(
            "先にメールを受信していないため、または受信してから時間がたったため、送信を受け付けません。",
            "The server doesn't take mail, as nobody has received before, or too long ago.",
        ),
        means: Text::fixed(
            "このアカウントは SMTP 認証をしておらず、POP before SMTP に頼っています。「送受信」で先に送信するメールソフトでは、1回目だけ失敗することがあります。",
            "The account doesn't use SMTP authentication but depends on POP-before-SMTP. Programs that send before they receive fail at the first attempt only.",
        ),
        steps: &[SCAN, AUTHENTICATE, RECEIVE_FIRST, DEVICE],
        source: "faq.support.nifty.com/?p=4076; oceanfree.net/services/help/tech.html; afteroffice.com/support (451); ics.ne.jp/iclusta2019/support/faq; impressm.com; pastebin.com/e25g8b3J (Exim)",
    },
    Refusal {
        name: Text::fixed("中継の拒否 (relaying denied)", "relaying denied"),
        signs: &[
            &[Words("relaying denied")],
            &[Words("relay access denied")],
            &[Words("relay not permitted")],
            &[Words("not permitted to relay")],
            &[Words("unable to relay")],
            &[Words("relaying not allowed")],
            &[Words("relaying prohibited")],
            &[Words("relay prohibited")],
            &[Words("allowed rcpthosts")],
            &[Words("not local host"), Words("not a gateway")],
            &[Words("relaying"), Words("proper authentication required")],
            &[Words("client host rejected: access denied")],
            &[Words("リレー拒否")],
            &[Words("中継が拒否")],
            &[Words("中継を拒否")],
        ],
        with: CODES,
        says: Text::fixed(
            "ほかのドメインあてのメールを、認証していない人からは受け付けません。",
            "The server doesn't take mail for other domains from somebody who hasn't authenticated.",
        ),
        means: Text::fixed(
            "SMTP 認証がオフで、POP before SMTP の許可も切れているか終了しています。または、自宅や出先など、別の回線から送っています。宛先やパスワードの間違いではありません。",
            "SMTP authentication is off, and the permission of POP-before-SMTP has run out or has been ended; or the account sends from another network than usual. Neither the recipient nor the password is wrong.",
        ),
        steps: &[SCAN, AUTHENTICATE, RECEIVE_FIRST, DEVICE],
        source: "support.microsoft.com 65b494a4-0a15-433e-829f-e73651e0245e (550, 553); Microsoft KB 290842; Postfix smtpd_check.c (554); sendmail proto.m4 (550); qmail (553); storecart.secure.ne.jp/mail FAQ; help.arena.ne.jp 360038694154 (554)",
    },
    Refusal {
        name: Text::fixed("SMTP 認証が必要 (authentication required)", "SMTP authentication is required"),
        signs: &[
            &[Words("authentication required")],
            &[Words("authentication is required")],
            &[Words("must authenticate")],
            &[Words("authenticate first")],
            &[Words("need to authenticate")],
            &[Words("send AUTH command first")],
            &[Words("turn on SMTP authentication")],
            &[Words("認証が必要です")],
            &[Words("SMTP-AUTH required")],
            &[Words("SMTP AUTH is required")],
            // Exchange Server: 530 or 550 5.7.1.
            &[Words("client was not authenticated")],
        ],
        with: CODES,
        says: Text::fixed(
            "送信する前に、ユーザー名とパスワードで認証するよう求めています。",
            "The server wants a log-on before it takes mail.",
        ),
        means: Text::fixed(
            "このアカウントの SMTP 認証はオフです。POP before SMTP や、社内の回線からの送信では、もう送れません。",
            "SMTP authentication is off in this account. POP-before-SMTP, or the address of the network, is no longer enough.",
        ),
        steps: &[SCAN, AUTHENTICATE, DEVICE],
        source: "RFC 4954, 6 (530 5.7.0); Postfix smtpd_sasl_proto.c; sendmail proto.m4",
    },
    Refusal {
        name: Text::fixed("530: 認証が必要", "530: authentication is required"),
        signs: &[&[Reply(530)]],
        with: &[Status(5, 7, 0), Status(5, 7, 1), Status(5, 5, 1), Number(0x800C_CC7C)],
        says: Text::fixed(
            "送信する前に認証するよう求めています。応答に STARTTLS とあれば、暗号化を求めています。",
            "The server wants a log-on before it takes mail; if its answer has the word STARTTLS, encryption.",
        ),
        means: Text::fixed(
            "このアカウントの SMTP 認証はオフか、認証まで進んでいません。POP before SMTP では送れません。",
            "SMTP authentication is off in this account, or it doesn't get that far. POP-before-SMTP is not enough.",
        ),
        steps: &[SCAN, AUTHENTICATE, ENCRYPT],
        source: "RFC 4954, 6; RFC 3207, 4",
    },
    Refusal {
        name: Text::fixed(
            "先に暗号化 (must issue a STARTTLS command first)",
            "encryption first (must issue a STARTTLS command first)",
        ),
        signs: &[
            &[Words("issue a STARTTLS")],
            &[Reply(530), Words("STARTTLS")],
            &[Number(0x800C_CC7C), Words("STARTTLS")],
            &[Words("Encryption required for requested authentication mechanism")],
            &[Reply(538)],
            &[Status(5, 7, 11)],
        ],
        with: &[
            Reply(530),
            Reply(504),
            Status(5, 7, 0),
            Status(5, 5, 4),
            Status(5, 7, 10),
            Number(0x800C_CC7C),
        ],
        says: Text::fixed(
            "暗号化していない接続では、認証も送信も受け付けません。",
            "The server takes neither a log-on nor mail on a connection in the clear.",
        ),
        means: Text::fixed(
            "送信の暗号化が「なし」です。SMTP 認証をオンにするだけでは足りません。",
            "Encryption for sending is off. To switch SMTP authentication on is not enough.",
        ),
        steps: &[ENCRYPT, AUTHENTICATE, LOOK],
        source: "RFC 3207, 4 (530 5.7.0); RFC 4954, 6 (538 5.7.11); Postfix smtpd_sasl_proto.c (504 5.5.4)",
    },
    Refusal {
        name: Text::fixed(
            "このサーバーは、ここでは認証を受け付けません",
            "no authentication is offered here",
        ),
        signs: &[
            &[Words("AUTH command used when not advertised")],
            &[Words("authentication not enabled")],
            &[Words("authentication disabled"), Reply(503)],
            &[Reply(502), Words("AUTH")],
            &[Words("AUTH not implemented")],
        ],
        with: CODES,
        says: Text::fixed(
            "このポート、またはこの暗号化では、SMTP 認証がありません。",
            "There is no SMTP authentication on this port, or without encryption.",
        ),
        means: Text::fixed(
            "SMTP 認証はオンですが、ポートか暗号化が合っていません(例: 25 番、暗号化なしの 587 番)。",
            "SMTP authentication is on, but port or encryption don't fit (25, say, or 587 in the clear).",
        ),
        steps: &[LEAVE_25, ENCRYPT, LOOK],
        source: "Postfix smtpd_sasl_proto.c (503 5.5.1); RFC 5321, 4.2.4 (502); RFC 4954, 4",
    },
    Refusal {
        name: Text::fixed(
            "差出人アドレスが、認証した人のものではありません",
            "the sender's address isn't the authenticated user's",
        ),
        signs: &[
            &[Words("not owned by user")],
            &[Words("sender address rejected")],
            &[Status(5, 7, 60)],
            &[Words("does not have permissions to send as this sender")],
        ],
        with: CODES,
        says: Text::fixed(
            "認証したユーザーには、この差出人アドレスで送ることを許していません。",
            "The user who has logged on may not send with this sender's address.",
        ),
        means: Text::fixed(
            "SMTP 認証は通っています(not owned by user と 5.7.60 の場合)。メールソフトの差出人アドレスか、認証のユーザー名が、別のアカウントのものです。",
            "SMTP authentication works (with \"not owned by user\" and 5.7.60): the sender's address in the program, or the user name, is another account's.",
        ),
        steps: &[
            Text::fixed(
                "差出人のメールアドレスと、送信サーバーのユーザー名を、同じアカウントのものにします。",
                "Set the sender's address and the user name for the outgoing server to those of one account.",
            ),
            LOOK,
        ],
        source: "Postfix reject_sender_login_mismatch (553 5.7.1); msgwing/ZeroSMTP:docs/ERROR-MESSAGES.md (550 5.7.60)",
    },
    Refusal {
        name: Text::fixed("グレイリスト (greylisting)", "greylisting"),
        signs: &[
            &[Words("greylist")],
            &[Words("graylist")],
            &[Words("grey listed")],
            &[Words("グレイリスト")],
            &[Words("グレーリスト")],
        ],
        with: &[
            Reply(450),
            Reply(451),
            Reply(421),
            Status(4, 7, 1),
            Status(4, 2, 0),
            Number(0x800C_CC68),
            Number(0x800C_CC6A),
        ],
        says: Text::fixed(
            "初めての相手からの送信を、いったん断っています。しばらくして再送されれば受け取ります。",
            "The server puts off an unknown sender and takes the message when it comes again later.",
        ),
        means: Text::fixed(
            "サーバーどうしの仕組みで、メールサーバーは自分で再送します。メールソフトに直接表示されたときは、SMTP 認証なしで送っているか、自分のプロバイダーでないサーバーに送っています。",
            "That is between servers, which try again by themselves. If a mail program shows it, it sends without SMTP authentication, or to a server that isn't its own provider's.",
        ),
        steps: &[SCAN, AUTHENTICATE, WAIT, TELL],
        source: "RFC 6647, 2, 3",
    },
];
