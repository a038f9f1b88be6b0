//! Files that learners attach: documents and pictures made here from the learner's own setting, and a recording, a film
//! and a photograph that come with the program (`media/make.sh` made them). All of it is written for the purpose.

pub mod chart;
pub mod docx;
pub mod survey;

use super::cast::Player;

/// A file as a learner would upload it.
pub struct Attached {
    pub title: String,
    pub file_name: String,
    pub bytes: Vec<u8>,
}

impl Attached {
    fn new(title: impl Into<String>, file_name: impl Into<String>, bytes: Vec<u8>) -> Self {
        Attached {
            title: title.into(),
            file_name: file_name.into(),
            bytes,
        }
    }
}

/// A spoken reflection after a session, of 22 seconds.
pub fn reflection() -> Attached {
    let bytes = include_bytes!("media/reflection.mp3").to_vec();
    Attached::new(
        "Spoken reflection after session 3",
        "reflection-session-3.mp3",
        bytes,
    )
}

/// A film of a skills practice, of 24 seconds.
pub fn practice() -> Attached {
    let bytes = include_bytes!("media/practice.mp4").to_vec();
    Attached::new("Skills practice, round 2, filmed", "skills-practice-2.mp4", bytes)
}

/// A photograph of a flip chart.
pub fn flip_chart() -> Attached {
    let bytes = include_bytes!("media/flip-chart.jpg").to_vec();
    Attached::new("Flip chart of the contracting workshop", "IMG_2041.jpg", bytes)
}

/// A chart of a learner's own figures, as a picture.
pub fn figures(player: &Player) -> Attached {
    let base = f64::from(player.people);
    let share = |per_cent: f64| (base * per_cent / 100.0).round();
    let bars = [
        ("2016", share(9.5)),
        ("2017", share(10.4)),
        ("2018", share(8.1)),
        ("2019", share(6.2)),
    ];
    let bytes = chart::png("LEAVERS IN THEIR FIRST YEAR", &bars);
    Attached::new(
        format!("Leavers in their first year at {}", player.organisation),
        "leavers-2016-2019.png",
        bytes,
    )
}

/// A coaching agreement between a learner and a colleague, as a word processor's document.
pub fn agreement(player: &Player) -> Option<Attached> {
    let bytes = docx::agreement(player)?;
    Some(Attached::new(
        "Coaching agreement",
        "Coaching agreement v2.docx",
        bytes,
    ))
}

/// A log of sessions, as a word processor's document.
pub fn log(player: &Player) -> Option<Attached> {
    let bytes = docx::log(player)?;
    Some(Attached::new(
        "Log of six mentoring sessions",
        "Mentoring log.docx",
        bytes,
    ))
}
