//! Whether a program runs, by the names of the user's processes.

use crate::source::registry::same_name;
use crate::source::win::processes::processes;
use crate::source::win::write::own;

/// True if one of these runs as the user who runs this program; also where that can't be told.
pub fn runs(names: &[&str]) -> bool {
    let Some(list) = processes() else { return true };
    let own = own();
    let is_wanted = |name: &str| {
        let name =
            name.rsplit_once('.').filter(|(_, end)| end.eq_ignore_ascii_case("exe")).map_or(name, |n| n.0);
        names.iter().any(|wanted| same_name(wanted, name))
    };
    list.iter().any(|process| {
        // Whose processes of other sessions are, only administrators are told; one's own, everybody is.
        let is_own = if process.sid.is_some() { process.sid == own } else { process.is_here };
        is_own && is_wanted(&process.name)
    })
}
