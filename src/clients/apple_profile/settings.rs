//! What a configuration profile holds that sets up mail.
//!
//! Names, values and defaults: apple/device-management, mdm/profiles/com.apple.mail.managed.yaml, com.apple.eas.account.yaml,
//! com.apple.ews.account.yaml, com.apple.google-oauth.yaml and TopLevel.yaml.

use super::file::parse;
use crate::clients::apple_accounts::settings::EMAIL_ADDRESS;
use crate::clients::apple_accounts::values::kept_dict;
use crate::formats::facts::{Fact, fact};
use crate::formats::kinds::{Kind as Holds, PORT};
use crate::formats::plist::{Tree, to_xml};
use crate::model::limits;
use crate::source::rules::{Content, Copy, FileRule, Looks, Sample};

/// Whose word the settings and defaults are.
pub(super) const SOURCE: &str = "Apple, device-management: com.apple.mail.managed";
const TOP: &str = "Apple, device-management: TopLevel";
const SERVICE: &str = "Apple, device-management: com.apple.eas.account, com.apple.ews.account";
/// Of iOS: `stubDictionary` of MCEmailAccountPayload.
const STUB: &str = "Apple, MCEmailAccountPayload of iOS";

/// A payload's switches are booleans; a device takes no other form of them.
const SWITCH: Holds = Holds::Choice(&["true", "false", "1", "0"]);

pub(super) const CONFIGURATION: &str = "Configuration";
pub(super) const MAIL: &str = "com.apple.mail.managed";
pub(super) const EAS: &str = "com.apple.eas.account";
pub(super) const EWS: &str = "com.apple.ews.account";
pub(super) const GOOGLE: &str = "com.apple.google-oauth";
/// The payload types that may set up mail.
const OF_MAIL: [&str; 4] = [MAIL, EAS, EWS, GOOGLE];

pub(super) const TYPE: Fact =
    fact("PayloadType", Holds::Choice(&[CONFIGURATION, MAIL, EAS, EWS, GOOGLE]), "", TOP);
pub(super) const IDENTIFIER: Fact = fact("PayloadIdentifier", Holds::Link, "", TOP);
pub(super) const UUID: Fact = fact("PayloadUUID", Holds::Link, "", TOP);
pub(super) const NAME: Fact = fact("PayloadDisplayName", Holds::Label, "", TOP);
pub(super) const IS_ENCRYPTED: Fact = fact("IsEncrypted", Holds::Switch, "", TOP);
/// That it is there says the same.
const ENCRYPTED: &str = "EncryptedPayloadContent";
/// The list of payloads.
pub(super) const CONTENT: &str = "PayloadContent";

pub(super) const ACCOUNT_TYPE: Fact =
    fact("EmailAccountType", Holds::Choice(&["EmailTypePOP", "EmailTypeIMAP"]), "", SOURCE);
pub(super) const DESCRIPTION: Fact = fact("EmailAccountDescription", Holds::Label, "the address", SOURCE);
pub(super) const IN_HOST: Fact = fact("IncomingMailServerHostName", Holds::Host, "", SOURCE);
pub(super) const IN_PORT: Fact = fact("IncomingMailServerPortNumber", PORT, "the usual one", SOURCE);
pub(super) const IN_SSL: Fact = fact("IncomingMailServerUseSSL", SWITCH, "false", SOURCE);
pub(super) const IN_USER: Fact = fact("IncomingMailServerUsername", Holds::User, "", SOURCE);
/// EmailAuthNone and the like, for both sides.
const METHODS: Holds = Holds::Choice(&[
    "EmailAuthNone",
    "EmailAuthPassword",
    "EmailAuthCRAMMD5",
    "EmailAuthHTTPMD5",
    "EmailAuthNTLM",
]);
pub(super) const IN_AUTH: Fact = fact("IncomingMailServerAuthentication", METHODS, "", SOURCE);
pub(super) const OUT_HOST: Fact = fact("OutgoingMailServerHostName", Holds::Host, "", SOURCE);
pub(super) const OUT_PORT: Fact = fact("OutgoingMailServerPortNumber", PORT, "25, 587, 465", SOURCE);
pub(super) const OUT_SSL: Fact = fact("OutgoingMailServerUseSSL", SWITCH, "false", SOURCE);
pub(super) const OUT_USER: Fact = fact("OutgoingMailServerUsername", Holds::User, "", SOURCE);
pub(super) const OUT_AUTH: Fact = fact("OutgoingMailServerAuthentication", METHODS, "", SOURCE);
/// A yes or no, whatever its name.
pub(super) const SAME_PASSWORD: Fact =
    fact("OutgoingPasswordSameAsIncomingPassword", SWITCH, "false", SOURCE);
