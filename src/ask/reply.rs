//! One line that somebody typed → what it means. What is not understood is dropped, as it may be a password.

use crate::clients::dialogue::question::{Answers, Meaning};
use crate::formats::kinds::{Kind, keep};
use crate::formats::shapes;
use crate::model::{Port, Text};
use std::net::IpAddr;

/// The meaning of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// An answer: how it is shown, and what it tells.
    Answer(Text, Vec<Meaning>),
    /// Nothing was typed where nothing has to be.
    Skip,
    /// "I don't know", "I can't find it".
    Unknown,
    /// To the question before.
    Back,
    /// Anything else.
    NotUnderstood,
}

/// Answers as they are shown.
pub const YES: Text = Text::fixed("はい", "yes");
/// Likewise.
pub const NO: Text = Text::fixed("いいえ", "no");
/// Likewise.
pub const DO_NOT_KNOW: Text = Text::fixed("分からない", "not known");
const EMPTY_FIELD: Text = Text::fixed("(空欄)", "(empty field)");

// An input method that is left on turns "n" and Enter into ん.
const YES_WORDS: [&str; 4] = ["y", "yes", "はい", "ハイ"];
const NO_WORDS: [&str; 6] = ["n", "no", "いいえ", "イイエ", "いえ", "ん"];
const BACK_WORDS: [&str; 4] = ["back", "b", "戻る", "もどる"];
const UNKNOWN_WORDS: [&str; 6] = ["?", "unknown", "分からない", "わからない", "分かりません", "不明"];
const EMPTY_WORDS: [&str; 4] = ["0", "empty", "空", "空欄"];

/// Longer lines are no answers to anything that is asked.
const LONGEST: usize = 254;

/// What a line means as an answer of this kind.
pub fn read(kind: &Answers, line: &str) -> Reply {
    let typed = line.trim();
    let line = narrow(line);
    let is = |words: &[&str]| words.contains(&line.as_str());
    if line.chars().count() > LONGEST {
        return Reply::NotUnderstood;
    }
    if line.is_empty() {
        return if kind.may_be_left_out() { Reply::Skip } else { Reply::NotUnderstood };
    }
    if is(&BACK_WORDS) {
        return Reply::Back;
    }
    if is(&UNKNOWN_WORDS) {
        return Reply::Unknown;
    }
    let answer = match kind {
        Answers::YesNo { yes, .. } if is(&YES_WORDS) => Some((YES, yes.to_vec())),
        Answers::YesNo { no, .. } if is(&NO_WORDS) => Some((NO, no.to_vec())),
        Answers::YesNo { .. } => None,
        Answers::Choice(choices) => {
            let number = line.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let choice = match number {
                Some(at) => choices.get(at),
                None => choices.iter().find(|choice| choice.word == line),
            };
            choice.map(|choice| (choice.label.clone(), choice.facts.to_vec()))
        }
        Answers::Port { empty: Some(port) } if is(&EMPTY_WORDS) => {
            Some((EMPTY_FIELD, vec![Meaning::Port(*port)]))
        }
        Answers::Port { .. } => {
            let port = line.parse::<u16>().ok().filter(|port| *port != 0);
            port.map(|port| (as_it_is(port.to_string()), vec![Meaning::Port(Port::Stored(port))]))
        }
        Answers::Host => is_host(&line).then(|| (as_it_is(line.clone()), vec![Meaning::Host(line.clone())])),
        Answers::Address => {
            is_address(&line).then(|| (as_it_is(line.clone()), vec![Meaning::Address(line.clone())]))
        }
        Answers::Label => {
            is_label(typed).then(|| (as_it_is(typed.to_owned()), vec![Meaning::Name(typed.to_owned())]))
        }
    };
    answer.map_or(Reply::NotUnderstood, |(shown, facts)| Reply::Answer(shown, facts))
}

fn as_it_is(text: String) -> Text {
    Text::new(text.clone(), text)
}

/// Full-width letters, digits and signs (U+FF01 to U+FF5E) as ASCII ones, in lower case, without blanks around them.
pub(super) fn narrow(line: &str) -> String {
    line.chars().map(shapes::narrow).collect::<String>().trim().to_lowercase()
}

/// A full host name or an address. A single word is refused: it is more often something else, even a password.
fn is_host(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let mut labels = text.split('.').rev();
    let is_name = labels.next().is_some_and(|top| {
        is_label(top) && top.len() > 1 && top.starts_with(|c: char| c.is_ascii_alphabetic())
    }) && text.contains('.')
        && labels.all(is_label);
    is_name || text == "localhost" || text.parse::<IpAddr>().is_ok()
}

/// A name as it may be shown of any client's settings: short, and no note of a password.
fn is_label(text: &str) -> bool {
    !text.chars().any(char::is_control) && keep(Kind::Label, text).fits
}

