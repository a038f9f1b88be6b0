//! A browser without a screen: keeps cookies, sends forms with their guards.

use assay_testkit::World;
use assay_web::clock::TestClock;
use assay_web::{AppState, Settings};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use std::collections::BTreeMap;
use tower::ServiceExt;

/// A world behind the router, with a clock that the test moves.
pub struct Site {
    pub world: World,
    pub clock: TestClock,
    pub state: AppState,
    pub router: Router,
}

impl Site {
    pub fn of(world: World) -> Site {
        Site::with(world, Settings::default())
    }

    pub fn with(world: World, settings: Settings) -> Site {
        let clock = TestClock::at(world.moment().at);
        let state = AppState::new(world.app.clone(), settings, clock.clone());
        let router = assay_web::router(state.clone());
        Site {
            world,
            clock,
            state,
            router,
        }
    }

    pub fn browser(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            cookies: BTreeMap::new(),
        }
    }
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// Where a redirect leads.
    pub fn location(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .map_or("", |to| to.to_str().unwrap())
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The value of the first hidden field of this name.
    pub fn hidden(&self, name: &str) -> String {
        let from = self
            .body
            .find(&format!("name=\"{name}\" value=\""))
            .unwrap_or_else(|| panic!("no {name} in {}", self.body));
        let rest = &self.body[from..];
        rest.split('"').nth(3).unwrap().to_owned()
    }
}

#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub cookies: BTreeMap<String, String>,
}

impl Browser {
    /// A browser on a world that the test keeps in its own hands; the clock stands at the world's present moment.
    pub fn on(world: &World) -> Browser {
        let clock = TestClock::at(world.moment().at);
        let state = AppState::new(world.app.clone(), Settings::default(), clock);
        Browser {
            router: assay_web::router(state),
            cookies: BTreeMap::new(),
        }
    }

    pub async fn send(&mut self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for set in parts.headers.get_all(header::SET_COOKIE) {
            let set = set.to_str().unwrap();
            let (pair, rest) = set.split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    fn cookie_line(&self) -> String {
        self.cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join("; ")
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        let request = Request::get(path)
            .header(header::COOKIE, self.cookie_line())
            .body(Body::empty())
            .unwrap();
        self.send(request).await
    }

    /// Sends exactly these fields.
    pub async fn post_raw(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut form = form_urlencoded::Serializer::new(String::new());
        for (name, value) in fields {
            form.append_pair(name, value);
        }
        let request = Request::post(path)
            .header(header::COOKIE, self.cookie_line())
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form.finish()))
            .unwrap();
        self.send(request).await
    }

    /// Opens the page `on`, fills a form with its guard and sends it to `path`.
    pub async fn fill(&mut self, on: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let page = self.get(on).await;
        let (csrf, once) = (page.hidden("_csrf"), page.hidden("_once"));
        let mut all = vec![("_csrf", csrf.as_str()), ("_once", once.as_str())];
        all.extend_from_slice(fields);
        self.post_raw(path, &all).await
    }

    pub async fn sign_in(&mut self, email: &str, password: &str) -> Answer {
        self.fill(
            "/sign-in",
            "/sign-in",
            &[("email", email), ("password", password), ("back", "/")],
        )
        .await
    }
}
