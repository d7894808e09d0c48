//! A provider's Autoconfig file (config-v1.1.xml, or one of the ISPDB) as a policy without days: what to change to.
//! The format: <https://wiki.mozilla.org/Thunderbird:Autoconfiguration:ConfigFileFormat>,
//! draft-ietf-mailmaint-autoconfig-06.

use super::claim::{Claim, HostPattern, Pattern};
use super::file::{Reading, hash, link, plain};
use super::mistake::{Mistake, Note, placed};
use super::setting::{Method, Origin, Policy, Setting};
use crate::formats::xml::{self, XmlError};
use crate::model::{Auth, Protocol, Security, Text, UserName};
use roxmltree::Node;

const ROOT: &str = "clientConfig";
/// Domains in one file; the largest of the ISPDB has two hundred.
const MOST_DOMAINS: usize = 1000;

const NO_PROVIDER: Text = Text::fixed(
    "Autoconfig の <emailProvider> がありません",
    "no <emailProvider> of an Autoconfig file in it",
);
const NO_DOMAIN: Text = Text::fixed(
    "example.jp のようなドメインを 1 個以上 1000 個以内で書いた <domain>",
    "1 to 1,000 elements <domain>, each with a domain such as example.jp",
);
const NO_SERVER: Text = Text::fixed(
    "送信サーバー <outgoingServer type=\"smtp\"> または受信サーバー <incomingServer type=\"pop3\"> か \"imap\"",
    "an <outgoingServer type=\"smtp\">, or an <incomingServer> of the type \"pop3\" or \"imap\"",
);
const HOST: Text = Text::fixed(
    "サーバー名(%EMAILDOMAIN% を含んでもよい)を書いた <hostname>",
    "a <hostname> with a server's name, perhaps with %EMAILDOMAIN% in it",
);
const PORT: Text = Text::fixed("1 から 65535 までの <port>", "a <port> from 1 to 65535");
const SOCKET: Text = Text::fixed(
    "plain、STARTTLS、SSL のどれかを書いた <socketType>",
    "a <socketType> that is plain, STARTTLS or SSL",
);
const UNKNOWN_AUTH: Text = Text::fixed(
    "この認証方式は分からないため、使いません",
    "this method of authentication is not known, and not used",
);
const RESTRICTED: Text = Text::fixed(
    "この設定は使える場所が限られています(client-IP-address など)。案内にそのことも書いてください",
    "this server can be used from some places only (client-IP-address and the like): say so in your notice",
);
const WITHOUT_AUTH: Text = Text::fixed(
    "認証なしでの送信も認める設定です(none、smtp-after-pop、client-IP-address)。この設定のアカウントは変更不要と判定します",
    "this accepts mail without authentication (none, smtp-after-pop, client-IP-address): such accounts are not told to change",
);

/// Reads a file.
pub fn read(text: &str, origin: Origin) -> Result<Reading, Vec<Mistake>> {
    let document = xml::parse(text, ROOT).map_err(|error| vec![syntax(error)])?;
    let provider = document.root_element().children().find(|node| node.has_tag_name("emailProvider"));
    let mut file = File { text, mistakes: Vec::new(), warnings: Vec::new() };
    let Some(provider) = provider else {
        let at = document.root_element().range().start;
        return Err(placed(text, vec![Note { at, field: String::new(), message: NO_PROVIDER }]));
    };
    let policy = file.policy(provider, origin);
    if file.mistakes.is_empty() {
        Ok(Reading { policy, warnings: placed(text, file.warnings) })
    } else {
        Err(placed(text, file.mistakes))
    }
}

fn syntax(error: XmlError) -> Mistake {
    let (line, column, message) = match error {
        XmlError::Syntax { line, column } => (
            line,
            column,
            Text::fixed(
                "XML として読み取れません。タグの閉じ忘れや、& などの記号を確かめてください",
                "not well-formed XML: look for a tag that is not closed, or a bare &",
            ),
        ),
        XmlError::Root(_) => (
            1,
            1,
            Text::fixed(
                "Autoconfig のファイルではありません(最初の要素は <clientConfig>)",
                "no Autoconfig file: its first element is <clientConfig>",
            ),
        ),
        XmlError::TooMany => {
            (1, 1, Text::fixed("要素または属性が多すぎます", "too many elements or attributes"))
        }
    };
    let as_number = |number: u32| usize::try_from(number).unwrap_or_default();
    Mistake { line: as_number(line), column: as_number(column), field: String::new(), message }
}

