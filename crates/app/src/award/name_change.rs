//! A certificate in another name: asking, seeing the proof, approving. What is decided is in
//! [`assay_domain::award::name_change`].
//!
//! Approving prints before its act, as a replacement does: [`prepare`], then [`approve`].

use super::case::{self, Shared, named};
use super::change::{self, Loaded, Replaced, printed_name};
use super::{face, overview, theme};
use crate::centre::CentreShown;
use crate::printing::CertificateFace;
use crate::registration::find;
use crate::{Acting, App, Asking, Caller, Failure};
use assay_domain::award::name_change as rules;
use assay_domain::award::{
    AskNameChange, NameChangeState, NameProof, NewName, Printed, RefuseNameChange, SeeNameProof, number,
};
use assay_domain::id::{AwardId, CentreId, NameChangeId, RegistrationId};
use assay_domain::moment::long_date;
use assay_domain::people::Details;
use assay_domain::policy::Policy;
use assay_domain::{Actor, Fact, Fresh, Refusals, Role};
use assay_store::statements::{name_change as statements, people};
use assay_store::{Row, Tx};
use jiff::civil::Date;

/// How many stand on a page.
pub const PAGE: i64 = 25;

/// A change of name, as pages and programs see it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct NameChangeLine {
    pub change: NameChangeId,
    pub award: AwardId,
    pub registration: RegistrationId,
    pub centre_name: String,
    /// Number of the certificate that is to be replaced.
    pub certificate: String,
    /// The name on it; blank once erased.
    pub printed: String,
    /// The name that is asked for; blank once erased.
    pub name: String,
    pub proof: NameProof,
    /// Which document it is.
    pub document: String,
    pub state: NameChangeState,
    /// Instant, as stored.
    pub asked_at: String,
    pub asked_by: String,
    pub seen_at: Option<String>,
    pub seen_by: Option<String>,
    /// What was seen; none when whoever asked had the proof before them.
    pub seen: Option<String>,
    pub settled_at: Option<String>,
    pub settled_by: Option<String>,
    /// Why it was not approved.
    pub because: Option<String>,
    /// Number of the certificate in the new name.
    pub issued: Option<String>,
}

impl NameChangeLine {
    /// The name that is asked for, as a list shows it.
    pub fn shown_name(&self) -> &str {
        match self.name.as_str() {
            "" => "An erased name",
            name => name,
        }
    }
}

fn read(tx: &mut Tx<'_>, row: &Row) -> Result<NameChangeLine, Failure> {
    let name = NewName {
        given: row.text("given")?,
        family: row.text("family")?,
    };
    Ok(NameChangeLine {
        change: row.parsed("id")?,
        award: row.parsed("award")?,
        registration: row.parsed("registration")?,
        centre_name: row.text("centre_name")?,
        certificate: row.text("number")?,
        printed: printed_name(&row.text("face")?).unwrap_or_default(),
        name: name.full(),
        proof: row.parsed("proof")?,
        document: row.text("document")?,
        state: row.parsed("state")?,
        asked_at: row.text("asked_at")?,
        asked_by: named(tx, row, "asked_by")?.unwrap_or_else(|| "–".to_owned()),
        seen_at: row.optional_text("seen_at")?,
        seen_by: named(tx, row, "seen_by")?,
        seen: row.optional_text("seen")?,
        settled_at: row.optional_text("settled_at")?,
        settled_by: named(tx, row, "settled_by")?,
        because: row.optional_text("because")?,
        issued: row.optional_text("issued")?,
    })
}

/// The changes of name of an award, the last first, whoever asks.
pub(super) fn of_award(tx: &mut Tx<'_>, award: &AwardId) -> Result<Vec<NameChangeLine>, Failure> {
    tx.rows(&statements::LIST_OF, &[award.as_str().into()])?
        .iter()
        .map(|row| read(tx, row))
        .collect()
}

/// What is known before somebody asks: the certificate, its name, the learner's name as registered.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct ToRename {
    pub award: AwardId,
    pub certificate: String,
    /// The name on the certificate; blank once erased.
    pub printed: String,
    /// As it is registered now.
    pub given: String,
    pub family: String,
    /// Whether the caller is the learner: then somebody else has to see the proof.
    pub own: bool,
}

