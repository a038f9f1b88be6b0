//! What goes wrong on the way in: each is told in a sentence, and nothing is lost, leaked or there by half.

use crate::api::{call, token_of};
use crate::browser::{Answer, Site};
use assay_app::account::token::Scope;
use assay_domain::Role;
use assay_domain::id::PersonId;
use assay_testkit::study::{UNIT, register};
use assay_testkit::world::PASSWORD;
use assay_testkit::{Study, World};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, ReadBuf};
use tokio_util::io::ReaderStream;

/// A learner with one saved piece, and programs that act for people.
struct There {
    site: Site,
    study_piece: String,
    registration: String,
    learner: String,
    assessor: String,
    coordinator: String,
    centre: String,
}

impl There {
    fn of(study: Study) -> There {
        let piece = study.piece("Report", "# Coaching\n\nWe coached the team weekly.");
        study.mark(&piece, &[2], &["1.1"]);
        There {
            study_piece: piece.to_string(),
            registration: study.registration.to_string(),
            learner: token_of(&study.world, &study.learner, Scope::Write),
            assessor: token_of(&study.world, &study.assessor, Scope::Write),
            coordinator: token_of(&study.world, &study.coordinator, Scope::Write),
            centre: study.centre.to_string(),
            site: Site::of(study.world),
        }
    }

    fn new() -> There {
        There::of(Study::new())
    }

    async fn call(&self, token: &str, method: Method, path: &str, body: Option<Value>) -> Answer {
        call(&self.site, token, method, &format!("/api/v1{path}"), None, body).await
    }

    /// The learner uploads a file.
    async fn upload(&self, name: &str, body: Body) -> Answer {
        let request = Request::post(format!("/api/v1/evidence/files?name={name}"))
            .header(header::AUTHORIZATION, format!("Bearer {}", self.learner))
            .header(header::CONTENT_TYPE, "application/octet-stream");
        self.site.browser().send(request.body(body).unwrap()).await
    }

    /// Everything that is kept: pieces of the learner, kept files, uploads under way.
    async fn kept(&self) -> (u64, usize, usize) {
        let list = self.call(&self.learner, Method::GET, "/evidence", None).await;
        let files = self.site.world.app.store().files();
        let addresses = files.list().unwrap();
        let folder = files.path(&addresses[0]).unwrap();
        let unfinished = folder.ancestors().nth(2).unwrap().join("unfinished");
        let under_way = std::fs::read_dir(unfinished).unwrap().count();
        (list.json()["total"].as_u64().unwrap(), addresses.len(), under_way)
    }
}

/// The first refusal of a problem: its code, and everything it says.
fn refusal(answer: &Answer) -> (String, String) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    let refusal = answer.json()["refusals"][0].clone();
    for told in ["because", "remedy", "who", "source"] {
        assert!(!refusal[told].as_str().unwrap().is_empty(), "{told}: {refusal:#}");
    }
    (
        refusal["code"].as_str().unwrap().to_owned(),
        format!("{} {}", refusal["because"], refusal["remedy"]),
    )
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, bytes) in parts {
        archive.start_file(*name, options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn docx(text: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let types = br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    let document = format!(
        "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    );
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", types),
        ("word/document.xml", document.as_bytes()),
    ];
    parts.extend(more);
    packed(&parts)
}

/// A PDF of one empty page; with `locked` it asks for a password.
fn pdf(locked: bool) -> Vec<u8> {
    let secret = "0".repeat(64);
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>".to_owned(),
        format!("<< /Filter /Standard /V 1 /R 2 /Length 40 /O <{secret}> /U <{secret}> /P -44 >>"),
    ];
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).bytes());
    }
    let list = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let encrypt = if locked {
        "/Encrypt 4 0 R /ID [<00> <00>]"
    } else {
        ""
    };
    let trailer = format!(
        "trailer\n<< /Size {} /Root 1 0 R {encrypt} >>\nstartxref\n{list}\n%%EOF\n",
        objects.len() + 1
    );
    out.extend(trailer.bytes());
    out
}

