//! The dossier of an award of the demonstration: exported, checked by the separate program's library, and refused in every
//! tampered copy.

use crate::batch::{act, person};
use crate::house::{House, PROGRAM, copy_demonstration};
use assay_app::award::dossier::{self, Disclosed};
use assay_app::award::list::{self, Wanted};
use assay_app::award::{claim, credit, release};
use assay_app::{Caller, Failure};
use assay_certify::{Dossier, Statement, digest_of};
use assay_domain::award::ClaimCredit;
use assay_domain::{Moment, Via};
use assay_ledger::{
    Algorithm, Checkpoint, SignedNote, SigningKey, VerifierKey, append, inclusion_proof, leaf_hash, root,
};
use assay_verify::{Derivation, check};
use assay_web::fresh::RandomFresh;
use std::collections::HashMap;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

/// The demonstration, its certificates, a named dossier of the first award and the public key.
struct Exported {
    folder: tempfile::TempDir,
    certificates: Vec<String>,
    bytes: Vec<u8>,
    key: VerifierKey,
}

fn types(words: &[&str], data: &Path) -> (bool, String) {
    let done = Command::new(PROGRAM)
        .args(words)
        .arg("--data")
        .arg(data)
        .output()
        .unwrap();
    let told = [done.stdout, done.stderr].concat();
    (done.status.success(), String::from_utf8(told).unwrap())
}

fn exported() -> &'static Exported {
    static MADE: OnceLock<Exported> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        copy_demonstration(&data);
        let (_, listed) = types(&["keys", "list"], &data);
        let key = listed.lines().nth(1).unwrap().trim();
        let store = assay_store::Store::open(
            &assay_store::StoreConfig::Sqlite {
                path: data.join("assay.db"),
            },
            &data.join("files"),
        )
        .unwrap();
        let facts: Vec<serde_json::Value> = store
            .read(|tx| assay_store::ledger::entries(tx, 0, 1_000_000))
            .unwrap()
            .iter()
            .map(|entry| serde_json::from_slice::<serde_json::Value>(&entry.bytes).unwrap()["fact"].take())
            .collect();
        let out_of_force = |certificate: &serde_json::Value| {
            facts.iter().any(|fact| {
                fact["fact"] == "certificate_revoked" && fact["certificate"] == *certificate
                    || fact["fact"] == "certificate_issued" && fact["replaces"] == *certificate
            })
        };
        let credit = |award: &serde_json::Value| {
            facts
                .iter()
                .any(|fact| fact["fact"] == "credit_released" && fact["award"] == *award)
        };
        // Those in force first, and of a qualification: the tests on one award take the first.
        let mut issued: Vec<&serde_json::Value> = facts
            .iter()
            .filter(|fact| fact["fact"] == "certificate_issued")
            .collect();
        issued.sort_by_key(|fact| (out_of_force(&fact["certificate"]), credit(&fact["award"])));
        let certificates: Vec<String> = issued
            .iter()
            .map(|fact| fact["number"].as_str().unwrap().to_owned())
            .collect();
        drop(store);
        let out = folder.path().join("first.json");
        let (done, told) = types(
            &[
                "award",
                "export",
                &certificates[0],
                "--named",
                "--out",
                out.to_str().unwrap(),
            ],
            &data,
        );
        assert!(done, "{told}");
        Exported {
            certificates,
            bytes: std::fs::read(&out).unwrap(),
            key: VerifierKey::parse(key).unwrap(),
            folder,
        }
    })
}

fn looked(bytes: &[u8]) -> Derivation {
    check(bytes, std::slice::from_ref(&exported().key))
}

fn fails_at(bytes: &[u8]) -> (&'static str, String) {
    let derivation = looked(bytes);
    let failure = derivation.failure().expect("it is refused").clone();
    assert!(!derivation.holds && derivation.claimed.is_none());
    (failure.step, failure.because)
}

fn changed(change: impl FnOnce(&mut Dossier)) -> Vec<u8> {
    let mut dossier = Dossier::read(&exported().bytes).unwrap();
    change(&mut dossier);
    dossier.write().unwrap()
}

