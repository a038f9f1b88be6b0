//! A table as any file gives it: cells with their places.

/// One cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Cell {
    /// The text, or the number as the file writes it.
    pub(crate) text: String,
    /// The number, where the file says that it is one.
    pub(crate) number: Option<f64>,
    /// Whether the cell holds a formula, whose value is not believed.
    pub(crate) formula: bool,
    /// The file's own error value, as in "#REF!".
    pub(crate) error: bool,
}

/// One row that is not empty.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// The line, from 1.
    pub(crate) line: u32,
    /// Cells by column, from 0; missing ones are empty.
    pub(crate) cells: Vec<Cell>,
}

impl Row {
    pub(crate) fn is_empty(&self) -> bool {
        self.cells
            .iter()
            .all(|c| c.text.trim().is_empty() && !c.formula && !c.error)
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table {
    /// How the file was read, in a sentence.
    pub(crate) read_as: String,
    /// Rows that are not empty, in order.
    pub(crate) rows: Vec<Row>,
    /// Whether dates as numbers count from 1904.
    pub(crate) from_1904: bool,
}

/// The name of a column as spreadsheets show it, from 0: "A", "Z", "AA".
pub(crate) fn column_name(column: usize) -> String {
    let mut name = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).unwrap_or(0);
        name.push(char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    name.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        let names: Vec<String> = [0, 25, 26, 27, 701, 702].into_iter().map(column_name).collect();
        assert_eq!(names, ["A", "Z", "AA", "AB", "ZZ", "AAA"]);
    }
}