#[tokio::test]
async fn a_file_that_cannot_be_evidence_is_refused_in_a_sentence_and_leaves_nothing() {
    let there = There::new();
    let before = there.kept().await;
    let whole = pdf(false);
    let cases: Vec<(&str, Vec<u8>, &str, &str)> = vec![
        ("empty.txt", Vec::new(), "EVIDENCE_EMPTY", "empty"),
        (
            "setup.exe",
            b"MZ\x90\0\x03\0\0\0\x04\0\0\0".to_vec(),
            "EVIDENCE_KIND",
            "program",
        ),
        ("locked.pdf", pdf(true), "EVIDENCE_UNREADABLE", "password"),
        (
            "locked.odt",
            packed(&[
                ("mimetype", b"application/vnd.oasis.opendocument.text"),
                ("content.xml", b"<office/>"),
                ("META-INF/manifest.xml", b"<m><manifest:encryption-data/></m>"),
            ]),
            "EVIDENCE_UNREADABLE",
            "password",
        ),
        (
            "macros.docx",
            docx("x", &[("word/vbaProject.bin", b"macro")]),
            "",
            "macros",
        ),
        (
            "bomb.docx",
            docx(&" ".repeat(64 * 1024 * 1024), &[]),
            "EVIDENCE_UNREADABLE",
            "",
        ),
    ];
    for (name, bytes, code, word) in cases {
        let answer = there.upload(name, Body::from(bytes)).await;
        assert!(!answer.status.is_success(), "{name} was taken: {}", answer.body);
        let (told, words) = refusal(&answer);
        assert!(code.is_empty() || told == code, "{name}: {told} {words}");
        assert!(words.to_lowercase().contains(word), "{name}: {words}");
        assert_eq!(there.kept().await, before, "{name} left something behind");
    }
    // What was cut and can still be looked at is taken, and the learner is told; else it is refused.
    for length in [30, 60, whole.len() - 40] {
        let cut = there
            .upload("cut.pdf", Body::from(whole[..length].to_vec()))
            .await;
        if cut.status == StatusCode::CREATED {
            let remark = cut.json()["remark"].as_str().unwrap_or_default().to_owned();
            assert!(remark.contains("may have been cut off"), "{length}: {}", cut.body);
        } else {
            assert_eq!(refusal(&cut).0, "EVIDENCE_UNREADABLE", "{length}");
        }
    }
    let taken = there.upload("whole.pdf", Body::from(whole)).await;
    assert_eq!(
        (taken.status, &taken.json()["remark"]),
        (StatusCode::CREATED, &Value::Null)
    );
}

/// Bytes that come as long as somebody reads them, up to a length; the connection can break off before that.
struct Flow {
    left: u64,
    breaks_off: bool,
    read: Arc<AtomicU64>,
}

impl Flow {
    fn body(length: u64, breaks_off: bool) -> (Body, Arc<AtomicU64>) {
        let read = Arc::new(AtomicU64::new(0));
        let flow = Flow {
            left: length,
            breaks_off,
            read: read.clone(),
        };
        (
            Body::from_stream(ReaderStream::with_capacity(flow, 256 * 1024)),
            read,
        )
    }
}

impl AsyncRead for Flow {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let count = into.remaining().min(usize::try_from(self.left).unwrap());
        if count == 0 && self.breaks_off {
            return Poll::Ready(Err(std::io::Error::other("the connection is gone")));
        }
        into.initialize_unfilled_to(count).fill(b'x');
        into.advance(count);
        self.left -= count as u64;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Poll::Ready(Ok(()))
    }
}

const MEBIBYTE: u64 = 1024 * 1024;

