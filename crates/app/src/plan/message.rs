//! The message line of a learner (JU-01).

use super::allocate;
use crate::people::full_name;
use crate::registration::find::{self, Named, Seen};
use crate::{Acting, Asking, Failure};
use assay_domain::Role;
use assay_domain::id::{MessageId, PersonId, RegistrationId};
use assay_domain::plan::message as rule;
use assay_store::Tx;
use assay_store::statements::{plan as statements, registration};
use jiff::civil::Date;

/// How many messages a page shows, the latest.
const MOST: i64 = 200;

/// Send a message on a learner's line.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendMessage {
    /// A unit of the plan, if the message is about one.
    #[serde(default)]
    pub unit: Option<String>,
    /// To whom; staff may leave it out and write to the learner.
    #[serde(default)]
    pub to: Option<PersonId>,
    pub text: String,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct MessageView {
    pub message: MessageId,
    pub unit: Option<String>,
    pub from: Option<Named>,
    pub to: Named,
    /// Blank once erased.
    pub text: String,
    pub sent_at: String,
    /// Whether the caller wrote it.
    pub own: bool,
}

/// A learner's line.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct MessageLine {
    pub registration: RegistrationId,
    pub learner: Named,
    /// The latest first.
    pub messages: Vec<MessageView>,
    /// To whom the caller can write; empty for those who only read.
    pub recipients: Vec<Recipient>,
    /// Units of the plan.
    pub units: Vec<String>,
}

/// Somebody to write to.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Recipient {
    pub person: PersonId,
    pub name: String,
    /// What they are to the learner, in words: `Assessor of 7020V1`.
    pub part: String,
}

/// The line of a learner.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when the caller may not see the registration.
pub fn line(asking: &mut Asking<'_, '_>, id: &RegistrationId) -> Result<MessageLine, Failure> {
    let seen = find::require_seen(asking, id)?;
    let today = asking.today();
    let named = |given: Option<String>, family: Option<String>| {
        full_name(&given.unwrap_or_default(), &family.unwrap_or_default())
    };
    let mut messages = Vec::new();
    for row in asking
        .tx
        .rows(&statements::LIST_MESSAGES, &[id.as_str().into(), MOST.into()])?
    {
        let sender: Option<PersonId> = row.optional_parsed("sender")?;
        let name = named(
            row.optional_text("sender_given")?,
            row.optional_text("sender_family")?,
        );
        messages.push(MessageView {
            message: row.parsed("id")?,
            unit: row.optional_text("unit")?,
            own: sender.as_ref() == Some(&seen.actor.person),
            from: sender.map(|person| Named { person, name }),
            to: Named {
                person: row.parsed("recipient")?,
                name: named(
                    row.optional_text("recipient_given")?,
                    row.optional_text("recipient_family")?,
                ),
            },
            text: row.text("text")?,
            sent_at: row.text("sent_at")?,
        });
    }
    Ok(MessageLine {
        registration: id.clone(),
        learner: Named {
            person: seen.row.learner.clone(),
            name: seen.row.learner_name(),
        },
        messages,
        recipients: recipients(asking.tx, &seen, today)?,
        units: find::plan_units(asking.tx, id)?
            .into_iter()
            .map(|unit| unit.unit)
            .collect(),
    })
}

/// To whom somebody can write on this line: the learner to their staff, staff to the learner.
fn recipients(tx: &mut Tx<'_>, seen: &Seen, today: Date) -> Result<Vec<Recipient>, Failure> {
    if !seen.own() {
        let learner = Recipient {
            person: seen.row.learner.clone(),
            name: seen.row.learner_name(),
            part: "Learner".to_owned(),
        };
        return Ok(if seen.teaches() || seen.coordinates() {
            vec![learner]
        } else {
            Vec::new()
        });
    }
    let mut found: Vec<(Named, Role, Vec<String>)> = Vec::new();
    for allocation in &seen.allocations {
        for (named, role) in allocation
            .people()
            .filter(|(_, role)| *role != Role::InternalVerifier)
        {
            match found
                .iter_mut()
                .find(|(known, part, _)| known.person == named.person && *part == role)
            {
                Some((_, _, units)) => units.push(allocation.unit.clone()),
                None => found.push((named.clone(), role, vec![allocation.unit.clone()])),
            }
        }
    }
    found.sort_by_key(|(_, role, _)| *role != Role::Assessor);
    let mut recipients: Vec<Recipient> = found
        .into_iter()
        .map(|(named, role, units)| Recipient {
            person: named.person,
            name: named.name,
            part: format!("{} of {}", role.title(), units.join(", ")),
        })
        .collect();
    let members = allocate::staff(tx, &seen.row.centre)?;
    for named in allocate::holding(&members, Role::Coordinator, today) {
        recipients.push(Recipient {
            person: named.person,
            name: named.name,
            part: Role::Coordinator.title().to_owned(),
        });
    }
    recipients.retain(|recipient| recipient.person != seen.actor.person);
    Ok(recipients)
}

