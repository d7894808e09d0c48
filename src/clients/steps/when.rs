//! When a row of the steps is needed.

use crate::model::{Auth, Needs, Security, UserName};

/// Whatever has to be changed.
pub fn always(_needs: &Needs) -> bool {
    true
}

/// Authentication has to be turned on.
pub fn auth(needs: &Needs) -> bool {
    needs.authenticate
}

/// The outgoing server has to be set, or compared with the provider's notice: receiving may work with another one.
pub fn server(needs: &Needs) -> bool {
    needs.server.is_some() || (needs.authenticate && !needs.is_prescribed)
}

/// Another user name than for receiving, a password of its own, or a method other than a password is wanted.
fn is_special(needs: &Needs) -> bool {
    let is_own_name = matches!(needs.user, Some(UserName::Address | UserName::LocalPart));
    is_own_name || needs.is_app_password || needs.method.is_some()
}

/// Authentication has to be turned on, with the user name and the password for receiving.
pub fn same_login(needs: &Needs) -> bool {
    needs.authenticate && !is_special(needs)
}

/// The same, and nothing is known of a log-on to the incoming server.
pub fn same_login_alone(needs: &Needs) -> bool {
    same_login(needs) && !needs.log_on_first_off
}

/// The same, and the log-on to the incoming server has to be turned off.
pub fn same_login_instead(needs: &Needs) -> bool {
    needs.log_on_first_off && !own_login(needs) && !method(needs)
}

/// A user name or a password that are not those for receiving have to be entered.
pub fn own_login(needs: &Needs) -> bool {
    let has_password = !matches!(needs.method, Some(Auth::OAuth2 | Auth::Kerberos | Auth::Certificate));
    let is_asked = needs.authenticate || needs.is_app_password || needs.user.is_some();
    has_password && is_asked && !same_login(needs)
}

/// A user name has to be entered: that for receiving, or another one.
pub fn any_login(needs: &Needs) -> bool {
    own_login(needs) || same_login(needs)
}

/// The method has to be set.
pub fn method(needs: &Needs) -> bool {
    needs.method.is_some()
}

/// Authentication has to be turned on, by a password.
pub fn password(needs: &Needs) -> bool {
    needs.authenticate && needs.method.is_none()
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
    needs.authenticate || needs.log_on_first_off || own_login(needs) || method(needs)
}

/// The same, and it takes the user name and the password for receiving.
pub fn plain_login(needs: &Needs) -> bool {
    login(needs) && !own_login(needs) && !method(needs)
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
