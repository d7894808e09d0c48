//! Whether the user is asked for a password after the change: half of a helpdesk's calls.
//!
//! Of passwords only that one is stored is known, and of most clients not even that.

use crate::clients::Asks;
use crate::model::{Account, Aspect, Auth, Credentials, PasswordNeeded, ToSet};

/// What there is to set on both sides, and what the client takes.
pub(super) struct Change<'a> {
    pub(super) account: &'a Account,
    pub(super) sending: &'a [ToSet],
    pub(super) receiving: &'a [ToSet],
    /// The provider wants a password that it makes for a program.
    pub(super) is_app_password: bool,
    pub(super) asks: Asks,
}

impl Change<'_> {
    /// `None`: authentication is neither turned on nor changed.
    pub(super) fn password(&self) -> Option<PasswordNeeded> {
        let is_auth = |set: &&ToSet| set.setting == Aspect::Auth;
        let sending = self.sending.iter().find(is_auth).map(|set| self.to_send(set));
        let receiving = self.receiving.iter().find(is_auth).map(|set| self.to_receive(set));
        sending.max(receiving)
    }

    fn to_send(&self, set: &ToSet) -> PasswordNeeded {
        if self.is_app_password || !is_by_password(set.then.as_deref()) {
            return PasswordNeeded::Once;
        }
        let credentials = self.account.outgoing.seen().and_then(|seen| seen.credentials);
        match (set.now.as_deref(), credentials) {
            (Some(now), _) if now == Auth::None.code() => self.turned_on(),
            (None, _) => PasswordNeeded::Unknown,
            (now, _) if !is_by_password(now) => PasswordNeeded::Once,
            (_, Some(Credentials::SameAsIncoming)) => self.stored(),
            // It has been sending with a password; whether that is stored is not looked at.
            (_, Some(Credentials::Own) | None) => PasswordNeeded::Unknown,
        }
    }

    fn turned_on(&self) -> PasswordNeeded {
        match self.asks {
            Asks::AsIncoming => self.stored(),
            Asks::Own => PasswordNeeded::Once,
            Asks::Unknown => PasswordNeeded::Unknown,
        }
    }

    /// The password for receiving stays, whichever way it is sent.
    fn to_receive(&self, set: &ToSet) -> PasswordNeeded {
        match set.now.as_deref() {
            _ if !is_by_password(set.then.as_deref()) => PasswordNeeded::Once,
            None => PasswordNeeded::Unknown,
            now if is_by_password(now) => self.stored(),
            Some(_) => PasswordNeeded::Once,
        }
    }

    fn stored(&self) -> PasswordNeeded {
        match self.account.has_incoming_password {
            Some(true) => PasswordNeeded::No,
            Some(false) => PasswordNeeded::Once,
            None => PasswordNeeded::Unknown,
        }
    }
}

/// True for a method that the account's own password serves.
fn is_by_password(word: Option<&str>) -> bool {
    let methods = [Auth::Password, Auth::EncryptedPassword, Auth::Spa, Auth::Apop];
    methods.iter().any(|method| Some(method.code()) == word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{LogOnFirst, Outgoing, Port, Security, Smtp};
    use PasswordNeeded::{No, Once, Unknown};

    fn account(auth: Auth, credentials: Option<Credentials>, stored: Option<bool>) -> Account {
        let outgoing = Outgoing::Smtp(Smtp {
            host: "mail.example.jp".to_owned(),
            port: Port::Stored(587),
            security: Security::Plain,
            auth,
            credentials,
            log_on_first: LogOnFirst::Off,
        });
        Account { has_incoming_password: stored, ..Account::new("outlook", "Outlook", "outlook", outgoing) }
    }

    fn auth(now: Option<Auth>, then: Auth) -> Vec<ToSet> {
        let word = |auth: Auth| auth.code().to_owned();
        vec![ToSet { setting: Aspect::Auth, now: now.map(word), then: Some(word(then)) }]
    }

    #[test]
    fn turned_on_it_depends_on_the_client_and_on_what_is_stored() {
        for (asks, stored, expected) in [
            (Asks::AsIncoming, Some(true), No),
            (Asks::AsIncoming, Some(false), Once),
            (Asks::AsIncoming, None, Unknown),
            (Asks::Own, Some(true), Once),
            (Asks::Own, None, Once),
            (Asks::Unknown, Some(true), Unknown),
        ] {
            let account = account(Auth::None, None, stored);
            let of = |then, is_app_password| {
                let sending = auth(Some(Auth::None), then);
                let change =
                    Change { account: &account, sending: &sending, receiving: &[], is_app_password, asks };
                change.password()
            };
            assert_eq!(of(Auth::Password, false), Some(expected), "{asks:?} {stored:?}");
            assert_eq!(of(Auth::Password, true), Some(Once), "a new password has to be typed");
            assert_eq!(of(Auth::OAuth2, false), Some(Once), "a log-on in the browser");
        }
    }

    #[test]
    fn changed_it_depends_on_what_it_sends_with() {
        const SAME: Option<Credentials> = Some(Credentials::SameAsIncoming);
        const OWN: Option<Credentials> = Some(Credentials::Own);
        for (now, credentials, then, expected) in [
            (Auth::Spa, SAME, Auth::Password, No),
            (Auth::Spa, OWN, Auth::Password, Unknown),
            (Auth::EncryptedPassword, None, Auth::Password, Unknown),
            (Auth::OAuth2, None, Auth::Password, Once),
            (Auth::Password, SAME, Auth::OAuth2, Once),
            (Auth::Password, SAME, Auth::Certificate, Once),
        ] {
            let account = account(now, credentials, Some(true));
            let sending = auth(Some(now), then);
            let asks = Asks::Own;
            let change =
                Change { account: &account, sending: &sending, receiving: &[], is_app_password: false, asks };
            assert_eq!(change.password(), Some(expected), "{now:?} {credentials:?} {then:?}");
        }
    }

    #[test]
    fn of_both_sides_the_greater_trouble_counts() {
        let port = vec![ToSet { setting: Aspect::Port, now: None, then: Some("587".to_owned()) }];
        let on = auth(Some(Auth::None), Auth::Password);
        let apop = auth(Some(Auth::Apop), Auth::Password);
        let oauth = auth(Some(Auth::Password), Auth::OAuth2);
        for (sending, receiving, stored, expected) in [
            (&port, &port, Some(true), None),
            (&port, &apop, Some(true), Some(No)),
            (&port, &apop, Some(false), Some(Once)),
            (&port, &apop, None, Some(Unknown)),
            (&on, &port, Some(true), Some(No)),
            (&on, &oauth, Some(true), Some(Once)),
            (&on, &apop, None, Some(Unknown)),
        ] {
            let account = account(Auth::None, None, stored);
            let asks = Asks::AsIncoming;
            let change = Change { account: &account, sending, receiving, is_app_password: false, asks };
            assert_eq!(change.password(), expected, "{sending:?} {receiving:?} {stored:?}");
        }
    }
}
