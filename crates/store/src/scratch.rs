//! Databases for a test: empty, of its own, gone afterwards.

use crate::{Engine, Store, StoreConfig, StoreFault};
use postgres::{Client, NoTls};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// The variable that holds the url of a PostgreSQL server on which tests may make schemas.
pub const POSTGRES: &str = "ASSAY_TEST_POSTGRES";

/// An empty database and a folder for files; both go when dropped.
pub struct Scratch {
    config: StoreConfig,
    folder: tempfile::TempDir,
    schema: Option<(String, String)>,
}

impl Scratch {
    /// A SQLite file, as durable as in production.
    pub fn sqlite() -> Result<Scratch, StoreFault> {
        let folder = folder()?;
        let path = folder.path().join("assay.db");
        Ok(Scratch {
            config: StoreConfig::Sqlite { path },
            folder,
            schema: None,
        })
    }

    /// A schema of its own in the database at this url.
    ///
    /// Errors: the server cannot be reached or refuses.
    pub fn postgres(url: &str) -> Result<Scratch, StoreFault> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let schema = format!(
            "assay_test_{}_{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        statement(
            url,
            &format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}"),
        )?;
        let joint = if url.contains('?') { '&' } else { '?' };
        let config = StoreConfig::Postgres {
            url: format!("{url}{joint}options=-c%20search_path%3D{schema}"),
        };
        Ok(Scratch {
            config,
            folder: folder()?,
            schema: Some((url.to_owned(), schema)),
        })
    }

    /// One of each engine that can be had: SQLite always, PostgreSQL when [`POSTGRES`] is set. Says so when it is not.
    ///
    /// Errors: PostgreSQL is named but cannot be reached; a test must not pass by leaving it out then.
    pub fn engines() -> Result<Vec<Scratch>, StoreFault> {
        let mut engines = vec![Scratch::sqlite()?];
        match std::env::var(POSTGRES) {
            Ok(url) => engines.push(Scratch::postgres(&url)?),
            Err(_) => println!("SKIPPED on PostgreSQL: {POSTGRES} is not set"),
        }
        Ok(engines)
    }

    /// Opens the database; again and again if need be.
    pub fn open(&self) -> Result<Store, StoreFault> {
        Store::open(&self.config, &self.files())
    }

    pub fn config(&self) -> &StoreConfig {
        &self.config
    }

    pub fn engine(&self) -> Engine {
        if self.schema.is_some() {
            Engine::Postgres
        } else {
            Engine::Sqlite
        }
    }

    /// A folder that is the test's own.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where [`Scratch::open`] keeps evidence files.
    pub fn files(&self) -> PathBuf {
        self.folder.path().join("files")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Some((url, schema)) = &self.schema {
            // A schema that cannot be dropped is named as what it is and harms nobody.
            let _ = statement(url, &format!("DROP SCHEMA IF EXISTS {schema} CASCADE"));
        }
    }
}

fn folder() -> Result<tempfile::TempDir, StoreFault> {
    tempfile::Builder::new()
        .prefix("assay-test-")
        .tempdir()
        .map_err(|error| StoreFault::Open(format!("no temporary folder can be made: {error}")))
}

fn statement(url: &str, sql: &str) -> Result<(), StoreFault> {
    let (url, sql) = (url.to_owned(), sql.to_owned());
    crate::store::apart(move || {
        Client::connect(&url, NoTls)
            .and_then(|mut client| client.batch_execute(&sql))
            .map_err(|error| StoreFault::Open(format!("PostgreSQL for tests: {error}")))
    })
}
