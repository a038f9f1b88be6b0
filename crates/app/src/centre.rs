//! Centres: approving them, what they offer, their staff, their own grade scale (CE-01, CE-13).
//!
//! The quality manager and the administrator see every centre; staff see their own. Others see none.

pub mod acts;
pub mod choice;
pub mod view;

pub use acts::{
    CentreApproved, NewCentre, NewGrades, NewOffer, OfferEnd, approve, offer, set_grades, stop_offering,
};
pub use choice::{CentreChoice, CentreShown};
pub use view::{CentreLine, CentreView, CentresPage, HeldRole, OfferLine, StaffLine, find_own, list, view};
