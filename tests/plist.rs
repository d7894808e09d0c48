//! Property lists and keyed archives, as Apple's programs write them, and damaged ones.

use plist::{Dictionary, Uid, Value};
use proptest::prelude::*;
use smtp_auth_audit::formats::plist::{PlistError, Tree, parse, unarchive};

fn text(text: &str) -> Tree {
    Tree::Text(text.to_owned())
}

fn dict(entries: &[(&str, Value)]) -> Value {
    Value::Dictionary(
        entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect::<Dictionary>(),
    )
}

fn uid(number: u64) -> Value {
    Value::Uid(Uid::new(number))
}

fn class(name: &str) -> Value {
    dict(&[("$classname", name.into()), ("$classes", Value::Array(vec![name.into(), "NSObject".into()]))])
}

#[expect(clippy::unwrap_used, reason = "a test")]
fn binary(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    value.to_writer_binary(&mut bytes).unwrap();
    bytes
}

/// A keyed archive with these objects after `$null`; the root is object 1.
fn archive(objects: &[Value]) -> Value {
    let objects = std::iter::once("$null".into()).chain(objects.iter().cloned()).collect();
    dict(&[
        ("$version", 100_000.into()),
        ("$archiver", "NSKeyedArchiver".into()),
        ("$top", dict(&[("root", uid(1))])),
        ("$objects", Value::Array(objects)),
    ])
}

const DELIVERY: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>DeliveryAccounts</key>
	<array>
		<dict>
			<key>AccountName</key><string>山田 &amp; Co. <![CDATA[<本店>]]></string>
			<key>Hostname</key><string>smtp.example.jp</string>
			<key>PortNumber</key><string>587</string>
			<key>MaxMessageBytes</key><integer>0x10</integer>
			<key>AuthenticationScheme</key><string></string>
			<key>ShouldUseAuthentication</key><string>YES</string>
			<key>SSLEnabled</key><false/>
			<key>Password</key><string>himitsu-1</string>
			<key>Blob</key><data> AAEC
			AwQ= </data>
			<key>Seen</key><date>2010-01-02T03:04:05Z</date>
			<key>Empty</key><string/>
		</dict>
	</array>
</dict>
</plist>
"#;

#[test]
fn an_xml_list_is_read_and_its_secret_dropped() {
    let tree = parse(DELIVERY.as_bytes()).unwrap();
    let account = &tree.get("DeliveryAccounts").unwrap().items()[0];
    assert_eq!(account.get("AccountName"), Some(&text("山田 & Co. <本店>")));
    assert_eq!(account.get("PortNumber").unwrap().integer(), Some(587));
    assert_eq!(account.get("MaxMessageBytes").unwrap().integer(), Some(16));
    assert_eq!(account.get("AuthenticationScheme"), Some(&text("")));
    assert_eq!(account.get("ShouldUseAuthentication").unwrap().apple_bool(), Some(true));
    assert_eq!(account.get("SSLEnabled").unwrap().apple_bool(), Some(false));
    assert_eq!(account.get("Password"), Some(&Tree::Secret));
    assert_eq!(account.get("Blob"), Some(&Tree::Data(5)));
    assert_eq!(account.get("Seen"), Some(&Tree::Date("2010-01-02T03:04:05Z".to_owned())));
    assert_eq!(account.get("Empty"), Some(&text("")));
    assert!(!format!("{tree:?}").contains("himitsu"));
}

