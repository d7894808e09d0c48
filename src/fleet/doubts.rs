//! What can't be told of a fleet for sure, for people.

use super::overview::Overview;
use crate::model::Text;

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
        self.judging.told().into_iter().chain(gone).chain(new).collect()
    }
}
