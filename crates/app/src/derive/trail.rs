//! The audit trail: for every id that an entry names, and for what that id belongs to, one line. Applied after all other
//! derivations, because it looks up what a submission or an award belongs to.

use assay_domain::fact::Entry;
use assay_store::statements::{
    award, correction, evidence, external_assessment, judgement, name_change, submission, trail as statements,
};
use assay_store::{StoreFault, Tx};
use std::collections::BTreeSet;

pub(super) fn apply(tx: &mut Tx<'_>, sequence: i64, entry: &Entry) -> Result<(), StoreFault> {
    tx.run(
        &statements::ADD,
        &[
            sequence.into(),
            (&entry.at).into(),
            super::person(entry),
            entry.via.as_str().into(),
            (&entry.act).into(),
            entry.fact.name().into(),
        ],
    )?;
    for subject in subjects(tx, entry)? {
        tx.run(&statements::ADD_SUBJECT, &[subject.into(), sequence.into()])?;
    }
    Ok(())
}

fn subjects(tx: &mut Tx<'_>, entry: &Entry) -> Result<BTreeSet<String>, StoreFault> {
    let mut found = BTreeSet::new();
    let mut unit = None;
    if let Ok(serde_json::Value::Object(members)) = serde_json::to_value(&entry.fact) {
        unit = members
            .get("unit")
            .and_then(|unit| unit.as_str().map(str::to_owned));
        members.values().for_each(|value| collect(value, &mut found));
    }
    for id in found.clone() {
        belongs_to(tx, &id, &mut found)?;
    }
    if let Some(unit) = unit {
        let registrations: Vec<String> = found
            .iter()
            .filter(|id| id.starts_with("reg_") && !id.contains('/'))
            .cloned()
            .collect();
        found.extend(
            registrations
                .into_iter()
                .map(|registration| format!("{registration}/{unit}")),
        );
    }
    Ok(found)
}

/// Ids named anywhere in a fact; private content is named by its fact and is no subject of its own.
fn collect(value: &serde_json::Value, found: &mut BTreeSet<String>) {
    const PREFIXES: [&str; 17] = [
        "prs_", "grt_", "ctr_", "spc_", "reg_", "msg_", "evd_", "psg_", "sub_", "jdg_", "ver_", "clm_",
        "awd_", "crt_", "nmc_", "cor_", "ord_",
    ];
    match value {
        serde_json::Value::String(text) if PREFIXES.iter().any(|prefix| text.starts_with(prefix)) => {
            found.insert(text.clone());
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| collect(value, found)),
        serde_json::Value::Object(members) => members.values().for_each(|value| collect(value, found)),
        _ => {}
    }
}

/// What an id belongs to: a judgement to its submission, that to its registration and unit, evidence to its learner, a
/// certificate to its award, that to its registration.
fn belongs_to(tx: &mut Tx<'_>, id: &str, found: &mut BTreeSet<String>) -> Result<(), StoreFault> {
    let parent = match id.split_once('_').map(|(prefix, _)| prefix) {
        Some("jdg") => tx
            .row(&judgement::FIND, &[id.into()])?
            .map(|row| row.text("submission"))
            .transpose()?,
        Some("sub") => match tx.row(&submission::FIND, &[id.into()])? {
            Some(row) => {
                let registration = row.text("registration")?;
                found.insert(format!("{registration}/{}", row.text("unit")?));
                Some(registration)
            }
            None => None,
        },
        Some("ord") => match tx.row(&external_assessment::FIND, &[id.into()])? {
            Some(row) => {
                let registration = row.text("registration")?;
                found.insert(format!("{registration}/{}", row.text("unit")?));
                Some(registration)
            }
            None => None,
        },
        Some("evd") => tx
            .row(&evidence::FIND_LEARNER, &[id.into()])?
            .map(|row| row.text("learner"))
            .transpose()?,
        Some("clm") => tx
            .row(&award::FIND_CLAIM, &[id.into()])?
            .map(|row| row.text("registration"))
            .transpose()?,
        Some("awd") => tx
            .row(&award::FIND_AWARD, &[id.into()])?
            .map(|row| row.text("registration"))
            .transpose()?,
        Some("cor") => tx
            .row(&correction::FIND, &[id.into()])?
            .map(|row| row.text("award"))
            .transpose()?,
        Some("nmc") => tx
            .row(&name_change::FIND_CERTIFICATE, &[id.into()])?
            .map(|row| row.text("certificate"))
            .transpose()?,
        Some("crt") => tx
            .row(&award::FIND_CERTIFICATE, &[id.into()])?
            .map(|row| row.text("award"))
            .transpose()?,
        _ => None,
    };
    match parent {
        Some(parent) if found.insert(parent.clone()) => belongs_to(tx, &parent, found),
        _ => Ok(()),
    }
}
