//! Nothing of the PC in any format, over all fixtures.

use super::*;

/// Where a text of the PC stands, whole.
const OF_THE_PC: [&str; 20] = [
    "/computer",
    "/scan/host",
    "/scan/sources/*",
    "/scan/users/*/computer",
    "/scan/users/*/name",
    "/scan/users/*/sid",
    "/findings/*/computer",
    "/findings/*/user",
    "/findings/*/user_sid",
    "/findings/*/profile",
    "/findings/*/source",
    "/findings/*/account",
    "/findings/*/addresses/*",
    "/findings/*/incoming/host",
    "/findings/*/outgoing/host",
    "/findings/*/evidence/*/place",
    "/findings/*/evidence/*/value",
    "/issues/*/computer",
    "/issues/*/user",
    "/issues/*/place",
];

/// What the program says by itself, of no PC: what it prints without one, and the fixed sentences in its source.
pub(super) fn own_words() -> String {
    let folder = TempDir::new().unwrap();
    fs::create_dir_all(folder.path().join("home/AppData")).unwrap();
    let mut words = String::new();
    for lang in ["ja", "en"] {
        for command in ["steps", "--help"] {
            words += &run_in(folder.path(), &[command, "--lang", lang]).stdout;
        }
        for format in FORMATS {
            let format = ["scan", "home", "--redact", "--explain", "--format", format, "--lang", lang];
            words += &run_in(folder.path(), &format).stdout;
        }
    }
    let mut files = BTreeMap::new();
    for part in ["clients", "model", "redact", "report", "source"] {
        files_below(&project().join("src").join(part), &mut files);
    }
    // The questions of `ask` have examples of their own.
    files.retain(|path, _| !["tests", "dialogue"].iter().any(|part| path.to_string_lossy().contains(part)));
    for (_, bytes) in files {
        let text = String::from_utf8(bytes).unwrap();
        let program = text.split("\nmod tests").next().unwrap().lines().map(str::trim);
        let sentences = program.filter(|line| line.contains('"') && !line.starts_with("//"));
        words.extend(sentences.flat_map(|line| [line, "\n"]));
    }
    // `AppData\Roaming` holds no "taro".
    words.to_lowercase().replace('\\', " ")
}

/// All that could be told of a case: the texts of its report and their parts, the names of its files and folders, and what
/// looks like a server or an address in its files.
pub(super) fn secrets(case: &Case, report: &Value) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = NAMES.iter().map(|name| (*name).to_owned()).collect();
    let separators = |c: char| "/\\[]=: \"<>(),;".contains(c);
    for (path, text) in all_texts(report) {
        if path == "/findings/*/id" || OF_THE_PC.contains(&path.as_str()) {
            found.insert(text.to_owned());
            found.extend(text.split(separators).map(str::to_owned));
        }
    }
    let mut files = BTreeMap::new();
    for path in case.paths.iter().map(|path| case.folder.join(path)).filter(|path| path.is_dir()) {
        files_below(&path, &mut files);
    }
    for (path, bytes) in files {
        let inside = path.strip_prefix(&case.folder).unwrap();
        found.extend(inside.components().map(|part| part.as_os_str().to_string_lossy().into_owned()));
        let text: Vec<u8> = bytes.into_iter().filter(|byte| *byte != 0).collect();
        let text = String::from_utf8_lossy(&text).into_owned();
        let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || "@.-_".contains(c)));
        found.extend(words.filter(|word| word.contains("example.")).map(str::to_owned));
    }
    // `server1` is how a client counts, and no name; a short number may be a port.
    let is_count = |text: &str| {
        let kind = text.trim_matches('"').trim_end_matches(|c: char| c.is_ascii_digit());
        ["account", "ews", "graph", "id", "server", "smtp"].contains(&kind)
            || (kind.is_empty() && text.len() <= 7)
    };
    let texts = found.into_iter().map(|text| plain(&text));
    texts.filter(|text| (text.chars().count() >= 4 || !text.is_ascii()) && !is_count(text)).collect()
}

/// Values that stay are numbers and the formats' own words.
fn is_format_word(value: &str) -> bool {
    let has_name = NAMES.iter().any(|name| value.to_lowercase().contains(name));
    let is_word = |word: &str| word.len() <= 5 || !word.bytes().all(|byte| byte.is_ascii_digit());
    value.is_ascii()
        && !has_name
        && (!value.contains(['@', '.', '/', '\\', ':']) || value.starts_with("com.apple."))
        && value.split(' ').all(is_word)
}

