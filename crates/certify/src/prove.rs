//! Signatures and proofs of a dossier: everything but what the facts come to.

use crate::{Dossier, Entry, Fact, Statement, digest_of};
use assay_ledger::{
    Algorithm, Checkpoint, Hash, SignedNote, VerifierKey, check_consistency, check_inclusion, leaf_hash,
};
use sha2::{Digest, Sha256};

/// Which step of the proof does not hold, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// A word for programs: `checkpoint`, `statement`, `key`, `fact`, `handover`, `specification`, `face`.
    pub step: &'static str,
    /// A sentence for people.
    pub because: String,
}

/// A fact with its number in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    pub index: u64,
    pub entry: Entry,
}

/// What signatures and proofs show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven {
    pub checkpoint: Checkpoint,
    pub statement: Statement,
    /// The key that signed the checkpoint and the statement.
    pub signed_by: String,
    /// The trusted key, by which that key is trusted; the same one unless keys were rotated since.
    pub trusted: String,
    /// Witnesses among the trusted keys, with the second since 1970 at which each saw the checkpoint.
    pub witnesses: Vec<(String, u64)>,
    /// In the ledger's order.
    pub facts: Vec<Numbered>,
}

fn fault(step: &'static str, because: impl Into<String>) -> Fault {
    Fault {
        step,
        because: because.into(),
    }
}

/// Checks the signatures, the proof of every fact and the digest of every specification. `trusted` are the keys that whoever
/// asks has from elsewhere; the dossier's own word on keys is worth nothing without one.
///
/// # Errors
/// The first step that does not hold.
pub fn prove(dossier: &Dossier, trusted: &[VerifierKey]) -> Result<Proven, Fault> {
    let note = read_note("checkpoint", &dossier.checkpoint)?;
    let checkpoint = Checkpoint::parse(note.text()).map_err(|why| fault("checkpoint", why.to_string()))?;
    let facts = prove_facts(dossier, &checkpoint)?;
    let keys = Keys::of(&facts, &checkpoint)?;
    let signed_by = keys.signer("checkpoint", &note, &checkpoint)?;
    let statement = prove_statement(dossier, &checkpoint, &facts, &keys, &signed_by)?;
    let trusted_key = trust(dossier, &checkpoint, trusted, &keys, &signed_by)?;
    let witnesses = witnesses(&note, trusted)?;
    prove_specifications(dossier, &facts)?;
    Ok(Proven {
        checkpoint,
        statement,
        signed_by: signed_by.to_string(),
        trusted: trusted_key.to_string(),
        witnesses,
        facts: facts.into_iter().map(|(fact, _)| fact).collect(),
    })
}

fn read_note(step: &'static str, text: &str) -> Result<SignedNote, Fault> {
    SignedNote::parse(text.as_bytes()).map_err(|why| fault(step, why.to_string()))
}

fn prove_facts(dossier: &Dossier, checkpoint: &Checkpoint) -> Result<Vec<(Numbered, Hash)>, Fault> {
    let mut proven: Vec<(Numbered, Hash)> = Vec::with_capacity(dossier.facts.len());
    for fact in &dossier.facts {
        let named = |why: &str| fault("fact", format!("entry {}: {why}", fact.index));
        if proven
            .last()
            .is_some_and(|(before, _)| before.index >= fact.index)
        {
            return Err(named("it stands twice, or out of order"));
        }
        let leaf = leaf_hash(fact.entry.as_bytes());
        check_inclusion(fact.index, checkpoint.size, &leaf, &fact.proof, &checkpoint.root)
            .map_err(|why| named(&why.to_string()))?;
        let entry =
            Entry::read(fact.entry.as_bytes()).map_err(|why| named(&format!("it cannot be read: {why}")))?;
        if entry.v != crate::fact::ENTRY_VERSION {
            return Err(named(&format!(
                "it is of version {}, which is not known here",
                entry.v
            )));
        }
        proven.push((
            Numbered {
                index: fact.index,
                entry,
            },
            leaf,
        ));
    }
    Ok(proven)
}

/// A key as the ledger's facts tell its life.
struct Life {
    key: VerifierKey,
    introduced: u64,
    introduced_at: String,
    retired: Option<u64>,
    exposed: bool,
}

