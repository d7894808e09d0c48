//! Lengths, depths and numbers within one file.

use super::*;
use crate::common::bplist::binary;
use smtp_auth_audit::formats::plist::{PlistError, Tree, parse, unarchive};

fn has_too_many(report: &Value) -> bool {
    let issues = report["issues"].as_array().unwrap();
    let is_one =
        |issue: &Value| issue["message"]["en"].as_str().unwrap().contains("too many elements or attributes");
    found(report).0 == 0 && issues.len() == 1 && issues.iter().all(is_one)
}

fn verdict(report: &Value) -> &str {
    report["findings"][0]["verdict"].as_str().unwrap_or("none")
}

#[test]
fn a_value_has_sixty_four_kibibytes() {
    let most = 64 << 10;
    for (length, expected) in [(most, "no-smtp-auth"), (most + 1, "unreadable")] {
        let host = "x".repeat(length);
        let becky = format!(
            "[Account]\nName=a\nMailAddress=taro@example.jp\nMailServer=pop.example.jp\nSMTPServer={host}\n"
        );
        assert_eq!(verdict(&lone("Mailbox.ini", becky)), expected, "Becky! {length}");
        let sylpheed =
            format!("[Account: 1]\nprotocol=0\nreceive_server=pop.example.jp\nsmtp_server={host}\n");
        assert_eq!(verdict(&lone("accountrc", sylpheed)), expected, "Sylpheed {length}");
    }
}

/// Becky!'s settings that nobody knows are told by name: forty of them, of up to 32 characters.
#[test]
fn forty_unknown_names() {
    let told = |names: &[String]| {
        let lines = names.iter().map(|name| format!("{name}=1\n")).collect::<Vec<_>>().concat();
        let file = format!(
            "[Account]\nName=a\nMailAddress=t@example.jp\nMailServer=pop.example.jp\nSMTPServer=mail.example.jp\n{lines}"
        );
        let report = lone("Mailbox.ini", file);
        let evidence = report["findings"][0]["evidence"].as_array().unwrap().clone();
        names.iter().filter(|name| evidence.iter().any(|fact| fact["setting"] == **name)).count()
    };
    let names = |count: usize| (0..count).map(|number| format!("Zz{number}")).collect::<Vec<_>>();
    assert_eq!(told(&names(40)), 40);
    assert_eq!(told(&names(41)), 40);
    assert_eq!(told(&["z".repeat(32), "z".repeat(33)]), 1);
    assert_eq!(told(&["z".repeat(33)]), 0);
}

/// Of a partner of Windows 10 Mail fifty values are told, and sixty characters of a name.
#[test]
fn fifty_values_of_windows_10_mail() {
    let told = |names: &[String]| {
        let key = r"HKEY_CURRENT_USER\Software\Microsoft\ActiveSync\Partners\{60D03F1B-38BA-4FC2-8CA3-89408FC4ED48}";
        let lines =
            names.iter().map(|name| format!("\"{name}\"=dword:00000001\n")).collect::<Vec<_>>().concat();
        let file =
            format!("Windows Registry Editor Version 5.00\n\n[{key}]\n\"Email\"=\"t@example.jp\"\n{lines}");
        let report = lone("a.reg", file);
        let evidence = report["findings"][0]["evidence"].as_array().unwrap().clone();
        let settings = evidence.iter().map(|fact| fact["setting"].as_str().unwrap().to_owned());
        settings.filter(|name| name.starts_with('z')).collect::<Vec<_>>()
    };
    // Of a name that is no word only the length is told.
    let word = |number: usize| format!("z{}", "y".repeat(number));
    let names = |count: usize| {
        (0..count).map(|number| word(number % 50) + &"q".repeat(number / 50)).collect::<Vec<_>>()
    };
    assert_eq!(told(&names(50)).len(), 50);
    assert_eq!(told(&names(51)).len(), 50);
    assert_eq!(told(&["z".repeat(60)]), ["z".repeat(60)]);
    assert_eq!(told(&["z".repeat(61), "z1".to_owned()]), [""; 0]);
}

/// KMail's version decides over its defaults. More than twenty characters are none.
#[test]
fn a_version_of_twenty_characters() {
    for (version, expected) in [("6.6.0000000000000000", Some("6.6.0")), ("6.6.00000000000000000", None)] {
        assert!(version.len() == 20 + usize::from(expected.is_none()));
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), "disk/etc/os-release", "ID=debian\n");
        let metadata = format!(
            "<component><releases><release version=\"{version}\" date=\"2026\"/></releases></component>"
        );
        put(folder.path(), "disk/usr/share/metainfo/org.kde.kmail2.appdata.xml", metadata);
        put(
            folder.path(),
            "disk/home/taro/.config/mailtransports",
            "[General]\ndefault-transport=1\n[Transport 1]\nid=1\nname=a\nhost=mail.example.jp\nauth=false\n",
        );
        put(
            folder.path(),
            "disk/home/taro/.config/emailidentities",
            "[Identity #0]\nuoid=1\nEmail Address=t@example.jp\n",
        );
        let report = scan(folder.path(), "disk");
        let finding = &report["findings"][0];
        assert_eq!(finding["client"], "kmail", "{report:#}");
        assert_eq!(finding["client_version"].as_str(), expected, "{version}");
    }
}

