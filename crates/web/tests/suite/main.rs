//! The program over HTTP, without a network: requests go straight into the router.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod api;
mod award;
mod bad_input;
mod browser;
mod catalogue;
mod client;
mod correction;
mod credential;
mod credit;
mod evidence;
mod external_assessment;
mod marking;
mod membership;
mod name_change;
mod parity;
mod people;
mod register;
mod registration;
mod sent;
mod several_centres;
mod share;
mod sign_in;
mod specification;
mod story;
mod syllabus;
mod theme;
