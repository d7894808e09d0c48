//! A provider's notice as one self-contained page: in print its facts, then one sheet for each client.

use super::sheet::{Sheet, size_of_print};
use super::{Both, FactView, STYLE};
use crate::model::Lang;
use crate::report::notice::{Notice, Page, Said, is_link};
use askama::Template;

struct Provider {
    name: Both,
    facts: Vec<Line>,
    pages: Vec<Client>,
}

struct Line {
    name: Both,
    value: Both,
    is_link: bool,
}

struct Client {
    anchor: String,
    name: Both,
    sheet: Sheet,
}

#[derive(Template)]
#[template(path = "notice.html")]
struct Whole {
    lang: &'static str,
    style: &'static str,
    title: Both,
    version: &'static str,
    providers: Vec<Provider>,
}

/// The page; `lang` is the language shown first.
pub fn render(notices: &[Notice], lang: Lang) -> String {
    let mut number = 0;
    let mut client = |page: &Page| {
        number += 1;
        Client { anchor: format!("p{number}"), name: Both::from(&page.name), sheet: sheet(page) }
    };
    let providers: Vec<Provider> = notices
        .iter()
        .map(|notice| Provider {
            name: notice.provider.as_ref().map_or_else(|| Both::new("", ""), |(name, _)| Both::from(name)),
            facts: notice.facts.iter().map(line).collect(),
            pages: notice.pages.iter().map(&mut client).collect(),
        })
        .collect();
    let named = providers.first().filter(|provider| !provider.name.ja.is_empty());
    let title = named.map_or_else(
        || Both::new("メール送信設定の変更手順", "Changing how your mail is sent"),
        |provider| {
            let Both { ja, en } = &provider.name;
            Both::new(&format!("{ja}: メールの設定の変更手順"), &format!("{en}: changing your mail settings"))
        },
    );
    let whole =
        Whole { lang: lang.code(), style: STYLE, title, version: env!("CARGO_PKG_VERSION"), providers };
    whole.render().unwrap_or_default()
}

/// Texts are a policy's: only what has the scheme of a page becomes a link.
fn line((name, value): &Said) -> Line {
    let value = Both::from(value);
    Line { name: Both::from(name), is_link: is_link(&value.ja) && value.is_same(), value }
}

fn sheet(page: &Page) -> Sheet {
    let fact = |(name, value): &Said| FactView { name: Both::from(name), value: Both::from(value) };
    let mut sheet = Sheet {
        size: "",
        computer: String::new(),
        owner: page.facts.iter().map(fact).collect(),
        changes: Vec::new(),
        steps: page.steps.iter().map(Both::from).collect(),
        notes: Vec::new(),
    };
    sheet.size = size_of_print(&sheet);
    sheet
}
