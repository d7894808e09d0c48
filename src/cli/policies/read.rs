//! One file → a policy, with the file of domains that a claim of it may name.

use super::fault::{Fault, LINK, client_ids, problem, refuses};
use crate::formats::encodings::decode;
use crate::model::{IssueKind, Text};
use crate::policy::file::Reading;
use crate::policy::{Mistake, Origin, autoconfig, file};
use crate::source::is_reserved;
use crate::source::system::{is_link, is_missing, read_file};
use std::path::Path;

/// A policy may be this long, in bytes: the longest of real Autoconfig files has a hundredth of it.
const LONGEST_FILE: u64 = 1 << 20;

/// Reads a file by its ending, with the files that its claims name.
pub(super) fn read(path: &Path, origin: Origin, for_all: bool) -> Result<Reading, Vec<Fault>> {
    read_text(path, origin, for_all).map(|(reading, _)| reading)
}

/// The same, with its text.
pub(super) fn read_text(path: &Path, origin: Origin, for_all: bool) -> Result<(Reading, String), Vec<Fault>> {
    let at_path = |mistakes: Vec<Mistake>| -> Vec<Fault> {
        mistakes.into_iter().map(|mistake| Fault::Mistake(path.to_path_buf(), mistake)).collect()
    };
    let is_xml = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xml"));
    let bytes = bytes_of(path)?;
    let (mut reading, text) = if is_xml {
        let text = decode(&bytes);
        (autoconfig::read(&text, origin).map_err(at_path)?, text)
    } else {
        let text = file::text(&bytes).map_err(at_path)?;
        (file::read(text, origin, &client_ids()).map_err(at_path)?, text.to_owned())
    };
    let mut faults = Vec::new();
    for (number, claim) in reading.policy.claims.iter_mut().enumerate() {
        let Some(name) = &claim.domains_file else { continue };
        let beside = path.parent().unwrap_or(Path::new("")).join(name);
        let named = |message| file::at(&text, Some(("claims", number)), "domains_file", message);
        if is_reserved(name) {
            faults.extend(at_path(named(&RESERVED).into_iter().collect()));
            continue;
        }
        if is_missing(&beside) {
            faults.extend(at_path(named(&NO_FILE).into_iter().collect()));
            continue;
        }
        match domains(&beside, for_all) {
            Ok(lines) => {
                let mistake = |line| Mistake { line, column: 1, field: String::new(), message: NO_DOMAIN };
                let wrong = claim.add_domains(&lines);
                if wrong.is_empty() && claim.domain.is_empty() {
                    faults.extend(at_path(named(&EMPTY_FILE).into_iter().collect()));
                }
                faults.extend(wrong.into_iter().map(|line| Fault::Mistake(beside.clone(), mistake(line))));
            }
            Err(wrong) => faults.extend(wrong),
        }
    }
    if faults.is_empty() { Ok((reading, text)) } else { Err(faults) }
}

/// The lines of a file of domains: a file by itself, no link, that nobody else may change where that counts.
fn domains(path: &Path, for_all: bool) -> Result<String, Vec<Fault>> {
    let mut faults = Vec::new();
    if refuses(path, for_all, &mut faults) {
        return Err(faults);
    }
    if is_link(path) { Err(vec![problem(path, IssueKind::Outside, &LINK)]) } else { text_of(path) }
}

pub(super) fn text_of(path: &Path) -> Result<String, Vec<Fault>> {
    bytes_of(path).map(|bytes| decode(&bytes))
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, Vec<Fault>> {
    read_file(path, LONGEST_FILE).map_err(|problem| vec![Fault::Problem(problem)])
}

const NO_FILE: Text = Text::fixed(
    "ポリシーと同じフォルダーに、この名前のファイルがありません",
    "there is no such file in the folder of the policy",
);
const EMPTY_FILE: Text = Text::fixed(
    "このファイルにドメインが1つもないため、だれのアカウントにも当てはまりません",
    "there is no domain in this file, so it speaks for nobody",
);
const NO_DOMAIN: Text = Text::fixed(
    "1行に1つのドメイン(例: example.jp)。# より後ろはコメント",
    "expected: one domain a line, such as example.jp; what stands behind a # is a comment",
);
const RESERVED: Text = Text::fixed(
    "Windows が装置の名前として使うため(CON、NUL など)、ファイルの名前にできません",
    "Windows keeps this name for a device (CON, NUL and the like): a file can't have it",
);
