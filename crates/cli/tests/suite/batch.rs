//! Many claims released by a command that is killed again and again: each award is there once, and nothing is left over but what the rules
//! refuse, with the reason.

use crate::house::{House, PROGRAM, copy_demonstration};
use assay_app::account::demonstration;
use assay_app::account::token::{self, MakeToken, Scope};
use assay_app::award::{claim, release};
use assay_app::registration::register::{self, RegisterLearner};
use assay_app::specification::load::{self, LoadSpecification};
use assay_app::specification::stage::{self, Move};
use assay_app::{Acting, Caller, Failure};
use assay_domain::fact::{AiUse, Declaration, Outcome};
use assay_domain::id::{JudgementId, PersonId, SubmissionId, VerificationId};
use assay_domain::{Decision, Fact, Moment, Role, Via};
use assay_specification::Format;
use assay_store::{Store, StoreConfig};
use assay_web::clock::{Clock, RealClock};
use assay_web::fresh::RandomFresh;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

const CLAIMS: usize = 6;
const UNIT: &str = "7016V1";
const SYLLABUS: &str =
    include_str!("../../../../specifications/cmi-level-7-leadership-coaching-and-mentoring.toml");

/// The command goes by the machine's clock, so what it releases happened of late.
fn days_ago(days: i64) -> Timestamp {
    RealClock
        .now()
        .checked_sub(SignedDuration::from_hours(24 * days))
        .unwrap()
}

/// What somebody does at a time.
pub fn act<T: Send + 'static>(
    house: &House,
    who: &PersonId,
    at: Timestamp,
    act: impl FnOnce(&mut Acting<'_, '_>) -> Result<T, Failure> + Send + 'static,
) -> T {
    let caller = Caller {
        person: Some(who.clone()),
        via: Via::Command,
        moment: Moment::new(at, &house.app.surroundings().zone),
    };
    house.app.act(caller, Box::new(RandomFresh), act).unwrap()
}

/// Somebody of the demonstration by name.
pub fn person(house: &House, name: &str) -> PersonId {
    let nobody = Caller {
        person: None,
        via: Via::Command,
        moment: Moment::new(
            "2019-10-14T08:30:00Z".parse().unwrap(),
            &house.app.surroundings().zone,
        ),
    };
    let people = house.app.ask(&nobody, demonstration::people).unwrap();
    let found = people.into_iter().find(|trial| trial.name == name);
    found.unwrap_or_else(|| panic!("{name} is nobody here")).person
}

/// The next version of the syllabus, open for registration today.
fn publish_next_version(house: &House) {
    let text = SYLLABUS
        .replacen("version = \"6\"", "version = \"7\"", 1)
        .replacen(
            "registration_ends = 2020-08-31",
            "registration_ends = 2199-08-31",
            1,
        );
    let loaded = act(house, &person(house, "Ada Whitlock"), days_ago(200), |acting| {
        let id = load::run(
            acting,
            LoadSpecification {
                format: Format::Toml,
                text,
            },
        )?;
        stage::run(acting, &id, Move::Check)?;
        Ok(id)
    });
    act(
        house,
        &person(house, "Quentin Marsh"),
        days_ago(200),
        move |acting| {
            stage::run(acting, &loaded, Move::Approve)?;
            stage::run(acting, &loaded, Move::Publish)
        },
    );
}

/// A name that no other learner has, of letters alone.
fn family(number: usize) -> String {
    let letters = number
        .to_string()
        .bytes()
        .map(|digit| char::from(digit - b'0' + b'a'))
        .collect::<String>();
    format!("Ashby {letters}")
}

