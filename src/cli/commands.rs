//! The commands that need no scan: `steps` and `clients`.

use super::output::show;
use super::{OK, USAGE};
use crate::classify::Policy;
use crate::clients::{CLIENTS, Client, steps};
use crate::model::{Lang, Needs};
use crate::report::blocks::{numbered, wrap};

/// Prints the steps of one client or of all, for every edition.
pub(super) fn steps(client: Option<&str>, lang: Lang) -> u8 {
    let needs = Needs::all(&Policy::standard());
    let chosen = CLIENTS.iter().filter(|known| client.is_none_or(|id| id == known.id));
    let mut parts: Vec<String> = Vec::new();
    for client in chosen {
        for edition in client.editions {
            let mut list = (client.steps)(edition.id, &needs);
            list.push(steps::TEST);
            let lines = numbered(&list, lang).join("\n");
            parts.push(format!("{}\n{lines}\n", edition.name.get(lang)));
        }
    }
    print(&parts.join("\n"))
}

/// Prints what is supported.
pub(super) fn clients(lang: Lang) -> u8 {
    let parts: Vec<String> = CLIENTS.iter().map(|client| describe(client, lang)).collect();
    print(&parts.join("\n"))
}

fn describe(client: &Client, lang: Lang) -> String {
    let mut lines = vec![format!("{}  ({})", client.name, client.id)];
    let (places, sureness) = match lang {
        Lang::Ja => ("調べる場所", "確からしさ"),
        Lang::En => ("where it looks", "how sure"),
    };
    lines.push(format!("  {places}:"));
    lines.extend(client.places.iter().map(|place| format!("    {place}")));
    lines.extend(wrap(&format!("  {sureness}: "), client.sureness.get(lang)));
    lines.join("\n") + "\n"
}

fn print(text: &str) -> u8 {
    if show(text).is_ok() { OK } else { USAGE }
}
