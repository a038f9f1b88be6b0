use crate::on_both;
use assay_store::{Kind, Statement, check, statements};

#[test]
fn every_statement_of_the_catalogue_is_what_both_engines_say_it_is() {
    on_both(|_, store| {
        let complaints = check::statements(&store, &statements::all()).unwrap();
        assert!(complaints.is_empty(), "{complaints:#?}");
    });
}

#[test]
fn every_table_is_in_the_list_of_tables_once() {
    on_both(|_, store| {
        let complaints = check::tables(&store).unwrap();
        assert!(complaints.is_empty(), "{complaints:#?}");
    });
}

#[test]
fn a_statement_that_declares_other_columns_or_parameters_is_complained_about() {
    const WRONG_COLUMN: Statement = Statement {
        name: "test.wrong_column",
        sql: "SELECT id, attempts FROM outbox WHERE id = $1",
        parameters: &[Kind::Text],
        columns: &[("id", Kind::Text), ("tries", Kind::Int)],
    };
    const WRONG_KIND: Statement = Statement {
        name: "test.wrong_kind",
        sql: "SELECT id FROM outbox",
        parameters: &[],
        columns: &[("id", Kind::Int)],
    };
    const WRONG_COUNT: Statement = Statement {
        name: "test.wrong_count",
        sql: "DELETE FROM outbox WHERE id = $1 OR id = $2",
        parameters: &[Kind::Text],
        columns: &[],
    };
    const WRONG_TABLE: Statement = Statement {
        name: "test.wrong_table",
        sql: "DELETE FROM nowhere",
        parameters: &[],
        columns: &[],
    };
    on_both(|_, store| {
        let complaints =
            check::statements(&store, &[&WRONG_COLUMN, &WRONG_KIND, &WRONG_COUNT, &WRONG_TABLE]).unwrap();
        let text = complaints.join("\n");
        for name in [
            "test.wrong_column",
            "test.wrong_kind",
            "test.wrong_count",
            "test.wrong_table",
        ] {
            assert!(text.contains(name), "{text}");
        }
    });
}

/// Tables that stay small however many learners there are.
const SMALL: &[&str] = &["installation", "specification", "centre", "signing_key"];

/// Statements that may read another table as a whole, and why.
const MAY_SCAN: &[(&str, &str)] = &[
    ("person.count", "stops at 10,000"),
    (
        "claim.list_to_release",
        "claims that wait, none that were decided",
    ),
    (
        "claim.count_to_release",
        "claims that wait, none that were decided",
    ),
    (
        "judgement.list_queue",
        "hand-ins that wait, none that were judged",
    ),
    (
        "judgement.count_queue",
        "hand-ins that wait, none that were judged",
    ),
    ("checkpoint.find_latest", "stops at the last row of its key"),
    (
        "person.list_to_try",
        "the page of roles to try, shown only by a demonstration",
    ),
    (
        "session.sweep",
        "runs in the background; an index would cost every page that notes when a session was seen",
    ),
];

#[test]
fn no_statement_reads_a_whole_table_without_a_reason() {
    on_both(|_, store| {
        let scans = check::whole_table_scans(&store, &statements::all()).unwrap();
        let unexplained: Vec<_> = scans
            .iter()
            .filter(|(name, step)| {
                !SMALL.iter().any(|small| *step == format!("SCAN {small}"))
                    && !MAY_SCAN.iter().any(|(may, _)| may == name)
            })
            .collect();
        assert!(
            unexplained.is_empty(),
            "add an index, or a reason to MAY_SCAN: {unexplained:#?}"
        );
    });
}
