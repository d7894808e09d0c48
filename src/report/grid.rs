//! Tables for a terminal of a given width: no word is broken that fits into a line, addresses break at `@` and `.`.

use comfy_table::presets::{ASCII_FULL_CONDENSED, UTF8_FULL_CONDENSED};
use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width};
use textwrap::core::{Word, display_width};
use textwrap::{Options, WordSeparator, WordSplitter};

/// A row: what stands in its cells, each of one or several lines.
pub type Row = Vec<String>;

/// What does not break within itself, in a cell or line.
const JOINER: char = '\u{2060}';
const BLANK: char = '\u{A0}';

/// Items with commas between them, none of which breaks while it fits into a line.
pub fn items(items: &[String]) -> String {
    let joined = |item: &String| -> String {
        item.chars().flat_map(|letter| [if letter == ' ' { BLANK } else { letter }, JOINER]).collect()
    };
    items.iter().map(joined).collect::<Vec<_>>().join(", ").replace("\u{2060},", ",")
}

/// An item that does not fit breaks as any other text does.
fn loosened(text: &str, room: usize) -> String {
    let item = |item: &str| if display_width(item) > room { plain(item) } else { item.to_owned() };
    text.split(' ').map(item).collect::<Vec<_>>().join(" ")
}

fn plain(line: &str) -> String {
    line.chars()
        .filter(|letter| *letter != JOINER)
        .map(|letter| if letter == BLANK { ' ' } else { letter })
        .collect()
}

