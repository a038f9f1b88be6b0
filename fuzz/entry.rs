// What is tried with untrusted bytes, by the fuzzer and by the ordinary tests. Nothing here may panic, whatever the bytes.

use assay_specification::rule::{PlanWishes, Prepared, Rule, Selection, UnitFacts};
use assay_specification::{Format, Specification, check};

/// Bytes as a specification file: read, checked, shown, and each of its rules asked everything.
pub fn specification(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    for format in [Format::Toml, Format::Json] {
        match Specification::read(text, format) {
            Err(complaints) => {
                assert!(!complaints.is_empty(), "refused without a complaint");
                for complaint in complaints {
                    assert!(complaint.place.line >= 1 && complaint.place.column >= 1);
                    assert!(complaint.to_string().contains("expected"));
                }
            }
            Ok(specification) => {
                check(&specification);
                for qualification in &specification.qualifications {
                    if let Ok(prepared) = specification.prepare(qualification) {
                        ask(&prepared);
                    }
                }
            }
        }
    }
}

/// Bytes as a rule in JSON, with units of plain figures for every number that it lists.
pub fn rule(bytes: &[u8]) {
    let Ok(rule) = serde_json::from_slice::<Rule>(bytes) else {
        return;
    };
    rule.in_words();
    let units = rule
        .listed_units()
        .into_iter()
        .enumerate()
        .map(|(place, number)| {
            let credits = u32::try_from(place % 9).ok().filter(|credits| *credits < 8);
            UnitFacts {
                title: number.to_string(),
                number,
                level: u8::try_from(place % 8).ok(),
                credits,
                tut: credits.map(|credits| credits * 10),
                glh: credits.map(|credits| credits * 4),
            }
        });
    if let Ok(prepared) = Prepared::new(&rule, units) {
        ask(&prepared);
    }
}

fn ask(prepared: &Prepared) {
    let some: Selection = prepared
        .listed_units()
        .step_by(2)
        .map(|unit| unit.number.clone())
        .collect();
    for selection in [Selection::default(), some] {
        let judgement = prepared.judge(&selection);
        assert_eq!(judgement.award.met, judgement.award.reasons.is_empty());
        assert_eq!(judgement.choice.met, judgement.choice.reasons.is_empty());
        prepared.reach(&selection, None);
        // Too intricate is an answer too.
        let _ = prepared.plan(&PlanWishes {
            have: selection,
            ..PlanWishes::default()
        });
    }
    prepared.summary();
}
