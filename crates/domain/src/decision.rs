//! What a rule answers when it says yes: facts to append, and the private content they seal.

use crate::Fresh;
use crate::fact::Fact;
use crate::id::PersonId;
use crate::sealed::{self, Sealed, SealedContent};

/// New facts in the order in which they happened, with the private content that they refer to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Decision {
    pub facts: Vec<Fact>,
    pub contents: Vec<SealedContent>,
}

impl Decision {
    pub fn new() -> Self {
        Decision::default()
    }

    /// A decision of one fact that seals nothing.
    pub fn of(fact: Fact) -> Self {
        Decision {
            facts: vec![fact],
            contents: Vec::new(),
        }
    }

    /// Seals content about `subject` and answers the reference to put into a fact.
    pub fn seal(
        &mut self,
        subject: &PersonId,
        kind: &'static str,
        content: impl Into<String>,
        fresh: &mut dyn Fresh,
    ) -> Sealed {
        let (reference, content) = sealed::seal(subject, kind, content, fresh);
        self.contents.push(content);
        reference
    }

    /// As [`Decision::seal`] for content that may be missing; blank text counts as missing.
    pub fn seal_optional(
        &mut self,
        subject: &PersonId,
        kind: &'static str,
        content: Option<&str>,
        fresh: &mut dyn Fresh,
    ) -> Option<Sealed> {
        content
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(|text| self.seal(subject, kind, text, fresh))
    }

    /// Adds a fact.
    pub fn fact(&mut self, fact: Fact) {
        self.facts.push(fact);
    }

    /// Adds what another rule decided in the same act.
    pub fn and(&mut self, other: Decision) {
        self.facts.extend(other.facts);
        self.contents.extend(other.contents);
    }
}
