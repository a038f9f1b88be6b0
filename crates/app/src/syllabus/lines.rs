//! The document's lines, numbered through, so that what was read can be shown beside where it stands.

use assay_formats::syllabus::{Place, Source};
use std::collections::HashMap;

/// A line of the document.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct LineSeen {
    /// Its place among all lines, from 0; by it values point to lines.
    pub at: u32,
    /// Page, where the document has pages of its own.
    pub page: Option<u32>,
    /// Its number as a person counts; none where the document has no lines.
    pub number: Option<u32>,
    /// Its words; cells of a table are parted by tabs.
    pub text: String,
}

/// Finds lines by places.
pub struct Lines {
    lines: Vec<LineSeen>,
    /// Of each page the numbers that its lines stand for, in order, with the line's place.
    by_page: HashMap<Option<u32>, Vec<(u32, u32, u32)>>,
    by_part: HashMap<String, u32>,
}

/// The most lines that one value points to; more would light up the whole document.
const MOST: usize = 400;

impl Lines {
    pub fn of(source: &Source) -> Lines {
        let mut lines = Vec::new();
        let mut by_page: HashMap<Option<u32>, Vec<(u32, u32, u32)>> = HashMap::new();
        let mut by_part = HashMap::new();
        for (at, (page, line)) in (0u32..).zip(source.lines()) {
            if line.from > 0 {
                by_page.entry(page).or_default().push((line.from, line.to, at));
            } else if let Some(part) = &line.part {
                by_part.insert(part.clone(), at);
            }
            lines.push(LineSeen {
                at,
                page,
                number: (line.from > 0).then_some(line.from),
                text: line.text.clone(),
            });
        }
        for page in by_page.values_mut() {
            page.sort_unstable();
        }
        Lines {
            lines,
            by_page,
            by_part,
        }
    }

    /// All lines.
    pub fn all(&self) -> &[LineSeen] {
        &self.lines
    }

    /// All lines, to keep.
    pub fn into_all(self) -> Vec<LineSeen> {
        self.lines
    }

    /// The lines of some places, in order, each once.
    pub fn at(&self, places: &[Place]) -> Vec<u32> {
        let mut found: Vec<u32> = places.iter().flat_map(|place| self.of_place(place)).collect();
        found.sort_unstable();
        found.dedup();
        found.truncate(MOST);
        found
    }

    fn of_place(&self, place: &Place) -> Vec<u32> {
        if place.from == 0 {
            let mut part = place.part.as_deref().unwrap_or_default();
            while !part.is_empty() {
                if let Some(at) = self.by_part.get(part) {
                    return vec![*at];
                }
                part = part.rsplit_once('/').map_or("", |(lead, _)| lead);
            }
            return Vec::new();
        }
        let Some(page) = self.by_page.get(&place.page) else {
            return Vec::new();
        };
        let last = place.to.max(place.from);
        let first = page.partition_point(|(_, to, _)| *to < place.from);
        page.iter()
            .skip(first)
            .take_while(|(from, _, _)| *from <= last)
            .take(MOST)
            .map(|(_, _, at)| *at)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use assay_formats::syllabus::{SourceLine, SourcePage};

    #[test]
    fn places_of_a_text_are_its_lines() {
        let lines = Lines::of(&Source::text("one\ntwo\nthree\n"));
        assert_eq!(lines.all().len(), 3);
        assert_eq!(lines.at(&[Place::lines(2, 3)]), [1, 2]);
        assert_eq!(
            lines.at(&[Place::line(3), Place::line(1), Place::line(3)]),
            [0, 2]
        );
        assert!(lines.at(&[Place::line(9)]).is_empty());
    }

    #[test]
    fn rows_that_stand_for_several_paragraphs_and_parts_of_packages_are_found() {
        let row = |from, to, part: Option<&str>| SourceLine {
            from,
            to,
            part: part.map(str::to_owned),
            text: String::new(),
        };
        let source = Source {
            pages: vec![
                SourcePage {
                    number: Some(2),
                    lines: vec![row(1, 4, None), row(5, 5, None)],
                },
                SourcePage {
                    number: None,
                    lines: vec![row(0, 0, Some("/CFItems/3"))],
                },
            ],
        };
        let lines = Lines::of(&source);
        assert_eq!(lines.at(&[Place::line(3).on_page(2)]), [0]);
        assert_eq!(lines.at(&[Place::lines(4, 5).on_page(2)]), [0, 1]);
        assert_eq!(lines.at(&[Place::part("/CFItems/3/fullStatement")]), [2]);
        assert!(lines.at(&[Place::line(3)]).is_empty());
    }
}
