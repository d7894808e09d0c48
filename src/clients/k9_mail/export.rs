//! An export of K-9 Mail or Thunderbird for Android (`.k9s`): its accounts, servers and addresses as ranges of the text.
//!
//! Elements and attributes: thunderbird/thunderbird-android, legacy/core/…/preferences/SettingsExporter.kt and
//! SettingsFileParser.kt. Settings of the app, of folders and of identities are not looked at.

use super::facts::{EMAIL, FORMAT, NAME, TYPE, UUID, VERSION};
use crate::formats::secrets::is_secret_name;
use crate::formats::xml::{self, XmlError};
use roxmltree::{Document, Node, NodeId};
use std::fmt;
use std::ops::Range;

/// An account has some hundred settings and five for each of its folders.
const MOST_NODES: u32 = 2_000_000;
/// An element has two at most. roxmltree compares all attributes of an element with each other.
const MOST_ATTRIBUTES: usize = 16;

/// A parsed file.
pub struct Export<'t> {
    document: Document<'t>,
    /// The accounts, in the order of the file.
    pub accounts: Vec<Account>,
}

/// One account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    id: NodeId,
    /// The name that the user gave it.
    pub name: Option<Element>,
    /// Where it receives.
    pub incoming: Option<Server>,
    /// Where it sends.
    pub outgoing: Option<Server>,
    /// The addresses of its identities.
    pub addresses: Vec<Element>,
}

/// A server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    id: NodeId,
    /// Its settings, in the order of the file.
    pub settings: Vec<Element>,
}

/// An element with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    id: NodeId,
    /// What it holds, as written; `None` for an element that is one tag.
    pub value: Option<Range<usize>>,
}

/// Reads a whole file.
pub fn lex(text: &str) -> Result<Export<'_>, XmlError> {
    let document = parse(text)?;
    let root = document.root_element();
    if root.tag_name().name() != "k9settings" {
        return Err(XmlError::Root("k9settings"));
    }
    let accounts = root.children().filter(|node| node.has_tag_name("accounts"));
    let accounts = accounts.flat_map(|list| list.children()).filter(|node| node.has_tag_name("account"));
    let accounts = accounts.map(|node| account(text, node)).collect();
    Ok(Export { document, accounts })
}

fn parse(text: &str) -> Result<Document<'_>, XmlError> {
    // Within a tag no `<` may stand, so that all attributes of an element lie between two of them.
    let count = |part: &str| {
        part.split('=').skip(1).filter(|rest| rest.trim_start().starts_with(['"', '\''])).count()
    };
    if text.split('<').any(|part| count(part) > MOST_ATTRIBUTES) || text.matches("xmlns").count() > 100 {
        return Err(XmlError::TooMany);
    }
    let options = roxmltree::ParsingOptions { nodes_limit: MOST_NODES, ..Default::default() };
    Document::parse_with_options(text, options).map_err(|error| {
        let roxmltree::TextPos { row: line, col: column } = error.pos();
        match error {
            roxmltree::Error::NodesLimitReached => XmlError::TooMany,
            roxmltree::Error::UnclosedRootNode => end_of(text),
            _ => XmlError::Syntax { line, column },
        }
    })
}

/// Where a file that was cut off ends.
fn end_of(text: &str) -> XmlError {
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let last = text.rsplit('\n').next().unwrap_or_default();
    XmlError::Syntax { line: number(text.split('\n').count()), column: number(last.chars().count() + 1) }
}

fn account(text: &str, node: Node) -> Account {
    let child = |name: &str| node.children().find(|child| child.has_tag_name(name));
    let identities = child("identities").into_iter().flat_map(|list| list.children());
    let emails =
        identities.filter_map(|identity| identity.children().find(|child| child.has_tag_name(EMAIL.name)));
    Account {
        id: node.id(),
        name: child(NAME.name).map(|name| element(text, name)),
        incoming: child("incoming-server").map(|node| server(text, node)),
        outgoing: child("outgoing-server").map(|node| server(text, node)),
        addresses: emails.map(|email| element(text, email)).collect(),
    }
}

fn server(text: &str, node: Node) -> Server {
    // Inside `extra` there are settings of IMAP.
    let settings = node.children().filter(|child| child.is_element() && !child.has_tag_name("extra"));
    Server { id: node.id(), settings: settings.map(|setting| element(text, setting)).collect() }
}

fn element(text: &str, node: Node) -> Element {
    Element { id: node.id(), value: xml::content(text, node) }
}

impl Export<'_> {
    /// The version of what the settings mean, as written.
    pub fn version(&self) -> &str {
        self.attribute(self.document.root_element().id(), VERSION.name).unwrap_or_default()
    }

    /// The version of the elements, as written; there has been no other than 1.
    pub fn format(&self) -> &str {
        self.attribute(self.document.root_element().id(), FORMAT.name).unwrap_or_default()
    }

    /// The app's own identifier; empty if it is missing.
    pub fn uuid(&self, account: &Account) -> &str {
        self.attribute(account.id, UUID.name).unwrap_or_default()
    }

    /// The kind of a server: IMAP, POP3, SMTP, WebDAV.
    pub fn kind(&self, server: &Server) -> Option<&str> {
        self.attribute(server.id, TYPE.name)
    }

    /// The name of an element.
    pub fn name(&self, element: &Element) -> &str {
        self.document.get_node(element.id).map(|node| node.tag_name().name()).unwrap_or_default()
    }

    /// What an element holds, without blanks around it; `None` for a secret.
    pub fn text(&self, element: &Element) -> Option<String> {
        let node = self.document.get_node(element.id).filter(|_| !is_secret_name(self.name(element)))?;
        Some(xml::text_of(node))
    }

    fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        let node = self.document.get_node(id)?;
        node.attribute(name).map(str::trim)
    }
}

