//! The one lexer for files of sections and `name=value` lines: text → ranges, which hold no text themselves. Reading, keeping
//! (`collect`) and setting use the same ranges.

use super::facts::{Fact, Group, find, is_hidden, of_group, shown_group};
use super::kinds::{Kind, PRESENT, keep};
use std::ops::Range;

/// The longest value that is read, in bytes: Windows itself stops at 64 KiB, and others write shorter lines.
pub const LONGEST: usize = 64 * 1024;

/// What differs between the programs that write such files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of a format, and none follows from another"
)]
pub struct Dialect {
    /// A line that begins so is a comment.
    pub comments: &'static [char],
    /// Blanks around lines, names and values do not belong to them.
    pub is_trimmed: bool,
    /// A section's name ends at the last `]` of its line, as in KConfig; else at the first.
    pub to_last_bracket: bool,
    /// A section's name may end without its `]`.
    pub may_be_open: bool,
    /// What stands in brackets behind a name is no part of it (`name[ja]`, `host[$e]`: KConfig).
    pub has_options: bool,
}

/// GetPrivateProfileString (learn.microsoft.com, winbase.h), and profiles.ini of Mozilla's programs.
pub const WINDOWS: Dialect = Dialect {
    comments: &[';', '#'],
    is_trimmed: true,
    to_last_bracket: false,
    may_be_open: false,
    has_options: false,
};
/// GLib's key files (developer-old.gnome.org/glib, Key-value file parser), read by the same rules.
pub const KEY_FILE: Dialect = WINDOWS;
/// KConfig (KDE/kconfig, src/core/kconfigini.cpp).
pub const KCONFIG: Dialect = Dialect {
    comments: &['#'],
    is_trimmed: true,
    to_last_bracket: true,
    may_be_open: false,
    has_options: true,
};
/// prefs_read_config of Sylpheed and Claws Mail (sylpheed libsylph/prefs.c, claws-mail src/prefs_gtk.c).
pub const BLOCKS: Dialect = Dialect {
    comments: &[],
    is_trimmed: false,
    to_last_bracket: false,
    may_be_open: true,
    has_options: false,
};

/// A section with its entries; the first has no name and holds what stands before any section.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// Its name, without the brackets.
    pub name: Range<usize>,
    /// Its lines.
    pub entries: Vec<Entry>,
}

/// One line `name=value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The name.
    pub name: Range<usize>,
    /// What stands in brackets behind it, with them; empty if there is nothing.
    pub options: Range<usize>,
    /// The value.
    pub value: Range<usize>,
}

/// The sections of a file in its order, also those whose name was there before. Lines that are neither a section, a comment
/// nor `name=value` are passed over; what follows a section without an end belongs to none.
pub fn lex(text: &str, dialect: &Dialect) -> Vec<Section> {
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut sections = vec![Section { name: start..start, entries: Vec::new() }];
    for line in lines(text, start) {
        let line = if dialect.is_trimmed { trimmed(text, line) } else { line };
        let Some(content) = text.get(line.clone()) else { continue };
        if content.starts_with(dialect.comments) {
            continue;
        }
        if content.starts_with('[') {
            if let Some(name) = section_name(text, line, dialect) {
                sections.push(Section { name, entries: Vec::new() });
            } else if dialect.to_last_bracket {
                // KConfig forgets where it is.
                sections.push(Section { name: 0..0, entries: Vec::new() });
            }
        } else if let Some(at) = content.find('=')
            && let Some(section) = sections.last_mut()
        {
            section.entries.extend(entry(text, line.start, line.start + at, line.end, dialect));
        }
    }
    sections
}

fn lines(text: &str, start: usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = start;
    text.get(start..).unwrap_or_default().split(['\n', '\r']).map(move |line| {
        let range = at..at + line.len();
        at = range.end + 1;
        range
    })
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let content = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (content.len() - content.trim_start().len());
    start..start + content.trim().len()
}

fn section_name(text: &str, line: Range<usize>, dialect: &Dialect) -> Option<Range<usize>> {
    let content = text.get(line.clone())?;
    let end = if dialect.to_last_bracket { content.rfind(']') } else { content.find(']') };
    let end = end.or_else(|| dialect.may_be_open.then_some(content.len()))?;
    let name = line.start + 1..(line.start + end).max(line.start + 1);
    Some(if dialect.is_trimmed && !dialect.to_last_bracket { trimmed(text, name) } else { name })
}

fn entry(text: &str, start: usize, equals: usize, end: usize, dialect: &Dialect) -> Option<Entry> {
    let part = |range: Range<usize>| if dialect.is_trimmed { trimmed(text, range) } else { range };
    let mut name = part(start..equals);
    let mut options = name.end..name.end;
    if dialect.has_options
        && let Some(bracket) = text.get(name.clone())?.find('[')
    {
        options = name.start + bracket..name.end;
        name = part(name.start..options.start);
    }
    let is_named = !dialect.is_trimmed || !name.is_empty();
    is_named.then(|| Entry { name, options, value: part(equals + 1..end) })
}

/// What a collected copy says of a value: the text of the line behind the `=`, or nothing.
pub type Write = fn(&Fact, &str) -> Option<String>;

/// The value as its kind leaves it, in the form of the file.
pub fn plain(fact: &Fact, value: &str) -> Option<String> {
    match fact.kind {
        Kind::Secret => (!value.trim().is_empty()).then(|| PRESENT.to_owned()),
        Kind::Dropped => Some(String::new()),
        // Its reader will say so again.
        _ if value.len() > LONGEST => Some("x".repeat(LONGEST + 1)),
        kind => Some(keep(kind, value).text),
    }
}

/// The file with nothing but the settings of these groups, each as its kind leaves it. A section stays if something is left
/// in it, or if it is one of `always`: that it is there tells something.
pub fn copy(
    text: &str,
    dialect: &Dialect,
    groups: &'static [Group],
    always: fn(&str) -> bool,
    write: Write,
) -> String {
    let mut file = String::new();
    for (number, section) in lex(text, dialect).into_iter().enumerate() {
        let name = text.get(section.name.clone()).unwrap_or_default();
        let facts = of_group(groups, name);
        let mut lines = String::new();
        for entry in &section.entries {
            let slice = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
            let name = slice(&entry.name);
            // Of a listed secret it is told that it is there.
            let is_told = |fact: &&Fact| fact.kind == Kind::Secret || !is_hidden(Some(fact), name);
            let Some(fact) = find(facts, name).filter(is_told) else { continue };
            // Of what is only recognised by its look, and of no use, the name is not needed either.
            let shown = if fact.like.is_some() && fact.kind == Kind::Dropped { fact.name } else { name };
            // Of what stands in brackets only that it deletes is the format's word; a language's value is not read.
            let options = match slice(&entry.options) {
                options if options.starts_with("[$d") => "[$d]",
                options if options.is_empty() || options.starts_with("[$") => "",
                _ => continue,
            };
            if let Some(value) = write(fact, slice(&entry.value)) {
                lines.extend([shown, options, "=", &value, "\n"]);
            }
        }
        if !lines.is_empty() || always(name) {
            // What stands before any section needs no name.
            if number > 0 {
                file.extend(["[", &shown_group(groups, name), "]\n"]);
            }
            file.push_str(&lines);
        }
    }
    file
}

#[cfg(test)]
#[path = "ini_lexer_tests.rs"]
mod tests;
