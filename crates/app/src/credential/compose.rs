//! What a credential says: the facts of an award in the words of Open Badges 3.0 and CLR 2.0.

use crate::award::overview::AwardedUnit;
use crate::printing::CertificateFace;
use assay_certify::credential::{Achievement, Alignment, IssuedBy, LearnerRecord, OpenBadge};
use assay_specification::{Qualification, Size, Specification, Unit};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// What a credential rests on.
pub struct Facts<'a> {
    /// As printed; where and how a stranger checks it included.
    pub face: &'a CertificateFace,
    pub specification: &'a Specification,
    pub qualification: &'a Qualification,
    pub units: &'a [AwardedUnit],
    /// DID of the issuer.
    pub issuer: String,
    /// The installation's address, without a slash at the end.
    pub address: &'a str,
    /// Address of an entry of the regulator's register, with `{number}` where the number stands without slashes.
    pub register: Option<&'a str>,
    /// Address of the status list and the place in it.
    pub status: (String, usize),
}

impl Facts<'_> {
    /// The credential of the qualification.
    pub fn of_qualification(&self) -> OpenBadge {
        let (face, document) = (self.face, &self.specification.document);
        let kind = match self.qualification.size {
            Size::Diploma => "Diploma",
            // The vocabulary's "Award" is a prize.
            Size::Award | Size::Certificate => "Certificate",
        };
        let mut alignments = vec![
            Alignment {
                kind: "ceterms:Credential",
                name: self.qualification.title.clone(),
                code: self.qualification.number.to_string(),
                framework: document.regulator.clone(),
                url: self.register_entry(),
            },
            self.level(self.qualification.level),
        ];
        alignments.extend(
            self.units
                .iter()
                .filter_map(|unit| self.specification.find_unit_called(&unit.number))
                .map(|unit| self.reference(unit)),
        );
        let units: Vec<&str> = self.units.iter().map(|unit| unit.number.as_str()).collect();
        let achievement = Achievement {
            id: self.achievement_id(&[&[self.qualification.code.as_str()], units.as_slice()].concat()),
            kind,
            name: face.title.clone(),
            description: format!(
                "A qualification at level {} of the {}, awarded by {} and regulated by {}.",
                face.level, document.framework, face.awarding_body, face.regulator
            ),
            criteria: self.qualification_criteria(),
            code: self.qualification.code.clone(),
            credits: face.credits,
            alignments,
        };
        self.badge("qualification", face.on, achievement)
    }

    /// The credential of one of its units; none when the award has no such unit.
    pub fn of_unit(&self, number: &str) -> Option<OpenBadge> {
        let wanted = self.specification.find_unit_called(number)?;
        let facts = self
            .units
            .iter()
            .find(|unit| unit.number == wanted.number.to_string())?;
        let mut criteria = format!(
            "An assessor judged the learner's work against the assessment criteria of the unit, and the result became final \
             under internal verification.\n\nThe unit, {} credits at level {}, has these learning outcomes and assessment \
             criteria:\n",
            facts.credits, wanted.level
        );
        for outcome in &wanted.outcomes {
            criteria.push_str(&format!("\n{}. {}\n", outcome.number, outcome.text));
            for criterion in &outcome.criteria {
                criteria.push_str(&format!("   - {} {}\n", criterion.number, criterion.text));
            }
        }
        let achievement = Achievement {
            id: self.achievement_id(&[facts.number.as_str()]),
            kind: "MicroCredential",
            name: wanted.title.clone(),
            description: format!(
                "A unit of {}, at level {} of the {}. {}",
                if self.face.is_credit() {
                    &self.specification.document.title
                } else {
                    &self.face.title
                },
                wanted.level,
                self.specification.document.framework,
                wanted.aims
            ),
            criteria,
            code: facts.number.clone(),
            credits: facts.credits,
            alignments: vec![self.reference(wanted), self.level(wanted.level)],
        };
        // It holds from the certificate's day, on which the awarding body confirmed it.
        Some(self.badge(&facts.number, self.face.on, achievement))
    }

    /// The badges of the qualification and of its units, and the learner record that has them, once each is signed, together.
    pub fn of_record<E>(
        &self,
        signed: impl FnMut(&OpenBadge) -> Result<Value, E>,
    ) -> Result<LearnerRecord, E> {
        let whole = self.of_qualification();
        let parts: Vec<OpenBadge> = self
            .units
            .iter()
            .filter_map(|unit| self.of_unit(&unit.number))
            .collect();
        Ok(LearnerRecord {
            id: self.credential_id("record"),
            name: format!("Transcript: {}", self.face.title),
            description: format!(
                "What {} awarded with certificate {}: the qualification, and the units of which it is made up.",
                self.face.awarding_body, self.face.certificate_number
            ),
            issuer: self.issued_by(),
            holder: self.face.learner_name.clone(),
            on: self.face.on.to_string(),
            whole: whole.achievement.id.clone(),
            parts: parts.iter().map(|part| part.achievement.id.clone()).collect(),
            credentials: std::iter::once(&whole)
                .chain(&parts)
                .map(signed)
                .collect::<Result<_, E>>()?,
            status: self.status.clone(),
        })
    }

    fn credential_id(&self, part: &str) -> String {
        format!("{}/check/{}#{part}", self.address, self.face.certificate_number)
    }

    fn issued_by(&self) -> IssuedBy {
        IssuedBy {
            id: self.issuer.clone(),
            name: self.face.awarding_body.clone(),
            url: Some(self.address.to_owned()),
        }
    }

    fn badge(&self, part: &str, on: jiff::civil::Date, achievement: Achievement) -> OpenBadge {
        OpenBadge {
            id: self.credential_id(part),
            issuer: self.issued_by(),
            holder: self.face.learner_name.clone(),
            on: on.to_string(),
            credits: achievement.credits,
            achievement,
            status: self.status.clone(),
        }
    }

    fn qualification_criteria(&self) -> String {
        let mut text = format!(
            "The learner achieved units that fit the qualification's rule of combination, with at least {} credits. For each \
             unit an assessor judged the learner's work against its assessment criteria, and the result became final under \
             internal verification. The awarding body then released the award.\n\nUnits:\n",
            self.qualification.minimum_credits
        );
        for facts in self.units {
            text.push_str(&format!(
                "- {} {} ({} credits)\n",
                facts.number, facts.title, facts.credits
            ));
        }
        text
    }

    fn reference(&self, unit: &Unit) -> Alignment {
        Alignment {
            kind: "ext:Unit",
            name: format!("{} {}", unit.number, unit.title),
            code: unit.reference.to_string(),
            framework: self.specification.document.regulator.clone(),
            url: self.register_entry(),
        }
    }

    fn level(&self, level: u8) -> Alignment {
        Alignment {
            kind: "ext:Level",
            name: format!("Level {level}"),
            code: level.to_string(),
            framework: self.specification.document.framework.clone(),
            url: self.register_entry(),
        }
    }

    /// Where the qualification stands in its regulator's register, or else where the awarding body is found.
    fn register_entry(&self) -> String {
        // Credit is of no qualification.
        self.register.filter(|_| !self.face.is_credit()).map_or_else(
            || self.address.to_owned(),
            |register| register.replace("{number}", &self.qualification.number.without_slashes()),
        )
    }

    /// The same for everybody who achieved the same by the same specification: an identifier of version 8 (RFC 9562), which
    /// leaves its bits to whoever makes it.
    fn achievement_id(&self, parts: &[&str]) -> String {
        let of = &self.specification.document;
        let text = [
            &[of.awarding_body.as_str(), &of.title, &of.issued, &of.version],
            parts,
        ]
        .concat()
        .join("\n");
        let mut digits = hex::encode(Sha256::digest(text));
        digits.truncate(32);
        digits.replace_range(12..13, "8");
        digits.replace_range(16..17, "8");
        let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
        format!(
            "urn:uuid:{}-{}-{}-{}-{}",
            part(0, 8),
            part(8, 12),
            part(12, 16),
            part(16, 20),
            part(20, 32)
        )
    }
}
