//! How the papers of an awarding body look: set by its quality manager, kept as dated versions, drawn on what is issued.

use crate::api::{call, token_of};
use crate::award::{College, college, signed_in};
use crate::browser::{Answer, Browser, Site};
use assay_app::Failure;
use assay_app::account::token::Scope;
use assay_app::award::theme::{self, NewTheme, PictureSent};
use assay_app::award::{certificate, change};
use assay_app::credential::issue::{self, Form, Part, Wanted};
use assay_app::{keys, ledger, rebuild};
use assay_domain::Code;
use assay_domain::award::ReplaceCertificate;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

const BODY: &str = "Chartered Management Institute";
/// Any PNG will do for a logo.
const PICTURE: &[u8] = include_bytes!("../../../app/src/credential/seal.png");

fn wine_red() -> NewTheme {
    NewTheme {
        awarding_body: BODY.into(),
        printed_as: "The Chartered Management Institute".into(),
        accent: "#7A0019".into(),
        logo: PictureSent::Bytes(PICTURE.to_vec()),
        logo_described: "Shield with an oak leaf".into(),
        signatory_name: "Margaret Okafor".into(),
        signatory_role: "Chief Executive".into(),
        ..NewTheme::default()
    }
}

fn set(college: &College, input: NewTheme) -> Result<(), Failure> {
    let who = &college.world.quality_manager;
    let prepared = theme::prepare(&college.world.app, &college.world.caller(who), input)?;
    college
        .world
        .act(who, move |acting| theme::run(acting, &prepared))
        .map(|_| ())
}

/// The stand-in printer writes what it was given as text.
fn printed(college: &College, number: &str) -> String {
    let paper = college
        .world
        .ask(&college.coordinator, |asking| certificate::file(asking, number))
        .expect("the file");
    String::from_utf8(paper.bytes).unwrap()
}

