//! Servers that refuse what the account authenticates with: the errors of wrong passwords, and of the end of passwords.

use crate::clients::errors::next::{DEVICE, ENCRYPT, LOOK, PASSWORD as RETYPE, SCAN, TELL, USER_NAME, WAIT};
use crate::model::Sign::{Number, Reply, Status, Words};
use crate::model::{Refusal, Text};

const SIGN_IN: Text = Text::fixed(
    "認証方式が OAuth 2 の設定にします(サインインの画面が開き、送信サーバーにパスワードは登録しません)。できないソフトや複合機は、別の送信方法に変えます。",
    "Set the account to OAuth 2 (a window to sign in opens, and no password is kept for the server). Programs and printers that can't need another way to send.",
);
const APP_PASSWORD: Text = Text::fixed(
    "サービスのアカウント管理の画面でアプリ パスワードを作り(2段階認証が必要です)、送信と受信の両方のパスワードと入れ替えます。または OAuth 2 の設定にします。",
    "Make an app password in the account's pages of the service (that needs 2-step verification) and put it in the place of the password, for sending and receiving; or set the account to OAuth 2.",
);
const FOUR_CAUSES: Text = Text::fixed(
    "同じ表示に4つの原因があります: 管理者が SMTP 認証を切った(メールボックスまたは組織全体)、セキュリティの既定値群、条件付きアクセス、2026年12月末の既定の変更。管理者に、どれかを確かめてもらいます。",
    "One text, four causes: an administrator has switched SMTP authentication off (for the mailbox or the organisation), Security Defaults, Conditional Access, the change of the default at the end of December 2026. Ask the administrator which.",
);

