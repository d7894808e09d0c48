//! What the dialogues say, and of which client.

use super::{finding, subject, talk_to_the_end};
use smtp_auth_audit::clients::dialogue::question::{Answers, Topic};
use smtp_auth_audit::clients::dialogue::{any, relay};
use smtp_auth_audit::clients::{DIALOGUES, dialogue_of};
use smtp_auth_audit::model::{Lang, Text};

/// The dialogues themselves: both languages, each topic once, authentication before what depends on it.
#[test]
fn dialogues_are_whole() {
    for dialogue in DIALOGUES.iter().chain([&&any::DIALOGUE, &&relay::DIALOGUE]) {
        let is_device = dialogue.client == "device";
        let topics: Vec<Topic> = dialogue.questions.iter().map(|question| question.topic).collect();
        let at = |topic| topics.iter().position(|known| *known == topic);
        for topic in Topic::ALL {
            assert!(topics.iter().filter(|known| **known == topic).count() <= 1, "{}", dialogue.client);
            let may_lack = match topic {
                Topic::LogOnFirst => true,
                Topic::Name | Topic::Place => !is_device,
                _ => false,
            };
            assert!(may_lack || at(topic).is_some(), "{}: {topic:?}", dialogue.client);
        }
        assert!(at(Topic::Incoming) < at(Topic::Auth) && at(Topic::Auth) < at(Topic::Port));
        assert!(at(Topic::Auth) < at(Topic::Encryption) && at(Topic::LogOnFirst) < at(Topic::Auth));
        for question in dialogue.questions {
            let choices: Vec<&Text> = match &question.kind {
                Answers::Choice(choices) => choices.iter().map(|choice| &choice.label).collect(),
                _ => Vec::new(),
            };
            let texts = [&question.text, &question.label, &question.help];
            for text in texts.into_iter().chain(&question.screen).chain(choices) {
                let is_japanese = |text: &str| text.chars().any(|c| ('\u{3040}'..'\u{a000}').contains(&c));
                // Becky!'s English labels are unconfirmed: the Japanese ones stand beside them.
                let is_english = dialogue.client == "becky" || !is_japanese(&text.en);
                assert!(!text.en.is_empty() && is_english, "{}", text.en);
                assert!(text.ja == text.en || is_japanese(&text.ja) || text.ja.is_ascii(), "{}", text.ja);
            }
        }
    }
    assert!(dialogue_of("no-such-client").client.is_empty());
}

/// The words by which the notices name the decisive setting.
#[test]
fn the_notices_labels_stand_in_the_questions() {
    for (id, labels) in [
        ("ios-mail", &["送信メールサーバ", "SMTP", "ユーザ名", "パスワード", "サーバポート"][..]),
        ("android-mail", &["Gmail", "送信設定", "ログインが必要", "ポート"]),
        (
            "windows-10-mail",
            &["メールボックスの同期設定を変更", "メールボックスの詳細設定", "送信サーバーは認証が必要"],
        ),
        ("becky", &["ツール(T)", "メールボックスの設定(M)...", "詳細", "POP before SMTP を使用", "SMTP:"]),
        (
            "outlook-express",
            &[
                "ツール(T)",
                "アカウント(A)...",
                "プロパティ(P)",
                "このサーバーは認証が必要(V)",
                "送信メール (SMTP)(O):",
            ],
        ),
        ("windows-mail", &["プロパティ(P)", "このサーバーは認証が必要(V)", "送信メール (SMTP)(O):"]),
        (
            "windows-live-mail",
            &[
                "[アカウント] タブ",
                "プロパティ",
                "このサーバーは認証が必要(V)",
                "詳細設定",
                "送信メール (SMTP)(O):",
            ],
        ),
        (
            "thunderbird",
            &["ツール(T)", "アカウント設定", "送信 (SMTP) サーバー", "接続の保護", "認証方式", "ポート番号"],
        ),
        (
            "apple-mail",
            &[
                "環境設定...",
                "サーバ設定",
                "送信メールサーバ(SMTP)",
                "ユーザ名:",
                "パスワード:",
                "認証:",
                "なし",
                "ポート:",
            ],
        ),
        (
            "outlook",
            &["アカウント設定", "詳細設定(M)", "送信サーバー", "受信メール サーバーと同じ設定を使用する"],
        ),
    ] {
        let all: String = dialogue_of(id)
            .questions
            .iter()
            .flat_map(|question| question.screen.iter().chain([&question.text]))
            .map(|text| text.ja.to_string())
            .chain(dialogue_of(id).questions.iter().filter_map(|question| match &question.kind {
                Answers::Choice(choices) => Some(choices.iter().map(|c| c.label.ja.to_string()).collect()),
                _ => None,
            }))
            .collect();
        for label in labels {
            assert!(all.contains(label), "{id}: {label}");
        }
    }
}

/// The notices say it of those that ended by their time.
#[test]
fn the_end_of_support_is_told_whatever_the_verdict() {
    for (id, lines) in [
        ("windows-10-mail", ". 1 . n"),
        ("windows-10-mail", ". 1 . y 587 y"),
        ("windows-10-mail", ". 3"),
        ("outlook-express", ". 1 n ."),
        ("windows-mail", ". 1 y . 587 y"),
        ("windows-live-mail", ". 3"),
    ] {
        let subject = subject(id);
        let finding = finding(&subject, &talk_to_the_end(&subject, lines), Lang::En);
        assert!(finding.notes.iter().any(|note| note.code() == "end-of-support"), "{id}: {lines}");
    }
}

/// Where no report tells the edition, the steps are those of the current one.
#[test]
fn the_steps_are_those_of_the_current_edition() {
    for dialogue in
        DIALOGUES.iter().filter(|dialogue| dialogue.edition.is_some() && dialogue.client != "device")
    {
        let subject = subject(dialogue.client);
        let known: Vec<&str> = subject.client.editions.iter().map(|edition| edition.id).collect();
        assert!(known.contains(&dialogue.edition.unwrap()), "{}: {known:?}", dialogue.client);
        let finding = finding(&subject, &talk_to_the_end(&subject, ". 3"), Lang::En);
        assert_eq!(finding.account.edition, dialogue.edition.unwrap());
    }
}
