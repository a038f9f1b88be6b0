//! Migrations: numbered SQL files, one text for both engines, applied forward only.

use crate::engine::{Connection, Engine};
use crate::{StoreFault, Value};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// A step of the schema. Numbers need not be without gaps; each area has its own range.
struct Migration {
    number: i64,
    name: &'static str,
    sql: &'static str,
}

macro_rules! migration {
    ($number:literal, $name:literal) => {
        Migration {
            number: $number,
            name: $name,
            sql: include_str!(concat!("../migrations/", $name, ".sql")),
        }
    };
}

/// One line per file, in the order of the numbers. A file that was released is never changed again.
const MIGRATIONS: &[Migration] = &[
    migration!(1, "0001_ledger"),
    migration!(2, "0002_private"),
    migration!(3, "0003_outbox"),
    migration!(4, "0004_idempotency"),
    migration!(10, "0010_people"),
    migration!(11, "0011_sign_in_indexes"),
    migration!(12, "0012_person_word"),
    migration!(13, "0013_role_index"),
    migration!(20, "0020_registration"),
    migration!(21, "0021_registration_search"),
    migration!(22, "0022_register_upload"),
    migration!(23, "0023_registration_endings"),
    migration!(30, "0030_evidence"),
    migration!(31, "0031_passage_by"),
    migration!(32, "0032_paragraph_print"),
    migration!(40, "0040_judgement"),
    migration!(50, "0050_award"),
    migration!(51, "0051_award_lists"),
    migration!(52, "0052_certificate_by_file"),
    migration!(53, "0053_open_claims"),
    migration!(54, "0054_certificate_delivery"),
    migration!(55, "0055_share_link"),
    migration!(60, "0060_trail"),
    migration!(70, "0070_syllabus"),
    migration!(71, "0071_person_order"),
    migration!(72, "0072_marking_queue"),
    migration!(73, "0073_submission_state"),
    migration!(74, "0074_plan_review"),
    migration!(75, "0075_open_invitation"),
    migration!(80, "0080_theme"),
    migration!(81, "0081_name_change"),
    migration!(82, "0082_correction"),
    migration!(83, "0083_unit_credit"),
    migration!(84, "0084_membership"),
    migration!(90, "0090_signing_key"),
    migration!(100, "0100_certificate_status"),
    migration!(110, "0110_external_assessment"),
];

const TABLE: &str = "CREATE TABLE IF NOT EXISTS migration (
    number {int} NOT NULL PRIMARY KEY,
    name {text} NOT NULL,
    checksum {text} NOT NULL
) {strict}";

/// The text for an engine: `{int}`, `{bytes}`, `{text}` are column types; `{strict}` and `{keyed}` stand after a table's
/// closing bracket, the latter for tables that are always looked up by a primary key that is not a whole number.
fn text_for(engine: Engine, sql: &str) -> String {
    let tokens = match engine {
        Engine::Sqlite => [
            ("{int}", "INTEGER"),
            ("{bytes}", "BLOB"),
            ("{text}", "TEXT"),
            ("{strict}", "STRICT"),
            ("{keyed}", "STRICT, WITHOUT ROWID"),
        ],
        Engine::Postgres => [
            ("{int}", "BIGINT"),
            ("{bytes}", "BYTEA"),
            ("{text}", "TEXT COLLATE \"C\""),
            ("{strict}", ""),
            ("{keyed}", ""),
        ],
    };
    tokens
        .iter()
        .fold(sql.to_owned(), |text, (token, word)| text.replace(token, word))
}

fn checksum(sql: &str) -> String {
    hex::encode(Sha256::digest(sql))
}

/// Brings the schema to this program's version, in one transaction: either all that was missing is applied or nothing.
///
/// Errors: the database was written by a newer program; an applied migration differs from this program's; a migration
/// fails; the database cannot be reached.
pub(crate) fn migrate(connection: &mut dyn Connection) -> Result<(), StoreFault> {
    migrate_to(connection, MIGRATIONS)
}

fn migrate_to(connection: &mut dyn Connection, migrations: &[Migration]) -> Result<(), StoreFault> {
    connection.begin_write()?;
    let migrated = apply(connection, migrations);
    match migrated {
        Ok(()) => connection.commit(),
        Err(fault) => {
            connection.rollback();
            Err(fault)
        }
    }
}

fn apply(connection: &mut dyn Connection, migrations: &[Migration]) -> Result<(), StoreFault> {
    let engine = connection.engine();
    connection.batch("migration", &text_for(engine, TABLE))?;
    let applied = applied(connection)?;
    if let Some((number, (name, _))) = applied
        .iter()
        .find(|(number, _)| !migrations.iter().any(|known| known.number == **number))
    {
        return Err(StoreFault::Open(format!(
            "this database was written by a newer version of Assay: it has migration {number} ({name}), which this \
             version does not know. Start the version that wrote it, or a later one"
        )));
    }
    for migration in migrations {
        match applied.get(&migration.number) {
            Some((_, sum)) if *sum == checksum(migration.sql) => {}
            Some((name, _)) => {
                return Err(StoreFault::Open(format!(
                    "migration {} was applied to this database as {name} with another text than this version has; \
                     the schema cannot be trusted. Start the version that wrote it",
                    migration.number
                )));
            }
            None => {
                connection
                    .batch(migration.name, &text_for(engine, migration.sql))
                    .map_err(|fault| match fault {
                        StoreFault::DiskFull => fault,
                        other => {
                            StoreFault::Open(format!("the schema cannot be brought up to date: {other}"))
                        }
                    })?;
                connection.plain(
                    "migration.put",
                    "INSERT INTO migration (number, name, checksum) VALUES ($1, $2, $3)",
                    &[
                        migration.number.into(),
                        migration.name.into(),
                        checksum(migration.sql).into(),
                    ],
                )?;
            }
        }
    }
    Ok(())
}

fn applied(connection: &mut dyn Connection) -> Result<BTreeMap<i64, (String, String)>, StoreFault> {
    let mut applied = BTreeMap::new();
    connection.each(
        "migration.list",
        "SELECT number, name, checksum FROM migration ORDER BY number",
        &mut |_, values| {
            if let [Value::Int(number), Value::Text(name), Value::Text(sum)] = values.as_slice() {
                applied.insert(*number, (name.clone(), sum.clone()));
            }
            Ok(())
        },
    )?;
    Ok(applied)
}
