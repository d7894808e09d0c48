//! What is wrong with a file of a policy, and which files are not to be trusted.

use crate::clients::CLIENTS;
use crate::model::{IssueKind, Lang, Text};
use crate::policy::Mistake;
use crate::report::clean::clean;
use crate::source::Problem;
use crate::source::system::is_missing;
use crate::source::trust::others_may_change;
use std::path::{Path, PathBuf};

/// What is wrong with a file: the file, and a mistake in it or why it can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) enum Fault {
    /// A mistake in it.
    Mistake(PathBuf, Mistake),
    /// It can't be read, or must not be.
    Problem(Problem),
}

impl Fault {
    /// `file:line:column: field: message`.
    pub(in crate::cli) fn shown(&self, lang: Lang) -> String {
        let line = match self {
            Self::Problem(problem) => format!("{}: {}", problem.place, problem.message.get(lang)),
            Self::Mistake(path, mistake) => {
                let Mistake { line, column, field, message } = mistake;
                let field = if field.is_empty() { String::new() } else { format!("{field}: ") };
                format!("{}:{line}:{column}: {field}{}", path.display(), message.get(lang))
            }
        };
        clean(&line)
    }

    /// As an issue of a report.
    pub(super) fn into_problem(self) -> Problem {
        match self {
            Self::Problem(problem) => problem,
            Self::Mistake(path, mistake) => {
                let Mistake { line, column, field, message } = mistake;
                let place = path.display().to_string();
                let of = |text: &str| format!("{line}:{column}: {field}: {text}");
                Problem::malformed(place, &Text::new(of(&message.ja), of(&message.en)))
            }
        }
    }
}

/// Notes what is not there, or not to be trusted.
pub(super) fn refuses(path: &Path, for_all: bool, faults: &mut Vec<Fault>) -> bool {
    let refused = if is_missing(path) {
        (IssueKind::Io, &MISSING)
    } else if for_all && others_may_change(path) {
        (IssueKind::Denied, &OTHERS_MAY_WRITE)
    } else {
        return false;
    };
    faults.push(problem(path, refused.0, refused.1));
    true
}

/// The ids that a policy may name.
pub(super) fn client_ids() -> Vec<&'static str> {
    CLIENTS.iter().map(|client| client.id).collect()
}

/// Why a file is not read.
pub(super) fn problem(path: &Path, kind: IssueKind, message: &Text) -> Fault {
    Fault::Problem(Problem::new(kind, path.display().to_string(), message.clone()))
}

const MISSING: Text =
    Text::fixed("ファイルまたはフォルダーがありません。", "there is no such file or folder");
pub(super) const OTHERS_MAY_WRITE: Text = Text::fixed(
    "管理者以外の利用者が書き込めるため、使いません。本体と途中のフォルダーを、管理者だけが書き込めるようにしてください。",
    "others than administrators can write here, so it is not used: let only administrators write to it and to the folders on the way",
);
pub(super) const LINK: Text = Text::fixed(
    "リンクはたどりません。ファイルそのものを置いてください。",
    "links are not followed: put the file itself here",
);
