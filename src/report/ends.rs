//! What breaks when: a line for each last good day.

use crate::model::{StopDay, Stopping, Text, until_text};
use std::collections::BTreeMap;

/// A line for each day: `31 December 2026: 14 accounts stop sending, 3 accounts stop receiving`, and once
/// that has passed: `14 accounts stopped sending`. What can't be told for certain is told apart: `1 account may stop sending`.
pub fn what_ends(stops: &BTreeMap<StopDay, Stopping>) -> Vec<Text> {
    let of_day = |(StopDay(until), Stopping { sending, receiving, undecided }): (&StopDay, &Stopping)| {
        let (mut ja, mut en) = (Vec::new(), Vec::new());
        let mut tell = |number: usize, text_ja: String, one: &str, many: &str, side_en: &str| {
            if number > 0 {
                ja.push(format!("{text_ja}アカウント {number}"));
                let accounts = if number == 1 {
                    format!("1 account {one}")
                } else {
                    format!("{number} accounts {many}")
                };
                en.push(format!("{accounts} {side_en}"));
            }
        };
        for (numbers, side_ja, side_en) in [(sending, "送信", "sending"), (receiving, "受信", "receiving")]
        {
            for (number, tense_ja, one, many) in [
                (numbers.over, "できなくなった", "stopped", "stopped"),
                (numbers.was_to_be, "できなくなる予定だった", "was to stop", "were to stop"),
                (numbers.ahead, "できなくなる", "stops", "stop"),
            ] {
                tell(number, format!("{side_ja}{tense_ja}"), one, many, side_en);
            }
        }
        // Each of these may be an account that goes on.
        for (number, tense_ja, one, many) in [
            (undecided.over, "できなくなった", "may have stopped", "may have stopped"),
            (undecided.was_to_be, "できなくなる予定だった", "was possibly to stop", "were possibly to stop"),
            (undecided.ahead, "できなくなる", "may stop", "may stop"),
        ] {
            tell(number, format!("送信{tense_ja}可能性のある"), one, many, "sending");
        }
        let day = until_text(*until);
        Text::new(format!("{}: {}", day.ja, ja.join("、")), format!("{}: {}", day.en, en.join(", ")))
    };
    stops.iter().map(of_day).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Until, day};

    /// What stops on a day for both sides, with when a built-in day was looked up, as of a day.
    fn told(stops: &[(&str, u8, u8, Option<&str>)], on: &str) -> Vec<(String, String)> {
        let mut map: BTreeMap<StopDay, Stopping> = BTreeMap::new();
        for (until, sending, receiving, checked) in stops {
            let until = Until::from_text(until).unwrap();
            let tense = until.tense(day(on).unwrap(), checked.and_then(day));
            let stopping = map.entry(StopDay(until)).or_default();
            (0..*sending).for_each(|_| stopping.sending.count(tense));
            (0..*receiving).for_each(|_| stopping.receiving.count(tense));
        }
        what_ends(&map).into_iter().map(|text| (text.ja.into_owned(), text.en.into_owned())).collect()
    }

    #[test]
    fn what_has_passed_is_told_as_past() {
        let all = [
            ("2027-03-31", 2, 1, None),
            ("2026-12", 1, 0, None),
            ("2026-12", 1, 2, Some("2026-11-14")),
            ("ended", 1, 2, None),
        ];
        let lines = |on| told(&all, on);
        let both = |ja: &str, en: &str| (ja.to_owned(), en.to_owned());
        let ended = both(
            "終了済み: 送信できなくなったアカウント 1、受信できなくなったアカウント 2",
            "ended already: 1 account stopped sending, 2 accounts stopped receiving",
        );
        assert_eq!(
            lines("2026-12-31"),
            [
                ended.clone(),
                both(
                    "2026年12月: 送信できなくなるアカウント 2、受信できなくなるアカウント 2",
                    "December 2026: 2 accounts stop sending, 2 accounts stop receiving",
                ),
                both(
                    "2027年3月31日: 送信できなくなるアカウント 2、受信できなくなるアカウント 1",
                    "31 March 2027: 2 accounts stop sending, 1 account stops receiving",
                ),
            ]
        );
        // Of what can't be told its day says what may be.
        let may = |undecided: &[(u8, Option<&str>)], on| {
            let until = Until::from_text("2026-12").unwrap();
            let mut stopping = Stopping::default();
            for (number, checked) in undecided {
                let tense = until.tense(day(on).unwrap(), checked.and_then(day));
                (0..*number).for_each(|_| stopping.undecided.count(tense));
            }
            let lines = what_ends(&BTreeMap::from([(StopDay(until), stopping)]));
            both(&lines[0].ja, &lines[0].en)
        };
        let (one, three) = ((1, None), (3, Some("2026-11-14")));
        for (undecided, on, expected) in [
            (
                &[one][..],
                "2026-12-31",
                both(
                    "2026年12月: 送信できなくなる可能性のあるアカウント 1",
                    "December 2026: 1 account may stop sending",
                ),
            ),
            (
                &[one, three],
                "2026-12-31",
                both(
                    "2026年12月: 送信できなくなる可能性のあるアカウント 4",
                    "December 2026: 4 accounts may stop sending",
                ),
            ),
            (
                &[one, three],
                "2027-01-01",
                both(
                    "2026年12月: 送信できなくなった可能性のあるアカウント 1、送信できなくなる予定だった可能性のあるアカウント 3",
                    "December 2026: 1 account may have stopped sending, 3 accounts were possibly to stop sending",
                ),
            ),
        ] {
            assert_eq!(may(undecided, on), expected, "{on}");
        }
        // A built-in day that nobody has looked up since may have been moved.
        assert_eq!(
            lines("2027-04-01"),
            [
                ended,
                both(
                    "2026年12月: 送信できなくなったアカウント 1、送信できなくなる予定だったアカウント 1、受信できなくなる予定だったアカウント 2",
                    "December 2026: 1 account stopped sending, 1 account was to stop sending, 2 accounts were to stop receiving",
                ),
                both(
                    "2027年3月31日: 送信できなくなったアカウント 2、受信できなくなったアカウント 1",
                    "31 March 2027: 2 accounts stopped sending, 1 account stopped receiving",
                ),
            ]
        );
    }
}
