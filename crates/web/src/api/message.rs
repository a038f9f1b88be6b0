//! Messages between a learner and their staff over the API.

use super::{ApiAnswer, ApiCaller, Operation, Sent};
use crate::{AppState, InPath};
use assay_app::plan::message::{self, Conversation, MessageLine, SendMessage};
use assay_domain::id::RegistrationId;
use axum::extract::State;
use axum::http::StatusCode;

const SEEN: &str = "the learner, staff allocated to them, coordinator, quality manager";
const WRITE: &str = "the learner, their tutor or assessor, coordinator";

pub fn operations() -> Vec<Operation> {
    vec![
        Operation::get(
            "/api/v1/messages",
            "listConversations",
            "The lines on which the caller writes and is written to",
            list,
        )
        .tag("Messages")
        .answers_list::<Conversation>("The lines, with how many messages were not opened yet."),
        Operation::get(
            "/api/v1/registrations/{registration}/messages",
            "listMessages",
            "Messages, the latest first",
            line,
        )
        .tag("Messages")
        .access(SEEN)
        .about("Asking does not count as opening them.")
        .answers::<MessageLine>(StatusCode::OK, "The message line."),
        Operation::post(
            "/api/v1/registrations/{registration}/messages",
            "sendMessage",
            "Send a message",
            send,
        )
        .tag("Messages")
        .access(WRITE)
        .takes::<SendMessage>()
        .answers_nothing("The message is sent."),
        Operation::post(
            "/api/v1/registrations/{registration}/messages/seen",
            "openMessages",
            "Say that the messages to the caller were opened",
            mark_seen,
        )
        .tag("Messages")
        .access(SEEN)
        .answers_nothing("They count as opened."),
    ]
}

async fn list(State(state): State<AppState>, caller: ApiCaller) -> ApiAnswer {
    caller.ask(&state, message::conversations).await
}

async fn line(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<RegistrationId>,
) -> ApiAnswer {
    caller.ask(&state, move |asking| message::line(asking, &id)).await
}

async fn send(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<RegistrationId>,
    Sent(input): Sent<SendMessage>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            message::send(acting, &id, &input)
        })
        .await
}

async fn mark_seen(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<RegistrationId>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            message::mark_seen(acting, &id)
        })
        .await
}
