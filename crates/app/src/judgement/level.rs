//! What work of a level shows, for whoever judges it: in this project's own words, after the regulator's level descriptors.
//!
//! A unit is judged by its own level, whatever the level of the qualification it counts towards (QS-23).
//!
//! Source: Ofqual, Qualification and Component Levels (2015), knowledge and skills of levels 4 to 8.

/// What work of a level shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct LevelWords {
    pub level: u8,
    /// What the learner knows and understands.
    pub knowledge: &'static str,
    /// What the learner can do.
    pub skills: &'static str,
}

const LEVELS: [LevelWords; 5] = [
    LevelWords {
        level: 4,
        knowledge: "Knows the field in practice and in theory well enough to deal with problems that are well defined but not routine, and can say what the information used is worth.",
        skills: "Chooses and adapts methods for such problems, and looks back on whether they worked.",
    },
    LevelWords {
        level: 5,
        knowledge: "Has practical, theoretical or technical knowledge of the field, sees beyond single cases to ways through broad and complex problems, and knows where views differ and why.",
        skills: "Decides which methods suit a broad problem, uses them, and weighs what came of it with research where it helps.",
    },
    LevelWords {
        level: 6,
        knowledge: "Has advanced knowledge of the field, understands differing perspectives and schools of thought and the thinking behind them, and judges concepts critically.",
        skills: "Finds and refines ways through complex problems whose parts interact, using specialist methods, and evaluates results and their limits.",
    },
    LevelWords {
        level: 7,
        knowledge: "Reworks knowledge for problems that are complicated by many interacting factors, judges theories and their wider consequences critically, and knows the current debates of the field.",
        skills: "Forms and carries out original approaches with specialist skills, plans enquiry where needed, and evaluates outcomes in short and long term.",
    },
    LevelWords {
        level: 8,
        knowledge: "Develops new understanding at the frontier of the field or between fields, and reinterprets what is known.",
        skills: "Conceives, designs and carries through work that changes a field or a professional practice.",
    },
];

/// What work of a level shows; none for a level that is not described here.
pub fn words_of(level: u8) -> Option<LevelWords> {
    LEVELS.into_iter().find(|words| words.level == level)
}