#[test]
fn every_award_of_the_demonstration_is_confirmed_from_its_file_and_the_key_alone() {
    let exported = exported();
    let data = exported.folder.path().join("data");
    assert!(exported.certificates.len() >= 2);
    let mut revoked = 0;
    for (at, number) in exported.certificates.iter().enumerate() {
        let out = exported.folder.path().join(format!("{at}.json"));
        let (done, told) = types(
            &["award", "export", number, "--out", out.to_str().unwrap()],
            &data,
        );
        assert!(done, "{told}");
        let bytes = std::fs::read(&out).unwrap();
        let derivation = looked(&bytes);
        if let Some(failure) = derivation.failure() {
            assert!(failure.because.contains("was revoked"), "{number}: {failure:?}");
            revoked += 1;
            continue;
        }
        let claimed = derivation.claimed.unwrap();
        assert_eq!(claimed.learner_name, None);
        // The file names nobody.
        let text = String::from_utf8(bytes).unwrap();
        for name in ["Petrova", "Raman", "Okafor", "Bevan", "Marsh"] {
            assert!(!text.contains(name), "{name} stands in the dossier");
        }
    }
    assert!(revoked < exported.certificates.len());
}

#[test]
fn a_named_dossier_tells_the_way_of_the_award_in_words() {
    let derivation = looked(&exported().bytes);
    assert!(derivation.holds, "{:#?}", derivation.failure());
    let claimed = derivation.claimed.unwrap();
    assert!(claimed.learner_name.is_some_and(|name| name.contains(' ')));
    assert_eq!(claimed.certificate, exported().certificates[0]);
    let steps: Vec<&str> = derivation.steps.iter().map(|step| step.step).collect();
    for step in [
        "signature",
        "proofs",
        "specification",
        "registration",
        "unit",
        "combination",
        "separation",
        "certificate",
        "face",
    ] {
        assert!(steps.contains(&step), "{steps:?}");
    }
}

#[test]
fn no_single_bit_can_be_flipped_so_that_something_else_is_claimed() {
    let good = looked(&exported().bytes);
    let bytes = &exported().bytes;
    let text = String::from_utf8(bytes.clone()).unwrap();
    // All bits of the signed notes; elsewhere bits spread over the whole file, another selection in each byte.
    let notes = text.find("\"checkpoint\"").unwrap()..text.find("\"specifications\"").unwrap();
    let spread = (0..bytes.len())
        .step_by(bytes.len() / 1200 + 1)
        .map(|at| at * 8 + at % 8);
    let mut refused = 0;
    for bit in (notes.start * 8..notes.end * 8).chain(spread) {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let derivation = looked(&flipped);
        if derivation.holds {
            assert_eq!(derivation.claimed, good.claimed, "bit {bit}");
            assert_eq!(derivation.steps, good.steps, "bit {bit}");
        } else {
            refused += 1;
        }
    }
    println!("{refused} flips refused");
    assert!(refused > 1000);
}

#[test]
fn a_file_cut_short_of_another_version_or_of_great_size_is_refused_by_its_form() {
    let bytes = &exported().bytes;
    for length in [0, 1, bytes.len() / 2, bytes.len() - 3] {
        assert_eq!(fails_at(&bytes[..length]).0, "file", "cut after {length}");
    }
    let text = String::from_utf8(bytes.clone()).unwrap();
    let (step, because) = fails_at(text.replacen("assay-dossier/1", "assay-dossier/2", 1).as_bytes());
    assert!(step == "file" && because.contains("assay-dossier/2"), "{because}");
    let (step, because) = fails_at(&vec![b' '; 33 * 1024 * 1024]);
    assert!(step == "file" && because.contains("more than"), "{because}");
    let deep = format!("{{\"format\":{}", "[".repeat(1_000_000));
    assert_eq!(fails_at(deep.as_bytes()).0, "file");
}

#[test]
fn a_fact_left_out_added_or_exchanged_is_refused() {
    let left_out = changed(|dossier| {
        let verified = dossier
            .facts
            .iter()
            .position(|fact| fact.entry.contains("judgement_verified"));
        dossier.facts.remove(verified.unwrap());
    });
    let (step, because) = fails_at(&left_out);
    assert!(step == "statement" && because.contains("left out"), "{because}");
    let twice = changed(|dossier| dossier.facts.push(dossier.facts[0].clone()));
    assert_eq!(fails_at(&twice).0, "fact");
    let eased = changed(|dossier| {
        for fact in &mut dossier.facts {
            fact.entry = fact
                .entry
                .replace("not_yet_met", "met")
                .replace("\"credits\":", "\"credits\": ");
        }
    });
    assert_eq!(fails_at(&eased).0, "fact");
}

