//! A credential inside a picture (Open Badges 3.0, section 5.3): in a PNG as the text chunk `openbadgecredential`, in an SVG as an
//! element of the badges' own namespace. What is read is a credential or a token, and is checked like any other.

use flate2::Crc;
use quick_xml::NsReader;
use quick_xml::events::Event;
use quick_xml::name::{Namespace, ResolveResult};
use std::fmt;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The name of the chunk.
const KEYWORD: &[u8] = b"openbadgecredential";
/// The namespace of the element, without a stop at its end.
const NAMESPACE: &str = "https://purl.imsglobal.org/ob/v3p0";
/// The longest credential that is taken out of a picture, in bytes.
const LONGEST: usize = 4 * 1024 * 1024;

/// Why nothing can be taken out of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BakeFault {
    /// The file ends in the middle, or is no such picture after all.
    Broken,
    /// There is no credential in it.
    Empty,
    /// There is more than one, so that which is meant cannot be told.
    Several,
    /// It is packed, longer than any credential, or no text.
    Unreadable,
}

impl fmt::Display for BakeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BakeFault::Broken => "the picture is broken",
            BakeFault::Empty => "there is no credential in the picture",
            BakeFault::Several => "there are several credentials in the picture",
            BakeFault::Unreadable => "the credential in the picture is packed, too long, or no text",
        })
    }
}
impl std::error::Error for BakeFault {}

/// Whether these bytes are a picture from which [`unbake`] reads.
pub fn is_picture(bytes: &[u8]) -> bool {
    bytes.starts_with(PNG) || is_svg(bytes)
}

fn is_svg(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    start.trim_ascii_start().starts_with(b"<")
}

/// The credential (JSON) or token in a picture.
///
/// Errors: the picture is broken; there is none in it, or several; it cannot be read.
pub fn unbake(bytes: &[u8]) -> Result<String, BakeFault> {
    let mut found = if bytes.starts_with(PNG) {
        of_png(bytes)?
    } else {
        of_svg(bytes)?
    }
    .into_iter();
    match (found.next(), found.next()) {
        (None, _) => Err(BakeFault::Empty),
        (Some(_), Some(_)) => Err(BakeFault::Several),
        (Some(text), None) if text.len() > LONGEST => Err(BakeFault::Unreadable),
        (Some(text), None) => Ok(text),
    }
}

/// A PNG with the credential in it, before its end. None when the bytes are no whole PNG, or have one in them already.
pub fn bake_png(picture: &[u8], credential: &str) -> Option<Vec<u8>> {
    if !of_png(picture).ok()?.is_empty() {
        return None;
    }
    let end = picture.len().checked_sub(12)?;
    let (before, last) = picture.split_at(end);
    if last.get(4..8)? != b"IEND" {
        return None;
    }
    // Keyword, not packed, no language, no keyword in another language.
    let mut chunk = b"iTXt".to_vec();
    chunk.extend(KEYWORD);
    chunk.extend([0, 0, 0, 0, 0]);
    chunk.extend(credential.as_bytes());
    let length = u32::try_from(chunk.len() - 4).ok()?;
    let mut sum = Crc::new();
    sum.update(&chunk);
    let mut baked = before.to_vec();
    baked.extend(length.to_be_bytes());
    baked.extend(&chunk);
    baked.extend(sum.sum().to_be_bytes());
    baked.extend(last);
    Some(baked)
}

/// The PNG with other colours in its palette; none when it is no PNG with a palette.
pub fn repaint_png(picture: &[u8], paint: impl Fn([u8; 3]) -> [u8; 3]) -> Option<Vec<u8>> {
    let mut rest = picture.strip_prefix(PNG)?;
    let mut painted = PNG.to_vec();
    let mut done = false;
    while !rest.is_empty() {
        let (head, _) = rest.split_first_chunk::<8>()?;
        let (length, kind) = head.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let chunk = rest.get(..length.checked_add(12)?)?;
        if kind == b"PLTE" {
            let mut colours = kind.to_vec();
            for colour in chunk.get(8..8 + length)?.as_chunks::<3>().0 {
                colours.extend(paint(*colour));
            }
            let mut sum = Crc::new();
            sum.update(&colours);
            painted.extend(u32::try_from(colours.len() - 4).ok()?.to_be_bytes());
            painted.extend(&colours);
            painted.extend(sum.sum().to_be_bytes());
            done = true;
        } else {
            painted.extend(chunk);
        }
        rest = rest.get(chunk.len()..)?;
    }
    done.then_some(painted)
}