/// Never what is in it.
impl fmt::Debug for Export<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.accounts.fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn passwords_are_dropped_and_the_rest_is_kept() {
        let text = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<k9settings version=\" 111\" format=\"1\">\
            <global><value key=\"x\">1</value></global><accounts><account uuid=\"a\"><name>会社</name>\
            <outgoing-server type=\"SMTP\"><host> smtp.example.jp </host><password>himitsu</password><username/>\
            <extra><value key=\"y\">himitsu</value></extra></outgoing-server>\
            <identities><identity><name>T</name><email>taro@example.jp</email></identity><identity/></identities>\
            </account><other/></accounts></k9settings>";
        let export = lex(text).expect("an export");
        assert_eq!((export.version(), export.format()), ("111", "1"));
        let [account] = export.accounts.as_slice() else { unreachable!("{export:?}") };
        let text_of = |element: &Element| (export.name(element).to_owned(), export.text(element));
        let named = |name: &str, text: &str| (name.to_owned(), Some(text.to_owned()));
        assert_eq!(export.uuid(account), "a");
        assert_eq!(account.name.as_ref().map(text_of), Some(named("name", "会社")));
        let addresses: Vec<_> = account.addresses.iter().map(text_of).collect();
        assert_eq!((addresses, &account.incoming), (vec![named("email", "taro@example.jp")], &None));
        let server = account.outgoing.as_ref().expect("a server");
        assert_eq!(export.kind(server), Some("SMTP"));
        let settings: Vec<_> = server.settings.iter().map(text_of).collect();
        assert_eq!(
            settings,
            [named("host", "smtp.example.jp"), ("password".to_owned(), None), named("username", "")]
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
            assert_eq!(lex(text).err(), Some(error), "{text}");
        }
        let wide: String =
            (0..100_000).fold("<k9settings".to_owned(), |text, n| text + &format!(" a{n}=\"1\"")) + "/>";
        assert_eq!(lex(&wide).err(), Some(XmlError::TooMany));
        let deep = format!("{}{}", "<a xmlns=\"b\">".repeat(10_000), "</a>".repeat(10_000));
        assert_eq!(lex(&deep).err(), Some(XmlError::TooMany));
    }

    /// Ten accounts with a hundred folders each: real exports have thousands of attributes.
    #[test]
    fn large_exports_are_read() {
        let folder =
            "<folder name=\"x\"><value key=\"a\">1</value><value key=\"b\">2</value></folder>".repeat(100);
        let account = format!("<account uuid=\"u\"><folders>{folder}</folders></account>").repeat(50);
        let text =
            format!("<k9settings version=\"90\" format=\"1\"><accounts>{account}</accounts></k9settings>");
        assert_eq!(lex(&text).map(|export| export.accounts.len()), Ok(50));
    }

    /// All elements with a text, in the order of the file.
    fn elements<'e>(export: &'e Export) -> Vec<&'e Element> {
        let of = |account: &'e Account| {
            let servers = account.outgoing.iter().flat_map(|server| &server.settings);
            account.name.iter().chain(servers).chain(&account.addresses)
        };
        export.accounts.iter().flat_map(of).collect()
    }

    fn seen(text: &str) -> Vec<(String, Option<String>)> {
        let export = lex(text).expect("well-formed");
        elements(&export).into_iter().map(|e| (export.name(e).to_owned(), export.text(e))).collect()
    }

    fn file(settings: &str) -> String {
        format!(
            "<k9settings><accounts><account uuid='あ'><name>n</name><outgoing-server>{settings}</outgoing-server>\
             <identities><identity><email>e</email></identity></identities></account></accounts></k9settings>"
        )
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(
            junk in "(<k9settings>|<accounts>|<account |uuid=|</|<a |\"|&|;|>|<email>|<host>|\\PC){0,30}",
        ) {
            let _ = lex(&junk);
        }

        /// Changing one value changes just those bytes, and lexing again gives the same elements with that value.
        #[test]
        fn changing_a_value_changes_nothing_else(
            settings in "(<(host|port)></(host|port)>)?(<port>([a-c ]|&lt;|<!-- </ -->){0,3}</port>|<host />|<extra>x</extra>){0,6}",
            which in 0_usize..8,
            value in "[a-z0-9.]{1,6}",
        ) {
            let text = file(&settings);
            let Ok(export) = lex(&text) else { return Ok(()) };
            let ranges: Vec<_> = elements(&export).into_iter().map(|element| element.value.clone()).collect();
            let there: Vec<_> = ranges.iter().flatten().collect();
            prop_assert!(there.is_sorted_by_key(|range| range.start));
            prop_assert!(there.iter().all(|range| text.get((*range).clone()).is_some()));
            let Some(Some(range)) = ranges.get(which) else { return Ok(()) };
            let changed = format!("{}{value}{}", &text[..range.start], &text[range.end..]);
            let mut wanted = seen(&text);
            wanted[which].1 = Some(value);
            prop_assert_eq!(seen(&changed), wanted);
        }
    }
}