#[test]
fn an_eased_syllabus_and_another_certificates_face_are_refused() {
    let eased = changed(|dossier| dossier.specifications[0].text.push('\n'));
    assert_eq!(fails_at(&eased).0, "specification");
    let renamed = changed(|dossier| {
        if let Some(face) = &mut dossier.face {
            face.content = face
                .content
                .replace("\"learner_name\":\"", "\"learner_name\":\"Sir ");
        }
    });
    assert_eq!(fails_at(&renamed).0, "face");
}

#[test]
fn without_a_key_or_with_another_one_nothing_is_claimed() {
    let derivation = check(&exported().bytes, &[]);
    assert!(
        derivation
            .failure()
            .unwrap()
            .because
            .contains("no key was given to trust")
    );
    let other = SigningKey::from_seed(exported().key.name(), Algorithm::Ed25519, &[4; 32]).unwrap();
    let derivation = check(&exported().bytes, &[other.verifier()]);
    assert_eq!(derivation.failure().unwrap().step, "key");
}

/// The facts of the dossier in a ledger of the forger's own, with the forger's proofs and signatures, after a change.
fn forged(key: &SigningKey, change: impl FnOnce(&mut Vec<String>)) -> Vec<u8> {
    forged_of(&exported().bytes, key, change)
}

/// As [`forged`], of another dossier.
fn forged_of(bytes: &[u8], key: &SigningKey, change: impl FnOnce(&mut Vec<String>)) -> Vec<u8> {
    let mut dossier = Dossier::read(bytes).unwrap();
    let mut entries: Vec<String> = dossier.facts.iter().map(|fact| fact.entry.clone()).collect();
    // The forger's key takes the place of the ledger's.
    let theirs = exported().key.to_string();
    for entry in &mut entries {
        *entry = entry.replace(&theirs, &key.verifier().to_string());
    }
    change(&mut entries);
    let leaves: Vec<_> = entries.iter().map(|entry| leaf_hash(entry.as_bytes())).collect();
    let nodes: HashMap<_, _> = append(0, &leaves, Err)
        .unwrap()
        .into_iter()
        .map(|node| (node.place, node.hash))
        .collect();
    let known = |place| Ok::<_, std::convert::Infallible>(nodes[&place]);
    let size = entries.len() as u64;
    let checkpoint = Checkpoint {
        origin: key.name().to_owned(),
        size,
        root: root(size, known).unwrap(),
        extensions: vec![],
    };
    let said = Statement::parse(SignedNote::parse(dossier.statement.as_bytes()).unwrap().text()).unwrap();
    let statement = Statement {
        size,
        root: checkpoint.root,
        facts: digest_of((0..).zip(&leaves)),
        ..said
    };
    let mut statement = statement.note().unwrap();
    statement.sign(key, 0);
    dossier.statement = statement.to_string();
    dossier.checkpoint = checkpoint.sign(key).unwrap().to_string();
    dossier.facts = (0..)
        .zip(entries)
        .map(|(index, entry)| assay_certify::ProvenFact {
            index,
            entry,
            proof: inclusion_proof(index, size, known).unwrap().unwrap(),
        })
        .collect();
    dossier.write().unwrap()
}

