//! The rows of which the steps are made, and the list of what is to be set that follows their order.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and looks at files by itself"
)]

mod common;

use assert_cmd::Command;
use common::cases;
use serde_json::{Value, json};
use smtp_auth_audit::classify::by_default;
use smtp_auth_audit::clients::steps::{Says, Step, receiving_alone};
use smtp_auth_audit::clients::{CLIENTS, Edition};
use smtp_auth_audit::model::{
    Aspect, Auth, IncomingNeeds, LogOnFirst, Needs, Outgoing, Partial, Port, Protocol, Security, Smtp, Text,
    UserName,
};
use std::collections::BTreeSet;

/// Where nothing logs on first: no setting of theirs turns it off by itself.
const WITHOUT_SWITCH: [&str; 6] =
    ["evolution-online-accounts", "geary", "ios-profile", "kmail", "msmtp", "windows-10-mail"];

fn editions() -> impl Iterator<Item = &'static Edition> {
    CLIENTS.iter().flat_map(|client| client.editions)
}

/// What the default policy can ask for, and of which settings.
fn possible() -> Vec<(Outgoing, Needs)> {
    let mut list = Vec::new();
    let host = "mail.example.jp".to_owned();
    let ports =
        [25, 465, 587, 2525].map(Port::Stored).into_iter().chain([Port::Default(25), Port::Automatic]);
    for port in ports {
        for security in Security::ALL {
            for auth in [Auth::None, Auth::Password] {
                for log_on_first in [LogOnFirst::Off, LogOnFirst::On] {
                    let smtp =
                        Smtp { host: host.clone(), port, security, auth, credentials: None, log_on_first };
                    list.push(Outgoing::Smtp(smtp));
                }
            }
        }
    }
    for log_on_first in [None, Some(LogOnFirst::Off), Some(LogOnFirst::On)] {
        let partial = Partial { host: Some(host.clone()), log_on_first, ..Partial::default() };
        list.push(Outgoing::NoAuth(partial.clone()));
        list.push(Outgoing::Unclear(partial, Text::fixed("", "")));
    }
    let needs = |outgoing: Outgoing| {
        let needs = by_default(&outgoing, None).needs;
        (outgoing, needs)
    };
    list.into_iter().map(needs).collect()
}

fn needed(edition: &Edition, needs: &Needs) -> Vec<&'static Step> {
    edition.steps.iter().copied().flatten().filter(|step| (step.when)(needs)).collect()
}

/// What policies can ask for: each kind of change by itself, and each together with turning authentication on.
fn prescribed() -> Vec<Needs> {
    let server = Some("smtps.example.jp".to_owned());
    let methods =
        [Auth::Password, Auth::EncryptedPassword, Auth::Spa, Auth::Kerberos, Auth::OAuth2, Auth::Certificate];
    let users = [UserName::Address, UserName::LocalPart, UserName::SameAsIncoming];
    let mut list = vec![Needs { server, ..Needs::default() }];
    for user in [None].into_iter().chain(users.map(Some)) {
        list.push(Needs { user, is_app_password: true, method: Some(Auth::Password), ..Needs::default() });
        list.extend(methods.map(|method| Needs { user, method: Some(method), ..Needs::default() }));
        list.push(Needs { user, authenticate: true, ..Needs::default() });
    }
    let also = |needs: &Needs| {
        [false, true].map(|log_on_first_off| Needs { authenticate: true, log_on_first_off, ..needs.clone() })
    };
    list = list.iter().flat_map(also).chain(list.clone()).collect();
    list.extend(Security::ALL.map(|security| Needs { security: Some(security), ..Needs::default() }));
    list.into_iter().map(|needs| Needs { is_prescribed: true, ..needs }).collect()
}

