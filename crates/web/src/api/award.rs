//! Claims, awards and certificates over the API.

use super::{ApiAnswer, ApiCaller, ApiFailure, Operation, Problem, Sent};
use crate::client::ClientAddress;
use crate::routes::award::{
    CredentialWanted, MOST_AT_ONCE, WORKBOOK, csv, dossier_file, kept, pdf, prepare_release,
    release as release_award_of, xlsx,
};
use crate::{AppState, InPath, InQuery};
use assay_app::award::check::{Checked, check};
use assay_app::award::claim::{self, ClaimView, Claimed, ClaimedSeveral};
use assay_app::award::list::{self, CandidatesPage, ClaimsPage, Wanted};
use assay_app::award::overview::{self, AwardView, OwnAward};
use assay_app::award::register::{self, RegisterPage};
use assay_app::award::release::{self, ClaimDetail, ReleasePage, Released};
use assay_app::award::{certificate, change, credit, dossier, settle};
use assay_app::credential::issue::{self, CredentialsView};
use assay_app::{Caller, Failure};
use assay_domain::award::{
    ClaimCredit, DispatchCertificate, MarkUndelivered, ReplaceCertificate, RevokeCertificate,
    SettleDispatches,
};
use assay_domain::id::{AwardId, CentreId, ClaimId, RegistrationId};
use assay_domain::{Refusal, Refusals, Via};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

const COORDINATOR: &str = "coordinator";
const QUALITY: &str = "quality manager";
const BOTH: &str = "quality manager, coordinator of the centre";
const SEEN: &str = "who may see the registration";
const ENTITLED: &str = "the learner, coordinator of the centre, quality manager";

pub fn operations() -> Vec<Operation> {
    let mut operations = claims();
    operations.extend(awards());
    operations
}

fn claims() -> Vec<Operation> {
    vec![
        Operation::get(
            "/api/v1/registrations/{registration}/claim",
            "findClaimStanding",
            "What stands against a claim",
            standing,
        )
        .tag("Claims")
        .access(SEEN)
        .about("Everything at once, long before anybody claims. It holds no grade.")
        .answers::<ClaimView>(StatusCode::OK, "How the learner stands."),
        Operation::post(
            "/api/v1/registrations/{registration}/claim",
            "claimAward",
            "Claim an award",
            make_claim,
        )
        .tag("Claims")
        .access(COORDINATOR)
        .answers::<Claimed>(StatusCode::CREATED, "The claim is with the awarding body."),
        Operation::post(
            "/api/v1/registrations/{registration}/credit",
            "claimCredit",
            "Claim credit for units",
            make_credit_claim,
        )
        .tag("Claims")
        .access(COORDINATOR)
        .about("For a learner who will not finish, or who wants single units certified. It is released, returned and certified as an award is; the registration stays as it is.")
        .takes::<ClaimCredit>()
        .answers::<Claimed>(StatusCode::CREATED, "The claim is with the awarding body."),
        Operation::get("/api/v1/claims", "listClaims", "Claims of a centre", list_claims)
            .tag("Claims")
            .access(COORDINATOR)
            .query::<FindClaims>()
            .answers::<ClaimsPage>(StatusCode::OK, "A page of claims, the last first."),
        Operation::post(
            "/api/v1/claims",
            "claimAwards",
            "Claim for several learners",
            claim_several,
        )
        .tag("Claims")
        .access(COORDINATOR)
        .about("Only the learners who cannot be claimed for are returned, each with every reason.")
        .takes::<ClaimSeveral>()
        .answers::<ClaimedSeveral>(StatusCode::OK, "What came of each."),
        Operation::get(
            "/api/v1/claims.csv",
            "listClaimsAsCsv",
            "The claim list as CSV",
            claims_csv,
        )
        .tag("Claims")
        .access(COORDINATOR)
        .query::<FindClaims>()
        .answers_file("text/csv", "One line per claim; no grade."),
        Operation::get(
            "/api/v1/claims/ready",
            "listLearnersToClaim",
            "Learners who could be claimed for",
            ready,
        )
        .tag("Claims")
        .access(COORDINATOR)
        .query::<FindClaims>()
        .answers::<CandidatesPage>(StatusCode::OK, "A page of learners, each with what is missing."),
        Operation::get(
            "/api/v1/claims/waiting",
            "listClaimsToRelease",
            "Claims that wait for release, the oldest first",
            waiting,
        )
        .tag("Claims")
        .access(QUALITY)
        .query::<PageOf>()
        .answers::<ReleasePage>(StatusCode::OK, "A page of claims."),
        Operation::get(
            "/api/v1/claims/{claim}",
            "findClaim",
            "A claim with the evidence for its release",
            find_claim,
        )
        .tag("Claims")
        .access(BOTH)
        .answers::<ClaimDetail>(StatusCode::OK, "The claim."),
        Operation::post(
            "/api/v1/claims/{claim}/release",
            "releaseAward",
            "Release an award",
            release_award,
        )
        .tag("Claims")
        .access(QUALITY)
        .about("Award and certificate are recorded in one act. When the certificate cannot be printed, nothing is recorded.")
        .answers::<Released>(StatusCode::CREATED, "The award with its certificate's number."),
        Operation::post(
            "/api/v1/claims/release",
            "releaseAwards",
            "Release several awards",
            release_several,
        )
        .tag("Claims")
        .access(QUALITY)
        .about("Each award is an act of its own, so that one that cannot be released holds up no other.")
        .takes::<ReleaseSeveral>()
        .answers::<ReleasedSeveral>(StatusCode::OK, "What came of each."),
        Operation::post(
            "/api/v1/claims/{claim}/return",
            "returnClaim",
            "Return a claim to the centre",
            return_claim,
        )
        .tag("Claims")
        .access(QUALITY)
        .takes::<Because>()
        .answers_nothing("The claim is returned."),
    ]
}

