//! Text of accountrc, sylpheedrc or clawsrc → blocks with their settings, as Sylpheed and Claws Mail read them.
//!
//! The rules are those of prefs_read_config (sylpheed libsylph/prefs.c, claws-mail src/prefs_gtk.c): a block begins with
//! a line `[label]`, of two blocks of one label the first counts, of two lines of one key the last; the value is all that
//! follows the first `=`, blanks included; nothing is escaped. Their INI dialect differs from that of `ini` in all this.

use crate::formats::secrets::is_secret_name;
use std::collections::{HashMap, HashSet};

/// The longest value that is kept, in bytes; the programs read lines of 1024.
const LONGEST: usize = 64 * 1024;

/// Endings of the settings that are command lines: among the arguments there may be a password.
const COMMANDS: [&str; 2] = ["command", "cmd"];

/// One `[label]` with its settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What stands between the brackets.
    pub label: String,
    /// Keys, each once, with their values; of a secret nothing is kept but its key, of a command only the program.
    pub entries: Vec<(String, Option<String>)>,
}

impl Block {
    /// True if there is a setting of this name.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|(key, _)| key == name)
    }
}

/// Reads a whole file. Lines that are neither a label nor `key=value` are passed over.
pub fn parse(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut labels = HashSet::new();
    // Where the open block's keys stand; `None`: the settings belong to no block, or to a label that was there before.
    let mut open: Option<HashMap<&str, usize>> = None;
    for line in text.strip_prefix('\u{FEFF}').unwrap_or(text).split(['\n', '\r']) {
        if let Some(rest) = line.strip_prefix('[') {
            let label = rest.split_once(']').map_or(rest, |(label, _)| label);
            open = labels.insert(label).then(HashMap::new);
            if open.is_some() {
                blocks.push(Block { label: label.to_owned(), entries: Vec::new() });
            }
        } else if let (Some(keys), Some(block), Some((key, value))) =
            (&mut open, blocks.last_mut(), line.split_once('='))
        {
            let entry = (key.to_owned(), kept(key, value));
            if let Some(known) = keys.get(key).and_then(|at| block.entries.get_mut(*at)) {
                *known = entry;
            } else {
                keys.insert(key, block.entries.len());
                block.entries.push(entry);
            }
        }
    }
    blocks
}

fn kept(key: &str, value: &str) -> Option<String> {
    let is_command = COMMANDS.iter().any(|ending| key.ends_with(ending));
    let value = if is_command { program_of(value) } else { value };
    (!is_secret_name(key) && value.len() <= LONGEST).then(|| value.to_owned())
}

/// The program of a command line (strsplit_with_quote in libsylph/utils.c: blanks separate, quotes keep together). A shell's
/// assignment in front of it may be that of a password.
fn program_of(command: &str) -> &str {
    let command = command.trim_start();
    match command.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or_default(),
        None => command
            .split_whitespace()
            .next()
            .map_or("", |program| if program.contains('=') { "(command)" } else { program }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value<'a>(blocks: &'a [Block], label: &str, key: &str) -> Option<&'a str> {
        let block = blocks.iter().find(|block| block.label == label)?;
        block.entries.iter().find(|(known, _)| known == key)?.1.as_deref()
    }

    #[test]
    fn values_are_as_written() {
        let blocks = parse(
            "stray=1\n[Account: 1]\nname=a=b; \"c\" \nsmtp_server= mail\n#smtp_port=1\nsmtp_port=25\r\nsmtp_port=587\n\
             no value\nempty=\n\n[Account: 10]\nname=ten\n",
        );
        assert_eq!(value(&blocks, "Account: 1", "name"), Some("a=b; \"c\" "));
        assert_eq!(value(&blocks, "Account: 1", "smtp_server"), Some(" mail"));
        assert_eq!(value(&blocks, "Account: 1", "smtp_port"), Some("587"), "the last counts");
        assert_eq!(value(&blocks, "Account: 1", "empty"), Some(""));
        assert_eq!(value(&blocks, "Account: 10", "name"), Some("ten"));
        assert_eq!(blocks.len(), 2);
    }

    #[test]
    fn a_damaged_file_does_not_take_for_ever() {
        let blocks = (0..100_000).map(|number| format!("[Account: {number}]\n")).collect::<Vec<_>>().concat();
        let keys = (0..100_000).map(|number| format!("k{number}=\n")).collect::<Vec<_>>().concat();
        assert_eq!(parse(&format!("{blocks}[Account: x]\n{keys}")).len(), 100_001);
    }

    #[test]
    fn of_two_blocks_the_first_counts() {
        let blocks = parse("[Account: 1]\na=1\n[Account: 2]\na=2\n[Account: 1]\na=3\nb=4\n");
        assert_eq!(blocks.len(), 2);
        assert_eq!(value(&blocks, "Account: 1", "a"), Some("1"));
        assert_eq!(value(&blocks, "Account: 2", "a"), Some("2"));
        assert_eq!(value(&blocks, "Account: 1", "b"), None);
    }

    #[test]
    fn secrets_and_endless_values_are_not_kept() {
        let long = "x".repeat(LONGEST + 1);
        let blocks = parse(&format!(
            "[Account: 1]\npassword=TOPSECRET\nsmtp_password=TOPSECRET\nproxy_pass=TOPSECRET\n\
             oauth2_authcode=TOPSECRET\noauth2_client_secret=TOPSECRET\nin_ssl_client_cert_pass=TOPSECRET\n\
             user_id=taro\nname={long}\n"
        ));
        assert!(!format!("{blocks:?}").contains("TOPSECRET") && !format!("{blocks:?}").contains("xxx"));
        assert!(blocks.iter().all(|block| block.has("smtp_password")));
        assert_eq!(value(&blocks, "Account: 1", "user_id"), Some("taro"));
    }

    #[test]
    fn a_commands_arguments_are_dropped() {
        for (command, program) in [
            ("/usr/sbin/sendmail -t -i", "/usr/sbin/sendmail"),
            ("\"C:\\Program Files\\x.exe\" -ap TOPSECRET", "C:\\Program Files\\x.exe"),
            ("ssmtp", "ssmtp"),
            ("msmtp\t--passwordeval TOPSECRET", "msmtp"),
            ("PW=TOPSECRET msmtp", "(command)"),
            ("", ""),
        ] {
            assert_eq!(program_of(command), program);
        }
    }
}
