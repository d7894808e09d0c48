//! What Outlook stores of its profiles and accounts, and what tells which Outlook it is.
//!
//! Names and numbers: learn.microsoft.com/office/client-developer/outlook/auxiliary/constants-account-management-api,
//! prop_smtp_*; spellings in the registry from real ones.

use crate::clients::internet_mail::settings::{ACCOUNT as OF_EXPRESS, DEFAULT_ACCOUNT};
use crate::formats::facts::{Fact, fact};
use crate::formats::kinds::{Kind, PORT};
use crate::model::Protocol;
use crate::source::rules::KeyRule;

/// Whose word the settings and defaults are.
pub(super) const DOC: &str = "Microsoft, Outlook account management API: PROP_SMTP_*, PROP_INET_*";
const SEEN: &str = "seen in real registries";
const PRODUCTS: &str = "Microsoft, product IDs of the Office Deployment Tool";

/// 0 to 3 are in use.
const NUMBER: Kind = Kind::Number(0, 99);
/// grommunio/gromox wiki; real registries. All but Exchange's are data files and address books.
const SERVICES: Kind =
    Kind::Choice(&[EXCHANGE, "EAS", "CONTAB", "OMSAB", "EMABLT", "MSPST MS", "MSUPST MS", "PAB"]);
/// The service of an Exchange account.
pub(super) const EXCHANGE: &str = "MSEMS";

pub(super) const CLSID: Fact = fact("clsid", Kind::Guid, "", DOC);
pub(super) const SERVICE: Fact = fact("Service Name", SERVICES, "", SEEN);
pub(super) const ACCOUNT_NAME: Fact = fact("Account Name", Kind::Label, "the address", DOC);
pub(super) const EMAIL: Fact = fact("Email", Kind::Address, "", DOC);
pub(super) const SMTP_SERVER: Fact = fact("SMTP Server", Kind::Host, "", DOC);
pub(super) const SMTP_PORT: Fact = fact("SMTP Port", PORT, "25", DOC);
/// Outlook Express's 2 was seen in it as well.
pub(super) const SMTP_USE_AUTH: Fact = fact("SMTP Use Auth", Kind::Switch, "0", DOC);
pub(super) const SMTP_METHOD: Fact = fact("SMTP Auth Method", NUMBER, "0 (SMTP_AUTH_SAME_AS_POP)", DOC);
pub(super) const SMTP_SPA: Fact = fact("SMTP Use SPA", Kind::Switch, "0", DOC);
pub(super) const SMTP_SSL: Fact = fact("SMTP Use SSL", Kind::Switch, "0", DOC);
pub(super) const SMTP_SECURE: Fact =
    fact("SMTP Secure Connection", NUMBER, "what SMTP Use SSL says (before 2007)", DOC);

/// The settings of the incoming side.
pub(super) struct Side {
    pub(super) protocol: Protocol,
    pub(super) server: Fact,
    pub(super) port: Fact,
    pub(super) ssl: Fact,
    pub(super) spa: Fact,
    /// Saved, or not; only that.
    pub(super) password: Fact,
}

pub(super) const POP3: Side = Side {
    protocol: Protocol::Pop3,
    server: fact("POP3 Server", Kind::Host, "", DOC),
    port: fact("POP3 Port", PORT, "110", DOC),
    ssl: fact("POP3 Use SSL", Kind::Switch, "0", DOC),
    spa: fact("POP3 Use SPA", Kind::Switch, "0", DOC),
    password: fact("POP3 Password", Kind::Secret, "not saved", SEEN),
};
pub(super) const IMAP: Side = Side {
    protocol: Protocol::Imap,
    server: fact("IMAP Server", Kind::Host, "", DOC),
    port: fact("IMAP Port", PORT, "143", DOC),
    ssl: fact("IMAP Use SSL", Kind::Switch, "0", DOC),
    spa: fact("IMAP Use SPA", Kind::Switch, "0", DOC),
    password: fact("IMAP Password", Kind::Secret, "not saved", SEEN),
};

