//! A file of answers, for where nobody can be asked: `key = value` lines, `#` before a remark.

use super::reply::narrow;
use super::talk::Talk;
use crate::clients::dialogue::in_any_file;
use crate::clients::dialogue::question::{Answers, Question, Topic};
use crate::model::Text;

/// What is wrong with a file of answers. No value stands in it: that might be a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// A line without `=`.
    Line(usize),
    /// A key that there is none of.
    Key(usize),
    /// A key for the second time.
    Twice(usize, Topic),
    /// A value that is none of the answers.
    Value(usize, &'static str, Text),
    /// A question that has to be answered and is not.
    Missing(&'static str, Text),
}

/// Answers all questions of a dialogue from a file.
pub fn answer(mut talk: Talk, text: &str) -> Result<Talk, Wrong> {
    let given = parse(text)?;
    while let Some(question) = talk.question() {
        match given.iter().find(|(_, topic, _)| *topic == question.topic) {
            Some((line, topic, value)) => {
                if !talk.take_line(value) && !take_word(&mut talk, question, value) {
                    return Err(Wrong::Value(*line, topic.key(), accepted(question)));
                }
            }
            None if question.kind.may_be_left_out() && talk.take_line("") => {}
            None => return Err(Wrong::Missing(question.topic.key(), accepted(question))),
        }
    }
    Ok(talk)
}

/// The keys of the settings that a file answers although nothing asked for them: the verdict does not depend on them.
pub fn left_out(talk: &Talk, text: &str) -> Vec<&'static str> {
    let is_taken = |topic: Topic| talk.given().iter().any(|given| given.question.topic == topic);
    // Who it is about may be known already.
    let is_setting =
        |topic: Topic| !matches!(topic, Topic::Name | Topic::Place | Topic::Address | Topic::Incoming);
    let given = parse(text).unwrap_or_default().into_iter().map(|(_, topic, _)| topic);
    given.filter(|topic| is_setting(*topic) && !is_taken(*topic)).map(Topic::key).collect()
}

/// Takes a word that holds for every client.
fn take_word(talk: &mut Talk, question: &'static Question, value: &str) -> bool {
    let word = narrow(value);
    let known = in_any_file(question.topic).iter().find(|choice| choice.word == word);
    if let Some(choice) = known {
        talk.take_answer(question, choice.label.clone(), choice.facts.to_vec());
    }
    known.is_some()
}

fn parse(text: &str) -> Result<Vec<(usize, Topic, &str)>, Wrong> {
    let mut given: Vec<(usize, Topic, &str)> = Vec::new();
    for (number, line) in text.lines().enumerate().map(|(at, line)| (at + 1, line.trim())) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (key, value) = line.split_once('=').ok_or(Wrong::Line(number))?;
        let key = key.trim();
        let topic = Topic::ALL.into_iter().find(|topic| topic.key() == key).ok_or(Wrong::Key(number))?;
        if given.iter().any(|(_, known, _)| *known == topic) {
            return Err(Wrong::Twice(number, topic));
        }
        given.push((number, topic, value.trim()));
    }
    Ok(given)
}

/// The question, and what may be answered.
fn accepted(question: &Question) -> Text {
    let listed = |own: &[&'static str]| {
        let of_any = in_any_file(question.topic).iter().map(|choice| choice.word);
        let of_any = of_any.filter(|word| !own.contains(word));
        let words = own.iter().copied().chain(of_any).chain(["?"]).collect::<Vec<_>>().join(", ");
        Text::new(words.clone(), words)
    };
    let words = match &question.kind {
        Answers::YesNo { .. } => listed(&["y", "n"]),
        Answers::Choice(choices) => listed(&choices.iter().map(|choice| choice.word).collect::<Vec<_>>()),
        Answers::Port { empty: None } => Text::fixed("1～65535 の番号, ?", "a number from 1 to 65535, ?"),
        Answers::Port { empty: Some(_) } => {
            Text::fixed("1～65535 の番号、空欄は 0, ?", "a number from 1 to 65535, 0 for an empty field, ?")
        }
        Answers::Host => Text::fixed("mail.example.jp のような名前, ?", "a name such as mail.example.jp, ?"),
        Answers::Address => Text::fixed("メールアドレス, ?", "a mail address, ?"),
        Answers::Label => Text::fixed("60 文字までの名前, ?", "a name of at most 60 characters, ?"),
    };
    Text::new(format!("{} ({})", question.text.ja, words.ja), format!("{} ({})", question.text.en, words.en))
}

impl Wrong {
    /// For people.
    pub fn message(&self) -> Text {
        let keys = Topic::ALL.map(Topic::key).join(", ");
        match self {
            Self::Line(line) => Text::new(
                format!("{line} 行目が「キー = 値」の形ではありません。"),
                format!("line {line} is not of the form key = value"),
            ),
            Self::Key(line) => Text::new(
                format!("{line} 行目のキーは使えません。使えるキー: {keys}"),
                format!("line {line} has an unknown key; the keys are {keys}"),
            ),
            Self::Twice(line, topic) => Text::new(
                format!("{line} 行目: {} が 2 回あります。", topic.key()),
                format!("line {line}: {} is there twice", topic.key()),
            ),
            Self::Value(line, key, question) => Text::new(
                format!("{line} 行目: {key} の値は使えません。{}", question.ja),
                format!("line {line}: the value of {key} is no answer: {}", question.en),
            ),
            Self::Missing(key, question) => Text::new(
                format!("{key} の答えがありません。{}", question.ja),
                format!("{key} is not answered: {}", question.en),
            ),
        }
    }
}
