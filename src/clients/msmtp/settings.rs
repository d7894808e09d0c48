//! What msmtp's configuration holds: its commands, and how a copy of it is written.
//!
//! Source: marlam/msmtp at 933d35b, doc/msmtp.1 and src/conf.c (`read_conffile`).

use super::lexer::{Says, lex, slice};
use crate::formats::facts::{Fact, fact};
use crate::formats::kinds::{self, Kind, PORT, keep};
use crate::model::limits;
use crate::source::rules::{Content, Copy, FileRule, Looks, Sample};
use std::collections::{HashMap, HashSet};

/// Whose word the settings and defaults are.
pub(super) const SOURCE: &str = "msmtp(1)";
const OLD: &str = "msmtp's source (src/conf.c), of older versions";

/// `check_auth_arg`, and the methods of older versions.
const METHODS: Kind = Kind::Choice(&[
    "on",
    "off",
    "plain",
    "login",
    "cram-md5",
    "digest-md5",
    "scram-sha-1",
    "scram-sha-1-plus",
    "scram-sha-256",
    "scram-sha-256-plus",
    "scram-sha-512",
    "scram-sha-512-plus",
    "gssapi",
    "ntlm",
    "oauthbearer",
    "xoauth2",
    "external",
]);
/// What its switches may say; without an argument they are on.
const ON_OFF: Kind = Kind::Choice(&["on", "off"]);
/// Of these only whether anything stands there is needed.
const ANYTHING: Kind = Kind::Choice(&[]);

pub(super) const HOST: Fact = fact("host", Kind::Host, "", SOURCE);
pub(super) const SMTP_PORT: Fact = fact("port", PORT, "25, or 465 for TLS from the start", SOURCE);
pub(super) const PROTOCOL: Fact = fact("protocol", Kind::Choice(&["smtp", "lmtp"]), "smtp", SOURCE);
pub(super) const SOCKET: Fact = fact("socket", ANYTHING, "", SOURCE);
pub(super) const FROM: Fact = fact("from", Kind::Address, "", SOURCE);
pub(super) const AUTH: Fact = fact("auth", METHODS, "off", SOURCE);
pub(super) const USER: Fact = fact("user", Kind::User, "", SOURCE);
pub(super) const TLS: Fact = fact("tls", ON_OFF, "off", SOURCE);
pub(super) const TLS_STARTTLS: Fact = fact("tls_starttls", ON_OFF, "on", SOURCE);
/// What versions up to 1.2 wrote for `tls_starttls off`.
pub(super) const TLS_NOSTARTTLS: Fact = fact("tls_nostarttls", Kind::Dropped, "", OLD);

