//! How the papers of an awarding body look: its name as printed, its colour, its logo, and who signs. Kept as dated versions.

use crate::actor::{Actor, Role};
use crate::fact::Fact;
use crate::id::ThemeId;
use crate::moment::long_date;
use crate::refusal::{Code, Refusal, Refusals};
use crate::registration::learner::unprintable;
use crate::{Decision, Fresh, Moment};
use jiff::civil::Date;

/// The longest line of a theme, in characters.
pub const LONGEST_LINE: usize = 200;
/// The least contrast with white paper (WCAG 2.2, 1.4.3).
pub const LEAST_CONTRAST: f64 = 4.5;

/// A picture of a theme.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct ThemePicture {
    /// SHA-256 of the file, lower-case hex: its address.
    pub sha256: String,
    /// `image/png` or `image/jpeg`.
    pub media: String,
    /// What it shows, for readers who do not see it.
    pub described: String,
}

/// Who signs. Its JSON is what `AwardingBodyThemed` seals.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct Signatory {
    pub name: String,
    /// For example "Chief Executive".
    pub role: String,
    /// The signature itself; none leaves an empty line above the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<ThemePicture>,
}

/// Set how the papers of an awarding body look from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetTheme {
    /// As specifications name it.
    pub awarding_body: String,
    /// As its papers are to name it.
    pub printed_as: String,
    /// `#rrggbb`.
    pub accent: String,
    pub logo: Option<ThemePicture>,
    /// None when nobody is named: an empty line for the signature.
    pub signatory: Option<Signatory>,
    pub from: Date,
}

/// Decides on a theme. What was issued before it stays as it was issued.
///
/// # Errors (all that apply, at once)
/// - `ROLE_MISSING`: not a quality manager of the awarding body
/// - `FIELD_MISSING`: `known` is false (no specification and no installation has this awarding body); the name as printed
///   is blank, too long or cannot be printed; a logo is not described; a signatory lacks name or role
/// - `THEME_COLOUR`: not `#rrggbb`, or less contrast with white than 4.5 to 1
/// - `DATE_ORDER`: from a day that has passed, because papers were issued on it
///
/// Source: practice, section 20.1 (OH-CR: the awarding body's full name as recognised).
pub fn decide(
    act: &SetTheme,
    known: bool,
    actor: &Actor,
    moment: Moment,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    actor.require(Role::QualityManager, "set how certificates look")?;
    let mut refusals = Refusals::new();
    if !known {
        refusals.push(missing(
            "awarding_body",
            "No specification here is of this awarding body.",
            "Choose one that is listed.",
        ));
    }
    line(
        &act.printed_as,
        "printed_as",
        "name of the awarding body",
        &mut refusals,
    );
    if let Err(refusal) = readable(&act.accent) {
        refusals.push(refusal);
    }
    if let Some(logo) = &act.logo {
        line(
            &logo.described,
            "logo_described",
            "description of the logo",
            &mut refusals,
        );
    }
    if let Some(signatory) = &act.signatory {
        line(
            &signatory.name,
            "signatory_name",
            "name of who signs",
            &mut refusals,
        );
        line(
            &signatory.role,
            "signatory_role",
            "role of who signs",
            &mut refusals,
        );
    }
    if act.from < moment.today {
        refusals.push(
            Refusal::new(
                Code::DateOrder,
                format!(
                    "It would look back to {}, and papers were issued since.",
                    long_date(act.from)
                ),
            )
            .remedy("Choose today or a later day.")
            .who("The quality manager")
            .source("practice, section 20.1")
            .field("from"),
        );
    }
    refusals.ok()?;
    let mut decision = Decision::new();
    let signatory = act.signatory.as_ref().map(|signatory| {
        let text = serde_json::to_string(signatory).unwrap_or_default();
        decision.seal(&actor.person, "theme.signatory", text, fresh)
    });
    decision.fact(Fact::AwardingBodyThemed {
        theme: ThemeId::fresh(fresh),
        awarding_body: act.awarding_body.clone(),
        printed_as: tidy(&act.printed_as),
        accent: act.accent.to_lowercase(),
        logo: act.logo.clone(),
        signatory,
        from: act.from,
    });
    Ok(decision)
}

/// The text without needless spaces.
pub fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn line(text: &str, field: &'static str, what: &str, refusals: &mut Refusals) {
    if text.trim().is_empty() {
        refusals.push(missing(
            field,
            &format!("The {what} is missing."),
            "Enter it as it should stand.",
        ));
    } else if text.chars().count() > LONGEST_LINE || text.chars().any(unprintable) {
        refusals.push(missing(
            field,
            &format!("The {what} is longer than {LONGEST_LINE} characters, or holds characters that cannot be printed."),
            "Enter it as it should stand.",
        ));
    }
}

fn missing(field: &'static str, because: &str, remedy: &str) -> Refusal {
    Refusal::new(Code::FieldMissing, because)
        .remedy(remedy)
        .who("The quality manager")
        .source("practice, section 20.1")
        .field(field)
}

/// Whether a colour can be read on white paper.
///
/// # Errors
/// `THEME_COLOUR`, with the contrast that it has.
pub fn readable(accent: &str) -> Result<(), Refusal> {
    let refused = |because: String, remedy: &str| {
        Refusal::new(Code::ThemeColour, because)
            .remedy(remedy)
            .who("The quality manager")
            .source("WCAG 2.2, 1.4.3")
            .field("accent")
    };
    match contrast_with_white(accent) {
        None => Err(refused(
            "This is not a colour.".to_owned(),
            "Write # and six digits or letters from a to f, for example #1d3a5f.",
        )),
        Some(contrast) if contrast < LEAST_CONTRAST => Err(refused(
            format!(
                "The colour is too pale to be read on white paper: its contrast is {contrast:.1} to 1, and {LEAST_CONTRAST} \
                 to 1 is needed."
            ),
            "Choose a darker colour.",
        )),
        Some(_) => Ok(()),
    }
}

/// Contrast of `#rrggbb` with white, from 1 to 21 (WCAG 2.2, contrast ratio); none when it is not a colour.
pub fn contrast_with_white(accent: &str) -> Option<f64> {
    let digits = accent.strip_prefix('#')?;
    if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let value = u32::from_str_radix(digits, 16).ok()?;
    let part = |shift: u32| {
        let part = f64::from((value >> shift) & 0xff) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    };
    let luminance = 0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0);
    Some(1.05 / (luminance + 0.05))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        assert_eq!(contrast_with_white("#000000").map(|c| c.round()), Some(21.0));
        assert_eq!(contrast_with_white("#ffffff").map(|c| c.round()), Some(1.0));
        // The grey that just passes, and the next paler one.
        assert!(readable("#767676").is_ok());
        assert!(readable("#777777").is_err());
    }

    #[test]
    fn what_is_not_a_colour_is_refused() {
        for wrong in [
            "",
            "blue",
            "#123",
            "#12345g",
            "1d3a5f",
            "#1d3a5f\"/>",
            "#１２３４５６",
        ] {
            assert!(readable(wrong).is_err(), "{wrong}");
        }
    }
}
