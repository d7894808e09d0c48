//! Help, usage errors and messages in the user's language.

use super::help::{ABOUT_JA, EXIT_CODES_JA, usage_of_all};
use super::japanese::JAPANESE;
use super::output::{say, show};
use super::refused::in_japanese;
use super::typed::no_such_client;
use super::{OK, USAGE};
use crate::clients;
use crate::model::{Lang, Text};
use crate::report::blocks::wrap;
use clap::error::ErrorKind;
use clap::{Arg, Command, Error};
use std::ffi::OsString;
use std::path::PathBuf;

/// `--fail-on new` has nothing to tell new from old by.
pub(super) const NOTHING_IS_NEW: Text = Text::fixed(
    "--fail-on new には、比べる以前の報告を --baseline で指定してください。",
    "--fail-on new needs --baseline, an earlier report to compare with",
);
/// Of two PATHs nothing tells whose computer they are, and a user of the same name is in both.
pub(super) fn no_telling_apart((one, other): &(PathBuf, PathBuf), lang: Lang) {
    let (one, other) = (one.display(), other.display());
    let message = Text::new(
        format!(
            "{one} と {other} には同じ名前のユーザーがいて、どのコンピューターのものか分かりません。--computer NAME でコンピューターの名前を付けて、1つずつ調べてください。"
        ),
        format!(
            "{one} and {other} hold a user of the same name, and nothing tells whose computers they are: scan each by itself, with the computer's name as --computer NAME"
        ),
    );
    usage(message.get(lang), lang);
}

/// What the whole program is called; its usage is written by hand.
const OWN_NAME: &str = "smtp-auth-audit";
/// Columns of the help.
const WIDTH: usize = 80;
/// What stands in a text for the files that are read wherever they lie.
const FILES: &str = "{files}";
/// The language that the arguments ask for, before they are parsed: the help and the errors need it.
pub(super) fn wanted(arguments: &[OsString]) -> Option<Lang> {
    match value_of(arguments, "--lang")?.to_ascii_lowercase().as_str() {
        "ja" => Some(Lang::Ja),
        "en" => Some(Lang::En),
        _ => None,
    }
}

/// The value of an option, before the arguments are parsed.
pub(super) fn value_of<'a>(arguments: &'a [OsString], option: &str) -> Option<&'a str> {
    let words: Vec<&str> = arguments.iter().filter_map(|word| word.to_str()).collect();
    words.iter().enumerate().find_map(|(at, word)| match word.strip_prefix(option)? {
        "" => words.get(at + 1).copied(),
        rest => rest.strip_prefix('='),
    })
}

/// The language of the user's system; English where it is neither.
pub(super) fn of_system() -> Lang {
    match sys_locale::get_locale() {
        Some(locale) if locale.to_ascii_lowercase().starts_with("ja") => Lang::Ja,
        _ => Lang::En,
    }
}

/// How a text that begins at some column is broken into lines.
type Fit = fn(&str, usize) -> String;

/// The command with all its texts in this language.
pub(super) fn localize(command: Command, lang: Lang) -> Command {
    in_language(command, lang, in_lines)
}

/// The same with shorter lines, as a manual page indents its texts more than the help does.
pub(super) fn further_in(command: Command, lang: Lang) -> Command {
    let without_heading = |argument: Arg| argument.help_heading(None::<&str>);
    in_language(command, lang, |text, indent| in_lines(text, indent + 10))
        .mut_args(without_heading)
        .mut_subcommands(|command| command.mut_args(without_heading))
}

/// The same with each text on one line.
pub(super) fn unbroken(command: Command, lang: Lang) -> Command {
    in_language(command, lang, |text, _| text.to_owned())
}

fn in_language(command: Command, lang: Lang, fit: Fit) -> Command {
    let command = name_files(in_any_case(command).term_width(WIDTH), lang);
    match lang {
        Lang::En => command.override_usage(usage_of_all(Lang::En)),
        Lang::Ja => {
            // Built first so that clap's own arguments (help, version) are there to be translated.
            let mut command = command.override_usage(usage_of_all(Lang::Ja));
            command.build();
            translate(command.about(ABOUT_JA), fit).after_help(fit(EXIT_CODES_JA, 0))
        }
    }
}

/// Values from a list are understood however they are written: `HTML`, `PowerShell`.
fn in_any_case(command: Command) -> Command {
    let relaxed = |argument: Arg| {
        let is_flag = !argument.get_action().takes_values();
        argument.ignore_case(!is_flag)
    };
    command.mut_args(relaxed).mut_subcommands(|command| command.mut_args(relaxed))
}

/// The English texts with the files in their place; the Japanese ones get them when they are put in.
fn name_files(command: Command, lang: Lang) -> Command {
    let with_files = |argument: Arg| match argument.get_help().map(ToString::to_string) {
        Some(help) if help.contains(FILES) => argument.help(help.replace(FILES, &files(lang))),
        _ => argument,
    };
    command.mut_args(with_files).mut_subcommands(|command| command.mut_args(with_files))
}

