//! Passages: marking where criteria are answered, taking a mark away, carrying marks over to a new version.

use super::find::{self, EvidenceRow, number, optional_number};
use super::text::{self, Mark, TextBlock};
use crate::people::full_name;
use crate::{Acting, Failure};
use assay_domain::Decision;
use assay_domain::evidence::case::MarkedBy;
use assay_domain::evidence::mark as rules;
use assay_domain::evidence::{EvidenceCase, MarkPassage, MarkingPlace, UnmarkPassage, place};
use assay_domain::fact::{CriterionRef, Place};
use assay_domain::id::{EvidenceId, PassageId, PersonId};
use assay_formats::document::DocumentText;
use assay_store::statements::evidence as statements;
use assay_store::{Row, StoreFault, Tx};

/// A passage as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassageRow {
    pub id: PassageId,
    pub evidence: EvidenceId,
    pub version: u32,
    pub place: Place,
    pub note: Option<String>,
    pub marked_at: String,
    pub marked_by: Option<PersonId>,
    pub marked_by_name: String,
    pub unmarked: bool,
    pub criteria: Vec<CriterionRef>,
}

/// A passage as shown.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct PassageView {
    pub id: PassageId,
    pub evidence: EvidenceId,
    pub version: u32,
    pub place: Place,
    /// "paragraph 12", "page 3", "2:05 to 3:10", "the whole piece".
    pub place_in_words: String,
    /// The words marked, shortened; for places without words the title of the piece.
    pub quote: String,
    /// Every criterion it answers, of every unit.
    pub criteria: Vec<CriterionRef>,
    pub note: Option<String>,
    /// Who marked it.
    pub by: String,
    pub by_learner: bool,
    pub marked_at: String,
}

impl PassageView {
    /// Numbers of the criteria of one unit that it answers.
    pub fn of_unit(&self, unit: &str) -> Vec<String> {
        self.criteria
            .iter()
            .filter(|criterion| criterion.unit == unit)
            .map(|criterion| criterion.criterion.clone())
            .collect()
    }
}

/// Passages from rows that hold one criterion each, in their order.
pub(crate) fn read(rows: &[Row]) -> Result<Vec<PassageRow>, StoreFault> {
    let mut passages: Vec<PassageRow> = Vec::new();
    for row in rows {
        let id: PassageId = row.parsed("id")?;
        let criterion = CriterionRef {
            unit: row.text("unit")?,
            criterion: row.text("criterion")?,
        };
        if let Some(last) = passages.last_mut()
            && last.id == id
        {
            last.criteria.push(criterion);
            continue;
        }
        let given = row.optional_text("given")?.unwrap_or_default();
        let family = row.optional_text("family")?.unwrap_or_default();
        passages.push(PassageRow {
            id,
            evidence: row.parsed("evidence")?,
            version: number(row, "version")?,
            place: place_of(row)?,
            note: row.optional_text("note")?.filter(|note| !note.is_empty()),
            marked_at: row.text("marked_at")?,
            marked_by: row.optional_parsed("marked_by")?,
            marked_by_name: full_name(&given, &family),
            unmarked: row.truth("unmarked")?,
            criteria: vec![criterion],
        });
    }
    Ok(passages)
}

pub(crate) fn place_of(row: &Row) -> Result<Place, StoreFault> {
    let from = optional_number(row, "from_at")?.unwrap_or_default();
    let until = optional_number(row, "until_at")?.unwrap_or_default();
    Ok(match row.text("place")?.as_str() {
        "text" => Place::Text { from, until },
        "page" => Place::Page { page: from },
        "time" => Place::Time { from, until },
        _ => Place::Whole,
    })
}

/// Every passage of a version, unmarked ones too, in the order of the text.
pub fn list(tx: &mut Tx<'_>, id: &EvidenceId, version: u32) -> Result<Vec<PassageRow>, Failure> {
    let rows = tx.rows(&statements::LIST_PASSAGES, &[id.as_str().into(), version.into()])?;
    Ok(read(&rows)?)
}

/// The words of a place; none for places without words.
pub fn quote(place: &Place, document: Option<&DocumentText>) -> Option<String> {
    let Place::Text { from, until } = place else {
        return None;
    };
    let range = usize::try_from(*from).ok()?..usize::try_from(*until).ok()?;
    document?.slice(range).map(str::to_owned)
}

/// A quotation of bounded length, on one line.
pub fn shortened(quote: &str) -> String {
    const LONGEST: usize = 160;
    let line = quote.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    let cut: String = line.chars().take(LONGEST - 1).collect();
    format!("{}…", cut.trim_end())
}

