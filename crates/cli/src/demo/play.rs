//! The play: who does what on which day, from the founding to the first award. Twenty-four learners stand at every stage
//! of the way when the demonstration opens.

use super::cast::{LEARNERS, Player};
use super::director::{Director, TODAY};
use super::house::{self, House};
use super::later;
use super::pieces::{self, survey::survey};
use super::steps::{Learner, Play, ago};
use super::talk;
use super::work::At;
use super::writing::Extent;
use crate::failure::Stopped;
use jiff::ToSpan;

/// The Diploma's usual choice: 37 credits and more.
const DIPLOMA: [&str; 7] = [
    "7015V1", "7016V1", "7017V1", "7018V1", "7002V1", "7020V1", "7010V1",
];

/// Makes the demonstration.
///
/// # Errors
/// The first act that is refused or fails, which would be a fault of the play.
pub fn perform(director: &Director) -> Result<House, Stopped> {
    let house = house::found(director)?;
    let play = Play {
        director,
        house: &house,
    };
    play.keep_comments(&house.assessor, ago(300))?;
    for (number, player) in LEARNERS.iter().enumerate() {
        play.scene(number, player)
            .map_err(|stopped| Stopped::new(format!("{} {}: {stopped}", player.given, player.family)))?;
    }
    play.external()?;
    house::other_centre(director, &house)?;
    super::syllabus::hand_in(director, &house)?;
    Ok(house)
}

