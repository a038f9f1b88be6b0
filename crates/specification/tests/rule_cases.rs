//! The cases in `cases/rules`: rules and selections that a practitioner can read, with the answers they must give.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::collections::BTreeSet;
use std::fmt::Debug;

use assay_specification::rule::{Prepared, Range, Rule, Selection, UnitFacts};
use assay_specification::{Format, Specification, UnitNumber};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    about: String,
    specification: Option<String>,
    qualification: Option<String>,
    rule: Option<Rule>,
    #[serde(default)]
    units: Vec<UnitFacts>,
    summary: Summary,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Summary {
    selections: String,
    minimal_selections: String,
    units: [Figure; 2],
    credits: [Figure; 2],
    glh: [Figure; 2],
    tut: [Figure; 2],
}

fn yes() -> bool {
    true
}

/// A number, or the words `not known`.
#[derive(Deserialize, Debug, Clone, PartialEq)]
#[serde(untagged)]
enum Figure {
    Number(u32),
    Words(String),
}

impl From<Option<u32>> for Figure {
    fn from(figure: Option<u32>) -> Self {
        figure.map_or_else(|| Figure::Words("not known".to_owned()), Figure::Number)
    }
}

/// What is not given is not compared.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    units: BTreeSet<UnitNumber>,
    #[serde(default)]
    prior_learning: BTreeSet<UnitNumber>,
    award: bool,
    choice: bool,
    #[serde(default = "yes")]
    award_known: bool,
    #[serde(default = "yes")]
    choice_known: bool,
    award_reasons: Option<Vec<String>>,
    choice_reasons: Option<Vec<String>>,
    missing: Option<BTreeSet<UnitNumber>>,
    additions: Option<Vec<Vec<UnitNumber>>>,
    surplus: Option<Vec<UnitNumber>>,
    endorsements: Option<Vec<String>>,
    sums: Option<Sums>,
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
struct Sums {
    units: u32,
    credits: Figure,
    glh: Figure,
    tut: Figure,
}

const HOUSE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

fn prepared(file: &File) -> Prepared {
    match (&file.specification, &file.qualification, &file.rule) {
        (Some(specification), Some(qualification), None) => {
            let text =
                std::fs::read_to_string(format!("{HOUSE}/specifications/{specification}.toml")).unwrap();
            let specification = Specification::read(&text, Format::Toml).unwrap();
            specification
                .prepare(specification.find_qualification(qualification).unwrap())
                .unwrap()
        }
        (None, None, Some(rule)) => Prepared::new(rule, file.units.clone()).unwrap(),
        _ => panic!(
            "{}: give specification and qualification, or rule and units",
            file.about
        ),
    }
}

struct Comparison {
    differences: Vec<String>,
}

impl Comparison {
    fn same<T: Debug + PartialEq>(&mut self, what: &str, wanted: &T, found: &T) {
        if wanted != found {
            self.differences
                .push(format!("{what}\n    wanted {wanted:?}\n    found  {found:?}"));
        }
    }

    fn same_if_given<T: Debug + PartialEq>(&mut self, what: &str, wanted: &Option<T>, found: T) {
        if let Some(wanted) = wanted {
            self.same(what, wanted, &found);
        }
    }
}

#[test]
fn every_rule_case_gives_the_answers_it_names() {
    let mut files: Vec<_> = std::fs::read_dir(format!("{HOUSE}/cases/rules"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(!files.is_empty());
    let mut all = Comparison {
        differences: Vec::new(),
    };
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let file: File = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let prepared = prepared(&file);
        let summary = prepared.summary();
        let ranges = summary.ranges.unwrap();
        let pair = |range: Range| [Figure::from(range.least), Figure::from(range.most)];
        let about = &file.about;
        all.same(
            &format!("{about}, selections"),
            &file.summary.selections,
            &summary.selections.to_string(),
        );
        let minimal = summary.minimal_selections.unwrap().to_string();
        all.same(
            &format!("{about}, minimal selections"),
            &file.summary.minimal_selections,
            &minimal,
        );
        all.same(
            &format!("{about}, units"),
            &file.summary.units,
            &pair(ranges.units),
        );
        all.same(
            &format!("{about}, credits"),
            &file.summary.credits,
            &pair(ranges.credits),
        );
        all.same(&format!("{about}, glh"), &file.summary.glh, &pair(ranges.glh));
        all.same(&format!("{about}, tut"), &file.summary.tut, &pair(ranges.tut));
        for case in &file.cases {
            let name = format!("{about}: {}", case.name);
            let selection = Selection {
                units: case.units.clone(),
                prior_learning: case.prior_learning.clone(),
            };
            let judgement = prepared.judge(&selection);
            let sentences = |reasons: &[assay_specification::rule::Reason]| {
                reasons.iter().map(ToString::to_string).collect()
            };
            all.same(&format!("{name}, award"), &case.award, &judgement.award.met);
            all.same(&format!("{name}, choice"), &case.choice, &judgement.choice.met);
            all.same(
                &format!("{name}, award known"),
                &case.award_known,
                &judgement.award.known,
            );
            all.same(
                &format!("{name}, choice known"),
                &case.choice_known,
                &judgement.choice.known,
            );
            all.same_if_given(
                &format!("{name}, award reasons"),
                &case.award_reasons,
                sentences(&judgement.award.reasons),
            );
            all.same_if_given(
                &format!("{name}, choice reasons"),
                &case.choice_reasons,
                sentences(&judgement.choice.reasons),
            );
            let missing = judgement.award.missing_units.iter().cloned().collect();
            all.same_if_given(&format!("{name}, missing"), &case.missing, missing);
            all.same_if_given(
                &format!("{name}, additions"),
                &case.additions,
                judgement.award.smallest_additions,
            );
            all.same_if_given(
                &format!("{name}, surplus"),
                &case.surplus,
                judgement.award.surplus,
            );
            all.same_if_given(
                &format!("{name}, endorsements"),
                &case.endorsements,
                judgement.award.endorsements,
            );
            let sums = judgement.sums;
            let sums = Sums {
                units: sums.units,
                credits: sums.credits.into(),
                glh: sums.glh.into(),
                tut: sums.tut.into(),
            };
            all.same_if_given(&format!("{name}, sums"), &case.sums, sums);
        }
    }
    assert!(all.differences.is_empty(), "\n{}", all.differences.join("\n"));
}
