//! The arguments, as clap reads them. English texts stand here, Japanese ones in `japanese`.

use super::Counts;
use super::beside::{LetterArgs, RedactionArgs};
use super::judging_arguments::{ChosenPolicies, PolicyArgs, a_number};
use super::typed::Editions;
use super::typed::{client_ids, found_ids};
use crate::clients::Called;
use crate::model::Verdict;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;

/// Finds the mail accounts of every mail client and says how each one authenticates when it sends:
/// POP-before-SMTP (to change) or SMTP-AUTH. It never decrypts, keeps, prints or stores a password.
#[derive(Debug, Parser)]
#[command(name = "smtp-auth-audit", version, disable_help_subcommand = true, after_help = EXIT_CODES)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) scan: ScanArgs,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    /// Language of the output
    #[arg(long, global = true, value_name = "ja|en", value_parser = ["ja", "en"])]
    lang: Option<String>,
}

/// Shown below the help.
pub(super) const EXIT_CODES: &str = "\
Exit codes: 0 nothing to change, 1 an account has to be changed, 2 wrong usage or the result could not be \
written, 3 an account has to be checked by hand or something could not be read.";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Find the accounts and report how they send (also without a command)
    Scan(ScanArgs),
    /// Check by questions what can't be read: phones, apps that keep their settings to themselves, printers
    Ask(AskArgs),
    /// Print the steps to change a client, without a scan
    Steps(StepsArgs),
    /// Print what is supported, where it looks, and how sure it is
    Clients {
        /// More of these: where each looks, how sure that is, and why
        #[arg(value_name = "CLIENT", value_parser = client_ids())]
        client: Vec<String>,
        /// Say what each can do of this policy (TOML, an Autoconfig file, or a folder of them)
        #[arg(long, value_name = "FILE|DIR")]
        policy: Vec<PathBuf>,
    },
    /// Write a folder with just the values that a scan would read, to be scanned elsewhere
    Collect {
        /// The folder to write: new, or empty
        #[arg(value_name = "DIR")]
        dir: PathBuf,
        /// As for `scan`. Without it: this computer
        #[arg(value_name = "PATH")]
        sources: Vec<PathBuf>,
        /// All users of this computer
        #[arg(long, conflicts_with = "sources")]
        all_users: bool,
        /// Nothing on stderr
        #[arg(long)]
        quiet: bool,
    },
    /// Print the policies of mail providers in force: whose, where they come from, when their facts were looked up
    Policies(PoliciesArgs),
    /// Put the reports of many computers together: who is left, what changed, what is incomplete
    Fleet(FleetArgs),
    /// Say what an error text of a server or mail program means here, and what to do next
    ExplainError {
        /// The text, as it was read out or copied, or - for stdin: reply codes (535 5.7.8), error numbers (0x800CCC79),
        /// words. It is not repeated. Exit code 0: known, 3: not known
        #[arg(value_name = "TEXT", required = true, allow_hyphen_values = true)]
        text: Vec<OsString>,
    },
    /// Ask servers what they offer, from here, without ever logging on or sending anything
    #[cfg(feature = "probe")]
    Probe(super::probe_arguments::ProbeArgs),
    /// Show the change that each of your own accounts needs, and with --apply make it, where that is safe
    #[cfg(feature = "fix")]
    Fix(super::fix_arguments::FixArgs),
    /// Take back a change that `fix` made
    #[cfg(feature = "fix")]
    Undo(super::fix_arguments::UndoArgs),
    /// Print the JSON Schema of the reports: JSON, its lines, and the fleet's JSON
    Schema,
    /// Print the completions of a shell, to be put where it looks for them
    Completions {
        /// The shell
        #[arg(value_name = "SHELL")]
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// `steps`.
#[derive(Debug, Args)]
pub(super) struct StepsArgs {
    /// Ids or names of clients, as `clients` prints them, also with a version behind the name, several if you like;
    /// without one: all
    #[arg(value_name = "CLIENT", value_parser = Editions)]
    pub(super) client: Vec<Called>,
    /// With a provider's own values: its policy (TOML), an Autoconfig file (.xml), or a folder of them
    #[arg(long, value_name = "FILE|DIR")]
    pub(super) policy: Vec<PathBuf>,
    /// Form of the result
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: StepsFormat,
    /// Write the result to this file instead of the screen
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

/// In what form steps are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum StepsFormat {
    /// Text, for people
    #[default]
    Table,
    /// To be pasted into a ticket or a page
    Markdown,
    /// A page for a browser, and for print one sheet per client
    Html,
}

/// `policies` and `policies check`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub(super) struct PoliciesArgs {
    #[command(flatten)]
    pub(super) chosen: ChosenPolicies,
    #[command(subcommand)]
    pub(super) command: Option<PoliciesCommand>,
}

