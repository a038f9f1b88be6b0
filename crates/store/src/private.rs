//! Private content: what facts seal by id and digest, kept where it can be erased.

use crate::statements::private::{ERASE, ERASE_SUBJECT, FIND, LIST_BY_SUBJECT, PUT};
use crate::{Row, StoreFault, Tx};

/// Private content as it is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub id: String,
    /// Whose erasure removes it.
    pub subject: String,
    /// What it is, e.g. `judgement.reason`.
    pub kind: String,
    /// Salt and content; none once erased.
    pub content: Option<(Vec<u8>, String)>,
    /// When it was erased.
    pub erased_at: Option<String>,
}

/// Keeps private content.
///
/// Errors: there is content with this id already.
pub fn put(
    tx: &mut Tx<'_>,
    id: &str,
    subject: &str,
    kind: &str,
    salt: &[u8],
    content: &str,
) -> Result<(), StoreFault> {
    tx.run(
        &PUT,
        &[
            id.into(),
            subject.into(),
            kind.into(),
            salt.into(),
            content.as_bytes().into(),
        ],
    )?;
    Ok(())
}

/// The content; none when it was erased or never kept.
pub fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<String>, StoreFault> {
    Ok(find_held(tx, id)?
        .and_then(|held| held.content)
        .map(|(_, content)| content))
}

/// The content with its salt, for checking it against the digest in the ledger, and what is known of its erasure.
pub fn find_held(tx: &mut Tx<'_>, id: &str) -> Result<Option<Held>, StoreFault> {
    tx.row(&FIND, &[id.into()])?.as_ref().map(held).transpose()
}

/// All that is held about one subject, erased or not.
pub fn list_about(tx: &mut Tx<'_>, subject: &str) -> Result<Vec<Held>, StoreFault> {
    tx.rows(&LIST_BY_SUBJECT, &[subject.into()])?
        .iter()
        .map(held)
        .collect()
}

/// Erases one piece of content with its salt; false when there is none or it was erased before.
pub fn erase(tx: &mut Tx<'_>, id: &str, at: &str) -> Result<bool, StoreFault> {
    Ok(tx.run(&ERASE, &[id.into(), at.into()])? > 0)
}

/// Erases all that is held about one subject; answers how many pieces.
pub fn erase_about(tx: &mut Tx<'_>, subject: &str, at: &str) -> Result<u64, StoreFault> {
    tx.run(&ERASE_SUBJECT, &[subject.into(), at.into()])
}

fn held(row: &Row) -> Result<Held, StoreFault> {
    let erased_at = row.optional_text("erased_at")?;
    let content = match &erased_at {
        Some(_) => None,
        None => {
            let content = String::from_utf8(row.bytes("content")?).map_err(|_| StoreFault::Row {
                statement: FIND.name,
                column: "content".to_owned(),
                why: "the text is not UTF-8".to_owned(),
            })?;
            Some((row.bytes("salt")?, content))
        }
    };
    Ok(Held {
        id: row.text("id")?,
        subject: row.text("subject")?,
        kind: row.text("kind")?,
        content,
        erased_at,
    })
}
