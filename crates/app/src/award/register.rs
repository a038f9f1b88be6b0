//! The register of certificates: every certificate ever issued, replaced and revoked ones too (practice, section 20.2).

use super::list::{MOST_IN_FILE, PAGE, called, stretch};
use crate::centre::CentreShown;
use crate::centre::choice::of_body_or_coordinator;
use crate::people::full_name;
use crate::{App, Asking, Failure};
use assay_domain::Role;
use assay_domain::award::{AwardKind, CertificateState, Delivery, dispatch, number};
use assay_domain::id::{AwardId, CentreId, CertificateId, PersonId, RegistrationId};
use assay_domain::policy::Policy;
use assay_store::statements::award as statements;
use assay_store::{Row, Statement, Tx, Value};
use jiff::ToSpan;
use jiff::civil::Date;

/// A certificate of the register.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct CertificateLine {
    pub certificate: CertificateId,
    pub number: String,
    /// `award` or `credit`.
    #[schema(value_type = String)]
    pub kind: AwardKind,
    pub award: AwardId,
    pub registration: RegistrationId,
    pub learner: PersonId,
    pub learner_name: String,
    pub learner_number: String,
    pub centre: CentreId,
    pub centre_name: String,
    /// Title exactly as printed, with its code and number. For unit credit the units, the code of the qualification on which the learner
    /// is registered, and no number.
    pub title: String,
    pub qualification: String,
    pub qualification_number: String,
    /// SHA-256 of the exact PDF bytes, lower-case hex.
    pub pdf_sha256: String,
    #[schema(value_type = String, format = Date)]
    pub issued_on: Date,
    /// Number of the certificate that this one replaces.
    pub replaces: Option<String>,
    pub state: CertificateState,
    /// When it was replaced or revoked.
    #[schema(value_type = Option<String>, format = Date)]
    pub ended_on: Option<Date>,
    /// Why it was replaced or revoked.
    pub because: Option<String>,
    /// Where its paper is.
    pub delivery: Delivery,
    /// The day by which it is to be dispatched; none once it was, once it is not in force, or when the profile is silent.
    #[schema(value_type = Option<String>, format = Date)]
    pub dispatch_due_on: Option<Date>,
}

pub(super) fn read(
    app: &App,
    tx: &mut Tx<'_>,
    policy: &Policy<'_>,
    row: &Row,
) -> Result<CertificateLine, Failure> {
    let specification = app.specification(tx, &row.parsed("specification")?)?;
    let code = row.text("qualification")?;
    let (kind, title, qualification_number) = called(tx, &specification, &code, row, "claim")?;
    let (state, delivery): (CertificateState, Delivery) = (row.parsed("state")?, row.parsed("delivery")?);
    let (issued_on, replaces) = (row.parsed("issued_on")?, row.optional_text("replaces")?);
    let asked_on = if replaces.is_some() {
        issued_on
    } else {
        row.parsed("claimed_on")?
    };
    let waits = state == CertificateState::Valid && delivery == Delivery::Waiting;
    Ok(CertificateLine {
        certificate: row.parsed("id")?,
        number: row.text("number")?,
        kind,
        award: row.parsed("award")?,
        registration: row.parsed("registration")?,
        learner: row.parsed("learner")?,
        learner_name: full_name(&row.text("given")?, &row.text("family")?),
        learner_number: row.text("learner_number")?,
        centre: row.parsed("centre")?,
        centre_name: row.text("centre_name")?,
        title,
        qualification_number,
        qualification: code,
        pdf_sha256: row.text("pdf")?,
        issued_on,
        replaces,
        state,
        ended_on: row.optional_parsed("ended_on")?,
        because: row.optional_text("because")?,
        delivery,
        dispatch_due_on: if waits {
            dispatch::due_on(asked_on, policy)
        } else {
            None
        },
    })
}

/// A page of the register.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct RegisterPage {
    #[serde(flatten)]
    pub shown: CentreShown,
    pub certificates: Vec<CertificateLine>,
    /// From 1.
    pub page: u32,
    pub size: u32,
    pub total: u64,
    /// How well the time to dispatch was kept; for quality managers, when the profile names a target.
    pub service: Option<Service>,
}

/// What is wanted of the register; what is blank is not asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// A certificate's number, or how a name, a learner's number or a code begins.
    pub q: String,
    pub show: Show,
    /// The qualification's code.
    pub qualification: String,
    /// One of a coordinator's own centres, the first when there is none; a quality manager's is every centre then.
    pub centre: Option<CentreId>,
    pub from: Option<Date>,
    pub until: Option<Date>,
    pub sort: Sort,
    /// From 1.
    pub page: u32,
}

/// By what the register is sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// The last issued first.
    #[default]
    IssuedLast,
    IssuedFirst,
    Number,
    NumberDown,
    /// By the learner's family name.
    Learner,
    LearnerDown,
}

