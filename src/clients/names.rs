//! Names that people type for clients: ids, names, those of editions, and what else each is called.

use super::{CLIENTS, Client, Edition};
use crate::formats::shapes::narrow;

/// What a name stands for.
#[derive(Debug, Clone)]
pub struct Called {
    /// The client.
    pub client: &'static Client,
    /// Its editions that are meant, by their ids: all of them if the name says none.
    pub editions: Vec<&'static str>,
}

impl Called {
    /// All that there is of a client.
    pub fn all(client: &'static Client) -> Self {
        Self { client, editions: client.editions.iter().map(|edition| edition.id).collect() }
    }

    /// True if the name stands for all that there is of the client.
    pub fn is_whole(&self) -> bool {
        self.editions.len() == self.client.editions.len()
    }
}

/// What a name stands for, whatever its case, blanks and hyphens; `None`: for no client, or for several.
pub fn called(name: &str) -> Option<Called> {
    let wanted = bare(name);
    if let Some(client) = CLIENTS.iter().find(|client| bare(client.id) == wanted) {
        return Some(Called::all(client));
    }
    if SEVERAL.iter().any(|(words, _)| words.iter().any(|word| bare(word) == wanted)) {
        return None;
    }
    let of = |named: fn(&'static Client, &str) -> Option<Called>| {
        let mut found = CLIENTS.iter().filter_map(|client| named(client, &wanted));
        found.next().filter(|_| found.next().is_none())
    };
    of(itself).or_else(|| of(with_a_number))
}

/// By one of its names, or an edition's.
fn itself(client: &'static Client, wanted: &str) -> Option<Called> {
    let own = || own_names(client).map(bare);
    if own().any(|known| known == wanted) {
        return Some(Called::all(client));
    }
    // `iPhone iOS 17`; `アウトルック 2016`, but not `iPhone 15`, which is no version of iOS.
    let rests: Vec<String> = own().filter_map(|own| Some(wanted.strip_prefix(&own)?.to_owned())).collect();
    let is_meant = |edition: &&'static Edition| {
        names_of(edition).map(bare).any(|known| {
            known == wanted
                || rests.contains(&known)
                || own()
                    .filter_map(|own| known.strip_prefix(&own).map(str::to_owned))
                    .any(|rest| is_year(&rest) && rests.contains(&rest))
        })
    };
    let editions: Vec<&str> = client.editions.iter().filter(is_meant).map(|edition| edition.id).collect();
    (!editions.is_empty()).then_some(Called { client, editions })
}

/// By a name with a number behind it that no edition has: `Thunderbird 128`, `iPhone 15`, `Becky! 2.75`.
fn with_a_number(client: &'static Client, wanted: &str) -> Option<Called> {
    let is_named = own_names(client).map(bare).any(|own| {
        let rest = wanted.strip_prefix(&own).map(|rest| rest.trim_start_matches("ver"));
        own.chars().count() > 2
            && rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
    });
    is_named.then(|| Called::all(client))
}

fn is_year(rest: &str) -> bool {
    rest.len() == 4 && rest.bytes().all(|byte| byte.is_ascii_digit())
}

/// Words that many clients are called by, and who may be meant.
const SEVERAL: &[(&[&str], &[&str])] = &[
    (
        &[
            "mail",
            "email",
            "mailer",
            "mail client",
            "メール",
            "メーラー",
            "メールソフト",
            "メールアプリ",
            "標準メール",
            "Eメール",
        ],
        &["windows-10-mail", "windows-live-mail", "apple-mail", "ios-mail", "android-mail"],
    ),
    (
        &[
            "Windows",
            "Windows 11",
            "Windows 10",
            "Windows 8",
            "Windows 7",
            "win10",
            "win11",
            "ウィンドウズ",
            "Microsoft",
        ],
        &["windows-10-mail", "outlook", "outlook-new", "windows-live-mail", "windows-mail"],
    ),
    (
        &[
            "phone",
            "smartphone",
            "mobile",
            "スマホ",
            "スマートフォン",
            "携帯",
            "携帯電話",
            "タブレット",
            "tablet",
        ],
        &["ios-mail", "android-mail"],
    ),
    (&["Apple", "アップル"], &["apple-mail", "ios-mail", "apple-profile"]),
];

