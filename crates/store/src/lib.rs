//! Storage: one statement, one text, two engines (SQLite inside the program, PostgreSQL when one machine is outgrown).
//!
//! This is the only crate that names a database. Everything above it sees a [`Store`] with two verbs, [`Store::read`]
//! and [`Store::command`], and inside them a [`Tx`] that runs statements of the catalogue.

pub mod check;
mod copy;
mod engine;
pub mod fault;
pub mod files;
pub mod ledger;
mod migration;
pub mod private;
pub mod rebuild;
pub mod scratch;
pub mod statement;
pub mod statements;
mod store;
pub mod tables;
pub mod tx;
pub mod value;
mod writer;

pub use copy::Copied;
pub use fault::StoreFault;
pub use files::{Files, Stored, Upload};
pub use statement::{Kind, Statement};
pub use store::{Engine, Store, StoreConfig};
pub use tx::Tx;
pub use value::{Row, Value};
