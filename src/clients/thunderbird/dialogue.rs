//! Thunderbird and its relatives.
//!
//! The notices of two providers: there is no setting for POP before SMTP, so that the authentication method of the outgoing
//! server decides, and the account's own choice among the servers. Labels: those of the steps, with the same sources; the
//! methods as Thunderbird's Japanese language pack and comm-central (messenger.properties, authNo and the like) have them.

use crate::clients::dialogue::question::{Answers, Dialogue, Meaning, Question, Topic};
use crate::clients::dialogue::words::{
    ADDRESS, ANY_PORT, AUTHENTICATES, DOES_NOT, IMAP, IS_TLS, NO_TLS, POP, SERVICE, STARTS_TLS, choice, same,
    server,
};
use crate::model::{Auth, Text};

pub(in crate::clients) static DIALOGUE: Dialogue = Dialogue {
    client: "thunderbird",
    is_of_screens: true,
    edition: None,
    notes: &[],
    questions: &[
        ADDRESS,
        Question {
            topic: Topic::Incoming,
            screen: Some(Text::fixed(
                "[ツール(T)] メニュー (Linux では [編集(E)] のことがあります)、または画面の右上の三本線のメニューから [アカウント設定] を開き、左側で対象のアカウントの [サーバー設定] を選びます。",
                "Open [Account Settings] from the menu [Tools] ([Edit] in some versions for Linux) or from the menu button (three lines, at the top right), and select [Server Settings] of the account on the left side.",
            )),
            text: Text::fixed(
                "受信サーバーの種類はどれですか。",
                "What kind of server does it receive from?",
            ),
            label: Text::fixed("受信サーバーの種類", "kind of the incoming server"),
            kind: Answers::Choice(&[
                choice("pop3", same("POP"), POP),
                choice("imap", same("IMAP"), IMAP),
                choice(
                    "other",
                    Text::fixed("それ以外 (Exchange など)", "Another (Exchange or the like)"),
                    SERVICE,
                ),
            ]),
            help: Text::fixed(
                "[サーバー設定] の画面のいちばん上にあります。",
                "It is at the top of the page [Server Settings].",
            ),
        },
        server(
            Some(Text::fixed(
                "左側で対象のアカウントの名前を選び、[送信 (SMTP) サーバー(U)] で選ばれているサーバーを確かめます。次に、左側のいちばん下の [送信サーバー] (古い版では [送信 (SMTP) サーバー]) でそのサーバーを選び、[編集...] をクリックします。",
                "Select the account's name on the left side and see which server [Outgoing Server (SMTP)] names. Then select [Outgoing Server] ([Outgoing Server (SMTP)] in older versions) at the bottom of the left side, that server in the list, and click [Edit...].",
            )),
            Text::fixed("サーバー名", "Server Name"),
            Text::fixed(
                "[サーバー名] は何ですか。省略できます。",
                "What is the [Server Name]? It may be left out.",
            ),
        ),
        Question {
            topic: Topic::Auth,
            screen: None,
            text: Text::fixed("[認証方式] はどれですか。", "What is the [Authentication method]?"),
            label: Text::fixed("認証方式", "Authentication method"),
            kind: Answers::Choice(&[
                choice("none", Text::fixed("認証なし", "No authentication"), DOES_NOT),
                choice(
                    "password",
                    Text::fixed(
                        "通常のパスワード認証、または平文のパスワード認証 (安全でない)",
                        "Normal password, or Password, transmitted insecurely",
                    ),
                    AUTHENTICATES,
                ),
                choice(
                    "encrypted-password",
                    Text::fixed("暗号化されたパスワード認証", "Encrypted password"),
                    &[Meaning::Auth(Auth::EncryptedPassword)],
                ),
                choice("kerberos", same("Kerberos / GSSAPI"), &[Meaning::Auth(Auth::Kerberos)]),
                choice("spa", same("NTLM"), &[Meaning::Auth(Auth::Spa)]),
                choice(
                    "certificate",
                    Text::fixed("TLS 証明書", "TLS Certificate"),
                    &[Meaning::Auth(Auth::Certificate)],
                ),
                choice("oauth2", same("OAuth2"), &[Meaning::Auth(Auth::OAuth2)]),
            ]),
            help: Text::fixed(
                "送信サーバーの画面の [セキュリティと認証] にあります。Thunderbird には POP before SMTP の設定項目はなく、[認証なし] のときに、受信してから送信していることになります。",
                "It is under [Security and Authentication] on the page of the outgoing server. Thunderbird has no setting for POP before SMTP: with [No authentication] it sends after receiving.",
            ),
        },
        Question {
            topic: Topic::Port,
            screen: None,
            text: Text::fixed("[ポート番号] の値はいくつですか。", "Which number is in [Port]?"),
            label: Text::fixed("ポート番号", "Port"),
            kind: ANY_PORT,
            help: Text::fixed(
                "[サーバー名] の下にあります。その右の「既定値」の数字ではありません。",
                "It is below [Server Name]. The number behind \"Default\" to its right is another.",
            ),
        },
        Question {
            topic: Topic::Encryption,
            screen: None,
            text: Text::fixed("[接続の保護] はどれですか。", "What is the [Connection security]?"),
            label: Text::fixed("接続の保護", "Connection security"),
            kind: Answers::Choice(&[
                NO_TLS,
                choice("starttls", same("STARTTLS"), STARTS_TLS),
                choice("tls", same("SSL/TLS"), IS_TLS),
            ]),
            help: Text::fixed(
                "[認証方式] のすぐ上にあります。",
                "It is right above [Authentication method].",
            ),
        },
    ],
};
