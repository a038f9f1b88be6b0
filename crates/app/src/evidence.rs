//! Evidence: pieces of work in versions, what is read in them, and the passages that answer criteria.

pub mod content;
pub mod draft;
pub mod find;
pub mod keep;
pub mod likeness;
pub mod list;
pub mod passage;
pub mod record;
pub mod text;
pub mod view;

pub use content::Prepared;
pub use find::{EvidenceRow, VersionRow};
