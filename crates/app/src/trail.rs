//! The audit trail: what the ledger says of a registration, a unit of it or a hand-in, told in the trade's words.
//!
//! Every line is read from the exact bytes of its entry; private content that the entry seals is shown beside it as long as
//! it is kept, and told as erased once it is. Nothing here can be changed: a later fact is a later line (JU-03, VM-02).

mod digest;
mod names;
mod sentence;

use crate::{Asking, Failure};
use assay_domain::Role;
use assay_domain::fact::Entry;
use assay_domain::id::{PersonId, RegistrationId, SubmissionId};
use assay_store::statements::{registration as registrations, trail as statements};
use names::Names;

pub use sentence::kind_title;

/// What is asked of a trail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrailQuery {
    /// The name of a kind of fact, e.g. `criterion_decided`; blank for all.
    pub kind: String,
    /// From 1.
    pub page: u32,
    /// How many on a page; at most 500.
    pub size: u32,
}

/// Something more that a line says.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct TrailDetail {
    /// What it is, e.g. `Reason`.
    pub label: String,
    /// What it says; empty when it was erased.
    pub text: String,
    /// Whether it was kept apart as private content and has been erased.
    pub erased: bool,
}

/// Where a line leads.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct TrailLink {
    pub label: String,
    pub href: String,
}

/// One line: one fact.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct TrailLine {
    /// The number of the entry in the ledger.
    pub sequence: i64,
    /// When, as a UTC instant.
    pub at: String,
    /// Who; none for the installation itself.
    #[schema(value_type = Option<String>)]
    pub by: Option<PersonId>,
    /// The name of who, or `The installation`.
    pub by_name: String,
    /// Through which door: `page`, `api`, `command` or `import`.
    pub via: String,
    /// The act; facts of one act share it.
    pub act: String,
    /// The name of the fact as in its bytes.
    pub kind: String,
    /// What happened, as one sentence that begins with who.
    pub says: String,
    pub details: Vec<TrailDetail>,
    pub links: Vec<TrailLink>,
    /// Where the rule behind the act comes from.
    pub rule: String,
    /// SHA-256 digests that the fact carries, so that a line can be compared with the ledger by hand.
    pub digests: Vec<String>,
}

/// A kind of fact in a trail.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct TrailKind {
    pub kind: String,
    pub title: String,
    pub entries: i64,
}

/// A page of a trail.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Trail {
    /// Whom and what the trail is about.
    pub about: TrailSubject,
    /// The newest first.
    pub lines: Vec<TrailLine>,
    /// How many there are of the kind that was asked for.
    pub total: i64,
    /// Every kind of fact that speaks of it.
    pub kinds: Vec<TrailKind>,
    /// The kind that was asked for; blank for all.
    pub kind: String,
    pub page: u32,
    pub size: u32,
}

/// What a trail is about.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct TrailSubject {
    pub registration: RegistrationId,
    pub learner_name: String,
    /// The learner's number on the registration.
    pub number: String,
    pub qualification: String,
    /// The unit, where the trail is of one.
    pub unit: Option<String>,
    pub unit_title: Option<String>,
    /// The hand-in, where the trail is of one.
    pub submission: Option<SubmissionId>,
    pub attempt: Option<u32>,
    /// Whether the caller is the learner: then what staff decide, verify and grade is not listed; the result of each
    /// hand-in tells it once it is out.
    pub own: bool,
    /// Whether the caller may see the trails of the unit and of the registration too; an external assessor may not (EA-07).
    pub wider: bool,
}

/// The trail of a whole registration.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is none or the caller is neither the learner nor of the staff who may see it.
pub fn of_registration(
    asking: &mut Asking<'_, '_>,
    registration: &RegistrationId,
    query: &TrailQuery,
) -> Result<Trail, Failure> {
    let about = about(asking, registration, None)?;
    read(asking, registration.as_str(), about, query)
}

/// The trail of one unit of a registration, over all attempts.
///
/// # Errors
/// As [`of_registration`], and `NotFound` when the specification has no such unit.
pub fn of_unit(
    asking: &mut Asking<'_, '_>,
    registration: &RegistrationId,
    unit: &str,
    query: &TrailQuery,
) -> Result<Trail, Failure> {
    let about = about(asking, registration, Some(unit))?;
    let number = about.unit.clone().unwrap_or_default();
    read(asking, &format!("{registration}/{number}"), about, query)
}

/// The trail of one hand-in.
///
/// # Errors
/// As [`of_registration`].
pub fn of_submission(
    asking: &mut Asking<'_, '_>,
    submission: &SubmissionId,
    query: &TrailQuery,
) -> Result<Trail, Failure> {
    let actor = asking.actor()?.clone();
    let loaded = crate::judgement::case::load(asking.app, asking.tx, submission)?;
    crate::judgement::case::visible_to_staff(&actor, &loaded)?;
    let mut about = about_seen(asking, &loaded.case.registration, Some(&loaded.case.unit))?;
    about.submission = Some(submission.clone());
    about.attempt = Some(loaded.case.attempt);
    about.wider = !crate::external_assessment::find::marks(&actor, loaded.case.external.as_ref());
    read(asking, submission.as_str(), about, query)
}

