//! Which part of the document a block's words belong to: told by the document where it can tell, else by the headings.
//!
//! The aim is to apply a word-count rule as a fair reader would, and never to lose running text: a list of contents ends
//! where its entries end, and a heading that only looks like "References" in the middle of a sentence begins nothing.

use std::collections::{HashMap, HashSet};

use super::draft::Block;
use super::{ParagraphKind, Part};

/// The part of each block, in order, and whether any cell was taken for a box that an answer is written in.
pub(super) fn parts(blocks: &[Block], words: &[usize]) -> (Vec<Part>, bool) {
    let boxes = answer_boxes(blocks, words);
    let mut open: Option<Section> = None;
    let parts = blocks
        .iter()
        .map(|block| part_of(block, &boxes, &mut open))
        .collect();
    (parts, !boxes.is_empty())
}

/// A cell: table, row, column.
type Cell = (u32, u32, u32);

/// A cell with more words than this holds an answer, and its table is there to draw a box around it.
const ANSWER: usize = 120;

/// Many centres hand out forms in which each answer is written into a cell. Its words are the learner's text and not
/// those of a table.
fn answer_boxes(blocks: &[Block], words: &[usize]) -> HashSet<Cell> {
    let mut cells: HashMap<Cell, usize> = HashMap::new();
    for (block, words) in blocks.iter().zip(words) {
        if let ParagraphKind::TableCell { table, row, column } = block.kind {
            *cells.entry((table, row, column)).or_default() += words;
        }
    }
    cells
        .into_iter()
        .filter(|(_, words)| *words > ANSWER)
        .map(|(cell, _)| cell)
        .collect()
}

/// A section that is being read, whose words go under its part.
#[derive(Clone, Copy)]
struct Section {
    part: Part,
    /// A heading of this level or a higher one ends the section.
    level: u8,
    /// Whether the heading was one in the document, or only a short line that reads like one.
    styled: bool,
}

/// A line that reads like a heading ends at the next heading of any level.
const ANY_LEVEL: u8 = u8::MAX;

fn part_of(block: &Block, boxes: &HashSet<Cell>, open: &mut Option<Section>) -> Part {
    let title = match block.kind {
        ParagraphKind::Heading { level } => {
            if open.is_some_and(|section| level <= section.level) {
                *open = None;
            }
            section_title(&block.text).map(|part| Section {
                part,
                level,
                styled: true,
            })
        }
        ParagraphKind::Paragraph if block.part.is_none() => section_title(&block.text).map(|part| Section {
            part,
            level: ANY_LEVEL,
            styled: false,
        }),
        _ => None,
    };
    if let Some(section) = title {
        // A list of references inside an appendix stays in the appendix unless a heading of the same rank begins it.
        let inside_appendix = open.is_some_and(|o| o.part == Part::Appendices && o.styled && !section.styled);
        if !inside_appendix {
            *open = Some(section);
        }
        return Part::Headings;
    }
    if let Some(part) = block.part {
        return part;
    }
    match block.kind {
        ParagraphKind::Footnote => return Part::Footnotes,
        ParagraphKind::RunningHead => return Part::RunningHeads,
        _ => {}
    }
    if is_dotted_entry(&block.text) {
        return Part::Contents;
    }
    if let Some(section) = *open {
        let entries_only = matches!(section.part, Part::Contents | Part::Index);
        if !entries_only || is_entry(&block.text) {
            return section.part;
        }
        *open = None;
    }
    match block.kind {
        ParagraphKind::Heading { .. } => Part::Headings,
        ParagraphKind::TableCell { table, row, column } if boxes.contains(&(table, row, column)) => {
            Part::Body
        }
        ParagraphKind::TableCell { .. } => Part::Tables,
        ParagraphKind::Caption => Part::Captions,
        _ => Part::Body,
    }
}

/// The part that a heading begins, if it is one of those that word-count rules name.
pub(super) fn section_title(text: &str) -> Option<Part> {
    if text.len() > 120 {
        return None;
    }
    let title = without_number(text)
        .trim_end_matches([':', '.', ' '])
        .to_lowercase();
    let part = match title.as_str() {
        "references" | "reference list" | "list of references" | "works cited" | "literature cited"
        | "references cited" => Part::References,
        "bibliography"
        | "references and bibliography"
        | "bibliography and references"
        | "select bibliography" => Part::Bibliography,
        "contents"
        | "table of contents"
        | "list of contents"
        | "list of figures"
        | "list of tables"
        | "list of figures and tables"
        | "list of tables and figures" => Part::Contents,
        "index" => Part::Index,
        "appendix" | "appendices" | "annex" | "annexes" => Part::Appendices,
        other => {
            let (first, rest) = other.split_once(' ')?;
            let label = rest
                .split([':', ' ', '-', '–', '.', ')'])
                .next()
                .unwrap_or_default();
            let labelled = matches!(first, "appendix" | "annex")
                && !label.is_empty()
                && (label.chars().count() == 1
                    || label.chars().all(|c| c.is_ascii_digit() || "ivx".contains(c)))
                && rest.split_whitespace().count() <= 12
                && !text.trim_end().ends_with('.');
            if !labelled {
                return None;
            }
            Part::Appendices
        }
    };
    Some(part)
}