/// No more than these are asked for.
const MOST: usize = 5;
/// What is less like a name is not meant by it.
const ENOUGH: f64 = 0.84;
/// A name within what was typed, or the other way round, is one if it is so long.
const PART: usize = 3;

/// The clients that a name may mean, the likeliest first: a few, or none.
pub fn near(name: &str) -> Vec<&'static Client> {
    let wanted = bare(name);
    if wanted.is_empty() {
        return Vec::new();
    }
    if let Some((_, ids)) = SEVERAL.iter().find(|(words, _)| words.iter().any(|word| bare(word) == wanted)) {
        return of_ids(ids);
    }
    let mut found: Vec<(f64, &Client)> =
        CLIENTS.iter().map(|client| (likeness(client, &wanted), client)).collect();
    found.retain(|(likeness, _)| *likeness > ENOUGH);
    found.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    if found.is_empty() {
        // `Yahoo!メール` is some mail.
        let ends_with = |words: &[&str]| words.iter().any(|word| wanted.ends_with(&bare(word)));
        let several = SEVERAL.iter().find(|(words, _)| ends_with(words));
        return several.map(|(_, ids)| of_ids(ids)).unwrap_or_default();
    }
    found.into_iter().map(|(_, client)| client).take(MOST).collect()
}

fn of_ids(ids: &[&str]) -> Vec<&'static Client> {
    ids.iter().filter_map(|id| CLIENTS.iter().find(|client| client.id == *id)).collect()
}

fn likeness(client: &'static Client, wanted: &str) -> f64 {
    let editions = client.editions.iter().flat_map(names_of);
    let is_vague =
        |known: &str| SEVERAL.iter().any(|(words, _)| words.iter().any(|word| bare(word) == known));
    let of = |known: String| {
        let length = |text: &str| text.chars().count();
        let (short, long) =
            if length(&known) < length(wanted) { (&*known, wanted) } else { (wanted, &*known) };
        let is_part = length(short) >= PART && long.contains(short);
        // The more of it, the likelier.
        #[expect(clippy::cast_precision_loss, reason = "names are short")]
        let part = if is_part { 0.85 + 0.1 * length(short) as f64 / length(long) as f64 } else { 0.0 };
        strsim::jaro_winkler(&known, wanted).max(part)
    };
    let known = own_names(client).chain(editions).map(bare).filter(|known| !is_vague(known));
    known.map(of).fold(0.0, f64::max)
}

