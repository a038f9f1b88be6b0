//! The demonstration: a centre, its staff and learners at every stage of the way, made by the same acts that people do.
//! Nothing is written past the one door, so the demonstration's ledger is as good as any.

pub mod cast;
pub mod chance;
pub mod director;
pub mod external;
pub mod house;
pub mod judging;
pub mod later;
pub mod many;
pub mod pieces;
pub mod play;
pub mod steps;
pub mod syllabus;
pub mod talk;
pub mod work;
pub mod writing;
