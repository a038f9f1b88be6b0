//! What the ledger shows to strangers (checkpoints and tiles), and the check of everything against it.

pub mod checkpoint;
pub mod rows;
pub mod tiles;
pub mod verify;
