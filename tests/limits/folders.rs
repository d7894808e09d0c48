//! How far folders are searched.

use super::*;

const PREFS: &str = "user_pref('mail.accountmanager.accounts', 'a');\nuser_pref('mail.account.a.server', 's');\n\
     user_pref('mail.server.s.type', 'pop3');\n";

#[test]
fn a_search_goes_thirty_two_levels_down() {
    for (levels, expected) in [(32, (1, vec![])), (33, (0, TOLD.to_vec()))] {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), &format!("taken/{}prefs.js", "d/".repeat(levels)), PREFS);
        assert_eq!(found(&scan(folder.path(), "taken")), expected, "{levels}");
    }
}

/// Of those without a telling name, the first hundred are looked into.
#[test]
fn a_hundred_files_of_other_names_are_looked_into() {
    for (others, expected) in [(99, (1, vec![])), (100, (0, TOLD.to_vec()))] {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..others {
            put(folder.path(), &format!("taken/{number:03}.txt"), "a letter");
        }
        put(folder.path(), "taken/z.txt", PREFS);
        assert_eq!(found(&scan(folder.path(), "taken")), expected, "{others}");
    }
}

const STORE: &str = "AppData/Local/Microsoft/Windows Live Mail";
const ACCOUNT: &str = "<?xml version=\"1.0\" encoding=\"utf-8\" ?>\n<MessageAccount>\n\
     <POP3_Server type=\"SZ\">pop.example.jp</POP3_Server>\n<SMTP_Server type=\"SZ\">mail.example.jp</SMTP_Server>\n</MessageAccount>\n";

#[test]
fn windows_live_mails_store_has_eight_levels() {
    for (levels, expected) in [(8, (1, vec![])), (9, (0, TOLD.to_vec()))] {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), "taro/AppData/Roaming/x", "");
        let name = "account{0F9E8D7C-6B5A-4948-8372-615049382716}.oeaccount";
        put(folder.path(), &format!("taro/{STORE}/{}{name}", "d/".repeat(levels)), ACCOUNT);
        assert_eq!(found(&scan(folder.path(), "taro")), expected, "{levels}");
    }
}

#[test]
fn windows_live_mails_store_has_twenty_thousand_folders() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "taro/AppData/Roaming/x", "");
    let store = folder.path().join("taro").join(STORE);
    for number in 0..20_000 {
        fs::create_dir_all(store.join(number.to_string())).unwrap();
    }
    assert_eq!(found(&scan(folder.path(), "taro")), (0, vec![]));
    fs::create_dir(store.join("one more")).unwrap();
    assert_eq!(found(&scan(folder.path(), "taro")), (0, TOLD.to_vec()));
}

#[test]
fn thunderbird_has_five_hundred_profiles() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "taro/.thunderbird/profiles.ini", "[General]\nVersion=2\n");
    for number in 0..500 {
        fs::create_dir(folder.path().join(format!("taro/.thunderbird/p{number}"))).unwrap();
    }
    assert_eq!(found(&scan(folder.path(), "taro")), (0, vec![]));
    fs::create_dir(folder.path().join("taro/.thunderbird/one more")).unwrap();
    assert_eq!(found(&scan(folder.path(), "taro")), (0, TOLD.to_vec()));
}

/// Relatives that nobody listed: three hundred folders in a home, and sixty in each of those. It is a guess, and ends in
/// silence.
#[test]
fn relatives_are_guessed_within_limits() {
    let finds = |place: &str, others: &[String]| {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), "taro/.bashrc", "");
        for other in others {
            fs::create_dir_all(folder.path().join("taro").join(other)).unwrap();
        }
        let list = "[Profile0]\nName=p\nIsRelative=1\nPath=p\n";
        put(folder.path(), &format!("taro/{place}/profiles.ini"), list);
        put(folder.path(), &format!("taro/{place}/p/prefs.js"), PREFS);
        found(&scan(folder.path(), "taro")).0 == 1
    };
    let others = |start: &str, count: usize| -> Vec<String> {
        (0..count).map(|number| format!("{start}{number:03}")).collect()
    };
    assert!(finds(".z", &others(".a", 299)));
    assert!(!finds(".z", &others(".a", 300)));
    assert!(finds(".hiyoko/z", &others(".hiyoko/a", 59)));
    assert!(!finds(".hiyoko/z", &others(".hiyoko/a", 60)));
}

