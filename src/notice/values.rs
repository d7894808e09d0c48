//! The values of a policy's settings, for people.

use crate::classify::{Aim, Everything, connection};
use crate::clients::steps::host_text;
use crate::clients::steps::incoming::protocol_name;
use crate::clients::steps::login::{method_name, user_name};
use crate::model::{Auth, Protocol, Security, Text};
use crate::policy::{Method, Setting, Side, Tls};
use crate::report::notice::Said;

/// What a page says above its steps; `receives`: the client does that, too.
pub(super) fn facts(wanted: &Everything<'_>, receives: bool) -> Vec<Said> {
    let mut facts = match wanted.sending {
        Some(Aim::To(setting) | Aim::Cannot(setting)) => {
            let names = Names {
                server: Text::fixed("送信サーバー", "outgoing server"),
                port: Text::fixed("送信のポート", "port for sending"),
                security: Text::fixed("送信の暗号化", "encryption for sending"),
                auth: Text::fixed("送信の認証", "authentication for sending"),
                user: Text::fixed("送信のユーザー名", "user name for sending"),
            };
            of_setting(setting, names, Side::Sending)
        }
        _ => Vec::new(),
    };
    for (protocol, aim) in wanted.receiving.iter().filter(|_| receives) {
        let (Aim::To(setting) | Aim::Cannot(setting)) = aim else { continue };
        facts.extend(of_setting(setting, incoming_names(setting.protocol.or(*protocol)), Side::Receiving));
    }
    for (side, setting) in wanted.also.iter().filter(|(side, _)| receives || *side == Side::Sending) {
        let name = match side {
            Side::Sending => Text::fixed("変更しなくてよい設定(送信)", "no change needed (sending)"),
            Side::Receiving => Text::fixed("変更しなくてよい設定(受信)", "no change needed (receiving)"),
        };
        let protocol = setting.protocol.and_then(protocol_name).map(|name| Text::fixed(name, name));
        facts.push((name, joined(protocol.into_iter().chain(words(setting, *side)))));
    }
    let lacks = wanted.lacks.iter().cloned();
    facts.extend(lacks.map(|lack| (Text::fixed("このメールソフト", "this mail program"), lack)));
    facts
}

struct Names {
    server: Text,
    port: Text,
    security: Text,
    auth: Text,
    user: Text,
}

fn incoming_names(protocol: Option<Protocol>) -> Names {
    let by = protocol.and_then(protocol_name).map(|name| format!(" ({name})")).unwrap_or_default();
    let name = |ja: &str, en: &str| Text::new(format!("{ja}{by}"), format!("{en}{by}"));
    Names {
        server: name("受信サーバー", "incoming server"),
        port: name("受信のポート", "port for receiving"),
        security: name("受信の暗号化", "encryption for receiving"),
        auth: name("受信の認証", "authentication for receiving"),
        user: name("受信のユーザー名", "user name for receiving"),
    }
}

fn of_setting(setting: &Setting, names: Names, side: Side) -> Vec<Said> {
    let mut facts = vec![
        (names.server, server(setting)),
        (names.port, port(setting, side)),
        (names.security, encryption(setting, side)),
        (names.auth, auth(setting)),
    ];
    facts.extend(setting.user.map(|user| (names.user, user_name(Some(user)))));
    facts.extend(setting.text.clone().map(|text| (Text::fixed("補足", "note"), text)));
    facts
}

const AS_IT_IS: Text = Text::fixed("今のまま", "as it is");

fn server(setting: &Setting) -> Text {
    match setting.host.first().filter(|host| !host.contains('*')) {
        Some(host) => host_text(host),
        None => AS_IT_IS,
    }
}

/// One is what is set; the others are as good.
fn port(setting: &Setting, side: Side) -> Text {
    let Some(first) = connection(setting, side).port else { return AS_IT_IS };
    let others: Vec<String> =
        setting.port.iter().filter(|port| **port != first).map(u16::to_string).collect();
    if others.is_empty() {
        return Text::new(first.to_string(), first.to_string());
    }
    Text::new(format!("{first}({} も可)", others.join("、")), format!("{first} (or {})", others.join(", ")))
}

fn encryption(setting: &Setting, side: Side) -> Text {
    let kind = match setting.security.as_slice() {
        [] => left_out(setting, side),
        [Security::Plain] if setting.exactly => kind_name(Security::Plain),
        kinds => {
            let names: Vec<Text> = kinds.iter().map(|kind| kind_name(*kind)).collect();
            let join = |between: &str, get: fn(&Text) -> &str| {
                names.iter().map(get).collect::<Vec<_>>().join(between)
            };
            let stays = kinds.contains(&Security::Plain) && !setting.exactly;
            let (ja, en) = if stays {
                ("(暗号化していれば、そのまま)", " (as it is where it is encrypted)")
            } else {
                ("", "")
            };
            Text::new(join(" または ", |text| &text.ja) + ja, join(" or ", |text| &text.en) + en)
        }
    };
    let lowest = match setting.tls_min {
        None => return kind,
        Some((Tls::V1_0, _)) => "1.0",
        Some((Tls::V1_1, _)) => "1.1",
        Some((Tls::V1_2, _)) => "1.2",
        Some((Tls::V1_3, _)) => "1.3",
    };
    Text::new(format!("{}、TLS {lowest} 以上", kind.ja), format!("{}, TLS {lowest} or later", kind.en))
}

