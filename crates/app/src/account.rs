//! Signing in: passwords, sessions, one-time links and API tokens.
//!
//! All of this is *working* data: it is not in the ledger and is lost when the database is not backed up. Secrets are
//! kept only as digests: a password as Argon2id, a token of 256 random bits as SHA-256.

pub mod demonstration;
pub mod link;
pub mod own;
pub mod password;
pub mod session;
pub mod sign_in;
pub mod token;
