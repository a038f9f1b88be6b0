//! Learners' work for the demonstration: written for the purpose, different for each learner, about the criterion it
//! answers. Made from sentences with the learner's own organisation in them, chosen by the learner's number, so that the
//! same world comes out each time.

use super::cast::Player;
use super::chance::Chance;
use assay_specification::sentence::capital;
use assay_specification::{Criterion, Specification, Unit};

/// Another number would write other works.
const SEED: u64 = 2019;

/// A piece of work, with the text that answers each criterion, for marking passages.
pub struct Work {
    pub markdown: String,
    /// Criterion number and the beginning of its first paragraph as it stands in the text.
    pub answers: Vec<(String, String)>,
}

/// How much of a unit a learner has written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Every criterion.
    Whole,
    /// The first few criteria only.
    Begun(usize),
}

/// Writes a unit's work of about 3,200 words.
pub fn write(
    player: &Player,
    number: usize,
    unit: &Unit,
    specification: &Specification,
    extent: Extent,
    attempt: u32,
) -> Work {
    let mut markdown = format!("# {}\n\n", unit.title);
    markdown.push_str(&opening(player, number, attempt));
    let mut answers = Vec::new();
    let criteria: Vec<(&assay_specification::Outcome, &Criterion)> = unit.criteria().collect();
    let paragraphs = paragraphs_each(criteria.len());
    let written = match extent {
        Extent::Whole => criteria.len(),
        Extent::Begun(some) => some,
    };
    let mut outcome = None;
    for (at, (under, criterion)) in criteria.iter().take(written).enumerate() {
        if outcome != Some(under.number) {
            outcome = Some(under.number);
            markdown.push_str(&format!("## {}\n\n", capital(&under.text)));
        }
        markdown.push_str(&format!("### {} {}\n\n", criterion.number, criterion.text));
        let mut first = true;
        for turn in 0..paragraphs {
            let paragraph = paragraph(player, number, criterion, specification, at, turn, attempt);
            if first {
                answers.push((criterion.number.to_string(), paragraph.chars().take(80).collect()));
                first = false;
            }
            markdown.push_str(&paragraph);
            markdown.push_str("\n\n");
        }
        if at == criteria.len() / 2 {
            markdown.push_str(&table(player, number));
        }
    }
    if extent == Extent::Whole {
        markdown.push_str(&closing(player));
    }
    Work { markdown, answers }
}

/// Paragraphs per criterion so that a unit comes to about 3,200 words, whatever its number of criteria.
fn paragraphs_each(criteria: usize) -> usize {
    (42 / criteria.max(1)).clamp(2, 5)
}

fn opening(player: &Player, number: usize, attempt: u32) -> String {
    let begins = [
        "This paper is about",
        "The setting of this work is",
        "I write from my own post in",
        "All examples are taken from",
    ];
    let again = if attempt > 1 {
        " In this second version I have added the evaluation that was missing and the figures of the last quarter."
    } else {
        ""
    };
    format!(
        "{} {}, a {} organisation of {} people, where I am {}. The matter that made me look at coaching and mentoring is plain: {}. \
         I use *coaching* for a series of conversations that help a person find their own way to a goal, and *mentoring* for a longer \
         relationship in which somebody with experience passes it on. Names of colleagues are left out.{again}\n\n",
        begins[number % begins.len()],
        player.organisation,
        player.sector,
        player.people,
        player.post,
        player.trouble,
    )
}

fn closing(player: &Player) -> String {
    format!(
        "## Conclusion\n\nFor {} the case is made by its own figures rather than by enthusiasm. I recommend to begin small, to measure \
         from the first month, and to let the board decide on growth when a year's results lie on the table.\n\n## References\n\n\
         - Whitmore, J. Coaching for Performance. Nicholas Brealey.\n- Megginson, D. and Clutterbuck, D. Techniques for Coaching and \
         Mentoring. Butterworth-Heinemann.\n- {}: staff survey and exit interviews, 2017 to 2019 (internal).\n",
        player.organisation, player.organisation
    )
}

