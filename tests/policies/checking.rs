//! `policies check`: what is hardly meant gets a warning, and what can't be read or is over gets the message that mends it.

use crate::{check, policies, run};
use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};

const WHOLE: &str = r#"schema = 1
id = "test"
name = "Test"
claims = [ { domain = "example.jp" } ]
sending = [ { port = 587, security = "starttls", auth = "password" }, { auth = "none", until = 2027-03-31 } ]
receiving = [ { port = 995, protocol = "pop3", security = "tls" } ]
"#;

/// A file with something else in the place of one text, and what is told of it.
fn told(folder: &Path, old: &str, new: &str, lang: &str) -> (i32, String) {
    assert!(WHOLE.contains(old), "{old}");
    check(&written(folder, WHOLE.replacen(old, new, 1).as_bytes()), lang)
}

fn written(folder: &Path, bytes: &[u8]) -> PathBuf {
    let path = folder.join("isp.toml");
    fs::write(&path, bytes).unwrap();
    path
}

/// What stands there, what instead, where the warning is, and its words in both languages.
const WARNINGS: [(&str, &str, &str, [&str; 2]); 11] = [
    (
        "port = 995, protocol = \"pop3\", security",
        "protocol = \"pop3\", security",
        "6:47: receiving[1].security",
        ["port がないため", "name the port"],
    ),
    (
        "port = 587, security = \"starttls\"",
        "security = \"tls\"",
        "5:26: sending[1].security",
        ["port がないため", "name the port"],
    ),
    ("protocol = \"pop3\", ", "", "6:24: receiving[1].port", ["protocol がないため", "name the protocol"]),
    (
        "security = \"starttls\"",
        "tls_min = \"1.2\"",
        "5:37: sending[1].tls_min",
        ["security がないため", "in the clear"],
    ),
    ("id = \"test\"", "id = \"google\"", "2:6: id", ["本体に含まれる", "part of the program"]),
    ("claims", "checked = 2099-01-01\nclaims", "4:11: checked", ["未来です", "has not come yet"]),
    ("\"example.jp\"", "\"例え.jp\"", "4:23: claims[1].domain", ["xn--", "xn--"]),
    ("domain = \"example.jp\"", "outgoing = \"smtp.例え.jp\"", "4:25: claims[1].outgoing", ["xn--", "xn--"]),
    (
        "claims",
        "from = 2027-04-02\nclaims",
        "sending[2].until",
        ["from より前に終わる", "ends before `from`"],
    ),
    (
        "until = 2027-03-31 } ]",
        "until = \"ended\" } ]\nfrom = 2099-01-01",
        "6:8: from",
        ["until = \"ended\"", "has ended already"],
    ),
    ("protocol = \"pop3\", security", "protocol = \"pop3\", tls_min = \"1.2\", security", "", ["", ""]),
];

