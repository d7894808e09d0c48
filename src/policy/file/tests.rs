//! Each rule of the file: what is read, and what is told of a mistake.

use super::{Reading, read};
use crate::model::{Auth, Lang, Protocol, Security, iso};
use crate::policy::{HostPattern, Method, Mistake, Origin, Tls, Until, UserName};

/// One line for each field, so that a test can put something else in its place.
const WHOLE: &str = r#"schema = 1
id = "example"
name = { ja = "例の会社", en = "Example company" }
notice = "https://www.example.jp/notice?id=1"
source = "the notice"
checked = 2026-11-29
claims = [
  { outgoing = ["*.example.jp", "192.0.2.0/24"], incoming = "pop.example.jp" },
  { domain = "example.jp", not_domain = "x.example.jp" },
]
sending = [
  { host = ["smtp.{domain}", "{incoming}"], port = 587, auth = "password" },
  { port = [25, 587], security = "plain", auth = ["none", "pop-before-smtp"], until = 2027-03-31 },
]
receiving = [
  { protocol = "pop3", port = 995, security = ["tls", "starttls"], tls_min = "1.2" },
  { auth = "apop", until = "2026-12" },
]
from = 2026-12-15
instead = [ { clients = ["outlook"], ja = "別の方法", en = "another way" } ]
"#;

const CLIENTS: [&str; 2] = ["outlook", "becky"];

fn whole(text: &str) -> Reading {
    read(text, Origin::Given, &CLIENTS).unwrap_or_else(|mistakes| panic!("{mistakes:?}"))
}

fn mistakes(text: &str) -> Vec<Mistake> {
    let found = read(text, Origin::Given, &CLIENTS).expect_err("a mistake");
    for mistake in &found {
        for lang in [Lang::Ja, Lang::En] {
            let said = format!("{} {}", mistake.field, mistake.message.get(lang));
            assert!(!said.to_lowercase().contains("himitsu"), "{said}");
        }
        let has_japanese = mistake.message.ja.chars().any(|c| ('\u{3040}'..'\u{a000}').contains(&c));
        assert!(has_japanese && mistake.message.en.is_ascii(), "{:?}", mistake.message);
    }
    found
}

/// Where the file with another text in it is wrong, and the English message.
fn after(old: &str, new: &str) -> Vec<String> {
    assert_eq!(WHOLE.matches(old).count(), 1, "{old}");
    let line = |mistake: &Mistake| {
        format!("{}:{} {}: {}", mistake.line, mistake.column, mistake.field, mistake.message.en)
    };
    mistakes(&WHOLE.replace(old, new)).iter().map(line).collect()
}

#[test]
fn everything_is_read() {
    let Reading { policy, warnings } = whole(WHOLE);
    assert_eq!(warnings, []);
    assert_eq!((&*policy.id, &*policy.name.ja, &*policy.name.en), ("example", "例の会社", "Example company"));
    assert_eq!(policy.notice.as_deref(), Some("https://www.example.jp/notice?id=1"));
    assert_eq!(policy.source.as_deref(), Some("the notice"));
    assert_eq!([policy.checked, policy.from].map(|day| iso(day.unwrap())), ["2026-11-29", "2026-12-15"]);
    assert_eq!((policy.origin, policy.sha256.len()), (Origin::Given, 64));
    let [first, second] = &policy.claims[..] else { panic!("{:?}", policy.claims) };
    assert!(matches!(first.outgoing[..], [HostPattern::Name(_), HostPattern::Network(_, 24)]));
    assert_eq!((first.incoming.len(), first.names_domain), (1, false));
    assert_eq!((second.domain[0].as_str(), second.names_domain), ("example.jp", true));
    assert_eq!(second.not_domain[0].as_str(), "x.example.jp");
    let sending = policy.sending.unwrap();
    assert_eq!(sending[0].host, ["smtp.{domain}", "{incoming}"]);
    assert_eq!((&sending[0].port[..], &sending[0].auth[..]), (&[587][..], &[Method::By(Auth::Password)][..]));
    assert!(sending[0].lasts());
    assert_eq!(sending[1].auth, [Method::None, Method::PopBeforeSmtp]);
    assert_eq!((&sending[1].port[..], &sending[1].security[..]), (&[25, 587][..], &[Security::Plain][..]));
    assert_eq!(sending[1].until.unwrap().word().as_deref(), Some("2027-03-31"));
    let receiving = policy.receiving.unwrap();
    assert_eq!(
        (receiving[0].protocol, receiving[0].tls_min),
        (Some(Protocol::Pop3), Some((Tls::V1_2, None)))
    );
    assert_eq!(receiving[0].security, [Security::Tls, Security::StartTls]);
    assert_eq!((&receiving[1].auth[..], receiving[1].protocol), (&[Method::Apop][..], None));
    assert_eq!(policy.instead[0].clients, ["outlook"]);
    assert_eq!(&*policy.instead[0].text.ja, "別の方法");
}

