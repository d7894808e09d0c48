//! The fleet as JSON, for programs: one object.

use super::judging::{Judging, Set};
use super::names::hex;
use super::overview::{Group, Left, Numbers, Overview};
use super::reach::Reach;
use crate::model::{Action, Compared, PasswordNeeded, StopDay, Until, Verdict, iso};
use crate::report::clean::clean_json;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// The name of this version. Fields may be added; nothing is renamed, removed or changes its meaning.
pub const SCHEMA: &str = "smtp-auth-audit/fleet/v1";

#[derive(Serialize)]
struct FleetV1<'a> {
    schema: &'static str,
    tool: Value,
    reports: Value,
    computers: usize,
    users: usize,
    reach: Value,
    summary: Value,
    judging: Value,
    clients: Vec<Value>,
    servers: Vec<Value>,
    departments: Vec<Value>,
    history: Vec<Value>,
    left: Vec<LeftV1<'a>>,
    resolved: Option<Vec<Value>>,
    not_seen: usize,
    not_seen_before: usize,
    shared_names: Vec<Value>,
    incomplete: Vec<Value>,
    issues: Vec<Value>,
}

#[derive(Serialize)]
struct LeftV1<'a> {
    computer: &'a str,
    user: Option<&'a str>,
    department: Option<&'a str>,
    id: String,
    client: &'a str,
    client_name: &'a str,
    account: &'a str,
    server: Option<&'a str>,
    port: Option<u16>,
    verdict: &'static str,
    action: &'static str,
    as_of: Option<String>,
    change: Option<&'static str>,
    provider: Option<&'a str>,
    stops_working_on: Option<String>,
    incoming_stops_working_on: Option<String>,
    receiving: bool,
    due: bool,
    password_needed: Option<&'static str>,
    addresses: Vec<&'a str>,
    deviations: Vec<&'a str>,
}

/// The whole fleet.
pub fn render(overview: &Overview<'_>) -> String {
    let none = |text: &'static str| text;
    let resolved = overview.resolved.as_ref().map(|list| {
        let each = list.iter().map(|done| {
            json!({
                "computer": done.computer, "user": or_null(&done.user), "id": hex(done.id),
                "client_name": done.client_name, "account": done.account,
                "was": done.was.map_or(none("unknown"), Verdict::code), "now": done.now.map(Verdict::code),
            })
        });
        each.collect()
    });
    let fleet = FleetV1 {
        schema: SCHEMA,
        tool: json!({"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")}),
        reports: json!({"read": overview.reports, "damaged": overview.problems.len(), "nameless": overview.nameless}),
        computers: overview.computers,
        users: overview.users,
        reach: reach(&overview.reach),
        summary: json!({
            "findings": overview.numbers.total(),
            "actions": actions(&overview.numbers),
            "verdicts": verdicts(overview),
            "undecided": overview.further.undecided,
            "receiving": overview.further.receiving,
            "exceptions": overview.further.exceptions,
            "password_needed": passwords(overview),
            "stops": stops(overview),
            "regressed": overview.regressed,
            "not_shown": overview.further.hidden,
            "done": {"done": overview.numbers.done, "judged": overview.numbers.judged, "percent": overview.numbers.percent()},
        }),
        judging: judging(&overview.judging),
        clients: groups(&overview.clients),
        servers: groups(&overview.servers),
        departments: groups(&overview.departments),
        history: overview
            .history
            .iter()
            .map(|day| {
                json!({"date": day.date.to_string(), "change": day.change, "check-by-hand": day.check, "undecided": day.undecided, "users": day.users})
            })
            .collect(),
        left: overview.left.iter().map(left).collect(),
        resolved,
        not_seen: overview.not_seen,
        not_seen_before: overview.not_seen_before,
        shared_names: overview
            .shared
            .iter()
            .map(|shared| json!({"computer": shared.computer, "computers": shared.computers}))
            .collect(),
        incomplete: overview
            .incomplete
            .iter()
            .map(|one| json!({"computer": one.computer, "status": one.status().code(), "users": one.users(), "users_partly": one.partly, "users_not_read": one.not_read, "issues": one.issues, "not_shown": one.not_shown, "filtered": one.filtered}))
            .collect(),
        issues: overview
            .problems
            .iter()
            .map(|problem| {
                json!({"kind": problem.kind.code(), "place": problem.place.to_string(), "message": {"ja": problem.message.ja, "en": problem.message.en}})
            })
            .collect(),
    };
    clean_json(serde_json::to_string(&fleet).unwrap_or_default()) + "\n"
}

