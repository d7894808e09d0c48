//! What KMail stores: outgoing servers, identities and Akonadi's incoming accounts, in files of KConfig.

use super::kconfig::{escape, unescape};
use crate::formats::facts::{Fact, fact};
use crate::formats::ini_lexer::{self, KCONFIG};
use crate::formats::kinds::{Kind, PORT, keep};
use crate::model::limits;
use crate::source::rules::{Content, Copy, FileRule, Looks, Sample};
use std::ops::Range;

const TRANSPORTS: &str = "KDE/kmailtransport, src/mailtransport.kcfg";
const IDENTITIES: &str = "KDE/kidentitymanagement, src/core/identity.h";
const POP3: &str = "KDE/kdepim-runtime, resources/pop3/settings.kcfg";
const IMAP: &str = "KDE/kdepim-runtime, resources/imap/imapresource.kcfg";

/// What KDE's programs make up: 32 bits.
const ID_NUMBER: Kind = Kind::Number(0, 0xFFFF_FFFF);
/// The dialog writes the number, all else the name.
#[rustfmt::skip] // many a line
const AUTH_TYPES: &[&str] = &[
    "LOGIN", "PLAIN", "CRAM_MD5", "DIGEST_MD5", "GSSAPI", "NTLM", "APOP", "CLEAR", "ANONYMOUS", "XOAUTH2",
    // KDE 3 (kmail/kmtransport.cpp).
    "CRAM-MD5", "DIGEST-MD5",
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9",
];
const ENCRYPTIONS: &[&str] = &["None", "SSL", "TLS", "0", "1", "2"];
const TYPES: &[&str] = &["SMTP", "Sendmail", "Akonadi", "0", "1", "2"];

pub(super) const DEFAULT_TRANSPORT: Fact = fact("default-transport", ID_NUMBER, "the first", TRANSPORTS);
pub(super) const ID: Fact = fact("id", ID_NUMBER, "the number of the group", TRANSPORTS);
pub(super) const NAME: Fact = fact("name", Kind::Label, "", TRANSPORTS);
/// Versions before 2017 wrote `type`, with sendmail as a choice until 2015.
pub(super) const IDENTIFIER: Fact = fact("identifier", Kind::Link, "SMTP", TRANSPORTS);
pub(super) const TYPE: Fact = fact("type", Kind::Choice(TYPES), "SMTP", TRANSPORTS);
pub(super) const HOST: Fact = fact("host", Kind::Host, "", TRANSPORTS);
pub(super) const PORT_NUMBER: Fact = fact("port", PORT, "25, 587 or 465 by version", TRANSPORTS);
pub(super) const USER: Fact = fact("user", Kind::User, "", TRANSPORTS);
pub(super) const AUTH: Fact = fact("auth", Kind::Switch, "false", TRANSPORTS);
pub(super) const AUTH_TYPE: Fact = fact("authtype", Kind::Choice(AUTH_TYPES), "PLAIN", TRANSPORTS);
pub(super) const ENCRYPTION: Fact =
    fact("encryption", Kind::Choice(ENCRYPTIONS), "None or SSL by version", TRANSPORTS);
pub(super) const PRECOMMAND: Fact = fact("precommand", Kind::Command, "", TRANSPORTS);

pub(super) const DEFAULT_IDENTITY: Fact = fact("Default Identity", ID_NUMBER, "the first", IDENTITIES);
pub(super) const UOID: Fact = fact("uoid", ID_NUMBER, "", IDENTITIES);
pub(super) const EMAIL_ADDRESS: Fact = fact("Email Address", Kind::Address, "", IDENTITIES);
pub(super) const EMAIL_ALIASES: Fact = fact("Email Aliases", Kind::Addresses, "", IDENTITIES);
/// Its number, or its name as that of an outgoing server is.
pub(super) const TRANSPORT: Fact = fact("Transport", NAME.kind, "the default one", IDENTITIES);

pub(super) const POP_PORT: Fact = Fact { default: "110", source: POP3, ..PORT_NUMBER };
pub(super) const POP_HOST: Fact = Fact { source: POP3, ..HOST };
/// By number as `authtype` of outgoing servers.
pub(super) const POP_AUTH: Fact = fact("authenticationMethod", Kind::Number(0, 99), "7 (CLEAR)", POP3);
pub(super) const IMAP_AUTH: Fact = fact("Authentication", Kind::Number(0, 99), "1 (PLAIN)", IMAP);
pub(super) const USE_SSL: Fact = fact("useSSL", Kind::Switch, "false", POP3);
pub(super) const USE_TLS: Fact = fact("useTLS", Kind::Switch, "false", POP3);
pub(super) const IMAP_SERVER: Fact = fact("ImapServer", Kind::Host, "", IMAP);
pub(super) const IMAP_PORT: Fact = fact("ImapPort", PORT, "not told: it changed with the versions", IMAP);
pub(super) const SAFETY: Fact = fact(
    "Safety",
    Kind::Choice(&["SSL", "STARTTLS", "NONE"]),
    "not told: it changed with the versions",
    IMAP,
);
pub(super) const USE_DEFAULT_IDENTITY: Fact = fact("UseDefaultIdentity", Kind::Switch, "true", IMAP);
pub(super) const ACCOUNT_IDENTITY: Fact = fact("AccountIdentity", ID_NUMBER, "the default one", IMAP);