fn table(player: &Player, number: usize) -> String {
    let base = 40 + number * 3;
    format!(
        "| Year | Leavers in management | Coaching hours | Days lost |\n|---|---|---|---|\n| 2017 | {} | 0 | {} |\n| 2018 | {} | 120 | {} |\n\
         | 2019 | {} | 310 | {} |\n\n*Source: {} records, own count.*\n\n",
        base,
        base * 9,
        base - 6,
        base * 8,
        base - 14,
        base * 6,
        player.organisation
    )
}

/// One paragraph on a criterion: what is claimed, what supports it here, what speaks against it.
#[allow(clippy::too_many_arguments)]
fn paragraph(
    player: &Player,
    number: usize,
    criterion: &Criterion,
    specification: &Specification,
    at: usize,
    turn: usize,
    attempt: u32,
) -> String {
    let subject = subject_of(criterion);
    let verb = criterion
        .verbs
        .first()
        .map_or("discuss", String::as_str)
        .to_lowercase();
    let discipline = discipline_of(criterion);
    let place = (number as u64) << 24 | (at as u64) << 16 | (turn as u64) << 8 | u64::from(attempt);
    let mut chance = Chance::of(SEED, place);
    let model = criterion
        .models
        .get(turn % criterion.models.len().max(1))
        .and_then(|id| specification.find_model(id))
        .map(|model| model.name.clone());
    let figure = 4 + chance.below(29);
    let opening = chance.pick(&OPENINGS);
    let example = chance.pick(&EXAMPLES);
    let weighing = chance.pick(&WEIGHINGS);
    let end = chance.pick(&ENDINGS);
    let month = chance.pick(&MONTHS);
    let theory = match model {
        Some(name) => chance.pick(&THEORIES).replace("{model}", &name),
        None => chance.pick(&PLAIN_THEORIES).to_owned(),
    };
    let filled = format!("{opening} {theory} {example} {weighing} {end}");
    let filled = filled
        .replace("{subject}", &subject)
        .replace("{verb}", &verb)
        .replace("{discipline}", discipline)
        .replace("{organisation}", player.organisation)
        .replace("{post}", player.post)
        .replace("{trouble}", player.trouble)
        .replace("{people}", &player.people.to_string())
        .replace("{sector}", player.sector)
        .replace("{figure}", &figure.to_string())
        .replace("{month}", month);
    capital(&filled)
}

/// The criterion without its command verb, in lower case, as the thing that is written about.
fn subject_of(criterion: &Criterion) -> String {
    let text = criterion.text.trim();
    let rest = criterion
        .verbs
        .first()
        .and_then(|verb| {
            text.get(..verb.len())
                .filter(|head| head.eq_ignore_ascii_case(verb))
                .map(|_| &text[verb.len()..])
        })
        .unwrap_or(text)
        .trim();
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    format!("the {}", rest.trim_start_matches("a ").trim_start_matches("an "))
}

fn discipline_of(criterion: &Criterion) -> &'static str {
    let text = criterion.text.to_lowercase();
    match (text.contains("coach"), text.contains("mentor")) {
        (true, false) => "coaching",
        (false, true) => "mentoring",
        _ => "coaching and mentoring",
    }
}

const MONTHS: [&str; 8] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "September",
];

const OPENINGS: [&str; 10] = [
    "To {verb} {subject} fairly, I began with what we already measure at {organisation}.",
    "When I looked at {subject}, the first surprise was how little of it had ever been written down.",
    "In {sector}, {subject} is easily mistaken for something that looks after itself.",
    "The question of {subject} came up in {month}, when the executive team read the exit interviews aloud.",
    "My starting point for {subject} is the plain fact that {trouble}.",
    "As {post} I meet {subject} every week, though rarely under that name.",
    "Two views of {subject} stood against each other in our steering group.",
    "It would be easy to list what is good about {subject}; it is harder, and more useful, to weigh it.",
    "I asked eleven managers what {subject} meant to them, and had eleven answers.",
    "What distinguishes {subject} here from the textbook is scale: we are {people} people, not five thousand.",
];

