//! Files that are not what they should be are not written.

use crate::{Home, NO_AUTH, PREFS, codes};
use smtp_auth_audit::model::ChangeState;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

/// The plan is made while all is well; then somebody does this.
fn after(spoil: impl Fn(&Home)) -> (Vec<&'static str>, Home, String) {
    let home = Home::new(NO_AUTH);
    let before = home.scan();
    let prefs = home.prefs();
    spoil(&home);
    let change = home.apply_to(&before);
    assert_eq!(change.state, ChangeState::Refused, "{:?}", change.obstacles);
    (codes(&change), home, prefs)
}

fn spoiled(spoil: impl Fn(&Home)) -> Vec<&'static str> {
    let (codes, home, prefs) = after(spoil);
    assert_eq!(home.prefs(), prefs);
    codes
}

#[test]
fn links_are_not_followed() {
    let move_away = |home: &Home, what: &str| {
        let (from, to) = (home.path().join(what), home.path().join("elsewhere"));
        fs::rename(&from, &to).unwrap();
        symlink(&to, &from).unwrap();
    };
    assert_eq!(spoiled(|home| move_away(home, ".thunderbird/p")), ["link"]);
    assert_eq!(spoiled(|home| move_away(home, ".thunderbird")), ["link"]);
    assert_eq!(spoiled(|home| move_away(home, PREFS)), ["link"]);
    assert_eq!(
        spoiled(|home| fs::hard_link(home.path().join(PREFS), home.path().join("other")).unwrap()),
        ["file"]
    );
}

#[test]
fn a_file_that_others_can_put_in_its_place_is_not_written() {
    let mode = |home: &Home, what: &str, mode: u32| {
        fs::set_permissions(home.path().join(what), fs::Permissions::from_mode(mode)).unwrap();
    };
    assert_eq!(spoiled(|home| mode(home, ".thunderbird/p", 0o777)), ["file"]);
    assert_eq!(spoiled(|home| mode(home, PREFS, 0o444)), ["file"]);
    assert_eq!(spoiled(|home| mode(home, PREFS, 0o646)), ["file"]);
    // A group that is not the user's own: only root can give a file to one here, as in CI.
    if rustix::process::geteuid().is_root() {
        let group = |home: &Home, what: &str| {
            let path = home.path().join(what);
            std::os::unix::fs::chown(&path, None, Some(65534)).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o770)).unwrap();
        };
        assert_eq!(spoiled(|home| group(home, ".thunderbird/p")), ["file"]);
        assert_eq!(spoiled(|home| group(home, PREFS)), ["file"]);
    }
}

#[test]
fn of_another_run_only_its_own_is_removed() {
    let new = ".thunderbird/p/.prefs.js.smtp-auth-audit-new";
    let home = Home::new(NO_AUTH);
    home.write(new, "half of a file");
    assert_eq!(home.apply().state, ChangeState::Done);
    assert!(!home.path().join(new).exists());
    let (codes, home, _) = after(|home| {
        home.write("precious", "x");
        symlink(home.path().join("precious"), home.path().join(new)).unwrap();
    });
    assert_eq!(codes, ["file"]);
    assert_eq!(fs::read_to_string(home.path().join("precious")).unwrap(), "x");
}

#[test]
fn a_journal_through_a_link_is_none() {
    let home = Home::new(NO_AUTH);
    fs::create_dir_all(home.path().join("elsewhere")).unwrap();
    fs::create_dir_all(home.path().join(".local")).unwrap();
    symlink(home.path().join("elsewhere"), home.path().join(".local/state")).unwrap();
    assert!(smtp_auth_audit::fix::journal::Journal::open(home.path(), true).is_err());
    assert_eq!(fs::read_dir(home.path().join("elsewhere")).unwrap().count(), 0);
}
