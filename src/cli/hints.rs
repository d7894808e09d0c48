//! The commands that a scan ends with: one `ask` for each account that could not be read.

use super::arguments::ScanArgs;
use crate::model::{Action, Finding, Lang, Report, Text, Verdict};
use crate::report::blocks::wrap;
use crate::report::clean::clean;
use std::ffi::OsStr;
use std::path::Path;

/// More than these would bury the answer.
const MOST: usize = 3;
/// The file that the commands speak of where the result was not written as JSON.
const REPORT: &str = "report.json";

/// What was asked for, as a command that writes it as JSON.
pub(super) fn scan_again(args: &ScanArgs) -> String {
    let mut words: Vec<String> =
        ["smtp-auth-audit", "scan", "--format", "json", "--output", REPORT].map(str::to_owned).to_vec();
    if args.all_users {
        words.push("--all-users".to_owned());
    }
    let lists = [("--client", &args.client), ("--server", &args.server), ("--domain", &args.domain)];
    for (option, values) in lists {
        for value in values {
            words.extend([option.to_owned(), quote(OsStr::new(value))]);
        }
    }
    if let Some(name) = &args.computer {
        words.extend(["--computer".to_owned(), quote(OsStr::new(name))]);
    }
    words.extend(args.paths.iter().map(|path| quote(path.as_os_str())));
    words.join(" ")
}

/// The commands, after `first` where the result is not in a JSON file yet; `None` if every account could be read.
pub(super) fn ask_commands(
    report: &Report,
    written: Option<&Path>,
    first: &str,
    lang: Lang,
) -> Option<String> {
    let told = &report.handed_on;
    let open: Vec<&Finding> =
        told.open.iter().chain(report.findings.iter().filter(|finding| finding.is_open())).collect();
    let number = open.len() - told.open.len()
        + told.number(Action::CheckByHand, |verdict| verdict == Verdict::Unreadable);
    if open.is_empty() {
        return None;
    }
    let head = Text::fixed(
        "要確認のアカウントは、その画面を見ながら質問に答えると判定できます:",
        "Accounts to be checked by hand are judged by answering questions about their screens:",
    );
    let mut lines = wrap("", head.get(lang));
    let several = report.has_several_computers();
    let file = written.map_or_else(|| REPORT.to_owned(), |path| quote(path.as_os_str()));
    if written.is_none() {
        lines.push(format!("  {first}"));
    }
    for finding in open.iter().take(MOST) {
        let (client, id) = (finding.account.client, &finding.id);
        // An id is one computer's.
        let computer = finding.computer.as_deref().filter(|name| several && is_name(name));
        if open.len() > 1 {
            let mut owner = finding.account.client_name.clone();
            owner.extend(computer.into_iter().flat_map(|computer| [", ", computer]));
            lines.push(format!("  {} ({owner}):", finding.account.name));
        }
        let option =
            computer.map(|name| format!(" --computer {}", quote(OsStr::new(name)))).unwrap_or_default();
        lines.push(format!("  smtp-auth-audit ask {client} --finding {id} --report {file}{option}"));
    }
    if let Some(rest) = number.checked_sub(MOST).filter(|rest| *rest > 0) {
        let text = Text::new(
            format!("ほかに {rest} 件あります。client と id は {file} にあります。"),
            format!("and {rest} more: client and id of each are in {file}."),
        );
        lines.extend(wrap("  ", text.get(lang)));
    }
    Some(clean_lines(&lines))
}

/// True for what a computer may be called, and nothing that a shell takes for more than text: a disk may tell any name.
fn is_name(name: &str) -> bool {
    name.chars().all(|character| character.is_alphanumeric() || " -_.'()".contains(character))
}

fn clean_lines(lines: &[String]) -> String {
    lines.iter().map(|line| clean(line)).collect::<Vec<_>>().join("\n")
}

fn quote(word: &OsStr) -> String {
    quote_for(&word.to_string_lossy(), cfg!(windows))
}

/// A word as the shell of the system takes it: cmd.exe and PowerShell, or any of Unix.
fn quote_for(word: &str, windows: bool) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:@+=".contains(c) || (windows && "\\~".contains(c));
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    if windows {
        // A quotation mark can't stand in a file name there; before a closing one a backslash would take it away.
        let end = word.len() - word.trim_end_matches('\\').len();
        format!("\"{word}{}\"", "\\".repeat(end))
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_for_the_shell_at_hand() {
        for (word, unix, windows) in [
            ("report.json", "report.json", "report.json"),
            ("結果.json", "結果.json", "結果.json"),
            ("my report.json", "'my report.json'", "\"my report.json\""),
            ("it's", r"'it'\''s'", "\"it's\""),
            ("*.example.jp", "'*.example.jp'", "\"*.example.jp\""),
            ("$HOME", "'$HOME'", "\"$HOME\""),
            (r"C:\Users\taro", r"'C:\Users\taro'", r"C:\Users\taro"),
            (r"D:\old pc\", r"'D:\old pc\'", r#""D:\old pc\\""#),
            ("a&b", "'a&b'", "\"a&b\""),
            ("", "''", "\"\""),
        ] {
            assert_eq!(quote_for(word, false), unix);
            assert_eq!(quote_for(word, true), windows);
        }
    }
}
