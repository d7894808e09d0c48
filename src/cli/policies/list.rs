//! `policies`: what is in force, with its source and date, in the order in which it claims.

use super::load::{self, Loaded};
use crate::cli::judging_arguments::ChosenPolicies;
use crate::cli::output::{say, show};
use crate::cli::{CHECK, OK, USAGE};
use crate::model::{Lang, Text};
use crate::policy::{Claim, Origin, Policy, iso};
use crate::report::blocks::wrap;
use crate::report::clean::clean;
use std::path::Path;

/// Patterns of one list that are shown.
const MOST_PATTERNS: usize = 4;
/// Alternatives of a policy that are shown.
const MOST_CLAIMS: usize = 6;

/// Prints them; 3 if one beside the program can't be used.
pub(super) fn run(chosen: &ChosenPolicies, lang: Lang) -> u8 {
    let loaded = match load::chosen(chosen, lang) {
        Ok(loaded) => loaded,
        Err(stop) => return stop.tell(None, lang),
    };
    for problem in &loaded.left_out {
        say(&clean(&format!("{}: {}", problem.place, problem.message.get(lang))));
    }
    match show(&page(&loaded, lang)) {
        Err(_) => USAGE,
        Ok(()) if loaded.left_out.is_empty() => OK,
        Ok(()) => CHECK,
    }
}

fn page(loaded: &Loaded, lang: Lang) -> String {
    let policies = &loaded.policies;
    let files = loaded.files.iter().map(Option::as_deref);
    let mut parts: Vec<String> =
        policies.list.iter().zip(files).map(|(policy, file)| block(policy, file, lang)).collect();
    let targets = policies.targets.len();
    if targets > 0 {
        let text = Text::new(
            format!(
                "ほかに Autoconfig ファイル {targets} 個: どのポリシーにも当てはまらず、変更が必要なアカウントの変更先として使います。"
            ),
            format!(
                "Also Autoconfig files ({targets}): they say what to change to, for accounts that have to be changed and that no policy claims."
            ),
        );
        parts.push(wrap("", text.get(lang)).join("\n") + "\n");
    }
    parts.push(wrap("", REST.get(lang)).join("\n") + "\n");
    parts.join("\n")
}

const REST: Text = Text::fixed(
    "上から順に調べ、最初に当てはまったポリシーで判定します。どれにも当てはまらないアカウントは既定の基準(ポート 587 または 465 で SMTP 認証)で判定します。",
    "The first that claims an account counts. What none claims is judged by the default: SMTP-AUTH on port 587 or 465.",
);

fn block(policy: &Policy, file: Option<&Path>, lang: Lang) -> String {
    let mut lines = wrap("", &clean(&format!("{}  ({})", policy.name.get(lang), policy.id)));
    let mut line = |head: &'static str, text: String| {
        lines.extend(wrap(&format!("  {head}: "), &clean(&text)));
    };
    let [origin, source, checked, notice, claims, from] = match lang {
        Lang::Ja => ["由来", "出典", "確認日", "案内", "対象", "案内を始める日"],
        Lang::En => ["origin", "source", "checked", "notice", "claims", "not before"],
    };
    line(origin, origin_text(policy.origin, file).get(lang).to_owned());
    if let Some(text) = &policy.source {
        line(source, text.clone());
    }
    if let Some(day) = policy.checked {
        line(checked, iso(day));
    }
    if let Some(day) = policy.from {
        line(from, iso(day));
    }
    for claim in policy.claims.iter().take(MOST_CLAIMS) {
        line(claims, claim_text(claim, lang));
    }
    if let Some(rest) = policy.claims.len().checked_sub(MOST_CLAIMS).filter(|rest| *rest > 0) {
        line(claims, more(rest, lang));
    }
    // A link that is broken can't be clicked.
    lines.extend(policy.notice.iter().map(|link| clean(&format!("  {notice}: {link}"))));
    lines.join("\n") + "\n"
}

fn origin_text(origin: Origin, file: Option<&Path>) -> Text {
    let file = file.map(|file| file.display().to_string()).unwrap_or_default();
    match origin {
        Origin::Default => Text::fixed("既定", "the default"),
        Origin::BuiltIn => Text::fixed("このプログラムに内蔵", "part of this program"),
        Origin::Given => {
            Text::new(format!("--policy で指定 ({file})"), format!("named by --policy ({file})"))
        }
        Origin::Beside => {
            Text::new(format!("プログラムの隣のフォルダー ({file})"), format!("beside the program ({file})"))
        }
    }
}

fn claim_text(claim: &Claim, lang: Lang) -> String {
    let hosts =
        |hosts: &[crate::policy::HostPattern]| hosts.iter().map(crate::policy::HostPattern::text).collect();
    let domains = |domains: &[crate::policy::Pattern]| {
        domains.iter().map(|domain| domain.as_str().to_owned()).collect::<Vec<String>>()
    };
    let [outgoing, incoming, domain, not_domain] = match lang {
        Lang::Ja => ["送信サーバー ", "受信サーバー ", "ドメイン ", "ただし次のドメインを除く: "],
        Lang::En => ["outgoing server ", "incoming server ", "domain ", "but not the domain "],
    };
    let lists: [(&str, Vec<String>); 4] = [
        (outgoing, hosts(&claim.outgoing)),
        (incoming, hosts(&claim.incoming)),
        (domain, domains(&claim.domain)),
        (not_domain, domains(&claim.not_domain)),
    ];
    let parts: Vec<String> = lists
        .into_iter()
        .filter(|(_, patterns)| !patterns.is_empty())
        .map(|(head, patterns)| format!("{head}{}", some_of(&patterns, lang)))
        .collect();
    if parts.is_empty() && claim.names_domain {
        return Text::fixed("空のドメインの一覧", "an empty list of domains").get(lang).to_owned();
    }
    parts.join(if lang == Lang::Ja { "、" } else { ", " })
}

/// The first of them, and how many more there are.
fn some_of(patterns: &[String], lang: Lang) -> String {
    let mut words: Vec<String> = patterns.iter().take(MOST_PATTERNS).cloned().collect();
    if let Some(rest) = patterns.len().checked_sub(MOST_PATTERNS).filter(|rest| *rest > 0) {
        words.push(more(rest, lang));
    }
    words.join(" | ")
}

fn more(rest: usize, lang: Lang) -> String {
    Text::new(format!("ほか {rest} 件"), format!("{rest} more")).get(lang).to_owned()
}
