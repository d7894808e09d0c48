//! Markdown to be pasted into a ticket: the table, one section per account, and what could not be read.

use super::answer::answer;
use super::blocks::with_numbers;
use super::changes;
use super::clean::clean;
use super::facts::{self, Unread};
use super::words;
use crate::model::{Action, Finding, Lang, Report, Text};

/// The whole report.
pub fn render(report: &Report, lang: Lang, explain: bool) -> String {
    let answer = format!("**{}**", escape(answer(report).text.get(lang)));
    let mut parts = vec![title(report, lang), answer, facts::sum(report, lang).join("  \n")];
    let findings = facts::by_urgency(report);
    let several = report.has_several_computers();
    if findings.is_empty() {
        parts.push(facts::no_account(report).get(lang).to_owned());
    } else {
        parts.push(table(&findings, several, lang));
    }
    let numbered = findings.iter().enumerate();
    parts.extend(numbered.map(|(index, finding)| section(index + 1, finding, several, lang, explain)));
    let mut done = facts::resolved(report, lang).into_iter();
    parts.extend(done.next().map(|head| {
        let lines: Vec<String> = done.map(|line| format!("- {}", escape(&line))).collect();
        format!("### {}\n\n{}", head.trim_end_matches(':'), lines.join("\n"))
    }));
    if !report.issues.is_empty() {
        parts.push(issues(report, lang));
    }
    parts.join("\n\n") + "\n"
}

fn title(report: &Report, lang: Lang) -> String {
    let computer = report.computer.as_deref().map(|name| format!(": {}", escape(name))).unwrap_or_default();
    let head = Text::fixed("送信時の認証方法の調査", "How mail accounts send");
    format!("## {}{computer} ({})", head.get(lang), report.scan.started_at)
}

fn table(findings: &[&Finding], several: bool, lang: Lang) -> String {
    let (first, rest) = match lang {
        Lang::Ja => ("| | 判定 |", " ユーザー | メールソフト | アカウント | 送信サーバー | 変更点 |"),
        Lang::En => ("| | result |", " user | mail client | account | outgoing server | to change |"),
    };
    let (computer, rule) =
        if several { (format!(" {} |", facts::COMPUTER.get(lang)), " --- |") } else { (String::new(), "") };
    let mut lines = vec![
        format!("{first}{computer}{rest}"),
        format!("| --- | --- |{rule} --- | --- | --- | --- | --- |"),
    ];
    for (index, finding) in findings.iter().enumerate() {
        let account = &finding.account;
        let computer =
            if several { format!(" {} |", escape(facts::computer(finding))) } else { String::new() };
        lines.push(format!(
            "| {} | {} |{computer} {} | {} | {} | {} | {} |",
            index + 1,
            facts::result(finding, lang),
            escape(finding.user.as_deref().unwrap_or("-")),
            escape(&account.client_name),
            escape(&account.name),
            escape(&words::server(account.outgoing.seen().as_ref(), lang, " ")),
            escape(&changes::in_short(finding, lang).join(", ")),
        ));
    }
    lines.join("\n")
}

fn section(number: usize, finding: &Finding, several: bool, lang: Lang, explain: bool) -> String {
    let mut parts = vec![format!("### {number}. {}", escape(&facts::heading(finding, lang)))];
    let mut list: Vec<(String, String)> = facts::facts(finding, several, lang);
    if explain {
        list.extend(facts::explanation(finding, lang));
    }
    let lines: Vec<String> =
        list.iter().map(|(name, value)| format!("- {name}: {}", escape(value))).collect();
    parts.push(lines.join("\n"));
    if explain || finding.action != Action::None {
        let mut lines = vec![format!("{}:", Text::fixed("根拠", "Evidence").get(lang)), String::new()];
        for (place, settings) in facts::evidence(finding, lang, explain) {
            lines.push(format!("- {}", code(&place)));
            lines.extend(settings.iter().map(|setting| format!("  - {}", code(setting))));
        }
        parts.push(lines.join("\n"));
    }
    if !finding.steps.is_empty() {
        let mut lines = vec![format!("{}:", Text::fixed("手順", "Steps").get(lang)), String::new()];
        for (number, step) in with_numbers(&finding.steps) {
            match number {
                Some(number) => lines.push(format!("{number}. {}", escape(step.get(lang)))),
                None => lines.extend([String::new(), escape(step.get(lang)), String::new()]),
            }
        }
        parts.push(lines.join("\n"));
    }
    parts.join("\n\n")
}

fn issues(report: &Report, lang: Lang) -> String {
    let mut lines = vec![format!("### {}", facts::NOT_READ.get(lang).trim_end_matches(':')), String::new()];
    for Unread { owners, message, places } in facts::unread(report) {
        let owner = if owners.is_empty() { String::new() } else { escape(&owners.join(", ")) + ": " };
        let message = escape(message.get(lang));
        if let [place] = *places {
            lines.push(format!("- {owner}{}  \n  {message}", code(place)));
        } else {
            lines.push(format!("- {owner}{message}"));
            lines.extend(places.iter().map(|place| format!("  - {}", code(place))));
        }
    }
    lines.join("\n")
}

