//! What a mail client runs on.

use serde::{Deserialize, Serialize};

/// An operating system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct System {
    /// Its name and version, made from its numbers: `Windows 7`, `macOS 10.13.6`.
    pub name: String,
    /// Whether the TLS library of the system offers TLS 1.2 to programs that leave the choice to it; `None`: unknown.
    pub tls_1_2: Option<bool>,
}