#[test]
fn every_setting_that_a_policy_wants_is_changed_by_a_row() {
    for edition in editions() {
        for needs in prescribed() {
            let (order, texts) = (edition.order(&needs), edition.texts(&needs));
            for aspect in [Aspect::Host, Aspect::Auth, Aspect::User, Aspect::Security, Aspect::LogOnFirst] {
                let has_switch = aspect != Aspect::LogOnFirst || needs.authenticate;
                if needs.has(aspect) && has_switch && needs.security != Some(Security::Auto) {
                    assert!(order.contains(&aspect), "{}: {aspect:?} {needs:?}", edition.id);
                }
            }
            let (mut ja, mut en) = (BTreeSet::new(), BTreeSet::new());
            for (step, text) in needed(edition, &edition.needs(needs.clone())).into_iter().zip(&texts) {
                if let Says::Heading(..) = step.says {
                    (ja, en) = (BTreeSet::new(), BTreeSet::new());
                }
                assert!(ja.insert(&text.ja) && en.insert(&text.en), "{}: {}", edition.id, text.en);
            }
        }
    }
}

/// The values themselves are said, in words of the dialogs or general ones.
#[test]
fn what_a_policy_wants_is_said() {
    let said = |edition: &Edition, needs: &Needs| -> (String, String) {
        let texts = edition.texts(&Needs { is_prescribed: true, ..needs.clone() });
        let join = |get: fn(&Text) -> &str| texts.iter().map(get).collect::<Vec<_>>().join("\n");
        (join(|text| &text.ja), join(|text| &text.en))
    };
    for edition in editions() {
        let (ja, en) =
            said(edition, &Needs { server: Some("smtps.example.jp".to_owned()), ..Needs::default() });
        assert!(ja.contains("smtps.example.jp") && en.contains("smtps.example.jp"), "{}: {ja}", edition.id);
        let (ja, en) = said(edition, &Needs { server: Some("{incoming}".to_owned()), ..Needs::default() });
        assert!(
            ja.contains("受信サーバーと同じ名前") && en.contains("the name of the incoming server"),
            "{}",
            edition.id
        );
        for (user, words) in [
            (UserName::Address, ("メールアドレス全体", "the whole mail address")),
            (UserName::LocalPart, ("@ より前", "before the @")),
        ] {
            for method in [None, Some(Auth::OAuth2), Some(Auth::EncryptedPassword)] {
                for authenticate in [true, method.is_none()] {
                    let needs = Needs { authenticate, user: Some(user), method, ..Needs::default() };
                    let (ja, en) = said(edition, &needs);
                    assert!(ja.contains(words.0) && en.contains(words.1), "{}: {needs:?} {ja}", edition.id);
                }
            }
        }
        let (ja, en) = said(edition, &Needs { method: Some(Auth::OAuth2), ..Needs::default() });
        let has = |text: &str| {
            let text = text.to_lowercase();
            text.contains("oauth") || text.contains("authmethod") && text.contains("10")
        };
        assert!(has(&ja) && has(&en), "{}: {ja}", edition.id);
    }
}

#[test]
fn every_setting_that_may_be_needed_is_changed_by_a_row() {
    for edition in editions() {
        for (outgoing, needs) in possible() {
            let needs = edition.needs(needs);
            let order = edition.order(&needs);
            for set in needs.to_set(&outgoing, &order) {
                assert!(order.contains(&set.setting), "{}: {needs:?} {order:?}", edition.id);
            }
        }
    }
}

#[test]
fn a_switch_is_turned_off_by_itself_where_there_is_one() {
    let needs = Needs { log_on_first_off: true, ..Needs::default() };
    let without = editions().filter(|edition| !edition.order(&needs).contains(&Aspect::LogOnFirst));
    assert_eq!(without.map(|edition| edition.id).collect::<BTreeSet<_>>(), WITHOUT_SWITCH.into());
}

#[test]
fn the_order_is_that_of_the_rows_and_what_is_to_be_set_follows_it() {
    for edition in editions() {
        for (outgoing, needs) in possible() {
            let needs = edition.needs(needs);
            let rows = needed(edition, &needs);
            let row = |aspect: &Aspect| rows.iter().position(|step| step.changes.contains(aspect)).unwrap();
            let order = edition.order(&needs);
            let places: Vec<usize> = order.iter().map(row).collect();
            assert!(places.is_sorted(), "{}: {order:?} {places:?}", edition.id);
            for (number, aspect) in order.iter().enumerate() {
                assert!(needs.has(*aspect) && !order[..number].contains(aspect), "{}: {order:?}", edition.id);
            }
            let to_set: Vec<Aspect> = needs.to_set(&outgoing, &order).iter().map(|set| set.setting).collect();
            let in_order = to_set.iter().map(|setting| order.iter().position(|aspect| aspect == setting));
            assert!(
                in_order.is_sorted_by_key(|place| place.unwrap_or(usize::MAX)),
                "{}: {to_set:?}",
                edition.id
            );
        }
    }
}

