//! One account of Geary.

use super::outgoing::{absent, read_new, read_old};
use super::settings::{
    ACCOUNT, ALTERNATE_EMAILS, GEARY_INI, GOA_ID, HOST, IMAP_HOST, IMAP_PORT, IMAP_SSL, IMAP_STARTTLS,
    INCOMING, LABEL, METADATA, NICKNAME, OLD_ACCOUNT, OUTGOING, PORT_NUMBER, PRIMARY_EMAIL, PROVIDER,
    SECURITY, SENDERS, SOURCE, STATUS, VERSION, security, switch,
};
use super::{CLIENT, Placed};
use crate::clients::key_file::groups_of;
use crate::clients::look::{Look, Unclear};
use crate::clients::parts::{Parts, reason};
use crate::clients::settings::Settings;
use crate::formats::facts::{Spelling, of_group};
use crate::formats::key_file;
use crate::formats::kinds::{self, Kind, keep};
use crate::model::{
    Account, Auth, DefaultValue, InUse, Incoming, LogOnFirst, Outgoing, Place, Protocol, Security, Text,
};
use crate::source::Problem;
use std::collections::BTreeMap;

/// Folders of online accounts of GNOME begin so where an early version made them.
const OF_GOA: &str = "goa_";

const DAMAGED: Text = Text::fixed(
    "キーファイルにない形の行があるため、Geary はこのファイルを読み込みません",
    "it has lines that no key file has, so that Geary does not load it",
);

/// The groups of a file; one that is not there is empty.
pub(super) struct File {
    place: Place,
    groups: BTreeMap<String, Settings>,
}

impl File {
    pub(super) fn group(&self, name: &str) -> Settings {
        let empty =
            || Settings::new(self.place.section(name), of_group(GEARY_INI.groups, name), Spelling::AsIs);
        self.groups.get(name).cloned().unwrap_or_else(empty)
    }
}

/// Reads one file; the look keeps what was looked at.
pub(super) fn read_account(
    text: &str,
    file: String,
    placed: &Placed,
    problems: &mut Vec<Problem>,
) -> (Account, Look) {
    let place = Place::from(&file);
    let groups = groups_of(text, GEARY_INI.groups, |_| false, &place);
    let from = File { place: place.clone(), groups };
    let is_damaged = !text.lines().all(key_file::is_line);
    if is_damaged {
        problems.push(Problem::malformed(place, &DAMAGED));
    }
    let mut look = Look::default();
    let metadata = from.group(METADATA);
    look.record(&metadata, STATUS, Some(DefaultValue { value: "enabled".to_owned(), source: SOURCE }));
    let version = look.number(&metadata, VERSION, 0, SOURCE);
    let is_old = version == Ok(0);
    let settings = from.group(if is_old { OLD_ACCOUNT } else { ACCOUNT });
    let incoming = look.aside(|look| read_incoming(&from, is_old, look));
    let outgoing = read_outgoing(&from, version, &settings, placed, &mut look);
    let outgoing = match outgoing {
        Outgoing::Smtp(_) | Outgoing::NoAuth(_) | Outgoing::None(_) if is_damaged => {
            Outgoing::Unclear(outgoing.seen().unwrap_or_default(), DAMAGED)
        }
        outgoing => outgoing,
    };
    let (label, addresses) = look.aside(|look| {
        let label = look.text(&settings, if is_old { NICKNAME } else { LABEL });
        (label, addresses(&settings, is_old, &placed.id, look))
    });
    let name = label.or_else(|| addresses.first().cloned());
    let name = name.or_else(|| (!placed.id.is_empty()).then(|| kinds::name(&placed.id)));
    let account = Account {
        in_use: in_use(&metadata, placed.in_use),
        source: file,
        store: placed.store.clone(),
        key: placed.id.to_lowercase(),
        name: name.unwrap_or_else(|| CLIENT.name.to_owned()),
        addresses,
        incoming: Some(incoming),
        ..Account::new(CLIENT.id, CLIENT.name, "geary", outgoing)
    };
    (account, look)
}

/// A removed account is deleted at the next start; one that is unavailable may come back.
fn in_use(metadata: &Settings, enabled: InUse) -> InUse {
    match metadata.peek_text(STATUS).map(str::to_ascii_lowercase).as_deref() {
        None | Some("enabled") => enabled,
        Some("disabled" | "removed") => InUse::No,
        Some(_) => InUse::Unknown,
    }
}

