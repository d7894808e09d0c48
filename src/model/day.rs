//! Days as providers tell them: a day, a month, a year, or only that it is over.

use time::{Date, Month};

/// The last day that is good until midnight, by the provider's calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// Announced to the day.
    Day(Date),
    /// Over when this month is over.
    Month(i32, Month),
    /// Over when this year is over.
    Year(i32),
    /// Over already; the day is unknown.
    Ended,
}

impl Until {
    /// What POLICIES calls a day, a month, a year or `ended`; `None`: it is none of these.
    pub fn from_text(text: &str) -> Option<Self> {
        if text == "ended" {
            return Some(Self::Ended);
        }
        let mut parts = text.split('-');
        let year = number(parts.next()?, 4)?;
        let month = parts.next().map(|part| number(part, 2).and_then(month_of));
        let day = parts.next().map(|part| number(part, 2));
        let year = i32::try_from(year).ok().filter(|year| (1990..=2999).contains(year))?;
        match (month, day, parts.next()) {
            (None, None, None) => Some(Self::Year(year)),
            (Some(month), None, None) => Some(Self::Month(year, month?)),
            (Some(month), Some(day), None) => {
                Date::from_calendar_date(year, month?, u8::try_from(day?).ok()?).ok().map(Self::Day)
            }
            _ => None,
        }
    }

    /// The last day that it names: of a month or a year their last; `None`: it is over, and nobody knows since when.
    pub fn last_day(self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::Month(year, month) => Date::from_calendar_date(year, month, month.length(year)).ok(),
            Self::Year(year) => Date::from_calendar_date(year, Month::December, 31).ok(),
            Self::Ended => None,
        }
    }

    /// As the policy writes it: `2027-03-31`, `2026-12`, `2027`; `None` for `ended`.
    pub fn word(self) -> Option<String> {
        match self {
            Self::Day(day) => Some(iso(day)),
            Self::Month(year, month) => Some(format!("{year:04}-{:02}", u8::from(month))),
            Self::Year(year) => Some(format!("{year:04}")),
            Self::Ended => None,
        }
    }
}

/// Whether a last good day lies before the day of judging.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    /// It has not passed.
    Ahead,
    /// It has passed.
    Over,
    /// It has passed, and nobody has looked at the provider's page since: it may have been moved.
    WasToBe,
}

impl Until {
    /// On the day of judging; `checked`: when a built-in day was looked up.
    pub fn tense(self, on: Date, checked: Option<Date>) -> Tense {
        match (self.last_day(), checked) {
            (Some(last), _) if last >= on => Tense::Ahead,
            (Some(last), Some(checked)) if checked <= last => Tense::WasToBe,
            _ => Tense::Over,
        }
    }
}

/// How urgent something is: the less, the more.
pub type Urgency = (bool, Option<Date>);

/// Of something with these last good days: what has ended comes first, then the nearest day, and behind all what has none.
pub fn urgency(days: impl IntoIterator<Item = Until>) -> Urgency {
    let first = days.into_iter().map(Until::last_day).min();
    (first.is_none(), first.flatten())
}

/// `2027-03-31`.
pub fn iso(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), u8::from(day.month()), day.day())
}

/// A day, and nothing else.
pub fn day(text: &str) -> Option<Date> {
    match Until::from_text(text) {
        Some(Until::Day(day)) => Some(day),
        _ => None,
    }
}

fn number(text: &str, digits: usize) -> Option<u32> {
    let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

fn month_of(number: u32) -> Option<Month> {
    u8::try_from(number).ok().and_then(|number| Month::try_from(number).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_passed_when_it_is_over() {
        let date = |text| super::day(text).unwrap();
        for (until, on, checked, expected) in [
            ("2027-03-31", "2027-03-31", None, Tense::Ahead),
            ("2027-03-31", "2027-04-01", None, Tense::Over),
            ("2026-12", "2026-12-31", Some("2026-11-01"), Tense::Ahead),
            ("2026-12", "2027-01-01", Some("2026-12-31"), Tense::WasToBe),
            ("2026-12", "2027-01-01", Some("2027-01-01"), Tense::Over),
            ("ended", "2027-01-01", Some("2026-11-01"), Tense::Over),
        ] {
            let tense = Until::from_text(until).unwrap().tense(date(on), checked.map(date));
            assert_eq!(tense, expected, "{until} {on} {checked:?}");
        }
    }

    #[test]
    fn what_has_ended_is_the_most_urgent() {
        let of = |texts: &[&str]| urgency(texts.iter().map(|text| Until::from_text(text).unwrap()));
        let order =
            [&["2027", "ended"][..], &["2022"], &["2026-12"], &["2027", "2027-01-01"], &["2027"], &[]];
        assert!(order.windows(2).all(|pair| of(pair[0]) < of(pair[1])));
    }

    #[test]
    fn a_day_is_read_as_it_is_written() {
        for (text, last) in [
            ("2027-03-31", Some("2027-03-31")),
            ("2028-02", Some("2028-02-29")),
            ("2026-12", Some("2026-12-31")),
            ("2027", Some("2027-12-31")),
        ] {
            let until = Until::from_text(text).unwrap();
            assert_eq!(until.word().as_deref(), Some(text));
            assert_eq!(until.last_day().map(iso).as_deref(), last);
        }
        let ended = Until::from_text("ended").unwrap();
        assert_eq!((ended.word(), ended.last_day()), (None, None));
        for text in [
            "",
            "soon",
            "Ended",
            "2027-3-1",
            "2027-13",
            "2027-02-29",
            "27-03-31",
            "2027-03-31T00:00:00",
            "2027-03-31-1",
            "+027",
            "0001-01-01",
            "2027-",
            "2027-00",
            "2027-01-00",
        ] {
            assert_eq!(Until::from_text(text), None, "{text}");
        }
        assert_eq!(day("2027-03"), None);
    }
}
