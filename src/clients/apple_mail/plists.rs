//! The property lists in which Mail itself kept its accounts, Mac OS X 10.4 to 10.10: `MailAccounts` and
//! `DeliveryAccounts`.

use super::settings::{
    ACCOUNT, ACCOUNT_NAME, ACCOUNT_TYPE, DELIVERY_ACCOUNTS, MAIL_ACCOUNTS, UNIQUE_ID, lists,
};
use crate::clients::apple_accounts::MAX_ACCOUNTS;
use crate::clients::apple_accounts::candidate::{Candidate, Origin, read_incoming};
use crate::clients::apple_accounts::outgoing::{self, Dialect, Judged};
use crate::clients::apple_accounts::settings::{EMAIL_ADDRESSES, HOSTNAME, SMTP_IDENTIFIER, USERNAME};
use crate::clients::apple_accounts::values::{settings, texts};
use crate::clients::look::Look;
use crate::clients::parts::reason;
use crate::clients::settings::Settings;
use crate::formats::facts::Fact;
use crate::formats::plist::{PlistError, Tree};
use crate::model::{Confidence, InUse, IssueKind, Locator, Outgoing, Partial, Place, Protocol, Text};
use crate::source::{Content, Problem};

/// Apple's later code takes an absent switch for "off"; for these versions that is a conclusion.
const PLIST: Dialect = Dialect { users: &[USERNAME], absent_is_off: Some(Confidence::Inferred) };
/// Kinds without mail servers: "On My Mac" and the feeds of 10.5 to 10.7.
const NO_MAIL: [&str; 2] = ["localaccount", "rssaccount"];
/// Kinds whose servers the service sets. iToolsAccount, .Mac, GmailAccount, YahooAccount: the table of account classes
/// in Apple's Accounts framework (ACAccountTypeForSyncAccountType); the others by their names.
const SERVICES: [&str; 5] = ["itoolsaccount", ".mac", "gmailaccount", "yahooaccount", "ewsaccount"];

/// The mail accounts of one list; no accounts if it is a list of something else.
pub(super) fn read(
    content: &Content,
    origin: &Origin,
    problems: &mut Vec<Problem>,
) -> Result<Vec<Candidate>, Problem> {
    let tree = lists(content).map_err(|error| problem(&origin.shown, error))?;
    let deliveries = entries(&tree, DELIVERY_ACCOUNTS, origin, problems)?;
    let deliveries: Vec<(Settings, &Tree)> = deliveries
        .into_iter()
        .filter(|(delivery, _)| {
            delivery.peek_text(ACCOUNT_TYPE).is_none_or(|kind| kind.eq_ignore_ascii_case("SMTPAccount"))
        })
        .collect();
    let accounts = entries(&tree, MAIL_ACCOUNTS, origin, problems)?;
    let accounts =
        accounts.into_iter().filter_map(|(account, tree)| one(&account, tree, &deliveries, origin));
    Ok(accounts.collect())
}

/// The dictionaries of an array; anything else in it is damage.
fn entries<'a>(
    tree: &'a Tree,
    name: &'static str,
    origin: &Origin,
    problems: &mut Vec<Problem>,
) -> Result<Vec<(Settings, &'a Tree)>, Problem> {
    let file = Place::from(&origin.shown);
    let odd = |locator| {
        Problem::malformed(
            file.at(locator),
            &Text::fixed("アカウントの項目ではありません", "not an entry of an account"),
        )
    };
    let items = match tree.get(name) {
        None => return Ok(Vec::new()),
        Some(Tree::List(items)) => items,
        Some(_) => return Err(odd(Locator::Named(name.to_owned()))),
    };
    if items.len() > MAX_ACCOUNTS {
        return Err(problem(&origin.shown, PlistError::TooLarge));
    }
    let mut found = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let locator = Locator::Item(name, index);
        match item {
            Tree::Dict(_) => found.push((settings(file.at(locator), item, ACCOUNT), item)),
            _ => problems.push(odd(locator)),
        }
    }
    Ok(found)
}

