//! What is written is what is read, by each of the ways to read it; and the words are those of the schema.

use super::earlier::{self, EarlierFinding};
use super::lean::{FindingIn, Known, ReportIn, Str};
use super::row::{self, Damage};
use super::words::{UNKNOWN, Word};
use super::{JSON_SCHEMA, SCHEMA, render, render_lines};
use crate::model::{
    Account, Action, Auth, Compared, Confidence, Credentials, Deviation, Finding, HandedOn, InUse, Incoming,
    Issue, IssueKind, LogOnFirst, Needs, Note, Outgoing, Passages, Port, Protocol, Receiving, Report, Rule,
    ScanFacts, ScannedUser, Scope, Security, Smtp, System, Text, UserStatus, Verdict,
};
use serde_json::Value;

/// Nothing in it is what a reader would take for missing.
fn account() -> Account {
    Account {
        client: "becky",
        client_name: "Becky! \"2\"".to_owned(),
        edition: "becky-2",
        client_version: Some("2.81".to_owned()),
        system: Some(System { name: "Windows 7".to_owned(), tls_1_2: Some(false) }),
        client_installed: Some(true),
        in_use: InUse::No,
        profile: Some("仕事".to_owned()),
        source: "C:\\Mailbox.ini".to_owned(),
        store: String::new(),
        key: String::new(),
        outgoing_key: String::new(),
        name: "Taro\u{7f}".to_owned(),
        addresses: vec!["taro@example.jp".to_owned(), "info@example.jp".to_owned()],
        default_account: Some(false),
        incoming: Some(Incoming {
            protocol: Protocol::Imap,
            host: Some("imap.example.jp".to_owned()),
            port: Some(993),
            security: Some(Security::Tls),
            auth: None,
        }),
        outgoing: Outgoing::Smtp(Smtp {
            host: "mail.example.jp".to_owned(),
            port: Port::Stored(465),
            security: Security::StartTls,
            auth: Auth::Spa,
            credentials: Some(Credentials::Own),
            log_on_first: LogOnFirst::On,
        }),
        confidence: Confidence::Answered,
        has_incoming_password: None,
        note_without_auth: None,
        notes: Vec::new(),
        fixed: Vec::new(),
        evidence: Vec::new(),
    }
}

pub(in crate::report) fn report() -> Report {
    let account = account();
    let finding = Finding {
        id: "b7c1d2e3f4a59687".to_owned(),
        computer: Some("PC-0421".to_owned()),
        user: Some("taro".to_owned()),
        user_sid: Some("S-1-5-21-1-2-3-1001".to_owned()),
        account,
        verdict: Verdict::SmtpAuthOffPolicy,
        action: Action::CheckByHand,
        deviations: vec![Deviation::Tls],
        notes: vec![Note::Spa],
        rule: Rule::Deviates,
        needs: Needs::default(),
        steps: vec![Text::fixed("一", "one"), Text::fixed("二", "two")],
        to_set: Vec::new(),
        provider: None,
        stops: None,
        receiving: Receiving::default(),
        waits_for: None,
        is_not_due: false,
        password_needed: None,
        also: Vec::new(),
        is_claimed: false,
        compared: Some(Compared::Changed),
    };
    let other = Some("PC-0422".to_owned());
    let user = |name: &str, computer: Option<&str>, status| ScannedUser {
        computer: computer.map(str::to_owned),
        name: Some(name.to_owned()),
        sid: Some(format!("S-{name}")),
        status,
        reason: None,
    };
    Report {
        computer: Some("PC-0421".to_owned()),
        scan: ScanFacts {
            started_at: "1970-01-01T00:00:02Z".to_owned(),
            host: None,
            os: "windows",
            scope: Scope::AllUsers,
            sources: vec!["D:".to_owned(), "E:".to_owned()],
            policies: Vec::new(),
            policy_details: Vec::new(),
            as_of: None,
            requires_tls: false,
            filters: vec!["--server mail".to_owned()],
            users: vec![
                user("taro", Some("PC-0421"), UserStatus::Partly),
                user("hanako", other.as_deref(), UserStatus::NotRead),
            ],
            remarks: Vec::new(),
            twins: None,
            passages: Passages::default(),
            unshown: Vec::new(),
        },
        findings: vec![
            Finding { id: "00000000000000aa".to_owned(), ..finding.clone() },
            Finding { computer: other.clone(), ..finding },
        ],
        handed_on: HandedOn::default(),
        not_shown: 7,
        resolved: Vec::new(),
        issues: vec![Issue {
            computer: other,
            user: Some("hanako".to_owned()),
            client: None,
            kind: IssueKind::Denied,
            place: String::new(),
            message: Text::fixed("", ""),
        }],
        probes: Vec::new(),
    }
}