#[test]
fn evolution_has_two_thousand_sources() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "taro/.bashrc", "");
    let sources = "taro/.config/evolution/sources";
    for number in 0..2_000 {
        put(
            folder.path(),
            &format!("{sources}/{number}.source"),
            "[Data Source]\nDisplayName=x\n[Calendar]\n",
        );
    }
    assert_eq!(found(&scan(folder.path(), "taro")), (0, vec![]));
    put(folder.path(), &format!("{sources}/one more.source"), "[Data Source]\n");
    // By its own reader, and as files that nobody has read.
    assert_eq!(found(&scan(folder.path(), "taro")), (0, [TOLD, TOLD].concat()));
}

/// Folders beside that of Becky!'s mailboxes: what is left out of the guess is found in the home.
#[test]
fn five_hundred_folders_beside_beckys() {
    for (others, count) in [(498, 2), (499, 2)] {
        let folder = tempfile::tempdir().unwrap();
        let documents = folder.path().join("taro/Documents");
        put(folder.path(), "taro/AppData/Roaming/x", "");
        for number in 0..others {
            fs::create_dir_all(documents.join(format!("a{number}"))).unwrap();
        }
        for place in ["Becky/1.mb", "z/2.mb"] {
            put(
                &documents,
                &format!("{place}/Mailbox.ini"),
                "[Account]\nSMTPServer=mail.example.jp\nMailServer=m\n",
            );
        }
        assert_eq!(found(&scan(folder.path(), "taro")), (count, vec![]), "{others}");
    }
}

/// Defaults of the program's own folder, the last in alphabetical order first.
#[test]
fn fifty_files_of_thunderbirds_defaults() {
    for (others, verdict) in [(49, "no-smtp-auth"), (50, "smtp-auth")] {
        let folder = tempfile::tempdir().unwrap();
        let disk = folder.path().join("disk");
        put(&disk, "etc/os-release", "ID=debian\n");
        let defaults = "usr/lib/thunderbird/defaults/pref";
        put(&disk, &format!("{defaults}/a.js"), "pref('mail.smtpserver.default.authMethod', 1);\n");
        for number in 0..others {
            put(&disk, &format!("{defaults}/b{number}.js"), "");
        }
        let profile = "home/taro/.thunderbird/p";
        put(&disk, "home/taro/.thunderbird/profiles.ini", "[Profile0]\nName=p\nIsRelative=1\nPath=p\n");
        let version = "[Compatibility]\nLastVersion=140.0_1/1\nLastPlatformDir=/usr/lib/thunderbird\n";
        put(&disk, &format!("{profile}/compatibility.ini"), version);
        let server = "user_pref('mail.smtpservers', 'one');\nuser_pref('mail.smtpserver.one.hostname', 'm');\n\
             user_pref('mail.account.a.identities', 'i');\n";
        put(&disk, &format!("{profile}/prefs.js"), format!("{PREFS}{server}"));
        let report = scan(folder.path(), "disk");
        assert_eq!(report["findings"][0]["verdict"], verdict, "{others}: {report:#}");
    }
}

/// What is collected beside a home says where the home lay on its own computer.
#[test]
fn the_place_of_a_home_has_four_kibibytes() {
    let known = r"D:\Homes\taro";
    for (length, place) in [(4_096, Some(known)), (4_097, None)] {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), "taro/AppData/Roaming/x", "");
        put(folder.path(), "taro/user.reg", "REGEDIT4\n\n[HKEY_CURRENT_USER\\Software\\X]\n");
        put(folder.path(), "taro.drives/root/x", "");
        put(folder.path(), "taro.drives/home.txt", format!("{known:length$}"));
        let user = crate::common::of_path(&folder.path().join("taro")).users.remove(0);
        assert_eq!(user.place_of_home().as_deref(), place, "{length}");
    }
}
