//! Findings of an earlier report, each with what is known of its account: what is missing or unknown in it ends nothing.

use super::words::Word;
use super::{FINDING, SUMMARY, is_readable};
use crate::model::{Auth, InUse, Incoming, LogOnFirst, Partial, Port, Text, Verdict};
use serde_json::Value;

/// A finding of an earlier report. Words that this version does not know are as if they were not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierFinding {
    /// The computer whose data it was: its own, else that of the report, as reports of 0.1 have it.
    pub computer: Option<String>,
    /// What was scanned.
    pub sources: Vec<String>,
    /// The same in every report.
    pub id: String,
    /// The owner.
    pub user: Option<String>,
    /// The owner's security identifier on Windows.
    pub user_sid: Option<String>,
    /// Id of the client.
    pub client: String,
    /// Name of the program.
    pub client_name: String,
    /// Its version.
    pub client_version: Option<String>,
    /// Whether it is installed.
    pub client_installed: Option<bool>,
    /// Which dialogs its steps described.
    pub edition: Option<String>,
    /// Whether the account is used.
    pub in_use: InUse,
    /// Profile or identity.
    pub profile: Option<String>,
    /// Registry key or file.
    pub source: String,
    /// Name of the account.
    pub account: String,
    /// Its addresses.
    pub addresses: Vec<String>,
    /// Whether it is the default account.
    pub default_account: Option<bool>,
    /// The incoming side.
    pub incoming: Option<Incoming>,
    /// The outgoing server.
    pub host: Option<String>,
    /// It, with how it is spoken to.
    pub outgoing: Option<Partial>,
    /// The service decides how it sends.
    pub is_managed: bool,
    /// Notes: code and sentence.
    pub notes: Vec<(String, Text)>,
}

/// Why something is no earlier report.
#[derive(Debug, PartialEq, Eq)]
pub enum NoReport {
    /// No JSON; line and column where it ends to be.
    NotJson(usize, usize),
    /// JSON of another schema, or of none.
    OtherSchema,
}

/// The findings of a report, as JSON or as JSON Lines.
pub fn read(text: &str) -> Result<Vec<EarlierFinding>, NoReport> {
    let mut findings: Vec<EarlierFinding> = Vec::new();
    let mut is_empty = true;
    for value in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        let value = value.map_err(|error| NoReport::NotJson(error.line(), error.column()))?;
        if !value.get("schema").and_then(Value::as_str).is_some_and(is_readable) {
            return Err(NoReport::OtherSchema);
        }
        is_empty = false;
        let first = findings.len();
        match value.get("findings").and_then(Value::as_array) {
            Some(list) => findings.extend(list.iter().map(finding)),
            None if text_of(&value, "type").as_deref() == Some(FINDING) => findings.push(finding(&value)),
            None => {}
        }
        // The last of JSON Lines holds what belongs to all.
        let is_summary = text_of(&value, "type").as_deref() == Some(SUMMARY);
        let sources = list_of(value.pointer("/scan/sources"));
        for finding in findings.iter_mut().skip(if is_summary { 0 } else { first }) {
            finding.computer = finding.computer.take().or_else(|| text_of(&value, "computer"));
            if finding.sources.is_empty() {
                finding.sources.clone_from(&sources);
            }
        }
    }
    if is_empty { Err(NoReport::NotJson(1, 0)) } else { Ok(findings) }
}

fn list_of(value: Option<&Value>) -> Vec<String> {
    let items = value.and_then(Value::as_array);
    items.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn finding(value: &Value) -> EarlierFinding {
    let text = |key: &str| text_of(value, key);
    let notes = value.get("notes").and_then(Value::as_array);
    let note =
        |note: &Value| Some((text_of(note, "code")?, Text::new(text_of(note, "ja")?, text_of(note, "en")?)));
    EarlierFinding {
        computer: text("computer"),
        sources: Vec::new(),
        id: text("id").unwrap_or_default(),
        user: text("user"),
        user_sid: text("user_sid"),
        client: text("client").unwrap_or_default(),
        client_name: text("client_name").unwrap_or_default(),
        client_version: text("client_version"),
        client_installed: value.get("client_installed").and_then(Value::as_bool),
        edition: text("edition"),
        in_use: word_of(value, "in_use").unwrap_or(InUse::Unknown),
        profile: text("profile"),
        source: text("source").unwrap_or_default(),
        account: text("account").unwrap_or_default(),
        addresses: list_of(value.get("addresses")),
        default_account: value.get("default_account").and_then(Value::as_bool),
        incoming: value.get("incoming").and_then(incoming),
        host: value.get("outgoing").and_then(|outgoing| text_of(outgoing, "host")),
        outgoing: value.get("outgoing").filter(|outgoing| outgoing.is_object()).map(outgoing),
        is_managed: word_of(value, "verdict") == Some(Verdict::Managed),
        notes: notes.into_iter().flatten().filter_map(note).collect(),
    }
}

fn outgoing(value: &Value) -> Partial {
    let port = value.get("port").and_then(Value::as_u64).and_then(|port| u16::try_from(port).ok());
    let is_default = value.get("port_is_default").and_then(Value::as_bool);
    Partial {
        host: text_of(value, "host"),
        port: match (port, is_default) {
            (Some(port), Some(true)) => Some(Port::Default(port)),
            (Some(port), _) => Some(Port::Stored(port)),
            (None, Some(true)) => Some(Port::Automatic),
            (None, _) => None,
        },
        security: word_of(value, "security"),
        auth: word_of(value, "auth"),
        credentials: word_of(value, "credentials"),
        log_on_first: value
            .get("pop_before_smtp")
            .and_then(Value::as_bool)
            .map(|on| if on { LogOnFirst::On } else { LogOnFirst::Off }),
        malformed: Vec::new(),
    }
}

fn incoming(value: &Value) -> Option<Incoming> {
    Some(Incoming {
        protocol: word_of(value, "protocol")?,
        host: text_of(value, "host"),
        port: value.get("port").and_then(Value::as_u64).and_then(|port| u16::try_from(port).ok()),
        security: word_of(value, "security"),
        // A word of this side alone.
        auth: match text_of(value, "auth") {
            Some(word) if word == Auth::Apop.code() => Some(Auth::Apop),
            _ => word_of(value, "auth"),
        },
    })
}

fn text_of(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).map(str::to_owned)
}

