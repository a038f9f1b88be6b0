//! A specification as a file that may leave the installation: without guidance, which is the awarding body's own.

use super::guidance;
use super::view::{see, works_on_them};
use crate::{Asking, Failure};
use assay_domain::id::SpecificationId;
use assay_formats::case::{CaseVersion, export};
use assay_specification::Format;

/// The file of a name: `specification.toml`, `specification.json`, `case-1.1.json` or `case-1.0.json`. Answers media type,
/// file name and text.
///
/// # Errors
/// `SignInNeeded`; `NotFound` for another name, when there is no such specification, or for somebody who does not work on
/// specifications.
pub fn file(
    asking: &mut Asking<'_, '_>,
    id: &SpecificationId,
    name: &str,
) -> Result<(&'static str, String, String), Failure> {
    if !works_on_them(asking.actor()?) {
        return Err(Failure::NotFound);
    }
    let seen = see(asking, id)?;
    let bare = guidance::without(&seen.specification);
    let case = |version| export(&bare, version).and_then(|package| package.to_text());
    let (media, text) = match name {
        "specification.toml" => ("application/toml; charset=utf-8", bare.write(Format::Toml)),
        "specification.json" => ("application/json", bare.write(Format::Json)),
        "case-1.1.json" => ("application/json", case(CaseVersion::V1_1)),
        "case-1.0.json" => ("application/json", case(CaseVersion::V1_0)),
        _ => return Err(Failure::NotFound),
    };
    let stem: String = seen
        .row
        .title
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    let stem = stem.trim_matches('-').chars().take(60).collect::<String>();
    let version: String = seen
        .row
        .version
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '.')
        .take(20)
        .collect();
    let ending = name
        .strip_prefix("specification")
        .map_or_else(|| format!("-{name}"), str::to_owned);
    Ok((
        media,
        format!("{stem}-v{version}{ending}"),
        text.map_err(Failure::Fault)?,
    ))
}
