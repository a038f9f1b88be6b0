//! Sessions: a random token in the browser's cookie, its digest here; limits on idle and on absolute time.

use super::token::{earlier, hash, later, secret};
use crate::{Acting, Asking, Failure};
use assay_domain::id::PersonId;
use assay_domain::policy::Policy;
use assay_domain::{Actor, Moment};
use assay_store::statements::{account as statements, idempotency};
use jiff::SignedDuration;
use sha2::{Digest, Sha256};

/// How long a session lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Without a request.
    pub idle: SignedDuration,
    /// In all.
    pub absolute: SignedDuration,
}

impl Limits {
    /// What the policy says (`security.session.idle` in minutes, else 120; `security.session.longest` in hours, else 12).
    pub fn of(policy: Policy<'_>) -> Limits {
        let number = |key, default| {
            policy
                .number(key)
                .map_or(default, |(number, _)| number.clamp(1, 10_000))
        };
        Limits {
            idle: SignedDuration::from_mins(number("security.session.idle", 120)),
            absolute: SignedDuration::from_hours(number("security.session.longest", 12)),
        }
    }
}

/// A session that may go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub token_hash: String,
    pub person: PersonId,
    /// The person's name as shown.
    pub name: String,
    /// The person with the roles held today.
    pub actor: Actor,
    pub started_at: String,
    seen_at: String,
}

/// The token against forged forms that belongs to a session (or to the visit of somebody not signed in): it follows
/// from the cookie and cannot be turned back into it. Nobody who cannot read the cookie can tell it.
pub fn csrf_of(cookie: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(b"assay form\0");
    hash.update(cookie.as_bytes());
    hex::encode(hash.finalize())
}

/// Starts a session for a person and answers the token for the cookie. Whoever calls this has made sure who it is.
pub fn start(
    acting: &mut Acting<'_, '_>,
    person: &PersonId,
    agent: &str,
    limits: Limits,
) -> Result<String, Failure> {
    let token = secret(acting.fresh);
    let moment = acting.moment();
    let agent: String = agent.chars().filter(|c| !c.is_control()).take(200).collect();
    acting.tx.run(
        &statements::START_SESSION,
        &[
            hash(&token).into(),
            person.as_str().into(),
            csrf_of(&token).into(),
            moment.stored().into(),
            later(moment, limits.absolute).into(),
            agent.into(),
        ],
    )?;
    acting.tx.run(
        &statements::SIGNED_IN,
        &[person.as_str().into(), moment.stored().into()],
    )?;
    Ok(token)
}

/// How long a repeated API call is answered from memory.
const ANSWERS_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Removes sessions whose time is up, and answers of the API that nobody repeats any more.
pub fn sweep(acting: &mut Acting<'_, '_>, limits: Limits) -> Result<(), Failure> {
    let moment = acting.moment();
    acting.tx.run(
        &statements::SWEEP_SESSIONS,
        &[moment.stored().into(), earlier(moment, limits.idle).into()],
    )?;
    acting
        .tx
        .run(&idempotency::FORGET, &[earlier(moment, ANSWERS_KEPT).into()])?;
    Ok(())
}

/// The session that a cookie's token opens; none when there is none, its time is up or the person was erased.
pub fn find(asking: &mut Asking<'_, '_>, token: &str, limits: Limits) -> Result<Option<Session>, Failure> {
    let token_hash = hash(token);
    let moment = asking.caller.moment;
    let Some(row) = asking
        .tx
        .row(&statements::FIND_SESSION, &[token_hash.as_str().into()])?
    else {
        return Ok(None);
    };
    let seen_at = row.text("seen_at")?;
    if row.text("ends_at")? <= moment.stored() || seen_at < earlier(moment, limits.idle) {
        return Ok(None);
    }
    let person: PersonId = row.parsed("person")?;
    let caller = crate::Caller {
        person: Some(person.clone()),
        via: asking.caller.via,
        moment,
    };
    let Some(actor) = crate::asking::load_actor(asking.tx, &caller)? else {
        return Ok(None);
    };
    Ok(Some(Session {
        token_hash,
        person,
        name: crate::people::full_name(&row.text("given")?, &row.text("family")?),
        actor,
        started_at: row.text("started_at")?,
        seen_at,
    }))
}

impl Session {
    /// Whether "last seen" should be written anew: once a minute is enough for limits of hours, and spares a write per
    /// page.
    pub fn is_due_to_be_touched(&self, now: Moment) -> bool {
        self.seen_at < earlier(now, SignedDuration::from_mins(1))
    }
}

/// Writes down that the session was seen.
pub fn touch(acting: &mut Acting<'_, '_>, token_hash: &str) -> Result<(), Failure> {
    let now = acting.moment().stored();
    acting
        .tx
        .run(&statements::TOUCH_SESSION, &[token_hash.into(), now.into()])?;
    Ok(())
}

/// Ends one session.
pub fn end(acting: &mut Acting<'_, '_>, token_hash: &str) -> Result<(), Failure> {
    acting.tx.run(&statements::END_SESSION, &[token_hash.into()])?;
    Ok(())
}

/// Ends the caller's sessions, except the one whose hash is given.
///
/// # Errors
/// `SignInNeeded`.
pub fn end_others(acting: &mut Acting<'_, '_>, except: Option<&str>) -> Result<(), Failure> {
    let person = acting.person()?;
    end_all_of(acting, &person, except)
}

/// Ends all sessions of a person, for a changed password or an erased person.
pub(crate) fn end_all_of(
    acting: &mut Acting<'_, '_>,
    person: &PersonId,
    except: Option<&str>,
) -> Result<(), Failure> {
    acting.tx.run(
        &statements::END_OTHER_SESSIONS,
        &[person.as_str().into(), except.unwrap_or_default().into()],
    )?;
    Ok(())
}

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct SessionLine {
    /// The digest of its token; for the page, which marks the present one.
    #[serde(skip)]
    pub token_hash: String,
    pub started_at: String,
    pub seen_at: String,
    /// The browser as it called itself.
    pub agent: String,
}

/// The caller's sessions, last seen first.
///
/// # Errors
/// `SignInNeeded`.
pub fn list(asking: &mut Asking<'_, '_>) -> Result<Vec<SessionLine>, Failure> {
    let person = asking.person()?;
    let now = asking.caller.moment.stored();
    let mut lines = Vec::new();
    for row in asking
        .tx
        .rows(&statements::LIST_SESSIONS, &[person.as_str().into()])?
    {
        if row.text("ends_at")? > now {
            lines.push(SessionLine {
                token_hash: row.text("token_hash")?,
                started_at: row.text("started_at")?,
                seen_at: row.text("seen_at")?,
                agent: row.text("agent")?,
            });
        }
    }
    Ok(lines)
}
