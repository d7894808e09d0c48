//! The sweep: each place of each text file of each fixture is changed in the ways in which a password gets there, and no
//! report and no collected file may hold it. A few places in `cargo test`, all of them in `.ci/full doors`.

use crate::common::{Case, cases, files_below, forms_of};
use crate::places::{Form, Place, decode, encode, places};
use memchr::memmem::Finder;
use smtp_auth_audit::clients::{CLIENTS, Reading};
use smtp_auth_audit::collect::{self, folder::Folder};
use smtp_auth_audit::formats::kinds::Kind;
use smtp_auth_audit::model::Lang;
use smtp_auth_audit::redact::Mask;
use smtp_auth_audit::report::blocks::Look;
use smtp_auth_audit::report::{table, v1};
use smtp_auth_audit::scan::{Request, Rules, scan};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// With a blank and a `!`, so that it passes for no name, host or link.
const BIRD: &str = "Kanaria 9d41!geheim";
/// A label may hold anything, unless it says that it is a password.
const MARKED: &str = "PW Kanaria 9d41!geheim";
/// More threads only wait for the disk.
const THREADS: usize = 2;

/// A way in which a place is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    User,
    Address,
    Behind,
    Hash,
    Semicolon,
    Whole,
    Name,
    Doubled,
}

const WAYS: [Way; 8] =
    [Way::Address, Way::Behind, Way::Whole, Way::User, Way::Hash, Way::Semicolon, Way::Name, Way::Doubled];

/// How much is swept.
struct Scope {
    /// So many places of one name in files of one name of one client.
    each: usize,
    /// Of so many changes one is tried.
    step: usize,
    longest: Duration,
}

/// What was counted.
#[derive(Debug, Default)]
struct Counts {
    places: usize,
    changes: usize,
    outputs: AtomicUsize,
    left_out: AtomicUsize,
}

/// One change of one file.
struct Change {
    path: PathBuf,
    place: Place,
    way: Way,
    kinds: Vec<Kind>,
}

/// A client whose settings are no rows yet.
fn is_unlisted(folder: &str) -> bool {
    let of = |client: &&smtp_auth_audit::clients::Client| {
        let reads = matches!(client.reading, Reading::Settings(_) | Reading::Accounts(_));
        reads && client.files.is_empty() && client.keys.is_empty()
    };
    let known = CLIENTS.iter().find(|client| client.id == folder);
    // Folders of several clients wait for all of them.
    known.map_or_else(|| CLIENTS.iter().any(|client| of(&client)), |client| of(&client))
}

fn client_of(case: &Case) -> String {
    case.folder.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned()
}

/// What a setting of this name may hold, in any client that has one.
fn kinds_of(client: &str, name: &str) -> Vec<Kind> {
    let own: Vec<_> = CLIENTS.iter().filter(|known| known.id == client).collect();
    let clients: Vec<_> = if own.is_empty() { CLIENTS.iter().collect() } else { own };
    let is = |fact: &&smtp_auth_audit::formats::facts::Fact| {
        fact.is(name) || fact.name.rsplit('/').next() == Some(name)
    };
    clients.iter().flat_map(|client| client.facts()).filter(is).map(|fact| fact.kind).collect()
}

/// The file with one place changed; `None` where the way makes no sense.
fn changed(text: &str, place: &Place, way: Way, kinds: &[Kind]) -> Option<String> {
    // What has to be followed stays as it is, but for the part of a user.
    if kinds.contains(&Kind::Path) && !matches!(way, Way::Address | Way::Name) {
        return None;
    }
    // The name of a computer is no client's setting; it is shown like any other name.
    let is_label =
        place.form == Form::Section || kinds.contains(&Kind::Label) || place.name == "ComputerName";
    let bird = if is_label { MARKED } else { BIRD };
    let old = &text[place.value_at.clone()];
    let plain = if place.form == Form::Unquoted || !matches!(place.form, Form::Quoted) {
        old.to_owned()
    } else {
        old.replace("\\\\", "\\")
    };
    let put = |range: &std::ops::Range<usize>, new: &str| {
        format!("{}{new}{}", &text[..range.start], &text[range.end..])
    };
    let value = |new: String| Some(put(&place.value_at, &place.form.written(&new)));
    match way {
        Way::User => value(format!("taro:{bird}@{plain}")),
        Way::Address => value(format!("smtp://taro:{bird}@{plain}")),
        Way::Behind => value(format!("{plain} {bird}")),
        Way::Hash => value(format!("{plain} # {bird}")),
        Way::Semicolon => value(format!("{plain} ; {bird}")),
        Way::Whole if kinds.contains(&Kind::Command) => None,
        Way::Whole => value(format!("\"PW {BIRD}\"")),
        Way::Name if place.name_at.is_empty() => None,
        Way::Name => {
            let name = &text[place.name_at.clone()];
            Some(put(&place.name_at, &format!("{}{name}", place.form.name(BIRD))))
        }
        Way::Doubled if place.whole.is_empty() => None,
        Way::Doubled => {
            let start = place.whole.start;
            let before = &text[start..place.value_at.start];
            let behind = &text[place.value_at.end..place.whole.end];
            let again = format!("{before}{}{behind}", place.form.written(bird));
            let whole = &text[place.whole.clone()];
            Some(put(&place.whole, &format!("{whole}\n{again}")))
        }
    }
}

