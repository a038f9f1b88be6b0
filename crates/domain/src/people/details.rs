//! What is private about a person: name, date of birth, e-mail.

use crate::moment::long_date;
use crate::registration::learner::unprintable;
use crate::{Code, Refusal, Refusals};
use jiff::civil::Date;

/// The longest name or address in characters.
pub const LONGEST_LINE: usize = 200;

/// Name, date of birth and e-mail; its JSON is what `PersonAdded` and `PersonDetailsChanged` seal.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Details {
    pub given: String,
    pub family: String,
    pub born_on: Option<Date>,
    pub email: Option<String>,
}

impl Details {
    /// The same without needless spaces, the e-mail address in small letters.
    pub fn tidied(&self) -> Details {
        let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        Details {
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

    /// The bytes that are sealed.
    pub(crate) fn sealed_text(&self) -> String {
        // A struct of texts and a date always has JSON.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Tells what is missing or cannot be used.
    ///
    /// Refusals: `FIELD_MISSING` on `given`, `family` or `email`; `DATE_FUTURE` on `born_on`.
    pub(crate) fn check(&self, today: Date, refusals: &mut Refusals) {
        for (text, field, what) in [
            (&self.given, "given", "given name"),
            (&self.family, "family", "family name"),
        ] {
            if text.is_empty() || text.chars().count() > LONGEST_LINE || text.chars().any(unprintable) {
                let because = format!(
                    "The {what} is missing, longer than {LONGEST_LINE} characters, or holds characters that cannot be printed."
                );
                refusals.push(field_missing(
                    because,
                    "Enter the name as the person uses it on papers.",
                    field,
                ));
            }
        }
        if self
            .email
            .as_deref()
            .is_some_and(|email| !looks_like_an_address(email))
        {
            refusals.push(field_missing(
                "The e-mail address cannot be used.".to_owned(),
                "Enter an address like name@example.org.",
                "email",
            ));
        }
        if let Some(born) = self.born_on.filter(|born| *born > today) {
            refusals.push(
                Refusal::new(
                    Code::DateFuture,
                    format!("The date of birth, {}, lies in the future.", long_date(born)),
                )
                .remedy("Correct the date of birth.")
                .who("Whoever enters it")
                .source("practice, section 6")
                .field("born_on"),
            );
        }
    }
}

fn field_missing(because: String, remedy: &str, field: &str) -> Refusal {
    Refusal::new(Code::FieldMissing, because)
        .remedy(remedy)
        .who("Whoever enters it")
        .source("practice, section 6")
        .field(field)
}

/// One `@` with something before it and a domain behind; whether mail arrives, only mail can tell.
fn looks_like_an_address(email: &str) -> bool {
    let whole =
        email.chars().count() <= LONGEST_LINE && !email.chars().any(|c| c.is_whitespace() || c.is_control());
    let parted = email.split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty()
            && !domain.contains('@')
            && !domain.starts_with('.')
            && domain.trim_end_matches('.').contains('.')
    });
    whole && parted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_without_name_or_domain_are_not_taken() {
        for email in ["amira@example.org", "a.b+c@x.co.uk"] {
            assert!(looks_like_an_address(email), "{email}");
        }
        for email in [
            "amira",
            "@example.org",
            "amira@",
            "amira@example",
            "a@b@c.org",
            "a b@c.org",
            "a@.org",
        ] {
            assert!(!looks_like_an_address(email), "{email}");
        }
    }
}