#[test]
fn days_are_written_in_several_ways() {
    for (written, expected) in [
        ("2027-03-31", Some("2027-03-31")),
        ("\"2027-03-31\"", Some("2027-03-31")),
        ("\"2027-03\"", Some("2027-03")),
        ("\"2027\"", Some("2027")),
        ("\"ended\"", None),
    ] {
        let policy = whole(&WHOLE.replace("until = 2027-03-31", &format!("until = {written}"))).policy;
        let until = policy.sending.unwrap()[1].until.unwrap();
        assert_eq!(until.word().as_deref(), expected, "{written}");
        assert_eq!(until == Until::Ended, expected.is_none());
    }
    for written in ["2027", "\"soon\"", "2027-03-31T00:00:00", "2027-03-31T00:00:00Z", "12:00:00", "true"] {
        let found = after("until = 2027-03-31", &format!("until = {written}"));
        assert!(found[0].starts_with("13:87 sending[2].until: expected: the last good day"), "{found:?}");
    }
    let found = after("until = 2027-03-31", "until = 2027-03");
    assert!(found[0].starts_with("13:") && found[0].contains("quotation marks"), "{found:?}");
    for (key, line) in [("checked = 2026-11-29", 6), ("from = 2026-12-15", 19)] {
        let (name, _) = key.split_once(' ').unwrap();
        assert!(whole(&WHOLE.replace(key, &format!("{name} = \"2027-02-03\""))).policy.from.is_some());
        for wrong in ["\"2027-02\"", "2027", "\"ended\""] {
            let found = after(key, &format!("{name} = {wrong}"));
            assert_eq!(found.len(), 1);
            assert!(
                found[0].starts_with(&format!("{line}:{} {name}: expected: a day", name.len() + 4)),
                "{found:?}"
            );
        }
    }
}

#[test]
fn other_fields_of_a_setting() {
    let old = "auth = \"password\" }";
    let with = |more: &str| {
        whole(&WHOLE.replace(old, &format!("auth = \"password\", {more} }}"))).policy.sending.unwrap()
    };
    for (word, expected) in [
        ("address", UserName::Address),
        ("local-part", UserName::LocalPart),
        ("same-as-incoming", UserName::SameAsIncoming),
    ] {
        assert_eq!(with(&format!("user = \"{word}\""))[0].user, Some(expected));
    }
    for (word, expected) in [("1.0", Tls::V1_0), ("1.1", Tls::V1_1), ("1.2", Tls::V1_2), ("1.3", Tls::V1_3)] {
        let setting = &with(&format!("tls_min = \"{word}\", tls_min_from = 2027-01-01"))[0];
        let (version, from) = setting.tls_min.unwrap();
        assert_eq!((version, iso(from.unwrap())), (expected, "2027-01-01".to_owned()));
    }
    let setting = &with("security = [\"plain\"], exactly = true, text = \"社内から / from the office\"")[0];
    assert!(setting.exactly);
    assert_eq!(setting.text.as_ref().map(|text| text.ja == text.en), Some(true));
    let one = "until = 2027-01-01, inexact = true, reversible = \"管理者 / an administrator\"";
    let two =
        "until = 2027-01-01, inexact = false, reversible = { ja = \"管理者\", en = \"an administrator\" }";
    assert!(with(one)[0].inexact && !with(two)[0].inexact);
    assert_eq!(&*with(one)[0].reversible.as_ref().unwrap().en, "管理者 / an administrator");
    assert_eq!(&*with(two)[0].reversible.as_ref().unwrap().ja, "管理者");
    let methods = ["app-password", "encrypted-password", "spa", "kerberos", "oauth2", "certificate"];
    let text = WHOLE.replace("auth = \"password\"", &format!("auth = {methods:?}"));
    assert_eq!(whole(&text).policy.sending.unwrap()[0].auth.len(), methods.len());
    for host in [
        "a{incoming}.b",
        "*.*.example.*",
        "192.0.2.1",
        "[2001:db8::1]",
        "メール.example.jp",
        "SMTP.example.jp.",
    ] {
        assert_eq!(with(&format!("text = \"x\" }}, {{ host = \"{host}\""))[1].host.len(), 1, "{host}");
    }
}

