//! A learner's way from registration to a verified judgement, told by programs that speak JSON only. Nothing is prepared behind
//! the interface but the centre, its staff and the published specification.

use crate::api::{call, token_of};
use crate::browser::Site;
use assay_app::account::token::Scope;
use assay_domain::Role;
use assay_domain::id::PersonId;
use assay_testkit::World;
use axum::http::Method;
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

/// A report of about 2,600 words, one paragraph after a heading.
fn report() -> String {
    let sentence =
        "We weighed the benefit against the cost with figures of our own from two years of records. ";
    format!("# Policy\n\n{}", sentence.repeat(155))
}

#[tokio::test]
async fn a_learner_is_registered_judged_and_verified_by_json_alone() {
    let mut college = college();

    // The coordinator registers a learner, who agrees a plan of one unit; staff are allocated.
    let learner = json!({
        "centre": college.centre, "given": "Amira", "family": "Khan", "born_on": "1985-03-02",
        "email": "amira.khan@learner.example", "qualification": "7A2V2", "start_on": "2019-10-14",
        "identity": "passport seen", "authority": "Head of learning",
    });
    let registered = college
        .done("coordinator", Method::POST, "/registrations", learner.clone())
        .await;
    let registration = text(&registered["registration"]);
    let again = college
        .send("coordinator", Method::POST, "/registrations", Some(learner))
        .await;
    assert_eq!(
        again.0, 422,
        "the same learner is not registered twice: {:#}",
        again.1
    );
    let person: PersonId = text(&registered["learner"]).parse().unwrap();
    college
        .tokens
        .insert("learner", token_of(&college.site.world, &person, Scope::Write));
    let at = format!("/registrations/{registration}");
    let plan = json!({ "units": [{ "unit": UNIT, "target_on": "2019-12-01" }], "goals": "Write a policy" });
    college
        .done("learner", Method::PUT, &format!("{at}/plan"), plan)
        .await;
    let staff = json!({
        "units": [UNIT], "tutor": college.staff["tutor"], "assessor": college.staff["assessor"],
        "verifier": college.staff["verifier"],
    });
    college
        .done("coordinator", Method::PUT, &format!("{at}/allocations"), staff)
        .await;

    // The learner writes, marks where each criterion is answered, and hands in.
    let piece = college
        .done("learner", Method::POST, "/evidence", json!({ "title": "Policy" }))
        .await;
    let piece = text(&piece["evidence"]);
    let version = json!({ "text": report() });
    college
        .done(
            "learner",
            Method::POST,
            &format!("/evidence/{piece}/versions"),
            version,
        )
        .await;
    let unit = format!("{at}/units/{UNIT}");
    let workspace = college.asks("learner", &unit).await;
    let criteria: Vec<(String, Vec<Value>)> = workspace["outcomes"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|outcome| outcome["criteria"].as_array().unwrap())
        .map(|criterion| {
            let verbs = criterion["verbs"].as_array().cloned().unwrap_or_default();
            (text(&criterion["number"]), verbs)
        })
        .collect();
    let named: Vec<Value> = criteria
        .iter()
        .map(|(number, _)| json!({ "unit": UNIT, "criterion": number }))
        .collect();
    let mark = json!({ "chosen": { "paragraphs": [2] }, "criteria": named });
    let marked = college
        .done(
            "learner",
            Method::POST,
            &format!("/evidence/{piece}/passages"),
            mark,
        )
        .await;
    let passage = text(&marked[0]);
    let without_word = json!({ "items": [piece], "own_work": false, "ai_use": "none" });
    let hand_in = format!("{unit}/submissions");
    let codes = college
        .refused("learner", Method::POST, &hand_in, without_word)
        .await;
    assert!(!codes.is_empty(), "work without the declaration is not taken");
    let handed = json!({ "items": [piece], "own_work": true, "ai_use": "none" });
    let handed = college.done("learner", Method::POST, &hand_in, handed).await;
    let submission = format!("/submissions/{}", text(&handed["submission"]));

    // The assessor takes it and decides every criterion; signing before that is refused.
    college
        .done("assessor", Method::POST, &format!("{submission}/take"), json!({}))
        .await;
    let early = college
        .refused("assessor", Method::POST, &format!("{submission}/sign"), json!({}))
        .await;
    assert!(!early.is_empty(), "a judgement with open criteria is not signed");
    for (number, verbs) in &criteria {
        let verbs: Vec<&Value> = verbs
            .iter()
            .map(|verb| verb.get("verb").unwrap_or(verb))
            .collect();
        let decision = json!({
            "decision": "met", "reason": "Weighed with figures of their own.", "passages": [passage], "verbs": verbs,
        });
        college
            .done(
                "assessor",
                Method::PUT,
                &format!("{submission}/criteria/{number}"),
                decision,
            )
            .await;
    }
    let desk = college.asks("assessor", &format!("{submission}/marking")).await;
    for quality in desk["qualities"].as_array().unwrap() {
        let path = format!("{submission}/qualities/{}", text(&quality["key"]));
        college
            .done("assessor", Method::PUT, &path, json!({ "satisfied": true }))
            .await;
    }
    let signed = college
        .done(
            "assessor",
            Method::POST,
            &format!("{submission}/sign"),
            json!({ "feedback": "Well argued." }),
        )
        .await;
    assert_eq!(signed["outcome"], "passed", "{signed:#}");

    // Nobody verifies their own judgement; the verifier agrees.
    let findings: Vec<Value> = criteria
        .iter()
        .map(|(number, _)| json!({ "criterion": number, "agrees": true }))
        .collect();
    let findings = json!({ "findings": findings });
    let path = format!("{submission}/verification");
    let (own, _) = college
        .send("assessor", Method::POST, &path, Some(findings.clone()))
        .await;
    assert!(matches!(own, 404 | 422), "an assessor does not verify: {own}");
    let (before, _) = college
        .send(
            "coordinator",
            Method::POST,
            &format!("{at}/claim"),
            Some(json!({})),
        )
        .await;
    assert_eq!(before, 422, "nothing is claimed before it is verified");
    college.done("verifier", Method::POST, &path, findings).await;

    // A claim has to wait until the learner has been registered for ten weeks.
    let early = college
        .refused("coordinator", Method::POST, &format!("{at}/claim"), json!({}))
        .await;
    assert_eq!(early, ["CLAIM_TOO_EARLY"]);
}
