//! Registration numbers: the centre's number, a running number of six digits and a check character.
//!
//! The check character is that of ISO/IEC 7064, MOD 37,36, over the letters and digits: it catches every single slip and
//! nearly every exchange of neighbours. A centre may instead give a number of its own, e.g. the awarding body's.

use crate::{Code, Refusal};

/// The characters that are counted, in the order of their values.
const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// Longest number that is taken, in characters.
const LONGEST: usize = 40;
/// The last running number that six digits hold.
pub const LAST_RUNNING: u32 = 999_999;

/// The number that a centre's registration takes: `10482-000123-K`.
pub fn compose(centre_number: &str, running: u32) -> String {
    let stem = format!("{centre_number}-{running:06}");
    let check = check_character(&stem);
    format!("{stem}-{check}")
}

/// What every number of the centre begins with that [`compose`] made.
pub fn prefix(centre_number: &str) -> String {
    format!("{centre_number}-")
}

/// The running number inside a number that [`compose`] made for this centre; none for any other number.
pub fn running(centre_number: &str, number: &str) -> Option<u32> {
    let rest = number.strip_prefix(&prefix(centre_number))?;
    let (digits, check) = rest.split_once('-')?;
    let right = digits.len() == 6
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && check == check_character(&format!("{centre_number}-{digits}")).to_string();
    if right { digits.parse().ok() } else { None }
}

/// A number given by hand, tidied: capitals, no spaces.
///
/// Errors: `FIELD_MISSING` when it holds anything but letters, digits, `-`, `_`, `.` and `/`, is longer than forty
/// characters, or has the form of the centre's own numbers with a wrong check character.
pub fn given(centre_number: &str, text: &str) -> Result<String, Refusal> {
    let number: String = text.split_whitespace().collect::<String>().to_uppercase();
    let refuse = |because: String, remedy: &str| {
        Refusal::new(Code::FieldMissing, because)
            .remedy(remedy)
            .who("The centre coordinator")
            .source("practice, section 6")
            .field("number")
    };
    if number.is_empty()
        || number.chars().count() > LONGEST
        || !number
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "-_./".contains(letter))
    {
        return Err(refuse(
            format!(
                "The registration number may hold letters, digits and - _ . / only, {LONGEST} characters at most."
            ),
            "Correct the number, or leave it empty and one is made.",
        ));
    }
    if number.starts_with(&prefix(&centre_number.to_uppercase())) && running(centre_number, &number).is_none()
    {
        return Err(refuse(
            format!(
                "The registration number {number} begins like the centre's own but its check character is wrong."
            ),
            "Look for a mistyped or exchanged character, or leave the number empty and one is made.",
        ));
    }
    Ok(number)
}

/// ISO/IEC 7064 MOD 37,36 over the letters and digits; other characters are passed over.
fn check_character(text: &str) -> char {
    let product = text
        .bytes()
        .filter_map(|byte| {
            ALPHABET
                .iter()
                .position(|letter| *letter == byte.to_ascii_uppercase())
        })
        .fold(36usize, |product, value| {
            let sum = (product + value) % 36;
            let sum = if sum == 0 { 36 } else { sum };
            (sum * 2) % 37
        });
    let value = (37 - product) % 36;
    ALPHABET.get(value).copied().map_or('0', char::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_character_is_that_of_the_standard() {
        // The standard's own example for MOD 37,36 is A12425GABC1234002 with check character M.
        assert_eq!(check_character("A12425GABC1234002"), 'M');
    }

    #[test]
    fn a_number_made_for_a_centre_gives_its_running_number_back() {
        let number = compose("10482", 123);
        assert!(number.starts_with("10482-000123-"), "{number}");
        assert_eq!(running("10482", &number), Some(123));
        assert_eq!(running("10483", &number), None);
    }

    #[test]
    fn every_single_slip_and_every_exchange_of_neighbours_is_caught() {
        let number = compose("10482", 40_517);
        let letters: Vec<char> = number.chars().collect();
        for at in 0..letters.len() {
            for other in "0123456789".chars().filter(|other| *other != letters[at]) {
                if letters[at].is_ascii_digit() {
                    let mut slip = letters.clone();
                    slip[at] = other;
                    assert_eq!(running("10482", &slip.iter().collect::<String>()), None);
                }
            }
            if at + 1 < letters.len() && letters[at] != letters[at + 1] {
                let mut exchanged = letters.clone();
                exchanged.swap(at, at + 1);
                assert_eq!(running("10482", &exchanged.iter().collect::<String>()), None);
            }
        }
    }

    #[test]
    fn a_number_of_the_awarding_body_is_taken_as_given() {
        assert_eq!(given("10482", " p 1234567 ").unwrap(), "P1234567");
        assert!(given("10482", "A<B").is_err());
        assert!(given("10482", "10482-000123-0").is_err() || given("10482", "10482-000123-1").is_err());
    }
}
