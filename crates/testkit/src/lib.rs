//! For tests only: a small world with a centre, people and a published specification, on a real store.
//!
//! ```ignore
//! let mut world = World::new();
//! let centre = world.centre("Northern College");
//! let coordinator = world.person_with("Cora Adebayo", Role::Coordinator, &centre);
//! world.publish_cmi();
//! world.act(&coordinator, |acting| register::run(acting, input)).unwrap();
//! ```
//!
//! It is 14 October 2019, half past nine in London, until [`World::pass_days`] says otherwise. Ids are counted, so that a
//! world comes out the same each time. With `ASSAY_TEST_POSTGRES` set the same tests run on PostgreSQL.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

pub mod stand_in;
pub mod study;
pub mod world;

pub use stand_in::{PlainReader, StandInPrinter};
pub use study::Study;
pub use world::World;