/// What the program says of a case.
struct Answers {
    clear: Value,
    masked: Value,
    /// Each format's stdout and stderr, masked.
    texts: Vec<(&'static str, String)>,
}

impl Answers {
    fn of(case: &Case, key: &str) -> Self {
        let mut texts = Vec::new();
        for lang in ["ja", "en"] {
            for format in FORMATS.iter().filter(|format| lang == "ja" || ["table", "nagios"].contains(format))
            {
                let answer =
                    scan(case, &["--format", format, "--lang", lang, "--explain", "--redact-key", key]);
                texts.push((*format, plain(&(answer.stdout + &answer.stderr))));
            }
        }
        Self {
            clear: json(&scan(case, &["--format", "json"])),
            masked: json(&scan(case, &["--format", "json", "--redact", "--redact-key", key])),
            texts,
        }
    }
}

/// Thousands of runs, most of whose time is waiting: several at once.
fn for_each_case(key: &str, mut take: impl FnMut(&Case, Answers)) {
    const THREADS: usize = 8;
    let (cases, next) = (cases(), AtomicUsize::new(0));
    let (sender, receiver) = sync_channel(THREADS);
    thread::scope(|scope| {
        for sender in vec![sender; THREADS] {
            scope.spawn(|| {
                let sender = sender;
                while let Some(case) = cases.get(next.fetch_add(1, Relaxed)) {
                    if sender.send((case, Answers::of(case, key))).is_err() {
                        break;
                    }
                }
            });
        }
        for (case, answers) in receiver {
            take(case, answers);
        }
    });
}

#[test]
fn no_format_tells_anything_of_the_pc() {
    let (_folder, key, _) = keys();
    let own = own_words();
    let mut of_text: HashMap<String, String> = HashMap::new();
    let (mut masked_settings, mut renamed) = (BTreeSet::new(), BTreeSet::new());
    let (mut searched, mut left_out, mut wrong) = (0, BTreeSet::new(), Vec::new());
    // The cases share most of their texts.
    let mut known: HashMap<String, bool> = HashMap::new();
    let mut is_own = |secret: &str| *known.entry(secret.to_owned()).or_insert_with(|| own.contains(secret));
    let take = |case: &Case, answers: Answers| {
        let name = case.folder.display().to_string();
        let Answers { clear, masked, texts } = answers;
        let mut stayed = BTreeSet::new();
        compare(&name, &clear, &masked, &mut of_text, &mut stayed, &mut masked_settings, &mut renamed);
        let (own_here, secrets): (Vec<_>, Vec<_>) =
            secrets(case, &clear).into_iter().partition(|secret| stayed.contains(secret) || is_own(secret));
        left_out.extend(own_here);
        searched += secrets.len();
        for (format, text) in texts {
            let told = secrets.iter().filter(|secret| text.contains(secret.as_str()));
            wrong.extend(told.map(|secret| format!("{name}: {format} tells {secret}")));
        }
    };
    for_each_case(&key, take);
    assert!(wrong.is_empty(), "{} in all: {:#?}", wrong.len(), &wrong[..wrong.len().min(30)]);
    assert!(searched > 5000, "only {searched} texts");
    // Else a word of the program would hide what it is here to find.
    for name in NAMES.into_iter().chain(["mail.example.jp", "taro@example.jp", "users/taro"]) {
        assert!(!left_out.contains(name), "{name} is not searched for");
    }
    let texts: BTreeSet<&String> = of_text.values().collect();
    assert_eq!(texts.len(), of_text.len(), "different texts have different masks");
    assert!(of_text.len() > 1000, "only {} masks", of_text.len());
    // A setting that the program knows by name is shown: names that clients and people made up are not.
    let made_up: BTreeSet<String> = [
        "Blob",
        "(text, 12 characters)",
        "Flags",
        "Long",
        "Mystery",
        "Names",
        "Odd",
        "OutgoingPassword",
        "Password",
        "POPBEFORESMTP",
        "POPBeforeSMTP",
        "PopBeforeSMTP",
        "PopBeforeSmtp",
        "State",
        "SyncPassword",
        "Text",
        "UsePOPb4SMTP",
        "Wide",
        "pbs",
    ]
    .map(str::to_owned)
    .into();
    assert_eq!(masked_settings, made_up, "add a setting that is read to src/redact/own.rs");
    let own = renamed.iter().find(|name| **name != "Hiyoko Mail" && !name.starts_with("Mail (i"));
    assert_eq!(own, None, "add a name of a program to its client's row (variants)");
}

/// Text by text: masked, or the program's own.
fn compare(
    name: &str,
    clear: &Value,
    masked: &Value,
    of_text: &mut HashMap<String, String>,
    stayed: &mut BTreeSet<String>,
    masked_settings: &mut BTreeSet<String>,
    renamed: &mut BTreeSet<String>,
) {
    let (before, after) = (all_texts(clear), all_texts(masked));
    let paths =
        |texts: &[(String, &str)]| -> Vec<String> { texts.iter().map(|(path, _)| path.clone()).collect() };
    assert_eq!(paths(&before), paths(&after), "{name}: what is there stays there");
    for ((path, clear), (_, masked)) in before.iter().zip(&after) {
        let is_row = CLIENTS.iter().any(|client| {
            client.name == *masked || client.editions.iter().any(|edition| edition.name.en == *masked)
        });
        let is_place = OF_THE_PC.contains(&path.as_str());
        match path.as_str() {
            "/findings/*/evidence/*/value" if clear == masked => {
                assert!(is_format_word(clear), "{name}: {clear} stays");
                stayed.insert(plain(clear));
                stayed.extend(clear.split([' ', ',', '(', ')']).map(plain));
            }
            "/findings/*/account" if clear == masked => assert!(is_row, "{name}: {clear} stays"),
            "/findings/*/client_name" if clear == masked => {
                let is_made_up =
                    clear.contains("Hiyoko") || clear.contains("iOS") || clear.contains("iPadOS");
                assert!(!is_made_up, "{name}: {clear} stays");
            }
            "/findings/*/client_name" => {
                assert!(is_row, "{name}: {masked} is no client");
                renamed.insert((*clear).to_owned());
            }
            "/findings/*/client_version" => {
                assert_eq!(clear, masked, "{name}: a real version stays");
                stayed.insert(plain(masked));
            }
            "/findings/*/evidence/*/setting" if is_mask(masked) => {
                masked_settings.insert((*clear).to_owned());
            }
            "/findings/*/id" => assert!(masked.len() == 16 && clear != masked),
            _ if is_place && !clear.is_empty() => {
                let is_client = path == "/issues/*/place" && CLIENTS.iter().any(|client| client.id == *clear);
                assert!(is_mask(masked) || is_client, "{name}: {path} is {masked}, was {clear}");
                let known = of_text.entry(clear.to_lowercase()).or_insert_with(|| (*masked).to_owned());
                assert_eq!(known, masked, "{name}: the same text has the same mask");
            }
            _ => {}
        }
    }
    for key in ["summary", "schema", "tool"] {
        assert_eq!(clear[key], masked[key], "{name}");
    }
    // A policy's name tells whose accounts it is for; the default's is everybody's.
    let policies = |report: &Value| report["scan"]["policies"].as_array().unwrap().clone();
    for (clear, masked) in policies(clear).iter().zip(policies(masked)) {
        assert!(
            *clear == masked && masked == "default" || is_mask(masked.as_str().unwrap()),
            "{name}: {masked}"
        );
    }
    for key in ["os", "scope", "complete"] {
        assert_eq!(clear["scan"][key], masked["scan"][key], "{name}");
    }
    let pairs = |key: &str| {
        let list = |report: &Value| report[key].as_array().unwrap().clone();
        list(clear).into_iter().zip(list(masked))
    };
    for (clear, masked) in pairs("findings") {
        for key in
            ["client", "edition", "client_installed", "in_use", "default_account", "verdict", "verdict_text"]
        {
            assert_eq!(clear[key], masked[key], "{name}");
        }
        for key in ["action", "change", "deviations", "confidence"] {
            assert_eq!(clear[key], masked[key], "{name}");
        }
        // Servers and the provider are masked, and compared above.
        let without_host = |side: &Value| {
            let mut side = side.clone();
            if side.is_object() {
                side["host"] = Value::Null;
                if !side["provider"].is_null() {
                    assert!(!side["provider"].as_str().unwrap().is_empty());
                    side["provider"] = Value::Null;
                }
                let sets = side.get_mut("to_set").and_then(Value::as_array_mut);
                sets.into_iter().flatten().filter(|set| set["setting"] == "host").for_each(|set| {
                    (set["now"], set["then"]) = (Value::Null, Value::Null);
                });
            }
            side
        };
        for key in ["incoming", "outgoing"] {
            assert_eq!(without_host(&clear[key]), without_host(&masked[key]), "{name}");
        }
        let codes = |finding: &Value| -> Vec<Value> {
            finding["notes"].as_array().unwrap().iter().map(|note| note["code"].clone()).collect()
        };
        assert_eq!(codes(&clear), codes(&masked), "{name}");
    }
    for (clear, masked) in pairs("issues") {
        assert_eq!((&clear["kind"], &clear["client"]), (&masked["kind"], &masked["client"]), "{name}");
    }
}
