//! Orders with their states and due dates, those that are late first.

use super::view::{OrderLine, read};
use crate::{Asking, Failure};
use assay_domain::Role;
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
    /// Those whose result is due first, before those that were not received.
    pub orders: Vec<OrderLine>,
    /// From 1.
    pub page: u32,
    pub size: u32,
    pub total: u64,
}

/// Orders: all of them for a quality manager, those allocated to them for an external assessor, those of their centre for a coordinator.
///
/// # Errors
/// `SignInNeeded`; `NotFound` for anybody else.
pub fn list(asking: &mut Asking<'_, '_>, show: Show, page: u32) -> Result<OrdersPage, Failure> {
    let actor = asking.actor()?.clone();
    let today = asking.today();
    let page = page.clamp(1, 4000);
    let (first, last) = show.places();
    let (list, count, whose) = if actor.is(Role::QualityManager) {
        (&statements::LIST, &statements::COUNT, None)
    } else if actor.is(Role::ExternalAssessor) {
        (
            &statements::LIST_OF,
            &statements::COUNT_OF,
            Some(Value::from(actor.person.as_str())),
        )
    } else {
        let centre = actor
            .centres_as(Role::Coordinator)
            .into_iter()
            .next()
            .ok_or(Failure::NotFound)?;
        (
            &statements::LIST_AT,
            &statements::COUNT_AT,
            Some(Value::from(centre.as_str())),
        )
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
        orders,
        page,
        size: u32::try_from(SIZE).unwrap_or(u32::MAX),
        total: u64::try_from(total).unwrap_or(0),
    })
}
