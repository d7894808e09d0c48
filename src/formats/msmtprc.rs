//! Text of msmtp's configuration → accounts with what they inherit.
//!
//! Rules: marlam/msmtp at 933d35b, src/conf.c (`get_cmd`, `trim_string`, `read_conffile`, `override_account`). One command
//! per line, `#` begins a comment, one pair of double quotes around an argument comes off. An account begins as a copy of
//! the defaults up to its line, then takes over what the accounts behind its colon set themselves. msmtp refuses a file
//! with a wrong line; here that line is told of and the rest is read.

/// Commands whose arguments are kept.
const KEPT: [&str; 9] = ["host", "port", "protocol", "socket", "from", "auth", "user", "tls", "tls_starttls"];

/// The other commands, those of older versions included. Passwords, and commands that print one, are among them.
const PASSED_OVER: [&str; 39] = [
    "password",
    "passwordeval",
    "timeout",
    "connect_timeout",
    "domain",
    "from_full_name",
    "allow_from_override",
    "ntlmdomain",
    "tls_key_file",
    "tls_cert_file",
    "tls_trust_file",
    "tls_crl_file",
    "tls_fingerprint",
    "tls_certcheck",
    "tls_min_dh_prime_bits",
    "tls_priorities",
    "tls_host_override",
    "dsn_return",
    "dsn_notify",
    "logfile",
    "logfile_time_format",
    "syslog",
    "aliases",
    "proxy_host",
    "proxy_port",
    "set_from_header",
    "set_date_header",
    "set_msgid_header",
    "set_to_header",
    "remove_bcc_headers",
    "source_ip",
    "undisclosed_recipients",
    "add_missing_from_header",
    "add_missing_date_header",
    "auto_from",
    "maildomain",
    "keepbcc",
    "tls_nocertcheck",
    "tls_force_sslv3",
];

/// More accounts are not read: nobody has as many, and a damaged file may have any number.
pub const MOST_ACCOUNTS: usize = 1_000;

/// A configuration file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Msmtprc {
    /// In the order of the file.
    pub accounts: Vec<MsmtpAccount>,
    /// Lines that msmtp refuses, from 1.
    pub refused: Vec<usize>,
    /// True if there are more accounts than are read.
    pub is_cut: bool,
}

/// One account with the defaults and the inherited commands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MsmtpAccount {
    /// Its name; `default` if commands stand before the first account.
    pub name: String,
    /// Commands with their arguments, each once.
    pub commands: Vec<(String, String)>,
    /// True if a command computes some of it (`eval`), or what it is to inherit is not there.
    pub is_open: bool,
    /// The account that it only repeats under another name.
    pub alias_of: Option<String>,
    /// What it sets itself or takes over from other accounts, without the defaults.
    own: Vec<(String, String)>,
}

/// What a line says, without anything that may be a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// `defaults`
    Defaults,
    /// `account NAME`, with what stands behind the colon.
    Account(String, Vec<String>),
    /// A command and its argument.
    Command(&'static str, String),
    /// A command that is computed when msmtp starts.
    Eval,
    /// Nothing that concerns anyone here.
    Other,
    /// Nothing that msmtp knows.
    Refused,
}

/// Reads a whole file.
pub fn parse(text: &str) -> Msmtprc {
    let mut file = Msmtprc::default();
    let mut defaults = MsmtpAccount::default();
    // Where the next command belongs: `None` are the defaults.
    let mut current: Option<usize> = None;
    let mut has_begun = false;
    for (index, line) in lines(text).enumerate() {
        match line {
            Line::Other => {}
            Line::Refused => file.refused.push(index + 1),
            Line::Defaults => (current, has_begun) = (None, true),
            Line::Account(..) if file.accounts.len() == MOST_ACCOUNTS => {
                file.is_cut = true;
                break;
            }
            Line::Account(name, bases) => {
                let is_known = file.accounts.iter().any(|known| known.name == name);
                if is_known || bases.iter().any(|base| file.account(base).is_none()) {
                    file.refused.push(index + 1);
                }
                let account = begin(&file, &defaults, name, &bases);
                // The second of a name stays in the list only to take what belongs to it.
                file.accounts.push(MsmtpAccount { is_open: account.is_open || is_known, ..account });
                (current, has_begun) = (Some(file.accounts.len() - 1), true);
            }
            Line::Command(..) | Line::Eval if !has_begun => {
                file.accounts.push(begin(&file, &defaults, "default".to_owned(), &[]));
                (current, has_begun) = (Some(0), true);
                apply(file.accounts.first_mut(), line);
            }
            line => apply(current.map_or(Some(&mut defaults), |at| file.accounts.get_mut(at)), line),
        }
    }
    let names: Vec<String> = file.accounts.iter().map(|account| account.name.clone()).collect();
    let mut index = 0;
    file.accounts.retain(|account| {
        index += 1;
        names.iter().position(|name| *name == account.name) == Some(index - 1)
    });
    mark_aliases(&mut file.accounts);
    file
}

