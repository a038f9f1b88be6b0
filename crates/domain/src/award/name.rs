//! Comparing the family name that a stranger types with the one on a certificate: slips of the keyboard must not matter,
//! another name must.

/// A name as it is compared: small letters, without accents, hyphens, apostrophes and spaces. Letters of scripts that
/// have no such marks stay as they are.
pub fn folded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for letter in name.chars().flat_map(char::to_lowercase) {
        match plain(letter) {
            Some(letters) => out.push_str(letters),
            None if letter.is_alphanumeric() => out.push(letter),
            // Marks that combine with the letter before, hyphens, apostrophes, spaces, full stops.
            None => {}
        }
    }
    out
}

/// Whether `typed` is the family name of `name`, a full name with the family name last. A family name of several words
/// may be typed whole or from any of its words on, because people do not agree where it begins.
///
/// Compares every beginning and never stops early, so that the time says little about the name.
pub fn is_family_name(typed: &str, name: &str) -> bool {
    let typed = folded(typed);
    let mut fits = false;
    let words: Vec<&str> = name.split([' ', '-', '\u{2010}', '\u{2011}']).collect();
    for from in 0..words.len() {
        let rest = words.get(from..).unwrap_or_default().concat();
        fits |= same(&typed, &folded(&rest));
    }
    fits & !typed.is_empty()
}

fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |seen, (a, b)| seen | (a ^ b)) == 0
}

/// Latin letters with marks, as the letters that a keyboard without them has.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ả' | 'ạ' | 'ấ' | 'ầ' | 'ậ' | 'ẩ'
        | 'ẫ' | 'ắ' | 'ằ' | 'ẳ' | 'ẵ' | 'ặ' => "a",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ' | 'ẻ' | 'ẽ' | 'ế' | 'ề' | 'ể' | 'ễ'
        | 'ệ' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ỉ' | 'ị' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ọ' | 'ỏ' | 'ố' | 'ồ' | 'ổ' | 'ỗ'
        | 'ộ' | 'ớ' | 'ờ' | 'ở' | 'ỡ' | 'ợ' => "o",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ţ' | 'ť' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ' | 'ủ' | 'ứ' | 'ừ' | 'ử'
        | 'ữ' | 'ự' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' | 'ỳ' | 'ỵ' | 'ỷ' | 'ỹ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'þ' => "th",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_hyphens_and_spaces_do_not_matter() {
        for typed in [
            "García-López",
            "garcia lopez",
            "GARCIALOPEZ",
            " Garci\u{301}a  Lo\u{301}pez ",
        ] {
            assert!(is_family_name(typed, "Ana María García López"), "{typed}");
        }
        assert!(is_family_name("O'Neill", "Síle O’Neill"));
        assert!(is_family_name("oneill", "Síle O’Neill"));
        assert!(is_family_name("Strasse", "Uwe Straße"));
    }

    #[test]
    fn a_part_of_a_family_name_is_enough_from_a_word_on() {
        assert!(is_family_name("Fitzgerald", "Amara Nwosu-Fitzgerald"));
        assert!(is_family_name("Nwosu-Fitzgerald", "Amara Nwosu-Fitzgerald"));
        assert!(!is_family_name("gerald", "Amara Nwosu-Fitzgerald"));
        assert!(!is_family_name("Nwosu", "Amara Nwosu-Fitzgerald"));
    }

    #[test]
    fn another_name_or_none_does_not_fit() {
        for typed in ["", " ", "-", "Larson", "Ben"] {
            assert!(!is_family_name(typed, "Ben Larsson"), "{typed}");
        }
        assert!(!is_family_name("", ""));
    }

    #[test]
    fn a_name_in_another_script_is_compared_as_it_is() {
        assert!(is_family_name("الفاروقي", "محمد الفاروقي"));
        assert!(is_family_name("王", "小明 王"));
    }
}