/// A line on which somebody has written to the caller, or the caller's own as a learner.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Conversation {
    pub registration: RegistrationId,
    /// The learner's name; for the learner the qualification's code.
    pub with: String,
    pub qualification: String,
    pub number: String,
    pub unread: u32,
}

impl Conversation {
    /// Where the line is read.
    pub fn href(&self) -> String {
        format!("/registrations/{}/messages", self.registration)
    }
    /// What it is about, in words.
    pub fn about(&self) -> String {
        format!("{}, {}", self.qualification, self.number)
    }
}

/// The lines of the caller, those with something new first.
///
/// # Errors
/// `SignInNeeded`.
pub fn conversations(asking: &mut Asking<'_, '_>) -> Result<Vec<Conversation>, Failure> {
    let person = asking.person()?;
    let mut found: Vec<Conversation> = Vec::new();
    for row in asking.tx.rows(
        &statements::LIST_CONVERSATIONS,
        &[person.as_str().into(), MOST.into()],
    )? {
        let learner: PersonId = row.parsed("learner")?;
        let with = if learner == person {
            format!("Your line on {}", row.text("qualification")?)
        } else {
            full_name(&row.text("given")?, &row.text("family")?)
        };
        found.push(Conversation {
            registration: row.parsed("registration")?,
            with,
            qualification: row.text("qualification")?,
            number: row.text("number")?,
            unread: 0,
        });
    }
    for row in asking
        .tx
        .rows(&registration::LIST_OF_LEARNER, &[person.as_str().into()])?
    {
        let id: RegistrationId = row.parsed("id")?;
        if !found.iter().any(|line| line.registration == id) {
            found.push(Conversation {
                registration: id,
                with: format!("Your line on {}", row.text("qualification")?),
                qualification: row.text("qualification")?,
                number: row.text("number")?,
                unread: 0,
            });
        }
    }
    for row in asking
        .tx
        .rows(&statements::LIST_UNSEEN, &[person.as_str().into(), MOST.into()])?
    {
        let id: RegistrationId = row.parsed("registration")?;
        if let Some(line) = found.iter_mut().find(|line| line.registration == id) {
            line.unread += 1;
        }
    }
    found.sort_by_key(|line| line.unread == 0);
    Ok(found)
}

/// Sends a message.
///
/// # Errors
/// `NotFound`; refusals of [`assay_domain::plan::message::decide`].
pub fn send(acting: &mut Acting<'_, '_>, id: &RegistrationId, input: &SendMessage) -> Result<(), Failure> {
    let actor = acting.actor()?.clone();
    let seen = find::require_seen_by(acting.tx, actor, id)?;
    let members = allocate::staff(acting.tx, &seen.row.centre)?;
    let mut staff: Vec<PersonId> = allocate::holding(&members, Role::Coordinator, acting.today())
        .into_iter()
        .map(|named| named.person)
        .collect();
    for (named, role) in seen.allocations.iter().flat_map(find::AllocationRow::people) {
        let holds = named.person != seen.actor.person || seen.actor.is_at(role, &seen.row.centre);
        if role != Role::InternalVerifier && holds {
            staff.push(named.person.clone());
        }
    }
    let line = rule::Line {
        registration: id.clone(),
        learner: seen.row.learner.clone(),
        centre: seen.row.centre.clone(),
        staff,
        planned: find::plan_units(acting.tx, id)?
            .into_iter()
            .map(|unit| unit.unit)
            .collect(),
    };
    let to = match &input.to {
        Some(to) => to.clone(),
        None if !seen.own() => seen.row.learner.clone(),
        None => return Err(Failure::unreadable("to", "Choose to whom you write.")),
    };
    let act = rule::SendMessage {
        unit: input.unit.clone(),
        to,
        text: input.text.clone(),
    };
    let decision = rule::decide(&act, &line, &seen.actor, acting.fresh)?;
    acting.record(decision)
}

/// Marks the messages of a line that were sent to the caller as opened. Working data, not a fact.
///
/// # Errors
/// `NotFound` when the caller may not see the registration.
pub fn mark_seen(acting: &mut Acting<'_, '_>, id: &RegistrationId) -> Result<(), Failure> {
    let actor = acting.actor()?.clone();
    let seen = find::require_seen_by(acting.tx, actor, id)?;
    let at = acting.moment().stored();
    acting.tx.run(
        &statements::MARK_SEEN,
        &[id.as_str().into(), seen.actor.person.as_str().into(), at.into()],
    )?;
    Ok(())
}
