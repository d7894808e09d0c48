//! Policies of providers, and `fleet` by one of them.

use super::reports::{Answer, folder_of, lines, run};
use serde_json::Value;

/// New servers with TLS; what is on port 25 or 587 ends, and so does POP3 without encryption.
pub const ISP: &str = r#"
schema = 1
id = "isp"
name = { ja = "例の会社", en = "Example company" }
claims = [ { outgoing = "*.example.jp" }, { incoming = "*.example.jp" } ]
sending = [
  { host = "smtps.example.jp", port = 465, security = "tls", auth = "password" },
  { port = [25, 587], until = 2027-03-31 },
]
receiving = [ { protocol = "pop3", port = 995, security = "tls" }, { protocol = "pop3", port = 110, until = "2026-12" } ]
"#;
/// A provider that tells passwords from OAuth 2.
pub const OAUTH: &str = r#"
schema = 1
id = "oauth"
name = "OAuth"
claims = [ { outgoing = ["mail.example.jp", "smtp.office365.com"] } ]
sending = [ { port = 587, auth = "oauth2" }, { auth = "password", until = "2026-12" } ]
"#;
/// One that accepts what does not authenticate, as a relay within a company does.
pub const RELAY: &str = r#"
schema = 1
id = "relay"
name = "relay"
claims = [ { outgoing = "*" } ]
sending = [ { auth = ["none", "pop-before-smtp"] }, { auth = "password" } ]
"#;

/// The reports, judged anew by this policy alone.
pub fn with_policy(reports: &[Value], policy: &str, arguments: &[&str]) -> Answer {
    let text: String = reports.iter().map(lines).collect();
    let folder = folder_of(&[("p.toml", policy.as_bytes())]);
    let all = ["fleet", "-", "--format", "json", "--no-builtin-policies", "--policy", "p.toml"];
    run(folder.path(), &[&all[..], arguments].concat(), text.as_bytes())
}
