//! The review of a syllabus: the document, the findings one by one, and what was read. Everything works by links and forms;
//! the script adds keys, and lights up lines without loading the page again.

use crate::message::{Act, Refusals, Tag, Tone};
use crate::{Choice, Form, Shell, format};
use askama::Template;
use assay_app::syllabus::lines::LineSeen;
use assay_app::syllabus::structure::{PassageSeen, QualificationSeen, UnitSeen, ValueSeen};
use assay_app::syllabus::view::{FindingSeen, FindingStanding, SyllabusSeen, Weight};
use std::collections::{BTreeMap, BTreeSet};

/// The most lines of the document that are shown at once.
const MOST_LINES: usize = 1_500;

/// Which part of the syllabus is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Document and qualifications.
    Front,
    /// A unit, from 0.
    Unit(usize),
}

impl Part {
    /// The part as it stands in an address; what is none of them is the front.
    pub fn of(text: &str) -> Part {
        match text.parse::<usize>() {
            Ok(number) if number > 0 => Part::Unit(number - 1),
            _ => Part::Front,
        }
    }

    /// As it stands in an address: 0 for the front, units from 1.
    pub fn code(self) -> usize {
        match self {
            Part::Front => 0,
            Part::Unit(at) => at + 1,
        }
    }
}

/// Which findings are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Show {
    /// Those that are settled (true), those that are open (false), or both.
    pub settled: Option<bool>,
    pub weight: Option<Weight>,
}

impl Show {
    /// From the words of an address.
    pub fn of(show: &str, weight: &str) -> Show {
        Show {
            settled: match show {
                "settled" => Some(true),
                "all" => None,
                _ => Some(false),
            },
            weight: match weight {
                "error" => Some(Weight::Error),
                "warning" => Some(Weight::Warning),
                "note" => Some(Weight::Note),
                _ => None,
            },
        }
    }

    /// The word for the address.
    pub fn word(self) -> &'static str {
        match self.settled {
            Some(true) => "settled",
            Some(false) => "open",
            None => "all",
        }
    }

    /// The word for the address; empty for all weights.
    pub fn weight_word(self) -> &'static str {
        match self.weight {
            Some(Weight::Error) => "error",
            Some(Weight::Warning) => "warning",
            Some(Weight::Note) => "note",
            None => "",
        }
    }

    pub fn lists(self, finding: &FindingSeen) -> bool {
        self.settled.is_none_or(|settled| settled != finding.is_open())
            && self.weight.is_none_or(|weight| weight == finding.weight)
    }
}

/// What somebody is about to change beside the findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// A value.
    Give {
        at: String,
        label: String,
        value: String,
        long: bool,
    },
    /// A part that is added.
    Add { at: String, what: String },
    /// A part that is removed with everything in it.
    Remove { at: String, what: String },
    /// A passage of guidance that is put with criteria.
    Assign {
        /// The unit.
        at: String,
        line: u32,
        text: String,
        criteria: Vec<String>,
        /// All criteria of the unit.
        all: Vec<String>,
    },
}

/// The review of a syllabus.
#[derive(Debug, Template)]
#[template(path = "syllabus/review.html")]
pub struct ReviewPage {
    pub shell: Shell,
    pub refusals: Refusals,
    pub seen: SyllabusSeen,
    pub part: Part,
    pub show: Show,
    /// The finding that is looked at, by its place in the list of all.
    pub here: Option<usize>,
    /// The value or part whose lines are lit up.
    pub at: Option<String>,
    /// The form of the finding that is looked at.
    pub form: Form,
    pub edit: Option<Edit>,
    /// The form of the change.
    pub edit_form: Form,
    /// Making the draft, or why it is not possible yet; none once it is one.
    pub make: Option<Act>,
}

/// A line of the document as it is shown.
#[derive(Debug, Clone)]
struct Line<'a> {
    line: &'a LineSeen,
    /// Set on the first line of a page.
    page: Option<u32>,
    lit: bool,
    /// What was read from it: the id of its place on the other side.
    read: Option<String>,
}

impl ReviewPage {
    /// The part in which a finding is looked at: that of its value, else that of its lines.
    pub fn part_of(seen: &SyllabusSeen, finding: &FindingSeen) -> Part {
        if let Some(at) = &finding.at {
            return part_of_address(at);
        }
        let Some(line) = finding.lines.first() else {
            let unit = seen
                .structure
                .units
                .iter()
                .position(|unit| finding.subject.starts_with(&format!("unit {}", name_of(unit))));
            return unit.map_or(Part::Front, Part::Unit);
        };
        starts(seen)
            .iter()
            .rev()
            .find(|(start, _)| start <= line)
            .map_or(Part::Front, |(_, unit)| Part::Unit(*unit))
    }