const THEORIES: [&str; 7] = [
    "{model} offers a way to order the evidence, because it separates what people do from what they believe.",
    "Read through {model}, the pattern is familiar: the first gains come quickly and the second round is slow.",
    "{model} would lead us to expect resistance exactly where we found it, among those with most to lose.",
    "The strength of {model} is that it can be drawn on one page; its weakness is that it says little about time.",
    "I used {model} to structure the interviews and kept the wording close to the original.",
    "Critics of {model} point out that it was made in other conditions, and two of its steps had to be adapted for us.",
    "Set beside {model}, our practice has the parts but not the order.",
];

const PLAIN_THEORIES: [&str; 6] = [
    "The literature agrees on the direction of the effect and disagrees on its size.",
    "Most writers treat this as a matter of skill; my evidence says that it is at least as much a matter of time.",
    "A distinction made by several authors helps: between support that is asked for and support that is sent.",
    "The studies I could find are mostly from large firms, so I treat their figures as an upper bound.",
    "Theory warns against reading one good quarter as a trend.",
    "What the textbooks call sponsorship, my colleagues call having somebody who answers the phone.",
];

const EXAMPLES: [&str; 12] = [
    "In {month} a team of nine was offered {discipline} for twelve weeks; absence in it fell by {figure} per cent, and it stayed there.",
    "One supervisor, promoted in {month}, had six sessions of {discipline} and then ran his own review without being asked.",
    "We compared two depots of the same size: the one with {discipline} kept {figure} more of its hundred newest staff.",
    "A store that began {discipline} without agreement on purpose had stopped again after {figure} weeks.",
    "The cost was modest: {figure} hours of managers' time a month and a room with a door.",
    "When the programme paused in {month}, complaints returned to their old level within {figure} working days.",
    "A pair that had met for a year produced the new handover sheet that everybody now uses.",
    "Of {figure} people who took part, all but three would choose it again, and those three said why.",
    "The finance director asked for the figures and, having seen them, asked for a place on the next round.",
    "At a partner organisation, which I visited in {month}, the same idea had failed for want of a sponsor.",
    "The survey gave {figure} comments on this point; I grouped them and read each group to the team it came from.",
    "In one case {discipline} did harm at first, because it raised hopes of promotion that could not be met.",
];

const WEIGHINGS: [&str; 10] = [
    "Against this stands the objection that other things changed in the same year, above all pay.",
    "I do not claim more than the figures allow: the group was small and chose itself.",
    "An alternative would have been more training days, which are easier to count and easier to forget.",
    "The benefit is not evenly spread; the night shift had almost none of it.",
    "It matters who chooses: where managers chose for their people, half of the pairs ended early.",
    "Three limits should be named: time, confidentiality, and the temptation to use {discipline} as discipline.",
    "Compared with doing nothing, the case is strong; compared with a better induction, it is closer than I expected.",
    "The short-term effect can be bought; the long-term effect has to be led.",
    "Some of the gain would have come anyway, and I have taken a third off for that.",
    "Seen from the operational managers' side, the first effect is a hole in the rota.",
];

const ENDINGS: [&str; 10] = [
    "On balance I judge the effect at {organisation} to be real, useful and smaller than hoped.",
    "For us it follows that the aim has to be written before the first meeting and read again at the last.",
    "I would therefore keep the approach and change who it is offered to first.",
    "The test will be whether it survives the next busy season.",
    "This is the point at which I would ask the board for a decision rather than for patience.",
    "What convinces me is less the average than the number of people who came back with a question of their own.",
    "My recommendation is to tie it to the objectives of each department and to report on it twice a year.",
    "That is a narrower claim than I set out to make, and a safer one.",
    "It links directly to our strategic aim of filling two out of three senior posts from within.",
    "In my own practice I have changed one thing because of it: I now wait before I answer.",
];
