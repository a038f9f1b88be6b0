//! The shape of the file, declared once: the reader compares with it, the published schema is written from it.

use crate::identifier::{CriterionNumber, QualificationNumber, UnitNumber, UnitReference};
use crate::specification::FORMAT;

/// What may stand at a place.
pub(crate) enum Shape {
    Table(TableShape),
    List {
        of: &'static Shape,
        at_least: usize,
    },
    Text(TextShape),
    Whole {
        least: i64,
        most: i64,
    },
    Truth,
    Date,
    Word(&'static [&'static str]),
    /// A word or a table.
    Either(&'static [&'static Shape]),
}

/// A table with its keys.
pub(crate) struct TableShape {
    /// Name of the definition in the schema.
    pub(crate) name: &'static str,
    /// As a noun phrase: `a unit`.
    pub(crate) described: &'static str,
    pub(crate) keys: &'static [Key],
}

/// A key of a table.
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    pub(crate) shape: &'static Shape,
    /// What it holds, for the schema and the manual.
    pub(crate) about: &'static str,
}

/// A kind of text.
pub(crate) struct TextShape {
    /// As a noun phrase.
    pub(crate) described: &'static str,
    /// The same as a pattern of ECMA 262, for the schema.
    pub(crate) pattern: &'static str,
    pub(crate) accepts: fn(&str) -> bool,
}

impl Shape {
    /// What may stand there, as a noun phrase for a complaint.
    pub(crate) fn described(&self) -> String {
        match self {
            Shape::Table(table) => format!("{} (a table)", table.described),
            Shape::List { of, at_least: 0 } => format!("a list, each item {}", of.described()),
            Shape::List { of, at_least } => {
                format!("a list of at least {at_least}, each item {}", of.described())
            }
            Shape::Text(text) => text.described.to_owned(),
            Shape::Whole { least, most } => format!("a whole number from {least} to {most}"),
            Shape::Truth => "true or false".to_owned(),
            Shape::Date => "a date such as 2013-09-01".to_owned(),
            Shape::Word(words) => words
                .iter()
                .map(|word| format!("\"{word}\""))
                .collect::<Vec<_>>()
                .join(" or "),
            Shape::Either(shapes) => shapes
                .iter()
                .map(|shape| shape.described())
                .collect::<Vec<_>>()
                .join(" or "),
        }
    }
}

const fn must(name: &'static str, shape: &'static Shape, about: &'static str) -> Key {
    Key {
        name,
        required: true,
        shape,
        about,
    }
}

const fn may(name: &'static str, shape: &'static Shape, about: &'static str) -> Key {
    Key {
        name,
        required: false,
        shape,
        about,
    }
}

fn is_not_blank(text: &str) -> bool {
    !text.trim().is_empty()
}

fn is_issue_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number =
        |part: &str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        [year] => number(year, 4),
        [year, month] => number(year, 4) && number(month, 2) && ("01"..="12").contains(month),
        [_, _, _] => text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok(),
        _ => false,
    }
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn is_short_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 80
        && text.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'z'))
        })
}

