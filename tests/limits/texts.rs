//! How long a text may be that is shown or answered.

use super::*;

/// An account of K-9 Mail that does not authenticate, with this server.
fn k9(host: &str, name: &str) -> String {
    format!(
        "<k9settings version=\"111\" format=\"1\"><accounts><account uuid=\"u\"><name>{name}</name>\
         <outgoing-server type=\"SMTP\"><host>{host}</host><connection-security>NONE</connection-security>\
         <authentication-type>NONE</authentication-type></outgoing-server></account></accounts></k9settings>"
    )
}

#[test]
fn evidence_shows_two_hundred_characters() {
    for (length, shown) in [(200, "x".repeat(200)), (201, format!("{}...", "x".repeat(200)))] {
        let report = lone("a.k9s", k9(&"x".repeat(length), "n"));
        let evidence = report["findings"][0]["evidence"].as_array().unwrap().clone();
        let host = evidence.iter().find(|fact| fact["setting"] == "host").unwrap();
        assert_eq!(host["value"], shown, "{length}");
    }
}

/// The page of these files, scanned with these arguments.
fn page(folder: &Path, arguments: &[&str]) -> String {
    run_in(folder, &[&["scan"], arguments, &["--format", "html"]].concat()).stdout
}

/// What stands on the sheet that is printed; the rest of the page has the whole text.
fn on_sheet(page: &str, text: char, most: usize) -> (bool, bool) {
    let whole: String = std::iter::repeat_n(text, most).collect();
    (page.contains(&format!("{whole}…")), page.contains(&format!(">{whole}<")))
}

#[test]
fn a_sheet_has_room_for_a_computer_and_for_values() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "a.k9s", k9("mail.example.jp", "n"));
    for (length, is_cut) in [(63, false), (64, true)] {
        let page = page(folder.path(), &["a.k9s", "--computer", &"q".repeat(length)]);
        assert_eq!(on_sheet(&page, 'q', 63), (is_cut, !is_cut), "computer of {length}");
    }
    // Names that people gave are cut before they get here (kinds.rs).
    for (length, shown) in [(60, "q".repeat(60)), (61, "q".repeat(60) + "...")] {
        put(folder.path(), "a.k9s", k9("mail.example.jp", &"q".repeat(length)));
        let page = page(folder.path(), &["a.k9s"]);
        assert!(page.contains(&shown) && !page.contains(&"q".repeat(61)), "account of {length}");
    }
}

/// The note of user.js names the file, whose path may be of any length.
#[test]
fn a_sheet_has_room_for_notes_of_four_hundred_columns() {
    let prefs = "user_pref('mail.smtpservers', 'one');\nuser_pref('mail.smtpserver.one.hostname', 'mail.example.jp');\n\
         user_pref('mail.smtpserver.one.authMethod', 1);\nuser_pref('mail.accountmanager.accounts', 'a');\n\
         user_pref('mail.account.a.server', 's');\nuser_pref('mail.server.s.type', 'pop3');\n\
         user_pref('mail.account.a.identities', 'i');\n";
    let note = |length: usize| {
        let folder = tempfile::tempdir().unwrap();
        let profile = format!("taro/.thunderbird/{}/{}", "p".repeat(150), "q".repeat(length));
        put(
            folder.path(),
            "taro/.thunderbird/profiles.ini",
            format!("[Profile0]\nName=p\nIsRelative=1\nPath={}/{}\n", "p".repeat(150), "q".repeat(length)),
        );
        put(folder.path(), &format!("{profile}/prefs.js"), prefs);
        put(
            folder.path(),
            &format!("{profile}/user.js"),
            "user_pref('mail.smtpserver.one.authMethod', 1);\n",
        );
        let report = scan(folder.path(), "taro");
        let notes = report["findings"][0]["notes"].as_array().unwrap().clone();
        let note = notes.iter().find(|note| note["code"] == "user-js").unwrap();
        (note["en"].as_str().unwrap().to_owned(), page(folder.path(), &["taro", "--lang", "en"]))
    };
    let (short, _) = note(1);
    for (columns, is_cut) in [(400, false), (401, true)] {
        let (text, page) = note(1 + columns - short.len());
        assert_eq!(text.len(), columns);
        let cut: String = text.chars().take(400).chain(['…']).collect();
        assert_eq!(page.contains(&cut), is_cut, "{columns}");
    }
}

#[test]
fn an_answer_has_two_hundred_and_fifty_four_characters() {
    let folder = tempfile::tempdir().unwrap();
    for (length, exit) in [(254, 1), (255, 2)] {
        let address = format!("{}@example.jp", "x".repeat(length - "@example.jp".len()));
        put(
            folder.path(),
            "answers.txt",
            format!("address = {address}\nincoming = pop3\nlog-on-first = n\nauth = n\n"),
        );
        let answer = run_in(folder.path(), &["ask", "becky", "--answers", "answers.txt", "--format", "json"]);
        assert_eq!(answer.exit, exit, "{length}: {}", answer.stderr);
        if exit == 1 {
            assert_eq!(answer.json()["findings"][0]["addresses"][0], address);
        }
    }
}

/// Of the accounts that questions can settle ten are named.
#[test]
fn three_commands_for_questions() {
    let account = |n: usize| {
        format!(
            "<account uuid=\"u{n}\"><name>a{n}</name><outgoing-server type=\"SMTP\"><host>mail.example.jp</host></outgoing-server></account>"
        )
    };
    for (count, rest) in [(3, ""), (4, "and 1 more"), (5, "and 2 more")] {
        let folder = tempfile::tempdir().unwrap();
        let accounts: String = (0..count).map(account).collect();
        put(
            folder.path(),
            "a.k9s",
            format!("<k9settings version=\"111\" format=\"1\"><accounts>{accounts}</accounts></k9settings>"),
        );
        let answer = run_in(folder.path(), &["a.k9s", "--lang", "en"]);
        let told = answer.stdout + &answer.stderr;
        assert_eq!(told.matches(" --finding ").count(), 3, "{count}: {told}");
        assert_eq!(told.contains(" more: client and id"), !rest.is_empty(), "{count}: {told}");
        assert!(told.contains(rest));
    }
}