fn awards() -> Vec<Operation> {
    vec![
        Operation::get("/api/v1/awards", "listOwnAwards", "The caller's own awards", own)
            .tag("Awards")
            .answers_list::<OwnAward>("The awards, the last first."),
        Operation::get("/api/v1/awards/{award}", "findAward", "An award", find_award)
            .tag("Awards")
            .access(SEEN)
            .answers::<AwardView>(StatusCode::OK, "The award with units and certificates."),
        Operation::get(
            "/api/v1/awards/{award}/transcript.pdf",
            "printTranscript",
            "The transcript as PDF",
            transcript,
        )
        .tag("Awards")
        .access(ENTITLED)
        .may_refuse()
        .answers_file("application/pdf", "The transcript."),
        Operation::get(
            "/api/v1/certificates",
            "listCertificates",
            "The register of certificates",
            list_certificates,
        )
        .tag("Certificates")
        .access(BOTH)
        .query::<FindCertificates>()
        .answers::<RegisterPage>(StatusCode::OK, "A page of certificates, the last issued first."),
        Operation::get(
            "/api/v1/certificates.csv",
            "listCertificatesAsCsv",
            "The register of certificates as CSV",
            certificates_csv,
        )
        .tag("Certificates")
        .access(BOTH)
        .query::<FindCertificates>()
        .answers_file("text/csv", "One line per certificate; no grade."),
        Operation::get(
            "/api/v1/certificates.xlsx",
            "listCertificatesAsWorkbook",
            "The register of certificates as a workbook",
            certificates_xlsx,
        )
        .tag("Certificates")
        .access(BOTH)
        .query::<FindCertificates>()
        .answers_file(WORKBOOK, "One row per certificate; no grade."),
        Operation::get(
            "/api/v1/certificates/{number}",
            "findCertificate",
            "A certificate with everything that happened to it",
            find_certificate,
        )
        .tag("Certificates")
        .access(ENTITLED)
        .answers::<certificate::CertificateView>(StatusCode::OK, "The certificate."),
        Operation::get(
            "/api/v1/certificates/{number}/pdf",
            "findCertificateFile",
            "A certificate as PDF",
            file,
        )
        .tag("Certificates")
        .access(ENTITLED)
        .answers_file("application/pdf", "The exact bytes that were issued."),
        Operation::get(
            "/api/v1/certificates/{number}/dossier",
            "findDossier",
            "The dossier by which a stranger confirms the award",
            find_dossier,
        )
        .tag("Certificates")
        .access(ENTITLED)
        .about("What docs/dossier.md describes and `assay-verify` checks. It discloses what the certificate shows.")
        .may_conflict("No key signs the ledger yet, so a dossier would prove nothing.")
        .answers_file("application/json", "The dossier."),
        Operation::get(
            "/api/v1/certificates/{number}/credentials",
            "listCredentials",
            "The digital credentials of a certificate",
            list_credentials,
        )
        .tag("Certificates")
        .access(ENTITLED)
        .answers::<CredentialsView>(
            StatusCode::OK,
            "Who issues them, whether they are in force, and for which units there are some.",
        ),
        Operation::get(
            "/api/v1/certificates/{number}/credential",
            "findCredential",
            "A digital credential",
            find_credential,
        )
        .tag("Certificates")
        .access(ENTITLED)
        .about("Open Badges 3.0, of the qualification or of one of its units, or a learner record (CLR 2.0) of both; docs/credentials.md says what is in it.")
        .query::<CredentialWanted>()
        .may_refuse()
        .may_conflict("No key signs here, so a credential would prove nothing.")
        .answers_file_of(
            &[
                "application/vc+ld+json",
                "application/vc+jwt",
                "image/svg+xml",
                "image/png",
            ],
            "The credential, signed.",
        ),
        Operation::get(
            "/api/v1/certificates/{number}/own-dossier",
            "findOwnDossier",
            "The learner's own dossier, with their work in it",
            find_own_dossier,
        )
        .tag("Certificates")
        .access("the learner")
        .about("As the dossier, with what was handed in and judged and the salts of its digests: `assay-verify` then says whether a passage is the one that was judged. It is private.")
        .may_conflict("No key signs the ledger yet, so a dossier would prove nothing.")
        .answers_file("application/json", "The dossier."),
        Operation::post(
            "/api/v1/certificates/{number}/replace",
            "replaceCertificate",
            "Replace a certificate",
            replace,
        )
        .tag("Certificates")
        .access(QUALITY)
        .takes::<ReplaceCertificate>()
        .answers::<change::Replaced>(StatusCode::CREATED, "The new certificate's number."),
        Operation::post(
            "/api/v1/certificates/{number}/revoke",
            "revokeCertificate",
            "Revoke a certificate",
            revoke,
        )
        .tag("Certificates")
        .access(QUALITY)
        .takes::<RevokeCertificate>()
        .answers_nothing("The certificate is revoked; the public check says so at once."),
        Operation::post(
            "/api/v1/certificates/settle-dispatches",
            "settleDispatches",
            "Record that certificates were sent before dispatches were recorded here",
            settle_dispatches,
        )
        .tag("Certificates")
        .access(QUALITY)
        .about("The oldest first, at most a thousand at once; the answer says how many are left.")
        .takes::<SettleDispatches>()
        .answers::<settle::Settled>(StatusCode::OK, "How many are settled, and how many are left."),
        Operation::post(
            "/api/v1/certificates/{number}/dispatch",
            "dispatchCertificate",
            "Record that a certificate was sent or handed over",
            dispatch,
        )
        .tag("Certificates")
        .access(QUALITY)
        .takes::<DispatchCertificate>()
        .answers_nothing("The dispatch is recorded."),
        Operation::post(
            "/api/v1/certificates/{number}/undelivered",
            "markCertificateUndelivered",
            "Record that a certificate came back",
            undelivered,
        )
        .tag("Certificates")
        .access(QUALITY)
        .takes::<MarkUndelivered>()
        .answers_nothing("It is recorded that the certificate came back."),
        Operation::get(
            "/api/v1/check",
            "checkCertificate",
            "Check a certificate",
            public_check,
        )
        .tag("Certificates")
        .open()
        .about("For anybody who holds a certificate. A wrong name and a number that does not exist are answered alike.")
        .limited()
        .query::<CheckFor>()
        .answers::<CheckAnswer>(StatusCode::OK, "What the certificate shows and its state, or nothing."),
    ]
}