struct File<'t> {
    text: &'t str,
    mistakes: Vec<Note>,
    warnings: Vec<Note>,
}

impl File<'_> {
    fn wrong(&mut self, node: Node, field: &str, expected: &Text) {
        let message = Text::new(format!("必要なもの: {}", expected.ja), format!("expected: {}", expected.en));
        self.mistakes.push(Note { at: node.range().start, field: field.to_owned(), message });
    }

    fn warn(&mut self, node: Node, field: &str, message: Text) {
        self.warnings.push(Note { at: node.range().start, field: field.to_owned(), message });
    }

    fn policy(&mut self, provider: Node, origin: Origin) -> Policy {
        let domains = self.domains(provider);
        let sending = self.servers(provider, "outgoingServer", |kind| kind == "smtp");
        let receiving = self.servers(provider, "incomingServer", |kind| matches!(kind, "pop3" | "imap"));
        if sending.is_empty() && receiving.is_empty() {
            self.wrong(provider, "emailProvider", &NO_SERVER);
        }
        let child = |name: &str| provider.children().find(|node| node.has_tag_name(name));
        let first = domains.first().map(|domain| domain.as_str().to_owned()).unwrap_or_default();
        let named = |node: Option<Node>| node.and_then(|node| plain(&xml::text_of(node)));
        let name = named(child("displayName")).unwrap_or_else(|| first.clone());
        let pages = provider.children().filter(|node| node.has_tag_name("documentation"));
        let notice = pages.filter_map(|node| node.attribute("url")).find_map(|url| link(url.trim()));
        Policy {
            id: id(provider.attribute("id").unwrap_or(&first)).or_else(|| id(&first)).unwrap_or_default(),
            name: Text::new(name.clone(), name),
            notice,
            source: Some("Autoconfig".to_owned()),
            checked: None,
            claims: claims(&domains, &sending, &receiving),
            sending: (!sending.is_empty()).then_some(sending),
            receiving: (!receiving.is_empty()).then_some(receiving),
            from: None,
            instead: Vec::new(),
            origin,
            sha256: hash(self.text),
        }
    }

    fn domains(&mut self, provider: Node) -> Vec<Pattern> {
        let mut found = Vec::new();
        for node in provider.children().filter(|node| node.has_tag_name("domain")) {
            let text = xml::text_of(node);
            match Pattern::of_domain(&text).filter(|_| !text.contains('*')) {
                Some(domain) if found.len() < MOST_DOMAINS => found.push(domain),
                _ => self.wrong(node, "domain", &NO_DOMAIN),
            }
        }
        if found.is_empty() && self.mistakes.is_empty() {
            self.wrong(provider, "domain", &NO_DOMAIN);
        }
        found
    }

    fn servers(&mut self, provider: Node, name: &str, is_wanted: impl Fn(&str) -> bool) -> Vec<Setting> {
        let mut found = Vec::new();
        for node in provider.children().filter(|node| node.has_tag_name(name)) {
            // Others (exchange, ews, graph) have no servers of these protocols.
            let kind = node.attribute("type").unwrap_or_default();
            if is_wanted(kind) {
                found.push(self.server(node, name, kind));
            }
        }
        found
    }

    fn server(&mut self, server: Node, name: &str, kind: &str) -> Setting {
        let child = |name: &str| server.children().find(|node| node.has_tag_name(name));
        let text = |name: &str| child(name).map(xml::text_of).unwrap_or_default();
        let host = host(&text("hostname"));
        if host.is_none() {
            self.wrong(child("hostname").unwrap_or(server), &format!("{name}.hostname"), &HOST);
        }
        for node in server.children().filter(|node| node.has_tag_name("restriction")) {
            self.warn(node, &format!("{name}.restriction"), RESTRICTED);
        }
        let port = text("port").parse().ok().filter(|port| *port > 0);
        if port.is_none() {
            self.wrong(child("port").unwrap_or(server), &format!("{name}.port"), &PORT);
        }
        let security = match text("socketType").to_ascii_lowercase().as_str() {
            "plain" => Some(Security::Plain),
            "starttls" => Some(Security::StartTls),
            "ssl" | "tls" => Some(Security::Tls),
            _ => None,
        };
        if security.is_none() {
            self.wrong(child("socketType").unwrap_or(server), &format!("{name}.socketType"), &SOCKET);
        }
        Setting {
            host: host.into_iter().collect(),
            port: port.into_iter().collect(),
            security: security.into_iter().collect(),
            auth: self.methods(server, name),
            protocol: match kind {
                "pop3" => Some(Protocol::Pop3),
                "imap" => Some(Protocol::Imap),
                _ => None,
            },
            user: match text("username").as_str() {
                "%EMAILADDRESS%" => Some(UserName::Address),
                "%EMAILLOCALPART%" => Some(UserName::LocalPart),
                _ => None,
            },
            ..Setting::default()
        }
    }

    /// Alternatives, in the provider's order.
    fn methods(&mut self, server: Node, name: &str) -> Vec<Method> {
        let mut found = Vec::new();
        for node in server.children().filter(|node| node.has_tag_name("authentication")) {
            let field = format!("{name}.authentication");
            let Some(method) = method(&xml::text_of(node)) else {
                self.warn(node, &field, UNKNOWN_AUTH);
                continue;
            };
            if matches!(method, Method::None | Method::PopBeforeSmtp) {
                if name != "outgoingServer" {
                    self.warn(node, &field, UNKNOWN_AUTH);
                    continue;
                }
                self.warn(node, &field, WITHOUT_AUTH);
            }
            if !found.contains(&method) {
                found.push(method);
            }
        }
        found
    }
}

