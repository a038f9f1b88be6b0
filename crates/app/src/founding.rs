//! Founding an installation: the first act of all, done by the program's operator and by nobody signed in.

use crate::account::link::{self, MadeLink, Purpose};
use crate::account::password;
use crate::{Acting, Asking, Failure};
use assay_domain::id::PersonId;
use assay_domain::people::found;
use assay_store::Tx;
use assay_store::statements::people as statements;

pub use assay_domain::people::{Details, Found};

/// The founded installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founded {
    pub administrator: PersonId,
    /// The link by which the administrator chooses a password; none when one was given.
    pub link: Option<MadeLink>,
}

/// Founds the installation. With `kept` (the digest of a password, see [`password::hash`]) the administrator can sign in
/// at once; without it a one-time link is made.
///
/// # Errors
/// Refusals of [`found::decide`].
pub fn found(acting: &mut Acting<'_, '_>, input: &Found, kept: Option<&str>) -> Result<Founded, Failure> {
    let founded_before = acting.tx.row(&statements::FIND_INSTALLATION, &[])?.is_some();
    let (administrator, decision) = found::decide(input, founded_before, acting.moment(), acting.fresh)?;
    acting.record(decision)?;
    let link = match kept {
        Some(kept) => {
            password::set(acting, &administrator, kept, None)?;
            None
        }
        None => Some(link::make(acting, &administrator, Purpose::Invitation)?),
    };
    Ok(Founded { administrator, link })
}

/// The installation's own facts.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Installation {
    pub awarding_body: String,
    pub awarding_body_short: String,
    pub time_zone: String,
    pub founded_at: String,
}

/// The installation; none before it was founded.
///
/// # Errors
/// A fault when the store fails.
pub fn find_installation(asking: &mut Asking<'_, '_>) -> Result<Option<Installation>, Failure> {
    read_installation(asking.tx)
}

/// As [`find_installation`], before there is an application to ask.
///
/// # Errors
/// A fault when the store fails.
pub fn read_installation(tx: &mut Tx<'_>) -> Result<Option<Installation>, Failure> {
    let Some(row) = tx.row(&statements::FIND_INSTALLATION, &[])? else {
        return Ok(None);
    };
    Ok(Some(Installation {
        awarding_body: row.text("awarding_body")?,
        awarding_body_short: row.text("awarding_body_short")?,
        time_zone: row.text("time_zone")?,
        founded_at: row.text("founded_at")?,
    }))
}