/// A unit that the awarding body assessed is told to be so, and each rule of external assessment, broken by an owner who signs what they
/// like, is named.
#[test]
fn a_unit_assessed_by_the_awarding_body_is_confirmed_as_such_and_by_the_rules_for_it() {
    let exported = exported();
    let data = exported.folder.path().join("data");
    let bytes = exported
        .certificates
        .iter()
        .enumerate()
        .find_map(|(at, number)| {
            let out = exported.folder.path().join(format!("external-{at}.json"));
            let (done, told) = types(
                &["award", "export", number, "--out", out.to_str().unwrap()],
                &data,
            );
            assert!(done, "{told}");
            let bytes = std::fs::read(out).unwrap();
            String::from_utf8(bytes.clone())
                .unwrap()
                .contains("external_assessment_ordered")
                .then_some(bytes)
        })
        .expect("an award of the demonstration counts a unit that the awarding body assessed");
    let derivation = looked(&bytes);
    assert!(derivation.holds, "{:#?}", derivation.failure());
    let said: Vec<&String> = derivation
        .steps
        .iter()
        .map(|step| &step.because)
        .filter(|because| {
            because.contains("as external assessor of CMI") && because.contains("Assessed by CMI")
        })
        .collect();
    assert_eq!(said.len(), 1, "{:#?}", derivation.steps);
    let assessed: Vec<String> = derivation
        .claimed
        .unwrap()
        .units
        .into_iter()
        .filter(|unit| unit.assessed_by.as_deref() == Some("CMI"))
        .map(|unit| unit.number)
        .collect();
    assert_eq!(assessed, ["7010V1"]);

    let key = SigningKey::from_seed(exported.key.name(), Algorithm::Ed25519, &[4; 32]).unwrap();
    let looked = |bytes: &[u8]| {
        let derivation = check(bytes, &[key.verifier()]);
        derivation
            .failure()
            .map(|failure| (failure.step, failure.because.clone()))
    };
    assert_eq!(looked(&forged_of(&bytes, &key, |_| ())), None);
    let kind = |entry: &String, kind: &str| entry.contains(&format!("\"fact\":\"{kind}\""));
    let dropped = |gone: &'static str| {
        forged_of(&bytes, &key, move |entries| {
            entries.retain(|entry| !kind(entry, gone));
        })
    };
    let replaced = |fact: &'static str, from: &'static str, to: &'static str| {
        forged_of(&bytes, &key, move |entries| {
            let entry = entries
                .iter_mut()
                .find(|entry| kind(entry, fact) && entry.contains(from))
                .unwrap_or_else(|| panic!("no {fact} with {from}"));
            *entry = entry.replacen(from, to, 1);
        })
    };
    // As if the centre had judged it all the same.
    let by_the_centre = forged_of(&bytes, &key, |entries| {
        for entry in entries {
            if let Some((head, _)) = entry
                .clone()
                .split_once(",\"order\":\"ord_")
                .filter(|_| kind(entry, "judgement_signed"))
            {
                *entry = format!("{head}}}}}");
            }
        }
    });
    for (forged, words) in [
        (by_the_centre, "and the centre judged it"),
        (dropped("external_assessment_ordered"), "did not stand"),
        (
            dropped("external_assessment_received"),
            "was received by the awarding body",
        ),
        (
            dropped("external_assessor_allocated"),
            "is not the external assessor of the order",
        ),
        (
            replaced(
                "external_assessment_ordered",
                "\"fact\":\"external_assessment_ordered\"",
                "\"fact\":\"external_assessment_planned\"",
            ),
            "did not stand",
        ),
        (
            replaced(
                "role_granted",
                "\"role\":\"external_assessor\",\"centre\":null",
                "\"role\":\"tutor\",\"centre\":null",
            ),
            "role of external assessor",
        ),
        (
            // The external assessor holds a role at the centre as well.
            forged_of(&bytes, &key, |entries| {
                let centre = entries
                    .iter()
                    .find_map(|entry| {
                        Some(entry.split_once("\"centre\":\"")?.1.split_once('"')?.0.to_owned())
                    })
                    .unwrap();
                let at = entries
                    .iter()
                    .position(|entry| entry.contains("\"role\":\"external_assessor\""))
                    .unwrap();
                let second = entries[at]
                    .replace("\"grant\":\"grt_", "\"grant\":\"grt_x")
                    .replace("\"role\":\"external_assessor\"", "\"role\":\"tutor\"")
                    .replace("\"centre\":null", &format!("\"centre\":\"{centre}\""));
                entries.insert(at, second);
            }),
            "acted for the awarding body and was tutor at",
        ),
    ] {
        let (step, because) = looked(&forged).unwrap_or_else(|| panic!("it holds without: {words}"));
        assert!(step == "unit" && because.contains(words), "{step}: {because}");
    }
}