/// All commands that set something.
pub(super) const COMMANDS: &[Fact] = &[
    HOST,
    SMTP_PORT,
    PROTOCOL,
    SOCKET,
    FROM,
    AUTH,
    USER,
    TLS,
    TLS_STARTTLS,
    TLS_NOSTARTTLS,
    fact("password", Kind::Secret, "", SOURCE),
    // A command that prints one.
    fact("passwordeval", Kind::Secret, "", SOURCE),
    // Known and not needed: a line that is none of these is wrong.
    fact("timeout", Kind::Dropped, "", SOURCE),
    fact("connect_timeout", Kind::Dropped, "", OLD),
    fact("domain", Kind::Dropped, "", SOURCE),
    fact("from_full_name", Kind::Dropped, "", SOURCE),
    fact("allow_from_override", Kind::Dropped, "", SOURCE),
    fact("ntlmdomain", Kind::Dropped, "", SOURCE),
    fact("tls_key_file", Kind::Dropped, "", SOURCE),
    fact("tls_cert_file", Kind::Dropped, "", SOURCE),
    fact("tls_trust_file", Kind::Dropped, "", SOURCE),
    fact("tls_crl_file", Kind::Dropped, "", SOURCE),
    fact("tls_fingerprint", Kind::Dropped, "", SOURCE),
    fact("tls_certcheck", Kind::Dropped, "", SOURCE),
    fact("tls_min_dh_prime_bits", Kind::Dropped, "", SOURCE),
    fact("tls_priorities", Kind::Dropped, "", SOURCE),
    fact("tls_host_override", Kind::Dropped, "", SOURCE),
    fact("dsn_return", Kind::Dropped, "", SOURCE),
    fact("dsn_notify", Kind::Dropped, "", SOURCE),
    fact("logfile", Kind::Dropped, "", SOURCE),
    fact("logfile_time_format", Kind::Dropped, "", SOURCE),
    fact("syslog", Kind::Dropped, "", SOURCE),
    fact("aliases", Kind::Dropped, "", SOURCE),
    fact("proxy_host", Kind::Dropped, "", SOURCE),
    fact("proxy_port", Kind::Dropped, "", SOURCE),
    fact("set_from_header", Kind::Dropped, "", SOURCE),
    fact("set_date_header", Kind::Dropped, "", SOURCE),
    fact("set_msgid_header", Kind::Dropped, "", SOURCE),
    fact("set_to_header", Kind::Dropped, "", SOURCE),
    fact("remove_bcc_headers", Kind::Dropped, "", SOURCE),
    fact("source_ip", Kind::Dropped, "", SOURCE),
    fact("undisclosed_recipients", Kind::Dropped, "", SOURCE),
    fact("add_missing_from_header", Kind::Dropped, "", OLD),
    fact("add_missing_date_header", Kind::Dropped, "", OLD),
    fact("auto_from", Kind::Dropped, "", OLD),
    fact("maildomain", Kind::Dropped, "", OLD),
    fact("keepbcc", Kind::Dropped, "", OLD),
    fact("tls_nocertcheck", Kind::Dropped, "", OLD),
    fact("tls_force_sslv3", Kind::Dropped, "", OLD),
];

/// The configuration, of a user or of the computer; `config` in a folder of msmtp's.
pub(super) static MSMTPRC: FileRule = FileRule {
    id: "msmtprc",
    names: &["msmtprc", ".msmtprc", "msmtprc.txt"],
    looks: Looks::Content(looks),
    limit: &limits::INI,
    groups: &[("*", COMMANDS)],
    copy: Copy::Text(copy),
};

/// The command of this name; msmtp minds the case.
pub(super) fn command(name: &str) -> Option<&'static Fact> {
    COMMANDS.iter().find(|fact| fact.name == name)
}

/// True for a command that is read.
pub(super) fn is_read(fact: &Fact) -> bool {
    !matches!(fact.kind, Kind::Secret | Kind::Dropped)
}

/// True for an argument over which msmtp refuses the file, of the commands that are read. A switch and `auth` need none.
pub(super) fn is_refused(fact: &Fact, argument: &str) -> bool {
    let needs_one = [HOST, SMTP_PORT, PROTOCOL].iter().any(|needy| needy.name == fact.name);
    let has_values = [SMTP_PORT, PROTOCOL, AUTH, TLS, TLS_STARTTLS].iter().any(|one| one.name == fact.name);
    match argument {
        "" => needs_one,
        // No port either.
        "0" => has_values,
        argument => has_values && !keep(fact.kind, argument).fits,
    }
}

/// Blocks of `account NAME` or `defaults` with a `host` (man page msmtp(1)); without any block it is the account `default`,
/// if nothing but commands stands there: other files have a `host` as well.
fn looks(sample: &Sample) -> bool {
    let begins = |word: &str| {
        sample.text.lines().any(|line| {
            line.split_whitespace().next().is_some_and(|first| first.trim_end_matches(':') == word)
        })
    };
    let is_known = |says: &Says| match says {
        Says::Command { name, .. } => command(slice(sample.text, name)).is_some(),
        _ => true,
    };
    let has_block = begins("account") || begins("defaults");
    let has_commands = || [FROM, AUTH, TLS].iter().any(|fact| begins(fact.name));
    begins(HOST.name)
        && (has_block || (has_commands() && lex(sample.text).iter().all(|line| is_known(&line.says))))
}

