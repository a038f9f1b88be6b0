//! Reading the address: ids in the path and words after the question mark, for pages and API alike.

use crate::failure::PageFailure;
use assay_app::Failure;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

/// The character that no text may hold, because PostgreSQL cannot keep it, as an address writes it.
const NUL: &str = "%00";

/// Ids from the path. An id that is none answers "not found", like one that does not exist.
pub struct InPath<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for InPath<T> {
    type Rejection = PageFailure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, PageFailure> {
        if parts.uri.path().contains(NUL) {
            return Err(PageFailure(Failure::NotFound));
        }
        match Path::<T>::from_request_parts(parts, state).await {
            Ok(Path(value)) => Ok(InPath(value)),
            Err(_) => Err(PageFailure(Failure::NotFound)),
        }
    }
}

/// Words after the question mark, e.g. a search and a page number.
pub struct InQuery<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for InQuery<T> {
    type Rejection = PageFailure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageFailure> {
        if parts.uri.query().is_some_and(|query| query.contains(NUL)) {
            return Err(PageFailure(Failure::unreadable(
                "",
                "The address holds the character U+0000, which no text here can hold.",
            )));
        }
        serde_urlencoded::from_str(parts.uri.query().unwrap_or_default())
            .map(InQuery)
            .map_err(|error| {
                let words = format!("The words after the question mark cannot be read: {error}.");
                PageFailure(Failure::unreadable("", words))
            })
    }
}
