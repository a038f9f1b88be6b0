//! Documents made here: what is text and what is not, parts and counts, and files that mean harm.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::io::{Cursor, Write};

use assay_formats::child::read_here;
use assay_formats::document::{DocumentText, Exclusions, ParagraphKind, Part, WarningCode, count_words};
use assay_formats::limits::Limits;
use assay_formats::refusal::{ReadRefusal, RefusalCode};
use assay_formats::sniff::{FileKind, LooksLike, sniff, sniff_named};
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const TYPES: &[u8] = b"<Types><Override ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
const STYLES: &str = r#"<w:styles xmlns:w="w">
  <w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
  <w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/></w:style>
  <w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="My heading"/><w:basedOn w:val="Kop1"/></w:style>
  <w:style w:type="paragraph" w:styleId="Inh1"><w:name w:val="toc 1"/></w:style>
  <w:style w:type="paragraph" w:styleId="Ring"><w:name w:val="Ring"/><w:basedOn w:val="Ring"/></w:style>
  <w:style w:type="character" w:styleId="Geheim"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
</w:styles>"#;

fn docx(body: &str) -> Vec<u8> {
    docx_with(body, &[])
}

fn docx_with(body: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let document = format!("<w:document xmlns:w=\"w\" xmlns:mc=\"mc\"><w:body>{body}</w:body></w:document>");
    let relationships = "<Relationships><Relationship Id=\"1\" Type=\"x/styles\" Target=\"styles.xml\"/><Relationship Id=\"2\" Type=\"x/footnotes\" Target=\"/word/footnotes.xml\"/></Relationships>";
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", TYPES),
        ("word/document.xml", document.as_bytes()),
        ("word/styles.xml", STYLES.as_bytes()),
        ("word/_rels/document.xml.rels", relationships.as_bytes()),
    ];
    parts.extend(more);
    archive(&parts)
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn styled(style: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn read(bytes: &[u8]) -> Result<DocumentText, ReadRefusal> {
    read_here(bytes, None, &Limits::default())
}

fn text(bytes: &[u8]) -> String {
    read(bytes).unwrap().text
}

#[test]
fn what_was_inserted_is_text_and_what_was_deleted_is_not() {
    let bytes = docx(
        "<w:p><w:r><w:t>We </w:t></w:r><w:ins><w:r><w:t>often </w:t></w:r></w:ins><w:del><w:r><w:delText>never </w:delText></w:r></w:del><w:moveFrom><w:r><w:t>gone </w:t></w:r></w:moveFrom><w:r><w:t>coach.</w:t></w:r></w:p><w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Next.</w:t></w:r></w:p>",
    );
    let document = read(&bytes).unwrap();
    assert_eq!(document.text, "We often coach.\nNext.");
    assert!(document.warns_of(WarningCode::TrackedChanges));
}

#[test]
fn entities_breaks_tabs_and_fields_read_as_the_reader_sees_them() {
    let bytes = docx(
        "<w:p><w:r><w:t xml:space=\"preserve\">Research &amp; practice &#8211; a&lt;b</w:t><w:br/><w:t>next</w:t><w:tab/><w:t>col</w:t><w:noBreakHyphen/><w:t>lide</w:t></w:r></w:p><w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>PAGE secret</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:t> pages</w:t></w:r></w:p>",
    );
    assert_eq!(text(&bytes), "Research & practice – a<b\nnext\tcol-lide\n7 pages");
}

#[test]
fn hidden_text_is_left_out_and_said() {
    let bytes = docx(
        "<w:p><w:r><w:t>Seen </w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>two words </w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"Geheim\"/></w:rPr><w:t>third</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"false\"/></w:rPr><w:t>again</w:t></w:r></w:p>",
    );
    let document = read(&bytes).unwrap();
    assert_eq!(document.text, "Seen again");
    let warning = document
        .warnings
        .iter()
        .find(|w| w.code == WarningCode::HiddenText)
        .unwrap();
    assert_eq!(warning.message, "3 word(s) of hidden text were left out.");
}

#[test]
fn a_text_box_is_read_once() {
    let bytes = docx(
        "<w:p><w:r><w:t>Around</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>",
    );
    assert_eq!(text(&bytes), "boxed\nAround");
}

#[test]
fn a_word_count_leaves_out_what_the_rule_names_and_says_how_much() {
    let notes = "<w:footnotes xmlns:w=\"w\"><w:footnote w:type=\"separator\"><w:p><w:r><w:t>line</w:t></w:r></w:p></w:footnote><w:footnote w:id=\"1\"><w:p><w:r><w:t>See Smith.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let body = [
        styled("Inh1", "Introduction 1"),
        styled("Mine", "Introduction"),
        p("Ten words stand in this one paragraph of the text."),
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell one</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>two</w:t></w:r></w:p></w:tc></w:tr></w:tbl>".to_owned(),
        styled("Kop1", "References"),
        p("Smith, A. (2001) Things."),
        styled("Kop1", "Appendix A"),
        p("Left out too."),
        styled("Ring", "A style based on itself harms nobody, and it is still the appendix."),
    ]
    .concat();
    let document = read(&docx_with(&body, &[("word/footnotes.xml", notes.as_bytes())])).unwrap();
    let count = count_words(&document, &Exclusions::default());
    assert_eq!(count.counted_by_part[&Part::Body], 10);
    assert_eq!(count.counted_by_part[&Part::Footnotes], 2);
    assert_eq!(count.excluded[&Part::Contents], 2);
    assert_eq!(count.excluded[&Part::Headings], 4);
    assert_eq!(count.excluded[&Part::Tables], 3);
    assert_eq!(count.excluded[&Part::References], 4);
    assert_eq!(count.excluded[&Part::Appendices], 16);
    assert_eq!(count.counted, 12);
    assert_eq!(count.total, 41);
    let cell = document
        .paragraphs
        .iter()
        .find(|p| p.part == Part::Tables)
        .unwrap();
    assert_eq!(
        cell.kind,
        ParagraphKind::TableCell {
            table: 1,
            row: 1,
            column: 1
        }
    );
}

