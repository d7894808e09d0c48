//! Property lists by somebody who wishes us ill: small files that stand for huge ones, deep ones, XML tricks.

use smtp_auth_audit::formats::plist::{PlistError, parse};

/// A binary property list of these objects (at most 255), with references of one byte; the root is object 0.
fn assemble(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"bplist00".to_vec();
    let mut offsets = Vec::new();
    for object in objects {
        offsets.extend_from_slice(&u32::try_from(bytes.len()).unwrap_or_default().to_be_bytes());
        bytes.extend_from_slice(object);
    }
    let table = bytes.len() as u64;
    bytes.extend(offsets);
    bytes.extend_from_slice(&[0, 0, 0, 0, 0, 0, 4, 1]);
    for number in [objects.len() as u64, 0, table] {
        bytes.extend_from_slice(&number.to_be_bytes());
    }
    bytes
}

#[test]
fn a_small_binary_list_that_stands_for_a_huge_one_is_refused() {
    // Each list names the next one 14 times; the last is empty.
    let mut objects: Vec<Vec<u8>> =
        (1..=40).map(|next| std::iter::once(0xae).chain([next; 14]).collect()).collect();
    objects.push(vec![0xa0]);
    assert_eq!(parse(&assemble(&objects)), Err(PlistError::TooLarge));
    // 255 references to one text of 1 MiB.
    let many: Vec<u8> = [0xaf, 0x10, 0xff].into_iter().chain([1; 255]).collect();
    let long: Vec<u8> = [0x5f, 0x12, 0, 0x10, 0, 0].into_iter().chain(vec![b'x'; 1 << 20]).collect();
    assert_eq!(parse(&assemble(&[many, long])), Err(PlistError::TooLarge));
    // A count of 2^63 entries.
    assert_eq!(parse(&assemble(&[vec![0xaf, 0x13, 0x80, 0, 0, 0, 0, 0, 0, 0]])), Err(PlistError::Malformed));
    // A list in itself.
    assert_eq!(parse(&assemble(&[vec![0xa1, 0]])), Err(PlistError::Malformed));
}

#[test]
fn deep_nesting_is_refused_without_a_stack_overflow() {
    for levels in [65, 100_000] {
        let xml = format!("<plist>{}{}</plist>", "<array>".repeat(levels), "</array>".repeat(levels));
        assert_eq!(parse(xml.as_bytes()), Err(PlistError::TooDeep), "{levels}");
    }
    let xml = format!("<plist>{}{}</plist>", "<dict><key>a</key>".repeat(9999), "</dict>".repeat(9999));
    assert!(parse(xml.as_bytes()).is_err());
    let mut objects: Vec<Vec<u8>> = (1..=200).map(|next| vec![0xa1, next]).collect();
    objects.push(vec![0xa0]);
    assert_eq!(parse(&assemble(&objects)), Err(PlistError::TooDeep));
}

#[test]
fn xml_tricks_are_refused() {
    let laughs =
        "<!DOCTYPE plist [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><plist><string>&b;</string></plist>";
    assert_eq!(parse(laughs.as_bytes()), Err(PlistError::Malformed));
    let outside =
        "<!DOCTYPE plist [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><plist><string>&a;</string></plist>";
    assert_eq!(parse(outside.as_bytes()), Err(PlistError::Malformed));
    for xml in [
        "<plist><string>&undefined;</string></plist>",
        "<plist><dict><key>Password</key></dict></plist>",
        // Taken for a key, the text of `Password` would become a name and stay.
        "<plist><dict><key>A</key><key>Password</key><string>himitsu</string><true/></dict></plist>",
        "<plist><dict><string>A</string><string>B</string></dict></plist>",
        "<plist><string>a<string>b</string></string></plist>",
        "<plist><string>a</string><string>b</string></plist>",
        "<plist></plist>",
        "<plist><integer>1e3</integer></plist>",
        "<plist><frob/></plist>",
        "<plist><dict>",
    ] {
        assert_eq!(parse(xml.as_bytes()), Err(PlistError::Malformed), "{xml}");
    }
    assert_eq!(parse(b"<?xml version='1.0'?><clientConfig/>"), Err(PlistError::NotPlist));
    assert_eq!(parse(b"SQLite format 3\0"), Err(PlistError::NotPlist));
}

#[test]
fn too_many_values_are_refused() {
    let xml = format!("<plist><array>{}</array></plist>", "<true/>".repeat(200_001));
    assert_eq!(parse(xml.as_bytes()), Err(PlistError::TooLarge));
}

#[test]
fn very_many_attributes_are_refused() {
    let many = " a\n=\n''".repeat(100_000);
    assert_eq!(parse(format!("<plist{many}><true/></plist>").as_bytes()), Err(PlistError::TooLarge));
}