/// The ways of an edition that joins two share some of their steps; each way by itself says a thing once.
#[test]
fn no_way_says_a_thing_twice() {
    for edition in editions() {
        for (_, needs) in possible() {
            let needs = edition.needs(needs);
            let rows = needed(edition, &needs);
            let texts = edition.texts(&needs);
            assert_eq!(rows.len(), texts.len(), "{}", edition.id);
            let (mut ja, mut en) = (BTreeSet::new(), BTreeSet::new());
            for (step, text) in rows.into_iter().zip(&texts) {
                if let Says::Heading(..) = step.says {
                    (ja, en) = (BTreeSet::new(), BTreeSet::new());
                }
                assert!(ja.insert(&text.ja) && en.insert(&text.en), "{}: {}", edition.id, text.en);
            }
        }
    }
}

/// What the renderers go by: a heading ends with a colon in both languages, a step in none.
#[test]
fn a_heading_is_told_from_a_step_by_its_colon() {
    let mut headings = 0;
    for edition in editions() {
        for (_, needs) in possible() {
            let needs = edition.needs(needs);
            for (step, text) in needed(edition, &needs).into_iter().zip(edition.texts(&needs)) {
                let is_heading = matches!(step.says, Says::Heading(..));
                headings += usize::from(is_heading);
                assert_eq!(text.is_heading(), is_heading, "{}: {}", edition.id, text.en);
                assert_eq!(text.ja.ends_with(':'), text.en.ends_with(':'), "{}: {}", edition.id, text.en);
            }
        }
    }
    assert!(headings > 0);
}

/// The block for receiving says each value that has to be set, and nothing else.
#[test]
fn receiving_is_said_in_one_block() {
    for edition in editions() {
        let of = |incoming: IncomingNeeds| {
            receiving_alone(edition, &Needs { incoming: vec![incoming], ..Needs::default() })
        };
        let server = Some("pops.example.jp".to_owned());
        let texts = of(IncomingNeeds { server, port: Some(995), ..IncomingNeeds::default() });
        assert_eq!(texts.is_empty(), edition.receiving.is_none(), "{}", edition.id);
        if texts.is_empty() {
            continue;
        }
        // Nothing stands before it: it needs no heading; the check has one.
        assert!(!texts[0].is_heading() && texts[texts.len() - 2].is_heading(), "{}", edition.id);
        let join = |texts: &[Text]| {
            let words = texts.iter().flat_map(|text| [text.ja.as_ref(), text.en.as_ref()]);
            words.collect::<Vec<&str>>().join(" ")
        };
        let all = join(&texts);
        assert_eq!(
            (all.matches("pops.example.jp").count(), all.matches("995").count()),
            (2, 2),
            "{}: {all}",
            edition.id
        );
        for security in [Security::Plain, Security::StartTls, Security::Tls] {
            let all = join(&of(IncomingNeeds { security: Some(security), ..IncomingNeeds::default() }));
            assert!(
                ["SSL", "TLS", "POP3S"].iter().any(|word| all.contains(word)) || security == Security::Plain,
                "{}: {all}",
                edition.id
            );
            assert!(!all.contains("995"), "{}: {all}", edition.id);
        }
        let protocol = Some(Protocol::Imap);
        let all = join(&of(IncomingNeeds { protocol, is_other_protocol: true, ..IncomingNeeds::default() }));
        assert!(
            all.contains("IMAP") && all.contains("追加し直し") && all.contains("anew"),
            "{}: {all}",
            edition.id
        );
    }
}

