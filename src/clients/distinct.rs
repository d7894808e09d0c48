//! Lists in which each thing stands once, however long they are.

use std::collections::HashSet;

/// The texts in their order, each once, whatever its case.
pub(super) fn distinct(texts: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut known = HashSet::new();
    texts.into_iter().filter(|text| known.insert(text.to_ascii_lowercase())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_those_that_are_the_same_stays() {
        let texts = ["b@x", "A@x", "a@X", "B@X", "c"].map(str::to_owned);
        assert_eq!(distinct(texts), ["b@x", "A@x", "c"]);
    }
}
