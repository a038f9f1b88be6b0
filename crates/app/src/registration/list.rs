//! The list of registrations, a page at a time, narrowed by a search.
//!
//! Who sees what: coordinators all of their centres, tutors, assessors and internal verifiers the learners allocated to
//! them, the awarding body everything, a learner their own.

use super::syllabus;
use crate::centre::CentreChoice;
use crate::centre::choice::coordinated;
use crate::derive::registration::search_words;
use crate::people::full_name;
use crate::{Asking, Failure};
use assay_domain::Role;
use assay_domain::id::{CentreId, PersonId, RegistrationId, SpecificationId};
use assay_domain::registration::RegistrationState;
use assay_store::statements::registration as statements;
use assay_store::{Row, Statement, StoreFault, Value};
use jiff::civil::Date;

/// Rows of a page.
pub const PAGE: usize = 50;
/// A word that more registrations than this have is a broad one.
const MANY: i64 = 1_000;

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize, utoipa::IntoParams)]
#[serde(default)]
pub struct ListQuery {
    /// Words of a name, the beginning of a number, or a code.
    pub search: String,
    /// `active`, `withdrawn`, `awarded`, or empty.
    pub state: String,
    /// A qualification's code, or empty.
    pub qualification: String,
    /// A centre, or empty for the only one that the caller has.
    pub centre: String,
    /// The number after which the list goes on; empty for the first page.
    pub after: String,
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct RegistrationLine {
    pub registration: RegistrationId,
    pub learner: PersonId,
    pub name: String,
    pub number: String,
    /// The qualification's code (CE-03).
    pub qualification: String,
    /// The full title (QS-06).
    pub title: String,
    pub state: RegistrationState,
    #[schema(value_type = String, format = Date)]
    pub start_on: Date,
    #[schema(value_type = String, format = Date)]
    pub ends_on: Date,
    /// The instant of registering.
    pub registered_at: String,
    /// True while the learner has not said which authority they hold (QS-03).
    pub for_advice: bool,
    pub identity_confirmed: bool,
}

/// A page of the list.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct RegistrationList {
    pub lines: Vec<RegistrationLine>,
    /// What to send as `after` for the next page; none on the last.
    pub next: Option<String>,
    /// The centres that the caller can choose between.
    pub centres: Vec<CentreChoice>,
    /// The centre shown; none when the list is not one centre's.
    pub centre: Option<CentreId>,
    /// Codes to narrow by.
    pub qualifications: Vec<String>,
    /// Whether the caller may register learners at the centre shown.
    pub may_register: bool,
}

/// Which registrations the caller's question is about.
pub(super) enum Circle {
    Centre(CentreId),
    Everywhere,
    Staff(PersonId),
}

impl Circle {
    fn key(&self) -> Value {
        match self {
            Circle::Centre(centre) => centre.as_str().into(),
            Circle::Everywhere => "".into(),
            Circle::Staff(person) => person.as_str().into(),
        }
    }
}

/// The centres at which the caller is a coordinator, with the awarding body's view of a centre.
pub(super) fn circle(
    asking: &mut Asking<'_, '_>,
    centre: &str,
) -> Result<(Circle, Vec<CentreChoice>, bool), Failure> {
    let actor = asking.actor()?.clone();
    let centres = coordinated(asking)?;
    let wanted: Option<CentreId> = match centre.trim() {
        "" => None,
        text => Some(text.parse().map_err(|_| Failure::NotFound)?),
    };
    if let Some(wanted) = wanted {
        let own = centres.iter().any(|choice| choice.centre == wanted);
        if own || actor.is(Role::QualityManager) {
            super::case::require_centre(asking.tx, &wanted)?;
            return Ok((Circle::Centre(wanted), centres, own));
        }
        return Err(Failure::NotFound);
    }
    if actor.is(Role::QualityManager) {
        return Ok((Circle::Everywhere, centres, false));
    }
    match centres.first() {
        Some(first) => Ok((Circle::Centre(first.centre.clone()), centres, true)),
        None => Ok((Circle::Staff(actor.person), centres, false)),
    }
}

