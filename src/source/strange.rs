//! Files that people take for settings, by how they begin: no client's, whatever stands in them. What they are is said, and
//! what to scan in their place.

use crate::model::Text;

const ZIP: Text = Text::fixed(
    "設定ファイルではなく、zip です。先に展開してください。",
    "not a settings file but a zip: unpack it first",
);
const ARCHIVE: Text = Text::fixed(
    "設定ファイルではなく、圧縮されたファイルです。先に展開してください。",
    "not a settings file but an archive: unpack it first",
);
const PST: Text = Text::fixed(
    "設定ファイルではなく、メールを保管する PST です。NTUSER.DAT を調べてください。",
    "not a settings file: a PST holds mail: scan NTUSER.DAT",
);
const MAIL: Text = Text::fixed(
    "設定ファイルではなく、メールです。メールソフトの設定があるフォルダーを調べてください。",
    "not a settings file but mail: scan the folder that holds the settings of the mail program",
);

/// Beginnings of files: APPNOTE.TXT 4.3 (zip, also an empty or a split one), 7zFormat.txt, RAR 5.0 technote, RFC 1952
/// (gzip), MS-CAB, MS-PST 2.2.2.6.
const BEGINNINGS: [(&[u8], Text); 8] = [
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"PK\x07\x08", ZIP),
    (b"7z\xBC\xAF\x27\x1C", ARCHIVE),
    (b"Rar!\x1A\x07", ARCHIVE),
    (b"\x1F\x8B\x08", ARCHIVE),
    (b"MSCF\0\0\0\0", ARCHIVE),
    (b"!BDN", PST),
];
/// POSIX, pax: where a tar says what it is.
const TAR: (usize, &[u8]) = (257, b"ustar");
/// The first field of a mail as it is kept or sent (RFC 5322, 3.6).
const FIELDS: [&[u8]; 9] = [
    b"Return-Path",
    b"Received",
    b"Delivered-To",
    b"From",
    b"To",
    b"Subject",
    b"Date",
    b"Message-ID",
    b"MIME-Version",
];

/// What a file is by its beginning, if it is certainly none of settings.
pub(super) fn strange(head: &[u8]) -> Option<Text> {
    let known = BEGINNINGS.iter().find(|(begins, _)| head.starts_with(begins)).map(|(_, says)| says.clone());
    let is_tar = head.get(TAR.0..).is_some_and(|rest| rest.starts_with(TAR.1));
    known.or_else(|| is_tar.then_some(ARCHIVE)).or_else(|| is_mail(head).then_some(MAIL))
}

/// A mailbox (RFC 4155: `From ` and whose it is), or a mail: two fields, the first of which is one of mail.
fn is_mail(head: &[u8]) -> bool {
    let mut lines = head.split(|byte| *byte == b'\n');
    let first = lines.next().unwrap_or_default();
    if first.starts_with(b"From ") {
        return true;
    }
    let name = |line: &[u8]| {
        line.iter().position(|byte| *byte == b':').and_then(|end| line.get(..end)).map(<[u8]>::to_vec)
    };
    let is_first =
        name(first).is_some_and(|name| FIELDS.iter().any(|field| name.eq_ignore_ascii_case(field)));
    let is_field = |line: &[u8]| {
        name(line).is_some_and(|name| {
            !name.is_empty() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        })
    };
    // A field goes on behind a blank.
    is_first && lines.find(|line| !line.starts_with(b" ") && !line.starts_with(b"\t")).is_some_and(is_field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_is_by_its_beginning() {
        let says = |bytes: &[u8]| strange(bytes).map(|text| text.en.to_string());
        let zip = Some(ZIP.en.to_string());
        assert_eq!((says(b"PK\x03\x04..."), says(b"PK\x05\x06")), (zip.clone(), zip));
        assert_eq!(says(b"\x1F\x8B\x08"), Some(ARCHIVE.en.to_string()));
        assert_eq!(says(&[&[b'a'; 257][..], b"ustar\0"].concat()), Some(ARCHIVE.en.to_string()));
        assert_eq!(says(b"!BDN\0\0"), Some(PST.en.to_string()));
        for mail in [
            "From - Thu Jan 1 00:00:00 2026\nx",
            "Received: from a\r\n\tby b\r\nSubject: x",
            "subject: x\nX-Mailer: y\n\nuser_pref(\"a\", 1);",
        ] {
            assert_eq!(says(mail.as_bytes()), Some(MAIL.en.to_string()), "{mail}");
        }
        for settings in [
            "",
            "// x\nuser_pref(\"a\", 1);",
            "From: x\n\ny",
            "from a\nhost b",
            "[x]\nTo: y",
            "Date: 1",
            "PKG",
        ] {
            assert_eq!(says(settings.as_bytes()), None, "{settings}");
        }
    }
}
