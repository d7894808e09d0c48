//! What Geary stores of an account.
//!
//! Files of version 1 (since 3.32): accounts-manager.vala, AccountConfigV1 and ServiceConfigV1. Those without a version
//! (up to 0.12): AccountConfigLegacy and ServiceConfigLegacy there, and geary-account-information.vala of 0.12.4. Words: the
//! nicks of the enumerations in geary-service-information.vala, geary-credentials.vala and geary-service-provider.vala.

use crate::clients::settings::Settings;
use crate::formats::facts::{Fact, fact};
use crate::formats::ini_lexer::{self, KEY_FILE};
use crate::formats::key_file;
use crate::formats::kinds::{Kind, PORT};
use crate::model::Security;
use crate::model::limits;
use crate::source::rules::{Content, Copy, FileRule, Looks, Sample};

/// Whose word the settings are: of files of version 1, and of those without one.
pub(super) const SOURCE: &str = "Geary's source (accounts-manager.vala)";
const OLD: &str = "Geary's source (accounts-manager.vala; geary-account-information.vala of 0.12.4)";
const NONE: &str = "none: Geary does not load such an account";
const BY_VERSION: &str = "one thing up to 0.12, another since 3.32";

/// `Accounts.Manager.Status`.
const STATES: &[&str] = &["enabled", "disabled", "unavailable", "removed"];
/// `Geary.ServiceProvider`; Yahoo until ddb8a273c (2022).
const PROVIDERS: &[&str] = &["gmail", "outlook", "yahoo", "other"];
/// `Geary.TlsNegotiationMethod`.
const SECURITIES: &[&str] = &["none", "start-tls", "transport"];
/// `Geary.Credentials.Requirement`.
const REQUIREMENTS: &[&str] = &["none", "use-incoming", "custom"];

pub(super) const METADATA: &str = "Metadata";
pub(super) const ACCOUNT: &str = "Account";
pub(super) const INCOMING: &str = "Incoming";
pub(super) const OUTGOING: &str = "Outgoing";
/// All of an account up to 0.12.
pub(super) const OLD_ACCOUNT: &str = "AccountInformation";

pub(super) const VERSION: Fact = fact("version", Kind::Number(0, 99), "0", SOURCE);
pub(super) const STATUS: Fact = fact("status", Kind::Choice(STATES), "enabled", SOURCE);
/// Only that it is there counts.
pub(super) const GOA_ID: Fact = fact("goa_id", Kind::Dropped, "no online account of GNOME", SOURCE);
pub(super) const LABEL: Fact = fact("label", Kind::Label, "the address", SOURCE);
pub(super) const PROVIDER: Fact = fact("service_provider", Kind::Choice(PROVIDERS), NONE, SOURCE);
pub(super) const SENDERS: Fact = fact("sender_mailboxes", Kind::Addresses, NONE, SOURCE);
pub(super) const HOST: Fact = fact("host", Kind::Host, NONE, SOURCE);
pub(super) const PORT_NUMBER: Fact =
    fact("port", PORT, "0: 465 with TLS, else 587, or 25 without a login", SOURCE);
pub(super) const SECURITY: Fact = fact("transport_security", Kind::Choice(SECURITIES), NONE, SOURCE);
pub(super) const CREDENTIALS: Fact = fact("credentials", Kind::Choice(REQUIREMENTS), NONE, SOURCE);
pub(super) const LOGIN: Fact = fact("login", Kind::User, "no login", SOURCE);

