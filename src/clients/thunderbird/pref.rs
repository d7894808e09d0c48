//! One setting of a profile, from wherever it comes: whether a row knows its name, and what of its value may be kept.

use super::settings::PREFS;
use crate::formats::facts::Fact;
use crate::formats::kinds::{Kind, keep, keep_number};
use crate::formats::secrets::is_secret_name;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The value of a setting as its kind leaves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pref {
    /// A string.
    Text(String),
    /// An integer.
    Number(i32),
    /// `true` or `false`.
    Bool(bool),
    /// A secret, of which only the presence is kept.
    Secret,
}

/// A value as it is written. It has no `Debug`: nothing has looked at it yet.
pub(super) enum Raw<'a> {
    /// A string; bytes that are not UTF-8 are U+FFFD, as Thunderbird shows them.
    Text(Cow<'a, str>),
    /// An integer.
    Number(i32),
    /// `true` or `false`.
    Bool(bool),
}

/// The rows by the last parts of their names: of a thousand names in a file a row knows a few dozen.
static BY_END: LazyLock<HashMap<&'static str, Vec<&'static Fact>>> = LazyLock::new(|| {
    let mut rows: HashMap<&str, Vec<&Fact>> = HashMap::new();
    for fact in PREFS {
        rows.entry(end_of(fact.name)).or_default().push(fact);
    }
    rows
});

/// What stands behind the last dot. No row has its key there.
fn end_of(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or_default()
}

/// The row that knows this name, and the name as it may be shown: of a key that could be a note of a password only the
/// length. Here names have a case.
pub(super) fn known(name: &str) -> Option<(&'static Fact, String)> {
    BY_END.get(end_of(name))?.iter().copied().find_map(|fact| {
        let Some((before, behind)) = fact.name.split_once('*') else {
            return (fact.name == name).then(|| (fact, name.to_owned()));
        };
        let key = name.strip_prefix(before)?.strip_suffix(behind)?;
        // No list names a key with blanks around it.
        let is_key = !key.is_empty() && key.trim() == key;
        is_key.then(|| (fact, [before, &keep(Kind::Link, key).text, behind].concat()))
    })
}

impl Pref {
    /// A value through the door.
    pub(super) fn kept(fact: &Fact, name: &str, raw: &Raw) -> Self {
        if is_secret_name(name) || matches!(fact.kind, Kind::Secret | Kind::Dropped) {
            return Self::Secret;
        }
        match raw {
            Raw::Text(text) => Self::Text(keep(fact.kind, text).text),
            Raw::Bool(flag) => Self::Bool(*flag),
            Raw::Number(number) => {
                let kept = keep_number(fact.kind, i64::from(*number)).0;
                // As many digits as a larger number that does not fit either.
                Self::Number(i32::try_from(kept).unwrap_or(if kept < 0 { i32::MIN } else { i32::MAX }))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(name: &str, raw: &Raw) -> Option<(String, Pref)> {
        let (fact, name) = known(name)?;
        let value = Pref::kept(fact, &name, raw);
        Some((name, value))
    }

    #[test]
    fn no_row_has_its_key_behind_the_last_dot() {
        assert!(PREFS.iter().all(|fact| !end_of(fact.name).contains('*')));
    }

    #[test]
    fn names_have_a_case_and_keys_pass_the_door() {
        let name = |name| known(name).map(|(_, name)| name);
        for kept in ["mail.smtpservers", "mail.server.server1.port", "mail.smtpserver.a.b.authMethod"] {
            assert_eq!(name(kept).as_deref(), Some(kept));
        }
        for other in [
            "mail.smtpServers",
            "mail.server.server1.Port",
            "mail.smtpserver.smtp1.auth method",
            "mail.server..port",
            "mail.server. server1.port",
            "mail.server.server1.password",
            "mail.server.server1.port.x",
            "",
        ] {
            assert_eq!(name(other), None, "{other}");
        }
        let odd = "mail.smtpserver.PW himitsu.hostname";
        assert_eq!(name(odd).as_deref(), Some("mail.smtpserver.(text 10 characters).hostname"));
        // The list that names it says the same.
        let (_, list) = kept("mail.smtpservers", &Raw::Text("smtp1,PW himitsu".into())).unwrap();
        assert_eq!(list, Pref::Text("smtp1,(text 10 characters)".to_owned()));
        let (_, link) = kept("mail.smtp.defaultserver", &Raw::Text("PW himitsu".into())).unwrap();
        assert_eq!(link, Pref::Text("(text 10 characters)".to_owned()));
    }

    #[test]
    fn numbers_outside_of_their_kind_stay_outside() {
        for (number, expected) in
            [(587, 587), (70_000, 99_999), (-1, -9), (i32::MAX, i32::MAX), (i32::MIN, i32::MIN)]
        {
            let (_, found) = kept("mail.smtpserver.smtp1.port", &Raw::Number(number)).unwrap();
            assert_eq!(found, Pref::Number(expected), "{number}");
        }
    }

    #[test]
    fn a_key_with_a_secrets_name_gives_nothing_but_its_presence() {
        let (_, found) = kept("mail.server.token.hostname", &Raw::Text("himitsu".into())).unwrap();
        assert_eq!(found, Pref::Secret);
    }
}