/// Even the owner of a ledger cannot have an award confirmed that the rules do not give: each rule, broken by an owner who
/// signs what they like, is named.
#[test]
fn an_owner_who_breaks_a_rule_is_refused_by_the_rule() {
    let key = SigningKey::from_seed(exported().key.name(), Algorithm::Ed25519, &[4; 32]).unwrap();
    let looked = |bytes: &[u8]| {
        let derivation = check(bytes, &[key.verifier()]);
        derivation
            .failure()
            .map(|failure| (failure.step, failure.because.clone()))
    };
    // Nothing broken: the forger's ledger holds by itself. That is why the key has to come from elsewhere.
    assert_eq!(looked(&forged(&key, |_| ())), None);
    let replace = |from: &'static str, to: &'static str, kind: &'static str| {
        forged(&key, move |entries| {
            let entry = entries
                .iter_mut()
                .find(|entry| entry.contains(&format!("\"fact\":\"{kind}\"")) && entry.contains(from))
                .unwrap_or_else(|| panic!("no {kind} with {from}"));
            *entry = entry.replacen(from, to, 1);
        })
    };
    for (from, to, kind, step, words) in [
        (
            "\"decision\":\"met\"",
            "\"decision\":\"not_yet_met\"",
            "judgement_signed",
            "unit",
            "is not met",
        ),
        (
            "\"satisfied\":true",
            "\"satisfied\":false",
            "judgement_signed",
            "unit",
            "not satisfied",
        ),
        (
            "\"outcome\":\"passed\"",
            "\"outcome\":\"referred\"",
            "judgement_signed",
            "unit",
            "says referred",
        ),
        (
            "\"criterion\":\"1.1\"",
            "\"criterion\":\"1.2\"",
            "judgement_signed",
            "unit",
            "exactly once",
        ),
        (
            "\"role\":\"assessor\"",
            "\"role\":\"tutor\"",
            "role_granted",
            "unit",
            "role of assessor",
        ),
        (
            "\"role\":\"internal_verifier\"",
            "\"role\":\"tutor\"",
            "role_granted",
            "unit",
            "role of internal verifier",
        ),
        (
            "\"role\":\"coordinator\"",
            "\"role\":\"tutor\"",
            "role_granted",
            "claim",
            "role of coordinator",
        ),
        (
            "\"role\":\"quality_manager\"",
            "\"role\":\"tutor\"",
            "role_granted",
            "release",
            "role of quality manager",
        ),
        (
            "\"ends_on\":\"2",
            "\"ends_on\":\"1",
            "learner_registered",
            "registration",
            "lasts from",
        ),
        (
            "\"identity\":{",
            "\"identity\":null,\"x\":{",
            "learner_registered",
            "registration",
            "identity",
        ),
        (
            "\"credits\":",
            "\"credits\":1",
            "award_released",
            "combination",
            "credits",
        ),
        (
            "\"credits\":",
            "\"credits\":1",
            "award_claimed",
            "unit",
            "credits",
        ),
        (
            "\"replaces\":null",
            "\"replaces\":\"crt_other\"",
            "certificate_issued",
            "certificate",
            "does not replace",
        ),
    ] {
        let (found, because) =
            looked(&replace(from, to, kind)).unwrap_or_else(|| panic!("{kind} {to} is confirmed"));
        assert_eq!(found, step, "{kind} {to}: {because}");
        assert!(because.contains(words), "{kind} {to}: {because}");
    }
    // One person in two roles.
    let by_one = forged(&key, |entries| {
        let by = |entry: &str| -> String {
            let entry: serde_json::Value = serde_json::from_str(entry).unwrap();
            entry["by"].as_str().unwrap().to_owned()
        };
        let find = |entries: &[String], kind: &str| {
            entries
                .iter()
                .position(|entry| entry.contains(&format!("\"fact\":\"{kind}\"")))
                .unwrap()
        };
        let assessor = by(&entries[find(entries, "judgement_signed")]);
        let verifier = by(&entries[find(entries, "judgement_verified")]);
        for entry in entries.iter_mut() {
            *entry = entry.replace(&verifier, &assessor);
        }
    });
    let (step, because) = looked(&by_one).unwrap();
    assert!(step == "separation" && because.contains("SD-1"), "{because}");
    // A unit less.
    let short = forged(&key, |entries| {
        let at = entries
            .iter()
            .position(|entry| entry.contains("\"fact\":\"award_claimed\""))
            .unwrap();
        let mut claim: serde_json::Value = serde_json::from_str(&entries[at]).unwrap();
        claim["fact"]["units"].as_array_mut().unwrap().pop();
        entries[at] = claim.to_string();
    });
    assert_eq!(looked(&short).unwrap().0, "combination");
    // A revocation.
    let revoked = forged(&key, |entries| {
        let issued: serde_json::Value = serde_json::from_str(
            entries
                .iter()
                .rev()
                .find(|entry| entry.contains("\"fact\":\"certificate_issued\""))
                .unwrap(),
        )
        .unwrap();
        let mut revoked = issued.clone();
        revoked["fact"] = serde_json::json!({
            "fact": "certificate_revoked",
            "certificate": issued["fact"]["certificate"],
            "on": "2019-10-14",
        });
        entries.push(revoked.to_string());
    });
    let (step, because) = looked(&revoked).unwrap();
    assert!(
        step == "certificate" && because.contains("was revoked"),
        "{because}"
    );
    // A result that was corrected, and an award that was withdrawn.
    let after = |kind: &'static str, fact: fn(&serde_json::Value) -> serde_json::Value| {
        forged(&key, move |entries| {
            let found: serde_json::Value = serde_json::from_str(
                entries
                    .iter()
                    .find(|entry| entry.contains(&format!("\"fact\":\"{kind}\"")))
                    .unwrap(),
            )
            .unwrap();
            let mut later = found.clone();
            later["fact"] = fact(&found["fact"]);
            entries.push(later.to_string());
        })
    };
    let corrected = after(
        "judgement_signed",
        |signed| serde_json::json!({ "fact": "result_corrected", "judgements": [signed["judgement"]] }),
    );
    let (step, because) = looked(&corrected).unwrap();
    assert!(step == "unit" && because.contains("was corrected"), "{because}");
    let withdrawn = after(
        "award_released",
        |released| serde_json::json!({ "fact": "award_withdrawn", "award": released["award"], "on": "2019-10-14" }),
    );
    let (step, because) = looked(&withdrawn).unwrap();
    assert!(
        step == "certificate" && because.contains("was withdrawn"),
        "{because}"
    );
    // A key that signs before it is introduced: dated later than the statement.
    let early = forged(&key, |entries| {
        let at = entries
            .iter()
            .position(|entry| entry.contains("signing_key_introduced"))
            .unwrap();
        let mut entry: serde_json::Value = serde_json::from_str(&entries[at]).unwrap();
        entry["at"] = "2999-01-01T00:00:00.000Z".into();
        entries[at] = entry.to_string();
    });
    let (step, because) = looked(&early).unwrap();
    assert!(
        step == "key" && because.contains("before it existed"),
        "{because}"
    );
}