/// The ordered list of the mail accounts (CLSID_OlkMail of the account management API).
pub(super) const LIST: Fact = fact("{ED475418-B0D6-11D2-8C3B-00104B2A6676}", Kind::Ids, "", DOC);
pub(super) const DEFAULT_PROFILE: Fact = fact("DefaultProfile", Kind::Label, "the only one", SEEN);
/// Tells that this Outlook is installed.
pub(super) const INSTALLED_AT: Fact = fact("Path", Kind::Path, "", SEEN);
pub(super) const PRODUCT_IDS: Fact = fact("ProductReleaseIds", Kind::Links, "", PRODUCTS);
pub(super) const PRODUCT_VERSION: Fact = fact("VersionToReport", Kind::Version, "", SEEN);

/// A key that holds profiles, or the name of the default one.
pub(super) static PROFILES: KeyRule =
    rule(r"HKCU\Software\Microsoft\Office\16.0\Outlook\Profiles", &[DEFAULT_PROFILE]);
/// The section of a profile that holds the accounts.
pub(super) static ACCOUNTS: KeyRule =
    rule(r"HKCU\Software\Microsoft\Office\16.0\Outlook\Profiles\*\9375CFF0413111d3B88A00104B2A6676", &[LIST]);
/// One account, which may also be a data file or an address book.
pub(super) static ACCOUNT: KeyRule = rule(
    r"HKCU\Software\Microsoft\Office\16.0\Outlook\Profiles\*\9375CFF0413111d3B88A00104B2A6676\00000001",
    &[
        CLSID,
        SERVICE,
        ACCOUNT_NAME,
        EMAIL,
        SMTP_SERVER,
        SMTP_PORT,
        SMTP_USE_AUTH,
        SMTP_METHOD,
        SMTP_SPA,
        SMTP_SSL,
        SMTP_SECURE,
        POP3.server,
        POP3.port,
        POP3.ssl,
        POP3.spa,
        POP3.password,
        IMAP.server,
        IMAP.port,
        IMAP.ssl,
        IMAP.spa,
        IMAP.password,
    ],
);
/// Where 2000 keeps the accounts of an installation for Internet mail only; 98 has the key below `Office\8.0`
/// (Thunderbird's importer, nsOutlookSettings.cpp).
pub(super) const OMI_2000: &str = r"HKCU\Software\Microsoft\Office\Outlook\OMI Account Manager";
/// The default account of 98 or 2000.
pub(super) static OMI: KeyRule = rule(OMI_2000, &[DEFAULT_ACCOUNT]);
/// Their accounts, a key each, with Outlook Express's settings.
pub(super) static OMI_ACCOUNTS: KeyRule =
    rule(r"HKCU\Software\Microsoft\Office\Outlook\OMI Account Manager\Accounts", OF_EXPRESS);
/// The versions of Office, a key each: the user's, and the computer's.
pub(super) static OFFICE: KeyRule = rule(r"HKCU\Software\Microsoft\Office", &[]);
pub(super) static MACHINE: KeyRule = rule(r"HKLM\SOFTWARE\Microsoft\Office", &[]);
pub(super) static INSTALL_ROOT: KeyRule =
    rule(r"HKLM\SOFTWARE\Microsoft\Office\16.0\Outlook\InstallRoot", &[INSTALLED_AT]);
/// Which products Click-to-Run has installed.
pub(super) static CLICK_TO_RUN: KeyRule =
    rule(r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration", &[PRODUCT_IDS, PRODUCT_VERSION]);
/// Is in every whole registry of a computer.
pub(super) static WHOLE: KeyRule = rule(r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion", &[]);

const fn rule(id: &'static str, facts: &'static [Fact]) -> KeyRule {
    KeyRule { id, facts, is_entry: |_| false, copy: None }
}
