//! What the keys do, without a console: pages, files, and what is said.

#![expect(clippy::disallowed_methods, reason = "tests look at files by themselves")]

use super::*;
use crate::cli::output::Sink;
use crate::cli::publish::Form;
use crate::scan::{Request, Rules, scan};
use saved::Place;
use std::cell::Cell;
use std::fs;
use std::time::Duration;
use time::Month;

fn day() -> Date {
    Date::from_calendar_date(2026, Month::November, 21).unwrap()
}

/// With steps, as the program itself judges.
fn demo() -> Report {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo/office-pc");
    scan(&Request { rules: Rules::standard(), ..Request::of_paths(vec![path]) })
}

fn guarded(folder: &Path) -> Place {
    Place { folder: folder.to_path_buf(), may_be_guarded: true }
}

fn desktop(places: Vec<Place>, temporary: &Path) -> Desktop {
    let open = |_: &Path| -> io::Result<()> { panic!("nothing is opened") };
    Desktop {
        places,
        temporary: temporary.to_path_buf(),
        is_elevated: false,
        open,
        day: day(),
        offset: UtcOffset::UTC,
    }
}

/// What is said, and what comes next.
fn after(lines: &[&str], report: Option<&Report>, desktop: &Desktop) -> (String, Next) {
    let (mut lines, mut said) = (lines.iter(), String::new());
    let mut typed = || lines.next().map(|line| format!("{line}\r\n"));
    let next = talk(report, desktop, Lang::En, &mut typed, &mut |text| said.extend([&*text.en, "\n"]));
    (said, next)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn several_things_dropped_at_once_are_paths_and_options_are_for_consoles() {
    let words = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
    let paths = |paths: &[&str]| paths.iter().map(PathBuf::from).collect::<Vec<_>>();
    let (old, disk) = (r"C:\old pc", r"D:\");
    assert!(holds_only_paths(&words(&["x.exe"]), &[]));
    assert!(holds_only_paths(&words(&["x.exe", old, disk]), &paths(&[old, disk])));
    assert!(!holds_only_paths(&words(&["x.exe", "scan", old]), &paths(&[old])));
    assert!(!holds_only_paths(&words(&["x.exe", "--explain", old]), &paths(&[old])));
    assert!(!holds_only_paths(&words(&["x.exe", "-x"]), &paths(&["-x"])));
}

#[test]
fn after_a_fault_the_window_stays_with_a_message_in_both_languages() {
    let words = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
    let after = |arguments: &[&str], closes: bool| {
        let (mut told, mut waited) = (String::new(), String::new());
        let (tell, wait) = (&mut |text: &str| told += text, &mut |text: &str| waited += text);
        fault(&words(arguments), closes, tell, wait);
        assert!(told.contains("不具合") && told.contains("please report"), "{told}");
        waited
    };
    for arguments in [&["x.exe"][..], &["x.exe", r"C:\old pc"]] {
        assert_eq!(after(arguments, true), "[Enter] 閉じる / [Enter] close ");
        assert_eq!(after(arguments, false), "");
    }
    assert_eq!(after(&["x.exe", "--quiet"], true), "", "nobody waits there");
}

#[test]
fn no_command_is_shown_where_nobody_can_type_one() {
    use crate::cli::arguments::{Cli, ScanArgs};
    use clap::Parser;
    let args: ScanArgs = Cli::try_parse_from(["smtp-auth-audit", "x"]).unwrap().scan;
    for (lang, command) in [(Lang::Ja, "smtp-auth-audit ask"), (Lang::En, "smtp-auth-audit ask")] {
        let form = Form::of(&args, lang);
        let shown = |form: &Form| form.render(&demo(), &Sink::Stdout);
        assert!(shown(&form).contains(command));
        assert!(!shown(&form.without_commands()).contains("smtp-auth-audit "));
    }
}

#[test]
fn a_key_leads_on_and_anything_else_shows_the_keys_again() {
    let folder = tempfile::tempdir().unwrap();
    let (report, desktop) = (demo(), desktop(Vec::new(), folder.path()));
    assert_eq!(after(&["r"], Some(&report), &desktop).1, Next::Again);
    assert_eq!(after(&[""], Some(&report), &desktop).1, Next::Close);
    assert_eq!(after(&[], Some(&report), &desktop).1, Next::Close);
    let (said, next) = after(&["x", "what?", "R"], Some(&report), &desktop);
    assert_eq!((said.matches(&*LINE.en).count(), next), (3, Next::Again));
    // Without a report there is nothing to look at or to save.
    let (said, _) = after(&["b", "s", "p", ""], None, &desktop);
    assert_eq!(said.matches(&*SHORT_LINE.en).count(), 4);
    assert_eq!(said.lines().filter(|line| !line.is_empty()).count(), 4, "{said}");
}

#[test]
fn the_page_is_saved_beside_what_is_there_and_said_where() {
    let folder = tempfile::tempdir().unwrap();
    let report = demo();
    let name = |number| file_name(report.computer.as_deref(), day(), number);
    fs::write(folder.path().join(name(1)), "mine").unwrap();
    let desktop = desktop(vec![guarded(folder.path())], folder.path());
    let (said, _) = after(&["s", "s", ""], Some(&report), &desktop);
    assert_eq!(names(folder.path()), [name(2), name(3), name(1)]);
    assert_eq!(fs::read_to_string(folder.path().join(name(1))).unwrap(), "mine");
    for number in [2, 3] {
        let path = folder.path().join(name(number));
        assert!(said.contains(&format!("Saved: {}", path.display())), "{said}");
        assert_eq!(fs::read_to_string(path).unwrap(), html::render(&report, Lang::En, UtcOffset::UTC));
    }
}

#[test]
fn a_folder_that_refuses_is_told_and_the_next_one_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let gone = folder.path().join("gone");
    let (mut places, report) = (vec![guarded(&gone)], demo());
    let (said, _) = after(&["s", ""], Some(&report), &desktop(places.clone(), folder.path()));
    assert!(said.contains("There is no place"), "{said}");
    places.push(Place { folder: folder.path().to_path_buf(), may_be_guarded: false });
    let (said, _) = after(&["s", ""], Some(&report), &desktop(places.clone(), folder.path()));
    assert!(said.contains(&format!("Can't be written: {}", gone.display())), "{said}");
    assert!(said.contains("Controlled folder access") && said.contains("\nSaved: "), "{said}");
    assert_eq!(names(folder.path()).len(), 1);
    // What Windows doesn't guard is not said to be guarded.
    places = vec![Place { folder: gone, may_be_guarded: false }];
    let (said, _) = after(&["s", ""], Some(&report), &desktop(places, folder.path()));
    assert!(!said.contains("Controlled folder access"), "{said}");
}

#[test]
fn documents_come_first_and_a_folder_that_is_unknown_is_left_out() {
    let folders = Folders {
        documents: Some("documents".into()),
        desktop: Some("desktop".into()),
        local: Some("local".into()),
        temporary: Some("temporary".into()),
    };
    let order = |folders| {
        let places = places(folders).into_iter();
        places.map(|place| (place.folder.display().to_string(), place.may_be_guarded)).collect::<Vec<_>>()
    };
    let all = [("documents", true), ("desktop", true), ("local", false), ("temporary", false)];
    let all = all.map(|(folder, is_guarded)| (folder.to_owned(), is_guarded));
    assert_eq!(order(folders.clone()), all);
    assert_eq!(order(Folders { documents: None, local: None, ..folders }), [all[1].clone(), all[3].clone()]);
}

#[test]
fn a_saved_file_is_called_by_letters_digits_and_hyphens() {
    for (computer, number, name) in [
        (Some("PC-0421"), 1, "smtp-auth-audit-PC-0421-2026-11-21.html"),
        (Some("PC-0421"), 2, "smtp-auth-audit-PC-0421-2026-11-21-2.html"),
        (Some(r"..\..\x:y<z>.exe"), 1, "smtp-auth-audit-xyzexe-2026-11-21.html"),
        (Some("経理PC_3"), 1, "smtp-auth-audit-PC3-2026-11-21.html"),
        (Some("経理"), 1, "smtp-auth-audit-2026-11-21.html"),
        (Some("--"), 3, "smtp-auth-audit-2026-11-21-3.html"),
        (None, 1, "smtp-auth-audit-2026-11-21.html"),
    ] {
        assert_eq!(file_name(computer, day(), number), name);
    }
    assert!(file_name(Some(&"a".repeat(500)), day(), 99).len() < 110);
}

thread_local! {
    /// What was opened, and what lay there.
    static OPENED: Cell<Option<(PathBuf, String)>> = const { Cell::new(None) };
}

fn keep_opened(path: &Path) -> io::Result<()> {
    OPENED.set(Some((path.to_path_buf(), fs::read_to_string(path)?)));
    Ok(())
}

#[test]
fn the_browser_gets_the_page_in_a_fresh_folder_for_the_user_alone() {
    let folder = tempfile::tempdir().unwrap();
    let report = demo();
    let desktop = Desktop { open: keep_opened, ..desktop(Vec::new(), folder.path()) };
    let mut seen = Vec::new();
    for key in ["b", "p"] {
        let (said, _) = after(&[key, ""], Some(&report), &desktop);
        let (path, page) = OPENED.take().unwrap();
        assert!(said.contains(&path.display().to_string()), "{said}");
        assert_eq!(said.contains("Ctrl+P"), key == "p", "{said}");
        assert_eq!(page, html::render(&report, Lang::En, UtcOffset::UTC));
        let around = path.parent().unwrap().to_path_buf();
        assert_eq!(around.parent(), Some(folder.path()));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&around).unwrap().permissions().mode() & 0o777, 0o700);
        }
        seen.push(around);
    }
    assert_ne!(seen[0], seen[1]);
}