/// The kinds of file that are read wherever they lie, by their usual names.
fn files(lang: Lang) -> String {
    let mut names: Vec<&str> = Vec::new();
    for rule in clients::files() {
        let name = rule.id.trim_start_matches('*');
        if rule.is_told_by_content() && !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(if lang == Lang::Ja { "、" } else { ", " })
}

/// clap breaks lines at blanks, of which Japanese has none.
fn in_lines(text: &str, indent: usize) -> String {
    wrap(&" ".repeat(indent), text).iter().map(|line| line.trim_start()).collect::<Vec<_>>().join("\n")
}

fn translate(command: Command, fit: Fit) -> Command {
    let name = command.get_name().to_owned();
    // An argument may mean another thing to another command.
    let text = |id: &str, indent: usize| {
        let find = |wanted: &str| JAPANESE.iter().find(|(known, _)| *known == wanted);
        let text = find(&format!("{name}.{id}")).or_else(|| find(id))?.1;
        Some(fit(&text.replace(FILES, &files(Lang::Ja)), indent))
    };
    let usage = command.clone().render_usage().to_string();
    let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage);
    let usage = usage.replace("[OPTIONS]", "[オプション]").replace("<COMMAND>", "<コマンド>");
    let command =
        if name == OWN_NAME { command } else { command.override_usage(usage.replace("       ", "        ")) };
    let about = text(&name, 0).or_else(|| command.get_about().map(|about| fit(&about.to_string(), 0)));
    let command = command
        .help_template("{about-with-newline}\n使い方: {usage}\n\n{all-args}{after-help}\n")
        .subcommand_help_heading("コマンド")
        .mut_args(|argument| {
            let heading = if argument.is_positional() { "引数" } else { "オプション" };
            let argument = argument.help_heading(heading).hide_possible_values(true).hide_default_value(true);
            match text(argument.get_id().as_str(), 10) {
                Some(help) => argument.long_help(help.clone()).help(help).next_line_help(true),
                None => argument,
            }
        })
        .mut_subcommands(|command| translate(command, fit));
    match about {
        Some(about) => command.long_about(about.clone()).about(about),
        None => command,
    }
}

/// Shows help or version on stdout, anything else as a usage error on stderr. Returns the exit code.
pub(super) fn report(error: &Error, lang: Lang) -> u8 {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return if show(&error.render().ansi().to_string()).is_ok() { OK } else { USAGE };
    }
    if let Some(message) = no_such_client(error, lang) {
        say(&wrong(&message, lang));
        return USAGE;
    }
    if lang == Lang::Ja {
        return usage(&in_japanese(error), lang);
    }
    say(&short(&error.render().to_string())
        .iter()
        .flat_map(|line| fitting(line))
        .collect::<Vec<_>>()
        .join("\n"));
    USAGE
}

/// The parser's message without the usage of all commands, which would push the message off the screen.
fn short(message: &str) -> Vec<&str> {
    let all = |line: &&str| line.starts_with("Usage: smtp-auth-audit [scan]");
    let mut lines: Vec<&str> = Vec::new();
    let mut is_usage = false;
    for line in message.trim_end().lines() {
        is_usage = all(&line) || (is_usage && !line.is_empty());
        let is_doubled = line.is_empty() && lines.last().is_none_or(|last| last.is_empty());
        if !is_usage && !is_doubled {
            lines.push(line);
        }
    }
    lines
}

/// A line of a message on stderr, in lines of the width with the same indent.
fn fitting(line: &str) -> Vec<String> {
    let text = line.trim_start();
    if text.is_empty() {
        return vec![String::new()];
    }
    wrap(line.strip_suffix(text).unwrap_or_default(), text)
}

/// A usage error on stderr.
pub(super) fn usage(message: &str, lang: Lang) -> u8 {
    let more = match lang {
        Lang::Ja => "詳しくは --help を指定してください。",
        Lang::En => "For more information, try '--help'.",
    };
    say(&wrong(&format!("{message}\n{more}"), lang));
    USAGE
}

/// What is wrong with the arguments, in lines of the width.
fn wrong(message: &str, lang: Lang) -> String {
    let head = match lang {
        Lang::Ja => "エラー",
        Lang::En => "error",
    };
    format!("{head}: {message}").lines().flat_map(fitting).collect::<Vec<_>>().join("\n")
}

/// Options of `scan` in front of another command.
pub(super) fn options_before_command(lang: Lang) -> u8 {
    let message = Text::fixed(
        "パスとオプションは、コマンドの後に指定してください。",
        "paths and options go after the command",
    );
    usage(message.get(lang), lang)
}