struct Keys(Vec<Life>);

impl Keys {
    fn of(facts: &[(Numbered, Hash)], checkpoint: &Checkpoint) -> Result<Keys, Fault> {
        let mut lives: Vec<Life> = Vec::new();
        for (fact, _) in facts {
            match &fact.entry.fact {
                Fact::SigningKeyIntroduced { key } => {
                    let parsed = VerifierKey::parse(key)
                        .map_err(|why| fault("key", format!("entry {}: {why}", fact.index)))?;
                    if parsed.name() != checkpoint.origin {
                        return Err(fault(
                            "key",
                            format!("entry {} introduces a key of another ledger", fact.index),
                        ));
                    }
                    lives.push(Life {
                        key: parsed,
                        introduced: fact.index,
                        introduced_at: fact.entry.at.clone(),
                        retired: None,
                        exposed: false,
                    });
                }
                Fact::SigningKeyRetired { key, ground } => {
                    for life in lives.iter_mut().filter(|life| life.key.id().to_string() == *key) {
                        life.retired = Some(fact.index);
                        life.exposed = ground == "exposed";
                    }
                }
                _ => {}
            }
        }
        Ok(Keys(lives))
    }

    fn find(&self, key: &VerifierKey) -> Option<&Life> {
        self.0.iter().find(|life| life.key == *key)
    }

    fn all(&self) -> Vec<VerifierKey> {
        self.0.iter().map(|life| life.key.clone()).collect()
    }

    /// The key in use that signed this note about the ledger of this size: introduced before, not yet retired. At a
    /// handover there are two, and the newer one is answered.
    fn signer(
        &self,
        step: &'static str,
        note: &SignedNote,
        checkpoint: &Checkpoint,
    ) -> Result<VerifierKey, Fault> {
        let keys = self.all();
        let by = note.check(&keys).map_err(|why| {
            fault(
                step,
                format!("{why}; the ledger's own facts introduce {} key(s)", keys.len()),
            )
        })?;
        for signed in by.iter().rev() {
            let Some(life) = self.find(signed.key) else {
                continue;
            };
            if life.introduced >= checkpoint.size {
                return Err(fault(
                    "key",
                    format!("the key {} signed before it existed", life.key.id()),
                ));
            }
            let retired = life
                .retired
                .filter(|retired| checkpoint.size > retired.saturating_add(1));
            if retired.is_some() {
                return Err(fault(
                    "key",
                    format!("the key {} signed after it was retired", life.key.id()),
                ));
            }
            if life.exposed {
                return Err(fault(
                    "key",
                    format!(
                        "the key {} was given up because others may have it",
                        life.key.id()
                    ),
                ));
            }
        }
        by.iter()
            .filter_map(|signed| self.find(signed.key))
            .max_by_key(|life| life.introduced)
            .map(|life| life.key.clone())
            .ok_or_else(|| fault(step, "no key of this ledger has signed"))
    }
}

fn prove_statement(
    dossier: &Dossier,
    checkpoint: &Checkpoint,
    facts: &[(Numbered, Hash)],
    keys: &Keys,
    signed_by: &VerifierKey,
) -> Result<Statement, Fault> {
    let note = read_note("statement", &dossier.statement)?;
    let said = Statement::parse(note.text()).map_err(|why| fault("statement", why.to_string()))?;
    note.check(std::slice::from_ref(signed_by))
        .map_err(|why| fault("statement", why.to_string()))?;
    if (&said.origin, said.size, said.root) != (&checkpoint.origin, checkpoint.size, checkpoint.root) {
        return Err(fault(
            "statement",
            "it is about another checkpoint than the one in this dossier",
        ));
    }
    if said.award != dossier.award {
        return Err(fault(
            "statement",
            "it is about another award than the one in this dossier",
        ));
    }
    if said.facts != digest_of(facts.iter().map(|(fact, leaf)| (fact.index, leaf))) {
        return Err(fault(
            "statement",
            "the facts of this dossier are not those that were stated to be all: one was left out, added or exchanged",
        ));
    }
    if keys
        .find(signed_by)
        .is_some_and(|life| said.at < life.introduced_at)
    {
        return Err(fault(
            "key",
            format!("the key {} signed before it existed", signed_by.id()),
        ));
    }
    if let Some((fact, _)) = facts.iter().find(|(fact, _)| fact.entry.at > said.at) {
        return Err(fault(
            "statement",
            format!(
                "entry {} is dated after the statement that speaks of it",
                fact.index
            ),
        ));
    }
    Ok(said)
}