#[test]
fn explicit_page_breaks_make_pages_and_passages_find_theirs() {
    let bytes = docx(&format!(
        "{}<w:p><w:r><w:t>end of one</w:t><w:br w:type=\"page\"/><w:t>start of two</w:t></w:r></w:p><w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t>three</w:t></w:r></w:p>",
        p("One.")
    ));
    let document = read(&bytes).unwrap();
    assert_eq!(document.text, "One.\nend of one\nstart of two\nthree");
    let page = |words: &str| document.page_at(document.text.find(words).unwrap()).unwrap();
    assert_eq!((page("end"), page("start"), page("three")), (1, 2, 3));
    let second = document.pages[1];
    assert_eq!(document.slice(second.start..second.end), Some("start of two"));
    let at = document.text.find("start").unwrap();
    assert_eq!(document.paragraphs_in(at..at + 3).len(), 1);
}

#[test]
fn a_document_with_macros_is_refused_and_told_from_one_without() {
    let bytes = docx_with(&p("x"), &[("word/vbaProject.bin", b"macro")]);
    assert_eq!(sniff(&bytes), FileKind::Unknown(LooksLike::WordWithMacros));
    let refusal = read(&bytes).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::Macros);
    assert!(refusal.remedy.contains("without macros"));
}

#[test]
fn an_entity_is_never_resolved_whether_it_grows_or_reaches_outside() {
    let document = r#"<!DOCTYPE d [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>before &b;&f; after</w:t></w:r></w:p></w:body></w:document>"#;
    let bytes = archive(&[
        ("[Content_Types].xml", TYPES),
        ("word/document.xml", document.as_bytes()),
    ]);
    let read = read(&bytes).unwrap();
    assert_eq!(read.text, "before  after");
    assert!(read.warns_of(WarningCode::OutsideReferences));
}

#[test]
fn a_part_that_unpacks_to_far_more_than_its_size_is_refused_before_it_fills_the_memory() {
    let bomb = docx(&p(&" ".repeat(64 * 1024 * 1024)));
    assert!(bomb.len() < 200_000);
    assert_eq!(read(&bomb).unwrap_err().code, RefusalCode::UnpacksTooLarge);
    // What the archive claims about itself is not believed either.
    let limits = Limits {
        unpacked_bytes: 1_000,
        ..Limits::default()
    };
    let honest = docx(&p("a paragraph ").repeat(200));
    assert_eq!(
        read_here(&honest, None, &limits).unwrap_err().code,
        RefusalCode::UnpacksTooLarge
    );
}

