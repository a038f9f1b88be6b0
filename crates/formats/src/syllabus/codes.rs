//! The codes of findings. A code is never used again for something else; `docs/importing.md` tells how each is settled.

use assay_specification::Severity;

/// A code with what it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The code itself.
    pub name: &'static str,
    /// Severity of such findings.
    pub severity: Severity,
    /// What it finds.
    pub about: &'static str,
}

macro_rules! codes {
    ($($name:ident $severity:ident $about:literal;)*) => {
        $(
            #[doc = $about]
            pub const $name: Code =
                Code { name: stringify!($name), severity: Severity::$severity, about: $about };
        )*

        /// All codes of this stage. The codes of `assay specification check` come up too, see its own list.
        pub const CODES: &[Code] = &[$($name),*];
    };
}

codes! {
    IMPORT_NOT_A_SYLLABUS Error "Nothing in the text looks like a unit with outcomes and criteria.";
    IMPORT_TOO_LONG Error "The document, or a unit, is longer than what is read; the rest was left out.";
    IMPORT_ENCODING Warning "The text is not UTF-8, or some of its bytes are no characters.";
    IMPORT_NOT_FOUND Error "A value that a specification needs was not found.";
    IMPORT_NOT_FOUND_MINOR Warning "A value that a specification can do without was not found.";
    IMPORT_NUMBER_FORM Error "A printed value has not the form of its kind.";
    IMPORT_NUMBER_DERIVED Warning "Criteria with letters were numbered by their order.";
    IMPORT_OUTCOME_LOST Error "Criteria stand under an outcome whose number or words were not found.";
    IMPORT_NUMBERING Error "An outcome or criterion is missing, doubled or out of order.";
    IMPORT_CONTINUATION Warning "Words were taken for the rest of a statement that a break may have cut.";
    IMPORT_REPEATED Warning "The words of an outcome or criterion stand twice and were read once.";
    IMPORT_STATEMENT Warning "A statement looks cut, run together with another text, or garbled.";
    IMPORT_TWIN Warning "A criterion differs from its twin by more than the one word that tells them apart.";
    IMPORT_VERB_NONE Warning "A criterion does not begin with a command verb.";
    IMPORT_VERB_TWO Note "A criterion has two command verbs; each needs an answer.";
    IMPORT_GUIDANCE_LOOSE Warning "No criterion claims a passage of guidance.";
    IMPORT_GUIDANCE_MOVED Note "A passage of guidance speaks of another criterion than the one it stands beside.";
    IMPORT_GUIDANCE_SHARED Note "A criterion has no passage of its own and shares one with its neighbours.";
    IMPORT_GUIDANCE_UNKNOWN Warning "A passage of guidance names a criterion that the unit does not have.";
    IMPORT_RULE_WORDS Error "The words of a rule of combination were not understood in full.";
    IMPORT_CREDITS_DERIVED Note "The least credits of a qualification are not printed; they were worked out from its rule.";
    IMPORT_TERM_UNDEFINED Note "A term of the trade is used and nowhere defined.";
    IMPORT_MODEL_NAMED Note "A criterion or its guidance names a model that the catalogue knows.";
    IMPORT_UNIT_ABSENT Error "A table lists a unit that has no page.";
    IMPORT_TITLES_DIFFER Warning "A unit's title is known in capitals only, or the contents list gives it another title.";
    IMPORT_CONTENTS_DIFFER Warning "A line of the contents list has no heading of its words in the document.";
}
