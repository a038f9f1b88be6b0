//! Secret tokens, and the personal tokens with which programs call the API.

use crate::{Acting, Asking, Complaint, Failure};
use assay_domain::id::PersonId;
use assay_domain::moment::stored_instant;
use assay_domain::{Fresh, Moment};
use assay_store::Tx;
use assay_store::statements::account as statements;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use sha2::{Digest, Sha256};

/// A new secret of 256 bits, in base64url.
pub fn secret(fresh: &mut (dyn Fresh + Send)) -> String {
    URL_SAFE_NO_PAD.encode(fresh.salt())
}

/// What is kept of a secret: its SHA-256 in lower-case hex. A fast digest is enough, because the secret is random.
pub fn hash(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// How every API token begins, so that people and secret scanners know one when they see it.
pub const PREFIX: &str = "assay_";

/// What a token may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Only questions.
    Read,
    /// Questions and acts.
    Write,
}

/// Who calls the API with a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenHolder {
    pub token: String,
    pub person: PersonId,
    pub scope: Scope,
    /// When it ends, as a UTC instant.
    pub ends_at: String,
    used_at: Option<String>,
}

/// Makes a personal API token.
#[derive(Debug, Clone)]
pub struct MakeToken {
    /// What it is for, in the owner's words.
    pub name: String,
    pub scope: Scope,
    /// How many days it lasts, 1 to 366.
    pub days: i64,
}

/// Makes a token and answers its text, which is shown once and never again.
///
/// # Errors
/// - `Unreadable` on `name` when it is empty or longer than 80 characters;
/// - `Unreadable` on `days` when it is not 1 to 366;
/// - `SignInNeeded`.
pub fn make(acting: &mut Acting<'_, '_>, input: MakeToken) -> Result<String, Failure> {
    Ok(make_until(acting, input, None)?.token)
}

/// A token as made.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct MadeToken {
    /// By which it is revoked.
    pub id: String,
    /// Its text, shown this once.
    pub token: String,
    /// When it ends, as a UTC instant.
    pub ends_at: String,
}

/// As [`make`]; with `latest`, a UTC instant, it ends then at the latest. A token that was made by a token thus never
/// outlives it, so that whoever finds one cannot keep the door open with it.
///
/// # Errors
/// As [`make`].
pub fn make_until(
    acting: &mut Acting<'_, '_>,
    input: MakeToken,
    latest: Option<&str>,
) -> Result<MadeToken, Failure> {
    let person = acting.person()?;
    let name = input.name.trim();
    let mut complaints = Vec::new();
    if name.is_empty() || name.chars().count() > 80 {
        complaints.push(Complaint::new(
            "name",
            "Say what the token is for, in at most 80 characters.",
        ));
    }
    if !(1..=366).contains(&input.days) {
        complaints.push(Complaint::new("days", "Enter a number of days from 1 to 366."));
    }
    if !complaints.is_empty() {
        return Err(Failure::Unreadable(complaints));
    }
    let text = format!("{PREFIX}{}", secret(acting.fresh));
    let id = format!("tok_{}", acting.fresh.tail());
    let mut ends_at = later(acting.moment(), SignedDuration::from_hours(24 * input.days));
    if let Some(latest) = latest.filter(|latest| *latest < ends_at.as_str()) {
        ends_at = latest.to_owned();
    }
    let scopes = match input.scope {
        Scope::Read => "read",
        Scope::Write => "read write",
    };
    acting.tx.run(
        &statements::MAKE_TOKEN,
        &[
            id.as_str().into(),
            person.as_str().into(),
            name.into(),
            hash(&text).into(),
            scopes.into(),
            acting.moment().stored().into(),
            ends_at.as_str().into(),
        ],
    )?;
    Ok(MadeToken {
        id,
        token: text,
        ends_at,
    })
}

/// Revokes a token of the caller's.
///
/// # Errors
/// - `NotFound` when the caller has no such token, or it is revoked already.
pub fn revoke(acting: &mut Acting<'_, '_>, token: &str) -> Result<(), Failure> {
    let person = acting.person()?;
    let changed = acting.tx.run(
        &statements::REVOKE_TOKEN,
        &[
            token.into(),
            person.as_str().into(),
            acting.moment().stored().into(),
        ],
    )?;
    if changed == 0 {
        Err(Failure::NotFound)
    } else {
        Ok(())
    }
}

/// A token as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct TokenLine {
    pub id: String,
    pub name: String,
    /// `read` or `read write`.
    pub scopes: String,
    pub made_at: String,
    pub ends_at: String,
    pub used_at: Option<String>,
    /// Whether it can still be used.
    pub live: bool,
}

/// The caller's tokens, newest first.
pub fn list(asking: &mut Asking<'_, '_>) -> Result<Vec<TokenLine>, Failure> {
    let person = asking.person()?;
    let now = asking.caller.moment.stored();
    let rows = asking
        .tx
        .rows(&statements::LIST_TOKENS, &[person.as_str().into()])?;
    rows.iter()
        .map(|row| {
            let ends_at = row.text("ends_at")?;
            let revoked = row.optional_text("revoked_at")?.is_some();
            Ok(TokenLine {
                id: row.text("id")?,
                name: row.text("name")?,
                scopes: row.text("scopes")?,
                made_at: row.text("made_at")?,
                live: !revoked && ends_at > now,
                ends_at,
                used_at: row.optional_text("used_at")?,
            })
        })
        .collect()
}

/// Who holds the token; none when it is unknown, revoked or past its end.
pub fn find_holder(tx: &mut Tx<'_>, text: &str, now: Moment) -> Result<Option<TokenHolder>, Failure> {
    let Some(row) = tx.row(&statements::FIND_TOKEN, &[hash(text).into()])? else {
        return Ok(None);
    };
    if row.optional_text("revoked_at")?.is_some() || row.text("ends_at")? <= now.stored() {
        return Ok(None);
    }
    let writes = row.text("scopes")?.split(' ').any(|scope| scope == "write");
    Ok(Some(TokenHolder {
        token: row.text("id")?,
        person: row.parsed("person")?,
        scope: if writes { Scope::Write } else { Scope::Read },
        ends_at: row.text("ends_at")?,
        used_at: row.optional_text("used_at")?,
    }))
}

impl TokenHolder {
    /// Whether the day of last use should be written down anew: once an hour is enough to tell a forgotten token.
    pub fn is_due_to_be_touched(&self, now: Moment) -> bool {
        let hour_ago = earlier(now, SignedDuration::from_hours(1));
        self.used_at.as_ref().is_none_or(|used| *used < hour_ago)
    }

    /// Writes down that the token was used.
    pub fn touch(&self, acting: &mut Acting<'_, '_>) -> Result<(), Failure> {
        let now = acting.moment().stored();
        acting.tx.run(
            &statements::TOUCH_TOKEN,
            &[self.token.as_str().into(), now.into()],
        )?;
        Ok(())
    }
}

/// The instant after a time has passed, as stored.
pub(crate) fn later(moment: Moment, time: SignedDuration) -> String {
    stored_instant(moment.at.checked_add(time).unwrap_or(moment.at))
}

/// The instant a time ago, as stored.
pub(crate) fn earlier(moment: Moment, time: SignedDuration) -> String {
    stored_instant(moment.at.checked_sub(time).unwrap_or(moment.at))
}
