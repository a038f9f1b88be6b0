//! The subcommands, a file each.

pub mod award;
pub mod award_release;
pub mod backup;
pub mod case;
pub mod credential;
pub mod demo;
pub mod init;
pub mod keys;
pub mod ledger;
pub mod link;
pub mod rebuild;
pub mod relocate;
pub mod rule;
pub mod serve;
pub mod specification;
pub mod syllabus;
pub mod syllabus_template;

use assay_app::Caller;
use assay_domain::{Moment, Via};
use assay_web::clock::{Clock, RealClock};
use jiff::tz::TimeZone;

/// The operator at the command line: nobody who is signed in.
pub fn operator(zone: &TimeZone) -> Caller {
    Caller {
        person: None,
        via: Via::Command,
        moment: Moment::new(RealClock.now(), zone),
    }
}
