//! An export of K-9 Mail or Thunderbird for Android (`.k9s`) → its accounts, servers and addresses.
//!
//! Elements and attributes: thunderbird/thunderbird-android, legacy/core/…/preferences/SettingsExporter.kt and
//! SettingsFileParser.kt. Passwords are dropped here; settings of the app, of folders and of identities are not looked at.

use crate::formats::encodings::decode;
use crate::formats::secrets::is_secret_name;
use crate::formats::xml::{XmlError, XmlValue};
use roxmltree::Node;

/// An account has some hundred settings and five for each of its folders.
const MOST_NODES: u32 = 2_000_000;
/// An element has two at most. roxmltree compares all attributes of an element with each other.
const MOST_ATTRIBUTES: usize = 16;

/// What an export holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// The version of what the settings mean, as written.
    pub version: String,
    /// The version of the elements, as written; there has been no other than 1.
    pub format: String,
    /// The accounts, in the order of the file.
    pub accounts: Vec<Account>,
}

/// One account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The app's own identifier; empty if it is missing.
    pub uuid: String,
    /// The name that the user gave it.
    pub name: Option<String>,
    /// Where it receives.
    pub incoming: Option<Server>,
    /// Where it sends.
    pub outgoing: Option<Server>,
    /// The addresses of its identities.
    pub addresses: Vec<String>,
}

/// A server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// The attribute `type`: IMAP, POP3, SMTP, WebDAV.
    pub kind: Option<String>,
    /// The settings with text, in the order of the file; of a password only that it is there.
    pub values: Vec<(String, XmlValue)>,
}

