//! Stands in for `hayro`, which interprets and paints pages of PDF files. typst-svg names its settings when it turns a picture that is a
//! PDF into SVG; our sheets are made as PDF, never as SVG, and hold no such pictures. The interpreter and the painter with its colour and
//! scaling libraries are left out (docs/printing.md).
//!
//! It has the items that typst-svg names, and no more.

pub mod hayro_interpret {
    use self::font::{FontData, FontQuery};
    use std::sync::Arc;

    /// Answers a font for what is asked, with its place in the file.
    pub type FontResolver = Arc<dyn Fn(&FontQuery) -> Option<(FontData, u32)> + Send + Sync>;

    /// How a page would be read.
    pub struct InterpreterSettings {
        pub font_resolver: FontResolver,
        pub cmap_resolver: Arc<dyn Fn(&str) -> Option<&'static [u8]> + Send + Sync>,
        pub warning_sink: Arc<dyn Fn(&str) + Send + Sync>,
        pub render_annotations: bool,
    }

    pub mod font {
        use std::sync::Arc;

        /// A font file.
        pub type FontData = Arc<dyn AsRef<[u8]> + Send + Sync>;

        /// The fonts that a PDF file need not bring along.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum StandardFont {
            Helvetica,
            HelveticaBold,
            HelveticaOblique,
            HelveticaBoldOblique,
            Courier,
            CourierBold,
            CourierOblique,
            CourierBoldOblique,
            TimesRoman,
            TimesBold,
            TimesItalic,
            TimesBoldItalic,
            ZapfDingBats,
            Symbol,
        }

        /// A font that is asked for.
        #[derive(Debug)]
        pub enum FontQuery {
            Standard(StandardFont),
            Fallback(FallbackFontQuery),
        }

        /// A font that the file names and does not have.
        #[derive(Debug)]
        pub struct FallbackFontQuery(std::convert::Infallible);

        impl FallbackFontQuery {
            pub fn pick_standard_font(&self) -> StandardFont {
                match self.0 {}
            }
        }
    }
}
