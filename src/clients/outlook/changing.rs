//! How an account of Outlook is changed: the REG_DWORDs of its sending in its key, and nothing else.
//!
//! Names and numbers: learn.microsoft.com/office/client-developer/outlook/auxiliary/constants-account-management-api and
//! prop_smtp_secure_connection: ENCRYPT_CONN_NO_SECURITY is 0, ENCRYPT_CONN_SSL 1, ENCRYPT_CONN_TLS 2 ("the TLS protocol"),
//! ENCRYPT_CONN_AUTO 3. `SMTP Use SSL` is the older boolean beside it, 1 in every real registry seen where that is not 0
//! ((1, 1) and (3, 1); the pair (2, 1) is documented, and not seen yet). Texts, passwords, ids and lists are never written.

use super::settings::{SMTP_METHOD, SMTP_PORT, SMTP_SECURE, SMTP_SSL, SMTP_USE_AUTH};
use crate::clients::changing::{
    Form, Lock, Numbers, Seen, Written, by_hand, in_order, method, security, then,
};
use crate::formats::facts::Spelling;
use crate::model::{Account, Aspect, Auth, Edit, InUse, Security, Text, ToSet};

/// How it is written: nothing is known that it takes while it runs, and it was not tried with the real program yet.
pub(super) const WRITTEN: Written = Written {
    edits,
    form: Form::Registry,
    numbers: Numbers::Decimal,
    processes: &["outlook"],
    lock: Lock::Nothing,
    tried_on: &[],
};

/// In this order: at no moment a password would go out with less encryption than is wanted.
const ORDER: [Aspect; 4] = [Aspect::Security, Aspect::Port, Aspect::LogOnFirst, Aspect::Auth];

/// What each thing to be set is in its key.
fn edits(account: &Account, to_set: &[ToSet]) -> Result<Vec<Edit>, Text> {
    if account.in_use != InUse::Yes {
        return Err(Text::fixed(
            "Outlook のアカウントの一覧にないため書き換えません",
            "it is not in Outlook's own list of accounts",
        ));
    }
    let mut seen = Seen::new(account, Spelling::AsIs);
    if !has_encryption(account, &seen) {
        return Err(Text::fixed(
            "Outlook 2007 以降のアカウントだけを書き換えます",
            "only accounts of Outlook 2007 and later are written",
        ));
    }
    for set in in_order(to_set, &ORDER)? {
        match set.setting {
            Aspect::Security => {
                let [secure, ssl] = match security(set)? {
                    Security::StartTls => ["2", "1"],
                    Security::Tls => ["1", "1"],
                    Security::Plain | Security::Auto => ["0", "0"],
                };
                // Absent it is off.
                if ssl == "1" || seen.value(&SMTP_SSL).is_some() {
                    seen.set(&SMTP_SSL, ssl)?;
                }
                seen.set(&SMTP_SECURE, secure)?;
            }
            Aspect::Port => seen.set(&SMTP_PORT, then(set)?)?,
            // The third radio button: only with the first one it authenticates.
            Aspect::LogOnFirst => as_incoming(&mut seen)?,
            _ => {
                let auth = method(set)?;
                let receives_by = account.incoming.as_ref().and_then(|incoming| incoming.auth);
                if auth != Auth::Password || receives_by != Some(Auth::Password) {
                    return Err(by_hand(Aspect::Auth));
                }
                as_incoming(&mut seen)?;
                // Outlook Express's 2 was seen in it as well, and is on.
                if seen.value(&SMTP_USE_AUTH).is_none_or(|value| value == "0") {
                    seen.set(&SMTP_USE_AUTH, "1")?;
                }
            }
        }
    }
    Ok(seen.done())
}

/// SMTP_AUTH_SAME_AS_POP, which is also what an absent one is.
fn as_incoming(seen: &mut Seen<'_>) -> Result<(), Text> {
    if seen.value(&SMTP_METHOD).is_some() && !seen.is_set(&SMTP_METHOD) {
        seen.set(&SMTP_METHOD, "0")?;
    }
    Ok(())
}

/// `SMTP Secure Connection` is known since 2007: where it is not certain which Outlook it is, it has to be there.
fn has_encryption(account: &Account, seen: &Seen<'_>) -> bool {
    match account.edition {
        "outlook-2007" | "outlook-2010" | "outlook-2013" | "outlook-2016" | "outlook-2016-365"
        | "outlook-simplified" => true,
        "outlook-2002-2010" => seen.value(&SMTP_SECURE).is_some(),
        _ => false,
    }
}
