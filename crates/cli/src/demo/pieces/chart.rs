//! Bar charts as PNG pictures: a palette of four colours, rows of two-bit dots, letters of three by five dots.

use flate2::Compression;
use flate2::write::ZlibEncoder;
use std::io::Write as _;

const WIDTH: usize = 640;
const HEIGHT: usize = 400;
/// Paper, ink, bars, lines: red, green and blue.
const PALETTE: [u8; 12] = [
    0xfb, 0xfa, 0xf5, 0x22, 0x2a, 0x35, 0x2f, 0x6f, 0x9f, 0xcf, 0xd3, 0xd8,
];
const INK: u8 = 1;
const BARS: u8 = 2;
const LINES: u8 = 3;

/// A chart of a few bars with a title above, values over the bars and names below them. Capitals and figures only.
pub fn png(title: &str, bars: &[(&str, f64)]) -> Vec<u8> {
    let mut picture = Picture {
        dots: vec![0; WIDTH * HEIGHT],
    };
    picture.write(title, 40, 24, 4);
    let most = bars.iter().map(|(_, value)| *value).fold(1.0, f64::max);
    let (floor, height) = (340, 250.0);
    for step in 0..5 {
        picture.fill(40, floor - step * 60, WIDTH - 80, 1, LINES);
    }
    let room = (WIDTH - 80) / bars.len().max(1);
    for (at, (name, value)) in bars.iter().enumerate() {
        // Rounding to whole dots is what is meant.
        let tall = (value / most * height) as usize;
        let left = 40 + at * room + room / 5;
        picture.fill(left, floor - tall, room * 3 / 5, tall, BARS);
        picture.write(&format!("{value:.0}"), left + 8, floor - tall - 28, 4);
        picture.write(name, left + 8, floor + 16, 4);
    }
    picture.fill(40, floor, WIDTH - 80, 2, INK);
    picture.packed()
}

struct Picture {
    dots: Vec<u8>,
}

impl Picture {
    fn fill(&mut self, left: usize, top: usize, width: usize, height: usize, colour: u8) {
        for row in top..(top + height).min(HEIGHT) {
            let (from, until) = (left.min(WIDTH), (left + width).min(WIDTH));
            if let Some(dots) = self.dots.get_mut(row * WIDTH + from..row * WIDTH + until) {
                dots.fill(colour);
            }
        }
    }

    fn write(&mut self, text: &str, left: usize, top: usize, size: usize) {
        for (at, letter) in text.chars().enumerate() {
            let shape = shape(letter);
            for dot in 0..15 {
                if shape >> (14 - dot) & 1 == 1 {
                    let (column, row) = (dot % 3, dot / 3);
                    self.fill(left + (at * 4 + column) * size, top + row * size, size, size, INK);
                }
            }
        }
    }

    fn packed(&self) -> Vec<u8> {
        let mut rows = Vec::with_capacity(self.dots.len() / 4 + HEIGHT);
        for row in self.dots.chunks(WIDTH) {
            // No filter; four dots to a byte, the first in the highest bits.
            rows.push(0);
            rows.extend(
                row.chunks(4)
                    .map(|four| four.iter().fold(0, |byte, dot| byte << 2 | dot)),
            );
        }
        let mut header = Vec::new();
        header.extend(u32::try_from(WIDTH).unwrap_or(0).to_be_bytes());
        header.extend(u32::try_from(HEIGHT).unwrap_or(0).to_be_bytes());
        // Two bits a dot, by palette; the usual packing and filtering, not interlaced.
        header.extend([2, 3, 0, 0, 0]);
        let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
        chunk(&mut file, *b"IHDR", &header);
        chunk(&mut file, *b"PLTE", &PALETTE);
        chunk(&mut file, *b"IDAT", &deflated(&rows));
        chunk(&mut file, *b"IEND", &[]);
        file
    }
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
    // Writing to memory does not fail.
    let _ = packer.write_all(bytes);
    packer.finish().unwrap_or_default()
}

fn chunk(file: &mut Vec<u8>, kind: [u8; 4], content: &[u8]) {
    file.extend(u32::try_from(content.len()).unwrap_or(0).to_be_bytes());
    file.extend(kind);
    file.extend(content);
    let mut check = flate2::Crc::new();
    check.update(&kind);
    check.update(content);
    file.extend(check.sum().to_be_bytes());
}

/// Fifteen dots, five rows of three, the first in the highest bit. What is not known is blank.
fn shape(letter: char) -> u16 {
    match letter {
        '0' => 0b111_101_101_101_111,
        '1' => 0b010_110_010_010_111,
        '2' => 0b111_001_111_100_111,
        '3' => 0b111_001_111_001_111,
        '4' => 0b101_101_111_001_001,
        '5' => 0b111_100_111_001_111,
        '6' => 0b111_100_111_101_111,
        '7' => 0b111_001_010_010_010,
        '8' => 0b111_101_111_101_111,
        '9' => 0b111_101_111_001_111,
        'A' => 0b010_101_111_101_101,
        'B' => 0b110_101_110_101_110,
        'C' => 0b011_100_100_100_011,
        'D' => 0b110_101_101_101_110,
        'E' => 0b111_100_110_100_111,
        'F' => 0b111_100_110_100_100,
        'G' => 0b011_100_101_101_011,
        'H' => 0b101_101_111_101_101,
        'I' => 0b111_010_010_010_111,
        'L' => 0b100_100_100_100_111,
        'N' => 0b110_101_101_101_101,
        'O' => 0b010_101_101_101_010,
        'R' => 0b110_101_110_101_101,
        'S' => 0b011_100_010_001_110,
        'T' => 0b111_010_010_010_010,
        'U' => 0b101_101_101_101_111,
        'V' => 0b101_101_101_101_010,
        'Y' => 0b101_101_010_010_010,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_is_a_png_that_tells_its_size() {
        let bytes = png("LEAVERS", &[("2018", 12.0), ("2019", 7.0)]);
        assert_eq!(
            assay_formats::sniff::sniff(&bytes),
            assay_formats::sniff::FileKind::Png
        );
        let size = assay_formats::media::picture_size(&bytes).unwrap();
        assert_eq!((size.width, size.height), (640, 400));
    }
}
