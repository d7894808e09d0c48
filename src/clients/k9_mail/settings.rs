//! The file that K-9 Mail exports, and how a copy of it is written.
//!
//! thunderbird/thunderbird-android: ServerSettingsDescriptions.kt (values by version) and SettingsExporter.kt.

use super::export::{Account, Export, Server, lex};
pub(super) use super::facts::*;
use crate::formats::facts::Fact;
use crate::formats::kinds::{Kind, keep};
use crate::formats::xml::escaped;
use crate::model::limits;
use crate::source::rules::{Content, Copy, FileRule, Looks, Sample};
use std::collections::HashSet;
use std::fmt::Write;

/// A file that the settings of the app export.
pub(super) static EXPORT: FileRule = FileRule {
    id: "*.k9s",
    names: &["*.k9s"],
    looks: Looks::Content(looks),
    limit: &limits::APP_EXPORT,
    groups: &[("*", WHOLE), ("server", SERVER)],
    copy: Copy::Text(copy),
};

fn looks(sample: &Sample) -> bool {
    sample.text.contains("<k9settings")
}

/// A value as its kind leaves it.
pub(super) fn kept(fact: &Fact, value: &str) -> String {
    keep(fact.kind, value).text
}

/// The accounts that count, each with the key that it is known by. Of two accounts with one identifier the app takes the
/// first (SettingsFileParser.readAccounts); one whose identifier is missing, or none, goes by its number.
pub(super) fn accounts<'e>(export: &'e Export) -> Vec<(String, &'e Account)> {
    let (mut identifiers, mut keys) = (HashSet::new(), HashSet::new());
    let mut accounts = Vec::new();
    for (number, account) in export.accounts.iter().enumerate() {
        let uuid = export.uuid(account).to_lowercase();
        let shown = keep(UUID.kind, &uuid);
        let key = if shown.fits && !uuid.is_empty() { shown.text } else { format!("#{}", number + 1) };
        if (uuid.is_empty() || identifiers.insert(uuid)) && keys.insert(key.clone()) {
            accounts.push((key, account));
        }
    }
    accounts
}

/// One that can't be read becomes another that can't be read.
#[expect(clippy::unnecessary_wraps, reason = "the type that rules ask for")]
fn copy(content: &Content, _: usize) -> Option<String> {
    let text = content.text();
    let Ok(export) = lex(&text) else {
        return Some("<k9settings>(not readable where it was collected)\n".to_owned());
    };
    let mut file = format!(
        "<k9settings version=\"{}\" format=\"{}\">\n<accounts>\n",
        in_attribute(&kept(&VERSION, export.version())),
        in_attribute(&kept(&FORMAT, export.format()))
    );
    for (key, account) in accounts(&export) {
        let _ = writeln!(file, "<account {}=\"{}\">", UUID.name, in_attribute(&key));
        let element =
            |fact: &Fact, text: &str| format!("<{0}>{1}</{0}>", fact.name, escaped(&kept(fact, text)));
        if let Some(name) = account.name.as_ref().and_then(|name| export.text(name)) {
            let _ = writeln!(file, "{}", element(&NAME, &name));
        }
        for (tag, server) in [("incoming-server", &account.incoming), ("outgoing-server", &account.outgoing)]
        {
            if let Some(server) = server {
                copy_server(&export, tag, server, &mut file);
            }
        }
        file.push_str("<identities>\n");
        for address in account.addresses.iter().filter_map(|address| export.text(address)) {
            let _ = writeln!(file, "<identity>{}</identity>", element(&EMAIL, &address));
        }
        file.push_str("</identities>\n</account>\n");
    }
    file.push_str("</accounts>\n</k9settings>\n");
    Some(file)
}

fn copy_server(export: &Export, tag: &str, server: &Server, file: &mut String) {
    let kind =
        export.kind(server).map(|kind| format!(" {}=\"{}\"", TYPE.name, in_attribute(&kept(&TYPE, kind))));
    let _ = writeln!(file, "<{tag}{}>", kind.unwrap_or_default());
    for setting in &server.settings {
        let name = export.name(setting);
        let known = SERVER
            .iter()
            .find(|fact| fact.name == name && !matches!(fact.kind, Kind::Secret | Kind::Dropped));
        if let (Some(fact), Some(text)) = (known, export.text(setting)) {
            let _ = writeln!(file, "<{name}>{}</{name}>", escaped(&kept(fact, &text)));
        }
    }
    let _ = writeln!(file, "</{tag}>");
}

fn in_attribute(text: &str) -> String {
    escaped(text).replace('"', "&quot;")
}