/// A passage as shown.
pub fn view(
    row: PassageRow,
    learner: &PersonId,
    title: &str,
    document: Option<&DocumentText>,
    blocks: &[TextBlock],
) -> PassageView {
    let place_in_words = text::place_in_words(&row.place, document, blocks);
    let quote = match quote(&row.place, document) {
        Some(quote) => shortened(&quote),
        None => format!("{title}, {place_in_words}"),
    };
    PassageView {
        place_in_words,
        quote,
        by_learner: row.marked_by.as_ref() == Some(learner),
        by: row.marked_by_name,
        id: row.id,
        evidence: row.evidence,
        version: row.version,
        place: row.place,
        criteria: row.criteria,
        note: row.note,
        marked_at: row.marked_at,
    }
}

/// The marks to show in a text. With a unit, only that unit's criteria are named; without one, unit and criterion are.
pub fn marks(rows: &[PassageRow], learner: &PersonId, unit: Option<&str>) -> Vec<Mark> {
    rows.iter()
        .filter_map(|row| {
            let Place::Text { from, until } = row.place else {
                return None;
            };
            let criteria = row
                .criteria
                .iter()
                .filter(|criterion| unit.is_none_or(|unit| criterion.unit == unit))
                .map(|criterion| match unit {
                    Some(_) => criterion.criterion.clone(),
                    None => format!("{}/{}", criterion.unit, criterion.criterion),
                })
                .collect();
            Some(Mark {
                id: row.id.clone(),
                from: usize::try_from(from).ok()?,
                until: usize::try_from(until).ok()?,
                criteria,
                by_learner: row.marked_by.as_ref() == Some(learner),
            })
        })
        .collect()
}

/// Where a passage is to be marked, as a person says it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Chosen {
    /// A place.
    At(Place),
    /// Whole paragraphs, by their numbers from 1; neighbours become one passage.
    Paragraphs(Vec<u32>),
}

/// Mark a passage of a version; without a version, of the current one.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
pub struct Marking {
    pub version: Option<u32>,
    pub chosen: Chosen,
    pub criteria: Vec<CriterionRef>,
    pub note: Option<String>,
}

/// Marks a passage, or one for each run of neighbouring paragraphs. Answers their ids.
///
/// # Errors
/// `NotFound`; `PASSAGE_OUTSIDE` and the others of [`rules::mark`]; `EVIDENCE_EMPTY` when nothing was saved yet.
pub fn mark(
    acting: &mut Acting<'_, '_>,
    id: &EvidenceId,
    input: &Marking,
) -> Result<Vec<PassageId>, Failure> {
    let actor = acting.actor()?.clone();
    let row = find::require_readable_by(acting.tx, actor.clone(), id)?.row;
    let case = find::case(acting.tx, &row)?;
    let number = input.version.unwrap_or(row.current_version);
    let version = find::version(acting.tx, id, number)?.ok_or(Failure::NotFound)?;
    let app = acting.app;
    let reading = text::of(app, acting.tx, row.kind, &version)?;
    let document = reading.document();
    let place = MarkingPlace {
        version: number,
        characters: document.map(|document| u32::try_from(document.characters()).unwrap_or(u32::MAX)),
        pages: version.pages,
        recording: is_recording(&version.media),
        known: known_criteria(acting, &row, &actor)?,
    };
    let places = match &input.chosen {
        Chosen::At(place) => vec![place.clone()],
        Chosen::Paragraphs(numbers) => paragraphs(document, numbers),
    };
    let mut ids = Vec::new();
    let mut whole = Decision::new();
    for chosen in places {
        let act = MarkPassage {
            place: chosen,
            criteria: input.criteria.clone(),
            note: input.note.clone(),
        };
        let (id, decision) = rules::mark(&act, &case, &place, &actor, acting.fresh)?;
        whole.and(decision);
        ids.push(id);
    }
    acting.record(whole)?;
    Ok(ids)
}

/// Whether a media type has a time to point to.
pub fn is_recording(media: &str) -> bool {
    media.starts_with("audio/") || media.starts_with("video/")
}

/// Runs of neighbouring paragraphs as places. A number that no paragraph has gives a place outside the text, so that the
/// rule refuses it.
fn paragraphs(document: Option<&DocumentText>, numbers: &[u32]) -> Vec<Place> {
    let end = document.map_or(0, |document| {
        u32::try_from(document.characters()).unwrap_or(u32::MAX - 1)
    });
    let outside = Place::Text {
        from: end,
        until: end + 1,
    };
    let Some(document) = document else {
        return vec![outside];
    };
    let blocks = text::blocks(document, &[]);
    let mut numbers = numbers.to_vec();
    numbers.sort_unstable();
    numbers.dedup();
    let mut places: Vec<Place> = Vec::new();
    let mut last: Option<u32> = None;
    for number in &numbers {
        let Some(block) = blocks.iter().find(|block| block.number == *number) else {
            return vec![outside];
        };
        match places.last_mut() {
            Some(Place::Text { until, .. }) if last.is_some_and(|last| last + 1 == *number) => {
                *until = block.end;
            }
            _ => places.push(Place::Text {
                from: block.start,
                until: block.end,
            }),
        }
        last = Some(*number);
    }
    if places.is_empty() {
        places.push(Place::Text { from: 0, until: 0 });
    }
    places
}