static TEXT: Shape = Shape::Text(TextShape {
    described: "a text that is not blank",
    pattern: r"\S",
    accepts: is_not_blank,
});
static ISSUED: Shape = Shape::Text(TextShape {
    described: "a year, a month or a day such as \"2018\", \"2018-03\" or \"2018-03-01\"",
    pattern: r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
    accepts: is_issue_date,
});
static SHA256: Shape = Shape::Text(TextShape {
    described: "a SHA-256 digest (64 lower-case hexadecimal digits)",
    pattern: "^[0-9a-f]{64}$",
    accepts: is_sha256,
});
static SHORT_NAME: Shape = Shape::Text(TextShape {
    described: "a short name such as \"kotter-eight-steps\" (lower-case letters, digits and hyphens)",
    pattern: "^[0-9a-z]+(-[0-9a-z]+)*$",
    accepts: is_short_name,
});
static QUALIFICATION_NUMBER: Shape = Shape::Text(TextShape {
    described: "a qualification number such as \"600/9462/X\"",
    pattern: "^([0-9]{3}/[0-9]{4}/[0-9Xx]|[0-9]{7}[0-9Xx])$",
    accepts: |text| QualificationNumber::as_written(text).is_ok(),
});
static UNIT_REFERENCE: Shape = Shape::Text(TextShape {
    described: "a unit reference such as \"K/504/9065\"",
    pattern: "^([A-Za-z]/[0-9]{3}/[0-9]{4}|[A-Za-z][0-9]{7})$",
    accepts: |text| UnitReference::as_written(text).is_ok(),
});
static UNIT_NUMBER: Shape = Shape::Text(TextShape {
    described: "a unit number such as \"7015V1\"",
    pattern: "^[A-Za-z0-9_./-]{1,40}$",
    accepts: |text| text.parse::<UnitNumber>().is_ok(),
});
static CRITERION_NUMBER: Shape = Shape::Text(TextShape {
    described: "a criterion number such as \"1.2\", \"1P2\" or \"2M1\"",
    pattern: r"^[1-9][0-9]{0,3}[.PMD][1-9][0-9]{0,3}(\.[1-9][0-9]{0,3}){0,2}$",
    accepts: |text| text.parse::<CriterionNumber>().is_ok(),
});
static FORMAT_NAME: Shape = Shape::Word(&[FORMAT]);
static TRUTH: Shape = Shape::Truth;
static DATE: Shape = Shape::Date;
/// Credits, hours, pages, lines: any count of things.
static COUNT: Shape = Shape::Whole {
    least: 0,
    most: 1_000_000,
};
static FROM_ONE: Shape = Shape::Whole {
    least: 1,
    most: 1_000_000,
};
static LEVEL: Shape = Shape::Whole { least: 0, most: 8 };
static AGE: Shape = Shape::Whole { least: 0, most: 120 };
static TEXTS: Shape = Shape::List {
    of: &TEXT,
    at_least: 0,
};
static SHORT_NAMES: Shape = Shape::List {
    of: &SHORT_NAME,
    at_least: 0,
};
static LINES: Shape = Shape::List {
    of: &FROM_ONE,
    at_least: 0,
};
static CRITERION_NUMBERS: Shape = Shape::List {
    of: &CRITERION_NUMBER,
    at_least: 0,
};
static UNIT_NUMBERS: Shape = Shape::List {
    of: &UNIT_NUMBER,
    at_least: 1,
};
static UNIT_SET: Shape = Shape::List {
    of: &UNIT_NUMBER,
    at_least: 2,
};
static UNIT_SETS: Shape = Shape::List {
    of: &UNIT_SET,
    at_least: 0,
};
static SIZE: Shape = Shape::Word(&["Award", "Certificate", "Diploma"]);

pub(crate) static SPECIFICATION: Shape = Shape::Table(TableShape {
    name: "specification",
    described: "a specification",
    keys: &[
        must("format", &FORMAT_NAME, "Name and version of this format."),
        must(
            "document",
            &DOCUMENT,
            "The printed document, and what holds for all its qualifications.",
        ),
        must(
            "qualifications",
            &QUALIFICATIONS,
            "The qualifications, in the document's order.",
        ),
        must("units", &UNITS, "The units, in the document's order."),
        may(
            "models",
            &MODELS,
            "Models, theories and tools that criteria name.",
        ),
        may("terms", &TERMS, "Terms that the document defines."),
        may("errata", &ERRATA, "Known misprints with their corrections."),
        may(
            "kept_identifiers",
            &KEPT_IDENTIFIERS,
            "Identifiers kept although their check character is wrong.",
        ),
    ],
});

static DOCUMENT: Shape = Shape::Table(TableShape {
    name: "document",
    described: "a document",
    keys: &[
        must("title", &TEXT, "Title as printed."),
        may("subtitle", &TEXT, "Subtitle as printed."),
        must(
            "framework",
            &TEXT,
            "Framework of the qualifications, such as RQF.",
        ),
        must("awarding_body", &TEXT, "Awarding body in full."),
        must(
            "awarding_body_short",
            &TEXT,
            "Awarding body as it stands in titles.",
        ),
        must("regulator", &TEXT, "Regulator of the awarding body."),
        must("issued", &ISSUED, "Date of issue as printed."),
        must("version", &TEXT, "Version as printed."),
        must("language", &TEXT, "Language of teaching and assessment."),
        may("minimum_age", &AGE, "Least age of a learner in years."),
        must("purpose", &TEXT, "For whom the qualifications are meant."),
        may("source_sha256", &SHA256, "Digest of the source document."),
        must("regulated_from", &DATE, "First day of regulation."),
        must(
            "operational_from",
            &DATE,
            "First day on which learners may be registered.",
        ),
        must(
            "registration_ends",
            &DATE,
            "Last day on which learners may be registered.",
        ),
        may(
            "certification_ends",
            &DATE,
            "Last day on which certificates may be claimed.",
        ),
        may(
            "progression",
            &TEXTS,
            "Titles of the qualifications recommended next.",
        ),
        may("contents", &HEADINGS, "The contents list of the document."),
    ],
});