/// Everything that the ledger says of a certificate, the earliest first. The caller has made sure that whoever asks is
/// entitled to it.
///
/// # Errors
/// A fault when the store fails.
pub(crate) fn of_certificate(
    asking: &mut Asking<'_, '_>,
    registration: &RegistrationId,
    certificate: &str,
    own: bool,
) -> Result<Vec<TrailLine>, Failure> {
    let about = TrailSubject {
        own,
        ..about_seen(asking, registration, None)?
    };
    let whole = TrailQuery {
        kind: String::new(),
        page: 1,
        size: 500,
    };
    let mut lines = read(asking, certificate, about, &whole)?.lines;
    lines.reverse();
    Ok(lines)
}

fn about(
    asking: &mut Asking<'_, '_>,
    registration: &RegistrationId,
    unit: Option<&str>,
) -> Result<TrailSubject, Failure> {
    let actor = asking.actor()?.clone();
    let row = crate::registration::find::require_registration(asking.tx, registration)?;
    let allocations = crate::registration::find::allocations(asking.tx, registration)?;
    let own = actor.person == row.learner;
    let sees = own
        || crate::registration::find::may_see(&actor, &row, &allocations)
        || actor.is_at(Role::Assessor, &row.centre)
        || actor.is_at(Role::InternalVerifier, &row.centre);
    if !sees {
        return Err(Failure::NotFound);
    }
    let mut about = about_seen(asking, registration, unit)?;
    about.own = own;
    Ok(about)
}

fn about_seen(
    asking: &mut Asking<'_, '_>,
    registration: &RegistrationId,
    unit: Option<&str>,
) -> Result<TrailSubject, Failure> {
    let row = asking
        .tx
        .row(&registrations::FIND, &[registration.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    let specification = asking
        .app
        .specification(asking.tx, &row.parsed("specification")?)?;
    let unit = match unit {
        None => None,
        Some(wanted) => Some(specification.find_unit_called(wanted).ok_or(Failure::NotFound)?),
    };
    Ok(TrailSubject {
        registration: registration.clone(),
        learner_name: crate::people::full_name(&row.text("given")?, &row.text("family")?),
        number: row.text("number")?,
        qualification: row.text("qualification")?,
        unit: unit.map(|unit| unit.number.to_string()),
        unit_title: unit.map(|unit| unit.title.clone()),
        submission: None,
        attempt: None,
        own: false,
        wider: true,
    })
}

fn read(
    asking: &mut Asking<'_, '_>,
    subject: &str,
    about: TrailSubject,
    query: &TrailQuery,
) -> Result<Trail, Failure> {
    let (list_kinds, list) = if about.own {
        (&statements::LIST_KINDS_FOR_LEARNER, &statements::LIST_FOR_LEARNER)
    } else {
        (&statements::LIST_KINDS, &statements::LIST)
    };
    let kinds: Vec<TrailKind> = asking
        .tx
        .rows(list_kinds, &[subject.into()])?
        .iter()
        .map(|row| {
            let kind = row.text("fact")?;
            Ok(TrailKind {
                title: kind_title(&kind).to_owned(),
                entries: row.int("entries")?,
                kind,
            })
        })
        .collect::<Result<_, assay_store::StoreFault>>()?;
    let total = kinds
        .iter()
        .filter(|kind| query.kind.is_empty() || kind.kind == query.kind)
        .map(|kind| kind.entries)
        .sum();
    let (page, size) = (query.page.max(1), query.size.clamp(1, 500));
    let rows = asking.tx.rows(
        list,
        &[
            subject.into(),
            query.kind.as_str().into(),
            size.into(),
            (i64::from(page - 1) * i64::from(size)).into(),
        ],
    )?;
    // A claim's page is for those who make and release claims.
    let actor = asking.actor()?;
    let sees_claims = actor.is(Role::Coordinator) || actor.is(Role::QualityManager);
    let mut names = Names::default();
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let sequence = row.int("sequence")?;
        let entry = Entry::read(&row.bytes("bytes")?)?;
        let by: Option<PersonId> = row.optional_parsed("by_person")?;
        let by_name = match &by {
            Some(_) => crate::judgement::queue::name(&row, "")?,
            None => "The installation".to_owned(),
        };
        let told = sentence::tell(asking.app, asking.tx, &mut names, &entry)?;
        lines.push(TrailLine {
            sequence,
            at: row.text("at")?,
            by,
            says: format!("{by_name} {}.", told.says),
            by_name,
            via: row.text("via")?,
            act: row.text("act")?,
            kind: row.text("fact")?,
            details: told.details,
            links: told
                .links
                .into_iter()
                .filter(|link| sees_claims || !link.href.starts_with("/claims/"))
                .filter(|link| about.wider || link.href.starts_with("/submissions/"))
                .filter_map(|link| {
                    if about.own {
                        for_the_learner(link)
                    } else {
                        Some(link)
                    }
                })
                .collect(),
            rule: told.rule.to_owned(),
            digests: digest::digests(&entry),
        });
    }
    Ok(Trail {
        about,
        lines,
        total,
        kinds,
        kind: query.kind.clone(),
        page,
        size,
    })
}

/// The desk is a place of the staff: the learner is led to the work as they read it, and to nothing else of the staff's.
fn for_the_learner(mut link: TrailLink) -> Option<TrailLink> {
    if link.href.starts_with("/submissions/") {
        link.href = link.href.replacen("/mark", "", 1);
    }
    let staff = link.href.starts_with("/claims")
        || ["/verify", "/grade", "/trail"]
            .iter()
            .any(|end| link.href.ends_with(end));
    (!staff).then_some(link)
}
