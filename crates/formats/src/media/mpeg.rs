//! MPEG audio: its frames, and how long an MP3 plays.

use std::time::Duration;

use super::be_u32;

/// The playing time by an index, or by the first frames.
pub(super) fn mp3_time(bytes: &[u8]) -> Option<Duration> {
    let start = after_id3(bytes)?;
    let first = mpeg_frame(bytes, start)?;
    let seconds = |samples: u64| {
        let nanoseconds = u128::from(samples) * 1_000_000_000 / u128::from(first.sample_rate);
        u64::try_from(nanoseconds).ok().map(Duration::from_nanos)
    };
    if let Some(frames) = frames_by_index(bytes, start, &first) {
        return seconds(u64::from(frames).checked_mul(u64::from(first.samples))?);
    }
    // Without an index: the average length of the first frames stands for all.
    const SAMPLE: usize = 200;
    let mut at = start;
    let mut frames = 0usize;
    while frames < SAMPLE {
        let Some(frame) = mpeg_frame(bytes, at) else { break };
        at = at.checked_add(frame.length)?;
        frames += 1;
    }
    let average = (at.min(bytes.len()).checked_sub(start)?).checked_div(frames)?;
    let all = bytes.len().checked_sub(start)?.checked_div(average)?;
    seconds(u64::try_from(all).ok()?.checked_mul(u64::from(first.samples))?)
}

/// Where the sound begins: after the tag, whose length is written in seven bits a byte.
fn after_id3(bytes: &[u8]) -> Option<usize> {
    if !bytes.starts_with(b"ID3") {
        return Some(0);
    }
    let size = bytes.get(6..10)?.iter().try_fold(0usize, |size, byte| {
        (*byte < 0x80).then(|| size * 128 + usize::from(*byte))
    })?;
    let footer = if bytes.get(5)? & 0x10 != 0 { 10 } else { 0 };
    let after = size.checked_add(10 + footer)?;
    // Some writers pad between tag and sound.
    let padding = bytes
        .get(after..)?
        .iter()
        .take(4096)
        .take_while(|b| **b == 0)
        .count();
    Some(after + padding)
}

/// The number of frames that an index ("Xing" or "Info") in the first frame states.
fn frames_by_index(bytes: &[u8], start: usize, first: &MpegFrame) -> Option<u32> {
    let frame = bytes.get(start..start.checked_add(first.length)?.min(bytes.len()))?;
    let head = frame.get(..64.min(frame.len()))?;
    let at = head.windows(4).position(|w| w == b"Xing" || w == b"Info")?;
    let flags = be_u32(frame, at + 4)?;
    (flags & 1 == 1)
        .then(|| be_u32(frame, at + 8))
        .flatten()
        .filter(|frames| *frames > 0)
}

/// The header of one MPEG audio frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MpegFrame {
    /// Length of the frame, in bytes.
    pub(crate) length: usize,
    /// Samples in the frame.
    pub(crate) samples: u32,
    /// Samples a second.
    pub(crate) sample_rate: u32,
}

/// The MPEG audio frame (layer II or III) that begins at `at`, if one does. Source: ISO/IEC 11172-3, 2.4.1.3.
pub(crate) fn mpeg_frame(bytes: &[u8], at: usize) -> Option<MpegFrame> {
    const V1_L3: [u32; 15] = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    const V1_L2: [u32; 15] = [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
    const V2: [u32; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    let header = bytes.get(at..at.checked_add(4)?)?;
    let [first, second, third, _] = header.try_into().ok()?;
    let (first, second, third): (u8, u8, u8) = (first, second, third);
    if first != 0xFF || second & 0xE0 != 0xE0 {
        return None;
    }
    let version = (second >> 3) & 3;
    let layer = (second >> 1) & 3;
    if version == 1 || !(layer == 1 || layer == 2) {
        return None;
    }
    let table = match (version, layer) {
        (3, 1) => &V1_L3,
        (3, _) => &V1_L2,
        _ => &V2,
    };
    let kilobits = *table.get(usize::from(third >> 4))?;
    let rate = match (third >> 2) & 3 {
        0 => 44_100,
        1 => 48_000,
        2 => 32_000,
        _ => return None,
    };
    let sample_rate = match version {
        3 => rate,
        2 => rate / 2,
        _ => rate / 4,
    };
    if kilobits == 0 {
        return None;
    }
    let samples = if layer == 1 && version != 3 { 576 } else { 1152 };
    let padding = u32::from((third >> 1) & 1);
    let length = samples / 8 * kilobits * 1000 / sample_rate + padding;
    Some(MpegFrame {
        length: usize::try_from(length).ok()?,
        samples,
        sample_rate,
    })
}
