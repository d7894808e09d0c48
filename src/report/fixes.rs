//! Changes for people: what would be written, where, what it comes with, and what became of it.

use super::blocks::wrap;
use super::clean::clean;
use crate::model::{Change, ChangeState, Edit, Lang, Text};

/// For a terminal. `is_complete`: everything could be read.
pub fn text(changes: &[Change], is_complete: bool, lang: Lang) -> String {
    let mut parts: Vec<String> =
        (1..).zip(changes).map(|(number, change)| block(number, change, lang)).collect();
    parts.push(wrap("", sum(changes, is_complete).get(lang)).join("\n") + "\n");
    parts.join("\n")
}

/// One change, with its number.
pub fn block(number: usize, change: &Change, lang: Lang) -> String {
    let head = format!("{} ({}): {}", change.account, change.client_name, change.state.text().get(lang));
    let mut lines = wrap(&format!("[{number}] "), &clean(&head));
    let mut place = None;
    for edit in &change.edits {
        if place.replace(&edit.place) != Some(&edit.place) {
            lines.push(format!("    {}", clean(&edit.place.to_string())));
        }
        lines.push(format!("      {}", clean(&line(edit, lang))));
    }
    for obstacle in &change.obstacles {
        lines.extend(wrap("    ! ", &clean(obstacle.text.get(lang))));
    }
    let word = Text::fixed("同じ設定を使うアカウント", "accounts with the same settings");
    if !change.touches.is_empty() {
        let names: Vec<&str> = change.touches.iter().map(|touched| touched.account.as_str()).collect();
        lines.extend(wrap("    ", &clean(&format!("{}: {}", word.get(lang), names.join(", ")))));
    }
    for remark in change.remarks.iter().filter(|_| !change.edits.is_empty()) {
        lines.extend(wrap("    ", &clean(remark.get(lang))));
    }
    if let Some(id) = &change.journal {
        let text = Text::new(
            format!("元に戻すには: smtp-auth-audit undo {id}"),
            format!("To take it back: smtp-auth-audit undo {id}"),
        );
        lines.extend(wrap("    ", text.get(lang)));
    }
    lines.join("\n") + "\n"
}

/// `smtp_port: 25 > 587`.
pub fn line(edit: &Edit, lang: Lang) -> String {
    let absent = Text::fixed("(なし)", "(not set)");
    let value = |value: &Option<String>| match value.as_deref() {
        None => absent.get(lang).to_owned(),
        Some("") => "\"\"".to_owned(),
        Some(value) => value.to_owned(),
    };
    format!("{}: {} > {}", edit.setting, value(&edit.old), value(&edit.new))
}

/// What it all comes to.
fn sum(changes: &[Change], is_complete: bool) -> Text {
    let count = |state: ChangeState| changes.iter().filter(|change| change.state == state).count();
    let counted = |get: fn(&Text) -> &str| {
        let list = ChangeState::ALL.into_iter().filter(|state| count(*state) > 0);
        list.map(|state| format!("{} {}", get(&state.text()), count(state))).collect::<Vec<_>>()
    };
    if changes.is_empty() && !is_complete {
        return Text::fixed(
            "読み取れた範囲では、変更が必要なアカウントはありません。読み取れなかったものがあります。",
            "In what could be read no account has to be changed; some of it could not be read.",
        );
    }
    if changes.is_empty() {
        return Text::fixed("変更が必要なアカウントはありません。", "No account has to be changed.");
    }
    Text::new(counted(|text| &text.ja).join("、"), counted(|text| &text.en).join(", "))
}
