//! Bytes to values and back, for files that nobody has vouched for.
//!
//! A learner's document becomes [`document::DocumentText`], a file of learners becomes a register, and every way in
//! takes bytes with limits and answers with a value, a [`refusal::ReadRefusal`] or a list of located complaints.
//! Nothing here opens a network connection, follows a reference out of the file or runs what the file carries.
//! What is read, and what is not, is told in `docs/reading-documents.md`.

mod archive;
pub mod case;
pub mod child;
pub mod csv_out;
pub mod decoding;
pub mod difference;
pub mod document;
pub mod limits;
pub mod media;
mod packed;
pub mod refusal;
pub mod register;
pub mod sniff;
pub mod syllabus;
pub mod syllabus_tables;
pub mod xlsx_out;
mod xml;

pub use packed::packed;
