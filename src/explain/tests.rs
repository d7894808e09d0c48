//! The table against what people really read out.

use super::*;
use std::collections::BTreeSet;

/// Texts as servers and programs write them, and the names of their answers.
const SAMPLES: &[(&str, &[&str])] = &[
    ("421 4.7.0 Too many connections", &["421: the server ends the connection"]),
    (
        "450 4.2.0 <a@example.jp>: Recipient address rejected: Greylisted, see http://postgrey.example",
        &["greylisting"],
    ),
    ("450 4.1.8 try later", &["450, 451: refused for now"]),
    (
        "451 taro@example.jp please authenticate before send', Port: 25, Server Error: 451, Error Number: 0x800CCC78",
        &["receive before you send (POP-before-SMTP)"],
    ),
    ("554 sorry, you must get POP/APOP authorization.", &["receive before you send (POP-before-SMTP)"]),
    (
        "550-Please turn on SMTP Authentication in your mail client, or login to the IMAP/POP3 server before sending your message.",
        &["receive before you send (POP-before-SMTP)"],
    ),
    ("550 Relaying Denied: Authenticate with POP first", &["receive before you send (POP-before-SMTP)"]),
    (
        "421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support TLS 1.2. Visit https://aka.ms/smtp_auth_tls",
        &["TLS is too old (TLS 1.0 and 1.1 are not supported)"],
    ),
    ("SSL/TLS handshake failed", &["the encryption can't begin (TLS handshake failed)"]),
    (
        "534-5.7.14 <https://accounts.google.com/signin/continue?sarp=1> Please log in via your web browser and then try again. 534-5.7.14 Learn more at 534 5.7.14 https://support.google.com/mail/answer/78754 - gsmtp",
        &["Google: sign in by a browser first (534 5.7.14)"],
    ),
    (
        "504 5.7.4 Unrecognized authentication type",
        &["504: a method of authentication that the server doesn't have"],
    ),
    ("502 AUTH not implemented", &["no authentication is offered here"]),
    ("502 5.5.1 AUTH not available on this port", &["no authentication is offered here"]),
    ("553 5.7.1 SMTP-AUTH required", &["SMTP authentication is required"]),
    ("530 5.7.1 Client was not authenticated", &["SMTP authentication is required"]),
    (
        "530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM",
        &["Microsoft 365: the client was not authenticated (5.7.57)"],
    ),
    (
        "Login to server imap.example.jp with username taro@example.jp failed.",
        &["Thunderbird: login to the server failed"],
    ),
    (
        "ユーザー名 taro@example.jp でサーバー pop.example.jp へのログインに失敗しました。",
        &["Thunderbird: login to the server failed"],
    ),
    (
        "送信 (SMTP) サーバー smtp.example.jp で認証できませんでした。",
        &["Thunderbird: unable to authenticate to the outgoing server"],
    ),
    ("454 4.7.0 Temporary authentication failure", &["454: authentication or encryption fails for now"]),
    ("454 4.7.1 <a@example.com>: Relay access denied", &["relaying denied"]),
    ("432 4.7.12 A password transition is needed", &["432: a password transition is needed"]),
    ("501 5.5.4 Syntax: MAIL FROM", &["501: a value that the server doesn't understand"]),
    ("503 5.5.1 Error: need MAIL command", &["503: commands in the wrong order"]),
    ("503 5.5.1 Error: send HELO/EHLO first", &["503: commands in the wrong order"]),
    ("503 AUTH command used when not advertised", &["no authentication is offered here"]),
    ("503 5.5.4 Error: send AUTH command first", &["SMTP authentication is required"]),
    (
        "504 5.5.4 Encryption required for requested authentication mechanism",
        &["encryption first (must issue a STARTTLS command first)"],
    ),
    (
        "530 5.7.0 Must issue a STARTTLS command first. x - gsmtp",
        &["encryption first (must issue a STARTTLS command first)"],
    ),
    ("530 5.7.0 Authentication required", &["SMTP authentication is required"]),
    ("530 5.7.1", &["530: authentication is required"]),
    (
        "530 5.7.57 Client not authenticated to send mail. [PROD.OUTLOOK.COM]",
        &["Microsoft 365: the client was not authenticated (5.7.57)"],
    ),
    (
        "534-5.7.9 Application-specific password required. Learn more at 534 5.7.9",
        &["an app password is needed"],
    ),
    ("534 5.7.9 Authentication mechanism is too weak", &["534: the method of authentication is too weak"]),
    ("535-5.7.8 Username and Password not accepted", &["an app password is needed"]),
    ("535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6", &["535: user name or password is wrong"]),
    ("535 Incorrect authentication data", &["535: user name or password is wrong"]),
    (
        "535 5.7.3 Authentication unsuccessful [BN6.namprd03.prod.outlook.com]",
        &["535 5.7.3: authentication failed (Exchange)"],
    ),
    (
        "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.",
        &["Microsoft 365: sending with a password is switched off"],
    ),
    (
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.",
        &["Microsoft 365: sending with a password is switched off"],
    ),
    (
        "538 5.7.11 Encryption required for requested authentication mechanism",
        &["encryption first (must issue a STARTTLS command first)"],
    ),
    ("550 5.7.1 <a@example.com>... Relaying denied", &["relaying denied"]),
    ("550 5.7.1 Relaying denied. Proper authentication required.", &["relaying denied"]),
    (
        "550 5.7.30 Basic authentication is not supported for Client Submission.",
        &["Microsoft 365: Basic authentication has ended (550 5.7.30)"],
    ),
    (
        "550 5.7.60 SMTP; Client does not have permissions to send as this sender",
        &["the sender's address isn't the authenticated user's"],
    ),
    ("550 5.7.1 Service unavailable", &["550 5.7.1: refused by a rule"]),
    ("550 5.1.1 <a@example.com>... User unknown", &["the recipient doesn't exist (user unknown)"]),
    ("550 rejected", &["550: not accepted"]),
    ("553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", &["relaying denied"]),
    (
        "553 5.7.1 <a@example.jp>: Sender address rejected: not owned by user b",
        &["the sender's address isn't the authenticated user's"],
    ),
    ("553 authorisation failed", &["553: an address isn't accepted"]),
    ("554 5.7.1 <a@example.com>: Relay access denied", &["relaying denied"]),
    ("554 5.7.1 <a@example.com>: Client host rejected: Access denied", &["relaying denied"]),
    ("554 delivery error", &["554: the transaction failed"]),
    (
        "-ERR [AUTH] Authentication failed.",
        &["the log-on for receiving fails (POP: -ERR [AUTH], IMAP: NO [AUTHENTICATIONFAILED])"],
    ),
    (
        "a1 NO [AUTHENTICATIONFAILED] Authentication failed.",
        &["the log-on for receiving fails (POP: -ERR [AUTH], IMAP: NO [AUTHENTICATIONFAILED])"],
    ),
    ("-ERR [SYS/TEMP] later", &["a passing trouble of the incoming server (-ERR [SYS/TEMP], [UNAVAILABLE])"]),
    ("a1 NO [PRIVACYREQUIRED] no", &["receiving needs encryption, too ([PRIVACYREQUIRED])"]),
    ("ソケット エラー : 11001, エラー番号 : 0x800CCC0D", &["0x800CCC0D: the server can't be found"]),
    (
        "サーバーへの接続は失敗しました。アカウント : 'x', プロトコル : SMTP, ポート : 25, ソケット エラー : 10060, エラー番号 : 0x800CCC0E",
        &["0x800CCC0E, 0x800CCC15, 0x80042108, 0x80042109: no connection to the server"],
    ),
    (
        "reported error (0x80042109): Outlook cannot connect to your outgoing (SMTP) e-mail server.",
        &["0x800CCC0E, 0x800CCC15, 0x80042108, 0x80042109: no connection to the server"],
    ),
    ("0X800ccc0f", &["0x800CCC0F: the connection was dropped"]),
    ("800CCC18", &["0x800CCC18: Secure Password Authentication fails"]),
    ("(0x8004210B)", &["0x800CCC19, 0x8004210B: the server doesn't answer in time"]),
    ("0x800ccc1a", &["0x800CCC1A, 0x800CCC7D, 0x800CCC7F: no encrypted connection"]),
    ("0x800CCC7C", &["0x800CCC7C: the server's reply was 530"]),
    ("はエラー (0x800CCC78) を報告しました", &["0x800CCC78: the sender was rejected"]),
    (
        "受信者の 1 人がサーバーによって拒否されたため、メッセージを送信できませんでした。 エラー番号 : 0x800CCC79",
        &["0x800CCC79: a recipient was rejected"],
    ),
    (
        "Server Response: '550 <a@example.com>... Relaying Denied', Port: 25, Server Error: 550, Error Number: 0x800CCC79",
        &["relaying denied"],
    ),
    (
        "0x800CCC80 None of the authentication methods supported by this client are supported by your server.",
        &["0x800CCC80: no method of authentication in common"],
    ),
    ("0x800ccc92", &["0x800CCC90, 0x800CCC91, 0x800CCC92: the log-on for receiving fails"]),
    ("0x800CCC6D", &["0x800CCC60 to 0x800CCC6F: numbers for the server's reply"]),
    ("0x800CCC65", &["0x800CCC65: the server's reply was 503"]),
    ("0x800CCC67", &["0x800CCC67, 0x800CCC68, 0x800CCC6A: refused for now (421, 450, 451)"]),
    ("0x800CCC6F", &["0x800CCC63, 0x800CCC69, 0x800CCC6E, 0x800CCC6F: refused (501, 550, 553, 554)"]),
    (
        "送信 (SMTP) サーバー smtp.example.jp の認証に失敗しました。パスワードを確認し、",
        &["Thunderbird: unable to authenticate to the outgoing server"],
    ),
    (
        "Unable to authenticate to Outgoing server (SMTP) smtp.example.jp. Please check the password and verify",
        &["Thunderbird: unable to authenticate to the outgoing server"],
    ),
    (
        "送信 (SMTP) サーバー smtp.example.jp が選択された認証方式をサポートしていません。",
        &["Thunderbird: the authentication method doesn't fit"],
    ),
    (
        "The Outgoing server (SMTP) smtp.example.jp does not seem to support encrypted passwords.",
        &["Thunderbird: the authentication method doesn't fit"],
    ),
    (
        "It does not support authentication (SMTP-AUTH) but you have chosen to use authentication.",
        &["Thunderbird: the server has no SMTP-AUTH"],
    ),
    (
        "送信に使用するアカウント情報と認証方式が正しいか確認してください。",
        &["Thunderbird: sending through this server isn't allowed"],
    ),
    (
        "using STARTTLS since it doesn't advertise that feature.",
        &["Thunderbird: the server doesn't offer STARTTLS"],
    ),
    (
        "送信 (SMTP) サーバー smtp.example.jp との接続がタイムアウトしたため、メッセージを送信できませんでした。",
        &["Thunderbird: no connection to the outgoing server"],
    ),
    ("のパスワードを取得できなかったため", &["Thunderbird: could not get the password"]),
    (
        "Cannot Send Mail. The recipient was rejected by the server because it does not allow relaying",
        &["Apple Mail: the server does not allow relaying"],
    ),
    ("ログインできませんでした", &["login failed (Apple Mail and others)"]),
    (
        "タスク 'x - 送信中' はエラーを報告しました: 'サーバーへの接続が中断されました。この問題が引き続き起こる場合は、",
        &["0x800CCC0F: the connection was dropped"],
    ),
    (
        "メッセージを送信できません。アカウントのプロパティで電子メール アドレスが正しいことを確認してください。",
        &["0x800CCC78: the sender was rejected"],
    ),
    (
        "メールを取得できません imap.example.jp用のユーザー名またはパスワードが間違っています",
        &["iPhone, iPad: cannot get mail, the password is incorrect"],
    ),
    (
        "パスワードが正しくありません。IMAPアカウントのパスワードを入力してください",
        &["iPhone, iPad: cannot get mail, the password is incorrect"],
    ),
    (
        "WEBALERT https://accounts.example Web login required",
        &["Google: sign in by a browser first (534 5.7.14)"],
    ),
    ("パスワードが違います", &["the user name or the password was not accepted, by some server"]),
    (
        "ユーザ名またはパスワードが正しくありません",
        &["the user name or the password was not accepted, by some server"],
    ),
    (
        "パスワードが間違っているか、または認証に失敗しました。",
        &["the user name or the password was not accepted, by some server"],
    ),
    ("サーバーにログオンできません", &["no log-on to some server"]),
    ("サーバーにログインできません", &["no log-on to some server"]),
    ("サーバーとの接続に失敗しました。", &["no connection to some server"]),
    ("メールを送信できませんでした", &["sending failed, for some reason"]),
];

