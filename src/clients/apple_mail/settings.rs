//! What Apple Mail stores: its own lists of accounts of Mac OS X 10.4 to 10.10, and what else is looked at.
//!
//! Names and values: published examples of Accounts.plist and com.apple.mail.plist. What the lists share with the Accounts
//! store of later systems stands with it.

use crate::clients::apple_accounts::settings::{
    ALLOWS_INSECURE, AUTHENTICATION_SCHEME, CONFIGURE_DYNAMICALLY, EMAIL_ADDRESSES, HOSTNAME, PORT_NUMBER,
    SECURITY_LAYER_TYPE, SHOULD_USE_AUTHENTICATION, SMTP_IDENTIFIER, SSL_ENABLED, SSL_IS_DIRECT,
    USE_DEFAULT_PORTS, USERNAME,
};
use crate::clients::apple_accounts::values::kept_dict;
use crate::formats::facts::{Fact, Group, fact};
use crate::formats::kinds::Kind;
use crate::formats::plist::{PlistError, Tree, parse, to_xml};
use crate::model::limits;
use crate::source::rules::{Content, Copy, FileRule, Looks, Sample};

const LISTS: &str = "published examples of Accounts.plist and com.apple.mail.plist";

/// Classes of accounts: mail's, those of services, those without mail (ACAccountTypeForSyncAccountType of Apple's Accounts
/// framework; the others by published examples).
const TYPES: Kind = Kind::Choice(&[
    "IMAPAccount",
    "POPAccount",
    "SMTPAccount",
    "iToolsAccount",
    ".Mac",
    "GmailAccount",
    "YahooAccount",
    "EWSAccount",
    "ExchangeAccount",
    "AosImapAccount",
    "iCloudAccount",
    "LocalAccount",
    "RSSAccount",
]);

pub(super) const ACCOUNT_TYPE: Fact = fact("AccountType", TYPES, "", LISTS);
pub(super) const ACCOUNT_NAME: Fact = fact("AccountName", Kind::Label, "the address", LISTS);
pub(super) const UNIQUE_ID: Fact = fact("uniqueId", Kind::Link, "", LISTS);

/// Settings of an account, for receiving or sending.
pub(super) const ACCOUNT: &[Fact] = &[
    ACCOUNT_TYPE,
    ACCOUNT_NAME,
    UNIQUE_ID,
    HOSTNAME,
    USERNAME,
    PORT_NUMBER,
    SSL_ENABLED,
    SSL_IS_DIRECT,
    SECURITY_LAYER_TYPE,
    SHOULD_USE_AUTHENTICATION,
    AUTHENTICATION_SCHEME,
    USE_DEFAULT_PORTS,
    CONFIGURE_DYNAMICALLY,
    ALLOWS_INSECURE,
    SMTP_IDENTIFIER,
    EMAIL_ADDRESSES,
];
pub(super) const MAIL_ACCOUNTS: &str = "MailAccounts";
pub(super) const DELIVERY_ACCOUNTS: &str = "DeliveryAccounts";
const GROUPS: &[Group] = &[(MAIL_ACCOUNTS, ACCOUNT), (DELIVERY_ACCOUNTS, ACCOUNT)];

/// Accounts.plist of 10.7 to 10.10, and the preferences of 10.4 to 10.6.
pub(super) static ACCOUNTS_PLIST: FileRule = FileRule {
    id: "Accounts.plist",
    names: &["Accounts.plist", "com.apple.mail.plist"],
    looks: Looks::Content(looks),
    limit: &limits::SETTINGS,
    groups: GROUPS,
    copy: Copy::Text(|content, _| Some(to_xml(&lists(content).ok()?))),
};

pub(super) const VERSION: Fact = fact("CFBundleShortVersionString", Kind::Version, "", "Apple, Bundle");
/// The program itself, where the disk is at hand.
pub(super) static MAIL_APP: FileRule = FileRule {
    id: "Mail.app/Contents/Info.plist",
    names: &[],
    looks: Looks::Unlike,
    limit: &limits::SETTINGS,
    groups: &[("*", &[VERSION])],
    copy: Copy::Text(|content, _| Some(to_xml(&kept_dict(&parse(content).ok()?, &[VERSION])))),
};

/// From 10.11 on, Mail's folder has one folder for each account, named with the account's identifier.
pub(super) static MAIL_FOLDER: FileRule = FileRule {
    id: "Library/Mail/V*",
    names: &["V*"],
    looks: Looks::Unlike,
    limit: &limits::ANY,
    groups: &[],
    copy: Copy::Folder(|name| is_account(name).then_some("00000000-0000-0000-0000-000000000000")),
};

/// True for the name of an account's folder.
pub(super) fn is_account(name: &str) -> bool {
    name.len() == 36 && name.split('-').map(str::len).eq([8, 4, 4, 4, 12])
}

fn looks(sample: &Sample) -> bool {
    let is_list = sample.bytes.starts_with(b"bplist") || sample.text.contains("<plist");
    is_list && [MAIL_ACCOUNTS, DELIVERY_ACCOUNTS].iter().any(|name| sample.holds(name.as_bytes()))
}

/// The two lists, each value through the door; what is no account there is an empty text.
pub(super) fn lists(content: &Content) -> Result<Tree, PlistError> {
    let tree = parse(content)?;
    let no_account = || Tree::Text(String::new());
    let lists = content.rule.groups.iter().filter_map(|(name, facts)| {
        let list = match tree.get(name)? {
            Tree::List(items) => {
                let item = |item: &Tree| match item {
                    Tree::Dict(_) => kept_dict(item, facts),
                    _ => no_account(),
                };
                Tree::List(items.iter().map(item).collect())
            }
            _ => no_account(),
        };
        Some(((*name).to_owned(), list))
    });
    Ok(Tree::Dict(lists.collect()))
}
