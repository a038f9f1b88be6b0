//! Choosing units, agreeing on a plan, allocating staff, and writing to each other.

pub mod agree;
pub mod allocate;
pub mod best;
pub mod choice;
pub mod message;
pub mod view;
