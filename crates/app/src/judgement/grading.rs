//! The result of a unit whose criteria are graded: pass, merit or distinction, made of the decisions on its criteria.
//!
//! A unit whose criteria all have plain numbers has no such result: it is achieved or not (JU-05). The rule stands with the
//! unit in its specification ([`assay_specification::grading`]).

use crate::Failure;
use assay_specification::Unit;
use assay_specification::grading::graded;
use assay_specification::sentence::capital;
use assay_store::Tx;
use assay_store::statements::judgement as statements;

/// The grade of a unit as decided so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct GradedResult {
    /// `pass`, `merit` or `distinction`; none while a criterion for a pass is not met.
    pub reached: Option<String>,
    /// The highest that can still be reached when everything not decided yet is met.
    pub within_reach: Option<String>,
    /// Criteria of the next one that are not met or not decided.
    pub missing: Vec<String>,
    /// How many of `missing` would make the next one.
    pub needed: u32,
}

impl GradedResult {
    /// "Merit. One more of 2D1, 2D2 would make the next result."
    pub fn in_words(&self) -> String {
        let mut words = match &self.reached {
            Some(reached) => format!("{}.", capital(reached)),
            None => "No result yet.".to_owned(),
        };
        if !self.missing.is_empty() {
            let next = match self.reached.as_deref() {
                None => "a pass",
                Some("pass") if self.missing.iter().any(|number| number.contains('M')) => "merit",
                _ => "distinction",
            };
            let all = usize::try_from(self.needed).is_ok_and(|needed| needed == self.missing.len());
            let list = self.missing.join(", ");
            words.push_str(&if all {
                format!(" Not met for {next}: {list}.")
            } else {
                format!(" Not met for {next}: {} of {list}.", self.needed)
            });
        }
        words
    }

    /// The grade with a capital: `Merit`.
    pub fn title(&self) -> Option<String> {
        self.reached.as_deref().map(capital)
    }
}

/// The result of a unit from decisions on its criteria, each with whether it is met. None when the unit is not graded.
pub fn result_of<'d>(unit: &Unit, decisions: impl Iterator<Item = (&'d str, bool)>) -> Option<GradedResult> {
    let grade = graded(unit, decisions)?;
    Some(GradedResult {
        reached: grade.grade.map(|grade| grade.to_string()),
        within_reach: grade.within_reach.map(|grade| grade.to_string()),
        missing: grade.missing.iter().map(ToString::to_string).collect(),
        needed: grade.needed,
    })
}

/// The result that a signed judgement gives a unit. None when the unit is not graded.
///
/// # Errors
/// A fault of the store.
pub fn of_judgement(tx: &mut Tx<'_>, unit: &Unit, judgement: &str) -> Result<Option<GradedResult>, Failure> {
    if !unit.is_graded() {
        return Ok(None);
    }
    let mut decisions = Vec::new();
    for row in tx.rows(&statements::LIST_SIGNED_CRITERIA, &[judgement.into()])? {
        decisions.push((row.text("criterion")?, row.text("decision")? == "met"));
    }
    Ok(result_of(
        unit,
        decisions.iter().map(|(number, met)| (number.as_str(), *met)),
    ))
}
