//! The register of certificates: its order, its files, a certificate's own page, and what was sent before it was kept.

use crate::api::{call, token_of};
use crate::award::{college, signed_in};
use crate::browser::Site;
use assay_app::account::token::Scope;
use assay_app::award::register::{self, Show, Sort, Wanted};
use assay_app::award::{certificate, settle};
use assay_app::{Caller, Failure};
use assay_domain::Code;
use assay_domain::award::{Delivery, DispatchCertificate, DispatchMeans, SettleDispatches};
use axum::http::{Method, StatusCode};
use jiff::civil::Date;
use serde_json::json;

fn settling(sent_by: Option<Date>, because: &str) -> SettleDispatches {
    SettleDispatches {
        sent_by,
        because: because.to_owned(),
    }
}

#[test]
fn the_register_is_sorted_both_ways_by_each_of_its_columns() {
    let mut college = college();
    let (_, first) = college.awarded("Khan");
    let (_, second) = college.awarded("Larsson");
    let manager = college.world.quality_manager.clone();
    for who in [manager, college.coordinator.clone()] {
        let numbers = |sort: Sort| -> Vec<String> {
            let wanted = Wanted {
                sort,
                page: 1,
                ..Wanted::default()
            };
            college
                .world
                .ask(&who, |asking| register::list(asking, &wanted))
                .unwrap()
                .certificates
                .into_iter()
                .map(|line| line.number)
                .collect()
        };
        let (khan, larsson) = (first.certificate.clone(), second.certificate.clone());
        assert_eq!(numbers(Sort::IssuedLast), [larsson.clone(), khan.clone()]);
        assert_eq!(numbers(Sort::IssuedFirst), [khan.clone(), larsson.clone()]);
        assert_eq!(numbers(Sort::Learner), [khan.clone(), larsson.clone()]);
        assert_eq!(numbers(Sort::LearnerDown), [larsson.clone(), khan.clone()]);
        let mut both = vec![khan, larsson];
        both.sort();
        assert_eq!(numbers(Sort::Number), both);
        both.reverse();
        assert_eq!(numbers(Sort::NumberDown), both);
    }
    assert_eq!(Sort::read("nothing known"), Sort::IssuedLast);
}

#[test]
fn what_was_sent_before_is_settled_once_for_all_and_never_for_a_day_that_was_recorded() {
    let mut college = college();
    let (_, old) = college.awarded("Khan");
    let issued_on = college.world.today();
    let (_, new) = college.awarded("Larsson");
    let manager = college.world.quality_manager.clone();
    let settle_it = |act: SettleDispatches| {
        college
            .world
            .act(&manager, move |acting| settle::settle(acting, &act))
    };
    let codes = |failure: Failure| match failure {
        Failure::Refused(refusals) => refusals.codes(),
        other => panic!("not refused: {other:?}"),
    };
    let nothing = settle_it(settling(None, " ")).unwrap_err();
    assert_eq!(codes(nothing), [Code::FieldMissing, Code::FieldMissing]);
    let tomorrow = college.world.today().tomorrow().unwrap();
    let future = settle_it(settling(Some(tomorrow), "Post book.")).unwrap_err();
    assert_eq!(codes(future), [Code::DateFuture]);
    let early = settle_it(settling(Some(issued_on.yesterday().unwrap()), "Post book.")).unwrap_err();
    assert_eq!(codes(early), [Code::CertDelivery]);

    let number = new.certificate.clone();
    college
        .world
        .act(&manager, move |acting| {
            let act = DispatchCertificate {
                means: Some(DispatchMeans::Post),
                detail: String::new(),
            };
            assay_app::award::change::dispatch(acting, &number, &act)
        })
        .unwrap();
    let recorded = settle_it(settling(Some(college.world.today()), "Post book.")).unwrap_err();
    assert_eq!(codes(recorded), [Code::DateOrder]);

    let done = settle_it(settling(Some(issued_on), "Post book of the office.")).unwrap();
    assert_eq!((done.settled, done.left), (1, 0));
    let again = settle_it(settling(Some(issued_on), "Post book.")).unwrap_err();
    assert_eq!(codes(again), [Code::CertDelivery]);

    let shown = |show: Show| {
        let wanted = Wanted {
            show,
            page: 1,
            ..Wanted::default()
        };
        college
            .world
            .ask(&manager, |asking| register::list(asking, &wanted))
            .unwrap()
    };
    assert_eq!(shown(Show::Paper(Delivery::Waiting)).total, 0);
    let sent = shown(Show::Paper(Delivery::Dispatched));
    assert_eq!(sent.total, 2);
    assert_eq!(
        sent.service.unwrap().dispatched,
        1,
        "what was settled says nothing on the time"
    );
    let page = college
        .world
        .ask(&manager, |asking| certificate::view(asking, &old.certificate))
        .unwrap();
    let last = page.history.last().unwrap();
    assert_eq!(last.kind, "certificate_dispatch_settled");
    assert!(
        last.details
            .iter()
            .any(|detail| detail.text == "Post book of the office.")
    );

    let refused = college
        .world
        .ask(&college.coordinator, |asking| settle::view(asking).map(|_| ()));
    assert!(matches!(refused, Err(Failure::NotFound)));
    let rebuilt = assay_app::rebuild::run(&college.world.app, true, |_| {}).unwrap();
    assert_eq!(rebuilt.differing, Vec::<String>::new());
}