/// A page of the registrations that the caller may see.
///
/// # Errors
/// `SignInNeeded`; `NotFound` for a centre that is not the caller's; `Unreadable` for a state that is none.
pub fn list(asking: &mut Asking<'_, '_>, query: &ListQuery) -> Result<RegistrationList, Failure> {
    let (circle, centres, coordinates) = circle(asking, &query.centre)?;
    let found = page(asking, &circle, query, PAGE + 1)?;
    let more = found.len() > PAGE;
    let mut titles = Titles::default();
    let mut lines = Vec::with_capacity(found.len().min(PAGE));
    for row in found.into_iter().take(PAGE) {
        let title = titles.of(asking, &row.specification, &row.qualification)?;
        lines.push(row.line(title));
    }
    let next = if more {
        lines.last().map(|line| line.number.clone())
    } else {
        None
    };
    let centre = match &circle {
        Circle::Centre(centre) => Some(centre.clone()),
        _ => None,
    };
    let today = asking.today();
    let mut qualifications = match &centre {
        Some(centre) => super::case::codes_offered(asking.tx, centre, today)?,
        None => Vec::new(),
    };
    for line in &lines {
        if !qualifications.contains(&line.qualification) {
            qualifications.push(line.qualification.clone());
        }
    }
    Ok(RegistrationList {
        lines,
        next,
        centres,
        centre,
        qualifications,
        may_register: coordinates,
    })
}

/// The caller's own registrations as a learner, in the order in which they were made.
///
/// # Errors
/// `SignInNeeded`.
pub fn own(asking: &mut Asking<'_, '_>) -> Result<RegistrationList, Failure> {
    let person = asking.person()?;
    let mut titles = Titles::default();
    let mut lines = Vec::new();
    for row in asking
        .tx
        .rows(&statements::LIST_OF_LEARNER, &[person.as_str().into()])?
    {
        let id: RegistrationId = row.parsed("id")?;
        let found = super::find::require_registration(asking.tx, &id)?;
        let title = titles.of(asking, &found.specification, &found.qualification)?;
        lines.push(RegistrationLine {
            name: found.learner_name(),
            registration: found.id,
            learner: found.learner,
            number: found.number,
            qualification: found.qualification,
            title,
            state: found.state,
            start_on: found.start_on,
            ends_on: found.ends_on,
            registered_at: found.registered_at,
            for_advice: found.authority.is_none(),
            identity_confirmed: found.identity.is_some(),
        });
    }
    Ok(RegistrationList {
        lines,
        next: None,
        centres: Vec::new(),
        centre: None,
        qualifications: Vec::new(),
        may_register: false,
    })
}

/// A row as the statements of lists answer it.
pub(super) struct ListRow {
    pub(super) registration: RegistrationId,
    pub(super) learner: PersonId,
    pub(super) specification: SpecificationId,
    pub(super) qualification: String,
    pub(super) number: String,
    pub(super) state: RegistrationState,
    pub(super) start_on: Date,
    pub(super) ends_on: Date,
    pub(super) identity: Option<String>,
    pub(super) authority: Option<String>,
    pub(super) registered_at: String,
    pub(super) given: String,
    pub(super) family: String,
    pub(super) email: Option<String>,
    pub(super) born_on: Option<Date>,
    pub(super) uln: Option<String>,
}

impl ListRow {
    pub(super) fn read(row: &Row) -> Result<ListRow, StoreFault> {
        Ok(ListRow {
            registration: row.parsed("id")?,
            learner: row.parsed("learner")?,
            specification: row.parsed("specification")?,
            qualification: row.text("qualification")?,
            number: row.text("number")?,
            state: row.parsed("state")?,
            start_on: row.parsed("start_on")?,
            ends_on: row.parsed("ends_on")?,
            identity: row.optional_text("identity")?,
            authority: row.optional_text("authority")?,
            registered_at: row.text("registered_at")?,
            given: row.text("given")?,
            family: row.text("family")?,
            email: row.optional_text("email")?,
            born_on: row.optional_parsed("born_on")?,
            uln: row.optional_text("uln")?,
        })
    }

    pub(super) fn line(self, title: String) -> RegistrationLine {
        RegistrationLine {
            registration: self.registration,
            learner: self.learner,
            name: full_name(&self.given, &self.family),
            number: self.number,
            qualification: self.qualification,
            title,
            state: self.state,
            start_on: self.start_on,
            ends_on: self.ends_on,
            registered_at: self.registered_at,
            for_advice: self.authority.is_none(),
            identity_confirmed: self.identity.is_some(),
        }
    }
}

