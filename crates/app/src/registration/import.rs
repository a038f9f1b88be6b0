//! Registering learners from a file: rehearsed first, then carried out.
//!
//! A rehearsal is the real thing in a transaction that is undone: each row goes through the same acts as a learner who is
//! registered by hand, so that whatever a rule would say is said beforehand, duplicates inside the file included. The file
//! and the findings are kept for a day as working data. Nothing is registered until somebody says so.

use super::case;
use super::register::{self, RegisterLearner};
use crate::account::token::later;
use crate::plan::{agree, allocate};
use crate::{Acting, App, Asking, Caller, Failure};
use assay_domain::fact::PlannedUnit;
use assay_domain::id::{CentreId, PersonId};
use assay_domain::plan::StaffMember;
use assay_domain::{Code, Fresh, Refusal, Refusals, Role, Warning};
use assay_formats::register::{Field, RegisterFile, RegisterLimits, RegisterRow};
use assay_store::Tx;
use assay_store::statements::{people, registration as statements};
use jiff::SignedDuration;
use jiff::civil::Date;
use std::sync::{Arc, Mutex, PoisonError};

/// Most rows of a file; more is split, so that the rehearsal does not keep other people waiting.
pub const MOST_ROWS: usize = 2_000;
/// Largest file in bytes.
pub const LARGEST: usize = 5 * 1024 * 1024;

/// What was found about one row.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct RowFinding {
    /// The line of the file, from 1, the header counted.
    pub line: u32,
    pub name: String,
    pub qualification: String,
    /// The registration number that the row would take, when it passes.
    pub number: Option<String>,
    /// What cannot be read and what the rules refuse, in sentences with what would help.
    pub problems: Vec<RowProblem>,
    /// What passes but should be known.
    pub warnings: Vec<String>,
}

impl RowFinding {
    /// Whether the row can be registered.
    pub fn passes(&self) -> bool {
        self.problems.is_empty()
    }
}

/// Why a row does not pass.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct RowProblem {
    /// The column as the spreadsheet shows it, where the problem sits in one.
    pub column: Option<String>,
    /// The code of a refusal; none for what cannot be read.
    pub code: Option<String>,
    pub says: String,
    pub remedy: String,
}

/// What the rehearsal of a file found.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct Findings {
    /// How the file was read, in a sentence.
    pub read_as: String,
    /// Columns of the file that are not used, as written.
    pub unused: Vec<String>,
    /// Complaints about the file as a whole.
    pub about_file: Vec<String>,
    pub rows: Vec<RowFinding>,
}

impl Findings {
    /// How many rows can be registered.
    pub fn good(&self) -> usize {
        if self.about_file.is_empty() {
            self.rows.iter().filter(|row| row.passes()).count()
        } else {
            0
        }
    }
    /// Whether the whole file can be registered.
    pub fn is_clean(&self) -> bool {
        !self.rows.is_empty() && self.good() == self.rows.len()
    }
}

/// A rehearsed file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Rehearsal {
    pub upload: String,
    pub centre: CentreId,
    pub centre_name: String,
    pub name: String,
    pub findings: Findings,
}

/// What was registered.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Imported {
    pub registered: u32,
    pub left_out: u32,
    /// Invitations put into the outbox.
    pub invited: u32,
    pub plans: u32,
}

fn limits() -> RegisterLimits {
    RegisterLimits {
        file_bytes: LARGEST as u64,
        rows: MOST_ROWS,
        ..RegisterLimits::default()
    }
}

fn read(bytes: &[u8], name: &str) -> Result<RegisterFile, Failure> {
    assay_formats::register::read(bytes, Some(name), &limits())
        .map_err(|refusal| Failure::unreadable("file", format!("{} {}", refusal.because, refusal.remedy)))
}