/// Reads a whole file.
pub fn parse(bytes: &[u8]) -> Result<Export, XmlError> {
    let text = decode(bytes);
    // Within a tag no `<` may stand, so that all attributes of an element lie between two of them.
    let count = |part: &str| {
        part.split('=').skip(1).filter(|rest| rest.trim_start().starts_with(['"', '\''])).count()
    };
    if text.split('<').any(|part| count(part) > MOST_ATTRIBUTES) || text.matches("xmlns").count() > 100 {
        return Err(XmlError::TooMany);
    }
    let options = roxmltree::ParsingOptions { nodes_limit: MOST_NODES, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(&text, options).map_err(|error| {
        let roxmltree::TextPos { row: line, col: column } = error.pos();
        match error {
            roxmltree::Error::NodesLimitReached => XmlError::TooMany,
            roxmltree::Error::UnclosedRootNode => end_of(&text),
            _ => XmlError::Syntax { line, column },
        }
    })?;
    let root = document.root_element();
    if root.tag_name().name() != "k9settings" {
        return Err(XmlError::Root("k9settings"));
    }
    let accounts = root.children().filter(|node| node.has_tag_name("accounts"));
    let accounts = accounts.flat_map(|list| list.children()).filter(|node| node.has_tag_name("account"));
    Ok(Export {
        version: root.attribute("version").unwrap_or_default().trim().to_owned(),
        format: root.attribute("format").unwrap_or_default().trim().to_owned(),
        accounts: accounts.map(read_account).collect(),
    })
}

/// Where a file that was cut off ends.
fn end_of(text: &str) -> XmlError {
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let last = text.rsplit('\n').next().unwrap_or_default();
    XmlError::Syntax { line: number(text.split('\n').count()), column: number(last.chars().count() + 1) }
}

fn read_account(node: Node) -> Account {
    let child = |name: &str| node.children().find(|child| child.has_tag_name(name));
    let identities = child("identities").into_iter().flat_map(|list| list.children());
    let emails =
        identities.filter_map(|identity| identity.children().find(|child| child.has_tag_name("email")));
    let server = |name: &str| child(name).map(read_server);
    Account {
        uuid: node.attribute("uuid").unwrap_or_default().trim().to_owned(),
        name: child("name").map(text_of).filter(|name| !name.is_empty()),
        incoming: server("incoming-server"),
        outgoing: server("outgoing-server"),
        addresses: emails.map(text_of).filter(|address| !address.is_empty()).collect(),
    }
}

fn read_server(node: Node) -> Server {
    // Inside `extra` there are settings of IMAP.
    let settings = node.children().filter(|child| child.is_element() && !child.has_tag_name("extra"));
    let values = settings.map(|child| {
        let name = child.tag_name().name().to_owned();
        let value = if is_secret_name(&name) { XmlValue::Secret } else { XmlValue::Text(text_of(child)) };
        (name, value)
    });
    Server { kind: node.attribute("type").map(|kind| kind.trim().to_owned()), values: values.collect() }
}

fn text_of(node: Node) -> String {
    let parts: String = node.children().filter(Node::is_text).filter_map(|part| part.text()).collect();
    parts.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn passwords_are_dropped_and_the_rest_is_kept() {
        let text = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<k9settings version=\"111\" format=\"1\">\
            <global><value key=\"x\">1</value></global><accounts><account uuid=\"a\"><name>会社</name>\
            <outgoing-server type=\"SMTP\"><host> smtp.example.jp </host><password>himitsu</password><username/>\
            <extra><value key=\"y\">himitsu</value></extra></outgoing-server>\
            <identities><identity><name>T</name><email>taro@example.jp</email></identity><identity/></identities>\
            </account><other/></accounts></k9settings>";
        let export = parse(text.as_bytes()).expect("an export");
        assert_eq!((export.version.as_str(), export.format.as_str()), ("111", "1"));
        let [account] = export.accounts.as_slice() else { unreachable!("{export:?}") };
        assert_eq!((account.uuid.as_str(), account.name.as_deref()), ("a", Some("会社")));
        assert_eq!(
            (account.addresses.as_slice(), &account.incoming),
            (&["taro@example.jp".to_owned()][..], &None)
        );
        let server = account.outgoing.as_ref().expect("a server");
        assert_eq!(server.kind.as_deref(), Some("SMTP"));
        assert_eq!(
            server.values,
            [
                ("host".to_owned(), XmlValue::Text("smtp.example.jp".to_owned())),
                ("password".to_owned(), XmlValue::Secret),
                ("username".to_owned(), XmlValue::Text(String::new())),
            ]
        );
        assert!(!format!("{export:?}").contains("himitsu"));
    }

    #[test]
    fn what_is_no_export_is_told_apart() {
        for (text, error) in [
            ("<a/>", XmlError::Root("k9settings")),
            ("<k9settings>", XmlError::Syntax { line: 1, column: 13 }),
            ("<!DOCTYPE a [<!ENTITY b 'c'>]><k9settings/>", XmlError::Syntax { line: 1, column: 1 }),
        ] {
            assert_eq!(parse(text.as_bytes()), Err(error), "{text}");
        }
        let wide: String =
            (0..100_000).fold("<k9settings".to_owned(), |text, n| text + &format!(" a{n}=\"1\"")) + "/>";
        assert_eq!(parse(wide.as_bytes()), Err(XmlError::TooMany));
        let deep = format!("{}{}", "<a xmlns=\"b\">".repeat(10_000), "</a>".repeat(10_000));
        assert_eq!(parse(deep.as_bytes()), Err(XmlError::TooMany));
    }

    /// Ten accounts with a hundred folders each: real exports have thousands of attributes.
    #[test]
    fn large_exports_are_read() {
        let folder =
            "<folder name=\"x\"><value key=\"a\">1</value><value key=\"b\">2</value></folder>".repeat(100);
        let account = format!("<account uuid=\"u\"><folders>{folder}</folders></account>").repeat(50);
        let text =
            format!("<k9settings version=\"90\" format=\"1\"><accounts>{account}</accounts></k9settings>");
        assert_eq!(parse(text.as_bytes()).map(|export| export.accounts.len()), Ok(50));
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(
            bytes in prop::collection::vec(any::<u8>(), 0..100),
            junk in "(<k9settings>|<accounts>|<account |uuid=|</|<a |\"|&|;|>|<email>|<host>|\\PC){0,30}",
        ) {
            let _ = parse(&bytes);
            let _ = parse(junk.as_bytes());
        }
    }
}