    /// The findings that are listed, with their places among all.
    fn listed(&self) -> Vec<(usize, &FindingSeen)> {
        let wanted = |one: &(usize, &FindingSeen)| self.show.lists(one.1) || self.here == Some(one.0);
        self.seen.findings.iter().enumerate().filter(wanted).collect()
    }

    fn finding(&self) -> Option<&FindingSeen> {
        self.seen.findings.get(self.here?)
    }

    fn settled(&self) -> u32 {
        self.seen.counts.findings.saturating_sub(self.seen.counts.open)
    }

    /// Width of the progress bar, of 100.
    fn progress(&self) -> u64 {
        format::percent(
            u64::from(self.settled()),
            u64::from(self.seen.counts.findings.max(1)),
        )
    }

    fn is_closed(&self) -> bool {
        self.seen.specification.is_some()
    }

    fn base(&self) -> String {
        format!("/syllabuses/{}", self.seen.id)
    }

    fn query(&self, part: Part) -> String {
        let mut query = format!("?part={}&show={}", part.code(), self.show.word());
        if self.show.weight.is_some() {
            query.push_str("&weight=");
            query.push_str(self.show.weight_word());
        }
        query
    }

    fn part_href(&self, part: Part) -> String {
        format!("{}{}#read", self.base(), self.query(part))
    }

    fn finding_href(&self, finding: &FindingSeen) -> String {
        let part = ReviewPage::part_of(&self.seen, finding);
        format!(
            "{}{}&finding={}#finding",
            self.base(),
            self.query(part),
            finding.key
        )
    }

    /// The finding before or after the one that is looked at, among those listed.
    fn beside(&self, after: bool) -> Option<String> {
        let listed = self.listed();
        let at = listed.iter().position(|(at, _)| Some(*at) == self.here)?;
        let next = if after {
            at.checked_add(1)?
        } else {
            at.checked_sub(1)?
        };
        listed.get(next).map(|(_, finding)| self.finding_href(finding))
    }

    /// A link that lights up the lines of a value; the address works without the script.
    fn lines_href(&self, at: impl AsRef<str>, lines: &[u32]) -> String {
        let at = at.as_ref();
        let finding = self
            .finding()
            .map(|finding| format!("&finding={}", finding.key))
            .unwrap_or_default();
        let anchor = lines
            .first()
            .map_or_else(|| "document".to_owned(), |line| format!("l-{line}"));
        format!(
            "{}{}{finding}&at={at}#{anchor}",
            self.base(),
            self.query(self.part)
        )
    }

    fn edit_href(&self, what: &str, at: impl AsRef<str>) -> String {
        let at = at.as_ref();
        format!("{}{}&edit={what}:{at}#edit", self.base(), self.query(self.part))
    }

    fn next_of(&self, at: &str, what: &str, count: impl std::fmt::Display) -> String {
        if at.is_empty() {
            format!("{what}/{count}")
        } else {
            format!("{at}/{what}/{count}")
        }
    }

