//! Whether a picture file is all there, and how large it is, before anything decodes it.
//!
//! The JPEG decoder fills what is missing with grey and says nothing, and it goes on past an end marker that somebody put
//! behind half a picture. So the markers are walked here, and the codes of every scan of an ordinary (sequential) JPEG are
//! counted off. Of a progressive one only the markers are: each of its scans is a whole picture, less sharp.
//!
//! Invariant: at most [`SCANS_MAX`] passes over the file, no allocation by a number that the file gives.

mod huffman;

use super::{PictureFault, bounded};
use huffman::{Component, Frame, Tables};

/// Scans of one file: a progressive photograph has about ten; thousands of empty ones would keep a decoder busy for hours.
const SCANS_MAX: usize = 64;
const RESTARTS: std::ops::RangeInclusive<u8> = 0xd0..=0xd7;

/// Walks a JPEG's markers (ITU-T T.81, annex B) to its end.
pub(super) fn jpeg(bytes: &[u8]) -> Result<(), PictureFault> {
    let mut frame: Option<Frame> = None;
    let mut tables = Tables::default();
    let mut scans = 0;
    let mut at = 2;
    loop {
        let marker_at = next_marker(bytes, at).ok_or(PictureFault::Damaged)?;
        let marker = *bytes.get(marker_at).ok_or(PictureFault::Damaged)?;
        at = marker_at + 1;
        match marker {
            0xd9 => break,
            0x01 | 0xd0..=0xd8 => continue,
            _ => {}
        }
        let (body, next) = segment(bytes, at).ok_or(PictureFault::Damaged)?;
        at = next;
        match marker {
            0xc0..=0xc2 if frame.is_none() => frame = Some(frame_of(marker, body)?),
            0xc4 => tables.define(body).ok_or(PictureFault::Damaged)?,
            // Arithmetic, lossless and hierarchical coding, and a second frame.
            0xc0..=0xcf => return Err(PictureFault::Damaged),
            0xdd => tables.restart_every = body.get(..2).map_or(0, number),
            0xda => {
                let frame = frame.as_ref().ok_or(PictureFault::Damaged)?;
                scans += 1;
                let codes = bytes.get(at..).unwrap_or_default();
                if scans > SCANS_MAX || !(frame.progressive || tables.scan_is_whole(frame, body, codes)) {
                    return Err(PictureFault::Damaged);
                }
            }
            _ => {}
        }
    }
    match frame {
        Some(frame) if scans > 0 => {
            // A decoder keeps the coefficients of a picture that comes in several scans.
            let kept = if frame.progressive || scans > 1 { frame.coefficient_bytes() } else { 0 };
            let colours = if frame.components.len() == 1 { 1 } else { 3 };
            let pixels = u64::from(frame.width) * u64::from(frame.height);
            bounded(frame.width, frame.height, kept + pixels * colours)
        }
        _ => Err(PictureFault::Damaged),
    }
}

/// Where the code of the next marker is; stuffed zeros and restarts inside a scan are none.
fn next_marker(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xff)? + 1;
        // Any number of fill bytes may stand before the code.
        at += bytes.get(at..)?.iter().position(|byte| *byte != 0xff)?;
        let code = *bytes.get(at)?;
        if code != 0 && !RESTARTS.contains(&code) {
            return Some(at);
        }
    }
}

/// The bytes of a segment without its length, and where the next one begins.
fn segment(bytes: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let length = number(bytes.get(at..at + 2)?);
    let end = at + length;
    Some((bytes.get(at + 2..end)?, end))
}

fn number(bytes: &[u8]) -> usize {
    bytes.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte))
}

fn frame_of(marker: u8, body: &[u8]) -> Result<Frame, PictureFault> {
    let [8, height_high, height_low, width_high, width_low, count, rest @ ..] = body else {
        return Err(PictureFault::Damaged);
    };
    let components: Vec<Component> = rest
        .as_chunks::<3>()
        .0
        .iter()
        .take(usize::from(*count))
        .map(|[id, factors, _]| Component {
            id: *id,
            across: usize::from(factors >> 4),
            down: usize::from(factors & 15),
        })
        .collect();
    let known = components.iter().all(|part| (1..=4).contains(&part.across) && (1..=4).contains(&part.down));
    if !known || components.len() != usize::from(*count) || !(1..=4).contains(&components.len()) {
        return Err(PictureFault::Damaged);
    }
    let width = u32::from(u16::from_be_bytes([*width_high, *width_low]));
    let height = u32::from(u16::from_be_bytes([*height_high, *height_low]));
    // Before the scans are counted: that takes time by the number of pixels.
    bounded(width, height, 0)?;
    Ok(Frame { width, height, progressive: marker == 0xc2, components })
}

/// Walks a PNG's chunks (ISO/IEC 15948, 5.3) to its end.
pub(super) fn png(bytes: &[u8]) -> Result<(), PictureFault> {
    let mut at = 8;
    let mut first = true;
    loop {
        let head = bytes.get(at..at + 8).ok_or(PictureFault::Damaged)?;
        let (length, name) = head.split_at(4);
        let body = at + 8;
        let end = body + number(length) + 4;
        let content = bytes.get(body..end).ok_or(PictureFault::Damaged)?;
        if first {
            let both = content.get(..8).filter(|_| name == b"IHDR").ok_or(PictureFault::Damaged)?;
            let (width, height) = both.split_at(4);
            let side = |bytes: &[u8]| u32::try_from(number(bytes)).unwrap_or(u32::MAX);
            bounded(side(width), side(height), 0)?;
        }
        if name == b"IEND" {
            return Ok(());
        }
        first = false;
        at = end;
    }
}

/// Checks that a WebP is as long as it says (RFC 9649, 2.4), and its chunks inside it.
pub(super) fn webp(bytes: &[u8]) -> Result<(), PictureFault> {
    let little = |bytes: &[u8]| bytes.iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
    let end = 8 + little(bytes.get(4..8).ok_or(PictureFault::Damaged)?);
    let file = bytes.get(..end).ok_or(PictureFault::Damaged)?;
    let mut at = 12;
    while at < end {
        let length = little(file.get(at + 4..at + 8).ok_or(PictureFault::Damaged)?);
        let chunk_end = at + 8 + length;
        if chunk_end > end {
            return Err(PictureFault::Damaged);
        }
        at = chunk_end + length % 2;
    }
    Ok(())
}