/// Draws the rows below their headings, as wide as `width` columns at most.
pub fn grid(head: &Row, rows: &[Row], width: usize, line_drawing: bool) -> String {
    let all: Vec<&Row> = std::iter::once(head).chain(rows).collect();
    // Each cell has a border and two blanks, and the last one closes.
    let room = width.saturating_sub(3 * head.len() + 1);
    let widths = widths(&all, room);
    let fitted = |row: &Row| -> Row {
        row.iter().zip(&widths).map(|(cell, width)| lines("", cell, *width).join("\n")).collect()
    };
    let mut table = Table::new();
    // Box drawing is double width on Japanese consoles.
    table.load_style(if line_drawing { UTF8_FULL_CONDENSED } else { ASCII_FULL_CONDENSED });
    table.set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(fitted(head));
    table.add_rows(rows.iter().map(fitted));
    for (column, width) in table.column_iter_mut().zip(&widths) {
        let width = u16::try_from(*width + 2).unwrap_or(u16::MAX);
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
    }
    table.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// A column of so many is read at a glance: it does not give way to one with longer words, which are broken instead.
const SHORT: usize = 14;
/// What is longer breaks at its hyphens, too.
const LONG: usize = 20;

/// The widths of the columns: as wide as what they hold; where that is too much the widest give way, first down to the
/// longest word, then by breaking long words, and short columns last.
fn widths(rows: &[&Row], room: usize) -> Vec<usize> {
    let columns = rows.first().map_or(0, |row| row.len());
    let widest = |measure: &dyn Fn(&str) -> usize| -> Vec<usize> {
        let cells = |column: usize| rows.iter().filter_map(move |row| row.get(column));
        (0..columns).map(|column| cells(column).map(|cell| measure(cell)).max().unwrap_or(0).max(1)).collect()
    };
    let mut widths = widest(&|cell| cell.lines().map(display_width).max().unwrap_or(0));
    let words =
        widest(&|cell| cell.lines().flat_map(pieces).map(|word| display_width(word.word)).max().unwrap_or(0));
    let up_to = |most: usize| -> Vec<usize> { widths.iter().map(|width| most.min(*width)).collect() };
    let (long, short) = (up_to(LONG), up_to(SHORT));
    let with_words = |list: &[usize], of: fn(usize, usize) -> usize| -> Vec<usize> {
        list.iter().zip(&words).map(|(one, word)| of(*one, *word)).collect()
    };
    let (whole, narrow) = (with_words(&long, usize::max), with_words(&short, usize::min));
    for least in [whole, long, short, narrow, vec![1; columns]] {
        while widths.iter().sum::<usize>() > room {
            let open = widths.iter_mut().zip(&least).filter(|(width, least)| **width > **least);
            match open.max_by_key(|(width, _)| **width) {
                Some((width, _)) => *width -= 1,
                None => break,
            }
        }
    }
    widths
}

/// Where a line may break: as UAX #14 says, before the `@` and the dots of addresses and hosts, and behind the hyphens of
/// what is long.
fn pieces(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let words = WordSeparator::UnicodeBreakProperties.find_words(line);
    Box::new(words.flat_map(|word| {
        let text = word.word;
        let ends = text.char_indices().skip(1).filter(|(_, letter)| "@.".contains(*letter));
        let mut starts: Vec<usize> = std::iter::once(0).chain(ends.map(|(at, _)| at)).collect();
        starts.push(text.len());
        let hyphens = starts.windows(2).flat_map(|pair| match pair {
            [from, to] => behind_hyphens(text, *from, *to),
            _ => Vec::new(),
        });
        let hyphens: Vec<usize> = hyphens.collect();
        starts.extend(hyphens);
        starts.sort_unstable();
        let pieces = starts.windows(2).filter_map(|pair| match pair {
            [from, to] => text.get(*from..*to).map(Word::from),
            _ => None,
        });
        let mut pieces: Vec<Word<'_>> = pieces.collect();
        if let Some(last) = pieces.last_mut() {
            (last.whitespace, last.penalty) = (word.whitespace, word.penalty);
        }
        pieces
    }))
}

fn behind_hyphens(text: &str, from: usize, to: usize) -> Vec<usize> {
    let Some(part) = text.get(from..to).filter(|part| display_width(part) > LONG) else { return Vec::new() };
    part.match_indices('-').map(|(at, _)| from + at + 1).filter(|at| *at < to).collect()
}

/// A text in lines of this width, with a hanging indent below what stands before it.
pub fn lines(head: &str, text: &str, width: usize) -> Vec<String> {
    let indent = " ".repeat(display_width(head));
    let options = Options::new(width)
        .initial_indent(head)
        .subsequent_indent(&indent)
        .word_separator(WordSeparator::Custom(pieces))
        .word_splitter(WordSplitter::NoHyphenation);
    let room = width.saturating_sub(display_width(head));
    textwrap::wrap(&loosened(text, room), options).iter().map(|line| plain(line)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Row {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn what_fits_stays_as_it_is_and_addresses_break_at_their_signs() {
        let rows = vec![row(&["1", "taro@mail.example.co.jp", "25 > 587, SMTP-AUTH"])];
        let wide = grid(&row(&["", "account", "to change"]), &rows, 100, false);
        assert!(wide.contains("| 1 | taro@mail.example.co.jp | 25 > 587, SMTP-AUTH |"), "{wide}");
        let narrow = grid(&row(&["", "account", "to change"]), &rows, 36, false);
        assert!(narrow.contains("| 1 | taro@mail     | 25 > 587,    |"), "{narrow}");
        assert!(narrow.contains("|   | .example.co   | SMTP-AUTH    |"), "{narrow}");
        assert!(narrow.lines().all(|line| display_width(line) <= 36), "{narrow}");
    }

    #[test]
    fn no_line_is_wider_than_asked_for() {
        let rows = vec![row(&["名前のとても長いアカウントの例", "averyveryverylongwordwithoutanyend", "x"])];
        for width in 20..90 {
            let drawn = grid(&row(&["アカウント", "サーバー", ""]), &rows, width, false);
            assert!(drawn.lines().all(|line| display_width(line) <= width), "{width}\n{drawn}");
        }
    }

    #[test]
    fn a_long_name_breaks_at_its_signs_and_leaves_the_other_columns_whole() {
        let long = "averyveryverylonglocalpartwithoutanydotorhyphenwhatsoever12@example.jp";
        let host = "smtp-submission-server-for-legacy-clients.osaka.example.co.jp";
        let head = row(&["", "判定", "ユーザー", "メールソフト", "アカウント", "送信サーバー", "変更点"]);
        let rows = vec![
            row(&["1", "要変更", "taro", "Thunderbird", long, host, "587, SMTP認証"]),
            row(&["2", "要変更", "hanako", "Becky!", "hanako@example.jp", "mail.example.jp", "587"]),
        ];
        for width in 100..=200 {
            let drawn = grid(&head, &rows, width, false);
            assert!(drawn.lines().all(|line| display_width(line) <= width), "{width}\n{drawn}");
            assert!(drawn.contains("| 1 | 要変更 | taro     | Thunderbird  | "), "{width}\n{drawn}");
            assert!(drawn.contains(" | 587, SMTP認証 |\n"), "{width}\n{drawn}");
            assert!(
                drawn.contains("| メールソフト |") && drawn.contains(" mail.example.jp "),
                "{width}\n{drawn}"
            );
            assert!(drawn.contains("smtp-submission-"), "{width}\n{drawn}");
            // Nothing is cut.
            let column = |at: usize| -> String {
                let lines = drawn.lines().skip(3).take_while(|line| !line.starts_with("| 2"));
                lines.filter_map(|line| line.split('|').nth(at)).map(str::trim).collect()
            };
            assert_eq!((column(5), column(6)), (long.to_owned(), host.to_owned()), "{width}\n{drawn}");
        }
    }

    #[test]
    fn an_item_is_not_broken_while_it_fits() {
        let list = items(&["25 > 587".to_owned(), "SMTP認証".to_owned()]);
        assert_eq!(lines("", &list, 40), ["25 > 587, SMTP認証"]);
        assert_eq!(lines("", &list, 15), ["25 > 587,", "SMTP認証"]);
        assert_eq!(lines("", &list, 9), ["25 > 587,", "SMTP認証"]);
        assert_eq!(lines("", &items(&["look at its screens".to_owned()]), 14), ["look at its", "screens"]);
    }

    #[test]
    fn a_dot_breaks_only_where_the_line_ends() {
        assert_eq!(lines("  ", "mail.example.jp 25", 80), ["  mail.example.jp 25"]);
        assert_eq!(lines("- ", "mail.example.jp 25", 14), ["- mail.example", "  .jp 25"]);
    }
}
