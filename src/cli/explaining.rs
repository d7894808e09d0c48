//! `explain-error`: a text in, its meaning out. The text itself is never shown: it may hold names and addresses.

use super::output::{say, show};
use super::{CHECK, OK, localize, places};
use crate::clients::errors::next::SCAN;
use crate::explain::{MOST_TEXT, explain};
use crate::formats::encodings::decode;
use crate::model::{Lang, Refusal, Text};
use crate::report::blocks::{numbered, wrap};
use std::ffi::OsString;
use std::io::{self, Read};
use textwrap::core::display_width;

const NO_TEXT: Text = Text::fixed("エラーの文を指定してください。", "the text of an error is needed");
const TOO_LONG: Text = Text::fixed(
    "長い文です。最初の 64 KiB だけを調べました。",
    "a long text: only its first 64 KiB were looked at",
);

/// Says what the text means.
pub(super) fn run(words: &[OsString], lang: Lang) -> u8 {
    let bytes = match words {
        [word] if word == "-" => match read() {
            Ok(bytes) => bytes,
            Err(error) => return places::not_read(&error, lang),
        },
        words => {
            let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
            words.join(" ").into_bytes()
        }
    };
    let text = match bytes.get(..MOST_TEXT) {
        Some(first) if bytes.len() > MOST_TEXT => {
            say(TOO_LONG.get(lang));
            decode(without_part_of_a_letter(first))
        }
        _ => decode(&bytes),
    };
    if text.trim().is_empty() {
        return localize::usage(NO_TEXT.get(lang), lang);
    }
    let answers = explain(&text);
    let shown = if answers.is_empty() { unknown(lang) } else { known(&answers, lang) };
    match show(&shown) {
        Err(error) => places::not_written(None, &error, lang),
        Ok(()) if answers.is_empty() => CHECK,
        Ok(()) => OK,
    }
}

/// What is on stdin, and one byte more than is looked at.
fn read() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(MOST_TEXT as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A letter of UTF-8 that is cut in two would make the rest look like another encoding.
fn without_part_of_a_letter(bytes: &[u8]) -> &[u8] {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => bytes.get(..error.valid_up_to()).unwrap_or(bytes),
        _ => bytes,
    }
}

fn known(answers: &[&Refusal], lang: Lang) -> String {
    let blocks = answers.iter().zip(1..).map(|(refusal, number)| block(number, refusal, lang));
    blocks.collect::<Vec<_>>().join("\n")
}

fn block(number: usize, refusal: &Refusal, lang: Lang) -> String {
    let [says, means, next, source] = match lang {
        Lang::Ja => ["言っていること", "意味", "次にすること", "出典"],
        Lang::En => ["it says", "it means", "next", "source"],
    };
    let names = [says, means, source].map(display_width).into_iter().max().unwrap_or_default();
    let head = |name: &str| format!("  {name}{}: ", " ".repeat(names.saturating_sub(display_width(name))));
    let mut lines = wrap(&format!("[{number}] "), refusal.name.get(lang));
    lines.extend(wrap(&head(says), refusal.says.get(lang)));
    lines.extend(wrap(&head(means), refusal.means.get(lang)));
    lines.push(format!("  {next}:"));
    lines.extend(numbered(refusal.steps, lang));
    lines.extend(wrap(&head(source), refusal.source));
    lines.join("\n") + "\n"
}

/// Nothing is made up: what to look for, and what always helps.
fn unknown(lang: Lang) -> String {
    let head = Text::fixed("この文は、ここでは知られていません。", "This text isn't known here.");
    let steps = [
        Text::fixed(
            "エラーの画面から、次のどれかを探して、もう一度入れます: 3桁の数字(535 など)、点で区切られた3つの数字(5.7.8 など)、0x で始まる番号、サーバーの応答の英文。",
            "Look for one of these in the window with the error, and give it to explain-error: a number of three digits (535), three numbers with dots between (5.7.8), a number that begins with 0x, the words of the server.",
        ),
        SCAN,
        Text::fixed(
            "それでも分からなければ、文の全体をプロバイダーに問い合わせます。よくある文なら、名前、アドレス、サーバー名を除いて、このプログラムの開発元に知らせてください。",
            "Else ask the provider, with the whole text. If it is a common one, report it to the developers of this program, without names, addresses and servers.",
        ),
    ];
    let mut lines = wrap("", head.get(lang));
    lines.extend(numbered(&steps, lang));
    lines.join("\n") + "\n"
}
