//! Signing in as one of the people of a demonstration. Only called where the program runs as a demonstration.

use crate::{Asking, Failure};
use assay_domain::Role;
use assay_domain::id::PersonId;
use assay_store::statements::people as statements;

/// Somebody to try the program as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    pub person: PersonId,
    pub name: String,
    /// Roles held today, in the trade's words.
    pub roles: Vec<&'static str>,
    /// How many things wait for them.
    pub waiting: u64,
}

/// The people to try: staff first, then the learners; at most 40.
pub fn people(asking: &mut Asking<'_, '_>) -> Result<Vec<Trial>, Failure> {
    let today = asking.today().to_string();
    let mut trials: Vec<Trial> = Vec::new();
    for row in asking.tx.rows(&statements::LIST_PEOPLE_TO_TRY, &[today.into()])? {
        let person: PersonId = row.parsed("person")?;
        let role: Role = row.parsed("role")?;
        match trials.iter_mut().find(|trial| trial.person == person) {
            Some(trial) => trial.roles.push(role.title()),
            None => trials.push(Trial {
                person,
                name: crate::people::full_name(&row.text("given")?, &row.text("family")?),
                roles: vec![role.title()],
                waiting: 0,
            }),
        }
    }
    trials.truncate(40);
    for trial in &mut trials {
        let caller = crate::Caller {
            person: Some(trial.person.clone()),
            ..asking.caller.clone()
        };
        let actor = crate::asking::load_actor(asking.tx, &caller)?;
        let mut theirs = Asking {
            app: asking.app,
            tx: &mut *asking.tx,
            caller,
            actor,
        };
        trial.waiting = u64::try_from(crate::work::work_list(&mut theirs)?.len()).unwrap_or(u64::MAX);
    }
    Ok(trials)
}