/// In the copy that a device keeps of a profile: what its list of accounts calls the account.
pub(super) const STUB_ACCOUNT: Fact = fact("IncomingACAccountIdentifier", Holds::Link, "", STUB);
pub(super) const SERVICE_DESCRIPTION: Fact = fact("AccountDescription", Holds::Label, "", SERVICE);
pub(super) const SERVICE_HOST: Fact = fact("Host", Holds::Host, "", SERVICE);
pub(super) const SERVICE_USER: Fact = fact("UserName", Holds::User, "", SERVICE);
/// Contacts and calendars only; mail is on unless it is switched off (since iOS 13).
pub(super) const ENABLE_MAIL: Fact = fact("EnableMail", Holds::Switch, "true", SERVICE);

/// What tells a profile from others.
pub(super) const OF_PROFILE: &[Fact] = &[TYPE, IDENTIFIER, UUID, NAME, IS_ENCRYPTED];
/// What a payload of mail may hold.
pub(super) const OF_PAYLOAD: &[Fact] = &[
    TYPE,
    IDENTIFIER,
    UUID,
    NAME,
    IS_ENCRYPTED,
    ACCOUNT_TYPE,
    DESCRIPTION,
    EMAIL_ADDRESS,
    IN_HOST,
    IN_PORT,
    IN_SSL,
    IN_USER,
    IN_AUTH,
    OUT_HOST,
    OUT_PORT,
    OUT_SSL,
    OUT_USER,
    OUT_AUTH,
    SAME_PASSWORD,
    STUB_ACCOUNT,
    SERVICE_DESCRIPTION,
    SERVICE_HOST,
    SERVICE_USER,
    ENABLE_MAIL,
];

/// A profile, as its issuer gives it out or as a device keeps it.
pub(super) static MOBILECONFIG: FileRule = FileRule {
    id: "*.mobileconfig",
    names: &["*.mobileconfig"],
    looks: Looks::Content(looks),
    limit: &limits::SETTINGS,
    groups: &[("*", OF_PROFILE), (CONTENT, OF_PAYLOAD)],
    copy: Copy::Text(copy),
};

/// In the place of a profile that can't be read: a beginning of signed data, so that its reader says so again.
const UNREADABLE: &str = "-----BEGIN PKCS7-----\n(not readable where it was collected)\n";

/// Signed data of CMS (RFC 5652, 5.1) in DER, BER or text form, or a list with what every payload carries.
fn looks(sample: &Sample) -> bool {
    const SIGNED_DATA: &[u8] = &[0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];
    let start = sample.head.get(..24).unwrap_or(sample.head);
    let mut parts = start.windows(SIGNED_DATA.len());
    let is_signed = start.first() == Some(&0x30) && parts.any(|part| part == SIGNED_DATA);
    let is_list = sample.bytes.starts_with(b"bplist") || sample.text.contains("<plist");
    let has_payloads = || [TYPE, IDENTIFIER].iter().all(|fact| sample.holds(fact.name.as_bytes()));
    is_signed
        || super::file::BEGINNINGS.iter().any(|mark| sample.text.trim_start().starts_with(mark))
        || (is_list && has_payloads())
}

/// Without its signature.
#[expect(clippy::unnecessary_wraps, reason = "the type that the rule of a file asks for")]
fn copy(content: &Content, _: usize) -> Option<String> {
    Some(parse(content).map_or_else(|_| UNREADABLE.to_owned(), |profile| to_xml(&kept(&profile.tree))))
}

/// Each value through the door; of payloads that set up no mail only the kind. That a profile is encrypted is kept, not its
/// content.
pub(super) fn kept(tree: &Tree) -> Tree {
    let payload = |item: &Tree| match item {
        Tree::Dict(_) if is_mail(item) => kept_dict(item, OF_PAYLOAD),
        Tree::Dict(_) => kept_dict(item, &[TYPE]),
        _ => Tree::Text(String::new()),
    };
    let list = match tree.get(CONTENT) {
        Some(Tree::List(items)) => Some(Tree::List(items.iter().map(payload).collect())),
        _ => None,
    };
    let facts = if list.is_none() && is_mail(tree) { OF_PAYLOAD } else { OF_PROFILE };
    let mut kept = kept_dict(tree, facts);
    if let Tree::Dict(entries) = &mut kept {
        entries.extend(list.map(|list| (CONTENT.to_owned(), list)));
        if tree.get(ENCRYPTED).is_some() {
            entries.push((IS_ENCRYPTED.name.to_owned(), Tree::Bool(true)));
        }
    }
    kept
}

fn is_mail(payload: &Tree) -> bool {
    payload.get(TYPE.name).and_then(Tree::text).is_some_and(|kind| OF_MAIL.contains(&kind.trim()))
}
