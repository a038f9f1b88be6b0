//! The template in which a syllabus is typed as a table: its columns, its kinds of rows, and the empty files.

use crate::csv_out;
use crate::register::template::workbook;

/// A column of the template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// What the row holds; see [`Kind`].
    Row,
    /// The code or number of what the row is about.
    Number,
    /// Its title or words.
    Words,
    /// Level.
    Level,
    /// Number on the register.
    Reference,
    /// Credits; of a qualification the least; of a group the least, or `all`.
    Credits,
    /// Total Unit Time or Total Qualification Time, in hours.
    Hours,
    /// Guided Learning Hours.
    GuidedHours,
    /// Units of a group, parted by semicolons.
    Units,
    /// Grade of a criterion, where criteria carry one.
    Grade,
    /// Guidance of a criterion; a line a passage.
    Guidance,
}

impl Column {
    /// All columns, in the template's order.
    pub const ALL: [Column; 11] = [
        Column::Row,
        Column::Number,
        Column::Words,
        Column::Level,
        Column::Reference,
        Column::Credits,
        Column::Hours,
        Column::GuidedHours,
        Column::Units,
        Column::Grade,
        Column::Guidance,
    ];

    /// Its header.
    pub fn header(self) -> &'static str {
        match self {
            Column::Row => "Row",
            Column::Number => "Number",
            Column::Words => "Title or words",
            Column::Level => "Level",
            Column::Reference => "Reference",
            Column::Credits => "Credits",
            Column::Hours => "Total time (hours)",
            Column::GuidedHours => "Guided learning (hours)",
            Column::Units => "Units",
            Column::Grade => "Grade",
            Column::Guidance => "Guidance",
        }
    }

    /// The column that a header names, whatever its case, punctuation and remarks in brackets.
    pub(super) fn of_header(header: &str) -> Option<Column> {
        let wanted = super::labels::folded(header);
        let alias = match wanted.as_str() {
            "kind" | "type" => Some(Column::Row),
            "code" => Some(Column::Number),
            "title" | "words" | "statement" => Some(Column::Words),
            "totaltime" | "tut" | "tqt" | "totalunittime" => Some(Column::Hours),
            "guidedlearning" | "guidedlearninghours" | "glh" => Some(Column::GuidedHours),
            "goodpractice" => Some(Column::Guidance),
            _ => None,
        };
        alias.or_else(|| {
            Column::ALL
                .into_iter()
                .find(|column| super::labels::folded(column.header()) == wanted && !wanted.is_empty())
        })
    }
}

/// What a row holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A fact about the document: its name in `Number`, its value in `Title or words`.
    Document,
    /// A qualification.
    Qualification,
    /// A group of units in the rule of combination of the qualification above.
    Group,
    /// A unit.
    Unit,
    /// The aims of the unit above.
    Aims,
    /// A learning outcome of the unit above.
    Outcome,
    /// An assessment criterion of the outcome above.
    Criterion,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 7] = [
        Kind::Document,
        Kind::Qualification,
        Kind::Group,
        Kind::Unit,
        Kind::Aims,
        Kind::Outcome,
        Kind::Criterion,
    ];

    /// The word in the column `Row`.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Document => "document",
            Kind::Qualification => "qualification",
            Kind::Group => "group",
            Kind::Unit => "unit",
            Kind::Aims => "aims",
            Kind::Outcome => "outcome",
            Kind::Criterion => "criterion",
        }
    }

    pub(super) fn of_word(word: &str) -> Option<Kind> {
        let wanted = super::labels::folded(word);
        match wanted.as_str() {
            "learningoutcome" | "lo" => Some(Kind::Outcome),
            "assessmentcriterion" | "criteria" | "ac" => Some(Kind::Criterion),
            "aim" | "unitaims" => Some(Kind::Aims),
            _ => Kind::ALL.into_iter().find(|kind| kind.word() == wanted),
        }
    }
}

/// Rows that show what goes where. Everything in them is made up.
const EXAMPLE: &[&[&str]] = &[
    &["document", "title", "Level 3 Cycle Maintenance"],
    &["document", "version", "1"],
    &["document", "issued", "2026-01"],
    &["document", "awarding body", "Example Awarding Body"],
    &["document", "awarding body short", "EAB"],
    &["document", "framework", "RQF"],
    &["document", "regulator", "Ofqual"],
    &["document", "language", "English"],
    &[
        "document",
        "purpose",
        "For people who look after bicycles for a living.",
    ],
    &["document", "regulated from", "2026-01-01"],
    &["document", "operational from", "2026-02-01"],
    &["document", "registration ends", "2030-12-31"],
    &[
        "qualification",
        "EX3A",
        "EAB Level 3 Award in Cycle Maintenance",
        "3",
        "600/9461/8",
        "6",
        "60",
        "25",
    ],
    &["group", "Group A", "", "", "", "all", "", "", "CM301"],
    &[
        "unit",
        "CM301",
        "Keeping bicycles in safe working order",
        "3",
        "A/504/9068",
        "6",
        "60",
        "25",
    ],
    &["aims", "", "This unit is about finding wear early."],
    &["outcome", "1", "Understand how wear shows itself"],
    &[
        "criterion",
        "1.1",
        "Explain how wear of the chain leads to wear of the sprockets",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "Photographs of teeth at several stages of wear are a good way of showing this.",
    ],
];

fn rows() -> Vec<Vec<&'static str>> {
    EXAMPLE
        .iter()
        .map(|row| {
            (0..Column::ALL.len())
                .map(|at| row.get(at).copied().unwrap_or_default())
                .collect()
        })
        .collect()
}

fn headers() -> Vec<&'static str> {
    Column::ALL.iter().map(|column| column.header()).collect()
}

/// The template as CSV in UTF-8 with a byte order mark, so that spreadsheets open it rightly; with example rows to be
/// overwritten.
pub fn syllabus_template_csv() -> Vec<u8> {
    csv_out::table(&headers(), rows()).into_bytes()
}

/// The template as a workbook with the same rows; every column is text, so that no program makes a date of 1.2. `None`
/// only if packing fails, which memory alone could cause.
pub fn syllabus_template_xlsx() -> Option<Vec<u8>> {
    workbook("Syllabus", &headers(), &rows())
}