pub(super) const GENERAL: &str = "General";
pub(super) const NETWORK: &str = "network";
pub(super) const CACHE: &str = "cache";
/// How the groups of outgoing servers and of identities begin.
pub(super) const OF_TRANSPORT: &str = "Transport ";
pub(super) const OF_IDENTITY: &str = "Identity #";

/// KDE 3 keeps the outgoing servers among KMail's other settings.
pub(super) const KMAILRC: &str = "kmailrc";
/// The outgoing servers.
pub(super) static MAILTRANSPORTS: FileRule = FileRule {
    id: "mailtransports",
    names: &["mailtransports", KMAILRC],
    looks: Looks::Content(looks),
    limit: &limits::INI,
    groups: &[
        (GENERAL, &[DEFAULT_TRANSPORT]),
        (
            "Transport *",
            &[ID, NAME, IDENTIFIER, TYPE, HOST, PORT_NUMBER, USER, AUTH, AUTH_TYPE, ENCRYPTION, PRECOMMAND],
        ),
    ],
    copy: Copy::Text(copy),
};
/// The identities.
pub(super) static EMAILIDENTITIES: FileRule = FileRule {
    id: "emailidentities",
    names: &["emailidentities"],
    looks: Looks::Unlike,
    limit: &limits::INI,
    groups: &[
        (GENERAL, &[DEFAULT_IDENTITY]),
        ("Identity #*", &[UOID, EMAIL_ADDRESS, EMAIL_ALIASES, TRANSPORT]),
    ],
    copy: Copy::Text(copy),
};
/// An incoming account.
pub(super) static RESOURCE: FileRule = FileRule {
    id: "akonadi_*_resource_*rc",
    names: &[],
    looks: Looks::Unlike,
    limit: &limits::INI,
    groups: &[
        (GENERAL, &[POP_HOST, POP_PORT, POP_AUTH, USE_SSL, USE_TLS]),
        (NETWORK, &[IMAP_SERVER, IMAP_PORT, SAFETY, IMAP_AUTH]),
        (CACHE, &[USE_DEFAULT_IDENTITY, ACCOUNT_IDENTITY]),
    ],
    copy: Copy::Text(copy),
};
/// What the package installs for software centres.
pub(super) static METAINFO: FileRule = FileRule {
    id: "org.kde.kmail2.appdata.xml",
    names: &[],
    looks: Looks::Unlike,
    limit: &limits::INI,
    groups: &[],
    copy: Copy::Text(copy_metainfo),
};

fn looks(sample: &Sample) -> bool {
    let name = |range: &Range<usize>| sample.text.get(range.clone()).unwrap_or_default();
    ini_lexer::lex(sample.text, &KCONFIG).iter().any(|section| name(&section.name).starts_with(OF_TRANSPORT))
}

#[expect(clippy::unnecessary_wraps, reason = "the signature of every copy")]
fn copy(content: &Content, _: usize) -> Option<String> {
    let is_kept = |name: &str| name.starts_with(OF_TRANSPORT);
    let file = ini_lexer::copy(&content.text(), &KCONFIG, content.rule.groups, is_kept, |fact, value| {
        ini_lexer::plain(fact, &unescape(value)).map(|kept| escape(&kept))
    });
    Some(format!("# collected by smtp-auth-audit\n{file}"))
}

#[expect(clippy::unnecessary_wraps, reason = "the signature of every copy")]
fn copy_metainfo(content: &Content, _: usize) -> Option<String> {
    let version = first_release(&content.text()).unwrap_or_default();
    Some(format!("<component><releases><release version=\"{version}\"/></releases></component>\n"))
}

/// More than this is no version, in bytes.
const LONGEST_VERSION: usize = 20;

/// The version of the first release that the metadata list.
pub(super) fn first_release(metainfo: &str) -> Option<String> {
    let (_, rest) = metainfo.split_once("<release ")?;
    let (attributes, _) = rest.split_once('>')?;
    let (_, value) = attributes.split_once("version=\"")?;
    let kept = keep(Kind::Version, value.split_once('"')?.0);
    let is_short = kept.text.len() <= LONGEST_VERSION;
    (kept.fits && is_short && kept.text.chars().all(|c| c.is_ascii_digit() || c == '.')).then_some(kept.text)
}
