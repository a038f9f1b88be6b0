//! One learner's registration: facts, progress, units, staff, what is still to do.

use super::{state_tag, unit_tag};
use crate::drawing::{CriteriaGrid, GridCriterion, GridUnit, Rings, Share, Standing};
use crate::message::{Refusals, Tag};
use crate::table::{Cell, Column, DataTable};
use crate::{Choice, Form, Shell, format};
use askama::Template;
use assay_app::progress::{UnitProgress, UnitState};
use assay_app::registration::find::Named;
use assay_app::registration::overview::RegistrationView;
use assay_domain::WarningCode;
use assay_domain::registration::RegistrationState;

/// The page of a registration; the learner's own home as well as staff's view.
#[derive(Debug, Template)]
#[template(path = "registration/overview.html")]
pub struct RegistrationPage {
    pub shell: Shell,
    pub view: RegistrationView,
    /// Why the last act on this page did not happen.
    pub refusals: Refusals,
    /// The form for the identity document.
    pub identity_form: Form,
    /// The form for what was left open at registering.
    pub completion_form: Form,
    /// The form for the number of a member.
    pub member_form: Form,
    /// The form for allocation.
    pub allocation_form: Form,
}

impl RegistrationPage {
    fn address(&self, below: &str) -> String {
        format!("/registrations/{}{below}", self.view.registration)
    }

    fn over(&self) -> String {
        format!("{} · {}", self.view.number, self.view.centre_name)
    }

    fn state(&self) -> Tag {
        state_tag(self.view.state)
    }

    fn for_advice(&self) -> bool {
        self.view
            .warnings
            .iter()
            .any(|warning| warning.code == WarningCode::ForAdvice)
    }

    /// What should be known, each with the place where it is seen to, for those who can.
    fn warnings(&self) -> Vec<(String, String)> {
        self.view
            .warnings
            .iter()
            .map(|warning| {
                let href = match warning.code {
                    WarningCode::IdentityOpen if self.view.may.confirm_identity => "#identity".to_owned(),
                    WarningCode::ForAdvice if self.view.may.answer_authority => "#open".to_owned(),
                    WarningCode::NoAssessor if self.view.may.allocate => "#staff".to_owned(),
                    WarningCode::ChoiceIncomplete if self.view.may.agree_plan => self.address("/units"),
                    _ => String::new(),
                };
                (warning.says.clone(), href)
            })
            .collect()
    }

    /// What is to be known of the membership that goes with studying, and a line below it.
    fn membership(&self) -> Option<(String, String)> {
        let body = &self.view.awarding_body;
        let membership = self.view.membership.as_ref()?;
        if membership.held {
            let number = membership
                .number
                .as_ref()
                .map(|number| format!("Number {number}"));
            return Some((format!("A member of {body} already"), number.unwrap_or_default()));
        }
        let grade = membership.grade.as_deref()?;
        let from = format::date(membership.from?);
        Some(match membership.until {
            None => (
                format!("{grade} of {body} since {from}"),
                "Free of charge until studies are completed".to_owned(),
            ),
            Some(until) => (
                format!("{grade} of {body} from {from} to {}", format::date(until)),
                if self.view.state == RegistrationState::Awarded {
                    "Free of charge until studies were completed".to_owned()
                } else {
                    "It ended with the registration".to_owned()
                },
            ),
        })
    }

    /// Whether the last act on this page was about the number of a member.
    fn names_member_number(&self) -> bool {
        self.member_form.complains()
    }

    fn rings(&self) -> Rings {
        let progress = &self.view.progress;
        let share = |name: &str, part: &assay_app::progress::Part| {
            Share::new(name, u64::from(part.done), u64::from(part.of))
        };
        Rings {
            shares: vec![
                share("Criteria met", &progress.criteria),
                share("Units achieved", &progress.units),
                share("Credits achieved", &progress.credits),
            ],
        }
    }

    fn grid(&self) -> CriteriaGrid {
        CriteriaGrid {
            units: self
                .view
                .progress
                .by_unit
                .iter()
                .map(|unit| GridUnit {
                    number: unit.unit.clone(),
                    title: unit.title.clone(),
                    href: Some(self.unit_href(unit)),
                    criteria: unit
                        .criteria
                        .iter()
                        .map(|criterion| GridCriterion {
                            number: criterion.criterion.clone(),
                            text: criterion.text.clone(),
                            standing: match (unit.state, criterion.met) {
                                (UnitState::Carried, _) => Standing::Recognised,
                                (_, Some(true)) => Standing::Met,
                                (_, Some(false)) => Standing::NotYetMet,
                                (_, None) if criterion.answered => Standing::Claimed,
                                (_, None) => Standing::NotSeen,
                            },
                            href: None,
                        })
                        .collect(),
                })
                .collect(),
        }
    }

