//! What Outlook Express, Windows Mail and Windows Live Mail store of an account, in the registry with blanks in the names
//! (`SMTP Port`), in account files with underscores (`SMTP_Port`); and what Windows says of its version.

use crate::formats::facts::{Fact, alike, fact};
use crate::formats::kinds::{Kind, PORT};
use crate::model::Protocol;

/// Whose word the settings and defaults are.
pub(super) const DOC: &str = "Microsoft, Windows Mail account configuration (oe-account-entry)";
const IMPORTER: &str = "Thunderbird's importer (nsOESettings.cpp, nsWMSettings.cpp)";
const GUESSED: &str = "inferred: no file of such an account is public";

/// SMTPAUTHTYPE has 0 to 3.
const NUMBER: Kind = Kind::Number(0, 99);

pub(super) const ACCOUNT_NAME: Fact = fact("Account Name", Kind::Label, "the address", DOC);
pub(super) const ADDRESS: Fact = fact("SMTP Email Address", Kind::Address, "", DOC);
pub(in crate::clients) const SMTP_SERVER: Fact = fact("SMTP Server", Kind::Host, "", DOC);
pub(in crate::clients) const SMTP_PORT: Fact = fact("SMTP Port", PORT, "25", DOC);
pub(in crate::clients) const SMTP_SECURE: Fact = fact("SMTP Secure Connection", Kind::Switch, "0", DOC);
pub(in crate::clients) const SMTP_SICILY: Fact = fact("SMTP Use Sicily", NUMBER, "0 (SMTP_AUTH_NONE)", DOC);
pub(super) const POP3_SKIP: Fact = fact("POP3 Skip Account", Kind::Switch, "0", DOC);
/// News and directories lie among the mail accounts.
pub(super) const NNTP_SERVER: Fact = fact("NNTP Server", Kind::Host, "", DOC);
pub(super) const LDAP_SERVER: Fact = fact("LDAP Server", Kind::Host, "", DOC);
pub(super) const HTTPMAIL_SERVER: Fact = fact("HTTPMail Server", Kind::Host, "", DOC);
pub(in crate::clients) const POP3_USER: Fact = fact("POP3 User Name", Kind::User, "", DOC);
pub(in crate::clients) const IMAP_USER: Fact = fact("IMAP User Name", Kind::User, "", DOC);

/// The settings of the incoming side.
pub(super) struct Side {
    pub(super) protocol: Protocol,
    pub(super) server: Fact,
    pub(super) port: Fact,
    pub(super) secure: Fact,
    pub(super) sicily: Fact,
    /// Saved, or not; only that.
    pub(super) password: Fact,
    /// Any setting of this side.
    pub(super) any: Fact,
}

pub(super) const POP3: Side = Side {
    protocol: Protocol::Pop3,
    server: fact("POP3 Server", Kind::Host, "", DOC),
    port: fact("POP3 Port", PORT, "110", DOC),
    secure: fact("POP3 Secure Connection", Kind::Switch, "0", DOC),
    sicily: fact("POP3 Use Sicily", Kind::Switch, "0", DOC),
    password: fact("POP3 Password2", Kind::Secret, "not saved", DOC),
    any: alike("POP3 other settings", Kind::Dropped, "", DOC, |name| begins(name, "POP3 ")),
};
pub(super) const IMAP: Side = Side {
    protocol: Protocol::Imap,
    server: fact("IMAP Server", Kind::Host, "", DOC),
    port: fact("IMAP Port", PORT, "143", DOC),
    secure: fact("IMAP Secure Connection", Kind::Switch, "0", DOC),
    sicily: fact("IMAP Use Sicily", Kind::Switch, "0", DOC),
    password: fact("IMAP Password2", Kind::Secret, "not saved", DOC),
    any: alike("IMAP other settings", Kind::Dropped, "", DOC, |name| begins(name, "IMAP ")),
};
/// Any setting of the outgoing side.
pub(super) const ANY_SMTP: Fact =
    alike("SMTP other settings", Kind::Dropped, "", DOC, |name| begins(name, "SMTP "));
/// Accounts of Microsoft's own service carry no server that could be judged. `HTTPMail` is documented for Outlook
/// Express; the others are guesses.
pub(super) const SERVICES: [Fact; 4] = [
    alike("HTTPMail other settings", Kind::Dropped, "", DOC, |name| begins(name, "HTTPMail")),
    alike("DeltaSync other settings", Kind::Dropped, "", GUESSED, |name| begins(name, "DeltaSync")),
    alike("Hotmail other settings", Kind::Dropped, "", GUESSED, |name| begins(name, "Hotmail")),
    alike("DAV other settings", Kind::Dropped, "", GUESSED, |name| begins(name, "DAV")),
];

/// The settings of an account. That there is any other of a kind tells what kind of account it is.
pub(in crate::clients) const ACCOUNT: &[Fact] = &[
    ACCOUNT_NAME,
    ADDRESS,
    SMTP_SERVER,
    SMTP_PORT,
    SMTP_SECURE,
    SMTP_SICILY,
    POP3.server,
    POP3.port,
    POP3.secure,
    POP3.sicily,
    POP3.password,
    POP3_USER,
    POP3_SKIP,
    IMAP.server,
    IMAP.port,
    IMAP.secure,
    IMAP.sicily,
    IMAP.password,
    IMAP_USER,
    NNTP_SERVER,
    LDAP_SERVER,
    HTTPMAIL_SERVER,
    POP3.any,
    IMAP.any,
    ANY_SMTP,
    SERVICES[0],
    SERVICES[1],
    SERVICES[2],
    SERVICES[3],
];

/// The name of the default account's key or file.
pub(in crate::clients) const DEFAULT_ACCOUNT: Fact = fact("Default Mail Account", Kind::Label, "", IMPORTER);

/// In the registry's spelling or in that of the files.
fn begins(name: &str, start: &str) -> bool {
    name.get(..start.len()).is_some_and(|head| head.replace('_', " ").eq_ignore_ascii_case(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::facts::find;

    #[test]
    fn the_kind_shows_by_names_in_both_spellings() {
        let kind = |name: &str| find(ACCOUNT, name).map(|fact| fact.name);
        assert_eq!(kind("smtp_port"), Some(SMTP_PORT.name));
        assert_eq!(kind("POP3_Password2"), Some(POP3.password.name));
        assert_eq!(kind("POP3_Timeout"), Some(POP3.any.name));
        assert_eq!(kind("IMAP Dirty"), Some(IMAP.any.name));
        assert_eq!(kind("SMTP_Split_Messages"), Some(ANY_SMTP.name));
        assert_eq!(kind("HTTPMail Friendly Name"), Some("HTTPMail other settings"));
        assert_eq!((kind("POP3"), kind("Connection Type"), kind("会社")), (None, None, None));
    }
}