/// Who authenticates how, in the words of versions 1.0 and 1.1 of the format.
fn method(word: &str) -> Option<Method> {
    Some(match word {
        "password-cleartext" | "plain" => Method::By(Auth::Password),
        "password-encrypted" | "secure" => Method::By(Auth::EncryptedPassword),
        "NTLM" => Method::By(Auth::Spa),
        "GSSAPI" => Method::By(Auth::Kerberos),
        "OAuth2" => Method::By(Auth::OAuth2),
        "TLS-client-cert" => Method::By(Auth::Certificate),
        "none" | "client-IP-address" => Method::None,
        "smtp-after-pop" => Method::PopBeforeSmtp,
        _ => return None,
    })
}

/// A server with what stands for parts of the address.
fn host(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    // An address or its first part in a server's name: any server of that form.
    let text = text.replace("%emaildomain%", "{domain}").replace("%emaillocalpart%", "*");
    let filled = text.replace("{domain}", "x");
    let is_server = HostPattern::new(&filled).is_some() && !filled.contains('/');
    is_server.then_some(text)
}

/// The provider's domains, and its servers whatever the address.
fn claims(domains: &[Pattern], sending: &[Setting], receiving: &[Setting]) -> Vec<Claim> {
    let hosts = |settings: &[Setting]| {
        let mut found: Vec<HostPattern> = Vec::new();
        for host in settings.iter().flat_map(|setting| &setting.host) {
            // A server that is named by the domain is claimed for the provider's own domains alone.
            let names: Vec<String> = if host.contains("{domain}") {
                domains.iter().map(|domain| host.replace("{domain}", domain.as_str())).collect()
            } else {
                vec![host.clone()]
            };
            for pattern in
                names.iter().filter(|name| !name.contains('*')).filter_map(|name| HostPattern::new(name))
            {
                if !found.contains(&pattern) {
                    found.push(pattern);
                }
            }
        }
        found
    };
    let (outgoing, incoming) = (hosts(sending), hosts(receiving));
    let mut claims = Vec::new();
    if !outgoing.is_empty() {
        claims.push(Claim { outgoing, ..Claim::default() });
    }
    if !incoming.is_empty() {
        claims.push(Claim { incoming, ..Claim::default() });
    }
    claims.push(Claim { domain: domains.to_vec(), names_domain: true, ..Claim::default() });
    claims
}

/// The provider's id, which is a domain, as a policy's.
fn id(text: &str) -> Option<String> {
    let text: String = text
        .to_ascii_lowercase()
        .chars()
        .map(|c| if c.is_ascii_lowercase() || c.is_ascii_digit() { c } else { '-' })
        .take(60)
        .collect();
    let text = text.trim_matches('-').to_owned();
    (!text.is_empty() && text != "default").then_some(text)
}

#[cfg(test)]
#[path = "autoconfig_tests.rs"]
mod tests;
