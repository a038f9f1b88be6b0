//! Packed files that the program writes: workbooks and documents made of parts.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Parts by their names, packed in this order. The same bytes each time. `None` only if packing fails, which memory alone
/// could cause.
pub fn packed(parts: &[(&str, &str)]) -> Option<Vec<u8>> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, options).ok()?;
        archive.write_all(content.as_bytes()).ok()?;
    }
    archive.finish().ok().map(Cursor::into_inner)
}
