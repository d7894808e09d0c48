//! Names that people type for clients: ids, names, those of editions, and what else each is called.

use super::{CLIENTS, Client};
use crate::formats::shapes::narrow;

/// The client that a name stands for, whatever its case, blanks and hyphens; `None`: it stands for none, or for several.
pub fn called(name: &str) -> Option<&'static Client> {
    let wanted = bare(name);
    let mut found = CLIENTS.iter().filter(|client| names(client).any(|known| bare(known) == wanted));
    let by_id = CLIENTS.iter().find(|client| bare(client.id) == wanted);
    by_id.or_else(|| found.next().filter(|_| found.next().is_none()))
}

/// The client whose name is most like it, so that it can be asked for.
pub fn nearest(name: &str) -> Option<&'static Client> {
    let wanted = bare(name);
    let likeness = |client: &&'static Client| {
        names(client).map(|known| strsim::jaro_winkler(&bare(known), &wanted)).fold(0.0, f64::max)
    };
    let best = CLIENTS.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(&best) > ENOUGH).then_some(best)
}

/// What is less like a name is not meant by it.
const ENOUGH: f64 = 0.85;

fn names(client: &'static Client) -> impl Iterator<Item = &'static str> {
    let editions = client.editions.iter().flat_map(|edition| [&*edition.name.ja, &*edition.name.en]);
    [client.id, client.name].into_iter().chain(client.typed.iter().copied()).chain(editions)
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

    #[test]
    fn people_call_clients_by_many_names() {
        for (typed, id) in [
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
            ("gmail", "android-mail"),
            ("becky!", "becky"),
            ("ベッキー", "becky"),
            ("サンダーバード", "thunderbird"),
            ("ｋ９", "k9-mail"),
            ("秀丸メール", "hidemaru-mail"),
        ] {
            assert_eq!(called(typed).map(|client| client.id), Some(id), "{typed}");
        }
        for typed in ["", "-", "mutt", "mail"] {
            assert_eq!(called(typed).map(|client| client.id), None, "{typed}");
        }
    }

    #[test]
    fn no_name_stands_for_two() {
        for client in CLIENTS {
            for name in [client.id, client.name].iter().chain(client.typed) {
                assert_eq!(called(name).map(|found| found.id), Some(client.id), "{name}");
            }
        }
    }

    #[test]
    fn the_nearest_name_is_found() {
        assert_eq!(nearest("thunderbrid").map(|client| client.id), Some("thunderbird"));
        assert_eq!(nearest("outlok express").map(|client| client.id), Some("outlook-express"));
        assert_eq!(nearest("xyzzy").map(|client| client.id), None);
    }
}