/// "7.", "7.1", "VII." and the like taken from the front.
fn without_number(text: &str) -> &str {
    let text = text.trim();
    let Some((first, rest)) = text.split_once(char::is_whitespace) else {
        return text;
    };
    let number = first.trim_end_matches(['.', ')']);
    let is_number = !number.is_empty()
        && (number.chars().all(|c| c.is_ascii_digit() || c == '.')
            || number.chars().all(|c| "IVX".contains(c)));
    if is_number { rest.trim_start() } else { text }
}

/// "Introduction ........ 4": such a line is of a table of contents wherever it stands.
pub(super) fn is_dotted_entry(text: &str) -> bool {
    let Some(before) = without_page_number(text) else {
        return false;
    };
    let dots = before
        .chars()
        .rev()
        .take_while(|c| matches!(c, '.' | '…' | '·' | ' ' | '_' | '\t'));
    dots.filter(|c| *c != ' ').count() >= 4
}

/// What stands before the page number at the end of a line, if there is one.
fn without_page_number(text: &str) -> Option<&str> {
    let before = text
        .trim_end()
        .trim_end_matches(|c: char| c.is_ascii_digit() || "ivxlc".contains(c));
    let number = text.trim_end().len() - before.len();
    (1..=6).contains(&number).then_some(before)
}

/// A line that can be an entry of a list of contents or an index: short, and no sentence.
fn is_entry(text: &str) -> bool {
    let words = text.split_whitespace().count();
    words <= 25
        && (without_page_number(text).is_some()
            || (words <= 14 && !text.trim_end().ends_with(['.', '?', '!'])))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(blocks: &[Block]) -> Vec<Part> {
        let words: Vec<usize> = blocks.iter().map(|b| super::super::words_in(&b.text)).collect();
        super::parts(blocks, &words).0
    }

    fn block(kind: ParagraphKind, text: &str) -> Block {
        Block {
            kind,
            text: text.to_owned(),
            page: 1,
            part: None,
        }
    }

    const HEADING: ParagraphKind = ParagraphKind::Heading { level: 1 };
    const BELOW: ParagraphKind = ParagraphKind::Heading { level: 2 };
    const TEXT: ParagraphKind = ParagraphKind::Paragraph;

    #[test]
    fn references_end_at_the_next_heading_of_the_same_rank() {
        let blocks = [
            block(TEXT, "Running text."),
            block(HEADING, "7. References"),
            block(BELOW, "Books"),
            block(TEXT, "Smith, A. (2001) On Things."),
            block(HEADING, "Conclusion"),
            block(TEXT, "More."),
        ];
        assert_eq!(
            parts(&blocks),
            [
                Part::Body,
                Part::Headings,
                Part::References,
                Part::References,
                Part::Headings,
                Part::Body
            ]
        );
    }

    #[test]
    fn a_list_of_contents_never_swallows_running_text() {
        let prose =
            "This report looks at the way in which the coaching programme was set up and what came of it.";
        let blocks = [
            block(TEXT, "Contents"),
            block(TEXT, "Introduction 1"),
            block(TEXT, "Literature review"),
            block(TEXT, prose),
            block(TEXT, "And on."),
        ];
        assert_eq!(
            parts(&blocks),
            [
                Part::Headings,
                Part::Contents,
                Part::Contents,
                Part::Body,
                Part::Body
            ]
        );
    }

    #[test]
    fn a_sentence_that_speaks_of_references_begins_no_section() {
        for text in [
            "References were taken up.",
            "The appendix shows more.",
            "Index funds",
            "appendix a is long.",
        ] {
            assert_eq!(section_title(text), None, "{text}");
        }
        assert_eq!(
            section_title("Appendix B: Interview plan"),
            Some(Part::Appendices)
        );
        assert_eq!(section_title("IV. Bibliography"), Some(Part::Bibliography));
    }

    #[test]
    fn an_answer_written_into_a_cell_is_the_learners_text() {
        let cell = |column| ParagraphKind::TableCell {
            table: 1,
            row: 1,
            column,
        };
        let blocks = [
            block(cell(1), "1.1 Explain coaching"),
            block(cell(2), &"Coaching helps. ".repeat(40)),
            block(cell(2), &"It does. ".repeat(40)),
        ];
        assert_eq!(parts(&blocks), [Part::Tables, Part::Body, Part::Body]);
    }

    #[test]
    fn dotted_lines_are_contents_wherever_they_stand() {
        assert!(is_dotted_entry("1.2 Aims of coaching ............ 12"));
        assert!(!is_dotted_entry("It rose to 12"));
        assert!(!is_dotted_entry("and so on ..."));
    }
}