#[test]
fn an_administrators_window_opens_no_browser_and_leaves_no_page() {
    let folder = tempfile::tempdir().unwrap();
    let desktop = Desktop { is_elevated: true, ..desktop(Vec::new(), folder.path()) };
    for key in ["b", "p"] {
        let (said, _) = after(&[key, ""], Some(&demo()), &desktop);
        assert!(said.contains(&*NO_BROWSER.en) && !said.contains("Ctrl+P"), "{said}");
        assert!(names(folder.path()).is_empty());
    }
}

#[test]
fn where_no_account_needs_steps_there_are_no_sheets() {
    let folder = tempfile::tempdir().unwrap();
    let mut report = demo();
    report.findings.retain(|finding| finding.action == Action::None);
    let (said, _) = after(&["p", ""], Some(&report), &desktop(Vec::new(), folder.path()));
    assert!(said.contains(&*NO_SHEETS.en), "{said}");
}

#[test]
fn a_browser_that_does_not_start_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let open = |_: &Path| Err(io::ErrorKind::NotFound.into());
    let desktop = Desktop { open, ..desktop(Vec::new(), folder.path()) };
    let (said, _) = after(&["b", ""], Some(&demo()), &desktop);
    assert!(said.contains("could not be opened"), "{said}");
}

#[test]
fn only_own_pages_of_another_day_are_removed() {
    let folder = tempfile::tempdir().unwrap();
    let path = browser::write("page", folder.path()).unwrap();
    let other = format!("smtp-auth-audit-page-{}", "0".repeat(15));
    fs::create_dir(folder.path().join(&other)).unwrap();
    let full = browser::write("page", folder.path()).unwrap();
    fs::write(full.with_file_name("notes.txt"), "mine").unwrap();
    let now = SystemTime::now();
    browser::remove_old(folder.path(), now + Duration::from_secs(23 * 60 * 60));
    assert!(path.is_file() && full.is_file());
    browser::remove_old(folder.path(), now + Duration::from_secs(25 * 60 * 60));
    assert!(!path.parent().unwrap().is_dir());
    assert!(folder.path().join(other).is_dir() && full.with_file_name("notes.txt").is_file());
}