#[test]
fn many_parts_deep_nesting_and_long_texts_are_refused() {
    let limits = Limits {
        parts: 3,
        ..Limits::default()
    };
    assert_eq!(
        read_here(&docx(&p("x")), None, &limits).unwrap_err().code,
        RefusalCode::TooManyParts
    );
    let deep = format!("{}{}", "<w:sdt>".repeat(5_000), "</w:sdt>".repeat(5_000));
    assert_eq!(read(&docx(&deep)).unwrap_err().code, RefusalCode::TooManyParts);
    let limits = Limits {
        characters: 100,
        ..Limits::default()
    };
    assert_eq!(
        read_here("word ".repeat(100).as_bytes(), None, &limits)
            .unwrap_err()
            .code,
        RefusalCode::TooManyParts
    );
    let limits = Limits {
        file_bytes: 10,
        ..Limits::default()
    };
    assert_eq!(
        read_here(b"eleven bytes", None, &limits).unwrap_err().code,
        RefusalCode::TooLarge
    );
}

#[test]
fn a_document_cut_short_anywhere_is_refused_and_not_half_read() {
    let whole = docx(&p("Every word of this text or none."));
    for end in (30..whole.len()).step_by(97) {
        let refusal = read(&whole[..end]).unwrap_err();
        assert_eq!(refusal.code, RefusalCode::Damaged, "cut at {end}");
    }
    let broken_text = archive(&[
        ("[Content_Types].xml", TYPES),
        ("word/document.xml", b"<w:document><w:body><w:p><w:r><w:t>half"),
    ]);
    assert_eq!(read(&broken_text).unwrap_err().code, RefusalCode::Damaged);
}

fn odt(body: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\"><office:automatic-styles><style:style style:name=\"H\"><style:text-properties text:display=\"none\"/></style:style><style:style style:name=\"B\" style:parent-style-name=\"Caption\"><style:paragraph-properties fo:break-before=\"page\"/></style:style></office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
    ];
    parts.extend(more);
    archive(&parts)
}

#[test]
fn an_opendocument_text_reads_like_its_word_sibling() {
    let body = "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes><text:h text:outline-level=\"2\">Aim</text:h><text:p>Two<text:s text:c=\"2\"/>words\n   folded<text:note text:note-class=\"footnote\"><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note><office:annotation><text:p>remark</text:p></office:annotation>, <text:span text:style-name=\"H\">unseen</text:span>end.</text:p><text:list><text:list-item><text:p>point</text:p></text:list-item></text:list><text:p text:style-name=\"B\">Figure 1</text:p>";
    let document = read(&odt(body, &[])).unwrap();
    assert_eq!(
        document.text,
        "Aim\nTwo  words folded, end.\npoint\nFigure 1\nA note."
    );
    let kinds: Vec<ParagraphKind> = document.paragraphs.iter().map(|p| p.kind).collect();
    assert_eq!(
        kinds,
        [
            ParagraphKind::Heading { level: 2 },
            ParagraphKind::Paragraph,
            ParagraphKind::ListItem { depth: 1 },
            ParagraphKind::Caption,
            ParagraphKind::Footnote
        ]
    );
    assert_eq!(document.pages.len(), 2);
    for code in [
        WarningCode::TrackedChanges,
        WarningCode::Comments,
        WarningCode::HiddenText,
    ] {
        assert!(document.warns_of(code), "{code:?}");
    }
}

#[test]
fn an_opendocument_text_that_is_locked_or_carries_macros_is_refused() {
    let locked = odt(
        "",
        &[("META-INF/manifest.xml", b"<m><manifest:encryption-data/></m>")],
    );
    assert_eq!(read(&locked).unwrap_err().code, RefusalCode::Encrypted);
    let macros = odt("", &[("Basic/Standard/Module1.xml", b"<script/>")]);
    assert_eq!(read(&macros).unwrap_err().code, RefusalCode::Macros);
}

/// A PDF of these objects, numbered from 1; the first is the catalogue.
fn pdf(objects: &[String]) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).bytes());
    }
    let list = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    out.extend(
        format!(
            "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{list}\n%%EOF\n",
            objects.len() + 1
        )
        .bytes(),
    );
    out
}

fn stream(content: &str) -> String {
    format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len())
}

const HELVETICA: &str = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

/// One page with this content; font F is Helvetica, drawing X is object 6.
fn page(content: &str, more: &[String]) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 4 0 R >> /XObject << /X 6 0 R >> >> /Contents 5 0 R >>".to_owned(),
        HELVETICA.to_owned(),
        stream(content),
    ];
    objects.extend_from_slice(more);
    pdf(&objects)
}

/// Text at a place.
fn at(x: u32, y: u32, text: &str) -> String {
    format!("BT /F 10 Tf {x} {y} Td ({text}) Tj ET\n")
}

