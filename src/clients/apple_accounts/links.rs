//! From a mail account to the SMTP accounts that it sends through.
//!
//! macOS: `SendingAccountIdentifier` is the identifier of the SMTP account. iOS: `SMTPIdentifier` is `host:user` of the
//! primary server, or `host` for a server without a user name (DeliveryAccount, `identifier`); it counts unless
//! `SMTPDisabled`. `SMTPAlternateIdentifiers` are the other servers that are switched on: Mail tries them when the
//! primary one fails (MailAccount).

use super::MAX_ACCOUNTS;
use super::outgoing::{self, Judged};
use super::rows::Row;
use super::services::Rows;
use super::settings::{
    ALTERNATES, CODE, HOSTNAME, PARENT_USER, SENDER, SMTP_DISABLED, SMTP_IDENTIFIER as PRIMARY, TYPE, USER,
};
use crate::clients::look::Look;
use crate::clients::parts::reason;
use crate::clients::settings::{Raw, Settings};
use crate::formats::facts::Fact;
use crate::model::{Confidence, Note, Outgoing, Partial, Text};

/// Whose store it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// macOS 10.9 and later.
    MacOs,
    /// iOS and iPadOS.
    Ios,
}

/// One way out: the setting that names the server, and what it names.
#[derive(Debug, Clone)]
pub(super) struct Link {
    setting: Fact,
    identifier: String,
}

/// The ways out that an account has; one that leads nowhere if there is none.
pub(super) fn of(all: &Rows, row: &Row, system: System) -> Vec<Link> {
    let setting = if system == System::MacOs { SENDER } else { PRIMARY };
    let named = row.settings.peek_text(setting).unwrap_or_default().to_owned();
    let first = Link { setting, identifier: named };
    if system == System::MacOs {
        return vec![first];
    }
    let mut links = Vec::new();
    let is_off = row.settings.peek_number(SMTP_DISABLED).is_some_and(|switch| switch != 0);
    if row.settings.has(PRIMARY) && !is_off {
        links.push(first);
    }
    for identifier in row.alternates.iter().take(MAX_ACCOUNTS + 1) {
        if !links.iter().any(|link| link.identifier.eq_ignore_ascii_case(identifier)) {
            links.push(Link { setting: ALTERNATES, identifier: identifier.clone() });
        }
    }
    if row.settings.get(ALTERNATES).is_some_and(|setting| setting.raw == Raw::Strange) {
        links.push(Link { setting: ALTERNATES, identifier: String::new() });
    }
    if links.is_empty() && !row.settings.has(PRIMARY) {
        // Not linked by name, but below it (IphoneBackupExplorer reads them so).
        let below = all.by_id.values().filter(|smtp| smtp.kind == "smtp" && smtp.parent == Some(row.id));
        let identifiers = below.filter_map(|smtp| smtp.identifier.clone());
        links.extend(identifiers.map(|identifier| Link { setting: PRIMARY, identifier }));
    }
    if links.is_empty() {
        links.push(Link { setting: PRIMARY, identifier: String::new() });
    }
    links
}

/// What a link leads to, and the key of that server in a finding's id.
pub(super) fn follow(all: &Rows, row: &Row, link: &Link, look: &mut Look) -> (Judged, String) {
    let plain = |outgoing| (Judged::plain(outgoing), link.identifier.to_uppercase());
    let unclear = |unclear| plain(Outgoing::Unclear(Partial::default(), reason(&[unclear])));
    if let Err(strange) = look.needed_text(&row.settings, link.setting) {
        return unclear(strange);
    }
    if link.setting.name == PRIMARY.name
        && row.settings.has(SMTP_DISABLED)
        && let Err(strange) = look.switch(&row.settings, SMTP_DISABLED, CODE)
    {
        let host = find(all, link).and_then(|smtp| look.text(&smtp.settings, HOSTNAME));
        let partial = Partial { host, ..Partial::default() };
        return plain(Outgoing::Unclear(partial, reason(&[strange])));
    }
    if link.identifier.is_empty() {
        return plain(Outgoing::None(Partial::default()));
    }
    let key = |smtp: &Row| smtp.identifier.as_ref().map_or_else(String::new, |key| key.to_uppercase());
    match find(all, link) {
        Some(smtp) if all.service(smtp).is_some() => {
            look.record(&smtp.settings, TYPE, None);
            (Judged::plain(Outgoing::Managed(look.text(&smtp.settings, HOSTNAME))), key(smtp))
        }
        Some(smtp) => {
            let mut judged = outgoing::read(&smtp.settings, all.dialect, look);
            judged.notes.extend((link.setting.name == ALTERNATES.name).then(alternate));
            if !row.settings.has(link.setting) {
                judged.confidence = Confidence::Inferred;
            }
            (judged, key(smtp))
        }
        None if link.setting.name == SENDER.name => {
            let why = Text::new(
                format!("送信サーバーの項目が見つかりません({} = {})", SENDER.name, link.identifier),
                format!(
                    "the entry of the outgoing server is missing ({} = {})",
                    SENDER.name, link.identifier
                ),
            );
            let (judged, key) = plain(Outgoing::Unclear(Partial::default(), why));
            (Judged { confidence: Confidence::Inferred, ..judged }, key)
        }
        None => {
            let host = outgoing::host_and_user(&link.identifier).0;
            let mut judged = outgoing::lost(&link.setting, &link.identifier, knows(all, host));
            judged.notes.extend((link.setting.name == ALTERNATES.name).then(alternate));
            (judged, link.identifier.to_lowercase())
        }
    }
}

fn find<'a>(all: &Rows<'a>, link: &Link) -> Option<&'a Row> {
    let by_identifier = all.by_identifier.get(&link.identifier.to_lowercase()).copied();
    if by_identifier.is_some() || link.setting.name == SENDER.name {
        return by_identifier.filter(|row| row.kind == "smtp" || all.service(row).is_some());
    }
    let (host, user) = outgoing::host_and_user(&link.identifier);
    let is_user = |settings: &Settings| {
        let (own, above) = (settings.peek_text(USER), settings.peek_text(PARENT_USER));
        own == user || (own.is_none() && above == user)
    };
    all.by_id.values().copied().find(|row| is_at(row, host) && is_user(&row.settings))
}

fn knows(all: &Rows, host: &str) -> bool {
    all.by_id.values().any(|row| is_at(row, host))
}

fn is_at(row: &Row, host: &str) -> bool {
    let known = row.settings.peek_text(HOSTNAME);
    row.kind == "smtp" && known.is_some_and(|known| known.eq_ignore_ascii_case(host))
}

fn alternate() -> Note {
    Note::Other(
        "alternate-server",
        Text::fixed(
            "プライマリサーバで送信できないときに使われる「ほかの SMTP サーバ」の設定です。",
            "This is one of the \"Other SMTP Servers\", used when the primary server fails.",
        ),
    )
}
