//! Values of property lists and keyed archives through the door, and as settings.
//!
//! Readers see the same trees that a collected copy is made of.

use super::settings::{EMAIL_ADDRESS, EMAIL_ADDRESSES, OF_ADDRESSES};
use crate::clients::settings::{Raw, Setting, Settings, Stored};
use crate::formats::facts::{Fact, Spelling, find};
use crate::formats::kinds::{Kind, keep, keep_number};
use crate::formats::plist::Tree;
use crate::model::Place;

/// A number that is none of a setting's: only that it has a fraction is told.
const FRACTION: f64 = 0.5;

/// The entries of a dictionary that these facts know, each through the door.
pub fn kept_dict(tree: &Tree, facts: &'static [Fact]) -> Tree {
    let entries = match tree {
        Tree::Dict(entries) => entries.as_slice(),
        _ => &[],
    };
    let kept = entries.iter().filter_map(|(name, value)| {
        let fact = find(facts, name)?;
        Some((fact.name.to_owned(), kept(fact, value)?))
    });
    Tree::Dict(kept.collect())
}

/// A value through the door. `None`: an archived nil says no more than an absent setting, and of a secret nothing is told.
pub fn kept(fact: &Fact, value: &Tree) -> Option<Tree> {
    let is_addresses = fact.name == EMAIL_ADDRESSES.name;
    Some(match value {
        Tree::None | Tree::Secret => return None,
        Tree::Text(text) => kept_text(fact.kind, text),
        Tree::Bool(value) => Tree::Bool(*value),
        Tree::Integer(number) => Tree::Integer(keep_number(fact.kind, *number).0),
        Tree::Real(number) => real(fact.kind, *number),
        Tree::Date(date) if fact.kind == Kind::Date => Tree::Date(keep(fact.kind, date).text),
        Tree::Date(_) | Tree::Uid(_) | Tree::Other => Tree::Other,
        Tree::Data(length) => Tree::Data(*length),
        // In older versions of iOS the addresses are the names, and those that are on count.
        Tree::Dict(entries) if is_addresses && value.get(EMAIL_ADDRESS.name).is_none() => {
            let on = entries.iter().filter(|(_, value)| value.apple_bool() == Some(true));
            Tree::List(on.map(|(address, _)| kept_text(fact.kind, address)).collect())
        }
        Tree::Dict(_) => kept_dict(value, OF_ADDRESSES),
        Tree::List(items) => Tree::List(items.iter().filter_map(|item| kept(fact, item)).collect()),
    })
}

/// Apple's programs store a switch as a number, a boolean or a string such as "YES" (MailApp.m of OsiriX compares with
/// "YES"; iOS accepts all three).
fn kept_text(kind: Kind, text: &str) -> Tree {
    // Of a list each text is one pair.
    let kept = keep(if kind == Kind::HostUsers { Kind::HostUser } else { kind }, text);
    match Tree::Text(text.to_owned()).apple_bool() {
        Some(on) if kind == Kind::Switch && !kept.fits => Tree::Bool(on),
        _ => Tree::Text(kept.text),
    }
}

/// A number without a fraction is what it would be as an integer (NSNumber, `intValue`): scripts write such ports.
fn real(kind: Kind, number: f64) -> Tree {
    // Below a million nothing is lost.
    #[expect(clippy::cast_possible_truncation, reason = "the number is small and has no fraction")]
    match number {
        number if number.fract() == 0.0 && number.abs() < 1e6 => {
            Tree::Integer(keep_number(kind, number as i64).0)
        }
        _ => Tree::Real(FRACTION),
    }
}

/// The entries of a dictionary that has passed the door as settings; of two equal keys the later one holds.
pub fn settings(place: impl Into<Place>, kept: &Tree, facts: &'static [Fact]) -> Settings {
    let mut settings = Settings::new(place, facts, Spelling::AsIs);
    if let Tree::Dict(entries) = kept {
        let known = entries.iter().rev().filter_map(|(name, value)| Some((find(facts, name)?, value)));
        settings.entries = known.map(|(fact, value)| setting(fact, value)).collect();
    }
    settings
}

