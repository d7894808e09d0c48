//! What a notice says where a policy leaves a choice, and where a client has none: nobody who is accepted is moved, and
//! nobody turns an encryption off.

use crate::{project, run};
use assert_cmd::Command;
use std::fs;

const HEAD: &str = "schema = 1\nid = \"test\"\nname = \"Test\"\nclaims = [ { domain = \"example.jp\" } ]\n";

/// The notice of a policy for some clients.
fn notice(lists: &str, clients: &[&str], lang: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.toml");
    fs::write(&path, format!("{HEAD}{lists}")).unwrap();
    steps(&path.display().to_string(), clients, lang)
}

/// The same by a path, without what makes text of Markdown.
fn steps(policy: &str, clients: &[&str], lang: &str) -> String {
    let arguments = ["--policy", policy, "--lang", lang, "--format", "markdown"];
    let command = &mut Command::cargo_bin("smtp-auth-audit").unwrap();
    let (exit, told, said) =
        run(command.current_dir(project(".")).arg("steps").args(clients).args(arguments));
    assert_eq!((exit, said.as_str()), (0, ""), "{told}");
    told.replace(['\\', '`'], "")
}

fn has(text: &str, wanted: &[&str], unwanted: &[&str]) {
    for words in wanted {
        assert!(text.contains(words), "{words}: {text}");
    }
    for words in unwanted {
        assert!(!text.contains(words), "{words}: {text}");
    }
}

const CLEAR: &str = r#"
sending = [ { port = 587, security = "plain", auth = "password" } ]
receiving = [ { protocol = "pop3", port = [110, 995], security = ["plain", "tls"] }, { protocol = "imap" } ]
"#;

#[test]
fn where_clear_text_is_accepted_nobody_turns_the_encryption_off() {
    let clients = ["becky", "ios-mail", "outlook", "msmtp", "windows-live-mail", "thunderbird", "al-mail"];
    let ja = notice(CLEAR, &clients, "ja");
    let off = ["のチェックを外します", "SSLを使用] をオフ", "暗号化なし)。", "「110」"];
    has(&ja, &["995(110 も可)", "今のポートが 110 で"], &off[1..]);
    has(&ja, &["今、暗号化して送信できているなら、送信のポートと暗号化は今のまま"], &[]);
    for line in ja.lines().filter(|line| line.contains(off[0])) {
        assert!(!["SSL", "TLS", "SMTPS", "POP3S", "暗号化"].iter().any(|word| line.contains(word)), "{line}");
    }
    let en = notice(CLEAR, &clients, "en");
    has(&en, &["995 (or 110)", "If the port for receiving is 110 now and it works"], &["(no encryption)"]);
    // A provider that means it to the letter is the exception.
    let exactly = CLEAR.replace("\"plain\", auth", "\"plain\", exactly = true, auth");
    has(&notice(&exactly, &["becky"], "ja"), &["送信サーバーの [SMTPS] のチェックを外します"], &[]);
}

#[test]
fn who_encrypts_on_another_port_than_one_in_the_clear_stays() {
    let text = r#"receiving = [ { protocol = "pop3", port = 110, security = "plain", auth = "password" } ]"#;
    has(&notice(text, &["becky"], "ja"), &["今、暗号化して受信できているなら"], &["チェックを外します"]);
}

#[test]
fn what_is_not_prescribed_stays_as_it_is() {
    let ja = notice(CLEAR, &["becky", "outlook-express"], "ja");
    has(&ja, &["受信の暗号化 (IMAP): 指定なし(今のまま)"], &["STARTTLS", "IMAP の場合"]);
    let en = notice(CLEAR, &["becky"], "en");
    has(&en, &["encryption for receiving (IMAP): not prescribed (as it is)"], &["STARTTLS", "(with IMAP)"]);
    let port = notice("sending = [ { port = 587, auth = \"password\" } ]", &["becky"], "en");
    has(&port, &["but STARTTLS where it is SSL/TLS from the start on port 587"], &[]);
}

#[test]
fn either_encryption_will_do_so_the_one_that_is_there_stays() {
    let lists = r#"
sending = [ { security = ["starttls", "tls"], auth = "password" } ]
receiving = [ { security = ["starttls", "tls"], auth = "password" } ]
"#;
    let ja = notice(lists, &["becky"], "ja");
    let wanted =
        ["送信の暗号化が「なし」の場合だけ", "受信の暗号化が「なし」の場合だけ", "STARTTLS または SSL/TLS"];
    has(&ja, &wanted, &["POP3S", "SMTPS] を外し"]);
    let en = notice(lists, &["becky"], "en");
    let wanted = ["Only if encryption for sending is off", "Only if encryption for receiving is off"];
    has(&en, &wanted, &["POP3S", "untick [SMTPS]"]);
}

