//! Sample views for the tests of these pages.

use assay_app::award::case::{AchievedUnit, OpenUnit};
use assay_app::award::check::Checked;
use assay_app::award::claim::{ClaimView, Claimed, ClaimedSeveral, CreditableUnit, NotClaimed, PastClaim};
use assay_app::award::list::{Candidate, CandidatesPage, ClaimLine, ClaimsPage};
use assay_app::award::overview::{AwardView, AwardedUnit, DeliveryStep, OwnAward};
use assay_app::award::register::{CertificateLine, RegisterPage, Service};
use assay_app::award::release::{ClaimDetail, ReleasePage, UnitEvidence};
use assay_app::centre::CentreShown;
use assay_app::credential::CredentialsView;
use assay_app::credential::issue::CredentialUnit;
use assay_domain::award::{
    AwardKind, CertificateState, CorrectionState, Delivery, DispatchMeans, NameChangeState, NameProof,
};
use assay_domain::registration::RegistrationState;
use assay_domain::{Code, Refusal};
use jiff::civil::date;
use std::str::FromStr;

const TITLE: &str = "CMI Level 7 Award in Leadership Coaching and Mentoring";
const NUMBER: &str = "2019-7KX4-29QM-D";

fn id<T: FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().unwrap()
}

fn short() -> Vec<Refusal> {
    vec![
        Refusal::new(Code::RegIdUnconfirmed, "The learner's identity is not confirmed.")
            .remedy("Record which document was seen.")
            .who("The centre coordinator")
            .source("practice, section 6"),
        Refusal::new(Code::RocNotMet, "The award is one credit short.")
            .remedy("Achieve the missing units.")
            .who("The learner")
            .source("AW-01"),
    ]
}

pub fn claim_view(ready: bool) -> ClaimView {
    let refusals = if ready { Vec::new() } else { short() };
    ClaimView {
        registration: id("reg_1"),
        learner: id("prs_1"),
        learner_name: "Amira Khan".into(),
        number: "0001-000001-X".into(),
        centre: id("ctr_1"),
        centre_name: "Northern College".into(),
        title: TITLE.into(),
        qualification: "7A2V2".into(),
        qualification_number: "603/2984/2".into(),
        level: 7,
        minimum_credits: 7,
        state: RegistrationState::Active,
        units: vec![AchievedUnit {
            unit: "7020V1".into(),
            title: "Introduction to coaching".into(),
            level: 7,
            credits: 6,
            achieved_on: date(2019, 9, 2),
            judgement: id("jdg_1"),
            submission: id("sub_1"),
            from_registration: Some("0001-000000-Y".into()),
            counts: true,
        }],
        credits: 6,
        open_units: vec![OpenUnit {
            unit: "7021V1".into(),
            title: "Another unit".into(),
            state: "Not handed in yet".into(),
        }],
        hindrances: refusals.clone(),
        refusals,
        ways: if ready {
            vec![]
        } else {
            vec![vec!["7021V1".into()]]
        },
        creditable: vec![
            CreditableUnit {
                unit: "7020V1".into(),
                title: "Introduction to coaching".into(),
                credits: 6,
                refusal: None,
            },
            CreditableUnit {
                unit: "7022V1".into(),
                title: "Reviewing coaching".into(),
                credits: 7,
                refusal: Some(Refusal::new(
                    Code::AlreadyAwarded,
                    "Credit for unit 7022V1 is awarded already on certificate 2019-AAAA-BBBB-C.",
                )),
            },
        ],
        credit_hindrances: Vec::new(),
        claims: vec![PastClaim {
            claim: id("clm_1"),
            kind: AwardKind::Credit,
            state: "returned".into(),
            made_at: "2019-10-01T09:00:00.000Z".into(),
            made_by: "Cora Adebayo".into(),
            because: Some("The name is misspelt.".into()),
            settled_at: Some("2019-10-02T09:00:00.000Z".into()),
            settled_by: Some("Quentin Marsh".into()),
        }],
        award: None,
        coordinates: true,
    }
}

