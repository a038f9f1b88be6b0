//! Words: command verbs, openings of outcomes, stems.

/// Words that tell a learner what to do. A criterion begins with one.
const VERBS: &[&str] = &[
    "account",
    "act",
    "adapt",
    "adhere",
    "adjust",
    "administer",
    "adopt",
    "advise",
    "agree",
    "align",
    "allocate",
    "analyse",
    "analyze",
    "answer",
    "apply",
    "appraise",
    "appreciate",
    "argue",
    "arrange",
    "articulate",
    "ask",
    "assemble",
    "assess",
    "assist",
    "build",
    "calculate",
    "carry",
    "categorise",
    "challenge",
    "check",
    "choose",
    "cite",
    "clarify",
    "classify",
    "clean",
    "collaborate",
    "collate",
    "collect",
    "combine",
    "comment",
    "communicate",
    "compare",
    "compile",
    "complete",
    "comply",
    "compose",
    "conduct",
    "confirm",
    "construct",
    "contextualise",
    "contrast",
    "contribute",
    "control",
    "convert",
    "co-ordinate",
    "coordinate",
    "cost",
    "create",
    "critique",
    "critically",
    "debate",
    "deal",
    "decide",
    "deduce",
    "define",
    "deliver",
    "demonstrate",
    "derive",
    "describe",
    "design",
    "detail",
    "determine",
    "develop",
    "devise",
    "diagnose",
    "differentiate",
    "direct",
    "discuss",
    "display",
    "dispose",
    "distinguish",
    "document",
    "draft",
    "draw",
    "employ",
    "enable",
    "encourage",
    "engage",
    "ensure",
    "establish",
    "estimate",
    "evaluate",
    "examine",
    "execute",
    "exhibit",
    "explain",
    "explore",
    "extract",
    "facilitate",
    "find",
    "follow",
    "formulate",
    "gather",
    "generate",
    "give",
    "handle",
    "highlight",
    "identify",
    "illustrate",
    "implement",
    "improve",
    "indicate",
    "inform",
    "initiate",
    "inspect",
    "install",
    "integrate",
    "interpret",
    "introduce",
    "investigate",
    "involve",
    "judge",
    "justify",
    "keep",
    "label",
    "lead",
    "list",
    "locate",
    "maintain",
    "make",
    "manage",
    "map",
    "match",
    "measure",
    "meet",
    "minimise",
    "modify",
    "monitor",
    "move",
    "name",
    "negotiate",
    "obtain",
    "observe",
    "operate",
    "organise",
    "outline",
    "participate",
    "perform",
    "place",
    "plan",
    "position",
    "practise",
    "predict",
    "prepare",
    "present",
    "prioritise",
    "process",
    "produce",
    "promote",
    "propose",
    "provide",
    "question",
    "quote",
    "rank",
    "read",
    "recall",
    "recognise",
    "recommend",
    "record",
    "refer",
    "reflect",
    "relate",
    "remove",
    "repair",
    "report",
    "represent",
    "request",
    "research",
    "resolve",
    "respond",
    "review",
    "revise",
    "schedule",
    "secure",
    "seek",
    "select",
    "sequence",
    "set",
    "share",
    "show",
    "sketch",
    "solve",
    "sort",
    "specify",
    "state",
    "store",
    "structure",
    "submit",
    "suggest",
    "summarise",
    "supervise",
    "support",
    "synthesise",
    "take",
    "tell",
    "test",
    "trace",
    "track",
    "train",
    "translate",
    "transfer",
    "treat",
    "undertake",
    "update",
    "use",
    "utilise",
    "validate",
    "verify",
    "add",
    "brief",
    "clear",
    "close",
    "cook",
    "cut",
    "drive",
    "feed",
    "fill",
    "fit",
    "greet",
    "guide",
    "help",
    "hold",
    "increase",
    "join",
    "load",
    "mark",
    "mix",
    "open",
    "protect",
    "reduce",
    "replace",
    "restore",
    "return",
    "serve",
    "sharpen",
    "sign",
    "speak",
    "start",
    "stop",
    "teach",
    "welcome",
    "wear",
    "weigh",
    "work",
    "write",
];

/// Words between which a second command verb may stand.
const ADVERBS: [&str; 8] = [
    "critically",
    "briefly",
    "clearly",
    "fully",
    "effectively",
    "accurately",
    "correctly",
    "safely",
];

/// Words with which an outcome begins.
const OUTCOME_STARTS: [&str; 9] = [
    "understand",
    "know",
    "be able to",
    "be aware",
    "be competent",
    "appreciate",
    "recognise",
    "gain",
    "have",
];

/// Words that do not end a statement.
const FUNCTION_WORDS: [&str; 38] = [
    "a",
    "an",
    "the",
    "of",
    "to",
    "in",
    "on",
    "at",
    "by",
    "for",
    "from",
    "with",
    "and",
    "or",
    "as",
    "into",
    "that",
    "which",
    "their",
    "its",
    "his",
    "her",
    "your",
    "own",
    "is",
    "are",
    "be",
    "within",
    "between",
    "through",
    "when",
    "how",
    "why",
    "this",
    "these",
    "those",
    "using",
    "including",
];

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Whether a word is a command verb.
pub(super) fn is_verb(word: &str) -> bool {
    VERBS.contains(&bare(word).as_str())
}

