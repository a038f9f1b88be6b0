//! What people say to each other: messages on a learner's line, a viva, an observation.

use super::steps::{Learner, Play, ago};
use super::work::At;
use crate::failure::Stopped;
use assay_app::evidence::record::{Exchange, Record, RecordEvidence};
use assay_domain::id::EvidenceId;
use jiff::civil::Date;

/// Choosing units, with the tutor.
///
/// # Errors
/// What the acts answer, as everywhere here.
pub fn choosing(play: &Play<'_>, learner: &Learner) -> Result<(), Stopped> {
    let (tutor, me) = (&play.house.tutor, &learner.person);
    for (from, to, day, text) in [
        (
            me,
            tutor,
            34,
            "I have put 7015V1 and 7016V1 in my plan. Would 7020V1 suit me better than 7016V1? I coach more than I write \
             policy.",
        ),
        (
            tutor,
            me,
            33,
            "Either makes the Certificate. 7016V1 is the smaller piece of work and you have a draft policy on your desk; I \
             would stay with it and do 7020V1 if you go on to the Diploma.",
        ),
        (
            me,
            tutor,
            33,
            "That settles it, thank you. I shall begin with the culture unit.",
        ),
    ] {
        play.say(learner, from, to, None, ago(day), text)?;
    }
    Ok(())
}

/// A learner who writes asks the tutor on the way.
///
/// # Errors
/// What the acts answer.
pub fn writing(play: &Play<'_>, learner: &Learner) -> Result<(), Stopped> {
    let (tutor, me) = (&play.house.tutor, &learner.person);
    for (from, to, day, text) in [
        (
            me,
            tutor,
            13,
            "For 1.1, is a chart of leavers enough, or do you want the whole table behind it?",
        ),
        (
            tutor,
            me,
            12,
            "The chart and two sentences on what it cannot show. Put the table in an appendix if you like it; it will not \
             count towards the words.",
        ),
        (
            me,
            tutor,
            8,
            "I have added our coaching agreement for 1.4. The names are taken out.",
        ),
        (
            tutor,
            me,
            2,
            "Good. Now say in the text which clause of it is the policy and which is only habit. That is what 1.4 asks.",
        ),
    ] {
        play.say(learner, from, to, Some("7016V1"), ago(day), text)?;
    }
    Ok(())
}

/// A learner moves a date.
///
/// # Errors
/// What the acts answer.
pub fn planning_the_rest(play: &Play<'_>, learner: &Learner) -> Result<(), Stopped> {
    let (coordinator, me) = (&play.house.coordinator, &learner.person);
    play.say(
        learner,
        me,
        coordinator,
        None,
        ago(3),
        "We have an inspection at the depot in November. Can I move the third unit by a month?",
    )?;
    play.say(
        learner,
        coordinator,
        me,
        None,
        ago(1),
        "Yes. Change the date in your plan and write one line why; your tutor sees it there.",
    )
}

/// A referred learner asks the assessor what is missing.
///
/// # Errors
/// What the acts answer.
pub fn after_referral(play: &Play<'_>, learner: &Learner) -> Result<(), Stopped> {
    let (assessor, me) = (&play.house.assessor, &learner.person);
    play.say(
        learner,
        me,
        assessor,
        Some("7016V1"),
        ago(70),
        "Thank you for the comments. On 1.3: I had thought that naming both sides was the evaluation?",
    )?;
    play.say(
        learner,
        assessor,
        me,
        Some("7016V1"),
        ago(69),
        "Naming both is half of it. Say which weighs more at your trust, why, and what would change your mind. The rest of \
         the unit stands and need not be written again.",
    )
}

/// The tutor observes a coaching session. Answers the record.
///
/// # Errors
/// What the acts answer.
pub fn observed(play: &Play<'_>, learner: &Learner, day: Date) -> Result<EvidenceId, Stopped> {
    let record = RecordEvidence {
        learner: learner.person.clone(),
        title: "Observation of a coaching session".into(),
        held_on: day,
        circumstances: Some(format!(
            "At {}, in a meeting room; the person coached had agreed that I sit in, and I said nothing.",
            learner.player.organisation
        )),
        record: Record::Observation {
            seen: "The session began with the agreement: what stays in the room, how long, and what the hour is for. It took \
                   three minutes and was not hurried.\n\nListening: the learner spoke for about a quarter of the time. Twice \
                   there was a silence of ten seconds and more, and it was left alone; what came after it was the best of \
                   the hour.\n\nQuestions were open, with one exception near the end, where the learner offered an answer \
                   inside the question and noticed it.\n\nThe person coached left with one action, in their own words, and \
                   a day."
                .into(),
        },
    };
    let marks = [
        (At::Paragraph("Listening:"), ("7020V1", "1.5")),
        (At::Paragraph("Questions were open"), ("7020V1", "2.1")),
    ];
    play.record(&play.house.tutor, day, record, &marks)
}

/// The assessor questions a learner. Answers the record.
///
/// # Errors
/// What the acts answer.
pub fn questioned(play: &Play<'_>, learner: &Learner, day: Date) -> Result<EvidenceId, Stopped> {
    let exchange = |question: &str, answer: &str| Exchange {
        question: question.into(),
        answer: answer.into(),
    };
    let record = RecordEvidence {
        learner: learner.person.clone(),
        title: "Viva on the skills practice".into(),
        held_on: day,
        circumstances: Some("By telephone, 25 minutes, with the learner's log in front of both.".into()),
        record: Record::Viva {
            exchanges: vec![
                exchange(
                    "You write that you stopped one session early. What did you see that made you stop?",
                    "She answered everything with what the trust expects. I said that we could go on another day, and that \
                     nothing would be thought of it. She came back the week after with a real question.",
                ),
                exchange(
                    "How would you tell that you are mentoring and no longer coaching?",
                    "When I hear myself say what I did. That can be right, but then I say so: this is my experience, and you \
                     may leave it.",
                ),
                exchange(
                    "What would you do if somebody told you of harm to a patient?",
                    "Stop, say that this cannot stay between us, and go with them to the nurse in charge that same hour. It \
                     is in the agreement, so that nobody is surprised.",
                ),
            ],
        },
    };
    let marks = [
        (At::Paragraph("When I hear myself"), ("7020V1", "2.2")),
        (At::Paragraph("Stop, say that this cannot"), ("7020V1", "3.1")),
    ];
    play.record(&play.house.assessor, day, record, &marks)
}
