//! Why an identifier is refused.

use std::fmt;

/// An identifier that is not one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdentifierRefused {
    /// The text has not the form of such an identifier.
    Form {
        /// What was wanted, as a noun phrase with an example.
        expected: &'static str,
        /// What was given.
        found: String,
    },
    /// The form is right, the check character is not: most often a slip of the keyboard.
    CheckCharacter {
        /// What kind of identifier, as a noun phrase.
        kind: &'static str,
        /// What was given.
        found: String,
        /// The character that stands there.
        character: char,
        /// The character that the other digits ask for; none when no character would do.
        right: Option<char>,
    },
}

impl fmt::Display for IdentifierRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form { expected, found } => write!(f, "\"{found}\" is not {expected}"),
            Self::CheckCharacter {
                kind,
                found,
                character,
                right: Some(right),
            } => write!(
                f,
                "{found} is not {kind}: its check character is {character}, but its digits ask for {right}. \
                 Look for a mistyped or exchanged digit"
            ),
            Self::CheckCharacter {
                kind,
                found,
                right: None,
                ..
            } => {
                write!(
                    f,
                    "{found} is not {kind}: no check character exists for its digits. Look for a mistyped digit"
                )
            }
        }
    }
}

impl std::error::Error for IdentifierRefused {}
