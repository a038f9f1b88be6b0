//! External assessment: orders with their states and due dates, one order with what may be done, and the form on which a unit is ordered.

#[cfg(test)]
mod samples;

use crate::form::{Choice, Form};
use crate::message::{Act, Empty, Refusals, Refused, Tag, Tone};
use crate::table::{Cell, Column, DataTable};
use crate::way::{Pages, Steps};
use crate::{Shell, format};
use askama::Template;
use assay_app::external_assessment::find::ExternalStanding;
use assay_app::external_assessment::list::{OrdersPage, Show};
use assay_app::external_assessment::view::{OrderForm, OrderLine, OrderView};
use assay_domain::external_assessment::OrderState;
use assay_domain::submission::SubmissionState;
use jiff::civil::Date;

/// The state of an order as a tag.
fn order_tag(line: &OrderLine) -> Tag {
    let (tone, icon) = match line.state {
        OrderState::Ordered | OrderState::Withdrawn => (Tone::Neutral, "dash"),
        OrderState::Sent => (Tone::Info, "upload"),
        OrderState::Received => (Tone::Info, "pen"),
        OrderState::Marked => (Tone::Info, "shield"),
        OrderState::Result if line.hand_in_state == Some(SubmissionState::Final) => (Tone::Good, "check"),
        OrderState::Result => (Tone::Caution, "return"),
    };
    Tag::new(tone, line.state.title()).icon(icon)
}

/// The awarding body's stamp beside a unit, or that it is still to assess it (EA-03).
pub(crate) fn standing_tag(standing: &ExternalStanding) -> Tag {
    let tone = if standing.stamp.is_some() {
        Tone::Good
    } else {
        Tone::Info
    };
    Tag::new(tone, standing.in_words()).icon("award")
}

/// What came of the last hand-in, once there is a result.
fn came_of(line: &OrderLine) -> Option<&'static str> {
    match (line.state, line.hand_in_state) {
        (OrderState::Result, Some(SubmissionState::Final)) => Some("Achieved"),
        (OrderState::Result, Some(SubmissionState::Referred)) => Some("Referred"),
        (OrderState::Ordered, Some(SubmissionState::Returned)) => Some("returned before marking"),
        _ => None,
    }
}

/// Orders of external assessment.
#[derive(Debug, Template)]
#[template(path = "external_assessment/list.html")]
pub struct OrderListPage {
    pub shell: Shell,
    pub found: OrdersPage,
    /// Which are shown, in the field `state`.
    pub form: Form,
    pub show: Show,
    pub today: Date,
}

impl OrderListPage {
    fn states(&self) -> Vec<Choice> {
        Show::ALL
            .into_iter()
            .map(|show| Choice::new(show.as_str(), show.title()))
            .collect()
    }

    fn late(&self) -> usize {
        self.found.orders.iter().filter(|line| line.late).count()
    }

    fn due(&self, line: &OrderLine) -> Cell {
        match line.due_on {
            Some(due) if line.late => {
                Cell::text(format::date(due)).and(Tag::new(Tone::Bad, "Late").icon("clock"))
            }
            Some(due) if line.state.with_the_body() => Cell::text(format::date(due)),
            _ => Cell::text("–"),
        }
    }

    fn table(&self) -> DataTable {
        let columns = vec![
            Column::words("Learner and unit"),
            Column::words("Centre"),
            Column::words("State"),
            Column::words("Received"),
            Column::words("Result due"),
        ];
        let rows = self.found.orders.iter().map(|line| {
            let mut state = Cell::tag(order_tag(line));
            let words = match (&line.assessor, came_of(line)) {
                (_, Some(words)) => Some(words.to_owned()),
                (Some(assessor), None) if line.state == OrderState::Received => {
                    Some(format!("with {assessor}"))
                }
                (Some(assessor), None) if line.state == OrderState::Marked => Some(format!("by {assessor}")),
                _ => None,
            };
            if let Some(words) = words {
                state = state.small(words);
            }
            vec![
                Cell::link(
                    format!("/external-assessments/{}", line.order),
                    &line.learner_name,
                )
                .small(format!("{} {}", line.unit, line.unit_title)),
                Cell::text(&line.centre_name),
                state,
                Cell::text(line.received_on.map_or_else(|| "–".to_owned(), format::date)),
                self.due(line),
            ]
        });
        DataTable::new("orders", "Orders of external assessment", columns)
            .rows(rows.collect())
            .caption_hidden()
            .empty(Empty::new(
                "No order here",
                "A centre's coordinator orders on the learner's page that the awarding body assesses a unit.",
            ))
    }

