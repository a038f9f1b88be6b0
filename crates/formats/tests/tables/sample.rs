//! A made-up syllabus, and what a reader has to find in it.

use assay_formats::syllabus::Draft;

pub struct Unit {
    pub number: &'static str,
    pub title: &'static str,
    pub facts: [(&'static str, &'static str); 6],
    pub outcomes: &'static [Outcome],
    pub aims: &'static str,
}

pub struct Outcome {
    pub number: &'static str,
    pub text: &'static str,
    /// Number, words, guidance.
    pub criteria: &'static [(&'static str, &'static str, &'static str)],
}

pub const TITLE: &str = "LEVEL 3 CYCLE MAINTENANCE";

pub const UNITS: &[Unit] = &[
    Unit {
        number: "CM301",
        title: "Keeping bicycles in safe working order",
        facts: [
            ("Unit Level", "3"),
            ("Unit Number", "CM301"),
            ("Ofqual Reference", "A/504/9068"),
            ("Credit Value", "6"),
            ("Total Unit Time", "60"),
            ("Guided Learning Hours", "25"),
        ],
        outcomes: &[
            Outcome {
                number: "1",
                text: "Understand how wear shows itself in the moving parts of a bicycle",
                criteria: &[
                    (
                        "1.1",
                        "Explain how wear of the chain leads to wear of the sprockets and chainrings",
                        "A worn chain is longer than a new one, so that its rollers climb the teeth. Photographs of teeth at several stages of wear, each with the measured length of the chain that ran on it, would be a good way of showing this. Say at which length you would replace a chain and why a rider who waits longer pays more in the end.",
                    ),
                    (
                        "1.2",
                        "Compare the signs of wear in cup and cone bearings with those in sealed bearings",
                        "Think of play, roughness and noise. A table with a line for each sign is enough if each line says how the sign was found.",
                    ),
                ],
            },
            Outcome {
                number: "2",
                text: "Be able to plan the maintenance of a fleet of bicycles",
                criteria: &[
                    (
                        "2.1",
                        "Devise a plan of inspection for a fleet that is used every day by different riders",
                        "The plan should say who looks at what, how often, and what happens when something is found. A fleet of hire bicycles is ridden by people who do not tell anybody about a fault, which is why the plan cannot rest on their reports alone. Show how the plan was tried for a week and what was changed after it.",
                    ),
                    (
                        "2.2",
                        "Evaluate the cost of replacing parts before they fail against the cost of repair",
                        "Use figures of a workshop that you know. Include the time in which a bicycle cannot be hired out.",
                    ),
                    (
                        "2.3",
                        "Develop a record of maintenance that satisfies the requirements of an insurer",
                        "Records of three bicycles over two months would show that the form works in practice.",
                    ),
                ],
            },
        ],
        aims: "This unit is about finding wear early and planning the work that it calls for.",
    },
    Unit {
        number: "CM302",
        title: "Building wheels that stay true",
        facts: [
            ("Unit Level", "3"),
            ("Unit Number", "CM302"),
            ("Ofqual Reference", "K/504/9065"),
            ("Credit Value", "7"),
            ("Total Unit Time", "70"),
            ("Guided Learning Hours", "30"),
        ],
        outcomes: &[Outcome {
            number: "1",
            text: "Be able to select components for a wheel according to its use",
            criteria: &[
                (
                    "1.1",
                    "Justify the choice of rim, hub and spokes for a loaded touring bicycle",
                    "Weight, roads and the tools that a rider carries all matter here.",
                ),
                (
                    "1.2",
                    "Calculate the length of spokes for a given rim and hub",
                    "Show the working and compare the result with a published table.",
                ),
            ],
        }],
        aims: "This unit is about wheels from the choice of their parts to their last check.",
    },
];

/// What differs between a draft and the sample, in sentences; nothing when it is all there word for word.
pub fn differences(draft: &Draft) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut compare = |what: String, found: Option<String>, wanted: &str| {
        if found.as_deref() != Some(wanted) {
            wrong.push(format!("{what}: found {found:?}, wanted {wanted:?}"));
        }
    };
    compare(
        "number of units".to_owned(),
        Some(draft.units.len().to_string()),
        &UNITS.len().to_string(),
    );
    for (found, unit) in draft.units.iter().zip(UNITS) {
        let name = unit.number;
        let text =
            |field: &assay_formats::syllabus::Field<String>| field.as_ref().map(|found| found.value.clone());
        let figure =
            |field: &assay_formats::syllabus::Field<u32>| field.as_ref().map(|found| found.value.to_string());
        compare(format!("{name} number"), text(&found.number), unit.number);
        let title = text(&found.title)
            .or_else(|| text(&found.heading))
            .map(|title| title.to_lowercase());
        compare(format!("{name} title"), title, &unit.title.to_lowercase());
        compare(
            format!("{name} level"),
            found.level.as_ref().map(|found| found.value.to_string()),
            "3",
        );
        compare(
            format!("{name} reference"),
            text(&found.reference),
            unit.facts[2].1,
        );
        compare(format!("{name} credits"), figure(&found.credits), unit.facts[3].1);
        compare(format!("{name} tut"), figure(&found.tut), unit.facts[4].1);
        compare(format!("{name} glh"), figure(&found.glh), unit.facts[5].1);
        compare(format!("{name} aims"), text(&found.aims), unit.aims);
        compare(
            format!("{name} outcomes"),
            Some(found.outcomes.len().to_string()),
            &unit.outcomes.len().to_string(),
        );
        for (found, outcome) in found.outcomes.iter().zip(unit.outcomes) {
            let name = format!("{name} outcome {}", outcome.number);
            compare(format!("{name} number"), text(&found.number), outcome.number);
            compare(format!("{name} words"), text(&found.text), outcome.text);
            compare(
                format!("{name} criteria"),
                Some(found.criteria.len().to_string()),
                &outcome.criteria.len().to_string(),
            );
            for (found, (number, words, guidance)) in found.criteria.iter().zip(outcome.criteria) {
                compare(format!("{name} {number} number"), text(&found.number), number);
                compare(format!("{name} {number} words"), text(&found.text), words);
                let passages: Vec<&str> = found.guidance.iter().map(|one| one.text.as_str()).collect();
                compare(
                    format!("{name} {number} guidance"),
                    Some(passages.join(" ").replace('\n', " ")),
                    guidance,
                );
            }
        }
    }
    wrong
}
