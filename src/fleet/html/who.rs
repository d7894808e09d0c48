//! Who is left: the rows of the table, and what can be chosen from them.

use super::named;
use crate::fleet::overview::{Left, Overview};
use crate::model::{Action, Compared};
use crate::report::clean::clean;
use crate::report::html::Both;
use crate::report::words;
use std::collections::BTreeMap;

pub(super) struct Row {
    pub(super) class: &'static str,
    pub(super) result: Both,
    pub(super) last: Both,
    pub(super) computer: String,
    pub(super) user: String,
    pub(super) client: String,
    /// In parts between which a line may break.
    pub(super) account: Vec<String>,
    pub(super) server: Both,
    pub(super) as_of: String,
    pub(super) department: String,
    pub(super) change: Both,
    pub(super) sheet: usize,
    /// Places in the choices, in their order: for the script.
    pub(super) facets: String,
}

pub(super) struct Choice {
    pub(super) id: &'static str,
    pub(super) name: Both,
    pub(super) options: Vec<Both>,
}

/// What can be chosen: all that occurs in the rows, in the order of the alphabet.
pub(super) fn choices(rows: &[(&Left<'_>, usize)], overview: &Overview<'_>) -> Vec<Choice> {
    let options = |of: fn(&Left<'_>) -> Both| {
        let all: BTreeMap<String, Both> =
            rows.iter().map(|(left, _)| of(left)).map(|both| (both.en.clone(), both)).collect();
        all.into_values().collect()
    };
    let mut choices = vec![
        Choice {
            id: "result",
            name: Both::new("判定", "result"),
            options: options(|l| Both::from(&l.result())),
        },
        Choice {
            id: "client",
            name: Both::new("メールソフト", "mail client"),
            options: options(|l| named(l.client_name)),
        },
        Choice {
            id: "server",
            name: Both::new("送信サーバー", "outgoing server"),
            options: options(|l| named(l.server)),
        },
    ];
    if !overview.departments.is_empty() {
        let options = options(|l| named(l.department));
        choices.push(Choice { id: "department", name: Both::new("部署", "department"), options });
    }
    if overview.resolved.is_some() {
        let options =
            options(|l| l.compared.map_or(named(""), |compared| Both::from(&words::compared(compared))));
        choices.push(Choice { id: "change", name: Both::new("前回との差", "baseline"), options });
    }
    choices
}

pub(super) fn row(left: &Left<'_>, sheet: usize, choices: &[Choice]) -> Row {
    let result = Both::from(&left.result());
    let compared = left.compared.filter(|compared| *compared != Compared::Unchanged);
    let server = named(left.server);
    let facets = choices.iter().map(|choice| {
        let value = match choice.id {
            "result" => result.clone(),
            "client" => named(left.client_name),
            "server" => server.clone(),
            "department" => named(left.department),
            _ => left.compared.map_or(named(""), |compared| Both::from(&words::compared(compared))),
        };
        choice.options.binary_search_by(|option| option.en.cmp(&value.en)).unwrap_or_default().to_string()
    });
    let port = |word: &str| left.port.map(|port| format!(" {word} {port}")).unwrap_or_default();
    Row {
        facets: facets.collect::<Vec<_>>().join(","),
        class: match left.action {
            Some(Action::Change) => "change",
            _ => "check",
        },
        last: Both::from(&left.last_days(", ")),
        computer: clean(left.computer),
        user: clean(if left.user.is_empty() { "-" } else { left.user }),
        client: clean(left.client_name),
        account: clean(left.account).split_inclusive('@').map(str::to_owned).collect(),
        server: Both::new(
            &format!("{}{}", server.ja, port("ポート")),
            &format!("{}{}", server.en, port("port")),
        ),
        as_of: left.as_of.map(|day| day.to_string()).unwrap_or_default(),
        department: clean(if left.department.is_empty() { "-" } else { left.department }),
        change: compared.map_or(Both::new("", ""), |compared| Both::from(&words::compared(compared))),
        sheet: sheet + 1,
        result,
    }
}
