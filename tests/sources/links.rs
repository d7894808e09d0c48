//! Links, and what takes the place of a folder or file while it is looked at: nothing is followed out of a home.

use super::*;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How many folders are swapped, and how often each.
const FOLDERS: usize = 500;
const ROUNDS: usize = 20;

/// Puts a link to a secret into the place of each folder and takes it away again, one folder after the other.
fn swap(outer: &Path, rounds: &AtomicUsize) {
    let (own, waiting) = (outer.join("own"), outer.join("waiting"));
    for number in 0..FOLDERS * ROUNDS {
        rounds.store(number, Ordering::Release);
        let place = outer.join(format!("taro/.config/{}", number / ROUNDS));
        symlink(outer.join("secret"), &waiting).unwrap();
        fs::rename(&place, &own).unwrap();
        fs::rename(&waiting, &place).unwrap();
        // As long as it is the user's own: on a busy machine, too, it is met as either.
        let since = Instant::now();
        while since.elapsed() < Duration::from_micros(50) {
            std::hint::spin_loop();
        }
        fs::remove_file(&place).unwrap();
        fs::rename(&own, &place).unwrap();
    }
    rounds.store(FOLDERS * ROUNDS, Ordering::Release);
}

/// All folders were folders when they were listed, so that nothing but how they are opened is left. Without that some
/// dozens of them give the secret.
#[test]
fn a_link_that_takes_the_place_of_a_folder_gives_nothing() {
    let outer = TempDir::new().unwrap();
    put(outer.path(), "taro/.bashrc", "");
    for number in 0..FOLDERS {
        put(outer.path(), &format!("taro/.config/{number}/own.txt"), "own");
    }
    put(outer.path(), "secret/secret.txt", "secret");
    put(outer.path(), "secret/own.txt", "secret");
    let user = of_path(&outer.path().join("taro")).users.remove(0);
    assert_eq!(user.list("~/.config").unwrap().unwrap().len(), FOLDERS);
    let rounds = AtomicUsize::new(0);
    let (mut own, mut refused, mut secret) = (0, 0, Vec::new());
    std::thread::scope(|scope| {
        scope.spawn(|| swap(outer.path(), &rounds));
        for number in 0..FOLDERS {
            // While this one is swapped.
            while rounds.load(Ordering::Acquire) < number * ROUNDS + 1 {
                std::hint::spin_loop();
            }
            let path = format!("~/.config/{number}");
            match user.list(&path) {
                Ok(Some(entries)) if entries.iter().any(|entry| entry.name == "secret.txt") => {
                    secret.push("list");
                }
                Ok(Some(_)) => own += 1,
                Ok(None) => {}
                Err(_) => refused += 1,
            }
            match user.read(&format!("{path}/own.txt"), &ANY) {
                Ok(Some(content)) if *content == *b"secret" => secret.push("read"),
                _ => {}
            }
            if user.holds(&format!("{path}/secret.txt"), "") == Ok(true) {
                secret.push("holds");
            }
        }
    });
    assert_eq!(secret, [""; 0], "of {own} and {refused}");
    assert!(own > 0 && refused > 0, "both were there: {own} {refused}");
}