/// A certificate before a change of its name is asked for.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is none, or the caller is not entitled to it.
pub fn to_rename(asking: &mut Asking<'_, '_>, typed: &str) -> Result<ToRename, Failure> {
    let loaded = change::load(asking.tx, typed)?;
    let seen = find::require_seen(asking, &loaded.registration)?;
    if !overview::entitled(&seen) {
        return Err(Failure::NotFound);
    }
    Ok(ToRename {
        own: seen.own(),
        award: loaded.case.award,
        certificate: loaded.case.number,
        printed: loaded.case.printed.unwrap_or_default(),
        given: seen.row.given,
        family: seen.row.family,
    })
}

/// A change of name that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct NameChangeAsked {
    pub change: NameChangeId,
    pub award: AwardId,
}

/// Ask for a certificate in another name. The learner and the coordinators of the centre are told.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is no such certificate, or the caller is not entitled to it; refusals of
/// [`rules::decide_ask`].
pub fn ask(
    acting: &mut Acting<'_, '_>,
    typed: &str,
    act: &AskNameChange,
) -> Result<NameChangeAsked, Failure> {
    let actor = acting.actor()?.clone();
    let loaded = change::load(acting.tx, typed)?;
    let seen = find::require_seen_by(acting.tx, actor.clone(), &loaded.registration)?;
    if !overview::entitled(&seen) {
        return Err(Failure::NotFound);
    }
    let open = of_award(acting.tx, &loaded.case.award)?
        .iter()
        .any(|line| line.state.is_open() && line.certificate == loaded.case.number);
    let case = rules::AskCase {
        certificate: loaded.case.clone(),
        centre: loaded.centre.clone(),
        printed: loaded.case.printed.clone().unwrap_or_default(),
        open,
    };
    let decision = rules::decide_ask(act, &case, &actor, acting.fresh)?;
    let asked = decision.facts.iter().find_map(|fact| match fact {
        Fact::NameChangeAsked { change, .. } => Some(change.clone()),
        _ => None,
    });
    let asked = asked.ok_or_else(|| Failure::Fault("a change of name without its fact".into()))?;
    acting.record(decision)?;
    let words = format!(
        "is to be issued in another name: that was asked for on {}. Nothing changes until the awarding body has approved it. If \
         you know nothing of it, write to the awarding body.",
        long_date(acting.today())
    );
    change::tell(acting, &loaded, "A change of name was asked for", &words, "")?;
    Ok(NameChangeAsked {
        change: asked,
        award: loaded.case.award,
    })
}

/// A change of name with everything that is decided on.
struct Found {
    line: NameChangeLine,
    loaded: Loaded,
    case: rules::NameChangeCase,
}

/// Loads it for somebody entitled to the certificate.
fn found(tx: &mut Tx<'_>, actor: &Actor, change: &NameChangeId) -> Result<Found, Failure> {
    let row = tx
        .row(&statements::FIND, &[change.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    let line = read(tx, &row)?;
    let seen = find::require_seen_by(tx, actor.clone(), &line.registration)?;
    if !overview::entitled(&seen) {
        return Err(Failure::NotFound);
    }
    let loaded = change::load(tx, &line.certificate)?;
    let details = match tx.row(&people::FIND_PERSON, &[seen.row.learner.as_str().into()])? {
        Some(row) => Details {
            given: row.text("given")?,
            family: row.text("family")?,
            born_on: row.optional_parsed("born_on")?,
            email: row.optional_text("email")?,
        },
        None => Details::default(),
    };
    let case = rules::NameChangeCase {
        change: change.clone(),
        state: line.state,
        certificate: loaded.case.clone(),
        centre: loaded.centre.clone(),
        name: NewName {
            given: row.text("given")?,
            family: row.text("family")?,
        },
        proof: line.proof,
        asked_by: row.optional_parsed("asked_by")?,
        seen_by: row.optional_parsed("seen_by")?,
        details,
    };
    Ok(Found { line, loaded, case })
}

/// A change of name, with what the caller may do.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct NameChangeView {
    #[serde(flatten)]
    pub line: NameChangeLine,
    /// Whether the caller may record that the proof was seen.
    pub may_see_proof: bool,
    /// Whether the caller settles changes of name.
    pub settles: bool,
    /// What would be said if the caller approved it now; empty when they may.
    #[schema(value_type = Vec<assay_domain::Refusal>)]
    pub refusals: Refusals,
}

/// A change of name.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is none, or the caller is not entitled to the certificate.
pub fn view(asking: &mut Asking<'_, '_>, change: &NameChangeId) -> Result<NameChangeView, Failure> {
    let actor = asking.actor()?.clone();
    let found = found(asking.tx, &actor, change)?;
    let settles = actor.is(Role::QualityManager);
    let sees = settles || actor.is_at(Role::Coordinator, &found.loaded.centre);
    Ok(NameChangeView {
        may_see_proof: sees
            && found.case.state == NameChangeState::Asked
            && actor.person != found.case.certificate.learner,
        settles: settles && found.case.state.is_open(),
        refusals: rules::may_approve(&found.case, &actor).err().unwrap_or_default(),
        line: found.line,
    })
}

/// Which changes of name are wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Show {
    /// Those that wait.
    #[default]
    Open,
    Every,
    In(NameChangeState),
}