/// Authentication that fails.
pub(super) const PASSWORD: &[Refusal] = &[
    Refusal {
        name: Text::fixed(
            "Microsoft 365: パスワードでの送信が無効",
            "Microsoft 365: sending with a password is switched off",
        ),
        signs: &[
            &[Status(5, 7, 139)],
            &[Words("SmtpClientAuthentication is disabled")],
            &[Words("basic authentication is disabled")],
            &[Words("locked by your organization's security defaults")],
        ],
        with: &[Reply(535)],
        says: Text::fixed(
            "ユーザー名とパスワードでの SMTP 認証(基本認証)を受け付けません。",
            "The server doesn't take SMTP authentication by user name and password (Basic authentication).",
        ),
        means: Text::fixed(
            "SMTP 認証はオンで、パスワードの間違いとは限りません。方式そのものが止められています。POP before SMTP とは関係ありません。",
            "SMTP authentication is on, and the password need not be wrong: the method is switched off. It has nothing to do with POP-before-SMTP.",
        ),
        steps: &[FOUR_CAUSES, SIGN_IN, LOOK, DEVICE],
        source: "msgwing/ZeroSMTP:docs/ERROR-MESSAGES.md (2026-08-22); techcommunity.microsoft.com 4489835 (2026-01-29)",
    },
    Refusal {
        name: Text::fixed(
            "Microsoft 365: 基本認証の廃止 (550 5.7.30)",
            "Microsoft 365: Basic authentication has ended (550 5.7.30)",
        ),
        signs: &[&[Status(5, 7, 30)], &[Words("basic authentication is not supported")]],
        with: &[Reply(550)],
        says: Text::fixed(
            "パスワードでの SMTP 認証は、このサービスではもう使えません。",
            "SMTP authentication by password no longer exists at this service.",
        ),
        means: Text::fixed(
            "パスワードが正しくても送れません。Microsoft が、基本認証を廃止した後の応答として予告しているものです。",
            "A right password doesn't help: this is the answer that Microsoft has announced for the time after the end of Basic authentication.",
        ),
        steps: &[SIGN_IN, LOOK, DEVICE],
        source: "techcommunity.microsoft.com ba-p/4114750 (2024-04-15, 2025-06-11)",
    },
    Refusal {
        name: Text::fixed(
            "Microsoft 365: 認証していない送信 (5.7.57)",
            "Microsoft 365: the client was not authenticated (5.7.57)",
        ),
        signs: &[
            &[Status(5, 7, 57)],
            &[Words("not authenticated to send")],
            &[Status(5, 7, 57), Words("not authenticated to send")],
        ],
        with: &[
            Reply(530),
            Reply(535),
            Number(0x800C_CC78),
            Number(0x800C_CC7C),
            Words("client was not authenticated"),
        ],
        says: Text::fixed(
            "認証されていない送信を受け付けません。",
            "The server doesn't take mail from somebody who hasn't authenticated.",
        ),
        means: Text::fixed(
            "SMTP 認証がオフか、ここではパスワードでの認証が止められています。このサーバーに POP before SMTP はありません。",
            "SMTP authentication is off, or authentication by password is switched off here. This server has no POP-before-SMTP.",
        ),
        steps: &[SCAN, ENCRYPT, SIGN_IN, DEVICE],
        source: "msgwing/ZeroSMTP:docs/ERROR-MESSAGES.md (2026-08-22); 530 5.7.57: pastebin.com/SuB30vi5",
    },
    Refusal {
        name: Text::fixed("535 5.7.3: 認証の失敗 (Exchange)", "535 5.7.3: authentication failed (Exchange)"),
        signs: &[&[Reply(535), Status(5, 7, 3)]],
        with: &[],
        says: Text::fixed(
            "ユーザー名かパスワードが違うか、この方式での認証が止められています。",
            "User name or password is wrong, or this method is switched off.",
        ),
        means: Text::fixed(
            "SMTP 認証はオンです。smtp.office365.com なら、パスワードが正しくてもこう表示されることがあります。",
            "SMTP authentication is on. At smtp.office365.com that may appear although the password is right.",
        ),
        steps: &[RETYPE, USER_NAME, FOUR_CAUSES],
        source: "learn.microsoft.com/openspecs MS-SMTPNTLM 2.2.1.4; msgwing/ZeroSMTP:docs/ERROR-MESSAGES.md (2026-08-22)",
    },
    Refusal {
        name: Text::fixed("アプリ パスワードが必要", "an app password is needed"),
        signs: &[
            &[Words("application-specific password required")],
            &[Words("InvalidSecondFactor")],
            &[Words("Username and Password not accepted")],
            &[Words("BadCredentials"), Words("google")],
        ],
        with: &[Reply(534), Reply(535), Status(5, 7, 9), Status(5, 7, 8)],
        says: Text::fixed(
            "アカウントのパスワードでは認証できません(または、パスワードが違います)。",
            "The account's own password doesn't do (or it is wrong).",
        ),
        means: Text::fixed(
            "Google は、メールソフトでのアカウントのパスワードを受け付けません。SMTP 認証はオンのままでかまいません。",
            "Google doesn't take the account's password from mail programs. SMTP authentication may stay on.",
        ),
        steps: &[APP_PASSWORD, LOOK],
        source: "github.com/PHPMailer/PHPMailer/issues/1708; github.com/Der-Henning/tgtg/issues/517; support.google.com/accounts/answer/185833",
    },
    Refusal {
        name: Text::fixed(
            "Google: ブラウザーでの確認が必要 (534 5.7.14)",
            "Google: sign in by a browser first (534 5.7.14)",
        ),
        signs: &[
            &[Status(5, 7, 14)],
            &[Words("log in via your web browser")],
            &[Words("web login required")],
        ],
        with: &[Reply(534), Reply(535), Status(5, 7, 14)],
        says: Text::fixed(
            "このログインを疑わしいものとして止めています。ブラウザーでログインするよう求めています。",
            "The server holds this log-on up as suspicious and wants a log-on by browser.",
        ),
        means: Text::fixed(
            "SMTP 認証はオンです。Google は、メールソフトでのアカウントのパスワードを受け付けません。アプリ パスワードか OAuth 2 の設定なら、ブラウザーで確認した後に通ります。",
            "SMTP authentication is on. Google doesn't take the account's password from mail programs; with an app password or OAuth 2 it works after the check in the browser.",
        ),
        steps: &[
            Text::fixed(
                "同じ PC のブラウザーで、そのアカウントにログインし、セキュリティの警告があれば「自分です」と答えます。",
                "Sign in to the account with a browser on the same PC, and answer a security alert, if there is one.",
            ),
            APP_PASSWORD,
            LOOK,
        ],
        source: "PHPMailer, Troubleshooting (5.7.14); git@vger.kernel.org (L. Schneider); atmarkit.itmedia.co.jp/ait/articles/1409/03/news109.html (WEBALERT); support.google.com/mail/answer/78754",
    },
    Refusal {
        name: Text::fixed(
            "504: サーバーにない認証方式",
            "504: a method of authentication that the server doesn't have",
        ),
        signs: &[
            &[Reply(504), Status(5, 7, 4)],
            &[Words("unrecognized authentication type")],
            &[Words("unrecognised authentication type")],
        ],
        with: &[Reply(504), Status(5, 7, 4), Status(5, 5, 4), Number(0x800C_CC80)],
        says: Text::fixed(
            "選ばれている認証の方式が、このサーバー(このポート、この暗号化)にありません。",
            "The server doesn't have the chosen method of authentication, on this port or with this encryption.",
        ),
        means: Text::fixed(
            "SMTP 認証はオンで、パスワードの問題ではありません。SPA (NTLM) や暗号化されたパスワードを選んでいるか、先に暗号化が必要です。",
            "SMTP authentication is on, and the password isn't wrong: SPA (NTLM) or an encrypted password is chosen, or encryption has to come first.",
        ),
        steps: &[
            ENCRYPT,
            Text::fixed(
                "認証の方式を、案内にあるもの(多くは通常のパスワード)にします。SPA (セキュリティで保護されたパスワード認証) はオフにします。",
                "Set the method that the provider tells, mostly the normal password. Switch Secure Password Authentication (SPA) off.",
            ),
            LOOK,
        ],
        source: "RFC 4954, 4 (504 5.5.4); learn.microsoft.com/openspecs MS-SMTPNTLM 3.1.5.2 (504); CakePHP SmtpTransportTest (504 5.7.4)",
    },
    Refusal {
        name: Text::fixed("534: 認証の方式が弱すぎる", "534: the method of authentication is too weak"),
        signs: &[
            &[Reply(534)],
            &[Reply(534), Status(5, 7, 9)],
            &[Words("authentication mechanism is too weak")],
        ],
        with: &[Reply(534), Status(5, 7, 9)],
        says: Text::fixed(
            "選ばれた認証の方式を、このユーザーには許していません。",
            "The server doesn't allow the chosen method of authentication to this user.",
        ),
        means: Text::fixed(
            "SMTP 認証はオンですが、方式(暗号化なしのパスワードなど)が認められません。サービスによっては、アプリ パスワードか OAuth 2 を求める応答です。",
            "SMTP authentication is on, but its method (a password in the clear, say) isn't accepted. Some services ask so for an app password or OAuth 2.",
        ),
        steps: &[ENCRYPT, APP_PASSWORD, LOOK],
        source: "RFC 4954, 6",
    },
    Refusal {
        name: Text::fixed("535: ユーザー名またはパスワードの誤り", "535: user name or password is wrong"),
        signs: &[
            &[Reply(535)],
            &[Status(5, 7, 8)],
            &[Reply(535), Status(5, 7, 8)],
            &[Words("authentication credentials invalid")],
            &[Words("incorrect authentication data")],
            &[Words("smtp authentication failed")],
        ],
        with: &[Reply(535), Status(5, 7, 8), Status(5, 7, 0), Status(5, 7, 1), Number(0x800C_CC80)],
        says: Text::fixed(
            "ユーザー名とパスワードの組み合わせを受け付けません。",
            "The server doesn't accept this user name with this password.",
        ),
        means: Text::fixed(
            "SMTP 認証はオンになっています。POP before SMTP の問題ではなく、登録されているパスワードかユーザー名の問題です。パスワードの代わりにアプリ パスワードや OAuth 2 しか受け付けないサービスもあります。",
            "SMTP authentication is on: the trouble isn't POP-before-SMTP but the stored password or user name. Some services accept only an app password or OAuth 2.",
        ),
        steps: &[RETYPE, USER_NAME, LOOK],
        source: "RFC 4954, 6 (535 5.7.8); pastebin.com/nQR8QGg1 (Exim)",
    },
    Refusal {
        name: Text::fixed("432: パスワードの移行が必要", "432: a password transition is needed"),
        signs: &[&[Reply(432)], &[Status(4, 7, 12)]],
        with: &[Status(4, 7, 12)],
        says: Text::fixed(
            "選んだ認証の方式を使うには、一度ほかの方式で認証する必要があります。",
            "To use the chosen method, authenticate once by another.",
        ),
        means: Text::fixed(
            "SMTP 認証はオンです。多くは、暗号化した接続で一度だけ通常のパスワード認証(PLAIN)をすると、次からその方式で通ります。",
            "SMTP authentication is on. Typically one log-on with the plain password over an encrypted connection makes the method work from then on.",
        ),
        steps: &[ENCRYPT, TELL],
        source: "RFC 4954, 6",
    },
    Refusal {
        name: Text::fixed(
            "454: 一時的に認証または暗号化ができない",
            "454: authentication or encryption fails for now",
        ),
        signs: &[&[Reply(454)], &[Reply(454), Status(4, 7, 0)], &[Words("temporary authentication failure")]],
        with: &[Reply(454), Status(4, 7, 0), Status(4, 3, 0), Number(0x800C_CC7F)],
        says: Text::fixed(
            "サーバー側の一時的な事情で、認証または暗号化(STARTTLS)ができません。",
            "Authentication or encryption (STARTTLS) fails because of a passing trouble of the server.",
        ),
        means: Text::fixed(
            "設定やパスワードの間違いではありません。パスワードを変えないでください。",
            "Neither the settings nor the password are wrong: don't change the password.",
        ),
        steps: &[WAIT, TELL],
        source: "RFC 4954, 6 (454 4.7.0); RFC 3207, 4 (454)",
    },
];
