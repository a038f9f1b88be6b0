//! How long an MP4 plays.

use std::time::Duration;

use super::{be_u32, be_u64};

/// Source: ISO/IEC 14496-12, 8.2.2.
pub(super) fn mp4_time(bytes: &[u8]) -> Option<Duration> {
    let movie = mp4_box(bytes, b"moov")?;
    let header = mp4_box(movie, b"mvhd")?;
    let (scale, units) = match header.first()? {
        0 => (be_u32(header, 12)?, u64::from(be_u32(header, 16)?)),
        1 => (be_u32(header, 20)?, be_u64(header, 24)?),
        _ => return None,
    };
    // All ones says that the length is not known.
    if scale == 0 || units == 0 || units == u64::from(u32::MAX) || units == u64::MAX {
        return None;
    }
    let scale = u64::from(scale);
    let nanoseconds = u128::from(units % scale) * 1_000_000_000 / u128::from(scale);
    Some(Duration::new(units / scale, u32::try_from(nanoseconds).ok()?))
        .filter(|time| time.as_secs() < 1_000_000)
}

/// The content of the first box of this kind, walking from box to box.
fn mp4_box<'a>(bytes: &'a [u8], kind: &[u8; 4]) -> Option<&'a [u8]> {
    const MOST_BOXES: usize = 10_000;
    let mut at = 0usize;
    for _ in 0..MOST_BOXES {
        let size = be_u32(bytes, at)?;
        let found = bytes.get(at.checked_add(4)?..at.checked_add(8)?)?;
        let (head, length) = match size {
            0 => (8, bytes.len().checked_sub(at)?),
            1 => (16, usize::try_from(be_u64(bytes, at.checked_add(8)?)?).ok()?),
            size => (8, usize::try_from(size).ok()?),
        };
        if length < head {
            return None;
        }
        let end = at.checked_add(length)?;
        if found == kind {
            return bytes.get(at + head..end.min(bytes.len()));
        }
        at = end;
    }
    None
}
