//! Orders with their states and due dates, those that are late first.

use super::view::{OrderLine, read};
use crate::centre::CentreShown;
use crate::centre::choice::of_body_or_coordinator;
use crate::{Asking, Failure};
use assay_domain::Role;
use assay_domain::id::CentreId;
use assay_store::Value;
use assay_store::statements::external_assessment as statements;

/// Orders on a page.
const SIZE: i64 = 25;

/// Which orders are wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Show {
    /// Those without a result: with the awarding body, sent, ordered.
    #[default]
    Open,
    /// With the awarding body: received or marked.
    WithTheBody,
    Sent,
    Ordered,
    Result,
    Withdrawn,
    Every,
}

impl Show {
    /// Every choice in the order of the page.
    pub const ALL: [Show; 7] = [
        Show::Open,
        Show::WithTheBody,
        Show::Sent,
        Show::Ordered,
        Show::Result,
        Show::Withdrawn,
        Show::Every,
    ];

    /// As in an address.
    pub fn as_str(self) -> &'static str {
        match self {
            Show::Open => "",
            Show::WithTheBody => "received",
            Show::Sent => "sent",
            Show::Ordered => "ordered",
            Show::Result => "result",
            Show::Withdrawn => "withdrawn",
            Show::Every => "all",
        }
    }

    /// As a person reads it.
    pub fn title(self) -> &'static str {
        match self {
            Show::Open => "Without a result",
            Show::WithTheBody => "Received or marked",
            Show::Sent => "Sent, not received",
            Show::Ordered => "Ordered, not handed in",
            Show::Result => "With a result",
            Show::Withdrawn => "Withdrawn",
            Show::Every => "All",
        }
    }

    /// What an address says; those without a result when it says nothing known.
    pub fn read(text: &str) -> Show {
        Show::ALL
            .into_iter()
            .find(|show| show.as_str() == text)
            .unwrap_or_default()
    }

    /// The first and the last place, as the derivation numbers them.
    fn places(self) -> (i64, i64) {
        match self {
            Show::Open => (0, 2),
            Show::WithTheBody => (0, 0),
            Show::Sent => (1, 1),
            Show::Ordered => (2, 2),
            Show::Result => (3, 3),
            Show::Withdrawn => (4, 4),
            Show::Every => (0, 4),
        }
    }
}

/// A page of orders.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct OrdersPage {
    #[serde(flatten)]
    pub shown: CentreShown,
    /// Those whose result is due first, before those that were not received.
    pub orders: Vec<OrderLine>,
    /// From 1.
    pub page: u32,
    pub size: u32,
    pub total: u64,
}

/// Orders: for a quality manager all of them or those of a centre, those allocated to them for an external assessor, for a coordinator those
/// of the centre named or else of their first.
///
/// # Errors
/// `SignInNeeded`; `NotFound` for anybody else.
pub fn list(
    asking: &mut Asking<'_, '_>,
    show: Show,
    centre: Option<&CentreId>,
    page: u32,
) -> Result<OrdersPage, Failure> {
    let actor = asking.actor()?.clone();
    let today = asking.today();
    let page = page.clamp(1, 4000);
    let (first, last) = show.places();
    let mut shown = CentreShown::default();
    let (list, count, whose) = if actor.is(Role::ExternalAssessor) && !actor.is(Role::QualityManager) {
        (
            &statements::LIST_OF,
            &statements::COUNT_OF,
            Some(Value::from(actor.person.as_str())),
        )
    } else {
        shown = of_body_or_coordinator(asking, centre)?;
        match &shown.centre {
            None => (&statements::LIST, &statements::COUNT, None),
            Some(centre) => (
                &statements::LIST_AT,
                &statements::COUNT_AT,
                Some(Value::from(centre.as_str())),
            ),
        }
    };
    let mut parameters: Vec<Value> = vec![
        first.into(),
        last.into(),
        SIZE.into(),
        (i64::from(page - 1) * SIZE).into(),
    ];
    parameters.extend(whose.clone());
    let rows = asking.tx.rows(list, &parameters)?;
    let mut counted: Vec<Value> = vec![first.into(), last.into()];
    counted.extend(whose);
    let total = asking
        .tx
        .row(count, &counted)?
        .map_or(Ok(0), |row| row.int("orders"))?;
    let mut orders = Vec::with_capacity(rows.len());
    for row in &rows {
        orders.push(read(asking.app, asking.tx, row, today)?);
    }
    Ok(OrdersPage {
        shown,
        orders,
        page,
        size: u32::try_from(SIZE).unwrap_or(u32::MAX),
        total: u64::try_from(total).unwrap_or(0),
    })
}
