//! The letters of a page with their places, by way of pdf-extract.

use pdf_extract::{
    Dictionary, Document, MediaBox, Object, ObjectId, OutputDev, OutputError, Stream, Transform,
    output_doc_page,
};

use super::guarded;
use super::reduce::Reduced;

/// One letter, or what one code of a font stands for, upright: `x` runs along the line, `y` upwards.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    pub(super) text: String,
    pub(super) x: f64,
    pub(super) y: f64,
    /// Where the letter ends along the line; the same as `x` when the font does not tell.
    pub(super) end: f64,
    /// Height of the type, in points.
    pub(super) size: f64,
    /// Quarter turns anticlockwise of the direction it is written in.
    pub(super) turns: u8,
}

/// Identifiers for the objects that are put in to read one page; above any that a file can name.
const PAGE: ObjectId = (u32::MAX - 1, 0);
const CONTENT: ObjectId = (u32::MAX - 2, 0);
const TREE: ObjectId = (u32::MAX - 3, 0);
const CATALOGUE: ObjectId = (u32::MAX - 4, 0);

/// The letters of a page in the order in which they are drawn; `None` when the font reader gives up. Panics when the
/// font reader does.
pub(super) fn of_page(document: &mut Document, page: &Reduced, most: usize) -> Option<Vec<Glyph>> {
    show_only(document, page);
    let mut collector = Collector {
        glyphs: Vec::new(),
        most,
    };
    output_doc_page(document, &mut collector, 1).ok()?;
    Some(collector.glyphs)
}

/// Whether the font reader can take up a font without giving up or panicking.
pub(super) fn font_is_readable(document: &Document, font: &Object) -> bool {
    // Only what the font refers to is needed, and a font refers to little: but which objects cannot be known without
    // following them, so the document is lent whole.
    let mut trial = Trial::of(document, font);
    trial.run()
}

/// A copy of what one font needs, with a page that chooses the font and shows nothing.
struct Trial {
    document: Document,
    page: Reduced,
}

impl Trial {
    fn of(document: &Document, font: &Object) -> Self {
        let mut copy = Document::new();
        follow(document, font, &mut copy, 0);
        let mut fonts = Dictionary::new();
        fonts.set("T", font.clone());
        Self {
            document: copy,
            page: Reduced {
                content: b"BT /T 1 Tf ET".to_vec(),
                fonts,
                media_box: [0.0, 0.0, 10.0, 10.0],
                whole: true,
                has_pictures: false,
            },
        }
    }

    fn run(&mut self) -> bool {
        guarded(|| of_page(&mut self.document, &self.page, 1).is_some()).unwrap_or_default()
    }
}

/// Copies what an object refers to, as far as a font can reach.
fn follow(from: &Document, object: &Object, to: &mut Document, depth: usize) {
    const DEEPEST: usize = 8;
    const MOST: usize = 5_000;
    if depth > DEEPEST || to.objects.len() > MOST {
        return;
    }
    match object {
        Object::Reference(id) => {
            if !to.objects.contains_key(id)
                && let Some(found) = from.objects.get(id)
            {
                to.objects.insert(*id, found.clone());
                follow(from, found, to, depth + 1);
            }
        }
        Object::Array(items) => items
            .iter()
            .take(MOST)
            .for_each(|item| follow(from, item, to, depth + 1)),
        Object::Dictionary(dict) => dict
            .iter()
            .for_each(|(_, value)| follow(from, value, to, depth + 1)),
        Object::Stream(stream) => stream
            .dict
            .iter()
            .for_each(|(_, value)| follow(from, value, to, depth + 1)),
        _ => {}
    }
}

/// Makes the reduced page the document's only one.
fn show_only(document: &mut Document, page: &Reduced) {
    let name = |text: &str| Object::Name(text.as_bytes().to_vec());
    let mut resources = Dictionary::new();
    resources.set("Font", Object::Dictionary(page.fonts.clone()));
    let mut shown = Dictionary::new();
    shown.set("Type", name("Page"));
    shown.set("Resources", Object::Dictionary(resources));
    shown.set(
        "MediaBox",
        Object::Array(page.media_box.iter().map(|n| Object::Real(*n)).collect()),
    );
    shown.set("Contents", Object::Reference(CONTENT));
    let mut tree = Dictionary::new();
    tree.set("Type", name("Pages"));
    tree.set("Kids", Object::Array(vec![Object::Reference(PAGE)]));
    tree.set("Count", Object::Integer(1));
    let mut catalogue = Dictionary::new();
    catalogue.set("Type", name("Catalog"));
    catalogue.set("Pages", Object::Reference(TREE));
    document.objects.insert(PAGE, Object::Dictionary(shown));
    document.objects.insert(
        CONTENT,
        Object::Stream(Stream::new(Dictionary::new(), page.content.clone())),
    );
    document.objects.insert(TREE, Object::Dictionary(tree));
    document.objects.insert(CATALOGUE, Object::Dictionary(catalogue));
    document.trailer.set("Root", Object::Reference(CATALOGUE));
}

struct Collector {
    glyphs: Vec<Glyph>,
    most: usize,
}

impl OutputDev for Collector {
    fn begin_page(
        &mut self,
        _: u32,
        _: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _spacing: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        if text.is_empty() || self.glyphs.len() >= self.most {
            return Ok(());
        }
        // The direction of writing and the height of the type, as the page shows them.
        let (along_x, along_y) = (place.m11 * font_size, place.m12 * font_size);
        let (up_x, up_y) = (place.m21 * font_size, place.m22 * font_size);
        let turns = quarter_turns(along_x, along_y);
        let (x, y) = upright(place.m31, place.m32, turns);
        let advance = along_x.hypot(along_y) * width;
        let size = up_x.hypot(up_y);
        if ![x, y, advance, size]
            .iter()
            .all(|n| n.is_finite() && n.abs() < 1e7)
        {
            return Ok(());
        }
        self.glyphs.push(Glyph {
            text: text.to_owned(),
            x,
            y,
            end: x + advance.max(0.0),
            size: size.clamp(0.1, 2_000.0),
            turns,
        });
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

fn quarter_turns(x: f64, y: f64) -> u8 {
    if x.abs() >= y.abs() {
        if x >= 0.0 { 0 } else { 2 }
    } else if y > 0.0 {
        1
    } else {
        3
    }
}

fn upright(x: f64, y: f64, turns: u8) -> (f64, f64) {
    match turns {
        0 => (x, y),
        1 => (y, -x),
        2 => (-x, -y),
        _ => (-y, x),
    }
}
