//! Words without a number: the rest of a statement, by column or by how the statement ended, or a passage.

use super::super::heads;
use super::super::lines::{Line, Parting};
use super::{Event, Scan, Target};
use crate::syllabus::codes;
use crate::syllabus::draft::Found;
use crate::syllabus::finding::{Finding, Place};
use crate::syllabus::words::{begins_lower, ends_open, ends_sentence, sentences};

impl Scan<'_> {
    /// Whether a paragraph without number goes on with a statement begun before, and if so joins it.
    pub(super) fn continued(
        &mut self,
        text: &str,
        place: &Place,
        line: &Line,
        x: u32,
        bullet: bool,
    ) -> Option<Target> {
        let lower = begins_lower(text);
        let column = self.column(x, line);
        if line.parting == Parting::Numbered && line.cells.len() > 1 {
            let target = column.filter(|target| *target != Target::Guidance && lower)?;
            return self.join(target, text, place, false);
        }
        if self.gap_columns && self.in_columns(x, line) {
            let target = column.filter(|target| *target != Target::Guidance)?;
            if line.after_gap && !lower && !bullet {
                return None;
            }
            return self.join(target, text, place, bullet);
        }
        let target = self.last.filter(|last| *last != Target::Guidance)?;
        let words = self.text_of(target)?;
        if bullet {
            // A list belongs to a statement that announces it.
            return words
                .ends_with(':')
                .then(|| self.join(target, text, place, true))
                .flatten();
        }
        if line.after_gap || line.parting != Parting::None {
            if !lower {
                return None;
            }
            let open = ends_open(&words);
            if !open && self.guidance_is_open() {
                return None;
            }
            if !open {
                self.unsure(target, text, place, line);
            }
            return self.join(target, text, place, false);
        }
        if ends_sentence(&words) {
            return None;
        }
        if lower || ends_open(&words) {
            return self.join(target, text, place, false);
        }
        if text.chars().count() < 90
            && sentences(text) == 0
            && words.chars().count() >= 50
            && self.last_line + 1 == line.number
        {
            self.unsure(target, text, place, line);
            return self.join(target, text, place, false);
        }
        None
    }

    pub(super) fn unsure(&mut self, target: Target, text: &str, place: &Place, line: &Line) {
        let subject = self.in_words(target);
        let words: String = text.chars().take(40).collect();
        self.body.findings.push(
            Finding::new(
                &codes::IMPORT_CONTINUATION,
                subject,
                format!("\"{words}\" was taken for the rest of this statement, which a break may have cut"),
            )
            .at(place.clone())
            .show(&line.raw)
            .suggest("Compare it with the page; if it is guidance, take it out of the statement."),
        );
    }

    /// What stands in a column, by the latest row that said so.
    pub(super) fn column(&self, x: u32, line: &Line) -> Option<Target> {
        if line.parting == Parting::Numbered {
            return self
                .columns
                .iter()
                .find(|(column, _)| *column == x)
                .map(|(_, target)| *target);
        }
        self.columns
            .iter()
            .filter(|(column, _)| *column <= x + 4)
            .max_by_key(|(column, _)| *column)
            .map(|(_, target)| *target)
    }

    /// Whether a cell begins where a column begins, or a little further in.
    pub(super) fn hangs_in(&self, x: u32) -> bool {
        self.columns
            .iter()
            .any(|(column, target)| *target != Target::Guidance && (*column..=column + 8).contains(&x))
    }

    /// Whether a line of gaps, or a line alone, lies within one column and does not run across.
    pub(super) fn in_columns(&self, x: u32, line: &Line) -> bool {
        if line.parting == Parting::Gaps {
            return true;
        }
        let width = u32::try_from(line.raw.trim_end().chars().count()).unwrap_or(u32::MAX);
        let following = self
            .columns
            .iter()
            .map(|(column, _)| *column)
            .filter(|column| *column > x + 4)
            .min();
        !self.columns.is_empty()
            && following.is_none_or(|following| width <= following + 2)
            && (following.is_some() || x > 6)
    }

    pub(super) fn remember(&mut self, line: &Line, row: Vec<(u32, Target)>, fresh: bool) {
        match line.parting {
            Parting::Numbered if fresh => {
                self.columns = row;
                self.gap_columns = false;
            }
            Parting::Gaps => {
                self.gap_columns = true;
                for (x, target) in row {
                    // The rest of a statement may hang in; it begins no column.
                    let rest = self.columns.iter().any(|(_, known)| *known == target);
                    if target == Target::Guidance && !fresh || target != Target::Guidance && rest {
                        continue;
                    }
                    self.columns.retain(|(column, _)| column.abs_diff(x) > 4);
                    self.columns.push((x, target));
                }
            }
            Parting::None if fresh && self.gap_columns => {
                for (x, target) in row {
                    self.columns.retain(|(column, _)| column.abs_diff(x) > 4);
                    self.columns.push((x, target));
                }
            }
            Parting::None | Parting::Numbered => {}
        }
    }

    /// Whether the last passage of guidance ends in the middle of a sentence, so that something of it must follow.
    pub(super) fn guidance_is_open(&self) -> bool {
        self.body
            .events
            .iter()
            .rev()
            .find_map(|event| match event {
                Event::Guidance(piece) => Some(!ends_sentence(&piece.text)),
                _ => None,
            })
            .unwrap_or(false)
    }

    pub(super) fn join(&mut self, target: Target, text: &str, place: &Place, item: bool) -> Option<Target> {
        let whole = self.text_of(target).map(|text| heads::plain(&text));
        if self.again == Some(target)
            && whole.is_some_and(|whole| format!("{whole} ").contains(&format!(" {} ", heads::plain(text))))
        {
            return Some(target);
        }
        let field = match target {
            Target::Outcome(o) => &mut self.body.outcomes.get_mut(o)?.text,
            Target::Criterion(o, c) => &mut self.body.outcomes.get_mut(o)?.criteria.get_mut(c)?.text,
            Target::Guidance => return None,
        };
        match field {
            Some(found)
                if found.value.len() > text.len() && found.value.ends_with(text) && text.contains(' ') =>
            {
                self.repeated(target, place);
            }
            Some(found) => {
                found.value.push(if item { '\n' } else { ' ' });
                found.value.push_str(text);
                found.at.push(place.clone());
            }
            None => *field = Some(Found::new(text.to_owned(), place.clone())),
        }
        Some(target)
    }
}
