//! The size of pictures.

use serde::{Deserialize, Serialize};

use super::{be_u16, be_u32};

/// Width and height of a picture, in pixels, as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureSize {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// The size of a PNG or JPEG picture; `None` for anything else, or when the header is damaged or says nothing.
#[must_use]
pub fn picture_size(bytes: &[u8]) -> Option<PictureSize> {
    png_size(bytes)
        .or_else(|| jpeg_size(bytes))
        .filter(|size| size.width > 0 && size.height > 0)
}

/// Source: PNG, third edition, 11.2.1.
fn png_size(bytes: &[u8]) -> Option<PictureSize> {
    let header = bytes.strip_prefix(b"\x89PNG\r\n\x1A\n")?;
    if header.get(4..8)? != b"IHDR" {
        return None;
    }
    Some(PictureSize {
        width: be_u32(header, 8)?,
        height: be_u32(header, 12)?,
    })
}

/// The size is in the "start of frame" segment. Source: ITU-T T.81, annex B.
fn jpeg_size(bytes: &[u8]) -> Option<PictureSize> {
    const MOST_SEGMENTS: usize = 1_000;
    if !bytes.starts_with(b"\xFF\xD8") {
        return None;
    }
    let mut at = 2usize;
    for _ in 0..MOST_SEGMENTS {
        // Any number of fill bytes may stand before a marker.
        while bytes.get(at) == Some(&0xFF) && bytes.get(at.checked_add(1)?) == Some(&0xFF) {
            at += 1;
        }
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        match marker {
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                return Some(PictureSize {
                    height: u32::from(be_u16(bytes, at + 5)?),
                    width: u32::from(be_u16(bytes, at + 7)?),
                });
            }
            0x01 | 0xD0..=0xD8 => at += 2,
            // The picture's data begins, or the file ends: no size comes after.
            0xD9 | 0xDA => return None,
            _ => {
                let length = usize::from(be_u16(bytes, at + 2)?);
                at = at.checked_add(2)?.checked_add(length.max(2))?;
            }
        }
    }
    None
}