#[test]
fn only_joined_editions_have_headings_one_for_each_way() {
    let mut joined = Vec::new();
    for edition in editions() {
        let steps = edition.steps.iter().copied().flatten();
        let headings = steps.filter(|step| matches!(step.says, Says::Heading(..))).count();
        if headings > 0 {
            joined.push((edition.id, headings));
        }
    }
    assert_eq!(joined, [("outlook-2016-365", 2), ("apple-mail-10.11-10.12", 2)]);
}

/// The findings of all cases, as tests/fixtures.rs compares them with what the program says.
fn findings() -> Vec<Value> {
    let mut findings = Vec::new();
    for case in cases() {
        let snapshot = std::fs::read_to_string(case.folder.join("report.snap")).unwrap();
        let report = snapshot.splitn(3, "---\n").nth(2).unwrap();
        let mut report: Value = serde_json::from_str(report).unwrap();
        findings.append(report["findings"].as_array_mut().unwrap());
    }
    findings
}

/// What is said to be set now is what was read, and what it becomes answers the verdict.
#[test]
fn what_is_to_be_set_fits_what_was_read() {
    let mut seen = BTreeSet::new();
    for finding in findings() {
        let verdict = &finding["verdict"];
        let to_set = finding["to_set"].as_array().unwrap();
        let by_policy = !finding["provider"].is_null();
        if !by_policy && (finding["action"] == "none" || verdict == "unreadable") {
            assert!(to_set.is_empty(), "{finding:#}");
            continue;
        }
        for set in to_set {
            let setting = set["setting"].as_str().unwrap();
            let read =
                &finding["outgoing"][if setting == "log_on_first" { "pop_before_smtp" } else { setting }];
            // What could not be understood is not told.
            let text = |read: &Value| read.as_str().map_or_else(|| read.to_string(), str::to_owned);
            let now = if read.is_null() { Value::Null } else { text(read).into() };
            assert_eq!(set["now"], now, "{finding:#}");
            assert_ne!(set["now"], set["then"], "{finding:#}");
            seen.insert(setting.to_owned());
        }
        if by_policy {
            continue;
        }
        let has = |setting: &str, then: &str| {
            to_set.iter().any(|set| set["setting"] == setting && set["then"] == then)
        };
        assert_eq!(has("auth", "password"), verdict != "smtp-auth-off-policy", "{finding:#}");
        assert!(has("log_on_first", "false") || verdict != "pop-before-smtp", "{finding:#}");
        assert!(!to_set.is_empty(), "{finding:#}");
    }
    assert_eq!(
        seen.into_iter().collect::<Vec<_>>(),
        ["auth", "host", "log_on_first", "port", "security", "user"]
    );
}

#[test]
fn what_is_to_be_set_is_told_without_the_steps() {
    let report = |options: &[&str]| -> Value {
        let mut command = Command::cargo_bin("smtp-auth-audit").unwrap();
        let command = command.current_dir(env!("CARGO_MANIFEST_DIR")).env("LC_ALL", "C.UTF-8");
        let command = command.args(["scan", "fixtures/demo/office-pc", "--format", "json"]).args(options);
        serde_json::from_slice(&command.output().unwrap().stdout).unwrap()
    };
    let (with, without) = (report(&[]), report(&["--no-steps"]));
    let list = |report: &Value| -> Vec<Value> {
        report["findings"].as_array().unwrap().iter().map(|finding| finding["to_set"].clone()).collect()
    };
    assert_eq!(list(&with), list(&without));
    assert!(list(&with).iter().any(|to_set| *to_set != json!([])));
    let steps = without["findings"].as_array().unwrap().iter().map(|finding| &finding["steps"]);
    assert!(steps.into_iter().all(|steps| *steps == json!({"ja": [], "en": []})));
}

/// An edition that no row knows would be told of as an add-in's.
#[test]
fn the_editions_of_accounts_are_those_of_the_rows() {
    let known: BTreeSet<&str> = editions().map(|edition| edition.id).collect();
    let mut unknown = BTreeSet::new();
    for finding in findings() {
        let edition = finding["edition"].as_str().unwrap();
        if !known.contains(edition) {
            unknown.insert(edition.to_owned());
        }
    }
    assert_eq!(unknown.into_iter().collect::<Vec<_>>(), ["outlook-unknown-kind"]);
}