/// Which claims are wanted.
#[derive(serde::Deserialize, utoipa::IntoParams)]
struct FindClaims {
    /// How a name, a learner's number or a code begins.
    #[serde(default)]
    q: Option<String>,
    /// `made`, `returned` or `released`.
    #[serde(default)]
    state: Option<String>,
    /// One of the caller's own centres, by its id; the first when it is left out.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    centre: Option<CentreId>,
    /// From 1.
    #[serde(default)]
    page: Option<u32>,
}

impl FindClaims {
    fn wanted(self) -> Wanted {
        Wanted {
            q: self.q.unwrap_or_default().chars().take(100).collect(),
            state: self.state.unwrap_or_default(),
            centre: self.centre,
            page: self.page.unwrap_or(1),
        }
    }
}

/// Which page is wanted.
#[derive(serde::Deserialize, utoipa::IntoParams)]
struct PageOf {
    /// From 1.
    #[serde(default)]
    page: Option<u32>,
}

/// Which certificates are wanted.
#[derive(serde::Deserialize, utoipa::IntoParams)]
struct FindCertificates {
    /// A certificate's number, or how a name, a learner's number or a code begins.
    #[serde(default)]
    q: Option<String>,
    /// `valid`, `replaced`, `revoked`; or, of those in force, where the paper is: `waiting`, `dispatched`, `undelivered`.
    #[serde(default)]
    state: Option<String>,
    /// The qualification's code.
    #[serde(default)]
    qualification: Option<String>,
    /// A centre's id: for a coordinator one of their own, the first when it is left out; for a quality manager every centre then.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    centre: Option<CentreId>,
    /// The first day of issue.
    #[serde(default)]
    #[param(value_type = Option<String>, format = Date)]
    from: Option<jiff::civil::Date>,
    /// The last day of issue.
    #[serde(default)]
    #[param(value_type = Option<String>, format = Date)]
    until: Option<jiff::civil::Date>,
    /// `issued`, `number` or `learner`, with a hyphen in front for the other way round; the last issued first when it is left out.
    #[serde(default)]
    sort: Option<String>,
    /// From 1.
    #[serde(default)]
    page: Option<u32>,
}