fn is_address(text: &str) -> bool {
    let is_local = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && local.chars().all(is_local) && domain.contains('.') && is_host(domain)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clients::dialogue::question::Choice;
    use crate::model::{Auth, Security};

    const YES_NO: Answers =
        Answers::YesNo { yes: &[Meaning::Auth(Auth::Password)], no: &[Meaning::Auth(Auth::None)] };
    const CHOICE: Answers = Answers::Choice(&[
        Choice {
            word: "none",
            label: Text::fixed("なし", "none"),
            facts: &[Meaning::Security(Security::Plain)],
        },
        Choice {
            word: "tls",
            label: Text::fixed("SSL/TLS", "SSL/TLS"),
            facts: &[Meaning::Security(Security::Tls)],
        },
    ]);

    fn facts(kind: &Answers, line: &str) -> Option<Vec<Meaning>> {
        match read(kind, line) {
            Reply::Answer(_, facts) => Some(facts),
            _ => None,
        }
    }

    #[test]
    fn yes_and_no_as_people_type_them() {
        for line in ["y", "Y", "ｙ", "Ｙ", " yes ", "ＹＥＳ", "はい", "ハイ", "　はい　", "y\r"]
        {
            assert_eq!(facts(&YES_NO, line), Some(vec![Meaning::Auth(Auth::Password)]), "{line}");
        }
        for line in ["n", "N", "ｎ", "Ｎ", "no", "いいえ", "イイエ", "ん", "No "] {
            assert_eq!(facts(&YES_NO, line), Some(vec![Meaning::Auth(Auth::None)]), "{line}");
        }
        for line in ["", " ", "yn", "1", "maybe", "himitsu"] {
            assert_eq!(read(&YES_NO, line), Reply::NotUnderstood, "{line}");
        }
    }

    #[test]
    fn every_question_knows_back_and_do_not_know() {
        for kind in
            [YES_NO, CHOICE, Answers::Port { empty: None }, Answers::Host, Answers::Address, Answers::Label]
        {
            for line in ["?", "？", "分からない", "わからない", "不明", "unknown"] {
                assert_eq!(read(&kind, line), Reply::Unknown, "{kind:?} {line}");
            }
            for line in ["back", "BACK", "ｂａｃｋ", "b", "ｂ", "戻る", "もどる"] {
                assert_eq!(read(&kind, line), Reply::Back, "{kind:?} {line}");
            }
            let empty = if kind.may_be_left_out() { Reply::Skip } else { Reply::NotUnderstood };
            assert_eq!(read(&kind, ""), empty, "{kind:?}");
            assert_eq!(read(&kind, &"a".repeat(300)), Reply::NotUnderstood, "{kind:?}");
        }
    }

    #[test]
    fn choices_by_number_and_by_word() {
        for line in ["2", "２", "tls", "ＴＬＳ"] {
            assert_eq!(facts(&CHOICE, line), Some(vec![Meaning::Security(Security::Tls)]), "{line}");
        }
        for line in ["0", "3", "-1", "99999999999999999999", "ssl"] {
            assert_eq!(read(&CHOICE, line), Reply::NotUnderstood, "{line}");
        }
    }

    #[test]
    fn ports_are_ports() {
        let (stored, automatic) =
            (Answers::Port { empty: None }, Answers::Port { empty: Some(Port::Automatic) });
        for line in ["587", "５８７", " 587 "] {
            assert_eq!(facts(&stored, line), Some(vec![Meaning::Port(Port::Stored(587))]), "{line}");
        }
        for line in ["0", "65536", "-25", "58 7", "smtp"] {
            assert_eq!(read(&stored, line), Reply::NotUnderstood, "{line}");
        }
        for line in ["0", "０", "空欄", "empty"] {
            assert_eq!(facts(&automatic, line), Some(vec![Meaning::Port(Port::Automatic)]), "{line}");
        }
    }

    /// As it was typed; what may be a note of a password is none.
    #[test]
    fn names_are_short_and_tell_no_password() {
        for line in ["複合機 (3階)", "MFP-2F", "FileMaker Server"] {
            assert_eq!(facts(&Answers::Label, line), Some(vec![Meaning::Name(line.to_owned())]));
        }
        let long = "あ".repeat(61);
        for line in ["pw himitsu", "パスワードは himitsu", "taro:himitsu@example.jp", "a\tb", long.as_str()]
        {
            assert_eq!(read(&Answers::Label, line), Reply::NotUnderstood, "{line}");
        }
    }

    /// A password that is typed at the wrong moment is no host and no address.
    #[test]
    fn hosts_and_addresses_are_whole() {
        for line in
            ["mail.example.jp", "ＭＡＩＬ．ｅｘａｍｐｌｅ．ｊｐ", "192.0.2.1", "2001:db8::1", "localhost"]
        {
            assert!(facts(&Answers::Host, line).is_some(), "{line}");
        }
        for line in [
            "KANARIA-9d41-secret",
            "himitsu",
            "abc.1",
            "a..jp",
            "-a.example.jp",
            "mail.example.jp:587",
            "p@ss.jp",
            "a b.jp",
        ] {
            assert_eq!(read(&Answers::Host, line), Reply::NotUnderstood, "{line}");
        }
        for line in ["taro@example.jp", "Ｔａｒｏ＠example.jp", "a.b+c@mail.example.jp"] {
            assert!(facts(&Answers::Address, line).is_some(), "{line}");
        }
        for line in [
            "KANARIA-9d41-secret",
            "@example.jp",
            "taro@",
            "taro@localhost",
            "太郎@example.jp",
            "a b@example.jp",
        ] {
            assert_eq!(read(&Answers::Address, line), Reply::NotUnderstood, "{line}");
        }
    }
}
