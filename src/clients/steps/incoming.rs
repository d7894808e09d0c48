//! What the steps say of receiving: one block, with the words of a client's dialogs.

use super::check::as_good;
use super::host::{host_text, placed, spaced};
use super::login::{SignIn, choose, user_name};
use crate::model::{CHECK_AFTERWARDS, IncomingNeeds, Protocol, Security, Text};

/// The words of a client's dialogs for receiving; labels with their brackets.
#[derive(Debug)]
pub struct Receiving {
    /// The way to them, as a sentence.
    pub open: Text,
    /// The field of the server.
    pub server: Text,
    /// The field of the port.
    pub port: Text,
    /// What sets the encryption.
    pub encryption: Encryption,
    /// The words for authentication.
    pub sign_in: &'static SignIn,
    /// What ends it, as a sentence.
    pub done: Text,
}

/// What sets the encryption.
#[derive(Debug)]
pub enum Encryption {
    /// A list: its label, and its choices for none, STARTTLS and TLS from the start.
    List(Text, [Text; 3]),
    /// One box for both kinds of encryption.
    Box(Text),
    /// A box for TLS from the start, beside which nothing is known of STARTTLS.
    TlsBox(Text),
    /// One switch for both kinds.
    Switch(Text),
}

/// The heading of the only block, behind the steps for sending.
pub(super) const BESIDE: Text = Text::fixed("あわせて、受信の設定:", "At the same time, for receiving:");

/// The heading of the block.
fn heading(protocol: Option<Protocol>) -> Text {
    match protocol.and_then(protocol_name) {
        None => BESIDE,
        Some(name) => Text::new(
            format!("あわせて、受信の設定 ({name} の場合):"),
            format!("At the same time, for receiving (with {name}):"),
        ),
    }
}

/// `POP3`, `IMAP`.
pub fn protocol_name(protocol: Protocol) -> Option<&'static str> {
    match protocol {
        Protocol::Pop3 => Some("POP3"),
        Protocol::Imap => Some("IMAP"),
        Protocol::Other => None,
    }
}

/// The block for what has to be changed; `names_protocol`: it holds for accounts of one protocol only.
pub(super) fn block(words: &Receiving, needs: &IncomingNeeds, names_protocol: bool) -> Vec<Text> {
    let mut list = vec![heading(needs.protocol.filter(|_| names_protocol))];
    match needs.protocol.and_then(protocol_name).filter(|_| needs.is_other_protocol) {
        Some(name) => list.push(Text::new(
            format!(
                "受信の方式を {name} に変えます。方式は後から変更できないので、同じメールアドレスのアカウントを {name} として追加し直し、次の値にします。今のアカウントは、必要なメールを移すまで削除しません。"
            ),
            format!(
                "The protocol has to be {name}, and an account's can't be changed: add an account of the same address anew as {name}, with these values. Keep the present one until its messages are moved."
            ),
        )),
        None => list.push(words.open.clone()),
    }
    list.extend(needs.server.as_ref().map(|server| placed(&words.server, &host_text(server))));
    list.extend(needs.as_good.as_ref().map(|good| as_good(good, "受信", "receiving")));
    list.extend(needs.encrypt.then_some(ENCRYPT));
    list.extend(needs.security.map(|security| encryption(&words.encryption, security)));
    // Another encryption may bring its own number, so it comes after that.
    list.extend(needs.port.map(|port| {
        Text::new(
            format!("{}を「{port}」に変更します。", spaced(&words.port.ja)),
            format!("Change {} to {port}.", words.port.en),
        )
    }));
    list.extend(needs.method.map(|method| choose(words.sign_in, method)));
    list.extend(needs.user.map(|user| {
        let user = user_name(Some(user));
        Text::new(
            format!("受信のユーザー名は{}にします。", user.ja),
            format!("The user name for receiving is {}.", user.en),
        )
    }));
    list.push(words.done.clone());
    list
}

/// Either kind will do, so the one that is there stays.
const ENCRYPT: Text = Text::fixed(
    "受信の暗号化が「なし」の場合だけ、暗号化 (STARTTLS または SSL/TLS) をオンにします。すでに暗号化していれば、今のままにします。",
    "Only if encryption for receiving is off, switch it on (STARTTLS or SSL/TLS). What is encrypted already stays as it is.",
);

/// How to see that receiving works, where nothing was changed for sending.
pub(super) const CHECK: [Text; 2] = [
    CHECK_AFTERWARDS,
    Text::fixed(
        "一度受信し、エラーが出ないことを確かめます。",
        "Receive once, and see that there is no error.",
    ),
];

fn encryption(how: &Encryption, wanted: Security) -> Text {
    let tick = |label: &Text, on: bool, kind: &Text| {
        let (ja, en) = if on {
            ("にチェックを入れます", "Tick")
        } else {
            ("のチェックを外します", "Untick")
        };
        Text::new(
            format!("{}{ja}({})。", spaced(&label.ja), kind.ja),
            format!("{en} {} ({}).", label.en, kind.en),
        )
    };
    let kind = kind(wanted);
    match (how, wanted) {
        (Encryption::List(label, [plain, starttls, tls]), _) => {
            let choice = match wanted {
                Security::Plain => plain,
                Security::Tls => tls,
                Security::StartTls | Security::Auto => starttls,
            };
            Text::new(
                format!("{}を [{}] に変更します。", spaced(&label.ja), choice.ja),
                format!("Set {} to [{}].", label.en, choice.en),
            )
        }
        (Encryption::Box(label), _) => tick(label, wanted != Security::Plain, &kind),
        (Encryption::TlsBox(label), Security::Tls) => tick(label, true, &kind),
        (Encryption::TlsBox(label), Security::Plain) => tick(label, false, &kind),
        (Encryption::TlsBox(label), _) => Text::new(
            format!("{}を外し、STARTTLS を選べる版では STARTTLS にします。", spaced(&label.ja)),
            format!("Untick {}, and choose STARTTLS if this version offers it.", label.en),
        ),
        (Encryption::Switch(label), _) => {
            let (ja, en) = if wanted == Security::Plain { ("オフ", "off") } else { ("オン", "on") };
            Text::new(
                format!("{}を{ja}にします({})。", spaced(&label.ja), kind.ja),
                format!("Switch {} {en} ({}).", label.en, kind.en),
            )
        }
    }
}

/// The kind of encryption in general words.
fn kind(security: Security) -> Text {
    match security {
        Security::Plain => Text::fixed("暗号化なし", "no encryption"),
        Security::Tls => Text::fixed("SSL/TLS", "SSL/TLS"),
        Security::StartTls => Text::fixed("STARTTLS", "STARTTLS"),
        Security::Auto => Text::fixed("暗号化", "encryption"),
    }
}
