//! What `undo` takes back, and what it leaves.

use crate::{Home, NO_AUTH, PREFS};
use smtp_auth_audit::fix::apply::Hand;
use smtp_auth_audit::fix::undo::{Undone, is_hopeless, undo};
use std::fs;

fn take_back(home: &Home) -> Undone {
    let journal = home.journal();
    let (entries, _) = journal.entries().unwrap();
    let mut entry = entries.into_iter().find(smtp_auth_audit::fix::journal::Entry::is_in_effect).unwrap();
    let again = || home.scan();
    let done = undo(
        &mut entry,
        &home.scan(),
        &Hand { home: home.path(), journal: &journal, scan: &again, runs: |_| false },
    );
    let state = home.journal().entries().unwrap().0.remove(0).state;
    assert_eq!(state == "undone", done.obstacle.is_none(), "{state}");
    done
}

fn code(done: &Undone) -> Option<&'static str> {
    done.obstacle.as_ref().map(|obstacle| obstacle.code)
}

#[test]
fn to_the_byte() {
    let home = Home::new(NO_AUTH);
    let before = home.prefs();
    home.apply();
    let done = take_back(&home);
    assert_eq!((code(&done), done.edits.len()), (None, 3));
    assert_eq!(home.prefs(), before);
    let remark = done.remark.unwrap();
    assert!(remark.en.contains("31 March 2027") && remark.ja.contains("2027年3月31日"), "{remark:?}");
}

#[test]
fn value_by_value_in_a_file_that_was_written_anew() {
    let home = Home::new(NO_AUTH);
    home.apply();
    // As the program writes it: sorted, with other line ends and more settings.
    let mut lines: Vec<String> = home.prefs().lines().map(str::to_owned).collect();
    lines.push("user_pref(\"mail.smtpserver.smtp1.description\", \"x\");".to_owned());
    lines.sort();
    home.write(PREFS, &(lines.join("\n") + "\n"));
    let done = take_back(&home);
    assert_eq!(code(&done), None);
    let after = home.prefs();
    assert!(
        after.contains("authMethod\", 1)") && after.contains("port\", 25)") && !after.contains("try_ssl"),
        "{after}"
    );
    assert!(after.contains("smtp1.description"));
}

#[test]
fn what_somebody_changed_since_stays() {
    let home = Home::new(NO_AUTH);
    home.apply();
    home.write(PREFS, &home.prefs().replace("port\", 587", "port\", 465"));
    let prefs = home.prefs();
    assert_eq!(code(&take_back(&home)), Some("changed-since"));
    assert_eq!(home.prefs(), prefs);
}

/// Fractions differ in length: as texts a whole second would be the last of all.
#[test]
fn the_last_one_is_the_last_in_time() {
    let home = Home::new(NO_AUTH);
    home.apply();
    let folder = home.path().join(".local/state/smtp-auth-audit/changes");
    let first = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let mut entry: serde_json::Value = serde_json::from_str(&fs::read_to_string(&first).unwrap()).unwrap();
    fs::remove_file(first).unwrap();
    for (id, begun_at) in
        [("a", "2026-11-30T10:00:12Z"), ("b", "2026-11-30T10:00:12.25Z"), ("c", "2026-11-30T10:00:12.5Z")]
    {
        entry["id"] = id.into();
        entry["begun_at"] = begun_at.into();
        fs::write(folder.join(format!("{id}.json")), entry.to_string()).unwrap();
    }
    let (entries, _) = home.journal().entries().unwrap();
    assert_eq!(entries.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>(), ["c", "b", "a"]);
}

#[test]
fn a_change_that_stopped_before_it_wrote_is_over() {
    let home = Home::new(NO_AUTH);
    home.apply();
    take_back(&home);
    // The record says `begun`, and nothing of it stands in the file.
    edit_entry(&home, |text| text.replace("\"undone\"", "\"begun\""), true);
    let prefs = home.prefs();
    assert_eq!(code(&take_back(&home)), None);
    assert_eq!(home.prefs(), prefs);
}

#[test]
fn a_change_that_is_unfinished_comes_first() {
    let home = Home::new(NO_AUTH);
    home.apply();
    edit_entry(&home, |text| text.replace("\"done\"", "\"unfinished\""), true);
    home.write(PREFS, &home.prefs().replace("authMethod\", 3", "authMethod\", 1"));
    let change = home.apply();
    assert_eq!(crate::codes(&change), ["unfinished"]);
    assert_eq!(code(&take_back(&home)), None);
    assert!(home.apply().obstacles.is_empty());
}