/// What `ask` is to know of it.
fn known(report: &Report, finding: &Finding) -> EarlierFinding {
    let account = finding.account.clone();
    EarlierFinding {
        computer: finding.computer.clone(),
        sources: report.scan.sources.clone(),
        id: finding.id.clone(),
        user: finding.user.clone(),
        user_sid: finding.user_sid.clone(),
        client: account.client.to_owned(),
        client_name: account.client_name,
        client_version: account.client_version,
        client_installed: account.client_installed,
        edition: Some(account.edition.to_owned()),
        in_use: account.in_use,
        profile: account.profile,
        source: account.source,
        account: account.name,
        addresses: account.addresses,
        default_account: account.default_account,
        incoming: account.incoming,
        host: account.outgoing.seen().and_then(|seen| seen.host),
        outgoing: account.outgoing.seen(),
        is_managed: finding.verdict == Verdict::Managed,
        notes: finding.notes.iter().map(|note| (note.code().to_owned(), note.text())).collect(),
    }
}

#[test]
fn what_is_written_is_read_for_ask() {
    let report = report();
    let expected: Vec<EarlierFinding> =
        report.findings.iter().map(|finding| known(&report, finding)).collect();
    assert_eq!(earlier::read(&render(&report)).unwrap(), expected);
    assert_eq!(earlier::read(&render_lines(&report)).unwrap(), expected);
}

fn text<'a>(text: Option<&'a Str<'_>>) -> Option<&'a str> {
    text.map(|text| &*text.0)
}

fn counted(read: &FindingIn<'_>, finding: &Finding) {
    let account = &finding.account;
    assert_eq!(read.id.0, finding.id);
    assert_eq!(text(read.computer.as_ref()), finding.computer.as_deref());
    assert_eq!(text(read.user.as_ref()), finding.user.as_deref());
    assert_eq!(text(read.user_sid.as_ref()), finding.user_sid.as_deref());
    assert_eq!(read.client.0, account.client);
    assert_eq!(read.client_name.0, account.client_name);
    assert_eq!(text(read.edition.as_ref()), Some(account.edition));
    assert_eq!(read.account.0, account.name);
    assert_eq!((read.verdict.0, read.action.0), (Some(finding.verdict), Some(finding.action)));
    assert_eq!((read.confidence.0, read.is_answered()), (Some(Confidence::Answered), true));
    let out = read.outgoing.as_ref().unwrap();
    assert_eq!(text(out.host.as_ref()), Some("mail.example.jp"));
    assert_eq!((out.port, out.security), (Some(465), Some(Known(Some(Security::StartTls)))));
    assert_eq!((out.authenticates(), out.pop_before_smtp), (true, Some(true)));
}

#[test]
fn what_is_written_is_read_for_counting() {
    let report = report();
    let all = [render(&report), render_lines(&report), render(&report)].concat();
    let mut number = 0;
    let take = |read: ReportIn<'_>| {
        number += 1;
        assert_eq!((text(read.computer.as_ref()), read.time), (Some("PC-0421"), 2000));
        assert_eq!((read.scan.scope.0, read.not_shown), (Some(Scope::AllUsers), 7));
        assert_eq!(read.scan.filters, [Str("--server mail".into())]);
        assert_eq!(read.scan.sources, [Str("D:".into()), Str("E:".into())]);
        let [taro, hanako] = &*read.scan.users else { panic!("{:?}", read.scan.users) };
        assert_eq!((text(taro.name.as_ref()), text(taro.sid.as_ref())), (Some("taro"), Some("S-taro")));
        let of_users = [taro, hanako].map(|user| text(user.computer.as_ref()));
        assert_eq!(of_users, [Some("PC-0421"), Some("PC-0422")]);
        let status = [taro, hanako].map(|user| user.status.0);
        assert_eq!(status, [Some(UserStatus::Partly), Some(UserStatus::NotRead)]);
        assert_eq!(
            read.issues
                .iter()
                .map(|issue| (text(issue.computer.as_ref()), text(issue.user.as_ref())))
                .collect::<Vec<_>>(),
            [(Some("PC-0422"), Some("hanako"))]
        );
        assert_eq!(read.findings.len(), 2);
        read.findings.iter().zip(&report.findings).for_each(|(read, finding)| counted(read, finding));
    };
    row::parse(all.as_bytes(), take, |damage| panic!("{damage:?}"));
    assert_eq!(number, 3);
}

