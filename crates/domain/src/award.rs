//! Claiming, releasing and certificating an award.
//!
//! Sources: practice, sections 1 (SD-8, SD-9), 19 and 20; AW-01 to AW-04, AW-07.

pub mod certificate;
pub mod claim;
pub mod correction;
pub mod credit;
pub mod dispatch;
pub mod name;
pub mod name_change;
pub mod number;
pub mod release;
pub mod settle;
pub mod theme;

pub use certificate::{CertificateCase, CertificateState, Printed, ReplaceCertificate, RevokeCertificate};
pub use claim::{ClaimAward, ClaimCase, VerifiedUnit};
pub use correction::{AssessCorrection, CorrectionState, DecideCorrection, FlagResult};
pub use credit::{AwardKind, CertifiedUnit, ClaimCredit};
pub use dispatch::{Delivery, DispatchCase, DispatchCertificate, DispatchMeans, MarkUndelivered};
pub use name_change::{AskNameChange, NameChangeState, NameProof, NewName, RefuseNameChange, SeeNameProof};
pub use release::{ReleaseAward, ReleaseCase, ReturnClaim};
pub use settle::SettleDispatches;
pub use theme::{SetTheme, Signatory, ThemePicture};
