//! The commands beside the scan: `steps`, `clients`, `schema` and `collect`.

use super::arguments::{StepsArgs, StepsFormat};
use super::output::{Sink, say, show};
use super::places;
use super::policies::load;
use super::{CHECK, OK, USAGE};
use crate::clients::{CLIENTS, Called, Client};
use crate::collect::collect as collect_into;
use crate::collect::folder::Folder;
use crate::model::{Lang, Text};
use crate::notice;
use crate::policy::Policy;
use crate::report;
use crate::report::blocks::wrap;
use crate::report::clean::clean;
use crate::report::notice::Notice;
use crate::report::v1::JSON_SCHEMA;
use crate::report::words;
use crate::source::here::{runs_as_system, today};
use std::path::{Path, PathBuf};
use textwrap::core::display_width;

/// Prints the steps of the clients that were named, or of all, for every edition; with policies as these providers' notices.
pub(super) fn steps(args: &StepsArgs, lang: Lang) -> u8 {
    let clients = chosen(&args.client);
    let policies = match load::named(&args.policy, lang) {
        Ok(policies) => policies,
        Err(stop) => return stop.tell(None, lang),
    };
    let notices: Vec<Notice> = if args.policy.is_empty() {
        vec![notice::of_none(&clients)]
    } else {
        policies.iter().map(|policy| notice::of_policy(policy, &clients, today())).collect()
    };
    let text = match args.format {
        StepsFormat::Table => report::notice::text(&notices, lang),
        StepsFormat::Markdown => report::notice::markdown(&notices, lang),
        StepsFormat::Html => report::html::notice::render(&notices, lang),
    };
    let written = Sink::new(args.output.clone()).and_then(|sink| match args.format {
        StepsFormat::Table => sink.write(&text),
        StepsFormat::Markdown | StepsFormat::Html => sink.write_utf8(&text),
    });
    match written {
        Ok(()) => {
            clients
                .iter()
                .filter(|called| !called.is_whole())
                .for_each(|called| say(&others_of(called, lang)));
            OK
        }
        Err(error) => places::not_written(args.output.as_deref(), &error, lang),
    }
}

/// Each client once, in the order of the table, with the editions that were named.
fn chosen(named: &[Called]) -> Vec<Called> {
    let of = |client: &'static Client| {
        let is_named = |id: &str| {
            let of_it = named.iter().filter(|called| called.client.id == client.id);
            named.is_empty() || of_it.into_iter().any(|called| called.editions.contains(&id))
        };
        let editions: Vec<&str> =
            client.editions.iter().map(|edition| edition.id).filter(|id| is_named(id)).collect();
        (!editions.is_empty()).then_some(Called { client, editions })
    };
    CLIENTS.iter().filter_map(of).collect()
}

/// How to see the steps of a client's other editions.
fn others_of(called: &Called, lang: Lang) -> String {
    let Called { client, editions } = called;
    let text = Text::new(
        format!(
            "\n{} には、ほかの版などの手順が {} 件あります。表示するには:\n  smtp-auth-audit steps {}",
            client.name_in(Lang::Ja),
            client.editions.len() - editions.len(),
            client.id
        ),
        format!(
            "\n{} has {} more lists of steps. To see them:\n  smtp-auth-audit steps {}",
            client.name_in(Lang::En),
            client.editions.len() - editions.len(),
            client.id
        ),
    );
    text.get(lang).to_owned()
}

/// Prints what is supported: a line for each client, or all that there is to say of those that were named or are asked
/// about by policies.
pub(super) fn clients(named: &[String], policies: &[PathBuf], lang: Lang) -> u8 {
    let policies = match load::named(policies, lang) {
        Ok(policies) => policies,
        Err(stop) => return stop.tell(None, lang),
    };
    if named.is_empty() && policies.is_empty() {
        return print(&table(lang));
    }
    let is_named = |client: &&Client| named.is_empty() || named.iter().any(|id| id == client.id);
    let parts: Vec<String> =
        CLIENTS.iter().filter(is_named).map(|client| describe(client, &policies, lang)).collect();
    print(&parts.join("\n"))
}

fn table(lang: Lang) -> String {
    let heading = match lang {
        Lang::Ja => ["メールソフト", "CLIENT", "読み取るもの", "確からしさ"],
        Lang::En => ["mail client", "CLIENT", "what is read", "how sure"],
    };
    let rows = CLIENTS.iter().map(|client| {
        let certainty = words::certainty(client.certainty);
        [client.name_in(lang), client.id, client.reading.text().get(lang), certainty.get(lang)]
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
    let more = Text::fixed(
        "\n調べる場所と根拠: smtp-auth-audit clients CLIENT\n変更手順: smtp-auth-audit steps CLIENT\n",
        "\nWhere it looks, and why it is sure: smtp-auth-audit clients CLIENT\nThe steps: smtp-auth-audit steps CLIENT\n",
    );
    rows.iter().map(line).collect::<String>() + more.get(lang)
}

fn describe(client: &Client, policies: &[Policy], lang: Lang) -> String {
    let mut lines = vec![format!("{}  ({})", client.name_in(lang), client.id)];
    let (places, sureness) = match lang {
        Lang::Ja => ("調べる場所", "確からしさ"),
        Lang::En => ("where it looks", "how sure"),
    };
    if !client.places.is_empty() {
        lines.push(format!("  {places}:"));
    }
    lines.extend(client.places.iter().map(|place| format!("    {place}")));
    lines.extend(wrap(&format!("  {sureness}: "), client.sureness.get(lang)));
    for policy in policies {
        let line = clean(notice::in_short(policy, client).get(lang));
        lines.extend(wrap(&format!("  {}: ", clean(policy.name.get(lang))), &line));
    }
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
        Err(error) => return places::not_a_new_folder(dir, &error, lang),
    };
    let all_users = all_users || (sources.is_empty() && runs_as_system());
    match collect_into(sources, all_users, &mut folder) {
        Ok(outcome) => {
            for problem in &outcome.problems {
                say(&clean(&format!("{}: {}", problem.place, problem.message.get(lang))));
            }
            folder.forget_if_empty();
            say(&places::collected(dir, outcome.users, folder.count(), lang));
            if outcome.incomplete { CHECK } else { OK }
        }
        Err(error) => places::not_written(Some(dir), &error, lang),
    }
}

fn print(text: &str) -> u8 {
    if show(text).is_ok() { OK } else { USAGE }
}
