//! The folder of secret keys: a file for each, which only its owner can read.

use crate::Failure;
use assay_ledger::SigningKey;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// More than any key's line has.
const LONGEST: u64 = 4096;

/// Writes a key to its own file, which must not be there yet, and waits until it is on the disk. Only the owner can read it.
///
/// # Errors
/// A fault when the folder or the file cannot be written.
pub fn write(folder: &Path, key: &SigningKey) -> Result<(), Failure> {
    let path = path_of(folder, &key.verifier().id().to_string());
    let written = || -> std::io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path)?;
        file.write_all(format!("{}\n", key.secret_text()).as_bytes())?;
        file.sync_all()
    };
    written().map_err(|error| Failure::Fault(format!("the key file {}: {error}", path.display())))
}

/// Reads a key by its id; none when there is no such file.
///
/// # Errors
/// A fault when the file can be read by others than its owner, cannot be read, or holds another key.
pub fn read(folder: &Path, id: &str) -> Result<Option<SigningKey>, Failure> {
    // An id is eight digits; nothing else becomes part of a path.
    if id.len() != 8 || !id.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Ok(None);
    }
    let path = path_of(folder, id);
    let fault = |why: String| Failure::Fault(format!("the key file {}: {why}", path.display()));
    let file = match fs::File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(fault(error.to_string())),
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = file
            .metadata()
            .map_err(|error| fault(error.to_string()))?
            .permissions()
            .mode();
        if mode & 0o077 != 0 {
            return Err(fault(format!(
                "others than its owner can read it (mode {:o}); take that away with chmod 600, and think of the key as exposed",
                mode & 0o777
            )));
        }
    }
    let mut text = String::new();
    file.take(LONGEST)
        .read_to_string(&mut text)
        .map_err(|error| fault(error.to_string()))?;
    let key = SigningKey::parse(&text).map_err(|why| fault(why.to_string()))?;
    if key.verifier().id().to_string() != id {
        return Err(fault("it holds another key than its name says".into()));
    }
    Ok(Some(key))
}

fn path_of(folder: &Path, id: &str) -> PathBuf {
    folder.join(format!("{id}.key"))
}
