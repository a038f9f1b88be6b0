//! People and the roles they hold (practice, section 1).

pub mod add;
pub mod change;
pub mod details;
pub mod found;
pub mod role;

pub use add::AddPerson;
pub use change::ChangeDetails;
pub use details::Details;
pub use found::Found;
pub use role::{EndRole, GiveRole};