/// Finds the trusted key from which trust reaches the key that signed: itself, or one that signed a handover at which the
/// ledger already held the signer's introduction.
fn trust(
    dossier: &Dossier,
    checkpoint: &Checkpoint,
    trusted: &[VerifierKey],
    keys: &Keys,
    signed_by: &VerifierKey,
) -> Result<VerifierKey, Fault> {
    let ledgers: Vec<VerifierKey> = trusted
        .iter()
        .filter(|key| key.algorithm() == Algorithm::Ed25519)
        .cloned()
        .collect();
    if ledgers.is_empty() {
        return Err(fault(
            "key",
            format!(
                "no key was given to trust. The file names {signed_by} as its own; compare it with the one that the awarding \
                 body publishes, and give that one with --key"
            ),
        ));
    }
    let mut reaches = ledgers.contains(signed_by).then(|| signed_by.clone());
    for handover in &dossier.handovers {
        let note = read_note("handover", &handover.checkpoint)?;
        let earlier = Checkpoint::parse(note.text()).map_err(|why| fault("handover", why.to_string()))?;
        if earlier.origin != checkpoint.origin {
            return Err(fault("handover", "it is a checkpoint of another ledger"));
        }
        check_consistency(
            earlier.size,
            checkpoint.size,
            &earlier.root,
            &checkpoint.root,
            &handover.consistency,
        )
        .map_err(|why| fault("handover", why.to_string()))?;
        keys.signer("handover", &note, &earlier)?;
        // Whoever trusts a key that signed this checkpoint trusts what the ledger held then, the next key among it.
        if reaches.is_none()
            && let Ok(by) = note.check(&ledgers)
            && let Some(first) = by.first()
            && keys
                .find(signed_by)
                .is_some_and(|life| life.introduced < earlier.size)
        {
            reaches = Some(first.key.clone());
        }
    }
    reaches.ok_or_else(|| {
        fault(
            "key",
            format!("the file is signed by {signed_by}, which is not a key that was given, and none of those vouches for it"),
        )
    })
}

fn witnesses(note: &SignedNote, trusted: &[VerifierKey]) -> Result<Vec<(String, u64)>, Fault> {
    let witnesses: Vec<VerifierKey> = trusted
        .iter()
        .filter(|key| key.algorithm() == Algorithm::Cosignature)
        .cloned()
        .collect();
    if witnesses.is_empty() {
        return Ok(Vec::new());
    }
    let by = note
        .check(&witnesses)
        .map_err(|why| fault("checkpoint", format!("of the witnesses that were given: {why}")))?;
    Ok(by
        .iter()
        .filter_map(|signed| Some((signed.key.name().to_owned(), signed.seen?)))
        .collect())
}

fn prove_specifications(dossier: &Dossier, facts: &[(Numbered, Hash)]) -> Result<(), Fault> {
    for (at, held) in dossier.specifications.iter().enumerate() {
        let drafted = facts.iter().find_map(|(fact, _)| match &fact.entry.fact {
            Fact::SpecificationDrafted {
                specification,
                digest,
            } if *specification == held.id => Some(digest),
            _ => None,
        });
        let named = |why: &str| fault("specification", format!("{}: {why}", held.id));
        let Some(digest) = drafted else {
            return Err(named("no fact of this dossier loads it"));
        };
        if hex::encode(Sha256::digest(&held.text)) != *digest {
            return Err(named("its text is not the one that was approved"));
        }
        if !matches!(held.format.as_str(), "toml" | "json") {
            return Err(named("it is in a format that is not known here"));
        }
        if dossier
            .specifications
            .iter()
            .take(at)
            .any(|other| other.id == held.id)
        {
            return Err(named("it stands twice"));
        }
    }
    Ok(())
}
