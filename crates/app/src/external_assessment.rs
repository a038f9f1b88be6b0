//! A unit that the awarding body assesses: orders, their receipt, and what is shown of them beside the unit (EA-01 to EA-04, EA-07).

pub mod acts;
pub mod find;
pub mod list;
pub mod view;