impl Sort {
    /// Every order.
    pub const ALL: [Sort; 6] = [
        Sort::IssuedLast,
        Sort::IssuedFirst,
        Sort::Number,
        Sort::NumberDown,
        Sort::Learner,
        Sort::LearnerDown,
    ];

    /// As in an address; a hyphen turns the order around.
    pub fn as_str(self) -> &'static str {
        match self {
            Sort::IssuedLast => "-issued",
            Sort::IssuedFirst => "issued",
            Sort::Number => "number",
            Sort::NumberDown => "-number",
            Sort::Learner => "learner",
            Sort::LearnerDown => "-learner",
        }
    }

    /// What an address says; the last issued first when it says nothing known.
    pub fn read(text: &str) -> Sort {
        Sort::ALL
            .into_iter()
            .find(|sort| sort.as_str() == text)
            .unwrap_or_default()
    }

    fn statements(self) -> (&'static Statement, &'static Statement) {
        match self {
            Sort::IssuedLast => (&statements::LIST_CERTIFICATES, &statements::LIST_CERTIFICATES_AT),
            Sort::IssuedFirst => (
                &statements::LIST_CERTIFICATES_UP,
                &statements::LIST_CERTIFICATES_UP_AT,
            ),
            Sort::Number => (
                &statements::LIST_CERTIFICATES_BY_NUMBER,
                &statements::LIST_CERTIFICATES_BY_NUMBER_AT,
            ),
            Sort::NumberDown => (
                &statements::LIST_CERTIFICATES_BY_NUMBER_DOWN,
                &statements::LIST_CERTIFICATES_BY_NUMBER_DOWN_AT,
            ),
            Sort::Learner => (
                &statements::LIST_CERTIFICATES_BY_LEARNER,
                &statements::LIST_CERTIFICATES_BY_LEARNER_AT,
            ),
            Sort::LearnerDown => (
                &statements::LIST_CERTIFICATES_BY_LEARNER_DOWN,
                &statements::LIST_CERTIFICATES_BY_LEARNER_DOWN_AT,
            ),
        }
    }
}

/// Which certificates are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Show {
    #[default]
    Every,
    In(CertificateState),
    /// In force, and their paper is there.
    Paper(Delivery),
}

impl Show {
    /// Every choice in the order of the page.
    pub const ALL: [Show; 7] = [
        Show::Every,
        Show::Paper(Delivery::Waiting),
        Show::Paper(Delivery::Dispatched),
        Show::Paper(Delivery::Undelivered),
        Show::In(CertificateState::Valid),
        Show::In(CertificateState::Replaced),
        Show::In(CertificateState::Revoked),
    ];

    /// As in an address.
    pub fn as_str(self) -> &'static str {
        match self {
            Show::Every => "",
            Show::In(state) => state.as_str(),
            Show::Paper(delivery) => delivery.as_str(),
        }
    }

    /// As a person reads it.
    pub fn title(self) -> &'static str {
        match self {
            Show::Every => "All",
            Show::In(state) => state.title(),
            Show::Paper(delivery) => delivery.title(),
        }
    }

    /// What an address says; everything when it says nothing known.
    pub fn read(text: &str) -> Show {
        Show::ALL
            .into_iter()
            .find(|show| show.as_str() == text)
            .unwrap_or_default()
    }

    /// State and state of the paper, as the store is asked.
    fn stored(self) -> (&'static str, &'static str) {
        match self {
            Show::Every => ("", ""),
            Show::In(state) => (state.as_str(), ""),
            Show::Paper(delivery) => (CertificateState::Valid.as_str(), delivery.as_str()),
        }
    }
}

/// Certificates, the last issued first: for a quality manager all of them or those of a centre, those of one of their centres for a coordinator.
///
/// # Errors
/// `SignInNeeded`; `NotFound` for anybody else.
pub fn list(asking: &mut Asking<'_, '_>, wanted: &Wanted) -> Result<RegisterPage, Failure> {
    let page = wanted.page.clamp(1, 4000);
    let listed = between(asking, wanted, page, PAGE, i64::from(page - 1) * PAGE)?;
    let service = if asking.actor()?.is(Role::QualityManager) {
        service(asking)?
    } else {
        None
    };
    Ok(RegisterPage { service, ..listed })
}