pub(super) const NICKNAME: Fact = fact("nickname", Kind::Label, "the address", OLD);
pub(super) const PRIMARY_EMAIL: Fact = fact("primary_email", Kind::Address, "the folder's name", OLD);
pub(super) const ALTERNATE_EMAILS: Fact = fact("alternate_emails", Kind::Addresses, "", OLD);
pub(super) const IMAP_HOST: Fact = fact("imap_host", Kind::Host, "", OLD);
pub(super) const IMAP_PORT: Fact = fact("imap_port", PORT, "993", OLD);
pub(super) const IMAP_SSL: Fact = fact("imap_ssl", Kind::Switch, "true", OLD);
pub(super) const IMAP_STARTTLS: Fact = fact("imap_starttls", Kind::Switch, BY_VERSION, OLD);
pub(super) const SMTP_HOST: Fact = fact("smtp_host", Kind::Host, "", OLD);
pub(super) const SMTP_PORT: Fact = fact("smtp_port", PORT, BY_VERSION, OLD);
pub(super) const SMTP_SSL: Fact = fact("smtp_ssl", Kind::Switch, BY_VERSION, OLD);
pub(super) const SMTP_STARTTLS: Fact = fact("smtp_starttls", Kind::Switch, BY_VERSION, OLD);
pub(super) const SMTP_NOAUTH: Fact = fact("smtp_noauth", Kind::Switch, "false", OLD);
pub(super) const USE_IMAP_CREDENTIALS: Fact =
    fact("smtp_use_imap_credentials", Kind::Switch, BY_VERSION, OLD);

/// The only file of an account.
pub(super) static GEARY_INI: FileRule = FileRule {
    id: "geary.ini",
    names: &["geary.ini"],
    looks: Looks::Content(looks),
    limit: &limits::INI,
    groups: &[
        (METADATA, &[VERSION, STATUS, GOA_ID]),
        (ACCOUNT, &[LABEL, PROVIDER, SENDERS]),
        (INCOMING, &[HOST, PORT_NUMBER, SECURITY, LOGIN]),
        (OUTGOING, &[HOST, PORT_NUMBER, SECURITY, CREDENTIALS, LOGIN]),
        (
            OLD_ACCOUNT,
            &[
                NICKNAME,
                PRIMARY_EMAIL,
                ALTERNATE_EMAILS,
                PROVIDER,
                IMAP_HOST,
                IMAP_PORT,
                IMAP_SSL,
                IMAP_STARTTLS,
                SMTP_HOST,
                SMTP_PORT,
                SMTP_SSL,
                SMTP_STARTTLS,
                SMTP_NOAUTH,
                USE_IMAP_CREDENTIALS,
            ],
        ),
    ],
    copy: Copy::Text(copy),
};

/// Other programs have an `[Account]`, too.
fn looks(sample: &Sample) -> bool {
    let text = |range: &std::ops::Range<usize>| sample.text.get(range.clone()).unwrap_or_default();
    ini_lexer::lex(sample.text, &KEY_FILE).iter().any(|section| {
        let has = |fact: &Fact| section.entries.iter().any(|entry| fact.is(text(&entry.name)));
        match text(&section.name) {
            ACCOUNT => has(&SENDERS),
            OLD_ACCOUNT => has(&PROVIDER),
            _ => false,
        }
    })
}

#[expect(clippy::unnecessary_wraps, reason = "the signature of every copy")]
fn copy(content: &Content, _: usize) -> Option<String> {
    let text = content.text();
    let file = key_file::copy(&text, content.rule.groups, |name| matches!(name, ACCOUNT | OLD_ACCOUNT));
    // The damage is told of again.
    let damage = if text.lines().all(key_file::is_line) { "" } else { "damaged where it was collected\n" };
    Some(format!("# collected by smtp-auth-audit\n{file}{damage}"))
}

/// The words of `transport_security`.
pub(super) fn security(word: &str) -> Option<Security> {
    match word.to_ascii_lowercase().as_str() {
        "none" => Some(Security::Plain),
        "start-tls" => Some(Security::StartTls),
        "transport" => Some(Security::Tls),
        _ => None,
    }
}

/// What `g_key_file_get_boolean` takes for one; anything else is as good as absent.
pub(super) fn switch(settings: &Settings, switch: Fact) -> Option<bool> {
    match settings.peek_text(switch)? {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}
