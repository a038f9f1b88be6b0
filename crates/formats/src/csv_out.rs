//! Writing CSV that a spreadsheet shows and does not run.

/// One line of CSV (RFC 4180), with its line end. A cell that a spreadsheet would take for a formula (it begins with
/// `=`, `+`, `-`, `@`, a tab or a carriage return) gets an apostrophe in front, which spreadsheets take for "text".
/// Plain numbers are left as they are.
#[must_use]
pub fn line<S: AsRef<str>>(cells: &[S]) -> String {
    let mut out = String::new();
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        push_cell(&mut out, cell.as_ref());
    }
    out.push_str("\r\n");
    out
}

/// A whole table: a byte order mark, the header and the rows.
#[must_use]
pub fn table<S: AsRef<str>>(header: &[&str], rows: impl IntoIterator<Item = Vec<S>>) -> String {
    let mut out = String::from("\u{feff}");
    out.push_str(&line(header));
    for row in rows {
        out.push_str(&line(&row));
    }
    out
}

fn push_cell(out: &mut String, cell: &str) {
    let guarded = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) && !is_number(cell);
    // A program may skip white space before it looks for a formula.
    let guarded = guarded || cell.trim_start().starts_with(['=', '@']);
    let quoted = guarded || cell.contains([',', '"', '\n', '\r', ';', '\t']) || cell != cell.trim();
    if !quoted {
        out.push_str(cell);
        return;
    }
    out.push('"');
    if guarded {
        out.push('\'');
    }
    out.push_str(&cell.replace('"', "\"\"").replace('\0', ""));
    out.push('"');
}

fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    !digits.is_empty()
        && digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && digits.bytes().filter(|b| *b == b'.').count() <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_made_text() {
        for cell in [
            "=1+1", "+44 20", "-cmd|x", "@SUM(A1)", "\tx", "\rx", " =1+1", "=\"a\"",
        ] {
            let written = line(&[cell]);
            assert!(written.starts_with("\"'"), "{written}");
        }
        assert_eq!(line(&["-12.5", "3", "O'Neill"]), "-12.5,3,O'Neill\r\n");
    }

    #[test]
    fn cells_with_separators_and_quotes_come_back_as_they_were() {
        let cells = ["a,b", "say \"yes\"", "two\nlines", "semi;colon", " padded "];
        let written = line(&cells);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(written.as_bytes());
        let record = reader.records().next().unwrap().unwrap();
        assert_eq!(record.iter().collect::<Vec<_>>(), cells);
    }
}