/// One value that has passed the door.
pub fn setting(fact: &Fact, kept: &Tree) -> Setting {
    let of = |stored| Setting::kept(fact.name, Some(fact), stored);
    // Commas stand between the pairs, so that what stands for one has none of its own.
    let pairs = || texts(kept).iter().map(|pair| pair.replace(',', "")).collect::<Vec<_>>().join(", ");
    let found = match kept {
        Tree::Text(_) | Tree::List(_) if fact.kind == Kind::HostUsers => of(Stored::Text(&pairs())),
        Tree::Text(text) => of(Stored::Text(text)),
        Tree::Date(date) => of(Stored::Text(date)),
        Tree::Bool(value) => of(Stored::Switch(*value)),
        Tree::Integer(number) => of(Stored::Number(*number)),
        Tree::Real(_) => of(Stored::Odd("(fraction)")),
        Tree::Data(length) => of(Stored::Odd(&format!("({length} bytes)"))),
        Tree::List(_) => of(Stored::Odd("(list)")),
        Tree::Dict(_) => of(Stored::Odd("(dictionary)")),
        Tree::Uid(_) | Tree::Other => of(Stored::Odd("(unexpected type)")),
        Tree::None | Tree::Secret => of(Stored::Secret),
    };
    match kept.apple_bool() {
        Some(on) if fact.kind == Kind::Switch => Setting { raw: Raw::Number(on.into()), ..found },
        _ => found,
    }
}

/// The texts in a list that has passed the door, or the one text that stands in its place.
pub fn texts(kept: &Tree) -> Vec<String> {
    let all = std::iter::once(kept).chain(kept.items());
    all.filter_map(Tree::text).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::super::settings::{ALIASES, ALTERNATES, PORT_NUMBER, SHOULD_USE_AUTHENTICATION};
    use super::*;

    fn shown(fact: &Fact, value: &Tree) -> (Raw, String) {
        let found = setting(fact, &kept(fact, value).unwrap());
        (found.raw, found.shown)
    }

    fn text(text: &str) -> Tree {
        Tree::Text(text.to_owned())
    }

    #[test]
    fn a_number_without_a_fraction_is_an_integer() {
        for (number, raw) in [
            (587.0, Raw::Number(587)),
            (-1.0, Raw::Number(-9)),
            (58.7, Raw::Strange),
            (1e300, Raw::Strange),
            (f64::NAN, Raw::Strange),
            (f64::INFINITY, Raw::Strange),
        ] {
            assert_eq!(shown(&PORT_NUMBER, &Tree::Real(number)).0, raw, "{number}");
        }
        assert_eq!(shown(&PORT_NUMBER, &Tree::Real(1234.567)).1, "(fraction)");
    }

    #[test]
    fn switches_are_what_apples_code_takes_them_for() {
        for (value, on, words) in [
            (text("YES"), 1, "YES"),
            (text(" 0Yes"), 1, "true"),
            (text("himitsu"), 0, "false"),
            (Tree::Integer(1), 1, "1"),
            (Tree::Integer(20_261_129), 1, "(number, 8 digits)"),
            (Tree::Bool(false), 0, "false"),
            (Tree::Real(0.0), 0, "0"),
        ] {
            let expected = (Raw::Number(on), words.to_owned());
            assert_eq!(shown(&SHOULD_USE_AUTHENTICATION, &value), expected, "{value:?}");
        }
    }

    #[test]
    fn each_text_of_a_list_passes_the_door_by_itself() {
        let servers = Tree::List(vec![text("a.example.jp:taro"), text("b himitsu"), text("c.example.jp")]);
        let expected = "a.example.jp:taro, (text 9 characters), c.example.jp".to_owned();
        assert_eq!(shown(&ALTERNATES, &servers), (Raw::Text(expected.clone()), expected));
        let pairs = kept(&ALTERNATES, &servers).map(|kept| texts(&kept)[1].clone());
        assert_eq!(pairs.as_deref(), Some("(text, 9 characters)"));
        let dict = |name: &str, value| Tree::Dict(vec![(name.to_owned(), value)]);
        let only =
            |address: &str| dict("EmailAddresses", Tree::List(vec![dict("EmailAddress", text(address))]));
        let entry = |address: &str| {
            let entries =
                [("EmailAddress", text(address)), ("IsDefault", Tree::Bool(true)), ("Note", text("himitsu"))];
            let entries = entries.map(|(name, value)| (name.to_owned(), value));
            dict("EmailAddresses", Tree::List(vec![Tree::Dict(entries.into())]))
        };
        assert_eq!(
            kept(&ALIASES, &Tree::List(vec![entry("taro@example.jp"), entry("himitsu")])),
            Some(Tree::List(vec![only("taro@example.jp"), only("(text, 7 characters)")]))
        );
        let on = |address: &str, on| (address.to_owned(), Tree::Bool(on));
        let addresses =
            Tree::Dict(vec![on("taro@example.jp", true), on("off@example.jp", false), on("himitsu", true)]);
        assert_eq!(
            kept(&EMAIL_ADDRESSES, &addresses),
            Some(Tree::List(vec![text("taro@example.jp"), text("(text, 7 characters)")]))
        );
    }
}
