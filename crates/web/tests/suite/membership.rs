//! Membership of the awarding body: begun with the registration, ended on the day of completion.

use crate::award::{College, college, signed_in};
use crate::browser::Site;
use crate::correction::corrected;
use assay_app::registration::complete::{self, CompleteRegistration};
use assay_app::registration::membership::Membership;
use assay_app::registration::{overview, withdraw};
use assay_domain::Code;
use assay_domain::id::{PersonId, RegistrationId};
use axum::http::StatusCode;
use jiff::civil::Date;

fn seen_by(college: &College, who: &PersonId, registration: &RegistrationId) -> Option<Membership> {
    college
        .world
        .ask(who, |asking| overview::view(asking, registration))
        .expect("the registration is seen")
        .membership
}

fn affiliate(from: Date, until: Option<Date>) -> Option<Membership> {
    Some(Membership {
        held: false,
        number: None,
        grade: Some("Affiliate".into()),
        from: Some(from),
        until,
    })
}

#[test]
fn membership_ends_on_the_day_of_the_award_and_goes_on_when_the_award_is_withdrawn() {
    let mut college = college();
    let begun = college.world.today();
    let (registration, released) = college.awarded("Khan");
    let completed = college.world.today();
    let learner = college.learner_of(&registration);
    assert_eq!(
        seen_by(&college, &learner, &registration),
        affiliate(begun, Some(completed))
    );
    college.world.pass_days(3);
    corrected(&college, &released.award, &["7016V1"]);
    assert_eq!(seen_by(&college, &learner, &registration), affiliate(begun, None));
    college.judge_again(&registration, "7016V1");
    college.claimed_and_released(&registration);
    let completed = college.world.today();
    assert_eq!(
        seen_by(&college, &learner, &registration),
        affiliate(begun, Some(completed))
    );
}

#[test]
fn whoever_leaves_is_a_member_until_that_day() {
    let mut college = college();
    let begun = college.world.today();
    let registration = college.register("Khan", "7A2V2", Some("passport seen"));
    college.world.pass_days(30);
    let (of, left) = (registration.clone(), college.world.today());
    let input = withdraw::WithdrawRegistration {
        on: left,
        because: "Changed posts.".into(),
    };
    college
        .world
        .act(&college.coordinator, move |acting| {
            withdraw::run(acting, &of, &input)
        })
        .unwrap();
    assert_eq!(
        seen_by(&college, &college.coordinator, &registration),
        affiliate(begun, Some(left))
    );
}

#[test]
fn a_members_number_is_entered_once_by_the_coordinator_and_no_second_membership_begins() {
    let college = college();
    let registration = college.register("Khan", "7A2V2", Some("passport seen"));
    let learner = college.learner_of(&registration);
    let enter = |who: &PersonId, number: &str| {
        let of = registration.clone();
        let input = CompleteRegistration {
            member_number: Some(number.into()),
            ..CompleteRegistration::default()
        };
        college
            .world
            .act(who, move |acting| complete::run(acting, &of, &input))
    };
    let codes = |answer: Result<(), _>| crate::award::codes(answer.expect_err("refused"));
    assert_eq!(codes(enter(&learner, "P0412345")), [Code::RoleMissing]);
    assert_eq!(
        codes(enter(&college.coordinator, &"9".repeat(201))),
        [Code::FieldMissing]
    );
    enter(&college.coordinator, " P0412345 ").unwrap();
    let member = Some(Membership {
        held: true,
        number: Some("P0412345".into()),
        grade: None,
        from: None,
        until: None,
    });
    assert_eq!(seen_by(&college, &learner, &registration), member);
    assert_eq!(
        codes(enter(&college.coordinator, "P0412346")),
        [Code::FieldMissing]
    );
    let withheld = seen_by(&college, &college.world.quality_manager, &registration);
    assert_eq!(withheld.and_then(|membership| membership.number), None);
}

#[tokio::test]
async fn a_member_is_registered_and_another_turns_out_to_be_one_on_the_pages() {
    let college = college();
    college.world.with_password(&college.coordinator);
    let registration = college.register("Khan", "7A2V2", Some("passport seen"));
    let centre = college.centre.to_string();
    let site = Site::of(college.world);
    let mut cora = signed_in(&site, "cora.adebayo@example.org").await;
    let page = format!("/registrations/{registration}");
    let shown = cora.get(&page).await.body;
    assert!(shown.contains("Affiliate of CMI since"), "{shown}");
    let act = format!("{page}/member");
    assert!(shown.contains(&format!("action=\"{act}\"")), "{shown}");
    let unsaid = cora.fill(&page, &act, &[("member_number", "")]).await;
    assert_eq!(unsaid.status, StatusCode::BAD_REQUEST);
    assert!(
        unsaid.body.contains("the number of the member"),
        "{}",
        unsaid.body
    );
    let entered = cora.fill(&page, &act, &[("member_number", "P0412345")]).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);
    let shown = cora.get(&page).await.body;
    assert!(
        shown.contains("A member of CMI already") && shown.contains("P0412345"),
        "{shown}"
    );
    assert!(!shown.contains("Affiliate"), "{shown}");

    let form = format!("/registrations/new?centre={centre}");
    let fields = [
        ("centre", centre.as_str()),
        ("given", "Ben"),
        ("family", "Larsson"),
        ("born_on", "1980-03-02"),
        ("email", "ben@example.org"),
        ("qualification", "7A2V2"),
        ("start_on", "14/10/2019"),
        ("member_number", "P0499999"),
    ];
    let registered = cora.fill(&form, "/registrations/new", &fields).await;
    assert_eq!(registered.status, StatusCode::SEE_OTHER, "{}", registered.body);
    let shown = cora.get(registered.location()).await.body;
    assert!(shown.contains("P0499999"), "{shown}");
}