fn between(
    asking: &mut Asking<'_, '_>,
    wanted: &Wanted,
    page: u32,
    size: i64,
    offset: i64,
) -> Result<RegisterPage, Failure> {
    let number = number::read_certificate_number(&wanted.q).unwrap_or_default();
    let (from, to) = if number.is_empty() {
        stretch(&wanted.q)
    } else {
        Default::default()
    };
    let (state, delivery) = wanted.show.stored();
    let since = wanted.from.unwrap_or(Date::MIN.max(jiff::civil::date(1, 1, 1)));
    let until = wanted.until.unwrap_or(Date::MAX);
    let searched: Vec<Value> = vec![from.into(), to.into(), number.into()];
    let narrowed: Vec<Value> = vec![
        state.into(),
        delivery.into(),
        since.to_string().into(),
        until.to_string().into(),
        wanted.qualification.as_str().into(),
    ];
    let paged: Vec<Value> = vec![size.into(), offset.into()];
    let shown = of_body_or_coordinator(asking, wanted.centre.as_ref())?;
    let at: Vec<Value> = shown.centre.iter().map(|centre| centre.as_str().into()).collect();
    let (everywhere, at_one) = wanted.sort.statements();
    let (listed, counted) = match shown.centre {
        None => (everywhere, &statements::COUNT_CERTIFICATES),
        Some(_) => (at_one, &statements::COUNT_CERTIFICATES_AT),
    };
    let rows = asking.tx.rows(
        listed,
        &[searched.clone(), paged, narrowed.clone(), at.clone()].concat(),
    )?;
    let total = asking
        .tx
        .row(counted, &[searched, narrowed, at].concat())?
        .map(|row| row.int("certificates"))
        .transpose()?
        .unwrap_or(0);
    let policy = asking.policy();
    let certificates = rows
        .iter()
        .map(|row| read(asking.app, asking.tx, &policy, row))
        .collect::<Result<_, _>>()?;
    Ok(RegisterPage {
        shown,
        certificates,
        page,
        size: u32::try_from(size).unwrap_or(u32::MAX),
        total: u64::try_from(total).unwrap_or(0),
        service: None,
    })
}

/// How well the published time to dispatch was kept over the last twelve months (practice, section 20.2).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Service {
    /// The profile's days from claim to dispatch.
    pub target_days: u32,
    /// Certificates first dispatched in these months.
    pub dispatched: u64,
    /// Those of them within the target.
    pub in_time: u64,
}

fn service(asking: &mut Asking<'_, '_>) -> Result<Option<Service>, Failure> {
    let Some((days, _)) = asking.policy().number("certificate.target") else {
        return Ok(None);
    };
    let since = asking.today().saturating_sub(12.months());
    let row = asking.tx.row(
        &statements::COUNT_DISPATCHED,
        &[since.to_string().into(), days.into()],
    )?;
    let (dispatched, in_time) = match row {
        Some(row) => (row.int("dispatched")?, row.int("in_time")?),
        None => (0, 0),
    };
    Ok(Some(Service {
        target_days: u32::try_from(days).unwrap_or(0),
        dispatched: u64::try_from(dispatched).unwrap_or(0),
        in_time: u64::try_from(in_time).unwrap_or(0),
    }))
}

/// The headings of the register as a file. There is none for a grade (AW-07).
pub const HEADINGS: [&str; 13] = [
    "Certificate number",
    "Learner",
    "Learner number",
    "Qualification title",
    "Qualification code",
    "Qualification number",
    "Centre",
    "Issued on",
    "State",
    "Ended on",
    "Paper",
    "Replaces",
    "SHA-256 of the PDF",
];

/// The rows of the register under [`HEADINGS`].
fn rows(asking: &mut Asking<'_, '_>, wanted: &Wanted) -> Result<Vec<Vec<String>>, Failure> {
    let page = between(asking, wanted, 1, MOST_IN_FILE, 0)?;
    let rows = page.certificates.into_iter().map(|line| {
        vec![
            line.number,
            line.learner_name,
            line.learner_number,
            line.title,
            line.qualification,
            line.qualification_number,
            line.centre_name,
            line.issued_on.to_string(),
            line.state.title().to_owned(),
            line.ended_on.map(|on| on.to_string()).unwrap_or_default(),
            line.delivery.title().to_owned(),
            line.replaces.unwrap_or_default(),
            line.pdf_sha256,
        ]
    });
    Ok(rows.collect())
}

/// The register as CSV.
///
/// # Errors
/// As [`list`].
pub fn csv(asking: &mut Asking<'_, '_>, wanted: &Wanted) -> Result<String, Failure> {
    Ok(assay_formats::csv_out::table(&HEADINGS, rows(asking, wanted)?))
}

/// The register as a workbook.
///
/// # Errors
/// As [`list`]; a fault when there is no memory for it.
pub fn xlsx(asking: &mut Asking<'_, '_>, wanted: &Wanted) -> Result<Vec<u8>, Failure> {
    assay_formats::xlsx_out::table("Certificates", &HEADINGS, &rows(asking, wanted)?)
        .ok_or_else(|| Failure::Fault("the register cannot be packed into a workbook".into()))
}