    fn pages(&self) -> Pages {
        let found = &self.found;
        Pages::new(
            "/external-assessments",
            &crate::centre_choice::query(&found.shown, &format!("state={}", self.show.as_str())),
            u64::from(found.page),
            u64::from(found.size),
            found.total,
        )
        .of("order", "orders")
    }
}

/// One order.
#[derive(Debug, Template)]
#[template(path = "external_assessment/order.html")]
pub struct OrderPage {
    pub shell: Shell,
    pub view: OrderView,
    /// `assessor` as chosen.
    pub form: Form,
    pub refusals: Refusals,
}

impl OrderPage {
    fn tag(&self) -> Tag {
        order_tag(&self.view.line)
    }

    /// Where the order stands on its way (EA-01).
    fn steps(&self) -> Option<Steps> {
        let present = match self.view.line.state {
            OrderState::Ordered => 0,
            OrderState::Sent => 1,
            OrderState::Received => 2,
            OrderState::Marked => 3,
            OrderState::Result => 4,
            OrderState::Withdrawn => return None,
        };
        Some(Steps::new(
            ["Ordered", "Sent", "Received", "Marked", "Result"],
            present,
        ))
    }

    fn day(&self, day: &Date) -> String {
        format::date(*day)
    }

    fn came_of(&self) -> Option<&'static str> {
        came_of(&self.view.line)
    }

    fn assessors(&self) -> Vec<Choice> {
        self.view
            .assessors
            .iter()
            .map(|named| Choice::new(named.person.as_str(), &named.name))
            .collect()
    }

    /// Where the work can be received, or why nobody can do it now; nothing where nothing waits.
    fn receive(&self) -> Option<Act> {
        let line = &self.view.line;
        if !self.view.receives || line.state != OrderState::Sent {
            return None;
        }
        let label = "Receive the work";
        Some(if self.view.receive.is_empty() {
            Act::allowed(label, format!("/external-assessments/{}/receive", line.order))
        } else {
            Act::refused(label, self.view.receive.iter().map(Refused::from).collect())
        })
    }

    fn withdraw(&self) -> Option<Act> {
        let line = &self.view.line;
        if !self.view.coordinates || line.state == OrderState::Withdrawn {
            return None;
        }
        let label = "Withdraw the order";
        Some(if self.view.withdraw.is_empty() {
            Act::allowed(label, format!("/external-assessments/{}/withdraw", line.order)).second()
        } else {
            Act::refused(label, self.view.withdraw.iter().map(Refused::from).collect())
        })
    }

    /// Ways to the work and its result.
    fn ways(&self) -> Vec<(String, &'static str)> {
        let line = &self.view.line;
        let mut ways = Vec::new();
        if let Some(submission) = line.submission.as_ref().filter(|_| self.view.reads) {
            let at = format!("/submissions/{submission}");
            match line.state {
                OrderState::Received if self.view.marks => ways.push((format!("{at}/mark"), "Mark the work")),
                OrderState::Marked if self.view.receives => {
                    ways.push((format!("{at}/verify"), "Verify the judgement"));
                }
                OrderState::Result => ways.push((format!("{at}/result"), "The result")),
                _ => ways.push((format!("{at}/mark"), "The work")),
            }
        }
        if !self.view.marks {
            ways.push((
                format!("/registrations/{}", line.registration),
                "The learner's registration",
            ));
        }
        ways
    }
}

/// The form on which a coordinator orders that the awarding body assesses a unit.
#[derive(Debug, Template)]
#[template(path = "external_assessment/form.html")]
pub struct OrderFormPage {
    pub shell: Shell,
    pub view: OrderForm,
    /// `unit` as chosen.
    pub form: Form,
    pub refusals: Refusals,
}

impl OrderFormPage {
    fn units(&self) -> Vec<Choice> {
        self.view
            .units
            .iter()
            .map(|unit| {
                let choice = Choice::new(&unit.unit, format!("{} {}", unit.unit, unit.title));
                match &unit.hindrance {
                    Some(because) => choice.hint(because).disabled(),
                    None => choice,
                }
            })
            .collect()
    }

    fn any(&self) -> bool {
        self.view.units.iter().any(|unit| unit.hindrance.is_none())
    }

    fn most(&self) -> Option<String> {
        let most = self.view.most?;
        Some(format!(
            "{} assesses {} of a qualification at most.",
            self.view.body,
            format::plural(most, "unit", "units")
        ))
    }

    fn time(&self) -> Option<String> {
        let weeks = self.view.weeks?;
        Some(format!(
            "The result is due {} after the work is received.",
            format::plural(weeks, "week", "weeks")
        ))
    }
}
