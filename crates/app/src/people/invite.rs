//! Making a one-time link for somebody: an invitation, or a reset when they have a password already.

use super::require_in_sole_care;
use crate::account::link::{self, MadeLink, Purpose};
use crate::account::password;
use crate::{Acting, Failure};
use assay_domain::id::PersonId;

/// Makes a link, shown once to whoever makes it and sent by e-mail.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when the caller may not look after them alone.
pub fn run(acting: &mut Acting<'_, '_>, person: &PersonId) -> Result<MadeLink, Failure> {
    require_in_sole_care(&mut acting.asking(), person)?;
    let has_password = password::find_kept(acting.tx, person)?.is_some();
    link::make(
        acting,
        person,
        if has_password {
            Purpose::Reset
        } else {
            Purpose::Invitation
        },
    )
}
