//! A learner's way from registration to a certificate that a stranger checks, told by programs that speak JSON only. Nothing
//! is prepared behind the interface but the centre, its staff and the published specification.

use crate::api::{call, token_of};
use crate::browser::Site;
use assay_app::account::token::Scope;
use assay_domain::Role;
use assay_domain::id::PersonId;
use assay_testkit::World;
use axum::http::Method;
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A site, and programs that act for people.
struct College {
    site: Site,
    tokens: BTreeMap<&'static str, String>,
    centre: String,
    staff: BTreeMap<&'static str, String>,
}

const UNIT: &str = "7016V1";

fn college() -> College {
    let mut world = World::new();
    world.publish_cmi();
    let centre = world.centre("Northern College");
    world.offers(&centre, &["7A2V2"]);
    let mut tokens = BTreeMap::new();
    let mut staff = BTreeMap::new();
    let people: [(&str, PersonId); 5] = [
        (
            "coordinator",
            world.person_with("Cora Adebayo", Role::Coordinator, &centre),
        ),
        ("tutor", world.person_with("Tom Birch", Role::Tutor, &centre)),
        (
            "assessor",
            world.person_with("Ann Okoro", Role::Assessor, &centre),
        ),
        (
            "verifier",
            world.person_with("Vera Lund", Role::InternalVerifier, &centre),
        ),
        ("quality manager", world.quality_manager.clone()),
    ];
    for (name, person) in people {
        tokens.insert(name, token_of(&world, &person, Scope::Write));
        staff.insert(name, person.to_string());
    }
    College {
        centre: centre.to_string(),
        site: Site::of(world),
        tokens,
        staff,
    }
}

impl College {
    /// Somebody's program sends something; answers the body, which is null where there is none.
    async fn send(&self, who: &str, method: Method, path: &str, body: Option<Value>) -> (u16, Value) {
        let answer = call(
            &self.site,
            &self.tokens[who],
            method,
            &format!("/api/v1{path}"),
            None,
            body,
        )
        .await;
        let body = serde_json::from_str(&answer.body).unwrap_or(Value::Null);
        (answer.status.as_u16(), body)
    }

    async fn done(&self, who: &str, method: Method, path: &str, body: Value) -> Value {
        let (status, answer) = self.send(who, method.clone(), path, Some(body)).await;
        assert!(
            (200..300).contains(&status),
            "{who}: {method} {path}: {status} {answer:#}"
        );
        answer
    }

    async fn asks(&self, who: &str, path: &str) -> Value {
        let (status, answer) = self.send(who, Method::GET, path, None).await;
        assert_eq!(status, 200, "{who}: {path}: {answer:#}");
        answer
    }

    /// The codes of the refusals with which something is answered.
    async fn refused(&self, who: &str, method: Method, path: &str, body: Value) -> Vec<String> {
        let (status, answer) = self.send(who, method, path, Some(body)).await;
        assert_eq!(status, 422, "{who}: {path}: {answer:#}");
        let refusals = answer["refusals"].as_array().cloned().unwrap_or_default();
        refusals
            .iter()
            .filter_map(|refusal| refusal["code"].as_str().map(str::to_owned))
            .collect()
    }
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("no text: {value:#}"))
        .to_owned()
}

/// A report of about 2,600 words, one paragraph after a heading, and what is written below it.
fn report(below: &str) -> String {
    let sentence =
        "We weighed the benefit against the cost with figures of our own from two years of records. ";
    format!("# Policy\n\n{}\n\n{below}", sentence.repeat(155))
}

/// The unit as the learner finds it: the numbers of its criteria with their command verbs.
type Criteria = Vec<(String, Vec<Value>)>;

impl College {
    /// Registers a learner, who agrees a plan of one unit; staff are allocated. Answers the path of the registration.
    async fn register(&mut self) -> String {
        let learner = json!({
            "centre": self.centre, "given": "Amira", "family": "Khan", "born_on": "1985-03-02",
            "email": "amira.khan@learner.example", "qualification": "7A2V2", "start_on": "2019-10-14",
            "identity": "passport seen", "authority": "Head of learning",
        });
        let registered = self
            .done("coordinator", Method::POST, "/registrations", learner.clone())
            .await;
        let again = self
            .send("coordinator", Method::POST, "/registrations", Some(learner))
            .await;
        assert_eq!(
            again.0, 422,
            "the same learner is not registered twice: {:#}",
            again.1
        );
        let person: PersonId = text(&registered["learner"]).parse().unwrap();
        self.tokens
            .insert("learner", token_of(&self.site.world, &person, Scope::Write));
        let at = format!("/registrations/{}", text(&registered["registration"]));
        let plan =
            json!({ "units": [{ "unit": UNIT, "target_on": "2019-12-01" }], "goals": "Write a policy" });
        self.done("learner", Method::PUT, &format!("{at}/plan"), plan)
            .await;
        let staff = json!({
            "units": [UNIT], "tutor": self.staff["tutor"], "assessor": self.staff["assessor"],
            "verifier": self.staff["verifier"],
        });
        self.done("coordinator", Method::PUT, &format!("{at}/allocations"), staff)
            .await;
        at
    }

