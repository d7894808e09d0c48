//! What a setting holds, by its kind, and how much of a stored value may leave its reader: the one door for values.
//!
//! A value that fits its kind passes; of any other only its length does, because people type passwords into the wrong
//! fields. A password that looks like a host or a user name can't be told from one.

use std::net::Ipv6Addr;

/// What a setting holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A password, a token or the like: that it is there, and nothing else.
    Secret,
    /// Known, and of no use here: that it is there, and nothing else.
    Dropped,
    /// Nobody has published what it holds: its type, which tells what there is to be found out, and nothing else.
    Uncharted,
    /// On or off, as a number or a word.
    Switch,
    /// A whole number, from (0 or less) and to.
    Number(i64, i64),
    /// A number whose bits have these names, which are shown with it.
    Flags(&'static [(i64, &'static str)]),
    /// One of these words, in any case.
    Choice(&'static [&'static str]),
    /// Some of these words, in any case, with blanks between them.
    Words(&'static [&'static str]),
    /// A server, perhaps with its port.
    Host,
    /// One mail address.
    Address,
    /// Mail addresses with commas or semicolons between them.
    Addresses,
    /// A name to log on with.
    User,
    /// A name that people gave.
    Label,
    /// A folder or file.
    Path,
    /// The key of another record.
    Link,
    /// Keys of other records with commas between them.
    Links,
    /// Numbers of other records, in eight hexadecimal digits each, with commas between them.
    Ids,
    /// A server and perhaps the name to log on with there: `host:user`.
    HostUser,
    /// Such pairs with commas between them.
    HostUsers,
    /// A day, perhaps with a time.
    Date,
    /// A GUID in braces.
    Guid,
    /// An address of the web.
    Url,
    /// A command line, of which the program stays.
    Command,
    /// A version of a program.
    Version,
}

impl Kind {
    /// True if nothing but a few known words and small numbers fits: no secret can stand there, whatever the name looks like.
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Switch | Self::Choice(_))
    }
}

/// A TCP port; 0 is none, and no secret either.
pub const PORT: Kind = Kind::Number(0, 65535);
/// The choices of a setting that are numbered.
pub const CODE: Kind = Kind::Number(-1, 999);

/// What of a value may leave its reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The value, or what stands for it.
    pub text: String,
    /// True if it is the value and nothing was taken from it.
    pub fits: bool,
}

/// What stands for a secret.
pub const PRESENT: &str = "(present)";
/// What stands for a command line whose program can't be told from an assignment in front of it.
pub const COMMAND: &str = "(command)";

/// The longest label, user name and link, in characters; longer ones are nobody's.
const MAX_LABEL: usize = 60;
const MAX_USER: usize = 64;
const MAX_LINK: usize = 200;
/// RFC 1035, 2.3.4, for the dotted form.
const MAX_HOST: usize = 253;
/// A label with one of these may be a note of a password.
const MARKS: [&str; 4] = ["pass", "pw", "パスワード", "暗証"];
/// Words for on and off.
pub const SWITCHES: [&str; 6] = ["true", "false", "yes", "no", "on", "off"];

impl Kind {
    /// True for what is a number, also where it is stored as text.
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Switch | Self::Number(..) | Self::Flags(_))
    }
}

