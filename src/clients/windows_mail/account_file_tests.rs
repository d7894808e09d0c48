//! Elements, their ranges, their values and the copy.

use super::*;
use crate::clients::internet_mail::settings::ACCOUNT;
use crate::formats::encodings::decode;
use proptest::prelude::*;

const FILE: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"utf-16\" ?>\r\n<MessageAccount>\r\n",
    "    <Account_Name type=\"SZ\">会社 &amp; 自宅</Account_Name>\r\n",
    "    <SMTP_Port type=\"DWORD\">0000024b</SMTP_Port>\r\n",
    "    <POP3_Password2 type=\"BINARY\">544F50534543524554</POP3_Password2>\r\n",
    "    <IMAP_Svr-side_Special_Folders type=\"DWORD\">1</IMAP_Svr-side_Special_Folders>\r\n",
    "    <SMTP_Server>a<!-- split --><![CDATA[.example.jp]]><Deep>x</Deep></SMTP_Server>\r\n",
    "</MessageAccount>\r\n"
);

fn slices<'t>(text: &'t str, elements: &[Element]) -> Vec<(&'t str, Option<&'t str>)> {
    elements.iter().map(|e| (&text[e.name.clone()], e.text.clone().map(|range| &text[range]))).collect()
}

#[test]
fn an_account_is_read_in_every_encoding() {
    let wanted = [
        ("Account_Name", Some("会社 & 自宅")),
        ("SMTP_Port", Some("0000024b")),
        ("POP3_Password2", None),
        ("IMAP_Svr-side_Special_Folders", Some("1")),
        ("SMTP_Server", Some("a.example.jp")),
    ];
    let wanted = wanted.map(|(name, text)| (name.to_owned(), text.map(str::to_owned)));
    let bom = format!("\u{FEFF}{FILE}");
    let mut files = vec![FILE.as_bytes().to_vec(), bom.as_bytes().to_vec()];
    for text in [FILE, &bom] {
        files.push(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
        files.push(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    for file in files {
        assert_eq!(read(&decode(&file)).expect("account"), wanted);
    }
}

#[test]
fn ranges_are_those_of_plain_text_and_of_no_secret() {
    let elements = lex(FILE).expect("account");
    let wanted = [
        ("Account_Name", Some("会社 &amp; 自宅")),
        ("SMTP_Port", Some("0000024b")),
        ("POP3_Password2", None),
        ("IMAP_Svr-side_Special_Folders", Some("1")),
        ("SMTP_Server", None),
    ];
    assert_eq!(slices(FILE, &elements), wanted);
    let found = format!("{elements:?} {:?}", read(FILE));
    assert!(!found.contains("544F"));
    let text =
        "<MessageAccount><a/><b></b ><x:c xmlns:x='y' d=\"1>\">2</x:c><e><![CDATA[f]]></e></MessageAccount>";
    let wanted = [("a", None), ("b", Some("")), ("c", Some("2")), ("e", None)];
    assert_eq!(slices(text, &lex(text).expect("account")), wanted);
}

#[test]
fn numbers_are_hexadecimal() {
    for (text, number) in [
        ("1", Some(1)),
        ("19", Some(25)),
        ("24b", Some(587)),
        ("3E1", Some(993)),
        ("00000003", Some(3)),
        ("FFFFFFFF", Some(u32::MAX)),
        (" 19 ", Some(25)),
        ("True", Some(1)),
        ("FALSE", Some(0)),
        ("", None),
        ("+1", None),
        ("0x19", None),
        ("000000019", None),
        ("smtp", None),
    ] {
        assert_eq!(hex_number(text), number, "{text}");
    }
}

#[test]
fn nought_and_false_are_no_text() {
    assert_eq!((plain("0"), plain("FALSE"), plain(""), plain("false")), ("", "", "", ""));
    assert_eq!((plain("00"), plain(" mail.example.jp ")), ("00", "mail.example.jp"));
}

/// What a copy says is what the file says, and what does not fit does not fit again.
#[test]
fn values_come_through_the_door_in_the_files_own_form() {
    let file = "<MessageAccount><SMTP_Port>24b</SMTP_Port><POP3_Port>1869f</POP3_Port><IMAP_Port>x y</IMAP_Port>\
                <SMTP_Server>u:p@a.example.jp</SMTP_Server><POP3_Server>0</POP3_Server><POP3_x>1</POP3_x><POP3_y/>\
                <Account_Name>a &amp; b</Account_Name><SMTP_Password2>p</SMTP_Password2><z>q</z></MessageAccount>";
    let shown = |text: &str| -> Vec<(String, String)> {
        let settings = settings("f".into(), text, ACCOUNT).expect("account");
        settings.entries.into_iter().map(|setting| (setting.name, setting.shown)).collect()
    };
    let all = shown(file);
    let wanted = [
        ("SMTP_Port", "24b"),
        ("POP3_Port", "(number, 5 digits)"),
        ("IMAP_Port", "(text, 3 characters)"),
        ("SMTP_Server", "a.example.jp"),
        ("POP3_Server", "0"),
        ("POP3_x", "(present)"),
        ("POP3_y", "(present)"),
        ("Account_Name", "a & b"),
    ];
    let wanted = wanted.map(|(name, shown)| (name.to_owned(), shown.to_owned()));
    assert_eq!(all[..8], wanted);
    let copied = copy(file, ACCOUNT).expect("a copy");
    assert!(!copied.contains("password") && copied.matches("POP3_other_settings").count() == 1, "{copied}");
    assert!(copied.contains("<SMTP_Port>24b<") && copied.contains("<POP3_Port>0001869f<"), "{copied}");
    let again = shown(copied.trim_start_matches('\u{FEFF}'));
    let told = |list: &[(String, String)]| -> Vec<(String, String)> {
        list.iter().filter(|(_, shown)| shown != "(present)").cloned().collect()
    };
    assert_eq!(told(&again), told(&all));
}

#[test]
fn errors_have_a_place_and_no_content() {
    let error = read("<MessageAccount>\n  <Secret>x</Other>\n").expect_err("error");
    assert_eq!(error, XmlError::Syntax { line: 2, column: 12 });
    assert_eq!(read("<profile/>"), Err(XmlError::Root("MessageAccount")));
    assert!(lex("").is_err() && copy("", ACCOUNT).is_err());
}

/// Files of this form, with what stands between the elements.
fn file() -> impl Strategy<Value = String> {
    let element = "(<[A-C][a-c_]{0,2}( type=\"SZ\")?>[a-z0-9あ. ]{0,5}(&amp;)?</|<X/><Y>1<!-- a --></)";
    let element = element.prop_map(|start| {
        let name: String = start.chars().skip(1).take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let name = if name == "X" { "Y".to_owned() } else { name };
        format!("{start}{name}>\r\n  ")
    });
    prop::collection::vec(element, 0..6)
        .prop_map(|all| format!("<MessageAccount>{}</MessageAccount>", all.concat()))
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..100),
        junk in "(<MessageAccount>|</|<a |type=|\"|&|;|#|>|<!\\[CDATA\\[|\\PC){0,30}",
    ) {
        for text in [&decode(&bytes), &junk] {
            let _ = (lex(text), read(text), copy(text, ACCOUNT), hex_number(text), plain(text));
        }
    }

    #[test]
    fn ranges_ascend_within_bounds(text in file()) {
        let mut last = 0;
        for element in lex(&text).expect("account") {
            for range in std::iter::once(element.name).chain(element.text) {
                prop_assert!(range.start >= last && text.get(range.clone()).is_some());
                last = range.end;
            }
        }
    }

    /// Changing one value changes just those bytes, and lexing again gives the same entries with that value.
    #[test]
    fn changing_a_value_changes_nothing_else(text in file(), which in 0_usize..6, value in "[a-z0-9.]{1,6}") {
        let before = lex(&text).expect("account");
        let Some(range) = before.get(which).and_then(|element| element.text.clone()) else { return Ok(()) };
        let changed = format!("{}{value}{}", &text[..range.start], &text[range.end..]);
        let mut wanted = slices(&text, &before);
        wanted[which].1 = Some(&value);
        prop_assert_eq!(slices(&changed, &lex(&changed).expect("account")), wanted);
        let found = read(&changed).expect("account");
        prop_assert_eq!(found[which].1.as_deref(), Some(value.as_str()));
    }
}