fn claim_line(state: &str) -> ClaimLine {
    let released = state == "released";
    ClaimLine {
        claim: id("clm_1"),
        kind: AwardKind::Qualification,
        registration: id("reg_1"),
        learner: id("prs_1"),
        learner_name: "Amira Khan".into(),
        given: "Amira".into(),
        family: "Khan".into(),
        number: "0001-000001-X".into(),
        centre: id("ctr_1"),
        centre_number: "0001".into(),
        centre_name: "Northern College".into(),
        title: TITLE.into(),
        qualification: "7A2V2".into(),
        qualification_number: "603/2984/2".into(),
        state: state.into(),
        made_at: "2019-10-01T09:00:00.000Z".into(),
        made_on: date(2019, 10, 1),
        because: None,
        award: released.then(|| id("awd_1")),
        credits: released.then_some(8),
        certificate: released.then(|| NUMBER.into()),
        issued_on: released.then(|| date(2019, 10, 14)),
    }
}

pub fn claims() -> ClaimsPage {
    ClaimsPage {
        shown: CentreShown::default(),
        claims: vec![claim_line("released"), claim_line("made")],
        page: 1,
        size: 25,
        total: 2,
    }
}

pub fn waiting() -> ReleasePage {
    ReleasePage {
        claims: vec![claim_line("made")],
        page: 1,
        size: 25,
        total: 1,
    }
}

pub fn candidates() -> CandidatesPage {
    let candidate = |name: &str, registration: &str, refusals| Candidate {
        registration: id(registration),
        learner_name: name.into(),
        number: "0001-000001-X".into(),
        qualification: "7A2V2".into(),
        title: TITLE.into(),
        credits: 8,
        minimum_credits: 7,
        refusals,
    };
    CandidatesPage {
        shown: CentreShown::default(),
        candidates: vec![
            candidate("Amira Khan", "reg_1", vec![]),
            candidate("Ben Larsson", "reg_2", short()),
        ],
        page: 1,
        size: 25,
        total: 2,
    }
}

pub fn claimed_several() -> ClaimedSeveral {
    ClaimedSeveral {
        claimed: vec![Claimed {
            claim: id("clm_2"),
            registration: id("reg_3"),
            learner_name: "Chidi Eze".into(),
        }],
        returned: vec![NotClaimed {
            registration: id("reg_2"),
            learner_name: "Ben Larsson".into(),
            refusals: short(),
        }],
    }
}

pub fn claim_detail() -> ClaimDetail {
    ClaimDetail {
        line: claim_line("made"),
        made_by: "Cora Adebayo".into(),
        units: vec![UnitEvidence {
            unit: "7020V1".into(),
            title: "Introduction to coaching".into(),
            credits: 8,
            achieved_on: date(2019, 9, 2),
            judgement: id("jdg_1"),
            submission: id("sub_1"),
            registration: id("reg_1"),
            judged_by: "Asha Patel".into(),
            judged_on: date(2019, 9, 1),
            countersigned_by: None,
            verified: "Verified: agreed".into(),
            verified_by: Some("Ivo Novak".into()),
            verified_on: Some(date(2019, 9, 2)),
        }],
        credits: 8,
        refusals: vec![],
        settles: true,
        coordinates: false,
    }
}

fn certificate(state: CertificateState) -> CertificateLine {
    CertificateLine {
        certificate: id("crt_1"),
        number: NUMBER.into(),
        kind: AwardKind::Qualification,
        award: id("awd_1"),
        registration: id("reg_1"),
        learner: id("prs_1"),
        learner_name: "Amira Khan".into(),
        learner_number: "0001-000001-X".into(),
        centre: id("ctr_1"),
        centre_name: "Northern College".into(),
        title: TITLE.into(),
        qualification: "7A2V2".into(),
        qualification_number: "603/2984/2".into(),
        pdf_sha256: "00".repeat(32),
        issued_on: date(2019, 10, 14),
        replaces: Some("2019-AAAA-BBBB-C".into()),
        state,
        ended_on: (state != CertificateState::Valid).then(|| date(2020, 3, 3)),
        because: None,
        delivery: Delivery::Waiting,
        dispatch_due_on: (state == CertificateState::Valid).then(|| date(2019, 10, 28)),
    }
}

pub fn register() -> RegisterPage {
    RegisterPage {
        shown: CentreShown::default(),
        certificates: vec![
            certificate(CertificateState::Valid),
            certificate(CertificateState::Replaced),
        ],
        page: 1,
        size: 25,
        total: 2,
        service: Some(Service {
            target_days: 14,
            dispatched: 10,
            in_time: 9,
        }),
    }
}