impl Show {
    /// Every choice in the order of the page.
    pub const ALL: [Show; 6] = [
        Show::Open,
        Show::In(NameChangeState::Asked),
        Show::In(NameChangeState::Proved),
        Show::In(NameChangeState::Approved),
        Show::In(NameChangeState::Refused),
        Show::Every,
    ];

    /// As in an address.
    pub fn as_str(self) -> &'static str {
        match self {
            Show::Open => "",
            Show::Every => "all",
            Show::In(state) => state.as_str(),
        }
    }

    /// As a person reads it.
    pub fn title(self) -> &'static str {
        match self {
            Show::Open => "Waiting",
            Show::Every => "All",
            Show::In(state) => state.title(),
        }
    }

    /// What an address says; those that wait when it says nothing known.
    pub fn read(text: &str) -> Show {
        Show::ALL
            .into_iter()
            .find(|show| show.as_str() == text)
            .unwrap_or_default()
    }

    /// The first and the last state by their letters, as the store is asked.
    fn stretch(self) -> (&'static str, &'static str) {
        match self {
            Show::Open => (NameChangeState::Asked.as_str(), NameChangeState::Proved.as_str()),
            Show::Every => ("", "~"),
            Show::In(state) => (state.as_str(), state.as_str()),
        }
    }
}

/// A page of changes of name.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct NameChangesPage {
    #[serde(flatten)]
    pub shown: CentreShown,
    pub changes: Vec<NameChangeLine>,
    /// From 1.
    pub page: u32,
    pub size: u32,
    pub total: u64,
}

/// Changes of name, the oldest first: for a quality manager all of them or those of a centre, for a coordinator those of
/// the centre named or else of their first.
///
/// # Errors
/// `SignInNeeded`; `NotFound` for anybody else.
pub fn list(
    asking: &mut Asking<'_, '_>,
    show: Show,
    centre: Option<&CentreId>,
    page: u32,
) -> Result<NameChangesPage, Failure> {
    let (first, last) = show.stretch();
    let found = super::list::of_body_or_centre(
        asking,
        &super::list::Listed {
            all: [&statements::LIST, &statements::COUNT],
            at_centre: [&statements::LIST_AT, &statements::COUNT_AT],
            counted: "changes",
        },
        &[first.into(), last.into()],
        centre,
        page,
        PAGE,
    )?;
    let changes = found
        .rows
        .iter()
        .map(|row| read(asking.tx, row))
        .collect::<Result<_, _>>()?;
    Ok(NameChangesPage {
        shown: found.shown,
        changes,
        page: found.page,
        size: u32::try_from(PAGE).unwrap_or(u32::MAX),
        total: found.total,
    })
}

/// Record that the original of the proof was seen.
///
/// # Errors
/// `SignInNeeded`; `NotFound`; refusals of [`rules::decide_seen`].
pub fn see(acting: &mut Acting<'_, '_>, change: &NameChangeId, act: &SeeNameProof) -> Result<(), Failure> {
    let actor = acting.actor()?.clone();
    let found = found(acting.tx, &actor, change)?;
    let decision = rules::decide_seen(act, &found.case, &actor, acting.fresh)?;
    acting.record(decision)
}

