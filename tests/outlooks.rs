//! Outlook 2010 (14) and 2013 (15): which key holds the profiles, which of both it was, and which of them is in use.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::reports::{folder_of, run_in};
use serde_json::Value;

/// formats/microsoft.md 1.1: up to 2010 all versions share a root; `Office\14.0` holds program settings only.
const SHARED: &str =
    r"HKEY_CURRENT_USER\Software\Microsoft\Windows NT\CurrentVersion\Windows Messaging Subsystem\Profiles";

fn own(version: u32) -> String {
    format!(r"HKEY_CURRENT_USER\Software\Microsoft\Office\{version}.0\Outlook\Profiles")
}

/// One POP account below this root, without authentication.
fn account(root: &str) -> String {
    let section = format!(r"{root}\P\9375CFF0413111d3B88A00104B2A6676");
    format!(
        "[{section}]\n\"{{ED475418-B0D6-11D2-8C3B-00104B2A6676}}\"=hex:02,00,00,00\n\n[{section}\\00000002]\n\
         \"clsid\"=\"{{ED475411-B0D6-11D2-8C3B-00104B2A6676}}\"\n\"Email\"=\"taro@example.jp\"\n\
         \"SMTP Server\"=\"mail.example.jp\"\n\n"
    )
}

fn installed(version: u32) -> String {
    format!(
        "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Office\\{version}.0\\Outlook\\InstallRoot]\n\
         \"Path\"=\"C:\\\\Program Files\\\\Microsoft Office\\\\Office{version}\\\\\"\n\n"
    )
}

/// Name, version, whether it is installed, and whether the account is in use.
fn outlooks(parts: &[String]) -> Vec<(String, String, Option<bool>, String)> {
    let text = format!("Windows Registry Editor Version 5.00\n\n{}", parts.concat());
    let folder = folder_of(&[("a.reg", text.as_bytes())]);
    let report = run_in(folder.path(), &["scan", "a.reg", "--format", "json"]).json();
    let text = |finding: &Value, name: &str| finding[name].as_str().unwrap_or("?").to_owned();
    report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            let installed = finding["client_installed"].as_bool();
            let (name, version) = (text(finding, "client_name"), text(finding, "client_version"));
            (name, version, installed, text(finding, "in_use"))
        })
        .collect()
}

fn one(
    name: &str,
    version: &str,
    installed: Option<bool>,
    in_use: &str,
) -> (String, String, Option<bool>, String) {
    (format!("Outlook {name}"), version.to_owned(), installed, in_use.to_owned())
}

#[test]
fn the_roots_of_their_own_begin_with_2013() {
    assert_eq!(outlooks(&[account(&own(14))]), []);
    assert_eq!(outlooks(&[account(&own(15))]), [one("2013", "15.0", None, "yes")]);
    assert_eq!(outlooks(&[account(&own(16))]), [one("2016-365", "16.0", None, "yes")]);
}

#[test]
fn the_shared_root_ends_with_2010() {
    let left = |version: u32| {
        format!("[HKEY_CURRENT_USER\\Software\\Microsoft\\Office\\{version}.0\\Outlook]\n\"a\"=\"b\"\n\n")
    };
    for (versions, expected) in [
        (&[14][..], one("2010", "14.0", None, "yes")),
        (&[12, 14], one("2010", "14.0", None, "yes")),
        (&[12, 15], one("2007", "12.0", None, "yes")),
        (&[14, 15], one("2010", "14.0", None, "yes")),
        (&[15], one("2002-2010", "?", None, "yes")),
    ] {
        let parts: Vec<String> = versions.iter().map(|version| left(*version)).collect();
        assert_eq!(outlooks(&[&parts[..], &[account(SHARED)]].concat()), [expected], "{versions:?}");
    }
}

/// An account is in use in the root of the newest Outlook that is installed, and installed where that root's Outlook is.
#[test]
fn what_is_installed_decides_between_2010_and_2013() {
    let both = [account(SHARED), account(&own(15))].concat();
    let (old, new) = (one("2010", "14.0", Some(true), "yes"), one("2013", "15.0", Some(true), "yes"));
    for (versions, expected) in [
        (&[14][..], [old.clone(), one("2013", "15.0", Some(false), "yes")]),
        (&[14, 15], [one("2010", "14.0", Some(true), "no"), new.clone()]),
        (&[15], [one("2002-2010", "?", Some(false), "no"), new]),
    ] {
        let parts: Vec<String> = versions.iter().map(|version| installed(*version)).collect();
        let mut found = outlooks(&[&parts[..], std::slice::from_ref(&both)].concat());
        found.sort();
        let mut expected = expected.to_vec();
        expected.sort();
        assert_eq!(found, expected, "{versions:?}");
    }
    let alone = outlooks(&[installed(14), account(SHARED)]);
    assert_eq!(alone, [old]);
}

/// learn.microsoft.com/lifecycle: 2010 ended on 2020-10-13, 2013 on 2023-04-11.
#[test]
fn each_has_its_own_end_of_support_and_edition() {
    for (root, edition, day) in
        [(SHARED, "outlook-2010", "2020-10-13"), (&own(15), "outlook-2013", "2023-04-11")]
    {
        let text = format!("Windows Registry Editor Version 5.00\n\n{}{}", installed(14), account(root));
        let folder = folder_of(&[("a.reg", text.as_bytes())]);
        let report = run_in(folder.path(), &["scan", "a.reg", "--format", "json"]).json();
        let finding = report["findings"].get(0).unwrap();
        assert_eq!(finding["edition"], edition);
        let notes = finding["notes"].as_array().unwrap();
        let end = notes.iter().find(|note| note["code"] == "end-of-support").unwrap();
        assert!(end["en"].as_str().unwrap().contains(day), "{end}");
    }
}
