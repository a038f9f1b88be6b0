//! The demonstration's house, made by the program and then asked without a network.

use assay_app::printing::{CertificateFace, Look, Printer, Transcript};
use assay_app::reading::DocumentReader;
use assay_app::{App, Surroundings, profile};
use assay_formats::document::DocumentText;
use assay_formats::limits::Limits;
use assay_formats::refusal::{ReadRefusal, RefusalCode};
use assay_formats::syllabus::Reading;
use assay_store::{Store, StoreConfig};
use assay_web::clock::TestClock;
use assay_web::{AppState, Settings};
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use tower::ServiceExt;

/// The program, as built for this test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_assay");

/// Who looks around: a name for the table, and the name on the demonstration's sign-in page.
pub const PEOPLE: [(&str, &str); 11] = [
    ("learner", "Elena Petrova"),
    ("other learner", "Amira Haddad"),
    ("tutor", "Tunde Bakare"),
    ("assessor", "Asha Raman"),
    ("trainee", "Freya Lindqvist"),
    ("verifier", "Grace Okafor"),
    ("coordinator", "Carys Bevan"),
    ("other centre", "Owain Pritchard"),
    ("external assessor", "Imogen Hale"),
    ("quality manager", "Quentin Marsh"),
    ("administrator", "Ada Whitlock"),
];

/// Makes the demonstration's data in a folder.
fn make_demonstration(data: &Path) {
    let made = Command::new(PROGRAM)
        .args(["demo", "--no-serve", "--data"])
        .arg(data)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}

/// The demonstration's data in a folder, as a copy of what the first test that asked has made: setting its stage takes far
/// longer than most tests. A program built anew makes it anew.
pub fn copy_demonstration(data: &Path) {
    let built = std::fs::metadata(PROGRAM).unwrap();
    let age = built
        .modified()
        .unwrap()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap();
    let shelf = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let made = shelf.join(format!("demonstration-{}-{}", built.len(), age.as_nanos()));
    // Tests run in processes of their own: one makes it, the others wait.
    let lock = std::fs::File::create(shelf.join("demonstration.lock")).unwrap();
    lock.lock().unwrap();
    if !made.is_dir() {
        for old in std::fs::read_dir(shelf).unwrap().flatten() {
            if old.path().is_dir() && old.file_name().to_string_lossy().starts_with("demonstration-") {
                std::fs::remove_dir_all(old.path()).unwrap();
            }
        }
        let making = shelf.join("demonstration-making");
        make_demonstration(&making);
        std::fs::rename(&making, &made).unwrap();
    }
    copy(&made, data);
}

/// A copy of the data, so that nobody meets what another has done.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

/// Stands in for Typst.
struct PlainPrinter;

impl Printer for PlainPrinter {
    fn certificate(&self, face: &CertificateFace, _: &Look) -> Result<Vec<u8>, String> {
        Ok(format!("%PDF-1.7\n{face:#?}\n").into_bytes())
    }
    fn transcript(&self, transcript: &Transcript, _: &Look) -> Result<Vec<u8>, String> {
        Ok(format!("%PDF-1.7\n{transcript:#?}\n").into_bytes())
    }
}

/// Reads documents in the test's own process.
struct PlainReader;

impl DocumentReader for PlainReader {
    fn read(&self, file: &Path) -> Result<DocumentText, ReadRefusal> {
        let bytes = std::fs::read(file).map_err(|error| {
            ReadRefusal::new(RefusalCode::Damaged, error.to_string(), "Send the file again.")
        })?;
        let name = file.file_name().and_then(|name| name.to_str());
        assay_formats::document::read(&bytes, name, &Limits::default())
    }
    fn read_syllabus(&self, file: &Path, name: &str) -> Result<Reading, ReadRefusal> {
        let bytes = std::fs::read(file).map_err(|error| {
            ReadRefusal::new(RefusalCode::Damaged, error.to_string(), "Send the file again.")
        })?;
        assay_formats::syllabus_tables::read_with_source(&bytes, Some(name), &Limits::default())
    }
}

/// The demonstration behind a router, on its own day.
pub struct House {
    pub app: App,
    router: Router,
    _data: PathBuf,
}