/// Text that no flavour of Markdown takes for more than text: neither markup nor HTML, neither a link nor a mention.
/// Links, mentions and references are looked for in the text that remains after escapes and entities are resolved (GFM 6.9;
/// the filters of GitHub, GitLab and Redmine over the finished HTML), but nowhere in code: what looks like one becomes code.
pub(super) fn escape(text: &str) -> String {
    // A bar ends a cell even within code (GFM 4.10), so no word holds one.
    let is_of_word =
        |character: char| (character.is_ascii_graphic() && character != '|') || is_of_name(character);
    let text = clean(text);
    let mut escaped = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let length = if is_of_word(first) {
            // A Japanese sentence goes on behind a bracket without a space.
            let mut is_closed = false;
            let ends = |character: char| {
                let ends = !is_of_word(character) || (is_closed && !character.is_ascii());
                is_closed = character == ')';
                ends
            };
            rest.find(ends).unwrap_or(rest.len())
        } else {
            rest.find(is_of_word).unwrap_or(rest.len())
        };
        let (part, behind) = rest.split_at(length);
        rest = behind;
        if is_reference(part) {
            let core = part.trim_start_matches('(').trim_end_matches([',', ')']);
            let (before, after) = part.split_once(core).unwrap_or_default();
            escaped.push_str(&markup(before));
            escaped.push_str(&code(core));
            escaped.push_str(&markup(after));
        } else {
            escaped.push_str(&markup(part));
        }
    }
    escaped
}

/// True for a word that may become a link, a mention or a reference: addresses, hosts, `www.`, `https:`, `source:`, `#12`,
/// `!12`, `~label`, `[[page]]`, `{{macro}}`, `PC-12`.
fn is_reference(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let begins = |pair: &[u8]| match *pair {
        [b'#' | b'!' | b'$' | b'%' | b'&' | b'~' | b'^' | b':', next] => {
            next.is_ascii_alphanumeric() || matches!(next, b'/' | b'\\' | b'"')
        }
        _ => false,
    };
    ["@", "www.", "[[", "{{"].iter().any(|sign| lower.contains(sign))
        || word.as_bytes().windows(2).any(begins)
        || word.match_indices(['.', '-']).any(|(at, sign)| joins(word, at, sign))
}

/// True for a dot within a host, which may be an internationalised one, and for the hyphen of a key such as `WIN10-12`;
/// that of a date is none.
fn joins(word: &str, at: usize, sign: &str) -> bool {
    let (before, behind) = word.split_at(at);
    let after = behind.strip_prefix(sign).and_then(|rest| rest.chars().next());
    let is_of_key = |character: char| is_of_name(character) || character == '_';
    if sign == "." {
        before.ends_with(is_of_name) && after.is_some_and(char::is_alphabetic)
    } else {
        let mut prefix = before.chars().rev().take_while(|character| is_of_key(*character));
        prefix.any(char::is_alphabetic) && after.is_some_and(|after| after.is_ascii_digit())
    }
}

/// Letters and digits of any script, with the marks that belong to them (accents; the voiced sound marks of kana that a
/// Mac writes apart).
fn is_of_name(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '\u{300}'..='\u{36f}' | '\u{3099}' | '\u{309a}')
}

/// Text without markup and HTML.
fn markup(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '$' => {
                escaped.push('\\');
                escaped.push(character);
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Text as code, fenced with more backticks than it holds (CommonMark 6.1).
fn code(text: &str) -> String {
    let text = clean(text);
    let mut longest = 0;
    let mut run = 0;
    for character in text.chars() {
        run = if character == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_stay_text() {
        assert_eq!(escape("<img src=x>|`a`"), "&lt;img src=x&gt;\\|\\`a\\`");
        assert_eq!(escape("a\n# b"), "a\\\\u\\{a\\}\\# b");
        for (text, shown) in [
            (
                "no SMTP-AUTH [Tools] > (SMTP): 25, Becky! 2",
                "no SMTP-AUTH \\[Tools\\] &gt; (SMTP): 25, Becky! 2",
            ),
            ("@admin", "`@admin`"),
            ("taro@example.jp, (x@example.jp)", "`taro@example.jp`, (`x@example.jp`)"),
            ("太郎@example.jp です", "`太郎@example.jp` です"),
            ("日本語.jp、営業.日本語.jp", "`日本語.jp`、`営業.日本語.jp`"),
            ("taro@日本語.jp mail.日本", "`taro@日本語.jp` `mail.日本`"),
            ("(x.jp)を選び、(a)日本語.jp", "(`x.jp`)を選び、(a)`日本語.jp`"),
            ("か\u{3099}.jp e\u{301}.fr", "`か\u{3099}.jp` `e\u{301}.fr`"),
            ("https://x www.x.example WWW.日本.example", "`https://x` `www.x.example` `WWW.日本.example`"),
            ("[a](http://x)", "`[a](http://x`)"),
            ("#12 !5 ~bug source:x [[wiki]] {{x}}", "`#12` `!5` `~bug` `source:x` `[[wiki]]` `{{x}}`"),
            ("PC-0421 mail.x, 16.0 100% ...", "`PC-0421` `mail.x`, 16.0 100% ..."),
            ("WIN10-0421 A_B-1 2_x-3", "`WIN10-0421` `A_B-1` `2_x-3`"),
            ("2020-10-13 iOS 11-13 x-ray [設定...]", "2020-10-13 iOS 11-13 x-ray \\[設定...\\]"),
            ("a@b|c@d", "`a@b`\\|`c@d`"),
            ("`@x`", "`` `@x` ``"),
            ("@", "`@`"),
            ("(@,", "(`@`,"),
        ] {
            assert_eq!(escape(text), shown);
        }
        assert_eq!(code("a`b``c"), "``` a`b``c ```");
        assert_eq!(code(r"HKCU\Software"), r"`HKCU\Software`");
    }
}
