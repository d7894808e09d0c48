//! A text that somebody read out or pasted → the codes and words in it.

use crate::formats::shapes::narrow;
use crate::model::Sign;

/// What a text holds.
#[derive(Debug, Default)]
pub(super) struct Heard {
    replies: Vec<u16>,
    statuses: Vec<(u16, u16, u16)>,
    numbers: Vec<u32>,
    /// The whole text in lower case, without blanks.
    words: String,
}

/// Error numbers of Windows have so many digits.
const DIGITS: usize = 8;

impl Heard {
    /// Reads a text. Nothing of it is kept but codes, and its words for as long as they are compared.
    pub(super) fn of(text: &str) -> Self {
        let text: String = text.chars().map(plain).collect::<String>().to_lowercase();
        let mut heard = Self { words: squeezed(&text), ..Self::default() };
        for word in text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '.') {
            heard.take(word.trim_matches('.'));
        }
        heard
    }

    fn take(&mut self, word: &str) {
        let parts: Vec<&str> = word.split('.').collect();
        match parts.as_slice() {
            [code] if code.len() == 3 => self.replies.extend(decimal(code)),
            [number] => self.numbers.extend(hexadecimal(number)),
            // An address (192.0.2.1) has four parts.
            [class @ ("2" | "4" | "5"), subject, detail] => {
                let code = decimal(class).zip(decimal(subject)).zip(decimal(detail));
                self.statuses.extend(code.map(|((class, subject), detail)| (class, subject, detail)));
            }
            _ => {}
        }
    }

    /// True if the text has it.
    pub(super) fn has(&self, sign: &Sign) -> bool {
        match sign {
            Sign::Reply(code) => self.replies.contains(code),
            Sign::Status(class, subject, detail) => self.statuses.contains(&(*class, *subject, *detail)),
            Sign::Number(number) => self.numbers.contains(number),
            Sign::Words(words) | Sign::Vague(words) => self.words.contains(&squeezed(&words.to_lowercase())),
        }
    }
}

/// How much a sign tells: words are a server's or a program's own, a number is one program's, a status tells one reason of
/// many for a reply.
pub(super) const fn weight(sign: &Sign) -> u32 {
    match sign {
        Sign::Reply(_) => 2,
        Sign::Status(..) => 3,
        Sign::Number(_) => 4,
        Sign::Words(_) => 6,
        Sign::Vague(_) => 1,
    }
}

/// Full-width signs as ASCII, and the sign of multiplication that word processors make of `0x`.
fn plain(character: char) -> char {
    match character {
        '×' => 'x',
        '’' | '‘' => '\'',
        other => narrow(other),
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && !letter.is_control()).collect()
}

fn decimal(digits: &str) -> Option<u16> {
    let is_number = (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten()
}

/// With `0x`, with the letter O in the place of the zero, or without.
fn hexadecimal(word: &str) -> Option<u32> {
    let digits = word.strip_prefix("0x").or_else(|| word.strip_prefix("ox")).unwrap_or(word);
    (digits.len() == DIGITS).then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DROPPED: Sign = Sign::Number(0x800C_CC0F);

    #[test]
    fn codes_are_found_however_they_are_written() {
        for (text, sign) in [
            ("535 5.7.8 Error", Sign::Reply(535)),
            ("535-5.7.8 Error", Sign::Reply(535)),
            ("(530)", Sign::Reply(530)),
            ("５３５", Sign::Reply(535)),
            ("サーバー エラー : 554, エラー番号 : 0x800CCC79", Sign::Reply(554)),
            ("サーバーの応答は550です。", Sign::Reply(550)),
            ("535 5.7.139 no", Sign::Status(5, 7, 139)),
            ("rcpthosts (#5.7.1)", Sign::Status(5, 7, 1)),
            ("5.7.57.", Sign::Status(5, 7, 57)),
            ("0x800CCC0F", DROPPED),
            ("(0X800ccc0f):", DROPPED),
            ("800CCC0F", DROPPED),
            ("Ox800CCC0F", DROPPED),
            ("0×800CCC0F", DROPPED),
            ("０ｘ８００ＣＣＣ０Ｆ", DROPPED),
            ("Relay  ACCESS\r\n denied", Sign::Words("relay access denied")),
            ("that domain isn’t in my list", Sign::Words("that domain isn't in my list")),
        ] {
            assert!(Heard::of(text).has(&sign), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_codes() {
        for (text, sign) in [
            ("192.168.5.535", Sign::Reply(535)),
            ("5.7.1.9", Sign::Status(5, 7, 1)),
            ("15.7.1", Sign::Status(5, 7, 1)),
            ("5350", Sign::Reply(535)),
            ("a535", Sign::Reply(535)),
            ("0x800CCC0F0", DROPPED),
            ("0x800CCC0", Sign::Number(0x0800_CCC0)),
            ("+535", Sign::Reply(0)),
        ] {
            assert!(!Heard::of(text).has(&sign), "{text}");
        }
    }
}
