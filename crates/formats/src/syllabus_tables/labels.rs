//! The words that specifications put before a unit's figures, and the figures behind them.

/// A fact of a unit that tables give beside its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum UnitFact {
    Number,
    Title,
    Level,
    Reference,
    Credits,
    Tut,
    Glh,
    Aims,
}

impl UnitFact {
    /// The fact that a label names, whatever its case, punctuation and remarks in brackets.
    pub(crate) fn of_label(label: &str) -> Option<UnitFact> {
        Some(match folded(label).as_str() {
            "unitnumber" | "unitno" | "unitcode" | "unitid" | "number" | "code" | "cmiunitnumber" => {
                UnitFact::Number
            }
            "unittitle" | "title" | "unitname" | "name" => UnitFact::Title,
            "unitlevel" | "level" | "rqflevel" | "qcflevel" | "leveloftheunit" | "levelofunit" => {
                UnitFact::Level
            }
            "ofqualreference"
            | "ofqualunitreference"
            | "ofqualunitreferencenumber"
            | "ofqualreferencenumber"
            | "reference"
            | "referencenumber"
            | "unitreference"
            | "unitreferencenumber"
            | "unitreferenceno"
            | "unitaccreditationnumber"
            | "uan"
            | "urn" => UnitFact::Reference,
            "creditvalue" | "credits" | "credit" | "unitcredit" | "unitcredits" | "unitcreditvalue" => {
                UnitFact::Credits
            }
            "totalunittime" | "tut" | "totalunittimetut" | "totallearningtime" => UnitFact::Tut,
            "guidedlearninghours" | "glh" | "guidedlearning" | "guidedlearninghoursglh" => UnitFact::Glh,
            "unitaim" | "unitaims" | "aim" | "aims" | "unitaimandpurpose" | "aimoftheunit"
            | "aimsoftheunit" => UnitFact::Aims,
            _ => return None,
        })
    }
}

/// Letters and digits in lower case; a remark in brackets does not matter.
pub(crate) fn folded(label: &str) -> String {
    let before = label.split(['(', '[']).next().unwrap_or_default();
    before
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// "7", "70 hours", "6 credits", "Level 7" as a number; nothing where there are several numbers or a fraction.
pub(crate) fn figure(text: &str) -> Option<u32> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let numbers: Vec<u32> = words
        .iter()
        .filter(|word| word.contains(|c: char| c.is_ascii_digit()))
        .map(|word| {
            word.trim_matches(|c: char| matches!(c, ':' | '.' | '(' | ')'))
                .replace(',', "")
                .parse()
                .ok()
        })
        .collect::<Option<_>>()?;
    match (numbers.as_slice(), words.len()) {
        ([one], 1..=3) => Some(*one),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_known_whatever_their_dress() {
        for (label, fact) in [
            ("Guided Learning Hours (GLH):", UnitFact::Glh),
            ("TOTAL UNIT TIME", UnitFact::Tut),
            ("Ofqual reference", UnitFact::Reference),
            ("Credit value", UnitFact::Credits),
            ("Unit Aim(s)", UnitFact::Aims),
        ] {
            assert_eq!(UnitFact::of_label(label), Some(fact), "{label}");
        }
        assert_eq!(UnitFact::of_label("Levels of hierarchy"), None);
    }

    #[test]
    fn a_figure_is_one_whole_number_with_at_most_its_unit() {
        assert_eq!(figure("70 hours"), Some(70));
        assert_eq!(figure("Level 7"), Some(7));
        assert_eq!(figure("1,200"), Some(1200));
        for text in ["", "seven", "7 or 8", "2.5", "Level 7 of the framework in 2018"] {
            assert_eq!(figure(text), None, "{text}");
        }
    }
}
