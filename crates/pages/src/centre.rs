//! Centres: the list, approving one, one centre with offers, staff and its own grade scale.

use crate::message::Refusals;
use crate::table::{Cell, Column, DataTable};
use crate::way::Pages;
use crate::{Choice, Form, Shell, format};
use askama::Template;
use assay_app::centre::{CentreView, CentresPage, OfferLine, StaffLine};

/// The list of centres.
#[derive(Debug, Template)]
#[template(path = "centre/list.html")]
pub struct CentreListPage {
    pub shell: Shell,
    pub refusals: Refusals,
    pub centres: CentresPage,
    pub form: Form,
    /// Whether a centre can be approved here.
    pub may_approve: bool,
}

impl CentreListPage {
    fn table(&self) -> DataTable {
        let columns = vec![
            Column::words("Name"),
            Column::words("Number"),
            Column::words("Approved on"),
        ];
        let rows = self.centres.centres.iter().map(|centre| {
            vec![
                Cell::link(format!("/centres/{}", centre.centre), &centre.name),
                Cell::text(&centre.number),
                Cell::text(format::date(centre.approved_on)),
            ]
        });
        DataTable::new("centres", "Centres", columns)
            .rows(rows.collect())
            .caption_hidden()
            .empty(crate::message::Empty::new(
                "No centres yet",
                "A centre appears here once it is approved.",
            ))
    }

    fn pages(&self) -> Pages {
        let centres = &self.centres;
        Pages::new(
            "/centres",
            "",
            u64::from(centres.page),
            u64::from(centres.size),
            centres.total,
        )
        .of("centre", "centres")
    }
}

/// One centre.
#[derive(Debug, Template)]
#[template(path = "centre/centre.html")]
pub struct CentrePage {
    pub shell: Shell,
    pub refusals: Refusals,
    pub centre: CentreView,
    pub offer_form: Form,
    pub stop_form: Form,
    pub grades_form: Form,
    /// Qualifications of published specifications, by code.
    pub qualifications: Vec<Choice>,
}

impl CentrePage {
    /// "Tutor and Assessor, in training".
    fn roles(&self, of: &StaffLine) -> String {
        let roles: Vec<String> = of
            .roles
            .iter()
            .map(|held| {
                let training = if held.countersigned { ", in training" } else { "" };
                format!("{}{training}", held.role.title())
            })
            .collect();
        format::sentence_list(&roles)
    }

    fn offer_days(&self, offer: &OfferLine) -> String {
        match offer.until {
            Some(until) => format!("{} to {}", format::date(offer.from), format::date(until)),
            None => format!("from {}", format::date(offer.from)),
        }
    }

    fn grades(&self) -> String {
        self.centre.grades.join("\n")
    }

    fn scale(&self) -> &str {
        self.centre.grade_scale.as_deref().unwrap_or_default()
    }
}
