//! What became of awards and certificates later: credit for a unit, results that were doubted, a change of name.

use super::steps::{Learner, Play, ago};
use crate::failure::Stopped;
use assay_app::award::{correction, credit as unit_credit, name_change};
use assay_domain::award::{
    AskNameChange, AssessCorrection, ClaimCredit, DecideCorrection, FlagResult, NameProof, SeeNameProof,
};
use assay_domain::id::AwardId;

/// Credit for one unit, for a learner whose employer asked for something on paper before the Diploma is done.
///
/// # Errors
/// What the acts answer, as everywhere in the play.
pub fn credit(play: &Play<'_>, learner: &Learner, unit: &'static str) -> Result<(), Stopped> {
    let registration = learner.registration.clone();
    let claimed = play
        .director
        .act(Some(&play.house.coordinator), ago(62), move |acting| {
            let act = ClaimCredit {
                units: vec![unit.to_owned()],
            };
            unit_credit::claim(acting, &registration, &act)
        })?;
    play.release(claimed.claim, ago(60)).map(drop)
}

/// A result that was doubted, looked into and left as it was.
///
/// # Errors
/// What the acts answer.
pub fn looked_into(play: &Play<'_>, award: &AwardId, unit: &'static str) -> Result<(), Stopped> {
    let (of, by) = (award.clone(), &play.house.coordinator);
    let flagged = play.director.act(Some(by), ago(70), move |acting| {
        let act = FlagResult {
            units: vec![unit.to_owned()],
            because: "An assessor of ours remembered the same case study from another learner's work.".into(),
        };
        correction::flag(acting, &of, &act)
    })?;
    let (id, by) = (flagged.correction.clone(), &play.house.quality_manager);
    play.director.act(Some(by), ago(66), move |acting| {
        let act = AssessCorrection {
            adverse: Some(false),
            finding: "Both learners work for the same practice and described the same project, each from their own \
                      part in it. The texts share no sentence."
                .into(),
        };
        correction::assess(acting, &id, &act)
    })?;
    let id = flagged.correction;
    play.director.act(Some(by), ago(61), move |acting| {
        let act = DecideCorrection {
            because:
                "The work is the learner's own. Two views of one project are no reason to change a result."
                    .into(),
            regulator: String::new(),
        };
        correction::leave(acting, &id, &act)
    })
}

/// A result that the centre has come to doubt, and that nobody has looked into yet.
///
/// # Errors
/// What the act answers.
pub fn doubted(play: &Play<'_>, award: &AwardId, unit: &'static str) -> Result<(), Stopped> {
    let (award, by) = (award.clone(), &play.house.coordinator);
    play.director
        .act(Some(by), ago(4), move |acting| {
            let act = FlagResult {
                units: vec![unit.to_owned()],
                because: "The survey cited for 2.6 was published by the learner's employer under another author's name.".into(),
            };
            correction::flag(acting, &award, &act)
        })
        .map(drop)
}

/// The learner asks for the certificate in another name; the centre has seen the proof, and the quality manager decides.
///
/// # Errors
/// What the acts answer.
pub fn another_name(play: &Play<'_>, learner: &Learner, certificate: &str) -> Result<(), Stopped> {
    let number = certificate.to_owned();
    let (given, family) = (learner.player.given, learner.player.family);
    let asked = play.director.act(Some(&learner.person), ago(8), move |acting| {
        let act = AskNameChange {
            given: given.to_owned(),
            family: format!("{family}-Pole"),
            proof: Some(NameProof::Marriage),
            document: "Certificate of marriage, Register Office Bath, September 2019".into(),
        };
        name_change::ask(acting, &number, &act)
    })?;
    play.director
        .act(Some(&play.house.coordinator), ago(3), move |acting| {
            let act = SeeNameProof {
                seen: "The original certificate of marriage, at the centre.".into(),
            };
            name_change::see(acting, &asked.change, &act)
        })
}
