//! Who held which role on a day, from the facts that gave and ended it (practice, section 1).

use crate::case::Case;
use crate::{Fails, fails};
use assay_certify::{Fact, Numbered};
use jiff::civil::Date;

/// A role held.
pub(crate) struct Held {
    /// Whether the judgements need a countersignature (SD-4).
    pub trainee: bool,
}

impl Case<'_> {
    /// The role as held by a person on a day, as the ledger told it before entry `before`; at a centre where one is named. A
    /// grant without countersignature goes before one with it.
    fn held(&self, person: &str, role: &str, centre: Option<&str>, day: Date, before: u64) -> Option<Held> {
        let mut found: Option<Held> = None;
        for fact in self.facts.iter().filter(|fact| fact.index < before) {
            let Fact::RoleGranted {
                grant,
                person: holder,
                role: granted,
                centre: at,
                from,
                until,
                countersigned,
            } = &fact.entry.fact
            else {
                continue;
            };
            let ended = self.facts.iter().any(|later| {
                matches!(&later.entry.fact, Fact::RoleEnded { grant: ended, on }
                    if ended == grant && *on < day && later.index < before)
            });
            let fits = holder == person
                && granted == role
                && (centre.is_none() || at.as_deref() == centre)
                && *from <= day
                && until.is_none_or(|until| day <= until)
                && !ended;
            if fits && found.as_ref().is_none_or(|held| held.trainee) {
                found = Some(Held {
                    trainee: *countersigned,
                });
            }
        }
        found
    }

    /// That somebody who acts for the awarding body is not of the centre whose work it is: holds no role there on the day of the act.
    ///
    /// # Errors
    /// They hold one.
    pub fn require_no_role_at(
        &self,
        step: &'static str,
        person: &str,
        centre: &str,
        act: &Numbered,
    ) -> Result<(), Fails> {
        const AT_A_CENTRE: [&str; 5] = ["learner", "tutor", "assessor", "internal_verifier", "coordinator"];
        let (day, before) = (act.entry.on, act.index);
        let there = AT_A_CENTRE
            .iter()
            .find(|role| self.held(person, role, Some(centre), day, before).is_some());
        match there {
            None => Ok(()),
            Some(role) => fails(
                step,
                format!(
                    "{person} acted for the awarding body and was {} at {centre} on {day}",
                    role.replace('_', " ")
                ),
            ),
        }
    }

    /// As [`Case::held`].
    ///
    /// # Errors
    /// The person did not hold the role.
    pub fn require_role(
        &self,
        step: &'static str,
        person: &str,
        role: &str,
        centre: Option<&str>,
        day: Date,
        before: u64,
    ) -> Result<Held, Fails> {
        match self.held(person, role, centre, day, before) {
            Some(held) => Ok(held),
            None => {
                let place = centre.map_or_else(String::new, |centre| format!(" at {centre}"));
                fails(
                    step,
                    format!(
                        "no fact gives {person} the role of {}{place} on {day}",
                        role.replace('_', " ")
                    ),
                )
            }
        }
    }
}
