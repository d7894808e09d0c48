//! Questions and answers that several dialogues share.

use super::question::{Answers, Choice, Meaning, Question, Topic};
use crate::model::{Auth, LogOnFirst, Port, Protocol, Security, Text};

pub(in crate::clients) const AUTHENTICATES: &[Meaning] = &[Meaning::Auth(Auth::Password)];
/// It does, by whatever method.
pub(in crate::clients) const AUTHENTICATES_SOMEHOW: &[Meaning] =
    &[Meaning::Auth(Auth::Password), Meaning::MaybeOAuth];
pub(in crate::clients) const DOES_NOT: &[Meaning] =
    &[Meaning::Auth(Auth::None), Meaning::LogOnFirst(LogOnFirst::Off)];
pub(in crate::clients) const TRIES_TLS: &[Meaning] = &[Meaning::Security(Security::Auto)];
pub(in crate::clients) const STARTS_TLS: &[Meaning] = &[Meaning::Security(Security::StartTls)];
pub(in crate::clients) const IS_TLS: &[Meaning] = &[Meaning::Security(Security::Tls)];
pub(in crate::clients) const PLAIN: &[Meaning] = &[Meaning::Security(Security::Plain)];
pub(in crate::clients) const ANY_PORT: Answers = Answers::Port { empty: None };
/// The client tries the usual ports by itself.
pub(in crate::clients) const PORT_OR_EMPTY: Answers = Answers::Port { empty: Some(Port::Automatic) };

pub(in crate::clients) const POP: &[Meaning] = &[Meaning::Protocol(Protocol::Pop3)];
pub(in crate::clients) const IMAP: &[Meaning] = &[Meaning::Protocol(Protocol::Imap)];
pub(in crate::clients) const SERVICE: &[Meaning] = &[Meaning::Protocol(Protocol::Other)];
pub(in crate::clients) const NO_TLS: Choice = choice("none", Text::fixed("なし", "None"), PLAIN);
pub(in crate::clients) const STARTTLS: Choice =
    choice("starttls", Text::fixed("STARTTLS (または TLS)", "STARTTLS (or TLS)"), STARTS_TLS);
pub(in crate::clients) const TLS: Choice =
    choice("tls", Text::fixed("SSL/TLS (または SSL)", "SSL/TLS (or SSL)"), IS_TLS);

pub(in crate::clients) const fn choice(word: &'static str, label: Text, facts: &'static [Meaning]) -> Choice {
    Choice { word, label, facts }
}

pub(in crate::clients) const fn same(text: &'static str) -> Text {
    Text::fixed(text, text)
}

pub(in crate::clients) const ADDRESS: Question = Question {
    topic: Topic::Address,
    screen: None,
    text: Text::fixed(
        "調べるアカウントのメールアドレスは何ですか。省略できます。",
        "What is the mail address of the account to check? It may be left out.",
    ),
    label: Text::fixed("メールアドレス", "mail address"),
    kind: Answers::Address,
    help: Text::fixed(
        "taro@example.jp のようなアドレスです。結果をほかのアカウントと区別するためだけに使います。入力せずに Enter を押してもかまいません。",
        "An address such as taro@example.jp. It only serves to tell the result from those for other accounts; you may just press Enter.",
    ),
};

/// The name of the server, wherever the client shows it.
pub(in crate::clients) const fn server(screen: Option<Text>, label: Text, text: Text) -> Question {
    Question {
        topic: Topic::Server,
        screen,
        text,
        label,
        kind: Answers::Host,
        help: Text::fixed(
            "mail.example.jp のような、途中に点のある名前です。分からなければ何も入力せずに Enter を押します(判定には影響しません)。",
            "A name with dots such as mail.example.jp. If you can't tell, just press Enter: the verdict does not rest on it.",
        ),
    }
}
