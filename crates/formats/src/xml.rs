//! XML of untrusted documents: decoded, bounded in depth, entities never resolved.

use encoding_rs::{UTF_16BE, UTF_16LE};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::refusal::ReadRefusal;

/// The text of an XML part: UTF-8, or UTF-16 with its byte order mark. Bytes that are neither become the replacement
/// character, so that one bad byte does not lose a document.
pub(crate) fn decoded(bytes: &[u8]) -> String {
    let encoding = match bytes {
        [0xFF, 0xFE, ..] => UTF_16LE,
        [0xFE, 0xFF, ..] => UTF_16BE,
        _ => encoding_rs::UTF_8,
    };
    encoding.decode(bytes).0.into_owned()
}

/// What happens while walking an XML part.
#[derive(Debug)]
pub(crate) enum Step {
    /// An element begins; its local name and attributes are in the element given.
    Open(Element),
    /// An element ends; its local name.
    Close(String),
    /// Text, with character references and the five predefined entities put in.
    Text(String),
}

/// An element's name and attributes, without their prefixes.
#[derive(Debug, Default, Clone)]
pub(crate) struct Element {
    /// Local name, as in `p` for `w:p`.
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    /// The value of an attribute by local name; the first one, when several prefixes share it.
    pub(crate) fn attribute(&self, local: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(name, _)| name == local)
            .map(|(_, value)| value.as_str())
    }

    fn read(start: &BytesStart<'_>) -> Self {
        let attributes = start
            .attributes()
            .with_checks(false)
            .take(200)
            .flatten()
            .filter(|a| !a.key.as_ref().starts_with("xmlns"))
            .map(|a| {
                let value = match a.normalized_value(quick_xml::XmlVersion::Implicit1_0) {
                    Ok(value) => value.into_owned(),
                    Err(_) => String::new(),
                };
                (a.key.local_name().as_ref().to_owned(), value)
            })
            .collect();
        Self {
            name: start.local_name().as_ref().to_owned(),
            attributes,
        }
    }
}

/// What was left aside while walking.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ignored {
    /// A document type declaration was there; it was not obeyed.
    pub(crate) document_type: bool,
    /// References to declared entities were there; nothing was put in their place.
    pub(crate) entities: usize,
}

/// Walks the whole part. An empty element gives an `Open` and a `Close`.
///
/// Refuses, when: the XML is not well formed, or nests deeper than `depth`.
pub(crate) fn walk(
    text: &str,
    what: &str,
    depth: usize,
    mut visit: impl FnMut(Step) -> Result<(), ReadRefusal>,
) -> Result<Ignored, ReadRefusal> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut open = 0usize;
    let mut ignored = Ignored::default();
    loop {
        let event = reader
            .read_event()
            .map_err(|_| ReadRefusal::damaged(what, "its text breaks off or is not well formed"))?;
        match event {
            Event::Start(start) => {
                open += 1;
                if open > depth {
                    return Err(ReadRefusal::too_many(
                        what,
                        &format!("more than {depth} levels of nesting"),
                    ));
                }
                visit(Step::Open(Element::read(&start)))?;
            }
            Event::Empty(start) => {
                let element = Element::read(&start);
                let name = element.name.clone();
                visit(Step::Open(element))?;
                visit(Step::Close(name))?;
            }
            Event::End(end) => {
                open = open.saturating_sub(1);
                visit(Step::Close(end.local_name().as_ref().to_owned()))?;
            }
            Event::Text(text) => visit(Step::Text(text.xml10_content().into_owned()))?,
            Event::CData(text) => visit(Step::Text(text.xml10_content().into_owned()))?,
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(character)) => visit(Step::Text(character.to_string()))?,
                _ => match quick_xml::escape::resolve_predefined_entity(&reference.xml10_content()) {
                    Some(text) => visit(Step::Text(text.to_owned()))?,
                    None => ignored.entities += 1,
                },
            },
            Event::DocType(_) => ignored.document_type = true,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof if open == 0 => return Ok(ignored),
            Event::Eof => return Err(ReadRefusal::damaged(what, "its text breaks off")),
        }
    }
}
