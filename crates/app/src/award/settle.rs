//! Settling the papers that were sent before dispatches were recorded here. What is decided is in
//! [`assay_domain::award::settle`].

use crate::{Acting, Asking, Failure};
use assay_domain::Role;
use assay_domain::award::settle::{self as rules, SettleCase, SettleDispatches, Waiting};
use assay_store::Tx;
use assay_store::statements::award as statements;
use jiff::civil::Date;

/// How many are settled in one act; who has more does it again.
pub const AT_ONCE: i64 = 1_000;

/// What could be settled.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct ToSettle {
    /// Certificates in force whose paper waits, whenever they were issued.
    pub waiting: u64,
    /// The day of the first dispatch that was recorded here.
    #[schema(value_type = Option<String>, format = Date)]
    pub recorded_from: Option<Date>,
}

/// What could be settled.
///
/// # Errors
/// `SignInNeeded`; `NotFound` unless the caller is a quality manager.
pub fn view(asking: &mut Asking<'_, '_>) -> Result<ToSettle, Failure> {
    if !asking.actor()?.is(Role::QualityManager) {
        return Err(Failure::NotFound);
    }
    Ok(ToSettle {
        waiting: waiting(asking.tx, Date::MAX)?,
        recorded_from: recorded_from(asking.tx)?,
    })
}

fn waiting(tx: &mut Tx<'_>, until: Date) -> Result<u64, Failure> {
    let row = tx.row(&statements::COUNT_WAITING, &[until.to_string().into()])?;
    let count = row.map(|row| row.int("certificates")).transpose()?.unwrap_or(0);
    Ok(u64::try_from(count).unwrap_or(0))
}

fn recorded_from(tx: &mut Tx<'_>) -> Result<Option<Date>, Failure> {
    let row = tx.row(&statements::FIND_FIRST_DISPATCH, &[])?;
    Ok(row.map(|row| row.parsed("on_day")).transpose()?)
}

/// What was settled.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Settled {
    pub settled: u64,
    /// How many that were issued by the day still wait: do it again for them.
    pub left: u64,
}

/// Record that certificates were sent before dispatches were recorded here, the oldest first, at most [`AT_ONCE`].
///
/// # Errors
/// `SignInNeeded`; refusals of [`rules::decide`].
pub fn settle(acting: &mut Acting<'_, '_>, act: &SettleDispatches) -> Result<Settled, Failure> {
    let (actor, today) = (acting.actor()?.clone(), acting.today());
    let mut case = SettleCase {
        waiting: Vec::new(),
        recorded_from: recorded_from(acting.tx)?,
    };
    if let Some(until) = act.sent_by {
        for row in acting.tx.rows(
            &statements::LIST_WAITING,
            &[until.to_string().into(), AT_ONCE.into()],
        )? {
            case.waiting.push(Waiting {
                certificate: row.parsed("id")?,
                learner: row.parsed("learner")?,
            });
        }
    }
    let decision = rules::decide(act, &case, &actor, today, acting.fresh)?;
    let settled = decision.facts.len() as u64;
    acting.record(decision)?;
    let left = match act.sent_by {
        Some(until) => waiting(acting.tx, until)?,
        None => 0,
    };
    Ok(Settled { settled, left })
}
