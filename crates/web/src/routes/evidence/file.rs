//! The bytes of a version: whole or a range, never run, never framed elsewhere.

use crate::{AppState, InPath, PageFailure, SignedIn};
use assay_app::evidence::view::{self, VersionFile};
use assay_domain::id::EvidenceId;
use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::io::{Seek, SeekFrom};
use tokio::io::AsyncReadExt;
use tokio_util::io::ReaderStream;

/// What a learner's file may do in a browser: nothing but show itself.
const CONTAINED: &str = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox; \
                         frame-ancestors 'self'";
/// As [`CONTAINED`]; a browser's own viewer of PDF does not start in a sandbox.
const CONTAINED_PDF: &str =
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";

pub(super) async fn show(
    State(state): State<AppState>,
    who: SignedIn,
    InPath((id, version)): InPath<(EvidenceId, u32)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, PageFailure> {
    let found = state
        .ask(&who.caller(), move |asking| view::file(asking, &id, version))
        .await?;
    Ok(answer(found, query.as_deref() == Some("download"), &headers))
}

/// A file as an answer, with ranges for players that seek (RFC 9110, section 14).
pub(crate) fn answer(mut found: VersionFile, download: bool, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", found.sha256);
    let same = |name| {
        headers
            .get(name)
            .is_some_and(|sent: &HeaderValue| sent.as_bytes() == tag.as_bytes())
    };
    let mut kept = HeaderMap::new();
    let mut set = |name, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            kept.insert(name, value);
        }
    };
    let pdf = found.media == "application/pdf";
    let shown = !download
        && (pdf
            || found.media.starts_with("image/")
            || found.media.starts_with("audio/")
            || found.media.starts_with("video/"));
    set(header::ETAG, &tag);
    set(header::ACCEPT_RANGES, "bytes");
    set(
        header::CONTENT_SECURITY_POLICY,
        if pdf { CONTAINED_PDF } else { CONTAINED },
    );
    // Already as small as it gets, and a compressed answer has no ranges.
    set(header::CONTENT_ENCODING, "identity");
    // Text is sent as text and nothing else, whatever it holds.
    set(header::CONTENT_TYPE, &found.media);
    set(header::CONTENT_DISPOSITION, &disposition(shown, &found.file_name));
    if same(header::IF_NONE_MATCH) {
        return (StatusCode::NOT_MODIFIED, kept).into_response();
    }
    let size = found.bytes;
    let wanted = headers
        .get(header::RANGE)
        .filter(|_| !headers.contains_key(header::IF_RANGE) || same(header::IF_RANGE))
        .and_then(|range| range.to_str().ok())
        .and_then(|range| read_range(range, size));
    let (status, from, length) = match wanted {
        None => (StatusCode::OK, 0, size),
        Some(Err(OutsideFile)) => {
            if let Ok(value) = HeaderValue::from_str(&format!("bytes */{size}")) {
                kept.insert(header::CONTENT_RANGE, value);
            }
            return (StatusCode::RANGE_NOT_SATISFIABLE, kept).into_response();
        }
        Some(Ok((from, until))) => {
            if let Ok(value) = HeaderValue::from_str(&format!("bytes {from}-{until}/{size}")) {
                kept.insert(header::CONTENT_RANGE, value);
            }
            (StatusCode::PARTIAL_CONTENT, from, until - from + 1)
        }
    };
    kept.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    if from > 0 && found.file.seek(SeekFrom::Start(from)).is_err() {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let file = tokio::fs::File::from_std(found.file).take(length);
    (status, kept, Body::from_stream(ReaderStream::new(file))).into_response()
}

/// What was asked for begins after the end of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutsideFile;

/// One range of bytes, first and last. None for what is to be answered with the whole; an error for one outside.
pub fn read_range(range: &str, size: u64) -> Option<Result<(u64, u64), OutsideFile>> {
    let (from, until) = range.strip_prefix("bytes=")?.split_once('-')?;
    let (from, until) = (from.trim(), until.trim());
    if from.is_empty() {
        let last: u64 = until.parse().ok()?;
        if last == 0 || size == 0 {
            return Some(Err(OutsideFile));
        }
        return Some(Ok((size.saturating_sub(last), size - 1)));
    }
    let from: u64 = from.parse().ok()?;
    let until = if until.is_empty() {
        u64::MAX
    } else {
        until.parse().ok()?
    };
    if until < from {
        return None;
    }
    if from >= size {
        return Some(Err(OutsideFile));
    }
    Some(Ok((from, until.min(size - 1))))
}

/// Shown in the page or fetched, with the file's name in a form that every browser reads (RFC 6266).
pub fn disposition(shown: bool, name: &str) -> String {
    let how = if shown { "inline" } else { "attachment" };
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') {
                c
            } else {
                '_'
            }
        })
        .collect();
    let mut coded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            coded.push(char::from(byte));
        } else {
            coded.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{coded}")
}
