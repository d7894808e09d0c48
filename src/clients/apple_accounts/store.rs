//! Mail accounts in an Accounts store: which rows are mail accounts, and through what they send.

use super::MAX_ACCOUNTS;
use super::candidate::{Candidate, Origin, read_incoming};
use super::links::{self, Link, System};
use super::outgoing::{Dialect, Judged};
use super::rows::Row;
use super::select::KINDS;
use super::services::Rows;
use super::settings::{ACTIVE, EMAIL_ADDRESS, HOSTNAME, IMAP_HOSTNAME, MAIL, PROFILE, SMTP_HOSTNAME, TYPE};
use crate::clients::look::Look;
use crate::formats::facts::Fact;
use crate::model::{InUse, Incoming, Outgoing, Partial, Protocol, Text};
use std::collections::BTreeMap;

/// A store, and whose it is.
struct Store<'a> {
    all: Rows<'a>,
    origin: &'a Origin,
    system: System,
}

/// The mail accounts: an IMAP or POP account of its own, or a service with all rows that belong to it. More than
/// `MAX_ACCOUNTS` of them say that the rest was left out: each account may name any number of servers.
pub fn read(rows: &[Row], origin: &Origin, system: System, dialect: &Dialect) -> Vec<Candidate> {
    let store = Store { all: Rows::of(rows, dialect), origin, system };
    let mut found = Vec::new();
    let mut services: BTreeMap<i64, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        let is_mail = KINDS.contains(&row.kind.as_str());
        match store.all.service(row) {
            Some(service) if is_mail || service.id == row.id => {
                services.entry(service.id).or_default().push(row);
            }
            None if matches!(row.kind.as_str(), "imap" | "pop") => {
                let room = (MAX_ACCOUNTS + 1).saturating_sub(found.len());
                found.extend(store.own(row, room));
            }
            _ => {}
        }
    }
    for (id, members) in services {
        if let Some(service) = store.all.by_id.get(&id) {
            found.extend(store.managed(service, &members));
        }
    }
    found
}

/// True if the store holds an IMAP or POP account that is no service's: then Mail keeps its accounts here.
pub fn holds_mail(rows: &[Candidate]) -> bool {
    rows.iter().any(|candidate| !matches!(candidate.account.outgoing, Outgoing::Managed(_)))
}

impl<'a> Store<'a> {
    /// One finding for each server that the account sends through, as far as there is room.
    fn own(&self, row: &'a Row, room: usize) -> Vec<Candidate> {
        if room == 0 {
            return Vec::new();
        }
        let links = links::of(&self.all, row, self.system);
        // Of damaged settings nothing is known, so one is enough.
        let count = if row.damaged { 1 } else { links.len() };
        links.iter().take(count.min(room)).map(|link| self.over(row, link)).collect()
    }

    fn over(&self, row: &'a Row, link: &Link) -> Candidate {
        let mut look = Look::default();
        look.record(&row.settings, TYPE, None);
        let for_mail =
            row.for_mail.map(|on| on || self.all.parent(row).is_some_and(|p| p.for_mail == Some(true)));
        let in_use = look.aside(|look| in_use(&[row], for_mail, look));
        let protocol = if row.kind == "pop" { Protocol::Pop3 } else { Protocol::Imap };
        let (incoming, (judged, server)) = if row.damaged {
            let why = Text::fixed("アカウントの設定を読み取れません", "the account's settings can't be read");
            let judged = Judged::plain(Outgoing::Unclear(Partial::default(), why));
            (
                Incoming { protocol, host: None, port: None, security: None, auth: None },
                (judged, String::new()),
            )
        } else {
            let incoming = look.aside(|look| read_incoming(&row.settings, protocol, look));
            (incoming, links::follow(&self.all, row, link, &mut look))
        };
        let description = row.description.clone().or_else(|| self.all.parent(row)?.description.clone());
        let addresses = row.addresses.clone();
        let is_from_profile = row.settings.peek_text(PROFILE).is_some();
        if is_from_profile {
            look.aside(|look| look.record(&row.settings, PROFILE, None));
        }
        let candidate = self.candidate(row, description, addresses, server, incoming, in_use, judged, look);
        Candidate { is_from_profile, ..candidate }
    }

