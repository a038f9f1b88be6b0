//! Evidence: pieces of work in versions, and the passages in them that answer criteria.
//!
//! A piece is never changed: saving makes a new version beside the old one, so that what was handed in stays what it was.

pub mod case;
pub mod keep;
pub mod mark;
pub mod place;

pub use case::{EvidenceCase, HandIn, MarkingPlace};
pub use keep::{RenameEvidence, SaveVersion, SavedContent, StartEvidence};
pub use mark::{MarkPassage, UnmarkPassage};