#[tokio::test]
async fn two_gigabytes_that_do_not_say_how_many_they_are_end_at_the_limit() {
    let there = There::new();
    let before = there.kept().await;
    let (body, read) = Flow::body(2048 * MEBIBYTE, false);
    let (code, words) = refusal(&there.upload("film.mp4", body).await);
    assert_eq!(code, "EVIDENCE_TOO_LARGE");
    assert!(words.contains("64 MiB"), "{words}");
    let read = read.load(Ordering::Relaxed) / MEBIBYTE;
    assert!((64..80).contains(&read), "{read} MiB were read");
    assert_eq!(there.kept().await, before);

    // The same as the form of the page sends it.
    let mut amira = there.site.browser();
    amira.sign_in("amira.khan@example.org", PASSWORD).await;
    let csrf = amira.get("/evidence/new").await.hidden("_csrf");
    let head = format!(
        "--line\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n{csrf}\r\n--line\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"film.mp4\"\r\n\r\n"
    );
    let read = Arc::new(AtomicU64::new(0));
    let flow = Flow {
        left: 2048 * MEBIBYTE,
        breaks_off: false,
        read: read.clone(),
    };
    let whole = tokio::io::AsyncReadExt::chain(std::io::Cursor::new(head.into_bytes()), flow);
    let cookies: Vec<String> = amira
        .cookies
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let request = Request::post("/evidence/upload")
        .header(header::COOKIE, cookies.join("; "))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=line")
        .body(Body::from_stream(ReaderStream::with_capacity(whole, 256 * 1024)))
        .unwrap();
    let answer = amira.send(request).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", answer.body);
    assert!(answer.body.contains("larger than 64 MiB"));
    let read = read.load(Ordering::Relaxed) / MEBIBYTE;
    assert!((64..80).contains(&read), "{read} MiB were read");
    assert_eq!(there.kept().await, before);
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_nothing_and_one_that_was_answered_can_be_handed_in_after_a_restart()
{
    let there = There::new();
    let before = there.kept().await;
    let (body, _) = Flow::body(3 * MEBIBYTE, true);
    let cut = there.upload("notes.txt", body).await;
    assert_eq!(cut.status, StatusCode::BAD_REQUEST, "{}", cut.body);
    assert!(cut.body.contains("cut off"), "{}", cut.body);
    assert_eq!(there.kept().await, before);

    let taken = there
        .upload("notes.txt", Body::from("Notes of the meeting."))
        .await;
    let piece = taken.json()["evidence"].as_str().unwrap().to_owned();
    // The program ends and starts again between upload and hand-in.
    let learner = there.learner.clone();
    let registration = there.registration.clone();
    let again = Site::of(there.site.world);
    let work = json!({ "items": [piece], "own_work": true, "ai_use": "none" });
    let path = format!("/api/v1/registrations/{registration}/units/{UNIT}/submissions");
    let handed = call(&again, &learner, Method::POST, &path, None, Some(work)).await;
    assert_eq!(handed.status, StatusCode::CREATED, "{}", handed.body);
}

#[tokio::test]
async fn a_register_in_another_encoding_is_read_and_a_formula_in_it_is_refused_with_its_place() {
    let there = There::new();
    let send = async |text: &[u8]| {
        let path = format!(
            "/api/v1/registrations/files?centre={}&name=learners.csv",
            there.centre
        );
        let request = Request::post(path)
            .header(header::AUTHORIZATION, format!("Bearer {}", there.coordinator))
            .header(header::CONTENT_TYPE, "text/csv")
            .body(Body::from(text.to_vec()))
            .unwrap();
        there.site.browser().send(request).await
    };
    let head = b"Given name,Family name,Date of birth,E-mail,Qualification code,Start date\r\n";
    // As a spreadsheet of western Europe writes it: one byte for each letter.
    let row = b"Zo\xeb,Nu\xf1ez,1990-01-01,zoe@learner.example,7D2V2,2019-10-14\r\n";
    let found = send(&[&head[..], row].concat()).await;
    assert_eq!(found.status, StatusCode::CREATED, "{}", found.body);
    let found = found.json();
    let first = &found["findings"]["rows"][0];
    assert_eq!(
        (&first["name"], first["problems"].as_array().map(Vec::len)),
        (&json!("Zo\u{eb} Nu\u{f1}ez"), Some(0)),
        "{found:#}"
    );

    let row = b"=HYPERLINK(1),Osei,1990-01-01,osei@learner.example,7D2V2,2019-10-14\r\n";
    let wrong = send(&[&head[..], row].concat()).await.json();
    let upload = wrong["upload"].as_str().unwrap();
    let says = wrong["findings"]["rows"][0]["problems"].to_string();
    assert!(
        says.contains("Line 2, column A") && says.contains("formula"),
        "{says}"
    );
    let path = format!("/registrations/files/{upload}/register");
    for only_good in [false, true] {
        let body = Some(json!({ "only_good": only_good }));
        let refused = there.call(&there.coordinator, Method::POST, &path, body).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{}", refused.body);
    }
    let list = there
        .call(&there.coordinator, Method::GET, "/registrations", None)
        .await;
    assert!(!list.body.contains("Osei"), "nothing was registered");
    let binary = send(b"\0\x01\x02\x03 not a table").await;
    assert_eq!(binary.status, StatusCode::BAD_REQUEST, "{}", binary.body);
    assert!(
        !binary.json()["complaints"][0]["message"]
            .as_str()
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn a_date_in_the_future_is_refused_where_it_cannot_be() {
    let there = There::new();
    let learner = |born: &str, start: &str| {
        json!({
            "centre": there.centre, "given": "Bilal", "family": "Osei", "born_on": born, "qualification": "7D2V2",
            "start_on": start, "identity": "passport seen", "authority": "Leads a team.",
        })
    };
    for (born, start) in [("2030-01-01", "2019-10-14"), ("1990-01-01", "2031-01-01")] {
        let sent = Some(learner(born, start));
        let answer = there
            .call(&there.coordinator, Method::POST, "/registrations", sent)
            .await;
        let (_, words) = refusal(&answer);
        assert!(!words.is_empty());
    }
    let own = there
        .call(&there.learner, Method::GET, "/account", None)
        .await
        .json();
    let viva = json!({
        "learner": own["person"], "title": "Viva", "held_on": "2019-10-15",
        "record": { "kind": "viva", "exchanges": [{ "question": "Why?", "answer": "Because." }] },
    });
    let ahead = there
        .call(&there.assessor, Method::POST, "/evidence/records", Some(viva))
        .await;
    assert_eq!(ahead.status, StatusCode::BAD_REQUEST, "{}", ahead.body);
    assert_eq!(ahead.json()["complaints"][0]["field"], "held_on");
    let path = format!("/registrations/{}/withdrawal", there.registration);
    let leave = json!({ "on": "2030-01-01", "because": "Moved away." });
    let answer = there
        .call(&there.coordinator, Method::POST, &path, Some(leave))
        .await;
    assert!(answer.status.is_client_error(), "{}", answer.body);
}

#[tokio::test]
async fn somebody_of_another_centre_finds_nothing_by_page_api_or_file_and_can_do_nothing() {
    let mut study = Study::new();
    let elsewhere = study.world.centre("Southern College");
    study.world.offers(&elsewhere, &["7D2V2"]);
    let carl = study
        .world
        .person_with("Carl Ember", Role::Coordinator, &elsewhere);
    let (_, boris) = register(&study.world, &carl, &elsewhere, "Boris Novak");
    let strangers: Vec<(PersonId, String)> = [carl, boris]
        .into_iter()
        .map(|person| {
            study.world.with_password(&person);
            (person.clone(), token_of(&study.world, &person, Scope::Write))
        })
        .collect();
    let there = There::of(study);
    let work = json!({ "items": [there.study_piece], "own_work": true, "ai_use": "none" });
    let path = format!("/registrations/{}/units/{UNIT}/submissions", there.registration);
    let handed = there
        .call(&there.learner, Method::POST, &path, Some(work.clone()))
        .await;
    let submission = handed.json()["submission"].as_str().unwrap().to_owned();
    let (registration, piece) = (&there.registration, &there.study_piece);
    let asked = [
        format!("/registrations/{registration}"),
        format!("/registrations/{registration}/plan"),
        format!("/registrations/{registration}/messages"),
        format!("/registrations/{registration}/claim"),
        format!("/registrations/{registration}/trail"),
        format!("/registrations/{registration}/units/{UNIT}"),
        format!("/evidence/{piece}"),
        format!("/evidence/{piece}/versions/1/file"),
        format!("/submissions/{submission}"),
        format!("/submissions/{submission}/result"),
        format!("/submissions/{submission}/changes"),
    ];
    let sent = [
        (
            format!("/registrations/{registration}/units/{UNIT}/submissions"),
            work,
        ),
        (format!("/registrations/{registration}/claim"), json!({})),
        (
            format!("/registrations/{registration}/withdrawal"),
            json!({ "on": "2019-10-14", "because": "x" }),
        ),
        (
            format!("/registrations/{registration}/messages"),
            json!({ "text": "x" }),
        ),
        (
            format!("/evidence/{piece}/versions"),
            json!({ "text": "mine now" }),
        ),
        (format!("/submissions/{submission}/take"), json!({})),
        (format!("/submissions/{submission}/sign"), json!({})),
    ];
    for (person, token) in &strangers {
        for path in &asked {
            let answer = there.call(token, Method::GET, path, None).await;
            assert_eq!(
                answer.status,
                StatusCode::NOT_FOUND,
                "{person}: {path}: {}",
                answer.body
            );
            assert!(!answer.body.contains("Amira"), "{path}: {}", answer.body);
        }
        for (path, body) in &sent {
            let answer = there.call(token, Method::POST, path, Some(body.clone())).await;
            assert_eq!(
                answer.status,
                StatusCode::NOT_FOUND,
                "{person}: {path}: {}",
                answer.body
            );
        }
    }
    for email in ["carl.ember@example.org", "boris.novak@example.org"] {
        let mut browser = there.site.browser();
        browser.sign_in(email, PASSWORD).await;
        for path in &asked {
            let answer = browser.get(path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{email}: {path}");
            assert!(!answer.body.contains("Amira"), "{path}: {}", answer.body);
        }
    }
}

#[tokio::test]
async fn a_hand_in_posted_twice_is_one_hand_in_and_the_page_leads_to_it_both_times() {
    let there = There::new();
    let mut amira = there.site.browser();
    amira.sign_in("amira.khan@example.org", PASSWORD).await;
    let path = format!("/registrations/{}/units/{UNIT}/hand-in", there.registration);
    let page = amira.get(&path).await;
    let fields = [
        ("_csrf", page.hidden("_csrf")),
        ("_once", page.hidden("_once")),
        ("items", there.study_piece.clone()),
        ("own_work", "yes".to_owned()),
        ("ai_use", "none".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let (mut first, mut second) = (amira.clone(), amira.clone());
    let (first, second) = tokio::join!(first.post_raw(&path, &fields), second.post_raw(&path, &fields));
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
    assert_eq!(first.location(), second.location());
    let list = format!("/registrations/{}/units/{UNIT}/submissions", there.registration);
    let list = there.call(&there.learner, Method::GET, &list, None).await.json();
    assert_eq!(list.as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn of_two_signatures_at_once_one_counts_and_the_other_is_told_what_became_of_the_work() {
    let there = There::new();
    let work = json!({ "items": [there.study_piece], "own_work": true, "ai_use": "none" });
    let path = format!("/registrations/{}/units/{UNIT}/submissions", there.registration);
    let handed = there
        .call(&there.learner, Method::POST, &path, Some(work))
        .await
        .json();
    let at = format!("/submissions/{}", handed["submission"].as_str().unwrap());
    there
        .call(
            &there.assessor,
            Method::POST,
            &format!("{at}/take"),
            Some(json!({})),
        )
        .await;
    let desk = there
        .call(&there.assessor, Method::GET, &format!("{at}/marking"), None)
        .await
        .json();
    for criterion in desk["criteria"].as_array().unwrap() {
        let path = format!("{at}/criteria/{}", criterion["number"].as_str().unwrap());
        let body = json!({ "decision": "not_yet_met", "reason": "Not there.", "passages": [], "verbs": [] });
        there.call(&there.assessor, Method::PUT, &path, Some(body)).await;
    }
    for quality in desk["qualities"].as_array().unwrap() {
        let path = format!("{at}/qualities/{}", quality["key"].as_str().unwrap());
        there
            .call(
                &there.assessor,
                Method::PUT,
                &path,
                Some(json!({ "satisfied": true })),
            )
            .await;
    }
    let path = format!("{at}/sign");
    let sign = || {
        there.call(
            &there.assessor,
            Method::POST,
            &path,
            Some(json!({ "feedback": "Once." })),
        )
    };
    let (one, other) = tokio::join!(sign(), sign());
    let (signed, told) = if one.status == StatusCode::OK {
        (one, other)
    } else {
        (other, one)
    };
    assert_eq!(signed.status, StatusCode::OK, "{}", signed.body);
    let (_, words) = refusal(&told);
    assert!(words.contains("is signed and can no longer be edited"), "{words}");
    let trail = there
        .call(
            &there.assessor,
            Method::GET,
            &format!("{at}/trail?kind=judgement_signed"),
            None,
        )
        .await
        .json();
    assert_eq!(trail["total"], 1);
}

#[tokio::test]
async fn on_a_full_disk_an_upload_and_an_act_are_refused_in_a_sentence_and_nothing_is_there_by_half() {
    // A folder on a file system of a few MiB, e.g. `mount -t tmpfs -o size=16m none /mnt/small`.
    let Ok(small) = std::env::var("ASSAY_TEST_SMALL_DISK") else {
        println!("SKIPPED: ASSAY_TEST_SMALL_DISK names no folder on a small disk");
        return;
    };
    let there = There::of(Study::in_world(World::keeping_in(Path::new(&small))));
    let before = there.kept().await;
    let (body, _) = Flow::body(60 * MEBIBYTE, false);
    let (code, words) = refusal(&there.upload("notes.txt", body).await);
    assert_eq!(code, "EVIDENCE_NO_ROOM", "{words}");
    assert_eq!(there.kept().await, before);

    // Then the database, beside a file that takes all the room that is left.
    let ballast = Path::new(&small).join("ballast");
    let mut file = std::fs::File::create(&ballast).unwrap();
    while file.write_all(&[0; 4096]).is_ok() {}
    drop(file);
    let mut kept = 0;
    let refused = loop {
        let text = format!("{kept} {}", "x".repeat(1_900));
        let answer = there
            .call(
                &there.assessor,
                Method::POST,
                "/comments",
                Some(json!({ "text": text })),
            )
            .await;
        if answer.status != StatusCode::CREATED {
            break answer;
        }
        kept += 1;
        assert!(kept < 10_000, "the disk is never full");
    };
    let (code, words) = refusal(&refused);
    assert_eq!(code, "EVIDENCE_NO_ROOM", "{words}");
    std::fs::remove_file(&ballast).unwrap();
    let list = there
        .call(&there.assessor, Method::GET, "/comments", None)
        .await
        .json();
    assert_eq!(
        list.as_array().map(Vec::len),
        Some(kept),
        "what was answered is there, and nothing else"
    );
    let taken = there
        .upload("notes.txt", Body::from("There is room again."))
        .await;
    assert_eq!(taken.status, StatusCode::CREATED, "{}", taken.body);
}
