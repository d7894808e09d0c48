//! The values of a policy's settings, for people.

use crate::classify::{Aim, Everything};
use crate::clients::steps::host_text;
use crate::clients::steps::incoming::protocol_name;
use crate::clients::steps::login::{method_name, user_name};
use crate::model::{Auth, Protocol, Security, Text};
use crate::policy::{Method, Setting, Tls};
use crate::report::notice::Said;

/// What a page says above its steps.
pub(super) fn facts(wanted: &Everything<'_>) -> Vec<Said> {
    let mut facts = match wanted.sending {
        Some(Aim::To(setting) | Aim::Cannot(setting)) => {
            let names = Names {
                server: Text::fixed("送信サーバー", "outgoing server"),
                port: Text::fixed("送信のポート", "port for sending"),
                security: Text::fixed("送信の暗号化", "encryption for sending"),
                auth: Text::fixed("送信の認証", "authentication for sending"),
                user: Text::fixed("送信のユーザー名", "user name for sending"),
            };
            of_setting(setting, names, wanted.needs.security)
        }
        _ => Vec::new(),
    };
    for (protocol, aim) in &wanted.receiving {
        let (Aim::To(setting) | Aim::Cannot(setting)) = aim else { continue };
        let security = incoming_security(wanted, *protocol);
        facts.extend(of_setting(setting, incoming_names(setting.protocol.or(*protocol)), security));
    }
    facts
}

fn incoming_security(wanted: &Everything<'_>, protocol: Option<Protocol>) -> Option<Security> {
    wanted.needs.incoming.iter().find(|needs| needs.protocol == protocol)?.security
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

fn of_setting(setting: &Setting, names: Names, security: Option<Security>) -> Vec<Said> {
    let mut facts = vec![
        (names.server, server(setting)),
        (names.port, port(setting)),
        (names.security, encryption(setting, security)),
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

/// The first is what is set; the others are as good.
fn port(setting: &Setting) -> Text {
    let Some((first, others)) = setting.port.split_first() else { return AS_IT_IS };
    if others.is_empty() {
        return Text::new(first.to_string(), first.to_string());
    }
    let others: Vec<String> = others.iter().map(u16::to_string).collect();
    Text::new(format!("{first}({} も可)", others.join("、")), format!("{first} (or {})", others.join(", ")))
}

fn encryption(setting: &Setting, security: Option<Security>) -> Text {
    let kind = match security {
        None => Text::fixed(
            "指定なし(今のまま。ただし、最初から SSL/TLS なら STARTTLS にします)",
            "not prescribed (as it is; but STARTTLS where it is SSL/TLS from the start)",
        ),
        Some(Security::Plain) if setting.exactly => Text::fixed("なし", "none"),
        Some(Security::Plain) => {
            Text::fixed("なし(暗号化していれば、そのまま)", "none (as it is where it is encrypted)")
        }
        Some(Security::StartTls) => Text::fixed("STARTTLS", "STARTTLS"),
        Some(Security::Tls) => Text::fixed("SSL/TLS", "SSL/TLS"),
        Some(Security::Auto) => Text::fixed("自動", "automatic"),
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

fn auth(setting: &Setting) -> Text {
    method(setting).unwrap_or(Text::fixed("あり(方式の指定なし)", "on (no method is prescribed)"))
}

fn method(setting: &Setting) -> Option<Text> {
    setting.auth.iter().find_map(|method| named(*method))
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
    if ja.is_empty() {
        return Text::fixed("今の設定", "this setting");
    }
    Text::new(ja.join("、"), en.join(", "))
}

/// In one line: server, port, encryption, authentication.
pub(super) fn in_short(wanted: &Everything<'_>) -> Text {
    let mut parts: Vec<Text> = Vec::new();
    parts.extend(wanted.sending.map(|aim| {
        let text = of_aim(aim, wanted.needs.security);
        Text::new(format!("送信 {}", text.ja), format!("sending: {}", text.en))
    }));
    for (protocol, aim) in &wanted.receiving {
        let security = incoming_security(wanted, *protocol);
        let by = protocol.and_then(protocol_name).map(|name| format!(" ({name})")).unwrap_or_default();
        let text = of_aim(*aim, security);
        parts.push(Text::new(format!("受信{by} {}", text.ja), format!("receiving{by}: {}", text.en)));
    }
    let join =
        |between: &str, get: fn(&Text) -> &str| parts.iter().map(get).collect::<Vec<_>>().join(between);
    Text::new(join("、", |text| &text.ja), join("; ", |text| &text.en))
}

fn of_aim(aim: Aim<'_>, security: Option<Security>) -> Text {
    let setting = match aim {
        Aim::To(setting) => setting,
        Aim::Cannot(_) => {
            return Text::fixed("この条件を満たせません", "can't do what the provider asks for");
        }
        Aim::WithoutAuth => return Text::fixed("認証なし", "without authentication"),
        Aim::Nowhere => return Text::fixed("サービス終了", "the service ends"),
    };
    let kind = match security {
        Some(Security::Plain) => Some(Text::fixed("暗号化なし", "no encryption")),
        Some(Security::StartTls | Security::Auto) => Some(Text::fixed("STARTTLS", "STARTTLS")),
        Some(Security::Tls) => Some(Text::fixed("SSL/TLS", "SSL/TLS")),
        None => None,
    };
    let host = server(setting);
    let port = setting.port.first().map(|port| Text::new(format!("ポート {port}"), format!("port {port}")));
    let words: Vec<Text> = [Some(host).filter(|host| *host != AS_IT_IS), port, kind, method(setting)]
        .into_iter()
        .flatten()
        .collect();
    let join = |get: fn(&Text) -> &str| words.iter().map(get).collect::<Vec<_>>();
    Text::new(join(|text| &text.ja).join(" "), join(|text| &text.en).join(", "))
}
