//! BER (ITU-T X.690), the encoding of signed data: one element after the other, with definite and indefinite lengths.
//!
//! Nothing here calls itself: an element of indefinite length ends where its own end-of-contents octets stand, and these
//! are found by counting.

/// Nesting that is still read. Signed data has seven levels of indefinite length, and its content one or two more.
const MAX_DEPTH: usize = 16;
/// Set in the identifier of what consists of elements.
const CONSTRUCTED: u8 = 0x20;
/// OCTET STRING, whole and in pieces.
const OCTETS: u8 = 0x04;
const OCTETS_IN_PIECES: u8 = OCTETS | CONSTRUCTED;

/// Why bytes can't be taken apart. It never carries any content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BerError {
    /// The data ends inside an element.
    #[error("cut off")]
    Truncated,
    /// Not what has to stand there.
    #[error("damaged or not what was expected")]
    Malformed,
    /// Nested more deeply than signed data is.
    #[error("nested too deeply")]
    TooDeep,
}

/// One element.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Element<'a> {
    /// The identifier octet: class, constructed or not, number.
    pub tag: u8,
    /// What is inside, without the end-of-contents octets.
    pub content: &'a [u8],
}

/// Without the content, which may be a profile with its passwords.
impl std::fmt::Debug for Element<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Element({:#04x}, {} bytes)", self.tag, self.content.len())
    }
}

/// Takes the first element off.
pub fn split<'a>(input: &mut &'a [u8]) -> Result<Element<'a>, BerError> {
    let (tag, length) = header(input)?;
    let content = match length {
        Some(length) => take(input, length)?,
        None => take_to_end_of_contents(input)?,
    };
    Ok(Element { tag, content })
}

/// The content of the first element, which has to be of this kind.
pub fn expect<'a>(input: &mut &'a [u8], tag: u8) -> Result<&'a [u8], BerError> {
    let element = split(input)?;
    if element.tag == tag { Ok(element.content) } else { Err(BerError::Malformed) }
}

/// The bytes of an OCTET STRING; its pieces are joined, and so are pieces of pieces.
pub fn octets(element: Element<'_>) -> Result<Vec<u8>, BerError> {
    let mut bytes = Vec::new();
    let mut open = match element.tag {
        OCTETS => return Ok(element.content.to_vec()),
        OCTETS_IN_PIECES => vec![element.content],
        _ => return Err(BerError::Malformed),
    };
    while let Some(rest) = open.last_mut() {
        if rest.is_empty() {
            open.pop();
            continue;
        }
        let piece = split(rest)?;
        match piece.tag {
            OCTETS => bytes.extend_from_slice(piece.content),
            OCTETS_IN_PIECES if open.len() < MAX_DEPTH => open.push(piece.content),
            OCTETS_IN_PIECES => return Err(BerError::TooDeep),
            _ => return Err(BerError::Malformed),
        }
    }
    Ok(bytes)
}

fn take_to_end_of_contents<'a>(input: &mut &'a [u8]) -> Result<&'a [u8], BerError> {
    let inside = *input;
    let mut open = 1_usize;
    loop {
        let before = inside.len().saturating_sub(input.len());
        match header(input)? {
            (0, Some(0)) => {
                open = open.saturating_sub(1);
                if open == 0 {
                    return inside.get(..before).ok_or(BerError::Truncated);
                }
            }
            (_, Some(length)) => {
                take(input, length)?;
            }
            (_, None) if open < MAX_DEPTH => open = open.saturating_add(1),
            (_, None) => return Err(BerError::TooDeep),
        }
    }
}

/// Identifier and length; no length = indefinite.
fn header(input: &mut &[u8]) -> Result<(u8, Option<usize>), BerError> {
    let tag = byte(input)?;
    // Numbers of more than one octet do not occur in signed data (X.690, 8.1.2.4).
    if tag & 0x1F == 0x1F {
        return Err(BerError::Malformed);
    }
    let length = match byte(input)? {
        short @ ..0x80 => Some(usize::from(short)),
        0x80 if tag & CONSTRUCTED != 0 => None,
        // X.690, 8.1.3.2 and 8.1.3.5: not for what is in one piece, and kept for the future
        0x80 | 0xFF => return Err(BerError::Malformed),
        long => {
            let octets = take(input, usize::from(long & 0x7F))?;
            let add = |sum: usize, octet: &u8| sum.checked_mul(256)?.checked_add(usize::from(*octet));
            Some(octets.iter().try_fold(0, add).ok_or(BerError::Truncated)?)
        }
    };
    Ok((tag, length))
}

