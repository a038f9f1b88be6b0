//! Messages between a learner and their staff.

use super::Route;
use crate::page::{Page, html, html_with};
use crate::{AppState, InPath, Redirected, SignedIn, Told, Typed};
use assay_app::plan::message::{self, SendMessage};
use assay_domain::id::RegistrationId;
use assay_pages::Form;
use assay_pages::registration::messages::{ConversationsPage, MessagesPage};
use axum::extract::State;
use axum::response::IntoResponse;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/messages", "signed in: their own", show_all),
        Route::get(
            "/registrations/{registration}/messages",
            "those who may see the learner",
            show,
        ),
        Route::post(
            "/registrations/{registration}/messages",
            "the learner, their tutor or assessor, coordinator",
            send,
        ),
    ]
}

async fn show_all(State(state): State<AppState>, who: SignedIn) -> Page {
    let conversations = state.ask(&who.caller(), message::conversations).await?;
    Ok(html(&ConversationsPage {
        shell: who.shell("Messages"),
        conversations,
    }))
}

async fn line_page(state: &AppState, who: &SignedIn, id: RegistrationId, form: Form, told: Told) -> Page {
    let asked = id.clone();
    let line = state
        .ask(&who.caller(), move |asking| message::line(asking, &asked))
        .await?;
    // Looking at the line is opening its messages. Only working data changes, so a reload does no harm.
    let waiting = line
        .messages
        .iter()
        .any(|message| message.to.person == who.person);
    if waiting {
        let of = id.clone();
        state
            .act(who.caller(), move |acting| message::mark_seen(acting, &of))
            .await?;
    }
    let page = MessagesPage {
        shell: who
            .shell("Messages")
            .crumb(&line.learner.name, format!("/registrations/{id}")),
        line,
        form: told.beside(form),
        refusals: told.refusals("The message cannot be sent"),
    };
    Ok(html_with(told.status(), &page))
}

async fn show(State(state): State<AppState>, who: SignedIn, InPath(id): InPath<RegistrationId>) -> Page {
    line_page(&state, &who, id, Form::new(), Told::default()).await
}

async fn send(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<RegistrationId>,
    mut typed: Typed,
) -> Page {
    let input = SendMessage {
        unit: typed.optional_text("unit"),
        to: typed.id("to", "to whom you write"),
        text: typed.text("text", "a message"),
    };
    let of = id.clone();
    let done = match typed.finish() {
        Ok(()) => {
            state
                .act(who.caller(), move |acting| message::send(acting, &of, &input))
                .await
        }
        Err(failure) => Err(failure),
    };
    match done {
        Ok(()) => {
            let to = format!("/registrations/{id}/messages");
            Ok(Redirected::to(&state, to)
                .good("The message is sent.")
                .into_response())
        }
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            line_page(&state, &who, id, typed.form(), told).await
        }
    }
}
