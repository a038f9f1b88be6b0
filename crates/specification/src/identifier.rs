//! The numbers of the trade.
//!
//! Each number is a type of its own. `FromStr` (and so a form field or an import) refuses a number whose check
//! character is wrong and names the right one. Qualification numbers and unit references can also be taken
//! [as written](QualificationNumber::as_written) with nothing but their form looked at: a specification holds them
//! so, because a document may misprint them and the check of the specification has to be able to say so.

mod criterion_number;
mod qualification_number;
mod refused;
mod uln;
mod unit_number;
mod unit_reference;

pub use criterion_number::CriterionNumber;
pub use qualification_number::QualificationNumber;
pub use refused::IdentifierRefused;
pub use uln::Uln;
pub use unit_number::UnitNumber;
pub use unit_reference::{ReferenceStanding, UnitReference};

/// Seven digits weighted 8 to 2, modulo 11: the sum behind qualification numbers and unit references.
fn weighted_sum(digits: [u8; 7]) -> u32 {
    digits
        .iter()
        .zip((2..=8u32).rev())
        .map(|(digit, weight)| u32::from(*digit) * weight)
        .sum()
}

/// Writes serde both ways for a newtype that is one text on the wire.
macro_rules! text_on_the_wire {
    ($name:ident, $read:path) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                $read(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}
use text_on_the_wire;
