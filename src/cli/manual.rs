//! The commands `man` and `completions`: what clap knows of the arguments, as a manual page and for shells.

use super::arguments::Cli;
use super::localize;
use super::output::show;
use super::{OK, USAGE};
use crate::model::{Lang, Text};
use clap::{Command, CommandFactory};
use clap_complete::{Shell, generate};
use clap_mangen::Man;
use std::io::{self, Write};

const NAME: Text = Text::fixed(
    "SMTP 認証を使わずに送信するメールアカウントを探す",
    "find the mail accounts that send without SMTP-AUTH",
);
const HEADINGS: [Text; 6] = [
    Text::fixed("名前", "NAME"),
    Text::fixed("書式", "SYNOPSIS"),
    Text::fixed("説明", "DESCRIPTION"),
    Text::fixed("オプション", "OPTIONS"),
    Text::fixed("コマンド", "COMMANDS"),
    Text::fixed("終了コード", "EXIT STATUS"),
];

/// In place of clap_mangen's own title, whose empty date lets the fields behind it slip; the string is for apostrophes.
const TITLE: &str = concat!(
    ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n.TH SMTP\\-AUTH\\-AUDIT 1 \"\" \"smtp\\-auth\\-audit ",
    env!("CARGO_PKG_VERSION"),
    "\"\n",
);

/// Prints the completions of a shell.
pub(super) fn completions(shell: Shell, lang: Lang) -> u8 {
    let mut command = localize::unbroken(Cli::command(), lang);
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    generate(shell, &mut command, name, &mut script);
    // In bash, clap_complete 4.6 writes the hyphens of the name in two ways and would never come to the options of a
    // command: https://github.com/clap-rs/clap/issues/6421.
    let script =
        String::from_utf8_lossy(&script).replace("smtp__subcmd__auth__subcmd__audit", "smtp__auth__audit");
    exit(&show(&script))
}

/// Prints one manual page about all commands.
pub(super) fn man(lang: Lang) -> u8 {
    exit(&page(lang).and_then(|page| show(&page)))
}

fn exit(result: &io::Result<()>) -> u8 {
    if result.is_ok() { OK } else { USAGE }
}

fn page(lang: Lang) -> io::Result<String> {
    let mut command = localize::further_in(Cli::command(), lang);
    command.build();
    let about = command.get_about().cloned().unwrap_or_default();
    let exit_codes = command.get_after_help().cloned().unwrap_or_default();
    let commands: Vec<Command> = command.get_subcommands().cloned().collect();
    let whole = Man::new(command.about(NAME.get(lang).to_owned()).long_about(about));
    let last = Man::new(Command::new("exit").about(exit_codes));
    let [name, synopsis, description, options, all_commands, exit_status] =
        HEADINGS.each_ref().map(|text| head("SH", text.get(lang), lang));

    let mut page = TITLE.to_owned();
    page += &(name + &body(|to| whole.render_name_section(to))?);
    page += &(synopsis + &body(|to| whole.render_synopsis_section(to))?);
    page += &(description + &body(|to| whole.render_description_section(to))?);
    page += &(options + &body(|to| whole.render_options_section(to))?);
    page += &all_commands;
    for command in commands {
        page += &head("SS", command.get_name(), lang);
        // What every command takes stands above, as do the options of a scan.
        let is_scan = command.get_name() == "scan";
        let command = command.mut_args(|argument| {
            let is_everywhere = ["help", "lang"].contains(&argument.get_id().as_str());
            argument.hide(is_everywhere)
        });
        let man = Man::new(command);
        page += &body(|to| man.render_description_section(to))?;
        if !is_scan {
            page += &body(|to| man.render_options_section(to))?;
        }
    }
    page += &(exit_status + &body(|to| last.render_description_section(to))?);
    Ok(page)
}

/// A heading. Japanese lines stay as they are: filling them would put blanks between them.
fn head(request: &str, text: &str, lang: Lang) -> String {
    let fill = if lang == Lang::Ja { ".nf\n" } else { "" };
    format!(".{request} \"{text}\"\n{fill}")
}

/// A section of clap_mangen without its own, English heading.
fn body(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<String> {
    let mut section = Vec::new();
    write(&mut section)?;
    let section = String::from_utf8_lossy(&section);
    let behind_heading = section.split_once(".SH ").and_then(|(_, rest)| rest.split_once('\n'));
    // Two breaks with nothing between them are a blank line, and to mandoc a mistake.
    Ok(behind_heading.map_or_else(String::new, |(_, body)| body.replace("\n.br\n\n.br\n", "\n.sp\n")))
}