    /// One finding for a service and all its rows; none if it is not used for mail.
    fn managed(&self, service: &'a Row, members: &[&'a Row]) -> Option<Candidate> {
        let children: Vec<&Row> = members.iter().copied().filter(|row| row.id != service.id).collect();
        let is_mail = !children.is_empty()
            || matches!(service.kind.as_str(), "exchange" | "imapmail")
            || service.for_mail == Some(true);
        if !is_mail {
            return None;
        }
        let mut look = Look::default();
        look.record(&service.settings, TYPE, None);
        let mut all = vec![service];
        all.extend(&children);
        let for_mail = service.for_mail.map(|_| all.iter().any(|row| row.for_mail == Some(true)));
        let in_use = look.aside(|look| in_use(&all, for_mail, look));
        let receiver = children.iter().find(|row| row.kind != "smtp");
        let of_service = |fact: Fact, look: &mut Look| {
            service.servers.has(fact).then(|| look.text(&service.servers, fact)).flatten()
        };
        let incoming = Incoming {
            protocol: match receiver.map(|row| row.kind.as_str()) {
                Some("pop") => Protocol::Pop3,
                Some(_) => Protocol::Imap,
                None => Protocol::Other,
            },
            host: receiver
                .and_then(|row| look.text(&row.settings, HOSTNAME))
                .or_else(|| of_service(IMAP_HOSTNAME, &mut look)),
            port: None,
            security: None,
            auth: None,
        };
        let sender = children.iter().find(|row| row.kind == "smtp");
        let host = sender
            .and_then(|row| look.text(&row.settings, HOSTNAME))
            .or_else(|| of_service(SMTP_HOSTNAME, &mut look));
        let mut addresses: Vec<String> = Vec::new();
        let listed = all.iter().rev().flat_map(|row| row.addresses.iter().map(String::as_str));
        for address in service.servers.peek_text(EMAIL_ADDRESS).into_iter().chain(listed) {
            if !addresses.iter().any(|known| known.eq_ignore_ascii_case(address)) {
                addresses.push(address.to_owned());
            }
        }
        let judged = Judged::plain(Outgoing::Managed(host));
        let description = service.description.clone();
        Some(self.candidate(service, description, addresses, String::new(), incoming, in_use, judged, look))
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of an account, each from elsewhere")]
    fn candidate(
        &self,
        row: &Row,
        description: Option<String>,
        addresses: Vec<String>,
        outgoing_key: String,
        incoming: Incoming,
        in_use: InUse,
        judged: Judged,
        look: Look,
    ) -> Candidate {
        let key = row.identifier.clone().unwrap_or_else(|| row.id.to_string());
        let mut candidate = Candidate::new(self.origin, key, outgoing_key, incoming, judged, look);
        candidate.user.clone_from(&row.user);
        candidate.account.in_use = in_use;
        candidate.name(description, addresses);
        candidate
    }
}

/// Switched off as a whole, or for mail.
fn in_use(rows: &[&Row], for_mail: Option<bool>, look: &mut Look) -> InUse {
    for (index, row) in rows.iter().enumerate() {
        look.record(&row.settings, ACTIVE, None);
        // A service's rows have mail from the row above them.
        if row.for_mail.is_some_and(|on| on || index == 0) {
            look.record(&row.settings, MAIL, None);
        }
    }
    let own = rows.first().and_then(|row| row.active);
    let below = rows.get(1..).unwrap_or_default();
    let all_off = !below.is_empty() && below.iter().all(|row| row.active == Some(false));
    match (own, all_off, for_mail) {
        (Some(false), ..) | (_, true, _) | (.., Some(false)) => InUse::No,
        (None, ..) => InUse::Unknown,
        _ => InUse::Yes,
    }
}
