//! Who calls the API, and answering a repeated call once.

use super::{ApiFailure, Problem};
use crate::AppState;
use assay_app::account::token::{self, Scope, TokenHolder};
use assay_app::{Acting, Asking, Caller, Failure};
use assay_domain::{Moment, Via};
use assay_store::statements::idempotency as statements;
use axum::body::Body;
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

/// What an API handler answers.
pub type ApiAnswer = Result<Response, ApiFailure>;

/// The header by which a caller names a write, so that repeating it repeats the answer and not the act.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The digest of method, address and body of a write that carries a key.
#[derive(Debug, Clone, Copy)]
struct RequestDigest([u8; 32]);

/// The owner of a valid token. A handler that asks for this is for them only; a write asks for the scope `write`.
#[derive(Debug, Clone)]
pub struct ApiCaller {
    holder: TokenHolder,
    moment: Moment,
    key: Option<Key>,
}

#[derive(Debug, Clone)]
struct Key {
    key: String,
    route: String,
    digest: Vec<u8>,
}

/// An act that answers with the bytes of a body.
type Command = Box<dyn FnOnce(&mut Acting<'_, '_>) -> Result<Vec<u8>, Failure> + Send>;
/// A question that does.
type Query = Box<dyn FnOnce(&mut Asking<'_, '_>) -> Result<Vec<u8>, Failure> + Send>;

impl ApiCaller {
    /// Who acts, for `state.act` and `state.ask`.
    pub fn caller(&self) -> Caller {
        Caller {
            person: Some(self.holder.person.clone()),
            via: Via::Api,
            moment: self.moment,
        }
    }

    /// The id of the token and when it ends.
    pub fn token(&self) -> (&str, &str) {
        (&self.holder.token, &self.holder.ends_at)
    }

    /// Carries an act out and answers it as JSON with `status` (an empty body with 204). Where the caller named the write
    /// by a key, the answer is kept in the act's own transaction: a crash leaves both or neither, and two calls with one
    /// key at the same time carry out one.
    ///
    /// # Errors
    /// What the command answers; `Conflict` when another call with the same key got there first.
    pub async fn act<T, F>(&self, state: &AppState, status: StatusCode, command: F) -> ApiAnswer
    where
        T: serde::Serialize + Send + 'static,
        F: FnOnce(&mut Acting<'_, '_>) -> Result<T, Failure> + Send + 'static,
    {
        self.carry_out(state, status, true, in_json(status, command))
            .await
    }

    /// As [`ApiCaller::act`] for an answer that holds a secret, such as a token or a one-time link. It is told once: under
    /// a key nothing is kept but that the act was carried out.
    ///
    /// # Errors
    /// As [`ApiCaller::act`].
    pub async fn act_in_secret<T, F>(&self, state: &AppState, status: StatusCode, command: F) -> ApiAnswer
    where
        T: serde::Serialize + Send + 'static,
        F: FnOnce(&mut Acting<'_, '_>) -> Result<T, Failure> + Send + 'static,
    {
        self.carry_out(state, status, false, in_json(status, command))
            .await
    }

    async fn carry_out(
        &self,
        state: &AppState,
        status: StatusCode,
        keep_answer: bool,
        command: Command,
    ) -> ApiAnswer {
        let key = self.key.clone();
        let person = self.holder.person.clone();
        let body = state
            .act(self.caller(), move |acting| {
                if let Some(key) = &key {
                    let known = acting.tx.row(&statements::FIND, &[person.as_str().into(), key.key.as_str().into()])?;
                    if known.is_some() {
                        return Err(Failure::Conflict {
                            because: "A call with this Idempotency-Key was carried out at the same time; send it again for its answer.".into(),
                        });
                    }
                }
                let body = command(acting)?;
                if let Some(key) = key {
                    let at = acting.moment().stored();
                    acting.tx.run(
                        &statements::PUT,
                        &[
                            person.as_str().into(),
                            key.key.into(),
                            key.route.into(),
                            key.digest.into(),
                            i64::from(status.as_u16()).into(),
                            if keep_answer { body.as_slice() } else { &[] }.into(),
                            at.into(),
                        ],
                    )?;
                }
                Ok(body)
            })
            .await?;
        Ok(json(status, body))
    }

    /// Answers a question as JSON.
    ///
    /// # Errors
    /// What the query answers.
    pub async fn ask<T, F>(&self, state: &AppState, query: F) -> ApiAnswer
    where
        T: serde::Serialize + Send + 'static,
        F: FnOnce(&mut Asking<'_, '_>) -> Result<T, Failure> + Send + 'static,
    {
        self.look_up(
            state,
            Box::new(move |asking| Ok(serde_json::to_vec(&query(asking)?)?)),
        )
        .await
    }

    async fn look_up(&self, state: &AppState, query: Query) -> ApiAnswer {
        let body = state.ask(&self.caller(), query).await?;
        Ok(json(StatusCode::OK, body))
    }
}

/// The act with its answer as JSON, no body with 204. Boxed, as is [`Query`], so that what surrounds it is compiled once.
fn in_json<T, F>(status: StatusCode, command: F) -> Command
where
    T: serde::Serialize,
    F: FnOnce(&mut Acting<'_, '_>) -> Result<T, Failure> + Send + 'static,
{
    Box::new(move |acting| {
        let answer = command(acting)?;
        if status == StatusCode::NO_CONTENT {
            return Ok(Vec::new());
        }
        Ok(serde_json::to_vec(&answer)?)
    })
}

