//! `assay syllabus template`: the empty table in which a syllabus can be typed.

use crate::failure::Stopped;
use assay_formats::syllabus_tables::{syllabus_template_csv, syllabus_template_xlsx};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

/// Write the template in which a syllabus can be typed as a table, with example rows to be overwritten.
#[derive(Args)]
pub struct Template {
    /// Which kind of table.
    #[arg(long, value_enum, default_value = "csv")]
    format: Table,
    /// Where to write; standard output without it.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Table {
    Csv,
    Xlsx,
}

impl Template {
    /// # Errors
    /// The file cannot be written.
    pub fn run(self) -> Result<ExitCode, Stopped> {
        let bytes = match self.format {
            Table::Csv => syllabus_template_csv(),
            Table::Xlsx => syllabus_template_xlsx().ok_or_else(|| {
                Stopped::new("the workbook could not be packed: there is not enough memory")
            })?,
        };
        super::case::write(self.out.as_deref(), &bytes)
    }
}
