//! Everything checked against the ledger: the ledger against its own tree and the checkpoints that were signed, the tables,
//! the private texts and the files against the ledger. Whatever byte was changed is named.

use super::rows;
use crate::derive::award::IssuedFace;
use crate::derive::evidence::Content;
use crate::keys::KnownKey;
use crate::{App, Failure};
use assay_domain::award::Signatory;
use assay_domain::fact::{Entry, Fact};
use assay_domain::sealed::{self, Sealed};
use assay_ledger::{Checkpoint, SignedNote, VerifierKey};
use assay_store::statements::{signing_key as statements, specification};
use assay_store::{StoreFault, Tx, ledger, private};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Something that is not as the ledger says.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// `entry`, `tree`, `checkpoint`, `row`, `text`, `file` or `specification`.
    pub kind: &'static str,
    /// Which one.
    pub name: String,
    /// What is wrong with it.
    pub because: String,
}

impl Finding {
    fn new(kind: &'static str, name: impl Into<String>, because: impl Into<String>) -> Finding {
        Finding {
            kind,
            name: name.into(),
            because: because.into(),
        }
    }

    pub(super) fn row(table: &str, found_by: &str, because: String) -> Finding {
        Finding::new("row", format!("{table} {found_by}").trim().to_owned(), because)
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}: {}", self.kind, self.name, self.because)
    }
}

/// What was looked at and what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Soundness {
    pub entries: u64,
    /// The root over all entries, in hex.
    pub root: String,
    pub checkpoints: u64,
    pub rows: u64,
    pub texts: u64,
    /// Texts that were erased, of which only the digest is left.
    pub erased: u64,
    pub files: u64,
    /// Empty when all is as the ledger says.
    pub findings: Vec<Finding>,
}

/// Checks everything. `elsewhere` are checkpoints that somebody kept outside of this installation: only they show that
/// somebody with power over everything here has not written another history. `progress` is told what is looked at.
///
/// # Errors
/// A fault when the store fails.
pub fn verify(
    app: &App,
    elsewhere: &[Vec<u8>],
    progress: impl Fn(&str) + Send + Sync + Clone + 'static,
) -> Result<Soundness, Failure> {
    let mut found = Soundness::default();
    progress("the ledger and its tree");
    let sound = app.store().read(|tx| the_ledger(tx, elsewhere, &mut found))?;
    progress("private texts, specifications and files");
    app.store().read(|tx| what_is_sealed(app, tx, &mut found))?;
    if sound {
        progress("derived tables");
        let told = progress.clone();
        let (rows, findings) = rows::compare(app, move |applied| {
            if applied % 10_000 == 0 {
                told(&format!("{applied} entries applied"));
            }
        })?;
        found.rows = rows;
        found.findings.extend(findings);
    } else {
        found.findings.push(Finding::new(
            "row",
            "all tables",
            "not compared, because the ledger that they follow from is not sound",
        ));
    }
    Ok(found)
}

/// Whether entries can be read, so that tables can be derived from them.
fn the_ledger(tx: &mut Tx<'_>, elsewhere: &[Vec<u8>], found: &mut Soundness) -> Result<bool, Failure> {
    found.entries = ledger::size(tx)?;
    if let Some(altered) = ledger::find_alteration(tx)? {
        let kind = match altered {
            ledger::Altered::NodeChanged { .. } => "tree",
            _ => "entry",
        };
        let name = match altered {
            ledger::Altered::EntryMissing { sequence } | ledger::Altered::EntryChanged { sequence } => {
                sequence.to_string()
            }
            ledger::Altered::NodeChanged { level, position } => format!("level {level}, position {position}"),
        };
        found.findings.push(Finding::new(kind, name, altered.to_string()));
        return Ok(false);
    }
    found.root = ledger::root(tx)?.to_string();
    // The keys are read from the entries, not from their table, which is only now being checked.
    let keys = keys_of_entries(tx)?;
    let mut from = 0;
    loop {
        let page = tx.rows(&statements::LIST_CHECKPOINTS, &[from.into(), 500_i64.into()])?;
        let Some(last) = page.last() else { break };
        from = last.int("size")?.saturating_add(1);
        for row in &page {
            let name = format!("over {} entries, kept here", row.int("size")?);
            check_checkpoint(tx, row.text("note")?.as_bytes(), &name, &keys, found)?;
        }
    }
    for (at, note) in elsewhere.iter().enumerate() {
        check_checkpoint(
            tx,
            note,
            &format!("number {} kept elsewhere", at + 1),
            &keys,
            found,
        )?;
    }
    Ok(true)
}

