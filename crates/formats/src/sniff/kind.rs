//! The kinds of files, in words.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The kind of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A PDF document.
    Pdf,
    /// A Word document (.docx), without macros.
    Docx,
    /// An OpenDocument text (.odt).
    Odt,
    /// Plain text.
    Text,
    /// Plain text whose name says that it is Markdown.
    Markdown,
    /// A PNG picture.
    Png,
    /// A JPEG picture.
    Jpeg,
    /// An MP3 sound recording.
    Mp3,
    /// An MP4 film.
    Mp4,
    /// An MP4 sound recording (.m4a).
    M4a,
    /// An Excel workbook (.xlsx), without macros.
    Xlsx,
    /// Plain text whose name says that it is a table (.csv, .tsv).
    Csv,
    /// None of these; what it looks like, where that can be told.
    Unknown(LooksLike),
}

/// What a file that is not taken looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LooksLike {
    /// No bytes at all.
    Empty,
    /// Nothing that is recognised.
    Nothing,
    /// A Word document before 2007 (.doc).
    OldWord,
    /// An Excel workbook before 2007 (.xls).
    OldExcel,
    /// A PowerPoint presentation before 2007 (.ppt).
    OldPowerPoint,
    /// An Office document locked with a password.
    EncryptedOffice,
    /// Another document in the container that old Office programs used, such as an Outlook message.
    OldOffice,
    /// Rich Text Format.
    Rtf,
    /// A Word document that may carry macros (.docm, .dotm), or a .docx that does.
    WordWithMacros,
    /// An Excel workbook that may carry macros (.xlsm).
    ExcelWithMacros,
    /// A PowerPoint presentation (.pptx).
    PowerPoint,
    /// An OpenDocument spreadsheet, presentation or drawing.
    OtherOpenDocument,
    /// An electronic book (.epub).
    Epub,
    /// A packed folder (.zip).
    Zip,
    /// A file cut short that was a packed document or folder.
    BrokenZip,
    /// Another kind of packed folder (.rar, .7z, .gz, .tar).
    OtherArchive,
    /// A program.
    Program,
    /// A script that begins by naming its interpreter.
    Script,
    /// A web page or an SVG drawing, which can carry scripts.
    WebPage,
    /// An XML file.
    Xml,
    /// A GIF, WebP, TIFF, BMP or HEIC picture.
    OtherPicture,
    /// A sound recording of another kind.
    OtherSound,
    /// A film of another kind (.mov, .avi, .mkv, .webm).
    OtherFilm,
}

impl FileKind {
    /// The kind in words, with its article: "a Word document (.docx)".
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Pdf => "a PDF document",
            Self::Docx => "a Word document (.docx)",
            Self::Odt => "an OpenDocument text (.odt)",
            Self::Text => "plain text",
            Self::Markdown => "Markdown text",
            Self::Png => "a PNG picture",
            Self::Jpeg => "a JPEG picture",
            Self::Mp3 => "an MP3 recording",
            Self::Mp4 => "an MP4 film",
            Self::M4a => "an MP4 sound recording (.m4a)",
            Self::Xlsx => "an Excel workbook (.xlsx)",
            Self::Csv => "a table as text (CSV)",
            Self::Unknown(looks) => looks.in_words(),
        }
    }

    /// What the file is, as a sentence: "This file is a program."
    #[must_use]
    pub fn as_sentence(self) -> String {
        match self {
            Self::Unknown(LooksLike::Empty) => "This file is empty.".to_owned(),
            Self::Unknown(LooksLike::Nothing) => "This file is of no kind that is recognised.".to_owned(),
            kind => format!("This file is {}.", kind.in_words()),
        }
    }

    /// The media type to store and serve the file under. A kind that is not taken is served as bytes only.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Text => "text/plain; charset=utf-8",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Mp3 => "audio/mpeg",
            Self::Mp4 => "video/mp4",
            Self::M4a => "audio/mp4",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Unknown(_) => "application/octet-stream",
        }
    }

    /// Whether `document::read` reads text out of this kind.
    #[must_use]
    pub fn has_text(self) -> bool {
        matches!(
            self,
            Self::Pdf | Self::Docx | Self::Odt | Self::Text | Self::Markdown
        )
    }
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.in_words())
    }
}

impl LooksLike {
    /// The kind in words, with its article: "a program".
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Empty => "nothing",
            Self::Nothing => "something that is not recognised",
            Self::OldWord => "an old Word document (.doc)",
            Self::OldExcel => "an old Excel workbook (.xls)",
            Self::OldPowerPoint => "an old PowerPoint presentation (.ppt)",
            Self::EncryptedOffice => "an Office document locked with a password",
            Self::OldOffice => "a document of an old Office program",
            Self::Rtf => "a Rich Text document (.rtf)",
            Self::WordWithMacros => "a Word document with macros (.docm)",
            Self::ExcelWithMacros => "an Excel workbook with macros (.xlsm)",
            Self::PowerPoint => "a PowerPoint presentation (.pptx)",
            Self::OtherOpenDocument => "an OpenDocument file that is not a text",
            Self::Epub => "an electronic book (.epub)",
            Self::Zip => "a packed folder (.zip)",
            Self::BrokenZip => "a packed document that is cut short or damaged",
            Self::OtherArchive => "a packed folder",
            Self::Program => "a program",
            Self::Script => "a script",
            Self::WebPage => "a web page or drawing that can carry scripts",
            Self::Xml => "an XML file",
            Self::OtherPicture => "a picture of another kind than PNG or JPEG",
            Self::OtherSound => "a sound recording of another kind than MP3 or M4A",
            Self::OtherFilm => "a film of another kind than MP4",
        }
    }

    /// What a person can do to hand in the same thing in a kind that is taken.
    #[must_use]
    pub fn remedy(self) -> &'static str {
        match self {
            Self::OldWord | Self::Rtf | Self::WordWithMacros | Self::OldOffice | Self::Epub => {
                "Open it where it was written and save it as .docx, .odt or PDF."
            }
            Self::EncryptedOffice => "Open it with its password, save a copy without one, and use the copy.",
            Self::OldExcel | Self::ExcelWithMacros => {
                "Open it and save it as .xlsx without macros, or as CSV."
            }
            Self::OldPowerPoint | Self::PowerPoint | Self::OtherOpenDocument | Self::WebPage => {
                "Save or print it as a PDF."
            }
            Self::Zip | Self::OtherArchive => "Unpack it and hand in the files one by one.",
            Self::BrokenZip => "Open it where it was written, save it again and check that it opens.",
            Self::OtherPicture => "Save the picture as PNG or JPEG.",
            Self::OtherSound => "Save the recording as MP3 or M4A.",
            Self::OtherFilm => "Save the film as MP4.",
            Self::Empty => "Choose the file again: what arrived holds nothing.",
            Self::Program | Self::Script | Self::Xml | Self::Nothing => {
                "Hand in a document, picture, recording or film instead."
            }
        }
    }
}

/// Whether a file of this kind is taken as evidence.
#[must_use]
pub fn accepted_as_evidence(kind: FileKind) -> bool {
    !matches!(kind, FileKind::Unknown(_))
}