/// What works on the port: without a port, whatever there is.
fn left_out(setting: &Setting, side: Side) -> Text {
    let wanted = connection(setting, side);
    match (wanted.security, wanted.port) {
        (Some(kind), _) => kind_name(kind),
        (None, None) => Text::fixed("指定なし(今のまま)", "not prescribed (as it is)"),
        (None, Some(port)) => Text::new(
            format!("指定なし(今のまま。ただし、ポート {port} で最初から SSL/TLS なら STARTTLS にします)"),
            format!(
                "not prescribed (as it is; but STARTTLS where it is SSL/TLS from the start on port {port})"
            ),
        ),
    }
}

fn kind_name(kind: Security) -> Text {
    match kind {
        Security::Plain => Text::fixed("なし", "none"),
        Security::StartTls => Text::fixed("STARTTLS", "STARTTLS"),
        Security::Tls => Text::fixed("SSL/TLS", "SSL/TLS"),
        Security::Auto => Text::fixed("自動", "automatic"),
    }
}

fn auth(setting: &Setting) -> Text {
    method(setting).unwrap_or(Text::fixed("あり(方式の指定なし)", "on (no method is prescribed)"))
}

/// All methods: they are alternatives.
fn method(setting: &Setting) -> Option<Text> {
    let names: Vec<Text> = setting.auth.iter().filter_map(|method| named(*method)).collect();
    let join =
        |between: &str, get: fn(&Text) -> &str| names.iter().map(get).collect::<Vec<_>>().join(between);
    (!names.is_empty()).then(|| Text::new(join("、または", |text| &text.ja), join(" or ", |text| &text.en)))
}

fn named(method: Method) -> Option<Text> {
    match method {
        Method::PopBeforeSmtp | Method::None => None,
        Method::AppPassword => Some(Text::fixed("アプリパスワード", "an app password")),
        Method::Apop => Some(method_name(Auth::Apop)),
        Method::By(auth) => Some(method_name(auth)),
    }
}

/// What of a setting ends.
pub(super) fn ending(setting: &Setting) -> Text {
    let (mut ja, mut en) = (Vec::new(), Vec::new());
    let mut add = |text: Text| {
        ja.push(text.ja.into_owned());
        en.push(text.en.into_owned());
    };
    for method in &setting.auth {
        match method {
            Method::PopBeforeSmtp => add(Text::fixed("POP before SMTP", "POP-before-SMTP")),
            Method::None => add(Text::fixed("SMTP認証なしの送信", "sending without SMTP-AUTH")),
            method => named(*method).into_iter().for_each(&mut add),
        }
    }
    for host in &setting.host {
        let host = host_text(host);
        add(Text::new(format!("サーバー {}", host.ja), format!("server {}", host.en)));
    }
    if !setting.port.is_empty() {
        let ports: Vec<String> = setting.port.iter().map(u16::to_string).collect();
        add(Text::new(format!("ポート {}", ports.join("・")), format!("port {}", ports.join("/"))));
    }
    for security in &setting.security {
        add(match security {
            Security::Plain => Text::fixed("暗号化なし", "clear text"),
            Security::StartTls => Text::fixed("STARTTLS", "STARTTLS"),
            Security::Tls | Security::Auto => Text::fixed("SSL/TLS", "SSL/TLS"),
        });
    }
    if let Some(name) = setting.protocol.and_then(protocol_name) {
        add(Text::fixed(name, name));
    }
    if ja.is_empty() {
        // Whoever has a lasting setting fits that: this is about the rest.
        return Text::fixed("そのほかの設定", "every other setting");
    }
    Text::new(ja.join("、"), en.join(", "))
}

/// In one line: server, port, encryption, authentication.
pub(super) fn in_short(wanted: &Everything<'_>) -> Text {
    let mut parts: Vec<Text> = Vec::new();
    parts.extend(wanted.sending.map(|aim| {
        let text = of_aim(aim, Side::Sending);
        Text::new(format!("送信 {}", text.ja), format!("sending: {}", text.en))
    }));
    for (protocol, aim) in &wanted.receiving {
        let by = protocol.and_then(protocol_name).map(|name| format!(" ({name})")).unwrap_or_default();
        let text = of_aim(*aim, Side::Receiving);
        parts.push(Text::new(format!("受信{by} {}", text.ja), format!("receiving{by}: {}", text.en)));
    }
    let join =
        |between: &str, get: fn(&Text) -> &str| parts.iter().map(get).collect::<Vec<_>>().join(between);
    Text::new(join("、", |text| &text.ja), join("; ", |text| &text.en))
}

fn of_aim(aim: Aim<'_>, side: Side) -> Text {
    match aim {
        Aim::To(setting) => joined(words(setting, side)),
        Aim::Cannot(_) => Text::fixed("この条件を満たせません", "can't do what the provider asks for"),
        Aim::WithoutAuth => Text::fixed("認証なし", "without authentication"),
        Aim::Nowhere => Text::fixed("サービス終了", "the service ends"),
    }
}

/// What a setting prescribes.
fn words(setting: &Setting, side: Side) -> impl Iterator<Item = Text> {
    let wanted = connection(setting, side);
    let is_plain = setting.security.as_slice() == [Security::Plain];
    let kind = wanted.security.or(is_plain.then_some(Security::Plain)).map(|kind| match kind {
        Security::Plain => Text::fixed("暗号化なし", "no encryption"),
        kind => kind_name(kind),
    });
    let host = Some(server(setting)).filter(|host| *host != AS_IT_IS);
    let port = wanted.port.map(|port| Text::new(format!("ポート {port}"), format!("port {port}")));
    [host, port, kind, method(setting)].into_iter().flatten()
}

fn joined(words: impl Iterator<Item = Text>) -> Text {
    let words: Vec<Text> = words.collect();
    let join = |get: fn(&Text) -> &str| words.iter().map(get).collect::<Vec<_>>();
    Text::new(join(|text| &text.ja).join(" "), join(|text| &text.en).join(", "))
}