fn own_names(client: &'static Client) -> impl Iterator<Item = &'static str> {
    [client.id, client.name].into_iter().chain(client.name_ja).chain(client.typed.iter().copied())
}

/// The names of an edition, also without what stands behind them in brackets.
fn names_of(edition: &'static Edition) -> impl Iterator<Item = &'static str> {
    let names = [&*edition.name.ja, &*edition.name.en];
    let heads = names.into_iter().filter_map(|name| Some(name.split_once(" (")?.0));
    names.into_iter().chain(heads).chain(edition.typed.iter().copied())
}

/// Small letters and digits alone, so that `Outlook Express 6` is `outlook-express6`.
fn bare(name: &str) -> String {
    name.chars()
        .map(narrow)
        .filter(|letter| letter.is_alphanumeric() || *letter == 'ー')
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(typed: &str) -> Option<&'static str> {
        called(typed).map(|found| found.client.id)
    }

    #[test]
    fn people_call_clients_by_many_names() {
        for (typed, wanted) in [
            ("outlook", "outlook"),
            ("OUTLOOK", "outlook"),
            ("Outlook 2016", "outlook"),
            ("outlook2016", "outlook"),
            ("アウトルック", "outlook"),
            ("oe", "outlook-express"),
            ("OE6", "outlook-express"),
            ("Outlook Express 6", "outlook-express"),
            ("wlm", "windows-live-mail"),
            ("iPhone", "ios-mail"),
            ("iPhone 15", "ios-mail"),
            ("ios mail", "ios-mail"),
            ("gmail", "android-mail"),
            ("becky!", "becky"),
            ("Becky! 2.75", "becky"),
            ("ベッキー", "becky"),
            ("サンダーバード", "thunderbird"),
            ("Thunderbird 128", "thunderbird"),
            ("ｋ９", "k9-mail"),
            ("秀丸メール", "hidemaru-mail"),
            ("Windows 11 メール", "windows-10-mail"),
            ("ｗｉｎｄｏｗｓ　ｌｉｖｅ　メール", "windows-live-mail"),
            ("Macのメール", "apple-mail"),
        ] {
            assert_eq!(id(typed), Some(wanted), "{typed}");
        }
        for typed in ["", "-", "mutt", "mail", "メール", "スマホ", "Windows 11", "2016", "17"] {
            assert_eq!(id(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_version_is_its_edition() {
        for (typed, wanted) in [
            ("Outlook 2016", &["outlook-2016"][..]),
            ("アウトルック2016", &["outlook-2016"]),
            ("MS Outlook 2010", &["outlook-2010"]),
            ("Ｏｕｔｌｏｏｋ　２００３", &["outlook-2003"]),
            ("outlook 2002", &["outlook-2003"]),
            ("Outlook 2019", &["outlook-simplified"]),
            ("Microsoft Outlook 2021", &["outlook-simplified"]),
            ("Outlook 365", &["outlook-simplified"]),
            ("iOS 15", &["ios-14"]),
            ("iPhone iOS17", &["ios-14"]),
            ("SeaMonkey", &["seamonkey", "seamonkey-user-js"]),
            ("Gmail", &["gmail-android-6", "gmail-android"]),
            ("Samsung メール", &["samsung-email"]),
            ("macOS Sonoma", &["apple-mail"]),
            ("Windows Live Mail 2012", &["windows-live-mail"]),
            ("oe6", &["outlook-express"]),
        ] {
            assert_eq!(called(typed).map(|found| found.editions).as_deref(), Some(wanted), "{typed}");
        }
        for typed in ["outlook", "iPhone", "iPhone 15", "thunderbird", "Thunderbird 128", "outlook 2035"] {
            assert!(called(typed).is_some_and(|found| found.is_whole()), "{typed}");
        }
    }

    #[test]
    fn no_name_stands_for_two() {
        for client in CLIENTS {
            for name in own_names(client) {
                assert!(
                    called(name).is_some_and(|found| found.client.id == client.id && found.is_whole()),
                    "{name}"
                );
            }
            for edition in client.editions {
                for name in edition.typed {
                    let found = called(name).map(|found| (found.client.id, found.editions));
                    assert_eq!(found, Some((client.id, vec![edition.id])), "{name}");
                }
            }
        }
        let ids = SEVERAL.iter().flat_map(|(_, ids)| *ids);
        assert_eq!(ids.filter(|id| called(id).is_none()).count(), 0);
    }

    #[test]
    fn the_nearest_names_are_few_and_fit() {
        let first = |typed: &str| near(typed).first().map(|client| client.id);
        for (typed, wanted) in [
            ("thunderbrid", "thunderbird"),
            ("ｔｈｕｎｄｅｒｂｒｉｄ", "thunderbird"),
            ("サンダバード", "thunderbird"),
            ("outlok express", "outlook-express"),
            ("アウトルク", "outlook"),
            ("Outlook for Mac", "outlook"),
            ("iphnoe", "ios-mail"),
        ] {
            assert_eq!(first(typed), Some(wanted), "{typed}");
            assert!(near(typed).len() <= MOST);
        }
        for typed in ["mail", "メール", "ｍａｉｌ", "maill", "Yahoo!メール", "Windows 12 メール"]
        {
            let ids: Vec<&str> = near(typed).iter().map(|client| client.id).collect();
            assert!(ids.contains(&"windows-10-mail") && ids.len() > 1, "{typed}: {ids:?}");
        }
        for typed in ["", "xyzzy", "docomo"] {
            assert!(near(typed).is_empty(), "{typed}");
        }
    }
}