/// What stands in the file, what stands there instead, where that is told, and what the message says.
const CASES: &[(&str, &str, &str, &str)] = &[
    ("schema = 1", "schema = 2", "1:10 schema", "expected: 1"),
    ("schema = 1\n", "", "1:1 schema", "missing; expected: 1"),
    ("id = \"example\"", "id = \"Himitsu\"", "2:6 id", "a-z, 0-9 and -"),
    ("id = \"example\"", "id = \"default\"", "2:6 id", "not \"default\""),
    ("id = \"example\"\n", "", "1:1 id", "missing"),
    ("{ ja = \"例の会社\", en = \"Example company\" }", "{ ja = \"himitsu\" }", "3:8 name", "both languages"),
    ("{ ja = \"例の会社\", en = \"Example company\" }", "7", "3:8 name", "both languages"),
    ("\"例の会社\"", "\"\"", "3:15 name.ja", "1,000 characters"),
    ("\"例の会社\"", "\"<b>himitsu</b>\"", "3:15 name.ja", "without line breaks"),
    ("\"例の会社\"", "\"himitsu\\u0007\"", "3:15 name.ja", "without line breaks"),
    ("\"例の会社\"", "\"himitsu\\u202E\"", "3:15 name.ja", "without line breaks"),
    ("https://www", "javascript:himitsu", "4:10 notice", "https://"),
    ("https://www", "https://himitsu@www", "4:10 notice", "without a user name"),
    ("https://www", "https://www hi", "4:10 notice", "https://"),
    ("claims = [", "claims = \"himitsu\"\nfoo = [", "7:10 claims", "a list of the form"),
    (
        "outgoing = [\"*.example.jp\", \"192.0.2.0/24\"]",
        "outgoing = []",
        "8:16 claims[1].outgoing",
        "at least one value",
    ),
    ("\"*.example.jp\"", "\"*.*.*.*.*.himitsu\"", "8:17 claims[1].outgoing[1]", "at most 4 *"),
    ("\"192.0.2.0/24\"", "\"192.0.2.0/33\"", "8:33 claims[1].outgoing[2]", "a network such as"),
    ("\"192.0.2.0/24\"", "\"smtp.himitsu:587\"", "8:33 claims[1].outgoing[2]", "no port"),
    ("\"pop.example.jp\"", "110", "8:61 claims[1].incoming", "a server's name"),
    ("\"example.jp\", not", "\"himitsu@example.jp\", not", "9:14 claims[2].domain", "behind the @"),
    (
        "domain = \"example.jp\",",
        "domain = \"example.jp\", domains_file = \"a.txt\",",
        "9:43 claims[2].domains_file",
        "not both",
    ),
    (
        "domain = \"example.jp\",",
        "domains_file = \"../himitsu\",",
        "9:20 claims[2].domains_file",
        "same folder",
    ),
    (
        "domain = \"example.jp\", not_domain = \"x.example.jp\"",
        "",
        "9:3 claims[2]",
        "at least one of outgoing",
    ),
    (
        "domain = \"example.jp\", not_domain",
        "domains = \"himitsu\", not_domain",
        "9:5 claims[2].domains",
        "did you mean domain?",
    ),
    ("\"smtp.{domain}\"", "\"smtp.himitsu:587\"", "12:13 sending[1].host[1]", "the port goes into"),
    ("\"smtp.{domain}\"", "\"smtp.{himitsu}\"", "12:13 sending[1].host[1]", "{incoming}, {domain}"),
    ("\"smtp.{domain}\"", "\"192.0.2.0/24\"", "12:13 sending[1].host[1]", "a server's name"),
    ("\"smtp.{domain}\"", "\"*.*.*.*.*\"", "12:13 sending[1].host[1]", "at most 4"),
    ("port = 587", "port = 0", "12:52 sending[1].port", "from 1 to 65535"),
    ("port = 587", "port = 65536", "12:52 sending[1].port", "from 1 to 65535"),
    ("port = 587", "port = \"587\"", "12:52 sending[1].port", "without quotation marks"),
    ("[25, 587]", "[25, -587]", "13:17 sending[2].port[2]", "from 1 to 65535"),
    ("[25, 587]", "[]", "13:12 sending[2].port", "at least one value"),
    (
        "security = \"plain\"",
        "security = \"himitsu\"",
        "13:34 sending[2].security",
        "\"starttls\" or \"tls\"",
    ),
    ("security = \"plain\"", "security = \"auto\"", "13:34 sending[2].security", "\"starttls\" or \"tls\""),
    ("auth = \"password\"", "auth = \"himitsu\"", "12:64 sending[1].auth", "\"oauth2\""),
    ("auth = \"password\"", "auth = \"apop\"", "12:64 sending[1].auth", "is for receiving"),
    ("auth = \"apop\"", "auth = \"pop-before-smtp\"", "17:12 receiving[2].auth", "are for sending"),
    ("auth = \"apop\"", "auth = \"none\"", "17:12 receiving[2].auth", "are for sending"),
    ("auth = \"password\"", "protocol = \"pop3\"", "12:68 sending[1].protocol", "for receiving only"),
    ("protocol = \"pop3\"", "protocol = \"himitsu\"", "16:16 receiving[1].protocol", "\"pop3\" or \"imap\""),
    ("protocol = \"pop3\"", "user = \"same-as-incoming\"", "16:12 receiving[1].user", "for sending only"),
    ("tls_min = \"1.2\"", "tls_min = 1.2", "16:78 receiving[1].tls_min", "in quotation marks"),
    (
        "tls_min = \"1.2\"",
        "tls_min_from = 2027-01-01",
        "16:83 receiving[1].tls_min_from",
        "tls_min has to be there",
    ),
    ("auth = \"password\"", "inexact = true", "12:67 sending[1].inexact", "has an `until`"),
    ("auth = \"password\"", "reversible = \"x\"", "12:70 sending[1].reversible", "has an `until`"),
    ("auth = \"password\"", "exactly = true", "12:67 sending[1].exactly", "\"plain\" in `security`"),
    (
        "auth = \"password\"",
        "security = \"plain\", exactly = \"yes\"",
        "12:87 sending[1].exactly",
        "true or false",
    ),
    ("auth = \"password\"", "untill = 2027-01-01", "12:57 sending[1].untill", "did you mean until?"),
    ("auth = \"password\"", "schema = 1", "12:57 sending[1].schema", "at the top of the file"),
    ("from = 2026-12-15", "until = 2027-01-15", "19:1 until", "inside the { } of sending"),
    ("from = 2026-12-15", "domain = \"himitsu\"", "19:1 domain", "inside the { } of claims"),
    ("[\"outlook\"]", "[\"outlook\", \"himitsu\"]", "20:37 instead[1].clients[2]", "smtp-auth-audit clients"),
    (", en = \"another way\"", "", "20:13 instead[1]", "both ja and en"),
    ("ja = \"別の方法\", en", "text = \"x\", en", "20:13 instead[1]", "both ja and en"),
];

