//! Ids: newtypes with a visible prefix, so that an id of one kind is never taken for another.

use std::fmt;
use std::str::FromStr;

/// Why a text is not an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAnId {
    pub expected_prefix: &'static str,
    pub found: String,
}

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected an id that starts with {}_, found {:?}",
            self.expected_prefix, self.found
        )
    }
}
impl std::error::Error for NotAnId {}

/// The longest id that is read; longer text is refused before it is looked at.
const LONGEST: usize = 48;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, utoipa::ToSchema)]
        #[schema(value_type = String)]
        pub struct $name(String);

        impl $name {
            /// The visible prefix, without the underscore.
            pub const PREFIX: &'static str = $prefix;

            /// An id from fresh random text (lower-case letters and digits, from [`crate::Fresh`]).
            pub fn fresh(fresh: &mut dyn crate::Fresh) -> Self {
                $name(format!("{}_{}", $prefix, fresh.tail()))
            }

            /// The id as text, prefix included.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let tail = text.strip_prefix(concat!($prefix, "_"));
                match tail {
                    Some(tail)
                        if !tail.is_empty()
                            && text.len() <= LONGEST
                            && tail.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) =>
                    {
                        Ok($name(text.to_owned()))
                    }
                    _ => Err(NotAnId {
                        expected_prefix: $prefix,
                        found: text.chars().take(LONGEST).collect(),
                    }),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

ids! {
    /// A person: learner or staff.
    PersonId = "prs";
    /// A role given to a person, at a centre or in the awarding body.
    GrantId = "grt";
    /// A centre.
    CentreId = "ctr";
    /// One version of a specification (the syllabus as data).
    SpecificationId = "spc";
    /// A syllabus handed in as a document, on its way to a specification.
    SyllabusId = "syl";
    /// A learner's registration on one qualification at one centre.
    RegistrationId = "reg";
    /// A message between a learner and their assessor or tutor.
    MessageId = "msg";
    /// A piece of evidence; its contents are versions of it.
    EvidenceId = "evd";
    /// A marked passage of a version of a piece of evidence.
    PassageId = "psg";
    /// One hand-in of one unit (one attempt; a return before marking adds a revision to it).
    SubmissionId = "sub";
    /// A signed judgement on a submission.
    JudgementId = "jdg";
    /// An internal verification of a judgement.
    VerificationId = "ver";
    /// An order that the awarding body assesses a unit.
    OrderId = "ord";
    /// A claim for an award.
    ClaimId = "clm";
    /// An award.
    AwardId = "awd";
    /// A certificate, original or replacement.
    CertificateId = "crt";
    /// A request for a certificate in another name.
    NameChangeId = "nmc";
    /// A result that may be wrong after its award, and what becomes of it.
    CorrectionId = "cor";
    /// A version of how an awarding body's papers look.
    ThemeId = "thm";
    /// Private content sealed by a fact.
    PrivateId = "prv";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_another_kind_is_refused_with_the_expected_prefix() {
        let error = "reg_abc".parse::<PersonId>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "expected an id that starts with prs_, found \"reg_abc\""
        );
    }

    #[test]
    fn ids_with_odd_characters_or_of_great_length_are_refused() {
        for text in [
            "prs_",
            "prs_ABC",
            "prs_a-b",
            "prs_a/../b",
            &format!("prs_{}", "a".repeat(100)),
        ] {
            assert!(text.parse::<PersonId>().is_err(), "{text}");
        }
    }
}
