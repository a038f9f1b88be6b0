//! A learner's own data: what a register needs to tell one person from another.

use crate::moment::long_date;
use crate::{Code, Refusal, Refusals};
use assay_specification::sentence::capital;
use jiff::civil::Date;

/// Longest name, e-mail address or short answer that is taken, in characters.
pub const LONGEST_LINE: usize = 200;
/// Longest free text that is taken, in characters.
pub const LONGEST_TEXT: usize = 5_000;
/// Nobody older than this is registered; more is a slip of the keyboard.
const OLDEST: u32 = 110;

/// Name, date of birth and e-mail as given; the JSON of this is what a person's details seal.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct LearnerData {
    pub given: String,
    pub family: String,
    pub born_on: Option<Date>,
    pub email: Option<String>,
}

impl LearnerData {
    /// The same with spaces at the ends and runs of spaces taken out, and the e-mail address in small letters.
    pub fn tidied(&self) -> LearnerData {
        let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        LearnerData {
            given: tidy(&self.given),
            family: tidy(&self.family),
            born_on: self.born_on,
            email: self
                .email
                .as_deref()
                .map(|text| tidy(text).to_lowercase())
                .filter(|text| !text.is_empty()),
        }
    }

    /// Given and family name.
    pub fn name(&self) -> String {
        format!("{} {}", self.given, self.family).trim().to_owned()
    }
}

/// Adds what is missing or cannot be used to `refusals`.
///
/// Source: practice, section 6 (unique and unambiguous learner identity: legal name and date of birth).
pub(super) fn check(data: &LearnerData, today: Date, refusals: &mut Refusals) {
    line(&data.given, "given", "the given name", refusals);
    line(&data.family, "family", "the family name", refusals);
    match data.born_on {
        None => refusals.push(
            Refusal::new(Code::FieldMissing, "The date of birth is missing.")
                .remedy("Enter it as it stands on the learner's identity document.")
                .who("The centre coordinator")
                .source("practice, section 6; RI-01")
                .field("born_on"),
        ),
        Some(born) if born > today => refusals.push(
            Refusal::new(
                Code::DateFuture,
                format!("The date of birth, {}, lies in the future.", long_date(born)),
            )
            .remedy("Correct the date of birth.")
            .who("The centre coordinator")
            .source("RI-01")
            .field("born_on"),
        ),
        Some(born) if super::age::on(born, today).is_some_and(|age| age > OLDEST) => refusals.push(
            Refusal::new(
                Code::DateOrder,
                format!(
                    "The date of birth, {}, would make the learner older than {OLDEST}.",
                    long_date(born)
                ),
            )
            .remedy("Check the year of birth.")
            .who("The centre coordinator")
            .source("RI-01")
            .field("born_on"),
        ),
        Some(_) => {}
    }
    if let Some(email) = &data.email
        && !looks_like_an_address(email)
    {
        refusals.push(
            Refusal::new(
                Code::FieldMissing,
                "The e-mail address cannot be used: it needs one @ between a name and a domain.",
            )
            .remedy("Correct the address, or leave it empty and invite the learner later.")
            .who("The centre coordinator")
            .source("practice, section 6")
            .field("email"),
        );
    }
}

fn line(text: &str, field: &str, what: &str, refusals: &mut Refusals) {
    let problem = if text.is_empty() {
        Some(format!("{} is missing.", capital(what)))
    } else if text.chars().count() > LONGEST_LINE {
        Some(format!(
            "{} is longer than {LONGEST_LINE} characters.",
            capital(what)
        ))
    } else if text.chars().any(unprintable) || !text.chars().any(char::is_alphabetic) {
        Some(format!(
            "{} holds no letters, or characters that cannot be printed.",
            capital(what)
        ))
    } else {
        None
    };
    if let Some(because) = problem {
        refusals.push(
            Refusal::new(Code::FieldMissing, because)
                .remedy("Enter the name as it shall stand on the certificate.")
                .who("The centre coordinator")
                .source("practice, section 6")
                .field(field),
        );
    }
}

/// Control characters, and the invisible signs that turn the direction of writing: with them a name on a page or a
/// certificate reads otherwise than it is stored. Joiners, which some scripts need, pass.
pub(crate) fn unprintable(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || matches!(letter, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{FFFD}')
}

/// Only what would certainly not arrive is refused; whether an address exists, only a message can tell.
fn looks_like_an_address(text: &str) -> bool {
    let mut parts = text.split('@');
    let (Some(name), Some(domain), None) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    !name.is_empty()
        && domain.len() >= 3
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && text.len() <= 254
        && !text
            .chars()
            .any(|letter| letter.is_whitespace() || letter.is_control() || "<>,;\"()[]\\".contains(letter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn amira() -> LearnerData {
        LearnerData {
            given: " Amira ".into(),
            family: "Khan  Lee".into(),
            born_on: Some(date(1985, 3, 2)),
            email: Some("Amira@Example.ORG".into()),
        }
    }

    fn codes(data: &LearnerData) -> Vec<Code> {
        let mut refusals = Refusals::new();
        check(&data.tidied(), date(2019, 10, 14), &mut refusals);
        refusals.codes()
    }

    #[test]
    fn names_are_tidied_and_the_address_is_in_small_letters() {
        let tidied = amira().tidied();
        assert_eq!(
            (tidied.given.as_str(), tidied.family.as_str()),
            ("Amira", "Khan Lee")
        );
        assert_eq!(tidied.email.as_deref(), Some("amira@example.org"));
        assert!(codes(&amira()).is_empty());
    }

    #[test]
    fn a_date_of_birth_in_the_future_or_of_another_century_is_refused() {
        assert_eq!(
            codes(&LearnerData {
                born_on: Some(date(2030, 1, 1)),
                ..amira()
            }),
            [Code::DateFuture]
        );
        assert_eq!(
            codes(&LearnerData {
                born_on: Some(date(1885, 1, 1)),
                ..amira()
            }),
            [Code::DateOrder]
        );
        assert_eq!(
            codes(&LearnerData {
                born_on: None,
                ..amira()
            }),
            [Code::FieldMissing]
        );
    }

    #[test]
    fn names_from_every_script_pass_and_digits_or_signs_that_turn_the_writing_do_not() {
        for name in ["Ngũgĩ", "محمد", "山田", "O’Neill", "de la Cruz", "Łukasz"] {
            assert!(
                codes(&LearnerData {
                    given: name.into(),
                    ..amira()
                })
                .is_empty(),
                "{name}"
            );
        }
        for name in ["Amira\u{202E}nhaK", "Ami\u{200B}ra"] {
            assert_eq!(
                codes(&LearnerData {
                    given: name.into(),
                    ..amira()
                }),
                [Code::FieldMissing],
                "{name:?}"
            );
        }
        assert_eq!(
            codes(&LearnerData {
                given: "12".into(),
                ..amira()
            }),
            [Code::FieldMissing]
        );
    }

    #[test]
    fn an_address_that_cannot_arrive_is_refused() {
        for address in [
            "amira",
            "amira@",
            "@example.org",
            "a@b@c.org",
            "a b@example.org",
            "a@example",
            "a@.org.",
        ] {
            assert_eq!(
                codes(&LearnerData {
                    email: Some(address.into()),
                    ..amira()
                }),
                [Code::FieldMissing],
                "{address}"
            );
        }
    }
}