pub fn award_view() -> AwardView {
    AwardView {
        award: id("awd_1"),
        kind: AwardKind::Qualification,
        registration: id("reg_1"),
        learner_name: "Amira Khan".into(),
        learner_number: "0001-000001-X".into(),
        title: TITLE.into(),
        qualification: "7A2V2".into(),
        qualification_number: "603/2984/2".into(),
        level: 7,
        awarded_on: date(2019, 10, 14),
        released_by: "Quentin Marsh".into(),
        centre_name: "Northern College".into(),
        units: vec![AwardedUnit {
            number: "7020V1".into(),
            reference: "K/616/6742".into(),
            title: "Introduction to coaching".into(),
            level: 7,
            credits: 8,
            achieved_on: date(2019, 9, 2),
            result: None,
        }],
        credits: 8,
        minimum_credits: 7,
        certificates: vec![
            certificate(CertificateState::Valid),
            certificate(CertificateState::Replaced),
        ],
        corrections: vec![correction(CorrectionState::Left)],
        may_flag: true,
        withdrawn_on: None,
        name_changes: vec![name_change(NameChangeState::Asked)],
        steps: vec![
            DeliveryStep {
                number: NUMBER.into(),
                on: date(2019, 10, 16),
                delivery: Delivery::Dispatched,
                means: Some(DispatchMeans::TrackedPost),
                detail: Some("To the centre".into()),
                keep_until: None,
                by: "Quentin Marsh".into(),
            },
            DeliveryStep {
                number: NUMBER.into(),
                on: date(2019, 10, 30),
                delivery: Delivery::Undelivered,
                means: None,
                detail: Some("Nobody was there to sign".into()),
                keep_until: Some(date(2020, 10, 30)),
                by: "Quentin Marsh".into(),
            },
        ],
        progression: vec!["CMI Level 7 Qualifications in Strategic Management and Leadership".into()],
        own: true,
        entitled: true,
        may_change: true,
    }
}

pub fn own_awards() -> Vec<OwnAward> {
    vec![OwnAward {
        award: id("awd_1"),
        kind: AwardKind::Qualification,
        registration: id("reg_1"),
        title: TITLE.into(),
        awarded_on: date(2019, 10, 14),
        certificate: Some(NUMBER.into()),
        withdrawn_on: None,
    }]
}

pub fn checked(state: CertificateState) -> Checked {
    Checked {
        certificate_number: NUMBER.into(),
        state,
        ended_on: (state != CertificateState::Valid).then(|| date(2020, 3, 3)),
        learner_name: "Amira Khan".into(),
        title: TITLE.into(),
        qualification_number: "603/2984/2".into(),
        level: 7,
        awarding_body: "Chartered Management Institute".into(),
        regulator: "Ofqual".into(),
        credited: Vec::new(),
        awarded_on: date(2019, 10, 14),
        replaces: None,
        language: None,
    }
}

pub fn certificate_to_change() -> assay_app::award::change::CertificateToChange {
    assay_app::award::change::CertificateToChange {
        certificate: id("crt_1"),
        number: NUMBER.into(),
        award: id("awd_1"),
        learner_name: "Amira Khan".into(),
        state: CertificateState::Valid,
        refusals: assay_domain::Refusals::new(),
    }
}

pub fn credentials() -> CredentialsView {
    CredentialsView {
        certificate_number: NUMBER.into(),
        award: id("awd_1"),
        title: TITLE.into(),
        awarding_body: "Chartered Management Institute".into(),
        learner_name: "Amira Khan".into(),
        own: true,
        in_force: true,
        issuer: Some("did:web:assay.example".into()),
        of_qualification: true,
        on_the_web: true,
        units: vec![CredentialUnit {
            number: "7020V1".into(),
            title: "Introduction to coaching".into(),
            credits: 8,
        }],
    }
}

pub fn themes() -> Vec<assay_app::award::theme::BodyThemes> {
    use assay_app::award::theme::{BodyThemes, ThemeLine};
    use assay_app::printing::SignedBy;
    let version = |id_: &str, from, signatory: Option<SignedBy>, in_force| ThemeLine {
        theme: id(id_),
        printed_as: "Chartered Management Institute".into(),
        accent: "#7a0019".into(),
        logo: signatory.as_ref().map(|_| "Shield & oak leaf".into()),
        signature: signatory.is_some(),
        signatory,
        from,
        set_at: "2019-09-01T09:30:00.000Z".into(),
        set_by: "Quentin Marsh".into(),
        in_force,
    };
    let signed = SignedBy {
        name: "Margaret Okafor".into(),
        role: "Chief Executive".into(),
    };
    vec![
        BodyThemes {
            awarding_body: "Chartered Management Institute".into(),
            versions: vec![
                version("thm_2", date(2019, 10, 1), Some(signed), true),
                version("thm_1", date(2019, 9, 1), None, false),
            ],
        },
        BodyThemes {
            awarding_body: "Another <Institute>".into(),
            versions: Vec::new(),
        },
    ]
}

