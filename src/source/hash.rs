//! Numbers that stand for things which are only to be met again.

use std::hash::{DefaultHasher, Hash, Hasher};

/// A short stand-in for something that is only to be met again; the chance that two share one is nil.
pub fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
