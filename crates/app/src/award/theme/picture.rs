//! The pictures of a theme: what is sent, and whether it can be printed.

use super::load;
use crate::printing::Picture;
use crate::{App, Failure};
use assay_domain::award::ThemePicture;
use assay_domain::award::theme as rules;
use assay_domain::{Code, Refusal};
use assay_formats::media::picture_size;
use assay_formats::sniff::FileKind;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The largest picture of a theme, in bytes. It stands in every file that is printed with it.
pub const LARGEST_PICTURE: usize = 256 * 1024;
/// The longest side of a picture, in pixels: twice what is printed at 600 dots to the inch.
const LONGEST_SIDE: u32 = 4000;

/// What is to become of a picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum PictureSent {
    /// As in the version in force.
    #[default]
    Keep,
    Remove,
    /// The bytes of another one.
    Bytes(Vec<u8>),
}

impl<'de> serde::Deserialize<'de> for PictureSent {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Option::<String>::deserialize(deserializer)? {
            None => Ok(PictureSent::Keep),
            Some(text) if text.is_empty() => Ok(PictureSent::Remove),
            Some(text) => STANDARD
                .decode(text)
                .map(PictureSent::Bytes)
                .map_err(|_| serde::de::Error::custom("expected a picture in base64")),
        }
    }
}

/// A picture of a theme: what a fact says of it, and its bytes.
pub(super) type Chosen = Option<(ThemePicture, Picture)>;

/// The picture that comes of what was sent, and the bytes that are new put with `files`.
///
/// # Errors
/// `THEME_PICTURE` when it cannot be printed; a fault when a kept file is missing.
pub(super) fn choose(
    app: &App,
    sent: PictureSent,
    kept: Option<&ThemePicture>,
    described: &str,
    what: (&'static str, &str),
    files: &mut Vec<Vec<u8>>,
) -> Result<Chosen, Failure> {
    let described = rules::tidy(described);
    match sent {
        PictureSent::Remove => Ok(None),
        PictureSent::Keep => {
            let Some(kept) = kept else { return Ok(None) };
            let kept = ThemePicture {
                described,
                ..kept.clone()
            };
            let picture = load(app, &kept)?;
            Ok(Some((kept, picture)))
        }
        PictureSent::Bytes(bytes) => {
            let media = read_picture(&bytes, what)?;
            let picture = ThemePicture {
                sha256: hex::encode(Sha256::digest(&bytes)),
                media: media.to_owned(),
                described: described.clone(),
            };
            files.push(bytes.clone());
            Ok(Some((
                picture,
                Picture {
                    bytes,
                    media: media.to_owned(),
                    described,
                },
            )))
        }
    }
}

/// Whether bytes are a picture that can be printed, by what they are and not by their name. Answers the media type.
fn read_picture(bytes: &[u8], (field, what): (&'static str, &str)) -> Result<&'static str, Refusal> {
    let refused = |because: String, remedy: &str| {
        Refusal::new(Code::ThemePicture, because)
            .remedy(remedy)
            .who("The quality manager")
            .source("practice, section 20.1")
            .field(field)
    };
    if bytes.len() > LARGEST_PICTURE {
        return Err(refused(
            format!("The {what} is larger than {} kB.", LARGEST_PICTURE / 1024),
            "Save it smaller: it stands in every file that is printed.",
        ));
    }
    let kind = assay_formats::sniff::sniff(bytes);
    let media = match kind {
        FileKind::Png => "image/png",
        FileKind::Jpeg => "image/jpeg",
        other => {
            return Err(refused(
                format!(
                    "The {what} is not a picture that can be printed: the file holds {}.",
                    other.in_words()
                ),
                "Save it as PNG or JPEG and choose that file.",
            ));
        }
    };
    match picture_size(bytes) {
        Some(size) if size.width <= LONGEST_SIDE && size.height <= LONGEST_SIDE => Ok(media),
        Some(size) => Err(refused(
            format!(
                "The {what} is {} by {} pixels, and neither side may have more than {LONGEST_SIDE}.",
                size.width, size.height
            ),
            "Save it smaller.",
        )),
        None => Err(refused(
            format!("The {what} is damaged: it does not say how large it is."),
            "Save it anew as PNG or JPEG and choose that file.",
        )),
    }
}