static HEADINGS: Shape = Shape::List {
    of: &HEADING,
    at_least: 0,
};
static HEADING: Shape = Shape::Table(TableShape {
    name: "heading",
    described: "a line of the contents list",
    keys: &[
        must("heading", &TEXT, "Heading as printed."),
        must("page", &COUNT, "Page as printed."),
    ],
});

static QUALIFICATIONS: Shape = Shape::List {
    of: &QUALIFICATION,
    at_least: 1,
};
static QUALIFICATION: Shape = Shape::Table(TableShape {
    name: "qualification",
    described: "a qualification",
    keys: &[
        must(
            "code",
            &TEXT,
            "The awarding body's own code, used for registering learners.",
        ),
        must("title", &TEXT, "The full title, as it stands on the certificate."),
        must(
            "number",
            &QUALIFICATION_NUMBER,
            "Number on the regulator's register.",
        ),
        must("level", &LEVEL, "Level, 0 for entry level."),
        must("size", &SIZE, "Size word."),
        must("tqt", &COUNT, "Total Qualification Time in hours, as printed."),
        must("glh", &COUNT, "Guided Learning Hours, as printed."),
        must("minimum_credits", &COUNT, "Least number of credits, as printed."),
        may(
            "regulated_from",
            &DATE,
            "First day of regulation, where it differs from the document's.",
        ),
        may(
            "operational_from",
            &DATE,
            "First day of registration, where it differs from the document's.",
        ),
        may(
            "registration_ends",
            &DATE,
            "Last day of registration, where it differs from the document's.",
        ),
        may(
            "certification_ends",
            &DATE,
            "Last day of certification, where it differs from the document's.",
        ),
        must("rule", &RULE, "Rule of combination."),
        may(
            "table",
            &TABLE_ROWS,
            "The printed table of units, row by row, misprints included.",
        ),
    ],
});

static TABLE_ROWS: Shape = Shape::List {
    of: &TABLE_ROW,
    at_least: 0,
};
static TABLE_ROW: Shape = Shape::Table(TableShape {
    name: "table_row",
    described: "a row of the printed table",
    keys: &[
        must("unit", &UNIT_NUMBER, "Unit number."),
        must("title", &TEXT, "Title as printed in this row."),
        must("credits", &COUNT, "Credits as printed in this row."),
        must("glh", &COUNT, "Guided Learning Hours as printed in this row."),
        must("tut", &COUNT, "Total Unit Time as printed in this row."),
        may(
            "group",
            &TEXT,
            "Heading of the group under which the row is printed.",
        ),
    ],
});

static RULES: Shape = Shape::List {
    of: &RULE,
    at_least: 0,
};
static RULE: Shape = Shape::Table(TableShape {
    name: "rule",
    described: "a rule of combination",
    keys: &[
        may("name", &TEXT, "Name, where it helps to tell rules apart."),
        may("credits", &BOUNDS, "Credits taken in all."),
        may("take", &BOUNDS, "Number of units taken in all."),
        may("tut", &BOUNDS, "Hours of Total Unit Time in all."),
        may("glh", &BOUNDS, "Guided Learning Hours in all."),
        may(
            "barred",
            &UNIT_SETS,
            "Sets of units of which at most one may be taken.",
        ),
        may(
            "equivalents",
            &UNIT_SETS,
            "Sets of units that stand for each other and of which one counts.",
        ),
        may(
            "prior_learning",
            &PRIOR_LEARNING,
            "Ceiling on recognition of prior learning; only at the top.",
        ),
        may(
            "surplus",
            &SURPLUS,
            "Whether units beyond the rule may be taken; only at the top.",
        ),
        may("groups", &GROUPS, "Groups of units; each must be satisfied."),
        may(
            "levels",
            &LEVEL_CONDITIONS,
            "Credits or units that must be at a level.",
        ),
        may(
            "limits",
            &LIMITS,
            "Bounds on some of the units, whichever of the groups they stand in.",
        ),
        may(
            "requires",
            &REQUIRED_UNITS,
            "Units that may be taken only together with others.",
        ),
        may("all_of", &RULES, "Rules that must all hold."),
        may("any_of", &RULES, "Rules of which one is chosen and must hold."),
        may(
            "pathways",
            &PATHWAYS,
            "Pathways of which some are chosen and must hold.",
        ),
    ],
});

