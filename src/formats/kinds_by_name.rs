//! Kinds of settings by what their names look like, for clients whose settings are not listed yet.

use super::kinds::{self, Kept, Kind, keep};

/// Endings of the names of servers, with only letters and digits left, in lower case.
const HOSTS: [&str; 4] = ["host", "hostname", "server", "realhostname"];
/// Endings of the names of what is stored as a number, or as a word for on or off.
const NUMBERS: [&str; 11] = [
    "port",
    "useauth",
    "authmethod",
    "secureconnection",
    "usespa",
    "usessl",
    "usesicily",
    "sockettype",
    "tryssl",
    "issecure",
    "usesecauth",
];

/// Keeps, shortens or drops a value by the kind that its name looks like.
pub fn keep_by_name(name: &str, value: &str) -> Kept {
    let last = name.rsplit(['.', '/']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let ends = |endings: &[&str]| endings.iter().any(|ending| plain.ends_with(ending));
    // Thunderbird's and KMail's links end like a server.
    let is_link = matches!(last, "smtpServer" | "server");
    // `VersionToReport` of Office is none.
    if ends(&NUMBERS) && last != "VersionToReport" {
        return number(value);
    }
    let kind = match plain.as_str() {
        _ if is_link => Kind::Link,
        "email" | "mailaddress" | "smtpemailaddress" | "useremail" | "senderaddress" => Kind::Address,
        _ if ends(&HOSTS) => Kind::Host,
        _ => return other(value),
    };
    keep(kind, value)
}

/// A number, in hexadecimal digits or in quotes as some programs write it, or a word for on or off.
fn number(value: &str) -> Kept {
    let digits = value.trim_start_matches('-').trim_start_matches("0x").trim_matches(['"', '\'']);
    let is_number = digits.len() <= 8 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_number || kinds::SWITCHES.iter().any(|word| word.eq_ignore_ascii_case(value)) {
        return Kept { text: value.to_owned(), fits: true };
    }
    keep(kinds::CODE, value)
}

/// Names, paths and the like, without what may be a user's part.
fn other(value: &str) -> Kept {
    if value.contains("://") || value.rsplit_once('@').is_some_and(|(user, _)| user.contains(':')) {
        return keep(Kind::Url, value);
    }
    Kept { text: value.to_owned(), fits: true }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_and_codes_are_told_by_their_names() {
        for (name, value, text) in [
            ("mail.smtpserver.smtp1.hostname", "taro:himitsu@mail", "mail"),
            ("SMTP Server", "smtp://taro:himitsu@mail", "mail"),
            ("SMTP_Port", "587 himitsu", "(text, 11 characters)"),
            ("mail.smtpserver.smtp1.authMethod", "himitsu", "(text, 7 characters)"),
            ("port", "99999", "99999"),
            ("VersionToReport", "16.0.1 x", "16.0.1 x"),
            ("SMTP_Port", "0000024b", "0000024b"),
            ("SMTPPort", "\"587\"", "\"587\""),
            ("Email", "taro@example.jp himitsu", "(text, 23 characters)"),
            ("mail.identity.id1.smtpServer", "smtp1", "smtp1"),
            ("Account Name", "taro", "taro"),
            ("DataDir", r"C:\Becky!", r"C:\Becky!"),
            ("Account Name", "taro:himitsu@mail", "(text, 17 characters)"),
        ] {
            assert_eq!(keep_by_name(name, value).text, text, "{name}");
        }
    }
}
