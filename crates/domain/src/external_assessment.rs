//! A unit that the awarding body assesses: ordered by the centre, received, marked by an external assessor, verified by somebody else of
//! the body.
//!
//! The order stands before the work or after it; handing in sends it. From then on nobody of the centre judges or verifies the unit, and
//! nobody of the centre marks it for the body.
//!
//! Sources: EA-01 to EA-04 and EA-07; practice, section 14.

pub mod case;
pub mod order;
pub mod receive;

pub use case::{ExternalMarking, HandedIn, OrderState, StandingOrder};
pub use order::{OrderCase, OrderExternalAssessment};
pub use receive::{AllocateExternalAssessor, ReceiveWork};
