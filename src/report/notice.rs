//! A provider's notice made of its policy: whose it is, what ends when, and a page of steps for each client. As text, and
//! as Markdown.

use super::blocks::{numbered, with_numbers, wrap};
use super::clean::clean;
use super::markdown::escape;
use crate::model::{Lang, Text};

/// A name and a value.
pub type Said = (Text, Text);

/// The whole notice; without a policy just the pages.
#[derive(Debug, Default)]
pub struct Notice {
    /// The provider's name and the policy's id.
    pub provider: Option<(Text, String)>,
    /// Where it is told, where the facts stand, what ends when.
    pub facts: Vec<Said>,
    /// One for each client's edition.
    pub pages: Vec<Page>,
}

/// What holds for one edition of a client.
#[derive(Debug)]
pub struct Page {
    /// The edition.
    pub name: Text,
    /// The client's id.
    pub client: &'static str,
    /// The values.
    pub facts: Vec<Said>,
    /// The steps.
    pub steps: Vec<Text>,
}

/// As text of 80 columns.
pub fn text(notices: &[Notice], lang: Lang) -> String {
    notices.iter().flat_map(|notice| blocks(notice, lang)).collect::<Vec<_>>().join("\n")
}

fn blocks(notice: &Notice, lang: Lang) -> Vec<String> {
    let provider = notice.provider.as_ref().map(|(name, id)| {
        let head = clean(&format!("{}  ({id})", name.get(lang)));
        [wrap("", &head), values(&notice.facts, lang)].concat().join("\n") + "\n"
    });
    let page = |page: &Page| {
        let head = vec![format!("{}  ({})", page.name.get(lang), page.client)];
        [head, values(&page.facts, lang), numbered(&page.steps, lang)].concat().join("\n") + "\n"
    };
    provider.into_iter().chain(notice.pages.iter().map(page)).collect()
}

fn values(facts: &[Said], lang: Lang) -> Vec<String> {
    let line = |(name, value): &Said| {
        let (name, value) = (name.get(lang), clean(value.get(lang)));
        // A link that is broken can't be clicked.
        if is_link(&value) {
            return vec![format!("  {name}: {value}")];
        }
        wrap(&format!("  {name}: "), &value)
    };
    facts.iter().flat_map(line).collect()
}

/// True for what may become a link.
pub fn is_link(value: &str) -> bool {
    (value.starts_with("https://") || value.starts_with("http://")) && !value.contains(char::is_whitespace)
}

/// As Markdown.
pub fn markdown(notices: &[Notice], lang: Lang) -> String {
    let mut parts = Vec::new();
    for notice in notices {
        if let Some((name, id)) = &notice.provider {
            parts.push(format!("# {} ({})", escape(name.get(lang)), escape(id)));
            parts.push(list(&notice.facts, lang));
        }
        for page in &notice.pages {
            parts.push(format!("## {} ({})", escape(page.name.get(lang)), page.client));
            parts.push(list(&page.facts, lang));
            let mut lines = Vec::new();
            for (number, step) in with_numbers(&page.steps) {
                match number {
                    Some(number) => lines.push(format!("{number}. {}", escape(step.get(lang)))),
                    None => lines.extend([String::new(), escape(step.get(lang)), String::new()]),
                }
            }
            parts.push(lines.join("\n"));
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

fn list(facts: &[Said], lang: Lang) -> String {
    let line = |(name, value): &Said| {
        let value = clean(value.get(lang));
        let value = if is_link(&value) { format!("<{value}>") } else { escape(&value) };
        format!("- {}: {value}", escape(name.get(lang)))
    };
    facts.iter().map(line).collect::<Vec<_>>().join("\n")
}
