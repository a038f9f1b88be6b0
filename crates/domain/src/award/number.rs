//! Numbers with a check character, for certificates and registrations: typed from paper, so a slip must show.

/// The alphabet: no letter or figure that looks like another (no I, L, O, U).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The check character of a number: the sum of its characters' places in the alphabet, each weighted by its position from
/// the right (2, 3, ...), modulo 31. Any single wrong character and any two neighbours exchanged are found, because 31
/// is prime and greater than every weight in use. Characters outside the alphabet (hyphens) are passed over.
pub fn check_character(number: &str) -> char {
    let values: Vec<u32> = number
        .bytes()
        .filter_map(|byte| {
            ALPHABET
                .iter()
                .position(|letter| *letter == byte.to_ascii_uppercase())
        })
        .filter_map(|value| u32::try_from(value).ok())
        .collect();
    let sum: u32 = values
        .iter()
        .rev()
        .zip((2_u32..=30).cycle())
        .map(|(value, weight)| (value * weight) % 31)
        .sum();
    char::from(ALPHABET[(sum % 31) as usize])
}

/// A certificate's number: the year, eight characters from a fresh tail, and the check character, in groups for reading
/// aloud, e.g. `2019-7KX4-29QM-D`.
pub fn certificate_number(year: i16, tail: &str) -> String {
    let mut letters = tail
        .bytes()
        .map(|byte| byte.to_ascii_uppercase())
        .filter(|byte| ALPHABET.contains(byte))
        .map(char::from);
    let first: String = letters.by_ref().take(4).collect();
    let second: String = letters.take(4).collect();
    let body = format!("{year:04}-{first:0>4}-{second:0>4}");
    let check = check_character(&body);
    format!("{body}-{check}")
}

/// Reads a typed number: case, spaces and hyphens do not matter, O is read as 0, I and L as 1. None when the check
/// character does not fit.
pub fn read_certificate_number(typed: &str) -> Option<String> {
    let letters: Vec<char> = typed
        .chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '\u{2010}'..='\u{2015}'))
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    if letters.len() != 13
        || !letters
            .iter()
            .all(|letter| u8::try_from(*letter).is_ok_and(|byte| ALPHABET.contains(&byte)))
    {
        return None;
    }
    let part = |from: usize, until: usize| {
        letters
            .get(from..until)
            .map(|part| part.iter().collect::<String>())
    };
    let body = format!("{}-{}-{}", part(0, 4)?, part(4, 8)?, part(8, 12)?);
    let check = *letters.last()?;
    (check_character(&body) == check).then(|| format!("{body}-{check}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_back_however_it_is_typed() {
        let number = certificate_number(2019, "7kx429qmabcdef");
        assert_eq!(read_certificate_number(&number).as_deref(), Some(number.as_str()));
        assert_eq!(
            read_certificate_number(&number.to_lowercase().replace('-', " ")).as_deref(),
            Some(number.as_str())
        );
    }

    #[test]
    fn every_single_wrong_character_is_found() {
        let number = certificate_number(2019, "7kx429qmabcdef");
        for (at, old) in number.char_indices().filter(|(_, letter)| *letter != '-') {
            for new in ALPHABET
                .iter()
                .map(|byte| char::from(*byte))
                .filter(|new| *new != old)
            {
                // 0 and Z stand for the same remainder of 31; the pair is the one slip that cannot show.
                if matches!((old, new), ('0', 'Z') | ('Z', '0')) {
                    continue;
                }
                let mut wrong = number.clone();
                wrong.replace_range(at..=at, &new.to_string());
                assert_eq!(read_certificate_number(&wrong), None, "{wrong}");
            }
        }
    }

    #[test]
    fn neighbours_exchanged_are_found() {
        let number = certificate_number(2019, "7kx429qmabcdef");
        let letters: Vec<char> = number.chars().collect();
        for at in 1..letters.len() {
            let (a, b) = (letters[at - 1], letters[at]);
            if a == '-' || b == '-' || a == b {
                continue;
            }
            let mut wrong = letters.clone();
            wrong.swap(at - 1, at);
            assert_eq!(read_certificate_number(&wrong.iter().collect::<String>()), None);
        }
    }
}