/// Keeps, shortens or drops a value by its kind.
pub fn keep(kind: Kind, value: &str) -> Kept {
    let value = value.trim();
    if matches!(kind, Kind::Secret | Kind::Dropped | Kind::Uncharted) {
        return stand_in(PRESENT.to_owned());
    }
    if value.is_empty() {
        return fitting(String::new());
    }
    if is_stand_in(value) {
        return stand_in(value.to_owned());
    }
    let found = match kind {
        Kind::Secret | Kind::Dropped | Kind::Uncharted => None,
        Kind::Switch => is_switch(value).then(|| value.to_owned()),
        Kind::Number(from, to) => {
            let number = value.parse().ok().filter(|number: &i64| (from..=to).contains(number));
            number.map(|_| value.to_owned())
        }
        Kind::Flags(names) => is_flags(value, names).then(|| value.to_owned()),
        Kind::Choice(words) => {
            words.iter().any(|word| word.eq_ignore_ascii_case(value)).then(|| value.to_owned())
        }
        Kind::Words(known) => words(value, known),
        Kind::Host => host(value),
        Kind::Address => is_address(value).then(|| value.to_owned()),
        Kind::Addresses => Some(list(value, &[',', ';'], is_address)),
        Kind::User => is_user(value).then(|| value.to_owned()),
        Kind::Label => return label(value),
        Kind::Path => Some(path(value)),
        Kind::Link => is_link(value).then(|| value.to_owned()),
        Kind::Links => Some(list(value, &[','], is_link)),
        Kind::Ids => {
            let is_id = |id: &str| id.len() == 8 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
            value.split(',').all(is_id).then(|| value.to_owned())
        }
        Kind::HostUser => host_user(value),
        Kind::HostUsers => Some(host_users(value)),
        Kind::Date => is_date(value).then(|| value.to_owned()),
        Kind::Guid => is_guid(value).then(|| value.to_owned()),
        Kind::Url => url(value),
        Kind::Command => return command(value),
        Kind::Version => is_version(value).then(|| value.to_owned()),
    };
    match found {
        Some(text) => Kept { fits: text == value, text },
        // Without a comma of its own, as in a list: what is linked to has the same name there.
        None if kind == Kind::Link => stand_in(size(value, false).replace(',', "")),
        None => stand_in(size(value, kind.is_number())),
    }
}

/// The same for a value that its store keeps as a number: the number that stands for it and its text. Outside of its kind
/// it is the largest number of as many digits, so that it does not fit again wherever it is written.
pub fn keep_number(kind: Kind, number: i64) -> (i64, Kept) {
    match keep(kind, &number.to_string()) {
        kept if kept.fits => match kind {
            Kind::Flags(names) => (number, fitting(flags(number, names))),
            _ => (number, kept),
        },
        kept => {
            let digits = u32::try_from(number.unsigned_abs().to_string().len()).unwrap_or(1);
            let largest = 10_i64.checked_pow(digits).map_or(i64::MAX, |power| power - 1);
            // Ten digits are as many as 32 bits hold, but not all of them.
            let largest =
                if digits == 10 && number <= i64::from(u32::MAX) { u32::MAX.into() } else { largest };
            (if number < 0 { -largest } else { largest }, kept)
        }
    }
}

/// The name of a section, a key or an account as far as it may be shown.
pub fn name(text: &str) -> String {
    label(text).text
}

/// The name of a setting that nobody has listed: as [`name`], but a program's own word for a password is none.
pub fn unlisted(text: &str) -> String {
    let is_word = text.len() <= MAX_LABEL && text.bytes().all(|b| b.is_ascii_alphabetic());
    if is_word && text.to_lowercase().ends_with("password") { text.to_owned() } else { name(text) }
}

/// The name of a key or folder in a path: as [`name`], but whole, or the path would lead nowhere.
pub fn part(text: &str) -> String {
    let shown = name(text);
    if shown.strip_suffix("...").is_some_and(|start| text.starts_with(start)) {
        text.to_owned()
    } else {
        shown
    }
}

fn fitting(text: String) -> Kept {
    Kept { text, fits: true }
}

fn stand_in(text: String) -> Kept {
    Kept { text, fits: false }
}

/// How long a value is that does not fit; of a number, in digits.
fn size(value: &str, may_be_number: bool) -> String {
    let digits = value.strip_prefix('-').unwrap_or(value);
    if may_be_number && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.is_empty() {
        return format!("(number, {} digits)", digits.len());
    }
    format!("(text, {} characters)", value.chars().count())
}

