//! Which tables there are and how each is kept. A test compares this list with the schema.

/// How a table is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// The ledger itself and what the store needs to know about its own schema. Rows are only ever added.
    Ledger,
    /// Derived from the ledger: emptied and filled again by `assay rebuild`, to the same rows.
    Derived,
    /// Not in the ledger: passwords, sessions, drafts, messages to send, private content. Lost when not backed up.
    Working,
}

/// A table of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    pub name: &'static str,
    pub kept: Kept,
}

const fn ledger(name: &'static str) -> Table {
    Table {
        name,
        kept: Kept::Ledger,
    }
}
const fn derived(name: &'static str) -> Table {
    Table {
        name,
        kept: Kept::Derived,
    }
}
const fn working(name: &'static str) -> Table {
    Table {
        name,
        kept: Kept::Working,
    }
}

/// Every table, one line each; a table comes after those it refers to by foreign key, because tables are filled in this
/// order and emptied in the opposite one. A working table never refers to a derived one by foreign key: rebuilding would
/// have to empty it.
pub const TABLES: &[Table] = &[
    ledger("migration"),
    ledger("entry"),
    ledger("tree_node"),
    working("private"),
    working("outbox"),
    working("idempotency"),
    // people
    derived("installation"),
    derived("person"),
    derived("person_word"),
    derived("role_grant"),
    derived("centre"),
    derived("centre_qualification"),
    derived("specification"),
    // registration
    derived("registration"),
    derived("registration_word"),
    derived("registration_open"),
    derived("plan"),
    derived("plan_unit"),
    derived("allocation"),
    derived("allocation_past"),
    derived("message"),
    // evidence
    derived("evidence"),
    derived("evidence_version"),
    derived("passage"),
    derived("passage_criterion"),
    derived("submission"),
    derived("submission_item"),
    derived("submission_passage"),
    // judgement
    derived("criterion_decision"),
    derived("quality_judgement"),
    derived("submission_return"),
    derived("judgement"),
    derived("judgement_criterion"),
    derived("judgement_quality"),
    derived("own_grade"),
    derived("verification"),
    derived("verification_criterion"),
    derived("unit_result"),
    derived("external_order"),
    // award
    derived("claim"),
    derived("claim_unit"),
    derived("award"),
    derived("certificate"),
    derived("certificate_delivery"),
    derived("certificate_status"),
    derived("name_change"),
    derived("correction"),
    derived("correction_result"),
    derived("theme"),
    // trail
    derived("trail"),
    derived("trail_subject"),
    // keys
    derived("signing_key"),
    working("checkpoint"),
    working("specification_text"),
    working("syllabus"),
    working("syllabus_step"),
    working("specification_guidance"),
    working("account"),
    working("message_seen"),
    working("register_upload"),
    working("draft"),
    working("document_text"),
    working("paragraph_print"),
    working("comment_bank"),
    working("session"),
    working("one_time_link"),
    working("share_link"),
    working("share_link_opening"),
    working("api_token"),
];

/// The names of the tables that are kept in this way, in the order of [`TABLES`].
pub fn kept(how: Kept) -> impl DoubleEndedIterator<Item = &'static str> {
    TABLES
        .iter()
        .filter(move |table| table.kept == how)
        .map(|table| table.name)
}
