//! The one door for writing: facts into the ledger, tables derived from them, private content beside them; all in the
//! transaction of the command, so that a crash leaves either the whole act or nothing of it.

use crate::{Acting, Failure, derive};
use assay_domain::fact::{ENTRY_VERSION, Entry};
use assay_domain::{Decision, Via};
use assay_store::{ledger, private};

impl Acting<'_, '_> {
    /// Records a decision of the domain. The order matters only within the transaction: private content first, because
    /// tables are derived with it; then the ledger; then the tables.
    ///
    /// # Errors
    /// A [`Failure::Fault`] when the store fails; then nothing of the act is kept.
    pub fn record(&mut self, decision: Decision) -> Result<(), Failure> {
        if decision.facts.is_empty() {
            return Ok(());
        }
        for content in &decision.contents {
            private::put(
                self.tx,
                content.id.as_str(),
                content.subject.as_str(),
                content.kind,
                &content.salt,
                &content.content,
            )?;
        }
        let mut entries = Vec::with_capacity(decision.facts.len());
        let mut bytes = Vec::with_capacity(decision.facts.len());
        for fact in decision.facts {
            let entry = Entry {
                v: ENTRY_VERSION,
                at: self.caller.moment.stored(),
                on: self.caller.moment.today,
                by: self.caller.person.clone(),
                via: self.caller.via,
                act: self.act.clone(),
                fact,
            };
            bytes.push(entry.bytes()?);
            entries.push(entry);
        }
        let sequences = ledger::append(self.tx, &bytes)?;
        for (sequence, entry) in sequences.zip(&entries) {
            derive::apply(self.tx, sequence, entry)?;
        }
        Ok(())
    }

    /// The door through which this act came.
    pub fn via(&self) -> Via {
        self.caller.via
    }
}