/// True for what this door puts in the place of a value: it passes unchanged where it is read again.
pub fn is_stand_in(value: &str) -> bool {
    let counted = |start, end| {
        let number = value.strip_prefix(start).and_then(|rest: &str| rest.strip_suffix(end));
        number.is_some_and(|number| {
            (1..=9).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
        })
    };
    value == PRESENT
        || value == COMMAND
        || counted("(text, ", " characters)")
        || counted("(text ", " characters)")
        || counted("(number, ", " digits)")
}

/// A number of sixteen bits, perhaps with the names of its flags as they are shown.
fn is_flags(value: &str, names: &[(i64, &str)]) -> bool {
    let digits = value.split(' ').next().unwrap_or_default();
    let number = digits.parse().ok().filter(|number: &i64| (0..=0xFFFF).contains(number));
    number.is_some_and(|number| value == digits || value == flags(number, names))
}

/// A number with the names of its flags.
fn flags(number: i64, names: &[(i64, &str)]) -> String {
    let names: Vec<&str> =
        names.iter().filter(|(flag, _)| number & flag != 0).map(|(_, name)| *name).collect();
    if names.is_empty() { number.to_string() } else { format!("{number} ({})", names.join(", ")) }
}

fn is_switch(value: &str) -> bool {
    SWITCHES.iter().any(|word| word.eq_ignore_ascii_case(value))
        || value.parse().is_ok_and(|number: i64| (-99..=99).contains(&number))
}

/// Letters, digits and hyphens with dots between them (RFC 952, RFC 1123), underscores as people use them in their own
/// networks, letters of other scripts (RFC 5890), or an address; without a user's part, a scheme and a path.
fn host(value: &str) -> Option<String> {
    if value.contains(char::is_whitespace) {
        return None;
    }
    let rest = value.split_once("://").map_or(value, |(_, rest)| rest);
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len()));
    let found = authority.rsplit('@').next().unwrap_or_default();
    // A slash in a password would cut it in two: what stands before it is then no host.
    (is_host(found) && !path.contains('@')).then(|| found.to_owned())
}

fn is_host(text: &str) -> bool {
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

fn is_user(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '+' | '-');
    let (local, domain) = text.split_once('@').map_or((text, None), |(local, domain)| (local, Some(domain)));
    (1..=MAX_USER).contains(&local.len())
        && local.chars().all(is_part)
        && domain.is_none_or(|domain| !domain.contains(':') && is_host(domain))
}

/// Each part by its own kind. A name with an `@` behind a server without a dot is a password with the server behind it.
fn host_user(value: &str) -> Option<String> {
    let Some((server, user)) = value.split_once(':').filter(|_| !is_host(value)) else { return host(value) };
    let (server, user) = (server.trim(), user.trim());
    let [kept_server, kept_user] = [keep(Kind::Host, server), keep(Kind::User, user)];
    let is_whole = kept_server.text.contains('.') || kept_server.text.eq_ignore_ascii_case("localhost");
    if user.contains('@') && !(is_whole && kept_server.fits) {
        return None;
    }
    let is_kept = kept_server.text == server && kept_user.text == user;
    Some(if is_kept { value.to_owned() } else { format!("{}:{}", kept_server.text, kept_user.text) })
}

/// What stands for a part has no comma of its own, so that it stays one.
fn host_users(value: &str) -> String {
    let part = |part: &str| match part.trim() {
        "" => String::new(),
        part => keep(Kind::HostUser, part).text.replace(',', ""),
    };
    value.split(',').map(part).collect::<Vec<_>>().join(", ")
}

/// `2024-05-01T09:00:00Z`
fn is_date(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | ':' | '.' | '+' | 'T' | 'Z');
    text.len() <= 32 && text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(is_part)
}

fn is_link(text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || "._-{}@:%/+#$ ".contains(c);
    text.len() <= MAX_LINK && text.chars().all(is_part) && !has_password(text) && !has_mark(text)
}

fn is_version(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '/' | ' ');
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