/// Whether a text begins with a command verb, or with an adverb and one.
pub(super) fn begins_with_verb(text: &str) -> bool {
    let mut words = text.split_whitespace();
    match words.next() {
        Some(first) if ADVERBS.contains(&bare(first).as_str()) => words.next().is_some_and(is_verb),
        Some(first) => is_verb(first),
        None => false,
    }
}

/// Whether a text reads like the beginning of an outcome.
pub(super) fn begins_like_outcome(text: &str) -> bool {
    let text = text.to_lowercase();
    let text = text.strip_prefix("the learner will ").unwrap_or(&text);
    OUTCOME_STARTS
        .iter()
        .any(|start| text.strip_prefix(start).is_some_and(|rest| rest.starts_with(' ')))
}

/// Whether the last word of a text cannot end a statement.
pub(super) fn ends_open(text: &str) -> bool {
    text.ends_with([',', '-', '/', '&', '('])
        || text
            .split_whitespace()
            .last()
            .is_some_and(|last| FUNCTION_WORDS.contains(&bare(last).as_str()))
}

/// Whether a text ends like a sentence.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '\'', '’', ')', ']', ' '])
        .ends_with(['.', '?', '!', ':', ';'])
        || text.ends_with(['”', '"'])
}

/// Number of sentence ends within a text.
pub(super) fn sentences(text: &str) -> usize {
    text.matches(". ").count() + text.matches("? ").count() + usize::from(text.ends_with(['.', '?', '!']))
}

/// Whether a text goes on with a small letter or an opening of a sentence's middle.
pub(super) fn begins_lower(text: &str) -> bool {
    text.chars()
        .find(|c| !matches!(c, '(' | '"' | '\'' | '“' | '‘' | '–' | '-'))
        .is_some_and(char::is_lowercase)
}

/// The command verbs of a criterion as they stand in it: the one at its beginning, and one that is joined to it by
/// "and" (QS-30). None when it begins with no command verb.
pub fn command_verbs(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let clean = |word: &str| {
        word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-')
            .to_owned()
    };
    let mut verbs = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let adverb = ADVERBS.contains(&bare(word).as_str());
        if at == 0 && adverb && words.get(1).is_some_and(|next| is_verb(next)) {
            at = 1;
            continue;
        }
        let first = verbs.is_empty();
        let joined =
            at > 0 && matches!(words.get(at - 1), Some(&("and" | "and/or" | "&"))) && second_verb(&words, at);
        if is_verb(word) && !adverb && (first || joined) {
            verbs.push(clean(word));
        } else if first {
            return verbs;
        }
        at += 1;
    }
    verbs
}

/// Whether the word after "and" tells what to do: it stands beside the first verb, or an object with its own article or
/// adjective follows it. `policies and support` has none.
fn second_verb(words: &[&str], at: usize) -> bool {
    if at <= 2 {
        return true;
    }
    // "a way to find and mend": both belong to the "to".
    if at.checked_sub(3).and_then(|before| words.get(before)) == Some(&"to") {
        return false;
    }
    const NOUNS_TOO: [&str; 28] = [
        "support",
        "control",
        "plan",
        "test",
        "work",
        "review",
        "research",
        "report",
        "practise",
        "process",
        "record",
        "design",
        "use",
        "account",
        "cost",
        "lead",
        "measure",
        "state",
        "question",
        "challenge",
        "schedule",
        "display",
        "position",
        "document",
        "structure",
        "place",
        "set",
        "train",
    ];
    let word = words.get(at).map(|word| bare(word)).unwrap_or_default();
    let next = words.get(at + 1).map(|word| bare(word)).unwrap_or_default();
    let object = matches!(
        next.as_str(),
        "a" | "an"
            | "the"
            | "how"
            | "what"
            | "why"
            | "own"
            | "areas"
            | "changes"
            | "recommendations"
            | "ways"
            | "any"
            | "their"
            | "to"
    );
    object || (!NOUNS_TOO.contains(&word.as_str()) && words.len() > at + 1 && !next.is_empty())
}

/// Stems of the words of a text that carry meaning: their first five letters.
pub(super) fn stems(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| {
            word.chars().count() >= 4 || word.chars().all(|c| c.is_ascii_uppercase()) && word.len() >= 3
        })
        .map(str::to_lowercase)
        .filter(|word| !COMMON.contains(&word.as_str()))
        .map(|word| word.chars().take(5).collect())
        .collect()
}

const COMMON: [&str; 22] = [
    "that", "this", "with", "from", "their", "have", "been", "will", "would", "could", "should", "these",
    "those", "which", "when", "where", "used", "also", "such", "they", "within", "into",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_criterion_tells_with_one_verb_or_two_what_to_do() {
        let verbs = |text: &str| command_verbs(text).join(" ");
        assert_eq!(verbs("Critically evaluate the plan"), "evaluate");
        assert_eq!(
            verbs("Assess the process and initiate changes where necessary"),
            "Assess initiate"
        );
        assert_eq!(verbs("Identify and justify solutions"), "Identify justify");
        assert_eq!(
            verbs("Determine how impact, training and support help"),
            "Determine"
        );
        assert_eq!(verbs("The need for integrity"), "");
    }
}
