//! Values of property lists and keyed archives as settings.

use crate::clients::settings::{Raw, Setting, Settings};
use crate::formats::plist::Tree;

/// Settings that are switches: Apple's programs store them as a number, a boolean or a string such as "YES"
/// (MailApp.m of OsiriX compares with "YES"; iOS accepts all three).
const SWITCHES: [&str; 7] = [
    "SMTPDisabled",
    "ShouldUseAuthentication",
    "SSLEnabled",
    "SSLIsDirect",
    "UseDefaultPorts",
    "ConfigureDynamically",
    "UserAllowsInsecureAuthentication",
];

/// The entries of a dictionary as settings; of two equal keys the later one holds.
pub fn settings(place: String, tree: &Tree) -> Settings {
    let entries = match tree {
        Tree::Dict(entries) => {
            entries.iter().rev().filter_map(|(name, value)| setting(name, value)).collect()
        }
        _ => Vec::new(),
    };
    Settings { place: place.into(), entries, ..Settings::default() }
}

/// One value. An archived nil says no more than an absent setting.
pub fn setting(name: &str, value: &Tree) -> Option<Setting> {
    let found = match value {
        Tree::None => return None,
        Tree::Text(text) => Setting::text(name, text.as_str()),
        Tree::Integer(number) => Setting::number(name, *number),
        Tree::Bool(value) => Setting { shown: value.to_string(), ..Setting::number(name, i64::from(*value)) },
        Tree::Real(number) => real(name, *number),
        Tree::Secret => Setting::secret(name),
        Tree::Data(length) => Setting::strange(name, format!("({length} bytes)")),
        Tree::List(_) => Setting::strange(name, "(list)"),
        Tree::Dict(_) => Setting::strange(name, "(dictionary)"),
        Tree::Date(_) | Tree::Uid(_) | Tree::Other => Setting::strange(name, "(unexpected type)"),
    };
    match value.apple_bool() {
        Some(on) if SWITCHES.contains(&name) => Some(Setting { raw: Raw::Number(i64::from(on)), ..found }),
        _ => Some(found),
    }
}

/// A number without a fraction is what it would be as an integer (NSNumber, `intValue`): scripts write such ports.
fn real(name: &str, number: f64) -> Setting {
    // Below a million nothing is lost.
    #[expect(clippy::cast_possible_truncation, reason = "the number is small and has no fraction")]
    match number {
        number if number.fract() == 0.0 && number.abs() < 1e6 => Setting::number(name, number as i64),
        number => Setting::strange(name, number.to_string()),
    }
}

/// The texts in a list, or the one text that stands in its place.
pub fn texts(value: &Tree) -> Vec<String> {
    let all = std::iter::once(value).chain(value.items());
    all.filter_map(Tree::text).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_without_a_fraction_is_an_integer() {
        for (number, raw) in [
            (587.0, Raw::Number(587)),
            (-1.0, Raw::Number(-1)),
            (58.7, Raw::Strange),
            (1e300, Raw::Strange),
            (f64::NAN, Raw::Strange),
            (f64::INFINITY, Raw::Strange),
        ] {
            assert_eq!(
                setting("PortNumber", &Tree::Real(number)).map(|found| found.raw),
                Some(raw),
                "{number}"
            );
        }
    }
}