    async fn criteria(&self, unit: &str) -> Criteria {
        let workspace = self.asks("learner", unit).await;
        let outcomes = workspace["outcomes"].as_array().unwrap();
        let criteria = outcomes
            .iter()
            .flat_map(|outcome| outcome["criteria"].as_array().unwrap());
        criteria
            .map(|criterion| {
                let verbs = criterion["verbs"].as_array().cloned().unwrap_or_default();
                let verbs = verbs
                    .into_iter()
                    .map(|verb| verb.get("verb").cloned().unwrap_or(verb));
                (text(&criterion["number"]), verbs.collect())
            })
            .collect()
    }

    /// The learner saves a version of a piece and marks a paragraph of it for every criterion; answers the passage.
    async fn write(&self, piece: &str, text_of: String, paragraph: u32, criteria: &Criteria) -> String {
        let path = format!("/evidence/{piece}/versions");
        self.done("learner", Method::POST, &path, json!({ "text": text_of }))
            .await;
        let named: Vec<Value> = criteria
            .iter()
            .map(|(number, _)| json!({ "unit": UNIT, "criterion": number }))
            .collect();
        let mark = json!({ "chosen": { "paragraphs": [paragraph] }, "criteria": named });
        let path = format!("/evidence/{piece}/passages");
        text(&self.done("learner", Method::POST, &path, mark).await[0])
    }

    /// The assessor takes a hand-in, decides every criterion and quality and signs; `open` is not yet met. Answers the
    /// outcome.
    async fn judge(
        &self,
        submission: &str,
        criteria: &Criteria,
        passage: &str,
        open: Option<&str>,
    ) -> String {
        let sign = format!("{submission}/sign");
        self.done("assessor", Method::POST, &format!("{submission}/take"), json!({}))
            .await;
        let early = self.refused("assessor", Method::POST, &sign, json!({})).await;
        assert!(!early.is_empty(), "a judgement with open criteria is not signed");
        for (number, verbs) in criteria {
            let decision = if open == Some(number) {
                json!({ "decision": "not_yet_met", "reason": "The figures of the second year are missing.", "passages": [], "verbs": [] })
            } else {
                json!({ "decision": "met", "reason": "Weighed with figures of their own.", "passages": [passage], "verbs": verbs })
            };
            let path = format!("{submission}/criteria/{number}");
            self.done("assessor", Method::PUT, &path, decision).await;
        }
        let desk = self.asks("assessor", &format!("{submission}/marking")).await;
        for quality in desk["qualities"].as_array().unwrap() {
            let path = format!("{submission}/qualities/{}", text(&quality["key"]));
            self.done("assessor", Method::PUT, &path, json!({ "satisfied": true }))
                .await;
        }
        let signed = self
            .done(
                "assessor",
                Method::POST,
                &sign,
                json!({ "feedback": "Well argued." }),
            )
            .await;
        text(&signed["outcome"])
    }

    /// The bytes of a file, and its media type.
    async fn file(&self, who: &str, path: &str) -> (String, String) {
        let answer = call(
            &self.site,
            &self.tokens[who],
            Method::GET,
            &format!("/api/v1{path}"),
            None,
            None,
        )
        .await;
        assert_eq!(answer.status, 200, "{who}: {path}: {}", answer.body);
        let media = answer.headers["content-type"].to_str().unwrap().to_owned();
        (answer.body, media)
    }
}

