//! The public check of a certificate. It is asked by an address (GET), so that it needs no cookie and can be printed and
//! repeated; nothing of it is kept, indexed or told to other sites.

use super::Route;
use crate::client::ClientAddress;
use crate::page::{Page, html_with};
use crate::{AppState, InPath, InQuery, MaybeSignedIn};
use assay_app::award::check::check;
use assay_pages::Form;
use assay_pages::award::check::{Answer, CheckPage, TooOftenPage};
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/check", "anybody", show),
        // The address in the code on the certificate; the family name is asked for.
        Route::get("/check/{number}", "anybody", show_number),
    ]
}

#[derive(serde::Deserialize)]
struct Asked {
    #[serde(default)]
    number: String,
    #[serde(default)]
    family: String,
}

async fn show(
    State(state): State<AppState>,
    visit: MaybeSignedIn,
    from: ClientAddress,
    InQuery(asked): InQuery<Asked>,
) -> Page {
    answer(&state, &visit, from, asked, Way::Form).await
}

async fn show_number(
    State(state): State<AppState>,
    visit: MaybeSignedIn,
    from: ClientAddress,
    InPath(number): InPath<String>,
    InQuery(asked): InQuery<Asked>,
) -> Page {
    answer(&state, &visit, from, Asked { number, ..asked }, Way::Code).await
}

/// Longer input is cut: no certificate has it.
fn short(text: &str) -> String {
    text.trim().chars().take(100).collect()
}

/// How somebody came: by the form, or by the address in the code, which names the number only.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Form,
    Code,
}

async fn answer(
    state: &AppState,
    visit: &MaybeSignedIn,
    from: ClientAddress,
    asked: Asked,
    way: Way,
) -> Page {
    let (number, family) = (short(&asked.number), short(&asked.family));
    let mut form = Form::new().with("number", &number).with("family", &family);
    let mut found = Answer::NotAsked;
    let mut status = StatusCode::OK;
    if !number.is_empty() && !family.is_empty() {
        if let Err(seconds) = state.checks().take(from.0, visit.moment().at) {
            return Ok(too_often(visit, seconds));
        }
        found = state
            .ask(&visit.caller(), move |asking| check(asking, &number, &family))
            .await?
            .map_or(Answer::NotFound, |checked| Answer::Found(Box::new(checked)));
        if matches!(found, Answer::Found(_)) {
            // The next one is another certificate.
            form = Form::new();
        }
    } else if way == Way::Form && !(number.is_empty() && family.is_empty()) {
        let (field, message) = if number.is_empty() {
            ("number", "Enter the certificate number.")
        } else {
            (
                "family",
                "Enter the holder's family name as it stands on the certificate.",
            )
        };
        status = StatusCode::BAD_REQUEST;
        form = form.complain(field, message);
    }
    let page = CheckPage {
        shell: visit.shell("Check a certificate"),
        form,
        answer: found,
        at: visit.moment().stored(),
    };
    Ok(private(html_with(status, &page)))
}

/// The answer to an address that asks too often.
pub(super) fn too_often(visit: &MaybeSignedIn, seconds: u64) -> Response {
    let page = TooOftenPage {
        shell: visit.shell("Check a certificate"),
        seconds,
    };
    let mut response = html_with(StatusCode::TOO_MANY_REQUESTS, &page);
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    private(response)
}

/// Out of caches and out of search engines.
pub(super) fn private(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex, nofollow"),
    );
    response
}
