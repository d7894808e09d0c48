//! What the parser refuses, in Japanese.

use super::judging_arguments::{A_DAY, A_NUMBER};
use crate::report::clean::clean;
use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// The message; every kind of error has one.
pub(super) fn in_japanese(error: &Error) -> String {
    let value = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(clean(text)),
        Some(ContextValue::Strings(texts)) => Some(clean(&texts.join(", "))),
        _ => None,
    };
    let argument = value(ContextKind::InvalidArg).unwrap_or_default();
    let wrong = value(ContextKind::InvalidValue).unwrap_or_default();
    let hint = [ContextKind::SuggestedArg, ContextKind::SuggestedValue, ContextKind::SuggestedSubcommand]
        .into_iter()
        .find_map(value)
        .map(|hint| format!("({hint} のことですか?)"))
        .unwrap_or_default();
    let listed =
        || value(ContextKind::ValidValue).map(|list| format!("\n使える値: {list}")).unwrap_or_default();
    match error.kind() {
        ErrorKind::UnknownArgument if !argument.starts_with('-') => {
            format!("「{argument}」は余分です{hint}。{}", usage(error))
        }
        ErrorKind::UnknownArgument => format!("不明なオプションです: {argument}{hint}"),
        ErrorKind::InvalidSubcommand => {
            let word = value(ContextKind::InvalidSubcommand).unwrap_or_default();
            format!("「{word}」というコマンドはありません{hint}。{}", usage(error))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if wrong.is_empty() => {
            format!("{argument} には値が必要です。{}", listed())
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(ToString::to_string);
            let why = why.map_or_else(listed, |why| of_value(&why));
            format!("{argument} に「{wrong}」は指定できません{hint}。{why}")
        }
        ErrorKind::TooManyValues => format!("{argument} に値は付けられません: {wrong}"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => {
            format!("{argument} の値の数が違います。")
        }
        ErrorKind::ArgumentConflict => match value(ContextKind::PriorArg).unwrap_or_default() {
            prior if prior == argument => format!("{argument} は1回だけ指定できます。"),
            prior => format!("{argument} と {prior} は同時に指定できません。"),
        },
        ErrorKind::MissingRequiredArgument => format!("{argument} が必要です。{}", usage(error)),
        ErrorKind::InvalidUtf8 => "文字コードの正しくない引数があります。".to_owned(),
        _ => format!("引数に誤りがあります。{}", usage(error)),
    }
}

/// How the command is used, on a line of its own, where that is no long list.
fn usage(error: &Error) -> String {
    let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) else { return String::new() };
    let usage = usage.to_string();
    let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage).trim();
    let usage = usage.replace("[OPTIONS]", "[オプション]").replace("<COMMAND>", "<コマンド>");
    if usage.lines().count() > 2 { String::new() } else { format!("\n使い方: {usage}") }
}

/// Why a value can't be read, from the words of what reads it.
fn of_value(why: &str) -> String {
    match why {
        A_DAY => "日付は 2027-01-31 の形で書きます。".to_owned(),
        A_NUMBER => "0 以上の数字で書きます。".to_owned(),
        _ => match why.strip_prefix("such as ") {
            Some(example) => format!("例: {}", example.replace(" or ", "、")),
            None => format!("\n使える値: {why}"),
        },
    }
}
