//! Registering a learner on a qualification.

use super::case::{LearnerFound, QualificationOnOffer, RegistrationCase};
use super::count;
use super::learner::{self, LONGEST_LINE, LONGEST_TEXT, LearnerData};
use super::{age, number, period};
use crate::fact::Fact;
use crate::id::{GrantId, PersonId, RegistrationId};
use crate::moment::long_date as day;
use crate::policy::Policy;
use crate::warning::{Warning, WarningCode};
use crate::{Actor, Code, Decision, Fresh, Moment, Refusal, Refusals, Role};
use assay_specification::Uln;
use assay_specification::sentence::capital;
use jiff::ToSpan;
use jiff::civil::Date;

/// Days after the start within which a learner is to be registered.
pub const KEY_DEADLINE: &str = "registration.deadline";
/// `refuse` stops a late registration; anything else, or silence, warns.
pub const KEY_LATE: &str = "registration.late";
/// Days by which a start may lie ahead of the day of registering.
pub const KEY_START_AHEAD: &str = "registration.start_ahead";
/// Months before the end at which learners are warned; the first of them is the longest.
pub const KEY_REMINDERS: &str = "registration.closing_reminders";

const START_AHEAD_WHEN_SILENT: i64 = 366;
const WARN_AHEAD_WHEN_SILENT: i64 = 12;

/// Registers a learner. What is typed on the page, sent to the API and read from a row of a file alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterLearner {
    pub learner: LearnerData,
    /// The qualification's code, e.g. `7D2V2`.
    pub qualification: String,
    pub start_on: Date,
    /// A number of the centre's own choice; none lets one be made.
    pub number: Option<String>,
    /// How identity was confirmed, e.g. `passport seen on 4 October`; none when it still has to be.
    pub identity: Option<String>,
    /// Authority and responsibility held for coaching and mentoring (QS-03), in the learner's words.
    pub authority: Option<String>,
    /// Unique learner number as typed.
    pub uln: Option<String>,
    /// Number of a learner who is a member of the awarding body already, as typed; none when they are not (MB-01).
    pub member_number: Option<String>,
}

/// What a registration comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Registered {
    pub registration: RegistrationId,
    pub learner: PersonId,
    /// True when the learner was not known before.
    pub new_person: bool,
    pub number: String,
    pub ends_on: Date,
    pub warnings: Vec<Warning>,
    pub decision: Decision,
}