fn or_null(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn left<'a>(left: &Left<'a>) -> LeftV1<'a> {
    let [sending, receiving] = left.last;
    LeftV1 {
        computer: left.computer,
        user: or_null(left.user),
        department: or_null(left.department),
        id: hex(left.id),
        client: left.client,
        client_name: left.client_name,
        account: left.account,
        server: or_null(left.server),
        port: left.port,
        verdict: left.verdict.map_or("unknown", Verdict::code),
        action: left.action.map_or("unknown", Action::code),
        as_of: left.as_of.map(|day| day.to_string()),
        change: left.compared.map(Compared::code),
        provider: or_null(left.provider),
        stops_working_on: sending.and_then(Until::word),
        incoming_stops_working_on: receiving.and_then(Until::word),
        receiving: left.is_receiving,
        due: !left.is_not_due,
        password_needed: left.password_needed.map(PasswordNeeded::code),
        addresses: left.addresses.lines().collect(),
        deviations: left.deviations.split_whitespace().collect(),
    }
}

fn reach(reach: &Reach<'_>) -> Value {
    let silent = reach.silent.iter().map(|silent| {
        json!({
            "computer": silent.computer, "department": or_null(silent.department), "last": iso(silent.last),
            "counts": silent.counts,
        })
    });
    let absent = reach
        .absent
        .iter()
        .map(|absent| json!({"computer": absent.computer, "department": or_null(absent.department)}));
    json!({
        "computers": reach.known, "reported": reach.reported, "too_old": reach.too_old,
        "silent": silent.collect::<Vec<_>>(), "never": absent.collect::<Vec<_>>(),
    })
}

fn stops(overview: &Overview<'_>) -> Vec<Value> {
    let each = overview.further.stops.iter().map(|(StopDay(until), stopping)| {
        json!({
            "on": until.word(), "sending": stopping.sending.total(), "receiving": stopping.receiving.total(),
            "undecided": stopping.undecided.total(),
        })
    });
    each.collect()
}

fn passwords(overview: &Overview<'_>) -> Value {
    let numbers = PasswordNeeded::ALL.into_iter().zip(overview.further.password_needed);
    Value::Object(numbers.map(|(needed, number)| (needed.code().to_owned(), number.into())).collect())
}

fn judging(judging: &Judging) -> Value {
    let sets = judging.sets.iter().map(|(Set { names, hashes, as_of, requires_tls, is_early }, reports)| {
        json!({
            "policies": names, "sha256": hashes, "as_of": as_of.map(iso), "require_tls": requires_tls,
            "early": is_early, "reports": reports,
        })
    });
    let (day, policies) = judging.anew.clone().unzip();
    json!({
        "anew": judging.anew.is_some(), "as_of": day.map(iso), "policies": policies,
        "reports": sets.collect::<Vec<_>>(), "kept": judging.kept, "masked": judging.masked,
        "old": judging.old.iter().map(|(id, _)| id).collect::<Vec<_>>(), "others": judging.others,
    })
}

fn actions(numbers: &Numbers) -> Value {
    json!({"change": numbers.change, "check-by-hand": numbers.check, "none": numbers.none, "unknown": numbers.unknown})
}

fn verdicts(overview: &Overview<'_>) -> Value {
    let number = |verdict: Option<Verdict>| -> usize {
        overview.verdicts.iter().filter(|sort| sort.verdict == verdict).map(|sort| sort.number).sum()
    };
    let known = Verdict::ALL.map(|verdict| (verdict.code().to_owned(), number(Some(verdict)).into()));
    let unknown = ("unknown".to_owned(), number(None).into());
    Value::Object(known.into_iter().chain([unknown]).collect::<Map<_, _>>())
}

fn groups(groups: &[Group<'_>]) -> Vec<Value> {
    let each = groups.iter().map(|group| {
        let mut value = actions(&group.numbers);
        if let Value::Object(map) = &mut value {
            map.insert("done".to_owned(), group.numbers.done.into());
            map.insert("judged".to_owned(), group.numbers.judged.into());
            map.insert("name".to_owned(), or_null(group.name).into());
        }
        value
    });
    each.collect()
}
