//! Makes certificates and transcripts as PDF: the application's faces mapped onto the printer's sheets.

use assay_app::printing::{CertificateFace, Look, Printer, Transcript};
use assay_domain::moment::long_date;
use assay_print::sheet::{
    Attained, CreditedUnit, SheetCheck, SheetDate, SheetLearner, Signatory, TranscriptUnit,
};
use assay_print::{CertificateSheet, PrintFault, Theme, TranscriptSheet};
use jiff::civil::Date;

/// The printer of this installation.
#[derive(Default)]
pub struct Press {
    theme: Theme,
}

impl Printer for Press {
    fn certificate(&self, face: &CertificateFace, look: &Look) -> Result<Vec<u8>, String> {
        self.dressed(look)
            .and_then(|theme| assay_print::certificate(&certificate_sheet(face), &theme))
            .map_err(|fault| fault.to_string())
    }
    fn transcript(&self, transcript: &Transcript, look: &Look) -> Result<Vec<u8>, String> {
        self.dressed(look)
            .and_then(|theme| assay_print::transcript(&transcript_sheet(transcript), &theme))
            .map_err(|fault| fault.to_string())
    }
}

impl Press {
    /// The installation's theme in the awarding body's look.
    fn dressed(&self, look: &Look) -> Result<Theme, PrintFault> {
        let mut theme = self.theme.clone();
        if let Some(accent) = &look.accent {
            theme = theme.with_accent(accent)?;
        }
        if let Some(logo) = &look.logo {
            theme = theme.with_emblem(logo.bytes.clone(), &logo.described)?;
        }
        if let Some(signature) = &look.signature {
            theme = theme.with_signature(signature.bytes.clone(), &signature.described)?;
        }
        Ok(theme)
    }
}

/// No level of attainment and no grade: the qualifications have none (AW-07).
fn certificate_sheet(face: &CertificateFace) -> CertificateSheet {
    CertificateSheet {
        awarding_body: face.awarding_body.clone(),
        learner: learner(face),
        attained: attained(face),
        attained_on: long_date(face.on),
        certificate_number: face.certificate_number.clone(),
        language_of_assessment: face.language.clone(),
        replacement: face
            .replaces
            .as_ref()
            .map(|number| format!("Replacement of certificate {number}")),
        signatory: face.signatory.as_ref().map(|signatory| Signatory {
            name: signatory.name.clone(),
            role: signatory.role.clone(),
        }),
        check: check(face),
        issued: sheet_date(face.on),
    }
}

fn attained(face: &CertificateFace) -> Attained {
    if face.is_credit() {
        return Attained::Credit {
            statement: format!(
                "has been awarded {} {} for the following {}",
                face.credits,
                if face.credits == 1 { "credit" } else { "credits" },
                if face.credited.len() == 1 { "unit" } else { "units" }
            ),
            units: face
                .credited
                .iter()
                .map(|unit| CreditedUnit {
                    reference: unit.reference.clone(),
                    title: unit.title.clone(),
                    level: unit.level.to_string(),
                    credits: unit.credits,
                })
                .collect(),
        };
    }
    Attained::Qualification {
        title: face.title.clone(),
        endorsement: None,
        number: face.qualification_number.clone(),
        level: level(face.level),
        attainment: None,
        regulated_by: Some(format!("Regulated by {}", face.regulator)),
    }
}

fn transcript_sheet(transcript: &Transcript) -> TranscriptSheet {
    let face = &transcript.face;
    let total = transcript.units.iter().map(|unit| unit.credits).sum();
    TranscriptSheet {
        awarding_body: face.awarding_body.clone(),
        learner: learner(face),
        qualification_title: face.title.clone(),
        endorsement: None,
        qualification_number: face.qualification_number.clone(),
        level: level(face.level),
        centre: Some(face.centre.clone()),
        units: transcript
            .units
            .iter()
            .map(|unit| TranscriptUnit {
                number: unit.number.clone(),
                title: unit.title.clone(),
                reference: unit.reference.clone(),
                level: unit.level.to_string(),
                credits: unit.credits,
                achieved_on: long_date(unit.achieved_on),
                note: unit.result.as_ref().map(|result| format!("Result: {result}")),
            })
            .collect(),
        total_credits: total,
        rule_of_combination: format!(
            "The rule of combination is met with {total} credits, each unit counted once."
        ),
        certificate_number: Some(face.certificate_number.clone()),
        issued_on: long_date(face.on),
        check: Some(check(face)),
        issued: sheet_date(face.on),
    }
}