/// Reads a file, rehearses every row, and keeps both for a day. Blocks; call it where blocking is allowed.
///
/// # Errors
/// `SignInNeeded`; `NotFound` for a centre at which the caller is no coordinator; `Unreadable` when the file cannot be read
/// at all; a fault.
pub fn rehearse(
    app: &App,
    caller: &Caller,
    fresh: &dyn Fn() -> Box<dyn Fresh + Send>,
    centre: &CentreId,
    name: &str,
    bytes: Vec<u8>,
) -> Result<String, Failure> {
    app.ask(caller, |asking| require_coordinator(asking, centre))?;
    let file = read(&bytes, name)?;
    let told = Arc::new(Mutex::new(None));
    let telling = told.clone();
    let rehearsed = centre.clone();
    let undone = app.act(caller.clone(), fresh(), move |acting| -> Result<(), Failure> {
        let findings = go_through(acting, &rehearsed, &file)?;
        *telling.lock().unwrap_or_else(PoisonError::into_inner) = Some(findings);
        // The rehearsal is over: everything it did is undone with the transaction.
        Err(Failure::NotFound)
    });
    let findings = told.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(findings) = findings else {
        return Err(undone
            .err()
            .unwrap_or_else(|| Failure::Fault("a rehearsal ended without findings".into())));
    };
    let (centre, name) = (centre.clone(), name.chars().take(200).collect::<String>());
    app.act(caller.clone(), fresh(), move |acting| {
        let person = acting.person()?;
        let moment = acting.moment();
        let upload = format!("upl_{}", acting.fresh.tail());
        acting.tx.run(
            &statements::DROP_OLD_UPLOADS,
            &[later(moment, SignedDuration::from_hours(-24)).into()],
        )?;
        acting.tx.run(
            &statements::PUT_UPLOAD,
            &[
                upload.as_str().into(),
                person.as_str().into(),
                centre.as_str().into(),
                name.into(),
                bytes.as_slice().into(),
                serde_json::to_string(&findings)?.into(),
                moment.stored().into(),
            ],
        )?;
        Ok(upload)
    })
}

fn require_coordinator(asking: &mut Asking<'_, '_>, centre: &CentreId) -> Result<(), Failure> {
    if asking.actor()?.is_at(Role::Coordinator, centre) {
        Ok(())
    } else {
        Err(Failure::NotFound)
    }
}

