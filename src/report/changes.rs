//! What is set now and what it becomes: as a list for the blocks and sheets, and in a few words for the tables.

use super::words;
use crate::model::{Action, Aspect, Auth, Finding, Lang, Note, Port, Security, Text, ToSet};

/// One setting for sending, now and then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its name.
    pub name: Text,
    /// What it is; `None`: not known.
    pub now: Option<Text>,
    /// What it becomes.
    pub then: Text,
}

/// What is to be set for sending, in the order of the steps.
pub fn changes(finding: &Finding) -> Vec<Change> {
    let port = finding.account.outgoing.seen().and_then(|seen| seen.port);
    finding.to_set.iter().map(|set| change(set, port)).collect()
}

/// A default port is told as such.
fn change(set: &ToSet, port: Option<Port>) -> Change {
    let shown = |word: &String| words::value(set.setting, word);
    Change {
        name: words::setting(set.setting),
        now: match (set.setting, port) {
            (Aspect::Port, Some(port)) => Some(port_now(port)),
            _ => set.now.as_ref().map(shown),
        },
        then: set.then.as_ref().map_or(Text::fixed("-", "-"), shown),
    }
}

fn port_now(port: Port) -> Text {
    match port {
        Port::Stored(port) => Text::new(port.to_string(), port.to_string()),
        Port::Default(port) => Text::new(format!("{port}(既定値)"), format!("{port} (default)")),
        Port::Automatic => Text::fixed("自動", "automatic"),
    }
}

/// What is to be set for receiving, as `port 110 > 995`.
pub fn receiving(set: &ToSet, lang: Lang) -> String {
    let shown = |word: &Option<String>, none: &str| {
        word.as_ref().map_or_else(
            || none.to_owned(),
            |word| words::incoming_value(set.setting, word).get(lang).to_owned(),
        )
    };
    let nothing = Text::fixed("なし(サービス終了)", "none (the service ends)");
    let name = words::incoming_setting(set.setting);
    format!("{} {} > {}", name.get(lang), shown(&set.now, "?"), shown(&set.then, nothing.get(lang)))
}

/// The same as a line of its own.
pub fn receiving_line(set: &ToSet) -> Text {
    Text::new(
        format!("受信: {}", receiving(set, Lang::Ja)),
        format!("Receiving: {}", receiving(set, Lang::En)),
    )
}

/// The column 変更点 / to change: `25 > 587`, `SMTP-AUTH`; without a sign whose width is ambiguous.
pub fn in_short(finding: &Finding, lang: Lang) -> Vec<String> {
    let mut parts = Vec::new();
    if finding.is_change_of_sending() || finding.action == Action::CheckByHand {
        parts.extend(short(&finding.to_set, lang));
        if finding.needs.ends {
            parts.push(Text::fixed("サービス終了", "the service ends").get(lang).to_owned());
        }
    }
    if finding.action == Action::Change && finding.is_open() {
        parts.push(LOOK.get(lang).to_owned());
    }
    if finding.action == Action::Change {
        let mut receiving = short(&finding.receiving.to_set, lang);
        if let Some(first) = receiving.first_mut() {
            let head = Text::fixed("受信", "receiving");
            *first = format!("{}: {first}", head.get(lang));
        }
        parts.extend(receiving);
    }
    if parts.is_empty() {
        parts.push(without_settings(finding).get(lang).to_owned());
    }
    parts
}

/// What there is to do where how it sends can't be told.
const LOOK: Text = Text::fixed("画面で確認", "look at its screens");

/// What there is to do where no setting can be named.
fn without_settings(finding: &Finding) -> Text {
    let cannot = finding.notes.iter().any(|note| matches!(note, Note::ClientCannot(_)));
    match finding.action {
        Action::Change if cannot => Text::fixed("このソフトではできません", "not with this program"),
        Action::Change => Text::fixed("手順を参照", "see the steps"),
        Action::CheckByHand => LOOK,
        Action::None => Text::fixed("-", "-"),
    }
}

/// The settings in the fewest words that tell them apart. Who authenticates needs no word about the log-on before.
fn short(list: &[ToSet], lang: Lang) -> Vec<String> {
    let is_set = |aspect| list.iter().any(|set| set.setting == aspect);
    let is_told = |set: &&ToSet| match set.setting {
        Aspect::LogOnFirst | Aspect::User => !is_set(Aspect::Auth),
        _ => true,
    };
    let mut list: Vec<&ToSet> = list.iter().filter(is_told).collect();
    // The same order for every client, where to before how.
    list.sort_by_key(|set| set.setting);
    list.iter().filter_map(|set| Some(in_words(set, set.then.as_deref()?, lang))).collect()
}

fn in_words(set: &ToSet, then: &str, lang: Lang) -> String {
    let now = set.now.as_deref();
    match set.setting {
        Aspect::Port => now.map_or_else(|| then.to_owned(), |now| format!("{now} > {then}")),
        Aspect::Security if then == Security::Plain.code() => {
            words::security(Security::Plain).get(lang).to_owned()
        }
        Aspect::Auth if [None, Some(Auth::None.code())].contains(&now) && then == Auth::Password.code() => {
            Text::fixed("SMTP認証", "SMTP-AUTH").get(lang).to_owned()
        }
        Aspect::Auth if then == Auth::Password.code() => words::auth(Auth::Password).get(lang).to_owned(),
        Aspect::LogOnFirst => {
            let on = then == "true";
            let (ja, en) = if on { ("オン", "on") } else { ("オフ", "off") };
            Text::new(format!("POP before SMTP {ja}"), format!("POP-before-SMTP {en}")).get(lang).to_owned()
        }
        Aspect::User => {
            let text = words::value(set.setting, then);
            Text::new(format!("ユーザー名: {}", text.ja), format!("user name: {}", text.en))
                .get(lang)
                .to_owned()
        }
        Aspect::Host => format!("> {then}"),
        Aspect::Security | Aspect::Auth | Aspect::Protocol => {
            words::value(set.setting, then).get(lang).to_owned()
        }
    }
}
