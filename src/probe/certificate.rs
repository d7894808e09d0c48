//! What a certificate says of itself (X.509, RFC 5280): names, issuer, days. Nothing is believed here, and nothing fetched.

use crate::formats::ber::{BerError, expect, split};
use crate::report::clean::clean;
use memchr::memmem;
use time::{Date, Month, OffsetDateTime, Time};

/// Names that are kept; those of large hosters have a hundred.
const NAMES: usize = 8;
/// The longest name that is kept, in characters.
const NAME: usize = 100;

const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const OID: u8 = 0x06;
const OCTETS: u8 = 0x04;
/// `[0]`, the version, and `[3]`, the extensions.
const VERSION: u8 = 0xA0;
const EXTENSIONS: u8 = 0xA3;
/// 2.5.4.3, 2.5.4.10 and 2.5.29.17
const COMMON_NAME: &[u8] = &[0x55, 4, 3];
const ORGANISATION: &[u8] = &[0x55, 4, 10];
const OTHER_NAMES: &[u8] = &[0x55, 29, 17];
/// `dNSName` of it.
const DNS_NAME: u8 = 0x82;
/// 1.3.6.1.5.5.7.1.1, and 1.3.6.1.5.5.7.48.2 in it: where the certificate of the issuer is to be had.
const ACCESS: &[u8] = &[0x2B, 6, 1, 5, 5, 7, 1, 1];
const ISSUERS: &[u8] = &[0x2B, 6, 1, 5, 5, 7, 48, 2];

/// What stands in a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Written {
    /// For whom it is.
    pub(super) names: Vec<String>,
    /// Who signed it, as people call it.
    pub(super) issuer: Option<String>,
    /// From when to when it holds.
    pub(super) from: Option<OffsetDateTime>,
    pub(super) until: Option<OffsetDateTime>,
    /// It is signed by who it is of.
    pub(super) is_own_issuer: bool,
    /// It says where its issuer's certificate is to be had: one of a public authority.
    pub(super) names_place_of_issuer: bool,
    /// Issuer and subject, as they stand there.
    issuer_bytes: Vec<u8>,
    subject_bytes: Vec<u8>,
}

impl Written {
    /// True if the other one is of whom this one is signed by.
    pub(super) fn may_be_signed_by(&self, other: &Self) -> bool {
        self.issuer_bytes == other.subject_bytes
    }
}

/// Reads one certificate.
pub(super) fn read(der: &[u8]) -> Result<Written, BerError> {
    let mut rest = der;
    let mut certificate = expect(&mut rest, SEQUENCE)?;
    let mut rest = expect(&mut certificate, SEQUENCE)?;
    if rest.first() == Some(&VERSION) {
        split(&mut rest)?;
    }
    // Serial number, algorithm.
    split(&mut rest)?;
    split(&mut rest)?;
    let issuer = expect(&mut rest, SEQUENCE)?;
    let mut days = expect(&mut rest, SEQUENCE)?;
    let subject = expect(&mut rest, SEQUENCE)?;
    let mut written = Written {
        issuer: name_in(issuer, ORGANISATION).or_else(|| name_in(issuer, COMMON_NAME)),
        from: moment(split(&mut days)?.content),
        until: moment(split(&mut days)?.content),
        is_own_issuer: issuer == subject,
        issuer_bytes: issuer.to_vec(),
        subject_bytes: subject.to_vec(),
        ..Written::default()
    };
    while !rest.is_empty() {
        let part = split(&mut rest)?;
        if part.tag == EXTENSIONS {
            extensions(part.content, &mut written)?;
        }
    }
    if written.names.is_empty() {
        written.names.extend(name_in(subject, COMMON_NAME));
    }
    Ok(written)
}

fn extensions(mut input: &[u8], written: &mut Written) -> Result<(), BerError> {
    let mut list = expect(&mut input, SEQUENCE)?;
    while !list.is_empty() {
        let mut extension = expect(&mut list, SEQUENCE)?;
        let oid = expect(&mut extension, OID)?;
        let mut value = split(&mut extension)?;
        if value.tag != OCTETS {
            // Whether it is critical.
            value = split(&mut extension)?;
        }
        if oid == OTHER_NAMES {
            let mut content = value.content;
            let mut names = expect(&mut content, SEQUENCE)?;
            while !names.is_empty() {
                let name = split(&mut names)?;
                if name.tag == DNS_NAME && written.names.len() < NAMES {
                    written.names.extend(shown(name.content));
                }
            }
        } else if oid == ACCESS {
            written.names_place_of_issuer = memmem::find(value.content, ISSUERS).is_some();
        }
    }
    Ok(())
}