    /// Lines as a script reads them.
    fn joined(&self, lines: &[u32]) -> String {
        lines
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn id_of(&self, at: &str) -> String {
        id_of(at)
    }

    /// "line 153", "lines 4 to 7", "page 3, line 5".
    fn where_is(&self, lines: &[u32]) -> String {
        let line = |at: &u32| self.seen.lines.get(*at as usize);
        let (Some(first), Some(last)) = (lines.first().and_then(line), lines.last().and_then(line)) else {
            return String::new();
        };
        let page = first
            .page
            .map(|page| format!("page {page}, "))
            .unwrap_or_default();
        match (first.number, last.number) {
            (Some(from), Some(to)) if from != to && first.page == last.page => {
                format!("{page}lines {from} to {to}")
            }
            (Some(from), _) => format!("{page}line {from}"),
            _ => "its place".to_owned(),
        }
    }

    fn unit(&self) -> Option<&UnitSeen> {
        match self.part {
            Part::Front => None,
            Part::Unit(at) => self.seen.structure.units.get(at),
        }
    }

    fn qualifications(&self) -> &[QualificationSeen] {
        &self.seen.structure.qualifications
    }

    /// Open findings of a part, for its link.
    fn open_in(&self, part: Part) -> usize {
        self.seen
            .findings
            .iter()
            .filter(|one| one.is_open() && one.weight != Weight::Note)
            .filter(|one| ReviewPage::part_of(&self.seen, one) == part)
            .count()
    }

    fn parts(&self) -> Vec<(Part, String)> {
        let mut parts = vec![(Part::Front, "Document".to_owned())];
        for (at, unit) in self.seen.structure.units.iter().enumerate() {
            parts.push((Part::Unit(at), name_of(unit)));
        }
        parts
    }

    fn lit(&self) -> BTreeSet<u32> {
        let mut lit = BTreeSet::new();
        match &self.at {
            Some(at) => lit.extend(lines_of(&self.seen, at)),
            None => lit.extend(
                self.finding()
                    .into_iter()
                    .flat_map(|finding| finding.lines.iter().copied()),
            ),
        }
        lit
    }

    /// The lines of the part that is shown, and how many were left out.
    fn lines(&self) -> (Vec<Line<'_>>, usize) {
        let starts = starts(&self.seen);
        let all = self.seen.lines.len();
        let at = |unit: usize| starts.iter().position(|(_, one)| *one == unit);
        let start = |at: usize| starts.get(at).map_or(all, |(line, _)| *line as usize);
        let (from, to) = match self.part {
            Part::Front => (0, start(0)),
            Part::Unit(unit) => match at(unit) {
                Some(at) => (start(at), start(at + 1)),
                None => (all, all),
            },
        };
        let lit = self.lit();
        let read = self.read_from();
        let mut page = None;
        let shown = self.seen.lines.get(from..to).unwrap_or_default();
        let lines = shown.iter().take(MOST_LINES).map(|line| {
            let new_page = line.page.filter(|_| line.page != page);
            page = line.page;
            Line {
                line,
                page: new_page,
                lit: lit.contains(&line.at),
                read: read.get(&line.at).cloned(),
            }
        });
        (lines.collect(), shown.len().saturating_sub(MOST_LINES))
    }

    /// What was read from each line of the part that is shown: the most exact first.
    fn read_from(&self) -> BTreeMap<u32, String> {
        let mut read = BTreeMap::new();
        let mut put = |lines: &[u32], at: &str| {
            for line in lines {
                read.entry(*line).or_insert_with(|| id_of(at));
            }
        };
        match self.unit() {
            Some(unit) => {
                for outcome in &unit.outcomes {
                    for criterion in &outcome.criteria {
                        put(&criterion.text.lines, &criterion.at);
                        put(&criterion.number.lines, &criterion.at);
                    }
                    put(&outcome.text.lines, &outcome.at);
                    put(&outcome.number.lines, &outcome.at);
                }
                for value in &unit.values {
                    put(&value.lines, &value.at);
                }
                for criterion in unit.outcomes.iter().flat_map(|outcome| &outcome.criteria) {
                    for passage in &criterion.guidance {
                        put(&passage.lines, &criterion.at);
                    }
                }
            }
            None => {
                for one in self.qualifications() {
                    for value in &one.values {
                        put(&value.lines, &value.at);
                    }
                    for row in &one.rows {
                        for value in &row.values {
                            put(&value.lines, &row.at);
                        }
                    }
                    put(&one.rule.lines, &one.rule.at);
                }
                for value in &self.seen.structure.document {
                    put(&value.lines, &value.at);
                }
            }
        }
        read
    }

    fn weight_tag(&self, finding: &FindingSeen) -> Tag {
        match finding.weight {
            Weight::Error => Tag::new(Tone::Bad, "Error"),
            Weight::Warning => Tag::new(Tone::Caution, "Warning"),
            Weight::Note => Tag::new(Tone::Neutral, "Note"),
        }
    }

    /// How many open notes of the same kind there are, where accepting them at once is offered.
    fn like(&self, finding: &FindingSeen) -> usize {
        let alike = |one: &&FindingSeen| {
            one.is_open() && one.weight == Weight::Note && one.code == finding.code && one.may("accept")
        };
        self.seen.findings.iter().filter(alike).count()
    }

    fn standing_tag(&self, finding: &FindingSeen) -> Option<Tag> {
        let words = match finding.standing {
            FindingStanding::Open => return None,
            FindingStanding::Accepted => "Accepted",
            FindingStanding::Ignored => "Ignored",
            FindingStanding::Misprint => "Misprint",
            FindingStanding::Corrected => "Corrected",
        };
        Some(Tag::new(Tone::Good, words))
    }

    fn ways(&self, finding: &FindingSeen) -> Vec<Choice> {
        let known = [
            ("accept", "Accept", "It was read as the document has it"),
            ("correct", "Correct", "It was read wrongly or not found"),
            (
                "misprint",
                "Misprint",
                "The document itself is wrong; it stays, with an erratum",
            ),
            ("ignore", "Ignore", "It does not matter here"),
        ];
        known
            .iter()
            .filter(|(way, _, _)| finding.may(way))
            .map(|(way, label, hint)| Choice::new(*way, *label).hint(*hint))
            .collect()
    }

    fn value_field(&self, finding: &FindingSeen) -> crate::form::Field {
        let label = finding.label.clone().unwrap_or_default();
        let field = if finding.long {
            self.form.long_text("value", label).rows(4)
        } else {
            self.form.line("text", "value", label)
        };
        field
            .hint("If corrected: the value as the document has it. Empty takes it away.")
            .or(&finding.value)
    }

    fn show_field(&self) -> crate::form::Field {
        let choices = [
            Choice::new("open", "Open"),
            Choice::new("settled", "Settled"),
            Choice::new("all", "Open and settled"),
        ];
        self.filter().select("show", "Show", &choices)
    }

    fn weight_field(&self) -> crate::form::Field {
        let choices = [
            Choice::new("", "All"),
            Choice::new("error", "Errors"),
            Choice::new("warning", "Warnings"),
            Choice::new("note", "Notes"),
        ];
        self.filter().select("weight", "Severity", &choices)
    }

    fn ways_field(&self, finding: &FindingSeen) -> crate::form::Field {
        self.form
            .radios("how", "What is it?", &self.ways(finding))
            .required()
    }

    fn filter(&self) -> Form {
        Form::new()
            .with("show", self.show.word())
            .with("weight", self.show.weight_word())
            .prefixed("filter")
    }

    fn shared(&self, passage: &PassageSeen, own: &str) -> String {
        let others: Vec<&str> = passage
            .criteria
            .iter()
            .map(String::as_str)
            .filter(|number| *number != own)
            .collect();
        format::sentence_list(&others)
    }

    fn given(&self, value: &ValueSeen) -> String {
        if value.value.is_empty() {
            "not found".to_owned()
        } else {
            value.value.clone()
        }
    }
}

fn name_of(unit: &UnitSeen) -> String {
    let number = unit.values.iter().find(|value| value.label == "Unit number");
    match number.filter(|number| !number.value.is_empty()) {
        Some(number) => number.value.clone(),
        None => unit.name.chars().take(24).collect(),
    }
}

fn part_of_address(at: &str) -> Part {
    let mut steps = at.split('/');
    match (steps.next(), steps.next().and_then(|number| number.parse().ok())) {
        (Some("unit"), Some(unit)) => Part::Unit(unit),
        _ => Part::Front,
    }
}

fn id_of(at: &str) -> String {
    format!("r-{}", at.replace('/', "-"))
}

/// The lines of a value or part.
fn lines_of(seen: &SyllabusSeen, at: &str) -> Vec<u32> {
    let structure = &seen.structure;
    let values = structure
        .document
        .iter()
        .chain(structure.qualifications.iter().flat_map(|one| {
            one.values
                .iter()
                .chain(std::iter::once(&one.rule))
                .chain(one.rows.iter().flat_map(|row| &row.values))
        }))
        .chain(structure.units.iter().flat_map(|unit| &unit.values));
    let inner = structure
        .units
        .iter()
        .flat_map(|unit| &unit.outcomes)
        .flat_map(|outcome| {
            let criteria = outcome.criteria.iter().flat_map(|one| [&one.number, &one.text]);
            [&outcome.number, &outcome.text].into_iter().chain(criteria)
        });
    let own = format!("{at}/");
    let mut lines: Vec<u32> = values
        .chain(inner)
        .filter(|value| value.at == at || value.at.starts_with(&own))
        .flat_map(|value| value.lines.iter().copied())
        .collect();
    // A passage is known by its unit and its first line.
    if let Some((unit, line)) = at.split_once(":") {
        let passages = structure
            .units
            .iter()
            .filter(|one| one.at == unit)
            .flat_map(|one| {
                let held = one.outcomes.iter().flat_map(|outcome| &outcome.criteria);
                held.flat_map(|criterion| &criterion.guidance).chain(&one.loose)
            });
        lines.extend(
            passages
                .filter(|passage| passage.line.to_string() == line)
                .flat_map(|passage| passage.lines.iter().copied()),
        );
    }
    lines
}

/// The first line of each unit with the unit's place, in the order of the document.
fn starts(seen: &SyllabusSeen) -> Vec<(u32, usize)> {
    let mut starts: Vec<(u32, usize)> = seen
        .structure
        .units
        .iter()
        .enumerate()
        .filter_map(|(at, unit)| Some((first_line(unit)?, at)))
        .collect();
    starts.sort_unstable();
    starts.dedup_by_key(|(line, _)| *line);
    starts
}

/// Where a unit's page begins. Its title may come from a table in the front; so the block of its figures and its criteria
/// tell, and its heading.
fn first_line(unit: &UnitSeen) -> Option<u32> {
    let known = ["Heading of its page", "Level", "Reference", "Total Unit Time"];
    let values = unit
        .values
        .iter()
        .filter(|value| known.contains(&value.label.as_str()))
        .filter_map(|value| value.lines.first());
    let outcomes = unit.outcomes.iter().flat_map(|outcome| {
        outcome
            .number
            .lines
            .first()
            .into_iter()
            .chain(outcome.text.lines.first())
    });
    values.chain(outcomes).min().copied()
}