pub fn shared_links() -> assay_app::award::share::SharedLinks {
    use assay_app::award::share::{LinkOpening, ShareLink, SharedLinks};
    let link = |id: &str, recipient: &str, live, opened, openings| ShareLink {
        id: id.into(),
        recipient: recipient.into(),
        units: live,
        made_at: "2019-10-14T09:30:00.000Z".into(),
        ends_at: "2020-01-12T09:30:00.000Z".into(),
        live,
        opened,
        openings,
    };
    let opening = |at: &str, times| LinkOpening { at: at.into(), times };
    SharedLinks {
        award: id("awd_1"),
        title: TITLE.into(),
        usual_days: 90,
        links: vec![
            link(
                "shr_1",
                "Hart & Sons, recruitment",
                true,
                3,
                vec![
                    opening("2019-10-16T07:05:00.000Z", 1),
                    opening("2019-10-15T18:12:00.000Z", 2),
                ],
            ),
            link("shr_2", "The university", false, 0, Vec::new()),
        ],
    }
}

pub fn made_share_link() -> assay_app::award::share::MadeShareLink {
    assay_app::award::share::MadeShareLink {
        id: "shr_3".into(),
        address: "https://assay.example/shared/Vx2m3yQ0xw1H5d8kq1bJ6m0s3o7u9w2y4A6C8E0G2I4".into(),
        ends_at: "2020-01-12T09:30:00.000Z".into(),
    }
}

pub fn shared_award(state: CertificateState) -> assay_app::award::share::SharedAward {
    let view = award_view();
    assay_app::award::share::SharedAward {
        learner_name: "Amira Khan".into(),
        title: TITLE.into(),
        qualification_number: "603/2984/2".into(),
        level: 7,
        credits: 8,
        awarding_body: "Chartered Management Institute".into(),
        regulator: "Ofqual".into(),
        awarded_on: date(2019, 10, 14),
        certificate_number: NUMBER.into(),
        state,
        ended_on: (state != CertificateState::Valid).then(|| date(2020, 3, 3)),
        language: None,
        units: view.units,
        ends_at: "2020-01-12T09:30:00.000Z".into(),
    }
}

pub fn to_rename() -> assay_app::award::name_change::ToRename {
    assay_app::award::name_change::ToRename {
        award: id("awd_1"),
        certificate: NUMBER.into(),
        printed: "Amira Khan".into(),
        given: "Amira".into(),
        family: "Khan".into(),
        own: true,
    }
}

pub fn name_change(state: NameChangeState) -> assay_app::award::name_change::NameChangeLine {
    let proved = state != NameChangeState::Asked;
    let settled = !state.is_open();
    assay_app::award::name_change::NameChangeLine {
        change: id("nmc_1"),
        award: id("awd_1"),
        registration: id("reg_1"),
        centre_name: "Northern College".into(),
        certificate: NUMBER.into(),
        printed: "Amira Khan".into(),
        name: "Amira Larsson".into(),
        proof: NameProof::Marriage,
        document: "Marriage certificate, Leeds, 4 May 2019, no. 1234".into(),
        state,
        asked_at: "2019-11-02T09:00:00.000Z".into(),
        asked_by: "Amira Khan".into(),
        seen_at: proved.then(|| "2019-11-04T09:00:00.000Z".into()),
        seen_by: proved.then(|| "Cora Adebayo".into()),
        seen: proved.then(|| "The original, shown at the centre.".into()),
        settled_at: settled.then(|| "2019-11-05T09:00:00.000Z".into()),
        settled_by: settled.then(|| "Quentin Marsh".into()),
        because: (state == NameChangeState::Refused).then(|| "The document is of somebody else.".into()),
        issued: (state == NameChangeState::Approved).then(|| "2019-ABCD-EFGH-7".into()),
    }
}

