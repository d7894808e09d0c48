//! Numbers as tiles and bars.

use super::chart::grouped;
use super::{MAX_BARS, named, rest};
use crate::fleet::overview::{Group, Numbers, Overview, Sort};
use crate::model::{Action, UserStatus, Verdict};
use crate::report::html::Both;

pub(super) struct Tile {
    pub(super) class: &'static str,
    pub(super) number: String,
    pub(super) name: Both,
}

pub(super) struct Bar {
    pub(super) name: Both,
    /// Widths in percent of the longest bar.
    pub(super) change: String,
    pub(super) check: String,
    pub(super) check_at: String,
    pub(super) numbers: [String; 3],
    pub(super) done: String,
}

pub(super) struct Bars {
    pub(super) title: Both,
    pub(super) rows: Vec<Bar>,
    pub(super) more: String,
}

pub(super) struct VerdictBar {
    pub(super) class: &'static str,
    pub(super) name: Both,
    pub(super) width: String,
    pub(super) number: String,
}

pub(super) fn tiles(overview: &Overview<'_>) -> Vec<Tile> {
    let Numbers { change, check, none, unknown, .. } = overview.numbers;
    let tile =
        |class, number: usize, ja, en| Tile { class, number: grouped(number), name: Both::new(ja, en) };
    let mut tiles = vec![
        tile("change", change, "要変更", "to change"),
        tile("check", check, "要確認", "to check"),
        tile("ok", none, "対応不要", "nothing to do"),
    ];
    if unknown > 0 {
        tiles.push(tile("check", unknown, "不明な判定", "unknown result"));
    }
    if let Some(done) = &overview.resolved {
        tiles.push(tile("ok", done.len(), "前回から対応済み", "done since the baseline"));
    }
    let incomplete = &overview.incomplete;
    let partly = incomplete.iter().filter(|one| one.status() == UserStatus::Partly).count();
    let (absent, silent) = (overview.reach.absent.len(), overview.reach.silent.len());
    for (number, ja, en) in [
        (absent, "報告のない PC", "computers that never reported"),
        (silent, "最近の報告がない PC", "silent computers"),
    ] {
        if number > 0 {
            tiles.push(tile("check", number, ja, en));
        }
    }
    tiles.extend([
        tile("rest", overview.computers, "コンピューター", "computers"),
        tile("rest", overview.users, "ユーザー", "users"),
        tile("check", partly, "一部だけ読み取れた PC", "computers read in part"),
        tile("check", incomplete.len() - partly, "何も読み取れなかった PC", "computers not read"),
        tile("check", overview.problems.len(), "読み取れなかった報告", "reports not read"),
    ]);
    tiles
}

#[expect(clippy::cast_precision_loss, reason = "numbers of accounts, on a drawing")]
fn percent(part: usize, of: usize) -> String {
    format!("{:.2}", 100.0 * part as f64 / of.max(1) as f64)
}

pub(super) fn verdicts(overview: &Overview<'_>) -> Vec<VerdictBar> {
    let most = overview.verdicts.iter().map(|sort| sort.number).max().unwrap_or_default();
    let bar = |sort: &Sort| VerdictBar {
        class: match (sort.action, sort.verdict) {
            (Some(Action::Change), _) => "change",
            (Some(Action::CheckByHand) | None, _) => "check",
            (Some(Action::None), Some(Verdict::SmtpAuth)) => "ok",
            (Some(Action::None), _) => "rest",
        },
        name: Both::from(&sort.text()),
        width: percent(sort.number, most),
        number: grouped(sort.number),
    };
    overview.verdicts.iter().map(bar).collect()
}

pub(super) fn groups(overview: &Overview<'_>) -> Vec<Bars> {
    [
        (Both::new("メールソフト別", "By mail client"), &overview.clients),
        (Both::new("プロバイダー(送信サーバー)別", "By provider (outgoing server)"), &overview.servers),
        (Both::new("部署別", "By department"), &overview.departments),
    ]
    .into_iter()
    .filter(|(_, groups)| !groups.is_empty())
    .map(|(title, groups)| Bars { title, rows: bars(groups), more: rest(groups.len(), MAX_BARS) })
    .collect()
}

fn bars(groups: &[Group<'_>]) -> Vec<Bar> {
    let shown = groups.iter().take(MAX_BARS);
    let most =
        shown.clone().map(|group| group.numbers.change + group.numbers.check).max().unwrap_or_default();
    shown
        .map(|Group { name, numbers }| Bar {
            name: named(name),
            change: percent(numbers.change, most),
            check: percent(numbers.check, most),
            check_at: percent(numbers.change, most),
            numbers: [numbers.change, numbers.check, numbers.none + numbers.unknown].map(grouped),
            done: numbers.percent().map_or("-".to_owned(), |percent| {
                format!("{percent}% ({}/{})", grouped(numbers.done), grouped(numbers.judged))
            }),
        })
        .collect()
}
