//! 1EdTech Competencies and Academic Standards Exchange (CASE) 1.0 and 1.1, as a package in JSON (practice section 23.6).
//!
//! A [`Package`] keeps everything that a file holds, so that reading and writing again loses nothing, known or not.
//! [`export`] makes a package of a specification and [`Package::specification`] makes the same specification of it again;
//! [`read_case`] makes a draft of any package, ours or another's, and complains with JSON pointers.
//!
//! CASE knows no credits, hours, levels of qualifications or rules. Version 1.1 lets a package carry them as extensions,
//! where they stand under the key `assay`; in 1.0 the figures of a unit stand in its notes as "Credit value: 7", which is
//! read back, and rules are left out.

mod codes;
mod draft;
mod export;
mod identifier;
mod onto;
mod package;
mod place;
mod shape;
mod specification;
mod tree;

pub use codes::CASE_CODES;
pub use draft::read_case;
pub use export::export;
pub use onto::export_onto;
pub use package::{Package, looks_like_case};

/// The key under which a package carries what CASE has no field for.
const EXTENSION: &str = "assay";

/// A version of CASE to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseVersion {
    /// 1.0, of 2017: without extensions.
    V1_0,
    /// 1.1, of 2025: with extensions, so that nothing is lost.
    V1_1,
}

/// What an item of a package stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum ItemKind {
    Qualification,
    Unit,
    Outcome,
    Criterion,
}

impl ItemKind {
    const ALL: [ItemKind; 4] = [
        ItemKind::Qualification,
        ItemKind::Unit,
        ItemKind::Outcome,
        ItemKind::Criterion,
    ];

    /// The type's name, as `CFItemType` gives it.
    fn title(self) -> &'static str {
        match self {
            ItemKind::Qualification => "Qualification",
            ItemKind::Unit => "Unit",
            ItemKind::Outcome => "Learning Outcome",
            ItemKind::Criterion => "Assessment Criterion",
        }
    }

    /// What the type means, for its definition.
    fn about(self) -> &'static str {
        match self {
            ItemKind::Qualification => "A qualification that units lead to by its rule of combination.",
            ItemKind::Unit => "A unit of assessment with its learning outcomes.",
            ItemKind::Outcome => "What the learner knows or can do at the end of the unit.",
            ItemKind::Criterion => "What must be shown for the learning outcome above it.",
        }
    }

    /// The kind that a type's name stands for, whatever its case and punctuation.
    fn of_title(title: &str) -> Option<ItemKind> {
        let folded: String = title
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        Some(match folded.as_str() {
            "qualification" | "award" | "certificate" | "diploma" => ItemKind::Qualification,
            "unit" | "unitofassessment" | "unitofcompetency" | "unitofcompetence" | "module" => {
                ItemKind::Unit
            }
            "learningoutcome"
            | "outcome"
            | "lo"
            | "element"
            | "elementofcompetence"
            | "elementofcompetency" => ItemKind::Outcome,
            "assessmentcriterion"
            | "assessmentcriteria"
            | "criterion"
            | "criteria"
            | "ac"
            | "performancecriterion"
            | "performancecriteria" => ItemKind::Criterion,
            _ => return None,
        })
    }
}
