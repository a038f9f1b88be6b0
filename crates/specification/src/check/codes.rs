//! The codes of findings. They are part of the format: a code is never reused for something else.

use super::finding::Severity;

/// A code with what it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The code itself.
    pub name: &'static str,
    /// Severity of such findings, before errata.
    pub severity: Severity,
    /// What it finds.
    pub about: &'static str,
}

macro_rules! codes {
    ($($name:ident $severity:ident $about:literal;)*) => {
        $(pub(super) const $name: Code =
            Code { name: stringify!($name), severity: Severity::$severity, about: $about };)*

        /// All codes.
        pub const CODES: &[Code] = &[$($name),*];
    };
}

codes! {
    SPEC_CHECK_CHARACTER Error "A qualification number or unit reference has the wrong check character, and it is not listed under kept_identifiers.";
    SPEC_CHECK_UNSURE Warning "A unit reference of a series between the two rules for check letters fits neither.";
    SPEC_KEPT_UNUSED Warning "A kept identifier does not occur, or its check character is right after all.";
    SPEC_DOUBLE Error "Two things have the same number, code, title or id.";
    SPEC_DATES Error "Regulation, operation, last registration and last certification are not in this order.";
    SPEC_TITLE_PARTS Error "A qualification's title lacks the awarding body, the level or the size word (condition E2.1).";
    SPEC_TITLE_WORD Error "A qualification's title uses a word that is refused, such as QCF, Honours, Masters or Graduate.";
    SPEC_TITLE_NVQ Warning "A qualification's title says NVQ, which needs occupational standards and assessment at work.";
    SPEC_HEADING Error "The heading over a unit's page is not its title.";
    SPEC_CREDIT_TUT Error "A unit's credits times 10 are not its Total Unit Time.";
    SPEC_CREDIT_TQT Error "A qualification's least credits are not its Total Qualification Time divided by 10 (condition E8.2).";
    SPEC_GLH_TUT Error "A unit has more Guided Learning Hours than Total Unit Time.";
    SPEC_GLH_TQT Error "A qualification has more Guided Learning Hours than Total Qualification Time (condition E7.2).";
    SPEC_SIZE Error "The size word does not fit the Total Qualification Time.";
    SPEC_TOTAL_CREDITS Error "The printed least credits are not the least of all valid choices.";
    SPEC_TOTAL_TQT Error "The printed Total Qualification Time is not the least of all valid choices.";
    SPEC_TOTAL_GLH Error "The printed Guided Learning Hours are not the least of all valid choices.";
    SPEC_TABLE_DIFFERS Error "A printed row differs from the unit's own page.";
    SPEC_TABLE_UNIT Error "A printed row is about a unit that the rule does not list.";
    SPEC_TABLE_MISSING Warning "A unit that the rule lists has no printed row.";
    SPEC_TABLE_GROUP Warning "A printed row stands under another group than the rule puts the unit in.";
    SPEC_RULE_FAULT Error "The rule of combination cannot be worked with.";
    SPEC_RULE_IMPOSSIBLE Error "No choice of units meets the rule of combination.";
    SPEC_RULE_UNREACHABLE Warning "No valid choice takes a unit that the rule lists, or chooses one of its branches.";
    SPEC_RULE_BOUNDS Error "A least number is above its most.";
    SPEC_RULE_TWO_GROUPS Warning "A unit sits in two groups that apply together; it counts in one of them only.";
    SPEC_RULE_STRAY Error "A condition of the rule names a unit that no group of the rule lists.";
    SPEC_UNIT_UNUSED Warning "No rule of combination lists a unit.";
    SPEC_UNIT_EMPTY Error "A unit has no learning outcome.";
    SPEC_OUTCOME_EMPTY Error "A learning outcome has no assessment criterion.";
    SPEC_OUTCOME_NUMBER Error "A learning outcome is missing, doubled or out of order.";
    SPEC_CRITERION_NUMBER Error "An assessment criterion is missing, doubled, out of order or under the wrong outcome.";
    SPEC_VERB_NONE Error "A criterion has no command verb.";
    SPEC_VERB_ABSENT Error "A listed command verb does not occur in the criterion's text.";
    SPEC_TWIN Error "A twin does not exist, is the criterion itself, or does not name this criterion in return.";
    SPEC_GUIDANCE_SHARED Error "Shared guidance names a criterion that does not exist, or that does not name this one in return.";
    SPEC_LINK Error "A link leads nowhere, to the criterion itself, or says neither unit, outcome nor criterion.";
    SPEC_MODEL_UNKNOWN Error "A criterion names a model that is not listed.";
    SPEC_MODEL_UNUSED Note "No criterion names a model.";
    SPEC_ERRATUM_UNUSED Error "An erratum answers no finding: its place is misspelt, or the misprint is gone.";
    SPEC_ERRATUM_DIFFERS Error "An erratum says that something else is printed than the specification holds.";
}
