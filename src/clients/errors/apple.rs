//! Alerts of Mail on macOS, iPhone and iPad.

use super::next::{AUTHENTICATE, LOOK, PASSWORD, TELL, USER_NAME};
use crate::model::Sign::Words;
use crate::model::{Refusal, Text};

const ASK: Text = Text::fixed(
    "iPhone、iPad では、画面を見ながら確認できます: smtp-auth-audit ask ios-mail",
    "On an iPhone or iPad, with its screens at hand: smtp-auth-audit ask ios-mail",
);

/// The alerts.
pub(super) const APPLE: &[Refusal] = &[
    Refusal {
        name: Text::fixed(
            "Apple のメール: サーバーが中継を許可していない",
            "Apple Mail: the server does not allow relaying",
        ),
        signs: &[
            &[Words("it does not allow relaying")],
            &[Words("it doesn't allow relaying")],
            &[Words("server does not allow relaying")],
        ],
        with: &[],
        says: Text::fixed(
            "ほかのドメインあてのメールを、認証していない人からは受け付けません。",
            "The server doesn't take mail for other domains from somebody who hasn't authenticated.",
        ),
        means: Text::fixed(
            "送信メールサーバのユーザ名とパスワードが空です(「オプション」と表示されるため、空のままになりがちです)。POP before SMTP では送れません。",
            "User name and password of the outgoing server are empty (the screen calls them optional). POP-before-SMTP is not enough.",
        ),
        steps: &[AUTHENTICATE, ASK],
        source: "smg.co.nz/iphone-email-shows-rejected-by-the-server-when-sending-emails; techzillo.com/how-to-fix-server-does-not-allow-relaying",
    },
    Refusal {
        name: Text::fixed(
            "ログインできませんでした (Apple のメールなど)",
            "login failed (Apple Mail and others)",
        ),
        signs: &[&[Words("ログインできませんでした")]],
        with: &[],
        says: Text::fixed("アカウントにログインできません。", "Mail can't log on to the account."),
        means: Text::fixed(
            "パスワードが違うか、サービスがアカウントのパスワードを受け付けません。接続診断(「ウインドウ」メニュー)で、受信と送信のどちらかが分かります。",
            "The password is wrong, or the service doesn't take the account's own. Connection Doctor (Window menu) tells whether it is receiving or sending.",
        ),
        steps: &[PASSWORD, USER_NAME, LOOK, TELL],
        source: "support.apple.com/ja-jp/HT204075, HT204173",
    },
    Refusal {
        name: Text::fixed(
            "iPhone、iPad: メールを取得できない、パスワードが正しくない",
            "iPhone, iPad: cannot get mail, the password is incorrect",
        ),
        signs: &[
            &[Words("メールを取得できません")],
            &[Words("IMAPアカウントのパスワード")],
            &[Words("POPアカウントのパスワード")],
            &[Words("用のユーザー名またはパスワードが間違っています")],
            &[Words("用のユーザ名またはパスワードが間違っています")],
            &[Words("cannot get mail")],
            &[Words("the user name or password for"), Words("is incorrect")],
        ],
        with: &[],
        says: Text::fixed(
            "表示されたサーバーが、ユーザー名とパスワードの組み合わせを受け付けません。",
            "The server that is named doesn't accept this user name with this password.",
        ),
        means: Text::fixed(
            "名前が pop や imap で始まるサーバーなら受信の、smtp で始まるなら送信の問題です。アカウントのパスワードではなく、アプリ パスワードや OAuth 2 を求めるサービスでは、正しいパスワードでもこう表示されます。",
            "A server whose name begins with pop or imap is for receiving, smtp for sending. Services that want an app password or OAuth 2 show this for the right password, too.",
        ),
        steps: &[PASSWORD, USER_NAME, ASK, TELL],
        source: "kun-maa.hateblo.jp/entry/2013/11/26/065518; everydaynewdiscovery.com/2380; atmarkit.itmedia.co.jp/ait/articles/1409/03/news109.html",
    },
];
