//! The demonstration: a centre, its staff and learners at every stage of the way, made by the same acts that people do.
//! Nothing is written past the one door, so the demonstration's ledger is as good as any.

pub mod cast;
pub mod director;
pub mod many;
pub mod play;
pub mod writing;
