//! Chains made here, as of a day that is written here.

use super::*;
use rcgen::{BasicConstraints, CertificateParams, CustomExtension, DnType, IsCa, Issuer, KeyPair};

/// An authority, and what it has signed.
struct Authority {
    certificate: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
}

fn ca(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.not_before = rcgen::date_time_ymd(2020, 1, 1);
    params.not_after = rcgen::date_time_ymd(2040, 1, 1);
    params
}

fn root() -> Authority {
    let key = KeyPair::generate().unwrap();
    let params = ca("Example Root");
    let certificate = params.self_signed(&key).unwrap().der().clone();
    Authority { certificate, issuer: Issuer::new(params, key) }
}

fn below(authority: &Authority) -> Authority {
    let key = KeyPair::generate().unwrap();
    let mut params = ca("Example Intermediate");
    params.custom_extensions.push(place_of_issuer());
    let certificate = params.signed_by(&key, &authority.issuer).unwrap().der().clone();
    Authority { certificate, issuer: Issuer::new(params, key) }
}

/// `http://a.example/i` as the place of the issuer's certificate.
fn place_of_issuer() -> CustomExtension {
    let uri = b"http://a.example/i";
    let mut access = [&[0x06, 8][..], ISSUERS, &[0x86, 18], uri].concat();
    access = [&[0x30, u8::try_from(access.len()).unwrap()][..], &access].concat();
    access = [&[0x30, u8::try_from(access.len()).unwrap()][..], &access].concat();
    CustomExtension::from_oid_content(&[1, 3, 6, 1, 5, 5, 7, 1, 1], access)
}

const ISSUERS: &[u8] = &[0x2B, 6, 1, 5, 5, 7, 48, 2];

fn leaf(names: &[&str]) -> CertificateParams {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut params = CertificateParams::new(names).unwrap();
    params.distinguished_name.push(DnType::CommonName, "mail");
    params.not_before = rcgen::date_time_ymd(2026, 1, 1);
    params.not_after = rcgen::date_time_ymd(2026, 12, 31);
    params
}

fn signed(params: &CertificateParams, by: &Authority) -> CertificateDer<'static> {
    params.signed_by(&KeyPair::generate().unwrap(), &by.issuer).unwrap().der().clone()
}

fn faults(chain: &[CertificateDer<'static>], roots: &Roots, day: (i32, u8, u8)) -> Vec<Fault> {
    let host = ServerName::try_from("mail.example.jp").unwrap();
    judge(chain, Some(&host), roots, rcgen::date_time_ymd(day.0, day.1, day.2)).unwrap().faults
}

const GOOD_DAY: (i32, u8, u8) = (2026, 6, 1);

#[test]
fn each_fault_has_its_name() {
    let root = root();
    let between = below(&root);
    let roots = Roots::of(std::slice::from_ref(&root.certificate));
    let mut params = leaf(&["mail.example.jp"]);
    params.custom_extensions.push(place_of_issuer());
    let good = signed(&params, &between);
    let whole = [good.clone(), between.certificate.clone()];
    assert_eq!(faults(&whole, &roots, GOOD_DAY), []);
    assert_eq!(faults(&whole, &roots, (2027, 1, 1)), [Fault::Expired]);
    assert_eq!(faults(&whole, &roots, (2025, 12, 31)), [Fault::NotYet]);
    assert_eq!(faults(std::slice::from_ref(&good), &roots, GOOD_DAY), [Fault::MissingIntermediate]);
    assert_eq!(faults(&whole, &Roots::default(), GOOD_DAY), [Fault::NoRoots]);
    let foreign = Roots::of(&[self::root().certificate]);
    assert_eq!(
        faults(&[good.clone(), between.certificate.clone(), root.certificate.clone()], &foreign, GOOD_DAY),
        [Fault::UnknownIssuer]
    );
    let own = signed(&leaf(&["mail.example.jp"]), &root);
    assert_eq!(faults(std::slice::from_ref(&own), &foreign, GOOD_DAY), [Fault::UnknownIssuer]);
    let other = signed(&leaf(&["www.example.jp"]), &root);
    assert_eq!(faults(std::slice::from_ref(&other), &roots, GOOD_DAY), [Fault::OtherName]);
    assert_eq!(faults(&[other], &roots, (2027, 1, 1)), [Fault::Expired, Fault::OtherName]);
    let wild = signed(&leaf(&["*.example.jp"]), &root);
    assert_eq!(faults(&[wild], &roots, GOOD_DAY), []);
}

#[test]
fn what_vouches_for_itself_is_told() {
    let certificate =
        leaf(&["mail.example.jp"]).self_signed(&KeyPair::generate().unwrap()).unwrap().der().clone();
    let roots = Roots::of(&[root().certificate]);
    assert_eq!(faults(std::slice::from_ref(&certificate), &roots, GOOD_DAY), [Fault::SelfSigned]);
    // Unless it is one of the roots.
    let roots = Roots::of(std::slice::from_ref(&certificate));
    assert_eq!(faults(&[certificate], &roots, GOOD_DAY), []);
}

#[test]
fn rubbish_is_no_certificate() {
    let rubbish = [CertificateDer::from(vec![0x30, 0x80, 1, 2, 3])];
    assert_eq!(faults(&rubbish, &Roots::default(), GOOD_DAY), [Fault::Invalid]);
    let nothing: [CertificateDer<'static>; 0] = [];
    assert_eq!(judge(&nothing, None, &Roots::default(), rcgen::date_time_ymd(2026, 1, 1)), None);
}