pub fn name_change_view(state: NameChangeState) -> assay_app::award::name_change::NameChangeView {
    let refusals = match state {
        NameChangeState::Proved => assay_domain::Refusals::new(),
        _ => Refusal::new(
            Code::NameProofUnseen,
            "Nobody has recorded that the proof was seen in the original.",
        )
        .remedy("The centre records it on this page.")
        .who("The centre coordinator")
        .source("practice, section 20.2")
        .into(),
    };
    assay_app::award::name_change::NameChangeView {
        line: name_change(state),
        may_see_proof: state == NameChangeState::Asked,
        settles: state.is_open(),
        refusals,
    }
}

pub fn award_to_flag() -> assay_app::award::correction::AwardToFlag {
    use assay_app::award::correction::{AwardToFlag, FlaggableUnit};
    AwardToFlag {
        award: id("awd_1"),
        learner_name: "Amira Khan".into(),
        units: vec![FlaggableUnit {
            unit: "7020V1".into(),
            title: "Introduction to coaching".into(),
        }],
    }
}

pub fn correction(state: CorrectionState) -> assay_app::award::correction::CorrectionLine {
    let assessed = state != CorrectionState::Flagged;
    let decided = !state.is_open();
    assay_app::award::correction::CorrectionLine {
        correction: id("cor_1"),
        award: id("awd_1"),
        registration: id("reg_1"),
        learner_name: "Amira Khan".into(),
        centre_name: "Northern College".into(),
        qualification: "7A2V2".into(),
        units: vec!["7020V1".into()],
        state,
        because: "Criterion 1.2 was judged met on another learner's page.".into(),
        flagged_at: "2020-02-03T09:00:00.000Z".into(),
        flagged_by: "Ivo Novak".into(),
        adverse: assessed.then_some(true),
        finding: assessed.then(|| "The page is of another learner's work.".into()),
        assessed_at: assessed.then(|| "2020-02-05T09:00:00.000Z".into()),
        assessed_by: assessed.then(|| "Quentin Marsh".into()),
        reasoning: decided.then(|| "Without the page the criterion is not met.".into()),
        regulator: decided.then(|| "By letter on 6 February 2020.".into()),
        decided_at: decided.then(|| "2020-02-07T09:00:00.000Z".into()),
        decided_by: decided.then(|| "Una Hart".into()),
    }
}

pub fn correction_view(state: CorrectionState) -> assay_app::award::correction::CorrectionView {
    let refusals = match state {
        CorrectionState::Assessed => assay_domain::Refusals::new(),
        _ => Refusal::new(Code::CorrectionState, "What was found is not recorded yet.")
            .remedy("Gather the facts and record whether there is an adverse effect.")
            .who("The quality manager")
            .source("practice, section 19 (OH-H6G)")
            .into(),
    };
    assay_app::award::correction::CorrectionView {
        line: correction(state),
        in_force: vec![NUMBER.into()],
        awards: 1,
        settles: state.is_open(),
        refusals,
    }
}

pub fn certificate_view(state: CertificateState) -> assay_app::award::certificate::CertificateView {
    use assay_app::trail::{TrailDetail, TrailLine};
    let line = |sequence, kind: &str, says: &str, detail: Option<&str>| TrailLine {
        sequence,
        at: "2019-10-14T09:30:00.000Z".into(),
        by: Some(id("prs_9")),
        by_name: "Quentin Marsh".into(),
        via: "page".into(),
        act: "act_1".into(),
        kind: kind.into(),
        says: format!("Quentin Marsh {says}"),
        details: detail
            .map(|text| TrailDetail {
                label: "Detail".into(),
                text: text.into(),
                erased: false,
            })
            .into_iter()
            .collect(),
        links: Vec::new(),
        rule: "practice, section 20.2".into(),
        digests: Vec::new(),
    };
    let ended = state != CertificateState::Valid;
    let mut certificate = register().certificates.remove(0);
    certificate.state = state;
    certificate.ended_on = ended.then(|| date(2020, 3, 3));
    assay_app::award::certificate::CertificateView {
        line: certificate,
        printed: "Amira Khan".into(),
        replaced_by: (state == CertificateState::Replaced).then(|| "2020-ABCD-EFGH-7".into()),
        history: vec![
            line(412, "certificate_issued", "issued the certificate", None),
            line(
                420,
                "certificate_dispatched",
                "dispatched it",
                Some("AB 123 <GB>"),
            ),
            line(431, "certificate_undelivered", "recorded that it came back", None),
            line(440, "certificate_revoked", "revoked it", None),
        ],
        may_change: true,
    }
}
