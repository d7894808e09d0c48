//! What changed since last time, and when all is done at this pace.

use super::history::Day;
use super::names::grouped;
use super::overview::{Earlier, Overview};
use crate::model::{Action, Compared, Text, iso};
use time::{Date, Duration};

/// Days with reports before anything is said of the pace; that of the last of them counts.
const DAYS: usize = 10;
/// What is farther off is not foreseen, in days.
const FAR: u64 = 3 * 365;

impl Overview<'_> {
    /// What changed: against the baseline, or else against the day of reports before the last one. The first line says since
    /// when; empty where there is nothing to compare with.
    pub fn since(&self) -> Vec<Text> {
        match (self.earlier, &*self.history) {
            (Some(earlier), _) => self.since_baseline(earlier),
            (None, [.., before, last]) => self.since_day(*before, *last),
            (None, _) => Vec::new(),
        }
    }

    fn since_baseline(&self, earlier: Earlier) -> Vec<Text> {
        let Earlier { day, numbers } = earlier;
        let of = |compared| self.left.iter().filter(move |left| left.compared == Some(compared));
        let (new, changed) = (of(Compared::New).count(), of(Compared::Changed).count());
        let new_to_change = of(Compared::New).filter(|left| left.action == Some(Action::Change)).count();
        let done = self.resolved.as_ref().map_or(0, Vec::len);
        let heading = match day.map(iso) {
            Some(day) => Text::new(
                format!("前回の報告(最新のものは {day})から"),
                format!("Since the baseline, whose newest report is of {day}"),
            ),
            None => Text::fixed("前回の報告から", "Since the baseline"),
        };
        let mut lines = vec![heading, from_to("要変更", "to change", numbers.change, self.numbers.change)];
        lines.push(from_to("要確認", "to check", numbers.check, self.numbers.check));
        lines.push(count("対応済みになった", "done", done));
        lines.push(self.back());
        let (all, change) = (grouped(new), grouped(new_to_change));
        lines.push(Text::new(
            format!("新たに見つかった対応の必要なアカウント: {all}(うち要変更 {change})"),
            format!("new with something to do: {all} (of these to change: {change})"),
        ));
        lines.push(count(
            "ほかに設定や判定が変わった、対応の必要なアカウント",
            "changed otherwise, and still with something to do",
            changed,
        ));
        lines
    }

    fn since_day(&self, before: Day, last: Day) -> Vec<Text> {
        let (day, now) = (iso(before.date), iso(last.date));
        // Else these and the figures of today would not fit each other, and nobody would know why.
        let is = |number: u64, today: usize| usize::try_from(number) == Ok(today);
        let is_part = !(is(last.change, self.numbers.change) && is(last.check, self.numbers.check));
        let (ja, en) = if is_part {
            (
                "(読み取れないものがいつもあるユーザーを除く)",
                ", without users of whom something could never be read",
            )
        } else {
            ("", "")
        };
        vec![
            Text::new(format!("{day} から {now} までに{ja}"), format!("From {day} to {now}{en}")),
            from_to("要変更", "to change", before.change, last.change),
            from_to("要確認", "to check", before.check, last.check),
            from_to("調べたユーザー", "users read", before.users, last.users),
            self.back(),
        ]
    }

    /// What was ok and is not.
    fn back(&self) -> Text {
        count("変更不要だったが再び要変更になった", "were ok and are to be changed again", self.regressed)
    }

    /// When nothing is left to change, if it goes on as in the last ten days of reports. `None`: there are no ten days yet, it
    /// does not get less, or it would take years.
    pub fn pace(&self) -> Option<Text> {
        let on = finished(&self.history)?;
        Some(Text::new(
            format!(
                "このペースでは {} ごろに完了します(報告のあったユーザーの、報告のあった最近 {DAYS} 日の推移による)",
                iso(on)
            ),
            format!(
                "at this pace done about {} (by the last {DAYS} days with reports, of users who were read)",
                iso(on)
            ),
        ))
    }
}

fn finished(history: &[Day]) -> Option<Date> {
    let window = history.get(history.len().checked_sub(DAYS)?..)?;
    let (first, last) = (window.first()?, window.last()?);
    let span = u64::try_from((last.date - first.date).whole_days()).ok()?;
    let less = first.change.checked_sub(last.change).filter(|less| *less > 0)?;
    let days = last.change.saturating_mul(span).div_ceil(less);
    if last.change == 0 || days > FAR {
        return None;
    }
    last.date.checked_add(Duration::days(i64::try_from(days).ok()?))
}

fn from_to<T: TryInto<u64>>(ja: &str, en: &str, from: T, to: T) -> Text {
    let (from, to) = (grouped(from), grouped(to));
    Text::new(format!("{ja}: {from} → {to}"), format!("{en}: {from} → {to}"))
}

fn count(ja: &str, en: &str, number: usize) -> Text {
    let number = grouped(number);
    Text::new(format!("{ja}: {number}"), format!("{en}: {number}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Month;

    fn days(changes: &[u64]) -> Vec<Day> {
        let first = Date::from_calendar_date(2026, Month::October, 1).unwrap_or(Date::MIN);
        let day = |(at, change): (i64, &u64)| Day {
            date: first + Duration::days(at),
            change: *change,
            check: 0,
            undecided: 0,
            users: 1,
        };
        (0..).zip(changes).map(day).collect()
    }

    #[test]
    fn the_pace_is_that_of_the_last_ten_days_of_reports() {
        let of = |changes: &[u64]| finished(&days(changes)).map(iso);
        // Nine days say nothing, ten do: 9 less in 9 days, 11 left.
        assert_eq!(of(&[20, 19, 18, 17, 16, 15, 14, 13, 12]), None);
        assert_eq!(of(&[20, 19, 18, 17, 16, 15, 14, 13, 12, 11]).as_deref(), Some("2026-10-21"));
        // What was before does not count, and a part of a day is one.
        assert_eq!(of(&[99, 99, 20, 20, 20, 20, 20, 20, 20, 20, 20, 18]).as_deref(), Some("2027-01-01"));
        assert_eq!(of(&[5; 12]), None, "it does not get less");
        assert_eq!(of(&[5, 5, 5, 5, 5, 5, 5, 5, 5, 9]), None, "it gets more");
        assert_eq!(of(&[9, 8, 7, 6, 5, 4, 3, 2, 1, 0]), None, "it is done");
        assert_eq!(of(&[9000, 9000, 9000, 9000, 9000, 9000, 9000, 9000, 9000, 8999]), None, "years");
    }
}
