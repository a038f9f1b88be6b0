//! Credits and hours (QS-14, practice section 2.2).

use super::codes::{SPEC_CREDIT_TQT, SPEC_CREDIT_TUT, SPEC_GLH_TQT, SPEC_GLH_TUT, SPEC_SIZE};
use super::finding::Findings;
use crate::qualification::Size;
use crate::specification::Specification;

pub(super) fn check(specification: &Specification, findings: &mut Findings) {
    for unit in &specification.units {
        if unit.credits.saturating_mul(10) != unit.tut {
            let message = format!(
                "{} credits stand for {} hours; the Total Unit Time is {}",
                unit.credits,
                unit.credits.saturating_mul(10),
                unit.tut
            );
            findings.add(&SPEC_CREDIT_TUT, format!("unit {}, tut", unit.number), message);
            findings.suggest("One credit is ten hours.").printed(unit.tut);
        }
        if unit.glh > unit.tut {
            let message = format!(
                "{} Guided Learning Hours are more than the {} hours of the unit",
                unit.glh, unit.tut
            );
            findings.add(&SPEC_GLH_TUT, format!("unit {}, glh", unit.number), message);
            findings.printed(unit.glh);
        }
    }
    for qualification in &specification.qualifications {
        let code = &qualification.code;
        let credits = qualification.tqt.saturating_add(5) / 10;
        if qualification.minimum_credits != credits {
            let message = format!(
                "a Total Qualification Time of {} hours stands for {credits} credits; the least credits are {}",
                qualification.tqt, qualification.minimum_credits
            );
            findings.add(&SPEC_CREDIT_TQT, format!("qualification {code}, tqt"), message);
            findings
                .suggest("One credit is ten hours, rounded to the nearest whole.")
                .printed(qualification.tqt);
        }
        if qualification.glh > qualification.tqt {
            let message = format!(
                "{} Guided Learning Hours are more than the Total Qualification Time of {}",
                qualification.glh, qualification.tqt
            );
            findings.add(&SPEC_GLH_TQT, format!("qualification {code}, glh"), message);
            findings.printed(qualification.glh);
        }
        let size = Size::for_tqt(qualification.tqt);
        if size != qualification.size {
            let message = format!(
                "a Total Qualification Time of {} hours makes it {}, not {}",
                qualification.tqt,
                with_article(size),
                with_article(qualification.size)
            );
            findings.add(&SPEC_SIZE, format!("qualification {code}, size"), message);
            findings
                .suggest("Award: up to 120 hours; Certificate: 121 to 369; Diploma: from 370.")
                .printed(qualification.size);
        }
    }
}

fn with_article(size: Size) -> String {
    match size {
        Size::Award => "an Award".to_owned(),
        Size::Certificate | Size::Diploma => format!("a {size}"),
    }
}
