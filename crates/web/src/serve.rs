//! The whole router, and serving it until the program is asked to stop.

use crate::{AppState, api, form, layers, routes, session};
use assay_app::Failure;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use tokio::net::TcpListener;

/// The program as one service: pages, API, assets and health, with everything that stands around them.
pub fn router(state: AppState) -> Router {
    let largest = DefaultBodyLimit::max(state.settings().largest_body);
    // Outermost last: a request passes the visit, then the guard, then the page.
    let pages = routes::router(routes::pages())
        .fallback(async || crate::failure::PageFailure(Failure::NotFound))
        .method_not_allowed_fallback(async || crate::failure::PageFailure(Failure::NotFound))
        .layer(largest)
        .layer(from_fn_with_state(state.clone(), form::guard))
        .layer(from_fn_with_state(state.clone(), session::visit));
    let api = api::router(&state).layer(largest);
    routes::router(routes::plain())
        .merge(api)
        .fallback_service(pages.with_state(state.clone()))
        .layer(from_fn_with_state(state.clone(), layers::time_limit))
        .layer(tower_http::compression::CompressionLayer::new().gzip(true))
        .layer(from_fn_with_state(state.clone(), layers::security_headers))
        .layer(from_fn(layers::trace))
        .with_state(state)
}

/// Serves until Ctrl-C or SIGTERM, then finishes the requests under way.
///
/// # Errors
/// The listener fails.
pub async fn serve(state: AppState, listener: TcpListener) -> std::io::Result<()> {
    let housekeeping = tokio::spawn(keep_house(state.clone()));
    let service = router(state).into_make_service_with_connect_info::<std::net::SocketAddr>();
    let served = axum::serve(listener, service)
        .with_graceful_shutdown(asked_to_stop())
        .await;
    housekeeping.abort();
    served
}

/// Removes once what uploads left behind, then delivers the outbox every few seconds, and every hour forgets what is no
/// longer needed.
async fn keep_house(state: AppState) {
    const TURN: std::time::Duration = std::time::Duration::from_secs(5);
    const TURNS_PER_HOUR: u32 = 720;
    let mut turns = tokio::time::interval(TURN);
    turns.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let installation = |moment| assay_app::Caller {
        person: None,
        via: assay_domain::Via::Command,
        moment,
    };
    let (sweeper, supply) = (installation(state.moment()), state.clone());
    log(state
        .work(move |app| {
            let fresh = || supply.fresh();
            assay_app::evidence::content::sweep(app, &sweeper, &fresh, crate::clock::a_day_ago()).map(drop)
        })
        .await);
    for turn in 0_u32.. {
        turns.tick().await;
        let moment = state.moment();
        if let Some(folder) = state.settings().outbox.clone() {
            log(state
                .work(move |app| assay_app::outbox::deliver(app, &folder, moment).map(drop))
                .await);
        }
        if turn % TURNS_PER_HOUR == 0 {
            let limits = state.settings().sessions;
            log(state
                .act(installation(moment), move |acting| {
                    assay_app::account::session::sweep(acting, limits)
                })
                .await);
        }
    }
}

fn log(done: Result<(), Failure>) {
    if let Err(failure) = done {
        crate::failure::log_fault(&failure.to_string());
    }
}

async fn asked_to_stop() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
