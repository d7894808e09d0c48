//! Tests of the door: what passes by each kind, and that what it puts in a value's place passes unchanged.

use super::*;
use proptest::prelude::*;

fn kept(kind: Kind, value: &str) -> String {
    keep(kind, value).text
}

const WORDS: Kind = Kind::Choice(&["plain", "CRAM-MD5"]);

const LIST: Kind = Kind::Words(&["CRAM-MD5", "LOGIN"]);

const BITS: Kind = Kind::Flags(&[(1, "SSL"), (4, "AUTHENTICATE")]);

const ALL: &[Kind] = &[
    Kind::Secret,
    Kind::Dropped,
    Kind::Uncharted,
    Kind::Switch,
    PORT,
    CODE,
    WORDS,
    LIST,
    BITS,
    Kind::Host,
    Kind::Address,
    Kind::Addresses,
    Kind::User,
    Kind::Label,
    Kind::Path,
    Kind::Link,
    Kind::Links,
    Kind::Ids,
    Kind::Guid,
    Kind::Url,
    Kind::Command,
    Kind::Version,
    Kind::HostUser,
    Kind::HostUsers,
    Kind::Date,
];

#[test]
fn values_that_fit_pass() {
    for (kind, value) in [
        (Kind::Switch, "1"),
        (Kind::Switch, "-1"),
        (Kind::Switch, "TRUE"),
        (PORT, "587"),
        (CODE, "-1"),
        (WORDS, "cram-md5"),
        (LIST, "login CRAM-MD5"),
        (BITS, "5"),
        (BITS, "5 (SSL, AUTHENTICATE)"),
        (Kind::Host, "mail.example.jp"),
        (Kind::Host, "mail_server"),
        (Kind::Host, "mail.example.jp:587"),
        (Kind::Host, "メール.example.jp"),
        (Kind::Host, "::1"),
        (Kind::Host, "[2001:db8::1]:587"),
        (Kind::Host, "192.0.2.1"),
        (Kind::Address, "taro+mail@example.jp"),
        (Kind::Addresses, "taro@example.jp;hanako@example.jp"),
        (Kind::User, "taro.yamada"),
        (Kind::User, "taro@example.jp"),
        (Kind::Label, "会社 (taro@example.jp)"),
        (Kind::Path, r"C:\Becky!\taro"),
        (Kind::Path, r"\\server\share\taro"),
        (Kind::Link, "mail.example.jp:taro"),
        (Kind::Link, "{ED475411-B0D6-11D2-8C3B-00104B2A6676}"),
        (Kind::Links, "smtp1,smtp2"),
        (Kind::HostUser, "mail.example.jp:taro"),
        (Kind::HostUser, "mail.example.jp : taro@example.jp"),
        (Kind::HostUser, "localhost:taro@example.jp"),
        (Kind::HostUser, "mail"),
        (Kind::HostUser, "::1"),
        (Kind::HostUsers, "mail.example.jp:taro, second"),
        (Kind::Date, "2024-05-01T09:00:00Z"),
        (Kind::Ids, "00000002,0000000A"),
        (Kind::Guid, "{ED475411-b0d6-11D2-8C3B-00104B2A6676}"),
        (Kind::Url, "https://ex.example.jp:8443/EWS/Exchange.asmx"),
        (Kind::Command, "/usr/sbin/sendmail"),
        (Kind::Version, "153.7.0"),
        (Kind::Version, ""),
        (PORT, ""),
    ] {
        assert_eq!(keep(kind, value), Kept { text: value.to_owned(), fits: true }, "{kind:?} {value}");
    }
}