fn json(status: StatusCode, body: Vec<u8>) -> Response {
    let mut response = (status, [(header::CACHE_CONTROL, "no-store")], body).into_response();
    let headers = response.headers_mut();
    if status == StatusCode::NO_CONTENT {
        headers.remove(header::CONTENT_TYPE);
    } else {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    response
}

impl FromRequestParts<AppState> for ApiCaller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let moment = state.moment();
        let holder = holder(parts, state, moment)
            .await
            .map_err(IntoResponse::into_response)?;
        let writes = !matches!(parts.method, Method::GET | Method::HEAD);
        if writes && holder.scope != Scope::Write {
            return Err(Problem::plain(
                StatusCode::FORBIDDEN,
                "This token may only ask; make one with the scope write.",
            )
            .into_response());
        }
        let key = match parts.headers.get(IDEMPOTENCY_KEY).filter(|_| writes) {
            None => None,
            Some(value) => {
                let key = value.to_str().ok().filter(|key| (1..=128).contains(&key.len()));
                let Some(key) = key else {
                    return Err(ApiFailure(Failure::unreadable(
                        "Idempotency-Key",
                        "Send 1 to 128 visible ASCII characters.",
                    ))
                    .into_response());
                };
                let digest = parts
                    .extensions
                    .get::<RequestDigest>()
                    .map(|digest| digest.0.to_vec())
                    .unwrap_or_default();
                let route = format!("{} {}", parts.method, parts.uri.path());
                Some(Key {
                    key: key.to_owned(),
                    route,
                    digest,
                })
            }
        };
        let caller = ApiCaller { holder, moment, key };
        match caller.answered_before(state).await {
            Ok(None) => Ok(caller),
            Ok(Some(answer)) => Err(answer),
            Err(failure) => Err(ApiFailure(failure).into_response()),
        }
    }
}

impl ApiCaller {
    async fn answered_before(&self, state: &AppState) -> Result<Option<Response>, Failure> {
        let Some(key) = self.key.clone() else {
            return Ok(None);
        };
        let person = self.holder.person.clone();
        state
            .ask(&self.caller(), move |asking| {
                let row = asking.tx.row(&statements::FIND, &[person.as_str().into(), key.key.as_str().into()])?;
                let Some(row) = row else { return Ok(None) };
                if row.text("route")? != key.route || row.bytes("request_digest")? != key.digest {
                    let problem = Problem::plain(
                        StatusCode::UNPROCESSABLE_ENTITY,
                        "This Idempotency-Key was used for another request. Choose a new key for a new request.",
                    );
                    return Ok(Some(Problem { code: Some("IDEMPOTENCY_KEY_REUSED".into()), ..problem }.into_response()));
                }
                let status = u16::try_from(row.int("status")?).ok().and_then(|status| StatusCode::from_u16(status).ok());
                let status = status.unwrap_or(StatusCode::OK);
                let body = row.bytes("body")?;
                if body.is_empty() && status != StatusCode::NO_CONTENT {
                    let problem = Problem::plain(
                        StatusCode::CONFLICT,
                        "This was carried out under the same Idempotency-Key. Its answer held a secret, which is told once \
                         and not kept. If it did not reach you, ask for a new one under a new key.",
                    );
                    return Ok(Some(Problem { code: Some("SECRET_TOLD_ONCE".into()), ..problem }.into_response()));
                }
                let mut answer = json(status, body);
                answer.headers_mut().insert("idempotent-replayed", HeaderValue::from_static("true"));
                Ok(Some(answer))
            })
            .await
    }
}

async fn holder(parts: &Parts, state: &AppState, moment: Moment) -> Result<TokenHolder, ApiFailure> {
    let text = parts
        .headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim().to_owned())
        .filter(|token| token.starts_with(token::PREFIX) && token.len() <= 100)
        .ok_or(Failure::SignInNeeded)?;
    let nobody = Caller {
        person: None,
        via: Via::Api,
        moment,
    };
    let holder = state
        .ask(&nobody, move |asking| {
            token::find_holder(asking.tx, &text, moment)
        })
        .await?
        .ok_or(Failure::SignInNeeded)?;
    if holder.is_due_to_be_touched(moment) {
        let touched = holder.clone();
        state.act(nobody, move |acting| touched.touch(acting)).await?;
    }
    Ok(holder)
}

/// Reads the body of a write with a key and hands its digest on. A streamed upload is named by its address, length and
/// media type instead, because it is not read into memory.
pub(super) async fn with_digest(state: &AppState, request: Request) -> Result<Request, Response> {
    if !request.headers().contains_key(IDEMPOTENCY_KEY)
        || matches!(*request.method(), Method::GET | Method::HEAD)
    {
        return Ok(request);
    }
    let (mut parts, body) = request.into_parts();
    let mut hash = Sha256::new();
    for text in [
        parts.method.as_str(),
        parts.uri.path(),
        parts.uri.query().unwrap_or_default(),
    ] {
        hash.update(text.as_bytes());
        hash.update([0]);
    }
    let is_json = parts
        .headers
        .get(header::CONTENT_TYPE)
        .is_none_or(|kind| kind.as_bytes().starts_with(b"application/json"));
    let body = if is_json {
        let Ok(bytes) = axum::body::to_bytes(body, state.settings().largest_body).await else {
            return Err(Problem::plain(
                StatusCode::PAYLOAD_TOO_LARGE,
                "The body is larger than can be taken.",
            )
            .into_response());
        };
        hash.update(&bytes);
        Body::from(bytes)
    } else {
        for name in [header::CONTENT_TYPE, header::CONTENT_LENGTH] {
            hash.update(
                parts
                    .headers
                    .get(name)
                    .map(HeaderValue::as_bytes)
                    .unwrap_or_default(),
            );
            hash.update([0]);
        }
        body
    };
    parts.extensions.insert(RequestDigest(hash.finalize().into()));
    Ok(Request::from_parts(parts, body))
}