fn one(
    account: &Settings,
    tree: &Tree,
    deliveries: &[(Settings, &Tree)],
    origin: &Origin,
) -> Option<Candidate> {
    let kind = account.peek_text(ACCOUNT_TYPE).unwrap_or_default().to_lowercase();
    if NO_MAIL.contains(&kind.as_str()) {
        return None;
    }
    let mut look = Look::default();
    look.record(account, ACCOUNT_TYPE, None);
    let linked = account.peek_text(SMTP_IDENTIFIER).is_some();
    let managed = SERVICES.contains(&kind.as_str())
        || kind.starts_with("aos")
        || kind.starts_with("icloud")
        // Before Exchange Web Services this was IMAP with an SMTP server of its own.
        || (kind.starts_with("exchange") && !linked);
    let protocol = match kind.as_str() {
        "popaccount" => Protocol::Pop3,
        "imapaccount" => Protocol::Imap,
        _ => Protocol::Other,
    };
    let incoming = look.aside(|look| read_incoming(account, protocol, look));
    let (judged, outgoing_key) = if managed {
        (Judged::plain(Outgoing::Managed(None)), String::new())
    } else {
        follow(account, deliveries, &mut look)
    };
    let user = word(account, USERNAME);
    let key = word(account, UNIQUE_ID).unwrap_or_else(|| {
        let host = incoming.host.clone().unwrap_or_default().to_lowercase();
        format!("{kind}:{}@{host}", user.as_deref().unwrap_or_default())
    });
    let mut candidate = Candidate::new(origin, key, outgoing_key, incoming, judged, look);
    candidate.user = user;
    candidate.account.in_use = InUse::Yes;
    let addresses = tree.get(EMAIL_ADDRESSES.name).map(texts).unwrap_or_default();
    candidate.name(account.peek_text(ACCOUNT_NAME).map(str::to_owned), addresses);
    Some(candidate)
}

/// Follows `SMTPIdentifier`, which is `host:user`, or `host` for a server without a user name.
fn follow(account: &Settings, deliveries: &[(Settings, &Tree)], look: &mut Look) -> (Judged, String) {
    let identifier = match look.needed_text(account, SMTP_IDENTIFIER) {
        Ok(Some(identifier)) => identifier,
        Ok(None) => return (Judged::plain(Outgoing::None(Partial::default())), String::new()),
        Err(unclear) => {
            let outgoing = Outgoing::Unclear(Partial::default(), reason(&[unclear]));
            return (Judged::plain(outgoing), String::new());
        }
    };
    let (host, user) = outgoing::host_and_user(&identifier);
    let on_host = |delivery: &&(Settings, &Tree)| {
        word(&delivery.0, HOSTNAME).is_some_and(|known| known.eq_ignore_ascii_case(host))
    };
    let found =
        deliveries.iter().filter(on_host).find(|(delivery, _)| word(delivery, USERNAME).as_deref() == user);
    if let Some((delivery, _)) = found {
        // The identifier changes with the user name; the finding stays the same.
        let key = word(delivery, UNIQUE_ID).unwrap_or_else(|| host.to_lowercase());
        return (outgoing::read(delivery, &PLIST, look), key);
    }
    let is_known = deliveries.iter().any(|delivery| on_host(&delivery));
    (outgoing::lost(&SMTP_IDENTIFIER, &identifier, is_known), host.to_lowercase())
}

/// A text without its stray blanks, or a number in its place.
fn word(settings: &Settings, fact: Fact) -> Option<String> {
    let text = settings.peek_text(fact).map(str::to_owned);
    text.or_else(|| settings.peek_number(fact).map(|number| number.to_string()))
}

fn problem(place: &str, error: PlistError) -> Problem {
    let malformed = |ja: &'static str| Problem::malformed(place, &Text::new(ja, error.to_string()));
    match error {
        PlistError::Empty => Problem::new(
            IssueKind::Denied,
            place,
            Text::fixed(
                "ファイルが空です。macOS では、ターミナルにフルディスクアクセスがないと空に見えることがあります。",
                "the file is empty; on macOS it may look so without Full Disk Access for the terminal",
            ),
        ),
        PlistError::TooLarge => Problem::new(
            IssueKind::TooLarge,
            place,
            Text::fixed("プロパティリストが大きすぎます。", "the property list is too large"),
        ),
        PlistError::NotPlist => malformed("プロパティリストではありません"),
        PlistError::Malformed => malformed("プロパティリストが壊れています"),
        PlistError::TooDeep => malformed("プロパティリストの入れ子が深すぎます"),
    }
}
