//! Keys by their names.

use super::cells::Cells;
use super::damage::HiveError;
use super::hints::{Hints, Wanted};
use super::records::{Leaf, Listed, Node};

/// The key of this name directly below another. Damage beside it is an error only if it isn't found. Links to other keys
/// are not followed: they lead to other hives.
pub(super) fn child(cells: &Cells<'_>, node: &Node, name: &str) -> Result<Option<Node>, HiveError> {
    let Listed { found: leaves, damage } = cells.children(node);
    let mut damage = damage.into_iter().next();
    let wanted = Wanted::new(name);
    for leaf in &leaves {
        let is_trusted = are_hints_right(cells, leaf, name);
        for (at, hint) in &leaf.keys {
            if is_trusted && !leaf.hints.fits(*hint, &wanted) && cells.can_be(*at) {
                continue;
            }
            match cells.node(*at) {
                Ok(child) if child.is_named(name) => return Ok(Some(child)),
                Ok(_) => {}
                Err(error) => damage = damage.or(Some(error)),
            }
        }
    }
    damage.map_or(Ok(None), Err)
}

/// True if a list's hints can be gone by: its first one is right, and the upper case of the name beyond doubt. Who writes
/// no hints, or other ones, is noticed by the first; a part of the list that was overwritten, by places that can't be. That
/// a single hint is wrong is not noticed; but Windows too finds no key whose hint is wrong (`CmpFindSubKeyByHash` in
/// ReactOS, sdk/lib/cmlib/cmindex.c), so that for its mail clients what such a key holds does not exist either.
fn are_hints_right(cells: &Cells<'_>, leaf: &Leaf, name: &str) -> bool {
    let is_right = |(at, hint): &(u32, [u8; 4])| {
        cells.node(*at).is_ok_and(|first| leaf.hints.fits(*hint, &Wanted::new(&first.name())))
    };
    leaf.hints != Hints::None && name.is_ascii() && leaf.keys.first().is_some_and(is_right)
}