fn learner(face: &CertificateFace) -> SheetLearner {
    SheetLearner {
        name: face.learner_name.clone(),
        number: face.learner_number.clone(),
        // Printed only when the Learning Records Service has confirmed it, which nothing here records.
        uln: None,
    }
}

fn level(level: u32) -> String {
    if level == 0 {
        "Entry level".to_owned()
    } else {
        format!("Level {level}")
    }
}

/// The whole address goes into the code; what is printed to be typed leaves out scheme and number.
fn check(face: &CertificateFace) -> SheetCheck {
    let without_scheme = face
        .check_address
        .split_once("://")
        .map_or(face.check_address.as_str(), |(_, rest)| rest);
    let shown = without_scheme
        .strip_suffix(&format!("/{}", face.certificate_number))
        .unwrap_or(without_scheme);
    SheetCheck {
        url: face.check_address.clone(),
        shown: shown.to_owned(),
    }
}

fn sheet_date(on: Date) -> SheetDate {
    SheetDate {
        year: i32::from(on.year()),
        month: u8::try_from(on.month()).unwrap_or(1),
        day: u8::try_from(on.day()).unwrap_or(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn face() -> CertificateFace {
        CertificateFace {
            awarding_body: "Chartered Management Institute".into(),
            learner_name: "Amira Khan".into(),
            learner_number: "CMI-000001-X".into(),
            title: "CMI Level 7 Award in Leadership Coaching and Mentoring".into(),
            qualification_number: "603/2984/2".into(),
            qualification_code: "7A2V2".into(),
            level: 7,
            credits: 8,
            centre: "Northern College".into(),
            on: date(2019, 10, 14),
            certificate_number: "2019-7KX4-29QM-D".into(),
            replaces: None,
            check_address: "https://awards.example.org/check/2019-7KX4-29QM-D".into(),
            regulator: "Ofqual".into(),
            language: None,
            credited: Vec::new(),
            theme: None,
            signatory: None,
        }
    }

    #[test]
    fn a_certificate_shows_no_level_of_attainment_and_a_short_address_to_type() {
        let sheet = certificate_sheet(&face());
        assert_eq!(sheet.check.shown, "awards.example.org/check");
        assert_eq!(sheet.attained_on, "14 October 2019");
        assert!(matches!(
            sheet.attained,
            Attained::Qualification { attainment: None, .. }
        ));
    }

    #[test]
    fn a_certificate_of_credit_names_the_units_and_neither_a_qualification_nor_the_regulator() {
        let face = CertificateFace {
            title: "Unit credit".into(),
            qualification_number: String::new(),
            regulator: String::new(),
            credited: vec![assay_app::printing::CreditedUnit {
                number: "7016V1".into(),
                reference: "K/616/5182".into(),
                title: "Coaching and mentoring".into(),
                level: 7,
                credits: 8,
            }],
            ..face()
        };
        let Attained::Credit { statement, units } = certificate_sheet(&face).attained else {
            panic!("it is of credit");
        };
        assert_eq!(statement, "has been awarded 8 credits for the following unit");
        assert_eq!(units[0].reference, "K/616/5182");
        assert!(
            Press::default()
                .certificate(&face, &Look::default())
                .unwrap()
                .starts_with(b"%PDF")
        );
    }

    #[test]
    fn a_replacement_says_so_and_names_the_certificate_it_replaces() {
        let face = CertificateFace {
            replaces: Some("2019-AAAA-BBBB-C".into()),
            ..face()
        };
        assert_eq!(
            certificate_sheet(&face).replacement.as_deref(),
            Some("Replacement of certificate 2019-AAAA-BBBB-C")
        );
    }

    #[test]
    fn the_printer_gives_the_same_bytes_for_the_same_face() {
        let press = Press::default();
        let first = press.certificate(&face(), &Look::default()).unwrap();
        assert!(first.starts_with(b"%PDF"));
        assert_eq!(first, press.certificate(&face(), &Look::default()).unwrap());
    }
}
