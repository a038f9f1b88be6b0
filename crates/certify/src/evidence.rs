//! What a learner shows of their own work: files by their sealed digests, and the words of passages in them.

use serde::{Deserialize, Serialize};

use crate::Disclosure;

/// The most bytes of files that a dossier carries, before they are written as base64; larger ones are shown beside it.
pub const MOST_EMBEDDED: u64 = 16 * 1024 * 1024;

/// One version of a piece of evidence that was handed in for a unit of the award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShownEvidence {
    /// The piece's id.
    pub evidence: String,
    pub version: u32,
    /// What the fact of saving it sealed: JSON with `sha256` and `file_name`.
    pub sealed: Disclosure,
    /// The file's bytes as base64 with padding; missing when it is shown beside the dossier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The words of passages in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passages: Vec<ShownPassage>,
}

/// The words of a passage that a criterion was judged on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShownPassage {
    /// The passage's id.
    pub passage: String,
    /// Its text as it is read.
    pub text: String,
}

/// Whether the words of `text` stand in `source`, all of them, in this order and with no other between. Only letters and
/// digits are compared, so that the marks of a markup language (`**`, `#`) and the breaking of lines do not matter. A text
/// without any letter or digit stands nowhere.
pub fn words_stand_in(text: &str, source: &str) -> bool {
    let bare = |text: &str| -> String { text.chars().filter(|letter| letter.is_alphanumeric()).collect() };
    let wanted = bare(text);
    !wanted.is_empty() && bare(source).contains(&wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_through_markup_and_line_breaks_and_not_when_one_is_changed_or_left_out() {
        let source = "# Coaching\n\nI **agreed** the goal\nwith *her*, then stayed silent.\n";
        assert!(words_stand_in("I agreed the goal with her", source));
        assert!(!words_stand_in("I agreed the goals with her", source));
        assert!(!words_stand_in("I agreed goal with her", source));
        assert!(!words_stand_in("then stayed silent. I agreed", source));
        assert!(!words_stand_in(" … ", source) && !words_stand_in("", source));
    }
}