#[derive(Debug, Subcommand)]
pub(super) enum PoliciesCommand {
    /// Say what is wrong in policies, with line, column and field
    Check {
        /// A policy (TOML), an Autoconfig file (.xml), or a folder of them
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub(super) struct FleetArgs {
    /// Reports (JSON or JSON Lines, also gzip), folders of them, or - for stdin
    #[arg(value_name = "REPORT", required = true)]
    pub(super) reports: Vec<PathBuf>,
    /// An earlier report, or a folder of them, to compare with: marks what is new or changed, and lists what is done
    #[arg(long, value_name = "OLD")]
    pub(super) baseline: Option<PathBuf>,
    /// A CSV file with a computer and its department on each line (commas, tabs or semicolons)
    #[arg(long, value_name = "FILE")]
    pub(super) departments: Option<PathBuf>,
    /// Only accounts with this outgoing server (* stands for anything); may be given several times
    #[arg(long, value_name = "PATTERN", value_delimiter = ',')]
    pub(super) server: Vec<String>,
    /// Only accounts with an address of this domain; may be given several times
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(super) domain: Vec<String>,
    /// Reports older than this don't count; computers known only from such ones are listed as silent
    #[arg(long, value_name = "DAYS", value_parser = a_number)]
    pub(super) max_age: Option<u32>,
    #[command(flatten)]
    pub(super) judging: PolicyArgs,
    /// Form of the result
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: FleetFormat,
    /// Write the result to this file instead of the screen
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) letters: LetterArgs,
    /// As for `scan`, and `new`: only what the baseline does not have
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = count)]
    pub(super) fail_on: Vec<Counts>,
    /// Exit with 0 even if something has to be changed or checked
    #[arg(long)]
    pub(super) exit_zero: bool,
    /// Nothing on stderr
    #[arg(long)]
    pub(super) quiet: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum FleetFormat {
    /// Numbers and lists, for people
    #[default]
    Table,
    /// One object, for programs
    Json,
    /// Who is left: one row per account
    Csv,
    /// A page for a browser: how it goes, who is left, and the sheets of steps
    Html,
}

#[derive(Debug, Clone, Args, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub(super) struct ScanArgs {
    /// Home folder, folder of homes, disk (Windows, macOS), backup of an iPhone or iPad, or one file: registry hive,
    /// .reg export, {files}. Without it: this computer
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// All users of this computer
    #[arg(long, conflicts_with = "paths")]
    pub(super) all_users: bool,
    /// Form of the result
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: Format,
    /// Write the result to this file instead of the screen
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Only accounts of this client; may be given several times
    #[arg(long, value_name = "ID", value_delimiter = ',', value_parser = found_ids())]
    pub(super) client: Vec<String>,
    /// Only accounts with this outgoing server (* stands for anything); may be given several times
    #[arg(long, value_name = "PATTERN", value_delimiter = ',')]
    pub(super) server: Vec<String>,
    /// Only accounts with an address of this domain; may be given several times
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(super) domain: Vec<String>,
    /// Name of the computer whose data it is, where the data does not tell
    #[arg(long, value_name = "NAME")]
    pub(super) computer: Option<String>,
    /// Show every value read, the defaults with their sources, and the rule that decided
    #[arg(long)]
    pub(super) explain: bool,
    /// Only show what each folder below PATH is taken for, and what is left out and why; read nobody's settings
    #[arg(long, requires = "paths", conflicts_with_all = ["format", "output", "baseline", "redact", "fail_on", "letters"])]
    pub(super) dry_run: bool,
    /// Leave out the steps
    #[arg(long)]
    pub(super) no_steps: bool,
    #[command(flatten)]
    pub(super) judging: PolicyArgs,
    #[command(flatten)]
    pub(super) redaction: RedactionArgs,
    #[command(flatten)]
    pub(super) letters: LetterArgs,
    #[cfg(feature = "probe")]
    #[command(flatten)]
    pub(super) probing: super::probe_arguments::ScanProbing,
    /// An earlier report (JSON or JSON Lines) to compare with: marks what is new or changed, and lists what is done
    #[arg(long, value_name = "OLD")]
    pub(super) baseline: Option<PathBuf>,
    /// What counts for the exit code, separated by commas: pop-before-smtp, no-smtp-auth, smtp-auth,
    /// smtp-auth-off-policy, managed, no-outgoing-server, unreadable, issue, new (what the baseline does not have)
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = count)]
    pub(super) fail_on: Vec<Counts>,
    /// Exit with 0 even if something has to be changed or checked
    #[arg(long)]
    pub(super) exit_zero: bool,
    /// With the format intune: exit with 1 also for accounts to check by hand and for what could not be read
    #[arg(long)]
    pub(super) strict: bool,
    /// Nothing on stderr
    #[arg(long)]
    pub(super) quiet: bool,
}