static GROUPS: Shape = Shape::List {
    of: &GROUP,
    at_least: 0,
};
static GROUP: Shape = Shape::Table(TableShape {
    name: "group",
    described: "a group of units",
    keys: &[
        may("name", &TEXT, "Name as printed."),
        must("units", &UNIT_NUMBERS, "Its units."),
        may(
            "take",
            &TAKE,
            "How many of its units are taken; \"all\" makes the group mandatory.",
        ),
        may("credits", &BOUNDS, "How many credits are taken from it."),
        may("tut", &BOUNDS, "Hours of Total Unit Time taken from it."),
        may("glh", &BOUNDS, "Guided Learning Hours taken from it."),
        may(
            "limits",
            &LIMITS,
            "Bounds on some of its units: a group inside the group.",
        ),
        may(
            "outside",
            &OUTSIDE,
            "Units from outside the qualification that may be taken in this group.",
        ),
    ],
});
static LIMITS: Shape = Shape::List {
    of: &LIMIT,
    at_least: 0,
};
static LIMIT: Shape = Shape::Table(TableShape {
    name: "limit",
    described: "bounds on some of the units",
    keys: &[
        may("name", &TEXT, "Name for sentences."),
        must("units", &UNIT_NUMBERS, "The units it is about."),
        may("take", &BOUNDS, "How many of them are taken."),
        may("credits", &BOUNDS, "How many of their credits are taken."),
        may("tut", &BOUNDS, "Hours of their Total Unit Time."),
        may("glh", &BOUNDS, "Their Guided Learning Hours."),
    ],
});
static OUTSIDE: Shape = Shape::Table(TableShape {
    name: "outside",
    described: "units from outside the qualification",
    keys: &[
        must("at_most", &COUNT, "At most so many of them."),
        may("at_most_credits", &COUNT, "At most so many credits from them."),
        may("at_or_above", &LEVEL, "Only those of this level or a higher one."),
    ],
});
static PERCENT: Shape = Shape::Whole { least: 1, most: 100 };
static TAKE: Shape = Shape::Either(&[&ALL, &BOUNDS]);
static ALL: Shape = Shape::Word(&["all"]);
static BOUNDS: Shape = Shape::Table(TableShape {
    name: "bounds",
    described: "a least and a most number, such as { at_least = 7 }",
    keys: &[
        may("at_least", &COUNT, "At least so many."),
        may("at_most", &COUNT, "At most so many."),
        may("exactly", &COUNT, "Exactly so many."),
    ],
});
static LEVEL_CONDITIONS: Shape = Shape::List {
    of: &LEVEL_CONDITION,
    at_least: 0,
};
static LEVEL_CONDITION: Shape = Shape::Table(TableShape {
    name: "level_condition",
    described: "a condition on levels",
    keys: &[
        may(
            "at_or_above",
            &LEVEL,
            "Units of this level or a higher one count.",
        ),
        may("exactly", &LEVEL, "Units of this level count."),
        may("credits", &BOUNDS, "How many credits."),
        may("take", &BOUNDS, "How many units."),
        may(
            "at_least_percent",
            &PERCENT,
            "At least so many in a hundred of all credits under the rule.",
        ),
    ],
});
static REQUIRED_UNITS: Shape = Shape::List {
    of: &REQUIRED_UNIT,
    at_least: 0,
};
static REQUIRED_UNIT: Shape = Shape::Table(TableShape {
    name: "required_units",
    described: "a unit with the units it needs",
    keys: &[
        must("unit", &UNIT_NUMBER, "The unit."),
        must("needs", &UNIT_NUMBERS, "All of these must be taken too."),
    ],
});
static PRIOR_LEARNING: Shape = Shape::Table(TableShape {
    name: "prior_learning",
    described: "a ceiling on recognition of prior learning",
    keys: &[must(
        "at_most_credits",
        &COUNT,
        "At most so many of the counted credits.",
    )],
});
static SURPLUS: Shape = Shape::Word(&["refused", "allowed"]);
static PATHWAYS: Shape = Shape::Table(TableShape {
    name: "pathways",
    described: "a choice of pathways",
    keys: &[
        must("choose", &FROM_ONE, "How many are chosen."),
        must("of", &PATHWAY_LIST, "The pathways on offer."),
    ],
});
static PATHWAY_LIST: Shape = Shape::List {
    of: &PATHWAY,
    at_least: 1,
};
static PATHWAY: Shape = Shape::Table(TableShape {
    name: "pathway",
    described: "a pathway",
    keys: &[
        must("name", &TEXT, "Name."),
        may(
            "endorsement",
            &TEXT,
            "What the certificate says in brackets after the title.",
        ),
        must("rule", &RULE, "Its rule."),
    ],
});