/// The files of a case that are scanned.
fn files_of(case: &Case) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    files_below(&case.folder, &mut files);
    files.retain(|path, _| !path.ends_with("case.toml") && !path.ends_with("report.snap"));
    files
}

/// What is tried in each case. The same in every run.
fn plan(cases: &[Case], scope: &Scope, counts: &mut Counts) -> Vec<Vec<Change>> {
    let mut seen: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    let mut number = 0;
    let mut of_case = |case: &Case| {
        let client = client_of(case);
        let mut changes = Vec::new();
        for (path, content) in files_of(case) {
            let Some((text, _)) = decode(&content) else { continue };
            let file = path.file_name().unwrap().to_string_lossy();
            // What bears a number or an address is one of many of its kind.
            let file = if file.ends_with(".source") { ".source".to_owned() } else { file.into_owned() };
            for place in places(&path, &text) {
                let name: String = place.name.chars().filter(|c| !c.is_ascii_digit()).collect();
                let count = seen.entry((client.clone(), file.clone(), name)).or_default();
                *count += 1;
                if *count > scope.each {
                    continue;
                }
                counts.places += 1;
                let kinds = kinds_of(&client, &place.name);
                for way in WAYS {
                    if changed(&text, &place, way, &kinds).is_none() {
                        continue;
                    }
                    number += 1;
                    if number % scope.step == 0 {
                        counts.changes += 1;
                        changes.push(Change {
                            path: path.clone(),
                            place: place.clone(),
                            way,
                            kinds: kinds.clone(),
                        });
                    }
                }
            }
        }
        changes
    };
    cases.iter().map(&mut of_case).collect()
}

/// Runs over one case at a time; leaks by what leaked where.
struct Sweep<'a> {
    counts: &'a Counts,
    forms: &'a [Finder<'static>],
    end: Instant,
    leaks: &'a Mutex<BTreeMap<String, BTreeSet<String>>>,
}

