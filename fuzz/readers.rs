// Readers of files that somebody hands in, tried with bytes that nobody thought of, by the fuzzer and by the ordinary
// tests. Nothing here may panic, whatever the bytes; what is refused is refused with a sentence and a way out.

use assay_formats::case::{self, Package};
use assay_formats::limits::Limits;
use assay_formats::syllabus::{self, Draft};
use assay_formats::syllabus_tables as tables;
use assay_specification::Format;

/// Bytes as a syllabus in any form: text, PDF, DOCX, CSV, XLSX or CASE, told by what they are.
pub fn syllabus(bytes: &[u8]) {
    for name in [None, Some("syllabus.csv")] {
        match tables::read_syllabus(bytes, name, &Limits::default()) {
            Err(refusal) => {
                let said = refusal.to_string();
                assert!(!said.trim().is_empty(), "refused without a word");
            }
            Ok(draft) => read(draft),
        }
    }
}

/// Bytes as the text that was taken out of a syllabus.
pub fn syllabus_text(bytes: &[u8]) {
    if let Ok(draft) = syllabus::import(bytes) {
        read(draft);
    }
}

/// Bytes as a CASE package: read, made a draft and a specification of, and written again.
pub fn case(bytes: &[u8]) {
    if let Ok(package) = Package::read(bytes, &Limits::default()) {
        read(package.draft());
        let _ = package.specification();
        if let Ok(text) = package.to_text() {
            assert!(
                case::looks_like_case(text.as_bytes()),
                "what was written is no package"
            );
        }
    }
}

/// A draft checked, told and written in every form.
fn read(mut draft: Draft) {
    syllabus::check(&mut draft);
    for finding in &draft.findings {
        assert!(!finding.message.is_empty() && !finding.code.is_empty());
    }
    syllabus::findings_as_text(&draft.findings);
    let _ = syllabus::json(&draft);
    let _ = syllabus::specification_file(&draft, Format::Toml);
}
