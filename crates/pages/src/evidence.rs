//! Pages of evidence: the list, starting, writing, reading, marking passages, recording a viva or an observation.

pub mod list;
pub mod mark;
pub mod new;
pub mod piece;
pub mod reading;
pub mod record;
#[cfg(test)]
pub(crate) mod samples;
pub mod writer;

pub use list::EvidenceListPage;
pub use mark::MarkPage;
pub use new::NewEvidencePage;
pub use piece::PiecePage;
pub use reading::{Media, Reading};
pub use record::RecordPage;
pub use writer::WriterPage;

use crate::message::{Tag, Tone};
use assay_domain::fact::EvidenceKind;

/// A kind of evidence as a tag.
pub fn kind_tag(kind: EvidenceKind) -> Tag {
    let (icon, words) = match kind {
        EvidenceKind::Written => ("pen", "Written here"),
        EvidenceKind::File => ("document", "File"),
        EvidenceKind::Viva => ("message", "Viva"),
        EvidenceKind::Observation => ("eye", "Observation"),
    };
    Tag::new(Tone::Neutral, words).icon(icon)
}
