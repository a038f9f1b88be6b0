//! A page reduced to what shows text.
//!
//! What the font reader gets is a content stream that was written here: only operators that place and show text, each
//! with operands of the right number and kind, with drawings ("forms") put in where they are called, filled-in form
//! fields and typed notes included, and fonts under names of their own.

use std::collections::HashMap;

use pdf_extract::content::{Content, Operation};
use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};

use super::page::{PageOf, box_of};
use super::{dictionary, glyphs, guarded, number};

/// How deep drawings may call each other. Deeper ones are left out.
const DEEPEST_DRAWING: usize = 16;
/// How many operators one page may hold. What follows is left out.
const MOST_OPERATORS: usize = 1_000_000;
/// How many bytes of content one page may hold. What follows is left out.
const MOST_CONTENT: usize = 24 * 1024 * 1024;

/// A page reduced to its text.
#[derive(Debug)]
pub(super) struct Reduced {
    /// The content stream.
    pub(super) content: Vec<u8>,
    /// The fonts under the names that the content uses.
    pub(super) fonts: Dictionary,
    pub(super) media_box: [f32; 4],
    /// Whether everything on the page was taken over.
    pub(super) whole: bool,
    /// Whether the page shows pictures.
    pub(super) has_pictures: bool,
}

/// Fonts of the document that were tried, with the object to use for each.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    tried: HashMap<ObjectId, Object>,
}

/// Reduces a page.
pub(super) fn reduce(document: &Document, page: &PageOf, fonts: &mut Fonts) -> Reduced {
    let mut reducer = Reducer {
        document,
        fonts_tried: fonts,
        names: HashMap::new(),
        fonts: Dictionary::new(),
        operations: Vec::new(),
        content_left: MOST_CONTENT,
        drawing: Vec::new(),
        whole: true,
        has_pictures: false,
    };
    // Text shown before any font is chosen would stop the font reader.
    reducer.fonts.set("Plain", substitute());
    reducer.push("Tf", vec![Object::Name(b"Plain".to_vec()), Object::Integer(12)]);
    reducer.turn(page.turns);
    let empty = Dictionary::new();
    let resources = page.resources.as_ref().unwrap_or(&empty);
    if let Ok(content) = document.get_page_content(page.id) {
        reducer.content(&content, resources, 0);
    }
    reducer.annotations(page);
    let content = Content {
        operations: reducer.operations,
    }
    .encode()
    .unwrap_or_default();
    Reduced {
        content,
        fonts: reducer.fonts,
        media_box: page.media_box,
        whole: reducer.whole,
        has_pictures: reducer.has_pictures,
    }
}

struct Reducer<'a> {
    document: &'a Document,
    fonts_tried: &'a mut Fonts,
    /// Names given to fonts on this page, by object.
    names: HashMap<ObjectId, Vec<u8>>,
    fonts: Dictionary,
    operations: Vec<Operation>,
    content_left: usize,
    /// The drawings that are being put in, outermost first.
    drawing: Vec<ObjectId>,
    whole: bool,
    has_pictures: bool,
}