#[test]
fn of_others_the_length_stays() {
    for (kind, value, text) in [
        (Kind::Secret, "himitsu", "(present)"),
        (Kind::Dropped, "himitsu", "(present)"),
        (Kind::Uncharted, "himitsu", "(present)"),
        (Kind::Switch, "himitsu", "(text, 7 characters)"),
        (Kind::Switch, "100", "(number, 3 digits)"),
        (PORT, "587 himitsu", "(text, 11 characters)"),
        (PORT, "65536", "(number, 5 digits)"),
        (CODE, "-20261129", "(number, 8 digits)"),
        (WORDS, "秘密の言葉", "(text, 5 characters)"),
        (Kind::Host, "taro:himitsu@", "(text, 13 characters)"),
        (Kind::Host, "mail.example.jp ; himitsu", "(text, 25 characters)"),
        (Kind::Host, "mail.example.jp#himitsu", "mail.example.jp"),
        (Kind::Host, "mail:himitsu", "(text, 12 characters)"),
        (Kind::Host, "https://himitsu/8@mail.example.jp", "(text, 33 characters)"),
        (Kind::Host, r"himitsu\8@mail.example.jp", "(text, 25 characters)"),
        (Kind::Address, "Taro <taro@example.jp>", "(text, 22 characters)"),
        (Kind::Address, "taro@example.jp himitsu", "(text, 23 characters)"),
        (Kind::Addresses, "taro@example.jp,himitsu", "taro@example.jp,(text 7 characters)"),
        (Kind::User, "taro himitsu", "(text, 12 characters)"),
        (Kind::User, "taro:himitsu", "(text, 12 characters)"),
        (Kind::Label, "taro (PW himitsu)", "(text, 17 characters)"),
        (Kind::Label, "パスワードは himitsu", "(text, 14 characters)"),
        (Kind::Label, "taro:himitsu@example.jp", "(text, 23 characters)"),
        (Kind::Link, "smtp1 !himitsu", "(text 14 characters)"),
        (Kind::Links, "smtp1,!himitsu", "smtp1,(text 8 characters)"),
        (Kind::HostUser, "taro:himitsu@mail.example.jp", "(text, 28 characters)"),
        (Kind::HostUser, "smtp://taro:himitsu@mail.example.jp", "(text, 35 characters)"),
        (Kind::HostUser, "mail.example.jp himitsu", "(text, 23 characters)"),
        (Kind::HostUser, "mail.example.jp:taro himitsu", "mail.example.jp:(text, 12 characters)"),
        (Kind::HostUsers, "mail:taro, taro:himitsu@mail", "mail:taro, (text 17 characters)"),
        (Kind::Date, "2024-05-01 himitsu", "(text, 18 characters)"),
        (Kind::Ids, "00000002,himitsu", "(text, 16 characters)"),
        (Kind::Guid, "{himitsu}", "(text, 9 characters)"),
        (Kind::Url, "himitsu", "(text, 7 characters)"),
        (Kind::Command, "PASSWORD=himitsu /usr/bin/prog", "(command)"),
        (Kind::Version, "himitsu", "(text, 7 characters)"),
        (Kind::Version, "16.0 himitsu", "(text, 12 characters)"),
    ] {
        assert_eq!(keep(kind, value), Kept { text: text.to_owned(), fits: false }, "{kind:?} {value}");
    }
}