impl FindCertificates {
    fn wanted(self) -> register::Wanted {
        register::Wanted {
            q: self.q.unwrap_or_default(),
            show: register::Show::read(self.state.as_deref().unwrap_or_default()),
            qualification: self.qualification.unwrap_or_default(),
            centre: self.centre,
            from: self.from,
            until: self.until,
            sort: register::Sort::read(self.sort.as_deref().unwrap_or_default()),
            page: self.page.unwrap_or(1),
        }
    }
}

/// What is checked.
#[derive(serde::Deserialize, utoipa::IntoParams)]
struct CheckFor {
    /// The number as printed; capitals, spaces and hyphens do not matter.
    number: String,
    /// The holder's family name; capitals, accents, hyphens and spaces do not matter.
    family: String,
}

/// For whom to claim.
#[derive(Debug, serde::Deserialize, utoipa::ToSchema)]
struct ClaimSeveral {
    /// Registrations, by their ids; at most 200.
    registrations: Vec<RegistrationId>,
}

/// Which awards to release.
#[derive(Debug, serde::Deserialize, utoipa::ToSchema)]
struct ReleaseSeveral {
    /// Claims, by their ids; at most 50, because each certificate takes a moment to print.
    claims: Vec<ClaimId>,
}

/// A claim whose award was not released, with every reason.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
struct NotReleasedAward {
    #[schema(value_type = String)]
    claim: ClaimId,
    learner_name: String,
    refusals: Vec<Refusal>,
}

/// What came of releasing several awards.
#[derive(Debug, Default, serde::Serialize, utoipa::ToSchema)]
struct ReleasedSeveral {
    released: Vec<Released>,
    not_released: Vec<NotReleasedAward>,
}

/// A reason.
#[derive(Debug, serde::Deserialize, utoipa::ToSchema)]
struct Because {
    because: String,
}

/// The answer of the public check.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
struct CheckAnswer {
    /// Whether number and family name belong to a certificate.
    found: bool,
    /// What it shows, and its state; null when nothing was found.
    certificate: Option<Checked>,
}

async fn standing(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(registration): InPath<RegistrationId>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| claim::view(asking, &registration))
        .await
}

async fn make_claim(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(registration): InPath<RegistrationId>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::CREATED, move |acting| {
            claim::claim(acting, &registration)
        })
        .await
}

async fn make_credit_claim(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(registration): InPath<RegistrationId>,
    Sent(act): Sent<ClaimCredit>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::CREATED, move |acting| {
            credit::claim(acting, &registration, &act)
        })
        .await
}

