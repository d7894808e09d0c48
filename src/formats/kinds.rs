//! What a setting holds, by its kind, and how much of a stored value may leave its reader: the one door for values.
//!
//! A value that fits its kind passes; of any other only its length does, because people type passwords into the wrong
//! fields. A password that looks like a host or a user name can't be told from one.

use super::secrets::is_secret_name;
use super::shapes::{
    flags, has_mark, has_password, has_user_part, host, is_address, is_date, is_flags, is_guid, is_host,
    is_link, is_switch, is_user, is_version, url,
};

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
/// Stands for what a script works out.
pub const COMPUTED: &str = "(computed)";

/// The longest label, user name and link, in characters; longer ones are nobody's.
const MAX_LABEL: usize = 60;

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

/// The name of a setting that nobody has listed, if it is a word: anything else may be what somebody typed. A program's own
/// word for a password is none.
pub fn unlisted(text: &str) -> String {
    let is_word = text.len() <= MAX_LABEL && text.bytes().all(|b| b.is_ascii_alphabetic());
    let is_program = text.to_lowercase().ends_with("password") || !is_secret_name(text);
    if is_word && is_program { text.to_owned() } else { size(text, false) }
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
    [PRESENT, COMMAND, COMPUTED].contains(&value)
        || counted("(text, ", " characters)")
        || counted("(text ", " characters)")
        || counted("(number, ", " digits)")
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
