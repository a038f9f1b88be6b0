//! What a command verb asks for, in this project's own words: help in reading a criterion, never a ground of a decision.
//!
//! Source: QS-30 (each verb of a criterion is answered); the meanings are the project's own.

const VERBS: &[(&str, &str)] = &[
    (
        "analyse",
        "takes the matter apart and shows how its parts act on each other",
    ),
    ("apply", "puts an idea to use in a real situation"),
    (
        "assess",
        "weighs the matter against a stated measure and says what follows",
    ),
    (
        "compare",
        "shows what is alike and what differs, and why it matters",
    ),
    ("conduct", "has actually been carried out, with a record of it"),
    ("construct", "has been built, not only described"),
    ("demonstrate", "is shown to be done, in practice"),
    (
        "describe",
        "says what it is like, in enough detail to recognise it",
    ),
    ("determine", "settles the matter and gives the reasons"),
    ("develop", "builds it up from a first idea to something usable"),
    ("devise", "thinks out a plan or means that is the learner’s own"),
    ("discuss", "sets out more than one side before coming to a view"),
    ("establish", "sets it up, or shows beyond doubt that it is so"),
    (
        "evaluate",
        "judges worth or success by evidence and comes to a conclusion; more than a list",
    ),
    ("explain", "makes clear how and why"),
    ("identify", "names the right things and says what makes them so"),
    ("implement", "has put it into effect and says what happened"),
    ("initiate", "has set it going"),
    ("justify", "gives the reasons for a choice over the alternatives"),
    ("outline", "gives the main lines"),
    ("present", "sets it out for an audience"),
    ("produce", "has made the thing asked for"),
    ("promote", "has worked for its acceptance"),
    ("relate", "shows how one thing bears on another"),
];

/// What a command verb asks for; blank for a verb that is not described here.
pub fn asks(verb: &str) -> &'static str {
    VERBS
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(verb))
        .map_or("", |(_, asks)| asks)
}
