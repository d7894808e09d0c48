//! Marvin32, the hash that guards the entries of a transaction log.

/// The seed of the registry, 82EF4D887A4E55C5 (github.com/msuhanov/regf, Log entries, note 3), as its low and its
/// high half. The note gives it as bytes; the hashes of real logs want it as one number (tests/hive.rs).
const SEED: (u32, u32) = (0x7A4E_55C5, 0x82EF_4D88);

/// The hash as stored (github.com/microsoft/SymCrypt, lib/marvin32.c).
pub(super) fn hash(data: &[u8]) -> u64 {
    let (words, rest) = data.as_chunks::<4>();
    let state = words.iter().fold(SEED, |state, word| mix(state, u32::from_le_bytes(*word)));
    // The rest, closed with one set bit.
    let last = rest.iter().rev().fold(0x80, |last, byte| last << 8 | u32::from(*byte));
    let (low, high) = mix(mix(state, last), 0);
    u64::from(high) << 32 | u64::from(low)
}

/// One round.
fn mix((low, high): (u32, u32), word: u32) -> (u32, u32) {
    let low = low.wrapping_add(word);
    let high = high ^ low;
    let low = low.rotate_left(20).wrapping_add(high);
    let high = high.rotate_left(9) ^ low;
    let low = low.rotate_left(27).wrapping_add(high);
    (low, high.rotate_left(19))
}
