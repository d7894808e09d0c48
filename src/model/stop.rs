//! The day after which something stops working.

use super::Text;
use super::day::{Tense, Until};
use std::fmt::Write;
use time::Date;

/// The day after which an account can't send, or receive, any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// The last good day, as the policy writes it.
    pub until: Until,
    /// The day is announced and not certain, or the first one of a move in phases.
    pub is_inexact: bool,
    /// Who can put the end off, and how.
    pub reversible: Option<Text>,
    /// What stops.
    pub what: Text,
    /// The day of judging.
    pub on: Date,
    /// When a built-in day was looked up: said with it.
    pub checked: Option<Date>,
    /// Where it stands, for a built-in day.
    pub source: Option<String>,
}

impl Stop {
    /// Days from the day of judging to the last good one; negative when it has passed; `None` where the day isn't exact.
    pub fn days_left(&self) -> Option<i64> {
        match self.until {
            Until::Day(last) if !self.is_inexact => Some((last - self.on).whole_days()),
            _ => None,
        }
    }

    /// Whether the last good day has passed.
    pub fn tense(&self) -> Tense {
        self.until.tense(self.on, self.checked)
    }

    /// True if it still works for longer than so many days.
    pub fn is_later_than(&self, days: i64) -> bool {
        self.until.last_day().is_some_and(|last| (last - self.on).whole_days() > days)
    }

    /// When it ends, as a part of a sentence: `2026年12月で終了`, `ends December 2026`.
    pub fn when(&self) -> Text {
        let day = match self.until {
            // A year ends with its last day; "ends 2027" says less.
            Until::Year(year) => Text::new(format!("{year}年末"), format!("the end of {year}")),
            until => until_text(until),
        };
        let at = if matches!(self.until, Until::Year(_)) { "at " } else { "" };
        match (self.until, self.tense()) {
            (Until::Ended, _) => Text::fixed("終了済み", "has ended"),
            (_, Tense::WasToBe) => {
                Text::new(format!("{}で終了の予定でした", day.ja), format!("was to end {at}{}", day.en))
            }
            (_, Tense::Over) => {
                Text::new(format!("{}で終了しました", day.ja), format!("ended {at}{}", day.en))
            }
            (_, Tense::Ahead) if self.is_inexact => {
                Text::new(format!("{}で終了(予定)", day.ja), format!("ends about {}", day.en))
            }
            (_, Tense::Ahead) => Text::new(format!("{}で終了", day.ja), format!("ends {at}{}", day.en)),
        }
    }

    /// What ends when: `パスワード認証は2026年12月で終了`, `password ends December 2026`.
    pub fn text(&self) -> Text {
        let (what, when) = (&self.what, self.when());
        Text::new(format!("{}は{}", what.ja, when.ja), format!("{} {}", what.en, when.en))
    }

    /// The same as a whole sentence, with who can put it off and as of when a built-in day was true.
    pub fn sentence(&self) -> Text {
        let text = self.text();
        let more = self.more();
        Text::new(format!("{}。{}", text.ja, more.ja), format!("{}.{}", capital(&text.en), more.en))
    }

    /// Sentences behind what ends when: who can put it off, and as of which page a built-in day was true.
    pub fn more(&self) -> Text {
        let (mut ja, mut en) = (String::new(), String::new());
        if let Some(reversible) = &self.reversible {
            let _ = write!(ja, "{}。", reversible.ja.trim_end_matches('。'));
            let _ = write!(en, " {}.", capital(reversible.en.trim_end_matches('.')));
        }
        if let Some(checked) = self.checked {
            let day = day_text(checked);
            let (of_ja, of_en) = self
                .source
                .as_ref()
                .map_or_else(Default::default, |source| (format!("、{source}"), format!(": {source}")));
            let _ = write!(ja, "({}に確認した提供元のページによる{of_ja})", day.ja);
            let _ = write!(en, " (As of the provider's page, looked up on {}{of_en}.)", day.en);
        }
        Text::new(ja, en)
    }
}

/// When, for people: `2027年3月31日`, `March 2027`.
pub fn until_text(until: Until) -> Text {
    match until {
        Until::Day(day) => day_text(day),
        Until::Month(year, month) => {
            Text::new(format!("{year}年{}月", u8::from(month)), format!("{month} {year}"))
        }
        Until::Year(year) => Text::new(format!("{year}年"), format!("{year}")),
        Until::Ended => Text::fixed("終了済み", "ended already"),
    }
}

/// `2027年3月31日`, `31 March 2027`.
pub fn day_text(day: Date) -> Text {
    Text::new(
        format!("{}年{}月{}日", day.year(), u8::from(day.month()), day.day()),
        format!("{} {} {}", day.day(), day.month(), day.year()),
    )
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().collect::<String>() + letters.as_str())
        .unwrap_or_default()
}