/// A certificate in a new name that is printed and not yet recorded.
#[derive(Debug, Clone)]
pub struct PreparedName {
    change: NameChangeId,
    face: CertificateFace,
    printed: Printed,
}

/// Looks whether the change may be approved and prints the certificate in the new name. Records nothing.
///
/// # Errors
/// `SignInNeeded`; `NotFound`; refusals of [`rules::may_approve`]; `CERT_NOT_PRINTED`; a fault when the file cannot be kept.
pub fn prepare(
    app: &App,
    caller: &Caller,
    fresh: &mut dyn Fresh,
    change: &NameChangeId,
) -> Result<PreparedName, Failure> {
    let number = number::certificate_number(caller.moment.today.year(), &fresh.tail());
    let (face, look) = app.ask(caller, |asking| {
        let actor = asking.actor()?.clone();
        let found = found(asking.tx, &actor, change)?;
        rules::may_approve(&found.case, &actor)?;
        let (today, policy) = (asking.today(), asking.policy());
        let face = compose(asking.app, asking.tx, &found, &number, today, policy)?;
        let look = theme::look_of(asking.app, asking.tx, face.theme.as_ref())?;
        Ok((face, look))
    })?;
    let printed = face::print(app, &face, &look, Some("Change of name".to_owned()))?;
    Ok(PreparedName {
        change: change.clone(),
        face,
        printed,
    })
}

fn compose(
    app: &App,
    tx: &mut Tx<'_>,
    found: &Found,
    number: &str,
    today: Date,
    policy: Policy<'_>,
) -> Result<CertificateFace, Failure> {
    let standing = case::load(
        app,
        tx,
        &found.loaded.registration,
        today,
        policy,
        &mut Shared::default(),
    )?;
    let face = change::compose(app, tx, &found.loaded, &standing, number, today)?;
    Ok(CertificateFace {
        learner_name: found.case.name.full(),
        ..face
    })
}

/// Records the approval: details, certificate and settlement in one act. The learner and the coordinators of the centre are
/// told.
///
/// # Errors
/// `SignInNeeded`; `NotFound`; refusals of [`rules::decide_approve`]; `Conflict` when what stands on the certificate has
/// changed since it was printed.
pub fn approve(acting: &mut Acting<'_, '_>, prepared: &PreparedName) -> Result<Replaced, Failure> {
    let actor = acting.actor()?.clone();
    let (moment, policy) = (acting.moment(), acting.policy());
    let found = found(acting.tx, &actor, &prepared.change)?;
    let decision = rules::decide_approve(&found.case, &prepared.printed, &actor, moment, acting.fresh)?;
    let number = &prepared.printed.number;
    if compose(acting.app, acting.tx, &found, number, moment.today, policy)? != prepared.face {
        return Err(Failure::Conflict {
            because: "What stands on the certificate changed while it was printed. Approve it again.".into(),
        });
    }
    acting.record(decision)?;
    let words = format!(
        "was replaced on {} by certificate {number}, in the name that was asked for. Whoever checks the old number is told that \
         it was replaced, and is not told the new name. The award stands.",
        long_date(moment.today)
    );
    change::tell(
        acting,
        &found.loaded,
        "A certificate was issued in another name",
        &words,
        "",
    )?;
    Ok(Replaced {
        award: found.loaded.case.award,
        certificate: number.clone(),
    })
}

/// Do not approve a change of name. The learner and the coordinators of the centre are told, without the reason.
///
/// # Errors
/// `SignInNeeded`; `NotFound`; refusals of [`rules::decide_refuse`].
pub fn refuse(
    acting: &mut Acting<'_, '_>,
    change: &NameChangeId,
    act: &RefuseNameChange,
) -> Result<(), Failure> {
    let actor = acting.actor()?.clone();
    let found = found(acting.tx, &actor, change)?;
    let decision = rules::decide_refuse(act, &found.case, &actor, acting.fresh)?;
    acting.record(decision)?;
    let words = format!(
        "stays in the name it has: the change of name was not approved on {}. The reason is on the award's page. You can ask \
         again.",
        long_date(acting.today())
    );
    change::tell(
        acting,
        &found.loaded,
        "A change of name was not approved",
        &words,
        "",
    )
}