#[test]
fn what_is_hardly_meant_is_a_warning_at_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    for (old, new, place, messages) in WARNINGS {
        for (lang, message) in ["ja", "en"].into_iter().zip(messages) {
            let (exit, told) = told(folder.path(), old, new, lang);
            let is_warned = told.lines().any(|line| {
                line.contains(place)
                    && line.contains(message)
                    && (line.contains("警告") || line.contains("warning"))
            });
            if exit != 0 || is_warned == place.is_empty() {
                wrong.push(format!("{new}: {told}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // The day after the last one is no gap, and what has an end may leave the port out.
    for (old, new) in [
        ("claims", "from = 2027-04-01\nclaims"),
        ("{ auth = \"none\"", "{ security = \"tls\""),
        ("claims", "checked = 2026-01-01\nclaims"),
    ] {
        let (exit, told) = told(folder.path(), old, new, "en");
        assert!(exit == 0 && !told.contains("warning"), "{told}");
    }
}

#[test]
fn two_files_of_one_id_are_told() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.toml", "b.toml"] {
        fs::write(folder.path().join(name), format!("{WHOLE}# {name}\n")).unwrap();
    }
    let (exit, told) = check(folder.path(), "en");
    assert!(exit == 0 && told.matches("warning: ").count() == 1, "{told}");
    assert!(told.contains("b.toml:2:6: id: warning: a file before this one has the same id"), "{told}");
}

#[test]
fn a_file_that_is_not_utf_8_is_a_mistake() {
    let folder = tempfile::tempdir().unwrap();
    let text = WHOLE.replace("name = \"Test\"", "name = \"例の会社\"");
    let utf_16: Vec<u8> =
        [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (bytes, place) in [
        (encoding_rs::EUC_JP.encode(&text).0.into_owned(), ":3:9: "),
        (encoding_rs::SHIFT_JIS.encode(&text).0.into_owned(), ":3:9: "),
        (utf_16, ":1:1: "),
    ] {
        let path = written(folder.path(), &bytes);
        for (lang, message) in [("ja", "UTF-8 を選んで"), ("en", "with the encoding UTF-8")] {
            let (exit, told) = check(&path, lang);
            assert!(exit == 2 && told.contains(place) && told.contains(message), "{told}");
        }
        let (exit, told, said) = policies(&["--policy".as_ref(), path.as_os_str()]);
        assert!(exit == 2 && told.is_empty() && said.contains("UTF-8"), "{said}");
    }
    let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    assert_eq!(check(&written(folder.path(), &marked), "en").0, 0);
}

#[test]
fn a_file_of_domains_has_to_be_there_and_to_name_somebody() {
    let folder = tempfile::tempdir().unwrap();
    let with = |name: &str, lang: &str| {
        let new = format!("domains_file = \"{name}\"");
        let (exit, told) = told(folder.path(), "domain = \"example.jp\"", &new, lang);
        assert!(exit == 0 || told.contains("isp.toml:4:29: claims[1].domains_file: "), "{told}");
        (exit, told)
    };
    fs::write(folder.path().join("empty.txt"), "# nobody yet\n\n").unwrap();
    fs::write(folder.path().join("group.txt"), "example.jp\n").unwrap();
    for (name, ja, en) in [
        ("empty.txt", "ドメインが1つもない", "no domain in this file"),
        ("missing.txt", "この名前のファイルがありません", "no such file in the folder"),
        ("CON", "装置の名前", "for a device"),
        ("nul.txt", "装置の名前", "for a device"),
    ] {
        for (lang, message) in [("ja", ja), ("en", en)] {
            let (exit, told) = with(name, lang);
            assert!(exit == 2 && told.contains(message), "{name}: {told}");
        }
    }
    assert_eq!(with("group.txt", "en").0, 0);
}

#[test]
fn what_a_first_attempt_at_a_day_or_a_text_gets_wrong_can_be_mended() {
    let folder = tempfile::tempdir().unwrap();
    for (old, new, place, ja, en) in [
        (
            "2027-03-31",
            "2026-12",
            ":5:",
            "年月や年だけなら引用符",
            "a month or a year stands in quotation marks",
        ),
        ("2027-03-31", "2027-02-30", ":5:", "実際にある日", "one that there is"),
        ("name = \"Test\"", "name = \"\"", ":3:8: name", "空でない", "not empty"),
    ] {
        for (lang, message) in [("ja", ja), ("en", en)] {
            let (exit, told) = told(folder.path(), old, new, lang);
            assert!(exit == 2 && told.contains(place) && told.contains(message), "{new}: {told}");
        }
    }
    for (lang, message, not) in [
        ("ja", "日付は 2027-01-31 の形で書きます", "使える値"),
        ("en", "a day is written like 2027-01-31", "': 2027"),
    ] {
        let arguments = ["scan", "--as-of", "9999-12-32", "--lang", lang];
        let (exit, told, said) = run(Command::cargo_bin("smtp-auth-audit").unwrap().args(arguments));
        assert_eq!((exit, told.as_str()), (2, ""));
        let said = said.replace('\n', if lang == "ja" { "" } else { " " });
        assert!(said.contains(message) && !said.contains(not), "{said}");
    }
}

#[test]
fn a_row_of_exceptions_names_one_server() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.csv");
    let scan = |rows: &str, lang: &str| {
        fs::write(&path, rows).unwrap();
        let command = &mut Command::cargo_bin("smtp-auth-audit").unwrap();
        let arguments = ["scan", "--no-builtin-policies", "--lang", lang, "--exceptions"];
        let (exit, _, said) = run(command.args(arguments).arg(&path).arg(folder.path()));
        (exit, said)
    };
    for server in ["exa mple", "*.example.jp", "192.0.2.0/24", "mail.example.jp:587"] {
        let (exit, said) = scan(&format!("server\n{server}\n"), "en");
        assert!(
            exit == 2 && said.contains("rows.csv:2:1: server: expected: the name or IP address"),
            "{said}"
        );
        assert!(!said.contains(server), "{said}");
    }
    assert_ne!(scan("server\nmail.example.jp\n", "en").0, 2);
    let (_, said) = scan("x\n1\n", "ja");
    assert!(said.contains("ここに書けるもの: 1行目に、address,"), "{said}");
    let (_, said) = scan("x\n1\n", "en");
    assert!(said.contains("expected: in the first line the headings address,"), "{said}");
}

#[cfg(unix)]
#[test]
fn of_a_faulty_file_beside_the_program_the_number_of_mistakes_is_told() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let program = folder.path().join("smtp-auth-audit");
    let built = assert_cmd::cargo::cargo_bin("smtp-auth-audit");
    fs::hard_link(&built, &program).or_else(|_| fs::copy(&built, &program).map(|_| ())).unwrap();
    let beside = folder.path().join("policies");
    fs::create_dir(&beside).unwrap();
    let wrong = WHOLE.replace("587", "0").replace("995", "0").replace("schema = 1", "schema = 2");
    fs::write(beside.join("wrong.toml"), wrong).unwrap();
    for (lang, message) in
        [("ja", "(ほかに 2 件。policies check"), ("en", "(and 2 more: see `policies check`)")]
    {
        let (exit, _, said) = run(Command::new(&program).args(["policies", "--lang", lang]));
        assert!(exit == 3 && said.contains(message), "{said}");
    }
}

#[test]
fn older_names_of_google_and_outlook_com_are_claimed() {
    let (exit, told, _) = policies(&["--lang", "en"]);
    assert_eq!(exit, 0);
    for name in ["smtp.googlemail.com", "imap-mail.outlook.com", "pop-mail.outlook.com"] {
        assert!(told.contains(name), "{name}: {told}");
    }
}
