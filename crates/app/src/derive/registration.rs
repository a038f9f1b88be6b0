//! Registrations, the words by which they are found, and what is still open on them.
//!
//! That a registration is awarded is derived with the award.

use assay_domain::fact::{Entry, Fact};
use assay_domain::id::{PersonId, RegistrationId};
use assay_store::statements::{award, people, registration as statements};
use assay_store::{StoreFault, Tx, private};
use std::collections::BTreeSet;

/// The kinds of open matters, as stored.
pub const IDENTITY: &str = "identity";
pub const ADVICE: &str = "advice";
pub const PLAN: &str = "plan";
pub const ASSESSOR: &str = "assessor";
/// Something is achieved, and no claim is made.
pub const CLAIM: &str = "claim";

pub(super) fn apply(tx: &mut Tx<'_>, _sequence: i64, entry: &Entry) -> Result<(), StoreFault> {
    match &entry.fact {
        Fact::LearnerRegistered {
            registration,
            learner,
            centre,
            specification,
            qualification,
            number,
            start_on,
            ends_on,
            identity,
            authority,
            uln,
            member_number,
        } => {
            let identity_text = kept(tx, identity)?;
            let authority_text = content(tx, authority)?;
            let uln_text = content(tx, uln)?;
            let member_text = content(tx, member_number)?;
            tx.run(
                &statements::ADD,
                &[
                    registration.as_str().into(),
                    learner.as_str().into(),
                    centre.as_str().into(),
                    specification.as_str().into(),
                    qualification.into(),
                    number.into(),
                    start_on.to_string().into(),
                    ends_on.to_string().into(),
                    identity_text.into(),
                    authority_text.into(),
                    uln_text.into(),
                    (&entry.at).into(),
                    super::person(entry),
                    member_text.into(),
                ],
            )?;
            words(
                tx,
                registration.as_str(),
                learner.as_str(),
                centre.as_str(),
                number,
                qualification,
            )?;
            // What was achieved on an earlier registration may count on this one.
            tx.run(&award::OPEN_CLAIM, &[registration.as_str().into()])?;
            let open = [
                (IDENTITY, identity.is_none()),
                (ADVICE, authority.is_none()),
                (PLAN, true),
            ];
            for (what, _) in open.into_iter().filter(|(_, open)| *open) {
                tx.run(
                    &statements::OPEN,
                    &[
                        registration.as_str().into(),
                        what.into(),
                        "".into(),
                        centre.as_str().into(),
                        (&entry.at).into(),
                    ],
                )?;
            }
        }
        Fact::IdentityConfirmed {
            registration,
            document,
        } => {
            let seen = private::find(tx, document.id.as_str())?.unwrap_or_default();
            tx.run(
                &statements::CONFIRM_IDENTITY,
                &[registration.as_str().into(), seen.into()],
            )?;
            tx.run(
                &statements::CLOSE_KIND,
                &[registration.as_str().into(), IDENTITY.into()],
            )?;
        }
        Fact::RegistrationCompleted {
            registration,
            authority,
            uln,
            member_number,
        } => {
            let authority_text = content(tx, authority)?;
            let uln_text = content(tx, uln)?;
            let member_text = content(tx, member_number)?;
            tx.run(
                &statements::COMPLETE,
                &[
                    registration.as_str().into(),
                    authority_text.into(),
                    uln_text.into(),
                    member_text.into(),
                ],
            )?;
            if authority.is_some() {
                tx.run(
                    &statements::CLOSE_KIND,
                    &[registration.as_str().into(), ADVICE.into()],
                )?;
            }
        }
        Fact::RegistrationWithdrawn { registration, on, .. } => {
            tx.run(
                &statements::WITHDRAW,
                &[registration.as_str().into(), on.to_string().into()],
            )?;
            close(tx, registration)?;
        }
        Fact::AwardReleased { registration, .. } => close(tx, registration)?,
        Fact::PersonDetailsChanged { person, .. } => rename(tx, person)?,
        Fact::PersonErased { person } => {
            tx.run(&statements::BLANK_PRIVATE, &[person.as_str().into()])?;
            rename(tx, person)?;
        }
        _ => {}
    }
    Ok(())
}

/// Erased content derives as none, as it does when the erasure itself is applied.
fn content(tx: &mut Tx<'_>, sealed: &Option<assay_domain::Sealed>) -> Result<Option<String>, StoreFault> {
    match sealed {
        None => Ok(None),
        Some(sealed) => private::find(tx, sealed.id.as_str()),
    }
}

/// As [`content`], but blank once it is erased: that identity was confirmed stays true.
fn kept(tx: &mut Tx<'_>, sealed: &Option<assay_domain::Sealed>) -> Result<Option<String>, StoreFault> {
    let text = content(tx, sealed)?;
    Ok(text.or_else(|| sealed.as_ref().map(|_| String::new())))
}

fn close(tx: &mut Tx<'_>, registration: &RegistrationId) -> Result<(), StoreFault> {
    tx.run(&statements::CLOSE_ALL, &[registration.as_str().into()])?;
    Ok(())
}

/// The words of all registrations of a person whose name has changed or is gone.
fn rename(tx: &mut Tx<'_>, person: &PersonId) -> Result<(), StoreFault> {
    for row in tx.rows(&statements::LIST_OF_LEARNER, &[person.as_str().into()])? {
        let id = row.text("id")?;
        tx.run(&statements::DROP_WORDS, &[(&id).into()])?;
        words(
            tx,
            &id,
            person.as_str(),
            &row.text("centre")?,
            &row.text("number")?,
            &row.text("qualification")?,
        )?;
    }
    Ok(())
}

fn words(
    tx: &mut Tx<'_>,
    registration: &str,
    learner: &str,
    centre: &str,
    number: &str,
    qualification: &str,
) -> Result<(), StoreFault> {
    let mut words: BTreeSet<String> = [number, qualification]
        .into_iter()
        .map(str::to_lowercase)
        .collect();
    if let Some(person) = tx.row(&people::FIND_PERSON, &[learner.into()])? {
        for name in [person.text("given")?, person.text("family")?] {
            words.extend(search_words(&name));
        }
    }
    for word in words {
        tx.run(
            &statements::ADD_WORD,
            &[centre.into(), word.into(), registration.into()],
        )?;
    }
    Ok(())
}

/// The words of a name or of what somebody looks for: small letters, parted at spaces and hyphens, the whole kept beside
/// the parts of a hyphenated name.
pub(crate) fn search_words(text: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for whole in text.split_whitespace() {
        let whole = whole.to_lowercase();
        words.extend(
            whole
                .split('-')
                .filter(|part| !part.is_empty())
                .map(str::to_owned),
        );
        words.insert(whole);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hyphenated_name_is_found_by_its_parts_and_as_a_whole() {
        let words = search_words("Khan-Lee  ");
        assert_eq!(words.into_iter().collect::<Vec<_>>(), ["khan", "khan-lee", "lee"]);
    }
}