#[test]
fn after_a_rotation_the_old_key_still_confirms_new_dossiers() {
    let exported = exported();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    crate::house::copy(&exported.folder.path().join("data"), &data);
    let (done, told) = types(&["keys", "rotate"], &data);
    assert!(done, "{told}");
    let out = folder.path().join("new.json");
    let (done, told) = types(
        &[
            "award",
            "export",
            &exported.certificates[0],
            "--out",
            out.to_str().unwrap(),
        ],
        &data,
    );
    assert!(done, "{told}");
    let derivation = looked(&std::fs::read(&out).unwrap());
    assert!(derivation.holds, "{:?}", derivation.failure());
    assert!(
        derivation.steps[0].because.contains("vouched for"),
        "{}",
        derivation.steps[0].because
    );
    // And the house is sound, with checkpoints by both keys.
    let (done, told) = types(&["ledger", "verify"], &data);
    assert!(done, "{told}");
}

/// The learner's own dossier of the first award.
fn with_evidence() -> &'static Vec<u8> {
    static MADE: OnceLock<Vec<u8>> = OnceLock::new();
    MADE.get_or_init(|| {
        let exported = exported();
        let out = exported.folder.path().join("own.json");
        let (done, told) = types(
            &[
                "award",
                "export",
                &exported.certificates[0],
                "--with-evidence",
                "--out",
                out.to_str().unwrap(),
            ],
            &exported.folder.path().join("data"),
        );
        assert!(done && told.contains("pieces of evidence are shown"), "{told}");
        std::fs::read(&out).unwrap()
    })
}

fn own_changed(change: impl FnOnce(&mut Dossier)) -> Vec<u8> {
    let mut dossier = Dossier::read(with_evidence()).unwrap();
    change(&mut dossier);
    dossier.write().unwrap()
}

#[test]
fn a_learner_shows_a_passage_and_it_is_the_one_that_was_judged() {
    let derivation = looked(with_evidence());
    assert!(derivation.holds, "{:#?}", derivation.failure());
    let told = |step: &str| {
        derivation
            .steps
            .iter()
            .filter(|found| found.step == step)
            .map(|found| found.because.clone())
            .collect::<Vec<_>>()
    };
    let (pieces, passages) = (told("evidence"), told("passage"));
    assert!(
        !pieces.is_empty() && !passages.is_empty(),
        "{pieces:?} {passages:?}"
    );
    assert!(pieces[0].contains("unchanged"), "{}", pieces[0]);
    assert!(
        passages[0].contains("was judged met on this passage"),
        "{}",
        passages[0]
    );
    // Without the learner's work the same is claimed.
    assert_eq!(
        derivation.claimed.unwrap().certificate,
        exported().certificates[0]
    );
}

