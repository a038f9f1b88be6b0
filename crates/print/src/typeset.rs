//! The typesetter's door: a template, a sheet and a theme in, a PDF out. Nothing else can be reached from a template.

use crate::engraving::Engraving;
use crate::fault::PrintFault;
use crate::fonts::Shelf;
use crate::sheet::SheetDate;
use crate::theme::Theme;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, LazyLock};
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Array, Bytes, Datetime, Dict, Duration, IntoValue, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Features, Library, LibraryExt, World, comemo};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// The templates, by their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Template {
    Certificate,
    Transcript,
    Report,
}

/// Everything that one print needs.
pub(crate) struct Job<'a> {
    pub(crate) template: Template,
    /// The sheet as JSON text.
    pub(crate) sheet: String,
    pub(crate) theme: &'a Theme,
    /// The QR code as SVG, where the sheet has one.
    pub(crate) qr: Option<String>,
    /// What identifies the file across prints.
    pub(crate) identity: String,
    pub(crate) date: SheetDate,
}

/// The most pages that may come out; a certificate is one page.
pub(crate) type PageLimit = Option<usize>;

/// Typesets a job and exports it as PDF/A-2a and PDF/UA-1 together.
///
/// The typesetter's memory of earlier prints is emptied afterwards, so that a server does not grow and no name stays
/// behind in it.
///
/// # Errors
/// - the date is not in the calendar
/// - a text does not fit
/// - the typesetter stops, for example because it cannot read the theme's emblem
pub(crate) fn pdf(job: Job<'_>, limit: PageLimit) -> Result<Vec<u8>, PrintFault> {
    // The typesetter is large and reads fonts and images: if it panics on one, this print fails and not the program.
    let outcome = catch_unwind(AssertUnwindSafe(|| typeset(job, limit)));
    comemo::evict(0);
    outcome.unwrap_or_else(|_| Err(PrintFault::Typesetting("it broke off".to_owned())))
}

fn typeset(job: Job<'_>, limit: PageLimit) -> Result<Vec<u8>, PrintFault> {
    let SheetDate { year, month, day } = job.date;
    let date = Datetime::from_ymd(year, month, day)
        .filter(|_| (0..=9999).contains(&year))
        .ok_or(PrintFault::NotADate {
            field: "issued".to_owned(),
            year,
            month,
            day,
        })?;
    let desk = Desk::lay(&job)?;
    let document = typst::compile::<PagedDocument>(&desk)
        .output
        .map_err(|faults| explain(&faults))?;
    if limit.is_some_and(|most| document.pages().len() > most) {
        return Err(PrintFault::DoesNotFit {
            what: "what stands on the sheet".to_owned(),
        });
    }
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|fault| PrintFault::Typesetting(fault.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Custom(job.identity),
        creator: Smart::Custom(Some("Assay".to_owned())),
        timestamp: Some(Timestamp::new_utc(date)),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|faults| explain(&faults))
}

/// What a template says with `panic` when a text is too long, before the words for what it is.
const DOES_NOT_FIT: &str = "does not fit: ";

fn explain(faults: &[SourceDiagnostic]) -> PrintFault {
    for fault in faults {
        if let Some((_, what)) = fault.message.split_once(DOES_NOT_FIT) {
            return PrintFault::DoesNotFit {
                what: what.trim_matches(['"', ' ']).to_owned(),
            };
        }
    }
    let messages: Vec<_> = faults.iter().map(|fault| fault.message.as_str()).collect();
    PrintFault::Typesetting(messages.join("; "))
}

struct Texts {
    house: Source,
    certificate: Source,
    transcript: Source,
    report: Source,
}

static TEXTS: LazyLock<Option<Texts>> = LazyLock::new(|| {
    let source = |name: &str, text: &str| {
        let path = RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?);
        Some(Source::new(FileId::new(path), text.to_owned()))
    };
    Some(Texts {
        house: source("/house.typ", include_str!("../templates/house.typ"))?,
        certificate: source("/certificate.typ", include_str!("../templates/certificate.typ"))?,
        transcript: source("/transcript.typ", include_str!("../templates/transcript.typ"))?,
        report: source("/report.typ", include_str!("../templates/report.typ"))?,
    })
});

