//! What values look like: servers, addresses, names, links. Whether a value fits its kind is asked here and nowhere else.

use std::net::Ipv6Addr;

const MAX_USER: usize = 64;
const MAX_LINK: usize = 200;
/// RFC 1035, 2.3.4, for the dotted form.
const MAX_HOST: usize = 253;
/// A label with one of these may be a note of a password.
const MARKS: [&str; 4] = ["pass", "pw", "パスワード", "暗証"];
/// Words for on and off.
pub const SWITCHES: [&str; 6] = ["true", "false", "yes", "no", "on", "off"];

/// A number of sixteen bits, perhaps with the names of its flags as they are shown.
pub(super) fn is_flags(value: &str, names: &[(i64, &str)]) -> bool {
    let digits = value.split(' ').next().unwrap_or_default();
    let number = digits.parse().ok().filter(|number: &i64| (0..=0xFFFF).contains(number));
    number.is_some_and(|number| value == digits || value == flags(number, names))
}

pub(super) fn is_switch(value: &str) -> bool {
    SWITCHES.iter().any(|word| word.eq_ignore_ascii_case(value))
        || value.parse().is_ok_and(|number: i64| (-99..=99).contains(&number))
}

/// Letters, digits and hyphens with dots between them (RFC 952, RFC 1123), underscores as people use them in their own
/// networks, letters of other scripts (RFC 5890), or an address; without a user's part, a scheme and a path.
pub(super) fn host(value: &str) -> Option<String> {
    if value.contains(char::is_whitespace) {
        return None;
    }
    let rest = value.split_once("://").map_or(value, |(_, rest)| rest);
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len()));
    let found = authority.rsplit('@').next().unwrap_or_default();
    // A slash in a password would cut it in two: what stands before it is then no host.
    (is_host(found) && !path.contains('@')).then(|| found.to_owned())
}

pub(super) fn is_host(text: &str) -> bool {
    if text.parse::<Ipv6Addr>().is_ok() {
        return true;
    }
    let is_port = |port: &str| (1..=5).contains(&port.len()) && port.bytes().all(|b| b.is_ascii_digit());
    if let Some(bracketed) = text.strip_prefix('[') {
        let Some((address, port)) = bracketed.split_once(']') else { return false };
        let address = address.strip_prefix("IPv6:").unwrap_or(address);
        return address.parse::<std::net::IpAddr>().is_ok()
            && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port));
    }
    let name = match text.split_once(':') {
        Some((name, port)) if is_port(port) => name,
        Some(_) => return false,
        None => text,
    };
    let is_letter = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_');
    !name.is_empty() && name.len() <= MAX_HOST && name.chars().all(is_letter)
}

/// Exactly one `addr-spec` in its plain form (RFC 5322, 3.4.1), letters of other scripts included (RFC 6532).
pub fn is_address(text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c);
    text.split_once('@').is_some_and(|(local, domain)| {
        (1..=MAX_USER).contains(&local.len())
            && local.chars().all(is_part)
            && !domain.contains(':')
            && is_host(domain)
    })
}

/// A letter, digit or sign of ASCII for its full-width form, as Japanese keyboards type it.
pub fn narrow(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character),
        '\u{3000}' => ' ',
        '。' => '.',
        other => other,
    }
}

/// What stands for an address that somebody else is to make: `${USER}@example.com`, `{{mail}}@example.com`,
/// `*@example.com`, `%u@example.com`, `%MAIL%@example.com`; `taro%jiro@example.com` is an address.
pub fn is_pattern(address: &str) -> bool {
    let is_letter = |rest: &str| rest.chars().take_while(|c| c.is_alphabetic()).count() == 1;
    address.starts_with('$')
        || address.contains(['{', '}', '*'])
        || address.matches('%').count() > 1
        || address.split('%').skip(1).any(is_letter)
}

pub(super) fn is_user(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '+' | '-');
    let (local, domain) = text.split_once('@').map_or((text, None), |(local, domain)| (local, Some(domain)));
    (1..=MAX_USER).contains(&local.len())
        && local.chars().all(is_part)
        && domain.is_none_or(|domain| !domain.contains(':') && is_host(domain))
}

/// `2024-05-01T09:00:00Z`
pub(super) fn is_date(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | ':' | '.' | '+' | 'T' | 'Z');
    text.len() <= 32 && text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(is_part)
}

pub(super) fn is_link(text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || "._-{}@:%/+#$".contains(c);
    text.len() <= MAX_LINK && text.chars().all(is_part) && !has_password(text) && !has_mark(text)
}

pub(super) fn is_version(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '/');
    text.len() <= MAX_USER
        && text.starts_with(|c: char| c.is_ascii_digit() || c == 'v')
        && text.chars().all(is_part)
}

/// `{60D03F1B-38BA-4FC2-8CA3-89408FC4ED48}`
pub fn is_guid(text: &str) -> bool {
    let inner = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or_default();
    inner.split('-').map(str::len).eq([8, 4, 4, 4, 12])
        && inner.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}

/// An address of the web in it has a user's part, a query or a fragment.
pub(super) fn has_user_part(text: &str) -> bool {
    text.split("://").skip(1).any(|rest| {
        let address = rest.split(char::is_whitespace).next().unwrap_or_default();
        address.contains(['@', '?', '#'])
    })
}

pub(super) fn has_mark(text: &str) -> bool {
    let lower = text.to_lowercase();
    MARKS.iter().any(|mark| lower.contains(mark))
}

/// `taro:himitsu@…`
pub(super) fn has_password(text: &str) -> bool {
    text.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'))
}

/// Scheme, server and path: a user's part may hold a password, a query or fragment a token (RFC 3986, 3.2.1 and 3.4).
pub(super) fn url(value: &str) -> Option<String> {
    let (scheme, rest) = value.split_once("://").filter(|_| !value.contains(char::is_whitespace))?;
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (authority, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    let server = authority.rsplit('@').next().unwrap_or_default();
    let is_scheme = scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    let fits = is_scheme && (server.is_empty() || is_host(server)) && !path.contains(char::is_control);
    fits.then(|| format!("{scheme}://{server}{path}"))
}

/// The number of a DWORD in an account file (`.oeaccount`): hexadecimal without a prefix, 1 to 8 digits; the documented
/// template also has the words TRUE and FALSE (learn.microsoft.com, "Account Configuration", Windows Mail).
pub fn hex_number(text: &str) -> Option<u32> {
    let text = text.trim();
    if text.eq_ignore_ascii_case("TRUE") {
        Some(1)
    } else if text.eq_ignore_ascii_case("FALSE") {
        Some(0)
    } else {
        let digits = (1..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        digits.then(|| u32::from_str_radix(text, 16).ok()).flatten()
    }
}

/// A number with the names of its flags.
pub(super) fn flags(number: i64, names: &[(i64, &str)]) -> String {
    let names: Vec<&str> =
        names.iter().filter(|(flag, _)| number & flag != 0).map(|(_, name)| *name).collect();
    if names.is_empty() { number.to_string() } else { format!("{number} ({})", names.join(", ")) }
}

/// Bytes as hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut digits, byte| {
        // A text takes everything.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}