impl Reducer<'_> {
    fn push(&mut self, operator: &str, operands: Vec<Object>) {
        if self.operations.len() < MOST_OPERATORS {
            self.operations.push(Operation::new(operator, operands));
        } else {
            self.whole = false;
        }
    }

    /// Turns the page upright, so that reading order is found as the reader sees it.
    fn turn(&mut self, turns: u8) {
        if let Some(matrix) = turned(turns) {
            self.matrix(matrix);
        }
    }

    fn matrix(&mut self, matrix: [f32; 6]) {
        self.push("cm", matrix.iter().map(|n| Object::Real(*n)).collect());
    }

    fn content(&mut self, content: &[u8], resources: &Dictionary, depth: usize) {
        if content.len() > self.content_left {
            self.whole = false;
            return;
        }
        self.content_left -= content.len();
        let Some(decoded) = guarded(|| Content::decode(content).ok()).flatten() else {
            // A content stream of white space only is no loss.
            self.whole &= content.iter().all(u8::is_ascii_whitespace);
            return;
        };
        // A drawing may not take back states that were not saved in it.
        let mut saved = 0usize;
        for operation in decoded.operations {
            match operation.operator.as_str() {
                "q" => {
                    saved += 1;
                    self.push("q", Vec::new());
                }
                "Q" if saved > 0 => {
                    saved -= 1;
                    self.push("Q", Vec::new());
                }
                "BT" | "ET" | "T*" => self.push(&operation.operator, Vec::new()),
                "cm" | "Tm" => self.numbers(&operation, 6),
                "Td" | "TD" => self.numbers(&operation, 2),
                "Tc" | "Tw" | "Tz" | "TL" | "Ts" => self.numbers(&operation, 1),
                "Tf" => self.font(&operation, resources),
                "Tj" => self.show(operation.operands.first()),
                "'" => {
                    self.push("T*", Vec::new());
                    self.show(operation.operands.first());
                }
                "\"" => {
                    if let [word, character, text] = operation.operands.as_slice() {
                        for (operator, operand) in [("Tw", word), ("Tc", character)] {
                            if let Some(n) = number(operand) {
                                self.push(operator, vec![Object::Real(n)]);
                            }
                        }
                        self.push("T*", Vec::new());
                        self.show(Some(text));
                    }
                }
                "TJ" => self.show_spaced(&operation),
                "BI" => self.has_pictures = true,
                "Do" => self.external(&operation, resources, depth),
                _ => {}
            }
        }
        for _ in 0..saved {
            self.push("Q", Vec::new());
        }
    }

    fn numbers(&mut self, operation: &Operation, count: usize) {
        let numbers: Vec<Object> = operation
            .operands
            .iter()
            .filter_map(number)
            .map(Object::Real)
            .collect();
        if numbers.len() == count && operation.operands.len() == count {
            self.push(&operation.operator, numbers);
        }
    }

    fn show(&mut self, text: Option<&Object>) {
        if let Some(Object::String(..)) = text {
            self.push("Tj", text.into_iter().cloned().collect());
        }
    }

    fn show_spaced(&mut self, operation: &Operation) {
        if let Some(Object::Array(pieces)) = operation.operands.first() {
            let pieces: Vec<Object> = pieces
                .iter()
                .filter(|p| matches!(p, Object::String(..)) || number(p).is_some())
                .cloned()
                .collect();
            self.push("TJ", vec![Object::Array(pieces)]);
        }
    }

    fn font(&mut self, operation: &Operation, resources: &Dictionary) {
        let (Some(Object::Name(name)), Some(size)) = (
            operation.operands.first(),
            operation.operands.get(1).and_then(number),
        ) else {
            return;
        };
        let fonts = dictionary(self.document, resources, b"Font");
        let given = match fonts.and_then(|fonts| fonts.get(name).ok()) {
            Some(Object::Reference(id)) => self.font_by_reference(*id),
            Some(direct @ Object::Dictionary(_)) => {
                let given = format!("D{}", self.fonts.len()).into_bytes();
                let usable = self.usable(direct.clone());
                self.fonts.set(given.clone(), usable);
                given
            }
            _ => b"Plain".to_vec(),
        };
        self.push("Tf", vec![Object::Name(given), Object::Real(size)]);
    }

    fn font_by_reference(&mut self, id: ObjectId) -> Vec<u8> {
        if let Some(name) = self.names.get(&id) {
            return name.clone();
        }
        let object = match self.fonts_tried.tried.get(&id) {
            Some(object) => object.clone(),
            None => {
                let usable = self.usable(Object::Reference(id));
                self.fonts_tried.tried.insert(id, usable.clone());
                usable
            }
        };
        let name = format!("R{}", self.fonts.len()).into_bytes();
        self.fonts.set(name.clone(), object);
        self.names.insert(id, name.clone());
        name
    }

    /// The font, if the font reader can take it up; else a plain one, whose letters are right for most Latin text.
    fn usable(&mut self, font: Object) -> Object {
        if glyphs::font_is_readable(self.document, &font) {
            return font;
        }
        self.whole = false;
        substitute()
    }

    fn external(&mut self, operation: &Operation, resources: &Dictionary, depth: usize) {
        let Some(Object::Name(name)) = operation.operands.first() else {
            return;
        };
        let Some(found) = dictionary(self.document, resources, b"XObject").and_then(|x| x.get(name).ok())
        else {
            return;
        };
        self.drawing(found, resources, depth, None);
    }

    /// Puts a drawing in, in its own saved state; `place` is applied around it.
    fn drawing(&mut self, object: &Object, resources: &Dictionary, depth: usize, place: Option<[f32; 6]>) {
        let Ok((id, Object::Stream(stream))) = self.document.dereference(object) else {
            return;
        };
        if stream
            .dict
            .get(b"Subtype")
            .and_then(Object::as_name)
            .is_ok_and(|s| s == b"Image")
        {
            self.has_pictures = true;
            return;
        }
        let id = id.unwrap_or_default();
        if depth >= DEEPEST_DRAWING || (id != ObjectId::default() && self.drawing.contains(&id)) {
            self.whole = false;
            return;
        }
        let content = content_of(stream);
        let own = dictionary(self.document, &stream.dict, b"Resources").unwrap_or(resources);
        self.push("q", Vec::new());
        if let Some(place) = place {
            self.matrix(place);
        }
        if let Some(matrix) = matrix_of(self.document, &stream.dict) {
            self.matrix(matrix);
        }
        self.drawing.push(id);
        self.content(&content, own, depth + 1);
        self.drawing.pop();
        self.push("Q", Vec::new());
    }

    /// Filled-in form fields and typed notes are drawn above the page; what they show is part of what the reader sees.
    fn annotations(&mut self, page: &PageOf) {
        const MOST: usize = 2_000;
        let document = self.document;
        let Ok(dict) = document.get_dictionary(page.id) else {
            return;
        };
        let Ok(annotations) = dict.get_deref(b"Annots", document).and_then(Object::as_array) else {
            return;
        };
        let empty = Dictionary::new();
        for annotation in annotations.iter().take(MOST) {
            let Some(annotation) = document
                .dereference(annotation)
                .ok()
                .and_then(|(_, a)| a.as_dict().ok())
            else {
                continue;
            };
            let subtype = annotation
                .get(b"Subtype")
                .and_then(Object::as_name)
                .unwrap_or_default();
            let flags = annotation.get(b"F").and_then(Object::as_i64).unwrap_or(0);
            let hidden = flags & (2 | 32) != 0;
            if hidden || !matches!(subtype, b"Widget" | b"FreeText") {
                continue;
            }
            let Some(mut shown) =
                dictionary(document, annotation, b"AP").and_then(|ap| ap.get_deref(b"N", document).ok())
            else {
                continue;
            };
            // A field with states (a tick box) has an appearance for each.
            if let Object::Dictionary(states) = shown {
                let state = annotation
                    .get(b"AS")
                    .and_then(Object::as_name)
                    .unwrap_or_default();
                let Ok(of_state) = states.get_deref(state, document) else {
                    continue;
                };
                shown = of_state;
            }
            let Object::Stream(stream) = shown else { continue };
            let place = placed(document, annotation, stream);
            self.drawing(shown, &empty, 1, place);
        }
    }
}