#[test]
fn utf_16_and_a_byte_order_mark_are_read() {
    let plain = parse(DELIVERY.as_bytes()).unwrap();
    assert_eq!(parse(format!("\u{feff}{DELIVERY}").as_bytes()).unwrap(), plain);
    let wide: Vec<u8> = format!("\u{feff}{DELIVERY}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(parse(&wide).unwrap(), plain);
}

#[test]
fn prologue_and_plist_element_may_be_missing() {
    for xml in ["<string>a</string>", "<plist><string>a</string></plist>", "\n<!-- x --><string>a</string>"] {
        assert_eq!(parse(xml.as_bytes()), Ok(text("a")), "{xml}");
    }
}

#[test]
fn a_binary_list_equals_the_xml_one() {
    let value = dict(&[
        ("Hostname", "smtp.example.jp".into()),
        ("名前", "山田".into()),
        ("PortNumber", 587.into()),
        ("Large", u64::MAX.into()),
        ("Ratio", 0.5.into()),
        ("SSLEnabled", true.into()),
        ("IncomingPassword", "himitsu-2".into()),
        ("OutgoingPasswordSameAsIncomingPassword", true.into()),
        ("Blob", Value::Data(vec![1; 300])),
        ("List", Value::Array(vec![Value::Array(vec![]), "x".into()])),
    ]);
    let mut xml = Vec::new();
    value.to_writer_xml(&mut xml).unwrap();
    let tree = parse(&binary(&value)).unwrap();
    assert_eq!(parse(&xml).unwrap(), tree);
    assert_eq!(tree.get("IncomingPassword"), Some(&Tree::Secret));
    assert_eq!(tree.get("OutgoingPasswordSameAsIncomingPassword"), Some(&Tree::Bool(true)));
    assert_eq!(tree.get("Blob"), Some(&Tree::Data(300)));
    assert_eq!(tree.get("List"), Some(&Tree::List(vec![Tree::List(vec![]), text("x")])));
    assert_eq!(tree.get("missing"), None);
}

#[test]
fn booleans_follow_apples_rule() {
    for (value, expected) in [
        ("YES", true),
        ("yes", true),
        ("true", true),
        ("1", true),
        (" \t-007", true),
        ("+1", true),
        ("NO", false),
        ("0", false),
        ("", false),
        ("-0", false),
        ("on", false),
        ("+-1", false),
    ] {
        assert_eq!(text(value).apple_bool(), Some(expected), "{value:?}");
    }
    assert_eq!(Tree::Integer(2).apple_bool(), Some(true));
    assert_eq!(Tree::Real(0.0).apple_bool(), Some(false));
    assert_eq!(Tree::List(vec![]).apple_bool(), None);
}

#[test]
fn numbers_come_as_numbers_or_text() {
    assert_eq!(text(" 465 ").integer(), Some(465));
    assert_eq!(text("smtp").integer(), None);
    assert_eq!(Tree::Integer(25).integer(), Some(25));
    assert_eq!(Tree::Bool(true).integer(), None);
}

#[test]
fn an_archived_scalar_stands_for_itself() {
    assert_eq!(unarchive(&binary(&archive(&["smtp.example.jp".into()]))), Ok(text("smtp.example.jp")));
    assert_eq!(unarchive(&binary(&archive(&[587.into()]))), Ok(Tree::Integer(587)));
    let null = dict(&[
        ("$archiver", "NSKeyedArchiver".into()),
        ("$top", dict(&[("root", uid(0))])),
        ("$objects", Value::Array(vec!["$null".into()])),
    ]);
    assert_eq!(unarchive(&binary(&null)), Ok(Tree::None));
}

/// `EmailAliases` as the store has it, with one of every class that was met, and a secret.
fn aliases() -> Value {
    archive(&[
        dict(&[("$class", uid(2)), ("NS.objects", Value::Array(vec![uid(3)]))]),
        class("NSMutableArray"),
        dict(&[
            ("$class", uid(4)),
            ("NS.keys", Value::Array(vec![uid(5), uid(6), uid(7), uid(8), uid(9)])),
            ("NS.objects", Value::Array(vec![uid(10), uid(11), uid(12), uid(13), uid(14)])),
        ]),
        class("NSDictionary"),
        "EmailAddresses".into(),
        "IsPrimary".into(),
        "OAuth2Token".into(),
        "Data".into(),
        "Seen".into(),
        dict(&[("$class", uid(15)), ("NS.objects", Value::Array(vec![uid(16)]))]),
        true.into(),
        "himitsu-3".into(),
        dict(&[("$class", uid(17)), ("NS.data", Value::Data(vec![7; 9]))]),
        dict(&[("$class", uid(18)), ("NS.time", 0.5.into())]),
        class("NSMutableSet"),
        dict(&[("$class", uid(19)), ("NS.string", "taro@example.jp".into())]),
        class("NSMutableData"),
        class("NSDate"),
        class("NSString"),
    ])
}

#[test]
fn an_archive_is_resolved_and_its_secret_dropped() {
    let expected = Tree::List(vec![Tree::Dict(vec![
        ("EmailAddresses".to_owned(), Tree::List(vec![text("taro@example.jp")])),
        ("IsPrimary".to_owned(), Tree::Bool(true)),
        ("OAuth2Token".to_owned(), Tree::Secret),
        ("Data".to_owned(), Tree::Data(9)),
        ("Seen".to_owned(), Tree::Date(String::new())),
    ])]);
    assert_eq!(unarchive(&binary(&aliases())), Ok(expected.clone()));
    assert_eq!(parse(&binary(&aliases())), Ok(expected));
}

#[test]
fn an_xml_archive_refers_by_cf_uid() {
    let xml = "<plist><dict><key>$archiver</key><string>NSKeyedArchiver</string><key>$top</key><dict><key>root</key>\
        <dict><key>CF$UID</key><integer>1</integer></dict></dict><key>$objects</key><array><string>$null</string>\
        <string>PLAIN</string></array></dict></plist>";
    assert_eq!(unarchive(xml.as_bytes()), Ok(text("PLAIN")));
}

#[test]
fn bare_lists_and_text_are_accepted_in_place_of_an_archive() {
    assert_eq!(unarchive(&binary(&dict(&[("a", 1.into())]))).unwrap().get("a"), Some(&Tree::Integer(1)));
    assert_eq!(unarchive("smtp.例.jp:taro".as_bytes()), Ok(text("smtp.例.jp:taro")));
    assert_eq!(unarchive(b"<taro@example.jp>"), Ok(text("<taro@example.jp>")));
    assert_eq!(unarchive(b"\x00\x01"), Err(PlistError::NotPlist));
    assert_eq!(unarchive(b"\xff\xfe\xff"), Err(PlistError::NotPlist));
    assert_eq!(unarchive(b""), Err(PlistError::Empty));
}

#[test]
fn an_unknown_class_and_a_subclass_are_told_apart() {
    let object = |names: [&str; 2]| {
        let class = dict(&[
            ("$classname", names[0].into()),
            ("$classes", Value::Array(names.iter().map(|name| (*name).into()).collect())),
        ]);
        unarchive(&binary(&archive(&[dict(&[("$class", uid(2)), ("NS.string", "x".into())]), class])))
    };
    assert_eq!(object(["MFKeychainThing", "NSObject"]), Ok(Tree::Other));
    assert_eq!(object(["MFName", "NSString"]), Ok(text("x")));
}

#[test]
fn archives_that_point_nowhere_or_at_themselves_end() {
    let list = |inside: Vec<Value>| dict(&[("$class", uid(2)), ("NS.objects", Value::Array(inside))]);
    let result = |object| unarchive(&binary(&archive(&[object, class("NSArray")])));
    assert_eq!(result(list(vec![uid(1)])), Err(PlistError::TooDeep));
    assert_eq!(result(list(vec![uid(99)])), Err(PlistError::Malformed));
    assert_eq!(result(list(vec![uid(u64::MAX)])), Err(PlistError::Malformed));
    assert_eq!(result(uid(1)), Err(PlistError::Malformed));
    // Forty lists, each of which holds the next one ten times.
    let doubling: Vec<Value> = std::iter::once(list(vec![uid(3); 10]))
        .chain(std::iter::once(class("NSArray")))
        .chain((3..43).map(|next| list(vec![uid(next + 1); 10])))
        .chain(std::iter::once("end".into()))
        .collect();
    assert_eq!(unarchive(&binary(&archive(&doubling))), Err(PlistError::TooLarge));
}

/// Written by Python's plistlib, with the references of `plistlib.UID`: another encoder than the one used above.
#[test]
fn an_archive_of_another_encoder_is_read() {
    let hex = "62706c6973743030d40102030405061d205924617263686976657258246f626a656374735424746f70582476657273\
        696f6e5f100f4e534b657965644172636869766572a7070813191a1b1c55246e756c6cd3090a0b0c0d105624636c61\
        7373574e532e6b6579735a4e532e6f626a656374738002a20e0f80038004a2111280058006d2141516175824636c61\
        737365735a24636c6173736e616d65a217185c4e5344696374696f6e617279584e534f626a6563745c696d6170486f\
        73746e616d65638868793a540d5f1010696d61702e6d61696c2e6d652e636f6d09d11e1f54726f6f74800112000186\
        a008111b242932444c525960687375787a7c7f818388919c9facb5c2c9dcdde0e5e700000000000001010000000000\
        000021000000000000000000000000000000ec";
    let bytes: Vec<u8> = (0..hex.len())
        .step_by(2)
        .map(|place| u8::from_str_radix(&hex[place..place + 2], 16).unwrap())
        .collect();
    let expected =
        vec![("imapHostname".to_owned(), text("imap.mail.me.com")), ("表示名".to_owned(), Tree::Bool(true))];
    assert_eq!(unarchive(&bytes), Ok(Tree::Dict(expected)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_damage_ends_in_a_value_or_an_error(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
        xml in any::<bool>(),
    ) {
        let mut bytes = if xml { DELIVERY.as_bytes().to_vec() } else { binary(&aliases()) };
        for (place, value) in changes {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        let _ = parse(&bytes);
        bytes.truncate(cut.index(bytes.len()));
        let _ = unarchive(&bytes);
    }
}
