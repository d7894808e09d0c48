//! What a report tells beside its results: what is counted by itself, and which policies are old.

use crate::model::{Lang, Report, Tally, Text};

/// What is counted beside the results, where there is any.
pub fn further(tally: &Tally) -> Vec<Text> {
    [
        (
            tally.undecided,
            "どちらか判断できない(パスワードか OAuth 2 かなど)",
            "may be one thing or another (such as a password or OAuth 2)",
        ),
        (tally.receiving, "受信の設定変更が必要", "to change for receiving"),
        (
            tally.accepted,
            "認証なしだが、ポリシーで認められている",
            "without authentication, accepted by the policy",
        ),
        (
            tally.waiting,
            "変更は案内の日から(今は変更しない)",
            "to change from the day of the notice, not yet",
        ),
        (tally.exceptions, "例外", "exceptions"),
    ]
    .into_iter()
    .filter(|(number, ..)| *number > 0)
    .map(|(number, ja, en)| Text::new(format!("{ja}: {number}"), format!("{en}: {number}")))
    .collect()
}

/// The built-in policies that nobody has looked up for long.
pub fn old_policies(report: &Report) -> Option<Text> {
    let old = report.scan.policy_details.iter().filter(|policy| policy.is_old);
    long_ago(&old.map(|policy| &policy.name).collect::<Vec<_>>())
}

/// That policies of these names were looked up long ago.
pub fn long_ago(names: &[&Text]) -> Option<Text> {
    let names = |lang| names.iter().map(|name| name.get(lang)).collect::<Vec<_>>();
    let (ja, en) = (names(Lang::Ja), names(Lang::En));
    (!ja.is_empty()).then(|| {
        Text::new(
            format!("半年以上確認されていない組み込みのポリシー: {} (新しい版のこのプログラムを使ってください)", ja.join("、")),
            format!("Built-in policies looked up more than six months ago: {} (get a newer version of this program)", en.join(", ")),
        )
    })
}
