//! Which files are policies, in which order, and which are refused.

#![expect(clippy::disallowed_methods, reason = "a test makes its files")]

use super::*;
use std::fs;

fn policy(id: &str) -> String {
    format!(
        "schema = 1\nid = \"{id}\"\nname = \"x\"\nclaims = [ {{ domain = \"{id}.jp\" }} ]\nsending = [ {{ port = 587 }} ]\n"
    )
}

const XML: &str = "<clientConfig><emailProvider id=\"of-xml\"><domain>x.jp</domain><outgoingServer type=\"smtp\">\
    <hostname>smtp.x.jp</hostname><port>465</port><socketType>SSL</socketType></outgoingServer></emailProvider></clientConfig>";

struct Made {
    folder: tempfile::TempDir,
}

impl Made {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn with(self, name: &str, text: &str) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

fn sources(named: &[PathBuf]) -> Sources<'_> {
    Sources { named, beside: None, with_built_in: false, for_all: false }
}

/// The ids of policies, those of targets, and the messages about what was left out or refused.
fn told(sources: &Sources) -> (Vec<String>, Vec<String>, Vec<String>) {
    let ids = |list: &[Policy]| list.iter().map(|policy| policy.id.clone()).collect();
    match load(sources) {
        Ok(loaded) => {
            assert_eq!(loaded.files.len(), loaded.policies.list.len() + loaded.policies.targets.len());
            let left_out = loaded.left_out.iter().map(|problem| problem.message.en.to_string()).collect();
            (ids(&loaded.policies.list), ids(&loaded.policies.targets), left_out)
        }
        Err(faults) => (Vec::new(), Vec::new(), faults.iter().map(|fault| fault.shown(Lang::En)).collect()),
    }
}

#[test]
fn the_named_come_first_then_those_beside_then_the_built_in() {
    let made = Made::new()
        .with("given/b.toml", &policy("b"))
        .with("given/a.TOML", &policy("a"))
        .with("given/z.xml", XML)
        .with("given/.hidden.toml", "himitsu")
        .with("given/notes.txt", "himitsu")
        .with("given/below/c.toml", "himitsu")
        .with("last.toml", &policy("last"))
        .with("one.xml", XML)
        .with("beside/d.toml", &policy("d"))
        .with("beside/e.toml", "schema = 1\nhimitsu himitsu")
        .with("beside/f.xml", XML);
    let named = [made.path("last.toml"), made.path("given"), made.path("one.xml")];
    let all = Sources { beside: Some(made.path("beside")), with_built_in: true, ..sources(&named) };
    let (ids, targets, left_out) = told(&all);
    let own = ids.len() - BUILT_IN.len();
    assert_eq!(ids[..own], ["last", "a", "b", "of-xml", "d"]);
    assert_eq!(targets, ["of-xml", "of-xml"]);
    let [problem] = &left_out[..] else { panic!("{left_out:?}") };
    assert!(problem.contains("2:") && !problem.contains("himitsu"), "{problem}");
    let loaded = load(&all).unwrap();
    let origins: Vec<Origin> = loaded.policies.list.iter().map(|policy| policy.origin).collect();
    assert_eq!((origins[0], origins[4], origins[own]), (Origin::Given, Origin::Beside, Origin::BuiltIn));
    assert_eq!(loaded.files[4], Some(made.path("beside/d.toml")));
    assert_eq!(loaded.files[own], None);
    assert_eq!(told(&sources(&[])), (vec![], vec![], vec![]));
}

#[test]
fn every_built_in_policy_is_whole() {
    for (name, text) in BUILT_IN {
        let read = file::read(text, Origin::BuiltIn, &client_ids());
        assert!(read.is_ok_and(|reading| reading.warnings.is_empty()), "{name}");
        assert!(file::read(&text.replace("\nsource", "\n# "), Origin::BuiltIn, &client_ids()).is_err());
    }
}

#[test]
fn all_that_is_wrong_with_named_ones_is_told() {
    let made = Made::new()
        .with("a.toml", &policy("A"))
        .with("b.toml", &policy("b").replace("587", "0"))
        .with("empty/x.txt", "")
        .with("large.toml", &"# \n".repeat(400_000))
        .with("good.toml", &policy("good"));
    let named =
        ["a.toml", "b.toml", "empty", "large.toml", "nothing.toml", "good.toml"].map(|name| made.path(name));
    let (ids, _, faults) = told(&sources(&named));
    assert_eq!(ids.len(), 0);
    let expected = [
        "a.toml:2:6: id: ",
        "b.toml:5:22: sending[1].port: ",
        "empty: neither a .toml",
        "large.toml: too large",
        "nothing.toml: there is no such",
    ];
    assert_eq!(faults.len(), expected.len(), "{faults:?}");
    for (fault, expected) in faults.iter().zip(expected) {
        assert!(fault.contains(expected), "{fault}");
    }
}

