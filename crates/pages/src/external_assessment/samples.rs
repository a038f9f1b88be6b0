//! The pages with sample views, read for unsound HTML and for what they offer.

use super::*;
use crate::soundness::assert_sound;
use crate::styleguide::sample_shell;
use assay_app::centre::CentreShown;
use assay_app::external_assessment::view::OrderableUnit;
use assay_app::registration::find::Named;
use assay_domain::{Code, Refusal};
use jiff::civil::date;

fn line(state: OrderState) -> OrderLine {
    let hand_in_state = match state {
        OrderState::Ordered | OrderState::Withdrawn => None,
        OrderState::Sent => Some(SubmissionState::Submitted),
        OrderState::Received => Some(SubmissionState::Taken),
        OrderState::Marked => Some(SubmissionState::VerificationDue),
        OrderState::Result => Some(SubmissionState::Final),
    };
    let received = state.with_the_body() || state == OrderState::Result;
    OrderLine {
        order: "ord_1".parse().unwrap(),
        registration: "reg_1".parse().unwrap(),
        learner: "prs_1".parse().unwrap(),
        learner_name: "Amira <Khan>".into(),
        number: "0001-000001-X".into(),
        qualification: "7D2V2".into(),
        unit: "7016V1".into(),
        unit_title: "Developing coaching skills".into(),
        centre_name: "Northern <College>".into(),
        body: "CMI".into(),
        state,
        ordered_on: date(2019, 2, 20),
        submission: hand_in_state.map(|_| "sub_1".parse().unwrap()),
        attempt: hand_in_state.map(|_| 1),
        sent_on: hand_in_state.map(|_| date(2019, 2, 27)),
        received_on: received.then(|| date(2019, 3, 1)),
        due_on: received.then(|| date(2019, 4, 12)),
        late: state.with_the_body(),
        assessor: received.then(|| "Xenia Ford".to_owned()),
        hand_in_state,
    }
}

fn view(state: OrderState, receives: bool) -> OrderView {
    let refusal = Refusal::new(
        Code::OrderState,
        "CMI has received the work, so the order stands.",
    )
    .remedy("Wait for the result.")
    .who("The awarding body")
    .source("practice, section 14");
    let early = matches!(state, OrderState::Ordered | OrderState::Sent);
    OrderView {
        line: line(state),
        receives,
        receive: Vec::new(),
        may_allocate: receives && state == OrderState::Received,
        assessors: vec![Named {
            person: "prs_2".parse().unwrap(),
            name: "Xenia Ford".into(),
        }],
        coordinates: !receives,
        withdraw: if early { Vec::new() } else { vec![refusal] },
        marks: false,
        reads: true,
    }
}

fn order_page(state: OrderState, receives: bool) -> String {
    let html = OrderPage {
        shell: sample_shell("External assessment of 7016V1"),
        view: view(state, receives),
        form: Form::new(),
        refusals: Refusals::default(),
    }
    .render()
    .unwrap();
    assert_sound(&html);
    html
}

#[test]
fn orders_are_listed_with_state_and_due_date_and_late_ones_are_said_to_be_late() {
    for states in [OrderState::ALL.as_slice(), &[]] {
        let page = OrderListPage {
            shell: sample_shell("External assessment"),
            found: OrdersPage {
                shown: CentreShown::default(),
                orders: states.iter().map(|state| line(*state)).collect(),
                page: 1,
                size: 25,
                total: states.len() as u64,
            },
            form: Form::new(),
            show: Show::Open,
            today: date(2019, 4, 13),
        };
        let html = page.render().unwrap();
        assert_sound(&html);
        assert_eq!(
            html.contains("2 results are past the due date"),
            !states.is_empty()
        );
        assert!(html.contains("12 April 2019") || html.contains("No order here"));
    }
}

#[test]
fn work_is_received_by_the_awarding_body_and_orders_are_withdrawn_by_the_centre() {
    for state in OrderState::ALL {
        assert_eq!(
            order_page(state, true).contains("/receive\""),
            state == OrderState::Sent,
            "{state:?}"
        );
        assert_eq!(
            order_page(state, false).contains("/withdraw\""),
            matches!(state, OrderState::Ordered | OrderState::Sent),
            "{state:?}"
        );
    }
}

#[test]
fn a_unit_that_cannot_be_ordered_says_why() {
    for hindrance in [None, Some("The centre is marking unit 7016V1.".to_owned())] {
        let open = hindrance.is_none();
        let page = OrderFormPage {
            shell: sample_shell("Order external assessment"),
            view: OrderForm {
                registration: "reg_1".parse().unwrap(),
                learner_name: "Amira Khan".into(),
                number: "0001-000001-X".into(),
                title: "Diploma".into(),
                body: "CMI".into(),
                units: vec![OrderableUnit {
                    unit: "7016V1".into(),
                    title: "Developing <skills>".into(),
                    hindrance,
                }],
                weeks: Some(6),
                most: Some(1),
            },
            form: Form::new(),
            refusals: Refusals::default(),
        };
        let html = page.render().unwrap();
        assert_sound(&html);
        assert_eq!(html.contains("Order external assessment</button>"), open);
        assert!(html.contains("Assessed by CMI") && html.contains("6 weeks"));
    }
}