fn begin(file: &Msmtprc, defaults: &MsmtpAccount, name: String, bases: &[String]) -> MsmtpAccount {
    let mut account = MsmtpAccount { name, own: Vec::new(), ..defaults.clone() };
    for base in bases {
        let Some(base) = file.account(base) else {
            account.is_open = true;
            continue;
        };
        account.is_open |= base.is_open;
        for (command, argument) in &base.own {
            set(&mut account.commands, command, argument);
            set(&mut account.own, command, argument);
        }
    }
    if let [only] = bases {
        account.alias_of = Some(only.clone());
    }
    account
}

fn apply(account: Option<&mut MsmtpAccount>, line: Line) {
    let Some(account) = account else { return };
    match line {
        Line::Command(command, argument) => {
            set(&mut account.commands, command, &argument);
            set(&mut account.own, command, &argument);
        }
        Line::Eval => account.is_open = true,
        _ => {}
    }
}

fn set(commands: &mut Vec<(String, String)>, command: &str, argument: &str) {
    commands.retain(|(known, _)| known != command);
    commands.push((command.to_owned(), argument.to_owned()));
}

/// `account default : work` usually says no more than which account is the default.
fn mark_aliases(accounts: &mut [MsmtpAccount]) {
    let sorted = |account: &MsmtpAccount| {
        let mut commands = account.commands.clone();
        commands.sort();
        (commands, account.is_open)
    };
    let all: Vec<_> = accounts.iter().map(|account| (account.name.clone(), sorted(account))).collect();
    for account in accounts {
        let own = sorted(account);
        account.alias_of = account.alias_of.take().filter(|base| {
            all.iter().any(|(name, commands)| name == base && *name != account.name && *commands == own)
        });
    }
}

/// What each line says.
pub fn lines(text: &str) -> impl Iterator<Item = Line> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    text.split('\n').map(|line| read_line(line.strip_suffix('\r').unwrap_or(line)))
}

fn read_line(line: &str) -> Line {
    let line = line.trim_matches(BLANKS);
    if line.is_empty() || line.starts_with('#') {
        return Line::Other;
    }
    let (command, argument) = line.split_once(BLANKS).unwrap_or((line, ""));
    let argument = without_remark(argument);
    let argument = plain(&argument);
    match command {
        "eval" => Line::Eval,
        "defaults" if argument.is_empty() => Line::Defaults,
        "account" => {
            let (name, bases) = argument.split_once(':').map_or((argument, None), |(n, b)| (n, Some(b)));
            let name = if bases.is_some() { plain(name) } else { name };
            let bases: Vec<String> = bases
                .map(|list| list.split(',').map(|base| plain(base).to_owned()).collect())
                .unwrap_or_default();
            if name.is_empty() || name.contains(',') {
                return Line::Refused;
            }
            Line::Account(name.to_owned(), bases)
        }
        // What versions up to 1.2 wrote for `tls_starttls off`.
        "tls_nostarttls" => Line::Command("tls_starttls", "off".to_owned()),
        _ => match KEPT.iter().find(|kept| **kept == command) {
            Some(kept) => Line::Command(kept, argument.to_owned()),
            None if PASSED_OVER.contains(&command) => Line::Other,
            None => Line::Refused,
        },
    }
}