/// Learners with the Award achieved and claimed.
fn make_claims(house: &House, how_many: usize) {
    let coordinator = person(house, "Carys Bevan");
    let (assessor, verifier) = (person(house, "Asha Raman"), person(house, "Grace Okafor"));
    for number in 0..how_many {
        let registration = act(house, &coordinator, days_ago(180), move |acting| {
            let centre = acting
                .actor()?
                .centres_as(Role::Coordinator)
                .into_iter()
                .next()
                .ok_or(Failure::NotFound)?;
            let input = RegisterLearner {
                centre,
                given: "Robin".into(),
                family: family(number),
                born_on: Some(jiff::civil::date(1985, 3, 2)),
                email: Some(format!("robin{number}@learner.example")),
                qualification: "7A2V2".into(),
                start_on: acting.today(),
                number: None,
                identity: Some("passport seen".into()),
                authority: Some("Head of learning".into()),
                uln: None,
                member_number: None,
            };
            Ok(register::run(acting, &input)?.registration)
        });
        let of = registration.clone();
        let judgement = act(house, &assessor, days_ago(60), move |acting| {
            let submission = SubmissionId::fresh(acting.fresh);
            let judgement = JudgementId::fresh(acting.fresh);
            let mut decision = Decision::of(Fact::UnitSubmitted {
                submission: submission.clone(),
                registration: of,
                unit: UNIT.into(),
                attempt: 1,
                revision: 1,
                items: Vec::new(),
                passages: Vec::new(),
                words: 3000,
                declaration: Declaration {
                    own_work: true,
                    ai_use: AiUse::None,
                    ai_detail: None,
                },
                frozen: "00".repeat(32),
                changes: None,
            });
            decision.fact(Fact::JudgementSigned {
                judgement: judgement.clone(),
                submission,
                outcome: Outcome::Passed,
                criteria: Vec::new(),
                qualities: Vec::new(),
                feedback: None,
                supersedes: None,
                countersignature_due: false,
                order: None,
            });
            acting.record(decision)?;
            Ok(judgement)
        });
        act(house, &verifier, days_ago(50), move |acting| {
            let verification = VerificationId::fresh(acting.fresh);
            acting.record(Decision::of(Fact::JudgementVerified {
                verification,
                judgement,
                agreed: true,
                criteria: Vec::new(),
                remark: None,
            }))
        });
        act(house, &coordinator, days_ago(5), move |acting| {
            claim::claim(acting, &registration)
        });
    }
}

fn make_token(house: &House, who: &PersonId, scope: Scope) -> String {
    act(house, who, RealClock.now(), move |acting| {
        let input = MakeToken {
            name: "batch".into(),
            scope,
            days: 1,
        };
        token::make(acting, input)
    })
}

fn command(data: &Path, token: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .args(["award", "release", "--public-address", "https://assay.example"])
        .arg("--data")
        .arg(data)
        .arg("--token-file")
        .arg(token);
    command
}

/// How often each claim was released, and how often each certificate number was given out.
fn counted(store: &Store) -> (BTreeMap<String, usize>, BTreeMap<String, usize>) {
    let entries = store
        .read(|tx| assay_store::ledger::entries(tx, 0, 1_000_000))
        .unwrap();
    let (mut claims, mut numbers) = (BTreeMap::new(), BTreeMap::new());
    for entry in entries {
        let entry: serde_json::Value = serde_json::from_slice(&entry.bytes).unwrap();
        let fact = &entry["fact"];
        let (counts, of) = match fact["fact"].as_str() {
            Some("award_released") => (&mut claims, &fact["claim"]),
            Some("certificate_issued") => (&mut numbers, &fact["number"]),
            _ => continue,
        };
        *counts.entry(of.as_str().unwrap().to_owned()).or_insert(0) += 1;
    }
    (claims, numbers)
}

