//! How single things that are sent are read, and answers written.

use assay_app::Failure;
use assay_domain::id::{CentreId, PersonId};
use assay_web::Typed;
use assay_web::api::sent::holds_nul;
use assay_web::form::{fits, masked, pairs, same};
use assay_web::fresh::RandomFresh;
use assay_web::routes::evidence::file::{OutsideFile, disposition, read_range};
use assay_web::routes::marking::seconds;
use assay_web::routes::sign_in::safe_back;
use jiff::civil::date;

fn typed(text: &str) -> Typed {
    Typed::from_pairs(pairs(text.as_bytes()))
}

#[test]
fn a_day_is_read_in_the_ways_in_which_people_type_it() {
    let day = date(2019, 10, 14);
    for text in [
        "on=2019-10-14",
        "on=14/10/2019",
        "on=14+October+2019",
        "on-day=14&on-month=10&on-year=2019",
    ] {
        assert_eq!(typed(text).optional_date("on"), Some(day), "{text}");
    }
}

#[test]
fn all_complaints_are_told_together() {
    let mut typed = typed("born=32/13/2019&given=+");
    typed.text("given", "a given name");
    typed.optional_date("born");
    typed.id::<CentreId>("centre", "a centre");
    let Err(Failure::Unreadable(complaints)) = typed.finish() else {
        panic!("was taken")
    };
    let fields: Vec<_> = complaints
        .iter()
        .map(|complaint| complaint.field.as_str())
        .collect();
    assert_eq!(fields, ["given", "born", "centre"]);
}

#[test]
fn a_token_looks_different_in_every_rendering_and_fits_all_the_same() {
    let token = "0f".repeat(32);
    let (first, second) = (masked(&token), masked(&token));
    assert_ne!(first, second);
    assert!(fits(&first, &token) && fits(&second, &token));
    for wrong in [
        "",
        &token,
        &first.replace(&first[..2], "zz"),
        &masked(&"0e".repeat(32)),
        "é",
    ] {
        assert!(!fits(wrong, &token), "{wrong}");
    }
}

#[test]
fn texts_are_compared_whole() {
    assert!(same("abc", "abc"));
    assert!(!same("abc", "abd"));
    assert!(!same("abc", "ab"));
}

#[test]
fn ranges_are_read_as_players_send_them() {
    assert_eq!(read_range("bytes=0-99", 1000), Some(Ok((0, 99))));
    assert_eq!(read_range("bytes=900-", 1000), Some(Ok((900, 999))));
    assert_eq!(read_range("bytes=-100", 1000), Some(Ok((900, 999))));
    assert_eq!(read_range("bytes=0-5000", 1000), Some(Ok((0, 999))));
    assert_eq!(read_range("bytes=1000-", 1000), Some(Err(OutsideFile)));
    assert_eq!(read_range("bytes=-0", 1000), Some(Err(OutsideFile)));
    for whole in ["bytes=5-2", "items=0-5", "bytes=a-b", "bytes=0-1,5-6"] {
        assert_eq!(read_range(whole, 1000), None, "{whole}");
    }
}

#[test]
fn a_file_name_cannot_leave_its_header() {
    let told = disposition(true, "a\"; filename=\"b.html\r\nX: ü.pdf");
    assert!(!told.contains('\r') && !told.contains('\n'));
    assert_eq!(told.matches('"').count(), 2);
}

#[test]
fn a_time_is_read_as_minutes_and_seconds() {
    assert_eq!(seconds("2:05"), Some(125));
    assert_eq!(seconds("1:02:05"), Some(3725));
    assert_eq!(seconds("soon"), None);
}

#[test]
fn one_is_never_sent_back_to_another_site() {
    assert_eq!(safe_back("/units?x=1"), "/units?x=1");
    for back in [
        "",
        "https://elsewhere.example",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "/sign-in?back=/",
    ] {
        assert_eq!(safe_back(back), "/", "{back}");
    }
}

#[test]
fn a_body_with_the_character_that_cannot_be_kept_is_told_from_one_that_writes_about_it() {
    assert!(holds_nul(br#"{"title": ["a\u0000b"]}"#));
    assert!(!holds_nul(br#"{"title": "a\\u0000b"}"#));
    assert!(!holds_nul(br#"{"title": "ab"}"#));
}

#[test]
fn no_two_ids_are_alike_and_each_can_be_read_back() {
    let mut fresh = RandomFresh;
    let first = PersonId::fresh(&mut fresh);
    let second = PersonId::fresh(&mut fresh);
    assert_ne!(first, second);
    assert_eq!(first.as_str().parse(), Ok(first.clone()));
}