#[tokio::test]
async fn from_registration_over_a_referral_to_a_certificate_that_a_stranger_checks_by_json_alone() {
    let mut college = college();
    let at = college.register().await;
    let unit = format!("{at}/units/{UNIT}");
    let hand_in = format!("{unit}/submissions");
    let criteria = college.criteria(&unit).await;

    // The learner writes, marks where each criterion is answered, and hands in; the assessor refers it.
    let piece = college
        .done("learner", Method::POST, "/evidence", json!({ "title": "Policy" }))
        .await;
    let piece = text(&piece["evidence"]);
    let passage = college.write(&piece, report(""), 2, &criteria).await;
    let without_word = json!({ "items": [piece], "own_work": false, "ai_use": "none" });
    let codes = college
        .refused("learner", Method::POST, &hand_in, without_word)
        .await;
    assert_eq!(codes, ["EVIDENCE_UNDECLARED"]);
    let work = json!({ "items": [piece], "own_work": true, "ai_use": "none" });
    let handed = college
        .done("learner", Method::POST, &hand_in, work.clone())
        .await;
    let first = format!("/submissions/{}", text(&handed["submission"]));
    let open = criteria[0].0.clone();
    let outcome = college.judge(&first, &criteria, &passage, Some(&open)).await;
    assert_eq!(outcome, "referred");
    let result = college.asks("learner", &format!("{first}/result")).await;
    assert!(
        result
            .to_string()
            .contains("The figures of the second year are missing."),
        "the learner reads why: {result:#}"
    );

    // A resubmission is the next attempt and says what changed.
    let passage = college
        .write(
            &piece,
            report("The second year brought 12 per cent more."),
            3,
            &criteria,
        )
        .await;
    let codes = college
        .refused("learner", Method::POST, &hand_in, work.clone())
        .await;
    assert_eq!(codes, ["FIELD_MISSING"]);
    let mut work = work;
    work["changes"] = json!("Figures of the second year.");
    let handed = college
        .done("learner", Method::POST, &hand_in, work.clone())
        .await;
    assert_eq!(handed["attempt"], 2);
    let second = format!("/submissions/{}", text(&handed["submission"]));
    let codes = college.refused("learner", Method::POST, &hand_in, work).await;
    assert_eq!(
        codes,
        ["SUBMISSION_OPEN"],
        "while the second is with the centre there is no third"
    );
    let changes = college.asks("assessor", &format!("{second}/changes")).await;
    assert!(changes.to_string().contains("12 per cent more"), "{changes:#}");
    let outcome = college.judge(&second, &criteria, &passage, None).await;
    assert_eq!(outcome, "passed");

    // Nobody verifies their own judgement; nothing is claimed before it is verified; the verifier agrees.
    let findings: Vec<Value> = criteria
        .iter()
        .map(|(number, _)| json!({ "criterion": number, "agrees": true }))
        .collect();
    let findings = json!({ "findings": findings });
    let verification = format!("{second}/verification");
    let (own, _) = college
        .send("assessor", Method::POST, &verification, Some(findings.clone()))
        .await;
    assert!(matches!(own, 404 | 422), "an assessor does not verify: {own}");
    let claim = format!("{at}/claim");
    let codes = college
        .refused("coordinator", Method::POST, &claim, json!({}))
        .await;
    assert!(
        codes.contains(&"ROC_NOT_MET".to_owned()) || codes.contains(&"UNIT_NOT_FINAL".to_owned()),
        "{codes:?}"
    );
    college
        .done("verifier", Method::POST, &verification, findings)
        .await;

    // A claim waits until the learner has been registered for ten weeks; then it is made and released by two people.
    let early = college
        .refused("coordinator", Method::POST, &claim, json!({}))
        .await;
    assert_eq!(early, ["CLAIM_TOO_EARLY"]);
    college.site.clock.pass(SignedDuration::from_hours(71 * 24));
    let claimed = college.done("coordinator", Method::POST, &claim, json!({})).await;
    let release = format!("/claims/{}/release", text(&claimed["claim"]));
    let (own, _) = college
        .send("coordinator", Method::POST, &release, Some(json!({})))
        .await;
    assert!(matches!(own, 404 | 422), "a coordinator releases nothing: {own}");
    let released = college
        .done("quality manager", Method::POST, &release, json!({}))
        .await;
    let number = text(&released["certificate"]);

    // The learner has certificate and transcript, nobody else's program has, and a stranger checks it without a token.
    let (pdf, media) = college
        .file("learner", &format!("/certificates/{number}/pdf"))
        .await;
    assert_eq!(media, "application/pdf");
    assert!(pdf.starts_with("%PDF-") && pdf.contains("Amira Khan") && pdf.contains(&number));
    let (pdf, _) = college
        .file(
            "learner",
            &format!("/awards/{}/transcript.pdf", text(&released["award"])),
        )
        .await;
    assert!(pdf.starts_with("%PDF-") && pdf.contains(UNIT));
    let (hidden, _) = college
        .send(
            "assessor",
            Method::GET,
            &format!("/certificates/{number}/pdf"),
            None,
        )
        .await;
    assert_eq!(hidden, 404);
    let mut stranger = college.site.browser();
    let ask = |family: &str| format!("/api/v1/check?number={number}&family={family}");
    let checked = stranger.get(&ask("khan")).await.json();
    assert_eq!(
        (
            &checked["found"],
            &checked["certificate"]["state"],
            &checked["certificate"]["learner_name"]
        ),
        (&json!(true), &json!("valid"), &json!("Amira Khan"))
    );
    assert_eq!(stranger.get(&ask("other")).await.json()["found"], json!(false));

    // The trail of the unit tells both attempts.
    let trail = college.asks("quality manager", &format!("{unit}/trail")).await;
    let kinds = trail["kinds"].as_array().unwrap();
    let signed = kinds
        .iter()
        .find(|kind| kind["kind"] == "judgement_signed")
        .unwrap();
    assert_eq!(signed["entries"], 2);
}
