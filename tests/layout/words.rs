//! Rust source text as words, without comments, texts and characters: what names a module inside a macro is a word too.

/// A name, a number, `::` or a single sign.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word<'t> {
    pub(crate) text: &'t str,
    /// From 1.
    pub(crate) line: usize,
}

/// The words of a source file.
pub(crate) fn words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let (length, is_word) = next(rest, first);
        let (piece, after) = rest.split_at(length);
        if is_word {
            found.push(Word { text: piece.trim_start_matches("r#"), line });
        }
        line += piece.matches('\n').count();
        rest = after;
    }
    found
}

/// The texts in quotes of a source file, without the quotes, with their lines.
pub(crate) fn texts(text: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let (length, _) = next(rest, first);
        let (piece, after) = rest.split_at(length);
        if first == '"' {
            let inside = piece.trim_start_matches('"').trim_end_matches('"');
            found.push((inside.replace("\\\\", "\\").replace("\\\"", "\""), line));
        } else if raw_text(rest).is_some() {
            let inside = piece.trim_start_matches(['b', 'c', 'r', '#']).trim_end_matches('#');
            found.push((inside.trim_matches('"').to_owned(), line));
        }
        line += piece.matches('\n').count();
        rest = after;
    }
    found
}

/// How long the next piece is, and whether it is a word.
fn next(rest: &str, first: char) -> (usize, bool) {
    if first.is_whitespace() {
        return (rest.len() - rest.trim_start().len(), false);
    }
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), false);
    }
    if rest.starts_with("/*") {
        return (block_comment(rest), false);
    }
    if let Some(length) = raw_text(rest) {
        return (length, false);
    }
    match first {
        '"' => (quoted(rest, '"'), false),
        '\'' => {
            let mut after = rest.chars().skip(1);
            let is_character = after.next() == Some('\\') || after.next() == Some('\'');
            let lifetime = 1 + name(&rest[1..]);
            (if is_character { quoted(rest, '\'') } else { lifetime }, false)
        }
        ':' if rest.starts_with("::") => (2, true),
        'r' if rest.starts_with("r#") => (2 + name(&rest[2..]), true),
        _ if is_of_name(first) => (name(rest), true),
        _ => (first.len_utf8(), true),
    }
}

fn is_of_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn name(rest: &str) -> usize {
    rest.find(|letter| !is_of_name(letter)).unwrap_or(rest.len())
}

/// Comments stand within comments.
fn block_comment(rest: &str) -> usize {
    let (mut at, mut depth) = (0, 0);
    while at < rest.len() {
        match rest.as_bytes().get(at..at + 2) {
            Some(b"/*") => (at, depth) = (at + 2, depth + 1),
            Some(b"*/") => (at, depth) = (at + 2, depth - 1),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// `r"…"`, `r#"…"#` and the same with `b` or `c` before it.
fn raw_text(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix(['b', 'c']).unwrap_or(rest).strip_prefix('r')?;
    let hashes = inside.len() - inside.trim_start_matches('#').len();
    let inside = inside[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let start = rest.len() - inside.len();
    Some(inside.find(&end).map_or(rest.len(), |at| start + at + end.len()))
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut is_escaped = true; // the quote at the beginning is not the end
    for (at, letter) in rest.char_indices() {
        if letter == quote && !is_escaped {
            return at + 1;
        }
        is_escaped = at == 0 && letter != quote || letter == '\\' && !is_escaped;
    }
    rest.len()
}
