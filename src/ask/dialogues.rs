//! The dialogues: one for each client whose screens are known, and one for any other.

mod android_mail;
mod any;
mod ios_mail;
mod outlook;
mod outlook_new;
mod windows_10_mail;

use super::question::{Choice, Dialogue, Fact, Kind, Question, Topic};
use crate::model::{Auth, LogOnFirst, Port, Protocol, Security, Text};

/// All dialogues; the last fits any client.
pub static DIALOGUES: [&Dialogue; 7] = [
    &ios_mail::DIALOGUE,
    &android_mail::DIALOGUE,
    &windows_10_mail::DIALOGUE,
    &outlook_new::DIALOGUE,
    &outlook::DIALOGUE,
    &any::QMAIL3,
    &any::DIALOGUE,
];

/// The dialogue of a client.
pub fn of(client: &str) -> &'static Dialogue {
    DIALOGUES.iter().find(|dialogue| dialogue.client == client).copied().unwrap_or(&any::DIALOGUE)
}

const AUTHENTICATES: &[Fact] = &[Fact::Auth(Auth::Password)];
const DOES_NOT: &[Fact] = &[Fact::Auth(Auth::None), Fact::LogOnFirst(LogOnFirst::Off)];
const TRIES_TLS: &[Fact] = &[Fact::Security(Security::Auto)];
const STARTS_TLS: &[Fact] = &[Fact::Security(Security::StartTls)];
const IS_TLS: &[Fact] = &[Fact::Security(Security::Tls)];
const PLAIN: &[Fact] = &[Fact::Security(Security::Plain)];
const ANY_PORT: Kind = Kind::Port { empty: None };
/// The client tries the usual ports by itself.
const PORT_OR_EMPTY: Kind = Kind::Port { empty: Some(Port::Automatic) };

const POP: &[Fact] = &[Fact::Protocol(Protocol::Pop3)];
const IMAP: &[Fact] = &[Fact::Protocol(Protocol::Imap)];
const SERVICE: &[Fact] = &[Fact::Protocol(Protocol::Other)];
const NO_TLS: Choice = choice("none", Text::fixed("なし", "None"), PLAIN);
const STARTTLS: Choice =
    choice("starttls", Text::fixed("STARTTLS (または TLS)", "STARTTLS (or TLS)"), STARTS_TLS);
const TLS: Choice = choice("tls", Text::fixed("SSL/TLS (または SSL)", "SSL/TLS (or SSL)"), IS_TLS);

const fn choice(word: &'static str, label: Text, facts: &'static [Fact]) -> Choice {
    Choice { word, label, facts }
}

const fn same(text: &'static str) -> Text {
    Text::fixed(text, text)
}

const ADDRESS: Question = Question {
    topic: Topic::Address,
    screen: None,
    text: Text::fixed(
        "調べるアカウントのメールアドレスは何ですか。省略できます。",
        "What is the mail address of the account to check? It may be left out.",
    ),
    label: Text::fixed("メールアドレス", "mail address"),
    kind: Kind::Address,
    help: Text::fixed(
        "taro@example.jp のようなアドレスです。結果をほかのアカウントと区別するためだけに使います。入力せずに Enter を押してもかまいません。",
        "An address such as taro@example.jp. It only serves to tell the result from those for other accounts; you may just press Enter.",
    ),
};

/// The name of the server, wherever the client shows it.
const fn server(screen: Option<Text>, label: Text, text: Text) -> Question {
    Question {
        topic: Topic::Server,
        screen,
        text,
        label,
        kind: Kind::Host,
        help: Text::fixed(
            "mail.example.jp のような、途中に点のある名前です。分からなければ何も入力せずに Enter を押します(判定には影響しません)。",
            "A name with dots such as mail.example.jp. If you can't tell, just press Enter: the verdict does not rest on it.",
        ),
    }
}