/// Decides on a registration; every reason against it is told at once.
///
/// Errors: `ROLE_MISSING`, `FIELD_MISSING` (name, date of birth, e-mail, number, texts), `DATE_FUTURE`, `DATE_ORDER`,
/// `REG_UNKNOWN_QUALIFICATION`, `CENTRE_NOT_APPROVED`, `REG_CLOSED`, `REG_AGE`, `REG_DEADLINE`, `ULN_CHECK`,
/// `REG_DUPLICATE`, `PERSON_DUPLICATE`.
///
/// Source: QS-01, QS-03, QS-07, CE-01, CE-03, RI-01; practice, section 6.
pub fn decide(
    act: &RegisterLearner,
    case: &RegistrationCase,
    actor: &Actor,
    moment: Moment,
    policy: &Policy<'_>,
    fresh: &mut dyn Fresh,
) -> Result<Registered, Refusals> {
    let today = moment.today;
    let data = act.learner.tidied();
    let mut refusals = Refusals::new();
    let mut warnings = Vec::new();

    refusals.check(actor.require_at(Role::Coordinator, &case.centre.id, "register a learner"));
    learner::check(&data, today, &mut refusals);
    texts(act, &mut refusals);
    start(act.start_on, today, policy, &mut refusals, &mut warnings);
    match &case.qualification {
        None => refusals.push(unknown_code(act, case)),
        Some(qualification) => {
            offered(act.start_on, today, qualification, case, &mut refusals);
            key_dates(
                act.start_on,
                today,
                qualification,
                policy,
                &mut refusals,
                &mut warnings,
            );
            minimum_age(&data, act.start_on, today, qualification, &mut refusals);
        }
    }
    let uln = unique_learner_number(act, &mut refusals, &mut warnings);
    duplicates(act, case, &mut refusals);
    let number = match act
        .number
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())
    {
        Some(text) => match number::given(&case.centre.number, text) {
            Ok(number) => number,
            Err(refusal) => {
                refusals.push(refusal);
                String::new()
            }
        },
        None if case.running > number::LAST_RUNNING => {
            refusals.push(
                Refusal::new(Code::FieldMissing, "The centre's running numbers are used up.")
                    .remedy("Give a registration number of your own.")
                    .who("The centre coordinator")
                    .source("practice, section 6")
                    .field("number"),
            );
            String::new()
        }
        None => number::compose(&case.centre.number, case.running),
    };
    refusals.clone().ok()?;
    let Some(qualification) = &case.qualification else {
        return Err(refusals);
    };

    let identity = line(act.identity.as_deref());
    let authority = line(act.authority.as_deref());
    let member_number = line(act.member_number.as_deref());
    if authority.is_none() {
        warnings.push(Warning::new(
            WarningCode::ForAdvice,
            "The learner has not said which authority and responsibility they hold: the registration is marked for \
             advice.",
            "QS-03",
        ));
    }
    if identity.is_none() {
        warnings.push(Warning::new(
            WarningCode::IdentityOpen,
            "The learner's identity has to be confirmed before an award is claimed.",
            "practice, section 6",
        ));
    }
    if data.email.is_none() {
        warnings.push(Warning::new(
            WarningCode::NoEmail,
            "Without an e-mail address no invitation can be sent to the learner.",
            "practice, section 6",
        ));
    }

    let mut decision = Decision::new();
    let (person, new_person, has_role) = match &case.learner {
        LearnerFound::Known { person, has_role } => (person.clone(), false, *has_role),
        LearnerFound::New | LearnerFound::EmailOfAnother => {
            let person = PersonId::fresh(fresh);
            let json = serde_json::to_string(&data).unwrap_or_default();
            let details = decision.seal(&person, "person.details", json, fresh);
            decision.fact(Fact::PersonAdded {
                person: person.clone(),
                details,
            });
            (person, true, false)
        }
    };
    if !has_role {
        decision.fact(Fact::RoleGranted {
            grant: GrantId::fresh(fresh),
            person: person.clone(),
            role: Role::Learner,
            centre: Some(case.centre.id.clone()),
            from: today,
            until: None,
            countersigned: false,
        });
    }
    let registration = RegistrationId::fresh(fresh);
    let last = period::last_certification(
        qualification.size,
        qualification.registration_ends,
        qualification.certification_ends,
        policy,
    );
    let ends_on = period::ends_on(act.start_on, qualification.size, last, policy);
    if ends_on < today {
        warnings.push(Warning::new(
            WarningCode::AlreadyOver,
            format!(
                "A registration that starts on {} ends on {}, so it is over already. Correct the start date unless the learner finished in time.",
                day(act.start_on),
                day(ends_on)
            ),
            "practice, section 6",
        ));
    }
    let authority = decision.seal_optional(&person, "registration.authority", authority.as_deref(), fresh);
    let identity = decision.seal_optional(&person, "registration.identity", identity.as_deref(), fresh);
    let uln = decision.seal_optional(
        &person,
        "registration.uln",
        uln.map(|uln| uln.to_string()).as_deref(),
        fresh,
    );
    let member_number = decision.seal_optional(
        &person,
        "registration.member_number",
        member_number.as_deref(),
        fresh,
    );
    decision.fact(Fact::LearnerRegistered {
        registration: registration.clone(),
        learner: person.clone(),
        centre: case.centre.id.clone(),
        specification: qualification.specification.clone(),
        qualification: qualification.code.clone(),
        number: number.clone(),
        start_on: act.start_on,
        ends_on,
        identity,
        authority,
        uln,
        member_number,
    });
    Ok(Registered {
        registration,
        learner: person,
        new_person,
        number,
        ends_on,
        warnings,
        decision,
    })
}

/// Months before the end of a qualification from which on learners not yet finished are at risk.
///
/// Source: QS-07, AW-05; practice, section 2.4.
pub fn warn_ahead(policy: &Policy<'_>) -> i64 {
    policy
        .list(KEY_REMINDERS)
        .iter()
        .filter_map(|months| months.parse::<i64>().ok())
        .max()
        .unwrap_or(WARN_AHEAD_WHEN_SILENT)
        .clamp(0, 1200)
}

/// Text with spaces at the ends and runs of spaces taken out; none when blank.
pub(super) fn line(text: Option<&str>) -> Option<String> {
    text.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|text| !text.is_empty())
}

fn texts(act: &RegisterLearner, refusals: &mut Refusals) {
    for (field, what, text, longest) in [
        ("identity", "The note on identity", &act.identity, LONGEST_LINE),
        (
            "authority",
            "The answer on authority",
            &act.authority,
            LONGEST_TEXT,
        ),
        (
            "member_number",
            "The member number",
            &act.member_number,
            LONGEST_LINE,
        ),
    ] {
        if text.as_deref().is_some_and(|text| text.chars().count() > longest) {
            refusals.push(too_long(field, what, longest));
        }
    }
}