#[test]
fn another_text_file_or_passage_than_was_judged_is_refused() {
    let reworded = own_changed(|dossier| {
        let piece = dossier
            .evidence
            .iter_mut()
            .find(|piece| !piece.passages.is_empty());
        piece.unwrap().passages[0].text.push_str(" brilliantly");
    });
    let (step, because) = fails_at(&reworded);
    assert!(
        step == "evidence" && because.contains("do not stand in the file"),
        "{because}"
    );
    let exchanged = own_changed(|dossier| dossier.evidence[0].file = Some("QmV0dGVyIHdvcms=".into()));
    let (step, because) = fails_at(&exchanged);
    assert!(
        step == "evidence" && because.contains("another one than was handed in"),
        "{because}"
    );
    let resealed = own_changed(|dossier| dossier.evidence[0].sealed.content.push(' '));
    assert!(fails_at(&resealed).1.contains("not what was sealed"));
    let twice = own_changed(|dossier| dossier.evidence.push(dossier.evidence[0].clone()));
    assert!(fails_at(&twice).1.contains("twice"));
    let of_another_piece = own_changed(|dossier| dossier.evidence[0].version += 1);
    assert_eq!(fails_at(&of_another_piece).0, "evidence");
}

#[test]
fn no_bit_of_the_learners_work_can_be_flipped_so_that_something_else_is_shown() {
    let good = looked(with_evidence());
    let bytes = with_evidence();
    let text = String::from_utf8(bytes.clone()).unwrap();
    let from = text.rfind("\"evidence\": [").unwrap();
    let spread = (from..bytes.len())
        .step_by((bytes.len() - from) / 800 + 1)
        .map(|at| at * 8 + at % 8);
    let mut refused = 0;
    for bit in spread {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let derivation = looked(&flipped);
        if derivation.holds {
            assert_eq!(derivation.claimed, good.claimed, "bit {bit}");
            let words = |steps: &[assay_verify::Step]| -> Vec<String> {
                steps
                    .iter()
                    .map(|step| {
                        step.because
                            .chars()
                            .filter(|letter| letter.is_alphanumeric())
                            .collect()
                    })
                    .collect()
            };
            assert_eq!(words(&derivation.steps), words(&good.steps), "bit {bit}");
        } else {
            refused += 1;
        }
    }
    assert!(refused > 400, "{refused}");
}

/// A recording is too large for the dossier: it is shown beside it.
#[test]
fn a_file_beside_the_dossier_is_told_to_be_the_one_that_was_judged_or_not() {
    use assay_verify::{ShownFile, check_showing};
    let mut content = None;
    let beside = own_changed(|dossier| {
        content = Some(dossier.evidence[0].sealed.content.clone());
        dossier.evidence[0].file = None;
        dossier.evidence[0].passages.clear();
    });
    let content: serde_json::Value = serde_json::from_str(&content.unwrap()).unwrap();
    let keys = std::slice::from_ref(&exported().key);
    let the_file = ShownFile {
        name: "work.md".into(),
        sha256: content["sha256"].as_str().unwrap().to_owned(),
    };
    let derivation = check_showing(&beside, keys, std::slice::from_ref(&the_file));
    assert!(derivation.holds, "{:?}", derivation.failure());
    assert!(
        derivation
            .steps
            .iter()
            .any(|step| step.because.contains("work.md is that very file"))
    );
    let another = ShownFile {
        name: "other.md".into(),
        sha256: "00".repeat(32),
    };
    let derivation = check_showing(&beside, keys, &[the_file, another]);
    assert!(
        derivation
            .failure()
            .unwrap()
            .because
            .contains("other.md is none of the files")
    );
}

/// The verifier reads facts by itself; what it reads is what the program wrote.
#[test]
fn the_verifiers_reading_of_facts_is_in_step_with_the_program() {
    let dossier = Dossier::read(with_evidence()).unwrap();
    let mut kinds = std::collections::BTreeSet::new();
    for fact in &dossier.facts {
        let theirs = assay_domain::Entry::read(fact.entry.as_bytes()).unwrap();
        assert_eq!(theirs.bytes().unwrap(), fact.entry.as_bytes());
        let ours = assay_certify::Entry::read(fact.entry.as_bytes()).unwrap();
        let ours = serde_json::to_value(&ours).unwrap();
        within(
            &ours,
            &serde_json::to_value(&theirs).unwrap(),
            &theirs.fact.name(),
        );
        assert_eq!(ours["fact"]["fact"], theirs.fact.name());
        kinds.insert(theirs.fact.name());
    }
    assert!(kinds.len() >= 13, "{kinds:?}");
}