/// Edits the one entry; `is_signed`: with a hash that fits, as somebody may make it who knows how.
fn edit_entry(home: &Home, edit: impl Fn(&str) -> String, is_signed: bool) {
    let folder = home.path().join(".local/state/smtp-auth-audit/changes");
    let path = fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    let text = edit(&fs::read_to_string(&path).unwrap());
    let mut entry: serde_json::Value = serde_json::from_str(&text).unwrap();
    if is_signed {
        entry["hash"] = "".into();
        // The order of the keys is the program's.
        let plain = serde_json::to_string(&ordered(&entry)).unwrap();
        let hash = <sha2::Sha256 as sha2::Digest>::digest(plain);
        entry["hash"] = hash.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat().into();
    }
    fs::write(&path, serde_json::to_string(&entry).unwrap()).unwrap();
}

#[derive(serde::Serialize)]
struct Ordered<'a> {
    schema: &'a serde_json::Value,
    id: &'a serde_json::Value,
    begun_at: &'a serde_json::Value,
    finding: &'a serde_json::Value,
    client: &'a serde_json::Value,
    account: &'a serde_json::Value,
    place: &'a serde_json::Value,
    policy: &'a serde_json::Value,
    settings: Vec<OrderedSetting<'a>>,
    state: &'a serde_json::Value,
    hash: &'a serde_json::Value,
}

#[derive(serde::Serialize)]
struct OrderedSetting<'a> {
    setting: &'a serde_json::Value,
    old: &'a serde_json::Value,
    new: &'a serde_json::Value,
}

fn ordered(entry: &serde_json::Value) -> Ordered<'_> {
    let setting = |one| {
        let one: &serde_json::Value = one;
        OrderedSetting { setting: &one["setting"], old: &one["old"], new: &one["new"] }
    };
    Ordered {
        schema: &entry["schema"],
        id: &entry["id"],
        begun_at: &entry["begun_at"],
        finding: &entry["finding"],
        client: &entry["client"],
        account: &entry["account"],
        place: &entry["place"],
        policy: &entry["policy"],
        settings: entry["settings"].as_array().unwrap().iter().map(setting).collect(),
        state: &entry["state"],
        hash: &entry["hash"],
    }
}

#[test]
fn a_hostile_journal_writes_nothing() {
    for (edit, is_signed) in [
        // Edited without more.
        ("\"old\":\"25\"=>\"old\":\"26\"", false),
        // With a hash that fits: what it names has to be a setting of the client that may be written.
        ("\"mail.smtpserver.smtp1.port\"=>\"mail.server.server1.userName\"", true),
        ("\"mail.smtpserver.smtp1.port\"=>\"a.password\"", true),
        ("\"old\":\"25\"=>\"old\":\"25);user_pref(1\"", true),
        ("\"thunderbird\"=>\"outlook\"", true),
        ("\"thunderbird\"=>\"nobody\"", true),
    ] {
        let home = Home::new(NO_AUTH);
        home.apply();
        let prefs = home.prefs();
        let (from, to) = edit.split_once("=>").unwrap();
        let plain = |text: &str| {
            serde_json::to_string(&serde_json::from_str::<serde_json::Value>(text).unwrap()).unwrap()
        };
        edit_entry(
            &home,
            |text| {
                let edited = plain(text).replace(from, to);
                assert_ne!(edited, plain(text), "{edit}");
                edited
            },
            is_signed,
        );
        assert_eq!(code(&take_back(&home)), Some("strange-journal"), "{edit}");
        assert_eq!(home.prefs(), prefs, "{edit}");
    }
    // The place is told by a scan, never by the journal.
    let home = Home::new(NO_AUTH);
    let before = home.prefs();
    home.apply();
    let precious = home.write("precious.js", &home.prefs());
    edit_entry(&home, |text| text.replace(".thunderbird/p/prefs.js", "precious.js"), true);
    let changed = fs::read_to_string(&precious).unwrap();
    assert_eq!(code(&take_back(&home)), None);
    assert_eq!((home.prefs(), fs::read_to_string(&precious).unwrap()), (before, changed));
}

/// A record that leads the other way: whoever made it fit, SMTP-AUTH is not on afterwards.
#[test]
fn no_record_turns_authentication_on() {
    let home = Home::new(NO_AUTH);
    let before = home.prefs();
    home.apply();
    assert_eq!(code(&take_back(&home)), None);
    edit_entry(
        &home,
        |text| {
            let mut record: serde_json::Value = serde_json::from_str(text).unwrap();
            record["state"] = "done".into();
            for setting in record["settings"].as_array_mut().unwrap() {
                let (old, new) = (setting["old"].take(), setting["new"].take());
                (setting["old"], setting["new"]) = (new, old);
            }
            record.to_string()
        },
        true,
    );
    assert_eq!(code(&take_back(&home)), Some("strange-journal"));
    assert_eq!(home.prefs(), before);
}

#[test]
fn what_can_not_be_taken_back_any_more_is_seen() {
    let home = Home::new(NO_AUTH);
    home.apply();
    let entry = home.journal().entries().unwrap().0.remove(0);
    assert!(!is_hopeless(&entry, &home.scan()));
    home.write(PREFS, &home.prefs().replace("port\", 587", "port\", 465"));
    assert!(is_hopeless(&entry, &home.scan()));
}
