//! PDF output for Assay: certificates, transcripts and reports, typeset by Typst.
//!
//! Struct in, bytes out. Every file is PDF/A-2a (to be kept) and PDF/UA-1 (to be read aloud), tagged, with a title and
//! alternative texts. There is no clock, no randomness, no file system and no network here: the same sheet and theme
//! give the same bytes, so a digest taken at issue stays good for every later print with the same version of the program.
//!
//! This is the heaviest crate to build; only the program itself depends on it. See `docs/printing.md`.

mod engraving;
mod fault;
mod fonts;
mod inspect;
mod qr;
pub mod sheet;
mod theme;
mod typeset;

pub use fault::PrintFault;
pub use sheet::{CertificateSheet, ReportSheet, TranscriptSheet};
pub use theme::Theme;

use serde_json::Value;
use typeset::{Job, Template};

/// Prints a certificate: one A4 page (practice.md 20.1).
///
/// # Errors
/// - a required field is blank, or a given one is
/// - no font of the theme can draw a character
/// - the address of the check page does not begin with `https://` or `http://`, or is too long for a QR code
/// - the date of issue is not in the calendar
/// - a text does not fit at the smallest readable size
pub fn certificate(sheet: &CertificateSheet, theme: &Theme) -> Result<Vec<u8>, PrintFault> {
    inspect::certificate(sheet)?;
    let mut values = values(sheet)?;
    inspect::settle_spaces(&mut values);
    inspect::characters(&values, theme.shelf())?;
    let job = Job {
        template: Template::Certificate,
        sheet: values.to_string(),
        theme,
        qr: Some(qr::svg(&sheet.check.url)?),
        identity: format!("certificate {} {}", sheet.awarding_body, sheet.certificate_number),
        date: sheet.issued,
    };
    typeset::pdf(job, Some(1))
}

/// Prints a transcript of units: as many A4 pages as it takes, the table's heading repeated on each.
///
/// # Errors
/// - a required field is blank, or no unit is named
/// - no font of the theme can draw a character
/// - the address of the check page does not begin with `https://` or `http://`, or is too long for a QR code
/// - the date of issue is not in the calendar
pub fn transcript(sheet: &TranscriptSheet, theme: &Theme) -> Result<Vec<u8>, PrintFault> {
    inspect::transcript(sheet)?;
    let mut values = values(sheet)?;
    inspect::settle_spaces(&mut values);
    inspect::characters(&values, theme.shelf())?;
    let job = Job {
        template: Template::Transcript,
        sheet: values.to_string(),
        theme,
        qr: sheet
            .check
            .as_ref()
            .map(|check| qr::svg(&check.url))
            .transpose()?,
        identity: format!(
            "transcript {} {} {} {}",
            sheet.awarding_body, sheet.learner.number, sheet.qualification_number, sheet.issued_on
        ),
        date: sheet.issued,
    };
    typeset::pdf(job, None)
}

/// Prints a report: title, facts and sections of tables, A4 upright or broadside.
///
/// # Errors
/// - issuer, title, reference or a section's heading is blank
/// - a row has not exactly one cell for each column
/// - no font of the theme can draw a character
/// - the date is not in the calendar
pub fn report(sheet: &ReportSheet, theme: &Theme) -> Result<Vec<u8>, PrintFault> {
    inspect::report(sheet)?;
    let mut values = values(sheet)?;
    inspect::settle_lines(&mut values);
    inspect::characters(&values, theme.shelf())?;
    let job = Job {
        template: Template::Report,
        sheet: values.to_string(),
        theme,
        qr: None,
        identity: format!("report {} {}", sheet.issuer, sheet.reference),
        date: sheet.made,
    };
    typeset::pdf(job, None)
}

fn values<Sheet: serde::Serialize>(sheet: &Sheet) -> Result<Value, PrintFault> {
    serde_json::to_value(sheet).map_err(|fault| PrintFault::Typesetting(fault.to_string()))
}
