//! How clients log on to outgoing servers: by which mechanisms, and what they do where a server offers none.

/// What is known of a client; what no source tells is left open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LogOn {
    /// Where the server offers no AUTH, the client sends without, and says nothing.
    pub skips: bool,
    /// The SASL mechanisms with which it uses a password; `None`: any may be.
    pub by_password: Option<&'static [&'static str]>,
}

/// What is known of some clients.
pub struct Row {
    /// Their ids.
    pub clients: &'static [&'static str],
    /// What they do.
    pub log_on: LogOn,
    /// Whose word that is.
    pub source: &'static str,
}

/// A password as it is.
const AS_IT_IS: &[&str] = &["PLAIN", "LOGIN"];
/// Outlook's: no CRAM-MD5.
const OF_OUTLOOK: &[&str] = &["PLAIN", "LOGIN", "NTLM", "DIGEST-MD5"];

/// The table.
pub static LOG_ONS: &[Row] = &[
    Row {
        clients: &["thunderbird"],
        log_on: LogOn { skips: true, by_password: Some(AS_IT_IS) },
        source: "mozilla/releases-comm-central, nsSmtpProtocol.cpp at 5e157f6383 (ProcessAuth) and SmtpClient.sys.mjs; seen with 140 and 153",
    },
    Row {
        clients: &["sylpheed", "claws-mail"],
        log_on: LogOn { skips: true, by_password: None },
        source: "libsylph/smtp.c; seen with Sylpheed 3.8 and Claws Mail 4.1.1",
    },
    Row {
        clients: &["evolution"],
        log_on: LogOn { skips: true, by_password: None },
        source: "camel-smtp-transport.c; seen with Evolution 3.46",
    },
    Row {
        clients: &["outlook"],
        log_on: LogOn { skips: false, by_password: Some(OF_OUTLOOK) },
        source: "Microsoft, ee624604 (RFC 3501 in Outlook 2007 to 2019, E0001): PLAIN, NTLM, DIGEST-MD5 and no other; [MS-XLOGIN] for LOGIN",
    },
];

/// What is known of a client.
pub fn of(client: &str) -> LogOn {
    let row = LOG_ONS.iter().find(|row| row.clients.contains(&client));
    row.map(|row| row.log_on).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_of_clients_and_says_whose_word_it_is() {
        for row in LOG_ONS {
            assert!(row.source.len() > 10, "{:?}", row.clients);
            assert!(row.clients.iter().all(|id| super::super::CLIENTS.iter().any(|client| client.id == *id)));
        }
        assert!(of("thunderbird").skips && !of("outlook").skips);
        assert_eq!(of("nobody"), LogOn::default());
    }
}
