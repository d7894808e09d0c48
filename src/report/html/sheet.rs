//! The sheet of steps of one account, for print: what is set now, what to set, and how, on one A4 page.

use super::{Both, FactView, both, zip};
use crate::model::{Action, Finding, Lang, LogOnFirst, Needs, Outgoing, Partial, Port, Security, Text};
use crate::report::facts;
use crate::report::words;
use textwrap::core::display_width;

/// What the page shows.
pub(super) struct Sheet {
    /// The class with the size of print at which it fits on its page.
    pub(super) size: &'static str,
    pub(super) owner: Vec<FactView>,
    pub(super) changes: Vec<Change>,
    pub(super) steps: Vec<Both>,
    pub(super) notes: Vec<Both>,
}

/// One setting.
pub(super) struct Change {
    pub(super) name: Both,
    pub(super) old: Both,
    pub(super) new: Both,
}

/// The sheet of an account for which somebody has something to do.
pub(super) fn sheet(finding: &Finding) -> Option<Sheet> {
    if finding.action == Action::None || finding.steps.is_empty() {
        return None;
    }
    let mut owner = zip(facts::facts(finding, Lang::Ja), facts::facts(finding, Lang::En));
    // The notes stand last, in smaller print.
    owner.retain(|fact| fact.name.en != "note");
    let mut sheet = Sheet {
        size: "",
        owner,
        changes: changes(finding),
        steps: finding.steps.iter().map(Both::from).collect(),
        notes: finding.notes.iter().map(|note| Both::from(&note.text())).collect(),
    };
    sheet.size = size_of_print(&sheet);
    Some(sheet)
}

/// Sizes of print in the style: class, points, line height in points.
const SIZES: [(&str, f64, f64); 4] =
    [("size-1", 10.5, 15.5), ("size-2", 9.0, 12.5), ("size-3", 8.0, 10.7), ("size-4", 7.0, 9.0)];

/// The largest size at which a sheet fits on A4 (178 by 269 mm inside the margins), by the width of its lines.
fn size_of_print(sheet: &Sheet) -> &'static str {
    const WIDTH: f64 = 178.0 / 25.4 * 72.0;
    const HEIGHT: f64 = 255.0 / 25.4 * 72.0;
    let fits = |points: f64, line: f64| {
        // A full-width character is as wide as its size; the names of facts take 35 mm, the numbers of steps 10 mm.
        let lines = |text: &Both, left_mm: f64| {
            let columns = display_width(&text.ja).max(display_width(&text.en));
            let room = (WIDTH - left_mm / 25.4 * 72.0) / (points / 2.0);
            (f64::from(u32::try_from(columns).unwrap_or(u32::MAX)) / room).ceil().max(1.0)
        };
        let facts: f64 = sheet.owner.iter().map(|fact| lines(&fact.value, 35.0)).sum::<f64>() + 4.0;
        let rows: f64 = sheet.changes.iter().map(|row| lines(&row.name, 110.0) + 0.6).sum::<f64>() + 1.6;
        let steps: f64 = sheet.steps.iter().map(|step| lines(step, 10.0) + 0.2).sum();
        let notes: f64 = sheet.notes.iter().map(|note| lines(note, 4.0) + 0.4).sum();
        (facts + rows + steps + notes) * line < HEIGHT
    };
    let last = SIZES.len() - 1;
    let chosen =
        SIZES.iter().enumerate().find(|(index, (_, points, line))| *index == last || fits(*points, *line));
    chosen.map_or("", |(_, (class, ..))| class)
}

/// What is set now and what it becomes; nothing where the present settings are not known.
fn changes(finding: &Finding) -> Vec<Change> {
    let Outgoing::Smtp(_) = finding.account.outgoing else { return Vec::new() };
    let now = finding.account.outgoing.seen().unwrap_or_default();
    let Needs { authenticate, log_on_first_off, port, security, .. } = &finding.needs;
    let mut changes = Vec::new();
    let mut add = |name: Text, old: Both, new: Both| {
        changes.push(Change { name: Both::from(&name), old, new });
    };
    if *authenticate {
        add(
            Text::fixed(
                "送信サーバーの認証 (SMTP 認証)",
                "authentication at the outgoing server (SMTP-AUTH)",
            ),
            Both::new("なし", "none"),
            Both::new(
                "あり(受信と同じユーザー名とパスワード)",
                "on (the user name and password for receiving)",
            ),
        );
    }
    if *log_on_first_off && now.log_on_first == Some(LogOnFirst::On) {
        add(
            Text::fixed(
                "送信前に受信サーバーへログオン (POP before SMTP)",
                "log on to the incoming server before sending (POP-before-SMTP)",
            ),
            Both::new("する", "on"),
            Both::new("しない", "off"),
        );
    }
    if let Some(port) = port {
        add(
            Text::fixed("送信サーバーのポート", "port of the outgoing server"),
            both(|lang| port_now(&now, lang)),
            both(|_| port.to_string()),
        );
    }
    if let Some(security) = security {
        let word = |security: Security| both(|lang| words::security(security).get(lang).to_owned());
        add(
            Text::fixed("送信サーバーの暗号化", "encryption to the outgoing server"),
            now.security.map_or(Both::new("-", "-"), word),
            word(*security),
        );
    }
    changes
}

fn port_now(now: &Partial, lang: Lang) -> String {
    match now.port {
        Some(Port::Stored(port)) => port.to_string(),
        Some(Port::Default(port)) => {
            Text::new(format!("{port}(既定値)"), format!("{port} (default)")).get(lang).to_owned()
        }
        Some(Port::Automatic) => Text::fixed("自動", "automatic").get(lang).to_owned(),
        None => "-".to_owned(),
    }
}
