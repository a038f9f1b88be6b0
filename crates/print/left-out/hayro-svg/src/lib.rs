//! Stands in for `hayro-svg`, by which typst-svg turns a picture that is a PDF into SVG. Nothing of ours is made as SVG, so that this is
//! never asked; the conversion is left out (docs/printing.md).

use hayro::hayro_interpret::InterpreterSettings;

/// What would be kept between pages.
#[derive(Debug, Default)]
pub struct RenderCache;

impl RenderCache {
    pub fn new() -> RenderCache {
        RenderCache
    }
}

/// How a page would be drawn.
#[derive(Debug)]
pub struct SvgRenderSettings {
    pub bg_color: [u8; 4],
}

/// An empty picture, whatever the page.
pub fn convert<P>(_: &P, _: &RenderCache, _: &InterpreterSettings, _: &SvgRenderSettings) -> String {
    r#"<svg xmlns="http://www.w3.org/2000/svg"/>"#.to_owned()
}