pub(crate) fn too_long(field: &str, what: &str, longest: usize) -> Refusal {
    Refusal::new(
        Code::FieldMissing,
        format!("{what} is longer than {longest} characters."),
    )
    .remedy("Shorten it.")
    .who("Whoever enters it")
    .source("practice, section 6")
    .field(field)
}

fn start(
    start_on: Date,
    today: Date,
    policy: &Policy<'_>,
    refusals: &mut Refusals,
    warnings: &mut Vec<Warning>,
) {
    let (ahead, source) = policy
        .number(KEY_START_AHEAD)
        .unwrap_or((START_AHEAD_WHEN_SILENT, "this program's own limit"));
    let ahead = ahead.clamp(0, 36_500);
    if today
        .checked_add(ahead.days())
        .is_ok_and(|latest| start_on > latest)
    {
        refusals.push(
            Refusal::new(
                Code::DateFuture,
                format!(
                    "The start date, {}, lies more than {} ahead.",
                    day(start_on),
                    count(ahead, "day", "days")
                ),
            )
            .remedy("Correct the start date, or register the learner nearer to it.")
            .who("The centre coordinator")
            .source(source)
            .field("start_on"),
        );
    }
    if let Some((days, source)) = policy.number(KEY_DEADLINE)
        && let Ok(last) = start_on.checked_add(days.clamp(0, 36_500).days())
        && today > last
    {
        let because = format!(
            "The learner started on {} and was to be registered by {}, {} after the start.",
            day(start_on),
            day(last),
            count(days, "day", "days")
        );
        if policy.text(KEY_LATE) == Some("refuse") {
            refusals.push(
                Refusal::new(Code::RegDeadline, because)
                    .remedy("Agree a later start date with the learner, or ask the awarding body to accept the late registration.")
                    .who("The centre coordinator with the awarding body")
                    .source(source)
                    .field("start_on"),
            );
        } else {
            warnings.push(Warning::new(
                WarningCode::RegisteredLate,
                format!("{because} The awarding body may charge a late fee."),
                source,
            ));
        }
    }
}

fn unknown_code(act: &RegisterLearner, case: &RegistrationCase) -> Refusal {
    let wanted: String = act.qualification.trim().chars().take(40).collect();
    let because = if wanted.is_empty() {
        "No qualification is named.".to_owned()
    } else {
        format!("No published specification has a qualification with the code {wanted}.")
    };
    let remedy = if case.codes_offered.is_empty() {
        "Publish the specification first, and record that the centre offers the qualification.".to_owned()
    } else {
        format!(
            "Use one of the codes that the centre offers: {}.",
            case.codes_offered.join(", ")
        )
    };
    Refusal::new(Code::RegUnknownQualification, because)
        .remedy(remedy)
        .who("The centre coordinator")
        .source("CE-03")
        .field("qualification")
}

fn offered(
    start_on: Date,
    today: Date,
    qualification: &QualificationOnOffer,
    case: &RegistrationCase,
    refusals: &mut Refusals,
) {
    let covers = |date: Date| case.offerings.iter().any(|offering| offering.covers(date));
    if covers(today) || covers(start_on) {
        return;
    }
    refusals.push(
        Refusal::new(
            Code::CentreNotApproved,
            format!(
                "{} does not offer {} ({}).",
                case.centre.name, qualification.title, qualification.code
            ),
        )
        .remedy("Choose a qualification that the centre offers, or have the centre approved for this one.")
        .who("The awarding body's quality manager approves; the centre coordinator applies")
        .source("CE-01; practice, section 3")
        .field("qualification"),
    );
}

