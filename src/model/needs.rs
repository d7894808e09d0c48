//! What has to be changed in an account's settings.

use super::Security;

/// What has to be changed in an account's settings: the steps say just this.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Needs {
    /// The account's own outgoing server.
    pub host: Option<String>,
    /// Turn on SMTP authentication.
    pub authenticate: bool,
    /// Turn off the log-on to the incoming server before sending.
    pub log_on_first_off: bool,
    /// Set this port.
    pub port: Option<u16>,
    /// Set this encryption.
    pub security: Option<Security>,
    /// It encrypts from the start, and may go on doing so on this port: the way for a dialog without a choice of STARTTLS.
    pub tls_port: Option<u16>,
    /// The encryption is off and stays so unless the provider's notice asks for it.
    pub security_as_advised: bool,
}

/// The settings that may have to be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// SMTP authentication.
    Authentication,
    /// The log-on to the incoming server before sending.
    LogOnFirst,
    /// The port of the outgoing server.
    Port,
    /// The encryption to the outgoing server.
    Encryption,
}

impl Setting {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Authentication, Self::LogOnFirst, Self::Port, Self::Encryption];
}

impl Needs {
    /// The same for a dialog that can't choose STARTTLS: TLS from the start stays, on the port that goes with it.
    #[must_use]
    pub fn keeping_tls(&self) -> Self {
        match (self.tls_port, self.security) {
            (Some(port), Some(Security::StartTls)) => {
                Self { port: Some(port), security: None, ..self.clone() }
            }
            _ => self.clone(),
        }
    }

    /// The same without these settings.
    #[must_use]
    pub fn without(&self, settings: &[Setting]) -> Self {
        let mut needs = self.clone();
        for setting in settings {
            match setting {
                Setting::Authentication => needs.authenticate = false,
                Setting::LogOnFirst => needs.log_on_first_off = false,
                Setting::Port => needs.port = None,
                Setting::Encryption => (needs.security, needs.security_as_advised) = (None, false),
            }
        }
        needs
    }
}