async fn list_claims(
    State(state): State<AppState>,
    caller: ApiCaller,
    InQuery(find): InQuery<FindClaims>,
) -> ApiAnswer {
    let wanted = find.wanted();
    caller
        .ask(&state, move |asking| list::claims(asking, &wanted))
        .await
}

async fn claims_csv(
    State(state): State<AppState>,
    caller: ApiCaller,
    InQuery(find): InQuery<FindClaims>,
) -> ApiAnswer {
    let wanted = find.wanted();
    let asker = caller.caller();
    let text = state
        .ask(&asker, move |asking| list::claims_csv(asking, &wanted))
        .await?;
    Ok(csv("claims", asker.moment.today, text))
}

async fn claim_several(
    State(state): State<AppState>,
    caller: ApiCaller,
    Sent(input): Sent<ClaimSeveral>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::OK, move |acting| {
            claim::claim_several(acting, &input.registrations)
        })
        .await
}

async fn ready(
    State(state): State<AppState>,
    caller: ApiCaller,
    InQuery(find): InQuery<FindClaims>,
) -> ApiAnswer {
    let wanted = find.wanted();
    caller
        .ask(&state, move |asking| list::candidates(asking, &wanted))
        .await
}

async fn waiting(
    State(state): State<AppState>,
    caller: ApiCaller,
    InQuery(find): InQuery<PageOf>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| {
            release::list(asking, find.page.unwrap_or(1))
        })
        .await
}

async fn find_claim(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(claim): InPath<ClaimId>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| release::view(asking, &claim))
        .await
}

async fn release_award(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(claim): InPath<ClaimId>,
) -> ApiAnswer {
    let prepared = prepare_release(&state, caller.caller(), claim).await?;
    caller
        .act(&state, StatusCode::CREATED, move |acting| {
            release::run(acting, &prepared)
        })
        .await
}

async fn release_several(
    State(state): State<AppState>,
    caller: ApiCaller,
    Sent(input): Sent<ReleaseSeveral>,
) -> ApiAnswer {
    if input.claims.len() > MOST_AT_ONCE {
        let words = format!("Choose at most {MOST_AT_ONCE} claims at a time.");
        return Err(ApiFailure(Failure::unreadable("claims", words)));
    }
    let asker = caller.caller();
    // All are looked at first, so that one that the caller may not see is answered before anything is done.
    let wanted = input.claims.clone();
    let seen = state
        .ask(&asker, move |asking| {
            wanted
                .iter()
                .map(|claim| release::view(asking, claim).map(|detail| detail.line.learner_name))
                .collect::<Result<Vec<_>, _>>()
        })
        .await?;
    let mut done = ReleasedSeveral::default();
    for (claim, learner_name) in input.claims.into_iter().zip(seen) {
        match release_award_of(&state, asker.clone(), &claim).await {
            Ok(released) => done.released.push(released),
            Err(Failure::Refused(Refusals(refusals))) => done.not_released.push(NotReleasedAward {
                claim,
                learner_name,
                refusals,
            }),
            Err(other) => return Err(ApiFailure(other)),
        }
    }
    // Kept under the caller's key; a call that was cut off is sent again and finds released what was released.
    caller.act(&state, StatusCode::OK, move |_| Ok(done)).await
}

async fn return_claim(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(claim): InPath<ClaimId>,
    Sent(input): Sent<Because>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            release::return_claim(acting, &claim, &input.because)
        })
        .await
}

async fn own(State(state): State<AppState>, caller: ApiCaller) -> ApiAnswer {
    caller.ask(&state, overview::own).await
}

async fn find_award(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(award): InPath<AwardId>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| overview::view(asking, &award))
        .await
}

async fn transcript(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(award): InPath<AwardId>,
) -> ApiAnswer {
    let asker = caller.caller();
    let paper = state
        .work(move |app| certificate::transcript(app, &asker, &award))
        .await?;
    Ok(pdf(paper))
}

async fn list_certificates(
    State(state): State<AppState>,
    caller: ApiCaller,
    InQuery(find): InQuery<FindCertificates>,
) -> ApiAnswer {
    let wanted = find.wanted();
    caller
        .ask(&state, move |asking| register::list(asking, &wanted))
        .await
}

