//! What Android's mail apps store: the tables and columns of EmailProvider.db.
//!
//! AOSP, packages/apps/Email, branch marshmallow-release: DBHelper.java (tables), HostAuth.java and Account.java (values).

use crate::formats::facts::{Fact, fact};
use crate::formats::kinds::Kind;

/// Whose word the servers and their defaults are.
pub(super) const HOST_AUTH_JAVA: &str = "AOSP, packages/apps/Email: HostAuth.java";
const ACCOUNT_JAVA: &str = "AOSP, packages/apps/Email: Account.java";

pub(super) const SSL: i64 = 0x01;
pub(super) const TLS: i64 = 0x02;
pub(super) const AUTHENTICATE: i64 = 0x04;
pub(super) const OAUTH: i64 = 0x10;
/// `TRUST_ALL` accepts any certificate.
const FLAGS: &[(i64, &str)] =
    &[(SSL, "SSL"), (TLS, "TLS"), (AUTHENTICATE, "AUTHENTICATE"), (0x08, "TRUST_ALL"), (OAUTH, "OAUTH")];

/// The number of a row, which SQLite chooses.
const ROW: Kind = Kind::Number(i64::MIN, i64::MAX);
/// Google's variants have a letter before the name.
const PROTOCOLS: Kind =
    Kind::Choice(&["pop3", "pop", "imap", "smtp", "eas", "gpop3", "gpop", "gimap", "gsmtp", "geas"]);

/// In every table.
const ID: Fact = fact("_id", ROW, "", ACCOUNT_JAVA);
pub(super) const DISPLAY_NAME: Fact = fact("displayName", Kind::Label, "the address", ACCOUNT_JAVA);
pub(super) const EMAIL_ADDRESS: Fact = fact("emailAddress", Kind::Address, "", ACCOUNT_JAVA);
pub(super) const KEY_RECV: Fact = fact("hostAuthKeyRecv", ROW, "", ACCOUNT_JAVA);
pub(super) const KEY_SEND: Fact = fact("hostAuthKeySend", ROW, "", ACCOUNT_JAVA);
pub(super) const ACCOUNT_FLAGS: Fact = fact("flags", Kind::Number(0, i32::MAX as i64), "0", ACCOUNT_JAVA);
/// Up to version 125 (Android 5.1); from then on the default account is kept elsewhere.
pub(super) const IS_DEFAULT: Fact = fact("isDefault", Kind::Switch, "0", ACCOUNT_JAVA);

pub(super) const PROTOCOL: Fact = fact("protocol", PROTOCOLS, "", HOST_AUTH_JAVA);
pub(super) const ADDRESS: Fact = fact("address", Kind::Host, "", HOST_AUTH_JAVA);
pub(super) const SERVER_PORT: Fact =
    fact("port", Kind::Number(-1, 65535), "465 with TLS, else 587", HOST_AUTH_JAVA);
pub(super) const SERVER_FLAGS: Fact = fact("flags", Kind::Flags(FLAGS), "0", HOST_AUTH_JAVA);
pub(super) const LOGIN: Fact = fact("login", Kind::User, "", HOST_AUTH_JAVA);
/// The row of a token, by which alone an account that signs in by OAuth can be told; since version 125.
pub(super) const CREDENTIAL_KEY: Fact = fact("credentialKey", ROW, "-1", HOST_AUTH_JAVA);

/// A table, and the columns of it that are asked for, its number first. The column `password` never is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table {
    pub name: &'static str,
    pub columns: &'static [Fact],
}

pub(super) const ACCOUNT: Table = Table {
    name: "Account",
    columns: &[ID, DISPLAY_NAME, EMAIL_ADDRESS, KEY_RECV, KEY_SEND, ACCOUNT_FLAGS, IS_DEFAULT],
};
pub(super) const HOST_AUTH: Table = Table {
    name: "HostAuth",
    columns: &[ID, PROTOCOL, ADDRESS, SERVER_PORT, SERVER_FLAGS, LOGIN, CREDENTIAL_KEY],
};
/// Tokens of OAuth, of which only the numbers of their rows are asked for.
pub(super) const CREDENTIAL: Table = Table { name: "Credential", columns: &[ID] };

impl Table {
    /// The names of its columns.
    pub(super) fn names(&self) -> Vec<&'static str> {
        self.columns.iter().map(|column| column.name).collect()
    }
}
