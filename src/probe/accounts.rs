//! What a server's answers mean for an account, in one sentence.

use super::meaning::Meaning;
use super::ports::{not_asked, of_failure, of_fault};
use crate::clients::log_on::LogOn;
use crate::model::{Answer, Text};

/// The sentence; the client by its name.
pub(super) fn sentence(meaning: &Meaning, client: &str, log_on: LogOn) -> Text {
    match meaning {
        Meaning::Fits(port, methods) if methods.is_empty() => Text::new(
            format!("ポート {port} は、{client} のこのアカウントの設定どおりに使えます。"),
            format!("Port {port} offers what this account of {client} is set to."),
        ),
        Meaning::Fits(port, methods) => Text::new(
            format!(
                "ポート {port} は、{client} のこのアカウントの設定どおりに使えます({})。",
                methods.join("、")
            ),
            format!("Port {port} offers what this account of {client} is set to ({}).", methods.join(", ")),
        ),
        Meaning::Unasked(why) => {
            let why = not_asked(*why);
            Text::new(
                format!("サーバーに問い合わせていません: {}。", why.ja),
                format!("The server was not asked: {}.", why.en),
            )
        }
        Meaning::Blocked(port, other) => blocked(*port, *other),
        Meaning::Refused(port, other) => {
            let (ja, en) = open(*other);
            Text::new(
                format!("ポート {port} は接続を拒否します。この設定では使えません。{ja}"),
                format!("Port {port} refuses: with this setting it can't work.{en}"),
            )
        }
        Meaning::NoTalk(port, Answer::Declined(_)) => Text::new(
            format!("ポート {port} は今は接続を受け付けないため、設定が使えるかは分かりません。"),
            format!("Port {port} turns us away for now: whether the setting works can't be told."),
        ),
        Meaning::NoTalk(port, Answer::Silent) => Text::new(
            format!("ポート {port} は開いていますが時間内に応答がなく、設定が使えるかは分かりません。"),
            format!(
                "Port {port} is open, but nothing came in time: whether the setting works can't be told."
            ),
        ),
        Meaning::NoTalk(port, _) => Text::new(
            format!("ポート {port} は会話を続けません。この設定では使えないようです。"),
            format!("Port {port} does not go on with the conversation: this setting does not seem to work."),
        ),
        Meaning::NoStartTls(port) => Text::new(
            format!(
                "{client} は STARTTLS を使う設定ですが、ポート {port} は提供していません(サーバーにないか、途中の機器が消しています)。"
            ),
            format!(
                "{client} is set to STARTTLS, but port {port} does not offer it: the server lacks it, or something on the way takes it out."
            ),
        ),
        Meaning::NoTls(port, failure) => {
            let why = of_failure(*failure);
            Text::new(
                format!("{client} は暗号化する設定ですが、ポート {port} では使えません: {}。", why.ja),
                format!("{client} is set to encrypt, but on port {port} that does not work: {}.", why.en),
            )
        }
        Meaning::NoAuth { port, within_tls } => no_auth(*port, *within_tls, client, log_on),
        Meaning::OtherMethods(port, methods) => {
            let names = methods.join(", ");
            Text::new(
                format!(
                    "ポート {port} が提供する認証方式は {names} だけで、{client} のこの設定では使えません。"
                ),
                format!("Port {port} offers {names} only: {client} can't do that as it is set."),
            )
        }
        Meaning::Certificate(port, fault) => {
            let what = of_fault(*fault);
            Text::new(
                format!("ポート {port} の証明書は{}。{client} は警告するか、接続しません。", what.ja),
                format!("The certificate of port {port} {}: {client} warns, or does not connect.", what.en),
            )
        }
        Meaning::WithoutAuth(found) => without_auth(*found),
    }
}

fn open(other: Option<u16>) -> (String, String) {
    other.map_or_else(Default::default, |port| {
        (format!("ポート {port} は開いています。"), format!(" Port {port} is open."))
    })
}

fn blocked(port: u16, other: Option<u16>) -> Text {
    other.map_or_else(
        || {
            Text::new(
                format!("ポート {port} はここからは応答がなく、設定が使えるかは分かりません。別のネットワークでは使えるかもしれません。"),
                format!("Port {port} gives no answer from here: whether the setting works can't be told; from another network it may."),
            )
        },
        |other| {
            Text::new(
                format!("ポート {port} はこのネットワークから遮断されていて、ここからは使えません。ポート {other} は開いています。"),
                format!("Port {port} is blocked from this network, {other} is open."),
            )
        },
    )
}

fn no_auth(port: u16, within_tls: bool, client: &str, log_on: LogOn) -> Text {
    let (ja, en) = match (within_tls, log_on.skips) {
        (true, true) => (
            format!(
                "ポート {port} は暗号化(STARTTLS)の後でだけ認証を提供しますが、{client} は暗号化しない設定です。{client} は何も言わず、認証なしで送信します。"
            ),
            format!(
                "Port {port} offers AUTH only after STARTTLS, and {client} is set to no encryption: mail goes out without authentication, and {client} does not say so."
            ),
        ),
        (true, false) => (
            format!(
                "ポート {port} は暗号化(STARTTLS)の後でだけ認証を提供しますが、{client} は暗号化しない設定です。"
            ),
            format!("Port {port} offers AUTH only after STARTTLS, and {client} is set to no encryption."),
        ),
        (false, true) => (
            format!(
                "{client} では認証が設定されていますが、ポート {port} は認証を提供していません。{client} は何も言わず、認証なしで送信します。"
            ),
            format!(
                "AUTH is set in {client}, but port {port} doesn't offer it: mail goes out without authentication, and {client} does not say so."
            ),
        ),
        (false, false) => (
            format!("{client} では認証が設定されていますが、ポート {port} は認証を提供していません。"),
            format!("AUTH is set in {client}, but port {port} doesn't offer it."),
        ),
    };
    Text::new(ja, en)
}

fn without_auth(found: Option<(u16, bool)>) -> Text {
    match found {
        Some((port, true)) => Text::new(
            format!(
                "このアカウントは認証していません。サーバーはポート {port} で、暗号化した認証を提供しています。"
            ),
            format!(
                "This account does not authenticate; the server offers AUTH with encryption on port {port}."
            ),
        ),
        Some((port, false)) => Text::new(
            format!(
                "このアカウントは認証していません。サーバーはポート {port} で認証を提供していますが、暗号化がありません。"
            ),
            format!(
                "This account does not authenticate; the server offers AUTH on port {port}, but without encryption."
            ),
        ),
        None => Text::fixed(
            "このアカウントは認証しておらず、問い合わせたポートではサーバーも認証を提供していません。",
            "This account does not authenticate, and on the ports that were asked the server offers no AUTH.",
        ),
    }
}
