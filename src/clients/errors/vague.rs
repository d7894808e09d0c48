//! What screens say that may have many reasons: the number beside it is needed, and this is where it is shown.

use super::next::{LOOK, PASSWORD, SCAN, USER_NAME};
use crate::model::Sign::Vague;
use crate::model::{Refusal, Text};

const NUMBER: Text = Text::fixed(
    "同じ画面にある番号(535 や 550 などの3桁、5.7.8 のような番号、0x800CCC0F など)と英文も一緒に explain-error に入れます。原因はそこに書かれています。",
    "Give explain-error the numbers in the same window, too (three digits such as 535 or 550, 5.7.8, 0x800CCC0F), and the English words: they say the reason.",
);
/// mysteriousramu.com/2011/10 (the tab); support.apple.com/ja-jp/HT204173 (Connection Doctor).
const WHERE: Text = Text::fixed(
    "番号がある場所: Outlook は送受信の画面の [エラー] タブ、Outlook Express と Windows Live メールはエラーの画面の [詳細]、Thunderbird は表示された文の後半、Mac のメールは [ウインドウ] メニューの [接続診断]。スマートフォンは番号を表示しないことがあります(smtp-auth-audit ask iphone、ask android で設定を確かめます)。",
    "Where the number is shown: Outlook, the tab [Errors] of the window of sending and receiving; Outlook Express and Windows Live Mail, [Details] of the error; Thunderbird, the second half of the alert; Mail on a Mac, [Window] > [Connection Doctor]. Phones may show none: check their settings by smtp-auth-audit ask iphone or ask android.",
);

/// The texts.
pub(super) const VAGUE: &[Refusal] = &[
    Refusal {
        name: Text::fixed(
            "どこかのサーバーが、ユーザー名かパスワードを受け付けない",
            "the user name or the password was not accepted, by some server",
        ),
        signs: &[
            &[Vague("パスワードが違")],
            &[Vague("パスワードが間違")],
            &[Vague("パスワードを間違")],
            &[Vague("パスワードが正しく")],
            &[Vague("パスワードが拒否")],
            &[Vague("パスワードが無効")],
            &[Vague("ユーザー名とパスワードが正しいことを確認")],
            &[Vague("ユーザー名やパスワードが間違")],
            &[Vague("認証に失敗しました")],
            &[Vague("認証できません")],
            &[Vague("認証エラー")],
            &[Vague("wrong password")],
            &[Vague("incorrect password")],
            &[Vague("invalid password")],
            &[Vague("password is incorrect")],
            &[Vague("password is wrong")],
            &[Vague("password was rejected")],
            &[Vague("user name or password")],
            &[Vague("authentication failed")],
            &[Vague("authentication error")],
        ],
        with: &[],
        says: Text::fixed(
            "ユーザー名とパスワードの組み合わせが受け付けられませんでした。",
            "A user name with a password was not accepted.",
        ),
        means: Text::fixed(
            "この文だけでは、受信か送信か分かりません。送信なら、SMTP 認証はオンです。アプリ パスワードや OAuth 2 を求めるサービスでは、正しいパスワードでもこう表示されます。",
            "The text alone doesn't tell whether it is about receiving or sending; if about sending, SMTP authentication is on. Services that want an app password or OAuth 2 refuse the right password, too.",
        ),
        steps: &[NUMBER, WHERE, PASSWORD, USER_NAME, LOOK],
        source: "atmarkit.itmedia.co.jp/ait/articles/1409/03/news109.html; gadgetken.com/?p=23730; syscom.ne.jp/faq/faq_mil_err.htm",
    },
    Refusal {
        name: Text::fixed("どこかのサーバーにログオンできない", "no log-on to some server"),
        signs: &[
            &[Vague("ログオンできません")],
            &[Vague("ログオンに失敗")],
            &[Vague("ログインできません")],
            &[Vague("ログインに失敗")],
            &[Vague("ログインは認められません")],
            &[Vague("サインインできません")],
            &[Vague("cannot log on")],
            &[Vague("can't log on")],
            &[Vague("unable to log on")],
            &[Vague("cannot log in")],
            &[Vague("can't log in")],
            &[Vague("login failed")],
            &[Vague("logon failed")],
        ],
        with: &[],
        says: Text::fixed("サーバーにログオンできません。", "The log-on to a server failed."),
        means: Text::fixed(
            "この文だけでは、受信か送信か分かりません。送信だけで表示されるなら、POP before SMTP の許可が切れたか、SMTP 認証のユーザー名かパスワードが違います。",
            "The text alone doesn't tell whether it is about receiving or sending. If it is shown only when sending, the permission of POP-before-SMTP has run out, or user name or password for SMTP authentication is wrong.",
        ),
        steps: &[NUMBER, WHERE, SCAN, PASSWORD],
        source: "datastations.com/newbh/help/faq/mail_smtp.html; atmarkit.itmedia.co.jp/ait/articles/1409/03/news109.html",
    },
    Refusal {
        name: Text::fixed("どこかのサーバーに接続できない", "no connection to some server"),
        signs: &[
            &[Vague("サーバーに接続できません")],
            &[Vague("サーバに接続できません")],
            &[Vague("接続に失敗しました")],
            &[Vague("サーバーが見つかりません")],
            &[Vague("サーバーが応答しません")],
            &[Vague("サーバが応答しません")],
            &[Vague("cannot connect to")],
            &[Vague("can't connect to")],
            &[Vague("could not connect to")],
            &[Vague("unable to connect")],
            &[Vague("connection failed")],
        ],
        with: &[],
        says: Text::fixed("サーバーにつながりません。", "A server can't be reached."),
        means: Text::fixed(
            "認証まで進んでいません。送信だけで表示されるなら、回線の側で止められている 25 番ポートを使っているか、サーバー名、ポート、暗号化の間違いです。",
            "It doesn't get as far as authentication. If it is shown only when sending, port 25 is in use and blocked by the network, or server, port or encryption is wrong.",
        ),
        steps: &[NUMBER, WHERE, LOOK],
        source: "support.apple.com/ja-jp/HT204173; misty.ne.jp/support/faq/mailerror.html; hehao1.seesaa.net/article/44145698 (OP25B)",
    },
    Refusal {
        name: Text::fixed("何かの理由で送信できない", "sending failed, for some reason"),
        signs: &[
            &[Vague("送信できません")],
            &[Vague("送信できない")],
            &[Vague("送信に失敗")],
            &[Vague("送信エラー")],
            &[Vague("送れません")],
            &[Vague("送れない")],
            &[Vague("cannot send")],
            &[Vague("can't send")],
            &[Vague("could not be sent")],
            &[Vague("unable to send")],
            &[Vague("sending failed")],
        ],
        with: &[],
        says: Text::fixed("メールを送信できません。", "A message couldn't be sent."),
        means: Text::fixed(
            "理由は、この文からは分かりません。受信できるのに送信できないなら、SMTP 認証がオフか、送信のポートや暗号化が合っていないことがよくあります。",
            "The text doesn't say why. If receiving works, SMTP authentication is often off, or port or encryption for sending doesn't fit.",
        ),
        steps: &[NUMBER, WHERE, SCAN],
        source: "mail110ban.com/article/116675332.html; datastations.com/newbh/help/faq/mail_smtp.html",
    },
];
