//! Evidence files: on disk, each under the SHA-256 of its bytes, so that the same file is kept once and never changes.
//!
//! `ab/cdef…` holds the file whose digest is `abcdef…`; `unfinished/` holds uploads under way.

mod upload;

pub use upload::{Stored, Upload};

use crate::StoreFault;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// Number of hexadecimal digits of a file's address.
const DIGITS: usize = 64;

/// The folder of evidence files. Clones share it.
#[derive(Debug, Clone)]
pub struct Files {
    folder: Arc<PathBuf>,
}

impl Files {
    /// Opens the folder, makes it if need be and removes what interrupted uploads left behind. Uploads of other processes
    /// that are still under way are left alone.
    ///
    /// Errors: the folder cannot be made or written.
    pub fn open(folder: &Path) -> Result<Files, StoreFault> {
        let files = Files {
            folder: Arc::new(folder.to_owned()),
        };
        let unfinished = files.unfinished();
        make_folder(&unfinished).map_err(|error| StoreFault::of_file(&unfinished, &error))?;
        files.sweep()?;
        Ok(files)
    }

    /// Begins an upload of at most `limit` bytes. It is kept by [`Upload::finish`] and otherwise removed.
    ///
    /// Errors: the folder cannot be written; the disk is full.
    pub fn begin(&self, limit: u64) -> Result<Upload, StoreFault> {
        Upload::begin(self.clone(), limit)
    }

    /// Opens a file for reading from any place in it; none when it is not kept. Its size is in its metadata.
    ///
    /// Errors: the address is not 64 hexadecimal digits; the file cannot be read.
    pub fn read(&self, sha256: &str) -> Result<Option<File>, StoreFault> {
        let path = self.path(sha256)?;
        match File::open(&path) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreFault::of_file(&path, &error)),
        }
    }

    /// Whether the file is kept.
    ///
    /// Errors: the address is not 64 hexadecimal digits; the folder cannot be read.
    pub fn exists(&self, sha256: &str) -> Result<bool, StoreFault> {
        let path = self.path(sha256)?;
        path.try_exists()
            .map_err(|error| StoreFault::of_file(&path, &error))
    }

    /// Removes a file for good; false when it is not kept.
    ///
    /// Two learners can have handed in the same file. So look for other uses and call this inside one command, and check
    /// with [`Files::exists`] in the command that records an upload: then a file cannot go between being found there
    /// and being recorded.
    ///
    /// Errors: the address is not 64 hexadecimal digits; the file cannot be removed.
    pub fn remove(&self, sha256: &str) -> Result<bool, StoreFault> {
        let path = self.path(sha256)?;
        match fs::remove_file(&path) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(StoreFault::of_file(&path, &error)),
        }
    }

    /// Where a file is, for a program that reads it by itself. The address is checked, so the path never leads out of
    /// the folder.
    ///
    /// Errors: the address is not 64 hexadecimal digits.
    pub fn path(&self, sha256: &str) -> Result<PathBuf, StoreFault> {
        let proper = sha256.len() == DIGITS
            && sha256
                .bytes()
                .all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
        match (proper, sha256.split_at_checked(2)) {
            (true, Some((first, rest))) => Ok(self.folder.join(first).join(rest)),
            _ => Err(StoreFault::File("an address is 64 hexadecimal digits".to_owned())),
        }
    }

    /// When a file was kept; none when it is not.
    ///
    /// Errors: the address is not 64 hexadecimal digits; the file system does not say.
    pub fn kept_at(&self, sha256: &str) -> Result<Option<SystemTime>, StoreFault> {
        let path = self.path(sha256)?;
        match fs::metadata(&path).and_then(|about| about.modified()) {
            Ok(at) => Ok(Some(at)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreFault::of_file(&path, &error)),
        }
    }

    /// Whether a kept file still has the bytes that its address promises; false also when it is not kept.
    ///
    /// Errors: the address is not 64 hexadecimal digits; the file cannot be read.
    pub fn is_intact(&self, sha256: &str) -> Result<bool, StoreFault> {
        let Some(mut file) = self.read(sha256)? else {
            return Ok(false);
        };
        let mut digest = Sha256::new();
        let mut piece = vec![0; 64 * 1024];
        loop {
            let read = file.read(&mut piece)?;
            if read == 0 {
                return Ok(hex::encode(digest.finalize()) == sha256);
            }
            digest.update(piece.get(..read).unwrap_or_default());
        }
    }

    /// The addresses of all kept files, sorted.
    ///
    /// Errors: the folder cannot be read.
    pub fn list(&self) -> Result<Vec<String>, StoreFault> {
        let mut addresses = Vec::new();
        for group in self.names_in(&self.folder)? {
            if group.len() == 2 {
                let rest = self.names_in(&self.folder.join(&group))?;
                addresses.extend(rest.into_iter().map(|rest| format!("{group}{rest}")));
            }
        }
        addresses.retain(|address| self.path(address).is_ok());
        addresses.sort();
        Ok(addresses)
    }

    fn names_in(&self, folder: &Path) -> Result<Vec<String>, StoreFault> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder).map_err(|error| StoreFault::of_file(folder, &error))? {
            let entry = entry.map_err(|error| StoreFault::of_file(folder, &error))?;
            names.extend(entry.file_name().into_string());
        }
        Ok(names)
    }

    fn unfinished(&self) -> PathBuf {
        self.folder.join("unfinished")
    }

    /// Removes uploads that nobody holds any more.
    fn sweep(&self) -> Result<(), StoreFault> {
        let unfinished = self.unfinished();
        for name in self.names_in(&unfinished)? {
            let path = unfinished.join(name);
            // An upload holds a lock on its file for as long as it lives; the lock goes with its process.
            let held = File::open(&path).is_ok_and(|file| file.try_lock().is_err());
            if !held {
                match fs::remove_file(&path) {
                    Err(error) if error.kind() != ErrorKind::NotFound => {
                        return Err(StoreFault::of_file(&path, &error));
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }
}

/// Makes a folder, and those above it, that only their owner can enter; leaves folders alone that are there already.
fn make_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