    fn unit_href(&self, unit: &UnitProgress) -> String {
        self.address(&format!("/units/{}", unit.unit))
    }

    fn units(&self) -> DataTable {
        let columns = vec![
            Column::words("Unit"),
            Column::figures("Credits"),
            Column::words("State"),
            Column::figures("Criteria met"),
            Column::words("Hand in by"),
            Column::words("Assessor"),
            Column::words("Internal verifier"),
        ];
        let rows = self
            .view
            .progress
            .by_unit
            .iter()
            .map(|unit| {
                let line = self.view.allocations.iter().find(|line| line.unit == unit.unit);
                // What the awarding body assesses, nobody of the centre judges or verifies.
                let person = |named: Option<&Named>| match &unit.external {
                    Some(external) => Cell::text(&external.body),
                    None => Cell::text(named.map_or("Nobody yet", |named| named.name.as_str())),
                };
                let mut state = Cell::tag(unit_tag(unit.state));
                if let Some(from) = &unit.carried_from {
                    state = state.small(format!("with {from}"));
                } else if let Some(on) = unit.achieved_on {
                    state = state.small(format::date(on));
                } else if unit.attempt > 1 {
                    state = state.small(format!("attempt {}", unit.attempt));
                }
                if let Some(result) = &unit.graded {
                    state = state.and(Tag::new(crate::Tone::Good, result.clone()));
                }
                if let Some(external) = &unit.external {
                    state = state.and(crate::external_assessment::standing_tag(external));
                }
                let mut target = Cell::text(
                    unit.target_on
                        .map(format::date)
                        .unwrap_or_else(|| "No date".to_owned()),
                );
                if unit.late {
                    target = target.and(Tag::new(crate::Tone::Caution, "late"));
                }
                vec![
                    Cell::link(self.unit_href(unit), &unit.unit).small(&unit.title),
                    Cell::number(unit.credits),
                    state,
                    Cell::text(format!("{} of {}", unit.criteria_met, unit.criteria.len())),
                    target,
                    person(line.and_then(|line| line.assessor.as_ref())),
                    person(line.and_then(|line| line.verifier.as_ref())),
                ]
            })
            .collect();
        DataTable::new("units", "Units with their state in figures", columns).rows(rows)
    }

    fn people(named: &[Named]) -> Vec<Choice> {
        named
            .iter()
            .map(|named| Choice::new(named.person.as_str(), &named.name))
            .collect()
    }

    fn tutors(&self) -> Vec<Choice> {
        Self::people(&self.view.staff.tutors)
    }

    fn assessors(&self) -> Vec<Choice> {
        Self::people(&self.view.staff.assessors)
    }

    fn verifiers(&self) -> Vec<Choice> {
        Self::people(&self.view.staff.verifiers)
    }

    fn planned(&self) -> Vec<Choice> {
        self.view
            .progress
            .by_unit
            .iter()
            .filter(|unit| unit.carried_from.is_none())
            .map(|unit| Choice::new(&unit.unit, format!("{} {}", unit.unit, unit.title)))
            .collect()
    }

    /// Whether a unit of the plan has nobody to assess it: then the form for allocation stands open.
    fn needs_staff(&self) -> bool {
        self.view
            .warnings
            .iter()
            .any(|warning| warning.code == WarningCode::NoAssessor)
            || !self.refusals.items.is_empty()
    }

    fn contacts(&self) -> Vec<(String, String)> {
        let mut contacts: Vec<(String, String)> = Vec::new();
        for line in &self.view.allocations {
            for (named, part) in [(&line.assessor, "Assessor"), (&line.tutor, "Tutor")] {
                if let Some(named) = named
                    && !contacts
                        .iter()
                        .any(|(name, known)| *name == named.name && known == part)
                {
                    contacts.push((named.name.clone(), part.to_owned()));
                }
            }
        }
        contacts
    }

    /// Orders of external assessment on this registration: where each is shown, and for which unit.
    fn orders(&self) -> Vec<(String, String)> {
        let units = &self.view.progress.by_unit;
        units
            .iter()
            .filter(|unit| unit.carried_from.is_none())
            .filter_map(|unit| {
                let external = unit.external.as_ref()?;
                Some((
                    format!("/external-assessments/{}", external.order),
                    format!("External assessment of {}", unit.unit),
                ))
            })
            .collect()
    }

    fn day(&self, day: &jiff::civil::Date) -> String {
        format::date(*day)
    }
}