/// The criteria of every specification that the learner is registered on, as far as the actor sees the registrations.
fn known_criteria(
    acting: &mut Acting<'_, '_>,
    row: &EvidenceRow,
    actor: &assay_domain::Actor,
) -> Result<Vec<CriterionRef>, Failure> {
    let mut known = Vec::new();
    let mut read = Vec::new();
    let seen = find::registrations_seen(acting.tx, actor, &row.learner)?;
    let handed_in = find::handed_in_to(acting.tx, actor, &row.id)?;
    let external = crate::external_assessment::find::handed_in_to(acting.tx, actor, row.id.as_str())?;
    for id in seen
        .into_iter()
        .map(|seen| seen.row.specification)
        .chain(handed_in)
        .chain(external)
    {
        if read.contains(&id) {
            continue;
        }
        let specification = acting.app.specification(acting.tx, &id)?;
        known.extend(specification.criteria().map(|(unit, _, criterion)| CriterionRef {
            unit: unit.number.to_string(),
            criterion: criterion.number.to_string(),
        }));
        read.push(id);
    }
    Ok(known)
}

/// Takes a mark away.
///
/// # Errors
/// `NotFound`; as [`rules::unmark`].
pub fn unmark(acting: &mut Acting<'_, '_>, passage: &PassageId) -> Result<EvidenceId, Failure> {
    let actor = acting.actor()?.clone();
    let found = acting
        .tx
        .row(&statements::FIND_PASSAGE, &[passage.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    let evidence: EvidenceId = found.parsed("evidence")?;
    find::require_readable_by(acting.tx, actor.clone(), &evidence)?;
    let citation = acting.tx.row(
        &statements::FIND_CITATION,
        &[evidence.as_str().into(), format!("%{passage}%").into()],
    )?;
    let marked = MarkedBy {
        passage: passage.clone(),
        marked_by: found.optional_parsed("marked_by")?,
        unmarked: found.truth("unmarked")?,
        cited_for: citation.map(|row| row.text("criterion")).transpose()?,
    };
    let act = UnmarkPassage {
        passage: passage.clone(),
    };
    let decision = rules::unmark(&act, &marked, &actor.person)?;
    acting.record(decision)?;
    Ok(evidence)
}

/// What carrying marks over gave.
pub(super) struct Carried {
    pub decision: Decision,
    pub carried: u32,
    pub lost: Vec<PassageId>,
}

/// Marks in a new version what the learner marked in the one before: words where they are found again, pages and times as
/// they were.
pub(super) fn carry(
    acting: &mut Acting<'_, '_>,
    row: &EvidenceRow,
    case: &EvidenceCase,
    version: u32,
    document: Option<&DocumentText>,
    pages: Option<u32>,
) -> Result<Carried, Failure> {
    let mut outcome = Carried {
        decision: Decision::new(),
        carried: 0,
        lost: Vec::new(),
    };
    let Some(before) = find::version(acting.tx, &row.id, row.current_version)? else {
        return Ok(outcome);
    };
    let marked: Vec<PassageRow> = list(acting.tx, &row.id, row.current_version)?
        .into_iter()
        .filter(|passage| !passage.unmarked && passage.marked_by.as_ref() == Some(&row.learner))
        .collect();
    if marked.is_empty() {
        return Ok(outcome);
    }
    let app = acting.app;
    let old = text::of(app, acting.tx, row.kind, &before)?;
    for passage in marked {
        let found = match &passage.place {
            Place::Whole | Place::Time { .. } => Some(passage.place.clone()),
            Place::Page { page } => pages
                .is_some_and(|pages| *page <= pages)
                .then_some(Place::Page { page: *page }),
            Place::Text { from, .. } => quote(&passage.place, old.document())
                .zip(document)
                .and_then(|(quote, document)| place::find_again(&quote, *from, &document.text))
                .map(|(from, until)| Place::Text { from, until }),
        };
        let Some(place) = found else {
            outcome.lost.push(passage.id);
            continue;
        };
        let act = MarkPassage {
            place,
            criteria: passage.criteria,
            note: passage.note,
        };
        let (_, decision) = rules::record(case, version, &act, acting.fresh);
        outcome.decision.and(decision);
        outcome.carried += 1;
    }
    Ok(outcome)
}
