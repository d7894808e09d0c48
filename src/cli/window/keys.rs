//! The keys of the window: what they are called there, and which of them a typed line means.

use crate::formats::shapes::narrow;
use crate::model::Text;

/// What may be done with the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// Look at the page.
    Browser,
    /// Keep it.
    Save,
    /// Print the steps.
    Sheets,
    /// Once more, as after a change.
    Again,
    /// The end.
    Close,
}

/// Letters and words. The letter may be typed in full width, or as the kana on the same key of a Japanese keyboard
/// (JIS X 6002), where an input method was left on.
const WORDS: [(Key, &[&str]); 5] = [
    (Key::Browser, &["b", "こ", "browser", "ブラウザー", "ブラウザ", "開く"]),
    (Key::Save, &["s", "と", "save", "保存"]),
    (Key::Sheets, &["p", "せ", "print", "印刷"]),
    (Key::Again, &["r", "す", "again", "再調査"]),
    (Key::Close, &["", "q", "quit", "exit", "close", "閉じる", "終了"]),
];

/// The keys, within 80 columns: a line is typed and not a key pressed, which works in every console and input method.
pub(super) const LINE: Text = Text::fixed(
    "[B] ブラウザーで開く  [S] 保存  [P] 手順書を印刷  [R] 再調査  [Enter] 閉じる",
    "[B] open in browser  [S] save  [P] print sheets  [R] scan again  [Enter] close",
);
/// Where there is no report.
pub(super) const SHORT_LINE: Text =
    Text::fixed("[R] 再調査  [Enter] 閉じる", "[R] scan again  [Enter] close");
/// Before what is typed.
pub(super) const PROMPT: Text = Text::fixed("文字を入力して Enter: ", "Letter, then Enter: ");
/// Where only one key does anything.
pub(in crate::cli) const CLOSE: Text = Text::fixed("[Enter] 閉じる ", "[Enter] close ");

/// The key that a line means; `None`: none of them.
pub(super) fn read(line: &str) -> Option<Key> {
    let line: String = line.chars().map(narrow).collect();
    let line = line.trim().to_lowercase();
    // As it is shown.
    let word = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')).unwrap_or(&line);
    WORDS.iter().find(|(_, words)| words.contains(&word)).map(|(key, _)| *key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use textwrap::core::display_width;

    #[test]
    fn a_line_means_a_key_in_any_width_and_input_method() {
        for (line, key) in [
            ("b\n", Key::Browser),
            (" B \r\n", Key::Browser),
            ("B\r\n", Key::Browser),
            ("b", Key::Browser),
            ("こ", Key::Browser),
            ("[B]", Key::Browser),
            ("S", Key::Save),
            ("s", Key::Save),
            ("と", Key::Save),
            ("保存\r\n", Key::Save),
            ("P", Key::Sheets),
            ("せ", Key::Sheets),
            ("印刷", Key::Sheets),
            ("R", Key::Again),
            ("す", Key::Again),
            ("再調査", Key::Again),
            ("\r\n", Key::Close),
            ("\u{3000}\r\n", Key::Close),
            ("q", Key::Close),
            ("閉じる", Key::Close),
        ] {
            assert_eq!(read(line), Some(key), "{line:?}");
        }
        for line in ["x", "bb", "?", "b s", "[", "]", "[]x", "Enter"] {
            assert_eq!(read(line), None, "{line:?}");
        }
    }

    #[test]
    fn no_word_has_two_meanings() {
        let words: Vec<&&str> = WORDS.iter().flat_map(|(_, words)| *words).collect();
        for word in &words {
            assert_eq!(words.iter().filter(|other| other == &word).count(), 1, "{word}");
        }
    }

    #[test]
    fn each_key_that_is_shown_is_read_and_the_line_fits() {
        for line in [LINE.ja, LINE.en] {
            assert!(display_width(&line) < 80, "{line}");
            for key in line.split('[').skip(1).filter_map(|part| part.split_once(']')) {
                assert!(key.0 == "Enter" || read(key.0).is_some(), "{line}: {key:?}");
            }
        }
    }
}
