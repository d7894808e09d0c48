//! What a server or a mail program says when mail isn't sent or received, and what that means here.

use super::text::Text;

/// How a refusal is recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// A reply code of SMTP (RFC 5321, 4.2).
    Reply(u16),
    /// An enhanced status code (RFC 3463).
    Status(u16, u16, u16),
    /// An error number of Windows, as it is shown: `0x800CCC79`.
    Number(u32),
    /// Words, without regard to case and blanks.
    Words(&'static str),
    /// Words that many programs show for many reasons: they say something only where nothing else does.
    Vague(&'static str),
}

/// A refusal that is known.
#[derive(Debug)]
pub struct Refusal {
    /// What it is called here.
    pub name: Text,
    /// Alternatives; of each, all signs have to be there.
    pub signs: &'static [&'static [Sign]],
    /// Codes that come with it: they say nothing more.
    pub with: &'static [Sign],
    /// What the server or the program says, in plain words.
    pub says: Text,
    /// What that means for how the account sends.
    pub means: Text,
    /// What to do, in order.
    pub steps: &'static [Text],
    /// Where that is written.
    pub source: &'static str,
}