fn fifo(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// A test that waits here waits for ever.
#[test]
fn a_fifo_is_not_waited_for() {
    let folder = TempDir::new().unwrap();
    put(folder.path(), "taro/.bashrc", "");
    put(folder.path(), "taro/.config/later.txt", "own");
    fifo(&folder.path().join("taro/.msmtprc"));
    symlink(".msmtprc", folder.path().join("taro/link")).unwrap();
    let user = of_path(&folder.path().join("taro")).users.remove(0);
    assert_eq!(kind(&user, "~/.msmtprc"), Some(IssueKind::Outside));
    assert_eq!(kind(&user, "~/link"), Some(IssueKind::Outside));
    assert_eq!(kind(&user, "~/.msmtprc/below"), None);
    assert!(user.list("~/.msmtprc").unwrap().is_none());
    // One that takes a file's place after the folder was listed.
    assert_eq!(text(&user, "~/.config/later.txt").as_deref(), Some("own"));
    fs::remove_file(folder.path().join("taro/.config/later.txt")).unwrap();
    fifo(&folder.path().join("taro/.config/later.txt"));
    assert_eq!(kind(&user, "~/.config/later.txt"), Some(IssueKind::Outside));
    let issues = report(&folder.path().join("taro")).issues;
    assert!(!issues.is_empty() && issues.iter().all(|issue| issue.kind == IssueKind::Outside), "{issues:?}");
}

/// What is there when a folder is looked into counts for the whole user; what is gone when it is opened is not there.
#[test]
fn a_folder_that_changes_is_what_it_was() {
    let folder = TempDir::new().unwrap();
    let config = folder.path().join("taro/.config");
    for name in ["gone", "link", "folder", "same"] {
        put(&config, name, "own");
    }
    put(folder.path(), "taro/.bashrc", "");
    put(folder.path(), "secret", "secret");
    symlink("same", config.join("file")).unwrap();
    let user = of_path(&folder.path().join("taro")).users.remove(0);
    assert_eq!(user.list("~/.config").unwrap().unwrap().len(), 5);
    for name in ["gone", "link", "folder", "file"] {
        fs::remove_file(config.join(name)).unwrap();
    }
    symlink("../../secret", config.join("link")).unwrap();
    put(&config, "folder/x", "");
    put(&config, "file", "changed");
    put(&config, "new", "new");
    assert_eq!(text(&user, "~/.config/gone"), None);
    assert_eq!(text(&user, "~/.config/new"), None);
    assert_eq!(kind(&user, "~/.config/link"), Some(IssueKind::Outside));
    assert_eq!(kind(&user, "~/.config/folder"), Some(IssueKind::Outside));
    assert_eq!(text(&user, "~/.config/file").as_deref(), Some("changed"));
    assert_eq!(text(&user, "~/.config/same").as_deref(), Some("own"));
    let other = of_path(&folder.path().join("taro")).users.remove(0);
    assert_eq!(text(&other, "~/.config/new").as_deref(), Some("new"));
}

/// Whether a link leads to a folder is found beneath the home; of one that leads out nobody can say, so whoever looks for a
/// folder or for a file meets it, and tells where it leads.
#[test]
fn links_in_a_listing_are_what_they_lead_to() {
    let folder = TempDir::new().unwrap();
    put(folder.path(), "taro/.bashrc", "");
    put(folder.path(), "taro/.config/folder/x", "own");
    put(folder.path(), "outside/x", "secret");
    let config = folder.path().join("taro/.config");
    let absolute = folder.path().join("taro/.config/folder");
    for (name, target) in [
        ("to-folder", Path::new("folder")),
        ("to-file", Path::new("folder/x")),
        ("absolute", &absolute),
        ("in-again", Path::new("../../taro/.config/folder")),
        ("broken", Path::new("missing")),
        ("loop", Path::new("loop")),
        ("out", Path::new("../../outside")),
        ("far", Path::new("/net/server/share")),
    ] {
        symlink(target, config.join(name)).unwrap();
    }
    let user = of_path(&folder.path().join("taro")).users.remove(0);
    let entries = user.list("~/.config").unwrap().unwrap();
    let facts = entries.iter().map(|entry| (&*entry.name, entry.is_folder, entry.is_file, entry.is_link));
    assert_eq!(
        facts.collect::<Vec<_>>(),
        [
            ("absolute", true, false, true),
            ("broken", false, true, true),
            ("far", true, true, true),
            ("folder", true, false, false),
            ("in-again", true, false, true),
            ("loop", false, true, true),
            ("out", true, true, true),
            ("to-file", false, true, true),
            ("to-folder", true, false, true),
        ]
    );
    for name in ["absolute", "in-again", "to-folder"] {
        assert_eq!(text(&user, &format!("~/.config/{name}/x")).as_deref(), Some("own"), "{name}");
    }
    for name in ["out", "far"] {
        for problem in [
            user.list(&format!("~/.config/{name}")).unwrap_err(),
            user.holds(&format!("~/.config/{name}/x"), "").unwrap_err(),
            user.read(&format!("~/.config/{name}/x"), &ANY).unwrap_err(),
        ] {
            assert_eq!(problem.kind, IssueKind::Outside);
            assert!(problem.message.en.contains("out of what is scanned"), "{problem:?}");
        }
    }
}

/// On the disk of another computer an absolute link means a place on that disk; no other user's home, though.
#[test]
fn a_link_of_another_computer_leads_to_its_own_disk() {
    let disk = TempDir::new().unwrap();
    for (path, content) in [
        ("home/taro/.bashrc", ""),
        ("home/taro/.config/x", "own"),
        ("home/hanako/.bashrc", "hanako"),
        ("etc/hostname", "pc"),
        ("usr/x", ""),
        ("data/mail/prefs.js", "moved"),
    ] {
        put(disk.path(), path, content);
    }
    let home = disk.path().join("home/taro");
    symlink("/data/mail", home.join(".thunderbird")).unwrap();
    symlink("/home/taro/.config", home.join(".own")).unwrap();
    symlink("/home/hanako", home.join(".other")).unwrap();
    symlink("/data/loop", disk.path().join("data/loop")).unwrap();
    symlink("/data/loop", home.join(".loop")).unwrap();
    symlink("/data/missing", home.join(".missing")).unwrap();
    let mut users = of_path(disk.path()).users;
    users.retain(|user| user.name.as_deref() == Some("taro"));
    let user = &users[0];
    assert_eq!(text(user, "~/.thunderbird/prefs.js").as_deref(), Some("moved"));
    assert_eq!(text(user, "~/.own/x").as_deref(), Some("own"));
    for name in [".other/.bashrc", ".loop/x", ".missing/x"] {
        assert_eq!(kind(user, &format!("~/{name}")), Some(IssueKind::Outside), "{name}");
    }
}

/// The marks between which the trace is looked at.
const MARKS: [&str; 2] = ["trace-begins", "trace-ends"];

/// Run by [`no_call_leads_behind_a_link`] in a process of its own, in the folder that it is given.
#[test]
#[ignore = "traced by another test"]
fn traced() {
    #[expect(clippy::disallowed_methods, reason = "what the other test tells this one")]
    let outer = PathBuf::from(std::env::var_os("TRACED_FOLDER").unwrap());
    let user = of_path(&outer.join("taro")).users.remove(0);
    let mark = |name: &str| drop(fs::metadata(outer.join(name)));
    // Links that a home's own owner puts there while it is looked at.
    for name in ["trap-folder", "trap-file"] {
        symlink(outer.join("automount"), outer.join("taro/.config").join(name)).unwrap();
    }
    symlink("trap-folder", outer.join("taro/.config/trap-again")).unwrap();
    mark(MARKS[0]);
    assert_eq!(user.list("~/.config").unwrap().unwrap().len(), 4);
    for name in ["trap-folder", "trap-file", "trap-again"] {
        let path = format!("~/.config/{name}");
        assert_eq!(user.list(&path).unwrap_err().kind, IssueKind::Outside);
        assert_eq!(kind(&user, &path), Some(IssueKind::Outside));
        assert_eq!(kind(&user, &format!("{path}/x")), Some(IssueKind::Outside));
        assert_eq!(user.holds(&path, "").unwrap_err().kind, IssueKind::Outside);
        user.place(&path);
    }
    mark(MARKS[1]);
}

/// In place of an automount or a FUSE that would wait or log on: what is called for shows in the trace. Where
/// there is no strace, nothing is tried.
#[test]
fn no_call_leads_behind_a_link() {
    let outer = TempDir::new().unwrap();
    put(outer.path(), "taro/.bashrc", "");
    put(outer.path(), "taro/.config/x", "");
    put(outer.path(), "automount/x", "");
    let trace = outer.path().join("trace");
    let traced = Command::new("strace")
        .args(["-f", "-y", "-s", "4096", "-e", "trace=%file,%desc", "-o"])
        .arg(&trace)
        .arg(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "links::traced"])
        .env("TRACED_FOLDER", outer.path())
        .output();
    let Ok(traced) = traced else { return };
    assert!(traced.status.success(), "{}", String::from_utf8_lossy(&traced.stdout));
    let trace = fs::read_to_string(trace).unwrap();
    let lines = trace.lines().skip_while(|line| !line.contains(MARKS[0]));
    let lines: Vec<&str> = lines.take_while(|line| !line.contains(MARKS[1])).collect();
    let traps: Vec<&&str> = lines.iter().filter(|line| line.contains("\"trap-")).collect();
    assert!(traps.iter().any(|line| line.contains("readlinkat(")), "{lines:#?}");
    for line in traps {
        assert!(line.contains("readlinkat(") || line.contains("NOFOLLOW"), "{line}");
    }
    for line in lines {
        assert!(!line.contains("automount") || line.contains("readlinkat("), "{line}");
    }
}
