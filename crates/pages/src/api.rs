//! The API's description for people.

use crate::Shell;
use askama::Template;

/// One operation.
#[derive(Debug, Clone, Default)]
pub struct Line {
    pub tag: String,
    pub method: String,
    pub path: String,
    pub id: String,
    pub summary: String,
    pub access: String,
}

/// Every operation with its address, and how to call.
#[derive(Debug, Template)]
#[template(path = "api.html")]
pub struct ApiPage {
    pub shell: Shell,
    /// Sorted by chapter.
    pub operations: Vec<Line>,
}

/// Kinds of problem documents, with their status and meaning; the fragment of a problem's `type` leads here.
const PROBLEMS: &[(&str, u16, &str)] = &[
    (
        "unreadable",
        400,
        "The request cannot be read. Each entry of complaints names its field.",
    ),
    (
        "token-needed",
        401,
        "The token is missing, unknown, revoked or past its end.",
    ),
    ("scope-missing", 403, "The token has only the scope read."),
    (
        "not-found",
        404,
        "There is no such thing, or the owner of the token may not see it; the two answer alike.",
    ),
    ("method", 405, "The address has no such method."),
    (
        "conflict",
        409,
        "Somebody acted in between. Read the thing again, then decide again.",
    ),
    ("too-large", 413, "The body is larger than can be taken."),
    ("media-type", 415, "Another media type is expected."),
    (
        "refused",
        422,
        "The rules say no. Each entry of refusals says why, what would help, who can do that and where the rule comes from.",
    ),
    (
        "fault",
        500,
        "Something broke. The incident number is found in the program's log.",
    ),
    (
        "unavailable",
        503,
        "It took too long, or the program is stopping.",
    ),
];

impl ApiPage {
    /// Chapters with their operations.
    fn chapters(&self) -> Vec<(&str, &[Line])> {
        self.operations
            .chunk_by(|a, b| a.tag == b.tag)
            .filter_map(|lines| Some((lines.first()?.tag.as_str(), lines)))
            .collect()
    }

    fn problems(&self) -> &'static [(&'static str, u16, &'static str)] {
        PROBLEMS
    }
}
