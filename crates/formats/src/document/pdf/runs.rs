//! Letters to runs: letters that follow each other without a wide gap, spaces put where gaps say so.

use super::glyphs::Glyph;

/// Letters that follow each other without a gap wider than a space or two.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) y: f64,
    pub(super) size: f64,
}

impl Run {
    pub(super) fn top(&self) -> f64 {
        self.y + self.size * 0.75
    }

    pub(super) fn foot(&self) -> f64 {
        self.y - self.size * 0.2
    }
}

/// A gap between letters wider than this share of the type's height is a space.
pub(super) const SPACE: f64 = 0.16;
/// A gap wider than this begins a new run, which may belong to another column.
const APART: f64 = 1.1;

/// The runs in the order in which they are drawn.
pub(super) fn runs(glyphs: Vec<Glyph>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut space = false;
    // Fonts that do not tell how wide their letters are leave every letter of a string at one place.
    let mut widths_known = true;
    for glyph in glyphs {
        let blank = glyph.text.chars().all(char::is_whitespace);
        let fits = runs.last().is_some_and(|run| {
            let size = run.size.max(glyph.size);
            let gap = glyph.x - run.right;
            let same_height = (glyph.y - run.y).abs() < size * 0.4;
            let back = if widths_known { 0.6 } else { 1_000.0 };
            same_height && gap > -size * back && gap < size * APART
        });
        if blank {
            space = true;
            if let Some(run) = runs.last_mut().filter(|_| fits) {
                run.right = run.right.max(glyph.end);
            }
            continue;
        }
        widths_known = glyph.end > glyph.x;
        match runs.last_mut().filter(|_| fits) {
            Some(run) => {
                let gap = glyph.x - run.right;
                if space || gap > run.size.max(glyph.size) * SPACE {
                    run.text.push(' ');
                }
                push_letters(&mut run.text, &glyph.text);
                run.right = run.right.max(glyph.end);
                // A raised or lowered letter does not move the line.
                if glyph.size > run.size {
                    run.size = glyph.size;
                    run.y = glyph.y;
                }
            }
            None => {
                let mut text = String::new();
                push_letters(&mut text, &glyph.text);
                runs.push(Run {
                    left: glyph.x,
                    right: glyph.end,
                    y: glyph.y,
                    size: glyph.size,
                    text,
                });
            }
        }
        space = false;
    }
    for run in &mut runs {
        // Half the height is a fair guess at a letter's width where the font is silent.
        let guess = run.left + run.text.chars().count() as f64 * run.size * 0.45;
        if run.right - run.left < run.size * 0.1 {
            run.right = guess;
        }
        if is_right_to_left(&run.text) {
            run.text = in_reading_order(&run.text);
        }
    }
    runs
}

/// Letters that a font joins to one shape are written apart, so that "office" is found as "office".
fn push_letters(text: &mut String, letters: &str) {
    for letter in letters.chars() {
        match letter {
            '\u{fb00}' => text.push_str("ff"),
            '\u{fb01}' => text.push_str("fi"),
            '\u{fb02}' => text.push_str("fl"),
            '\u{fb03}' => text.push_str("ffi"),
            '\u{fb04}' => text.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => text.push_str("st"),
            '\u{a0}' => text.push(' '),
            other => text.push(other),
        }
    }
}

/// Bold type is sometimes made by painting the same words twice, a hair apart.
pub(super) fn without_shadows(runs: Vec<Run>) -> Vec<Run> {
    let mut kept: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs {
        let shadow = kept.iter().rev().take(50).any(|k| {
            k.text == run.text
                && (k.left - run.left).abs() < run.size * 0.12
                && (k.y - run.y).abs() < run.size * 0.12
        });
        if !shadow {
            kept.push(run);
        }
    }
    kept
}

/// Whether most of a text's letters are written from right to left.
pub(super) fn is_right_to_left(text: &str) -> bool {
    let strong =
        |c: &char| matches!(*c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    let right_to_left = text.chars().filter(strong).count();
    right_to_left * 2 > text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Letters painted from left to right, as Arabic and Hebrew usually are in a PDF, turned round; numbers kept.
fn in_reading_order(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut number = String::new();
    for character in text.chars().rev() {
        if character.is_ascii_digit() {
            number.insert(0, character);
        } else {
            out.push_str(&number);
            number.clear();
            out.push(character);
        }
    }
    out + &number
}
