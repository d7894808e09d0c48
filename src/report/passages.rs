//! What the folders and files below PATH were taken for, and what was left out: for people who ask why something was not
//! found.

use super::blocks::wrap;
use super::clean::clean;
use crate::model::{Lang, Listed, Passage, Passages, Text};

/// The same before a scan, with what can't be looked at.
pub fn survey(passages: &Passages, problems: &Listed, lang: Lang) -> String {
    let unread = list(&Text::fixed("調べられないもの:", "What can't be looked at:"), problems, lang);
    let lists = [render(passages, lang), unread.unwrap_or_default()];
    let text = lists.into_iter().filter(|list| !list.is_empty()).collect::<Vec<_>>().join("\n");
    let nothing = Text::fixed("調べるものがありません。\n", "There is nothing to look at.\n");
    if text.is_empty() { nothing.get(lang).to_owned() } else { text }
}

/// The lists; empty where nothing was walked through.
pub fn render(passages: &Passages, lang: Lang) -> String {
    let taken = list(&Text::fixed("調べたもの:", "What was looked at:"), &passages.taken, lang);
    let left_out = list(&Text::fixed("調べないもの:", "What is left out:"), &passages.left_out, lang);
    [taken, left_out].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn list(head: &Text, passages: &Listed, lang: Lang) -> Option<String> {
    if passages.is_empty() {
        return None;
    }
    let mut lines = vec![head.get(lang).to_owned()];
    for Passage { place, what } in &passages.first {
        lines.push(format!("  - {}", clean(place)));
        lines.extend(wrap("    ", what.get(lang)));
    }
    if passages.more > 0 {
        let more = passages.more;
        let text = Text::new(format!("  ほかに {more} 件"), format!("  and {more} more"));
        lines.push(text.get(lang).to_owned());
    }
    Some(lines.join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_looked_at_and_what_was_left_out_stand_apart() {
        let mut passages = Passages::default();
        for number in 0..201 {
            passages.taken.add(|| format!("E:\\{number}\u{7}"), Text::fixed("家", "a home"));
        }
        let mut left_out = Passages::default();
        left_out.left_out.add(|| "F:\u{7}".to_owned(), Text::fixed("古い", "old"));
        passages.extend(left_out);
        let text = render(&passages, Lang::En);
        assert!(text.starts_with("What was looked at:\n  - E:\\0"), "{text}");
        assert!(text.contains("\n  and 1 more\n\nWhat is left out:\n"), "{text}");
        assert!(!text.contains('\u{7}'));
        assert_eq!(render(&Passages::default(), Lang::Ja), "");
    }
}
