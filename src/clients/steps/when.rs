//! When a row of the steps is needed.

use crate::model::{Needs, Security};

/// Whatever has to be changed.
pub fn always(_needs: &Needs) -> bool {
    true
}

/// Authentication has to be turned on.
pub fn auth(needs: &Needs) -> bool {
    needs.authenticate
}

/// The log-on to the incoming server has to be turned off.
pub fn log_on_first(needs: &Needs) -> bool {
    needs.log_on_first_off
}

/// Authentication has to be turned on; nothing is known of a log-on to the incoming server.
pub fn auth_alone(needs: &Needs) -> bool {
    needs.authenticate && !needs.log_on_first_off
}

/// There is something to do in the dialog that holds authentication and log-on-first.
pub fn login(needs: &Needs) -> bool {
    needs.authenticate || needs.log_on_first_off
}

/// The port has to be set.
pub fn port(needs: &Needs) -> bool {
    needs.port.is_some()
}

/// The encryption has to be set, to whatever.
pub fn security(needs: &Needs) -> bool {
    needs.security.is_some()
}

/// TLS from the start has to be set.
pub fn tls(needs: &Needs) -> bool {
    needs.security == Some(Security::Tls)
}

/// STARTTLS has to be set.
pub fn starttls(needs: &Needs) -> bool {
    needs.security == Some(Security::StartTls)
}

/// Encryption has to be set, but not from the start.
pub fn starttls_or_auto(needs: &Needs) -> bool {
    matches!(needs.security, Some(Security::StartTls | Security::Auto))
}

/// The encryption has to be turned off.
pub fn plain(needs: &Needs) -> bool {
    needs.security == Some(Security::Plain)
}

/// TLS from the start is on and stays.
pub fn kept_tls(needs: &Needs) -> bool {
    needs.security.is_none() && needs.tls_port.is_some()
}

/// The encryption is off, and on the port that is set the provider may ask for it.
pub fn advised(needs: &Needs) -> bool {
    needs.security.is_none() && needs.security_as_advised && needs.port.is_some()
}

/// There is something to say of the encryption.
pub fn encryption(needs: &Needs) -> bool {
    security(needs) || advised(needs)
}

/// There is something to do in the dialog that holds port and encryption.
pub fn connection(needs: &Needs) -> bool {
    needs.port.is_some() || needs.security.is_some()
}
