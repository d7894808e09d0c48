//! What a client stores, as data: each setting with its name, its kind, what holds where it is absent, and whose word
//! that is.

use super::kinds::{self, Kind};
use super::secrets::is_secret_name;
use std::borrow::Cow;

/// One setting of a client. Its name stands here and nowhere else.
#[derive(Debug, Clone, Copy)]
pub struct Fact {
    /// As the client spells it; `*` stands for a key that the client made up. For a setting that is recognised by its look,
    /// what stands for its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What holds where it is absent, in words.
    pub default: &'static str,
    /// Where this is written.
    pub source: &'static str,
    /// For a name that is only recognised by its look.
    pub like: Option<fn(&str) -> bool>,
}

/// The settings of one group (section, block) of a file: the group's name, with a `*` at its end for any that begins so.
pub type Group = (&'static str, &'static [Fact]);

/// How a store spells the names of its settings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Spelling {
    /// As the facts do.
    #[default]
    AsIs,
    /// With this key in the place of `*`.
    Keyed(String),
    /// With `_` for blanks.
    Underscores,
}

/// A setting.
pub const fn fact(name: &'static str, kind: Kind, default: &'static str, source: &'static str) -> Fact {
    Fact { name, kind, default, source, like: None }
}

/// A setting that is recognised by its look.
pub const fn alike(
    name: &'static str,
    kind: Kind,
    default: &'static str,
    source: &'static str,
    like: fn(&str) -> bool,
) -> Fact {
    Fact { name, kind, default, source, like: Some(like) }
}

impl AsRef<str> for Fact {
    fn as_ref(&self) -> &str {
        self.name
    }
}

impl Spelling {
    /// The name of a setting as the store spells it.
    pub fn name(&self, fact: &Fact) -> Cow<'static, str> {
        match self {
            Self::AsIs => Cow::Borrowed(fact.name),
            Self::Keyed(key) => Cow::Owned(fact.name.replacen('*', key, 1)),
            Self::Underscores => Cow::Owned(fact.name.replace(' ', "_")),
        }
    }
}

impl Fact {
    /// True for a name of this setting, in any case and spelling.
    pub fn is(&self, name: &str) -> bool {
        if self.like.is_some_and(|like| like(name)) {
            return true;
        }
        let Some((before, behind)) = self.name.split_once('*') else {
            return is_same(self.name, name);
        };
        let key = starting(name, before).and_then(|rest| ending(rest, behind));
        key.is_some_and(|key| !key.is_empty())
    }

    /// The key that stands for `*` in a name of this setting.
    pub fn key<'a>(&self, name: &'a str) -> Option<&'a str> {
        let (before, behind) = self.name.split_once('*')?;
        starting(name, before).and_then(|rest| ending(rest, behind)).filter(|key| !key.is_empty())
    }
}

/// The setting of this name.
pub fn find(facts: &'static [Fact], name: &str) -> Option<&'static Fact> {
    // A name that is spelled out goes before one that looks like it.
    facts.iter().find(|fact| is_same(fact.name, name)).or_else(|| facts.iter().find(|fact| fact.is(name)))
}

/// The settings of a group.
pub fn of_group(groups: &'static [Group], name: &str) -> &'static [Fact] {
    groups.iter().find(|(pattern, _)| fits_group(pattern, name)).map_or(&[], |(_, facts)| facts)
}

/// True for a group that a row lists.
pub fn is_listed(groups: &[Group], name: &str) -> bool {
    groups.iter().any(|(pattern, _)| fits_group(pattern, name))
}

fn fits_group(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => starting(name, beginning).is_some(),
        None => pattern.eq_ignore_ascii_case(name),
    }
}

/// True for a name that looks like a secret's, unless it is that of a listed setting in which no secret can stand
/// (`credentials=use-incoming`).
pub fn is_hidden(fact: Option<&Fact>, name: &str) -> bool {
    is_secret_name(name) && !fact.is_some_and(|fact| fact.like.is_none() && fact.kind.is_closed())
}

/// The same for a name of any group of a file.
pub fn is_hidden_in(groups: &'static [Group], name: &str) -> bool {
    is_secret_name(name) && groups.iter().all(|(_, facts)| is_hidden(find(facts, name), name))
}

/// The name of a group as it may be shown: how it begins is the format's word, the rest is that of people, or damage.
pub fn shown_group(groups: &'static [Group], name: &str) -> String {
    let rest = |pattern: &str| match pattern.strip_suffix('*') {
        Some(beginning) => starting(name, beginning),
        None => pattern.eq_ignore_ascii_case(name).then_some(""),
    };
    let rest = groups.iter().find_map(|(pattern, _)| rest(pattern)).unwrap_or(name);
    let (beginning, rest) = name.split_at_checked(name.len() - rest.len()).unwrap_or(("", name));
    format!("{beginning}{}", kinds::name(rest))
}

/// Names have no case; `_` and a blank are the same.
fn is_same(one: &str, other: &str) -> bool {
    let plain = |byte: u8| if byte == b'_' { b' ' } else { byte.to_ascii_lowercase() };
    one.len() == other.len() && one.bytes().map(plain).eq(other.bytes().map(plain))
}

fn starting<'a>(name: &'a str, beginning: &str) -> Option<&'a str> {
    let (head, rest) = name.split_at_checked(beginning.len())?;
    head.eq_ignore_ascii_case(beginning).then_some(rest)
}