impl Sweep<'_> {
    fn case(&self, case: &Case, changes: &[Change]) {
        let copy = tempfile::tempdir().unwrap();
        let top = copy.path().join("case");
        let files = files_of(case);
        let there = |path: &Path| top.join(path.strip_prefix(&case.folder).unwrap());
        for (path, content) in &files {
            fs::create_dir_all(there(path).parent().unwrap()).unwrap();
            fs::write(there(path), content).unwrap();
        }
        let paths: Vec<PathBuf> = case.paths.iter().map(|path| top.join(path)).collect();
        for Change { path, place, way, kinds } in changes {
            if Instant::now() > self.end {
                self.counts.left_out.fetch_add(1, Ordering::Relaxed);
                continue;
            }
            let (text, is_wide) = decode(&files[path]).unwrap();
            let new = changed(&text, place, *way, kinds).unwrap();
            fs::write(there(path), encode(&new, is_wide)).unwrap();
            for output in self.look(&paths, &copy.path().join("collected")) {
                let file = path.strip_prefix(&case.folder).unwrap().display();
                let case_name = case.folder.file_name().unwrap().to_string_lossy();
                let leak = format!("{case_name}/{file} {} {way:?}: {output}", place.name);
                self.leaks.lock().unwrap().entry(client_of(case)).or_default().insert(leak);
            }
            fs::write(there(path), &files[path]).unwrap();
        }
    }

    /// The outputs that hold the canary.
    fn look(&self, paths: &[PathBuf], collected: &Path) -> Vec<String> {
        let request = Request { rules: Rules::standard(), ..Request::of_paths(paths.to_vec()) };
        let mut report = scan(&request);
        let look = Look { lang: Lang::Ja, color: false, line_drawing: false, explain: true, width: 80 };
        let mut outputs = vec![
            ("json".to_owned(), v1::render(&report).into_bytes()),
            ("table".to_owned(), table::render(&report, look).into_bytes()),
        ];
        Mask::with_key(b"0123456789abcdef").unwrap().report(&mut report);
        outputs.push(("redacted".to_owned(), v1::render(&report).into_bytes()));
        let _ = fs::remove_dir_all(collected);
        let mut folder = Folder::create(collected).unwrap();
        collect::collect(paths, false, &mut folder).unwrap();
        let mut files = BTreeMap::new();
        files_below(collected, &mut files);
        for (path, bytes) in files {
            let name = path.strip_prefix(collected).unwrap().display().to_string();
            let plain = bytes.iter().copied().filter(|byte| *byte != 0).collect();
            outputs.extend([(format!("collected {name}"), plain), (format!("collected {name}"), bytes)]);
        }
        self.counts.outputs.fetch_add(outputs.len(), Ordering::Relaxed);
        let mut held: Vec<String> = outputs
            .into_iter()
            .filter(|(_, bytes)| {
                let lower = bytes.to_ascii_lowercase();
                self.forms.iter().any(|form| form.find(&lower).is_some())
            })
            .map(|(name, _)| name)
            .collect();
        held.dedup();
        held
    }
}

/// The canary in all forms, and the two parts of it that may come by themselves.
fn forms() -> Vec<Finder<'static>> {
    let parts = ["Kanaria 9d41", "Kanaria9d41"].map(|part| part.as_bytes().to_vec());
    let forms = forms_of("9d41!geheim").into_iter().chain(parts);
    forms.map(|form| Finder::new(&form.to_ascii_lowercase()).into_owned()).collect()
}

fn sweep(scope: &Scope) {
    let mut cases = cases();
    // The clients that are worked on, with blanks between them.
    if let Ok(clients) = std::env::var("SWEEP_CLIENTS") {
        cases.retain(|case| clients.split(' ').any(|client| client == client_of(case)));
    }
    // Those of few files first, so that most of the names are met there.
    cases.sort_by_key(|case| files_of(case).len());
    let forms = forms();
    let began = Instant::now();
    let mut counts = Counts::default();
    let plan = plan(&cases, scope, &mut counts);
    let (leaks, next) = (Mutex::default(), AtomicUsize::new(0));
    std::thread::scope(|threads| {
        for _ in 0..THREADS {
            threads.spawn(|| {
                let sweep =
                    Sweep { counts: &counts, forms: &forms, end: began + scope.longest, leaks: &leaks };
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let (Some(case), Some(changes)) = (cases.get(at), plan.get(at)) else { break };
                    sweep.case(case, changes);
                }
            });
        }
    });
    let leaks = leaks.into_inner().unwrap();
    let leaking: usize = leaks.values().map(BTreeSet::len).sum();
    println!("{counts:?}, {leaking} leaks, {} s", began.elapsed().as_secs());
    let mut wrong = Vec::new();
    for (client, leaks) in &leaks {
        println!("{client}: {} leaks", leaks.len());
        for leak in leaks {
            println!("  {client}/{leak}");
        }
        if !is_unlisted(client) {
            wrong.extend(leaks.iter().map(|leak| format!("{client}/{leak}")));
        }
    }
    assert_eq!(counts.left_out.into_inner(), 0, "not all was tried in time");
    assert!(counts.places > if std::env::var_os("SWEEP_CLIENTS").is_some() { 0 } else { 1000 });
    assert!(wrong.is_empty(), "{} leaks:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn some_places_of_every_client() {
    sweep(&Scope { each: 1, step: 61, longest: Duration::from_mins(5) });
}

#[test]
#[ignore = "takes minutes: .ci/full doors"]
fn all_places_of_every_client() {
    sweep(&Scope { each: 3, step: 1, longest: Duration::from_mins(40) });
}