fn names(text: &str) -> Vec<&'static str> {
    explain(text).iter().map(|refusal| &*refusal.name.en).collect()
}

#[test]
fn what_people_read_out_is_known() {
    for (text, expected) in SAMPLES {
        assert_eq!(names(text), *expected, "{text}");
    }
}

#[test]
fn each_row_is_the_answer_to_a_sample() {
    let answered: BTreeSet<&str> = SAMPLES.iter().filter_map(|(_, names)| names.first().copied()).collect();
    let missing: Vec<&str> =
        known().map(|refusal| &*refusal.name.en).filter(|name| !answered.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn each_row_has_a_source_and_says_what_to_do() {
    let mut seen: Vec<&[Sign]> = Vec::new();
    for refusal in known() {
        let name = &refusal.name.en;
        assert!(refusal.source.len() > 5 && !refusal.steps.is_empty() && !refusal.signs.is_empty(), "{name}");
        for signs in refusal.signs {
            assert!(!signs.is_empty() && !seen.contains(signs), "{name}: {signs:?}");
            seen.push(signs);
        }
    }
}

#[test]
fn the_words_of_servers_weigh_more_than_numbers_and_three_answers_are_the_most() {
    let names = names("0x800CCC0F 535 5.7.8, 421; greylisted; 0x800CCC92");
    assert_eq!(
        names,
        ["greylisting", "535: user name or password is wrong", "0x800CCC0F: the connection was dropped"]
    );
}

#[test]
fn codes_that_come_with_it_weigh_as_well() {
    assert_eq!(
        names("0x800CCC1A 535 5.7.139"),
        [
            "Microsoft 365: sending with a password is switched off",
            "0x800CCC1A, 0x800CCC7D, 0x800CCC7F: no encrypted connection"
        ]
    );
}

#[test]
fn nothing_is_made_of_other_texts() {
    for text in ["", "hello", "535x", "192.168.5.7", "0x80070005", "99.5.7.1", "4.0.0"] {
        assert_eq!(names(text), [""; 0], "{text}");
    }
}