#[test]
fn accounts_with_another_accepted_setting_are_told_so() {
    let lists =
        "sending = [ { port = [587, 465], auth = \"password\" }, { port = 2587, security = \"starttls\" } ]";
    let en = notice(lists, &["becky"], "en");
    let wanted = [
        "587 (or 465)",
        "If the port for sending is 465 now and it works",
        "no change needed (sending): port 2587, STARTTLS",
    ];
    has(&en, &wanted, &[]);
    has(&notice(lists, &["becky"], "ja"), &["変更しなくてよい設定(送信): ポート 2587 STARTTLS"], &[]);
}

#[test]
fn of_several_methods_the_one_that_the_client_has_is_set_and_all_are_named() {
    for (client, wanted, unwanted) in [
        ("al-mail", "the provider's app password", "This dialog can't change the account to OAuth 2"),
        ("becky", "the provider's app password", "This dialog can't change the account to OAuth 2"),
        ("thunderbird", "to [OAuth2]", "the provider's app password"),
    ] {
        let en = steps("policies/google.toml", &[client], "en");
        has(&en, &[wanted, "authentication for sending: OAuth 2 or an app password"], &[unwanted]);
    }
    let ja = steps("policies/google.toml", &["al-mail"], "ja");
    has(
        &ja,
        &["送信の認証: OAuth 2 認証、またはアプリパスワード", "アプリパスワード"],
        &["この画面では OAuth 2"],
    );
}

#[test]
fn what_else_helps_is_named_as_such_wherever_the_dialog_may_lead_nowhere() {
    let ja = steps("policies/microsoft-365.toml", &["outlook"], "ja");
    let help = "Exchange アカウントとして追加し直します(Outlook 2013 SP1 以降。それより前の版は Microsoft 365 に接続できません)。";
    let pages = ja.matches("\n## ").count();
    assert_eq!(
        (ja.matches(help).count(), ja.matches("このメールソフトでの別の方法:").count()),
        (pages, pages),
        "{ja}"
    );
    let en = steps("policies/microsoft-365.toml", &["outlook"], "en");
    assert_eq!(en.matches("Another way with this mail program:").count(), pages, "{en}");
}

#[test]
fn a_page_for_a_client_that_cannot_says_what_it_lacks_and_what_the_provider_asks_for() {
    let lists = r#"
sending = [ { host = "smtp.example.jp", port = 587, security = "starttls", auth = "oauth2" } ]
instead = [ { ja = "新しいソフト", en = "a new program" } ]
"#;
    let ja = notice(lists, &["outlook-express"], "ja");
    let wanted = [
        "送信の暗号化: STARTTLS",
        "求める認証方式(OAuth 2 など)を使えません",
        "別の方法:",
        "1. 新しいソフト",
    ];
    has(&ja, &wanted, &["指定なし"]);
    let en = notice(lists, &["outlook-express"], "en");
    has(&en, &["encryption for sending: STARTTLS", "does not have the authentication method"], &[]);
}

#[test]
fn what_ends_is_named_for_what_it_is() {
    let lists = r#"
sending = [ { port = 465, security = "tls", auth = "password" }, { until = "2027" } ]
receiving = [ { protocol = "imap", port = 993 }, { protocol = "pop3", until = 2027-03-31 } ]
"#;
    let ja = notice(lists, &["becky"], "ja");
    has(&ja, &["そのほかの設定は2027年末で終了", "POP3は2027年3月31日で終了"], &["今の設定は"]);
    let en = notice(lists, &["becky"], "en");
    has(&en, &["Every other setting ends at the end of 2027"], &["this setting"]);
}

#[test]
fn a_server_that_is_made_of_the_address_stands_in_brackets_and_devices_have_no_incoming_server() {
    let lists = r#"
sending = [ { host = "smtp.{domain}", port = 587, auth = "password" } ]
receiving = [ { host = "pop.example.jp", protocol = "pop3", port = 995 } ]
"#;
    let ja = notice(lists, &["becky"], "ja");
    has(&ja, &["「smtp.(メールアドレスの @ より後ろ)」に変更します", "pop.example.jp"], &[]);
    has(&notice(lists, &["msmtp", "device"], "ja"), &["smtp."], &["pop.example.jp", "受信サーバー", "995"]);
}

#[test]
fn a_page_that_is_made_to_be_published_may_be_found() {
    let arguments = ["--policy", "policies/examples/first-notice.toml", "--format", "html", "becky"];
    let command = &mut Command::cargo_bin("smtp-auth-audit").unwrap();
    let (exit, told, _) = run(command.current_dir(project(".")).arg("steps").args(arguments));
    assert!(exit == 0 && !told.contains("noindex"));
}