/// The names of accounts as they may be shown, each another one: they are what accounts refer to.
#[derive(Default)]
pub(super) struct Names<'t> {
    shown: HashMap<&'t str, String>,
    taken: HashSet<String>,
    counts: HashMap<String, usize>,
}

impl<'t> Names<'t> {
    pub(super) fn shown(&mut self, name: &'t str) -> String {
        if let Some(shown) = self.shown.get(name) {
            return shown.clone();
        }
        // A name with a comma would be a list of names.
        let plain = kinds::name(name).replace(',', "");
        let count = self.counts.entry(plain.clone()).or_default();
        let mut shown = plain.clone();
        while !self.taken.insert(shown.clone()) {
            *count += 1;
            shown = format!("{plain} {}", *count + 1);
        }
        self.shown.insert(name, shown.clone());
        shown
    }
}

/// Line by line; of a line that is wrong, that it is there.
#[expect(clippy::unnecessary_wraps, reason = "the type that rules ask for")]
fn copy(content: &Content, _: usize) -> Option<String> {
    let text = content.text();
    let mut names = Names::default();
    let mut file = String::from("# collected by smtp-auth-audit\n");
    let mut has_begun = false;
    for line in lex(&text) {
        let is_first = !std::mem::replace(&mut has_begun, true);
        match &line.says {
            Says::Defaults => file.push_str("defaults\n"),
            Says::Account { name, bases } => {
                let name = names.shown(slice(&text, name));
                let bases: Vec<String> = bases.iter().map(|base| names.shown(slice(&text, base))).collect();
                file.push_str(&account_line(&name, &bases));
            }
            Says::Eval => file.push_str("eval collected\n"),
            Says::Command { name, argument } => match command(slice(&text, name)) {
                Some(fact) if is_read(fact) => {
                    let value = keep(fact.kind, slice(&text, argument)).text;
                    file.extend([fact.name, " \"", &value, "\"\n"]);
                }
                Some(fact) if fact.name == TLS_NOSTARTTLS.name => file.extend([fact.name, "\n"]),
                // It begins the account `default`.
                Some(fact) if is_first => file.extend([fact.name, "\n"]),
                Some(_) => {}
                None => file.push_str("(refused where it was collected)\n"),
            },
            Says::Nothing => file.push_str("(refused where it was collected)\n"),
        }
    }
    Some(file)
}

/// In quotes only where the name would be another one without them.
fn account_line(name: &str, bases: &[String]) -> String {
    if !bases.is_empty() {
        return format!("account {name} : {}\n", bases.join(","));
    }
    let bare = format!("account {name}\n");
    let is_same = lex(&bare).iter().any(
        |line| matches!(&line.says, Says::Account { name: found, bases } if bases.is_empty() && slice(&bare, found) == name),
    );
    if is_same { bare } else { format!("account \"{name}\"\n") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_apart_where_they_may_not_be_shown() {
        let mut names = Names::default();
        let mut shown = |name| names.shown(name);
        assert_eq!(shown("work"), "work");
        assert_eq!(
            (shown("my pw a"), shown("my pw b")),
            ("(text 7 characters)".into(), "(text 7 characters) 2".into())
        );
        assert_eq!(
            (shown("my pw c"), shown("my pw a")),
            ("(text 7 characters) 3".into(), "(text 7 characters)".into())
        );
    }

    #[test]
    fn accounts_keep_their_names() {
        for (name, line) in
            [("work", "account work\n"), (" a ", "account \" a \"\n"), ("#a", "account \"#a\"\n")]
        {
            assert_eq!(account_line(name, &[]), line);
        }
        assert_eq!(account_line("a #", &[]), "account a #\n");
        assert_eq!(account_line("a", &["b".to_owned(), "c".to_owned()]), "account a : b,c\n");
    }
}
