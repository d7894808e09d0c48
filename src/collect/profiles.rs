//! Configuration profiles with the allowed settings of their mail payloads, as plain property lists.

use super::allowed;
use super::apple::{dict, entry};
use crate::formats::plist::Tree;
use crate::formats::profile;

/// A profile that can't be read: a beginning of signed data, so that its reader says so again.
const UNREADABLE: &str = "-----BEGIN PKCS7-----\n(not readable where it was collected)\n";
/// What tells a profile from others.
const TOP: [&str; 4] = ["PayloadType", "PayloadIdentifier", "PayloadUUID", "PayloadDisplayName"];

/// The profile without its signature; of payloads that set up no mail only the kind.
pub(super) fn profile(bytes: &[u8]) -> String {
    let Ok(profile) = profile::parse(bytes) else { return UNREADABLE.to_owned() };
    let tree = &profile.tree;
    let mut file = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\">\n");
    match tree.get("PayloadContent") {
        Some(Tree::List(items)) => {
            file.push_str("<dict>\n");
            top(tree, &mut file);
            file.push_str("<key>PayloadContent</key>\n<array>\n");
            for item in items {
                match item {
                    Tree::Dict(_) if is_mail(item) => dict(item, &mut file, allowed::profile),
                    Tree::Dict(_) => dict(item, &mut file, |name| name == "PayloadType"),
                    _ => file.push_str("<string/>\n"),
                }
            }
            file.push_str("</array>\n</dict>\n");
        }
        _ if is_mail(tree) => dict(tree, &mut file, allowed::profile),
        _ => {
            file.push_str("<dict>\n");
            top(tree, &mut file);
            file.push_str("</dict>\n");
        }
    }
    file + "</plist>\n"
}

/// That a profile is encrypted is kept, not its content.
fn top(tree: &Tree, file: &mut String) {
    for name in TOP {
        entry(tree, name, file);
    }
    let is_encrypted = tree.get("EncryptedPayloadContent").is_some()
        || tree.get("IsEncrypted").and_then(Tree::apple_bool) == Some(true);
    if is_encrypted {
        file.push_str("<key>IsEncrypted</key>\n<true/>\n");
    }
}

fn is_mail(payload: &Tree) -> bool {
    const KINDS: [&str; 4] = [
        "com.apple.mail.managed",
        "com.apple.eas.account",
        "com.apple.ews.account",
        "com.apple.google-oauth",
    ];
    payload.get("PayloadType").and_then(Tree::text).is_some_and(|kind| KINDS.contains(&kind.trim()))
}
