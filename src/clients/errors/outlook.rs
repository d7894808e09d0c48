//! Error numbers of Outlook, Outlook Express, Windows Mail and Windows Live Mail. Those that begin with 0x800CCC are IXP_E_…
//! of imnxport.h (wine-mirror/wine:include/imnxport.idl); the others are Outlook's own.

use super::next::{
    AUTHENTICATE, ENCRYPT, LEAVE_25, LOOK, NETWORK, OLD_TLS, PASSWORD, RECEIVE_FIRST, SCAN, TELL, USER_NAME,
    WAIT,
};
use crate::model::Sign::{Number, Reply, Words};
use crate::model::{Refusal, Text};

const SERVER_REPLY: Text = Text::fixed(
    "同じ画面の「サーバーの応答」にある数字と英文も一緒に explain-error に入れます。理由はそこに書かれています。",
    "Give explain-error what stands behind \"server response\" in the same window, too: it says the reason.",
);
/// The numbers.
pub(super) const OUTLOOK: &[Refusal] = &[
    Refusal {
        name: Text::fixed("0x800CCC0D: サーバーが見つからない", "0x800CCC0D: the server can't be found"),
        signs: &[&[Number(0x800C_CC0D)]],
        with: &[],
        says: Text::fixed("その名前のサーバーが見つかりません。", "There is no server of that name."),
        means: Text::fixed(
            "サーバー名の間違い、古いサーバー名の廃止、または通信の障害です。認証まで進んでいません。",
            "The name is mistyped or has been given up by the provider, or the network is down. It doesn't get as far as authentication.",
        ),
        steps: &[LOOK, NETWORK],
        source: "imnxport.h IXP_E_CANT_FIND_HOST",
    },
    Refusal {
        name: Text::fixed(
            "0x800CCC0E、0x800CCC15、0x80042108、0x80042109: サーバーに接続できない",
            "0x800CCC0E, 0x800CCC15, 0x80042108, 0x80042109: no connection to the server",
        ),
        signs: &[
            &[Number(0x800C_CC0E)],
            &[Number(0x800C_CC15)],
            &[Number(0x8004_2108)],
            &[Number(0x8004_2109)],
            &[Words("cannot connect to your outgoing (SMTP)")],
            &[Words("サーバーへの接続は失敗しました")],
        ],
        with: &[Number(0x800C_CC0E), Number(0x8004_2109)],
        says: Text::fixed(
            "メールサーバーにつながりません(0x80042108 は受信、0x80042109 は送信)。",
            "The mail server can't be reached (0x80042108: for receiving, 0x80042109: for sending).",
        ),
        means: Text::fixed(
            "認証まで進んでいません。送信だけ失敗するなら、回線のプロバイダーが 25 番ポートを止めている(OP25B)か、サーバー名、ポート、暗号化の間違いです。",
            "It doesn't get as far as authentication. If only sending fails, the network blocks port 25, or server, port or encryption are wrong.",
        ),
        steps: &[LEAVE_25, LOOK, NETWORK],
        source: "imnxport.h IXP_E_FAILED_TO_CONNECT, IXP_E_SOCKET_CONNECT_ERROR; hehao1.seesaa.net/article/44145698 (OP25B); bobcares.com/blog/outlook-cannot-connect-to-smtp-server-error; irohastack.com/?p=4177 (0x80042108)",
    },
    Refusal {
        name: Text::fixed("0x800CCC0F: 接続が切れた", "0x800CCC0F: the connection was dropped"),
        signs: &[&[Number(0x800C_CC0F)], &[Words("サーバーへの接続が中断されました")]],
        with: &[Number(0x800C_CC0F)],
        says: Text::fixed("途中で接続が切れました。", "The connection ended in the middle."),
        means: Text::fixed(
            "サーバーが切ったか、ウイルス対策ソフトや回線が切りました。POP before SMTP や SMTP 認証を求めて切るサーバーもあります。",
            "The server ended it, or a virus scanner or the network did. Some servers do so to those who haven't received before or don't authenticate.",
        ),
        steps: &[SCAN, LEAVE_25, ENCRYPT, NETWORK],
        source: "imnxport.h IXP_E_CONNECTION_DROPPED; hehao1.seesaa.net/article/44852088 (POP before SMTP), 44145698 (OP25B)",
    },
    Refusal {
        name: Text::fixed(
            "0x800CCC18: 「セキュリティで保護されたパスワード認証」の失敗",
            "0x800CCC18: Secure Password Authentication fails",
        ),
        signs: &[&[Number(0x800C_CC18)]],
        with: &[],
        says: Text::fixed("SPA (NTLM) でのログオンができません。", "The log-on by SPA (NTLM) fails."),
        means: Text::fixed(
            "プロバイダーのサーバーの多くは SPA に対応していません。SMTP 認証とは別のチェックボックスです。",
            "Most providers' servers don't know SPA. It is another box than that for SMTP authentication.",
        ),
        steps: &[
            Text::fixed(
                "[セキュリティで保護されたパスワード認証] のチェックを外します(受信、送信とも)。",
                "Clear the box \"Secure Password Authentication\", for receiving and sending.",
            ),
            PASSWORD,
            LOOK,
        ],
        source: "imnxport.h IXP_E_SICILY_LOGON_FAILED; netkiller.github.io/mail/faq/outlook.html",
    },
    Refusal {
        name: Text::fixed(
            "0x800CCC19、0x8004210B: 時間切れ",
            "0x800CCC19, 0x8004210B: the server doesn't answer in time",
        ),
        signs: &[&[Number(0x800C_CC19)], &[Number(0x8004_210B)]],
        with: &[Number(0x800C_CC19)],
        says: Text::fixed(
            "決めた時間の間に、サーバーの応答がありません。",
            "The server didn't answer within the set time.",
        ),
        means: Text::fixed(
            "認証の答えではありません。ポートと暗号化の組み合わせの間違い(465 番に STARTTLS など)でも、こうなります。",
            "This is no answer to authentication. A wrong pair of port and encryption (STARTTLS on 465, say) ends like this, too.",
        ),
        steps: &[ENCRYPT, LEAVE_25, NETWORK, LOOK],
        source: "imnxport.h IXP_E_TIMEOUT; funshitsu.com/?p=8034 (0x8004210B)",
    },
    Refusal {
        name: Text::fixed(
            "0x800CCC1A、0x800CCC7D、0x800CCC7F: 暗号化した接続ができない",
            "0x800CCC1A, 0x800CCC7D, 0x800CCC7F: no encrypted connection",
        ),
        signs: &[&[Number(0x800C_CC1A)], &[Number(0x800C_CC7D)], &[Number(0x800C_CC7F)]],
        with: &[Reply(454)],
        says: Text::fixed(
            "暗号化した接続を始められません(0x800CCC7D: サーバーに STARTTLS がありません)。",
            "The encrypted connection can't begin (0x800CCC7D: the server has no STARTTLS).",
        ),
        means: Text::fixed(
            "ポートと暗号化の組み合わせが違うか、古い PC がサーバーの求める TLS 1.2 を使えません。認証まで進んでいません。",
            "Port and encryption don't fit each other, or an old PC lacks the TLS 1.2 that the server wants. It doesn't get as far as authentication.",
        ),
        steps: &[ENCRYPT, OLD_TLS, LOOK],
        source: "imnxport.h IXP_E_SECURE_CONNECT_FAILED, IXP_E_SMTP_NO_STARTTLS_SUPPORT, IXP_E_SMTP_454_STARTTLS_FAILED",
    },
    Refusal {
        name: Text::fixed("0x800CCC7C: サーバーの応答 530", "0x800CCC7C: the server's reply was 530"),
        signs: &[&[Number(0x800C_CC7C)]],
        with: &[Reply(530)],
        says: Text::fixed(
            "送信する前の認証か、暗号化(STARTTLS)を求めています。",
            "The server wants a log-on, or encryption (STARTTLS), before it takes mail.",
        ),
        means: Text::fixed(
            "SMTP 認証がオフか、送信の暗号化が「なし」です。",
            "SMTP authentication is off, or encryption for sending is.",
        ),
        steps: &[SCAN, AUTHENTICATE, ENCRYPT, SERVER_REPLY],
        source: "imnxport.h IXP_E_SMTP_530_STARTTLS_REQUIRED; RFC 4954, 6",
    },
    Refusal {
        name: Text::fixed("0x800CCC78: 差出人が拒否された", "0x800CCC78: the sender was rejected"),
        signs: &[
            &[Number(0x800C_CC78)],
            &[Words("アカウントのプロパティで電子メールアドレスが正しいことを確認してください")],
        ],
        with: &[Number(0x800C_CC78)],
        says: Text::fixed(
            "サーバーが差出人のアドレスを受け付けません。",
            "The server doesn't accept the sender's address.",
        ),
        means: Text::fixed(
            "多くは、SMTP 認証がオフか、POP before SMTP の許可が切れています。メールアドレスの書き間違いのこともあります。",
            "Mostly SMTP authentication is off, or the permission of POP-before-SMTP has run out; else the sender's address is mistyped.",
        ),
        steps: &[SCAN, AUTHENTICATE, RECEIVE_FIRST, SERVER_REPLY],
        source: "imnxport.h IXP_E_SMTP_REJECTED_SENDER; 121ware.com QID=009306; hehao1.seesaa.net/article/44852088; afteroffice.com/support",
    },
    Refusal {
        name: Text::fixed("0x800CCC79: 宛先が拒否された", "0x800CCC79: a recipient was rejected"),
        signs: &[
            &[Number(0x800C_CC79)],
            &[Words("受信者の1人がサーバーによって拒否された")],
            &[Words("受信者の一人がサーバーによって拒否された")],
            &[Words("いずれかの受信者がサーバーによって拒否された")],
            &[Words("one of the recipients was rejected by the server")],
        ],
        with: &[Number(0x800C_CC79)],
        says: Text::fixed(
            "サーバーが宛先のアドレスを受け付けません。",
            "The server doesn't accept a recipient's address.",
        ),
        means: Text::fixed(
            "宛先が外部のときだけ起きるなら、SMTP 認証がオフか、POP before SMTP の許可が切れています。そうでなければ宛先の書き間違いです。",
            "If it happens with outside addresses only, SMTP authentication is off, or the permission of POP-before-SMTP has run out; else the address is mistyped.",
        ),
        steps: &[SCAN, AUTHENTICATE, RECEIVE_FIRST, SERVER_REPLY],
        source: "imnxport.h IXP_E_SMTP_REJECTED_RECIPIENTS; support.microsoft.com 65b494a4-0a15-433e-829f-e73651e0245e; mahoro-ba.net/index.php?j=530",
    },
    Refusal {
        name: Text::fixed(
            "0x800CCC80: 使える認証の方式がない",
            "0x800CCC80: no method of authentication in common",
        ),
        signs: &[
            &[Number(0x800C_CC80)],
            &[Words("none of the authentication methods supported by this client")],
        ],
        with: &[Number(0x800C_CC80)],
        says: Text::fixed(
            "サーバーの認証の方式に、このメールソフトが使えるものがありません。",
            "The server offers no method of authentication that the program knows.",
        ),
        means: Text::fixed(
            "SMTP 認証はオンです。暗号化していないために方式が出てこないか、OAuth 2 など、このソフトにない方式を求めています。",
            "SMTP authentication is on. Without encryption the server may offer none, or it wants what the program lacks, OAuth 2 for one.",
        ),
        steps: &[ENCRYPT, LEAVE_25, LOOK, TELL],
        source: "microsoftmessageid.com/?p=991",
    },
    Refusal {
        name: Text::fixed(
            "0x800CCC90、0x800CCC91、0x800CCC92: 受信のログオンの失敗",
            "0x800CCC90, 0x800CCC91, 0x800CCC92: the log-on for receiving fails",
        ),
        signs: &[&[Number(0x800C_CC90)], &[Number(0x800C_CC91)], &[Number(0x800C_CC92)]],
        with: &[],
        says: Text::fixed(
            "受信サーバーがログオンを受け付けません(90: エラー応答、91: ユーザー名、92: パスワード)。",
            "The incoming server doesn't accept the log-on (90: an error, 91: the user name, 92: the password).",
        ),
        means: Text::fixed(
            "受信の問題です。POP before SMTP のアカウントは、受信できなければ送信もできません。",
            "This is about receiving. An account that uses POP-before-SMTP can't send either while it can't receive.",
        ),
        steps: &[PASSWORD, USER_NAME, LOOK],
        source: "imnxport.h IXP_E_POP3_RESPONSE_ERROR, IXP_E_POP3_INVALID_USER_NAME, IXP_E_POP3_INVALID_PASSWORD",
    },
    Refusal {
        name: Text::fixed(
            "0x800CCC60 から 0x800CCC6F: サーバーの応答をそのまま表す番号",
            "0x800CCC60 to 0x800CCC6F: numbers for the server's reply",
        ),
        signs: &[
            &[Number(0x800C_CC60)],
            &[Number(0x800C_CC61)],
            &[Number(0x800C_CC62)],
            &[Number(0x800C_CC64)],
            &[Number(0x800C_CC66)],
            &[Number(0x800C_CC6B)],
            &[Number(0x800C_CC6C)],
            &[Number(0x800C_CC6D)],
        ],
        with: &[],
        says: Text::fixed(
            "サーバーの応答の番号です: 62 は 500、64 は 502、66 は 504、6B は 551、6C は 452(空き容量)、6D は 552(大きすぎる)。60 と 61 はその他です。",
            "It stands for a reply: 62 for 500, 64 for 502, 66 for 504, 6B for 551, 6C for 452 (no space), 6D for 552 (too big); 60 and 61 for any other.",
        ),
        means: Text::fixed(
            "番号だけでは認証の問題かどうか分かりません。",
            "The number alone doesn't tell whether it is about authentication.",
        ),
        steps: &[SERVER_REPLY, LOOK],
        source: "imnxport.h IXP_E_SMTP_500_SYNTAX_ERROR, IXP_E_SMTP_552_STORAGE_OVERFLOW",
    },
    Refusal {
        name: Text::fixed("0x800CCC65: サーバーの応答 503", "0x800CCC65: the server's reply was 503"),
        signs: &[&[Number(0x800C_CC65)]],
        with: &[Reply(503)],
        says: Text::fixed(
            "コマンドの順序が違うという応答です。",
            "The server says that commands came in the wrong order.",
        ),
        means: Text::fixed(
            "多くは、その前に認証か差出人が断られています。SMTP 認証がオフのときによく出ます。",
            "Mostly the log-on or the sender was refused just before. It is common where SMTP authentication is off.",
        ),
        steps: &[SCAN, AUTHENTICATE, SERVER_REPLY],
        source: "imnxport.h IXP_E_SMTP_503_COMMAND_SEQ; RFC 5321, 4.1.4",
    },
    Refusal {
        name: Text::fixed(
            "0x800CCC67、0x800CCC68、0x800CCC6A: 一時的な拒否 (421、450、451)",
            "0x800CCC67, 0x800CCC68, 0x800CCC6A: refused for now (421, 450, 451)",
        ),
        signs: &[&[Number(0x800C_CC67)], &[Number(0x800C_CC68)], &[Number(0x800C_CC6A)]],
        with: &[Reply(421), Reply(450), Reply(451)],
        says: Text::fixed("サーバーは、今は受け付けません。", "The server doesn't take the message now."),
        means: Text::fixed(
            "一時的なものです。SMTP 認証をしていない送信だけを、こう断るサーバーもあります。",
            "It passes. Some servers refuse so what comes without SMTP authentication.",
        ),
        steps: &[WAIT, SCAN, SERVER_REPLY],
        source: "imnxport.h IXP_E_SMTP_421_NOT_AVAILABLE, IXP_E_SMTP_450_MAILBOX_BUSY, IXP_E_SMTP_451_ERROR_PROCESSING",
    },
    Refusal {
        name: Text::fixed(
            "0x800CCC63、0x800CCC69、0x800CCC6E、0x800CCC6F: 拒否 (501、550、553、554)",
            "0x800CCC63, 0x800CCC69, 0x800CCC6E, 0x800CCC6F: refused (501, 550, 553, 554)",
        ),
        signs: &[
            &[Number(0x800C_CC63)],
            &[Number(0x800C_CC69)],
            &[Number(0x800C_CC6E)],
            &[Number(0x800C_CC6F)],
        ],
        with: &[Reply(501), Reply(550), Reply(553), Reply(554)],
        says: Text::fixed("サーバーがこのメールを受け付けません。", "The server doesn't take the message."),
        means: Text::fixed(
            "宛先や差出人のアドレスの間違いか、SMTP 認証なしの送信です。",
            "An address is wrong, or the account sends without SMTP authentication.",
        ),
        steps: &[SERVER_REPLY, SCAN],
        source: "imnxport.h IXP_E_SMTP_501_PARAM_SYNTAX, IXP_E_SMTP_550_MAILBOX_NOT_FOUND, IXP_E_SMTP_553_MAILBOX_NAME_SYNTAX, IXP_E_SMTP_554_TRANSACT_FAILED",
    },
];