impl House {
    /// Opens data of [`copy_demonstration`].
    pub fn open(data: &Path) -> House {
        let shipped = |name: &str| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../profiles/{name}.toml"));
            std::fs::read_to_string(path).ok()
        };
        let config = StoreConfig::Sqlite {
            path: data.join("assay.db"),
        };
        let surroundings = Surroundings {
            profile: profile::read(&shipped("cmi").unwrap(), &shipped).unwrap(),
            printer: Box::new(PlainPrinter),
            reader: Box::new(PlainReader),
            keys: Some(data.join("keys")),
            public_address: "http://localhost:8080".into(),
            zone: TimeZone::get("Europe/London").unwrap(),
        };
        let app = App::new(Store::open(&config, &data.join("files")).unwrap(), surroundings);
        let settings = Settings {
            demonstration: Some("Demonstration".into()),
            ..Settings::default()
        };
        let clock = TestClock::at("2019-10-14T08:30:00Z".parse().unwrap());
        House {
            app: app.clone(),
            router: assay_web::router(AppState::new(app, settings, clock)),
            _data: data.to_owned(),
        }
    }

    /// A visitor who has not signed in.
    pub fn visitor(&self) -> Visitor {
        Visitor {
            router: self.router.clone(),
            cookies: BTreeMap::new(),
            token: None,
        }
    }

    /// Somebody of the demonstration, signed in by their button.
    pub async fn enter(&self, name: &str) -> Visitor {
        let mut visitor = self.visitor();
        let page = visitor.get("/sign-in").await;
        let row = page
            .body
            .split("<li")
            .find(|row| row.contains(&escaped(name)))
            .unwrap_or_else(|| panic!("{name} is not on the sign-in page"));
        let value = |field: &str| hidden(row, field).unwrap();
        let fields = [
            ("_csrf", value("_csrf")),
            ("person", value("person")),
            ("back", "/".into()),
        ];
        let answer = visitor.form("/demonstration/sign-in", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{name}: {}", answer.body);
        visitor
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('\'', "&#39;")
}

/// The value of the first hidden field of this name.
pub fn hidden(html: &str, name: &str) -> Option<String> {
    let rest = html.split(&format!("name=\"{name}\" value=\"")).nth(1)?;
    Some(rest.split('"').next()?.to_owned())
}

/// An answer, read whole.
pub struct Answer {
    pub status: StatusCode,
    pub body: String,
    pub media: String,
    pub location: String,
}

/// A browser without a screen.
#[derive(Clone)]
pub struct Visitor {
    router: Router,
    cookies: BTreeMap<String, String>,
    pub token: Option<String>,
}

impl Visitor {
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, None, String::new()).await
    }

    pub async fn form(&mut self, path: &str, fields: &[(&str, String)]) -> Answer {
        let body = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", percent(value)))
            .collect::<Vec<_>>()
            .join("&");
        self.send(
            Method::POST,
            path,
            Some("application/x-www-form-urlencoded"),
            body,
        )
        .await
    }

    pub async fn send(&mut self, method: Method, path: &str, media: Option<&str>, body: String) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        } else {
            let line: Vec<String> = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            request = request.header(header::COOKIE, line.join("; "));
        }
        if let Some(media) = media {
            request = request.header(header::CONTENT_TYPE, media);
        }
        let request = request.body(Body::from(body)).unwrap();
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        for set in parts.headers.get_all(header::SET_COOKIE) {
            let (pair, rest) = set.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let header_text = |name| {
            parts
                .headers
                .get(name)
                .map_or("", |value| value.to_str().unwrap())
                .to_owned()
        };
        Answer {
            status: parts.status,
            body: String::from_utf8_lossy(&bytes).into_owned(),
            media: header_text(header::CONTENT_TYPE),
            location: header_text(header::LOCATION),
        }
    }

    /// Makes a token for the API on the account page.
    pub async fn make_token(&mut self) -> String {
        let page = self.get("/account").await;
        let fields = [
            ("_csrf", hidden(&page.body, "_csrf").unwrap()),
            ("name", "test".to_owned()),
            ("scope", "write".to_owned()),
            ("days", "30".to_owned()),
        ];
        let made = self.form("/account/tokens", &fields).await;
        let from = made
            .body
            .find("assay_")
            .unwrap_or_else(|| panic!("no token: {} {}", made.status, made.body));
        made.body[from..]
            .chars()
            .take_while(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-'))
            .collect()
    }
}

fn percent(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}
