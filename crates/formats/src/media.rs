//! Pictures, recordings and films: size and length from their headers.
//!
//! Only headers are read, each with a bound on how far and how often; nothing is decoded. What cannot be told cheaply is
//! `None`, which is no fault of the file.

mod mp4;
mod mpeg;
mod picture;

use std::time::Duration;

pub(crate) use mpeg::mpeg_frame;
pub use picture::{PictureSize, picture_size};

/// How long an MP3, MP4 or M4A plays, where its headers tell; `None` for anything else. An MP3 without an index is
/// reckoned from the length of its first frames, which is exact for a steady rate.
#[must_use]
pub fn playing_time(bytes: &[u8]) -> Option<Duration> {
    if bytes.get(4..8) == Some(b"ftyp") {
        return mp4::mp4_time(bytes);
    }
    mpeg::mp3_time(bytes)
}

fn be_u16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes
        .get(at..at.checked_add(2)?)?
        .try_into()
        .ok()
        .map(u16::from_be_bytes)
}

fn be_u32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes
        .get(at..at.checked_add(4)?)?
        .try_into()
        .ok()
        .map(u32::from_be_bytes)
}

fn be_u64(bytes: &[u8], at: usize) -> Option<u64> {
    bytes
        .get(at..at.checked_add(8)?)?
        .try_into()
        .ok()
        .map(u64::from_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn boxed(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let length = u32::try_from(content.len() + 8).unwrap();
        [&length.to_be_bytes(), kind.as_slice(), content].concat()
    }

    #[test]
    fn a_picture_tells_its_size() {
        let png = [
            b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR".as_slice(),
            &[0, 0, 3, 32, 0, 0, 2, 88],
        ]
        .concat();
        assert_eq!(
            picture_size(&png),
            Some(PictureSize {
                width: 800,
                height: 600
            })
        );
        let jpeg = [
            b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0".as_slice(),
            b"\xFF\xFF\xC2\0\x11\x08\x02\x58\x03\x20\x03",
        ]
        .concat();
        assert_eq!(
            picture_size(&jpeg),
            Some(PictureSize {
                width: 800,
                height: 600
            })
        );
        assert_eq!(picture_size(b"\xFF\xD8\xFF\xDA"), None);
    }

    #[test]
    fn a_film_tells_its_time_wherever_its_header_stands() {
        let mut header = vec![0u8; 100];
        header[12..16].copy_from_slice(&600u32.to_be_bytes());
        header[16..20].copy_from_slice(&(600u32 * 95 + 300).to_be_bytes());
        let film = [
            boxed(b"ftyp", b"isom"),
            boxed(b"mdat", &[7; 500]),
            boxed(b"moov", &boxed(b"mvhd", &header)),
        ]
        .concat();
        assert_eq!(playing_time(&film), Some(Duration::from_millis(95_500)));
        assert_eq!(playing_time(&boxed(b"ftyp", b"isom")), None);
    }

    #[test]
    fn a_recording_at_a_steady_rate_tells_its_time() {
        // MPEG 1 layer III, 128 kbit/s, 44.1 kHz: frames of 417 bytes, 26.122 ms each.
        let frame = [b"\xFF\xFB\x90\x00".as_slice(), &[0; 413]].concat();
        let recording = [b"ID3\x04\0\0\0\0\0\x05tags.".as_slice(), &frame.repeat(1_000)].concat();
        let time = playing_time(&recording).unwrap();
        assert!((time.as_secs_f64() - 26.122).abs() < 0.05, "{time:?}");
    }

    #[test]
    fn an_index_in_the_first_frame_is_believed_for_a_changing_rate() {
        let mut frame = [b"\xFF\xFB\x90\x00".as_slice(), &[0; 413]].concat();
        frame[36..48].copy_from_slice(b"Xing\0\0\0\x01\0\0\x0F\xA0");
        let time = playing_time(&frame.repeat(10)).unwrap();
        assert!(
            (time.as_secs_f64() - 4_000.0 * 1152.0 / 44_100.0).abs() < 0.01,
            "{time:?}"
        );
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_headers_readers_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), film in any::<bool>()) {
            let bytes = if film { [boxed(b"ftyp", b"isom"), boxed(b"moov", &bytes), bytes].concat() } else { bytes };
            let _ = (picture_size(&bytes), playing_time(&bytes), mpeg_frame(&bytes, 0));
            let _ = picture_size(&[b"\xFF\xD8".as_slice(), &bytes].concat());
        }
    }
}
