//! A file on its way in: written to a place of its own, hashed as it comes, and moved under its address at the end.

use super::Files;
use crate::StoreFault;
use sha2::{Digest, Sha256};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// A file that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Its address: SHA-256 of its bytes, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// In bytes.
    pub size: u64,
}

/// An upload under way. Write to it, then [`Upload::finish`]; dropped before that it leaves nothing behind.
///
/// Writing beyond the limit fails with [`ErrorKind::FileTooLarge`], on a full disk with [`ErrorKind::StorageFull`];
/// `StoreFault::from` tells the latter from other faults.
pub struct Upload {
    files: Files,
    path: PathBuf,
    file: Option<File>,
    digest: Sha256,
    size: u64,
    limit: u64,
}

impl Upload {
    pub(super) fn begin(files: Files, limit: u64) -> Result<Upload, StoreFault> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let unfinished = files.unfinished();
        loop {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let path = unfinished.join(format!("{}-{number}", std::process::id()));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => {
                    // Tells other processes that this one is alive; where locks are not to be had, only the sweep of a
                    // second process on the same folder could mind.
                    let _ = file.try_lock();
                    return Ok(Upload {
                        files,
                        path,
                        file: Some(file),
                        digest: Sha256::new(),
                        size: 0,
                        limit,
                    });
                }
                // Another machine on the same folder can have the same number.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(StoreFault::of_file(&path, &error)),
            }
        }
    }

    /// How many bytes have come so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Keeps the file under its address. When this answers, the file is on disk and survives a power cut; a file that is
    /// kept already is not written again.
    ///
    /// A crash before the end leaves an unfinished upload, which the next start sweeps away; a crash after it leaves a
    /// file that no record names, which harms nobody.
    ///
    /// Errors: the disk is full or cannot be written; then nothing is left behind.
    pub fn finish(mut self) -> Result<Stored, StoreFault> {
        let sha256 = hex::encode(std::mem::take(&mut self.digest).finalize());
        let stored = Stored {
            sha256,
            size: self.size,
        };
        let path = self.files.path(&stored.sha256)?;
        if fs::metadata(&path).is_ok_and(|kept| kept.len() == stored.size) {
            return Ok(stored);
        }
        self.keep(&path)
            .map_err(|error| StoreFault::of_file(&path, &error))?;
        Ok(stored)
    }

    fn keep(&mut self, path: &Path) -> io::Result<()> {
        if let Some(file) = &self.file {
            file.sync_all()?;
        }
        let group = path.parent().unwrap_or(path);
        super::make_folder(group)?;
        File::open(self.files.folder.as_path())?.sync_all()?;
        fs::rename(&self.path, path)?;
        self.file = None;
        File::open(group)?.sync_all()
    }

    /// Gives the upload up and leaves nothing behind. The same as dropping it.
    pub fn abort(self) {}
}

impl Write for Upload {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.len() as u64 > self.limit - self.size {
            return Err(io::Error::new(
                ErrorKind::FileTooLarge,
                format!("the file is larger than {} bytes", self.limit),
            ));
        }
        let file = self.file.as_mut().ok_or(ErrorKind::NotFound)?;
        let written = file.write(bytes)?;
        self.digest.update(bytes.get(..written).unwrap_or_default());
        self.size += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            // What cannot be removed now is swept away at the next start.
            let _ = fs::remove_file(&self.path);
        }
    }
}