#[test]
fn lines_of_a_pdf_become_paragraphs_headings_and_table_rows() {
    let content = [
        "BT /F 20 Tf 50 780 Td (Coaching) Tj ET\n".to_owned(),
        at(
            50,
            740,
            "The first line of a paragraph that goes on to the very edge of the page and is hyphen-",
        ),
        at(50, 728, "ated there, and ends here."),
        at(50, 700, "A second paragraph stands below with a wide gap."),
        at(50, 660, "Unit"),
        at(300, 660, "Credits"),
        at(50, 648, "7011V1"),
        at(300, 648, "9"),
        at(50, 636, "7013V1"),
        at(300, 636, "10"),
    ]
    .concat();
    let document = read(&page(&content, &[])).unwrap();
    assert_eq!(
        document.text,
        "Coaching\nThe first line of a paragraph that goes on to the very edge of the page and is hyphenated there, and ends here.\nA second paragraph stands below with a wide gap.\nUnit\tCredits\n7011V1\t9\n7013V1\t10"
    );
    assert_eq!(document.paragraphs[0].kind, ParagraphKind::Heading { level: 1 });
}

#[test]
fn operators_that_would_stop_the_font_reader_do_not_stop_the_page() {
    let content = format!(
        "1 0 0 cm /Nope gs /Odd cs (x) w /Gone Do Q Q (no font yet) Tj BT /Missing 12 Tf (?) Tj 5 Tj [(a) /b] TJ ET {}",
        at(50, 700, "Still read.")
    );
    let document = read(&page(&content, &[])).unwrap();
    assert!(document.text.contains("Still read."), "{}", document.text);
}

#[test]
fn a_drawing_that_calls_itself_and_a_page_tree_in_a_ring_end() {
    let drawing = "<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /Font << /F 4 0 R >> /XObject << /X 6 0 R >> >> /Length 60 >>\nstream\nBT /F 10 Tf 1 0 0 1 50 500 Tm (drawn) Tj ET /X Do /X Do     \nendstream".to_owned();
    let document = read(&page(&format!("{} /X Do", at(50, 700, "page")), &[drawing])).unwrap();
    assert_eq!(document.text, "page\ndrawn");
    assert!(document.warns_of(WarningCode::PartlyRead));

    let ring = pdf(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R 2 0 R] /Count 3 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R >>".to_owned(),
    ]);
    assert_eq!(read(&ring).unwrap().pages.len(), 1);
}

#[test]
fn a_broken_font_spoils_its_own_words_only() {
    let broken =
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Nonsense-H /DescendantFonts [99 0 R] >>";
    let bytes = pdf(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 4 0 R /G 6 0 R >> >> /Contents 5 0 R >>".to_owned(),
        HELVETICA.to_owned(),
        stream(&format!("BT /G 10 Tf 50 750 Td (odd) Tj ET {}", at(50, 700, "Good words."))),
        broken.to_owned(),
    ]);
    let document = read(&bytes).unwrap();
    assert!(document.text.contains("Good words."), "{}", document.text);
    assert!(document.warns_of(WarningCode::PartlyRead));
}

#[test]
fn a_pdf_whose_list_of_objects_is_lost_is_read_by_looking_for_them() {
    let whole = page(&at(50, 700, "Found again."), &[]);
    let end = whole.windows(4).rposition(|w| w == b"xref").unwrap() - 5;
    for broken in [&whole[..end], &[&b"junk "[..], &whole].concat()] {
        assert_eq!(text(broken), "Found again.");
    }
}

#[test]
fn pictures_without_text_are_said_to_be_just_that() {
    let picture = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >>\nstream\nx\nendstream".to_owned();
    let document = read(&page("q 595 0 0 842 0 0 cm /X Do Q", &[picture])).unwrap();
    assert_eq!(document.characters(), 0);
    assert!(
        document.warnings[0]
            .message
            .starts_with("This PDF holds pictures of pages and no text.")
    );
}

#[test]
fn running_heads_and_page_numbers_are_not_counted() {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [4 0 R 6 0 R 8 0 R 10 0 R] /Count 4 >>".to_owned(),
        HELVETICA.to_owned(),
    ];
    let subjects = ["plans", "people", "money", "time"];
    for (at_page, subject) in subjects.into_iter().enumerate() {
        let content = [
            at(50, 800, "A. Learner - Unit 7011V1"),
            at(50, 700, &format!("Some thoughts on {subject}.")),
            at(290, 40, &format!("Page {}", at_page + 1)),
        ]
        .concat();
        let contents = objects.len() + 2;
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> /Contents {contents} 0 R >>"
        ));
        objects.push(stream(&content));
    }
    let document = read(&pdf(&objects)).unwrap();
    let count = count_words(&document, &Exclusions::of([]));
    assert_eq!(count.counted, 16);
    assert_eq!(count.excluded[&Part::RunningHeads], 4 * 4 + 4 * 2);
    assert_eq!(document.pages.len(), 4);
}

