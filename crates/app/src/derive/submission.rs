//! Submissions: handed in, taken, returned before marking.

use assay_domain::fact::{AiUse, Entry, Fact, ReturnGround};
use assay_store::statements::{judgement, submission as statements};
use assay_store::{StoreFault, Tx, private};

/// An answer on AI tools as stored.
pub fn ai_use_word(ai_use: AiUse) -> &'static str {
    match ai_use {
        AiUse::None => "none",
        AiUse::Research => "research",
        AiUse::Language => "language",
        AiUse::Other => "other",
    }
}

/// A ground of a return as stored.
pub fn ground_word(ground: ReturnGround) -> &'static str {
    match ground {
        ReturnGround::WordCount => "word_count",
        ReturnGround::Signposting => "signposting",
        ReturnGround::Appendices => "appendices",
        ReturnGround::Unreadable => "unreadable",
        ReturnGround::WrongUnit => "wrong_unit",
        ReturnGround::Other => "other",
    }
}

pub(super) fn apply(tx: &mut Tx<'_>, _sequence: i64, entry: &Entry) -> Result<(), StoreFault> {
    match &entry.fact {
        Fact::UnitSubmitted {
            submission,
            registration,
            unit,
            attempt,
            revision,
            items,
            passages,
            words,
            declaration,
            frozen,
            changes,
        } => {
            let detail = super::text_of(tx, declaration.ai_detail.as_ref())?;
            let changes = super::text_of(tx, changes.as_ref())?;
            let ai_use = ai_use_word(declaration.ai_use);
            let on = entry.on.to_string();
            if *revision == 1 {
                tx.run(
                    &statements::ADD,
                    &[
                        submission.as_str().into(),
                        registration.as_str().into(),
                        unit.into(),
                        (*attempt).into(),
                        (*revision).into(),
                        (&entry.at).into(),
                        on.into(),
                        (*words).into(),
                        ai_use.into(),
                        detail.into(),
                        frozen.into(),
                        changes.into(),
                    ],
                )?;
            } else {
                tx.run(
                    &statements::HAND_IN_AGAIN,
                    &[
                        submission.as_str().into(),
                        (*revision).into(),
                        (&entry.at).into(),
                        on.into(),
                        (*words).into(),
                        ai_use.into(),
                        detail.into(),
                        frozen.into(),
                        changes.into(),
                    ],
                )?;
                // Decisions saved before the return spoke of other work.
                tx.run(&judgement::CLEAR_DECISIONS, &[submission.as_str().into()])?;
                tx.run(&judgement::CLEAR_QUALITIES, &[submission.as_str().into()])?;
            }
            for (position, item) in (0_i64..).zip(items) {
                tx.run(
                    &statements::ADD_ITEM,
                    &[
                        submission.as_str().into(),
                        (*revision).into(),
                        position.into(),
                        item.evidence.as_str().into(),
                        item.version.into(),
                    ],
                )?;
            }
            for passage in passages {
                tx.run(
                    &statements::ADD_PASSAGE,
                    &[
                        submission.as_str().into(),
                        (*revision).into(),
                        passage.as_str().into(),
                    ],
                )?;
            }
        }
        Fact::SubmissionTaken { submission } => {
            tx.run(
                &statements::TAKE,
                &[
                    submission.as_str().into(),
                    super::person(entry),
                    (&entry.at).into(),
                ],
            )?;
        }
        Fact::SubmissionReturned {
            submission,
            grounds,
            because,
        } => {
            let because = private::find(tx, because.id.as_str())?.unwrap_or_default();
            let grounds: Vec<&str> = grounds.iter().copied().map(ground_word).collect();
            let revision = match tx.row(&statements::FIND, &[submission.as_str().into()])? {
                Some(row) => row.int("revision")?,
                None => 1,
            };
            tx.run(
                &statements::ADD_RETURN,
                &[
                    submission.as_str().into(),
                    revision.into(),
                    grounds.join(" ").into(),
                    because.into(),
                    (&entry.at).into(),
                    super::person(entry),
                ],
            )?;
            tx.run(
                &statements::SET_STATE,
                &[submission.as_str().into(), "returned".into()],
            )?;
        }
        _ => {}
    }
    Ok(())
}