/// The typesetter's world: two templates, the fonts of the theme, the sheet as an input. No file system, no network, no
/// clock.
struct Desk {
    library: LazyHash<Library>,
    shelf: Arc<Shelf>,
    main: Source,
    house: Source,
}

impl Desk {
    fn lay(job: &Job<'_>) -> Result<Self, PrintFault> {
        let texts = TEXTS
            .as_ref()
            .ok_or_else(|| PrintFault::Typesetting("a template has no name".to_owned()))?;
        let main = match job.template {
            Template::Certificate => &texts.certificate,
            Template::Transcript => &texts.transcript,
            Template::Report => &texts.report,
        };
        let mut inputs = Dict::new();
        inputs.insert("sheet".into(), job.sheet.as_str().into_value());
        inputs.insert("accent".into(), job.theme.accent().into_value());
        if job.template == Template::Certificate {
            let band: Array = Engraving::CERTIFICATE
                .curves()
                .into_iter()
                .map(IntoValue::into_value)
                .collect();
            inputs.insert("band".into(), band.into_value());
        }
        if let Some(qr) = &job.qr {
            inputs.insert("qr".into(), Bytes::from_string(qr.clone()).into_value());
        }
        if let Some(emblem) = job.theme.emblem() {
            inputs.insert("emblem".into(), Bytes::new(emblem.image.clone()).into_value());
            inputs.insert("emblem-format".into(), emblem.format.into_value());
            inputs.insert("emblem-described".into(), emblem.described.as_str().into_value());
        }
        if let Some(signature) = job.theme.signature() {
            inputs.insert(
                "signature".into(),
                Bytes::new(signature.image.clone()).into_value(),
            );
            inputs.insert("signature-format".into(), signature.format.into_value());
            inputs.insert(
                "signature-described".into(),
                signature.described.as_str().into_value(),
            );
        }
        // Row headings in tables of facts, so that they can be read aloud as label and value.
        let features = Features::from_iter([Feature::A11yExtras]);
        Ok(Self {
            library: LazyHash::new(
                Library::builder()
                    .with_inputs(inputs)
                    .with_features(features)
                    .build(),
            ),
            shelf: job.theme.shelf().clone(),
            main: main.clone(),
            house: texts.house.clone(),
        })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.shelf.book()
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        [&self.main, &self.house]
            .into_iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or(FileError::AccessDenied)
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shelf.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_reads_no_file_runs_no_plugin_and_cites_no_book() {
        let theme = Theme::default();
        let job = Job {
            template: Template::Report,
            sheet: "{}".to_owned(),
            theme: &theme,
            qr: None,
            identity: "test".to_owned(),
            date: SheetDate {
                year: 2019,
                month: 10,
                day: 14,
            },
        };
        let mut desk = Desk::lay(&job).unwrap();
        for (template, why) in [
            ("#read(\"/certificate.typ\")", "access denied"),
            ("#import \"/certificate.typ\"", "access denied"),
            // An empty module of WebAssembly.
            (
                "#plugin(bytes((0, 97, 115, 109, 1, 0, 0, 0)))",
                "this program runs no plugins",
            ),
            (
                "#bibliography(bytes(\"@book{whitmore, title = {Coaching}}\"))",
                "this program makes no bibliographies",
            ),
            (
                "#bibliography(bytes(\"whitmore: { type: book }\"))",
                "this program makes no bibliographies",
            ),
        ] {
            desk.main = Source::detached(template);
            let faults = typst::compile::<PagedDocument>(&desk).output.unwrap_err();
            let told = explain(&faults).to_string();
            assert!(told.contains(why), "{template}: {told}");
        }
    }
}
