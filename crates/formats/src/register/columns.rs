//! The columns of a register: what each is for and by which names it is known.

use serde::{Deserialize, Serialize};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Given names, as on the identity document.
    GivenName,
    /// Family name, as on the identity document.
    FamilyName,
    /// Date of birth.
    DateOfBirth,
    /// The learner's e-mail address.
    Email,
    /// Unique Learner Number.
    Uln,
    /// Number of a learner who is a member of the awarding body already.
    MemberNumber,
    /// The centre's own number for the registration.
    OwnNumber,
    /// The qualification's code.
    Qualification,
    /// The start of the programme.
    StartDate,
    /// Unit codes, parted by semicolons.
    Units,
    /// The learner's role in their organisation.
    Role,
    /// The learner's authority and responsibility.
    Authority,
    /// How identity was confirmed.
    Identity,
    /// The tutor's e-mail address.
    TutorEmail,
    /// The assessor's e-mail address.
    AssessorEmail,
}

impl Field {
    /// Every field, in the order of the template.
    pub const ALL: [Self; 15] = [
        Self::GivenName,
        Self::FamilyName,
        Self::DateOfBirth,
        Self::Email,
        Self::Uln,
        Self::MemberNumber,
        Self::OwnNumber,
        Self::Qualification,
        Self::StartDate,
        Self::Units,
        Self::Role,
        Self::Authority,
        Self::Identity,
        Self::TutorEmail,
        Self::AssessorEmail,
    ];

    /// The header in the template.
    #[must_use]
    pub fn header(self) -> &'static str {
        match self {
            Self::GivenName => "Given name",
            Self::FamilyName => "Family name",
            Self::DateOfBirth => "Date of birth",
            Self::Email => "E-mail",
            Self::Uln => "ULN",
            Self::MemberNumber => "Member number",
            Self::OwnNumber => "Centre's own number",
            Self::Qualification => "Qualification code",
            Self::StartDate => "Start date",
            Self::Units => "Units",
            Self::Role => "Role",
            Self::Authority => "Authority and responsibility",
            Self::Identity => "Identity confirmed by",
            Self::TutorEmail => "Tutor e-mail",
            Self::AssessorEmail => "Assessor e-mail",
        }
    }

    /// Whether every row must hold it.
    #[must_use]
    pub fn is_required(self) -> bool {
        matches!(
            self,
            Self::GivenName | Self::FamilyName | Self::DateOfBirth | Self::Qualification | Self::StartDate
        )
    }

    /// What a cell of the column looks like.
    #[must_use]
    pub fn example(self) -> &'static str {
        match self {
            Self::GivenName => "a given name, such as Amara",
            Self::FamilyName => "a family name, such as Okafor",
            Self::DateOfBirth | Self::StartDate => {
                "a date, such as 2019-10-14, 14/10/2019 or 14 October 2019"
            }
            Self::Email | Self::TutorEmail | Self::AssessorEmail => {
                "an e-mail address, such as name@example.org"
            }
            Self::Uln => "a Unique Learner Number of ten digits, such as 1000000000",
            Self::MemberNumber => "the number of a learner who is a member of the awarding body already",
            Self::OwnNumber => "a number of the centre's own, such as 2019/0042",
            Self::Qualification => "a qualification code, such as 7D2V2",
            Self::Units => "unit codes parted by semicolons, such as 7015V1; 7016V1",
            Self::Role => "a role, such as Head of Learning",
            Self::Authority => "a sentence on authority and responsibility",
            Self::Identity => "how identity was confirmed, such as passport seen on 4 October 2019",
        }
    }

    /// The names, besides the template's, that the column is known by; compared without case, spaces or punctuation.
    fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::GivenName => &[
                "given names",
                "first name",
                "first names",
                "forename",
                "forenames",
                "firstname",
                "legal first name",
                "learner given name",
                "learner first name",
            ],
            Self::FamilyName => &[
                "last name",
                "surname",
                "lastname",
                "family",
                "legal last name",
                "learner family name",
                "learner surname",
            ],
            Self::DateOfBirth => &[
                "dob",
                "d.o.b.",
                "birth date",
                "birthdate",
                "born",
                "born on",
                "birthday",
            ],
            Self::Email => &[
                "email address",
                "e-mail address",
                "mail",
                "learner email",
                "learner e-mail",
                "contact email",
            ],
            Self::Uln => &["unique learner number", "learner unique number", "uln number"],
            Self::MemberNumber => &[
                "membership number",
                "membership no",
                "member no",
                "already a member",
            ],
            Self::OwnNumber => &[
                "own number",
                "centre number",
                "centre reference",
                "centre's number",
                "learner number",
                "learner reference",
                "learner ref",
                "candidate number",
                "registration number",
                "student number",
                "student id",
                "reference",
            ],
            Self::Qualification => &[
                "qualification",
                "qualification number",
                "course code",
                "programme code",
                "qual code",
                "course",
            ],
            Self::StartDate => &[
                "start",
                "start on",
                "programme start",
                "programme start date",
                "course start date",
                "starts",
                "starts on",
            ],
            Self::Units => &["unit codes", "unit", "unit list", "units chosen", "chosen units"],
            Self::Role => &[
                "job title",
                "job role",
                "position",
                "role in organisation",
                "learner role",
            ],
            Self::Authority => &[
                "authority",
                "responsibility",
                "authority and responsibilities",
                "responsibilities",
            ],
            Self::Identity => &[
                "identity",
                "identity check",
                "id check",
                "id checked",
                "identity confirmed",
            ],
            Self::TutorEmail => &["tutor", "tutor email address", "tutor's e-mail"],
            Self::AssessorEmail => &["assessor", "assessor email address", "assessor's e-mail"],
        }
    }

    /// The field that a header names, if any.
    #[must_use]
    pub fn from_header(header: &str) -> Option<Self> {
        let wanted = folded(header);
        if wanted.is_empty() {
            return None;
        }
        Self::ALL.into_iter().find(|field| {
            folded(field.header()) == wanted || field.aliases().iter().any(|alias| folded(alias) == wanted)
        })
    }
}

/// Letters and digits only, in lower case; a note in brackets ("Date of birth (dd/mm/yyyy)") and a mark for "required"
/// do not matter.
fn folded(header: &str) -> String {
    let before_note = header.split(['(', '[']).next().unwrap_or_default();
    before_note
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_known_whatever_their_case_and_punctuation() {
        for (header, field) in [
            ("E-MAIL", Field::Email),
            ("email", Field::Email),
            ("First Name*", Field::GivenName),
            ("Date of Birth (dd/mm/yyyy)", Field::DateOfBirth),
            ("D.O.B.", Field::DateOfBirth),
            ("Surname", Field::FamilyName),
            ("assessor email", Field::AssessorEmail),
        ] {
            assert_eq!(Field::from_header(header), Some(field), "{header}");
        }
        assert_eq!(Field::from_header("Favourite colour"), None);
        assert_eq!(Field::from_header(""), None);
    }

    #[test]
    fn no_name_stands_for_two_columns() {
        for field in Field::ALL {
            for alias in field.aliases() {
                assert_eq!(Field::from_header(alias), Some(field), "{alias}");
            }
        }
    }
}
