//! What can break in storage. Faults are logged once, at the edge, and shown to nobody.

/// Something broke below the rules: the disk, the database, a row that cannot be true.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreFault {
    /// A stored row cannot be read as the catalogue says.
    #[error("{statement}: column {column}: {why}")]
    Row {
        statement: &'static str,
        column: String,
        why: String,
    },
    /// The engine refused or failed a statement.
    #[error("{statement}: {why}")]
    Engine { statement: &'static str, why: String },
    /// The database cannot be opened, migrated or reached.
    #[error("{0}")]
    Open(String),
    /// An evidence file cannot be written or read.
    #[error("evidence file: {0}")]
    File(String),
    /// The disk is full; nothing was recorded.
    #[error("the disk is full")]
    DiskFull,
    /// The writer has stopped; nothing was recorded.
    #[error("the writer has stopped")]
    Stopped,
}

/// For reading and writing evidence files.
impl From<std::io::Error> for StoreFault {
    fn from(error: std::io::Error) -> StoreFault {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => StoreFault::DiskFull,
            _ => StoreFault::File(error.to_string()),
        }
    }
}

impl StoreFault {
    /// A fault of a file: a full disk stays recognisable, everything else names the file.
    pub(crate) fn of_file(path: &std::path::Path, error: &std::io::Error) -> StoreFault {
        match StoreFault::from(std::io::Error::from(error.kind())) {
            StoreFault::DiskFull => StoreFault::DiskFull,
            _ => StoreFault::File(format!("{}: {error}", path.display())),
        }
    }
}