fn read_outgoing(
    from: &File,
    version: Result<i64, Unclear>,
    settings: &Settings,
    placed: &Placed,
    look: &mut Look,
) -> Outgoing {
    let metadata = from.group(METADATA);
    look.record(&metadata, GOA_ID, None);
    if metadata.has(GOA_ID) || placed.id.starts_with(OF_GOA) {
        return Outgoing::Managed(None);
    }
    let version = match version {
        Ok(version @ (0 | 1)) => version,
        // Geary refuses versions that it does not know.
        Ok(_) => return unclear(&from.group(OUTGOING), Look::unknown(&metadata, VERSION), look),
        Err(why) => return unclear(&from.group(OUTGOING), why, look),
    };
    look.record(settings, PROVIDER, None);
    match settings.peek_text(PROVIDER).map(str::to_ascii_lowercase).as_deref() {
        // Whose servers they are is built in (geary-service-provider.vala).
        Some("gmail" | "outlook" | "yahoo") => Outgoing::Managed(None),
        Some("other") if version == 0 => read_old(settings, look),
        Some("other") => read_new(&from.group(OUTGOING), &from.group(INCOMING), look),
        None => unclear(&from.group(OUTGOING), absent(settings, PROVIDER), look),
        Some(_) => unclear(&from.group(OUTGOING), Look::unknown(settings, PROVIDER), look),
    }
}

/// Where it can't be told how the settings are meant.
fn unclear(settings: &Settings, why: Unclear, look: &mut Look) -> Outgoing {
    let parts = Parts {
        host: Ok(settings.peek_text(HOST).map(str::to_owned)),
        port: Err(why.clone()),
        security: Err(why.clone()),
        auth: Err(why.clone()),
        log_on_first: Ok(LogOnFirst::Off),
    };
    match parts.assemble(look) {
        // Not even that there is none.
        Outgoing::None(partial) => Outgoing::Unclear(partial, reason(&[why])),
        outgoing => outgoing,
    }
}

/// The first is the account's own.
fn addresses(settings: &Settings, is_old: bool, folder: &str, look: &mut Look) -> Vec<String> {
    let own = is_old.then(|| look.text(settings, PRIMARY_EMAIL)).flatten();
    let own = own.or_else(|| {
        let kept = keep(Kind::Address, folder);
        (is_old && kept.fits && !kept.text.is_empty()).then_some(kept.text)
    });
    let list = look.text(settings, if is_old { ALTERNATE_EMAILS } else { SENDERS }).unwrap_or_default();
    let listed = list.split(',').filter(|address| address.contains('@')).map(str::to_owned);
    own.into_iter().chain(listed).collect()
}

/// Geary speaks IMAP only.
fn read_incoming(from: &File, is_old: bool, look: &mut Look) -> Incoming {
    let protocol = Protocol::Imap;
    let settings = from.group(if is_old { OLD_ACCOUNT } else { INCOMING });
    let (host, port) = if is_old { (IMAP_HOST, IMAP_PORT) } else { (HOST, PORT_NUMBER) };
    let host = look.text(&settings, host);
    let security = if is_old {
        look.record(&settings, IMAP_SSL, None);
        look.record(&settings, IMAP_STARTTLS, None);
        match (switch(&settings, IMAP_SSL), switch(&settings, IMAP_STARTTLS)) {
            (None | Some(true), _) => Some(Security::Tls),
            (Some(false), starttls) => {
                starttls.map(|is_on| if is_on { Security::StartTls } else { Security::Plain })
            }
        }
    } else {
        look.record(&settings, SECURITY, None);
        settings.peek_text(SECURITY).and_then(security)
    };
    look.record(&settings, port, None);
    let stored = settings.peek_number(port).and_then(|port| u16::try_from(port).ok());
    let usual = || host.as_ref().and(security).and_then(|security| protocol.usual_port(security));
    // To a server that was typed in Geary logs on with a password (imap-client-session.vala);
    // what it does at the services that it knows changed with the versions.
    let is_typed =
        from.group(if is_old { OLD_ACCOUNT } else { ACCOUNT }).peek_text(PROVIDER) == Some("other");
    let auth = is_typed.then_some(Auth::Password);
    Incoming { protocol, port: stored.filter(|port| *port != 0).or_else(usual), host, security, auth }
}
