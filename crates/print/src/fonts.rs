//! The fonts that sheets are set in: those of the program, and those that an operator adds.

use std::sync::{Arc, LazyLock};
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// The program's own fonts (`fonts/LICENCE.txt`): Libertinus Serif for Latin, Greek, Cyrillic and Hebrew, and the Noto
/// faces for the other scripts that learners' names are most often written in. Chinese, Japanese and Korean would add
/// more than the whole rest and are added by the operator where needed.
const EMBEDDED: [&[u8]; 13] = [
    include_bytes!("../fonts/LibertinusSerif-Regular.otf"),
    include_bytes!("../fonts/LibertinusSerif-Italic.otf"),
    include_bytes!("../fonts/LibertinusSerif-Semibold.otf"),
    include_bytes!("../fonts/LibertinusSerif-Bold.otf"),
    include_bytes!("../fonts/NotoNaskhArabic-Regular.ttf"),
    include_bytes!("../fonts/NotoSerifArmenian-Regular.ttf"),
    include_bytes!("../fonts/NotoSerifBengali-Regular.ttf"),
    include_bytes!("../fonts/NotoSerifDevanagari-Regular.ttf"),
    include_bytes!("../fonts/NotoSerifGeorgian-Regular.ttf"),
    include_bytes!("../fonts/NotoSerifGujarati-Regular.ttf"),
    include_bytes!("../fonts/NotoSerifGurmukhi-Regular.ttf"),
    include_bytes!("../fonts/NotoSerifTamil-Regular.ttf"),
    include_bytes!("../fonts/NotoSerifThai-Regular.ttf"),
];

static OWN: LazyLock<Arc<Shelf>> = LazyLock::new(|| {
    let fonts: Vec<Font> = EMBEDDED
        .iter()
        .flat_map(|bytes| Font::iter(Bytes::new(*bytes)))
        .collect();
    Arc::new(Shelf::of(fonts))
});

/// Parsed fonts and the typesetter's index of them.
#[derive(Debug)]
pub(crate) struct Shelf {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl Shelf {
    /// The program's own fonts, parsed once.
    pub(crate) fn own() -> Arc<Self> {
        OWN.clone()
    }

    fn of(fonts: Vec<Font>) -> Self {
        Self {
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
        }
    }

    /// This shelf and the faces of one more font file (TrueType, OpenType or a collection); `None` if it holds none.
    pub(crate) fn with(&self, file: Vec<u8>) -> Option<Self> {
        let mut fonts = self.fonts.clone();
        fonts.extend(Font::iter(Bytes::new(file)));
        (fonts.len() > self.fonts.len()).then(|| Self::of(fonts))
    }

    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub(crate) fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    /// Whether some font has a shape for the character.
    pub(crate) fn can_draw(&self, character: char) -> bool {
        self.fonts
            .iter()
            .any(|font| font.info().coverage.contains(u32::from(character)))
    }
}