static UNITS: Shape = Shape::List {
    of: &UNIT,
    at_least: 1,
};
static UNIT: Shape = Shape::Table(TableShape {
    name: "unit",
    described: "a unit",
    keys: &[
        must("number", &UNIT_NUMBER, "The awarding body's own number."),
        must("title", &TEXT, "Title."),
        may("heading", &TEXT, "Heading printed over the unit's page."),
        must("level", &LEVEL, "Level, 0 for entry level."),
        must(
            "reference",
            &UNIT_REFERENCE,
            "Reference on the regulator's register.",
        ),
        must("credits", &COUNT, "Credits."),
        must("tut", &COUNT, "Total Unit Time in hours."),
        must("glh", &COUNT, "Guided Learning Hours."),
        must("aims", &TEXT, "What the unit is about, as printed."),
        may("page", &COUNT, "Page of the document."),
        may(
            "grades",
            &GRADES,
            "How its grade is made of its criteria, where not every criterion of a grade is needed.",
        ),
        may("outcomes", &OUTCOMES, "Learning outcomes in order."),
    ],
});
static GRADES: Shape = Shape::Table(TableShape {
    name: "grades",
    described: "how a unit's grade is made",
    keys: &[
        may(
            "merit_needs",
            &FROM_ONE,
            "How many criteria for merit must be met for merit.",
        ),
        may(
            "distinction_needs",
            &FROM_ONE,
            "How many criteria for distinction must be met for distinction.",
        ),
    ],
});
static OUTCOMES: Shape = Shape::List {
    of: &OUTCOME,
    at_least: 0,
};
static OUTCOME: Shape = Shape::Table(TableShape {
    name: "outcome",
    described: "a learning outcome",
    keys: &[
        must("number", &FROM_ONE, "Number within the unit, from 1."),
        must("text", &TEXT, "Its words as printed."),
        may("criteria", &CRITERIA, "Assessment criteria in order."),
    ],
});
static CRITERIA: Shape = Shape::List {
    of: &CRITERION,
    at_least: 0,
};
static CRITERION: Shape = Shape::Table(TableShape {
    name: "criterion",
    described: "an assessment criterion",
    keys: &[
        must("number", &CRITERION_NUMBER, "Number within the unit."),
        must("text", &TEXT, "Its words as printed."),
        may("lines", &LINES, "Lines of the source document where it stands."),
        may("verbs", &TEXTS, "Its command verbs."),
        may(
            "discipline",
            &TEXT,
            "The discipline it asks for, where a unit treats several side by side.",
        ),
        may(
            "twin",
            &CRITERION_NUMBER,
            "The criterion of the unit that asks the same for another discipline.",
        ),
        may(
            "told_apart",
            &TRUTH,
            "Whether the evidence has to tell the disciplines apart.",
        ),
        may(
            "links",
            &LINKS,
            "Other outcomes or criteria whose work can be used again here.",
        ),
        may("models", &SHORT_NAMES, "Models named for it, by id."),
        may("evidence", &TEXT, "The kind of evidence that usually shows it."),
        may(
            "guidance",
            &TEXTS,
            "Guidance in our own words, one sentence or paragraph each.",
        ),
        may(
            "shared_guidance_with",
            &CRITERION_NUMBERS,
            "Criteria for which the same guidance is printed.",
        ),
    ],
});
static LINKS: Shape = Shape::List {
    of: &LINK,
    at_least: 0,
};
static LINK: Shape = Shape::Table(TableShape {
    name: "link",
    described: "a link to other work",
    keys: &[
        may(
            "unit",
            &UNIT_NUMBER,
            "The unit pointed to; none for the same unit.",
        ),
        may("outcome", &FROM_ONE, "The outcome pointed to."),
        may("criterion", &CRITERION_NUMBER, "The criterion pointed to."),
        must("why", &TEXT, "Why, in our own words."),
    ],
});
static MODELS: Shape = Shape::List {
    of: &MODEL,
    at_least: 0,
};
static MODEL: Shape = Shape::Table(TableShape {
    name: "model",
    described: "a model",
    keys: &[
        must("id", &SHORT_NAME, "Short name for references."),
        must("name", &TEXT, "Name in full."),
        may("by", &TEXTS, "Whose it is."),
        may("aliases", &TEXTS, "Other names in use for it."),
        must("about", &TEXT, "A short description in our own words."),
    ],
});
static TERMS: Shape = Shape::List {
    of: &TERM,
    at_least: 0,
};
static TERM: Shape = Shape::Table(TableShape {
    name: "term",
    described: "a term",
    keys: &[
        must("term", &TEXT, "The term."),
        must("meaning", &TEXT, "Its meaning in our own words."),
        may(
            "printed_line",
            &FROM_ONE,
            "Line of the source document that defines it.",
        ),
    ],
});
static ERRATA: Shape = Shape::List {
    of: &ERRATUM,
    at_least: 0,
};
static ERRATUM: Shape = Shape::Table(TableShape {
    name: "erratum",
    described: "an erratum",
    keys: &[
        must("place", &TEXT, "Where, in the words a finding uses."),
        may("line", &FROM_ONE, "Line of the source document."),
        must("printed", &TEXT, "What is printed."),
        must("corrected", &TEXT, "What should be printed."),
        must("reason", &TEXT, "Why we think so."),
    ],
});
static KEPT_IDENTIFIERS: Shape = Shape::List {
    of: &KEPT_IDENTIFIER,
    at_least: 0,
};
static KEPT_IDENTIFIER: Shape = Shape::Table(TableShape {
    name: "kept_identifier",
    described: "a kept identifier",
    keys: &[
        must("identifier", &TEXT, "The identifier as written."),
        must("reason", &TEXT, "Why it is kept."),
    ],
});

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Texts made from each pattern of the schema are accepted by the reader.
    fn accepted(shape: &'static Shape) -> impl Strategy<Value = (String, bool)> {
        let Shape::Text(text) = shape else {
            panic!("not a text")
        };
        // Alternatives inside one pattern are in brackets, so its ends may be cut off.
        let pattern = text.pattern.trim_start_matches('^').trim_end_matches('$');
        proptest::string::string_regex(pattern).unwrap().prop_map(|made| {
            let accepted = (text.accepts)(&made);
            (made, accepted)
        })
    }

    proptest! {
        #[test]
        fn what_the_schema_allows_the_reader_accepts(
            sha256 in accepted(&SHA256),
            name in accepted(&SHORT_NAME),
            number in accepted(&QUALIFICATION_NUMBER),
            reference in accepted(&UNIT_REFERENCE),
            unit in accepted(&UNIT_NUMBER),
        ) {
            for (made, accepted) in [sha256, name, number, reference, unit] {
                prop_assert!(accepted || made.len() > 80, "{made}");
            }
        }
    }

    #[test]
    fn an_issue_date_is_a_year_a_month_or_a_day() {
        for text in ["2018", "2018-03", "2018-03-01"] {
            assert!(is_issue_date(text), "{text}");
        }
        for text in [
            "",
            "18",
            "2018-13",
            "2018-3",
            "2018-02-30",
            "March 2018",
            "2018-03-01-01",
        ] {
            assert!(!is_issue_date(text), "{text}");
        }
    }
}