#[test]
fn a_certificate_tells_its_history_to_those_entitled_to_it_alone() {
    let mut college = college();
    let (registration, released) = college.awarded("Khan");
    let learner = college.learner_of(&registration);
    let manager = college.world.quality_manager.clone();
    let caller: Caller = college.world.caller(&manager);
    let mut fresh = college.world.fresh();
    let prepared = assay_app::award::change::prepare_replacement(
        &college.world.app,
        &caller,
        fresh.as_mut(),
        &released.certificate,
        assay_domain::award::ReplaceCertificate {
            because: "Lost in the post.".into(),
        },
    )
    .unwrap();
    let replaced = college
        .world
        .act(&manager, move |acting| {
            assay_app::award::change::replace(acting, &prepared)
        })
        .unwrap();
    for who in [&learner, &college.coordinator, &manager] {
        let old = college
            .world
            .ask(who, |asking| certificate::view(asking, &released.certificate))
            .unwrap();
        assert_eq!(old.replaced_by.as_deref(), Some(replaced.certificate.as_str()));
        assert_eq!(old.line.because.as_deref(), Some("Lost in the post."));
        let kinds: Vec<&str> = old.history.iter().map(|line| line.kind.as_str()).collect();
        assert_eq!(kinds, ["certificate_issued", "certificate_issued"]);
        assert!(
            old.history[1]
                .says
                .contains(&format!("in the place of {}", released.certificate)),
            "{}",
            old.history[1].says
        );
        assert_eq!(old.may_change, *who == manager);
    }
    let hidden = college.world.ask(&college.assessor, |asking| {
        certificate::view(asking, &released.certificate).map(|_| ())
    });
    assert!(matches!(hidden, Err(Failure::NotFound)));
}

#[tokio::test]
async fn the_register_is_exported_as_it_is_sorted_and_leads_to_each_certificate() {
    let mut college = college();
    let (_, released) = college.awarded("Khan");
    college.world.with_password(&college.world.quality_manager);
    let token = token_of(&college.world, &college.world.quality_manager, Scope::Write);
    let site = Site::of(college.world);
    let number = released.certificate;
    let mut quentin = signed_in(&site, "quentin.marsh@example.org").await;
    let page = quentin.get("/certificates?sort=learner").await.body;
    assert!(page.contains("aria-sort=\"ascending\"") && page.contains("sort=-learner"));
    assert!(page.contains(&format!("/certificates/{number}\"")));
    let own = quentin.get(&format!("/certificates/{number}")).await;
    assert!(
        own.body.contains("issued certificate") && own.body.contains("of the ledger"),
        "{}",
        own.body
    );
    let file = quentin.get("/certificates.xlsx?sort=learner").await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(
        file.headers["content-disposition"]
            .to_str()
            .unwrap()
            .ends_with(".xlsx\"")
    );
    assert!(file.body.starts_with("PK"));
    let wrong = quentin.get("/certificates.xlsx?from=yesterday").await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);

    let settle = "/certificates/settle";
    let unread = quentin
        .fill(
            settle,
            settle,
            &[("sent_by", "yesterday"), ("because", "Post book")],
        )
        .await;
    assert_eq!(unread.status, StatusCode::BAD_REQUEST, "{}", unread.body);
    let today = site.world.today().to_string();
    let done = quentin
        .fill(
            settle,
            settle,
            &[("sent_by", today.as_str()), ("because", "Post book")],
        )
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let body = json!({ "sent_by": today, "because": "Post book" });
    let path = "/api/v1/certificates/settle-dispatches";
    let again = call(&site, &token, Method::POST, path, None, Some(body)).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", again.body);
    let found = call(
        &site,
        &token,
        Method::GET,
        &format!("/api/v1/certificates/{number}"),
        None,
        None,
    )
    .await;
    assert_eq!(found.json()["delivery"], "dispatched", "{}", found.body);
}