#[test]
fn every_kind_is_told_from_its_bytes_and_never_from_its_name() {
    use FileKind as K;
    use LooksLike as L;
    let docx = docx(&p("x"));
    for (bytes, kind) in [
        (b"%PDF-1.7\n".as_slice(), K::Pdf),
        (&docx, K::Docx),
        (b"\x89PNG\r\n\x1A\n....", K::Png),
        (b"\xFF\xD8\xFF\xE0", K::Jpeg),
        (b"\0\0\0\x18ftypmp42", K::Mp4),
        (b"\0\0\0\x18ftypM4A ", K::M4a),
        (b"\0\0\0\x18ftypqt  ", K::Unknown(L::OtherFilm)),
        (b"ID3\x04\0\0\0\0\0\0", K::Mp3),
        (b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xFF\xFF", K::Unknown(L::Program)),
        (b"\x7FELF\x02\x01\x01\0\0\0", K::Unknown(L::Program)),
        (b"#!/bin/sh\nrm", K::Unknown(L::Script)),
        (b"  <!DOCTYPE html><p>", K::Unknown(L::WebPage)),
        (b"<?xml version=\"1.0\"?><svg/>", K::Unknown(L::WebPage)),
        (b"{\\rtf1", K::Unknown(L::Rtf)),
        (b"", K::Unknown(L::Empty)),
        (b"\x01\x02\x03\x04\x05\x06", K::Unknown(L::Nothing)),
        (b"MZungu wrote this.", K::Text),
        ("Ünïcode prose.".as_bytes(), K::Text),
    ] {
        assert_eq!(sniff(bytes), kind, "{:?}", String::from_utf8_lossy(bytes));
    }
    let named = sniff_named(&docx, "essay.pdf");
    assert_eq!(
        named.mismatch.as_deref(),
        Some("This file is named .pdf but holds a Word document (.docx).")
    );
    assert_eq!(sniff_named(b"# Aim", "work.MD").kind, K::Markdown);
    assert_eq!(sniff_named(b"a,b", "list.csv").kind, K::Csv);
    assert_eq!(sniff_named(b"%PDF-1.4", "notes.md").kind, K::Pdf);
}

#[test]
fn offsets_count_characters_and_not_bytes() {
    let document = read("Zoë’s café\n\n健康と安全".as_bytes()).unwrap();
    let second = document.paragraphs[1];
    assert_eq!((second.start, second.end), (11, 16));
    assert_eq!(document.slice(11..13), Some("健康"));
    assert_eq!(document.slice(15..99), None);
    assert_eq!(document.slice(3..3), Some(""));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn no_bytes_make_any_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600), head in 0usize..6) {
        let heads: [&[u8]; 6] = [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"\xFF\xFE", b"{\\rtf"];
        let bytes = [heads[head], &bytes].concat();
        let outcome = read_here(&bytes, Some("x.md"), &Limits::default());
        prop_assert!(outcome.err().is_none_or(|r| r.code != RefusalCode::ReaderStopped));
    }

    #[test]
    fn a_good_document_with_a_few_bytes_changed_is_read_or_refused(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        kind in 0usize..3,
    ) {
        let mut bytes = match kind {
            0 => docx(&p("Some text to be spoilt.")),
            1 => odt("<text:p>Some text to be spoilt.</text:p>", &[]),
            _ => page(&at(50, 700, "Some text to be spoilt."), &[]),
        };
        for (place, value) in changes {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        let outcome = read_here(&bytes, None, &Limits::default());
        prop_assert!(outcome.err().is_none_or(|r| r.code != RefusalCode::ReaderStopped));
    }

    #[test]
    fn offsets_of_any_plain_text_cover_it_in_order(text in "(\\PC{0,12}[ \n]){0,12}") {
        if let Ok(document) = read_here(text.as_bytes(), Some("x.txt"), &Limits::default()) {
            let mut at = 0;
            for paragraph in &document.paragraphs {
                prop_assert!(paragraph.start >= at && paragraph.end > paragraph.start);
                at = paragraph.end;
                prop_assert!(document.slice(paragraph.start..paragraph.end).is_some());
            }
            prop_assert_eq!(at, document.text.chars().count());
        }
    }
}
