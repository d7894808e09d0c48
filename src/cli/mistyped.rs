//! What to say of a path that does not exist: it may be a mistyped command, or something that belongs behind one.

use super::help::COMMANDS;
use super::localize::usage;
use crate::clients::{Reading, called};
use crate::explain::explain;
use crate::formats::shapes::{is_address, narrow};
use crate::model::{Lang, Text};
use crate::report::clean::clean;
use std::path::Path;

/// What else people call them.
const OTHER_WORDS: &[(&str, &[&str])] = &[
    ("scan", &["スキャン", "調査", "調べる", "検索", "診断", "check", "audit", "search", "start", "run"]),
    ("ask", &["質問", "確認", "question", "questions"]),
    ("steps", &["手順", "変更手順", "設定", "howto", "guide", "change", "fix"]),
    ("clients", &["一覧", "メールソフト", "対応ソフト", "list", "supported"]),
    ("policies", &["ポリシー", "プロバイダー", "provider", "providers"]),
    ("collect", &["収集", "集める", "export", "backup"]),
    ("fleet", &["集計", "まとめ", "report", "reports", "summary"]),
    ("explain-error", &["エラー", "error", "explain", "errors"]),
];
/// Beginnings of what is a server rather than a file.
const SERVERS: [&str; 5] = ["smtp", "mail.", "pop", "imap", "mx."];

/// A path that does not exist; as the first word without a command it may be a mistyped command.
pub(super) fn no_such_path(path: &Path, may_be_command: bool, lang: Lang) -> u8 {
    let word = clean(&path.display().to_string());
    let message = match behind_a_command(&word) {
        Some(hint) => Text::new(
            format!("パスがありません: {word}\n{}", hint.ja),
            format!("no such path: {word}\n{}", hint.en),
        ),
        None if may_be_command && !word.contains(['/', '\\', '.']) => no_command(&word),
        None => Text::new(format!("パスがありません: {word}"), format!("no such path: {word}")),
    };
    usage(message.get(lang), lang)
}

/// Neither command nor path: the nearest command, and all of them where that is a guess.
fn no_command(word: &str) -> Text {
    let typed: String = word.chars().map(narrow).collect::<String>().to_lowercase();
    let other =
        OTHER_WORDS.iter().find(|(_, words)| words.contains(&&*typed)).map(|(command, _)| (1.0, *command));
    let likeness = |command: &&'static str| (strsim::jaro_winkler(command, &typed), *command);
    let nearest = other.or_else(|| COMMANDS.iter().map(likeness).max_by(|a, b| a.0.total_cmp(&b.0)));
    let (likeness, command) = nearest.unwrap_or((0.0, "scan"));
    let (ja, en) = if likeness > 0.7 {
        (format!("{command} のことですか?"), format!("did you mean '{command}'?"))
    } else {
        let all = COMMANDS.join(", ");
        (
            format!("最も近いコマンドは {command} です。コマンド: {all}"),
            format!("the nearest command is '{command}'. The commands: {all}"),
        )
    };
    Text::new(
        format!("「{word}」はコマンドでも、存在するパスでもありません。{ja}"),
        format!("'{word}' is neither a command nor an existing path; {en}"),
    )
}

/// Where it would belong: a client, an error, a server, an address or an option of other systems is no path.
fn behind_a_command(word: &str) -> Option<Text> {
    if let Some(option) = word.strip_prefix('/').filter(|rest| is_option(rest)) {
        return Some(Text::new(
            format!("オプションは -- で始まります: --{option}"),
            format!("options begin with --: --{option}"),
        ));
    }
    if let Some(client) = called(word).map(|found| found.client) {
        let (id, ja, en) = (client.id, client.name_in(Lang::Ja), client.name_in(Lang::En));
        let is_asked = matches!(client.reading, Reading::Asked);
        let (more_ja, more_en) = if is_asked {
            (
                format!("質問で確認する:\n  smtp-auth-audit ask {id}"),
                format!("check it by questions:\n  smtp-auth-audit ask {id}"),
            )
        } else {
            let command = format!("smtp-auth-audit --client {id}");
            (
                format!("そのアカウントだけを調べる:\n  {command}"),
                format!("look at its accounts only:\n  {command}"),
            )
        };
        return Some(Text::new(
            format!("{ja} の変更手順:\n  smtp-auth-audit steps {id}\n{more_ja}"),
            format!("the steps of {en}:\n  smtp-auth-audit steps {id}\n{more_en}"),
        ));
    }
    if is_address(word) {
        let domain = word.rsplit('@').next().unwrap_or_default();
        return Some(Text::new(
            format!("このドメインのアカウントだけを調べる:\n  smtp-auth-audit --domain {domain}"),
            format!("look at the accounts of its domain only:\n  smtp-auth-audit --domain {domain}"),
        ));
    }
    let lower = word.to_lowercase();
    if SERVERS.iter().any(|begin| lower.starts_with(begin))
        && lower.contains('.')
        && !lower.contains(['/', '\\'])
    {
        let (ja, en) = if cfg!(feature = "probe") {
            (
                format!("\nサーバーに問い合わせる:\n  smtp-auth-audit probe {word}"),
                format!("\nask the server:\n  smtp-auth-audit probe {word}"),
            )
        } else {
            (String::new(), String::new())
        };
        return Some(Text::new(
            format!("このサーバーのアカウントだけを調べる:\n  smtp-auth-audit --server {word}{ja}"),
            format!("look at the accounts of this server only:\n  smtp-auth-audit --server {word}{en}"),
        ));
    }
    (!explain(word).is_empty()).then_some(Text::fixed(
        "エラーの意味を調べる:\n  smtp-auth-audit explain-error TEXT",
        "what an error means:\n  smtp-auth-audit explain-error TEXT",
    ))
}

/// `/all-users`: no path of one letter or with another slash.
fn is_option(rest: &str) -> bool {
    rest.len() > 3 && rest.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-')
}