fn check_checkpoint(
    tx: &mut Tx<'_>,
    note: &[u8],
    name: &str,
    keys: &[KnownKey],
    found: &mut Soundness,
) -> Result<(), Failure> {
    found.checkpoints += 1;
    let mut say = |because: String| found.findings.push(Finding::new("checkpoint", name, because));
    let note = match SignedNote::parse(note) {
        Ok(note) => note,
        Err(fault) => {
            say(fault.to_string());
            return Ok(());
        }
    };
    let checkpoint = match Checkpoint::parse(note.text()) {
        Ok(checkpoint) => checkpoint,
        Err(fault) => {
            say(fault.to_string());
            return Ok(());
        }
    };
    let verifiers: Vec<VerifierKey> = keys.iter().filter_map(|key| key.verifier().ok()).collect();
    match note.check(&verifiers) {
        Err(fault) => say(fault.to_string()),
        Ok(by) => {
            for signed in by {
                let id = signed.key.id().to_string();
                let allowed = keys
                    .iter()
                    .any(|key| key.id == id && key.may_sign(checkpoint.size));
                if !allowed {
                    say(format!(
                        "signed by the key {id}, which was not in use when the ledger had {} entries",
                        checkpoint.size
                    ));
                }
            }
        }
    }
    let size = ledger::size(tx)?;
    if checkpoint.size > size {
        say(format!(
            "the ledger had {} entries when this was signed and has {size} now: its end was dropped",
            checkpoint.size
        ));
    } else if ledger::root_of(tx, checkpoint.size)? != checkpoint.root {
        say(format!(
            "the first {} entries are not those that were signed: an entry was changed, reordered or replaced, and the tree \
             made to fit",
            checkpoint.size
        ));
    }
    Ok(())
}

