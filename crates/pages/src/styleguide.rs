//! Every component with sample data: one page to look at, to test and to check for accessibility.

mod desk;

use askama::Template;

use crate::drawing::{Bars, CriteriaGrid, GridCriterion, GridUnit, Rings, Share, Standing, WordGauge};
use crate::editor::Editor;
use crate::form::{Choice, Form};
use crate::message::{Act, Empty, Notice, Refusals, Refused, Seal, Tag, Tone, due};
use crate::shell::{NavLink, PersonBadge, Shell};
use crate::table::{Cell, Column, DataTable, SortLink};
use crate::way::{Event, Pages, Steps, Tabs, Timeline};

/// The page of all components.
#[derive(Debug, Template)]
#[template(path = "styleguide.html")]
pub struct StyleguidePage {
    /// The frame.
    pub shell: Shell,
    /// A form with two complaints.
    pub form: Form,
    /// Options with explanations.
    pub routes: Vec<Choice>,
    /// Short options.
    pub levels: Vec<Choice>,
    /// Several refusals at once.
    pub refusals: Refusals,
    /// An act that may be done.
    pub allowed: Act,
    /// An act that may not.
    pub forbidden: Act,
    /// Messages of each manner.
    pub notices: Vec<Notice>,
    /// Status tags.
    pub tags: Vec<Tag>,
    /// A table of learners.
    pub learners: DataTable,
    /// Numbered pages.
    pub pages: Pages,
    /// Tabs.
    pub tabs: Tabs,
    /// Steps.
    pub steps: Steps,
    /// An audit trail.
    pub timeline: Timeline,
    /// An empty place.
    pub empty: Empty,
    /// Rings.
    pub rings: Rings,
    /// Bars.
    pub bars: Bars,
    /// The grid of criteria.
    pub grid: CriteriaGrid,
    /// A text within its limits, and one beyond.
    pub gauges: Vec<WordGauge>,
    /// A place to write.
    pub editor: Editor,
    /// Due dates for the work list.
    pub dues: Vec<(String, String, Tag)>,
}

/// The frame that all samples share: an assessor at a centre.
pub fn sample_shell(title: &str) -> Shell {
    Shell {
        person: Some(PersonBadge {
            name: "Ada Okafor".to_owned(),
            roles: vec!["Assessor".to_owned(), "tutor".to_owned()],
        }),
        nav: vec![
            NavLink::new("#work", "Work list", "list").count(7),
            NavLink::new("#learners", "Learners", "people").current(),
            NavLink::new("#marking", "Marking", "pen").count(3),
            NavLink::new("#standardisation", "Standardisation", "scales"),
            NavLink::new("#syllabus", "Syllabus", "book"),
            NavLink::new("#reports", "Reports", "chart"),
        ],
        banner: Some("Demonstration: today is 14 October 2019".to_owned()),
        csrf: "sample".to_owned(),
        once: "sample".to_owned(),
        place: Some("Northgate Centre".to_owned()),
        ..Shell::default()
    }
    .titled(title)
}

fn unit(number: &str, title: &str, standings: &[(&str, Standing)]) -> GridUnit {
    let criterion = |(number, standing): &(&str, Standing)| GridCriterion {
        number: (*number).to_owned(),
        text: "Identify and justify change solutions that link to organisational strategic plans".to_owned(),
        standing: *standing,
        href: Some(format!("#criterion-{number}")),
    };
    GridUnit {
        number: number.to_owned(),
        title: title.to_owned(),
        href: Some(format!("#{number}")),
        criteria: standings.iter().map(criterion).collect(),
    }
}

