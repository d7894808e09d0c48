//! What sends mail and is no mail client: multi-function printers, business programs, databases. Nothing of it is read:
//! somebody answers.
//!
//! Printers know POP before SMTP (Epson's guide, "メールサーバー設定項目": 認証しない, SMTP認証, POP before SMTP; Fuji Xerox,
//! ApeosPort-IV: both). In an office they also send without any setting of the kind, while a PC behind the same address
//! receives.

pub(super) mod dialogue;
mod steps;

use super::changing::Changing;
use super::{Asks, Client, Edition, Reading};
use crate::model::{Confidence, Text};

/// Set at its own panel.
const PANEL: &str = "device-panel";
/// Set on its page in a browser.
const WEB: &str = "device-web";
/// Set in a program's window.
const PROGRAM: &str = "device-program";
/// Set in a file, a script or a database.
const FILE: &str = "device-file";
/// Where it is set is not known.
const ANY: &str = "device";

/// Its row in the table of clients.
pub const CLIENT: Client = Client {
    id: "device",
    name: "Another program or device (複合機・業務ソフトなど)",
    name_ja: Some("複合機・業務ソフトなど"),
    typed: &[
        "printer",
        "scanner",
        "copier",
        "MFP",
        "NAS",
        "複合機",
        "コピー機",
        "プリンター",
        "プリンタ",
        "スキャナー",
        "スキャナ",
        "機器",
        "業務ソフト",
    ],
    certainty: Confidence::Answered,
    variants: &[],
    fourfold: &[],
    editions: &[
        edition(PANEL, "機器 (操作パネルで設定)", "a device (set at its panel)", steps::PANEL),
        edition(WEB, "機器 (ブラウザーで設定)", "a device (set in a browser)", steps::WEB),
        edition(
            PROGRAM,
            "業務ソフトなど (画面で設定)",
            "a business program (set in its window)",
            steps::PROGRAM,
        ),
        edition(
            FILE,
            "業務ソフトなど (ファイルやスクリプトで設定)",
            "a business program (set in a file or script)",
            steps::FILE,
        ),
        edition(ANY, "メールを送信する機器やソフト", "a device or program that sends mail", steps::ANYWHERE),
    ],
    places: &[],
    sureness: Text::fixed(
        "ask の質問への回答だけによる。調査では報告されません",
        "by answers to the questions of ask alone; a scan never reports it",
    ),
    files: &[],
    folders: &[],
    keys: &[],
    // The page of such a device has a field for it.
    asks: Asks::Own,
    changing: Changing::Steps,
    reading: Reading::Asked,
};

const fn edition(
    id: &'static str,
    ja: &'static str,
    en: &'static str,
    steps: &'static [&'static [super::steps::Step]],
) -> Edition {
    Edition {
        id,
        name: Text::fixed(ja, en),
        typed: &[],
        steps,
        keeps_tls: false,
        header: steps::HEADER,
        receiving: None,
    }
}