async fn certificates_csv(
    State(state): State<AppState>,
    caller: ApiCaller,
    InQuery(find): InQuery<FindCertificates>,
) -> ApiAnswer {
    let asker = caller.caller();
    let wanted = find.wanted();
    let text = state
        .ask(&asker, move |asking| register::csv(asking, &wanted))
        .await?;
    Ok(csv("certificates", asker.moment.today, text))
}

async fn find_certificate(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(number): InPath<String>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| certificate::view(asking, &number))
        .await
}

async fn certificates_xlsx(
    State(state): State<AppState>,
    caller: ApiCaller,
    InQuery(find): InQuery<FindCertificates>,
) -> ApiAnswer {
    let asker = caller.caller();
    let wanted = find.wanted();
    let bytes = state
        .ask(&asker, move |asking| register::xlsx(asking, &wanted))
        .await?;
    Ok(xlsx("certificates", asker.moment.today, bytes))
}

async fn file(State(state): State<AppState>, caller: ApiCaller, InPath(number): InPath<String>) -> ApiAnswer {
    let paper = state
        .ask(&caller.caller(), move |asking| certificate::file(asking, &number))
        .await?;
    Ok(pdf(paper))
}

/// Asking for it may sign a checkpoint, so it is an act.
async fn find_dossier(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(number): InPath<String>,
) -> ApiAnswer {
    let paper = state
        .act(caller.caller(), move |acting| dossier::file(acting, &number))
        .await?;
    Ok(dossier_file(paper))
}

async fn list_credentials(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(number): InPath<String>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| issue::view(asking, &number))
        .await
}

async fn find_credential(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(number): InPath<String>,
    InQuery(asked): InQuery<CredentialWanted>,
) -> ApiAnswer {
    let wanted = asked.wanted()?;
    let media = wanted.form().media_type();
    let paper = state
        .ask(&caller.caller(), move |asking| {
            issue::file(asking, &number, &wanted)
        })
        .await?;
    Ok(kept(paper, media))
}

/// As [`find_dossier`].
async fn find_own_dossier(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(number): InPath<String>,
) -> ApiAnswer {
    let paper = state
        .act(caller.caller(), move |acting| dossier::own_file(acting, &number))
        .await?;
    Ok(dossier_file(paper))
}

async fn replace(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(number): InPath<String>,
    Sent(act): Sent<ReplaceCertificate>,
) -> ApiAnswer {
    let (asker, mut fresh) = (caller.caller(), state.fresh());
    let prepared = state
        .work(move |app| change::prepare_replacement(app, &asker, fresh.as_mut(), &number, act))
        .await?;
    caller
        .act(&state, StatusCode::CREATED, move |acting| {
            change::replace(acting, &prepared)
        })
        .await
}

async fn revoke(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(number): InPath<String>,
    Sent(act): Sent<RevokeCertificate>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            change::revoke(acting, &number, &act)
        })
        .await
}

async fn settle_dispatches(
    State(state): State<AppState>,
    caller: ApiCaller,
    Sent(act): Sent<SettleDispatches>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::OK, move |acting| settle::settle(acting, &act))
        .await
}

async fn dispatch(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(number): InPath<String>,
    Sent(act): Sent<DispatchCertificate>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            change::dispatch(acting, &number, &act).map(|_| ())
        })
        .await
}

async fn undelivered(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(number): InPath<String>,
    Sent(act): Sent<MarkUndelivered>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            change::undelivered(acting, &number, &act).map(|_| ())
        })
        .await
}

async fn public_check(
    State(state): State<AppState>,
    from: ClientAddress,
    InQuery(asked): InQuery<CheckFor>,
) -> Result<Response, ApiFailure> {
    let moment = state.moment();
    if let Err(seconds) = state.checks().take(from.0, moment.at) {
        let words =
            format!("Too many certificates were checked from this address. Ask again in {seconds} seconds.");
        return Ok(Problem::too_often(words, seconds));
    }
    let nobody = Caller {
        person: None,
        via: Via::Api,
        moment,
    };
    let certificate = state
        .ask(&nobody, move |asking| check(asking, &asked.number, &asked.family))
        .await?;
    let answer = CheckAnswer {
        found: certificate.is_some(),
        certificate,
    };
    let body = serde_json::to_vec(&answer).map_err(Failure::from)?;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, body).into_response())
}