fn key_dates(
    start_on: Date,
    today: Date,
    qualification: &QualificationOnOffer,
    policy: &Policy<'_>,
    refusals: &mut Refusals,
    warnings: &mut Vec<Warning>,
) {
    let opens = qualification.operational_from;
    let ends = qualification.registration_ends;
    let earliest = today.min(start_on);
    let latest = today.max(start_on);
    if earliest < opens {
        refusals.push(
            Refusal::new(
                Code::RegClosed,
                format!(
                    "{} opens for registration on {}; {} is before that.",
                    qualification.title,
                    day(opens),
                    day(earliest)
                ),
            )
            .remedy(format!(
                "Register the learner on or after {}, with a start date on or after it.",
                day(opens)
            ))
            .who("The centre coordinator")
            .source("QS-07")
            .field("start_on"),
        );
    }
    if latest > ends {
        refusals.push(
            Refusal::new(
                Code::RegClosed,
                format!(
                    "{} closed for registration on {}; {} is after that.",
                    qualification.title,
                    day(ends),
                    day(latest)
                ),
            )
            .remedy(
                "Choose a qualification that is open; the awarding body names the one that follows this one.",
            )
            .who("The centre coordinator")
            .source("QS-07; practice, section 2.4")
            .field("start_on"),
        );
    } else {
        if today
            .checked_add(warn_ahead(policy).months())
            .is_ok_and(|horizon| ends <= horizon)
        {
            let left = ends.since(today).map_or(0, |span| i64::from(span.get_days()));
            warnings.push(Warning::new(
                WarningCode::EndsSoon,
                format!(
                    "The regulation of this qualification ends on {}, in {}.",
                    day(ends),
                    count(left, "day", "days")
                ),
                "QS-07; AW-05",
            ));
        }
    }
}

fn minimum_age(
    data: &LearnerData,
    start_on: Date,
    today: Date,
    qualification: &QualificationOnOffer,
    refusals: &mut Refusals,
) {
    let (Some(least), Some(born)) = (qualification.minimum_age, data.born_on) else {
        return;
    };
    if born > today {
        return; // told already
    }
    let age = age::on(born, start_on).unwrap_or(0);
    if age < least {
        let birthday = born.checked_add(i64::from(least).years()).unwrap_or(Date::MAX);
        // A birthday on 29 February falls on 1 March in other years.
        let birthday = if birthday.day() == born.day() {
            birthday
        } else {
            birthday.tomorrow().unwrap_or(birthday)
        };
        refusals.push(
            Refusal::new(
                Code::RegAge,
                format!(
                    "The learner is {age} on {} and has to be at least {least}.",
                    day(start_on)
                ),
            )
            .remedy(if birthday <= qualification.registration_ends {
                format!("A start on or after {} would pass.", day(birthday))
            } else {
                format!("The learner turns {least} after registration has closed; no start would pass.")
            })
            .who("The centre coordinator")
            .source("RI-01")
            .field("born_on"),
        );
    }
}

fn unique_learner_number(
    act: &RegisterLearner,
    refusals: &mut Refusals,
    warnings: &mut Vec<Warning>,
) -> Option<Uln> {
    let text = act
        .uln
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())?;
    match text.parse::<Uln>() {
        Ok(uln) if uln.is_not_yet_known() => {
            warnings.push(Warning::new(
                WarningCode::UlnNotYetKnown,
                "9999999999 stands for a unique learner number that is not yet known; enter the right one later.",
                "practice, section 23.3",
            ));
            None
        }
        Ok(uln) => Some(uln),
        Err(_) => {
            // The number itself is personal data and is not repeated.
            refusals.push(
                Refusal::new(
                    Code::UlnCheck,
                    "The unique learner number is not right: it has ten digits, of which the last checks the others.",
                )
                .remedy("Look for a mistyped or exchanged digit; 9999999999 stands for a number not yet known.")
                .who("The centre coordinator with the learner")
                .source("practice, section 23.3")
                .field("uln"),
            );
            None
        }
    }
}

fn duplicates(act: &RegisterLearner, case: &RegistrationCase, refusals: &mut Refusals) {
    for other in &case.others {
        let field = match other.by {
            super::Sameness::NameAndBirth => "family",
            super::Sameness::Email => "email",
            super::Sameness::Uln => "uln",
            super::Sameness::Number => "number",
        };
        refusals.push(
            Refusal::new(
                Code::RegDuplicate,
                format!(
                    "{} has {}{}.",
                    capital(&other.named),
                    other.by,
                    match other.by {
                        super::Sameness::Number => String::new(),
                        _ => format!(" and is active on {}", act.qualification.trim()),
                    }
                ),
            )
            .remedy(
                "Open the registration that is there; if this is somebody else, correct what is the same.",
            )
            .who("The centre coordinator")
            .source("practice, section 6")
            .field(field),
        );
    }
    if case.learner == LearnerFound::EmailOfAnother {
        refusals.push(
            Refusal::new(
                Code::PersonDuplicate,
                "The e-mail address belongs to a person with another name or date of birth.",
            )
            .remedy("Check the address, the name and the date of birth; one person has one address and one account.")
            .who("The centre coordinator")
            .source("practice, section 6")
            .field("email"),
        );
    }
}