fn refused(failure: Failure) -> Vec<(Code, String)> {
    match failure {
        Failure::Refused(refusals) => refusals
            .0
            .into_iter()
            .map(|refusal| (refusal.code, refusal.because))
            .collect(),
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn a_theme_dresses_what_is_issued_from_its_day_on_and_alters_nothing_that_was_issued() {
    let mut college = college();
    let (_, first) = college.awarded("Khan");
    let before = printed(&college, &first.certificate);
    assert!(before.contains("accent None") && before.contains(&format!("awarding_body: \"{BODY}\"")));

    set(&college, wine_red()).expect("set");
    assert_eq!(before, printed(&college, &first.certificate), "issued is issued");
    let transcript = |award| {
        let caller = college.world.caller(&college.coordinator);
        let paper = certificate::transcript(&college.world.app, &caller, &award).expect("a transcript");
        String::from_utf8(paper.bytes).unwrap()
    };
    assert!(transcript(first.award.clone()).contains("accent None"));

    let (caller, mut fresh) = (
        college.world.caller(&college.world.quality_manager),
        college.world.fresh(),
    );
    let act = ReplaceCertificate {
        because: "Lost in the post".into(),
    };
    let app = &college.world.app;
    let prepared =
        change::prepare_replacement(app, &caller, fresh.as_mut(), &first.certificate, act).unwrap();
    let replaced = college
        .world
        .act(&college.world.quality_manager, move |acting| {
            change::replace(acting, &prepared)
        })
        .expect("replaced");
    let after = printed(&college, &replaced.certificate);
    for word in [
        "awarding_body: \"The Chartered Management Institute\"",
        "accent Some(\"#7a0019\")",
        "Shield with an oak leaf",
        "Margaret Okafor",
        "Chief Executive",
    ] {
        assert!(after.contains(word), "{word}: {after}");
    }
    assert!(transcript(first.award).contains("accent Some(\"#7a0019\")"));
}

#[test]
fn a_theme_set_for_a_later_day_waits_for_it() {
    let mut college = college();
    let later = college
        .world
        .today()
        .checked_add(jiff::Span::new().days(100))
        .unwrap();
    let input = NewTheme {
        from: Some(later),
        ..wine_red()
    };
    set(&college, input).expect("set");
    let (_, early) = college.awarded("Khan");
    assert!(printed(&college, &early.certificate).contains("accent None"));
    college.world.pass_days(20);
    let (_, late) = college.awarded("Larsson");
    assert!(printed(&college, &late.certificate).contains("accent Some"));
}

#[test]
fn what_cannot_be_printed_or_read_is_refused_with_a_sentence_each_all_at_once() {
    let college = college();
    let yesterday = college.world.today().yesterday().unwrap();
    let input = NewTheme {
        accent: "#ffd700".into(),
        logo: PictureSent::Bytes(b"GIF89a, or so it says".to_vec()),
        signature: PictureSent::Bytes(b"%PDF-1.7 signed".to_vec()),
        signatory_role: String::new(),
        from: Some(yesterday),
        ..wine_red()
    };
    let refusals = refused(set(&college, input).expect_err("all of it"));
    let codes: Vec<Code> = refusals.iter().map(|(code, _)| *code).collect();
    assert_eq!(
        codes,
        [
            Code::ThemePicture,
            Code::ThemePicture,
            Code::ThemeColour,
            Code::FieldMissing,
            Code::DateOrder
        ]
    );
    assert!(
        refusals[0].1.contains("The logo is not a picture"),
        "{refusals:?}"
    );
    assert!(refusals[1].1.contains("PDF"), "{refusals:?}");
    assert!(refusals[2].1.contains("1.4 to 1"), "{refusals:?}");

    let mut cut = PICTURE.get(..20).unwrap().to_vec();
    let damaged = NewTheme {
        logo: PictureSent::Bytes(cut.clone()),
        ..wine_red()
    };
    assert_eq!(
        refused(set(&college, damaged).unwrap_err())[0].0,
        Code::ThemePicture
    );
    cut.resize(theme::LARGEST_PICTURE + 1, 0);
    let large = NewTheme {
        logo: PictureSent::Bytes(cut),
        ..wine_red()
    };
    assert!(
        refused(set(&college, large).unwrap_err())[0]
            .1
            .contains("larger than 256 kB")
    );
    let stranger = NewTheme {
        awarding_body: "Nobody knows it".into(),
        ..wine_red()
    };
    assert_eq!(
        refused(set(&college, stranger).unwrap_err())[0].0,
        Code::FieldMissing
    );
    let nothing = college
        .world
        .ask(&college.world.quality_manager, theme::list)
        .unwrap();
    assert!(nothing.iter().all(|body| body.versions.is_empty()));
}

#[test]
fn only_a_quality_manager_sets_how_certificates_look() {
    let college = college();
    for who in [&college.coordinator, &college.assessor] {
        let caller = college.world.caller(who);
        let failure = theme::prepare(&college.world.app, &caller, wine_red()).unwrap_err();
        assert!(matches!(failure, Failure::NotFound), "{failure:?}");
        let failure = college.world.ask(who, theme::list).unwrap_err();
        assert!(matches!(failure, Failure::NotFound), "{failure:?}");
    }
}

#[test]
fn pictures_stay_from_version_to_version_until_they_are_taken_away() {
    let college = college();
    let listed = || {
        college
            .world
            .ask(&college.world.quality_manager, theme::list)
            .unwrap()
            .remove(0)
    };
    set(&college, wine_red()).expect("set");
    let kept = NewTheme {
        logo: PictureSent::Keep,
        accent: "#1d3a5f".into(),
        ..wine_red()
    };
    set(&college, kept).expect("set");
    let body = listed();
    let current = body.current().unwrap();
    assert_eq!(
        (current.accent.as_str(), current.logo.as_deref()),
        ("#1d3a5f", Some("Shield with an oak leaf"))
    );
    let without = NewTheme {
        logo: PictureSent::Remove,
        ..wine_red()
    };
    set(&college, without).expect("set");
    assert_eq!(listed().current().unwrap().logo, None);
    assert_eq!(listed().versions.len(), 3);
}

#[test]
fn a_badge_is_drawn_in_the_colours_and_under_the_logo_of_its_theme() {
    let mut college = college();
    college
        .world
        .act(&college.world.administrator, |acting| {
            keys::make(acting, Some("assay.example/ledger"))
        })
        .expect("a key");
    let (_, plain) = college.awarded("Khan");
    set(&college, wine_red()).expect("set");
    let (_, themed) = college.awarded("Larsson");
    let drawn = |number: &str, form| {
        let wanted = Wanted {
            part: Part::Qualification,
            form: Some(form),
        };
        college
            .world
            .ask(&college.coordinator, |asking| {
                issue::file(asking, number, &wanted)
            })
            .expect("a badge")
            .bytes
    };
    let svg = |number: &str| String::from_utf8(drawn(number, Form::Svg)).unwrap();
    let (before, after) = (svg(&plain.certificate), svg(&themed.certificate));
    assert!(before.contains("#0b5563") && !before.contains("<image"));
    assert!(after.contains("#7a0019") && after.contains("data:image/png;base64,"));
    assert!(after.contains("<title>Shield with an oak leaf</title>"));
    // The palette of the PNG holds the theme's colour, and the program's own where there is no theme.
    let holds = |png: &[u8], colour: [u8; 3]| png.windows(3).take(600).any(|three| three == colour);
    let (before, after) = (
        drawn(&plain.certificate, Form::Png),
        drawn(&themed.certificate, Form::Png),
    );
    assert!(holds(&before, [0x0b, 0x55, 0x63]) && holds(&before, [0x8f, 0xd3, 0xdd]));
    assert!(holds(&after, [0x7a, 0x00, 0x19]) && !holds(&after, [0x0b, 0x55, 0x63]));
}

#[test]
fn themes_are_rebuilt_from_the_ledger_and_a_changed_logo_is_named() {
    let college = college();
    set(&college, wine_red()).expect("set");
    let rebuilt = rebuild::run(&college.world.app, true, |_| {}).unwrap();
    assert_eq!(rebuilt.differing, Vec::<String>::new());
    let sound = || {
        ledger::verify::verify(&college.world.app, &[], |_| {})
            .unwrap()
            .findings
    };
    assert!(sound().is_empty(), "{:?}", sound());
    let who = &college.world.quality_manager;
    let sha256 = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(PICTURE));
    let kept = sha256.clone();
    college
        .world
        .act(who, move |acting| {
            assay_app::evidence::content::discard(acting, &kept)
        })
        .unwrap();
    assert!(
        sound().is_empty(),
        "a picture that a theme names is not thrown away"
    );
    college.world.app.store().files().remove(&sha256).unwrap();
    let findings = sound();
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!((findings[0].kind, &findings[0].name), ("file", &sha256));
}

/// Posts the form of a theme as a browser does.
async fn send(browser: &mut Browser, path: &str, fields: &[(&str, &str)], logo: &[u8]) -> Answer {
    let query = "/themes/new?body=Chartered+Management+Institute";
    let page = browser.get(query).await;
    let (csrf, once) = (page.hidden("_csrf"), page.hidden("_once"));
    let mut body = Vec::new();
    let guard = [
        ("_csrf", csrf.as_str()),
        ("_once", &once),
        ("awarding_body", BODY),
    ];
    for (name, value) in guard.iter().chain(fields) {
        body.extend_from_slice(
            format!("--line\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                .as_bytes(),
        );
    }
    body.extend_from_slice(
        b"--line\r\nContent-Disposition: form-data; name=\"logo\"; filename=\"logo.png\"\r\nContent-Type: image/png\r\n\r\n",
    );
    body.extend_from_slice(logo);
    body.extend_from_slice(b"\r\n--line--\r\n");
    let cookies: Vec<String> = browser
        .cookies
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let request = Request::post(path)
        .header(header::COOKIE, cookies.join("; "))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=line")
        .body(Body::from(body))
        .unwrap();
    browser.send(request).await
}

#[tokio::test]
async fn a_quality_manager_looks_at_a_specimen_and_then_sets_the_theme() {
    let college = college();
    college.world.with_password(&college.world.quality_manager);
    let token = token_of(&college.world, &college.world.quality_manager, Scope::Write);
    let site = Site::of(college.world);
    let mut quentin = signed_in(&site, "quentin.marsh@example.org").await;
    let fields = [
        ("printed_as", "The Chartered Management Institute"),
        ("accent", "#7a0019"),
        ("logo_described", "Shield with an oak leaf"),
        ("from", "14 October 2019"),
    ];
    let specimen = send(&mut quentin, "/themes/preview", &fields, PICTURE).await;
    assert_eq!(specimen.status, StatusCode::OK, "{}", specimen.body);
    assert!(specimen.body.contains("%PDF") && specimen.body.contains("Specimen"));
    assert!(quentin.get("/themes").await.body.contains("Nothing is set yet"));

    let wrong = send(&mut quentin, "/themes", &fields, b"<svg onload=alert(1)>").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong
            .body
            .contains("The logo is not a picture that can be printed"),
        "{}",
        wrong.body
    );
    assert!(
        wrong.body.contains("The Chartered Management Institute"),
        "what was typed stays"
    );

    let done = send(&mut quentin, "/themes", &fields, PICTURE).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let page = quentin.get("/themes").await;
    assert!(page.body.contains("Shield with an oak leaf") && page.body.contains("in force today"));
    let (_, rest) = page.body.split_once("href=\"/themes/thm_").unwrap();
    let (id, _) = rest.split_once('/').unwrap();
    let specimen = quentin.get(&format!("/themes/thm_{id}/specimen.pdf")).await;
    assert_eq!(specimen.status, StatusCode::OK);
    assert!(specimen.body.contains("#7a0019"));

    let body = json!({
        "awarding_body": BODY,
        "printed_as": BODY,
        "accent": "#1d3a5f",
        "signatory_name": "Margaret Okafor",
        "signatory_role": "Chief Executive",
        "signature": STANDARD.encode(PICTURE),
        "logo": "",
    });
    let made = call(&site, &token, Method::POST, "/api/v1/themes", None, Some(body)).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let listed = call(&site, &token, Method::GET, "/api/v1/themes", None, None).await;
    let current = &listed.json()[0]["versions"][0];
    assert_eq!(current["accent"], "#1d3a5f");
    assert_eq!(current["logo"], json!(null));
    assert_eq!(current["signature"], json!(true));
    assert_eq!(current["in_force"], json!(true));
}
