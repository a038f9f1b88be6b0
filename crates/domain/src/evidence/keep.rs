//! Starting a piece of evidence, saving a version of it, renaming and withdrawing it.

use super::case::EvidenceCase;
use crate::fact::{EvidenceKind, Fact};
use crate::id::{EvidenceId, PersonId};
use crate::refusal::{Code, Refusal, Refusals};
use crate::{Actor, Decision, Fresh};

/// The longest title, in characters.
pub const LONGEST_TITLE: usize = 200;

/// Start a piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartEvidence {
    pub learner: PersonId,
    pub kind: EvidenceKind,
    pub title: String,
}

/// What is saved as a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedContent {
    /// JSON that says where the bytes are kept and how the file was named; sealed.
    pub content: String,
    /// Media type as told from the bytes.
    pub media: String,
    pub bytes: u64,
    /// Words that count under the profile; none for pictures and recordings.
    pub words: Option<u32>,
    pub pages: Option<u32>,
}

/// Save a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveVersion {
    pub content: SavedContent,
    pub appendix: bool,
}

/// Rename a piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenameEvidence {
    pub title: String,
}

/// Decides on starting a piece. `teaches` says whether the actor is allocated to the learner as tutor or assessor.
///
/// # Errors (all that apply)
/// - `ROLE_MISSING`: written work and files come from the learner; a viva or an observation from a tutor or assessor
/// - `FIELD_MISSING`: no title, or one that is too long
///
/// Source: LW-09; practice, section 8.
pub fn start(
    act: &StartEvidence,
    actor: &Actor,
    teaches: bool,
    fresh: &mut dyn Fresh,
) -> Result<(EvidenceId, Decision), Refusals> {
    let mut refusals = Refusals::new();
    let own = actor.person == act.learner;
    match act.kind {
        EvidenceKind::Written | EvidenceKind::File if !own => refusals.push(
            Refusal::new(
                Code::RoleMissing,
                "Only the learner can add written work and files to their own evidence.",
            )
            .remedy("Ask the learner to sign in and add it.")
            .who("The learner")
            .source("practice, section 8"),
        ),
        EvidenceKind::Viva | EvidenceKind::Observation if own || !teaches => refusals.push(
            Refusal::new(
                Code::RoleMissing,
                "A viva or an observation is recorded by the learner's tutor or assessor, not by the learner.",
            )
            .remedy("Ask your tutor or assessor to record it.")
            .who("An allocated tutor or assessor")
            .source("LW-09; practice, section 8"),
        ),
        _ => {}
    }
    refusals.check(title(&act.title));
    refusals.ok()?;
    let evidence = EvidenceId::fresh(fresh);
    let mut decision = Decision::new();
    let title = decision.seal(&act.learner, "evidence.title", act.title.trim(), fresh);
    decision.fact(Fact::EvidenceStarted {
        evidence: evidence.clone(),
        learner: act.learner.clone(),
        kind: act.kind,
        title,
    });
    Ok((evidence, decision))
}

/// Decides on saving the next version. What was handed in before stays as it was.
///
/// # Errors (all that apply)
/// - `ROLE_MISSING`: somebody other than the maker of the piece
/// - `EVIDENCE_FROZEN`: the piece was withdrawn
/// - `EVIDENCE_EMPTY`: nothing in it
///
/// Source: LW-09; practice, section 8 (a resubmission is a new version linked to the old).
pub fn save(
    act: &SaveVersion,
    case: &EvidenceCase,
    actor: &Actor,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    let mut refusals = Refusals::new();
    refusals.check(maker(case, actor));
    refusals.check(not_withdrawn(case));
    if act.content.bytes == 0 {
        refusals.push(
            Refusal::new(Code::EvidenceEmpty, "There is nothing in it yet.")
                .remedy("Write something, or choose a file that is not empty.")
                .who("The learner")
                .source("practice, section 8")
                .field("text"),
        );
    }
    refusals.ok()?;
    let mut decision = Decision::new();
    let content = decision.seal(
        &case.learner,
        "evidence.content",
        act.content.content.as_str(),
        fresh,
    );
    decision.fact(Fact::EvidenceSaved {
        evidence: case.evidence.clone(),
        version: case.current_version.saturating_add(1),
        content,
        media: act.content.media.clone(),
        bytes: act.content.bytes,
        words: act.content.words,
        pages: act.content.pages,
        appendix: act.appendix,
    });
    Ok(decision)
}

/// Decides on a new title.
///
/// # Errors
/// `ROLE_MISSING`, `EVIDENCE_FROZEN` (withdrawn), `FIELD_MISSING`.
pub fn rename(
    act: &RenameEvidence,
    case: &EvidenceCase,
    actor: &Actor,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    let mut refusals = Refusals::new();
    refusals.check(maker(case, actor));
    refusals.check(not_withdrawn(case));
    refusals.check(title(&act.title));
    refusals.ok()?;
    let mut decision = Decision::new();
    let title = decision.seal(&case.learner, "evidence.title", act.title.trim(), fresh);
    decision.fact(Fact::EvidenceRenamed {
        evidence: case.evidence.clone(),
        title,
    });
    Ok(decision)
}

/// Decides on taking a piece out of the learner's evidence.
///
/// # Errors
/// `ROLE_MISSING`; `EVIDENCE_FROZEN`: it was withdrawn before, or a version of it is with the centre.
///
/// Source: practice, section 8 (frozen when submitted).
pub fn withdraw(case: &EvidenceCase, actor: &Actor) -> Result<Decision, Refusals> {
    let mut refusals = Refusals::new();
    refusals.check(maker(case, actor));
    refusals.check(not_withdrawn(case));
    if case.with_centre() {
        refusals.push(
            Refusal::new(
                Code::EvidenceFrozen,
                "This piece is part of work that is with the centre, so it cannot be withdrawn.",
            )
            .remedy("Wait until the work is returned or referred. What was handed in is kept in any case.")
            .who("The assessor, by returning the work before marking")
            .source("practice, section 8"),
        );
    }
    refusals.ok()?;
    Ok(Decision::of(Fact::EvidenceWithdrawn {
        evidence: case.evidence.clone(),
    }))
}

fn maker(case: &EvidenceCase, actor: &Actor) -> Result<(), Refusal> {
    if actor.person == case.maker {
        return Ok(());
    }
    let because = match case.kind {
        EvidenceKind::Written | EvidenceKind::File => "Only the learner can change their own evidence.",
        EvidenceKind::Viva | EvidenceKind::Observation => {
            "Only the person who recorded this viva or observation can change it."
        }
    };
    Err(Refusal::new(Code::RoleMissing, because)
        .remedy("Write to them and say what should be changed.")
        .who("Whoever made the piece")
        .source("practice, section 8"))
}

pub(super) fn not_withdrawn(case: &EvidenceCase) -> Result<(), Refusal> {
    if case.withdrawn {
        return Err(Refusal::new(Code::EvidenceFrozen, "This piece was withdrawn.")
            .remedy("Start a new piece.")
            .who("The learner")
            .source("practice, section 8"));
    }
    Ok(())
}

fn title(title: &str) -> Result<(), Refusal> {
    let length = title.trim().chars().count();
    let because = match length {
        0 => "The piece has no title.".to_owned(),
        1..=LONGEST_TITLE => return Ok(()),
        _ => format!("The title has {length} characters; {LONGEST_TITLE} are the most."),
    };
    Err(Refusal::new(Code::FieldMissing, because)
        .remedy("Give it a short title by which you and your assessor will know it.")
        .who("Whoever makes the piece")
        .source("LW-09")
        .field("title"))
}