fn ending<'a>(name: &'a str, end: &str) -> Option<&'a str> {
    let (rest, tail) = name.split_at_checked(name.len().checked_sub(end.len())?)?;
    tail.eq_ignore_ascii_case(end).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::kinds::PORT;

    #[test]
    fn names_are_told_in_every_spelling() {
        const FACTS: &[Fact] = &[
            fact("SMTP Port", PORT, "25", ""),
            fact("mail.server.*.port", PORT, "", ""),
            alike("other", Kind::Dropped, "", "", |name| name.starts_with("POP3 ")),
        ];
        let name = |text| find(FACTS, text).map(|fact| fact.name);
        assert_eq!(name("smtp_port"), Some("SMTP Port"));
        assert_eq!(name("mail.server.a.b.port"), Some("mail.server.*.port"));
        assert_eq!(name("POP3 Anything"), Some("other"));
        assert_eq!((name("mail.server..port"), name("SMTP Ports"), name("")), (None, None, None));
        assert_eq!(FACTS[1].key("mail.server.a.b.port"), Some("a.b"));
        assert_eq!(Spelling::Keyed("a".to_owned()).name(&FACTS[1]), "mail.server.a.port");
        assert_eq!(Spelling::Underscores.name(&FACTS[0]), "SMTP_Port");
    }

    #[test]
    fn a_name_like_that_of_a_secret_hides_all_but_switches_and_choices() {
        const FACTS: &[Fact] = &[
            fact("credentials", Kind::Choice(&["none"]), "", ""),
            fact("token", Kind::Label, "", ""),
            alike("box", Kind::Switch, "", "", |name| name.ends_with("pass")),
        ];
        const GROUPS: &[Group] = &[("A", &[]), ("B", FACTS)];
        for (name, is_hidden) in
            [("credentials", false), ("Credentials", false), ("token", true), ("boxpass", true), ("a", false)]
        {
            assert_eq!(super::is_hidden(find(FACTS, name), name), is_hidden, "{name}");
            assert_eq!(is_hidden_in(GROUPS, name), is_hidden, "{name}");
        }
        assert!(is_hidden_in(&[], "credentials"));
    }

    #[test]
    fn groups_are_told_by_their_beginnings() {
        const ONE: &[Fact] = &[fact("a", Kind::Label, "", "")];
        const ANY: &[Fact] = &[];
        const GROUPS: &[Group] = &[("Account: *", ONE), ("Common", ANY)];
        assert_eq!(of_group(GROUPS, "account: 1").len(), 1);
        assert!(of_group(GROUPS, "common").is_empty() && of_group(GROUPS, "Other").is_empty());
        for (name, shown) in [
            ("Account: 1", "Account: 1"),
            ("Account: my PW", "Account: (text, 5 characters)"),
            ("Account: ", "Account: "),
            ("common", "common"),
            ("my PW", "(text, 5 characters)"),
        ] {
            assert_eq!(shown_group(GROUPS, name), shown);
            assert_eq!(shown_group(GROUPS, shown), shown, "read again, it stays");
        }
    }
}