/// An account of Windows Mail: nodes of its XML with the document and the root, and attributes.
#[test]
fn ten_thousand_nodes_and_four_thousand_attributes() {
    let account = |rest: &str| {
        lone(
            "a.oeaccount",
            format!(
                "<MessageAccount><POP3_Server type=\"SZ\">p</POP3_Server><SMTP_Server type=\"SZ\">m</SMTP_Server>{rest}</MessageAccount>"
            ),
        )
    };
    // The document, the root, two elements with a text each.
    assert_eq!(verdict(&account(&"<a/>".repeat(10_000 - 6))), "no-smtp-auth");
    assert!(has_too_many(&account(&"<a/>".repeat(10_000 - 5))));
    let attributes = (0..4_096 - 2).map(|number| format!("<a x=\"{number}\"/>")).collect::<Vec<_>>().concat();
    assert_eq!(verdict(&account(&attributes)), "no-smtp-auth");
    assert!(has_too_many(&account(&(attributes + "<a x=''/>"))));
}

#[test]
fn sixteen_attributes_of_an_element_and_a_hundred_namespaces() {
    let export = |attributes: usize, namespaces: usize| {
        let many = (0..attributes).map(|number| format!(" a{number}='1'")).collect::<Vec<_>>().concat();
        let spaces = "<x xmlns='y'/>".repeat(namespaces);
        lone(
            "a.k9s",
            format!(
                "<k9settings version=\"111\" format=\"1\"><y{many}/>{spaces}<accounts><account uuid=\"u\"/></accounts></k9settings>"
            ),
        )
    };
    assert_eq!(verdict(&export(16, 100)), "no-outgoing-server");
    assert!(has_too_many(&export(17, 0)));
    assert!(has_too_many(&export(0, 101)));
}

fn xml(body: &str) -> String {
    format!("<plist version=\"1.0\">{body}</plist>")
}

#[test]
fn sixty_four_levels_of_a_property_list() {
    let depth = |mut tree: &Tree| {
        let mut levels = 1;
        while let Some(inner) = tree.items().first() {
            (tree, levels) = (inner, levels + 1);
        }
        levels
    };
    let text = |levels: usize| xml(&format!("{}{}", "<array>".repeat(levels), "</array>".repeat(levels)));
    let small = |levels: u8| {
        let objects = (1..levels).map(|next| vec![0xa1, next]).chain([vec![0xa0]]);
        binary(&objects.collect::<Vec<_>>())
    };
    for (at, beyond) in
        [(parse(text(64).as_bytes()), parse(text(65).as_bytes())), (parse(&small(64)), parse(&small(65)))]
    {
        assert_eq!(at.as_ref().map(depth), Ok(64));
        assert_eq!(beyond, Err(PlistError::TooDeep));
    }
}

/// The list itself is a value; so is each key of a dictionary.
#[test]
fn two_hundred_thousand_values_of_a_property_list() {
    let list = |count: usize| xml(&format!("<array>{}</array>", "<true/>".repeat(count)));
    assert_eq!(parse(list(199_999).as_bytes()).map(|tree| tree.items().len()), Ok(199_999));
    assert_eq!(parse(list(200_000).as_bytes()), Err(PlistError::TooLarge));
}

#[test]
fn sixty_four_mebibytes_of_text_in_a_property_list() {
    // 64 references to one text of 1 MiB.
    let list = |references: usize, more: &[u8]| {
        let count = u8::try_from(references + more.len()).unwrap();
        let many: Vec<u8> =
            [0xaf, 0x10, count].into_iter().chain(vec![1; references]).chain(more.iter().copied()).collect();
        let long: Vec<u8> = [0x5f, 0x12, 0, 0x10, 0, 0].into_iter().chain(vec![b'x'; 1 << 20]).collect();
        parse(&binary(&[many, long, vec![0x51, b'y']]))
    };
    assert_eq!(list(64, &[]).map(|tree| tree.items().len()), Ok(64));
    assert_eq!(list(64, &[2]), Err(PlistError::TooLarge));
    assert_eq!(unarchive(b"\x01"), Err(PlistError::NotPlist));
}
