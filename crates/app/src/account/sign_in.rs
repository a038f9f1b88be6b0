//! Signing in with e-mail and password, in three steps so that the slow hashing holds no transaction:
//! [`begin`] counts the attempt before the password is looked at (so that many attempts at once are all counted),
//! [`Attempt::verify`] does the hashing, [`settle`] starts the session.
//!
//! An unknown e-mail, a wrong password and a locked account answer the same, and take the same time.

use super::password;
use super::session::{self, Limits};
use crate::{Acting, Failure};
use assay_domain::id::PersonId;
use assay_store::statements::account as statements;
use jiff::{SignedDuration, Timestamp};

/// Failures before the first lock, when the policy profile does not say (`security.lock_out.after`).
pub const FAILURES_BEFORE_LOCK: i64 = 5;
/// Minutes of the first lock; each further failure doubles it (`security.lock_out.first`).
pub const FIRST_LOCK_MINUTES: i64 = 1;
/// The longest lock in minutes (`security.lock_out.longest`).
pub const LONGEST_LOCK_MINUTES: i64 = 60;

/// A password that nobody has, so that an unknown e-mail takes as long as a known one.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// An attempt to sign in, already counted as a failure until it proves otherwise.
#[derive(Debug, Clone)]
pub struct Attempt {
    candidates: Vec<(PersonId, String)>,
}

/// Counts an attempt and answers what the password is to be compared with.
pub fn begin(acting: &mut Acting<'_, '_>, email: &str) -> Result<Attempt, Failure> {
    let now = acting.moment();
    let before_lock = number(acting, "security.lock_out.after", FAILURES_BEFORE_LOCK);
    let first = number(acting, "security.lock_out.first", FIRST_LOCK_MINUTES);
    let longest = number(acting, "security.lock_out.longest", LONGEST_LOCK_MINUTES);
    let mut candidates = Vec::new();
    let email = crate::people::fold_email(email);
    for row in acting
        .tx
        .rows(&statements::LIST_ACCOUNTS_BY_EMAIL, &[email.into()])?
    {
        let person: PersonId = row.parsed("person")?;
        let locked = match row.optional_parsed::<Timestamp>("locked_until")? {
            Some(until) => until > now.at,
            None => false,
        };
        let Some(kept) = row.optional_text("password")? else {
            continue;
        };
        if locked {
            continue;
        }
        let failures = row.int("failures")? + 1;
        let locked_until = lock_minutes(failures, before_lock, first, longest)
            .map(|minutes| super::token::later(now, SignedDuration::from_mins(minutes)));
        acting.tx.run(
            &statements::COUNT_FAILURE,
            &[person.as_str().into(), failures.into(), locked_until.into()],
        )?;
        candidates.push((person, kept));
    }
    Ok(Attempt { candidates })
}

/// For how many minutes an account is locked after its `failures`-th failure in a row; none before the first lock.
fn lock_minutes(failures: i64, before_lock: i64, first: i64, longest: i64) -> Option<i64> {
    let beyond = failures - before_lock;
    (beyond >= 0).then(|| first.saturating_mul(1_i64 << beyond.min(30)).min(longest))
}

fn number(acting: &Acting<'_, '_>, key: &str, default: i64) -> i64 {
    acting
        .policy()
        .number(key)
        .map_or(default, |(number, _)| number)
        .max(1)
}

impl Attempt {
    /// Whose password it is. Slow on purpose; call it outside transactions.
    pub fn verify(self, password: &str) -> Option<PersonId> {
        let mut found = None;
        if self.candidates.is_empty() {
            let _ = password::verify(password, NOBODY);
        }
        for (person, kept) in self.candidates {
            if found.is_none() && password::verify(password, &kept) {
                found = Some(person);
            }
        }
        found
    }
}

/// Starts the session of somebody whose password was verified, and answers the token for the cookie.
pub fn settle(
    acting: &mut Acting<'_, '_>,
    person: &PersonId,
    agent: &str,
    limits: Limits,
) -> Result<String, Failure> {
    session::start(acting, person, agent, limits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_grows_with_each_failure_up_to_its_limit() {
        let locks: Vec<_> = (1..=13)
            .map(|failures| lock_minutes(failures, 5, 1, 60))
            .collect();
        assert_eq!(locks[..4], [None, None, None, None]);
        assert_eq!(locks[4..9], [Some(1), Some(2), Some(4), Some(8), Some(16)]);
        assert_eq!(locks[12], Some(60));
        assert_eq!(lock_minutes(i64::MAX, 5, 1, 60), Some(60));
    }

    #[test]
    fn the_password_of_nobody_is_a_digest_like_any_other_and_opens_to_nothing() {
        assert!(!password::verify("", NOBODY));
        assert!(argon2::PasswordHash::new(NOBODY).is_ok());
    }
}