/// To msmtp a `#` behind a command is part of its argument. People take it for a comment, and may note a password there: of
/// what follows only that it is there is kept, so that the argument stays as wrong as it is.
fn without_remark(argument: &str) -> String {
    let is_remark = |(at, _): &(usize, &str)| {
        argument.get(..*at).is_some_and(|before| before.is_empty() || before.ends_with(BLANKS))
    };
    match argument.match_indices('#').find(is_remark).and_then(|(at, _)| argument.get(..at)) {
        Some(before) => format!("{before}#(not shown)"),
        None => argument.to_owned(),
    }
}

const BLANKS: [char; 2] = [' ', '\t'];

/// Without blanks around it, and then without one pair of double quotes.
fn plain(text: &str) -> &str {
    let text = text.trim_matches(BLANKS);
    text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text)
}

impl Msmtprc {
    /// The first account of this name.
    pub fn account(&self, name: &str) -> Option<&MsmtpAccount> {
        self.accounts.iter().find(|account| account.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn argument<'a>(file: &'a Msmtprc, account: &str, command: &str) -> Option<&'a str> {
        let commands = &file.account(account)?.commands;
        commands.iter().find(|(known, _)| known == command).map(|(_, argument)| argument.as_str())
    }

    #[test]
    fn accounts_take_over_what_others_set_themselves() {
        let file = parse(
            "defaults\nauth on\nport 587\naccount a\nhost a.example.jp\nfrom a@example.jp\ndefaults\nport 25\n\
             account b : a\nfrom b@example.jp\naccount c:b , a\naccount default : c\n",
        );
        assert_eq!(argument(&file, "a", "port"), Some("587"));
        assert_eq!(argument(&file, "b", "port"), Some("25"), "a default is no setting of its own");
        assert_eq!(argument(&file, "b", "host"), Some("a.example.jp"));
        assert_eq!(argument(&file, "c", "from"), Some("a@example.jp"), "the last one wins");
        let aliases: Vec<_> = file.accounts.iter().map(|account| account.alias_of.as_deref()).collect();
        assert_eq!(aliases, [None, None, None, Some("c")]);
        assert!(file.refused.is_empty());
    }

    #[test]
    fn quotes_blanks_and_comments() {
        let file = parse(
            "\u{FEFF} \t# host no\r\n\thost\t \"mail.example.jp\" \r\nfrom \"a b\" c\nuser \"\nauth\ntls_nostarttls",
        );
        assert_eq!(argument(&file, "default", "host"), Some("mail.example.jp"));
        assert_eq!(argument(&file, "default", "from"), Some("\"a b\" c"));
        assert_eq!(argument(&file, "default", "user"), Some("\""));
        assert_eq!(argument(&file, "default", "auth"), Some(""));
        assert_eq!(argument(&file, "default", "tls_starttls"), Some("off"));
    }

    #[test]
    fn wrong_lines_are_told_of_and_open_ends_marked() {
        let file = parse(
            "account a : nobody\nhost a\naccount b\neval echo host b\naccount b\nhost other\nHOST x\naccount d : b\n",
        );
        assert_eq!(file.refused, [1, 5, 7]);
        let open: Vec<_> =
            file.accounts.iter().map(|account| (account.name.as_str(), account.is_open)).collect();
        assert_eq!(open, [("a", true), ("b", true), ("d", true)]);
        assert_eq!(argument(&file, "b", "host"), None, "the first of a name counts");
    }

    #[test]
    fn no_password_is_kept() {
        let text = "password TOPSECRET\npasswordeval echo TOPSECRET\neval echo password TOPSECRET\nTOPSECRET\naccount a # TOPSECRET\npassword \"TOPSECRET\"\nuser taro # TOPSECRET\nfrom \"a #TOPSECRET\"\nport #TOPSECRET";
        let file = parse(text);
        let lines: Vec<Line> = lines(text).collect();
        assert!(!format!("{file:?}{lines:?}").contains("TOPSECRET"));
        assert_eq!(argument(&file, "a #(not shown)", "user"), Some("taro #(not shown)"));
        assert_eq!(
            argument(&parse("host a\nuser taro#1"), "default", "user"),
            Some("taro#1"),
            "part of a name"
        );
    }
}