/// A rehearsed file, for the person who uploaded it.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when it is somebody else's, was registered already, or is more than a day old.
pub fn find(asking: &mut Asking<'_, '_>, upload: &str) -> Result<Rehearsal, Failure> {
    let person = asking.person()?;
    let row = asking
        .tx
        .row(&statements::FIND_UPLOAD, &[upload.into(), person.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    let centre: CentreId = row.parsed("centre")?;
    require_coordinator(asking, &centre)?;
    let standing = case::require_centre(asking.tx, &centre)?;
    Ok(Rehearsal {
        upload: upload.to_owned(),
        centre,
        centre_name: standing.name,
        name: row.text("name")?,
        findings: serde_json::from_str(&row.text("findings")?)?,
    })
}

/// Registers the rows that passed the rehearsal, all in one transaction.
///
/// # Errors
/// `NotFound` as [`find`]; `Unreadable` when rows do not pass and `only_good` does not say to leave them out, or when no row
/// passes; `Conflict` when a row that passed no longer does, because somebody acted in between: then nothing is
/// registered.
pub fn run(acting: &mut Acting<'_, '_>, upload: &str, only_good: bool) -> Result<Imported, Failure> {
    let rehearsal = find(&mut acting.asking(), upload)?;
    let findings = &rehearsal.findings;
    if findings.good() == 0 {
        return Err(Failure::unreadable(
            "file",
            "No row of the file can be registered.",
        ));
    }
    if !findings.is_clean() && !only_good {
        return Err(Failure::unreadable(
            "file",
            "Not every row can be registered: correct the file, or choose to register the good rows only.",
        ));
    }
    let person = acting.person()?;
    let row = acting
        .tx
        .row(&statements::FIND_UPLOAD, &[upload.into(), person.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    let file = read(&row.bytes("bytes")?, &rehearsal.name)?;
    let staff = Staff::load(acting.tx, &rehearsal.centre)?;
    let mut imported = Imported {
        left_out: u32::try_from(findings.rows.len() - findings.good()).unwrap_or(u32::MAX),
        ..Imported::default()
    };
    for row in &file.rows {
        let passes = findings
            .rows
            .iter()
            .any(|finding| finding.line == row.line && finding.passes());
        if !passes {
            continue;
        }
        let done = one(acting, &rehearsal.centre, row, &staff).map_err(|failure| match failure {
            Failure::Refused(refusals) => Failure::Conflict {
                because: format!(
                    "Line {} passed before and no longer does: {} Nothing was registered; upload the file again.",
                    row.line,
                    refusals.0.first().map(|refusal| refusal.because.as_str()).unwrap_or_default()
                ),
            },
            other => other,
        })?;
        imported.registered += 1;
        imported.invited += u32::from(done.invited);
        imported.plans += u32::from(done.planned);
    }
    acting.tx.run(&statements::DROP_UPLOAD, &[upload.into()])?;
    Ok(imported)
}

fn go_through(
    acting: &mut Acting<'_, '_>,
    centre: &CentreId,
    file: &RegisterFile,
) -> Result<Findings, Failure> {
    let staff = Staff::load(acting.tx, centre)?;
    let mut findings = Findings {
        read_as: file.read_as.clone(),
        unused: file
            .columns
            .iter()
            .filter(|column| column.field.is_none())
            .map(|column| format!("{}: {}", column.column, column.header))
            .collect(),
        about_file: file
            .complaints
            .iter()
            .filter(|complaint| file.rows.iter().all(|row| row.line != complaint.line))
            .map(|complaint| complaint.message.clone())
            .collect(),
        rows: Vec::with_capacity(file.rows.len()),
    };
    if file.more_complaints > 0 {
        findings.about_file.push(format!(
            "{} more complaints are not listed.",
            file.more_complaints
        ));
    }
    for row in &file.rows {
        let mut finding = RowFinding {
            line: row.line,
            name: format!(
                "{} {}",
                row.given_name.as_deref().unwrap_or_default(),
                row.family_name.as_deref().unwrap_or_default()
            )
            .trim()
            .to_owned(),
            qualification: row.qualification.clone().unwrap_or_default(),
            number: None,
            problems: file
                .complaints_of(row.line)
                .map(|complaint| RowProblem {
                    // The message names the line, the column and what was expected.
                    column: None,
                    code: None,
                    says: complaint.message.clone(),
                    remedy: String::new(),
                })
                .collect(),
            warnings: Vec::new(),
        };
        if finding.problems.is_empty() {
            match one(acting, centre, row, &staff) {
                Ok(done) => {
                    finding.number = Some(done.number);
                    finding.warnings = done.warnings.into_iter().map(|warning| warning.says).collect();
                }
                Err(Failure::Refused(refusals)) => {
                    finding.problems = refusals.0.into_iter().map(problem).collect()
                }
                Err(Failure::Unreadable(complaints)) => {
                    finding.problems = complaints
                        .into_iter()
                        .map(|complaint| RowProblem {
                            column: None,
                            code: None,
                            says: complaint.message,
                            remedy: String::new(),
                        })
                        .collect();
                }
                Err(other) => return Err(other),
            }
        } else {
            let unread: Vec<Option<Field>> = file
                .complaints_of(row.line)
                .map(|complaint| complaint.field)
                .collect();
            finding.problems.extend(besides(acting, centre, row, &unread)?);
        }
        findings.rows.push(finding);
    }
    Ok(findings)
}

fn problem(refusal: Refusal) -> RowProblem {
    RowProblem {
        column: None,
        code: Some(refusal.code.as_str().to_owned()),
        says: refusal.because,
        remedy: refusal.remedy,
    }
}

/// The centre's staff, found by e-mail address.
struct Staff {
    members: Vec<StaffMember>,
    addresses: Vec<(String, PersonId)>,
}

impl Staff {
    fn load(tx: &mut Tx<'_>, centre: &CentreId) -> Result<Staff, Failure> {
        let members = allocate::staff(tx, centre)?;
        let mut addresses = Vec::new();
        for member in &members {
            if let Some(row) = tx.row(&people::FIND_PERSON, &[member.person.as_str().into()])?
                && let Some(email) = row.optional_text("email")?
            {
                addresses.push((email.to_lowercase(), member.person.clone()));
            }
        }
        Ok(Staff { members, addresses })
    }

    /// The person of an address, if the file names one.
    fn find(&self, address: Option<&String>, what: Role) -> Result<Option<PersonId>, Refusals> {
        let Some(address) = address else { return Ok(None) };
        let wanted = address.trim().to_lowercase();
        let found = self
            .addresses
            .iter()
            .find(|(known, _)| *known == wanted)
            .map(|(_, person)| person.clone());
        match found.filter(|person| self.members.iter().any(|member| member.person == *person)) {
            Some(person) => Ok(Some(person)),
            None => Err(Refusal::new(
                Code::StaffNotCompetent,
                format!(
                    "Nobody at the centre has the address that is given for the {}.",
                    what.title().to_lowercase()
                ),
            )
            .remedy("Correct the address, or leave the cell empty and allocate staff later.")
            .who("The centre coordinator")
            .source("JU-01")
            .into()),
        }
    }
}

/// What came of one row.
struct Done {
    number: String,
    invited: bool,
    planned: bool,
    warnings: Vec<Warning>,
}

/// The learner of a row.
fn learner_of(centre: &CentreId, row: &RegisterRow, start_on: Date) -> RegisterLearner {
    let authority = match (&row.role, &row.authority) {
        (Some(role), Some(authority)) => Some(format!("{role}: {authority}")),
        (_, authority) => authority.clone(),
    };
    RegisterLearner {
        centre: centre.clone(),
        given: row.given_name.clone().unwrap_or_default(),
        family: row.family_name.clone().unwrap_or_default(),
        born_on: row.date_of_birth,
        email: row.email.clone(),
        qualification: row.qualification.clone().unwrap_or_default(),
        start_on,
        number: row.own_number.clone(),
        identity: row.identity.clone(),
        authority,
        uln: row.uln.clone(),
        member_number: row.member_number.clone(),
    }
}

/// What the rules have against a row of which some cells could not be read, so that a file is put right in one go. What they say about
/// those cells is left out: it was said already. Nothing is said where the start date is one of them, because everything hangs on it.
fn besides(
    acting: &mut Acting<'_, '_>,
    centre: &CentreId,
    row: &RegisterRow,
    unread: &[Option<Field>],
) -> Result<Vec<RowProblem>, Failure> {
    let Some(start_on) = row.start_date else {
        return Ok(Vec::new());
    };
    let said = |refusal: &Refusal| {
        let field = refusal.field.as_deref().unwrap_or_default();
        unread.iter().any(|unread| match unread {
            // The same learner stands on another line.
            None => refusal.code == Code::RegDuplicate,
            Some(unread) => match unread {
                Field::GivenName => field == "given",
                Field::FamilyName => field == "family",
                Field::DateOfBirth => field == "born_on",
                Field::Email => field == "email",
                Field::Uln => field == "uln",
                Field::MemberNumber => field == "member_number",
                Field::OwnNumber => field == "number",
                Field::Qualification => field == "qualification",
                Field::Identity => field == "identity",
                Field::Role | Field::Authority => field == "authority",
                Field::StartDate | Field::Units | Field::TutorEmail | Field::AssessorEmail => false,
            },
        })
    };
    match register::judge(acting, &learner_of(centre, row, start_on)) {
        Err(Failure::Refused(refusals)) => Ok(refusals
            .0
            .into_iter()
            .filter(|refusal| !said(refusal))
            .map(problem)
            .collect()),
        Err(Failure::Unreadable(_)) | Ok(()) => Ok(Vec::new()),
        Err(other) => Err(other),
    }
}

/// One row: registration, plan where units are given, allocation where an assessor is given.
fn one(
    acting: &mut Acting<'_, '_>,
    centre: &CentreId,
    row: &RegisterRow,
    staff: &Staff,
) -> Result<Done, Failure> {
    let Some(start_on) = row.start_date else {
        return Err(Failure::unreadable("start_on", "The start date is missing."));
    };
    let tutor = staff.find(row.tutor_email.as_ref(), Role::Tutor)?;
    let assessor = staff.find(row.assessor_email.as_ref(), Role::Assessor)?;
    let registered = register::run(acting, &learner_of(centre, row, start_on))?;
    let mut warnings = registered.warnings;
    let planned = !row.units.is_empty();
    if planned {
        let units = row
            .units
            .iter()
            .map(|unit| PlannedUnit {
                unit: unit.to_uppercase(),
                target_on: None,
            })
            .collect();
        let plan = agree::AgreePlan {
            units,
            ..agree::AgreePlan::default()
        };
        warnings.extend(agree::run(acting, &registered.registration, &plan)?.warnings);
        if assessor.is_some() {
            let allocation = allocate::AllocateStaff {
                units: row.units.iter().map(|unit| unit.to_uppercase()).collect(),
                tutor,
                assessor,
                verifier: None,
            };
            warnings.extend(allocate::run(acting, &registered.registration, &allocation)?.warnings);
        }
    }
    Ok(Done {
        number: registered.number,
        invited: registered.invited,
        planned,
        warnings,
    })
}
