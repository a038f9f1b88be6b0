//! Writing a table as a workbook.

use crate::register::template::workbook;

/// A workbook of one sheet: headers that stay in sight, and rows of text, so that no program changes a date, a number with
/// leading noughts or a name while it is opened. The same rows give the same bytes. `None` only if packing fails, which
/// memory alone could cause.
#[must_use]
pub fn table(name: &str, headers: &[&str], rows: &[Vec<String>]) -> Option<Vec<u8>> {
    let kept: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| writable(cell)).collect())
        .collect();
    let texts: Vec<Vec<&str>> = kept
        .iter()
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    workbook(name, headers, &texts)
}

/// A cell without the characters that XML 1.0 cannot hold, and no longer than a cell may be.
fn writable(cell: &str) -> String {
    const LONGEST: usize = 32_767;
    cell.chars()
        .filter(|letter| {
            matches!(letter, '\t' | '\n')
                || (!letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}'))
        })
        .take(LONGEST)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Read as _};

    fn sheet(bytes: Vec<u8>) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive
            .by_name("xl/worksheets/sheet1.xml")
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        text
    }

    #[test]
    fn what_stands_in_a_cell_is_text_and_never_markup_or_a_formula() {
        let rows = [vec!["=1+1".to_owned(), "<b>&\u{7}O'Neill".to_owned()]];
        let text = sheet(table("Certificates", &["A", "B"], &rows).unwrap());
        assert!(text.contains("<t>=1+1</t>") && !text.contains("<f>"), "{text}");
        assert!(text.contains("&lt;b>&amp;O'Neill"), "{text}");
        assert!(text.contains("t=\"inlineStr\""));
    }
}