fn keys_of_entries(tx: &mut Tx<'_>) -> Result<Vec<KnownKey>, Failure> {
    let mut found: Vec<KnownKey> = Vec::new();
    each_entry(tx, |_, sequence, entry| {
        match &entry.fact {
            Fact::SigningKeyIntroduced { key } => {
                if let Ok(verifier) = VerifierKey::parse(key) {
                    found.push(KnownKey {
                        id: verifier.id().to_string(),
                        public_key: key.clone(),
                        introduced: sequence,
                        introduced_at: entry.at.clone(),
                        retired: None,
                        retired_at: None,
                        ground: None,
                    });
                }
            }
            Fact::SigningKeyRetired { key, ground } => {
                for retired in found.iter_mut().filter(|known| known.id == *key) {
                    retired.retired = Some(sequence);
                    retired.retired_at = Some(entry.at.clone());
                    retired.ground = Some(ground.as_str().to_owned());
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(found)
}

/// Compares private texts with the digests in facts, and files and specifications with theirs.
fn what_is_sealed(app: &App, tx: &mut Tx<'_>, found: &mut Soundness) -> Result<(), Failure> {
    let mut files: BTreeSet<String> = BTreeSet::new();
    each_entry(tx, |tx, sequence, entry| {
        let mut sealed = Vec::new();
        collect(&serde_json::to_value(&entry.fact)?, &mut sealed);
        for reference in &sealed {
            the_text(tx, sequence, &entry, reference, found)?;
        }
        let file = match &entry.fact {
            Fact::EvidenceSaved { content, .. } => private::find(tx, content.id.as_str())?
                .and_then(|text| serde_json::from_str::<Content>(&text).ok())
                .map(|content| content.sha256),
            Fact::CertificateIssued { face, .. } => private::find(tx, face.id.as_str())?
                .and_then(|text| serde_json::from_str::<IssuedFace>(&text).ok())
                .map(|issued| issued.pdf),
            Fact::AwardingBodyThemed { logo, signatory, .. } => {
                if let Some(logo) = logo.as_ref().filter(|logo| files.insert(logo.sha256.clone())) {
                    the_file(app, &logo.sha256, sequence, found)?;
                }
                match signatory {
                    Some(signatory) => private::find(tx, signatory.id.as_str())?
                        .and_then(|text| serde_json::from_str::<Signatory>(&text).ok())
                        .and_then(|signatory| signatory.signature)
                        .map(|picture| picture.sha256),
                    None => None,
                }
            }
            Fact::SpecificationDrafted {
                specification,
                digest,
                ..
            } => {
                the_specification(tx, specification.as_str(), digest, found)?;
                None
            }
            _ => None,
        };
        if let Some(file) = file.filter(|file| !file.is_empty())
            && files.insert(file.clone())
        {
            the_file(app, &file, sequence, found)?;
        }
        Ok(())
    })
}

fn the_text(
    tx: &mut Tx<'_>,
    sequence: u64,
    entry: &Entry,
    reference: &Sealed,
    found: &mut Soundness,
) -> Result<(), Failure> {
    found.texts += 1;
    let named = |because: &str| {
        Finding::new(
            "text",
            reference.id.to_string(),
            format!("{because} (sealed by entry {sequence}, {})", entry.fact.name()),
        )
    };
    let held = match private::find_held(tx, reference.id.as_str()) {
        Ok(held) => held,
        // Bytes that are no text any more.
        Err(StoreFault::Row { .. }) => {
            found
                .findings
                .push(named("it was changed, and is not even text now"));
            return Ok(());
        }
        Err(other) => return Err(other.into()),
    };
    match held {
        None => found.findings.push(named("it is missing")),
        Some(held) => match held.content {
            None => found.erased += 1,
            Some((salt, content)) => {
                if sealed::digest(&salt, &content) != reference.digest {
                    found
                        .findings
                        .push(named("it, or its salt, was changed after it was sealed"));
                }
            }
        },
    }
    Ok(())
}

fn the_file(app: &App, sha256: &str, sequence: u64, found: &mut Soundness) -> Result<(), Failure> {
    found.files += 1;
    let files = app.store().files();
    let because = match files.exists(sha256) {
        Ok(true) if files.is_intact(sha256)? => return Ok(()),
        Ok(true) => "its bytes were changed after it was handed in",
        Ok(false) => "it is missing",
        Err(_) => "it has an address that no file can have",
    };
    found.findings.push(Finding::new(
        "file",
        sha256,
        format!("{because} (named by entry {sequence})"),
    ));
    Ok(())
}

fn the_specification(
    tx: &mut Tx<'_>,
    id: &str,
    digest: &str,
    found: &mut Soundness,
) -> Result<(), StoreFault> {
    let because = match tx.row(&specification::FIND_TEXT, &[id.into()])? {
        None => "its text is missing",
        Some(row) if hex::encode(Sha256::digest(row.text("text")?)) == digest => return Ok(()),
        Some(_) => "its text was changed after it was loaded",
    };
    found.findings.push(Finding::new("specification", id, because));
    Ok(())
}

/// References to private content anywhere in a fact.
fn collect(value: &serde_json::Value, found: &mut Vec<Sealed>) {
    match value {
        serde_json::Value::Object(members) => {
            let reference =
                members.len() == 2 && members.contains_key("id") && members.contains_key("digest");
            match serde_json::from_value::<Sealed>(value.clone()) {
                Ok(sealed) if reference => found.push(sealed),
                _ => members.values().for_each(|value| collect(value, found)),
            }
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| collect(value, found)),
        _ => {}
    }
}

/// Shows every entry in order.
fn each_entry(
    tx: &mut Tx<'_>,
    mut show: impl FnMut(&mut Tx<'_>, u64, Entry) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut next = 0;
    loop {
        let page = ledger::entries(tx, next, 1000)?;
        let Some(last) = page.last() else { return Ok(()) };
        next = last.sequence + 1;
        for kept in page {
            // An entry that cannot be read was named when the tree was computed anew.
            if let Ok(entry) = Entry::read(&kept.bytes) {
                show(tx, u64::try_from(kept.sequence).unwrap_or(0), entry)?;
            }
        }
    }
}