fn word_of<T: Word>(value: &Value, key: &str) -> Option<T> {
    T::of(value.get(key).and_then(Value::as_str)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Protocol;

    #[test]
    fn what_is_no_report_is_told() {
        for (text, expected) in [
            ("", NoReport::NotJson(1, 0)),
            ("{\n\"schema\": ", NoReport::NotJson(2, 10)),
            ("[]", NoReport::OtherSchema),
            ("{}", NoReport::OtherSchema),
            (r#"{"schema": "smtp-auth-audit/report/v2"}"#, NoReport::OtherSchema),
            (r#"{"schema": "smtp-auth-audit/report/v10"}"#, NoReport::OtherSchema),
            (r#"{"schema": 1}"#, NoReport::OtherSchema),
        ] {
            assert_eq!(read(text).unwrap_err(), expected, "{text}");
        }
        assert_eq!(read(r#"{"schema": "smtp-auth-audit/report/v1.1"}"#), Ok(Vec::new()));
    }

    #[test]
    fn json_lines_are_one_report() {
        let lines = r#"{"type": "finding", "schema": "smtp-auth-audit/report/v1", "computer": "PC-1", "id": "a"}
            {"type": "finding", "schema": "smtp-auth-audit/report/v1", "computer": "PC-1", "id": "b"}
            {"type": "summary", "schema": "smtp-auth-audit/report/v1", "computer": "PC-1", "scan": {"sources": ["x"]}}"#;
        let whole = r#"{"schema": "smtp-auth-audit/report/v1", "computer": "PC-1", "scan": {"sources": ["x"]},
            "findings": [{"id": "a"}, {"id": "b"}]}"#;
        let findings = read(lines).unwrap();
        assert_eq!(findings, read(whole).unwrap());
        assert_eq!(
            (findings[1].computer.as_deref(), findings[1].sources.as_slice()),
            (Some("PC-1"), &["x".to_owned()][..])
        );
    }

    #[test]
    fn gaps_and_unknown_words_end_nothing() {
        let text = r#"{"schema": "smtp-auth-audit/report/v1", "computer": 5, "new": {}, "findings": [
            {"id": "a", "client": "becky", "in_use": "perhaps", "incoming": {"protocol": "jmap"}, "notes": [{"code": "x"}, 3]},
            {"id": "b", "computer": "PC-2", "client": "outlook", "in_use": "no", "addresses": ["a@b", 1], "client_installed": "maybe",
             "incoming": {"protocol": "pop3", "port": 70000, "security": "new"}, "outgoing": {"host": "mail.example.jp"}},
            "rubbish"]}"#;
        let findings = read(text).unwrap();
        let ids: Vec<&str> = findings.iter().map(|finding| finding.id.as_str()).collect();
        assert_eq!(ids, ["a", "b", ""]);
        let (first, second) = (&findings[0], &findings[1]);
        assert_eq!((&first.computer, first.sources.len()), (&None, 0));
        assert_eq!(second.computer.as_deref(), Some("PC-2"));
        assert_eq!((first.in_use, &first.incoming, first.notes.len()), (InUse::Unknown, &None, 0));
        assert_eq!((second.in_use, second.client_installed), (InUse::No, None));
        assert_eq!(second.addresses, ["a@b"]);
        assert_eq!(second.outgoing.as_ref().and_then(|seen| seen.host.as_deref()), Some("mail.example.jp"));
        assert_eq!(first.outgoing, None);
        let incoming =
            Incoming { protocol: Protocol::Pop3, host: None, port: None, security: None, auth: None };
        assert_eq!(
            (second.incoming.as_ref(), second.host.as_deref()),
            (Some(&incoming), Some("mail.example.jp"))
        );
    }
}