/// An attribute of a distinguished name.
fn name_in(mut name: &[u8], wanted: &[u8]) -> Option<String> {
    while !name.is_empty() {
        let mut set = expect(&mut name, SET).ok()?;
        let mut attribute = expect(&mut set, SEQUENCE).ok()?;
        let oid = expect(&mut attribute, OID).ok()?;
        let value = split(&mut attribute).ok()?;
        if oid == wanted {
            return shown(value.content);
        }
    }
    None
}

/// A name, cut and cleaned.
fn shown(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let text = clean(&text.chars().take(NAME).collect::<String>());
    (!text.is_empty()).then_some(text)
}

/// `UTCTime` or `GeneralizedTime` as RFC 5280, 4.1.2.5, has them: `YYMMDDHHMMSSZ`, or with a year of four digits.
fn moment(text: &[u8]) -> Option<OffsetDateTime> {
    let text = std::str::from_utf8(text).ok()?.strip_suffix('Z')?;
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (year, rest) = text.split_at_checked(text.len().checked_sub(10)?)?;
    let year: i32 = match (year.len(), year.parse().ok()?) {
        (2, short @ 0..50) => 2000 + short,
        (2, short) => 1900 + short,
        (4, long) => long,
        _ => return None,
    };
    let two = |at: usize| rest.get(at..at + 2)?.parse::<u8>().ok();
    let date = Date::from_calendar_date(year, Month::try_from(two(0)?).ok()?, two(2)?).ok()?;
    let time = Time::from_hms(two(4)?, two(6)?, two(8)?).ok()?;
    Some(OffsetDateTime::new_utc(date, time))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::iso;
    use rcgen::{CertificateParams, DnType, KeyPair};

    #[test]
    fn a_certificate_says_for_whom_and_how_long() {
        let names = vec!["mail.example.jp".to_owned(), "*.example.jp".to_owned()];
        let mut params = CertificateParams::new(names.clone()).unwrap();
        params.distinguished_name.push(DnType::OrganizationName, "Example \u{1b}[31m CA");
        params.not_before = rcgen::date_time_ymd(2024, 2, 29);
        params.not_after = rcgen::date_time_ymd(2051, 1, 2);
        let certificate = params.self_signed(&KeyPair::generate().unwrap()).unwrap();
        let written = read(certificate.der()).unwrap();
        assert_eq!(written.names, names);
        assert_eq!(written.issuer.as_deref(), Some("Example \\u{1b}[31m CA"));
        let day = |moment: Option<OffsetDateTime>| iso(moment.unwrap().date());
        assert_eq!(
            (day(written.from), day(written.until)),
            ("2024-02-29".to_owned(), "2051-01-02".to_owned())
        );
        assert!(written.is_own_issuer && !written.names_place_of_issuer);
        assert!(written.may_be_signed_by(&written));
    }

    #[test]
    fn what_is_cut_off_is_no_certificate() {
        let params = CertificateParams::new(vec!["mail.example.jp".to_owned()]).unwrap();
        let certificate = params.self_signed(&KeyPair::generate().unwrap()).unwrap();
        for length in 0..certificate.der().len() - 1 {
            assert!(read(&certificate.der()[..length]).is_err(), "{length}");
        }
    }

    #[test]
    fn times_of_both_forms() {
        let of = |text: &str| moment(text.as_bytes()).map(OffsetDateTime::unix_timestamp);
        assert_eq!(of("700101000000Z"), Some(0));
        assert_eq!(of("19700101000001Z"), Some(1));
        assert_eq!(of("491231235959Z"), Some(2_524_607_999));
        for text in
            ["", "Z", "700101000000", "701301000000Z", "7001010000Z", "+00101000000Z", "700101000060Z"]
        {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
