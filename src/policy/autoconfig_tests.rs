//! Autoconfig files as policies, and what is wrong in them.

use super::*;
use crate::model::Lang;
use crate::policy::{Claimant, Side};

const FILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<clientConfig version="1.1">
  <emailProvider id="Example.jp">
    <domain>example.jp</domain>
    <domain>example.com</domain>
    <displayName>例の会社</displayName>
    <incomingServer type="exchange"><hostname>x y</hostname></incomingServer>
    <incomingServer type="imap">
      <hostname>imap.example.jp</hostname><port>993</port><socketType>SSL</socketType>
      <username>%EMAILADDRESS%</username>
      <authentication>OAuth2</authentication>
      <authentication>password-cleartext</authentication>
    </incomingServer>
    <outgoingServer type="smtp">
      <hostname>smtp.%EMAILDOMAIN%</hostname><port>587</port><socketType>STARTTLS</socketType>
      <username>%EMAILLOCALPART%</username><restriction>client-IP-address</restriction>
      <authentication>password-encrypted</authentication>
    </outgoingServer>
    <outgoingServer type="smtp">
      <hostname>old.example.jp</hostname><port>25</port><socketType>plain</socketType>
      <authentication>smtp-after-pop</authentication>
    </outgoingServer>
    <documentation url="javascript:x"/><documentation url="https://www.example.jp/mail"/>
  </emailProvider>
</clientConfig>
"#;

#[test]
fn a_file_is_a_policy_without_days() {
    let Reading { policy, warnings } = read(FILE, Origin::Given).unwrap();
    assert_eq!((&*policy.id, policy.name.get(Lang::Ja)), ("example-jp", "例の会社"));
    assert_eq!(policy.notice.as_deref(), Some("https://www.example.jp/mail"));
    let [first, second] = &policy.sending.as_ref().unwrap()[..] else { panic!("{policy:?}") };
    assert_eq!((&first.host[..], &first.port[..]), (&["smtp.{domain}".to_owned()][..], &[587][..]));
    assert_eq!((&first.security[..], first.user), (&[Security::StartTls][..], Some(UserName::LocalPart)));
    assert_eq!(first.auth, [Method::By(Auth::EncryptedPassword)]);
    assert_eq!(second.auth, [Method::PopBeforeSmtp]);
    assert!(first.lasts() && second.lasts());
    let [only] = &policy.receiving.as_ref().unwrap()[..] else { panic!("{policy:?}") };
    assert_eq!((only.protocol, only.user), (Some(Protocol::Imap), Some(UserName::Address)));
    assert_eq!(only.auth, [Method::By(Auth::OAuth2), Method::By(Auth::Password)]);
    let places: Vec<_> = warnings.iter().map(|found| (found.line, found.column, &*found.field)).collect();
    assert_eq!(places, [(16, 44, "outgoingServer.restriction"), (21, 7, "outgoingServer.authentication")]);
}

#[test]
fn it_claims_its_domains_and_its_servers() {
    let policy = read(FILE, Origin::Given).unwrap().policy;
    let of = |outgoing: &str, incoming: &str, address: &str| {
        let (outgoing, addresses) = ([outgoing.to_owned()], [address.to_owned()]);
        let account = Claimant { outgoing: &outgoing, incoming: Some(incoming), addresses: &addresses };
        [Side::Sending, Side::Receiving].map(|side| policy.claims(account, side))
    };
    assert_eq!(of("a.b", "a.b", "taro@example.com"), [true, true]);
    assert_eq!(of("smtp.example.com", "a.b", "taro@other.jp"), [true, false]);
    assert_eq!(of("smtp.other.jp", "imap.example.jp", "taro@other.jp"), [false, true]);
    assert_eq!(of("smtp.other.jp", "a.b", "taro@other.jp"), [false, false]);
}

#[test]
fn mistakes_have_a_place_and_no_content() {
    for (old, new, place) in [
        ("<port>587</port>", "<port>himitsu</port>", "15:46 outgoingServer.port"),
        ("<port>587</port>", "", "14:5 outgoingServer.port"),
        ("STARTTLS", "himitsu", "15:62 outgoingServer.socketType"),
        ("old.example.jp", "himi tsu", "20:7 outgoingServer.hostname"),
        ("<domain>example.com", "<domain>himitsu@example.com", "5:5 domain"),
        ("</emailProvider>", "</himitsu>", "24:3 "),
        ("clientConfig", "himitsu", "1:1 "),
        ("emailProvider", "himitsu", "2:1 "),
    ] {
        let found = read(&FILE.replace(old, new), Origin::Given).expect_err(new);
        assert_eq!(format!("{}:{} {}", found[0].line, found[0].column, found[0].field), place);
        assert!(!format!("{found:?}").contains("himitsu"), "{found:?}");
    }
    let without = FILE.replace("type=\"smtp\"", "type=\"x\"").replace("type=\"imap\"", "type=\"x\"");
    assert_eq!(read(&without, Origin::Given).expect_err("no server")[0].field, "emailProvider");
    for word in ["none", "client-IP-address"] {
        let warnings = read(&FILE.replace("smtp-after-pop", word), Origin::Given).unwrap().warnings;
        assert_eq!(warnings.len(), 2, "{word}");
    }
    let unknown = read(&FILE.replace("password-encrypted", "himitsu"), Origin::Given).unwrap();
    assert_eq!((unknown.warnings.len(), unknown.policy.sending.unwrap()[0].auth.len()), (3, 0));
}