/// That everything in `ours` stands in `theirs` with the same value.
fn within(ours: &serde_json::Value, theirs: &serde_json::Value, at: &str) {
    match (ours, theirs) {
        (serde_json::Value::Object(ours), serde_json::Value::Object(theirs)) => {
            for (name, value) in ours {
                within(
                    value,
                    theirs.get(name).unwrap_or(&serde_json::Value::Null),
                    &format!("{at}.{name}"),
                );
            }
        }
        (serde_json::Value::Array(ours), serde_json::Value::Array(theirs)) => {
            assert_eq!(ours.len(), theirs.len(), "{at}");
            for (one, other) in ours.iter().zip(theirs) {
                within(one, other, at);
            }
        }
        _ => assert_eq!(ours, theirs, "{at}"),
    }
}

#[test]
fn unit_credit_is_confirmed_from_its_file_and_needs_no_rule_of_combination() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    copy_demonstration(&data);
    let house = House::open(&data);
    let (coordinator, quality_manager) = (person(&house, "Carys Bevan"), person(&house, "Quentin Marsh"));
    let now: jiff::Timestamp = "2019-10-14T08:40:00Z".parse().unwrap();
    // Somebody who has achieved a unit and whose award is not met yet.
    let (registration, units) = act(&house, &coordinator, now, |acting| {
        let mut asking = acting.asking();
        for candidate in list::candidates(&mut asking, &Wanted::default())?.candidates {
            let view = claim::view(&mut asking, &candidate.registration)?;
            let free: Vec<String> = view
                .creditable
                .iter()
                .filter(|unit| unit.refusal.is_none())
                .map(|unit| unit.unit.clone())
                .collect();
            if !free.is_empty() && !view.hindrances.is_empty() && view.credit_hindrances.is_empty() {
                return Ok((candidate.registration, free));
            }
        }
        Err(Failure::NotFound)
    });
    let wanted = ClaimCredit { units: units.clone() };
    let claimed = act(&house, &coordinator, now, move |acting| {
        credit::claim(acting, &registration, &wanted)
    });
    let caller = Caller {
        person: Some(quality_manager.clone()),
        via: Via::Command,
        moment: Moment::new(now, &house.app.surroundings().zone),
    };
    let prepared = release::prepare(&house.app, &caller, &mut RandomFresh, &claimed.claim).unwrap();
    let released = act(&house, &quality_manager, now, move |acting| {
        release::run(acting, &prepared)
    });
    let number = released.certificate.clone();
    let dossier = act(&house, &quality_manager, now, move |acting| {
        let disclosed = Disclosed {
            named: true,
            evidence: false,
        };
        dossier::export(acting, &number, disclosed)
    });
    let (_, listed) = types(&["keys", "list"], &data);
    let key = VerifierKey::parse(listed.lines().nth(1).unwrap().trim()).unwrap();
    let looked = |dossier: &Dossier| check(&dossier.write().unwrap(), std::slice::from_ref(&key));
    let derivation = looked(&dossier);
    assert!(derivation.holds, "{:?}", derivation.failure());
    let claimed = derivation.claimed.unwrap();
    assert_eq!((claimed.kind, claimed.title.as_str()), ("credit", "Unit credit"));
    assert_eq!(claimed.qualification_number, "");
    assert_eq!(
        claimed.units.iter().map(|unit| &unit.number).collect::<Vec<_>>(),
        units.iter().collect::<Vec<_>>()
    );
    assert!(claimed.learner_name.is_some());

    // Another title, or one unit more on the face, is not what was sealed; without its claim nothing is derived.
    let mut changed = dossier.clone();
    let face = changed.face.as_mut().unwrap();
    assert!(face.content.contains("\"Unit credit\""));
    face.content = face.content.replace("\"Unit credit\"", "\"Diploma\"");
    assert!(!looked(&changed).holds);
    let mut changed = dossier;
    changed
        .facts
        .retain(|fact| !fact.entry.contains("credit_claimed"));
    assert!(!looked(&changed).holds);
}
