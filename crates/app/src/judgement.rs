//! Marking: the case loaded, the acts of an assessor recorded, and the queue of what waits.

pub mod acts;
pub mod case;
pub mod comments;
pub mod desk;
pub mod grading;
pub mod level;
pub(crate) mod order;
pub mod queue;
pub mod result;
pub mod verb;

pub use case::load;
