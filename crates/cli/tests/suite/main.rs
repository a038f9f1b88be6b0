//! The program as a whole: its commands as they are typed, its addresses as everybody meets them, and what survives when it
//! is killed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

mod access;
mod batch;
mod commands;
mod credential;
mod dossier;
mod house;
mod killed;
mod seed;
mod walk;
