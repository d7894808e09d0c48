//! What every format for people tells of a report, in their order and words: the formats only lay it out.

use super::ends::what_ends;
use super::{beside, changes, reasons, words};
use crate::model::{
    Action, Evidence, Finding, Issue, Lang, Note, Outgoing, Report, Rule, Stop, Text, Until, Verdict, urgency,
};
use std::collections::HashMap;

/// A name and a value, both in the language asked for.
pub type Fact = (String, String);

/// How many accounts of each kind there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// To change.
    pub change: usize,
    /// To check by hand.
    pub check: usize,
    /// Authenticates and meets the policy.
    pub ok: usize,
    /// Nothing to do for another reason.
    pub rest: usize,
    /// Not read.
    pub issues: usize,
}

/// Counts the findings that are shown.
pub fn counts(report: &Report) -> Counts {
    let of = |action| report.findings.iter().filter(|f| f.action == action).count();
    let is_ok = |f: &&Finding| f.action == Action::None && f.verdict == Verdict::SmtpAuth;
    let ok = report.findings.iter().filter(is_ok).count();
    Counts {
        change: of(Action::Change),
        check: of(Action::CheckByHand),
        ok,
        rest: of(Action::None) - ok,
        issues: report.issues.len(),
    }
}

/// The findings, the most urgent first; the order within stays that of the report.
pub fn by_urgency(report: &Report) -> Vec<&Finding> {
    let mut findings: Vec<&Finding> = report.findings.iter().collect();
    findings.sort_by_key(|finding| {
        let is_ok = finding.verdict == Verdict::SmtpAuth;
        // What its provider does not accept at all fails today, as what has ended does.
        let fails = finding.provider.is_some() && finding.is_change_of_sending() && finding.stops.is_none();
        let days = stops(finding).map(|stop| stop.until).chain(fails.then_some(Until::Ended));
        let urgency = urgency(days);
        (finding.action, finding.action == Action::None && !is_ok, urgency, finding.verdict)
    });
    findings
}

/// The days after which one of its sides stops.
fn stops(finding: &Finding) -> impl Iterator<Item = &Stop> {
    finding.stops.iter().chain(&finding.receiving.stops)
}

/// The word of the column 判定 / result; that it is about receiving alone is said with it.
pub fn result(finding: &Finding, lang: Lang) -> String {
    let is_receiving = finding.action == Action::Change && !finding.is_change_of_sending();
    result_word(finding.action, finding.verdict == Verdict::SmtpAuth, is_receiving).get(lang).to_owned()
}

/// The same of what is known of an account.
pub fn result_word(action: Action, is_ok: bool, is_receiving: bool) -> Text {
    let word = words::action(action, is_ok);
    if is_receiving {
        Text::new(format!("{}(受信)", word.ja), format!("{} (receiving)", word.en))
    } else {
        word
    }
}

/// Both the action and the verdict, because an account that is not used any more needs no change whatever its verdict; but
/// no word twice.
pub fn heading(finding: &Finding, lang: Lang) -> String {
    let (result, verdict) =
        (result(finding, lang), handed_on(finding).unwrap_or_else(|| reasons::verdict_of(finding)));
    let verdict = verdict.get(lang);
    if verdict.contains(&result) { verdict.to_owned() } else { format!("{result}: {verdict}") }
}

/// What was read leads to another program: that says more than the verdict, by which the account can't be read here.
fn handed_on(finding: &Finding) -> Option<Text> {
    match (finding.action, finding.rule) {
        (Action::CheckByHand, Rule::LocalProxy) => Some(Text::fixed(
            "要確認（このコンピューターの中継ソフトが送信します）",
            "check by hand: a relay on this computer sends the mail",
        )),
        (Action::CheckByHand, Rule::ExternalProgram) => Some(Text::fixed(
            "要確認（別のプログラムが送信します）",
            "check by hand: another program sends the mail",
        )),
        _ => None,
    }
}

/// The column of the computer, where a report has several.
pub static COMPUTER: Text = Text::fixed("コンピューター", "computer");

/// Who, what and where: one fact a line; of which computer where there are several.
pub fn facts(finding: &Finding, several: bool, lang: Lang) -> Vec<Fact> {
    let account = &finding.account;
    let word = |ja: &'static str, en: &'static str| Text::fixed(ja, en).get(lang).to_owned();
    let mut facts = Vec::new();
    if several {
        facts.push((COMPUTER.get(lang).to_owned(), computer(finding).to_owned()));
    }
    if let Some(user) = &finding.user {
        facts.push((word("ユーザー", "user"), user.clone()));
    }
    let mut client = account.client_name.clone();
    if let Some(profile) = &account.profile {
        client = format!("{client} ({}: {profile})", word("プロファイル", "profile"));
    }
    facts.push((word("メールソフト", "mail client"), client));
    facts.push((word("アカウント", "account"), account.name.clone()));
    let others: Vec<&str> =
        account.addresses.iter().map(String::as_str).filter(|address| *address != account.name).collect();
    if !others.is_empty() {
        facts.push((word("アドレス", "addresses"), others.join(", ")));
    }
    if let Some(incoming) = &account.incoming {
        facts.push((word("受信", "incoming"), words::incoming(incoming, lang)));
    }
    facts.extend(outgoing(finding, lang));
    for (name, id) in [
        (word("ポリシー", "policy"), &finding.provider),
        (word("受信のポリシー", "policy (receiving)"), &finding.receiving.provider),
    ] {
        facts.extend(id.as_ref().map(|id| (name, id.clone())));
    }
    if !finding.receiving.to_set.is_empty() {
        let list =
            finding.receiving.to_set.iter().map(|set| changes::receiving(set, lang)).collect::<Vec<_>>();
        facts.push((word("受信の変更", "for receiving"), list.join(", ")));
    }
    facts.extend(password(finding, lang));
    facts.extend(compared(finding, lang));
    facts.extend(finding.notes.iter().map(|each| note(each, lang)));
    facts
}

