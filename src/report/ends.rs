//! What breaks when: a line for each last good day.

use crate::model::{StopDay, Stopping, Text, until_text};
use std::collections::BTreeMap;

/// A line for each day: `31 December 2026: 14 accounts stop sending, 3 accounts stop receiving`, and once
/// that has passed: `14 accounts stopped sending`.
pub fn what_ends(stops: &BTreeMap<StopDay, Stopping>) -> Vec<Text> {
    let of_day = |(StopDay(until), Stopping { sending, receiving }): (&StopDay, &Stopping)| {
        let (mut ja, mut en) = (Vec::new(), Vec::new());
        for (numbers, side_ja, side_en) in [(sending, "送信", "sending"), (receiving, "受信", "receiving")]
        {
            for (number, tense_ja, one, many) in [
                (numbers.over, "できなくなった", "stopped", "stopped"),
                (numbers.was_to_be, "できなくなる予定だった", "was to stop", "were to stop"),
                (numbers.ahead, "できなくなる", "stops", "stop"),
            ] {
                if number > 0 {
                    ja.push(format!("{side_ja}{tense_ja}アカウント {number}"));
                    let accounts = if number == 1 {
                        format!("1 account {one}")
                    } else {
                        format!("{number} accounts {many}")
                    };
                    en.push(format!("{accounts} {side_en}"));
                }
            }
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
