//! The individual learning plan: chosen units with dates and support, who teaches, assesses and verifies each unit, and
//! the message line between learner and staff.

pub mod agree;
pub mod allocate;
pub mod message;

pub use agree::{AgreePlan, ChoiceFindings, PlanAgreement, PlanCase, UnitStanding};
pub use allocate::{AllocateStaff, Allocated, AllocationCase, PastAllocation, StaffMember};
pub use message::{Line, SendMessage};
