//! Signed checkpoints: made when somebody asks, kept, and joined by the cosignatures of witnesses.

use crate::{App, Failure, keys};
use assay_ledger::{Checkpoint, SignedNote, SigningKey, VerifierKey};
use assay_store::statements::signing_key as statements;
use assay_store::{StoreFault, Tx, ledger};

/// The checkpoint over all entries, signed by the key in use. When the ledger has not grown it is the one that was kept;
/// else a new one is signed and kept. When there is no key to sign with, the latest that was ever kept; none when there is
/// none.
///
/// # Errors
/// A fault when the store or the folder of keys fails.
pub fn latest(app: &App) -> Result<Option<SignedNote>, Failure> {
    let kept = app.store().read(|tx| -> Result<_, Failure> {
        let size = ledger::size(tx)?;
        Ok((
            find(tx, size)?,
            find_latest(tx)?,
            keys::find_current(tx)?.is_some(),
        ))
    })?;
    match kept {
        (Some(current), _, _) => return Ok(Some(current)),
        (None, before, false) => return Ok(before),
        (None, _, true) => {}
    }
    let path = app.surroundings().keys.clone();
    app.store().command(move |tx: &mut Tx<'_>| -> Result<_, Failure> {
        match keys::find_secret(tx, path.as_deref())? {
            Some(key) => keep_signed(tx, &[&key]).map(Some),
            None => find_latest(tx),
        }
    })
}

/// Signs the ledger as it is in this transaction and keeps the checkpoint. The first key's name is the ledger's.
///
/// # Errors
/// A fault when the store fails or there is no key.
pub fn keep_signed(tx: &mut Tx<'_>, keys: &[&SigningKey]) -> Result<SignedNote, Failure> {
    let size = ledger::size(tx)?;
    if let Some(kept) = find(tx, size)? {
        return Ok(kept);
    }
    let (first, others) = keys
        .split_first()
        .ok_or_else(|| Failure::Fault("a checkpoint without a key".into()))?;
    let checkpoint = Checkpoint {
        origin: first.name().to_owned(),
        size,
        root: ledger::root(tx)?,
        extensions: Vec::new(),
    };
    let mut note = checkpoint
        .sign(first)
        .map_err(|fault| Failure::Fault(fault.to_string()))?;
    for other in others {
        note.sign(other, 0);
    }
    keep(tx, size, &note)?;
    Ok(note)
}

/// Takes in what a witness sent back: a checkpoint that was given out here, with the witness's cosignature. Answers how many
/// cosignatures were new.
///
/// # Errors
/// `Unreadable` when it is no such note, is about a checkpoint that was never given out, or none of these witnesses has
/// signed it; a fault when the store fails.
pub fn add_cosignatures(tx: &mut Tx<'_>, note: &[u8], witnesses: &[VerifierKey]) -> Result<usize, Failure> {
    let refused = |why: String| Failure::unreadable("note", why);
    let sent = SignedNote::parse(note).map_err(|fault| refused(fault.to_string()))?;
    let checkpoint = Checkpoint::parse(sent.text()).map_err(|fault| refused(fault.to_string()))?;
    let Some(mut kept) = find(tx, checkpoint.size)?.filter(|kept| kept.text() == sent.text()) else {
        return Err(refused("this checkpoint was not given out here".into()));
    };
    sent.check(witnesses)
        .map_err(|fault| refused(fault.to_string()))?;
    let before = kept.signatures().len();
    for signature in sent.signatures() {
        let witness = |key: &VerifierKey| key.id() == signature.id && key.name() == signature.name;
        if witnesses.iter().any(witness) {
            kept.add(signature.clone());
        }
    }
    keep(tx, checkpoint.size, &kept)?;
    Ok(kept.signatures().len() - before)
}

/// The checkpoint of a size that was kept.
///
/// # Errors
/// A fault when the store fails or what is kept is no note.
pub fn find(tx: &mut Tx<'_>, size: u64) -> Result<Option<SignedNote>, Failure> {
    let row = tx.row(&statements::FIND_CHECKPOINT, &[number(size)?.into()])?;
    row.map(|row| read(&row.text("note")?)).transpose()
}

fn find_latest(tx: &mut Tx<'_>) -> Result<Option<SignedNote>, Failure> {
    let row = tx.row(&statements::FIND_LATEST_CHECKPOINT, &[])?;
    row.map(|row| read(&row.text("note")?)).transpose()
}

fn keep(tx: &mut Tx<'_>, size: u64, note: &SignedNote) -> Result<(), StoreFault> {
    tx.run(
        &statements::KEEP_CHECKPOINT,
        &[number(size)?.into(), note.to_string().into()],
    )?;
    Ok(())
}

fn read(note: &str) -> Result<SignedNote, Failure> {
    SignedNote::parse(note.as_bytes()).map_err(|fault| Failure::Fault(format!("a kept checkpoint: {fault}")))
}

fn number(size: u64) -> Result<i64, StoreFault> {
    i64::try_from(size).map_err(|_| StoreFault::File("a size is too large".into()))
}
