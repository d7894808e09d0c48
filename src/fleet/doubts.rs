//! What can't be told of a fleet for sure, for people.

use super::names::grouped;
use super::overview::Overview;
use crate::model::Text;

/// Names that are told of those of which there are several.
const MAX_NAMES: usize = 20;

impl Overview<'_> {
    /// What to know of reports that do not name their computer, where there are such.
    pub fn without_name(&self) -> Option<Text> {
        let number = self.nameless;
        (number > 0).then(|| {
            Text::new(
                format!("コンピューターの名前がない報告: {number}(データのあった場所で区別しています。scan --computer 名前 で付けられます)"),
                format!("reports without a computer's name: {number} (told apart by where the data lay; scan --computer NAME gives one)"),
            )
        })
    }

    /// How much is done, with what that stands on.
    pub fn done(&self) -> Text {
        let (numbers, base) = (self.numbers, self.reach.base());
        let Some(percent) = numbers.percent() else { return base };
        let (done, judged) = (grouped(numbers.done), grouped(numbers.judged));
        let (check_ja, check_en) = match numbers.check + numbers.unknown {
            0 => (String::new(), String::new()),
            check => (format!("、要確認 {}", grouped(check)), format!(", {} to check", grouped(check))),
        };
        Text::new(
            format!(
                "完了 {percent}%(使用中で判定できたアカウント {judged} のうち {done}{check_ja}、{})",
                base.ja
            ),
            format!(
                "done {percent}% ({done} of {judged} accounts in use that are judged{check_en}; {})",
                base.en
            ),
        )
    }

    /// What is not in the figures, each with its number.
    pub fn left_out(&self) -> Vec<(Text, usize)> {
        let reach = &self.reach;
        let lost = reach.silent.iter().filter(|silent| !silent.counts).count();
        let all = [
            (
                Text::fixed("条件に合わないアカウント", "accounts not shown because of the filters"),
                self.further.hidden,
            ),
            (
                Text::fixed("古いため数に入れていない報告", "reports that are too old to count"),
                usize::try_from(reach.too_old).unwrap_or(usize::MAX),
            ),
            (
                Text::fixed("そのうち、新しい報告のないコンピューター", "computers known only from these"),
                lost,
            ),
        ];
        all.into_iter().filter(|(_, number)| *number > 0).collect()
    }

    /// Names under which accounts of several computers are counted as those of one, each taking the other's place.
    fn of_one_name(&self) -> Option<Text> {
        let names = self
            .shared
            .iter()
            .take(MAX_NAMES)
            .map(|shared| format!("{} ({})", shared.computer, shared.computers));
        let names = names.collect::<Vec<_>>().join(", ");
        let (more_ja, more_en) = match self.shared.len().saturating_sub(MAX_NAMES) {
            0 => (String::new(), String::new()),
            more => (format!("、ほか {more}"), format!(", and {more} more")),
        };
        (!self.shared.is_empty()).then(|| {
            Text::new(
                format!("同じ名前の複数のコンピューターの報告があるようです(ユーザーがすべて入れ替わったか、入れ直した1台かもしれません)。報告は名前で結び付けるため、名前を変えるか --computer で区別してください: {names}{more_ja}"),
                format!("several computers seem to report under one name (or it is one with all new users or a new system). A name is what ties reports: rename them, or tell them apart with --computer: {names}{more_en}"),
            )
        })
    }

    /// By which policies all was judged; what can't be told of a comparison: what is not done for sure, and what is not new for
    /// sure.
    pub fn doubts(&self) -> Vec<Text> {
        let (gone, new) = (self.not_seen, self.not_seen_before);
        let gone = (gone > 0).then(|| {
            Text::new(
                format!("前回のアカウントのうち、今回の報告からは分からないもの: {gone}"),
                format!("accounts of the baseline of which these reports tell nothing: {gone}"),
            )
        });
        let new = (new > 0).then(|| {
            Text::new(
                format!("新規のアカウントのうち、前回はそのユーザーのすべてが調べられていないもの(以前からあったのかもしれません): {new}"),
                format!("new accounts of users whom the baseline has not read, or not completely, so that they may be old: {new}"),
            )
        });
        self.judging.told().into_iter().chain(self.of_one_name()).chain(gone).chain(new).collect()
    }
}
