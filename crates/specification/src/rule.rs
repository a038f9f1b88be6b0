//! The rule of combination: which units make up a qualification.
//!
//! [`Rule`] is the language, as data. A rule is read from a specification file and never written in code (QS-15).
//! [`Prepared`] is a rule with the facts of its units, ready for questions:
//!
//! - [`Prepared::judge`]: does this selection meet the rule, and if not, what is short, and what would mend it?
//! - [`Prepared::reach`]: can the rule still be met with the units chosen so far?
//! - [`Prepared::plan`]: which units make the cheapest way to an award, proved, with all ways of that cost?
//! - [`Prepared::summary`]: how many selections are there, and what are their least and most credits and hours?
//! - [`Prepared::is_awarded`]: the bare answer, for judging many learners.
//!
//! How it works: `expand` spells out the choices a rule leaves; `automaton` reads a selection unit by unit, keeping
//! only what still matters; `diagram` turns that into one small graph of all valid selections, and `chain` into several, one for
//! each stretch of units (`passage`), where one would be too large; and every `question` is one pass over the graphs
//! (`additions`, `cheapest`, `minimal`, `summary`). A new condition is a new `Check` in `expand`; a new
//! question is a new pass. Minimal selections of plain rules are counted without a diagram (`spare`).

mod additions;
mod automaton;
mod chain;
mod cheapest;
mod diagram;
mod effort;
mod expand;
mod facts;
mod fault;
mod judge;
mod language;
mod minimal;
mod number;
mod passage;
mod plan;
mod prepared;
mod question;
mod reason;
mod spare;
mod sum;
mod summary;
mod unit_set;
mod use_of;
mod weigh;
mod words;

pub use effort::Effort;
pub use facts::{Selection, Sums, UnitFacts};
pub use fault::{DEEPEST_RULE, MOST_ALTERNATIVES, RuleFault};
pub use judge::{Counted, Judgement, MOST_ADDITIONS, Reach, Verdict, judge};
pub use language::{
    Bounds, Every, Group, LevelCondition, Limit, Outside, Pathway, Pathways, PriorLearning, RequiredUnits,
    Rule, Surplus, Take,
};
pub use number::BigCount;
pub use plan::{MOST_LISTED, Minimise, Plan, PlanWishes, PlannedWay, USUAL_ALTERNATIVES};
pub use prepared::Prepared;
pub use reason::{NamedUnit, Reason};
pub use summary::{Range, Ranges, Summary};
pub use unit_set::{MOST_UNITS, UnitSet};
