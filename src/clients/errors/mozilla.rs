//! Alerts of Thunderbird and its relatives: composeMsgs.properties in mozilla/releases-comm-central (mail/locales/en-US) and
//! thunderbird/thunderbird-l10n (ja). Names of servers stand in the middle: each part is a sign.

use super::next::{AUTHENTICATE, ENCRYPT, LEAVE_25, LOOK, NETWORK, PASSWORD, SCAN, TELL, USER_NAME};
use crate::model::Sign::Words;
use crate::model::{Refusal, Text};

const WHERE: Text = Text::fixed(
    "[アカウント設定] の [送信 (SMTP) サーバー] で、このサーバーを [編集] します。手順: smtp-auth-audit steps thunderbird",
    "Account Settings, Outgoing Server (SMTP), Edit this server. The steps: smtp-auth-audit steps thunderbird",
);

/// The alerts.
pub(super) const MOZILLA: &[Refusal] = &[
    Refusal {
        name: Text::fixed(
            "Thunderbird: 送信サーバーの認証に失敗",
            "Thunderbird: unable to authenticate to the outgoing server",
        ),
        signs: &[
            &[Words("unable to authenticate to"), Words("please check the password")],
            &[Words("送信 (SMTP) サーバー"), Words("の認証に失敗しました")],
            // As it is read out; the file has the line above.
            &[Words("送信 (SMTP) サーバー"), Words("で認証できませんでした")],
        ],
        with: &[],
        says: Text::fixed(
            "サーバーが、パスワードか認証方式を受け付けません。",
            "The server doesn't accept the password, or the authentication method.",
        ),
        means: Text::fixed(
            "SMTP 認証はオンです。POP before SMTP の問題ではなく、パスワード、ユーザー名、または [認証方式] の問題です。OAuth 2 やアプリ パスワードしか受け付けないサービスもあります。",
            "SMTP authentication is on: the trouble isn't POP-before-SMTP but the password, the user name or the \"Authentication method\". Some services accept only OAuth 2 or an app password.",
        ),
        steps: &[PASSWORD, USER_NAME, WHERE],
        source: "composeMsgs.properties: smtpAuthFailure",
    },
    Refusal {
        name: Text::fixed(
            "Thunderbird: 認証方式が合わない",
            "Thunderbird: the authentication method doesn't fit",
        ),
        signs: &[
            &[Words("does not support the selected authentication method")],
            &[Words("does not seem to support encrypted passwords")],
            &[Words("does not allow plaintext passwords")],
            &[Words("が選択された認証方式をサポートしていません")],
            &[Words("が暗号化されたパスワードをサポートしていない")],
            &[Words("が平文のパスワードを許可していません")],
        ],
        with: &[],
        says: Text::fixed(
            "サーバーに、選ばれている認証方式がありません。",
            "The server doesn't offer the chosen authentication method.",
        ),
        means: Text::fixed(
            "SMTP 認証はオンです。暗号化を先に合わせ、その後で [認証方式] を合わせます。暗号化なしの「平文のパスワード」は、サーバーがそれしか受け付けないときだけにします。",
            "SMTP authentication is on. Set the encryption first, then the \"Authentication method\". \"Password, transmitted insecurely\" is right only where the server takes nothing else.",
        ),
        steps: &[ENCRYPT, WHERE, LOOK],
        source: "composeMsgs.properties: smtpAuthMechNotSupported, smtpHintAuthEncryptToPlainNoSsl, smtpHintAuthEncryptToPlainSsl, smtpHintAuthPlainToEncrypt",
    },
    Refusal {
        name: Text::fixed(
            "Thunderbird: サーバーに SMTP 認証がない",
            "Thunderbird: the server has no SMTP-AUTH",
        ),
        signs: &[&[Words("It does not support authentication (SMTP-AUTH) but you have chosen")]],
        with: &[],
        says: Text::fixed(
            "このポート、この暗号化では、サーバーが認証を受け付けていません。",
            "On this port, with this encryption, the server offers no authentication.",
        ),
        means: Text::fixed(
            "[認証方式] を「なし」にするよう勧められますが、それは POP before SMTP に戻ることです。まずポートと暗号化を合わせます。",
            "The alert advises the method \"None\": that would be POP-before-SMTP again. Set port and encryption first.",
        ),
        steps: &[LEAVE_25, ENCRYPT, WHERE],
        source: "composeMsgs.properties: smtpAuthenticationNotSupported",
    },
    Refusal {
        name: Text::fixed(
            "Thunderbird: このサーバーでの送信が許可されていない",
            "Thunderbird: sending through this server isn't allowed",
        ),
        signs: &[
            &[Words("verify that you are allowed to send via this SMTP server")],
            &[Words("送信に使用するアカウント情報と認証方式が正しいか確認してください")],
        ],
        with: &[],
        says: Text::fixed(
            "サーバーが送信を断りました。理由は、その応答の数字と英文にあります。",
            "The server has refused. Its answer, numbers and words, says why.",
        ),
        means: Text::fixed(
            "多くは [認証方式] が「認証なし」のためです。または、差出人が認証したユーザーと違います。",
            "Mostly the \"Authentication method\" is \"No authentication\"; or the sender isn't the user who has logged on.",
        ),
        steps: &[SCAN, AUTHENTICATE, WHERE],
        source: "composeMsgs.properties: smtpSendNotAllowed",
    },
    Refusal {
        name: Text::fixed(
            "Thunderbird: サーバーに STARTTLS がない",
            "Thunderbird: the server doesn't offer STARTTLS",
        ),
        signs: &[
            &[Words("using STARTTLS since it doesn't advertise that feature")],
            &[Words("が STARTTLS をサポートしていないため")],
        ],
        with: &[],
        says: Text::fixed(
            "このポートでは STARTTLS で暗号化できません。",
            "STARTTLS isn't to be had on this port.",
        ),
        means: Text::fixed(
            "ポートと [接続の保護] の組み合わせが違います(465 番は SSL/TLS)。案内どおりなのに表示されるなら、途中の機器が暗号化を消している疑いがあります。",
            "Port and \"Connection security\" don't fit (465 takes SSL/TLS). If they are as the provider tells, something on the way may strip the encryption.",
        ),
        steps: &[ENCRYPT, WHERE, NETWORK, TELL],
        source: "composeMsgs.properties: startTlsFailed",
    },
    Refusal {
        name: Text::fixed(
            "Thunderbird: 送信サーバーにつながらない",
            "Thunderbird: no connection to the outgoing server",
        ),
        signs: &[
            &[Words("The message could not be sent because connecting to"), Words("failed")],
            &[Words("The message could not be sent because the connection to"), Words("timed out")],
            &[
                Words("The message could not be sent because the connection to"),
                Words("was lost in the middle"),
            ],
            &[Words("に接続できなかったため、メッセージを送信できませんでした")],
            &[Words("との接続がタイムアウトしたため")],
            &[Words("との接続が切断されたため")],
        ],
        with: &[],
        says: Text::fixed(
            "サーバーにつながらないか、途中で切れました。",
            "The server can't be reached, or the connection ended.",
        ),
        means: Text::fixed(
            "認証まで進んでいません。回線のプロバイダーが 25 番ポートを止めている(OP25B)か、ポートと暗号化の組み合わせが違います。",
            "It doesn't get as far as authentication: the network blocks port 25, or port and encryption don't fit.",
        ),
        steps: &[LEAVE_25, ENCRYPT, NETWORK, WHERE],
        source: "composeMsgs.properties: smtpSendRequestRefused, smtpSendTimeout, smtpSendInterrupted",
    },
    Refusal {
        name: Text::fixed("Thunderbird: パスワードを得られない", "Thunderbird: could not get the password"),
        signs: &[&[Words("could not get password for")], &[Words("のパスワードを取得できなかったため")]],
        with: &[],
        says: Text::fixed(
            "パスワードの入力が取り消されたか、登録がありません。",
            "The password wasn't typed, and none is stored.",
        ),
        means: Text::fixed(
            "SMTP 認証はオンです。送信サーバーのパスワードは、受信とは別に一度入力します。",
            "SMTP authentication is on. The outgoing server's password is asked once, apart from that for receiving.",
        ),
        steps: &[PASSWORD, WHERE],
        source: "composeMsgs.properties: smtpPasswordUndefined",
    },
    Refusal {
        name: Text::fixed(
            "Thunderbird: サーバーへのログインに失敗",
            "Thunderbird: login to the server failed",
        ),
        signs: &[
            &[Words("login to server"), Words("with username"), Words("failed")],
            &[Words("でサーバー"), Words("へのログインに失敗しました")],
            &[Words("アカウント \""), Words("へのログインに失敗しました")],
        ],
        with: &[],
        says: Text::fixed(
            "サーバーが、ユーザー名とパスワードの組み合わせを受け付けません。",
            "The server doesn't accept this user name with this password.",
        ),
        means: Text::fixed(
            "表示されたサーバーが受信のものなら受信の、送信のものなら送信の問題です。送信のものなら、SMTP 認証はオンです。OAuth 2 やアプリ パスワードしか受け付けないサービスもあります。",
            "It is about receiving or sending, whichever the named server is for; if for sending, SMTP authentication is on. Some services accept only OAuth 2 or an app password.",
        ),
        steps: &[PASSWORD, USER_NAME, WHERE],
        source: "messenger.properties: mailServerLoginFailed2, mailServerLoginFailedTitleWithAccount",
    },
];
