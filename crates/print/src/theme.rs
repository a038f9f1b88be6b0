//! How sheets look: the awarding body's colour and emblem, and further fonts.

use crate::fault::PrintFault;
use crate::fonts::Shelf;
use std::sync::Arc;

/// How sheets look. Made once, when the program starts, and used for every print.
///
/// ```
/// let theme = assay_print::Theme::default().with_accent("#1d3557")?;
/// # Ok::<(), assay_print::PrintFault>(())
/// ```
#[derive(Debug, Clone)]
pub struct Theme {
    accent: String,
    emblem: Option<Emblem>,
    signature: Option<Emblem>,
    shelf: Arc<Shelf>,
}

#[derive(Debug, Clone)]
pub(crate) struct Emblem {
    pub(crate) image: Vec<u8>,
    pub(crate) format: &'static str,
    pub(crate) described: String,
}

impl Emblem {
    fn read(part: &'static str, image: Vec<u8>, described: &str) -> Result<Self, PrintFault> {
        let refused = |because: &str| PrintFault::Theme {
            part,
            because: because.to_owned(),
        };
        let format = if image.starts_with(b"\x89PNG\r\n\x1a\n") {
            "png"
        } else if image.starts_with(b"\xff\xd8\xff") {
            "jpg"
        } else if std::str::from_utf8(&image).is_ok_and(|text| text.contains("<svg")) {
            "svg"
        } else {
            return Err(refused("expected an SVG, PNG or JPEG image"));
        };
        if described.trim().is_empty() {
            return Err(refused("describe the image for readers who do not see it"));
        }
        Ok(Emblem {
            image,
            format,
            described: described.to_owned(),
        })
    }
}

impl Default for Theme {
    /// A deep blue, no emblem, the program's own fonts.
    fn default() -> Self {
        Self {
            accent: "#1d3a5f".to_owned(),
            emblem: None,
            signature: None,
            shelf: Shelf::own(),
        }
    }
}

impl Theme {
    /// The same theme with another colour for titles, lines and the engraved frame, as `#rrggbb`.
    ///
    /// # Errors
    /// - the text is not `#` and six hexadecimal digits
    /// - the colour has less contrast with white paper than 4.5 to 1 (WCAG 2.2, 1.4.3)
    pub fn with_accent(mut self, accent: &str) -> Result<Self, PrintFault> {
        let refused = |because: &str| PrintFault::Theme {
            part: "accent",
            because: because.to_owned(),
        };
        let luminance = luminance(accent).ok_or_else(|| refused("expected a colour such as #1d3a5f"))?;
        if 1.05 / (luminance + 0.05) < 4.5 {
            return Err(refused(
                "the colour is too pale to be read on white paper (contrast below 4.5 to 1)",
            ));
        }
        self.accent = accent.to_owned();
        Ok(self)
    }

    /// The same theme with the awarding body's emblem at the head of certificates and transcripts.
    ///
    /// `image` is SVG, PNG or JPEG; `described` says for readers who do not see it what it shows.
    ///
    /// # Errors
    /// - the bytes are neither SVG nor PNG nor JPEG
    /// - the description is blank
    pub fn with_emblem(mut self, image: Vec<u8>, described: &str) -> Result<Self, PrintFault> {
        self.emblem = Some(Emblem::read("emblem", image, described)?);
        Ok(self)
    }

    /// The same theme with a picture of the signature on the line of certificates.
    ///
    /// # Errors
    /// As [`Theme::with_emblem`].
    pub fn with_signature(mut self, image: Vec<u8>, described: &str) -> Result<Self, PrintFault> {
        self.signature = Some(Emblem::read("signature", image, described)?);
        Ok(self)
    }

    /// The same theme with one more font file, used for characters that the program's own fonts do not have (for example
    /// Chinese names).
    ///
    /// # Errors
    /// - the bytes hold no TrueType or OpenType face
    pub fn with_font(mut self, file: Vec<u8>) -> Result<Self, PrintFault> {
        let shelf = self.shelf.with(file).ok_or_else(|| PrintFault::Theme {
            part: "font",
            because: "expected a TrueType or OpenType font file".to_owned(),
        })?;
        self.shelf = Arc::new(shelf);
        Ok(self)
    }

    pub(crate) fn accent(&self) -> &str {
        &self.accent
    }

    pub(crate) fn emblem(&self) -> Option<&Emblem> {
        self.emblem.as_ref()
    }

    pub(crate) fn signature(&self) -> Option<&Emblem> {
        self.signature.as_ref()
    }

    pub(crate) fn shelf(&self) -> &Arc<Shelf> {
        &self.shelf
    }
}

/// Relative luminance of `#rrggbb` (WCAG 2.2).
fn luminance(colour: &str) -> Option<f64> {
    let digits = colour.strip_prefix('#')?;
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let value = u32::from_str_radix(digits, 16).ok()?;
    let part = |shift: u32| {
        let c = f64::from((value >> shift) & 0xff) / 255.0;
        if c <= 0.04045 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    };
    Some(0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_too_pale_to_read_is_refused() {
        assert!(Theme::default().with_accent("#ffd700").is_err());
        assert!(Theme::default().with_accent("#7a0019").is_ok());
    }

    #[test]
    fn a_colour_must_be_written_with_six_digits() {
        for wrong in ["blue", "#123", "#12345g", "1d3a5f", "#1d3a5f\")", ""] {
            assert!(Theme::default().with_accent(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_theme_takes_no_unreadable_font_or_image() {
        assert!(Theme::default().with_font(b"not a font".to_vec()).is_err());
        assert!(
            Theme::default()
                .with_emblem(b"GIF89a".to_vec(), "a shield")
                .is_err()
        );
        assert!(
            Theme::default()
                .with_emblem(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(), " ")
                .is_err()
        );
    }
}