/// The element to write into an SVG right after its first tag: the credential (JSON) or token.
pub fn svg_element(credential: &str) -> String {
    if super::is_jwt(credential) {
        return format!("<openbadges:credential xmlns:openbadges=\"{NAMESPACE}\" verify=\"{credential}\"/>");
    }
    // The end of a section of characters cannot stand in it; in JSON it can only stand in a text, where it may be written so.
    let credential = credential.replace("]]>", "]]\\u003e");
    format!(
        "<openbadges:credential xmlns:openbadges=\"{NAMESPACE}\"><![CDATA[{credential}]]></openbadges:credential>"
    )
}

fn of_png(bytes: &[u8]) -> Result<Vec<String>, BakeFault> {
    let mut rest = bytes.strip_prefix(PNG).ok_or(BakeFault::Broken)?;
    let mut found = Vec::new();
    loop {
        let (length, after) = rest.split_first_chunk::<4>().ok_or(BakeFault::Broken)?;
        let (kind, after) = after.split_first_chunk::<4>().ok_or(BakeFault::Broken)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| BakeFault::Broken)?;
        let (content, after) = after.split_at_checked(length).ok_or(BakeFault::Broken)?;
        rest = after.get(4..).ok_or(BakeFault::Broken)?;
        match kind {
            b"IEND" => return Ok(found),
            b"iTXt" => {
                if let Some(text) = content
                    .strip_prefix(KEYWORD)
                    .and_then(|text| text.strip_prefix(b"\0"))
                {
                    found.push(of_chunk(text).ok_or(BakeFault::Unreadable)?);
                }
            }
            _ => {}
        }
    }
}

/// What follows the keyword: whether it is packed and how, a language, the keyword in it, the text.
fn of_chunk(content: &[u8]) -> Option<String> {
    let (&[packed, _], rest) = content.split_first_chunk::<2>()?;
    let mut parts = rest.splitn(3, |byte| *byte == 0);
    let text = parts.nth(2)?;
    if packed != 0 {
        return None;
    }
    String::from_utf8(text.to_vec()).ok()
}

fn of_svg(bytes: &[u8]) -> Result<Vec<String>, BakeFault> {
    let text = std::str::from_utf8(bytes).map_err(|_| BakeFault::Broken)?;
    let mut reader = NsReader::from_str(text);
    let mut found = Vec::new();
    let mut open: Option<String> = None;
    loop {
        let (space, event) = reader.read_resolved_event().map_err(|_| BakeFault::Broken)?;
        // Both are written, with a stop at the end and without.
        let ours = matches!(&space, ResolveResult::Bound(Namespace(name)) if name.trim_end_matches('/') == NAMESPACE);
        match event {
            Event::Start(element) | Event::Empty(element)
                if ours && element.local_name().as_ref() == "credential" && has_token(&element) =>
            {
                found.push(token_of(&element).ok_or(BakeFault::Unreadable)?);
            }
            Event::Start(element) if ours && element.local_name().as_ref() == "credential" => {
                open = Some(String::new());
            }
            Event::Text(part) => {
                if let Some(open) = &mut open {
                    open.push_str(&part.xml_content(quick_xml::XmlVersion::Implicit1_0));
                }
            }
            Event::CData(part) => {
                if let Some(open) = &mut open {
                    open.push_str(&part.xml_content(quick_xml::XmlVersion::Implicit1_0));
                }
            }
            Event::End(element) if ours && element.local_name().as_ref() == "credential" => {
                if let Some(text) = open.take() {
                    found.push(text.trim().to_owned());
                }
            }
            Event::Eof if open.is_some() => return Err(BakeFault::Broken),
            Event::Eof => return Ok(found),
            _ => {}
        }
        if open.as_ref().is_some_and(|text| text.len() > LONGEST) {
            return Err(BakeFault::Unreadable);
        }
    }
}

fn has_token(element: &quick_xml::events::BytesStart<'_>) -> bool {
    element
        .attributes()
        .flatten()
        .any(|attribute| attribute.key.as_ref() == "verify")
}

fn token_of(element: &quick_xml::events::BytesStart<'_>) -> Option<String> {
    let attribute = element
        .attributes()
        .flatten()
        .find(|attribute| attribute.key.as_ref() == "verify")?;
    attribute
        .normalized_value(quick_xml::XmlVersion::Implicit1_0)
        .ok()
        .map(|value| value.trim().to_owned())
}