fn byte(input: &mut &[u8]) -> Result<u8, BerError> {
    let (first, rest) = input.split_first().ok_or(BerError::Truncated)?;
    *input = rest;
    Ok(*first)
}

fn take<'a>(input: &mut &'a [u8], length: usize) -> Result<&'a [u8], BerError> {
    let (taken, rest) = input.split_at_checked(length).ok_or(BerError::Truncated)?;
    *input = rest;
    Ok(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(bytes: &[u8]) -> Result<Vec<u8>, BerError> {
        let mut input = bytes;
        octets(split(&mut input)?)
    }

    #[test]
    fn lengths_of_every_form() {
        let long = [&[0x04, 0x81, 0x80][..], &[7; 0x80]].concat();
        let padded = [0x04, 0x85, 0, 0, 0, 0, 1, b'x'];
        let in_two = [0x24, 0x80, 0x04, 1, b'a', 0x04, 1, b'b', 0, 0];
        let nested = [0x24, 0x80, 0x24, 0x80, 0x04, 1, b'a', 0, 0, 0x24, 3, 0x04, 1, b'b', 0, 0];
        // Octets that look like an end of contents, inside of a piece.
        let zeros = [0x24, 0x80, 0x04, 4, 0, 0, 0, 0, 0, 0];
        for (bytes, expected) in [
            (&[0x04, 0][..], &[][..]),
            (&[0x04, 2, b'o', b'k', 0xFF], b"ok"),
            (&long, &[7; 0x80]),
            (&padded, b"x"),
            (&in_two, b"ab"),
            (&nested, b"ab"),
            (&zeros, &[0, 0, 0, 0]),
            (&[0x24, 0], b""),
        ] {
            assert_eq!(joined(bytes).as_deref(), Ok(expected), "{bytes:?}");
        }
    }

    #[test]
    fn what_follows_stays() {
        let mut input: &[u8] = &[0x30, 0x80, 0x02, 1, 5, 0, 0, 0x05, 0];
        assert_eq!(expect(&mut input, 0x30), Ok(&[0x02, 1, 5][..]));
        assert_eq!(expect(&mut input, 0x05), Ok(&[][..]));
        assert_eq!(split(&mut input), Err(BerError::Truncated));
    }

    #[test]
    fn hostile_elements_end_in_an_error() {
        let bomb = [0x24, 0x80].repeat(1 << 20);
        let closed = [[0x24, 0x80].repeat(40), vec![0; 80]].concat();
        // Definite lengths, from the inside to the outside.
        let mut boxes = vec![0x04, 0];
        for _ in 0..60 {
            boxes = [&[0x24, u8::try_from(boxes.len()).expect("short")][..], &boxes].concat();
        }
        for (bytes, expected) in [
            (&bomb[..], BerError::TooDeep),
            (&closed, BerError::TooDeep),
            (&boxes, BerError::TooDeep),
            (&[], BerError::Truncated),
            (&[0x04], BerError::Truncated),
            (&[0x04, 5, 1], BerError::Truncated),
            (&[0x04, 0x84, 0xFF, 0xFF, 0xFF, 0xFF, 1], BerError::Truncated),
            (&[0x04, 0x88, 255, 255, 255, 255, 255, 255, 255, 255, 1], BerError::Truncated),
            (&[0x04, 0x8A, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], BerError::Truncated),
            (&[0x04, 0xFE, 0], BerError::Truncated),
            (&[0x04, 0xFF, 0], BerError::Malformed),
            (&[0x04, 0x80, 0, 0], BerError::Malformed),
            (&[0x3F, 0x81, 1, 0], BerError::Malformed),
            (&[0x24, 0x80, 0x04, 1, b'a'], BerError::Truncated),
            (&[0x24, 0x80, 0x02, 1, 1, 0, 0], BerError::Malformed),
            (&[0x0C, 1, b'a'], BerError::Malformed),
        ] {
            assert_eq!(joined(bytes), Err(expected), "{:?}", bytes.get(..12).unwrap_or(bytes));
        }
    }
}
