//! The burn-down: how many accounts are left, day by day, as the points of a drawing.

use crate::fleet::history::Day;
pub(super) use crate::fleet::names::grouped;
use std::fmt::Write;

/// Size of the drawing, and the room around the plot for the labels.
const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 240.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 30.0;

/// A label of an axis, and where it stands.
pub(super) struct Tick {
    pub(super) at: String,
    pub(super) label: String,
}

/// A line, and its last point.
pub(super) struct Line {
    pub(super) class: &'static str,
    pub(super) path: String,
    pub(super) end: (String, String),
}

pub(super) struct Chart {
    pub(super) lines: Vec<Line>,
    /// Horizontal lines with their numbers.
    pub(super) heights: Vec<Tick>,
    /// Days below the plot.
    pub(super) days: Vec<Tick>,
}

/// `None`: nothing was reported.
#[expect(clippy::cast_precision_loss, reason = "numbers of accounts and days, on a drawing")]
pub(super) fn chart(history: &[Day]) -> Option<Chart> {
    let (first, last) = (history.first()?, history.last()?);
    let span = (last.date - first.date).whole_days().max(1);
    let most = history.iter().map(|day| day.change.max(day.check)).max().unwrap_or_default();
    let step = step(most);
    let top = most.div_ceil(step).max(1) * step;
    let x = |day: i64| LEFT + (WIDTH - LEFT - RIGHT) * day as f64 / span as f64;
    let y = |number: u64| TOP + (HEIGHT - TOP - BOTTOM) * (1.0 - number as f64 / top as f64);
    let line = |class, number: fn(&Day) -> u64| {
        let mut path = String::new();
        // A number holds until the next report: steps, not slopes.
        for day in history {
            let (x, y) = (x((day.date - first.date).whole_days()), y(number(day)));
            // A string takes everything.
            let _ =
                if path.is_empty() { write!(path, "M{x:.1} {y:.1}") } else { write!(path, "H{x:.1}V{y:.1}") };
        }
        let end =
            (format!("{:.1}", x((last.date - first.date).whole_days())), format!("{:.1}", y(number(last))));
        Line { class, path, end }
    };
    let mut lines = vec![line("change", |day| day.change), line("check", |day| day.check)];
    if history.iter().any(|day| day.undecided > 0) {
        lines.push(line("undecided", |day| day.undecided));
    }
    let heights = (0..=top / step).map(|number| number * step);
    let marks: Vec<i64> =
        if span < 4 { vec![0, span] } else { (0..=4).map(|part| span * part / 4).collect() };
    let marks = if first.date == last.date { vec![0] } else { marks };
    Some(Chart {
        lines,
        heights: heights.map(|h| Tick { at: format!("{:.1}", y(h)), label: grouped(h) }).collect(),
        days: marks
            .into_iter()
            .map(|day| Tick {
                at: format!("{:.1}", x(day)),
                label: (first.date + time::Duration::days(day)).to_string(),
            })
            .collect(),
    })
}

/// 1, 2 or 5 times a power of ten, so that there are up to five lines.
fn step(most: u64) -> u64 {
    let mut power = 1_u64;
    loop {
        for factor in [1, 2, 5] {
            if most <= power.saturating_mul(factor).saturating_mul(5) {
                return power.saturating_mul(factor);
            }
        }
        power = power.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_easily() {
        assert_eq!([0_u64, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([0, 5, 6, 11, 26, 300_000].map(step), [1, 1, 2, 5, 10, 100_000]);
    }
}