#[test]
fn users_parts_schemes_and_arguments_go() {
    for (kind, value, text) in [
        (Kind::Host, "smtp://taro:himitsu@mail.example.jp", "mail.example.jp"),
        (Kind::Host, "taro:himitsu@mail.example.jp:587", "mail.example.jp:587"),
        (Kind::Host, "https://a@b:himitsu@host/x?token=himitsu", "host"),
        (Kind::Url, "https://taro:himitsu@ex.example.jp/EWS?token=x", "https://ex.example.jp/EWS"),
        (Kind::Label, "imap://taro:himitsu@mail.example.jp", "imap://mail.example.jp"),
        (Kind::Path, r"\\taro:himitsu@server\share", r"\\server\share"),
        (Kind::Path, "https://taro:himitsu@example.jp/x#himitsu", "https://example.jp/x"),
        (Kind::Command, "\"C:\\Program Files\\x.exe\" -p himitsu", r#""C:\Program Files\x.exe""#),
        (Kind::Command, "msmtp\t--passwordeval himitsu", "msmtp"),
    ] {
        assert_eq!(kept(kind, value), text, "{kind:?} {value}");
    }
}

#[test]
fn labels_are_60_characters_long_at_most() {
    let label = "あ".repeat(60);
    assert_eq!(kept(Kind::Label, &label), label);
    assert_eq!(kept(Kind::Label, &format!("{label}い")), format!("{label}..."));
    assert_eq!(name("Account: 1"), "Account: 1");
    let long = format!("{label}い");
    assert_eq!((part(&long), part("PW himitsu")), (long.clone(), "(text, 10 characters)".to_owned()));
    assert_eq!((unlisted("SyncPassword"), unlisted("Blob")), ("SyncPassword".into(), "Blob".into()));
    assert_eq!(unlisted("himitsu Password"), "(text, 16 characters)");
    assert_eq!(unlisted("Password1"), "(text, 9 characters)");
    assert_eq!(unlisted("my-secret-9"), "(text, 11 characters)");
    assert_eq!(part("a://b:himitsu@c/..."), "a://c/...");
}

#[test]
fn guids_stand_in_braces() {
    assert!(is_guid("{60D03F1B-38BA-4FC2-8CA3-89408FC4ED48}"));
    for name in ["", "{}", "60D03F1B-38BA-4FC2-8CA3-89408FC4ED48", "{60D03F1B-38BA-4FC2-8CA3-89408FC4ED4G}"] {
        assert!(!is_guid(name), "{name}");
    }
}

#[test]
fn numbers_outside_of_their_kind_stay_outside() {
    for (kind, number, expected) in [
        (PORT, 587, 587),
        (PORT, 0, 0),
        (PORT, 65_536, 99_999),
        (PORT, 1_234_567, 9_999_999),
        (Kind::Switch, 0xFFFF_FFFF, 0xFFFF_FFFF),
        (Kind::Switch, 20_261_129_123, 99_999_999_999),
        (Kind::Switch, i64::MAX, i64::MAX),
        (CODE, -20_261_129, -99_999_999),
    ] {
        assert_eq!(keep_number(kind, number).0, expected, "{kind:?} {number}");
    }
}

#[test]
fn flags_are_shown_with_their_names() {
    for (number, shown) in [(0, "0"), (5, "5 (SSL, AUTHENTICATE)"), (6, "6 (AUTHENTICATE)"), (64, "64")] {
        assert_eq!(keep_number(BITS, number), (number, fitting(shown.to_owned())));
    }
    assert_eq!(keep_number(BITS, 70_000), (99_999, stand_in("(number, 5 digits)".to_owned())));
    for value in ["5 (SSL)", "5 himitsu", "5 (SSL, AUTHENTICATE) himitsu", "yes", "-1"] {
        assert!(!keep(BITS, value).fits, "{value}");
    }
}

#[test]
fn of_a_list_the_known_words_stay() {
    assert_eq!(kept(LIST, "LOGIN himitsu"), "LOGIN ?");
    assert!(!keep(LIST, "LOGIN  CRAM-MD5 himitsu").fits && keep(LIST, "LOGIN").fits);
    assert_eq!(kept(LIST, "himitsu 9d41"), "(text, 12 characters)");
}

proptest! {
    /// What was kept once is kept as it is: a collected file gives what its source gave.
    #[test]
    fn what_was_kept_passes_unchanged(
        value in "(.|[a-z0-9@:/?#., ;=\"-]){0,40}|[a-z]{1,5}://([a-z:@]{1,9})?[a-z.]{1,9}(/[a-z?]{0,5})?|-?[0-9]{1,12}",
    ) {
        for kind in ALL.iter().copied() {
            let once = keep(kind, &value);
            let again = keep(kind, &once.text);
            prop_assert_eq!(&again.text, &once.text, "{:?}", kind);
            if let Ok(number) = value.parse() {
                let (number, kept) = keep_number(kind, number);
                prop_assert_eq!(keep_number(kind, number), (number, kept), "{:?}", kind);
            }
        }
    }

    /// What stands behind a blank in a value of the strict kinds never comes through.
    #[test]
    fn nothing_behind_a_blank_passes(value in "[a-z0-9.@]{1,12}", secret in "[!-~]{1,12}") {
        for kind in [PORT, CODE, Kind::Switch, WORDS, Kind::Host, Kind::Address, Kind::User, Kind::Link, Kind::Url, Kind::Version] {
            let kept = keep(kind, &format!("{value} {secret}"));
            prop_assert!(!kept.fits && is_stand_in(&kept.text), "{:?} {:?}", kind, kept);
        }
    }
}
