//! The sheet of steps of one account, for print: what is set now, what to set, and how, on one A4 page.

use super::{Both, FactView, zip};
use crate::model::{Action, Finding, Lang, Needs, Text};
use crate::report::clean::clean;
use crate::report::{changes, facts};
use textwrap::core::display_width;

/// What the page shows.
pub(super) struct Sheet {
    /// The class with the size of print at which it fits on its page.
    pub(super) size: &'static str,
    pub(super) computer: String,
    pub(super) owner: Vec<FactView>,
    pub(super) changes: Vec<Change>,
    pub(super) steps: Vec<Both>,
    pub(super) notes: Vec<Both>,
}

/// One setting.
pub(super) struct Change {
    pub(super) name: Both,
    /// `None`: not known.
    pub(super) old: Option<Both>,
    pub(super) new: Both,
}

/// The sheet of an account for which somebody has something to do.
pub(super) fn sheet(finding: &Finding) -> Option<Sheet> {
    if finding.action == Action::None || finding.steps.is_empty() {
        return None;
    }
    let mut owner = zip(facts::facts(finding, false, Lang::Ja), facts::facts(finding, false, Lang::En));
    // The notes stand last, in smaller print.
    owner.retain(|fact| fact.name.en != "note");
    for fact in &mut owner {
        fact.value = cut_both(&fact.value, MAX_VALUE);
    }
    let mut sheet = Sheet {
        size: "",
        computer: cut(&clean(finding.computer.as_deref().unwrap_or_default()), MAX_COMPUTER),
        owner,
        changes: changes(finding),
        steps: finding.steps.iter().map(|step| with_short_host(step, &finding.needs)).collect(),
        notes: finding.notes.iter().map(|note| cut_both(&Both::from(&note.text()), MAX_NOTE)).collect(),
    };
    sheet.size = size_of_print(&sheet);
    Some(sheet)
}

/// Columns of the computer's name (a label of DNS, RFC 1035), a value and a note: a setting of any length leaves room for the steps, and stands on its card as a whole.
const MAX_COMPUTER: usize = 63;
const MAX_VALUE: usize = 240;
const MAX_NOTE: usize = 400;

/// As much of a text as these columns hold.
fn cut(text: &str, columns: usize) -> String {
    let mut left = columns;
    for (at, character) in text.char_indices() {
        // What has no width by itself takes room in the end.
        let width = display_width(character.encode_utf8(&mut [0; 4])).max(1);
        let Some(rest) = left.checked_sub(width) else { return format!("{}…", text.split_at(at).0) };
        left = rest;
    }
    text.to_owned()
}

fn cut_both(text: &Both, columns: usize) -> Both {
    Both { ja: cut(&text.ja, columns), en: cut(&text.en, columns) }
}

/// The outgoing server is the one setting that stands in the steps.
fn with_short_host(step: &Text, needs: &Needs) -> Both {
    let step = Both::from(step);
    let host = clean(needs.host.as_deref().unwrap_or_default());
    let short = cut(&host, MAX_VALUE);
    if short == host {
        return step;
    }
    Both { ja: step.ja.replace(&host, &short), en: step.en.replace(&host, &short) }
}

/// Sizes of print in the style: class, points, line height in points.
const SIZES: [(&str, f64, f64); 4] =
    [("size-1", 10.5, 15.5), ("size-2", 9.0, 12.5), ("size-3", 8.0, 10.7), ("size-4", 7.0, 9.0)];

/// The largest size at which a sheet fits on A4 (178 by 269 mm inside the margins), by the width of its lines.
pub(super) fn size_of_print(sheet: &Sheet) -> &'static str {
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
        let steps: f64 = sheet
            .steps
            .iter()
            .map(|step| lines(step, 10.0) + if step.is_heading() { 1.2 } else { 0.2 })
            .sum();
        let notes: f64 = sheet.notes.iter().map(|note| lines(note, 4.0) + 0.4).sum();
        (facts + rows + steps + notes) * line < HEIGHT
    };
    let last = SIZES.len() - 1;
    let chosen =
        SIZES.iter().enumerate().find(|(index, (_, points, line))| *index == last || fits(*points, *line));
    chosen.map_or("", |(_, (class, ..))| class)
}

/// What is set now and what it becomes, in the order of the steps.
pub(super) fn changes(finding: &Finding) -> Vec<Change> {
    let view = |change: changes::Change| Change {
        name: Both::from(&change.name),
        old: change.now.as_ref().map(Both::from),
        new: Both::from(&change.then),
    };
    changes::changes(finding).into_iter().map(view).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_by_their_width() {
        for (text, shown) in [
            ("", ""),
            ("1234", "1234"),
            ("12345", "1234…"),
            ("会社", "会社"),
            ("会社の", "会社…"),
            ("a会社", "a会…"),
        ] {
            assert_eq!(cut(text, 4), shown);
        }
        assert_eq!(cut(&"e\u{301}".repeat(9), 4), "e\u{301}e\u{301}…");
    }

    #[test]
    fn a_long_server_does_not_fill_the_steps() {
        let host = "m".repeat(5000);
        let step = Text::new(format!("サーバー {host} を選びます。"), format!("Select the server {host}."));
        let shown = with_short_host(&step, &Needs { host: Some(host), ..Needs::default() });
        let short = format!("{}…", "m".repeat(MAX_VALUE));
        let wanted =
            Both::new(&format!("サーバー {short} を選びます。"), &format!("Select the server {short}."));
        assert_eq!(shown, wanted);
    }
}
