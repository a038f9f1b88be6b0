//! Sentences that are put together from parts.

/// The text with a capital letter at its beginning, as a sentence begins.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::capital;

    #[test]
    fn a_sentence_begins_with_a_capital() {
        assert_eq!(capital("élan and the rest"), "Élan and the rest");
        assert_eq!(capital("ULN is missing"), "ULN is missing");
        assert_eq!(capital(""), "");
    }
}
