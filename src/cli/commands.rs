//! The commands beside the scan: `steps`, `clients`, `schema` and `collect`.

use super::localize;
use super::output::{say, show};
use super::{CHECK, OK, USAGE};
use crate::clients::steps;
use crate::clients::{CLIENTS, Client};
use crate::collect::collect as collect_into;
use crate::collect::folder::Folder;
use crate::model::{Lang, Needs};
use crate::report::blocks::{numbered, wrap};
use crate::report::clean::clean;
use crate::report::v1::JSON_SCHEMA;
use crate::source::here::runs_as_system;
use std::path::{Path, PathBuf};
use textwrap::core::display_width;

/// Prints the steps of one client or of all, for every edition.
pub(super) fn steps(client: Option<&str>, lang: Lang) -> u8 {
    let needs = Needs::all();
    let chosen = CLIENTS.iter().filter(|known| client.is_none_or(|id| id == known.id));
    let mut parts: Vec<String> = Vec::new();
    for client in chosen {
        for edition in client.editions {
            let lines = numbered(&steps::whole(edition, &needs, false), lang).join("\n");
            parts.push(format!("{}  ({})\n{lines}\n", edition.name.get(lang), client.id));
        }
    }
    print(&parts.join("\n"))
}

/// Prints what is supported: a table of all clients, then where each of them is looked for.
pub(super) fn clients(lang: Lang) -> u8 {
    let mut parts = vec![table(lang)];
    parts.extend(CLIENTS.iter().map(|client| describe(client, lang)));
    print(&parts.join("\n"))
}

fn table(lang: Lang) -> String {
    let heading = match lang {
        Lang::Ja => ["メールソフト", "--client", "読み取るもの", "変更"],
        Lang::En => ["mail client", "--client", "what is read", "change"],
    };
    let rows = CLIENTS.iter().map(|client| {
        [client.name, client.id, client.reading.text().get(lang), client.change().get(lang)]
            .map(str::to_owned)
    });
    let rows: Vec<[String; 4]> = std::iter::once(heading.map(str::to_owned)).chain(rows).collect();
    let mut widths = [0; 4];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = display_width(cell).max(*width);
        }
    }
    let line = |row: &[String; 4]| {
        let cells = row.iter().zip(widths);
        let padded = cells.map(|(cell, width)| cell.clone() + &" ".repeat(width - display_width(cell) + 2));
        padded.collect::<String>().trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

fn describe(client: &Client, lang: Lang) -> String {
    let mut lines = vec![format!("{}  ({})", client.name, client.id)];
    let (places, sureness) = match lang {
        Lang::Ja => ("調べる場所", "確からしさ"),
        Lang::En => ("where it looks", "how sure"),
    };
    if !client.places.is_empty() {
        lines.push(format!("  {places}:"));
    }
    lines.extend(client.places.iter().map(|place| format!("    {place}")));
    lines.extend(wrap(&format!("  {sureness}: "), client.sureness.get(lang)));
    lines.join("\n") + "\n"
}

/// Prints the JSON Schema of what the program writes as JSON.
pub(super) fn schema() -> u8 {
    print(JSON_SCHEMA)
}

/// Writes the values that a scan would read into a folder of their own.
pub(super) fn collect(dir: &Path, sources: &[PathBuf], all_users: bool, lang: Lang) -> u8 {
    let mut folder = match Folder::create(dir) {
        Ok(folder) => folder,
        Err(error) => return localize::not_a_new_folder(dir, &error, lang),
    };
    let all_users = all_users || (sources.is_empty() && runs_as_system());
    match collect_into(sources, all_users, &mut folder) {
        Ok(outcome) => {
            for problem in &outcome.problems {
                say(&clean(&format!("{}: {}", problem.place, problem.message.get(lang))));
            }
            folder.forget_if_empty();
            say(&localize::collected(dir, outcome.users, folder.count(), lang));
            if outcome.incomplete { CHECK } else { OK }
        }
        Err(error) => localize::not_written(Some(dir), &error, lang),
    }
}

fn print(text: &str) -> u8 {
    if show(text).is_ok() { OK } else { USAGE }
}
