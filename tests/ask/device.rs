//! What is no mail client: a printer, a business program.

use super::{finding, subject, talk_to_the_end};
use smtp_auth_audit::model::{Finding, Lang, Text};

fn answered(lines: &str) -> Finding {
    let subject = subject("device");
    finding(&subject, &talk_to_the_end(&subject, lines), Lang::En)
}

/// It is called as its owner calls it.
#[test]
fn the_name_is_that_of_the_account_and_the_program() {
    for (lines, client_name, account) in [
        ("複合機3階 1 scan@example.jp 1 1 .", "複合機3階", "scan@example.jp"),
        ("FileMaker 3 . 1 1 .", "FileMaker", "FileMaker"),
        (". 1 . 1 1 .", "Another program or device (複合機・業務ソフトなど)", "-"),
    ] {
        let found = answered(lines);
        assert_eq!((found.account.client, found.account.client_name.as_str()), ("device", client_name));
        assert_eq!(found.account.name, account);
        assert!(found.account.incoming.is_none(), "it does not receive");
    }
}

/// Several send by one address.
#[test]
fn two_devices_of_one_address_are_two() {
    let id = |lines| answered(lines).id;
    assert_eq!(id("MFP-1 1 scan@example.jp 1 1 ."), id("MFP-1 2 scan@example.jp 1 2 . 587 1"));
    assert_ne!(id("MFP-1 1 scan@example.jp 1 1 ."), id("MFP-2 1 scan@example.jp 1 1 ."));
    assert_eq!(id("MFP-1 1 . 1 1 ."), id("MFP-1 1 . 1 3 ."));
}

/// The way to its settings is that of where they are; the rest and the check are the same.
#[test]
fn the_steps_lead_to_where_its_settings_are() {
    for (place, edition, ja, en) in [
        ("1", "device-panel", "操作パネル", "panel"),
        ("2", "device-web", "ブラウザー", "browser"),
        ("3", "device-program", "FileMaker", "FileMaker"),
        ("4", "device-file", "スクリプト", "script"),
        ("? ?", "device", "機器やソフト", "device or program"),
    ] {
        let found = answered(&format!("x1 {place} . 1 3 mail.example.jp"));
        assert_eq!(found.account.edition, edition);
        let steps: Vec<&Text> = found.steps.iter().collect();
        let [lock, first, server, auth, log_on_first, port, encryption, save, after, show, check, otherwise] =
            steps[..]
        else {
            panic!("{steps:?}")
        };
        assert!(lock.ja.contains("ロック") && lock.en.contains("lock the account"), "{}", lock.en);
        assert!(server.ja.contains("送信サーバーの名前") && server.en.contains("name"), "{}", server.en);
        assert!(first.ja.contains(ja) && first.ja.contains("mail.example.jp"), "{}", first.ja);
        assert!(first.en.contains(en) && first.en.contains("mail.example.jp"), "{}", first.en);
        assert!(auth.ja.contains("SMTP-AUTH") && auth.en.contains("SMTP-AUTH"));
        assert!(log_on_first.ja.contains("無効") && log_on_first.en.starts_with("Turn off"));
        assert!(port.ja.contains("「587」") && port.en.contains("587"));
        assert!(encryption.ja.contains("案内") && encryption.en.contains("notice"));
        assert!(save.ja.contains("保存") && save.en.starts_with("Save"));
        // Any PC in the office opens the way for it by receiving.
        assert!(after.is_heading(), "{}", after.en);
        assert!(show.ja.contains("受信に使う") && show.en.contains("that receives it"), "{}", show.en);
        assert!(check.ja.contains("ESMTPA") && check.en.contains("ESMTPSA"), "{}", check.en);
        assert!(
            otherwise.ja.contains("同じ事業所") && otherwise.en.contains("same office"),
            "{}",
            otherwise.en
        );
    }
}

/// That it does not receive is an answer, not a gap.
#[test]
fn only_what_nobody_could_tell_is_the_reason() {
    let found = answered("x1 1 . 1 2 . ? ? 1");
    let smtp_auth_audit::model::Outgoing::Unclear(_, why) = &found.account.outgoing else { panic!() };
    assert_eq!(&*why.en, "the user could not tell: port of the outgoing server");
}