#[test]
fn every_mistake_has_its_place_and_says_what_belongs_there() {
    let long = after("\"例の会社\"", &format!("\"{}\"", "x".repeat(1001)));
    assert!(long[0].starts_with("3:15 name.ja: expected: a text that is not empty, of 1,000"), "{long:?}");
    let mut wrong = Vec::new();
    for (old, new, place, message) in CASES {
        let found = after(old, new);
        let expected = |line: &String| line.starts_with(&format!("{place}: ")) && line.contains(message);
        if !found.iter().any(expected) {
            wrong.push(format!("{new}: {place} {message}\n    {}", found.join("\n    ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_that_may_be_anything_are_not_repeated() {
    for (key, expected) in [
        ("himi_tsu", "himi_tsu"),
        ("Himitsu", "?"),
        ("himitsu1", "?"),
        ("\"himitsu himitsu\"", "?"),
        ("himitsu_himitsu_himitsu", "?"),
    ] {
        let text = WHOLE.replace("from = ", &format!("{key} = 1\nfrom = "));
        let found = read(&text, Origin::Given, &CLIENTS).expect_err("a mistake");
        assert_eq!((found.len(), &*found[0].field), (1, expected), "{key}");
        assert!(found[0].message.en.contains("there is no such field; there are schema, id"), "{found:?}");
    }
}

#[test]
fn a_file_must_speak_for_a_side_and_somebody() {
    let missing = |text: &str| mistakes(text).iter().map(|found| found.field.clone()).collect::<Vec<_>>();
    assert_eq!(missing(""), ["claims", "id", "name", "schema", "sending"]);
    assert_eq!(
        missing("schema = 1\nid = \"x\"\nname = \"x\"\nclaims = []\nsending = []\n"),
        ["claims", "sending"]
    );
    let of_side = |side: &str| {
        format!(
            "schema = 1\nid = \"x\"\nname = \"x\"\nclaims = [{{ domain = \"a.b\" }}]\n{side} = [{{ port = 1 }}]\n"
        )
    };
    assert!(whole(&of_side("sending")).policy.receiving.is_none());
    assert!(whole(&of_side("receiving")).policy.sending.is_none());
    let built_in = read(&of_side("sending"), Origin::BuiltIn, &[]).expect_err("a mistake");
    let fields: Vec<&str> = built_in.iter().map(|mistake| &*mistake.field).collect();
    assert_eq!(fields, ["checked", "notice", "source"]);
}

#[test]
fn a_list_that_no_claim_reaches_is_a_warning() {
    let text = WHOLE.replace("  { domain = \"example.jp\", not_domain = \"x.example.jp\" },\n", "");
    let text = text.replace(", incoming = \"pop.example.jp\"", "");
    let Reading { warnings, .. } = whole(&text);
    let [warning] = &warnings[..] else { panic!("{warnings:?}") };
    assert_eq!((warning.line, warning.column, &*warning.field), (14, 13, "receiving"));
    assert!(warning.message.en.contains("no claim reaches"));
    assert_eq!(whole(&text.replace("outgoing", "incoming")).warnings[0].field, "sending");
}

#[test]
fn all_mistakes_of_a_file_are_told() {
    let text = WHOLE
        .replace("schema = 1", "schema = 9")
        .replace("port = 587", "port = 99999")
        .replace("\"apop\"", "\"himitsu\"")
        .replace("[\"outlook\"]", "[]");
    let places: Vec<usize> = mistakes(&text).iter().map(|found| found.line).collect();
    assert_eq!(places, [1, 12, 17, 20]);
    let many =
        format!("{WHOLE}{}", (0..500).fold(String::new(), |all, number| all + &format!("x{number} = 1\n")));
    assert_eq!(mistakes(&many).len(), super::super::mistake::MOST_MISTAKES);
}

#[test]
fn a_large_file_that_is_wrong_takes_no_time() {
    let started = std::time::Instant::now();
    let keys = (0..40_000).fold(WHOLE.to_owned(), |all, number| all + &format!("k{number} = 1\n"));
    let entries = WHOLE.replace("claims = [", &format!("claims = [{}", "{ x = 1 },\n".repeat(40_000)));
    for text in [keys, entries, "x\n".repeat(100_000), "= ".repeat(100_000), "[".repeat(1_000_000)] {
        assert!(!mistakes(&text).is_empty());
    }
    // Counting the lines in front of each of them would take minutes.
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

#[test]
fn what_is_no_toml_is_told_by_line_and_remedy() {
    for (old, new, line, message) in [
        ("id = \"example\"", "id = himitsu", 2, "in quotation marks"),
        ("id = \"example\"", "id = “himitsu”", 2, "quotation marks"),
        ("id = \"example\"", "id = \"himitsu", 2, "straight quotation marks"),
        ("id = \"example\"", "id = \"C:\\himitsu\"", 2, "\\\\"),
        ("id = \"example\"", "id \"himitsu\"", 2, "not TOML"),
        ("id = \"example\"", "id = \"x\"\nid = \"himitsu\"", 3, "stands twice"),
        ("port = 587, auth", "port = 587 auth", 12, "comma"),
        ("id = \"example\"", "id = \"x\" himitsu", 2, "not TOML"),
    ] {
        let found = mistakes(&WHOLE.replace(old, new));
        assert!(found[0].line == line && found[0].message.en.contains(message), "{new}: {found:?}");
    }
    let found = mistakes("himitsu=1\u{0}\n{{{{{\n");
    assert!(!found.is_empty());
    let deep = format!("a = {}", "[".repeat(100_000));
    assert!(!mistakes(&deep).is_empty());
}