#[derive(Debug, Args)]
pub(super) struct AskArgs {
    /// Id or name of a client, as `clients` prints it; `device`: a printer, a business program or the like
    #[arg(value_name = "CLIENT", value_parser = client_ids())]
    pub(super) client: String,
    /// Answer for this finding (its id) of an earlier report
    #[arg(long, value_name = "ID", requires = "report")]
    pub(super) finding: Option<String>,
    /// The earlier report, written by `scan` with --format json or jsonl
    #[arg(long, value_name = "FILE", requires = "finding")]
    pub(super) report: Option<PathBuf>,
    /// Take the answers from this file instead of asking: lines such as `auth = y`, with the keys address, incoming,
    /// auth, log-on-first, server, port, encryption; of a device also name, place
    #[arg(long, value_name = "FILE")]
    pub(super) answers: Option<PathBuf>,
    /// Name of the computer that the account is on; with --report, where accounts of several have the id
    #[arg(long, value_name = "NAME")]
    pub(super) computer: Option<String>,
    /// Form of the result
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: Format,
    /// Write the result to this file instead of the screen
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Show every answer, and the rule that decided
    #[arg(long)]
    pub(super) explain: bool,
    /// Leave out the steps
    #[arg(long)]
    pub(super) no_steps: bool,
    #[command(flatten)]
    pub(super) judging: PolicyArgs,
    #[command(flatten)]
    pub(super) redaction: RedactionArgs,
    /// Nothing on stderr; only with --answers
    #[arg(long)]
    pub(super) quiet: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// A table and the steps, for people
    #[default]
    #[value(alias = "text", alias = "txt")]
    Table,
    /// JSON, version 1, for programs
    Json,
    /// JSON Lines: one object per finding, and a last one with the rest
    #[value(alias = "ndjson")]
    Jsonl,
    /// One row per finding, for ticket systems and Excel
    #[value(alias = "excel")]
    Csv,
    /// To be pasted into a ticket
    #[value(alias = "md")]
    Markdown,
    /// One page for a browser, and for print one sheet of steps per account
    #[value(alias = "htm")]
    Html,
    /// One line for an Intune detection script; exit code 1 only for a change
    Intune,
    /// A status line with performance data; exit codes 0 to 3 of a Nagios plugin
    Nagios,
}

fn count(word: &str) -> Result<Counts, String> {
    let verdict = Verdict::ALL.into_iter().find(|verdict| verdict.code() == word);
    match (verdict, word) {
        (Some(verdict), _) => Ok(Counts::Verdict(verdict)),
        (None, "issue") => Ok(Counts::Issue),
        (None, "new") => Ok(Counts::New),
        (None, _) => {
            let known: Vec<&str> = Verdict::ALL.iter().map(|v| v.code()).chain(["issue", "new"]).collect();
            Err(known.join(", "))
        }
    }
}