/// A word of later is known to be one, and a way to authenticate that is not known is one.
#[test]
fn words_of_later() {
    let text = render(&report());
    for (from, to, authenticates) in [
        ("\"auth\": \"spa\"", "\"auth\": \"of-later\"", true),
        ("\"auth\": \"spa\"", "\"auth\": \"none\"", false),
        ("\"auth\": \"spa\"", "\"auth\": \"unknown\"", false),
        ("\"auth\": \"spa\"", "\"auth\": null", false),
        ("\"security\": \"starttls\"", "\"security\": \"of-later\"", true),
        ("\"verdict\": \"smtp-auth-off-policy\"", "\"verdict\": \"of-later\"", true),
    ] {
        assert!(text.contains(from));
        let text = text.replace(from, to);
        let take = |read: ReportIn<'_>| {
            let finding = read.findings.first().unwrap();
            let out = finding.outgoing.as_ref().unwrap();
            assert_eq!(out.authenticates(), authenticates, "{to}");
            assert_eq!(out.security == Some(Known(None)), to.contains("security"), "{to}");
            assert_eq!(finding.verdict.0.is_none(), to.contains("verdict"), "{to}");
        };
        row::parse(text.as_bytes(), take, |damage| panic!("{damage:?}"));
    }
    let no_word = text.replace("\"verdict\": \"smtp-auth-off-policy\"", "\"verdict\": 5");
    let mut told = Vec::new();
    row::parse(no_word.as_bytes(), |_| panic!("a verdict is a word"), |damage| told.push(damage));
    assert!(matches!(told.as_slice(), [Damage::Malformed(..)]), "{told:?}");
}

#[test]
fn damage_is_told() {
    let text = render(&report());
    for (from, to, expected) in [
        (SCHEMA, "smtp-auth-audit/report/v2", Damage::OtherSchema),
        (SCHEMA, "smtp-auth-audit/report/v10", Damage::OtherSchema),
        ("1970-01-01T00:00:02Z", "yesterday", Damage::NoTime("yesterday".to_owned())),
    ] {
        let mut told = Vec::new();
        row::parse(text.replace(from, to).as_bytes(), |_| panic!("{to}"), |damage| told.push(damage));
        assert_eq!(told, [expected]);
    }
    let mut number = 0;
    let minor = text.replace(SCHEMA, &format!("{SCHEMA}.1"));
    row::parse(minor.as_bytes(), |_| number += 1, |damage| panic!("{damage:?}"));
    assert_eq!(number, 1);
}

/// The words at this place of the schema, and all that are known.
fn same<T: Word + std::fmt::Debug + PartialEq>(schema: &Value, place: &str) {
    let listed = schema.pointer(&format!("/$defs/{place}/examples")).and_then(Value::as_array).unwrap();
    let mut listed: Vec<&str> = listed.iter().filter_map(Value::as_str).collect();
    let known: Vec<&str> = T::ALL.iter().map(|known| T::CODE(*known)).collect();
    if !known.contains(&UNKNOWN) {
        listed.retain(|word| *word != UNKNOWN);
    }
    assert_eq!(known, listed, "{place}");
    for known in T::ALL {
        assert_eq!(T::of(T::CODE(*known)), Some(*known));
    }
    assert_eq!(T::of("of-later"), None);
}

#[test]
fn the_words_are_those_of_the_schema() {
    let schema: Value = serde_json::from_str(JSON_SCHEMA).unwrap();
    same::<Verdict>(&schema, "verdict");
    same::<Action>(&schema, "action");
    same::<Compared>(&schema, "change");
    same::<Security>(&schema, "security");
    same::<Deviation>(&schema, "incoming/properties/deviations/items");
    same::<Confidence>(&schema, "finding/properties/confidence");
    same::<InUse>(&schema, "finding/properties/in_use");
    same::<Protocol>(&schema, "incoming/properties/protocol");
    same::<Auth>(&schema, "outgoing/properties/auth");
    same::<Credentials>(&schema, "outgoing/properties/credentials");
    same::<Scope>(&schema, "scan/properties/scope");
    same::<UserStatus>(&schema, "user/properties/status");
    same::<IssueKind>(&schema, "issueKind");
}