/// How it sends, and where that can't be told, why.
pub(super) fn outgoing(finding: &Finding, lang: Lang) -> Vec<Fact> {
    let fact = |name: Text, value: &str| (name.get(lang).to_owned(), value.to_owned());
    let outgoing = &finding.account.outgoing;
    let seen = outgoing.seen().map(|seen| words::outgoing(&seen, lang));
    let mut facts: Vec<Fact> = seen.iter().map(|seen| fact(Text::fixed("送信", "outgoing"), seen)).collect();
    if let Outgoing::Unclear(_, why) = outgoing {
        facts.push(fact(Text::fixed("理由", "reason"), why.get(lang)));
    }
    facts
}

/// Whether a password has to be typed.
pub(super) fn password(finding: &Finding, lang: Lang) -> Option<Fact> {
    let name = Text::fixed("パスワードの入力", "password");
    finding
        .password_needed
        .map(|needed| (name.get(lang).to_owned(), words::password_needed(needed).get(lang).to_owned()))
}

/// What became of it since the baseline.
pub(super) fn compared(finding: &Finding, lang: Lang) -> Option<Fact> {
    let name = Text::fixed("前回との差", "baseline");
    finding
        .compared
        .map(|compared| (name.get(lang).to_owned(), words::compared(compared).get(lang).to_owned()))
}

/// A note.
pub(super) fn note(note: &Note, lang: Lang) -> Fact {
    (Text::fixed("注意", "note").get(lang).to_owned(), note.text().get(lang).to_owned())
}

/// The finding's computer, for a place where one has to stand.
pub fn computer(finding: &Finding) -> &str {
    finding.computer.as_deref().unwrap_or("-")
}

/// What `--explain` adds behind the evidence.
pub fn explanation(finding: &Finding, lang: Lang) -> Vec<Fact> {
    let account = &finding.account;
    let fact = |ja: &'static str, en: &'static str, value: Text| {
        (Text::fixed(ja, en).get(lang).to_owned(), value.get(lang).to_owned())
    };
    let names = |also: &[String]| (!also.is_empty()).then(|| Text::new(also.join(", "), also.join(", ")));
    let also = names(&finding.also).map(|also| fact("ほかに当てはまるポリシー", "also claimed by", also));
    let also_receiving = names(&finding.receiving.also)
        .map(|also| fact("ほかに当てはまるポリシー(受信)", "also claimed by (receiving)", also));
    let system = account.system.as_ref().map(|system| Text::new(system.name.clone(), system.name.clone()));
    let mut facts = vec![
        fact("判定の規則", "rule", words::rule(finding.rule)),
        fact("使用状況", "use", words::in_use(account.in_use)),
        fact("確からしさ", "confidence", words::confidence(account.confidence)),
        ("id".to_owned(), finding.id.clone()),
    ];
    facts.extend(system.map(|system| fact("OS", "system", system)));
    facts.extend(also);
    facts.extend(also_receiving);
    facts
}

/// The evidence by place: each place once, its settings as `name = value`. Without `all` only what the verdict rests on.
pub fn evidence(finding: &Finding, lang: Lang, all: bool) -> Vec<(String, Vec<String>)> {
    let mut places: Vec<(String, Vec<String>)> = Vec::new();
    for seen in finding.account.evidence.iter().filter(|seen| all || seen.decides) {
        let line = format!("{} = {}", seen.setting, value(seen, lang, all));
        match places.last_mut() {
            Some((place, lines)) if *place == seen.place.to_string() => lines.push(line),
            _ => places.push((seen.place.to_string(), vec![line])),
        }
    }
    places
}

fn value(evidence: &Evidence, lang: Lang, with_source: bool) -> String {
    match (&evidence.value, &evidence.default) {
        (Some(value), _) => value.clone(),
        (None, None) => Text::fixed("(なし)", "(absent)").get(lang).to_owned(),
        (None, Some(default)) if with_source => match lang {
            Lang::Ja => format!("(なし。既定値 {}、出典: {})", default.value, default.source),
            Lang::En => format!("(absent: default {}, source: {})", default.value, default.source),
        },
        (None, Some(default)) => match lang {
            Lang::Ja => format!("(なし。既定値 {})", default.value),
            Lang::En => format!("(absent: default {})", default.value),
        },
    }
}

