//! Handing in a unit, and reading what was handed in.

pub mod case;
pub mod changes;
pub mod find;
pub mod hand_in;
pub mod history;
pub mod reading;
pub mod submit;
pub mod workspace;

pub use changes::{ChangesView, changes};
pub use find::SubmissionRow;
pub use history::{Attempt, list_of_unit};
pub use reading::{SubmissionReading, reading};
