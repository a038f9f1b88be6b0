//! An assessor's reusable comments: a working table of their own, not in the ledger. What is said with a comment is in
//! the reason of the decision, which is.

use crate::{Acting, Asking, Failure};
use assay_store::Tx;
use assay_store::statements::comment as statements;

/// The most comments that one person keeps.
pub const MOST: usize = 200;

/// The longest comment, in characters.
pub const LONGEST: usize = 2_000;

/// A comment kept for use again.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Comment {
    /// The key, `com_…`.
    pub id: String,
    pub text: String,
    /// How often it was put into a reason.
    pub uses: i64,
    /// As a UTC instant.
    pub made_at: String,
}

impl Comment {
    /// The beginning of the text, for a list.
    pub fn name(&self) -> String {
        let line = self.text.lines().next().unwrap_or_default();
        if line.chars().count() <= 60 {
            line.to_owned()
        } else {
            let short: String = line.chars().take(58).collect();
            format!("{}…", short.trim_end())
        }
    }
}

/// The caller's comments, those used most often first.
///
/// # Errors
/// `SignInNeeded`; a fault when the store fails.
pub fn list(asking: &mut Asking<'_, '_>) -> Result<Vec<Comment>, Failure> {
    let person = asking.person()?;
    of(asking.tx, person.as_str())
}

/// The comments of a person.
///
/// # Errors
/// A fault when the store fails.
pub fn of(tx: &mut Tx<'_>, person: &str) -> Result<Vec<Comment>, Failure> {
    let rows = tx.rows(&statements::LIST, &[person.into()])?;
    Ok(rows
        .iter()
        .map(|row| {
            Ok(Comment {
                id: row.text("id")?,
                text: row.text("text")?,
                uses: row.int("uses")?,
                made_at: row.text("made_at")?,
            })
        })
        .collect::<Result<_, assay_store::StoreFault>>()?)
}

/// Keeps a comment. The same text kept twice is one comment.
///
/// # Errors
/// `Unreadable` when it is blank, too long, or one too many.
pub fn keep(acting: &mut Acting<'_, '_>, text: &str) -> Result<Comment, Failure> {
    let person = acting.person()?;
    let text = text.trim();
    if text.is_empty() {
        return Err(Failure::unreadable("text", "Enter the words of the comment."));
    }
    if text.chars().count() > LONGEST {
        return Err(Failure::unreadable(
            "text",
            format!("A comment has at most {LONGEST} characters."),
        ));
    }
    let kept = of(acting.tx, person.as_str())?;
    if let Some(same) = kept.iter().find(|comment| comment.text == text) {
        return Ok(same.clone());
    }
    if kept.len() >= MOST {
        return Err(Failure::unreadable(
            "text",
            format!("{MOST} comments are the most that one person keeps. Remove one that you no longer use."),
        ));
    }
    let comment = Comment {
        id: format!("com_{}", acting.fresh.tail()),
        text: text.to_owned(),
        uses: 0,
        made_at: acting.moment().stored(),
    };
    acting.tx.run(
        &statements::ADD,
        &[
            comment.id.as_str().into(),
            person.as_str().into(),
            comment.text.as_str().into(),
            comment.made_at.as_str().into(),
        ],
    )?;
    Ok(comment)
}

/// Removes a comment of the caller's.
///
/// # Errors
/// `NotFound` when the caller keeps no such comment.
pub fn remove(acting: &mut Acting<'_, '_>, id: &str) -> Result<(), Failure> {
    let person = acting.person()?;
    match acting
        .tx
        .run(&statements::DROP, &[id.into(), person.as_str().into()])?
    {
        0 => Err(Failure::NotFound),
        _ => Ok(()),
    }
}

/// The text of a comment of the caller's, counted as used; none when they keep no such comment.
///
/// # Errors
/// A fault when the store fails.
pub fn use_one(acting: &mut Acting<'_, '_>, id: &str) -> Result<Option<String>, Failure> {
    let person = acting.person()?;
    let found = of(acting.tx, person.as_str())?
        .into_iter()
        .find(|comment| comment.id == id);
    if found.is_some() {
        acting
            .tx
            .run(&statements::COUNT_USE, &[id.into(), person.as_str().into()])?;
    }
    Ok(found.map(|comment| comment.text))
}
