//! Finding a passage again in a new version of a text.

/// Where the words of a passage stand in a new text, in characters: the place nearest to where they stood. None when
/// they are there no more, or changed.
///
/// Source: LW-10 (marks follow the work through its versions).
pub fn find_again(quote: &str, old_from: u32, text: &str) -> Option<(u32, u32)> {
    let kept = quote.trim();
    if kept.is_empty() {
        return None;
    }
    let lead = u32::try_from(quote.chars().take_while(|c| c.is_whitespace()).count()).ok()?;
    let wanted = old_from.saturating_add(lead);
    let length = u32::try_from(kept.chars().count()).ok()?;
    let mut best: Option<u32> = None;
    // Byte offsets become character offsets along the way, so that a long text is walked once.
    let (mut bytes, mut characters) = (0, 0_u32);
    for (at, _) in text.match_indices(kept) {
        let between = text.get(bytes..at)?;
        characters = characters.saturating_add(u32::try_from(between.chars().count()).ok()?);
        bytes = at;
        if best.is_none_or(|best| characters.abs_diff(wanted) < best.abs_diff(wanted)) {
            best = Some(characters);
        }
    }
    best.map(|from| (from, from.saturating_add(length)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_found_again_after_words_were_put_before_it() {
        let text = "A new beginning.\nWe coached the team weekly.";
        assert_eq!(find_again("coached the team", 3, text), Some((20, 36)));
    }

    #[test]
    fn of_several_places_with_the_same_words_the_nearest_is_taken() {
        let text = "trust … trust … trust";
        assert_eq!(find_again("trust", 9, text), Some((8, 13)));
        assert_eq!(find_again("trust", 15, text), Some((16, 21)));
    }

    #[test]
    fn a_passage_whose_words_were_changed_is_lost() {
        assert_eq!(find_again("coached the team", 3, "mentored the team"), None);
        assert_eq!(find_again("  ", 3, "anything"), None);
    }

    #[test]
    fn places_count_characters_and_not_bytes() {
        assert_eq!(find_again("naïve", 0, "ä naïve view"), Some((2, 7)));
    }
}
