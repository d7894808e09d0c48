//! What is known to be stored for an account of Windows 10 Mail: hardly anything.

use crate::formats::facts::{Fact, alike, fact};
use crate::formats::kinds::Kind;
use crate::source::rules::KeyRule;

/// Rules that find programs which steal these two. UNCONFIRMED whether `Server` is that of the outgoing side; in ActiveSync
/// it is the one to synchronise with.
const RULES: &str = "YARA rules for programs that steal passwords";

pub(super) const EMAIL: Fact = fact("Email", Kind::Address, "", RULES);
pub(super) const SERVER: Fact = fact("Server", Kind::Host, "", RULES);
/// All other values: their names and types are told, so that the report of a real PC shows what there is to be read.
pub(super) const OTHER: Fact = alike("(other)", Kind::Uncharted, "", "seen on the PC", |_| true);

/// The list of accounts, a key each: hallambaker/Mathematical-Mesh names it. That it is empty on a PC without accounts was
/// seen in registries of 2017 to 2024.
pub(super) static PARTNERS: KeyRule = KeyRule {
    id: r"HKCU\Software\Microsoft\ActiveSync\Partners",
    facts: &[],
    is_entry: |_| false,
    copy: None,
};
/// One account, with whatever lies below it.
pub(super) static PARTNER: KeyRule = KeyRule {
    id: r"HKCU\Software\Microsoft\ActiveSync\Partners\{GUID}",
    facts: &[EMAIL, SERVER, OTHER],
    is_entry: |_| true,
    copy: None,
};
