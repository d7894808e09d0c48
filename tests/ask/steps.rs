//! The steps that follow from the answers, in both languages.

use super::{finding, subject, talk_to_the_end};
use smtp_auth_audit::model::Lang;

/// (client, answers, in the Japanese steps, in the English ones, in neither).
type Row =
    (&'static str, &'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str]);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    ("becky", ". 1 y n mail.example.jp",
     &["mail.example.jp", "[POP before SMTP を使用] のチェックを外し", "[SMTP認証]", "「587」"],
     &["mail.example.jp", "Untick [Use POP before SMTP]", "[SMTP Authentication]", "587"], &[]),
    ("becky", ". 1 n y . 25 1", &["「587」"], &["587"], &["SMTP認証", "SMTP Authentication"]),
    ("outlook-express", ". 1 n .",
     &["Outlook Express", "このサーバーは認証が必要(V)", "受信メール サーバーと同じ設定を使用する(U)", "「587」"],
     &["Outlook Express", "My server requires authentication", "Use same settings", "587"], &[]),
    ("outlook-express", ". 1 y . 25 n", &["「587」"], &["587"], &["このサーバーは認証が必要", "My server requires"]),
    ("windows-mail", ". 1 n .",
     &["Windows メール", "このサーバーは認証が必要(V)", "「587」"],
     &["Windows Mail", "My server requires authentication", "587"], &[]),
    ("windows-live-mail", ". 1 n .",
     &["Windows Live メール", "このサーバーは認証が必要(V)", "「587」"],
     &["Windows Live Mail", "My server requires authentication", "587"], &[]),
    ("thunderbird", ". 1 mail.example.jp 1",
     &["mail.example.jp", "[認証方式]", "「587」"],
     &["mail.example.jp", "[Authentication method]", "587"], &[]),
    ("thunderbird", ". 1 . 2 465 2",
     &["[接続の保護] を [SSL/TLS]"], &["[Connection security] to [SSL/TLS]"],
     &["[認証方式]", "[Authentication method]", "587"]),
    ("apple-mail", ". 1 mail.example.jp n",
     &["サーバ設定", "[認証:]", "[ユーザ名:]", "「587」"],
     &["Server Settings", "[Authentication:]", "[User Name:]", "587"], &[]),
    ("apple-mail", ". 1 . y y 25", &["「587」"], &["587"], &["[認証:]", "[Authentication:]"]),
];

#[test]
fn what_is_answered_is_what_the_steps_change() {
    for (id, lines, ja, en, neither) in ROWS {
        let subject = subject(id);
        for lang in [Lang::Ja, Lang::En] {
            let found = finding(&subject, &talk_to_the_end(&subject, lines), lang);
            let of_ja: String = found.steps.iter().map(|step| step.ja.as_ref()).collect();
            let of_en: String = found.steps.iter().map(|step| step.en.as_ref()).collect();
            for (text, words) in [(&of_ja, ja), (&of_en, en)] {
                for word in *words {
                    assert!(text.contains(word), "{id} {lines}: {word} is not in {text}");
                }
            }
            for word in *neither {
                assert!(
                    !of_ja.contains(word) && !of_en.contains(word),
                    "{id} {lines}: {word} is in {of_ja} {of_en}"
                );
            }
        }
    }
}
