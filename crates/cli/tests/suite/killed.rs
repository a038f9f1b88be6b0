//! The program is killed in the middle of its work, again and again, while assessors judge. What it had answered is there;
//! nothing is there twice or by half; the tables are those of the ledger.

use crate::house::{House, PROGRAM, Visitor, copy_demonstration};
use assay_app::Caller;
use assay_app::account::token::{self, MakeToken, Scope};
use assay_domain::{Moment, Via};
use assay_web::fresh::RandomFresh;
use axum::http::Method;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

/// How often the program is killed.
const TIMES: u64 = 50;
/// How many learners hand in and are judged at the same time.
const LEARNERS: usize = 3;
const UNIT: &str = "7016V1";

/// The program, serving on a port of its own; killed when dropped.
struct Serving {
    child: Child,
    address: String,
    /// Kept open while it serves, as a terminal is.
    _said: BufReader<ChildStdout>,
}

impl Serving {
    fn start(data: &Path) -> Serving {
        let mut child = Command::new(PROGRAM)
            .args(["demo", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        said.read_line(&mut line).unwrap();
        let address = line
            .trim()
            .rsplit_once("http://")
            .unwrap_or_else(|| panic!("the program did not say where it serves: {line:?}"))
            .1
            .to_owned();
        Serving {
            child,
            address,
            _said: said,
        }
    }

    /// As the power cut does: no chance to tidy up.
    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may be dead already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A call of the API.
#[derive(Debug, Clone)]
struct Call {
    /// Whose token it carries.
    learner: bool,
    method: &'static str,
    path: String,
    body: Value,
    /// The fact that it records.
    fact: &'static str,
}

/// Sends a call under its key and answers status and body; an error when the program died meanwhile.
fn send(address: &str, token: &str, key: &str, call: &Call) -> std::io::Result<(u16, String)> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    let (method, path) = (call.method, &call.path);
    let body = if method == "GET" {
        String::new()
    } else {
        call.body.to_string()
    };
    write!(
        stream,
        "{method} /api/v1{path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\
         Idempotency-Key: {key}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let cut_off = || std::io::Error::other("the answer was cut off");
    let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(cut_off)?;
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .ok_or_else(cut_off)?;
    let length = head.lines().find_map(|line| {
        line.to_lowercase()
            .strip_prefix("content-length: ")?
            .parse::<usize>()
            .ok()
    });
    if length.is_some_and(|length| length != body.len()) {
        return Err(cut_off());
    }
    Ok((status, body.to_owned()))
}

/// A learner's unit, handed in, judged and referred over and over.
struct Judging {
    name: usize,
    /// Path of the unit.
    unit: String,
    learner: String,
    assessor: String,
    piece: String,
    passage: String,
    /// Numbers of the criteria, with their command verbs.
    criteria: Vec<(String, Vec<Value>)>,
    qualities: Vec<String>,
    /// The hand-in under way.
    submission: String,
    /// Which step of the attempt is next: hand in, take, each criterion, each quality, sign.
    step: usize,
    /// What was acknowledged: key, call, answer.
    done: Vec<(String, Call, String)>,
    /// Calls that no answer came to.
    cut_off: usize,
}

impl Judging {
    fn next(&self) -> Call {
        let at = |tail: &str| format!("/submissions/{}{tail}", self.submission);
        let call = |method, path, body, fact| Call {
            learner: false,
            method,
            path,
            body,
            fact,
        };
        let (criteria, qualities) = (self.criteria.len(), self.qualities.len());
        match self.step {
            0 => Call {
                learner: true,
                method: "POST",
                path: format!("{}/submissions", self.unit),
                body: json!({ "items": [self.piece], "own_work": true, "ai_use": "none", "changes": "Revised." }),
                fact: "unit_submitted",
            },
            1 => call("POST", at("/take"), json!({}), "submission_taken"),
            step if step < 2 + criteria => {
                let (number, verbs) = &self.criteria[step - 2];
                let body = if step == 2 {
                    json!({ "decision": "not_yet_met", "reason": "No figures.", "passages": [], "verbs": [] })
                } else {
                    json!({ "decision": "met", "reason": "Weighed.", "passages": [self.passage], "verbs": verbs })
                };
                call(
                    "PUT",
                    at(&format!("/criteria/{number}")),
                    body,
                    "criterion_decided",
                )
            }
            step if step < 2 + criteria + qualities => {
                let key = &self.qualities[step - 2 - criteria];
                let body = json!({ "satisfied": true });
                call("PUT", at(&format!("/qualities/{key}")), body, "quality_judged")
            }
            _ => call(
                "POST",
                at("/sign"),
                json!({ "feedback": "Add figures." }),
                "judgement_signed",
            ),
        }
    }

    /// The key of the next call: the same until it is answered.
    fn key(&self) -> String {
        format!("learner-{}-call-{}", self.name, self.done.len())
    }

    fn token(&self, call: &Call) -> &str {
        if call.learner {
            &self.learner
        } else {
            &self.assessor
        }
    }

    /// Sends the next call. False when the program died meanwhile: then it is sent again later, under the same key.
    fn go_on(&mut self, address: &str) -> bool {
        let (call, key) = (self.next(), self.key());
        let Ok((status, body)) = send(address, self.token(&call), &key, &call) else {
            self.cut_off += 1;
            return false;
        };
        assert!((200..300).contains(&status), "{key}: {call:?}: {status} {body}");
        if call.fact == "unit_submitted" {
            let answer: Value = serde_json::from_str(&body).unwrap();
            self.submission = text(&answer["submission"]);
        }
        self.step = if call.fact == "judgement_signed" {
            0
        } else {
            self.step + 1
        };
        self.done.push((key, call, body));
        true
    }

    fn acknowledged(&self, fact: &str) -> usize {
        self.done.iter().filter(|(_, call, _)| call.fact == fact).count()
    }
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("no text: {value:#}"))
        .to_owned()
}

/// Somebody's program inside the test's own process, before anything is killed.
struct Program(Visitor);

impl Program {
    async fn done(&mut self, method: Method, path: &str, body: Value) -> Value {
        let (media, body) = if method == Method::GET {
            (None, String::new())
        } else {
            (Some("application/json"), body.to_string())
        };
        let path = format!("/api/v1{path}");
        let answer = self.0.send(method, &path, media, body).await;
        assert!(
            answer.status.is_success(),
            "{path}: {} {}",
            answer.status,
            answer.body
        );
        serde_json::from_str(&answer.body).unwrap_or(Value::Null)
    }

    async fn of(house: &House, name: &str) -> Program {
        let mut visitor = house.enter(name).await;
        visitor.token = Some(visitor.make_token().await);
        Program(visitor)
    }
}

/// A token for a learner who has just been registered and has no password yet.
fn token_for(house: &House, person: &str) -> String {
    let at = "2019-10-14T08:30:00Z".parse().unwrap();
    let caller = Caller {
        person: Some(person.parse().unwrap()),
        via: Via::Command,
        moment: Moment::new(at, &house.app.surroundings().zone),
    };
    let input = MakeToken {
        name: "test".into(),
        scope: Scope::Write,
        days: 30,
    };
    let made = house.app.act(caller, Box::new(RandomFresh), move |acting| {
        token::make(acting, input)
    });
    made.unwrap()
}

/// Registers a learner with a plan of one unit and a piece of evidence that answers it.
async fn prepare(house: &House, name: usize, coordinator: &mut Program, assessor: &mut Program) -> Judging {
    let centre = coordinator.done(Method::GET, "/account", Value::Null).await;
    let centre = text(&centre["roles"][0]["centre"]);
    let own = assessor.done(Method::GET, "/account", Value::Null).await;
    let family = ["Ashby", "Brandt", "Castell"][name];
    let registered = coordinator
        .done(
            Method::POST,
            "/registrations",
            json!({
                "centre": centre, "given": "Robin", "family": family, "born_on": "1985-03-02",
                "email": format!("robin.{family}@learner.example"), "qualification": "7A2V2", "start_on": "2019-10-14",
                "identity": "passport seen", "authority": "Head of learning",
            }),
        )
        .await;
    let learner = token_for(house, &text(&registered["learner"]));
    let at = format!("/registrations/{}", text(&registered["registration"]));
    let plan = json!({ "units": [{ "unit": UNIT, "target_on": "2019-12-01" }] });
    coordinator.done(Method::PUT, &format!("{at}/plan"), plan).await;
    let staff = json!({ "units": [UNIT], "assessor": own["person"] });
    coordinator
        .done(Method::PUT, &format!("{at}/allocations"), staff)
        .await;
    let unit = format!("{at}/units/{UNIT}");

    let mut visitor = house.visitor();
    visitor.token = Some(learner.clone());
    let mut writer = Program(visitor);
    let piece = writer
        .done(Method::POST, "/evidence", json!({ "title": "Policy" }))
        .await;
    let piece = text(&piece["evidence"]);
    let version = json!({ "text": "We weighed the benefit against the cost." });
    writer
        .done(Method::POST, &format!("/evidence/{piece}/versions"), version)
        .await;
    let workspace = writer.done(Method::GET, &unit, Value::Null).await;
    let criteria: Vec<(String, Vec<Value>)> = workspace["outcomes"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|outcome| outcome["criteria"].as_array().unwrap())
        .map(|criterion| {
            let verbs = criterion["verbs"].as_array().cloned().unwrap_or_default();
            let verbs = verbs
                .into_iter()
                .map(|verb| verb.get("verb").cloned().unwrap_or(verb));
            (text(&criterion["number"]), verbs.collect())
        })
        .collect();
    let named: Vec<Value> = criteria
        .iter()
        .map(|(number, _)| json!({ "unit": UNIT, "criterion": number }))
        .collect();
    let mark = json!({ "chosen": { "paragraphs": [1] }, "criteria": named });
    let marked = writer
        .done(Method::POST, &format!("/evidence/{piece}/passages"), mark)
        .await;
    Judging {
        name,
        unit,
        learner,
        assessor: assessor.0.token.clone().unwrap(),
        passage: text(&marked[0]),
        piece,
        criteria,
        qualities: assay_domain::judgement::QUALITIES
            .iter()
            .map(|words| words.key.to_owned())
            .collect(),
        submission: String::new(),
        step: 0,
        done: Vec::new(),
        cut_off: 0,
    }
}

#[tokio::test]
async fn judgements_that_were_acknowledged_survive_fifty_kills_and_none_is_there_by_half() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    copy_demonstration(&data);
    let mut judgings = Vec::new();
    {
        let house = House::open(&data);
        let mut coordinator = Program::of(&house, "Carys Bevan").await;
        let mut assessor = Program::of(&house, "Asha Raman").await;
        for name in 0..LEARNERS {
            judgings.push(prepare(&house, name, &mut coordinator, &mut assessor).await);
        }
    }

    // Not chance but a sequence that looks like it, so that a failure comes again.
    let mut pseudo: u64 = 2019;
    for _ in 0..TIMES {
        let mut serving = Serving::start(&data);
        let address = serving.address.clone();
        pseudo = pseudo
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        std::thread::scope(|scope| {
            for judging in &mut judgings {
                let address = &address;
                scope.spawn(move || while judging.go_on(address) {});
            }
            std::thread::sleep(Duration::from_millis(5 + (pseudo >> 33) % 400));
            serving.kill();
        });
    }
    let acknowledged: usize = judgings.iter().map(|judging| judging.done.len()).sum();
    let cut_off: usize = judgings.iter().map(|judging| judging.cut_off).sum();
    let signed: usize = judgings
        .iter()
        .map(|judging| judging.acknowledged("judgement_signed"))
        .sum();
    println!("{acknowledged} acts acknowledged, {signed} of them signings; {cut_off} cut off");
    assert!(
        signed > 0 && cut_off > 0,
        "no kill fell into the middle of an act"
    );

    let mut serving = Serving::start(&data);
    for judging in &mut judgings {
        // What was cut off is settled: it was done before the kill, or it is done now.
        assert!(judging.go_on(&serving.address));
        for (key, call, answer) in &judging.done {
            let (status, body) = send(&serving.address, judging.token(call), key, call).unwrap();
            assert!((200..300).contains(&status), "{key}: {status} {body}");
            assert_eq!(&body, answer, "{key}: {call:?}");
        }
        let read = |path: String| {
            let call = Call {
                learner: false,
                method: "GET",
                path,
                body: Value::Null,
                fact: "",
            };
            let (status, body) = send(&serving.address, &judging.assessor, "read", &call).unwrap();
            assert_eq!(status, 200, "{body}");
            serde_json::from_str::<Value>(&body).unwrap()
        };
        // The trail has every acknowledged act, and each once.
        let trail = read(format!("{}/trail", judging.unit));
        let told: BTreeMap<String, u64> = trail["kinds"]
            .as_array()
            .unwrap()
            .iter()
            .map(|kind| (text(&kind["kind"]), kind["entries"].as_u64().unwrap()))
            .collect();
        for fact in [
            "unit_submitted",
            "submission_taken",
            "criterion_decided",
            "quality_judged",
            "judgement_signed",
        ] {
            let there = told.get(fact).copied().unwrap_or(0);
            assert_eq!(
                there,
                judging.acknowledged(fact) as u64,
                "{fact} of learner {}",
                judging.name
            );
        }
        // Each signed judgement is whole: every criterion decided, every attempt but the last referred.
        let attempts = read(format!("{}/submissions", judging.unit));
        let attempts = attempts.as_array().unwrap();
        assert_eq!(attempts.len(), judging.acknowledged("unit_submitted"));
        for attempt in attempts.iter().take(judging.acknowledged("judgement_signed")) {
            let result = read(format!("/submissions/{}/result", text(&attempt["submission"])));
            assert_eq!(result["state"], "referred", "{result:#}");
            let decided = result["criteria"].as_array().unwrap();
            assert_eq!(decided.len(), judging.criteria.len());
        }
    }
    serving.kill();

    let compared = Command::new(PROGRAM)
        .args(["rebuild", "--check", "--data"])
        .arg(&data)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&compared.stdout);
    assert!(compared.status.success(), "{told}");
}