impl StyleguidePage {
    /// The page with its samples.
    pub fn sample() -> Self {
        use Standing::{Claimed, Met, NotSeen, NotYetMet, Recognised};
        let shell = sample_shell("Styleguide")
            .crumb("Learners", "#learners")
            .crumb("Ada Okafor", "#ada")
            .message(Notice::good("The plan was agreed.").link("#plan", "See the plan"));
        let refused = |code: &str, because: &str, remedy: &str, who: &str, source: &str| Refused {
            code: code.to_owned(),
            because: because.to_owned(),
            remedy: remedy.to_owned(),
            who: who.to_owned(),
            source: source.to_owned(),
            field: None,
        };
        let refusals = vec![
            refused(
                "CRITERION_WITHOUT_EVIDENCE",
                "Criterion 3.2 is judged met, but no passage of the work is cited for it.",
                "Cite at least one passage, or judge the criterion not yet met with a reason.",
                "You, as the assessor of this work",
                "practice, section 9; requirement JU-02",
            ),
            refused(
                "QUALITY_OPEN",
                "The question whether the work is authentic has no answer.",
                "Answer it, and say in a few words what you looked at.",
                "You, as the assessor of this work",
                "requirement JU-06",
            ),
        ];
        let when = |text: &str| shell.when(text);
        let timeline = Timeline {
            items: vec![
                Event::new(
                    "Judgement signed",
                    "Ada Okafor, assessor",
                    when("2019-10-14T09:30:00Z"),
                )
                .more("18 of 19 criteria met; 5.4 not yet met.")
                .tone(Tone::Good),
                Event::new(
                    "Work handed in, attempt 1",
                    "Ben Larsson, learner",
                    when("2019-10-09T16:05:00Z"),
                )
                .href("#work"),
                Event::new(
                    "Returned unmarked",
                    "Ada Okafor, assessor",
                    when("2019-10-02T11:12:00Z"),
                )
                .more("4,210 words: above the most accepted.")
                .tone(Tone::Caution),
            ],
        };
        let row = |name: &str, unit: &str, credits: u32, tag: Tag| {
            vec![
                Cell::link("#learner", name).small("Registered 2 September 2019"),
                Cell::text(unit),
                Cell::number(credits),
                Cell::tag(tag),
                Cell::link("#open", "Open").aside(format!("the work of {name}")),
            ]
        };
        let columns = vec![
            Column::words("Learner").sort(SortLink::new("/learners", "", "name", "name")),
            Column::words("Unit").sort(SortLink::new("/learners", "", "unit", "name")),
            Column::figures("Credits"),
            Column::words("Standing"),
            Column::actions("What can be done"),
        ];
        let learners = DataTable::new("learners-table", "Learners with open work", columns).rows(vec![
            row(
                "Ben Larsson",
                "7010V1 Implementing organisational change strategies",
                7,
                Tag::new(Tone::Caution, "Referred").icon("return"),
            ),
            row(
                "Chandra Iyer",
                "7015V1 Coaching and mentoring within organisational culture",
                16,
                Tag::new(Tone::Good, "Met"),
            ),
            row(
                "Dilys Pritchard-Vaughan",
                "7020V1 Coaching practice and theory",
                1_030,
                Tag::new(Tone::Info, "With the verifier").icon("eye"),
            ),
        ]);
        Self {
            form: Form::typed([
                ("name", "Ben Larsson"),
                ("email", "ben@"),
                ("route", "certificate"),
                ("role", "tutor"),
                (
                    "reason",
                    "The work compares three models; the reasons for the choice are still missing.",
                ),
            ])
            .complain("email", "Enter an e-mail address, like name@example.org")
            .complain("agree", "Say that this is your own work"),
            routes: vec![
                Choice::new("award", "Award").hint("One unit, 6 to 12 credits"),
                Choice::new("certificate", "Certificate").hint("At least 13 credits"),
                Choice::new("diploma", "Diploma")
                    .hint("Closed: the last day of registration was 31 August 2019")
                    .disabled(),
            ],
            levels: vec![Choice::new("6", "Level 6"), Choice::new("7", "Level 7")],
            refusals: Refusals::new("This judgement cannot be signed yet", refusals.clone()),
            allowed: Act::allowed("Return unmarked", "").second(),
            forbidden: Act::refused("Sign the judgement", refusals),
            notices: vec![
                Notice::info("The syllabus changes on 1 January 2020.").title("A new edition is coming"),
                Notice::good("The evidence is stored and its digest recorded."),
                Notice::caution("Two learners have no assessor."),
                Notice::bad("The file could not be read: page 3 is damaged."),
            ],
            tags: vec![
                Tag::new(Tone::Neutral, "Draft"),
                Tag::new(Tone::Info, "Handed in").icon("document"),
                Tag::new(Tone::Good, "Met"),
                Tag::new(Tone::Caution, "Not yet met").icon("return"),
                Tag::new(Tone::Bad, "On hold"),
                due("2019-10-12", -2),
                due("2019-10-17", 3),
                due("2019-11-29", 46),
            ],
            learners,
            pages: Pages::new("/learners", "q=a", 6, 25, 4312).of("learner", "learners"),
            tabs: Tabs::new("The learner's record")
                .tab("#plan", "Plan", "#units")
                .tab("#units", "Units", "#units")
                .count(4)
                .tab("#evidence", "Evidence", "#units")
                .count(12)
                .tab("#messages", "Messages", "#units"),
            steps: Steps::new(["Qualification", "Units", "Learner", "Check and register"], 1),
            timeline,
            empty: Empty::new(
                "No learners yet",
                "Once a learner is registered for a qualification, their plan and progress are shown here.",
            )
            .icon("people")
            .next("#new", "Register a learner"),
            rings: Rings {
                shares: vec![
                    Share::new("Criteria met", 31, 48),
                    Share::new("Units achieved", 2, 4),
                    Share::new("Credits", 46, 46),
                ],
            },
            bars: Bars {
                shares: vec![
                    Share::new("Criteria met", 31, 48),
                    Share::new("Guided hours", 120, 190),
                    Share::new("Credits", 25, 46),
                ],
            },
            grid: CriteriaGrid {
                units: vec![
                    unit(
                        "7010V1",
                        "Implementing organisational change strategies",
                        &[
                            ("1.1", Met),
                            ("1.2", Met),
                            ("1.3", NotYetMet),
                            ("2.1", Claimed),
                            ("2.2", Claimed),
                            ("3.1", NotSeen),
                            ("3.2", NotSeen),
                            ("3.3", NotSeen),
                            ("4.1", NotSeen),
                            ("4.2", NotSeen),
                            ("4.3", NotSeen),
                        ],
                    ),
                    unit(
                        "7002V1",
                        "Developing performance management strategies",
                        &[("1.1", Recognised), ("1.2", Recognised), ("1.3", Recognised)],
                    ),
                ],
            },
            gauges: vec![
                WordGauge {
                    id: "gauge-within".into(),
                    words: 3212,
                    least: 3000,
                    most: 3500,
                    tolerance: 10,
                },
                WordGauge {
                    id: "gauge-above".into(),
                    words: 4210,
                    least: 3000,
                    most: 3500,
                    tolerance: 10,
                },
            ],
            editor: Editor {
                id: "report".to_owned(),
                guard: shell.guard_for("report"),
                action: "/evidence/evd_1".to_owned(),
                save_url: "/evidence/evd_1/draft".to_owned(),
                version: 7,
                label: "Your report".to_owned(),
                hint: "Headings start with #, lists with a dash.".to_owned(),
                text: "# Why the depots had to change\n\nNorthgate runs six depots.".to_owned(),
                gauge: Some(WordGauge {
                    id: "report-length".into(),
                    words: 4,
                    least: 3000,
                    most: 3500,
                    tolerance: 10,
                }),
                state: "Saved 14:32".to_owned(),
            },
            dues: vec![
                (
                    "Mark 7010V1".into(),
                    "Ben Larsson, attempt 2, handed in 9 October 2019".into(),
                    due("2019-10-12", -2),
                ),
                (
                    "Agree a plan".into(),
                    "Chandra Iyer, Certificate in Leadership Coaching and Mentoring".into(),
                    due("2019-10-17", 3),
                ),
                (
                    "Answer a message".into(),
                    "Dilys Pritchard-Vaughan asks about unit 7020V1".into(),
                    due("2019-11-29", 46),
                ),
            ],
            shell,
        }
    }
}

/// A page for anybody: the answer to the check of a certificate.
#[derive(Debug, Template)]
#[template(path = "styleguide_public.html")]
pub struct PublicSamplePage {
    /// The frame; nobody is signed in.
    pub shell: Shell,
    /// The answer.
    pub seal: Seal,
    /// The form for another number.
    pub form: Form,
}

impl PublicSamplePage {
    /// The page with its samples.
    pub fn sample() -> Self {
        Self {
            shell: Shell::default().titled("Check a certificate"),
            seal: Seal::new(
                Tone::Good,
                "This certificate is genuine",
                "Its signature is valid, it stands in the public record, and it has not been withdrawn.",
            ),
            form: Form::new(),
        }
    }
}