impl Play<'_> {
    /// Brings one learner to their stage. The later the number, the further on.
    fn scene(&self, number: usize, player: &'static Player) -> Result<(), Stopped> {
        match number {
            // Registered; nothing chosen yet. The second has not answered on authority and is marked for advice.
            0 => self.enrol(number, player, "7D2V2", ago(6)).map(drop),
            1 => self.enrol(number, player, "7C2V2", ago(10)).map(drop),
            2 => self.changed_course(number, player),
            3 => self.revoked_before(number, player),
            4..=7 => self.writing(number, player),
            8..=10 => self.waiting(number, player),
            11 | 12 => self.being_marked(number, player),
            13 => self.returned_unmarked(number, player),
            14 | 15 => self.referred(number, player),
            16 => self.countersignature_due(number, player),
            17 | 18 => self.verification_due(number, player),
            19 => self.sent_back(number, player),
            // Everything for the Award is verified: the coordinator can claim.
            20 => {
                let learner = self.enrol(number, player, "7A2V2", ago(230))?;
                self.plan(&learner, &["7015V1"])?;
                self.achieve(&learner, "7015V1", ago(60))
            }
            21 => self.claimed(number, player),
            22 => self.gone_on(number, player),
            _ => self.diploma(number, player),
        }
    }

    /// Registered on the Diploma, withdrawn from it, and planned on the Certificate.
    fn changed_course(&self, number: usize, player: &'static Player) -> Result<(), Stopped> {
        let first = self.enrol(number, player, "7D2V2", ago(120))?;
        self.withdraw(
            &first,
            ago(48),
            "The Diploma does not fit beside the new post; the learner goes on to the Certificate.",
        )?;
        let learner = self.enrol(number, player, "7C2V2", ago(40))?;
        self.plan(&learner, &["7015V1", "7016V1"])?;
        talk::choosing(self, &learner)
    }

    /// An Award whose certificate was revoked; planned anew.
    fn revoked_before(&self, number: usize, player: &'static Player) -> Result<(), Stopped> {
        let first = self.enrol(number, player, "7A2V2", ago(330))?;
        self.plan(&first, &["7016V1"])?;
        self.achieve(&first, "7016V1", ago(250))?;
        let released = self.award(&first, ago(240))?;
        self.revoke(
            &released.certificate,
            ago(190),
            "The centre told us that assessor and learner had been business partners. The unit is to be assessed anew by \
             somebody else; nothing is held against the learner.",
        )?;
        let learner = self.enrol(number, player, "7C2V2", ago(40))?;
        self.plan(&learner, &["7015V1", "7020V1"])?;
        self.allocate(
            &learner,
            &["7015V1", "7020V1"],
            &self.house.second_assessor,
            ago(35),
        )
    }

    /// Writing: the first criteria of a unit, with files of each kind beside the text.
    fn writing(&self, number: usize, player: &'static Player) -> Result<(), Stopped> {
        let learner = self.enrol(number, player, "7D2V2", ago(90))?;
        self.plan(&learner, &DIPLOMA)?;
        let unit = self.unit(["7016V1", "7017V1", "7018V1", "7015V1"][number - 4])?;
        let written = 2 + (number - 4) * 2;
        let day = ago(20 - number as i64);
        self.write(&learner, unit, day, Extent::Begun(written), 1)?;
        match number {
            4 => {
                self.attach(
                    &learner,
                    ago(12),
                    pieces::figures(player),
                    &[(At::Whole, ("7016V1", "1.1"))],
                )?;
                self.attach(
                    &learner,
                    ago(11),
                    pieces::flip_chart(),
                    &[(At::Whole, ("7016V1", "2.1"))],
                )?;
                self.attach_agreement(&learner, ago(9), "7016V1", "1.4")?;
                talk::writing(self, &learner)
            }
            5 => {
                self.attach(
                    &learner,
                    ago(10),
                    survey(player)?,
                    &[(At::Page(1), ("7017V1", "1.1")), (At::Page(1), ("7017V1", "2.2"))],
                )?;
                self.attach(
                    &learner,
                    ago(6),
                    pieces::reflection(),
                    &[(At::Seconds(4, 17), ("7017V1", "2.1"))],
                )?;
                talk::planning_the_rest(self, &learner)
            }
            6 => {
                self.attach(
                    &learner,
                    ago(8),
                    pieces::practice(),
                    &[(At::Seconds(0, 12), ("7020V1", "1.5"))],
                )?;
                talk::observed(self, &learner, ago(7)).map(drop)
            }
            _ => self.attach_log(&learner, ago(5), "7015V1", "2.1").map(drop),
        }
    }

    /// Handed in and waiting; the first already longer than it should, the last for the trainee.
    fn waiting(&self, number: usize, player: &'static Player) -> Result<(), Stopped> {
        let learner = self.enrol(number, player, "7C2V2", ago(150))?;
        self.plan(&learner, &["7016V1", "7020V1"])?;
        let unit = self.unit(["7016V1", "7020V1", "7016V1"][number - 8])?;
        let day = [24, 6, 2][number - 8];
        let eve = ago(day + 2);
        let with = match number {
            8 => vec![self.attach(
                &learner,
                eve,
                survey(player)?,
                &[(At::Page(1), ("7016V1", "1.2"))],
            )?],
            9 => vec![
                self.attach_log(&learner, eve, "7020V1", "2.3")?,
                self.attach(
                    &learner,
                    eve,
                    pieces::practice(),
                    &[(At::Seconds(6, 18), ("7020V1", "1.5"))],
                )?,
            ],
            _ => vec![self.attach(
                &learner,
                eve,
                pieces::flip_chart(),
                &[(At::Whole, ("7016V1", "2.1"))],
            )?],
        };
        if number == 10 {
            self.allocate(&learner, &["7016V1"], &self.house.trainee, ago(145))?;
        }
        self.hand_in(&learner, unit, ago(day), 1, with).map(drop)
    }

    /// Taken by an assessor and partly decided. In the first, evidence of every kind lies on the desk.
    fn being_marked(&self, number: usize, player: &'static Player) -> Result<(), Stopped> {
        let learner = self.enrol(number, player, "7C2V2", ago(150))?;
        self.plan(&learner, &["7017V1", "7020V1"])?;
        let (called, decided) = if number == 11 {
            ("7017V1", 5)
        } else {
            ("7020V1", 11)
        };
        let unit = self.unit(called)?;
        let with = if number == 11 {
            vec![
                self.attach(
                    &learner,
                    ago(11),
                    survey(player)?,
                    &[(At::Page(1), ("7017V1", "1.2")), (At::Page(1), ("7017V1", "3.1"))],
                )?,
                self.attach(
                    &learner,
                    ago(11),
                    pieces::figures(player),
                    &[(At::Whole, ("7017V1", "1.1"))],
                )?,
                self.attach(
                    &learner,
                    ago(11),
                    pieces::flip_chart(),
                    &[(At::Whole, ("7017V1", "2.3"))],
                )?,
                self.attach_agreement(&learner, ago(11), "7017V1", "2.2")?,
                self.attach(
                    &learner,
                    ago(10),
                    pieces::reflection(),
                    &[(At::Seconds(4, 17), ("7017V1", "3.3"))],
                )?,
                self.attach(
                    &learner,
                    ago(10),
                    pieces::practice(),
                    &[(At::Seconds(0, 12), ("7017V1", "2.1"))],
                )?,
            ]
        } else {
            vec![
                talk::observed(self, &learner, ago(16))?,
                talk::questioned(self, &learner, ago(12))?,
            ]
        };
        let handed = self.hand_in(&learner, unit, ago(9), 1, with)?;
        self.take(&self.house.assessor, &handed, ago(3))?;
        self.decide(&self.house.assessor, &handed, unit, ago(3), decided, &[])
    }

    /// Returned before marking.
    fn returned_unmarked(&self, number: usize, player: &'static Player) -> Result<(), Stopped> {
        let learner = self.enrol(number, player, "7C2V2", ago(150))?;
        self.plan(&learner, &["7015V1", "7016V1"])?;
        let handed = self.hand_in(&learner, self.unit("7016V1")?, ago(12), 1, Vec::new())?;
        let by = &self.house.second_assessor;
        self.take(by, &handed, ago(8))?;
        self.give_back(
            by,
            &handed,
            ago(8),
            "Please mark the passages for 1.4 and 1.5; I could not find where they are answered. Nothing has been marked \
             yet, and this does not count as an attempt.",
        )
    }

    /// Referred once; the second of the two was referred twice and has handed in for the third time.
    fn referred(&self, number: usize, player: &'static Player) -> Result<(), Stopped> {
        let learner = self.enrol(number, player, "7C2V2", ago(150))?;
        self.plan(&learner, &["7016V1", "7015V1"])?;
        let unit = self.unit("7016V1")?;
        let by = &self.house.assessor;
        let handed = self.hand_in(&learner, unit, ago(88), 1, Vec::new())?;
        self.assess(by, &handed, unit, ago(78), &["1.3", "2.2"])?;
        if number == 14 {
            return talk::after_referral(self, &learner);
        }
        let handed = self.hand_in(&learner, unit, ago(46), 2, Vec::new())?;
        self.assess(by, &handed, unit, ago(38), &["1.3"])?;
        self.hand_in(&learner, unit, ago(5), 3, Vec::new()).map(drop)
    }

    /// Signed by the trainee; one judgement was countersigned, one waits for it.
    fn countersignature_due(&self, number: usize, player: &'static Player) -> Result<(), Stopped> {
        let learner = self.enrol(number, player, "7D2V2", ago(210))?;
        self.plan(
            &learner,
            &[
                "7015V1", "7016V1", "7017V1", "7018V1", "7002V1", "7020V1", "7019V1",
            ],
        )?;
        let trainee = &self.house.trainee;
        self.allocate(&learner, &["7016V1", "7017V1"], trainee, ago(205))?;
        let first = self.unit("7016V1")?;
        let handed = self.hand_in(&learner, first, ago(60), 1, Vec::new())?;
        self.assess(trainee, &handed, first, ago(50), &[])?;
        self.countersign(&handed, ago(49))?;
        self.verify(&handed, first, ago(45), None)?;
        let second = self.unit("7017V1")?;
        let handed = self.hand_in(&learner, second, ago(14), 1, Vec::new())?;
        self.assess(trainee, &handed, second, ago(5), &[])
    }

    /// Passed provisionally; waiting for internal verification. The first was referred before; the second has credit for a unit.
    fn verification_due(&self, number: usize, player: &'static Player) -> Result<(), Stopped> {
        let learner = self.enrol(number, player, "7D2V2", ago(210))?;
        self.plan(
            &learner,
            &[
                "7015V1", "7016V1", "7017V1", "7018V1", "7002V1", "7020V1", "6001V1",
            ],
        )?;
        if number == 17 {
            let unit = self.unit("7018V1")?;
            let by = &self.house.assessor;
            let handed = self.hand_in(&learner, unit, ago(80), 1, Vec::new())?;
            self.assess(by, &handed, unit, ago(70), &["1.4", "2.5"])?;
            let figures = self.attach(
                &learner,
                ago(31),
                pieces::figures(player),
                &[(At::Whole, ("7018V1", "1.4"))],
            )?;
            let handed = self.hand_in(&learner, unit, ago(30), 2, vec![figures])?;
            return self.assess(by, &handed, unit, ago(22), &[]);
        }
        self.achieve(&learner, "7016V1", ago(75))?;
        later::credit(self, &learner, "7016V1")?;
        let unit = self.unit("7020V1")?;
        let by = &self.house.second_assessor;
        self.allocate(&learner, &["7020V1"], by, ago(205))?;
        let handed = self.hand_in(&learner, unit, ago(30), 1, Vec::new())?;
        self.assess(by, &handed, unit, ago(7), &[])
    }

    /// One unit verified; another sent back by internal verification.
    fn sent_back(&self, number: usize, player: &'static Player) -> Result<(), Stopped> {
        let learner = self.enrol(number, player, "7D2V2", ago(210))?;
        self.plan(
            &learner,
            &[
                "7015V1", "7016V1", "7017V1", "7018V1", "7002V1", "7020V1", "6004V1",
            ],
        )?;
        self.achieve(&learner, "7017V1", ago(90))?;
        let unit = self.unit("7016V1")?;
        let handed = self.hand_in(&learner, unit, ago(40), 1, Vec::new())?;
        self.assess(&self.house.assessor, &handed, unit, ago(30), &[])?;
        self.verify(&handed, unit, ago(4), Some("1.4"))
    }

    /// Claimed, returned to the centre once, and claimed again: the quality manager can release.
    fn claimed(&self, number: usize, player: &'static Player) -> Result<(), Stopped> {
        let learner = self.enrol(number, player, "7A2V2", ago(230))?;
        self.plan(&learner, &["7016V1"])?;
        self.achieve(&learner, "7016V1", ago(50))?;
        let claim = self.claim(&learner, ago(30))?;
        self.return_claim(
            &claim,
            ago(27),
            "Please confirm that the learner's name is written as in the passport before we print it.",
        )?;
        self.claim(&learner, ago(9)).map(drop)
    }

    /// Awarded, the certificate replaced; and gone on to the Certificate, where the unit counts again. A name has changed since.
    fn gone_on(&self, number: usize, player: &'static Player) -> Result<(), Stopped> {
        let learner = self.enrol(number, player, "7A2V2", ago(280))?;
        self.plan(&learner, &["7020V1"])?;
        self.achieve(&learner, "7020V1", ago(120))?;
        let released = self.award(&learner, ago(95))?;
        later::looked_into(self, &released.award, "7020V1")?;
        let certificate = self.replace(
            &released.certificate,
            ago(33),
            "The first was spoiled by water when the practice moved; it was sent back to us.",
        )?;
        later::another_name(self, &learner, &certificate)?;
        let next = self.enrol(number, player, "7C2V2", ago(80))?;
        self.plan(&next, &["7020V1", "7016V1"])?;
        self.write(&next, self.unit("7016V1")?, ago(10), Extent::Begun(4), 1)
            .map(drop)
    }

    /// A Diploma: all seven units, one of them after a referral, one assessed by the awarding body; awarded, and one result doubted since.
    fn diploma(&self, number: usize, player: &'static Player) -> Result<(), Stopped> {
        let learner = self.enrol(number, player, "7D2V2", ago(400))?;
        self.plan(&learner, &DIPLOMA)?;
        let mut day = ago(330);
        for called in DIPLOMA {
            if called == "7018V1" {
                let unit = self.unit(called)?;
                let by = &self.house.assessor;
                let handed = self.hand_in(&learner, unit, day.saturating_sub(30.days()), 1, Vec::new())?;
                self.assess(by, &handed, unit, day.saturating_sub(24.days()), &["2.6"])?;
                let handed = self.hand_in(&learner, unit, day.saturating_sub(12.days()), 2, Vec::new())?;
                self.assess(by, &handed, unit, day.saturating_sub(6.days()), &[])?;
                self.verify(&handed, unit, day, None)?;
            } else if called == "7010V1" {
                self.assessed_by_the_body(&learner, called, day)?;
            } else {
                self.achieve(&learner, called, day)?;
            }
            day = day.saturating_add(40.days()).min(TODAY);
        }
        let released = self.award(&learner, ago(20))?;
        later::doubted(self, &released.award, "7018V1")
    }

    fn attach_agreement(
        &self,
        learner: &Learner,
        day: jiff::civil::Date,
        unit: &'static str,
        criterion: &'static str,
    ) -> Result<assay_domain::id::EvidenceId, Stopped> {
        let piece = pieces::agreement(learner.player)
            .ok_or_else(|| Stopped::new("the coaching agreement cannot be packed"))?;
        let at = At::Paragraph("Confidentiality: what is said");
        self.attach(learner, day, piece, &[(at, (unit, criterion))])
    }

    fn attach_log(
        &self,
        learner: &Learner,
        day: jiff::civil::Date,
        unit: &'static str,
        criterion: &'static str,
    ) -> Result<assay_domain::id::EvidenceId, Stopped> {
        let piece =
            pieces::log(learner.player).ok_or_else(|| Stopped::new("the mentoring log cannot be packed"))?;
        let at = At::Paragraph("Looking back I talked most");
        self.attach(learner, day, piece, &[(at, (unit, criterion))])
    }
}
