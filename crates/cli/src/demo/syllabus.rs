//! A second syllabus on its way: handed in by the coordinator as a document, read, and half reviewed.

use super::director::{Director, TODAY};
use super::house::House;
use crate::failure::Stopped;
use assay_app::syllabus::settle::{self, How, SettleFinding};
use assay_app::syllabus::{receive, view};
use std::io::Write;

/// A made-up syllabus with a misprint in one of its tables.
const ORCHARD: &[u8] = include_bytes!("media/orchard-keeping.txt");

/// Hands it in and settles the first finding that can be ignored.
///
/// # Errors
/// The file cannot be kept; what the acts answer.
pub fn hand_in(director: &Director, house: &House) -> Result<(), Stopped> {
    let mut upload = director.app.store().files().begin(ORCHARD.len() as u64)?;
    upload.write_all(ORCHARD)?;
    let stored = upload.finish()?;
    let fresh = director.fresh();
    let id = director.prepare(&house.coordinator, TODAY, move |app, caller, _| {
        let received = receive::read(app, caller, stored, "orchard-keeping.txt")?;
        receive::record(app, caller, fresh, received)
    })?;
    let of = id.clone();
    let seen = director.prepare(&house.coordinator, TODAY, move |app, caller, _| {
        app.ask(caller, |asking| view::see(asking, &of))
    })?;
    let first = seen
        .findings
        .iter()
        .find(|finding| finding.is_open() && finding.may("ignore"));
    if let Some(finding) = first {
        let input = SettleFinding {
            finding: finding.key.clone(),
            how: Some(How::Ignore),
            reason: "The guild's register gives no such day either.".to_owned(),
            ..SettleFinding::default()
        };
        director.act(Some(&house.coordinator), TODAY, move |acting| {
            settle::finding(acting, &id, &input)
        })?;
    }
    Ok(())
}