/// The sum of everything in one line, and how many accounts the filters keep back.
pub fn sum(report: &Report, lang: Lang) -> Vec<String> {
    let Counts { change, check, ok, rest, issues } = counts(report);
    let mut line = match lang {
        Lang::Ja => format!("要変更 {change}  要確認 {check}  OK {ok}  対象外 {rest}"),
        Lang::En => format!("change {change}  check {check}  ok {ok}  n/a {rest}"),
    };
    if issues > 0 {
        let text = Text::fixed("読み取り不可", "not read");
        line = format!("{line}  {} {issues}", text.get(lang));
    }
    let mut lines = vec![line];
    lines.extend(what_ends(&report.summary().tally.stops).iter().map(|text| text.get(lang).to_owned()));
    lines.extend(remarks(report, lang));
    lines
}

/// What is told beside the answer: passwords in the clear, exceptions and the like, policies that nobody looked up for long,
/// accounts kept back.
pub fn remarks(report: &Report, lang: Lang) -> Vec<String> {
    let tally = report.summary().tally;
    let in_clear = tally.in_clear;
    let text = Text::fixed("暗号化なしで認証", "authenticate without encryption");
    let in_clear = (in_clear > 0).then(|| format!("{}: {in_clear}", text.get(lang)));
    let others = [beside::old_policies(report), not_shown(report)].into_iter().flatten();
    let others = beside::further(&tally).into_iter().chain(others);
    in_clear.into_iter().chain(others.map(|text| text.get(lang).to_owned())).collect()
}

/// What the baseline had and is done: a heading and a line each; empty without any.
pub fn resolved(report: &Report, lang: Lang) -> Vec<String> {
    if report.resolved.is_empty() {
        return Vec::new();
    }
    let head = Text::fixed("以前の報告から対応済み:", "Done since the baseline:");
    let several = report.has_several_computers();
    let mut lines = vec![head.get(lang).to_owned()];
    for done in &report.resolved {
        let now = words::done(done.now);
        let mut what = owners(several, done.computer.as_deref(), done.user.as_deref());
        what.extend([done.client_name.as_str(), &done.account]);
        lines.push(format!("{}: {}", what.join(", "), now.get(lang)));
    }
    lines
}

/// "No account", "could not look" and "none of those asked for" are different answers.
pub fn no_account(report: &Report) -> Text {
    match (report.not_shown, report.issues.is_empty()) {
        (0, true) => Text::fixed("メールアカウントは見つかりませんでした。", "No mail account was found."),
        (0, false) => Text::fixed(
            "読み取れた範囲では、メールアカウントは見つかりませんでした。読み取れなかったものがあります。",
            "No mail account was found in what could be read; some of it could not be read.",
        ),
        (_, true) => Text::fixed(
            "条件に合うメールアカウントはありません。",
            "None of the mail accounts matches the filters.",
        ),
        (_, false) => Text::fixed(
            "読み取れた範囲では、条件に合うメールアカウントはありません。読み取れなかったものがあります。",
            "None of the mail accounts that could be read matches the filters; some could not be read.",
        ),
    }
}

/// How many accounts the filters keep back; `None`: none.
pub fn not_shown(report: &Report) -> Option<Text> {
    let number = report.not_shown;
    (number > 0).then(|| {
        Text::new(
            format!("条件に合わないため表示していないアカウント: {number}"),
            format!("accounts not shown because of the filters: {number}"),
        )
    })
}

/// Whose something is: the computer where there are several, and the user, as far as they are known.
pub fn owners<'a>(several: bool, computer: Option<&'a str>, user: Option<&'a str>) -> Vec<&'a str> {
    computer.filter(|_| several).into_iter().chain(user).collect()
}

/// What could not be read for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread<'a> {
    /// Whose data it is: the computer where there are several, and the user.
    pub owners: Vec<&'a str>,
    /// The sentence for people.
    pub message: &'a Text,
    /// Where; never empty.
    pub places: Vec<&'a str>,
}

/// The issues, those that differ only in their places as one: a folder on a share is looked into by every client.
pub fn unread(report: &Report) -> Vec<Unread<'_>> {
    let several = report.has_several_computers();
    let mut list: Vec<Unread<'_>> = Vec::new();
    let mut known = HashMap::new();
    for Issue { computer, user, client: _, kind, place, message } in &report.issues {
        let owners = owners(several, computer.as_deref(), user.as_deref());
        let key = (owners.clone(), kind.code(), &message.ja, &message.en);
        let number = *known.entry(key).or_insert(list.len());
        match list.get_mut(number) {
            Some(unread) => unread.places.push(place),
            None => list.push(Unread { owners, message, places: vec![place] }),
        }
    }
    list
}

/// The heading of the list of issues.
pub const NOT_READ: Text = Text::fixed("読み取れなかったもの:", "What could not be read:");
/// What is said of a user whose data could not be reached.
pub const USER_NOT_READ: Text =
    Text::fixed("このユーザーは調べられませんでした", "this user could not be examined");
