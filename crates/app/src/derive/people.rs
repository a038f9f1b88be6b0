//! The installation, people and the roles they hold.

use assay_domain::fact::{Entry, Fact};
use assay_store::statements::people as statements;
use assay_store::{StoreFault, Tx, Value, private};

pub use assay_domain::people::Details;

pub(super) fn apply(tx: &mut Tx<'_>, _sequence: i64, entry: &Entry) -> Result<(), StoreFault> {
    match &entry.fact {
        Fact::InstallationFounded {
            awarding_body,
            awarding_body_short,
            time_zone,
        } => {
            tx.run(
                &statements::FOUND_INSTALLATION,
                &[
                    awarding_body.into(),
                    awarding_body_short.into(),
                    time_zone.into(),
                    (&entry.at).into(),
                ],
            )?;
        }
        Fact::PersonAdded { person, details } => {
            let details = Read::of(tx, details.id.as_str())?;
            let mut row = details.row(person.as_str());
            row.push((&entry.at).into());
            tx.run(&statements::ADD_PERSON, &row)?;
            details.put_words(tx, person.as_str())?;
        }
        Fact::PersonDetailsChanged { person, details, .. } => {
            let details = Read::of(tx, details.id.as_str())?;
            tx.run(&statements::CHANGE_PERSON, &details.row(person.as_str()))?;
            tx.run(&statements::REMOVE_WORDS, &[person.as_str().into()])?;
            details.put_words(tx, person.as_str())?;
        }
        Fact::PersonErased { person } => {
            tx.run(&statements::ERASE_PERSON, &[person.as_str().into()])?;
            tx.run(&statements::REMOVE_WORDS, &[person.as_str().into()])?;
        }
        Fact::RoleGranted {
            grant,
            person,
            role,
            centre,
            from,
            until,
            countersigned,
        } => {
            tx.run(
                &statements::GRANT_ROLE,
                &[
                    grant.as_str().into(),
                    person.as_str().into(),
                    role.as_str().into(),
                    centre.as_ref().map(|centre| centre.as_str()).into(),
                    from.to_string().into(),
                    until.map(|until| until.to_string()).into(),
                    (*countersigned).into(),
                ],
            )?;
        }
        Fact::RoleEnded { grant, on } => {
            tx.run(
                &statements::END_ROLE,
                &[grant.as_str().into(), on.to_string().into()],
            )?;
        }
        _ => {}
    }
    Ok(())
}

/// A person's details as the private content says them; blank when it was erased.
struct Read {
    private: String,
    details: Details,
}

impl Read {
    fn of(tx: &mut Tx<'_>, private: &str) -> Result<Read, StoreFault> {
        let details = private::find(tx, private)?
            .and_then(|content| serde_json::from_str::<Details>(&content).ok())
            .unwrap_or_default();
        Ok(Read {
            private: private.to_owned(),
            details,
        })
    }

    /// Id, given name, family name, date of birth, e-mail, id of the private content.
    fn row(&self, person: &str) -> Vec<Value> {
        let details = &self.details;
        vec![
            person.into(),
            details.given.as_str().into(),
            details.family.as_str().into(),
            details.born_on.map(|born| born.to_string()).into(),
            details.email.as_deref().into(),
            self.private.as_str().into(),
        ]
    }

    /// The words by which the person is found.
    fn put_words(&self, tx: &mut Tx<'_>, person: &str) -> Result<(), StoreFault> {
        let details = &self.details;
        let names = details
            .given
            .split_whitespace()
            .chain(details.family.split_whitespace());
        let words = names
            .map(str::to_lowercase)
            .chain(details.email.iter().map(|email| email.to_lowercase()));
        for word in words.collect::<std::collections::BTreeSet<_>>() {
            tx.run(&statements::ADD_WORD, &[word.into(), person.into()])?;
        }
        Ok(())
    }
}