/// The matrix that turns a page upright; none for one that is.
pub(super) fn turned(turns: u8) -> Option<[f32; 6]> {
    let [a, b, c, d] = match turns {
        1 => [0.0, -1.0, 1.0, 0.0],
        2 => [-1.0, 0.0, 0.0, -1.0],
        3 => [0.0, 1.0, -1.0, 0.0],
        _ => return None,
    };
    Some([a, b, c, d, 0.0, 0.0])
}

/// Where an annotation's drawing goes: its box moved to the lower left corner of the annotation's rectangle.
fn placed(document: &Document, annotation: &Dictionary, stream: &Stream) -> Option<[f32; 6]> {
    let rect = box_of(document, annotation, b"Rect")?;
    let own = box_of(document, &stream.dict, b"BBox").unwrap_or([0.0; 4]);
    let [left, bottom, ..] = rect;
    let [own_left, own_bottom, ..] = own;
    Some([1.0, 0.0, 0.0, 1.0, left - own_left, bottom - own_bottom])
}

pub(super) fn matrix_of(document: &Document, dict: &Dictionary) -> Option<[f32; 6]> {
    let numbers = dict.get_deref(b"Matrix", document).ok()?.as_array().ok()?;
    let numbers: Vec<f32> = numbers.iter().filter_map(number).collect();
    numbers.try_into().ok()
}

pub(super) fn content_of(stream: &Stream) -> Vec<u8> {
    if stream.filters().is_ok() {
        stream.decompressed_content().unwrap_or_default()
    } else {
        stream.content.clone()
    }
}

/// A font that is always readable, with the letters of Western European text.
fn substitute() -> Object {
    let mut font = Dictionary::new();
    font.set("Type", Object::Name(b"Font".to_vec()));
    font.set("Subtype", Object::Name(b"Type1".to_vec()));
    font.set("BaseFont", Object::Name(b"Helvetica".to_vec()));
    font.set("Encoding", Object::Name(b"WinAnsiEncoding".to_vec()));
    Object::Dictionary(font)
}