/// What fits of a list, in its order; each of the others shows its length.
fn list(value: &str, between: &[char], fits: fn(&str) -> bool) -> String {
    let separator = value.chars().find(|c| between.contains(c)).unwrap_or(',');
    let parts = value.split(separator).map(str::trim);
    let parts = parts.map(|part| {
        let passes = part.is_empty() || is_stand_in(part) || fits(part);
        // Without a comma of its own, so that it stays one part.
        if passes { part.to_owned() } else { size(part, false).replace(',', "") }
    });
    parts.collect::<Vec<_>>().join(&separator.to_string())
}

/// The words that are known; for any other stands a question mark, and for none at all the length.
fn words(value: &str, known: &[&str]) -> Option<String> {
    let is_known = |word: &str| known.iter().any(|known| known.eq_ignore_ascii_case(word));
    let words = value.split_whitespace().map(|word| if is_known(word) { word } else { "?" });
    let words: Vec<&str> = words.collect();
    words.iter().any(|word| is_known(word)).then(|| words.join(" "))
}

fn label(value: &str) -> Kept {
    let text = if has_user_part(value) { url(value) } else { Some(value.to_owned()) };
    match text.filter(|text| !has_mark(text) && !has_password(text)) {
        None => stand_in(size(value, false)),
        Some(text) if text.chars().count() <= MAX_LABEL => fitting(text),
        Some(text) => stand_in(text.chars().take(MAX_LABEL).chain("...".chars()).collect()),
    }
}

/// An address of the web in it has a user's part, a query or a fragment.
fn has_user_part(text: &str) -> bool {
    text.split("://").skip(1).any(|rest| {
        let address = rest.split(char::is_whitespace).next().unwrap_or_default();
        address.contains(['@', '?', '#'])
    })
}

fn has_mark(text: &str) -> bool {
    let lower = text.to_lowercase();
    MARKS.iter().any(|mark| lower.contains(mark))
}

/// `taro:himitsu@…`
fn has_password(text: &str) -> bool {
    text.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'))
}

/// Without a user's part (`\\taro:himitsu@server\share`), and an address of the web also without its query.
fn path(value: &str) -> String {
    if value.contains("://") {
        return url(value).unwrap_or_else(|| size(value, false));
    }
    let Some(rest) = value.strip_prefix(r"\\").or_else(|| value.strip_prefix("//")) else {
        return value.to_owned();
    };
    let end = rest.find(['\\', '/']).unwrap_or(rest.len());
    let (server, share) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let server = server.rsplit('@').next().unwrap_or_default();
    format!("{}{server}{share}", value.get(..2).unwrap_or_default())
}

/// Scheme, server and path: a user's part may hold a password, a query or fragment a token (RFC 3986, 3.2.1 and 3.4).
fn url(value: &str) -> Option<String> {
    let (scheme, rest) = value.split_once("://").filter(|_| !value.contains(char::is_whitespace))?;
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (authority, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    let server = authority.rsplit('@').next().unwrap_or_default();
    let is_scheme = scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    let fits = is_scheme && (server.is_empty() || is_host(server)) && !path.contains(char::is_control);
    fits.then(|| format!("{scheme}://{server}{path}"))
}

/// The program of a command line: the first word, or what stands in the first quotes, with them if it holds blanks.
fn command(value: &str) -> Kept {
    let (program, rest) = match value.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').unwrap_or_default(),
        None => value.split_once(char::is_whitespace).unwrap_or((value, "")),
    };
    let program = program.trim();
    if program.is_empty() || program.contains(['=', '@', '?']) {
        return stand_in(COMMAND.to_owned());
    }
    let has_blanks = program.contains(char::is_whitespace);
    let text = if has_blanks { format!("\"{program}\"") } else { program.to_owned() };
    Kept { text, fits: rest.trim().is_empty() }
}

#[cfg(test)]
#[path = "kinds_tests.rs"]
mod tests;