#[test]
fn a_batch_that_is_killed_again_and_again_releases_each_claim_once_and_says_why_others_are_left() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    copy_demonstration(&data);
    let house = House::open(&data);
    publish_next_version(&house);
    make_claims(&house, CLAIMS);
    let quality_manager = person(&house, "Quentin Marsh");
    let make = |who: &PersonId, scope| make_token(&house, who, scope);
    let write = |name: &str, token: String| {
        let path = folder.path().join(name);
        std::fs::write(&path, format!("{token}\n")).unwrap();
        path
    };
    let token = write("token", make(&quality_manager, Scope::Write));
    let reading = write("reading", make(&quality_manager, Scope::Read));
    let coordinators = write("coordinators", make(&person(&house, "Carys Bevan"), Scope::Write));
    let unknown = write("unknown", "assay_nobody".into());
    // The demonstration's own claims, of 2019, wait too.
    let asker = Caller {
        person: Some(quality_manager.clone()),
        via: Via::Command,
        moment: Moment::new(RealClock.now(), &house.app.surroundings().zone),
    };
    let waiting = house
        .app
        .ask(&asker, |asking| release::list(asking, 1))
        .unwrap()
        .total;
    let old = usize::try_from(waiting).unwrap() - CLAIMS;
    assert!(old > 0, "the demonstration has a claim that waits");
    drop(house);
    let path = data.join("assay.db");
    let store = Store::open(&StoreConfig::Sqlite { path }, &data.join("files")).unwrap();
    let before = counted(&store);

    let told =
        |output: &Output| String::from_utf8_lossy(&[&*output.stdout, &*output.stderr].concat()).into_owned();
    for (token, why) in [
        (&reading, "may only read"),
        (&coordinators, "is no quality manager"),
        (&unknown, "is not known here"),
    ] {
        let refused = command(&data, token).output().unwrap();
        assert!(!refused.status.success(), "{}", told(&refused));
        assert!(told(&refused).contains(why), "{}", told(&refused));
    }
    let checked = command(&data, &reading).arg("--check").output().unwrap();
    assert!(
        told(&checked).contains(&format!("Could be released now: {CLAIMS} awards.")),
        "{}",
        told(&checked)
    );
    assert_eq!(counted(&store), before, "looking releases nothing");

    // Killed as soon as one more is released, until it comes to its end.
    let mut kills = 0;
    loop {
        let so_far = counted(&store).0.len();
        let mut child = command(&data, &token)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let finished = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break Some(status);
            }
            if counted(&store).0.len() > so_far {
                break None;
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        if finished.is_some() {
            break;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        kills += 1;
    }
    assert!(kills > 0, "it was killed in the middle");

    let (claims, numbers) = counted(&store);
    assert_eq!(claims.len(), before.0.len() + CLAIMS, "every claim is released");
    assert_eq!(numbers.len(), before.1.len() + CLAIMS);
    assert!(claims.values().chain(numbers.values()).all(|times| *times == 1));

    let again = command(&data, &token).output().unwrap();
    let words = told(&again);
    assert_eq!(again.status.code(), Some(1), "{words}");
    assert!(words.contains("Released: 0 awards."), "{words}");
    assert!(
        words.contains(&format!("Left: {old}, for these reasons.")),
        "{words}"
    );
    assert_eq!(words.matches("(REG_EXPIRED)").count(), old, "{words}");
    assert!(words.contains("The registration ended on"), "{words}");
    assert_eq!(counted(&store), (claims, numbers));
}

/// Says how many are released a second; `ASSAY_BATCH` says of how many claims.
#[test]
#[ignore = "a measurement, for whoever asks for it"]
fn a_batch_is_measured() {
    let how_many: u32 = std::env::var("ASSAY_BATCH").map_or(300, |text| text.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    copy_demonstration(&data);
    let house = House::open(&data);
    publish_next_version(&house);
    make_claims(&house, usize::try_from(how_many).unwrap());
    let token = folder.path().join("token");
    std::fs::write(
        &token,
        make_token(&house, &person(&house, "Quentin Marsh"), Scope::Write),
    )
    .unwrap();
    drop(house);
    let began = std::time::Instant::now();
    let done = command(&data, &token).output().unwrap();
    let took = began.elapsed().as_secs_f64();
    let told = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(told.contains(&format!("Released: {how_many} awards.")), "{told}");
    eprintln!("{}", String::from_utf8_lossy(&done.stderr));
    eprintln!(
        "{how_many} in {took:.1} s: {:.1} a second",
        f64::from(how_many) / took
    );
}
