//! Passwords: Argon2id with 19 MiB, two passes and one lane (OWASP's first choice in its password storage guidance).
//!
//! Hashing takes tens of milliseconds and much memory on purpose, so it is done outside transactions and a few at a time.

use super::session;
use crate::{Acting, Complaint, Failure};
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use assay_domain::Fresh;
use assay_domain::id::PersonId;
use assay_domain::policy::Policy;
use assay_store::statements::account as statements;

/// The shortest password, in characters, where the policy does not say (`security.password.minimum_length`). NIST SP 800-63B
/// asks for at least 8; a passphrase is easier to keep.
pub const SHORTEST: usize = 10;
/// The longest password, in characters, where the policy does not say (`security.password.maximum_length`); longer input is
/// refused before it is hashed.
pub const LONGEST: usize = 200;
/// What nobody types; no policy makes a longer password possible.
const BOUND: usize = 1_000;

fn argon2() -> Result<Argon2<'static>, Failure> {
    let params =
        Params::new(19 * 1024, 2, 1, None).map_err(|error| Failure::Fault(format!("argon2: {error}")))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// How many characters a new password has at least.
pub fn shortest(policy: Policy<'_>) -> usize {
    bound(policy, "security.password.minimum_length", SHORTEST)
}

fn bound(policy: Policy<'_>, key: &str, default: usize) -> usize {
    policy
        .number(key)
        .and_then(|(number, _)| usize::try_from(number).ok())
        .map_or(default, |number| number.clamp(1, BOUND))
}

/// Checks a new password, typed twice.
///
/// # Errors
/// `Unreadable` on `password` or `again`: too short, too long, one character repeated, or the two differ.
pub fn check_new(password: &str, again: &str, policy: Policy<'_>) -> Result<(), Failure> {
    let mut complaints = Vec::new();
    let shortest = shortest(policy);
    let longest = bound(policy, "security.password.maximum_length", LONGEST);
    let length = password.chars().count();
    if length < shortest {
        complaints.push(Complaint::new(
            "password",
            format!(
                "Choose a password of at least {shortest} characters; several words are easiest to keep."
            ),
        ));
    } else if length > longest {
        complaints.push(Complaint::new(
            "password",
            format!("Choose a password of at most {longest} characters."),
        ));
    } else if password.chars().collect::<std::collections::BTreeSet<_>>().len() < 4 {
        complaints.push(Complaint::new(
            "password",
            "Choose a password with more than three different characters.",
        ));
    }
    if password != again {
        complaints.push(Complaint::new("again", "Type the same password once more."));
    }
    if complaints.is_empty() {
        Ok(())
    } else {
        Err(Failure::Unreadable(complaints))
    }
}

/// The digest of a password, as kept. Slow on purpose; call it outside transactions.
pub fn hash(password: &str, fresh: &mut (dyn Fresh + Send)) -> Result<String, Failure> {
    let salt: [u8; 32] = fresh.salt();
    let salt = salt.get(..16).unwrap_or(&salt);
    argon2()?
        .hash_password_with_salt(password.as_bytes(), salt)
        .map(|hash| hash.to_string())
        .map_err(|error| Failure::Fault(format!("argon2: {error}")))
}

/// Whether a password is the one whose digest is kept. Slow on purpose; call it outside transactions.
pub fn verify(password: &str, kept: &str) -> bool {
    password.chars().count() <= BOUND
        && argon2().is_ok_and(|argon2| argon2.verify_password(password.as_bytes(), kept).is_ok())
}

/// Sets a person's password from its digest and ends their sessions, except the one whose hash is given.
pub fn set(
    acting: &mut Acting<'_, '_>,
    person: &PersonId,
    kept: &str,
    except: Option<&str>,
) -> Result<(), Failure> {
    acting
        .tx
        .run(&statements::SET_PASSWORD, &[person.as_str().into(), kept.into()])?;
    session::end_all_of(acting, person, except)
}

/// Changes the caller's own password. The present one was verified against [`find_kept`] just before; if it was changed
/// in between, nothing happens.
///
/// # Errors
/// - `SignInNeeded`;
/// - `Conflict` when the password was changed in between.
pub fn change(
    acting: &mut Acting<'_, '_>,
    verified_against: &str,
    new_kept: &str,
    this_session: &str,
) -> Result<(), Failure> {
    let person = acting.person()?;
    if find_kept(acting.tx, &person)?.as_deref() != Some(verified_against) {
        return Err(Failure::Conflict {
            because: "Your password was changed somewhere else in the meantime.".into(),
        });
    }
    set(acting, &person, new_kept, Some(this_session))
}

/// The digest of a person's password; none when they have not set one.
pub fn find_kept(tx: &mut assay_store::Tx<'_>, person: &PersonId) -> Result<Option<String>, Failure> {
    match tx.row(&statements::FIND_ACCOUNT, &[person.as_str().into()])? {
        Some(row) => Ok(row.optional_text("password")?),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use assay_domain::fresh::Counted;
    use assay_domain::policy::Profile;

    #[test]
    fn a_password_opens_its_own_digest_and_no_other() {
        let mut fresh = Counted::from_seed(1);
        let kept = hash("correct horse battery", &mut fresh).unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(verify("correct horse battery", &kept));
        assert!(!verify("correct horse batterz", &kept));
        assert!(!verify("", &kept));
    }

    #[test]
    fn a_short_password_and_two_that_differ_are_both_told() {
        let silent = Profile::default();
        let policy = silent.on(jiff::civil::date(2019, 10, 14));
        let Err(Failure::Unreadable(complaints)) = check_new("short", "other", policy) else {
            panic!("was taken")
        };
        assert_eq!(
            complaints.iter().map(|c| c.field.as_str()).collect::<Vec<_>>(),
            ["password", "again"]
        );
    }
}