#[test]
fn domains_come_from_a_file_beside_the_policy() {
    let with_file = policy("x").replace("domain = \"x.jp\"", "domains_file = \"group.txt\"");
    let made =
        Made::new().with("x.toml", &with_file).with("group.txt", "example.jp\n# himitsu\n*.example.com\n");
    let named = [made.path("x.toml")];
    let loaded = load(&sources(&named)).unwrap();
    let domains: Vec<&str> =
        loaded.policies.list[0].claims[0].domain.iter().map(crate::policy::Pattern::as_str).collect();
    assert_eq!(domains, ["example.jp", "*.example.com"]);
    let made = made.with("group.txt", "example.jp\nhimitsu@example.jp\n");
    let (_, _, faults) = told(&sources(&named));
    assert!(faults[0].contains("group.txt:2:1: expected: one domain"), "{faults:?}");
    fs::remove_file(made.path("group.txt")).unwrap();
    assert!(
        told(&sources(&named)).2[0].contains("x.toml:4:29: claims[1].domains_file: there is no such file")
    );
}

#[test]
fn a_folder_has_a_thousand_policies_at_most() {
    let mut made = Made::new();
    for number in 0..=MOST_FILES {
        made = made.with(&format!("many/{number}.toml"), "");
    }
    let (_, _, faults) = told(&sources(&[made.path("many")]));
    assert!(faults.len() == 1 && faults[0].contains("more than 1,000 files"), "{}", faults.len());
}

#[cfg(unix)]
#[test]
fn links_and_what_others_may_write_are_refused() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let made = Made::new()
        .with("x.toml", &policy("x"))
        .with("given/y.toml", &policy("y").replace("domain = \"y.jp\"", "domains_file = \"y.txt\""))
        .with("given/y.txt", "y.jp")
        .with("rows.csv", "address,until\na@b.c,himitsu\n");
    symlink(made.path("x.toml"), made.path("given/link.toml")).unwrap();
    let (_, _, faults) = told(&sources(&[made.path("given")]));
    assert!(faults.len() == 1 && faults[0].contains("link.toml: links are not followed"), "{faults:?}");
    fs::remove_file(made.path("given/link.toml")).unwrap();
    let given = [made.path("given")];
    assert_eq!(told(&sources(&given)).0, ["y"]);
    let for_all = Sources { for_all: true, ..sources(&given) };
    for name in ["given", "given/y.toml", "given/y.txt"] {
        let path = made.path(name);
        let before = fs::metadata(&path).unwrap().permissions();
        fs::set_permissions(&path, fs::Permissions::from_mode(before.mode() | 0o002)).unwrap();
        let (ids, _, faults) = told(&for_all);
        assert!(ids.is_empty() && faults[0].contains("others than administrators"), "{name}: {faults:?}");
        // Beside the program it is left out.
        let beside = Sources { named: &[], beside: Some(given[0].clone()), ..for_all.clone() };
        let (ids, _, left_out) = told(&beside);
        assert!(ids.is_empty() && left_out[0].contains("others than administrators"), "{left_out:?}");
        fs::set_permissions(&path, before).unwrap();
    }
    assert_eq!(excepted(&made.path("rows.csv"), Lang::En), Err(Stop::Policy));
    let made = made.with("rows.csv", "address,until\na@b.c,2027-01-01\n");
    assert_eq!(excepted(&made.path("rows.csv"), Lang::En).unwrap().len(), 1);
}

#[test]
fn the_options_of_policies_are_read() {
    use crate::cli::judging_arguments::{Others, PolicyArgs};
    use clap::{Args, FromArgMatches};
    let read = |words: &[&str]| {
        let command = PolicyArgs::augment_args(clap::Command::new("x").no_binary_name(true));
        command.try_get_matches_from(words).and_then(|matches| PolicyArgs::from_arg_matches(&matches))
    };
    let args = read(&[
        "--policy",
        "a.toml",
        "--policy",
        "b",
        "--no-builtin-policies",
        "--as-of",
        "2027-01-31",
        "--due",
        "90",
        "--exceptions",
        "c.csv",
        "--others",
        "skip",
        "--require-tls",
    ])
    .unwrap();
    assert_eq!(args.chosen.policy, [PathBuf::from("a.toml"), PathBuf::from("b")]);
    assert!(args.chosen.no_builtin_policies && args.require_tls);
    assert_eq!(args.as_of.map(crate::policy::iso).as_deref(), Some("2027-01-31"));
    assert_eq!((args.due, args.others), (Some(90), Others::Skip));
    assert_eq!(args.exceptions, Some(PathBuf::from("c.csv")));
    assert_eq!(read(&[]).unwrap(), PolicyArgs::default());
    for wrong in [&["--as-of", "2027-01"][..], &["--due", "-1"], &["--others", "x"]] {
        assert!(read(wrong).is_err(), "{wrong:?}");
    }
}