/// At most `most` rows of a circle that the query asks for, in the order of their numbers.
pub(super) fn page(
    asking: &mut Asking<'_, '_>,
    circle: &Circle,
    query: &ListQuery,
    most: usize,
) -> Result<Vec<ListRow>, Failure> {
    let state = match query.state.trim() {
        "" => "",
        text => text
            .parse::<RegistrationState>()
            .map_err(|_| Failure::unreadable("state", "Choose active, withdrawn or awarded."))?
            .as_str(),
    };
    let words: Vec<String> = words(&query.search);
    let mut parameters: Vec<Value> = vec![
        circle.key(),
        query.after.as_str().into(),
        state.into(),
        query.qualification.trim().to_uppercase().into(),
        i64::try_from(most).unwrap_or(i64::MAX).into(),
    ];
    let statement: &'static Statement = if words.is_empty() {
        match circle {
            Circle::Centre(_) => &statements::LIST_AT_CENTRE,
            Circle::Everywhere => &statements::LIST_EVERYWHERE,
            Circle::Staff(_) => &statements::LIST_OF_STAFF,
        }
    } else {
        let (words, broad) = rarest_first(asking, circle, words)?;
        for word in [words.first(), words.get(1)] {
            let (from, until) = word.map_or((String::new(), String::new()), |word| {
                (word.clone(), after_prefix(word))
            });
            parameters.extend([from.into(), until.into()]);
        }
        match (circle, broad) {
            (Circle::Centre(_), false) => &statements::SEARCH_AT_CENTRE,
            (Circle::Centre(_), true) => &statements::SEARCH_BROADLY_AT_CENTRE,
            (Circle::Everywhere, false) => &statements::SEARCH_EVERYWHERE,
            (Circle::Everywhere, true) => &statements::SEARCH_BROADLY,
            (Circle::Staff(_), _) => &statements::SEARCH_OF_STAFF,
        }
    };
    asking
        .tx
        .rows(statement, &parameters)?
        .iter()
        .map(|row| Ok(ListRow::read(row)?))
        .collect()
}

/// The words with the rarer first, and whether even that one fits so many registrations that they are better read in
/// order. Staff have few learners: nothing is counted for them.
fn rarest_first(
    asking: &mut Asking<'_, '_>,
    circle: &Circle,
    words: Vec<String>,
) -> Result<(Vec<String>, bool), Failure> {
    let statement = match circle {
        Circle::Centre(_) => &statements::COUNT_WORD_AT_CENTRE,
        Circle::Everywhere => &statements::COUNT_WORD,
        Circle::Staff(_) => return Ok((words, false)),
    };
    let mut counted = Vec::with_capacity(words.len());
    for word in words {
        let parameters = [
            circle.key(),
            word.as_str().into(),
            after_prefix(&word).into(),
            (MANY + 1).into(),
        ];
        let found = asking
            .tx
            .row(statement, &parameters)?
            .map_or(Ok(0), |row| row.int("found"))?;
        counted.push((found, word));
    }
    counted.sort();
    let broad = counted.first().is_some_and(|(found, _)| *found > MANY);
    Ok((counted.into_iter().map(|(_, word)| word).collect(), broad))
}

/// The words to look for, the longest first: it narrows most. Two are looked for; more narrow little.
fn words(search: &str) -> Vec<String> {
    let mut words: Vec<String> = search
        .split_whitespace()
        .map(|word| word.chars().take(60).collect::<String>().to_lowercase())
        .collect();
    // A word with a hyphen is kept whole, as it is in the index.
    words.retain(|word| !search_words(word).is_empty());
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words.truncate(2);
    words
}

/// The least text that is after everything beginning with a prefix.
fn after_prefix(prefix: &str) -> String {
    format!("{prefix}\u{10FFFF}")
}

/// Titles of qualifications, each looked up once.
#[derive(Default)]
pub(super) struct Titles {
    known: Vec<(SpecificationId, String, String)>,
}

impl Titles {
    pub(super) fn of(
        &mut self,
        asking: &mut Asking<'_, '_>,
        specification: &SpecificationId,
        code: &str,
    ) -> Result<String, Failure> {
        if let Some((_, _, title)) = self
            .known
            .iter()
            .find(|(id, known, _)| id == specification && known == code)
        {
            return Ok(title.clone());
        }
        let pinned = syllabus::pinned(asking.app, asking.tx, specification, code)?;
        let title = pinned.qualification()?.title.clone();
        self.known
            .push((specification.clone(), code.to_owned(), title.clone()));
        Ok(title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_words_are_looked_for_first() {
        assert_eq!(words("Jo  Okonkwo-Lee 7D2V2"), ["okonkwo-lee", "7d2v2"]);
        assert!(words("  ").is_empty());
    }
}
