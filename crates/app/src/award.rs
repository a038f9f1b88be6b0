//! Claims, awards and certificates: what stands against a claim, claiming, releasing, the register, the public check.
//!
//! A release prints before its act: [`release::prepare`] looks at the claim and makes the PDF, which may take long and
//! holds no transaction; [`release::run`] looks at the claim again and records award and certificate together. A fault of
//! the printer records nothing. The same two steps make a replacement.

pub mod batch;
pub mod case;
pub mod certificate;
pub mod change;
pub mod check;
pub mod claim;
pub mod correction;
pub mod credit;
pub mod dossier;
pub mod face;
pub mod list;
pub mod name_change;
pub mod overview;
pub mod register;
pub mod release;
pub mod settle;
pub mod share;
mod shown;
pub mod theme;
